//! Where is the next record, and what do its bytes say?
//!
//! A reader sees a file through a window. The window starts after the last record and ends where
//! reading has got to. The reader looks for the end of a record in the window, asks for
//! [more](Input::more) if there is none, reads the record, and [passes](Input::pass) over it. So
//! the window holds about a megabyte, or the longest record, however long the file is. Characters
//! and lines are counted as the reader passes over them, so each record knows where it is.
//!
//! Cost: linear. Bytes move to the front of the window only if fewer of them move than were passed
//! over since the last time.

use std::borrow::Cow;

use super::decode::{Decoded, Wrong, characters, count, count_characters, wrong};
use super::records::Records;
use crate::batch::Watch;
use crate::error::{Error, Kind, Result};

/// How many records of a file get a separate note. The others are counted.
const MOST_NOTES: usize = 10;

/// How many bytes are passed over between two checks of the watch.
const STRIDE: usize = 1 << 18;

/// A file on its way into records.
pub(crate) struct Input<'a> {
    from: Decoded<'a>,
    watch: &'a Watch,
    /// Bytes of the file, as UTF-8. Those before `start` were passed over.
    window: Vec<u8>,
    start: usize,
    /// How much was passed over: bytes, characters, line breaks.
    bytes: usize,
    characters: usize,
    breaks: usize,
    /// The byte after the last line feed that was passed over.
    line_start: usize,
    /// Whether the last byte passed over is a carriage return. A line feed after it ends the same
    /// line.
    after_return: bool,
    /// The byte at which to check the watch again.
    listen: usize,
    /// How many records were not UTF-8, and the last note.
    wrong: usize,
    last: Option<Error>,
    /// Whether the rest of the file is damaged, and is not read.
    given_up: bool,
}

impl<'a> Input<'a> {
    pub(crate) fn new(from: Decoded<'a>, watch: &'a Watch) -> Self {
        Self {
            from,
            watch,
            window: Vec::new(),
            start: 0,
            bytes: 0,
            characters: 0,
            breaks: 0,
            line_start: 0,
            after_return: false,
            listen: 0,
            wrong: 0,
            last: None,
            given_up: false,
        }
    }

    /// The window: the bytes that were read and not passed over.
    pub(crate) fn window(&self) -> &[u8] {
        &self.window[self.start..]
    }

    /// Reads another piece into the window. Returns false at the end of the file.
    ///
    /// # Errors
    /// Those of [`Decoded::append`].
    pub(crate) fn more(&mut self) -> Result<bool> {
        self.watch.check()?;
        if self.given_up {
            return Ok(false);
        }
        // Move only if fewer bytes move than were passed over, so that time stays linear.
        if self.start >= self.window.len() - self.start {
            self.window.drain(..self.start);
            self.start = 0;
        }
        self.from.append(&mut self.window)
    }

    /// Lets the file end here, since the rest is damaged.
    pub(crate) fn give_up(&mut self) {
        self.given_up = true;
        self.start = self.window.len();
    }

    /// Reads the rest of the file into the window.
    ///
    /// # Errors
    /// Those of [`Decoded::append`].
    pub(crate) fn whole(&mut self) -> Result<()> {
        while self.more()? {}
        Ok(())
    }

    /// Reads the rest of the file and drops it.
    ///
    /// # Errors
    /// Those of [`Decoded::append`].
    pub(crate) fn drain(&mut self) -> Result<()> {
        self.start = self.window.len();
        while self.more()? {
            self.start = self.window.len();
        }
        Ok(())
    }

    /// The first byte of the window, from `from` on, that satisfies a condition. The end of the
    /// window if the file ends without one.
    ///
    /// # Errors
    /// Those of [`Decoded::append`].
    pub(crate) fn find(&mut self, mut from: usize, is_one: impl Fn(u8) -> bool) -> Result<usize> {
        loop {
            let window = self.window();
            if let Some(found) = window[from..].iter().position(|&byte| is_one(byte)) {
                return Ok(from + found);
            }
            from = window.len();
            if !self.more()? {
                return Ok(from);
            }
        }
    }

    /// The watch that may stop the reading.
    pub(crate) fn watch(&self) -> &'a Watch {
        self.watch
    }

    /// The character at which the window starts.
    pub(crate) fn character(&self) -> i64 {
        self.characters as i64
    }

    /// The line, from 1, that contains a byte of the window.
    pub(crate) fn line(&self, byte: usize) -> usize {
        let window = self.window();
        1 + self.breaks + self.more_breaks(&window[..byte.min(window.len())])
    }

    /// How many bytes there are between the last line feed and a byte of the window.
    pub(crate) fn column(&self, byte: usize) -> usize {
        let window = self.window();
        let byte = byte.min(window.len());
        match memchr::memrchr(b'\n', &window[..byte]) {
            Some(end) => byte - end - 1,
            None => self.bytes + byte - self.line_start,
        }
    }

    /// The characters of the record that takes the first `length` bytes of the window, and what is
    /// wrong with it, if anything is.
    pub(crate) fn characters(&self, length: usize) -> (Cow<'_, str>, Option<Wrong>) {
        characters(&self.window()[..length])
    }

    /// Passes over the record that takes the first `length` bytes of the window. If it is not
    /// UTF-8, a note says so.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn pass(&mut self, length: usize, wrong: Option<Wrong>, records: &mut Records) -> Result<()> {
        if let Some(wrong) = wrong {
            self.note(wrong, records);
        }
        self.advance(length, wrong)
    }

    /// Passes over `length` bytes between records.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn skip(&mut self, length: usize) -> Result<()> {
        let wrong = wrong(&self.window()[..length]);
        self.advance(length, wrong)
    }

    fn advance(&mut self, length: usize, wrong: Option<Wrong>) -> Result<()> {
        let passed = &self.window[self.start..self.start + length];
        let Some(&last) = passed.last() else { return Ok(()) };
        self.characters += count_characters(passed, wrong);
        let breaks = self.more_breaks(passed);
        if (breaks > 0 || self.after_return)
            && let Some(end) = memchr::memrchr(b'\n', passed)
        {
            self.line_start = self.bytes + end + 1;
        }
        self.after_return = last == b'\r';
        self.breaks += breaks;
        self.start += length;
        self.bytes += length;
        if self.bytes >= self.listen {
            self.listen = self.bytes + STRIDE;
            self.watch.check()?;
        }
        Ok(())
    }

    /// How many line breaks these bytes add, if the window starts with them.
    fn more_breaks(&self, bytes: &[u8]) -> usize {
        line_breaks(bytes) - usize::from(self.after_return && bytes.first() == Some(&b'\n'))
    }

    fn note(&mut self, wrong: Wrong, records: &mut Records) {
        self.wrong += 1;
        let what = match wrong.strays {
            None => "is not UTF-8; read as Windows-1252".to_owned(),
            Some(1) => "a byte is not UTF-8; read as Windows-1252".to_owned(),
            Some(strays) => format!("{strays} bytes are not UTF-8; read as Windows-1252"),
        };
        let byte = self.from.skipped + self.bytes + wrong.first;
        let note = Error::new(Kind::BadFile, what).at_line(self.line(wrong.first)).at_byte(byte);
        if self.wrong <= MOST_NOTES {
            records.note(note);
        } else {
            self.last = Some(note);
        }
    }

    /// Adds the notes about the encoding of the file, and one about the records that were not UTF-8
    /// and have no separate note.
    pub(crate) fn finish(self, records: &mut Records) {
        self.from.notes().into_iter().for_each(|note| records.note(note));
        if let Some(last) = self.last {
            let (more, place) = (self.wrong - MOST_NOTES, last.place());
            let what = format!(
                "{more} more records are not UTF-8; read as Windows-1252; the last of them in line {}",
                place.line.unwrap_or_default()
            );
            records.note(Error::new(Kind::BadFile, what));
        }
    }
}

/// Where bytes of the window are that a reader passes in their order.
pub(crate) struct Place {
    byte: usize,
    character: i64,
    line: usize,
}

impl Place {
    /// The start of the window.
    pub(crate) fn new(input: &Input<'_>) -> Self {
        Self { byte: 0, character: input.character(), line: input.line(0) }
    }

    /// The character and the line of a byte of the window's text, which is not before the last one.
    pub(crate) fn of(&mut self, text: &str, byte: usize) -> (i64, usize) {
        let passed = text.as_bytes().get(self.byte..byte).unwrap_or_default();
        self.character += count_characters(passed, None) as i64;
        self.line += line_breaks(passed);
        self.byte = byte.max(self.byte);
        (self.character, self.line)
    }
}

/// How many lines end: at a line feed, or at a carriage return without a line feed after it.
fn line_breaks(bytes: &[u8]) -> usize {
    let feeds = count(bytes, |byte| byte == b'\n');
    let alone = |&at: &usize| bytes.get(at + 1) != Some(&b'\n');
    feeds + memchr::memchr_iter(b'\r', bytes).filter(alone).count()
}
