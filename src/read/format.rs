//! In which format is a file?

use std::path::Path;

use crate::error::{Result, named};

/// The formats that files come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text, one article or many.
    Text,
    /// One JSON object per line.
    JsonLines,
    /// A JSON list of objects or strings.
    Json,
    /// Comma-separated values with a header line.
    Csv,
    /// Tab-separated values with a header line.
    Tsv,
    /// The rows of a binary table as JSON, one per line. A row starts at its number.
    Rows,
}

impl Format {
    /// The format of that name: `text`, `jsonl`, `json`, `csv`, `tsv`.
    ///
    /// # Errors
    /// [`crate::error::Kind::BadOption`]: no format has that name.
    pub fn from_name(name: &str) -> Result<Self> {
        let all = [
            ("text", Self::Text),
            ("jsonl", Self::JsonLines),
            ("json", Self::Json),
            ("csv", Self::Csv),
            ("tsv", Self::Tsv),
        ];
        named("format", name, &all)
    }

    /// The format that a file name indicates, ignoring the suffix of its packing.
    pub(super) fn from_path(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_lowercase();
        let name = [".gz", ".zst", ".zstd"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
        Some(match name.rsplit_once('.')?.1 {
            "txt" | "text" | "md" => Self::Text,
            "jsonl" | "ndjson" => Self::JsonLines,
            "json" => Self::Json,
            "csv" => Self::Csv,
            "tsv" | "tab" => Self::Tsv,
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
}

/// Whether a file name indicates that the file is packed.
pub(super) fn is_packed(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
    ending.is_some_and(|ending| ["gz", "zst", "zstd"].contains(&ending.as_str()))
}
