//! How is a tagger learnt from labelled sentences?

mod kmeans;
mod network;
mod perceptron;
mod quantise;

pub use self::kmeans::{kmeans, nearest};
pub use self::network::{NetworkOptions, train_network};
pub use self::perceptron::{Epoch, TrainOptions, train};
pub use self::quantise::pieces;
