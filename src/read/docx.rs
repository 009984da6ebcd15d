//! Which text is in a Word document?
//!
//! A document is zipped XML: `w:p` is a paragraph, and `w:t` a piece of its text. Styles, notes and
//! what was deleted are not read.

use super::markup::name::{self, Name, TEXT};
use super::markup::strict;
use crate::batch::Watch;
use crate::error::{Error, Kind, Result};

const T: Name = name::name(b"t");
const TAB: Name = name::name(b"tab");

/// The text of `word/document.xml`, with a blank line between paragraphs.
///
/// # Errors
/// [`Kind::BadFile`]: it is damaged. Cancellation.
pub(super) fn text(document: &[u8], watch: &Watch) -> Result<String> {
    let source = String::from_utf8_lossy(document);
    let tree = strict::parse(&source, watch)?
        .map_err(|(what, _)| Error::new(Kind::BadFile, format!("is not whole: {what}")))?;
    let mut text = String::new();
    for at in 1..tree.nodes.len() {
        let node = tree.nodes[at];
        match node.name {
            name::P if !text.is_empty() && !text.ends_with("\n\n") => text.push_str("\n\n"),
            name::BR => text.push('\n'),
            TAB => text.push(' '),
            TEXT if tree.nodes[node.parent as usize].name == T => text.push_str(&tree.unescaped_text(at)),
            _ => {}
        }
    }
    Ok(text)
}
