//! In which format is a file?
//!
//! The content decides, wherever it can: a page is a page in a file of any name. The suffix
//! decides between formats that look alike (a table and a text), and a note says so where content
//! and suffix disagree.

use std::path::Path;

use crate::error::{Result, named};

/// The formats that files come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text, one article or many.
    Text,
    /// One JSON object per line.
    JsonLines,
    /// A JSON list of objects or strings, or a ninjs item.
    Json,
    /// Comma-separated values with a header line.
    Csv,
    /// Tab-separated values with a header line.
    Tsv,
    /// An HTML page.
    Html,
    /// News items or feeds in XML.
    Xml,
    /// A message, or a page that was saved as one.
    Mail,
    /// The plain-text export of a database.
    Export,
    /// The rows of a binary table as JSON, one per line. A row starts at its number.
    Rows,
}

/// What holds other files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    /// A zip archive, or a Word document.
    Zip,
    /// A tar archive.
    Tar,
    /// A crawl.
    Warc,
    /// An RTF document.
    Rtf,
}

impl Container {
    /// What a content of these first bytes holds other files as; `None` if it holds none.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        if head.starts_with(b"PK\x03\x04") {
            Some(Self::Zip)
        } else if head.starts_with(b"WARC/") {
            Some(Self::Warc)
        } else if head.starts_with(b"{\\rtf") {
            Some(Self::Rtf)
        } else {
            (head.get(257..262) == Some(b"ustar")).then_some(Self::Tar)
        }
    }
}

/// The formats that users can name.
const NAMED: [(&str, Format); 9] = [
    ("text", Format::Text),
    ("jsonl", Format::JsonLines),
    ("json", Format::Json),
    ("csv", Format::Csv),
    ("tsv", Format::Tsv),
    ("html", Format::Html),
    ("xml", Format::Xml),
    ("mail", Format::Mail),
    ("export", Format::Export),
];

/// First tags of HTML, in lower case; those of other mark-up are XML.
const HTML: [&str; 19] = [
    "!doctype html",
    "html",
    "head",
    "body",
    "div",
    "p",
    "h1",
    "h2",
    "article",
    "main",
    "section",
    "span",
    "table",
    "meta",
    "script",
    "title",
    "ul",
    "a",
    "link",
];
const XML: [&str; 16] = [
    "?xml",
    "!doctype",
    "nitf",
    "newsml",
    "newsitem",
    "newsmessage",
    "packageitem",
    "knowledgeitem",
    "conceptitem",
    "catalogitem",
    "planningitem",
    "rss",
    "feed",
    "rdf:rdf",
    "entry",
    "article",
];

impl Format {
    /// The format of that name: `text`, `jsonl`, `json`, `csv`, `tsv`, `html`, `xml`, `mail` or
    /// `export`.
    ///
    /// # Errors
    /// [`crate::error::Kind::BadOption`]: no format has that name.
    pub fn from_name(name: &str) -> Result<Self> {
        named("format", name, &NAMED)
    }

    /// What a note calls it.
    pub(super) fn name(self) -> &'static str {
        NAMED.iter().find(|(_, format)| *format == self).map_or("parquet", |(name, _)| name)
    }

    /// The format that a file name indicates, ignoring the suffix of its packing.
    pub(super) fn from_path(path: &Path) -> Option<Self> {
        Some(match suffix(path)?.as_str() {
            "txt" | "text" | "md" => Self::Text,
            "jsonl" | "ndjson" => Self::JsonLines,
            "json" | "ninjs" => Self::Json,
            "csv" => Self::Csv,
            "tsv" | "tab" => Self::Tsv,
            "html" | "htm" | "xhtml" => Self::Html,
            "xml" | "nitf" | "newsml" | "rss" | "atom" | "rdf" => Self::Xml,
            "eml" | "mht" | "mhtml" => Self::Mail,
            "parquet" => Self::Rows,
            _ => return None,
        })
    }

    /// The format of a content whose first two characters other than white space are these.
    pub(super) fn from_marks(first: Option<u8>, second: Option<u8>) -> Self {
        match (first, second) {
            (Some(b'['), Some(b'{' | b'"' | b']')) => Self::Json,
            (Some(b'{'), Some(b'"' | b'}')) => Self::JsonLines,
            _ => Self::Text,
        }
    }

    /// The format of a content that opens with mark-up; `None` for any other.
    pub(super) fn from_markup(head: &[u8]) -> Option<Self> {
        let mut rest = head.trim_ascii_start();
        rest = rest.strip_prefix(b"\xef\xbb\xbf").unwrap_or(rest).trim_ascii_start();
        let mut any = false;
        // Comments and a declaration may precede the first tag.
        loop {
            let tag = rest.strip_prefix(b"<")?;
            let skipped = if tag.starts_with(b"!--") {
                memchr::memmem::find(tag, b"-->").map(|end| end + 3)
            } else if opens(tag, "?xml") || tag.starts_with(b"?") {
                any = true;
                memchr::memchr(b'>', tag).map(|end| end + 1)
            } else {
                break;
            };
            match skipped.and_then(|end| tag.get(end..)) {
                Some(after) => rest = after.trim_ascii_start(),
                None => return Some(Self::Xml),
            }
        }
        let tag = rest.strip_prefix(b"<")?;
        let is = |names: &[&str]| names.iter().any(|name| opens(tag, name));
        match (is(&HTML), is(&XML)) {
            (true, _) if !any || is(&HTML[..4]) => Some(Self::Html),
            (_, true) => Some(Self::Xml),
            _ => any.then_some(Self::Xml),
        }
    }
}

/// Whether a tag without its `<` has a name.
fn opens(tag: &[u8], name: &str) -> bool {
    let ends = tag.get(name.len()).is_some_and(|byte| !byte.is_ascii_alphanumeric());
    ends && tag[..name.len()].eq_ignore_ascii_case(name.as_bytes())
}

/// The suffixes of packed files.
const PACKED: [&str; 5] = ["gz", "zst", "zstd", "bz2", "xz"];

/// The suffix of a file in lower case, without that of its packing.
pub(super) fn suffix(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?.to_lowercase();
    let (stem, ending) = name.rsplit_once('.')?;
    if !PACKED.contains(&ending) {
        return Some(ending.to_owned());
    }
    Some(stem.rsplit_once('.')?.1.to_owned())
}

/// Whether a file name indicates that the file is an archive of files, or a crawl.
pub(super) fn holds_files(path: &Path) -> bool {
    suffix(path).is_some_and(|suffix| {
        ["zip", "docx", "rtf", "tar", "tgz", "tbz2", "txz", "warc"].contains(&suffix.as_str())
    })
}

/// Whether a file name indicates that the file is packed.
pub(super) fn is_packed(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
    ending.is_some_and(|ending| PACKED.contains(&ending.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mark_up_is_recognised_by_its_first_tag() {
        for (head, expected) in [
            (&b"<!DOCTYPE html>\n<html>"[..], Some(Format::Html)),
            (b"\n <html lang=\"en\">", Some(Format::Html)),
            (b"<!-- a page --><p>Rain fell.</p>", Some(Format::Html)),
            (b"<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC", Some(Format::Html)),
            (b"<?xml version=\"1.0\"?><nitf>", Some(Format::Xml)),
            (b"<nitf><body>", Some(Format::Xml)),
            (b"<newsItem guid=\"1\">", Some(Format::Xml)),
            (b"<rss version=\"2.0\">", Some(Format::Xml)),
            (b"date 2019-01-08 Rain fell.", None),
            (b"<Laughter> The minister said", None),
            (b"<pause>", None),
            (b"< 5 % of voters", None),
            (b"<", None),
            (b"", None),
        ] {
            assert_eq!(Format::from_markup(head), expected, "{}", String::from_utf8_lossy(head));
        }
    }
}
