//! In which format is a file, judged by its head and its name?
//!
//! Mark-up, messages and exports of databases are recognised by their content. Tables and lines of
//! JSON may open with anything, so their names decide; where there is no name, two marks do.
//!
//! Cost: a check of the first 32 kB of a file.

use super::format::Format;
use super::input::Input;
use super::records::Records;
use super::{export, mail};
use crate::error::{Error, Kind, Result};

/// The format of a file: what its content looks like, or else what its name says.
pub(super) fn format_of(
    input: &mut Input<'_>,
    of_name: Option<Format>,
    records: &mut Records,
) -> Result<Format> {
    let looks = looks_of(input)?;
    let opens_tag = input.window().trim_ascii_start().starts_with(b"<");
    let is_markup = |format| matches!(format, Format::Html | Format::Xml);
    let chosen = match (looks, of_name) {
        // Tables may open with a tag in their first cell.
        (_, Some(named @ (Format::JsonLines | Format::Json | Format::Csv | Format::Tsv | Format::Rows))) => {
            return Ok(named);
        }
        (Some(looks), _) => looks,
        // XML of any kind, which its reader names.
        (None, Some(named)) if !is_markup(named) || opens_tag => return Ok(named),
        (None, of_name) => match (marks_of(input)?, of_name) {
            (found, None) => return Ok(found),
            (found, Some(_)) => found,
        },
    };
    if of_name.is_some_and(|named| named != chosen) {
        let what = format!("is {0} by its content; read as such; format= names another", chosen.name());
        records.note(Error::new(Kind::BadFormat, what));
    }
    Ok(chosen)
}

/// The format that the head of a file shows: mark-up, a message, or the export of a database.
fn looks_of(input: &mut Input<'_>) -> Result<Option<Format>> {
    const HEAD: usize = 1 << 15;
    let first = input.find(0, |byte| !byte.is_ascii_whitespace())?;
    while input.window().len() < first + HEAD && input.more()? {}
    let head = &input.window()[first..];
    let head = &head[..head.len().min(HEAD)];
    let other = || {
        if mail::opens(head) {
            Some(Format::Mail)
        } else {
            export::opens(&String::from_utf8_lossy(head)).then_some(Format::Export)
        }
    };
    Ok(Format::from_markup(head).or_else(other))
}

/// The format that a content without mark-up looks like.
fn marks_of(input: &mut Input<'_>) -> Result<Format> {
    let first = input.find(0, |byte| !byte.is_ascii_whitespace())?;
    let after = (first + 1).min(input.window().len());
    let second = input.find(after, |byte| !byte.is_ascii_whitespace())?;
    let window = input.window();
    Ok(Format::from_marks(window.get(first).copied(), window.get(second).copied()))
}
