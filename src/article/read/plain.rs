//! Plain text: one article, or many, each opened by a line `date YYYY-MM-DD …`.

use super::Records;
use crate::article::header_lines;
use crate::span::CharCursor;

/// Adds the articles of a plain-text file. A file of white space alone holds one article without a token, so that a file
/// given is a file counted.
pub(super) fn read(content: &str, source: &str, records: &mut Records) {
    let mut starts = header_lines(content);
    if starts.is_empty() {
        starts.push(0);
    }
    let mut cursor = CharCursor::new(content);
    for (i, &start) in starts.iter().enumerate() {
        let end = starts.get(i + 1).copied().unwrap_or(content.len());
        records.push(source, Some(cursor.at(start)), Ok(&content[start..end]));
    }
}
