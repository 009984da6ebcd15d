//! Is a file packed, and what is in it?

use std::borrow::Cow;
use std::io::Read;

use super::open::PIECE;
use crate::batch::Watch;
use crate::error::{Error, Kind, Result};

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// The first byte of a frame that holds no content is one of sixteen; these are the others.
const SKIPPABLE: &[u8] = &[0x2a, 0x4d, 0x18];

/// How many times its size a packed file may hold. News packs to a third or a tenth.
const RATIO: u64 = 100;
/// What any packed file may hold.
const FREE: u64 = 256 << 20;
/// The most that a packed file may hold.
const MOST: u64 = 16 << 30;

/// The content of a file that may be packed with gzip or Zstandard: its first bytes tell.
///
/// # Errors
/// [`Kind::BadFile`]: the file is damaged or cut short, something else follows the archive, or it unpacks to more than a file of its
/// size may hold. [`Kind::OutOfMemory`], and cancellation.
pub(crate) fn unpack<'a>(bytes: &'a [u8], watch: &Watch) -> Result<Cow<'a, [u8]>> {
    unpack_at_most(bytes, (bytes.len() as u64).saturating_mul(RATIO).clamp(FREE, MOST), watch)
}

fn unpack_at_most<'a>(bytes: &'a [u8], most: u64, watch: &Watch) -> Result<Cow<'a, [u8]>> {
    let mut content = Vec::new();
    if bytes.starts_with(GZIP) {
        let mut rest = bytes;
        while !rest.is_empty() {
            if !rest.starts_with(GZIP) {
                let what = format!("is not whole: {} bytes that are not gzip follow the archive", rest.len());
                return Err(Error::new(Kind::BadFile, what));
            }
            let mut member = flate2::bufread::GzDecoder::new(rest);
            read_all(&mut member, &mut content, most, "gzip", watch)?;
            rest = member.into_inner();
            // An archive may be padded with zeros.
            let padding = rest.iter().take_while(|&&byte| byte == 0).count();
            rest = &rest[padding..];
        }
    } else if bytes.starts_with(ZSTD)
        || (bytes.first().is_some_and(|first| first & 0xf0 == 0x50) && bytes[1..].starts_with(SKIPPABLE))
    {
        let decoder = zstd::Decoder::with_buffer(bytes).map_err(|error| damaged("Zstandard", &error))?;
        read_all(decoder, &mut content, most, "Zstandard", watch)?;
    } else {
        return Ok(Cow::Borrowed(bytes));
    }
    Ok(Cow::Owned(content))
}

/// Reads to the end, piece by piece.
fn read_all(
    mut decoder: impl Read,
    content: &mut Vec<u8>,
    most: u64,
    packing: &str,
    watch: &Watch,
) -> Result<()> {
    loop {
        watch.check()?;
        // With room to spare the library asks for no more of its own.
        content.try_reserve(PIECE + 64)?;
        let piece = decoder.by_ref().take(PIECE as u64).read_to_end(content);
        match piece.map_err(|error| damaged(packing, &error))? {
            0 => return Ok(()),
            _ if content.len() as u64 > most => {
                let what = format!(
                    "unpacks to more than {most} bytes, too much for an archive of its size; unpack it first if it is whole"
                );
                return Err(Error::new(Kind::BadFile, what));
            }
            _ => {}
        }
    }
}

fn damaged(packing: &str, error: &std::io::Error) -> Error {
    Error::new(Kind::BadFile, format!("is not whole: {packing} says \"{error}\""))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn unpacked(bytes: &[u8]) -> Result<Vec<u8>> {
        unpack(bytes, &Watch::default()).map(Cow::into_owned)
    }

    fn gzip(content: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }

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
        for packed in [gzip(b"a"), zstandard(b"a")] {
            let error = unpacked(&[packed, b"rain".to_vec()].concat()).unwrap_err();
            assert_eq!(error.kind(), Kind::BadFile, "{error}");
        }
    }

    #[test]
    fn an_archive_that_would_fill_the_memory_is_refused() {
        let zeros = vec![0; 5 * PIECE];
        for packed in [gzip(&zeros), zstandard(&zeros)] {
            assert!(unpack_at_most(&packed, 5 * PIECE as u64, &Watch::default()).is_ok());
            let error = unpack_at_most(&packed, 4 * PIECE as u64, &Watch::default()).unwrap_err();
            assert!(error.what().starts_with("unpacks to more than 4194304 bytes"), "{error}");
        }
    }

    #[test]
    fn unpacking_stops_between_two_pieces() {
        let (packed, watch) = (gzip(&vec![0; 8 * PIECE]), Watch::that_stops_after(3));
        assert_eq!(unpack(&packed, &watch).unwrap_err().kind(), Kind::Cancelled);
        assert_eq!(watch.looks(), 4);
    }
}
