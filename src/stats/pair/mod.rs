//! Which terms occur together?

mod collocations;
mod cooccurrence;
mod pairs;

pub use self::collocations::{CollocationOptions, collocations};
pub use self::cooccurrence::{CooccurrenceOptions, cooccurrence};
