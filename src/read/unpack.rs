//! Is a file packed, and what is in it?
//!
//! The first bytes of a file show whether it is packed with gzip, bzip2, xz or Zstandard. It is
//! unpacked piece by piece, as it is read.
//!
//! bzip2 and xz are read by crates in Rust (`bzip2` with its `libbz2-rs-sys`, and `xz4rust`): they
//! build without a C compiler.

use std::io::{BufRead, Read};

use bzip2::bufread::BzDecoder;
use xz4rust::{XzDecoder, XzNextBlockResult};

use super::open::{PIECE, Raw, own};
use crate::error::{Error, Kind, Result};

const GZIP: &[u8] = &[0x1f, 0x8b];
const BZIP2: &[u8] = b"BZh";
/// What the first block of a bzip2 archive opens with, after the size of its blocks; or its end,
/// where it has none.
const BLOCKS: [&[u8]; 2] = [b"1AY&SY", b"\x17rE8P\x90"];
const XZ: &[u8] = b"\xfd7zXZ\0";
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// The first byte of a frame that holds no content is one of sixteen; these are the others.
const SKIPPABLE: &[u8] = &[0x2a, 0x4d, 0x18];

/// How many times its own size a packed file may hold. News packs to a third or a tenth.
const RATIO: u64 = 100;
/// How many bytes any packed file may hold.
const FREE: u64 = 256 << 20;
/// The most bytes that a packed file may hold.
const MOST: u64 = 16 << 30;

/// The content of a file that may be packed, one piece after another.
pub(crate) struct Unpacked<'a> {
    packing: Packing<'a>,
    /// How many bytes were unpacked.
    given: u64,
    most: u64,
}

enum Packing<'a> {
    None(Raw<'a>),
    Gzip(flate2::bufread::GzDecoder<Raw<'a>>),
    Bzip2(BzDecoder<Raw<'a>>),
    Xz(Box<Xz<'a>>),
    Zstandard(zstd::Decoder<'static, Raw<'a>>),
    Ended,
}

impl<'a> Unpacked<'a> {
    /// The content of a file.
    ///
    /// # Errors
    /// Those of [`Unpacked::append`].
    pub(crate) fn new(mut raw: Raw<'a>) -> Result<Self> {
        let head = raw.peek(BZIP2.len() + 1 + BLOCKS[0].len())?;
        let is_gzip = head.starts_with(GZIP);
        let is_zstandard = head.starts_with(ZSTD)
            || (head.first().is_some_and(|first| first & 0xf0 == 0x50) && head[1..].starts_with(SKIPPABLE));
        // A file may be cut off anywhere.
        let agrees =
            |magic: &[u8]| head.len() >= 4 && head.iter().zip(magic).all(|(one, other)| one == other);
        let is_bzip2 = agrees(BZIP2)
            && BLOCKS.iter().any(|block| head[4..].iter().zip(*block).all(|(one, other)| one == other));
        let packing = if is_gzip {
            Packing::Gzip(flate2::bufread::GzDecoder::new(raw))
        } else if is_bzip2 {
            Packing::Bzip2(BzDecoder::new(raw))
        } else if agrees(XZ) {
            Packing::Xz(Box::new(Xz::new(raw)))
        } else if is_zstandard {
            let decoder = zstd::Decoder::with_buffer(raw).map_err(|error| damaged("Zstandard", &error))?;
            Packing::Zstandard(decoder)
        } else {
            Packing::None(raw)
        };
        Ok(Self { packing, given: 0, most: MOST })
    }

    #[cfg(test)]
    fn at_most(self, most: u64) -> Self {
        Self { most, ..self }
    }

    /// Unpacks a piece and appends it. Returns false at the end of the file.
    ///
    /// # Errors
    /// [`Kind::BadFile`]: the file is damaged or cut short, something else follows the archive, or
    /// it unpacks to more than a file of its size may hold. Those of [`Raw::append`].
    pub(crate) fn append(&mut self, to: &mut Vec<u8>) -> Result<bool> {
        let before = to.len();
        loop {
            let (read, size) = match &mut self.packing {
                Packing::None(raw) => return raw.append(to),
                Packing::Ended => return Ok(false),
                Packing::Gzip(member) => (piece(member, to, "gzip")?, member.get_ref().size()),
                Packing::Bzip2(member) => (piece(member, to, "bzip2")?, member.get_ref().size()),
                Packing::Xz(member) => (piece(&mut **member, to, "xz")?, member.raw.size()),
                Packing::Zstandard(decoder) => (piece(decoder, to, "Zstandard")?, decoder.get_ref().size()),
            };
            let most = size.saturating_mul(RATIO).clamp(FREE, MOST).min(self.most);
            self.given += read as u64;
            if self.given > most {
                let what = format!(
                    "unpacks to more than {most} bytes, too much for an archive of its size; unpack it first if it is whole"
                );
                return Err(Error::new(Kind::BadFile, what));
            }
            if read > 0 {
                return Ok(to.len() > before);
            }
            self.packing = match std::mem::replace(&mut self.packing, Packing::Ended) {
                Packing::Gzip(member) => match next_member(member.into_inner(), "gzip", GZIP)? {
                    Some(raw) => Packing::Gzip(flate2::bufread::GzDecoder::new(raw)),
                    None => Packing::Ended,
                },
                Packing::Bzip2(member) => match next_member(member.into_inner(), "bzip2", BZIP2)? {
                    Some(raw) => Packing::Bzip2(BzDecoder::new(raw)),
                    None => Packing::Ended,
                },
                Packing::Xz(member) => match next_member(member.raw, "xz", XZ)? {
                    Some(raw) => Packing::Xz(Box::new(Xz::new(raw))),
                    None => Packing::Ended,
                },
                _ => Packing::Ended,
            };
        }
    }
}

/// A stream of xz on its way out of a file.
struct Xz<'a> {
    raw: Raw<'a>,
    decoder: Box<XzDecoder<'static>>,
    ended: bool,
}

impl<'a> Xz<'a> {
    /// The decoder is too large for a small stack.
    #[inline(never)]
    fn new(raw: Raw<'a>) -> Self {
        /// How far back an archive may point, which is what `xz -9` needs.
        const MOST: usize = 64 << 20;
        Self { raw, decoder: XzDecoder::in_heap_with_alloc_dict_size(1 << 16, MOST), ended: false }
    }
}

impl Read for Xz<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        use std::io::{Error, ErrorKind};
        while !self.ended && !buffer.is_empty() {
            let packed = self.raw.fill_buf()?;
            let is_last = packed.is_empty();
            let read =
                self.decoder.decode(packed, buffer).map_err(|error| Error::other(error.to_string()))?;
            let (used, given) = (read.input_consumed(), read.output_produced());
            self.ended = matches!(read, XzNextBlockResult::EndOfStream(..));
            self.raw.consume(used);
            if given > 0 {
                return Ok(given);
            }
            if is_last && used == 0 && !self.ended {
                return Err(Error::new(ErrorKind::UnexpectedEof, "unexpected end of file"));
            }
        }
        Ok(0)
    }
}

/// The rest of an archive after a member, if another one follows; zeros may be between them and at
/// the end.
fn next_member<'a>(mut raw: Raw<'a>, packing: &str, magic: &[u8]) -> Result<Option<Raw<'a>>> {
    loop {
        let head = raw.peek(magic.len())?;
        if head.is_empty() {
            return Ok(None);
        }
        let zeros = head.iter().take_while(|&&byte| byte == 0).count();
        if zeros > 0 {
            raw.consume(zeros);
        } else if head.starts_with(magic) {
            return Ok(Some(raw));
        } else {
            let mut rest = head.len();
            raw.consume(rest);
            loop {
                let more = raw.peek(1)?.len();
                if more == 0 {
                    break;
                }
                rest += more;
                raw.consume(more);
            }
            let what = format!("is not whole: {rest} bytes that are not {packing} follow the archive");
            return Err(Error::new(Kind::BadFile, what));
        }
    }
}

/// Unpacks a piece and returns how many bytes it has.
fn piece(decoder: &mut impl Read, to: &mut Vec<u8>, packing: &str) -> Result<usize> {
    // With spare capacity, the library does not allocate.
    to.try_reserve(PIECE + 64)?;
    decoder.take(PIECE as u64).read_to_end(to).map_err(|error| damaged(packing, &error))
}

/// The error of an archive, or the error that stopped the reading of it.
fn damaged(packing: &str, error: &std::io::Error) -> Error {
    own(error)
        .unwrap_or_else(|| Error::new(Kind::BadFile, format!("is not whole: {packing} says \"{error}\"")))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::batch::Watch;

    fn unpack_at_most(bytes: &[u8], most: u64, watch: &Watch) -> Result<Vec<u8>> {
        let (mut content, mut unpacked) =
            (Vec::new(), Unpacked::new(Raw::memory(bytes, watch))?.at_most(most));
        while unpacked.append(&mut content)? {}
        Ok(content)
    }

    fn unpacked(bytes: &[u8]) -> Result<Vec<u8>> {
        unpack_at_most(bytes, MOST, &Watch::default())
    }

    fn gzip(content: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }

    fn bzip2(content: &[u8]) -> Vec<u8> {
        let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }

    /// `Rain fell.` as `xz` packs it.
    const RAIN: &[u8] = &[
        0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 0x00, 0x04, 0xe6, 0xd6, 0xb4, 0x46, 0x02, 0x00, 0x21, 0x01, 0x16,
        0x00, 0x00, 0x00, 0x74, 0x2f, 0xe5, 0xa3, 0x01, 0x00, 0x09, 0x52, 0x61, 0x69, 0x6e, 0x20, 0x66, 0x65,
        0x6c, 0x6c, 0x2e, 0x00, 0x00, 0x00, 0xb6, 0xe5, 0x46, 0x6c, 0x31, 0x39, 0x0d, 0x04, 0x00, 0x01, 0x22,
        0x0a, 0x15, 0x1a, 0xe1, 0x67, 0x1f, 0xb6, 0xf3, 0x7d, 0x01, 0x00, 0x00, 0x00, 0x00, 0x04, 0x59, 0x5a,
    ];

    fn zstandard(content: &[u8]) -> Vec<u8> {
        zstd::encode_all(content, 1).unwrap()
    }

    /// A frame of Zstandard that readers skip.
    fn skippable(first: u8, content: &[u8]) -> Vec<u8> {
        [&[first], SKIPPABLE, &(content.len() as u32).to_le_bytes(), content].concat()
    }

    #[test]
    fn members_and_frames_are_read_one_after_the_other() {
        assert_eq!(unpacked(&[gzip(b"a"), gzip(b""), gzip(b"b")].concat()).unwrap(), b"ab");
        assert_eq!(unpacked(&[zstandard(b"a"), zstandard(b"b")].concat()).unwrap(), b"ab");
        assert_eq!(unpacked(&[bzip2(b"a"), bzip2(b""), bzip2(b"b")].concat()).unwrap(), b"ab");
        assert_eq!(unpacked(&[RAIN, &[0; 8], RAIN].concat()).unwrap(), b"Rain fell.Rain fell.");
    }

    #[test]
    fn frames_that_hold_nothing_are_skipped_wherever_they_are() {
        for first in [0x50, 0x5f] {
            let skip = skippable(first, b"an index");
            let frames = [skip.clone(), zstandard(b"a"), skip.clone(), zstandard(b"b"), skip].concat();
            assert_eq!(unpacked(&frames).unwrap(), b"ab");
        }
        assert_eq!(unpacked(&skippable(0x50, b"")).unwrap(), b"");
    }

    #[test]
    fn zeros_may_follow_an_archive_and_nothing_else() {
        let padded = [gzip(b"a"), vec![0; 512], gzip(b"b"), vec![0; 10_240]].concat();
        assert_eq!(unpacked(&padded).unwrap(), b"ab");
        for packed in [gzip(b"a"), zstandard(b"a"), bzip2(b"a"), RAIN.to_vec()] {
            let error = unpacked(&[packed, b"rain".to_vec()].concat()).unwrap_err();
            assert_eq!(error.kind(), Kind::BadFile, "{error}");
        }
    }

    #[test]
    fn an_archive_that_is_cut_or_damaged_is_refused() {
        for packed in [gzip(b"Rain fell."), zstandard(b"Rain fell."), bzip2(b"Rain fell."), RAIN.to_vec()] {
            for cut in [packed.len() / 2, packed.len() - 1] {
                assert_eq!(unpacked(&packed[..cut]).unwrap_err().kind(), Kind::BadFile);
            }
        }
        let mut wrong = RAIN.to_vec();
        wrong[30] ^= 0xff;
        assert_eq!(unpacked(&wrong).unwrap_err().kind(), Kind::BadFile);
    }

    #[test]
    fn an_archive_that_would_fill_the_memory_is_refused() {
        let zeros = vec![0; 5 * PIECE];
        for packed in [gzip(&zeros), zstandard(&zeros), bzip2(&zeros)] {
            assert!(unpack_at_most(&packed, 5 * PIECE as u64, &Watch::default()).is_ok());
            let error = unpack_at_most(&packed, 4 * PIECE as u64, &Watch::default()).unwrap_err();
            assert!(error.what().starts_with("unpacks to more than 4194304 bytes"), "{error}");
        }
    }

    #[test]
    fn unpacking_stops_between_two_pieces() {
        // Noise does not pack: each piece that is unpacked needs others to be read.
        let mut state = 1_u32;
        let noise = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        });
        let noise: Vec<u8> = noise.take(8 * PIECE).collect();
        let (packed, watch) = (gzip(&noise), Watch::that_stops_after(2));
        let stopped = unpack_at_most(&packed, MOST, &watch).map(|content| content.len());
        assert_eq!(stopped.unwrap_err().kind(), Kind::Cancelled);
        assert_eq!(watch.looks(), 3);
    }
}
