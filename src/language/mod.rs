//! What does each language bring?

mod familiar;
#[expect(clippy::module_inception, reason = "the room is named after what it holds")]
mod language;
mod lists;
mod names;
mod spoken;
mod syllable;

pub(crate) use self::familiar::is_familiar;
pub use self::language::{Stem, stop_words, stopwords};
pub(crate) use self::lists::{entries, items, sections};
pub(crate) use self::names::{is_particle, is_suffix, is_title, states};
pub use self::syllable::syllables;
