//! `nutgraf.tokenize` and `nutgraf.split_sentences`.

use pyo3::prelude::*;

use super::intake;
use crate::span::CharCursor;
use crate::text;

/// The tokens of a text, as half-open character offsets.
#[pyfunction]
#[pyo3(name = "tokenize", signature = (text, /))]
pub(super) fn tokenize(text: &Bound<'_, PyAny>) -> PyResult<Vec<(i64, i64)>> {
    let text = intake::text(text)??;
    let mut tokens = Vec::new();
    text::tokenize(&text, &mut tokens);
    let mut cursor = CharCursor::new(&text);
    Ok(tokens.iter().map(|token| (cursor.at(token.start as usize), cursor.at(token.end as usize))).collect())
}

/// The sentences of a text, as half-open character offsets.
#[pyfunction]
#[pyo3(name = "split_sentences", signature = (text, /))]
pub(super) fn split_sentences(text: &Bound<'_, PyAny>) -> PyResult<Vec<(i64, i64)>> {
    let text = intake::text(text)??;
    let (mut tokens, mut ends) = (Vec::new(), Vec::new());
    text::tokenize(&text, &mut tokens);
    text::split_sentences(&text, &tokens, &mut ends);
    let mut cursor = CharCursor::new(&text);
    let mut first = 0;
    let mut spans = Vec::with_capacity(ends.len());
    for end in ends {
        let sentence = &tokens[first..end as usize];
        first = end as usize;
        if let (Some(opening), Some(closing)) = (sentence.first(), sentence.last()) {
            spans.push((cursor.at(opening.start as usize), cursor.at(closing.end as usize)));
        }
    }
    Ok(spans)
}
