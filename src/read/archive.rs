//! Which files are in a zip or tar archive?
//!
//! Each file of an archive is read like one on the disk, and is called `archive.zip/name` in the
//! column `source`. A tar archive is read as it comes; a zip archive has its list of files at its
//! end, so it is held whole.
//!
//! Cost: linear. What a file of a zip archive unpacks to is limited like any packed file.

use std::io::Read;

use super::format::Container;
use super::input::Input;
use crate::error::{Error, Kind, Result};

/// Takes a file of an archive: its name, its content, and its encoding, where HTTP says it.
pub(super) type Take<'t> = dyn FnMut(&str, &[u8], Option<&str>) -> Result<()> + 't;

/// How many times its own size a file may unpack to, and how much any file may.
const RATIO: u64 = 200;
const FREE: u64 = 64 << 20;

/// Reads the files of an archive.
///
/// # Errors
/// [`Kind::BadFile`]: it is damaged. Those of `take`. Cancellation.
pub(super) fn read(container: Container, input: &mut Input<'_>, take: &mut Take<'_>) -> Result<()> {
    match container {
        Container::Tar => tar(input, take),
        Container::Zip | Container::Warc | Container::Rtf => {
            input.whole()?;
            let all = input.window().to_vec();
            let length = all.len();
            zip(&all, take)?;
            input.skip(length)
        }
    }
}

fn damaged(what: &str) -> Error {
    Error::new(Kind::BadFile, format!("is not whole: {what}"))
}

/// A number of two or four bytes, the smallest first.
fn number(bytes: &[u8], at: usize, width: usize) -> Option<u64> {
    let bytes = bytes.get(at..at + width)?;
    Some(bytes.iter().rev().fold(0, |sum, &byte| sum << 8 | u64::from(byte)))
}

fn zip(all: &[u8], take: &mut Take<'_>) -> Result<()> {
    const END: &[u8] = b"PK\x05\x06";
    const ENTRY: &[u8] = b"PK\x01\x02";
    let end =
        memchr::memmem::rfind(all, END).ok_or_else(|| damaged("a zip archive without its list of files"))?;
    let unlisted = || damaged("the list of files of a zip archive is damaged");
    let mut listed = number(all, end + 10, 2).zip(number(all, end + 16, 4));
    if listed.is_none_or(|(count, at)| count == 0xffff || at == LARGE) {
        listed = large(all, end).or(listed);
    }
    let (count, at) = listed.ok_or_else(unlisted)?;
    let mut at = at as usize;
    for _ in 0..count {
        let entry = all.get(at..).filter(|entry| entry.starts_with(ENTRY)).ok_or_else(unlisted)?;
        let read = |at, width| number(entry, at, width).ok_or_else(unlisted);
        let (flags, method, packed) = (read(8, 2)?, read(10, 2)?, read(20, 4)? as usize);
        let [name, extra, comment] = [28, 30, 32].map(|at| number(entry, at, 2).unwrap_or(0) as usize);
        let mut start = read(42, 4)? as usize;
        let called = String::from_utf8_lossy(entry.get(46..46 + name).ok_or_else(unlisted)?).into_owned();
        let mut packed = packed;
        // What does not fit into four bytes is among the extras.
        let mut rest = entry.get(46 + name..46 + name + extra).ok_or_else(unlisted)?;
        while let (Some(1..), Some(length)) = (number(rest, 0, 2), number(rest, 2, 2)) {
            if number(rest, 0, 2) == Some(1) {
                let mut next = 4 + 8 * usize::from(read(24, 4)? == LARGE);
                for value in [&mut packed, &mut start] {
                    if *value as u64 == LARGE {
                        *value = number(rest, next, 8).ok_or_else(unlisted)? as usize;
                        next += 8;
                    }
                }
            }
            rest = rest.get(4 + length as usize..).unwrap_or_default();
        }
        at += 46 + name + extra + comment;
        if called.ends_with('/') || is_aside(&called) {
            continue;
        }
        let content = || {
            let head = all.get(start..)?;
            let lead = 30 + number(head, 26, 2)? as usize + number(head, 28, 2)? as usize;
            head.get(lead..)?.get(..packed)
        };
        let content = content()
            .ok_or_else(|| damaged(&format!("the file \"{called}\" of a zip archive is cut off")))?;
        match method {
            _ if flags & 1 != 0 => {
                return Err(Error::new(Kind::BadFile, "is a zip archive with a password; unpack it first"));
            }
            0 => take(&called, content, None)?,
            8 => take(&called, &inflated(content, &called)?, None)?,
            _ => {
                let what = format!(
                    "the file \"{called}\" of a zip archive is packed by method {method}; unpack it first"
                );
                return Err(Error::new(Kind::BadFile, what));
            }
        }
    }
    Ok(())
}

/// A number of four bytes that says that the number is elsewhere, since it is larger.
const LARGE: u64 = 0xffff_ffff;

/// How many files a large archive has and where its list starts.
fn large(all: &[u8], end: usize) -> Option<(u64, u64)> {
    let pointer = all.get(end.checked_sub(20)?..end).filter(|pointer| pointer.starts_with(b"PK\x06\x07"))?;
    let list = all.get(number(pointer, 8, 8)? as usize..).filter(|list| list.starts_with(b"PK\x06\x06"))?;
    Some((number(list, 32, 8)?, number(list, 48, 8)?))
}

fn inflated(packed: &[u8], called: &str) -> Result<Vec<u8>> {
    let most = (packed.len() as u64).saturating_mul(RATIO).max(FREE);
    let mut content = Vec::new();
    let read = flate2::read::DeflateDecoder::new(packed).take(most + 1).read_to_end(&mut content);
    read.map_err(|error| damaged(&format!("the file \"{called}\" of a zip archive: \"{error}\"")))?;
    if content.len() as u64 > most {
        let what = format!("the file \"{called}\" unpacks to more than {most} bytes, too much for its size");
        return Err(Error::new(Kind::BadFile, what));
    }
    Ok(content)
}

/// Files that programs leave in archives and nobody reads.
fn is_aside(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or_default();
    last.starts_with('.') || name.starts_with("__MACOSX/")
}

fn tar(input: &mut Input<'_>, take: &mut Take<'_>) -> Result<()> {
    const BLOCK: usize = 512;
    let mut long: Option<String> = None;
    loop {
        while input.window().len() < BLOCK && input.more()? {}
        let Some(head) = input.window().get(..BLOCK).filter(|head| head.iter().any(|&byte| byte != 0)) else {
            return Ok(());
        };
        let text = |from: usize, to: usize| {
            let field = &head[from..to];
            let end = memchr::memchr(0, field).unwrap_or(field.len());
            String::from_utf8_lossy(&field[..end]).trim().to_owned()
        };
        let size = usize::from_str_radix(&text(124, 136), 8);
        let size = size.map_err(|_| damaged("a tar archive whose sizes cannot be read"))?;
        let (kind, prefix) =
            (head[156], if &head[257..262] == b"ustar" { text(345, 500) } else { String::new() });
        let short = if prefix.is_empty() { text(0, 100) } else { format!("{prefix}/{}", text(0, 100)) };
        let padded = size.div_ceil(BLOCK) * BLOCK;
        while input.window().len() < BLOCK + size && input.more()? {}
        let content = input.window().get(BLOCK..BLOCK + size);
        let content = content.ok_or_else(|| damaged("a tar archive that is cut off"))?;
        match kind {
            // The name of the next file, where it is long.
            b'L' => long = Some(String::from_utf8_lossy(content).trim_end_matches('\0').to_owned()),
            b'x' => long = pax_path(content).or(long),
            b'0' | 0 => {
                let name = long.take().unwrap_or(short);
                if !is_aside(&name) {
                    let content = content.to_vec();
                    take(&name, &content, None)?;
                }
            }
            _ => {}
        }
        let length = (BLOCK + padded).min(input.window().len());
        input.skip(length)?;
    }
}

/// The path in an extended header: `25 path=news/a.txt`.
fn pax_path(content: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(content);
    text.lines().find_map(|line| Some(line.split_once(" path=")?.1.to_owned()))
}
