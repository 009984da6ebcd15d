//! Which bytes surround what is kept?
//!
//! ```text
//! 8 bytes   "nutgraf\0"
//! u32       version of the format
//! u32       what is kept: see Content
//! u32       number of blocks
//! per block u64, u64, u64: its length in the file, its length unpacked, and its checksum
//! u64       checksum of all bytes so far
//! blocks    each an LZ4 block
//! ```
//!
//! Numbers are little-endian. Blocks are packed and unpacked on all threads. LZ4 unpacks several
//! times as fast as Zstandard, which makes files a third smaller.

use lz4_flex::block::{compress, decompress};

use super::code::{damaged, require};
use crate::batch::{Watch, map, require_memory};
use crate::error::{Error, Kind, Result};
use crate::hash::mix;

const MAGIC: &[u8; 8] = b"nutgraf\0";

/// The version of the format that is written; older ones are read.
const VERSION: u32 = 1;

/// The number of unpacked bytes from which all threads unpack a file.
const PARALLEL: usize = 1 << 20;

/// What a file contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub(crate) enum Content {
    /// The articles of a corpus.
    Corpus = 1,
    /// Counts without the articles.
    State = 2,
}

impl Content {
    const fn name(self) -> &'static str {
        match self {
            Self::Corpus => "corpus",
            Self::State => "state",
        }
    }
}

/// A file with these blocks.
///
/// # Errors
/// [`Kind::OutOfMemory`]; cancellation.
pub(crate) fn seal(content: Content, blocks: &[Vec<u8>], watch: &Watch) -> Result<Vec<u8>> {
    let packed = map(blocks, watch, |block| Ok(compress(block)))?;
    let mut file = Vec::new();
    file.try_reserve(packed.iter().map(Vec::len).sum::<usize>() + 32 + 24 * blocks.len())?;
    file.extend(MAGIC);
    for number in [VERSION, content as u32, blocks.len() as u32] {
        file.extend(number.to_le_bytes());
    }
    for (block, packed) in blocks.iter().zip(&packed) {
        file.extend((packed.len() as u64).to_le_bytes());
        file.extend((block.len() as u64).to_le_bytes());
        file.extend(checksum(packed).to_le_bytes());
    }
    file.extend(checksum(&file).to_le_bytes());
    for block in &packed {
        file.extend(block);
    }
    Ok(file)
}

/// The blocks of a file.
///
/// # Errors
/// [`Kind::BadState`]: it is another file, is of a newer version, is cut short or damaged.
/// [`Kind::OutOfMemory`]; cancellation.
pub(crate) fn open(content: Content, file: &[u8], watch: &Watch) -> Result<Vec<Vec<u8>>> {
    let (magic, rest) = file.split_at_checked(MAGIC.len()).ok_or_else(|| no_file(content))?;
    if magic != MAGIC {
        return Err(no_file(content));
    }
    let (head, mut rest) = rest.split_at_checked(12).ok_or_else(damaged)?;
    let number = |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    if number(0) > VERSION {
        let what = format!(
            "the file has version {} of the format; expected at most {VERSION}, which this version of nutgraf writes",
            number(0)
        );
        return Err(Error::new(Kind::BadState, what));
    }
    let mut sizes = Vec::new();
    let mut next = || -> Result<u64> {
        let (bytes, others) = rest.split_first_chunk::<8>().ok_or_else(damaged)?;
        rest = others;
        Ok(u64::from_le_bytes(*bytes))
    };
    let length = |number: u64| usize::try_from(number).map_err(|_| damaged());
    for _ in 0..number(8) {
        sizes.push((length(next()?)?, length(next()?)?, next()?));
    }
    let (sum, blocks_of_file) = rest.split_first_chunk::<8>().ok_or_else(damaged)?;
    require(checksum(&file[..file.len() - rest.len()]) == u64::from_le_bytes(*sum))?;
    if number(4) != content as u32 {
        return Err(no_file(content));
    }
    let mut rest = blocks_of_file;
    let mut blocks = Vec::with_capacity(sizes.len());
    for (packed, unpacked, sum) in sizes {
        let (block, others) = rest.split_at_checked(packed).ok_or_else(damaged)?;
        rest = others;
        blocks.push((block, unpacked, sum));
    }
    require(rest.is_empty())?;
    let all = blocks.iter().fold(0_usize, |sum, &(_, unpacked, _)| sum.saturating_add(unpacked));
    require_memory(all, "what the file contains")?;
    let unpack = |&(block, unpacked, sum): &(&[u8], usize, u64)| {
        require(checksum(block) == sum)?;
        let content = decompress(block, unpacked).map_err(|_| damaged())?;
        require(content.len() == unpacked)?;
        Ok(content)
    };
    // Waking other threads takes longer than unpacking a small file, and there may be many.
    if all < PARALLEL {
        return blocks.iter().map(unpack).collect();
    }
    map(&blocks, watch, unpack)
}

/// A number that any flipped bit changes. Every step can be undone, so contents that differ in one
/// word only have different sums. Four sums at a time keep the processor busy.
fn checksum(bytes: &[u8]) -> u64 {
    let (groups, rest) = bytes.as_chunks::<32>();
    let mut last = [0; 32];
    last[..rest.len()].copy_from_slice(rest);
    let mut sums = [bytes.len() as u64, 1, 2, 3];
    for group in groups.iter().chain([&last]) {
        for (sum, word) in sums.iter_mut().zip(group.as_chunks::<8>().0) {
            *sum = (*sum ^ u64::from_le_bytes(*word)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
        }
    }
    sums.into_iter().fold(0, |all, sum| mix(all ^ mix(sum)))
}

fn no_file(content: Content) -> Error {
    let name = content.name();
    Error::new(Kind::BadState, format!("the file is not a saved {name}; expected one that nutgraf saved"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> Vec<u8> {
        let blocks = [b"Rain fell on Lisbon. ".repeat(9), Vec::new(), vec![7; 1000]];
        seal(Content::Corpus, &blocks, &Watch::default()).unwrap()
    }

    #[test]
    fn blocks_come_back() {
        let blocks = open(Content::Corpus, &file(), &Watch::default()).unwrap();
        assert_eq!(blocks, [b"Rain fell on Lisbon. ".repeat(9), Vec::new(), vec![7; 1000]]);
    }

    #[test]
    fn any_flipped_bit_and_any_cut_is_an_error() {
        let file = file();
        for at in 0..file.len() {
            for bit in 0..8 {
                let mut damaged = file.clone();
                damaged[at] ^= 1 << bit;
                let error = open(Content::Corpus, &damaged, &Watch::default()).unwrap_err();
                assert_eq!(error.kind(), Kind::BadState, "byte {at}, bit {bit}");
            }
            assert_eq!(
                open(Content::Corpus, &file[..at], &Watch::default()).unwrap_err().kind(),
                Kind::BadState
            );
        }
        let longer = [&file[..], b"x"].concat();
        assert_eq!(open(Content::Corpus, &longer, &Watch::default()).unwrap_err().kind(), Kind::BadState);
    }

    #[test]
    fn a_newer_version_is_named() {
        let mut newer = file();
        newer[8] = 2;
        let error = open(Content::Corpus, &newer, &Watch::default()).unwrap_err();
        assert!(error.what().contains("version 2"), "{error}");
    }
}
