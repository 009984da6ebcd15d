//! Where are the tokens and sentences of a string?
//!
//! Strings in, spans out. This room knows nothing about articles.

mod address;
mod class;
mod key;
mod lexicon;
mod list;
mod mark;
mod markup;
mod number;
pub mod sentence;
mod spelling;
mod stop;
pub mod token;
mod unicode;
mod word;

pub use self::key::{Seed, StringKey};
pub(crate) use self::lexicon::is_opener;
pub(crate) use self::markup::{reference, single_reference};
pub use self::sentence::{split_sentences, split_sentences_watched};
pub use self::spelling::{house_style, typography};
pub use self::token::{Token, TokenKind, tokenize, tokenize_watched};
