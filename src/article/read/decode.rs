//! Which characters are a file's bytes?

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::error::{Error, Kind, Result};

/// The text of a file: UTF-8, or what its byte-order mark says; if it is neither, Windows-1252, and a note that says so.
///
/// # Errors
/// [`Kind::BadFile`]: the byte-order mark promises UTF-16, and the bytes are none.
pub(super) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Option<Error>)> {
    for (mark, encoding) in [(&b"\xff\xfe"[..], UTF_16LE), (&b"\xfe\xff"[..], UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(mark) {
            let text = encoding.decode_without_bom_handling_and_without_replacement(rest);
            let broken = || {
                Error::new(Kind::BadFile, format!("is not {}, as its byte-order mark says", encoding.name()))
            };
            return Ok((text.ok_or_else(broken)?, None));
        }
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((Cow::Borrowed(text), None)),
        Err(error) => {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
            let note =
                Error::new(Kind::BadFile, "is not UTF-8; read as Windows-1252").at_byte(error.valid_up_to());
            Ok((text, Some(note)))
        }
    }
}
