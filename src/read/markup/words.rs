//! What do the characters in a page say, and what do its makers call things?

use super::name;
use super::tree::Tree;
use crate::text::reference;

/// A text on its way out of mark-up: white space is one blank, references are their characters.
#[derive(Default)]
pub(crate) struct Words {
    pub(crate) text: String,
    /// Whether white space is due before the next character.
    due: bool,
}

impl Words {
    /// Adds a piece of text as it is written in the page.
    pub(crate) fn push(&mut self, raw: &str) {
        let mut rest = raw;
        while let Some(c) = rest.chars().next() {
            if c.is_ascii_graphic() && c != '&' {
                let plain = |byte: &u8| byte.is_ascii_graphic() && *byte != b'&';
                let end = rest.bytes().position(|byte| !plain(&byte)).unwrap_or(rest.len());
                self.blank();
                self.text.push_str(&rest[..end]);
                rest = &rest[end..];
                continue;
            }
            let (c, length) = if c == '&' { reference(rest).unwrap_or((c, 1)) } else { (c, c.len_utf8()) };
            rest = &rest[length..];
            if c.is_whitespace() {
                self.due = true;
            } else if !is_invisible(c) {
                self.blank();
                self.text.push(c);
            }
        }
    }

    /// White space between two elements.
    pub(crate) fn space(&mut self) {
        self.due = true;
    }

    /// Begins a new text and returns where.
    pub(crate) fn begin(&mut self) -> usize {
        self.due = false;
        self.text.len()
    }

    fn blank(&mut self) {
        if std::mem::take(&mut self.due) && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push(' ');
        }
    }

    /// Ends a text with a line break.
    pub(crate) fn end(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.due = false;
    }
}

/// Whether a character has no width: it is in a page for its line breaks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}')
        || c.is_control()
}

/// A value of an attribute or a field, as it is read.
pub(crate) fn plain(raw: &str) -> String {
    let mut words = Words::default();
    words.push(raw);
    words.text
}

/// A string that may hold mark-up, without its tags.
pub(crate) fn without_tags(raw: &str) -> String {
    let mut words = Words::default();
    let mut rest = raw;
    while let Some(open) = rest.find('<') {
        words.push(&rest[..open]);
        let Some(close) = rest[open..].find('>') else { break };
        words.space();
        rest = &rest[open + close + 1..];
    }
    words.push(rest);
    words.text
}

/// Calls a function with each word, in lower case, of a name that makers of pages give
/// (`relatedPosts`, `article__related-posts`). The words begin with a capital, or after a mark.
pub(crate) fn each_word(name: &str, mut take: impl FnMut(&str)) {
    let bytes = name.as_bytes();
    let mut start = 0;
    let mut lower = [0_u8; 24];
    for at in 0..=bytes.len() {
        let byte = bytes.get(at).copied().unwrap_or(b' ');
        let breaks = !byte.is_ascii_alphanumeric()
            || byte.is_ascii_uppercase() && at > start && bytes[at - 1].is_ascii_lowercase();
        if !breaks {
            continue;
        }
        let word = &bytes[start..at];
        if let Some(lower) = lower.get_mut(..word.len()).filter(|word| !word.is_empty()) {
            lower.copy_from_slice(word);
            lower.make_ascii_lowercase();
            take(std::str::from_utf8(lower).unwrap_or_default());
        }
        start = if byte.is_ascii_alphanumeric() { at } else { at + 1 };
    }
}

/// Whether a text holds tags of HTML that are left from a page.
pub fn holds_tags(text: &str) -> bool {
    /// How many less-than signs are looked at.
    const MOST: usize = 64;
    const TAGS: [&str; 9] = ["p>", "/p>", "br>", "br/", "br /", "div", "/div", "/a>", "a href"];
    memchr::memchr_iter(b'<', text.as_bytes()).take(MOST).any(|at| {
        let tag = &text.as_bytes()[at + 1..];
        TAGS.iter()
            .any(|name| tag.len() >= name.len() && tag[..name.len()].eq_ignore_ascii_case(name.as_bytes()))
    })
}

/// The words of a text as they are compared: letters and digits in lower case.
pub(crate) fn same(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The text in an element, on one line.
pub(crate) fn text_in(tree: &Tree<'_>, node: usize) -> String {
    /// How many elements and pieces of text there may be in it.
    const MOST: usize = 200;
    let mut words = Words::default();
    let mut at = node + 1;
    let end = (tree.nodes[node].end as usize).min(at + MOST);
    while at < end {
        match tree.nodes[at].name {
            name::TEXT => words.push(tree.raw(at)),
            name::SCRIPT | name::STYLE | name::SVG => {
                at = tree.nodes[at].end as usize;
                continue;
            }
            other if name::is_block(other) || other == name::BR => words.space(),
            _ => {}
        }
        at += 1;
    }
    words.text
}
