//! What came out of files: texts and fields, or the reason why there is none.

use super::fields::Fields;
use crate::error::{Error, Kind, Result};
use crate::table::Strings;

/// The records of some files, in order: a text each, and fields; or the reason why there is none.
#[derive(Debug, Default)]
pub struct Records {
    /// A text a record; empty where the record is bad.
    pub texts: Strings,
    /// The bad records, by position.
    pub bad: Vec<(usize, Error)>,
    /// The fields of the records.
    pub fields: Fields,
    /// What was put right: records that were not UTF-8, files without a byte-order mark.
    pub notes: Vec<Error>,
    sources: Strings,
    starts: Vec<Option<i64>>,
    lines: Vec<Option<usize>>,
}

impl Records {
    /// Which file each record came from.
    pub fn sources(&self) -> &Strings {
        &self.sources
    }

    /// The character of its file at which each record starts; `None` for a file that could not be read.
    pub fn starts(&self) -> &[Option<i64>] {
        &self.starts
    }

    /// An error met later, with the file and line of its record.
    pub fn placed(&self, record: usize, error: Error) -> Error {
        let error = error.in_source(self.sources.get(record));
        match self.lines.get(record) {
            Some(&Some(line)) => error.at_line(line),
            _ => error,
        }
    }

    /// Adds a file that could not be read, with the reason.
    ///
    /// # Errors
    /// [`Kind::OutOfMemory`](crate::error::Kind::OutOfMemory).
    pub fn refuse(&mut self, source: &str, reason: Error) -> Result<()> {
        self.push(source, None, None, Err(reason))
    }

    /// Adds a record: where it starts and in which line, and its text or the reason why there is none.
    pub(crate) fn push(
        &mut self,
        source: &str,
        start: Option<i64>,
        line: Option<usize>,
        record: Result<&str>,
    ) -> Result<()> {
        let position = self.texts.len();
        self.lines.try_reserve(1)?;
        self.starts.try_reserve(1)?;
        self.sources.try_push(source)?;
        self.texts.try_push(record.as_ref().copied().unwrap_or_default())?;
        self.lines.push(line);
        self.starts.push(start);
        if let Err(error) = record {
            let error = error.in_source(source);
            let error = match line {
                Some(line) => error.at_line(line),
                None => error,
            };
            self.bad.push((position, error));
        }
        Ok(())
    }
}

/// How many fields a message lists, and how many characters of each.
const LISTED: usize = 20;
const SHOWN: usize = 60;

/// The reason given for a record without a text.
pub(super) fn no_text<'a>(text: &str, fields: impl ExactSizeIterator<Item = &'a str>) -> Error {
    let more = fields.len().saturating_sub(LISTED);
    let mut there: Vec<String> = fields.take(LISTED).map(|name| name.chars().take(SHOWN).collect()).collect();
    if there.is_empty() {
        there.push("no field at all".to_owned());
    }
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let what = format!("there is no text; the record has {}{more}", there.join(", "));
    Error::new(Kind::MissingText, what).in_field(text)
}
