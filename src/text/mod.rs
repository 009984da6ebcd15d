//! Where are the tokens and sentences of a string?
//!
//! Strings in, spans out. This room knows nothing of articles.

pub mod sentence;
pub mod token;

pub use sentence::split_sentences;
pub use token::{Token, TokenKind, tokenize};
