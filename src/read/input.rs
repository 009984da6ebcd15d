//! Where is the next record, and what do its bytes say?
//!
//! A reader sees a file through a window, which starts at the first byte that was not passed over and ends where reading has come to.
//! It looks for the end of a record in the window, asks for [more](Input::more) where there is none, reads the record, and
//! [passes](Input::pass) over it. So the window holds a piece of the file or the longest record, whichever is longer, however long
//! the file is. Characters and lines are counted as they are passed over: a record knows where it is.
//!
//! Cost: each byte is moved at most once per piece that it waits for, and never more than it was read.

use std::borrow::Cow;

use super::decode::{Decoded, Wrong, characters, count, count_characters, wrong};
use super::records::Records;
use crate::batch::Watch;
use crate::error::{Error, Kind, Result};

/// How many records of a file are noted one by one; the others are counted.
const MOST_NOTES: usize = 10;

/// How many bytes are passed over between two looks at whether to go on.
const STRIDE: usize = 1 << 18;

/// A file on its way into records.
pub(crate) struct Input<'a> {
    from: Decoded<'a>,
    watch: &'a Watch,
    /// Bytes of the file, as UTF-8; those before `start` were passed over.
    window: Vec<u8>,
    start: usize,
    /// How much was passed over: bytes, characters, line breaks.
    bytes: usize,
    characters: usize,
    breaks: usize,
    /// Where the line starts that the window starts in, as line feeds part lines.
    line_start: usize,
    /// Whether the last byte passed over is a carriage return; a line feed after it ends no other line.
    after_return: bool,
    /// The byte from which on to look again whether to go on.
    listen: usize,
    /// How many records were not UTF-8, and the last note.
    wrong: usize,
    last: Option<Error>,
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
        }
    }

    /// The window: what was read and not passed over.
    pub(crate) fn window(&self) -> &[u8] {
        &self.window[self.start..]
    }

    /// Reads another piece into the window; whether there was one.
    ///
    /// # Errors
    /// Those of [`Decoded::append`].
    pub(crate) fn more(&mut self) -> Result<bool> {
        self.watch.check()?;
        // What waits is moved where less is moved than was passed over: so no byte is moved again and again.
        if self.start >= self.window.len() - self.start {
            self.window.drain(..self.start);
            self.start = 0;
        }
        self.from.append(&mut self.window)
    }

    /// Reads the rest of the file into the window.
    ///
    /// # Errors
    /// Those of [`Decoded::append`].
    pub(crate) fn whole(&mut self) -> Result<()> {
        while self.more()? {}
        Ok(())
    }

    /// Reads the rest of the file, and leaves it.
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

    /// The first byte of the window, from some byte on, that is one of those; the end of the window where the file ends without one.
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

    /// Who may stop the reading.
    pub(crate) fn watch(&self) -> &'a Watch {
        self.watch
    }

    /// The character at which the window starts.
    pub(crate) fn character(&self) -> i64 {
        self.characters as i64
    }

    /// The line, from 1, of a byte of the window.
    pub(crate) fn line(&self, byte: usize) -> usize {
        let window = self.window();
        1 + self.breaks + self.more_breaks(&window[..byte.min(window.len())])
    }

    /// How many bytes the line has before a byte of the window, as line feeds part lines.
    pub(crate) fn column(&self, byte: usize) -> usize {
        let window = self.window();
        let byte = byte.min(window.len());
        match memchr::memrchr(b'\n', &window[..byte]) {
            Some(end) => byte - end - 1,
            None => self.bytes + byte - self.line_start,
        }
    }

    /// The characters of the record that is so many bytes long, and what is wrong with it, if anything is.
    pub(crate) fn characters(&self, length: usize) -> (Cow<'_, str>, Option<Wrong>) {
        characters(&self.window()[..length])
    }

    /// Passes over a record that is so many bytes long. Where it is not UTF-8, a note says so.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn pass(&mut self, length: usize, wrong: Option<Wrong>, records: &mut Records) -> Result<()> {
        if let Some(wrong) = wrong {
            self.note(wrong, records);
        }
        self.advance(length, wrong)
    }

    /// Passes over what is between records.
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

    /// How many more line breaks there are when these bytes, with which the window starts, are passed over.
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

    /// Notes the records that were not UTF-8 and have no note yet.
    pub(crate) fn finish(self, records: &mut Records) {
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

/// How many lines end: at a line feed, and at a carriage return that none follows.
fn line_breaks(bytes: &[u8]) -> usize {
    let feeds = count(bytes, |byte| byte == b'\n');
    let alone = |&at: &usize| bytes.get(at + 1) != Some(&b'\n');
    feeds + memchr::memchr_iter(b'\r', bytes).filter(alone).count()
}
