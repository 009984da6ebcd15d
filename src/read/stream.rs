//! How are the records of files had a batch at a time?
//!
//! The files are read on a separate thread. Short files are read several at once. The records
//! of a long file are handed on in portions before it ends, so memory holds no more than the
//! portions that have not been taken. Batches are cut by the number of records, so they are the
//! same for any number of threads.
//!
//! Unlike [`read_files`](super::read_files), a file that turns out to be damaged is a bad record
//! after those that precede the damage.

use std::path::PathBuf;

use super::charset::Charset;
use super::file::{InputFile, Reading, is_short, read_one, read_some};
use super::format::{Format, is_packed};
use super::records::{Records, Sink};
use crate::batch::{Feed, Pool, Watch, feed};
use crate::error::Result;

/// How many portions are read ahead.
const AHEAD: usize = 8;

/// How many short files are read at once.
const FILES: usize = 64;

/// A file to be read, which the stream owns.
#[derive(Debug)]
pub enum OwnedFile {
    /// A file at this path.
    Path(PathBuf),
    /// A file that is in memory: what it is called, and its content.
    Content(String, Vec<u8>),
    /// A file at this path that cannot be read, and the reason.
    Unreadable(PathBuf, String),
}

impl OwnedFile {
    fn lent(&self) -> InputFile<'_> {
        match self {
            Self::Path(path) => InputFile::Path(path),
            Self::Content(name, content) => InputFile::Content(name, content),
            Self::Unreadable(path, reason) => InputFile::Unreadable(path, reason),
        }
    }

    /// Whether the file can be held in memory with others.
    fn is_short(&self) -> bool {
        match self {
            Self::Path(path) => {
                path.metadata().is_ok_and(|found| found.is_file() && is_short(found.len(), is_packed(path)))
            }
            Self::Content(_, content) => is_short(content.len() as u64, false),
            Self::Unreadable(..) => true,
        }
    }
}

/// The records of files, a batch at a time.
#[derive(Debug)]
pub struct RecordStream {
    portions: Feed<Records>,
    /// Records that were read, and are not in a batch yet.
    pending: Records,
}

impl RecordStream {
    /// Starts to read files, in their order.
    ///
    /// # Errors
    /// The system cannot create a thread.
    pub fn open(
        files: Vec<OwnedFile>,
        format: Option<Format>,
        encoding: Option<Charset>,
        text: String,
        pool: Pool,
        watch: &Watch,
    ) -> Result<Self> {
        let watched = watch.clone();
        let portions = feed(AHEAD, watch, move |feeder| {
            let sink = Sink::new(feeder.clone());
            let reading = Reading { format, encoding, text: &text, watch: &watched, sink: Some(&sink) };
            read_all(&files, &reading, &sink, &pool)
        })?;
        Ok(Self { portions, pending: Records::default() })
    }

    /// The next `count` records, or as many as are left; `None` after the last.
    ///
    /// # Errors
    /// [`Kind::OutOfMemory`](crate::error::Kind::OutOfMemory), and cancellation. Those of
    /// [`Feed::next`], which refuses workers of a pool.
    pub fn next(&mut self, count: usize) -> Result<Option<Records>> {
        self.portions.expect_here()?;
        // One more than needed is read, so that notes at the end of the files are not alone.
        while self.pending.len() <= count {
            let Some(portion) = self.portions.next()? else { break };
            self.pending.append(portion)?;
        }
        if self.pending.is_empty() && self.pending.notes().is_empty() {
            return Ok(None);
        }
        let rest = self.pending.split_off(count)?;
        Ok(Some(std::mem::replace(&mut self.pending, rest)))
    }
}

fn read_all(files: &[OwnedFile], reading: &Reading<'_>, sink: &Sink, pool: &Pool) -> Result<()> {
    let mut rest = files;
    while let Some(first) = rest.first() {
        let short = rest.iter().take(FILES).take_while(|file| file.is_short()).count();
        let read = if short == 0 {
            read_one(first.lent(), reading)?
        } else {
            let lent: Vec<InputFile<'_>> = rest[..short].iter().map(OwnedFile::lent).collect();
            let mut read = Records::default();
            pool.install(|| read_some(&lent, reading, &mut read))?;
            read
        };
        sink.send(read)?;
        rest = &rest[short.max(1)..];
    }
    Ok(())
}
