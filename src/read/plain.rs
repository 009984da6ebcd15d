//! Plain text: one article, or many, each opened by a line `date YYYY-MM-DD …`.

use super::content::Content;
use super::records::Records;
use crate::article::header_lines;
use crate::error::Result;

/// Adds the articles of a plain-text file. A file of white space alone holds one article without a token, so that a file
/// given is a file counted.
pub(crate) fn read(content: &mut Content<'_>, records: &mut Records) -> Result<()> {
    let mut starts = header_lines(content.bytes, content.watch())?;
    if starts.is_empty() {
        starts.push(0);
    }
    for (i, &start) in starts.iter().enumerate() {
        let end = starts.get(i + 1).copied().unwrap_or(content.bytes.len());
        content.listen(end)?;
        let (text, character) = (content.text(start..end, records), content.character(start));
        records.push(content.source, Some(character), None, Ok(&text))?;
    }
    Ok(())
}
