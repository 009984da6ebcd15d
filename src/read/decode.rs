//! Which characters are a file's bytes?
//!
//! UTF-8, or what the byte-order mark says, or UTF-16 and UTF-32 without a mark, which are
//! recognised by the zeros among their bytes, or an encoding that the file declares ([`charset`]).
//! A file is decoded piece by piece. Whether bytes that should be UTF-8 really are is decided for
//! each record: [`characters`].
//!
//! [`charset`]: super::charset

use std::borrow::Cow;

use super::charset::{Charset, Decoding, OPTION};
use super::unpack::Unpacked;
use crate::error::{Error, Kind, Result};

/// The content of a file as UTF-8, one piece after another; its records may still hold bytes that
/// are not.
pub(crate) struct Decoded<'a> {
    from: Unpacked<'a>,
    wide: Option<Wide>,
    /// Whether `wide` was guessed from the bytes, without a byte-order mark.
    is_guess: bool,
    /// Whether the file opens with a byte-order mark.
    is_marked: bool,
    /// The decoder of another encoding.
    charset: Option<Decoding>,
    /// Bytes that have not been decoded yet.
    raw: Vec<u8>,
    ended: bool,
    /// How many bytes of the file precede the content: the byte-order mark, where the content is a
    /// copy of the rest. 0 in other encodings.
    pub(crate) skipped: usize,
    /// What is wrong with the file after the bytes that have not been decoded yet.
    damage: Option<Error>,
}

impl<'a> Decoded<'a> {
    /// The content of a file. With `guess`, UTF-16 and UTF-32 are recognised without a byte-order
    /// mark.
    ///
    /// # Errors
    /// Those of [`Unpacked::append`].
    pub(crate) fn new(mut from: Unpacked<'a>, guess: bool) -> Result<Self> {
        let mut raw = Vec::new();
        let mut damage = None;
        while raw.len() < SAMPLE {
            match from.append(&mut raw) {
                Ok(true) => {}
                Ok(false) => break,
                // The pages of a crawl before the damage count.
                Err(error) if error.kind() == Kind::BadFile && raw.starts_with(b"WARC/") => {
                    damage = Some(error);
                    break;
                }
                Err(error) => return Err(error),
            }
        }
        let marked = [
            // The mark of UTF-32 starts like that of UTF-16.
            (&b"\xff\xfe\0\0"[..], Some(Wide::new(32, true))),
            (b"\0\0\xfe\xff", Some(Wide::new(32, false))),
            (b"\xff\xfe", Some(Wide::new(16, true))),
            (b"\xfe\xff", Some(Wide::new(16, false))),
            (b"\xef\xbb\xbf", None),
        ];
        for (mark, wide) in marked {
            if raw.starts_with(mark) {
                raw.drain(..mark.len());
                let skipped = if wide.is_none() { mark.len() } else { 0 };
                let (is_guess, is_marked) = (false, true);
                return Ok(Self {
                    from,
                    wide,
                    is_guess,
                    is_marked,
                    charset: None,
                    raw,
                    ended: false,
                    skipped,
                    damage,
                });
            }
        }
        let wide = if guess { unmarked(&raw) } else { None };
        let (is_guess, is_marked) = (wide.is_some(), false);
        Ok(Self { from, wide, is_guess, is_marked, charset: None, raw, ended: false, skipped: 0, damage })
    }

    /// The content as bytes, whatever encoding its zeros look like.
    pub(crate) fn in_bytes(self) -> Self {
        Self { wide: if self.is_guess { None } else { self.wide }, is_guess: false, ..self }
    }

    /// The content, decoded from what `who` names, unless a mark or zeros name another.
    pub(super) fn in_charset(mut self, charset: Charset, who: &'static str) -> Self {
        if who == OPTION && self.is_guess {
            self = self.in_bytes();
        }
        if !self.is_marked && !self.is_guess {
            self.charset = Some(Decoding::new(charset, who));
        }
        self
    }

    /// The notes about an encoding, once the file was read.
    pub(super) fn notes(&self) -> Vec<Error> {
        self.charset.as_ref().map(Decoding::notes).unwrap_or_default()
    }

    /// Whether a byte-order mark or zeros show the encoding.
    pub(super) fn is_shown(&self) -> bool {
        self.is_marked || self.is_guess
    }

    /// The first bytes of the file, as they are.
    pub(crate) fn first(&self) -> &[u8] {
        &self.raw
    }

    /// Whether the encoding was guessed. A guess may turn out to be wrong.
    pub(crate) fn is_guess(&self) -> bool {
        self.is_guess
    }

    /// The note about an encoding that was guessed.
    pub(crate) fn note(&self) -> Option<Error> {
        let wide = self.wide.as_ref().filter(|_| self.is_guess)?;
        let what = format!("is {} without a byte-order mark; read as such", wide.name());
        Some(Error::new(Kind::BadFile, what))
    }

    /// Decodes a piece and appends it. Returns false at the end of the file.
    ///
    /// # Errors
    /// [`Kind::BadFile`]: the bytes are not in the encoding that the byte-order mark promises, or
    /// that was guessed. Those of [`Unpacked::append`].
    pub(crate) fn append(&mut self, to: &mut Vec<u8>) -> Result<bool> {
        if let Some(charset) = &mut self.charset {
            let before = to.len();
            while to.len() == before && !self.ended {
                self.ended = self.raw.is_empty() && !self.from.append(&mut self.raw)?;
                charset.decode(&self.raw, self.ended, to)?;
                self.raw.clear();
            }
            return Ok(to.len() > before);
        }
        let Some(wide) = &mut self.wide else {
            if self.raw.is_empty() {
                return self.damage.take().map_or_else(|| self.from.append(to), Err);
            }
            if to.is_empty() {
                std::mem::swap(to, &mut self.raw);
            } else {
                to.try_reserve(self.raw.len())?;
                to.append(&mut self.raw);
            }
            return Ok(true);
        };
        let before = to.len();
        while to.len() == before && !self.ended {
            self.ended = self.raw.is_empty() && !self.from.append(&mut self.raw)?;
            if wide.decode(&mut self.raw, self.ended, to)?.is_none() {
                let promised = if self.is_guess { "its zeros say" } else { "its byte-order mark says" };
                let what = format!("is not {}, as {promised}", wide.name());
                return Err(Error::new(Kind::BadFile, what));
            }
        }
        Ok(to.len() > before)
    }
}

/// A decoder of an encoding of units wider than a byte.
struct Wide {
    /// The size of a unit in bits: 16 or 32.
    bits: u32,
    little: bool,
    /// The bytes of a character that is not whole yet.
    begun: Vec<u8>,
}

impl Wide {
    const fn new(bits: u32, little: bool) -> Self {
        Self { bits, little, begun: Vec::new() }
    }

    fn name(&self) -> String {
        format!("UTF-{}{}", self.bits, if self.little { "LE" } else { "BE" })
    }

    /// The character at the head of some bytes, and how many bytes it takes. `None` if the
    /// character is cut off, an error if the bytes are not a character.
    fn character(&self, bytes: &[u8]) -> Option<std::result::Result<(char, usize), ()>> {
        if self.bits == 32 {
            let unit = *bytes.first_chunk()?;
            let code = if self.little { u32::from_le_bytes(unit) } else { u32::from_be_bytes(unit) };
            return Some(char::from_u32(code).map(|character| (character, 4)).ok_or(()));
        }
        let unit = |at: usize| {
            let unit = *bytes.get(at..)?.first_chunk()?;
            Some(if self.little { u16::from_le_bytes(unit) } else { u16::from_be_bytes(unit) })
        };
        let first = unit(0)?;
        // The first half of a pair needs the second.
        let second = if matches!(first, 0xd800..0xdc00) { Some(unit(2)?) } else { None };
        let character = char::decode_utf16([first].into_iter().chain(second)).next()?;
        Some(character.map(|character| (character, 2 * character.len_utf16())).map_err(|_| ()))
    }

    /// Decodes all bytes of a piece and appends the result. Returns `None` if they are not in this
    /// encoding.
    fn decode(&mut self, piece: &mut Vec<u8>, is_last: bool, to: &mut Vec<u8>) -> Result<Option<()>> {
        // A unit of two bytes becomes up to three, and one of four up to four.
        to.try_reserve((self.begun.len() + piece.len()).saturating_mul(3) / 2)?;
        let mut read = 0;
        // A character takes up to four bytes, of which up to three have come with another piece.
        if !self.begun.is_empty() {
            let before = self.begun.len();
            let head = &piece[..piece.len().min(4)];
            self.begun.extend_from_slice(head);
            let found = self.character(&self.begun);
            self.begun.truncate(before);
            match found {
                None => self.begun.append(piece),
                Some(Err(())) => return Ok(None),
                Some(Ok((character, size))) => {
                    to.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                    read = size - before;
                    self.begun.clear();
                }
            }
        }
        while let Some(found) = self.character(&piece[read..]) {
            let Ok((character, size)) = found else { return Ok(None) };
            to.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            read += size;
        }
        self.begun.extend_from_slice(&piece[read..]);
        piece.clear();
        Ok((!is_last || self.begun.is_empty()).then_some(()))
    }
}

/// How many bytes of a file are searched for a pattern of zeros.
const SAMPLE: usize = 1 << 16;

/// The encoding that a file without a mark may be in, judged by the zeros at its head. Text in
/// UTF-8 has next to none.
fn unmarked(bytes: &[u8]) -> Option<Wide> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    memchr::memchr(0, sample)?;
    let mut zeros = [0usize; 4];
    for (at, &byte) in sample.iter().enumerate() {
        zeros[at % 4] += usize::from(byte == 0);
    }
    let quads = sample.len() / 4;
    if sample.len().is_multiple_of(4) && quads >= 2 {
        if zeros[3] == quads && 2 * zeros[2] >= quads {
            return Some(Wide::new(32, true));
        }
        if zeros[0] == quads && 2 * zeros[1] >= quads {
            return Some(Wide::new(32, false));
        }
    }
    let (even, odd, pairs) = (zeros[0] + zeros[2], zeros[1] + zeros[3], sample.len() / 2);
    // The spaces alone are a tenth of any text, and so are zeros on one side. A text of bytes with
    // a zero here and there has letters on both.
    let letters = |pair: &&[u8]| pair.iter().all(|byte| (b' '..=b'~').contains(byte));
    let in_bytes = sample.chunks_exact(2).filter(letters).count();
    if !sample.len().is_multiple_of(2) || pairs < 2 || 2 * in_bytes > pairs {
        return None;
    }
    if 20 * odd >= pairs && 20 * even <= odd {
        return Some(Wide::new(16, true));
    }
    (20 * even >= pairs && 20 * odd <= even).then(|| Wide::new(16, false))
}

/// What was wrong with a record that is not UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// The first byte that is not UTF-8.
    pub(crate) first: usize,
    /// How many bytes are not, where the others were read as UTF-8. `None` where all of them were
    /// read as Windows-1252.
    pub(crate) strays: Option<usize>,
}

/// What is wrong with a record, if anything is. A record is UTF-8 with strays if it has at least
/// one letter of several bytes for each byte that is not UTF-8.
pub(crate) fn wrong(record: &[u8]) -> Option<Wrong> {
    let first = std::str::from_utf8(record).err()?.valid_up_to();
    Some(Wrong { first, strays: strays(record) })
}

/// The characters of a record. What is not UTF-8 is read as Windows-1252: the strays alone, or the
/// whole record.
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

/// How many bytes of a record become the first `read` bytes of what [`as_read`] returns for it.
pub(crate) fn bytes_before(record: &[u8], wrong: Option<Wrong>, read: usize) -> usize {
    let Some(wrong) = wrong else { return read.min(record.len()) };
    let (mut bytes, mut given) = (0, 0);
    for chunk in record.utf8_chunks() {
        let (valid, invalid) = match wrong.strays {
            Some(_) => (chunk.valid(), chunk.invalid()),
            None => ("", &record[bytes..bytes + chunk.valid().len() + chunk.invalid().len()]),
        };
        if given + valid.len() >= read {
            return bytes + read - given;
        }
        bytes += valid.len();
        given += valid.len();
        for byte in invalid.chunks(1) {
            given += western(byte).len();
            bytes += 1;
            if given >= read {
                return bytes;
            }
        }
    }
    record.len()
}

/// How many characters [`as_read`] returns for a whole record.
pub(crate) fn count_characters(record: &[u8], wrong: Option<Wrong>) -> usize {
    match wrong {
        // Every byte starts a character, except those that continue one.
        None => count(record, |byte| byte & 0xc0 != 0x80),
        Some(Wrong { strays: None, .. }) => record.len(),
        Some(_) => {
            record.utf8_chunks().map(|chunk| chunk.valid().chars().count() + chunk.invalid().len()).sum()
        }
    }
}

/// How many bytes satisfy a condition. The count of each short chunk fits a byte, so the compiler
/// can count sixteen bytes at a time.
pub(crate) fn count(bytes: &[u8], is_one: impl Fn(u8) -> bool) -> usize {
    let counted = |chunk: &[u8]| chunk.iter().map(|&byte| u8::from(is_one(byte))).sum::<u8>();
    bytes.chunks(240).map(|chunk| usize::from(counted(chunk))).sum()
}

/// How many bytes of a record are not UTF-8, if the others are to be read as UTF-8.
fn strays(record: &[u8]) -> Option<usize> {
    let (mut letters, mut strays) = (0, 0);
    for chunk in record.utf8_chunks() {
        letters += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        strays += chunk.invalid().len();
    }
    (letters >= strays).then_some(strays)
}

/// The characters of bytes in Windows-1252, as browsers read them: the five bytes that it does not
/// define are control characters.
fn western(bytes: &[u8]) -> Cow<'_, str> {
    /// The characters of the bytes from 0x80 to 0x9f; the other bytes are those of Latin-1.
    const PUNCTUATION: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    if let Ok(text) = std::str::from_utf8(bytes)
        && text.is_ascii()
    {
        return Cow::Borrowed(text);
    }
    let character = |&byte: &u8| match byte {
        0x80..0xa0 => PUNCTUATION[byte as usize - 0x80],
        _ => char::from(byte),
    };
    Cow::Owned(bytes.iter().map(character).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::Watch;
    use crate::read::open::Raw;

    /// The content, and whether there is a note. Like the driver, it reads bytes if a guess is
    /// wrong.
    fn decode(bytes: &[u8]) -> Result<(Vec<u8>, bool)> {
        let read = |guess: bool| {
            let watch = Watch::default();
            let mut decoded = Decoded::new(Unpacked::new(Raw::memory(bytes, &watch))?, guess)?;
            let mut content = Vec::new();
            while decoded.append(&mut content)? {}
            Ok((content, decoded.note().is_some()))
        };
        let is_marked =
            [&b"\xff\xfe"[..], b"\xfe\xff", b"\0\0\xfe\xff"].iter().any(|mark| bytes.starts_with(mark));
        read(true).or_else(|error| if is_marked { Err(error) } else { read(false) })
    }

    fn read(bytes: &[u8]) -> String {
        let content = decode(bytes).unwrap().0;
        let (text, wrong) = characters(&content);
        assert_eq!(count_characters(&content, wrong), text.chars().count());
        text.into_owned()
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
                    assert!(decode(&bytes).unwrap().1);
                }
                let marked = format!("\u{feff}{text}");
                for bytes in [utf16(&marked, little), utf32(&marked, little)] {
                    assert_eq!(read(&bytes), text);
                    assert!(!decode(&bytes).unwrap().1);
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
            let error = decode(bytes).unwrap_err();
            assert_eq!(error.what(), format!("is not {name}, as its byte-order mark says"));
        }
    }

    #[test]
    fn a_record_that_is_not_utf8_is_windows_1252() {
        let (text, wrong) = characters(b"caf\xe9 \x93quote\x94");
        assert_eq!((text.as_ref(), wrong), ("café “quote”", Some(Wrong { first: 3, strays: None })));
    }

    #[test]
    fn a_byte_of_what_was_read_is_found_in_the_record() {
        for record in [&b"caf\xe9 \x93quote\x94"[..], b"na\xc3\xafve caf\xe9s", b"na\xc3\xafve"] {
            let (text, wrong) = characters(record);
            for bytes in 0..=record.len() {
                let head = as_read(&record[..bytes], wrong);
                if text.starts_with(&*head) {
                    assert_eq!(bytes_before(record, wrong, head.len()), bytes, "{text}");
                }
            }
        }
    }

    #[test]
    fn a_stray_byte_leaves_the_others_as_they_are() {
        let (text, wrong) = characters(b"na\xc3\xafve caf\xe9");
        assert_eq!((text.as_ref(), wrong), ("naïve café", Some(Wrong { first: 10, strays: Some(1) })));
    }
}
