//! How is an article read from a file?
//!
//! A file is unpacked ([`unpack`]), decoded ([`decode`]) and cut into records, one reader a format. A record that cannot be
//! read keeps its place among the others, with the reason; so does a file that cannot be opened. Nothing is lost.

mod csv;
mod decode;
mod json;
mod plain;
mod unpack;

use std::path::Path;

use crate::error::{Error, Kind, Result};
use crate::table::{Column, ColumnBuilder, Strings, Value};

/// The formats that files come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text, one article or many.
    Text,
    /// A JSON object a line.
    JsonLines,
    /// A JSON list of objects or strings.
    Json,
    /// Comma-separated values with a header line.
    Csv,
    /// Tab-separated values with a header line.
    Tsv,
}

impl Format {
    /// The format of that name: `text`, `jsonl`, `json`, `csv`, `tsv`.
    ///
    /// # Errors
    /// [`Kind::BadFormat`]: no format has that name.
    pub fn from_name(name: &str) -> Result<Self> {
        Ok(match name {
            "text" => Self::Text,
            "jsonl" => Self::JsonLines,
            "json" => Self::Json,
            "csv" => Self::Csv,
            "tsv" => Self::Tsv,
            _ => {
                return Err(Error::new(
                    Kind::BadOption,
                    format!("\"{name}\" is not a format; expected text, jsonl, json, csv or tsv"),
                )
                .in_field("format"));
            }
        })
    }

    /// The format that a file name tells, its packing aside.
    fn from_path(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_lowercase();
        let name = [".gz", ".zst", ".zstd"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
        Some(match name.rsplit_once('.')?.1 {
            "txt" | "text" | "md" => Self::Text,
            "jsonl" | "ndjson" => Self::JsonLines,
            "json" => Self::Json,
            "csv" => Self::Csv,
            "tsv" | "tab" => Self::Tsv,
            _ => return None,
        })
    }

    /// The format that a content looks like.
    fn from_content(content: &str) -> Self {
        let mut marks = content.bytes().filter(|byte| !byte.is_ascii_whitespace());
        match (marks.next(), marks.next()) {
            (Some(b'['), Some(b'{' | b'"' | b']')) => Self::Json,
            (Some(b'{'), Some(b'"' | b'}')) => Self::JsonLines,
            _ => Self::Text,
        }
    }
}

/// The records of some files, in order: a text each, and fields; or the reason why there is none.
#[derive(Debug, Default)]
pub struct Records {
    /// A text a record; empty where the record is bad.
    pub texts: Strings,
    /// The bad records, by position.
    pub bad: Vec<(usize, Error)>,
    /// The fields of the records.
    pub fields: Fields,
    /// What was put right: files that were not UTF-8.
    pub notes: Vec<Error>,
    sources: Strings,
    starts: Vec<Option<i64>>,
    lines: Vec<Option<usize>>,
}

impl Records {
    /// Which file each record came from.
    pub fn sources(&self) -> &Strings {
        &self.sources
    }

    /// The character of its file at which each record starts; `None` for items of a JSON list, which do not say.
    pub fn starts(&self) -> &[Option<i64>] {
        &self.starts
    }

    /// An error met later, with the file and line of its record.
    pub fn placed(&self, record: usize, error: Error) -> Error {
        let error = error.in_source(self.sources.get(record));
        match self.lines.get(record) {
            Some(&Some(line)) => error.at_line(line),
            _ => error,
        }
    }

    fn push(&mut self, source: &str, start: Option<i64>, record: Result<&str>) {
        self.push_line(source, start, None, record);
    }

    fn push_line(&mut self, source: &str, start: Option<i64>, line: Option<usize>, record: Result<&str>) {
        self.lines.push(line);
        let position = self.texts.len();
        self.sources.push(source);
        self.starts.push(start);
        match record {
            Ok(text) => self.texts.push(text),
            Err(error) => {
                self.texts.push("");
                self.bad.push((position, error.in_source(source)));
            }
        }
    }
}

/// Named columns that grow record by record; a field that a record does not have is missing there.
#[derive(Debug, Default)]
pub struct Fields {
    columns: Vec<(String, ColumnBuilder, usize)>,
}

impl Fields {
    /// Sets a field of the record at a position; records come in order.
    pub fn set(&mut self, position: usize, name: &str, value: Value<'_>) {
        let at = self.columns.iter().position(|(other, ..)| other == name).unwrap_or_else(|| {
            self.columns.push((name.to_owned(), ColumnBuilder::default(), 0));
            self.columns.len() - 1
        });
        let (_, builder, length) = &mut self.columns[at];
        while *length < position {
            builder.push(Value::Null);
            *length += 1;
        }
        if *length == position {
            builder.push(value);
            *length += 1;
        }
    }

    /// The columns, each with that many rows.
    pub fn finish(self, rows: usize) -> Vec<(String, Column)> {
        let finish = |(name, mut builder, length): (String, ColumnBuilder, usize)| {
            for _ in length..rows {
                builder.push(Value::Null);
            }
            (name, builder.finish())
        };
        self.columns.into_iter().map(finish).collect()
    }
}

/// Reads the records of a file and adds them to `records`. `text` names the field that holds the text.
pub fn read_file(path: &Path, format: Option<Format>, text: &str, records: &mut Records) {
    let source = path.to_string_lossy().into_owned();
    match std::fs::read(path) {
        Ok(bytes) if bytes.is_empty() && is_packed(path) => {
            records.push(
                &source,
                None,
                Err(Error::new(
                    Kind::BadFile,
                    "is not whole: an archive of no bytes; expected a gzip or Zstandard file",
                )),
            );
        }
        Ok(bytes) => read_bytes(&bytes, &source, format.or_else(|| Format::from_path(path)), text, records),
        Err(error) => {
            records.push(&source, None, Err(Error::new(Kind::BadFile, format!("cannot be read: {error}"))));
        }
    }
}

/// Whether a file name tells that the file is packed.
fn is_packed(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
    ending.is_some_and(|ending| ["gz", "zst", "zstd"].contains(&ending.as_str()))
}

/// Reads the records of a file that is in memory; see [`read_file`].
pub fn read_bytes(bytes: &[u8], source: &str, format: Option<Format>, text: &str, records: &mut Records) {
    let content = match unpack::unpack(bytes) {
        Ok(content) => content,
        Err(error) => return records.push(source, None, Err(error)),
    };
    let (content, note) = match decode::decode(&content) {
        Ok(decoded) => decoded,
        Err(error) => return records.push(source, None, Err(error)),
    };
    records.notes.extend(note.map(|note| note.in_source(source)));
    match format.unwrap_or_else(|| Format::from_content(&content)) {
        Format::Text => plain::read(&content, source, records),
        Format::JsonLines => json::read_lines(&content, source, text, records),
        Format::Json => json::read_list(&content, source, text, records),
        Format::Csv => csv::read(&content, b',', source, text, records),
        Format::Tsv => csv::read(&content, b'\t', source, text, records),
    }
}

/// The reason given for a record without a text.
fn no_text<'a>(text: &str, fields: impl Iterator<Item = &'a str>) -> Error {
    let fields: Vec<&str> = fields.collect();
    let there = if fields.is_empty() { "no field at all".to_owned() } else { fields.join(", ") };
    Error::new(Kind::MissingText, format!("there is no text; the record has {there}")).in_field(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], format: Option<Format>) -> Records {
        let mut records = Records::default();
        read_bytes(bytes, "a.file", format, "text", &mut records);
        records
    }

    fn texts(records: &Records) -> Vec<&str> {
        records.texts.iter().collect()
    }

    #[test]
    fn a_broken_line_keeps_its_place_among_the_others() {
        let records =
            read(b"{\"text\": \"a\", \"n\": 1}\n{\"text\": \n\n{\"text\": \"c\", \"m\": 2}\n", None);
        assert_eq!(texts(&records), ["a", "", "c"]);
        assert_eq!(records.bad.len(), 1);
        let message = records.bad[0].1.to_string();
        assert!(message.starts_with("a.file, line 2: is not JSON"), "{message}");
        let fields = records.fields.finish(3);
        assert_eq!(fields[0].1.show(0).as_deref(), Some("1"));
        assert_eq!(fields[1].1.show(2).as_deref(), Some("2"));
        assert_eq!(fields[1].1.show(0), None);
    }

    #[test]
    fn a_ragged_row_is_refused_with_its_line() {
        let records = read(b"text,n\na,1\nb,2,3\n\"c\nd\",4\n", Some(Format::Csv));
        assert_eq!(texts(&records), ["a", "", "c\nd"]);
        assert_eq!(records.bad[0].1.place().line, Some(3));
    }

    #[test]
    fn a_table_without_a_text_column_says_which_columns_it_has() {
        let records = read(b"body,n\na,1\n", Some(Format::Csv));
        assert!(records.bad[0].1.to_string().contains("body, n"), "{}", records.bad[0].1);
    }

    #[test]
    fn a_list_holds_objects_and_strings() {
        let records = read(b" [{\"text\": \"a\"}, \"b\", 3, {\"title\": \"x\"}]", None);
        assert_eq!(texts(&records), ["a", "b", "", ""]);
        assert_eq!(records.bad.len(), 2);
    }

    #[test]
    fn a_plain_file_is_cut_at_its_date_lines() {
        let records = read("é\ndate 2019-01-08 a\n\nb\ndate 2019-01-09 c".as_bytes(), None);
        assert_eq!(texts(&records), ["é\n", "date 2019-01-08 a\n\nb\n", "date 2019-01-09 c"]);
        assert_eq!(records.starts(), [Some(0), Some(2), Some(23)]);
    }

    #[test]
    fn other_encodings_are_read_and_noted() {
        let records = read(b"caf\xe9 \x93quote\x94", None);
        assert_eq!(texts(&records), ["café “quote”"]);
        assert_eq!(records.notes.len(), 1);
        assert_eq!(texts(&read(b"\xef\xbb\xbfhello", None)), ["hello"]);
        assert_eq!(texts(&read(b"\xff\xfeh\0i\0", None)), ["hi"]);
    }

    #[test]
    fn a_truncated_archive_is_a_bad_file() {
        let packed = zstd::encode_all(&b"some text that is long enough to be cut"[..], 1).unwrap();
        assert_eq!(texts(&read(&packed, None)), ["some text that is long enough to be cut"]);
        assert_eq!(read(&packed[..packed.len() - 4], None).bad[0].1.kind(), Kind::BadFile);
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_overflow() {
        let deep = format!("{{\"text\": {}", "[".repeat(100_000));
        assert_eq!(read(deep.as_bytes(), None).bad[0].1.kind(), Kind::BadRecord);
    }
}
