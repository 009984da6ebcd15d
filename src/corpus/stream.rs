//! How do the records of files become corpora, one after another?
//!
//! A stream is for files that do not fit into memory together. Each corpus has the next articles,
//! and nothing is kept of those before but their number: articles are numbered through.

use super::Corpus;
use super::build::Options;
use super::roles::RoleNames;
use crate::batch::{Watch, pool};
use crate::error::{Error, Result};
use crate::read::{Charset, Format, OwnedFile, RecordStream, Records};

/// Corpora of the articles in files, one after another.
#[derive(Debug)]
pub struct CorpusStream {
    records: RecordStream,
    names: RoleNames,
    options: Options,
    /// For the report of the first corpus.
    notes: Vec<Error>,
    watch: Watch,
}

impl CorpusStream {
    /// Starts to read files, in their order. The roles of columns are those of
    /// [`Corpus::from_records`].
    ///
    /// # Errors
    /// [`Kind::BadOption`](crate::error::Kind::BadOption): the pool does not allow this number of
    /// threads. [`RecordStream::open`].
    pub fn open(
        files: Vec<OwnedFile>,
        format: Option<Format>,
        encoding: Option<Charset>,
        text: String,
        names: RoleNames,
        options: Options,
        notes: Vec<Error>,
    ) -> Result<Self> {
        let watch = Watch::default();
        let records = RecordStream::open(files, format, encoding, text, pool(options.threads)?, &watch)?;
        Ok(Self { records, names, options, notes, watch })
    }

    /// The watch that may stop the reading.
    pub fn watch(&self) -> &Watch {
        &self.watch
    }

    /// How many records came before the next corpus.
    pub fn position(&self) -> u64 {
        self.options.first
    }

    /// Waits for the next `count` records; `None` after the last. Not for workers of a pool.
    ///
    /// # Errors
    /// Those of the reading. [`RecordStream::next`].
    pub fn records(&mut self, count: usize) -> Result<Option<Records>> {
        let mut records = self.records.next(count)?;
        if let Some(records) = &mut records {
            self.notes.drain(..).rev().for_each(|note| records.note_first(Some(note)));
        }
        Ok(records)
    }

    /// The corpus of records of this stream.
    ///
    /// # Errors
    /// As [`Corpus::from_records`].
    pub fn corpus(&mut self, records: Records) -> Result<Corpus> {
        let came = records.len() as u64;
        let corpus = Corpus::from_records(records, self.names.clone(), self.options, &self.watch)?;
        self.options.first += came;
        Ok(corpus)
    }
}
