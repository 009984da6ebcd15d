//! Which pages are in a WARC file, the form that crawlers keep them in?
//!
//! A record is a head, an empty line, and as many bytes as the head says. Responses with a page, a
//! feed or a text become articles; what else a crawl holds (requests, pictures, scripts) is counted
//! in a note. A record that is broken is a failure, and reading continues at the next one.
//!
//! Cost: linear. One record is held at a time, however long the file is.

use std::io::Read;

use super::archive::Take;
use super::input::Input;
use super::records::Records;
use crate::error::{Error, Kind, Result};

const MARK: &[u8] = b"WARC/";
/// The longest head of a record, and the longest record.
const LONGEST_HEAD: usize = 1 << 16;
const LONGEST: usize = 1 << 30;

/// Reads the records of a file; `take` takes the address and the content of each page.
///
/// # Errors
/// Those of `take`. Cancellation.
pub(super) fn read(input: &mut Input<'_>, records: &mut Records, take: &mut Take<'_>) -> Result<()> {
    let (mut others, mut broken) = (0, 0);
    loop {
        match next(input) {
            Ok(Some((head, length))) => {
                let whole = input.window()[..length].to_vec();
                let start = head.end;
                match page(&head, &whole[start..]) {
                    Some(Ok((content, charset))) => take(&head.address, &content, charset.as_deref())?,
                    Some(Err(what)) => {
                        broken += 1;
                        let error = Error::new(Kind::BadRecord, format!("the page {} {what}", head.address));
                        records.push(Some(input.character()), None, Err(error))?;
                    }
                    None => others += 1,
                }
                input.skip(length)?;
            }
            Ok(None) => break,
            Err(error) if error.kind() == Kind::BadRecord => {
                broken += 1;
                records.push(Some(input.character()), None, Err(error))?;
                if !skip_to_next(input)? {
                    break;
                }
            }
            // What was read before the damage counts.
            Err(error) if error.kind() == Kind::BadFile => {
                records.push(None, None, Err(error))?;
                input.give_up();
                break;
            }
            Err(error) => return Err(error),
        }
    }
    if others + broken > 0 {
        let what = format!(
            "{others} records of the crawl are not pages (requests, pictures, scripts) and were skipped; {broken} are broken"
        );
        records.note(Error::new(Kind::BadRecord, what));
    }
    Ok(())
}

/// What the head of a record says.
struct Head {
    kind: String,
    media: String,
    address: String,
    /// Where it ends.
    end: usize,
}

/// The head of the record at the start of the window, and how long the record is; `None` at the end
/// of the file.
fn next(input: &mut Input<'_>) -> Result<Option<(Head, usize)>> {
    let first = input.find(0, |byte| !byte.is_ascii_whitespace())?;
    input.skip(first)?;
    if input.window().is_empty() {
        return Ok(None);
    }
    let bad = |what: &str| Error::new(Kind::BadRecord, format!("is not a record of a crawl: {what}"));
    let end = loop {
        let window = input.window();
        let head = &window[..window.len().min(LONGEST_HEAD)];
        if !head.starts_with(MARK) && head.len() >= MARK.len() {
            return Err(bad("it does not open with \"WARC/\""));
        }
        match memchr::memmem::find(head, b"\r\n\r\n") {
            Some(end) => break end + 4,
            None if head.len() == LONGEST_HEAD || !input.more()? => return Err(bad("its head does not end")),
            None => {}
        }
    };
    let text = String::from_utf8_lossy(&input.window()[..end]).into_owned();
    let of = |name: &str| header(&text, name).unwrap_or_default().to_owned();
    let length: usize = of("Content-Length").parse().map_err(|_| bad("its head has no Content-Length"))?;
    if length > LONGEST {
        return Err(bad("it is longer than a gigabyte"));
    }
    while input.window().len() < end + length {
        if !input.more()? {
            return Err(bad("it is cut off"));
        }
    }
    let address = of("WARC-Target-URI").trim_matches(['<', '>']).to_owned();
    let head = Head { kind: of("WARC-Type"), media: of("Content-Type"), address, end };
    Ok(Some((head, end + length)))
}

/// Passes over what is before the next record. Returns whether there is one.
fn skip_to_next(input: &mut Input<'_>) -> Result<bool> {
    loop {
        let window = input.window();
        if let Some(found) = memchr::memmem::find(window.get(1..).unwrap_or_default(), b"\nWARC/") {
            input.skip(found + 2)?;
            return Ok(true);
        }
        let rest = window.len().saturating_sub(8);
        input.skip(rest)?;
        if !input.more()? {
            return Ok(false);
        }
    }
}

/// The value of a header.
pub(super) fn header<'a>(head: &'a str, wanted: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim().eq_ignore_ascii_case(wanted).then_some(value.trim())
    })
}

/// A parameter of a header: `boundary` of `multipart/mixed; boundary="x"`.
pub(super) fn parameter(value: &str, wanted: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|piece| {
        let (name, value) = piece.split_once('=')?;
        name.trim().eq_ignore_ascii_case(wanted).then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    })
}

/// A page, and the encoding that its header names.
type Page = (Vec<u8>, Option<String>);

/// The page in a record, or what is wrong with it; `None` if it holds none.
fn page(head: &Head, content: &[u8]) -> Option<std::result::Result<Page, String>> {
    if head.kind != "response" {
        let holds = matches!(head.kind.as_str(), "resource" | "conversion") && is_text(&head.media);
        return holds.then(|| Ok((content.to_vec(), parameter(&head.media, "charset"))));
    }
    let end = memchr::memmem::find(content, b"\r\n\r\n")?;
    let http = String::from_utf8_lossy(&content[..end]);
    let status = http.split_ascii_whitespace().nth(1)?;
    let media = header(&http, "Content-Type").unwrap_or_default();
    if status != "200" || !is_text(media) {
        return None;
    }
    let of = |name: &str| header(&http, name).unwrap_or_default();
    let sent = unpacked(content[end + 4..].to_vec(), of("Transfer-Encoding"));
    let body = sent.and_then(|body| unpacked(body, of("Content-Encoding")));
    Some(body.map(|body| (body, parameter(media, "charset"))))
}

/// A content without its codings, of which the last in the list is the outermost. Crawlers may have
/// undone a coding and kept its name, so one that the bytes do not show is passed over.
fn unpacked(mut body: Vec<u8>, codings: &str) -> std::result::Result<Vec<u8>, String> {
    for coding in codings.rsplit(',') {
        let coding = coding.trim().to_ascii_lowercase();
        let read = |from: &mut dyn Read, name: &str| {
            let mut whole = Vec::new();
            let read = from.take(LONGEST as u64).read_to_end(&mut whole);
            read.map(|_| whole).map_err(|error| format!("is damaged: {name} says \"{error}\""))
        };
        body = match &*coding {
            "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => {
                read(&mut flate2::read::MultiGzDecoder::new(&body[..]), "gzip")?
            }
            "zstd" if body.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) => {
                let packed = zstd::Decoder::with_buffer(&body[..]);
                read(&mut packed.map_err(|error| error.to_string())?, "Zstandard")?
            }
            "deflate" if !is_open(&body) => {
                // Some servers omit the frame that the standard wants.
                let framed = read(&mut flate2::read::ZlibDecoder::new(&body[..]), "deflate");
                framed.or_else(|_| read(&mut flate2::read::DeflateDecoder::new(&body[..]), "deflate"))?
            }
            "chunked" => match unchunked(&body) {
                Ok(whole) => whole,
                Err(true) => return Err("is damaged: its chunks are cut off".to_owned()),
                Err(false) => body,
            },
            "" | "identity" | "gzip" | "x-gzip" | "zstd" | "deflate" => body,
            _ if is_open(&body) => body,
            "br" => {
                return Err(
                    "is packed with Brotli, which is not read; expected gzip, deflate or zstd".to_owned()
                );
            }
            other => {
                let shown: String = other.chars().take(40).collect();
                return Err(format!(
                    "is packed with {shown:?}, which is not read; expected gzip, deflate or zstd"
                ));
            }
        };
    }
    Ok(body)
}

/// Whether a content opens with a tag, which no packed one does.
fn is_open(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}

fn is_text(media: &str) -> bool {
    let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(
        media.as_str(),
        "text/html" | "text/plain" | "text/xml" | "application/xml" | "application/xhtml+xml"
    ) || media.ends_with("rss+xml")
        || media.ends_with("atom+xml")
}

/// The content of chunks, each after its length. The error says whether a content starts like
/// chunks.
fn unchunked(body: &[u8]) -> std::result::Result<Vec<u8>, bool> {
    let (mut rest, mut whole) = (body, Vec::new());
    loop {
        let next = chunk(rest).ok_or(!whole.is_empty() || length(body).is_some())?;
        if next.0.is_empty() {
            return Ok(whole);
        }
        whole.extend_from_slice(next.0);
        rest = next.1;
    }
}

/// The length at the start of a chunk, and what follows it.
fn length(chunk: &[u8]) -> Option<(usize, &[u8])> {
    let end = memchr::memmem::find(chunk, b"\r\n")?;
    let size = std::str::from_utf8(&chunk[..end]).ok()?;
    let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
    Some((size, &chunk[end + 2..]))
}

/// A chunk without its length, and the rest.
fn chunk(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (size, rest) = length(bytes)?;
    let (chunk, rest) = rest.split_at_checked(size)?;
    Some((chunk, rest.get(2..).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined() {
        assert_eq!(unchunked(b"4\r\nRain\r\n5;x=1\r\n fell\r\n0\r\n\r\n").as_deref(), Ok(&b"Rain fell"[..]));
        assert_eq!(unchunked(b"9\r\nRain"), Err(true));
        assert_eq!(unchunked(b"4\r\nRain\r\n5"), Err(true));
        assert_eq!(unchunked(b"<p>Rain fell.\r\n"), Err(false));
    }
}
