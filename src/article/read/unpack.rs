//! Is a file packed, and what is in it?

use std::borrow::Cow;
use std::io::Read;

use crate::error::{Error, Kind, Result};

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// The most that a packed file may hold.
const MOST: u64 = 16 << 30;

/// The content of a file that may be packed with gzip or Zstandard: its first bytes tell.
///
/// # Errors
/// [`Kind::BadFile`]: the file is damaged or cut short, or unpacks to more than 16 GiB.
pub(super) fn unpack(bytes: &[u8]) -> Result<Cow<'_, [u8]>> {
    if bytes.starts_with(GZIP) {
        read_all(flate2::read::MultiGzDecoder::new(bytes), "gzip")
    } else if bytes.starts_with(ZSTD) {
        let decoder = zstd::Decoder::with_buffer(bytes).map_err(|error| damaged("Zstandard", &error))?;
        read_all(decoder, "Zstandard")
    } else {
        Ok(Cow::Borrowed(bytes))
    }
}

fn read_all(decoder: impl Read, packing: &str) -> Result<Cow<'static, [u8]>> {
    let mut content = Vec::new();
    let read = decoder.take(MOST).read_to_end(&mut content).map_err(|error| damaged(packing, &error))?;
    if read as u64 == MOST {
        return Err(Error::new(Kind::BadFile, "unpacks to more than 16 GiB"));
    }
    Ok(Cow::Owned(content))
}

fn damaged(packing: &str, error: &std::io::Error) -> Error {
    Error::new(Kind::BadFile, format!("is not whole: {packing} says \"{error}\""))
}
