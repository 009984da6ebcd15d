//! Where does a sentence end?

use super::token::Token;

/// Appends to `ends` the index one past the last token of each sentence of `text`; `tokens` are all its tokens.
pub fn split_sentences(text: &str, tokens: &[Token], ends: &mut Vec<u32>) {
    let _ = (text, tokens, ends);
}
