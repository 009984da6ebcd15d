//! `nutgraf.tokenize` and `nutgraf.split_sentences`.

use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};

use super::intake;
use super::run::{Ear, run};
use crate::batch::Watch;
use crate::error::Result;
use crate::span::CharCursor;
use crate::text;

/// What is done with a text of up to so many bytes takes less time than to leave the GIL and come back.
const SHORT: usize = 1 << 14;

/// A half-open run of characters.
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

/// The spans that are found in a text, as Python takes them.
fn spans<'py>(
    text: &Bound<'py, PyAny>,
    find: fn(&str, &Watch) -> Result<Vec<Span>>,
) -> PyResult<Bound<'py, PyList>> {
    let (py, watch) = (text.py(), Watch::default());
    let text = intake::text(text)??;
    if text.len() <= SHORT {
        return PyList::new(py, find(&text, &watch)?);
    }
    let spans = run(py, Some(1), &watch, None, || find(&text, &watch))?;
    let list = PyList::empty(py);
    let mut ear = Ear::new(py);
    for span in spans {
        list.append(PyTuple::new(py, [span.0, span.1])?)?;
        ear.after(0)?;
    }
    Ok(list)
}

fn tokens_of(text: &str, watch: &Watch) -> Result<Vec<Span>> {
    let mut tokens = Vec::new();
    text::tokenize_watched(text, &mut tokens, watch)?;
    let mut cursor = CharCursor::new(text);
    let spans = watch
        .through(&tokens)
        .map(|token| (cursor.at(token.start as usize), cursor.at(token.end as usize)))
        .collect();
    watch.check()?;
    Ok(spans)
}

fn sentences_of(text: &str, watch: &Watch) -> Result<Vec<Span>> {
    let (mut tokens, mut ends) = (Vec::new(), Vec::new());
    text::tokenize_watched(text, &mut tokens, watch)?;
    text::split_sentences_watched(text, &tokens, &mut ends, watch)?;
    let mut cursor = CharCursor::new(text);
    let mut first = 0;
    let mut spans = Vec::with_capacity(ends.len());
    for end in watch.through(ends) {
        let sentence = &tokens[first..end as usize];
        first = end as usize;
        if let (Some(opening), Some(closing)) = (sentence.first(), sentence.last()) {
            spans.push((cursor.at(opening.start as usize), cursor.at(closing.end as usize)));
        }
    }
    watch.check()?;
    Ok(spans)
}
