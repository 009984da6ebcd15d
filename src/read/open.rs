//! How is a file had from the disk, or from whatever else a path names?
//!
//! Whoever reads listens between two pieces. Nothing waits for a writer that does not come, and nothing without an end is read.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::batch::Watch;
use crate::error::{Error, Kind, Result};

/// The bytes that are read or unpacked between two looks at the watch.
pub(crate) const PIECE: usize = 1 << 20;

/// The most that a pipe or a terminal may give.
const MOST: usize = 16 << 30;

/// How long a named pipe may be without a writer.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long to wait at first where nothing has been written yet, and how long at most.
const NAP: Duration = Duration::from_micros(500);
const LONGEST_NAP: Duration = Duration::from_millis(20);

/// What a path names, where it can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(unix), allow(dead_code, reason = "other systems tell files alone"))]
enum What {
    /// A file, of so many bytes for now.
    File(u64),
    /// A pipe; it may have a name, and then its writer may be late.
    Pipe { named: bool },
    /// A terminal.
    Terminal,
    /// Another device, such as `/dev/null`.
    Device,
}

/// The bytes of a file.
///
/// # Errors
/// [`Kind::BadFile`]: it cannot be opened or read, has no end, or is a pipe without a writer. [`Kind::OutOfMemory`], and whatever
/// cancellation.
pub(crate) fn read(path: &Path, watch: &Watch) -> Result<Vec<u8>> {
    let unreadable = |error: std::io::Error| bad(format!("cannot be read: {error}"));
    watch.check()?;
    let mut file = open(path).map_err(unreadable)?;
    let what = what(&file, path)?;
    let mut content = Vec::new();
    if let What::File(size) = what {
        // One byte more shows that the file ends there.
        content.try_reserve_exact(usize::try_from(size).unwrap_or(usize::MAX).saturating_add(1))?;
    }
    let (started, mut nap) = (Instant::now(), NAP);
    loop {
        watch.check()?;
        let before = content.len();
        if before == content.capacity() || !matches!(what, What::File(_)) {
            content.try_reserve(1 << 16)?;
        }
        let piece = file.by_ref().take(PIECE as u64).read_to_end(&mut content);
        let grown = content.len() > before;
        match piece {
            Err(error) if error.kind() == ErrorKind::OutOfMemory => content.try_reserve(usize::MAX)?,
            Err(error) if error.kind() != ErrorKind::WouldBlock => return Err(unreadable(error)),
            _ if grown && what == What::Device => {
                return Err(bad("is a device, which may have no end; expected a file or a pipe"));
            }
            _ if content.len() > MOST && !matches!(what, What::File(_)) => {
                return Err(bad(format!("gives more than {MOST} bytes; expected less, or a file")));
            }
            _ if grown => nap = NAP,
            // What nobody writes to seems to be at its end at once.
            Ok(_) if !content.is_empty() || what != (What::Pipe { named: true }) => return Ok(content),
            Ok(_) if started.elapsed() > PATIENCE => {
                return Err(bad("is a pipe into which nobody writes; expected one that has a writer"));
            }
            _ => {
                std::thread::sleep(nap);
                nap = (2 * nap).min(LONGEST_NAP);
            }
        }
    }
}

fn bad(what: impl Into<String>) -> Error {
    Error::new(Kind::BadFile, what)
}

/// Opens a file; a pipe without a writer is opened at once.
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
