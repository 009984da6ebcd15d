//! Plain text: one article, or many, each opened by a line `date YYYY-MM-DD …`.

use super::input::Input;
use super::records::Records;
use crate::article::{is_blank, opens_article};
use crate::error::Result;

/// Adds the articles of a plain-text file. Every line that opens with a header starts one; so does
/// any text before the first header. A file of white space alone holds one article without tokens,
/// so that every file counts.
pub(crate) fn read(input: &mut Input<'_>, records: &mut Records) -> Result<()> {
    // Where the current line of the window starts, and how far it was searched for its end.
    let (mut line, mut searched) = (0, 0);
    let mut is_open = false;
    loop {
        let window = input.window();
        let found = memchr::memchr2(b'\n', b'\r', &window[searched..]);
        let end = found.map_or(window.len(), |found| searched + found + 1);
        searched = end;
        if found.is_none() && input.more()? {
            continue;
        }
        let window = input.window();
        if opens_article(&window[line..end]) {
            if is_open || !is_blank(&window[..line]) {
                add(line, input, records)?;
            } else {
                input.skip(line)?;
            }
            searched -= line;
            is_open = true;
        }
        if found.is_none() {
            return add(input.window().len(), input, records);
        }
        line = searched;
    }
}

/// Adds the article that takes the first `length` bytes of the window.
fn add(length: usize, input: &mut Input<'_>, records: &mut Records) -> Result<()> {
    let (text, wrong) = input.characters(length);
    records.push(Some(input.character()), None, Ok(&text))?;
    input.pass(length, wrong, records)?;
    records.pass_on()
}
