//! Which terms occur together?

mod collocations;
mod cooccurrence;
mod counts;
mod pairs;

pub use self::collocations::{CollocationOptions, collocations};
pub use self::cooccurrence::{CooccurrenceOptions, cooccurrence};
pub use self::counts::{PairCounts, Pairing, weighted_collocations};
