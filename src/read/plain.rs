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
    input.pass(length, wrong, records)
}

#[cfg(test)]
mod tests {
    use crate::read::file::tests::{read, texts};
    use crate::read::{Format, Records};

    fn starts(text: &str) -> Vec<i64> {
        let records: Records = read(text.as_bytes(), Some(Format::Text));
        records.starts().iter().flatten().copied().collect()
    }

    #[test]
    fn each_header_line_starts_an_article() {
        assert_eq!(starts("date 2019-01-08 a\nb date 2019-01-09\n date 2019-01-10\nc"), [0, 36]);
        assert_eq!(starts("date 2019-01-08\r\ndate 2019-01-09\rdate 2019-01-10"), [0, 17, 33]);
        assert_eq!(starts("intro\ndate 2019-01-08 a"), [0, 6]);
        assert_eq!(starts("\u{feff} \u{2003}\r\n\u{feff}date 2019-01-08 a"), [4]);
    }

    #[test]
    fn a_file_of_white_space_is_an_article() {
        for text in ["", " \n\u{2003}\u{feff}\x0b", "\n"] {
            let records = read(text.as_bytes(), Some(Format::Text));
            assert_eq!(texts(&records), [text.trim_start_matches('\u{feff}')]);
        }
    }

    #[test]
    fn an_article_may_be_longer_than_a_piece() {
        let long = format!("date 2019-01-08 é{}\r\n", "rain \r\n".repeat(300_000));
        let text = format!("{long}{long}date 2019-01-09 x");
        let records = read(text.as_bytes(), Some(Format::Text));
        assert_eq!(texts(&records), [&long[..], &long, "date 2019-01-09 x"]);
        assert_eq!(records.starts()[2], Some(2 * (long.len() as i64 - 1)));
    }
}
