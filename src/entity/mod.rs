//! Who is in the news?
//!
//! A tagger finds the names in a sentence ([`Tagger`]), resolution ties the short forms of an article to the full name, and
//! counting adds up entities over the batch.

mod agree;
mod cluster;
mod cooccurrence;
mod count;
mod decode;
mod evaluate;
mod explain;
mod feature;
mod found;
mod gazetteer;
mod given;
mod given_rows;
mod hash;
mod identity;
mod join;
mod kmeans;
mod label;
mod mention;
mod model_file;
mod network;
mod network_train;
mod own;
mod pieces;
mod repair;
mod resolve;
mod tagger;
mod train;
mod walk;
mod weights;

pub use cluster::{ClusterTable, Clusters};
pub use cooccurrence::{Context, TogetherOptions, named_together};
pub use count::{EntityOptions, aliases, entities, mentions_table};
pub use evaluate::evaluate;
pub use explain::explain;
pub use gazetteer::{Builder, Entry, Gazetteer, MOST_LABELS, Match, Room};
pub use given::{Given, GivenNames, given};
pub use given_rows::{GivenRow, given_rows};
pub use kmeans::{kmeans, nearest};
pub use label::{Labels, MOST_TYPES, Span, types_of};
pub use mention::{Cache, Mention, mentions};
pub use network::Network;
pub use network_train::{NetworkOptions, train_network};
pub use own::types_with;
pub use pieces::pieces;
pub use resolve::{Country, Link, Rule, Sort};
pub use tagger::{Scratch, Tagger, WordTable};
pub use train::{Epoch, Example, TrainOptions, train};
