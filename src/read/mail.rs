//! Which article is in a message (`.eml`) or in a page that a browser saved as one (MHTML)?
//!
//! A message has a head and parts, which have heads too. A saved page is the HTML of its
//! first part; a message is its plain text, or its HTML if it has no other. Subject, date and
//! sender are headline, date and byline.

use super::decode;
use super::html::{self, day_of};
use super::input::Input;
use super::records::Records;
use super::story::Story;
use super::warc::header;
use crate::article::ZoneKind;
use crate::error::Result;

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

/// Adds the article of a message.
pub(super) fn read(input: &mut Input<'_>, records: &mut Records) -> Result<()> {
    input.whole()?;
    let length = input.window().len();
    let bytes = input.window();
    let mut parts = Vec::new();
    let top = split(bytes);
    collect(top.0.clone(), top.1, &mut parts);
    let of = |name: &str| header(&top.0, name).map(words).unwrap_or_default();
    let is_page = header(&top.0, "Content-Type").is_some_and(|kind| kind.contains("multipart/related"))
        || header(&top.0, "Snapshot-Content-Location").is_some();
    let find = |kind: &str| parts.iter().find(|(media, _)| media == kind).map(|(_, text)| text);
    let mut story = Story::default();
    match (find("text/plain").filter(|_| !is_page), find("text/html")) {
        (None, Some(page)) => story = html::page(page, input.watch())?,
        (Some(text), _) => {
            let text = text.replace("\r\n", "\n");
            text.split("\n\n").for_each(|paragraph| story.add(ZoneKind::Body, paragraph));
        }
        (None, None) => {}
    }
    story.set("headline", &of("Subject"));
    story.set_day(day_of(&of("Date")));
    let from = of("From");
    let name = from.split('<').next().unwrap_or_default().trim().trim_matches('"');
    if !is_page {
        story.set("byline", name);
    }
    story.set("url", &of("Snapshot-Content-Location"));
    records.push_story(Some(0), Some(1), story)?;
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

/// Collects the texts of a message, in the order of its parts.
fn collect(head: String, body: &[u8], parts: &mut Vec<(String, String)>) {
    let mut open = vec![(head, body, 0)];
    let mut seen = 0;
    while let Some((head, body, depth)) = open.pop() {
        seen += 1;
        if seen > MOST_PARTS {
            return;
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
            let bytes = match how.as_str() {
                "base64" => base64(body),
                "quoted-printable" => quoted(body, false),
                _ => body.to_vec(),
            };
            parts.push((media, decode::characters(&bytes).0.into_owned()));
        }
    }
}

/// A parameter of a header: `boundary` of `multipart/mixed; boundary="x"`.
fn parameter(value: &str, wanted: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|piece| {
        let (name, value) = piece.split_once('=')?;
        name.trim().eq_ignore_ascii_case(wanted).then(|| value.trim().trim_matches('"').to_owned())
    })
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

/// A header with its encoded words read: `=?utf-8?Q?Caf=C3=A9?=`.
fn words(value: &str) -> String {
    let (mut text, mut rest) = (String::new(), value);
    while let Some(start) = rest.find("=?") {
        let mut pieces = rest[start + 2..].splitn(3, '?');
        let (Some(_), Some(how), Some(after)) = (pieces.next(), pieces.next(), pieces.next()) else { break };
        let Some(end) = after.find("?=") else { break };
        let lead = &rest[..start];
        if !lead.trim().is_empty() || text.is_empty() {
            text.push_str(lead);
        }
        let coded = &after.as_bytes()[..end];
        let bytes = if how.eq_ignore_ascii_case("b") { base64(coded) } else { quoted(coded, true) };
        text.push_str(&decode::characters(&bytes).0);
        rest = &after[end + 2..];
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_of_messages_are_read() {
        assert_eq!(base64(b"UmFpbiBmZWxs\r\nLg=="), b"Rain fell.");
        assert_eq!(quoted(b"Caf=C3=A9 so=\r\nciety 3=4", false), "Café society 3=4".as_bytes());
        assert_eq!(words("=?utf-8?Q?Caf=C3=A9_?= =?UTF-8?B?b3duZXJz?= meet"), "Café owners meet");
        assert_eq!(words("=?broken"), "=?broken");
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
