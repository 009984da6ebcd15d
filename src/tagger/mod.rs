//! Which tokens of a sentence are names, and of what kind?

mod agree;
mod body_words;
mod cluster;
mod coder;
mod decode;
mod evaluate;
mod example;
mod feature;
mod firms;
mod group;
mod hash;
mod label;
mod model_file;
mod network;
mod repair;
#[expect(clippy::module_inception, reason = "the room is named after its main type")]
mod tagger;
mod teams;
mod title_case;
mod train;
mod weights;
mod window;

pub use self::cluster::{ClusterTable, Clusters};
pub use self::evaluate::evaluate;
pub use self::example::Example;
pub use self::label::{Labels, MOST_TYPES, Span, types_of};
pub use self::network::Network;
pub(crate) use self::tagger::{LONGEST, MOST_WORDS};
pub use self::tagger::{Scratch, Tagger, WordTable};
pub(crate) use self::title_case::as_sentences;
pub use self::train::{Epoch, NetworkOptions, TrainOptions, kmeans, nearest, pieces, train, train_network};
