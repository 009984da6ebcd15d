//! In which of the encodings of the web is a file that is not Unicode?
//!
//! Names are the labels of the WHATWG encoding standard. A byte-order mark decides before all
//! others, then the caller, then HTTP, then the page. The tables are those of `encoding_rs`, which
//! add 140 kB to the packed wheel; nothing is encoded, so its other tables are not linked.
//!
//! Cost: linear. What is UTF-8 or ASCII is not decoded here.

use encoding_rs::{Decoder, DecoderResult, Encoding, REPLACEMENT, UTF_8, WINDOWS_1252};

use crate::error::{Error, Kind, Result};
use crate::span::boundary;

/// The names that a message lists; each has other labels, too.
const KNOWN: &str = "utf-8, utf-16le, utf-16be, windows-1250 to windows-1258, windows-874, iso-8859-1 to \
    iso-8859-16, koi8-r, koi8-u, ibm866, macintosh, x-mac-cyrillic, gbk, gb18030, big5, euc-jp, iso-2022-jp, \
    shift_jis, euc-kr";

/// Names that Python has for encodings of the web, which knows them by others.
const ALIASES: [(&str, &str); 10] = [
    ("latin-1", "latin1"),
    ("latin-2", "latin2"),
    ("utf-8-sig", "utf-8"),
    ("cp932", "shift_jis"),
    ("cp936", "gbk"),
    ("cp949", "euc-kr"),
    ("cp950", "big5"),
    ("cp874", "windows-874"),
    ("mac-roman", "macintosh"),
    ("mac-cyrillic", "x-mac-cyrillic"),
];

/// An encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charset(&'static Encoding);

impl Charset {
    /// The encoding of that name.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: no encoding has that name. The message lists those that are known.
    pub fn from_name(name: &str) -> Result<Self> {
        let plain = name.trim().to_ascii_lowercase().replace('_', "-");
        let alias = ALIASES.iter().find(|(alias, _)| *alias == plain).map_or(&*plain, |(_, label)| label);
        let found = Self::of_label(name).or_else(|| Self::of_label(alias));
        found.ok_or_else(|| {
            let what = format!("there is no encoding {name:?}; expected one of {KNOWN}");
            Error::new(Kind::BadOption, what).in_field("encoding")
        })
    }

    /// The encoding with this label.
    pub(super) fn of_label(label: &str) -> Option<Self> {
        Encoding::for_label(label.as_bytes()).filter(|&found| found != REPLACEMENT).map(Self)
    }

    /// The encoding of a code page of Windows, as RTF numbers them.
    pub(super) fn of_page(page: i64) -> Option<Self> {
        let name = match page {
            10_000 => "macintosh".to_owned(),
            10_007 => "x-mac-cyrillic".to_owned(),
            866 => "ibm866".to_owned(),
            65_001 => "utf-8".to_owned(),
            874 | 932 | 936 | 949 | 950 => format!("cp{page}"),
            _ => format!("windows-{page}"),
        };
        Self::from_name(&name).ok()
    }

    pub(super) fn name(self) -> &'static str {
        self.0.name()
    }

    pub(super) fn is_utf8(self) -> bool {
        self.0 == UTF_8
    }

    /// Whether records show which of them are in this encoding: see
    /// [`characters`](super::decode::characters).
    fn is_fallback(self) -> bool {
        self.0 == WINDOWS_1252
    }

    /// The characters of bytes, and how many of the bytes have no character in this encoding.
    pub(super) fn characters(self, bytes: &[u8]) -> Result<(String, usize)> {
        let (mut decoding, mut text) = (Decoding::new(self, ""), Vec::new());
        decoding.decode(bytes, true, &mut text)?;
        Ok((String::from_utf8(text).unwrap_or_default(), decoding.replaced))
    }
}

/// A decoder on its way through a file.
pub(super) struct Decoding {
    charset: Charset,
    decoder: Decoder,
    /// Who says so.
    who: &'static str,
    /// How many bytes of the file were decoded, and how many lines ended in them.
    read: usize,
    breaks: usize,
    /// How many bytes were replaced, and the byte and the line of the first.
    replaced: usize,
    first: (usize, usize),
    is_plain: bool,
    scratch: Vec<u8>,
}

impl Decoding {
    pub(super) fn new(charset: Charset, who: &'static str) -> Self {
        Self {
            charset,
            decoder: charset.0.new_decoder_without_bom_handling(),
            who,
            read: 0,
            breaks: 0,
            replaced: 0,
            first: (0, 0),
            is_plain: true,
            scratch: vec![0; 1 << 13],
        }
    }

    /// Decodes a piece and appends it.
    ///
    /// # Errors
    /// [`Kind::OutOfMemory`].
    pub(super) fn decode(&mut self, piece: &[u8], is_last: bool, to: &mut Vec<u8>) -> Result<()> {
        self.is_plain = self.is_plain && is_plain(piece);
        let mut rest = piece;
        loop {
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(rest, &mut self.scratch, is_last);
            let text = &self.scratch[..written];
            to.try_reserve(written + 3)?;
            to.extend_from_slice(text);
            if self.replaced == 0 {
                self.breaks += memchr::memchr_iter(b'\n', text).count();
            }
            (rest, self.read) = (&rest[read..], self.read + read);
            match result {
                DecoderResult::InputEmpty => return Ok(()),
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(bad, after) => {
                    if self.replaced == 0 {
                        self.first = (self.read - usize::from(bad) - usize::from(after), 1 + self.breaks);
                    }
                    self.replaced += usize::from(bad);
                    to.extend_from_slice("\u{fffd}".as_bytes());
                }
            }
        }
    }

    /// What a reader must know about the file.
    pub(super) fn notes(&self) -> Vec<Error> {
        let (name, mut notes) = (self.charset.name(), Vec::new());
        if !self.is_plain && self.who != OPTION {
            let what = format!("is {name}, as {} says; read as such", self.who);
            notes.push(Error::new(Kind::BadFile, what));
        }
        if self.replaced > 0 {
            let what = format!(
                "{} are no {name}; read as \u{fffd}; the first of them is here",
                counted(self.replaced)
            );
            notes.push(Error::new(Kind::BadFile, what).at_line(self.first.1).at_byte(self.first.0));
        }
        notes
    }
}

/// Whether bytes are the same characters in all encodings of the web. One of them writes Japanese
/// in ASCII, after escapes.
pub(super) fn is_plain(bytes: &[u8]) -> bool {
    bytes.is_ascii() && memchr::memchr(0x1b, bytes).is_none()
}

/// What a note adds about bytes that have no character in their encoding; empty without such bytes.
pub(super) fn lost(bytes: usize) -> String {
    if bytes == 0 {
        return String::new();
    }
    format!("; {} without a character in it were read as \u{fffd}", counted(bytes))
}

/// A number of bytes, for a message.
fn counted(bytes: usize) -> String {
    if bytes == 1 { "1 byte".to_owned() } else { format!("{bytes} bytes") }
}

/// Who names an encoding.
pub(super) const OPTION: &str = "encoding=";
const HTTP: &str = "its HTTP header";
const META: &str = "its meta tag";
const XML: &str = "its XML declaration";

/// The encoding that a file is to be decoded from, by what HTTP and the file declare, and a note;
/// `None` for UTF-8, and for what is UTF-8 or Windows-1252 record by record. `head` is the start of
/// the file.
pub(super) fn declared(
    http: Option<&str>,
    is_markup: bool,
    head: &[u8],
) -> (Option<(Charset, &'static str)>, Option<Error>) {
    let (meta, xml) = if is_markup { (of_meta(head), of_xml(head)) } else { (None, None) };
    let (mut note, mut first): (_, Option<(Charset, &str)>) = (None, None);
    let (text, valid) = match std::str::from_utf8(head) {
        Ok(text) => (text.len(), true),
        Err(error) => (error.valid_up_to(), error.error_len().is_none()),
    };
    let labels = [(http.map(str::to_owned), HTTP), (meta, META), (xml, XML)];
    for (label, who) in labels.into_iter().filter_map(|(label, who)| Some((label?, who))) {
        let Some(found) = Charset::of_label(&label) else {
            let shown: String = label.chars().take(40).collect();
            let what =
                format!("is in {shown:?}, as {who} says, which is not known; read as UTF-8 or Windows-1252");
            note.get_or_insert_with(|| Error::new(Kind::BadFile, what));
            continue;
        };
        // A page cannot say in bytes that its units are wider.
        let is_unicode = found.name().starts_with("UTF-");
        if is_unicode && valid {
            return (None, note);
        }
        if is_unicode {
            continue;
        }
        first = Some((found, who));
        break;
    }
    let Some((charset, who)) = first else { return (None, note) };
    // Scripts save pages as UTF-8 and keep what the pages declare. Letters of several bytes in
    // UTF-8 are pairs in other encodings that hardly occur, but for those of two bytes a letter.
    let high = head[..text].iter().filter(|byte| !byte.is_ascii()).count();
    let least = if charset.0.is_single_byte() { 2 } else { 32 };
    if valid && high >= least {
        let what =
            format!("is UTF-8, though {who} says {}; read as UTF-8; encoding= names another", charset.name());
        return (None, Some(Error::new(Kind::BadFile, what)));
    }
    (Some((charset, who)).filter(|(charset, _)| !charset.is_fallback()), note)
}

/// How much of a page is searched for a declaration.
const HEAD: usize = 1 << 13;

/// The label in a page's `<meta charset>`, or in the one that repeats a header of HTTP.
fn of_meta(head: &[u8]) -> Option<String> {
    let lower = head[..head.len().min(HEAD)].to_ascii_lowercase();
    let mut rest = &lower[..];
    while let Some(start) = memchr::memchr(b'<', rest) {
        rest = &rest[start + 1..];
        if rest.starts_with(b"!--") {
            rest = &rest[memchr::memmem::find(rest, b"-->")?..];
        } else if let Some(tag) = rest.strip_prefix(b"meta") {
            let end = memchr::memchr(b'>', tag).unwrap_or(tag.len());
            if let Some(label) = value(&tag[..end], b"charset") {
                return Some(label);
            }
        }
    }
    None
}

/// The label in an XML declaration.
fn of_xml(head: &[u8]) -> Option<String> {
    let head = head.trim_ascii_start();
    let end = memchr::memchr(b'>', &head[..head.len().min(1 << 10)])?;
    head.starts_with(b"<?xml").then(|| value(&head[..end], b"encoding")).flatten()
}

/// What follows a name and `=`, without quotes.
fn value(tag: &[u8], name: &[u8]) -> Option<String> {
    let mut rest = tag;
    loop {
        let found = memchr::memmem::find(rest, name)?;
        rest = rest[found + name.len()..].trim_ascii_start();
        if let Some(after) = rest.strip_prefix(b"=") {
            let after = after.trim_ascii_start();
            let after = after.strip_prefix(b"\"").or_else(|| after.strip_prefix(b"'")).unwrap_or(after);
            let is_end =
                |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b';' | b'/' | b'>');
            let label = &after[..after.iter().position(is_end).unwrap_or(after.len())];
            return (!label.is_empty()).then(|| String::from_utf8_lossy(label).into_owned());
        }
    }
}

/// The first word of a text that is UTF-8 read as Windows-1252, and its byte: `GuantÃ¡namo`.
///
/// A capital with a tilde or a circumflex, or `â€`, before a symbol is in hardly any other text.
pub fn misread(text: &str) -> Option<(usize, &str)> {
    /// The maximum length of the word, in bytes.
    const LONGEST: usize = 40;
    let first = |sign: &str| {
        memchr::memmem::find_iter(text.as_bytes(), sign.as_bytes()).find(|at| {
            let next = text[at + sign.len()..].chars().next();
            next.is_some_and(|next| matches!(next, '\u{80}'..='\u{BF}' | 'ƒ' | 'ˆ' | 'Œ' | 'œ' | '˜' | '\u{2000}'..='\u{2122}'))
        })
    };
    let at = ["Ã", "Â", "â€"].into_iter().filter_map(first).min()?;
    let is_white = |c: char| c.is_whitespace() && c != '\u{A0}';
    let start = text[..at]
        .rfind(is_white)
        .map_or(0, |before| before + 1)
        .max(boundary(text, at.saturating_sub(LONGEST)));
    let end = text[at..].find(is_white).map_or(text.len(), |end| at + end).min(boundary(text, at + LONGEST));
    Some((at, &text[start..end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(http: Option<&str>, head: &[u8]) -> Option<&'static str> {
        declared(http, true, head).0.map(|(charset, _)| charset.name())
    }

    #[test]
    fn a_page_declares_its_encoding_in_many_ways() {
        for (head, expected) in [
            (&b"<html><meta charset=windows-1251>\xe4\xee\xec"[..], Some("windows-1251")),
            (b"<meta charset = 'KOI8-R' />\xc4\xcf\xcd", Some("KOI8-R")),
            (
                b"<META HTTP-EQUIV=Content-Type CONTENT=\"text/html; charset=Shift_JIS\">\x93\xfa",
                Some("Shift_JIS"),
            ),
            (b"<?xml version='1.0' encoding='ISO-8859-2'?><rss>\xb3", Some("ISO-8859-2")),
            (b"<!-- <meta charset=big5> --><meta charset=\"euc-kr\">\xc7\xd1", Some("EUC-KR")),
            (b"<meta name=description content='the charset'><meta charset=gb2312>\xd6\xd0", Some("GBK")),
            // Read record by record.
            (b"<meta charset=iso-8859-1>caf\xe9", None),
            (b"<meta charset=utf-8>caf\xe9", None),
            (b"<meta charset=utf-16>cafe", None),
            (b"<meta charset=windows-1251>caf\xc3\xa9", None),
            (b"<p>caf\xe9", None),
        ] {
            assert_eq!(chosen(None, head), expected, "{}", String::from_utf8_lossy(head));
        }
        assert_eq!(chosen(Some("koi8-r"), b"<meta charset=windows-1251>\xc4\xcf"), Some("KOI8-R"));
        assert_eq!(chosen(Some("utf-8"), b"<meta charset=windows-1251>\xe4\xee"), Some("windows-1251"));
        assert!(declared(None, true, b"<meta charset=klingon>\xe9").1.is_some());
    }

    #[test]
    fn pieces_are_decoded_as_a_whole() {
        for (label, bytes, expected) in [
            ("windows-1250", &b"\xaf\xf3\xb3w"[..], "Żółw"),
            ("macintosh", b"caf\x8e", "café"),
            ("shift_jis", b"\x93\xfa\x96{", "日本"),
            ("gb18030", b"\x810\x840\xd6\xd0", "\u{a5}中"),
            ("iso-2022-jp", b"\x1b$BF|\x1b(B.", "日."),
            ("euc-kr", b"\xc7\xd1\xff\n\xb1", "한\u{fffd}\n\u{fffd}"),
        ] {
            let charset = Charset::from_name(label).unwrap();
            for size in 1..=bytes.len() {
                let (mut decoding, mut text) = (Decoding::new(charset, META), Vec::new());
                bytes.chunks(size).for_each(|piece| decoding.decode(piece, false, &mut text).unwrap());
                decoding.decode(&[], true, &mut text).unwrap();
                if label == "gb18030" {
                    assert!(text.ends_with("中".as_bytes()));
                } else {
                    assert_eq!(String::from_utf8(text).unwrap(), expected, "{label} by {size}");
                }
            }
        }
    }

    #[test]
    fn what_is_replaced_is_counted_and_has_a_place() {
        let mut decoding = Decoding::new(Charset::from_name("EUC-KR").unwrap(), OPTION);
        decoding.decode(b"one\ntwo \xff\xff\nend", true, &mut Vec::new()).unwrap();
        let notes = decoding.notes();
        assert_eq!((notes.len(), notes[0].place().line, notes[0].place().byte), (1, Some(2), Some(8)));
        assert!(notes[0].what().starts_with("2 bytes are no EUC-KR"), "{}", notes[0]);
    }

    #[test]
    fn names_of_python_and_of_the_web_are_known() {
        for (name, expected) in [
            ("Latin-1", "windows-1252"),
            ("utf_8_sig", "UTF-8"),
            ("cp1251", "windows-1251"),
            ("mac_roman", "macintosh"),
            ("cp949", "EUC-KR"),
            ("iso8859_2", "ISO-8859-2"),
            ("sjis", "Shift_JIS"),
        ] {
            assert_eq!(Charset::from_name(name).unwrap().name(), expected);
        }
        let error = Charset::from_name("hz-gb-2312").unwrap_err();
        assert!(error.what().contains("windows-1250 to windows-1258"), "{error}");
    }

    #[test]
    fn text_read_in_the_wrong_encoding_is_noticed() {
        for word in ["Málaga", "Gruyère", "naïve", "don’t", "“so”", "à", "Łódź’s", "São"] {
            let (wrong, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(word.as_bytes());
            let text = format!("in {wrong} now");
            assert_eq!(misread(&text).map(|(_, found)| found.is_empty()), Some(false), "{text}");
        }
        assert_eq!(misread("at GuantÃ¡namo Bay"), Some((8, "GuantÃ¡namo")));
        for text in ["in Málaga", "SÃO PAULO", "Âge d’or", "NÃO “SIM”", "â la", ""] {
            assert_eq!(misread(text), None, "{text}");
        }
    }
}
