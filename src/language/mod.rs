//! What does each language provide?
//!
//! Word lists, stop words, a stemmer, and a syllable counter.

mod lists;
mod stem;
mod stopwords;
mod syllable;

pub(crate) use self::lists::{entries, sections};
pub use self::stem::Stem;
pub use self::stopwords::stopwords;
pub use self::syllable::syllables;
