//! What is a story about?
//!
//! A [`Method`] ranks the phrases of an article. `news` is our own method; the others follow the
//! papers that introduced them. Each method reads a `Document`, which holds the sentences of the
//! article as integers, and `Words`, a table of the distinct words of the corpus that is built once
//! per call. A group is ranked by the phrases of its articles, each of which has the same weight.
//!
//! The phrases of an article do not depend on the rest of the corpus, except with `tfidf`, which
//! counts the articles that contain a phrase. Cost: linear in the number of tokens for all methods
//! except `topicrank`, which compares up to five hundred phrases per article in pairs.

mod choose;
mod chunk;
mod document;
mod firstphrases;
mod frequency;
mod graph;
mod group;
mod names;
mod news;
mod options;
mod phrase;
mod positionrank;
mod rake;
mod rank;
mod scratch;
mod tag;
mod textrank;
mod tfidf;
mod topicrank;
mod word;
mod yake;

pub use names::{Named, Names};
pub use options::{Method, Options, Preference};
pub use rank::{keywords, needs_names};
pub(crate) use tag::{Emission, Emissions, Tag, is_ordinary, is_verb};
