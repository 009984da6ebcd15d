//! Which characters are a file's bytes?
//!
//! UTF-8, or what the byte-order mark says, or UTF-16 and UTF-32 without a mark, which the zeros among their bytes give away.
//! What claims to be UTF-8 is believed record by record: [`characters`].

use std::borrow::Cow;

use encoding_rs::{DecoderResult, Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::open::PIECE;
use crate::batch::Watch;
use crate::error::{Error, Kind, Result};

/// A file as UTF-8, for all that is known: its records may still hold bytes that are not.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    /// The bytes.
    pub(crate) bytes: Cow<'a, [u8]>,
    /// How many bytes of the file come before them: its byte-order mark.
    pub(crate) skipped: usize,
    /// That its encoding was found out.
    pub(crate) note: Option<Error>,
}

/// A file's bytes as UTF-8.
///
/// # Errors
/// [`Kind::BadFile`]: the byte-order mark promises an encoding, and the bytes are not in it. [`Kind::OutOfMemory`], and whatever
/// cancellation.
pub(crate) fn decode<'a>(bytes: &'a [u8], watch: &Watch) -> Result<Decoded<'a>> {
    let known = |text: String, note: Option<Error>| Decoded {
        bytes: Cow::Owned(text.into_bytes()),
        skipped: 0,
        note,
    };
    for (mark, wide) in [
        // The mark of UTF-32 starts like that of UTF-16.
        (&b"\xff\xfe\0\0"[..], Wide::Utf32 { little: true }),
        (b"\0\0\xfe\xff", Wide::Utf32 { little: false }),
        (b"\xff\xfe", Wide::Utf16(UTF_16LE)),
        (b"\xfe\xff", Wide::Utf16(UTF_16BE)),
    ] {
        if let Some(rest) = bytes.strip_prefix(mark) {
            let broken = || {
                let what = format!("is not {}, as its byte-order mark says", wide.name());
                Error::new(Kind::BadFile, what)
            };
            return Ok(known(wide.decode(rest, watch)?.ok_or_else(broken)?, None));
        }
    }
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return Ok(Decoded { bytes: Cow::Borrowed(rest), skipped: 3, note: None });
    }
    if let Some(wide) = unmarked(bytes)
        && let Some(text) = wide.decode(bytes, watch)?
    {
        let what = format!("is {} without a byte-order mark; read as such", wide.name());
        return Ok(known(text, Some(Error::new(Kind::BadFile, what))));
    }
    Ok(Decoded { bytes: Cow::Borrowed(bytes), skipped: 0, note: None })
}

/// An encoding of units wider than a byte.
#[derive(Debug, Clone, Copy)]
enum Wide {
    Utf16(&'static Encoding),
    Utf32 { little: bool },
}

impl Wide {
    fn name(self) -> &'static str {
        match self {
            Self::Utf16(encoding) => encoding.name(),
            Self::Utf32 { little: true } => "UTF-32LE",
            Self::Utf32 { little: false } => "UTF-32BE",
        }
    }

    /// The text; `None` where the bytes are not in this encoding.
    fn decode(self, bytes: &[u8], watch: &Watch) -> Result<Option<String>> {
        let mut text = String::new();
        match self {
            Self::Utf16(encoding) => {
                let mut decoder = encoding.new_decoder_without_bom_handling();
                let pieces = bytes.chunks(PIECE);
                let last = pieces.len().saturating_sub(1);
                for (at, mut piece) in pieces.enumerate() {
                    watch.check()?;
                    loop {
                        let room = decoder.max_utf8_buffer_length_without_replacement(piece.len());
                        text.try_reserve(room.unwrap_or(usize::MAX))?;
                        let (result, read) =
                            decoder.decode_to_string_without_replacement(piece, &mut text, at == last);
                        match result {
                            DecoderResult::InputEmpty => break,
                            DecoderResult::OutputFull => piece = &piece[read..],
                            DecoderResult::Malformed(..) => return Ok(None),
                        }
                    }
                }
            }
            Self::Utf32 { little } => {
                if !bytes.len().is_multiple_of(4) {
                    return Ok(None);
                }
                for piece in bytes.chunks(PIECE) {
                    watch.check()?;
                    text.try_reserve(piece.len())?;
                    for unit in piece.chunks_exact(4) {
                        let unit = [unit[0], unit[1], unit[2], unit[3]];
                        let code = if little { u32::from_le_bytes(unit) } else { u32::from_be_bytes(unit) };
                        let Some(character) = char::from_u32(code) else { return Ok(None) };
                        text.push(character);
                    }
                }
            }
        }
        Ok(Some(text))
    }
}

/// How much of a file is looked at for the pattern of its zeros.
const SAMPLE: usize = 1 << 16;

/// The encodings that a file without a mark may be in, by the pattern of its zeros: text in UTF-8 has next to none.
fn unmarked(bytes: &[u8]) -> Option<Wide> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    memchr::memchr(0, sample)?;
    let mut zeros = [0usize; 4];
    for (at, &byte) in sample.iter().enumerate() {
        zeros[at % 4] += usize::from(byte == 0);
    }
    let quads = sample.len() / 4;
    if bytes.len().is_multiple_of(4) && quads >= 2 {
        if zeros[3] == quads && 2 * zeros[2] >= quads {
            return Some(Wide::Utf32 { little: true });
        }
        if zeros[0] == quads && 2 * zeros[1] >= quads {
            return Some(Wide::Utf32 { little: false });
        }
    }
    let (even, odd, pairs) = (zeros[0] + zeros[2], zeros[1] + zeros[3], sample.len() / 2);
    // The spaces alone are a tenth of any text, and so are zeros on one side. A text of bytes with a zero here and there has
    // letters on both.
    let letters = |pair: &&[u8]| pair.iter().all(|byte| (b' '..=b'~').contains(byte));
    let in_bytes = sample.chunks_exact(2).filter(letters).count();
    if !bytes.len().is_multiple_of(2) || pairs < 2 || 2 * in_bytes > pairs {
        return None;
    }
    if 20 * odd >= pairs && 20 * even <= odd {
        return Some(Wide::Utf16(UTF_16LE));
    }
    (20 * even >= pairs && 20 * odd <= even).then_some(Wide::Utf16(UTF_16BE))
}

/// What was wrong with a record that is not UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// The first byte that is not.
    pub(crate) first: usize,
    /// How many are not, where the others were read as UTF-8; `None` where all were read as Windows-1252.
    pub(crate) strays: Option<usize>,
}

/// What is wrong with a record, if anything is. Where there is at least one letter of several bytes to each byte that is not UTF-8,
/// the record is UTF-8 with strays.
pub(crate) fn wrong(record: &[u8]) -> Option<Wrong> {
    let first = std::str::from_utf8(record).err()?.valid_up_to();
    Some(Wrong { first, strays: strays(record) })
}

/// The characters of a record: UTF-8, and where it is not, Windows-1252: all of it, or its strays alone.
pub(crate) fn characters(record: &[u8]) -> (Cow<'_, str>, Option<Wrong>) {
    match std::str::from_utf8(record) {
        Ok(text) => (Cow::Borrowed(text), None),
        Err(error) => {
            let wrong = Some(Wrong { first: error.valid_up_to(), strays: strays(record) });
            (as_read(record, wrong), wrong)
        }
    }
}

/// The characters of a piece of a record.
pub(crate) fn as_read(piece: &[u8], wrong: Option<Wrong>) -> Cow<'_, str> {
    match (std::str::from_utf8(piece), wrong) {
        (Ok(text), wrong) if wrong.is_none_or(|wrong| wrong.strays.is_some()) => Cow::Borrowed(text),
        (_, Some(Wrong { strays: None, .. })) => western(piece),
        _ => {
            let pieces =
                piece.utf8_chunks().flat_map(|chunk| [chunk.valid().into(), western(chunk.invalid())]);
            Cow::Owned(pieces.collect())
        }
    }
}

/// How many characters [`characters`] gives.
pub(crate) fn count_characters(record: &[u8]) -> usize {
    if record.is_ascii() {
        return record.len();
    }
    match std::str::from_utf8(record) {
        Ok(text) => text.chars().count(),
        Err(_) if strays(record).is_none() => record.len(),
        Err(_) => {
            record.utf8_chunks().map(|chunk| chunk.valid().chars().count() + chunk.invalid().len()).sum()
        }
    }
}

/// How many bytes of a record are not UTF-8, where it is UTF-8 but for them.
fn strays(record: &[u8]) -> Option<usize> {
    let (mut letters, mut strays) = (0, 0);
    for chunk in record.utf8_chunks() {
        letters += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        strays += chunk.invalid().len();
    }
    (letters >= strays).then_some(strays)
}

fn western(bytes: &[u8]) -> Cow<'_, str> {
    WINDOWS_1252.decode_without_bom_handling(bytes).0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> String {
        let decoded = decode(bytes, &Watch::default()).unwrap();
        assert_eq!(count_characters(&decoded.bytes), characters(&decoded.bytes).0.chars().count());
        characters(&decoded.bytes).0.into_owned()
    }

    fn wide<const N: usize>(text: &str, unit: impl Fn(char) -> Vec<[u8; N]>) -> Vec<u8> {
        text.chars().flat_map(unit).flatten().collect()
    }

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        wide(text, |letter| {
            let bytes = |unit: &u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
            letter.encode_utf16(&mut [0; 2]).iter().map(bytes).collect()
        })
    }

    fn utf32(text: &str, little: bool) -> Vec<u8> {
        let bytes = |unit: u32| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
        wide(text, |letter| vec![bytes(u32::from(letter))])
    }

    const TEXTS: [&str; 5] = [
        "date 2019-01-08 Café",
        "{\"text\": \"Дождь шёл в Лиссабоне весь день, и река поднялась.\"}",
        "date 2019-01-08 朝鲜领导人抵达北京。他会见了习近平。\n\n𝐁𝐫𝐞𝐚𝐤𝐢𝐧𝐠",
        "Βροχή έπεσε στη Λισαβόνα όλη την ημέρα.",
        "text,n\nRain fell,1\n",
    ];

    #[test]
    fn text_of_wide_units_is_read_with_and_without_a_mark() {
        for text in TEXTS {
            for little in [true, false] {
                for bytes in [utf16(text, little), utf32(text, little)] {
                    assert_eq!(read(&bytes), text);
                    assert!(decode(&bytes, &Watch::default()).unwrap().note.is_some());
                }
                let marked = format!("\u{feff}{text}");
                for bytes in [utf16(&marked, little), utf32(&marked, little)] {
                    assert_eq!(read(&bytes), text);
                    assert!(decode(&bytes, &Watch::default()).unwrap().note.is_none());
                }
            }
        }
    }

    #[test]
    fn a_zero_among_bytes_makes_no_wide_text() {
        for text in ["text,n\nx\0yz,1\n", "a\0", "\0\0\0\0", "rain\0fell\0on\0Lisbon", "\0", "é\0é\0"] {
            assert_eq!(read(text.as_bytes()), text, "{text:?}");
        }
    }

    #[test]
    fn a_broken_promise_names_the_encoding() {
        for (bytes, name) in [
            (&b"\xff\xfea\0b"[..], "UTF-16LE"),
            (b"\xfe\xff\xd8\0\0a", "UTF-16BE"),
            (b"\xff\xfe\0\0a\0\0\0b", "UTF-32LE"),
            (b"\0\0\xfe\xff\0\x11\0\0", "UTF-32BE"),
        ] {
            let error = decode(bytes, &Watch::default()).unwrap_err();
            assert_eq!(error.what(), format!("is not {name}, as its byte-order mark says"));
        }
    }

    #[test]
    fn a_record_that_is_not_utf8_is_windows_1252() {
        let (text, wrong) = characters(b"caf\xe9 \x93quote\x94");
        assert_eq!((text.as_ref(), wrong), ("café “quote”", Some(Wrong { first: 3, strays: None })));
    }

    #[test]
    fn a_stray_byte_leaves_the_others_as_they_are() {
        let (text, wrong) = characters(b"na\xc3\xafve caf\xe9");
        assert_eq!((text.as_ref(), wrong), ("naïve café", Some(Wrong { first: 10, strays: Some(1) })));
    }
}
