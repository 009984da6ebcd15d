//! What do the bytes of a record say, and where in its file is it?
//!
//! A reader asks for the characters of one record after the other, in the order of the file. Those that are not UTF-8 are noted.

use std::borrow::Cow;
use std::ops::Range;

use super::decode::{Decoded, Wrong, characters, count_characters, wrong};
use super::records::Records;
use crate::batch::Watch;
use crate::error::{Error, Kind, Result};

/// How many records of a file are noted one by one; the others are counted.
const MOST_NOTES: usize = 10;

/// How many bytes are read between two looks at whether to go on.
const STRIDE: usize = 1 << 18;

/// The content of a file on its way into records.
pub(crate) struct Content<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) source: &'a str,
    watch: &'a Watch,
    /// Where to look again whether to go on.
    next: usize,
    skipped: usize,
    characters: Counted,
    lines: Counted,
    /// How many records were not UTF-8, and the last note.
    wrong: usize,
    last: Option<Error>,
}

/// A count of something before a byte.
#[derive(Default)]
struct Counted {
    byte: usize,
    count: usize,
}

impl Counted {
    fn at(&mut self, byte: usize, bytes: &[u8], count: impl Fn(&[u8]) -> usize) -> usize {
        if byte < self.byte {
            *self = Self::default();
        }
        self.count += bytes.get(self.byte..byte).map_or(0, count);
        self.byte = byte;
        self.count
    }
}

impl<'a> Content<'a> {
    pub(crate) fn new(decoded: &'a Decoded<'_>, source: &'a str, watch: &'a Watch) -> Self {
        Self {
            bytes: &decoded.bytes,
            source,
            watch,
            next: 0,
            skipped: decoded.skipped,
            characters: Counted::default(),
            lines: Counted::default(),
            wrong: 0,
            last: None,
        }
    }

    /// Asks, now and then, whether to go on.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn listen(&mut self, byte: usize) -> Result<()> {
        if byte >= self.next {
            self.next = byte + STRIDE;
            self.watch.check()?;
        }
        Ok(())
    }

    /// Who may stop the reading.
    pub(crate) fn watch(&self) -> &'a Watch {
        self.watch
    }

    /// The character of the file at a byte at which a record starts or ends.
    pub(crate) fn character(&mut self, byte: usize) -> i64 {
        self.characters.at(byte, self.bytes, count_characters) as i64
    }

    /// The line of a byte, from 1.
    pub(crate) fn line(&mut self, byte: usize) -> usize {
        1 + self.lines.at(byte, self.bytes, line_breaks)
    }

    /// The characters of a record. Where they are not UTF-8, a note says so.
    pub(crate) fn text(&mut self, record: Range<usize>, records: &mut Records) -> Cow<'a, str> {
        let (text, wrong) = characters(&self.bytes[record.clone()]);
        self.note(record.start, wrong, records);
        text
    }

    /// How a record is to be read: what is wrong with it, if anything is; then a note says so.
    pub(crate) fn reading(&mut self, record: Range<usize>, records: &mut Records) -> Option<Wrong> {
        let wrong = wrong(&self.bytes[record.clone()]);
        self.note(record.start, wrong, records);
        wrong
    }

    fn note(&mut self, start: usize, wrong: Option<Wrong>, records: &mut Records) {
        let Some(wrong) = wrong else { return };
        self.wrong += 1;
        let what = match wrong.strays {
            None => "is not UTF-8; read as Windows-1252".to_owned(),
            Some(1) => "a byte is not UTF-8; read as Windows-1252".to_owned(),
            Some(strays) => format!("{strays} bytes are not UTF-8; read as Windows-1252"),
        };
        let byte = start + wrong.first;
        let note = Error::new(Kind::BadFile, what).in_source(self.source);
        let note = note.at_line(self.line(byte)).at_byte(self.skipped + byte);
        if self.wrong <= MOST_NOTES {
            records.notes.push(note);
        } else {
            self.last = Some(note);
        }
    }

    /// Notes the records that were not UTF-8 and have no note yet.
    pub(crate) fn finish(self, records: &mut Records) {
        if let Some(last) = self.last {
            let (more, place) = (self.wrong - MOST_NOTES, last.place());
            let what = format!(
                "{more} more records are not UTF-8; read as Windows-1252; the last of them in line {}",
                place.line.unwrap_or_default()
            );
            records.notes.push(Error::new(Kind::BadFile, what).in_source(self.source));
        }
    }
}

/// How many lines end: at a line feed, and at a carriage return that none follows.
pub(crate) fn line_breaks(bytes: &[u8]) -> usize {
    let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
    ends.filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n')).count()
}
