//! How are the bytes of a file read, from the disk or from whatever else a path names?
//!
//! [`Raw`] reads them piece by piece and checks the watch before each. It never waits for a writer
//! that does not come, and never reads a device that has no end. Cost: one buffer of [`PIECE`]
//! bytes.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, ErrorKind, Read};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::batch::Watch;
use crate::error::{Error, Kind, Result};

/// How many bytes are read or unpacked between two checks of the watch.
pub(crate) const PIECE: usize = 1 << 20;

/// The most bytes that a pipe or a terminal may give.
const MOST: u64 = 16 << 30;

/// How long a named pipe may be without a writer.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long to wait if nothing has been written yet: at first, and at most.
const NAP: Duration = Duration::from_micros(500);
const LONGEST_NAP: Duration = Duration::from_millis(20);

/// What a path names, if it can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(unix), allow(dead_code, reason = "other systems distinguish files alone"))]
enum What {
    /// A file, and its size for now, in bytes.
    File(u64),
    /// A pipe. If it has a name, its writer may be late.
    Pipe { named: bool },
    /// A terminal.
    Terminal,
    /// Another device, such as `/dev/null`.
    Device,
}

/// Where bytes come from.
enum Backing<'a> {
    Memory(&'a [u8]),
    Disk(File, What),
}

/// The bytes of a file, one piece after another.
pub(crate) struct Raw<'a> {
    from: Backing<'a>,
    watch: &'a Watch,
    /// A piece, and how much of it has been used.
    piece: Vec<u8>,
    used: usize,
    /// How many bytes were read, and whether they are all there is.
    read: u64,
    ended: bool,
}

impl<'a> Raw<'a> {
    /// Bytes in memory.
    pub(crate) fn memory(bytes: &'a [u8], watch: &'a Watch) -> Self {
        Self::new(Backing::Memory(bytes), watch)
    }

    /// The bytes of what a path names.
    ///
    /// # Errors
    /// [`Kind::BadFile`]: it cannot be opened. Cancellation.
    pub(crate) fn open(path: &Path, watch: &'a Watch) -> Result<Self> {
        watch.check()?;
        let file = open(path).map_err(|error| unreadable(&error))?;
        let what = what(&file, path)?;
        Ok(Self::new(Backing::Disk(file, what), watch))
    }

    fn new(from: Backing<'a>, watch: &'a Watch) -> Self {
        Self { from, watch, piece: Vec::new(), used: 0, read: 0, ended: false }
    }

    /// Whether the same bytes can be read again.
    pub(crate) fn is_repeatable(&self) -> bool {
        matches!(self.from, Backing::Memory(_) | Backing::Disk(_, What::File(_)))
    }

    /// How many bytes there are in all. If that is not known, how many have been read.
    pub(crate) fn size(&self) -> u64 {
        match self.from {
            Backing::Memory(bytes) => bytes.len() as u64,
            Backing::Disk(_, What::File(size)) => size.max(self.read),
            Backing::Disk(..) => self.read,
        }
    }

    /// The next bytes: at least `bytes` of them, unless the file ends before.
    ///
    /// # Errors
    /// Those of [`Raw::append`].
    pub(crate) fn peek(&mut self, bytes: usize) -> Result<&[u8]> {
        while self.piece.len() - self.used < bytes && !self.ended {
            self.fill()?;
        }
        Ok(&self.piece[self.used..])
    }

    /// Reads a piece into the buffer, after the bytes that have not been used.
    fn fill(&mut self) -> Result<()> {
        let mut piece = std::mem::take(&mut self.piece);
        piece.drain(..std::mem::take(&mut self.used));
        let read = self.read_piece(&mut piece);
        self.piece = piece;
        read.map(|_| ())
    }

    /// Reads a piece and appends it. Returns false at the end of the file.
    ///
    /// # Errors
    /// [`Kind::BadFile`]: it cannot be read, has no end, or is a pipe without a writer.
    /// [`Kind::OutOfMemory`], and cancellation.
    pub(crate) fn append(&mut self, to: &mut Vec<u8>) -> Result<bool> {
        if to.is_empty() && self.used == 0 && !self.piece.is_empty() {
            std::mem::swap(to, &mut self.piece);
            return Ok(true);
        }
        if self.used < self.piece.len() {
            to.try_reserve(self.piece.len() - self.used)?;
            to.extend_from_slice(&self.piece[self.used..]);
            self.used = self.piece.len();
            return Ok(true);
        }
        self.read_piece(to)
    }

    fn read_piece(&mut self, to: &mut Vec<u8>) -> Result<bool> {
        self.watch.check()?;
        if self.ended {
            return Ok(false);
        }
        let expected = match self.from {
            Backing::Memory(bytes) => bytes.len() as u64,
            Backing::Disk(_, What::File(size)) => size.saturating_sub(self.read),
            Backing::Disk(..) => PIECE as u64,
        };
        // With spare capacity, the library does not allocate.
        to.try_reserve(expected.min(PIECE as u64) as usize + 64)?;
        let before = to.len();
        match &mut self.from {
            Backing::Memory(bytes) => {
                let (piece, rest) = bytes.split_at(bytes.len().min(PIECE));
                to.extend_from_slice(piece);
                *bytes = rest;
            }
            Backing::Disk(file, what) => read_disk(file, *what, self.read, self.watch, to)?,
        }
        self.read += (to.len() - before) as u64;
        self.ended = to.len() == before;
        Ok(!self.ended)
    }
}

/// Appends the next piece of a file, of which `read` bytes were read before. Appends nothing at its
/// end.
fn read_disk(file: &mut File, what: What, read: u64, watch: &Watch, to: &mut Vec<u8>) -> Result<()> {
    let (before, started, mut nap) = (to.len(), Instant::now(), NAP);
    loop {
        let piece = file.by_ref().take(PIECE as u64).read_to_end(to);
        let grown = to.len() > before;
        match piece {
            Err(error) if error.kind() == ErrorKind::OutOfMemory => to.try_reserve(usize::MAX)?,
            Err(error) if error.kind() != ErrorKind::WouldBlock => return Err(unreadable(&error)),
            _ if grown && what == What::Device => {
                return Err(bad("is a device, which may have no end; expected a file or a pipe"));
            }
            _ if read + (to.len() - before) as u64 > MOST && !matches!(what, What::File(_)) => {
                return Err(bad(format!("gives more than {MOST} bytes; expected less, or a file")));
            }
            _ if grown => return Ok(()),
            // A pipe without a writer seems to be at its end at once.
            Ok(_) if read > 0 || what != (What::Pipe { named: true }) => return Ok(()),
            Ok(_) if started.elapsed() > PATIENCE => {
                return Err(bad("is a pipe into which nobody writes; expected one that has a writer"));
            }
            _ => {
                std::thread::sleep(nap);
                nap = (2 * nap).min(LONGEST_NAP);
                watch.check()?;
            }
        }
    }
}

impl Read for Raw<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let bytes = self.fill_buf()?;
        let count = bytes.len().min(buffer.len());
        buffer[..count].copy_from_slice(&bytes[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Raw<'_> {
    /// Errors pass through the library as they are; [`own`] retrieves them.
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.used == self.piece.len() {
            self.fill().map_err(std::io::Error::other)?;
        }
        Ok(&self.piece[self.used..])
    }

    fn consume(&mut self, bytes: usize) {
        self.used += bytes;
    }
}

/// The error of this crate that passed through a library.
pub(crate) fn own(error: &std::io::Error) -> Option<Error> {
    error.get_ref()?.downcast_ref::<Error>().cloned()
}

fn unreadable(error: &std::io::Error) -> Error {
    bad(format!("cannot be read: {error}"))
}

fn bad(what: impl Into<String>) -> Error {
    Error::new(Kind::BadFile, what)
}

/// Opens a file. Opening a pipe does not wait for its writer.
fn open(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NONBLOCK);
    options.open(path)
}

#[cfg(unix)]
fn what(file: &File, path: &Path) -> Result<What> {
    use std::io::IsTerminal;
    use std::os::unix::fs::FileTypeExt;

    let data = file.metadata().map_err(|error| bad(format!("cannot be read: {error}")))?;
    let kind = data.file_type();
    if kind.is_file() {
        Ok(What::File(data.len()))
    } else if kind.is_fifo() {
        // A pipe such as that of `<(command)` has no name: its path is a link to nowhere.
        Ok(What::Pipe { named: std::fs::canonicalize(path).is_ok() })
    } else if kind.is_char_device() {
        Ok(if file.is_terminal() { What::Terminal } else { What::Device })
    } else if kind.is_dir() {
        Err(bad("is a folder; expected a file"))
    } else {
        Err(bad("is neither a file nor a pipe; expected one of these"))
    }
}

#[cfg(not(unix))]
fn what(file: &File, _: &Path) -> Result<What> {
    let data = file.metadata().map_err(|error| bad(format!("cannot be read: {error}")))?;
    Ok(if data.is_file() { What::File(data.len()) } else { What::Terminal })
}
