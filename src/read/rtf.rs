//! Which text is in an RTF document, as databases export them?
//!
//! A document is text with control words between braces. What a reader does not see (fonts, styles,
//! pictures, headers of pages, instructions of links) is skipped. Bytes are those of the document's
//! code page; other characters are written as their numbers.
//!
//! Cost: one pass over the document.

use super::charset::{Charset, lost};
use super::decode::characters;
use crate::batch::Watch;
use crate::error::{Error, Kind, Result};

/// What holds no text that is read.
const SKIPPED: [&str; 24] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "info",
    "pict",
    "nonshppict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "footnote",
    "fldinst",
    "themedata",
    "datastore",
    "xmlnstbl",
];

/// What is written as a word.
const SIGNS: [(&str, &str); 14] = [
    ("par", "\n"),
    ("line", "\n"),
    ("page", "\n"),
    ("sect", "\n"),
    ("row", "\n"),
    ("cell", "\n"),
    ("tab", " "),
    ("emdash", "—"),
    ("endash", "–"),
    ("bullet", "•"),
    ("lquote", "‘"),
    ("rquote", "’"),
    ("ldblquote", "“"),
    ("rdblquote", "”"),
];

/// The state of a group.
#[derive(Clone, Copy)]
struct Group {
    is_skipped: bool,
    /// How many characters for old readers follow the number of a character.
    fallback: usize,
}

/// The text of a document, with a line for each paragraph, and the notes about its code page. The
/// caller may know its encoding better.
///
/// # Errors
/// [`Kind::BadFile`]: it ends too early, or its code page is not known. Cancellation.
pub(super) fn text(
    document: &[u8],
    charset: Option<Charset>,
    watch: &Watch,
) -> Result<(String, Option<Error>)> {
    let mut reader = Reader { charset, ..Reader::default() };
    let mut groups = vec![Group { is_skipped: false, fallback: 1 }];
    let (mut at, mut page) = (0, if charset.is_some() { None } else { Some(1252) });
    while let Some(&byte) = document.get(at) {
        if at % (1 << 16) == 0 {
            watch.check()?;
        }
        at += 1;
        let group = groups.last().copied().unwrap_or(Group { is_skipped: true, fallback: 1 });
        match byte {
            b'{' => groups.push(group),
            b'}' => {
                reader.skip = 0;
                groups.pop();
                if groups.len() <= 1 {
                    reader.flush()?;
                    let note = reader.note(page);
                    return Ok((reader.text, note));
                }
            }
            b'\r' | b'\n' => {}
            b'\\' => at = control(document, at, &mut groups, &mut reader, &mut page)?,
            _ if group.is_skipped => {}
            _ => reader.byte(byte),
        }
    }
    Err(Error::new(Kind::BadFile, "is not whole: an RTF document whose last brace is missing"))
}

/// Takes what follows a backslash, and returns where it ends.
fn control(
    document: &[u8],
    at: usize,
    groups: &mut [Group],
    reader: &mut Reader,
    page: &mut Option<i64>,
) -> Result<usize> {
    let mut unused = Group { is_skipped: true, fallback: 1 };
    let group = groups.last_mut().unwrap_or(&mut unused);
    let rest = &document[at..];
    let length = rest.iter().take(32).take_while(|byte| byte.is_ascii_alphabetic()).count();
    if length == 0 {
        let code = || u8::from_str_radix(std::str::from_utf8(rest.get(1..3)?).ok()?, 16).ok();
        match rest.first() {
            Some(b'*') => group.is_skipped = true,
            Some(b'\'') => {
                if let Some(byte) = code() {
                    if !group.is_skipped {
                        if byte >= 0x80 && page.is_some() && reader.charset.is_none() && *page != Some(1252) {
                            let what = format!(
                                "is an RTF document in code page {}, which is not known; save it as UTF-8 text, or name it with encoding=",
                                page.unwrap_or_default()
                            );
                            return Err(Error::new(Kind::BadFile, what));
                        }
                        reader.byte(byte);
                    }
                    return Ok(at + 3);
                }
            }
            Some(_) if group.is_skipped => {}
            Some(b'~') => reader.sign(" ")?,
            Some(b'_') => reader.sign("-")?,
            Some(b'\r' | b'\n') => reader.sign("\n")?,
            Some(&byte @ (b'\\' | b'{' | b'}')) => reader.byte(byte),
            _ => {}
        }
        return Ok(at + 1);
    }
    let word = std::str::from_utf8(&rest[..length]).unwrap_or_default();
    let digits = rest[length..].iter().take(12).take_while(|&&byte| byte == b'-' || byte.is_ascii_digit());
    let digits = digits.count();
    let number: Option<i64> =
        std::str::from_utf8(&rest[length..length + digits]).ok().and_then(|digits| digits.parse().ok());
    let mut end = at + length + digits;
    // A blank after a word is its end.
    end += usize::from(document.get(end) == Some(&b' '));
    match (word, number) {
        ("bin", Some(bytes)) => {
            end = end.saturating_add(usize::try_from(bytes).unwrap_or(0)).min(document.len());
        }
        ("ansicpg", Some(number)) => reader.turn(page, number)?,
        ("mac", None) => reader.turn(page, 10_000)?,
        ("pc" | "pca", None) => reader.turn(page, 437)?,
        ("uc", Some(count)) => group.fallback = usize::try_from(count).unwrap_or(1).min(8),
        _ if group.is_skipped => {}
        ("u", Some(number)) => reader.unit(number as u16, group.fallback)?,
        _ if SKIPPED.contains(&word) => group.is_skipped = true,
        _ => {
            if let Some((_, sign)) = SIGNS.iter().find(|(name, _)| *name == word) {
                reader.sign(sign)?;
            }
        }
    }
    Ok(end)
}

/// A text while it grows.
#[derive(Default)]
struct Reader {
    /// What its bytes are, if they are not those of Windows-1252; and how many have no character.
    charset: Option<Charset>,
    replaced: usize,
    text: String,
    /// Numbers of characters that have not been joined yet, and bytes that have not been decoded.
    units: Vec<u16>,
    bytes: Vec<u8>,
    /// How many characters for old readers are still to come.
    skip: usize,
}

impl Reader {
    /// Turns to another code page, unless the caller has named one.
    fn turn(&mut self, page: &mut Option<i64>, number: i64) -> Result<()> {
        if page.is_some() {
            self.flush()?;
            self.charset = if number == 1252 { None } else { Charset::of_page(number) };
            *page = Some(number);
        }
        Ok(())
    }

    /// What was decoded, where it is not what most documents are.
    fn note(&self, page: Option<i64>) -> Option<Error> {
        let (page, charset) = page.zip(self.charset)?;
        let (name, lost) = (charset.name(), lost(self.replaced));
        let what = format!("is {name}, as its code page {page} says; read as such{lost}");
        Some(Error::new(Kind::BadFile, what))
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        self.flush_units();
        self.bytes.push(byte);
    }

    fn unit(&mut self, unit: u16, fallback: usize) -> Result<()> {
        self.flush_bytes()?;
        self.units.push(unit);
        self.skip = fallback;
        Ok(())
    }

    fn sign(&mut self, sign: &str) -> Result<()> {
        if self.skip > 0 {
            self.skip -= 1;
            return Ok(());
        }
        self.flush()?;
        self.text.push_str(sign);
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        self.flush_units();
        self.flush_bytes()
    }

    fn flush_units(&mut self) {
        let units = self.units.drain(..);
        self.text.extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
    }

    fn flush_bytes(&mut self) -> Result<()> {
        match self.charset.filter(|_| !self.bytes.is_ascii()) {
            Some(charset) => {
                let (text, replaced) = charset.characters(&self.bytes)?;
                self.text.push_str(&text);
                self.replaced += replaced;
            }
            None => self.text.push_str(&characters(&self.bytes).0),
        }
        self.bytes.clear();
        Ok(())
    }
}

/// A text whose lines are paragraphs, with a blank line between two.
pub(super) fn apart(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(document: &str) -> Result<String> {
        text(document.as_bytes(), None, &Watch::default()).map(|(text, _)| text)
    }

    #[test]
    fn what_a_reader_sees_is_the_text() {
        let document = concat!(
            r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator Word;}{\info{\author Ida}}",
            r"\pard\f0 Caf\'e9 owners \u8220?meet\u8221? \{again\}\par",
            "\r\n",
            r"{\field{\*\fldinst HYPERLINK x}{\fldrslt Rain}} fell.{\pict\bin3 }}}}\par \u-10179?\u-8704?\emdash x}"
        );
        assert_eq!(read(document).unwrap(), "Café owners “meet” {again}\nRain fell.\n😀—x");
    }

    #[test]
    fn a_document_that_cannot_be_read_says_why() {
        for (document, why) in [
            (r"{\rtf1 Rain", "last brace"),
            (r"{\rtf1\ansicpg437 \'e4}", "code page 437"),
            (r"{\rtf1\bin99999999999 ", "last brace"),
        ] {
            assert!(read(document).unwrap_err().what().contains(why), "{document}");
        }
        assert_eq!(read(r"{\rtf1\ansicpg1251 \'c4\'e0}").unwrap(), "Да");
        assert_eq!(read(r"{\rtf1\mac caf\'8e}").unwrap(), "café");
        assert_eq!(read(r"{\rtf1\ansicpg932 \'93\'fa\'96{\b \'7b}}").unwrap(), "日本");
        assert_eq!(read(r"{\rtf1\ansicpg1251 \u1044?\u1072?}").unwrap(), "Да");
        assert!(read(&"{".repeat(100_000)).is_err());
    }
}
