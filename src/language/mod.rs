//! What does each language bring?
//!
//! Word lists, stop words, the stemmer and the syllables.

mod lists;
mod stem;
mod stopwords;
mod syllable;

pub(crate) use self::lists::{entries, sections};
pub use self::stem::Stem;
pub use self::stopwords::stopwords;
pub use self::syllable::syllables;
