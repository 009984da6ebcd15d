//! Who said what?

mod clause;
mod cue;
mod find;
mod read;
mod words;

pub use self::read::{Quote, QuoteKind, Said};
pub(crate) use self::read::Reader;
