//! Which characters of a text are visible, and which would control the terminal that prints it?

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a joiner (zero-width joiner or non-joiner) is needed for correct writing: it is between
/// two visible characters outside ASCII.
pub(crate) fn joins(before: Option<char>, char: char, next: Option<char>) -> bool {
    let seen = |char: Option<char>| {
        char.is_some_and(|char| !char.is_ascii() && !char.is_whitespace() && !is_hidden(char))
    };
    matches!(char, '\u{200c}' | '\u{200d}') && seen(before) && seen(next)
}

/// Whether a character is invisible, or changes how other characters are displayed.
pub(crate) fn is_hidden(char: char) -> bool {
    char.is_control()
        || matches!(
            char,
            '\u{ad}' // soft hyphen
            | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' // direction
            | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{feff}' // zero width
            | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}' // fillers
            | '\u{2028}' | '\u{2029}' | '\u{206a}'..='\u{206f}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}' // tags
            | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{f0000}'.. // private use, noncharacters
        )
        || u32::from(char) & 0xfffe == 0xfffe
}

/// A text on one line, for display outside a table: hidden characters are escaped, and nothing is
/// truncated.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return text.into();
    }
    let mut line = String::with_capacity(text.len() + 8);
    let mut before = None;
    let mut read = text.chars().peekable();
    while let Some(char) = read.next() {
        if is_hidden(char) && !joins(before, char, read.peek().copied()) {
            push_escaped(&mut line, char);
        } else {
            line.push(char);
        }
        before = Some(char);
    }
    line.into()
}

/// Appends a character as Python would write it in a string literal.
pub(crate) fn push_escaped(line: &mut String, char: char) {
    let code = u32::from(char);
    // Writing to a string cannot fail.
    let _ = match code {
        0x09 => line.write_str("\\t"),
        0x0a => line.write_str("\\n"),
        0x0d => line.write_str("\\r"),
        ..0x100 => write!(line, "\\x{code:02x}"),
        0x100..0x1_0000 => write!(line, "\\u{code:04x}"),
        _ => write!(line, "\\U{code:08x}"),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_one_line_without_control_characters() {
        assert_eq!(visible("a\n\t\r\u{1b}[1m \u{202e}"), "a\\n\\t\\r\\x1b[1m \\u202e");
        for text in ["", "José said “no” 👨\u{200d}👩", "a\u{a0}b"] {
            assert_eq!(visible(text), text);
        }
    }
}
