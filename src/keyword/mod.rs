//! What is a story about?
//!
//! A [`Method`] ranks the phrases of an article: `news` is ours, the others follow the papers that named them. Each sees a
//! `Document`, the article's sentences as integers, and what the distinct words of the corpus are, told once a call by
//! `Words`. A group of articles is ranked by what its articles say, each with the same weight.
//!
//! An article's phrases do not depend on what else is in the corpus, except with `tfidf`, which counts the articles that a
//! phrase stands in. Cost: linear in the tokens for all methods but `topicrank`, which compares phrases pairwise, at most
//! five hundred an article.

mod choose;
mod chunk;
mod document;
mod firstphrases;
mod frequency;
mod graph;
mod group;
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

pub use options::{Method, Options};
pub use rank::keywords;
