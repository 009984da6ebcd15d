//! Is a file something other than text, and what?
//!
//! Binary formats would be read as text without an error: `obj` would be a word of an article. They
//! are refused by their name, with what would be right.
//!
//! Cost: a check of the first bytes of a file.

use std::path::Path;

use super::format::suffix;
use crate::error::{Error, Kind};

const AS_TEXT: &str = "save it as plain text, or put its text in a column of a CSV file";
const OF_TEXT: &str = "expected text, JSON Lines, JSON, CSV, TSV, HTML, XML or Parquet";
const UNPACK: &str = "expected a folder of files, zip or tar, or gzip, bzip2, xz or Zstandard";
const WITHOUT_TAGS: &str = "save it as plain text, or read the mark-up as words with format=\"text\"";

/// The formats that files of these first bytes have.
const MAGIC: [(&[u8], &str, &str); 16] = [
    (b"%PDF-", "a PDF file", AS_TEXT),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an old Office (.doc, .xls, .ppt)", AS_TEXT),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", OF_TEXT),
    (b"\xff\xd8\xff", "a JPEG image", OF_TEXT),
    (b"GIF87a", "a GIF image", OF_TEXT),
    (b"GIF89a", "a GIF image", OF_TEXT),
    (b"II*\0", "a TIFF image", OF_TEXT),
    (b"MM\0*", "a TIFF image", OF_TEXT),
    (b"ID3\x03", "an MP3 file", OF_TEXT),
    (b"OggS\0", "an Ogg file", OF_TEXT),
    (b"SQLite format 3\0", "an SQLite database", "read its table into a frame first"),
    (b"PAR1", "a Parquet file", "give it the suffix .parquet, or format=\"parquet\""),
    (b"ARROW1\0\0", "an Arrow file", "read it with pyarrow or Polars, and pass the frame to Corpus"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (b"\x7fELF", "a program", OF_TEXT),
];

/// How much of a zip archive is searched for the names of its first files, in bytes.
const FIRST_NAMES: usize = 4096;

/// What a zip archive is, by a suffix of its name and by a name of a file in it.
const ZIPPED: [(&str, &[u8], &str, &str); 6] = [
    ("xlsx", b"xl/", "an Excel workbook (.xlsx)", "save it as CSV, or read it with pandas.read_excel"),
    ("pptx", b"ppt/", "a PowerPoint file (.pptx)", AS_TEXT),
    ("odt", b"vnd.oasis.opendocument.text", "an OpenDocument text (.odt)", AS_TEXT),
    ("ods", b"vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet (.ods)", "save it as CSV"),
    ("epub", b"epub+zip", "an EPUB book (.epub)", AS_TEXT),
    ("pages", b"Index/Document.iwa", "a Pages document (.pages)", AS_TEXT),
];

/// Mark-up that is not read, by the suffixes of its files.
const SUFFIXES: [(&str, &str); 2] = [("svg", "SVG (XML)"), ("tex", "TeX")];

/// Why a file of these first bytes is not text of any kind; `None` if it is. With `is_told`, the
/// caller has named the format, and mark-up is read as what he says.
pub(super) fn foreign(head: &[u8], path: Option<&Path>, is_told: bool) -> Option<Error> {
    let suffix = path.and_then(suffix);
    let is = |what: &str, way: &str| Some(Error::new(Kind::BadFormat, format!("is {what}; {way}")));
    if let Some((_, what, way)) = MAGIC.iter().find(|(magic, ..)| head.starts_with(magic)) {
        return is(what, way);
    }
    if head.starts_with(b"PK\x03\x04") {
        // The names of the first files say what else a zip archive is.
        let head = &head[..head.len().min(FIRST_NAMES)];
        let named = |bytes: &[u8]| memchr::memmem::find(head, bytes).is_some();
        let found = ZIPPED.iter().find(|(end, ..)| suffix.as_deref() == Some(end));
        let found = found.or_else(|| ZIPPED.iter().find(|(_, inside, ..)| named(inside)));
        return found.and_then(|(_, _, what, way)| is(what, way));
    }
    // Brotli has no first bytes that show it.
    if suffix.as_deref() == Some("br") && std::str::from_utf8(&head[..head.len().min(64)]).is_err() {
        return is("packed with Brotli", UNPACK);
    }
    if is_told {
        return None;
    }
    let of_name = SUFFIXES.iter().find(|(end, _)| suffix.as_deref() == Some(end));
    let (_, what) = of_name?;
    is(what, WITHOUT_TAGS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what(head: &[u8], name: &str) -> Option<String> {
        foreign(head, Some(Path::new(name)), false).map(|error| error.what().to_owned())
    }

    #[test]
    fn a_file_that_is_no_text_is_refused_by_its_name() {
        for (head, name, word) in [
            (&b"%PDF-1.7\n%\xe2\xe3"[..], "a.txt", "PDF"),
            (b"PK\x03\x04\x14\0\0\0\0\0[Content_Types].xml", "a.xlsx", "Excel"),
            (b"PK\x03\x04\x14\0\0\0\0\0\0\0ppt/slides", "a", "PowerPoint"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", "a.jpg", "JPEG"),
            (b"PAR1\x15\x04", "a.txt", "Parquet"),
            (b"<svg>", "a.svg", "SVG"),
            (b"\x1b\x2a\0\xf8\x9d", "a.html.br", "Brotli"),
        ] {
            assert!(
                what(head, name).is_some_and(|what| what.contains(word)),
                "{word}: {:?}",
                what(head, name)
            );
        }
    }

    #[test]
    fn text_is_text() {
        for (head, name) in [
            (&b"date 2019-01-08 Rain fell."[..], "a.txt"),
            (b"<html>", "a.html"),
            (b"PDF files leaked", "a.txt"),
            (b"GIF makers meet", "a.txt"),
            (b"PKO Bank rose", "a.txt"),
            (b"PK\x03\x04\x14\0\0\0\0\0\0\0word/document.xml", "a"),
            (b"", "a.txt"),
            (b"<", ""),
        ] {
            assert_eq!(what(head, name), None);
        }
        assert_eq!(foreign(b"<svg>", Some(Path::new("a.svg")), true), None);
    }
}
