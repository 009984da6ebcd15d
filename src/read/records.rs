//! How are the records of files held on their way into a corpus?
//!
//! A reader adds one record after another: a text and fields, or the reason why there is no text.
//! Texts are held in chunks of about a megabyte. The corpus takes the chunks over as they are, so
//! no text is copied, and nothing large moves while records are added.

use std::num::NonZeroUsize;
use std::sync::Arc;

use super::fields::Fields;
use super::names::text_column;
use super::story::Story;
use crate::article::Known;
use crate::batch::Feeder;
use crate::error::{Error, Kind, Result};
use crate::table::{Column, Strings, Value};

/// A chunk of texts is closed when the next text would make it longer than this.
const CHUNK: usize = 1 << 20;

/// A chunk never has more texts than this, however short they are.
const MOST_TEXTS: usize = 1 << 16;

/// A portion of a stream has at least this many records, or this many bytes of text.
const PORTION: usize = 1 << 12;
const PORTION_BYTES: usize = 8 * CHUNK;

/// The records of some files, in order: each has a text and fields, or the reason why it has none.
#[derive(Debug, Default)]
pub struct Records {
    /// The files: the first record of each, and what the file is called.
    files: Vec<(usize, Box<str>)>,
    /// The texts; empty where the record is bad.
    texts: Texts,
    /// The character of its file at which each record starts.
    starts: Vec<Option<i64>>,
    lines: Vec<Option<NonZeroUsize>>,
    /// The bad records, by position.
    bad: Vec<(usize, Error)>,
    /// Under which name the current file has its texts, once a record has shown it.
    text_name: Option<Box<str>>,
    /// The parts of the texts whose format says what they are, by position.
    parts: Vec<(usize, Box<[Known]>)>,
    /// The fields of the records.
    pub(crate) fields: Fields,
    /// What was put right: records that were not UTF-8, files without a byte-order mark.
    notes: Vec<Error>,
    /// Where records go before their file ends, if they do.
    pub(super) sink: Option<Sink>,
}

/// Texts in chunks. Full chunks are shared by all who hold one of their texts.
#[derive(Debug, Default)]
struct Texts {
    full: Vec<Arc<Strings>>,
    open: Strings,
}

impl Texts {
    fn try_push(&mut self, text: &str) -> Result<()> {
        let (count, bytes) = (self.open.len(), self.open.joined().len());
        if count > 0 && (bytes + text.len() > CHUNK || count == MOST_TEXTS) {
            self.full.try_reserve(1)?;
            self.full.push(Arc::new(std::mem::take(&mut self.open)));
            // After one chunk, others are likely to follow: each is allocated once.
            self.open.try_reserve(count, text.len().max(CHUNK))?;
        }
        self.open.try_push(text)
    }

    fn close(&mut self) {
        if !self.open.is_empty() {
            self.full.push(Arc::new(std::mem::take(&mut self.open)));
        }
    }

    /// How many bytes there are, to within a chunk or its longest text.
    fn bytes(&self) -> usize {
        self.full.len() * CHUNK + self.open.joined().len()
    }

    /// Leaves the first `count` texts here, and returns the others.
    fn split_off(&mut self, count: usize) -> Result<Self> {
        self.close();
        let (mut before, mut rest) = (0, Self::default());
        for chunk in std::mem::take(&mut self.full) {
            let (first, last) = (before, before + chunk.len());
            before = last;
            if last <= count {
                self.full.push(chunk);
            } else if first >= count {
                rest.full.push(chunk);
            } else {
                for (at, text) in chunk.iter().enumerate() {
                    let side = if first + at < count { &mut *self } else { &mut rest };
                    side.try_push(text)?;
                }
                self.close();
                rest.close();
            }
        }
        Ok(rest)
    }
}

impl Records {
    /// How many records there are, bad ones included.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there are no records.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Starts a file. Records that are pushed from now on come from it.
    pub(crate) fn begin(&mut self, source: &str) {
        self.files.push((self.len(), source.into()));
        self.text_name = None;
    }

    /// The name of the file that a record came from.
    pub fn source(&self, record: usize) -> &str {
        // Files without a record start where the next one does.
        let file = self.files.partition_point(|&(first, _)| first <= record).checked_sub(1);
        file.map_or("", |file| &self.files[file].1)
    }

    /// The line, from 1, at which a record starts. `None` in plain text.
    pub fn line(&self, record: usize) -> Option<usize> {
        self.lines.get(record).copied().flatten().map(NonZeroUsize::get)
    }

    /// The character of its file at which each record starts. `None` for a file that could not be
    /// read.
    pub fn starts(&self) -> &[Option<i64>] {
        &self.starts
    }

    /// The positions of the bad records, and why they are bad.
    pub fn bad(&self) -> &[(usize, Error)] {
        &self.bad
    }

    /// What was put right: records that were not UTF-8, files without a byte-order mark.
    pub fn notes(&self) -> &[Error] {
        &self.notes
    }

    /// The texts; empty where the record is bad.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.full.iter().flat_map(|chunk| chunk.iter()).chain(self.texts.open.iter())
    }

    /// The position of the column of texts among the names of a record; see [`text_column`]. The
    /// first record of a file decides where its texts are, with a note if that is a guess.
    pub(crate) fn text_at(&mut self, wanted: &str, names: &[&str]) -> Option<usize> {
        // Of columns that are called alike, the last counts, as in JSON.
        let at = |name: &str| names.iter().rposition(|&other| other == name);
        if let Some(found) = at(wanted) {
            self.text_name.get_or_insert_with(|| wanted.into());
            return Some(found);
        }
        if let Some(name) = &self.text_name {
            return at(name);
        }
        let found = text_column(wanted, names)?;
        self.text_name = Some(names[found].into());
        let what = format!("the texts are in the column \"{}\"; text= names another", names[found]);
        self.note(Error::new(Kind::BadFile, what).in_field("text"));
        Some(found)
    }

    /// If there are enough records for a portion of a stream, hands them on. The current file
    /// continues with the next record. A reader calls this between two records.
    ///
    /// # Errors
    /// Cancellation.
    pub(super) fn pass_on(&mut self) -> Result<()> {
        let Some(sink) = self.sink.clone().filter(|_| self.is_portion()) else { return Ok(()) };
        let source = self.files.last().map(|(_, source)| (0, source.clone()));
        let (files, text_name) = (source.into_iter().collect(), self.text_name.clone());
        let next = Self { files, text_name, sink: self.sink.take(), ..Self::default() };
        sink.send(std::mem::replace(self, next))
    }

    /// Whether there are enough records for a portion of a stream.
    pub(super) fn is_portion(&self) -> bool {
        self.sink.is_some() && (self.len() >= PORTION || self.texts.bytes() >= PORTION_BYTES)
    }

    /// Leaves the first `count` records here, and returns the others.
    ///
    /// # Errors
    /// [`Kind::OutOfMemory`].
    pub(super) fn split_off(&mut self, count: usize) -> Result<Self> {
        if self.len() <= count {
            return Ok(Self::default());
        }
        let from = self.files.partition_point(|&(first, _)| first < count);
        let mut files = self.files.split_off(from);
        for (first, _) in &mut files {
            *first -= count;
        }
        if files.first().is_none_or(|&(first, _)| first > 0) {
            files.splice(..0, self.files.last().map(|(_, source)| (0, source.clone())));
        }
        let bad = self.bad.split_off(self.bad.partition_point(|&(at, _)| at < count));
        let parts = self.parts.split_off(self.parts.partition_point(|&(at, _)| at < count));
        Ok(Self {
            files,
            texts: self.texts.split_off(count)?,
            starts: self.starts.split_off(count),
            lines: self.lines.split_off(count),
            bad: bad.into_iter().map(|(at, error)| (at - count, error)).collect(),
            text_name: None,
            parts: parts.into_iter().map(|(at, parts)| (at - count, parts)).collect(),
            fields: self.fields.split_off(count),
            notes: Vec::new(),
            sink: None,
        })
    }

    /// Adds a note about the current file.
    pub(crate) fn note(&mut self, note: Error) {
        let note = match self.files.last() {
            Some((_, source)) => note.in_source(&**source),
            None => note,
        };
        self.notes.push(note);
    }

    /// Puts a note before the others.
    pub(crate) fn note_first(&mut self, note: Option<Error>) {
        self.notes.splice(..0, note);
    }

    /// Sets the fields of the record that is pushed next. If a name occurs twice, the last value
    /// counts.
    pub(crate) fn set(&mut self, fields: Vec<(String, Value<'_>)>) {
        let position = self.len();
        let numbers: Vec<usize> = fields.iter().map(|(name, _)| self.fields.number(name)).collect();
        for (number, (_, value)) in numbers.into_iter().zip(fields).rev() {
            self.fields.set(number, position, value);
        }
    }

    /// Gives each record further fields, unless it has them.
    pub(crate) fn add_to_all(&mut self, fields: &[(String, String)]) {
        for (name, value) in fields {
            let number = self.fields.number(name);
            for position in 0..self.len() {
                let whole = value.parse::<i64>().ok().filter(|whole| whole.to_string() == *value);
                self.fields.set(
                    number,
                    position,
                    whole.map_or_else(|| Value::Text(value.into()), Value::Int),
                );
            }
        }
    }

    /// Lets each record start at its number.
    pub(crate) fn number_starts(&mut self) {
        self.starts = (0..).take(self.starts.len()).map(Some).collect();
    }

    /// Adds a record of the current file: the character at which it starts, its line, and its text
    /// or the reason why it has none.
    ///
    /// # Errors
    /// [`Kind::OutOfMemory`].
    pub(crate) fn push(&mut self, start: Option<i64>, line: Option<usize>, text: Result<&str>) -> Result<()> {
        let position = self.len();
        self.lines.try_reserve(1)?;
        self.starts.try_reserve(1)?;
        self.texts.try_push(text.as_ref().copied().unwrap_or_default())?;
        self.lines.push(line.and_then(NonZeroUsize::new));
        self.starts.push(start);
        if let Err(error) = text {
            let error = error.in_source(self.source(position));
            let error = match line {
                Some(line) => error.at_line(line),
                None => error,
            };
            self.bad.push((position, error));
        }
        Ok(())
    }

    /// Adds a record whose parts are known, as [`Records::push`] does.
    ///
    /// # Errors
    /// [`Kind::OutOfMemory`].
    pub(crate) fn push_story(&mut self, start: Option<i64>, line: Option<usize>, story: Story) -> Result<()> {
        let Story { text, parts, fields, .. } = story;
        self.parts.push((self.len(), parts.into()));
        self.set(fields);
        self.push(start, line, Ok(&text))
    }

    /// Adds a file that could not be read, with the reason.
    ///
    /// # Errors
    /// [`Kind::OutOfMemory`].
    pub fn refuse(&mut self, source: &str, reason: Error) -> Result<()> {
        self.begin(source);
        self.push(None, None, Err(reason))
    }

    /// Adds the records of other files.
    ///
    /// # Errors
    /// [`Kind::OutOfMemory`].
    pub(crate) fn append(&mut self, mut other: Self) -> Result<()> {
        if self.files.is_empty() && self.notes.is_empty() {
            other.sink = self.sink.take();
            *self = other;
            return Ok(());
        }
        let first = self.len();
        self.files.extend(other.files.drain(..).map(|(record, source)| (first + record, source)));
        if other.texts.full.is_empty() {
            // Short files share a chunk.
            for text in other.texts.open.iter() {
                self.texts.try_push(text)?;
            }
        } else {
            self.texts.close();
            other.texts.close();
            self.texts.full.append(&mut other.texts.full);
        }
        self.starts.try_reserve(other.starts.len())?;
        self.starts.append(&mut other.starts);
        self.lines.try_reserve(other.lines.len())?;
        self.lines.append(&mut other.lines);
        self.bad.extend(other.bad.drain(..).map(|(record, error)| (first + record, error)));
        self.parts.extend(other.parts.drain(..).map(|(record, parts)| (first + record, parts)));
        self.fields.append(other.fields, first);
        self.notes.append(&mut other.notes);
        Ok(())
    }

    /// The columns `source` and `source_start`: the name of each record's file, and the character
    /// at which the record starts there. Takes the latter out of the records.
    pub(crate) fn take_places(&mut self) -> (Column, Column) {
        let starts = std::mem::take(&mut self.starts);
        let ends = self.files.iter().skip(1).map(|&(first, _)| first).chain([self.len()]);
        let sources =
            self.files.iter().zip(ends).flat_map(|((first, source), end)| {
                std::iter::repeat_n(&**source, end.saturating_sub(*first))
            });
        (Column::text(sources), Column::optional_int(starts))
    }

    /// Takes the texts out of the records: each a row of a chunk, or the reason why there is no
    /// text.
    pub(crate) fn take_texts(&mut self) -> impl Iterator<Item = Result<(Arc<Strings>, usize)>> + use<> {
        self.texts.close();
        let (chunks, bad) = (std::mem::take(&mut self.texts.full), std::mem::take(&mut self.bad));
        let rows = chunks.into_iter().flat_map(|chunk| {
            let rows = chunk.len();
            std::iter::repeat_n(chunk, rows).enumerate().map(|(row, chunk)| (chunk, row))
        });
        let mut bad = bad.into_iter().peekable();
        rows.enumerate().map(move |(position, row)| match bad.next_if(|(at, _)| *at == position) {
            Some((_, error)) => Err(error),
            None => Ok(row),
        })
    }

    /// Takes the known parts out of the records, by position.
    pub(crate) fn take_parts(&mut self) -> Vec<(usize, Box<[Known]>)> {
        std::mem::take(&mut self.parts)
    }

    /// Takes the fields out of the records.
    pub(crate) fn take_fields(&mut self) -> Fields {
        std::mem::take(&mut self.fields)
    }

    /// Takes the notes out of the records.
    pub(crate) fn take_notes(&mut self) -> Vec<Error> {
        std::mem::take(&mut self.notes)
    }
}

/// Takes the records of a long file, a portion at a time.
#[derive(Debug, Clone)]
pub(crate) struct Sink {
    feeder: Feeder<Records>,
    /// Fields that all records of the file have.
    fields: Arc<[(String, String)]>,
}

impl Sink {
    pub(super) fn new(feeder: Feeder<Records>) -> Self {
        Self { feeder, fields: Arc::default() }
    }

    pub(super) fn with_fields(&self, fields: Vec<(String, String)>) -> Self {
        Self { feeder: self.feeder.clone(), fields: fields.into() }
    }

    /// Hands a portion on.
    ///
    /// # Errors
    /// Cancellation.
    pub(super) fn send(&self, mut portion: Records) -> Result<()> {
        portion.add_to_all(&self.fields);
        self.feeder.send(portion)
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
    let (name, what) = (there.join(", "), "name the field of the texts with text=");
    let what = format!("there is no text; the record has {name}{more}; {what}");
    Error::new(Kind::MissingText, what).in_field(text)
}
