//! `nutgraf.tokenize`, `nutgraf.split_sentences` and `nutgraf.stopwords`.

use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};

use super::intake;
use super::run::{SignalCheck, run};
use crate::batch::Watch;
use crate::error::Result;
use crate::span::CharCursor;
use crate::text::{self, Token};

/// Texts of up to this many bytes are processed faster than the GIL can be released and taken
/// again.
const SHORT: usize = 1 << 14;

/// A half-open range of characters.
type Span = (i64, i64);

/// The tokens of a text, as half-open character offsets.
#[pyfunction]
#[pyo3(name = "tokenize", signature = (text, /))]
pub(super) fn tokenize<'py>(text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
    spans(text, tokens_of)
}

/// The sentences of a text, as half-open character offsets.
#[pyfunction]
#[pyo3(name = "split_sentences", signature = (text, /))]
pub(super) fn split_sentences<'py>(text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
    spans(text, sentences_of)
}

/// The fields that the folders of a path give.
#[pyfunction]
#[pyo3(name = "partitions", signature = (path, /))]
pub(super) fn partitions(path: &str) -> Vec<(String, String)> {
    crate::read::partitions(path)
}

/// The stop words of a language, sorted.
#[pyfunction]
#[pyo3(name = "stopwords", signature = (language, /))]
pub(super) fn stopwords(language: &str) -> PyResult<Vec<&'static str>> {
    let mut words: Vec<&str> = crate::language::stopwords(language)?.iter().map(String::as_str).collect();
    words.sort_unstable();
    Ok(words)
}

/// The spans that `find` finds in a text, as Python values. For long texts, the search has a watch.
fn spans<'py>(
    text: &Bound<'py, PyAny>,
    find: fn(&str, Option<&Watch>) -> Result<Vec<Span>>,
) -> PyResult<Bound<'py, PyList>> {
    let py = text.py();
    let text = intake::text(text)??;
    if text.len() <= SHORT {
        return PyList::new(py, find(&text, None)?);
    }
    let watch = Watch::default();
    let spans = run(py, Some(1), &watch, None, || find(&text, Some(&watch)))?;
    let (list, mut signals) = (PyList::empty(py), SignalCheck::new(py));
    for span in spans {
        list.append(PyTuple::new(py, [span.0, span.1])?)?;
        signals.after(0)?;
    }
    Ok(list)
}

fn cut(text: &str, watch: Option<&Watch>) -> Result<Vec<Token>> {
    let mut tokens = Vec::new();
    match watch {
        None => text::tokenize(text, &mut tokens),
        Some(watch) => text::tokenize_watched(text, &mut tokens, watch)?,
    }
    Ok(tokens)
}

fn tokens_of(text: &str, watch: Option<&Watch>) -> Result<Vec<Span>> {
    let tokens = cut(text, watch)?;
    let mut cursor = CharCursor::new(text);
    let spans = tokens
        .iter()
        .take_while(|_| !watch.is_some_and(Watch::is_stopped))
        .map(|token| (cursor.at(token.start as usize), cursor.at(token.end as usize)));
    Ok(spans.collect())
}

fn sentences_of(text: &str, watch: Option<&Watch>) -> Result<Vec<Span>> {
    let (tokens, mut ends) = (cut(text, watch)?, Vec::new());
    match watch {
        None => text::split_sentences(text, &tokens, &mut ends),
        Some(watch) => text::split_sentences_watched(text, &tokens, &mut ends, watch)?,
    }
    let mut cursor = CharCursor::new(text);
    let mut first = 0;
    let mut spans = Vec::with_capacity(ends.len());
    for end in ends.into_iter().take_while(|_| !watch.is_some_and(Watch::is_stopped)) {
        let sentence = &tokens[first..end as usize];
        first = end as usize;
        if let (Some(opening), Some(closing)) = (sentence.first(), sentence.last()) {
            spans.push((cursor.at(opening.start as usize), cursor.at(closing.end as usize)));
        }
    }
    Ok(spans)
}
