//! Which article is in a message (`.eml`) or in a page that a browser saved as one (MHTML)?
//!
//! A message has a head and parts, which have heads too. A saved page is the HTML of its
//! first part; a message is its plain text, or its HTML if it has no other. Subject, date and
//! sender are headline, date and byline.

use super::charset::{self, Charset, lost};
use super::decode;
use super::html::{self, day_of};
use super::input::Input;
use super::records::Records;
use super::story::Story;
use super::warc::{header, parameter};
use crate::article::ZoneKind;
use crate::error::{Error, Kind, Result};

/// How deep parts may be in parts, and how many there may be.
const DEEPEST: usize = 8;
const MOST_PARTS: usize = 1000;

/// Whether a file opens like a message.
pub(super) fn opens(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&head[..head.len().min(1 << 13)]);
    let first = head.lines().next().unwrap_or_default();
    let is_header = first.split_once(':').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    });
    is_header && ["MIME-Version", "Content-Type"].iter().all(|name| header(&head, name).is_some())
}

/// Adds the article of a message. The caller may know the encoding of all its parts.
pub(super) fn read(input: &mut Input<'_>, charset: Option<Charset>, records: &mut Records) -> Result<()> {
    input.whole()?;
    let length = input.window().len();
    let bytes = input.window();
    let mut parts = Parts { charset, found: Vec::new(), notes: Vec::new() };
    let top = split(bytes);
    parts.collect(top.0.clone(), top.1)?;
    let of = |name: &str| header(&top.0, name).map_or_else(|| Ok(String::new()), words);
    let is_page = header(&top.0, "Content-Type").is_some_and(|kind| kind.contains("multipart/related"))
        || header(&top.0, "Snapshot-Content-Location").is_some();
    let find = |kind: &str| parts.found.iter().find(|(media, _)| media == kind).map(|(_, text)| text);
    let mut story = Story::default();
    match (find("text/plain").filter(|_| !is_page), find("text/html")) {
        (None, Some(page)) => story = html::page(page, input.watch())?,
        (Some(text), _) => {
            let text = text.replace("\r\n", "\n");
            text.split("\n\n").for_each(|paragraph| story.add(ZoneKind::Body, paragraph));
        }
        (None, None) => {}
    }
    story.set("headline", &of("Subject")?);
    story.set_day(day_of(&of("Date")?));
    let from = of("From")?;
    let name = from.split('<').next().unwrap_or_default().trim().trim_matches('"');
    if !is_page {
        story.set("byline", name);
    }
    story.set("url", &of("Snapshot-Content-Location")?);
    records.push_story(Some(0), Some(1), story)?;
    parts.notes.into_iter().for_each(|note| records.note(note));
    input.skip(length)
}

/// The head of a message or a part, with its long lines joined, and what follows.
fn split(bytes: &[u8]) -> (String, &[u8]) {
    let ends = [&b"\r\n\r\n"[..], b"\n\n"];
    let found = ends.iter().filter_map(|end| Some((memchr::memmem::find(bytes, end)?, end.len()))).min();
    let (end, gap) = found.unwrap_or((bytes.len(), 0));
    let head = String::from_utf8_lossy(&bytes[..end]).replace("\r\n", "\n");
    (head.replace("\n ", " ").replace("\n\t", " "), &bytes[end + gap..])
}

/// The texts of a message, in the order of its parts, each with its media type.
struct Parts {
    /// The encoding of all parts, if the caller names it.
    charset: Option<Charset>,
    found: Vec<(String, String)>,
    notes: Vec<Error>,
}

impl Parts {
    fn collect(&mut self, head: String, body: &[u8]) -> Result<()> {
        let mut open = vec![(head, body, 0)];
        let mut seen = 0;
        while let Some((head, body, depth)) = open.pop() {
            seen += 1;
            if seen > MOST_PARTS {
                return Ok(());
            }
            let kind = header(&head, "Content-Type").unwrap_or("text/plain");
            let media = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            if media.starts_with("multipart/") {
                let Some(mark) = parameter(kind, "boundary").filter(|_| depth < DEEPEST) else { continue };
                let mark = format!("--{mark}");
                let cuts: Vec<usize> = memchr::memmem::find_iter(body, mark.as_bytes()).collect();
                let inner = cuts.windows(2).map(|pair| &body[pair[0] + mark.len()..pair[1]]);
                let found: Vec<_> = inner.map(|part| split(part.trim_ascii_start())).collect();
                open.extend(found.into_iter().rev().map(|(head, body)| (head, body, depth + 1)));
            } else if media.starts_with("text/") {
                let how = header(&head, "Content-Transfer-Encoding").unwrap_or_default().to_ascii_lowercase();
                let text = match how.as_str() {
                    "base64" => self.decoded(&base64(body), kind, &media)?,
                    "quoted-printable" => self.decoded(&quoted(body, false), kind, &media)?,
                    // The file was decoded as the caller said.
                    _ if self.charset.is_some() => decode::characters(body).0.into_owned(),
                    _ => self.decoded(body, kind, &media)?,
                };
                self.found.push((media, text));
            }
        }
        Ok(())
    }

    /// The characters of a part, by what the caller, its head or the page in it says.
    fn decoded(&mut self, bytes: &[u8], kind: &str, media: &str) -> Result<String> {
        let label = parameter(kind, "charset");
        let (found, note) = match self.charset {
            Some(charset) => (Some((charset, charset::OPTION)), None),
            None => charset::declared(label.as_deref(), media == "text/html", bytes),
        };
        self.notes.extend(note.map(|note| Error::new(Kind::BadFile, format!("a part {}", note.what()))));
        let Some((charset, _)) = found else {
            let (text, wrong) = decode::characters(bytes);
            if wrong.is_some() {
                let what = "a part is not UTF-8; read as Windows-1252";
                self.notes.push(Error::new(Kind::BadFile, what));
            }
            return Ok(text.into_owned());
        };
        let (text, replaced) = charset.characters(bytes)?;
        if replaced > 0 || (self.charset.is_none() && !charset::is_plain(bytes)) {
            let what = format!("a part is {}; read as such{}", charset.name(), lost(replaced));
            self.notes.push(Error::new(Kind::BadFile, what));
        }
        Ok(text)
    }
}

/// The bytes of base64; other characters are skipped.
fn base64(text: &[u8]) -> Vec<u8> {
    let (mut bytes, mut bits, mut held) = (Vec::with_capacity(text.len() * 3 / 4), 0_u32, 0);
    for &byte in text {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    bytes
}

/// The bytes of quoted-printable. In a header, an underscore is a blank.
fn quoted(text: &[u8], in_header: bool) -> Vec<u8> {
    let (mut bytes, mut at) = (Vec::with_capacity(text.len()), 0);
    while let Some(&byte) = text.get(at) {
        at += 1;
        if byte != b'=' {
            bytes.push(if in_header && byte == b'_' { b' ' } else { byte });
            continue;
        }
        let code = text.get(at..at + 2).and_then(|code| std::str::from_utf8(code).ok());
        if let Some(code) = code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            bytes.push(code);
            at += 2;
        } else {
            // A line that continues.
            let line = text[at..].iter().take_while(|&&byte| matches!(byte, b' ' | b'\r')).count();
            match text.get(at + line) {
                Some(b'\n') => at += line + 1,
                _ => bytes.push(b'='),
            }
        }
    }
    bytes
}

/// A header with its encoded words read: `=?utf-8?Q?Caf=C3=A9?=`. A letter may begin in one word
/// and end in the next.
fn words(value: &str) -> Result<String> {
    let (mut text, mut rest) = (String::new(), value);
    let mut begun: (&str, Vec<u8>) = ("", Vec::new());
    while let Some(start) = rest.find("=?") {
        let mut pieces = rest[start + 2..].splitn(3, '?');
        let (Some(label), Some(how), Some(after)) = (pieces.next(), pieces.next(), pieces.next()) else {
            break;
        };
        let Some(end) = after.find("?=") else { break };
        let lead = &rest[..start];
        let is_apart = !lead.trim().is_empty();
        if is_apart || !label.eq_ignore_ascii_case(begun.0) {
            text.push_str(&characters(begun.0, &std::mem::take(&mut begun.1))?);
        }
        if is_apart || (text.is_empty() && begun.1.is_empty()) {
            text.push_str(lead);
        }
        let coded = &after.as_bytes()[..end];
        begun.0 = label;
        begun.1.extend(if how.eq_ignore_ascii_case("b") { base64(coded) } else { quoted(coded, true) });
        rest = &after[end + 2..];
    }
    text.push_str(&characters(begun.0, &begun.1)?);
    text.push_str(rest);
    Ok(text)
}

/// The characters of an encoded word. A language may follow the label, after `*`.
fn characters(label: &str, bytes: &[u8]) -> Result<String> {
    let label = label.split('*').next().unwrap_or_default();
    match Charset::of_label(label).filter(|charset| !charset.is_utf8()) {
        Some(charset) => Ok(charset.characters(bytes)?.0),
        None => Ok(decode::characters(bytes).0.into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_of_messages_are_read() {
        assert_eq!(base64(b"UmFpbiBmZWxs\r\nLg=="), b"Rain fell.");
        assert_eq!(quoted(b"Caf=C3=A9 so=\r\nciety 3=4", false), "Café society 3=4".as_bytes());
        for (header, expected) in [
            ("=?utf-8?Q?Caf=C3=A9_?= =?UTF-8?B?b3duZXJz?= meet", "Café owners meet"),
            ("=?utf-8?Q?Caf=C3?= =?utf-8?Q?=A9?=", "Café"),
            ("Re: =?koi8-r?B?5M/NIA==?= =?windows-1251?Q?=E4=EE=EC?=", "Re: Дом дом"),
            ("=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"),
            ("=?broken", "=?broken"),
        ] {
            assert_eq!(words(header).unwrap(), expected);
        }
        assert_eq!(parameter("multipart/mixed; Boundary=\"x y\"", "boundary").as_deref(), Some("x y"));
    }

    #[test]
    fn a_message_is_known_by_its_head() {
        assert!(opens(b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n"));
        for other in [&b"Update: rain\nMIME-Version: none"[..], b"", b"date 2019-01-08 Content-Type: x"] {
            assert!(!opens(other));
        }
    }
}
