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
                    Some(Ok(content)) => take(&head.address, &content)?,
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

/// The page in a record, or what is wrong with it; `None` if it holds none.
fn page(head: &Head, content: &[u8]) -> Option<std::result::Result<Vec<u8>, String>> {
    if head.kind != "response" {
        let holds = matches!(head.kind.as_str(), "resource" | "conversion") && is_text(&head.media);
        return holds.then(|| Ok(content.to_vec()));
    }
    let end = memchr::memmem::find(content, b"\r\n\r\n")?;
    let http = String::from_utf8_lossy(&content[..end]);
    let status = http.split_ascii_whitespace().nth(1)?;
    if status != "200" || !is_text(header(&http, "Content-Type").unwrap_or_default()) {
        return None;
    }
    let mut body = content[end + 4..].to_vec();
    if header(&http, "Transfer-Encoding").is_some_and(|how| how.eq_ignore_ascii_case("chunked"))
        && let Some(whole) = unchunked(&body)
    {
        body = whole;
    }
    match header(&http, "Content-Encoding").unwrap_or_default() {
        "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => {
            let mut whole = Vec::new();
            let read =
                flate2::read::MultiGzDecoder::new(&body[..]).take(LONGEST as u64).read_to_end(&mut whole);
            Some(read.map(|_| whole).map_err(|error| format!("is damaged: gzip says \"{error}\"")))
        }
        "zstd" => {
            let mut whole = Vec::new();
            let read = zstd::Decoder::with_buffer(&body[..])
                .and_then(|packed| packed.take(LONGEST as u64).read_to_end(&mut whole));
            Some(read.map(|_| whole).map_err(|error| format!("is damaged: Zstandard says \"{error}\"")))
        }
        "br" => Some(Err("is packed with Brotli, which is not read; expected gzip or zstd".to_owned())),
        _ => Some(Ok(body)),
    }
}

fn is_text(media: &str) -> bool {
    let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(
        media.as_str(),
        "text/html" | "text/plain" | "text/xml" | "application/xml" | "application/xhtml+xml"
    ) || media.ends_with("rss+xml")
        || media.ends_with("atom+xml")
}

/// The content of chunks, each after its length.
fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let end = memchr::memmem::find(rest, b"\r\n")?;
        let size = std::str::from_utf8(&rest[..end]).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(rest.get(end + 2..end + 2 + size)?);
        rest = rest.get(end + 2 + size + 2..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined() {
        assert_eq!(
            unchunked(b"4\r\nRain\r\n5;x=1\r\n fell\r\n0\r\n\r\n").as_deref(),
            Some(&b"Rain fell"[..])
        );
        assert_eq!(unchunked(b"9\r\nRain"), None);
    }
}
