//! Which pieces of a text are mark-up that was left in it?
//!
//! Text that was taken out of a web page often holds character references (`&amp;`, `&#8217;`) and
//! tags (`<br/>`). A reference represents its character, also inside a word: `AT&amp;T`. A tag is
//! one token, of no kind that counts.
//!
//! Cost: one look-up where an ampersand or a less-than sign occurs; look-ahead is bounded.

use rustc_hash::FxHashMap;

use super::token::Scanner;
use crate::batch::Static;
use crate::language::sections;

/// The maximum length of a reference, and of a tag, in bytes.
const LONGEST_REFERENCE: usize = 12;
const LONGEST_TAG: usize = 2048;
const LONGEST_TAG_NAME: usize = 10;

/// What a tag does to a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// It begins or ends a line, and so a sentence.
    Block,
    /// Nothing.
    Inline,
}

struct Names {
    references: FxHashMap<&'static str, char>,
    tags: FxHashMap<&'static str, Tag>,
}

static NAMES: Static<Names> = Static::new(|| {
    let mut names = Names { references: FxHashMap::default(), tags: FxHashMap::default() };
    for (section, line) in sections(include_str!("../data/html.txt")) {
        for entry in line.split_ascii_whitespace() {
            let tag = if section == "block" { Tag::Block } else { Tag::Inline };
            if let Some((name, code)) = entry.split_once('=') {
                let c = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
                names.references.insert(name, c.unwrap_or('&'));
            } else {
                names.tags.insert(entry, tag);
            }
        }
    }
    names
});

/// The character that the reference at the start of `text` represents, and the length of the
/// reference. An ampersand that was escaped twice counts as one: `&amp;nbsp;`.
pub(crate) fn reference(text: &str) -> Option<(char, usize)> {
    let (c, length) = simple_reference(text.strip_prefix('&')?)?;
    if c == '&'
        && let Some((c, more)) = text.get(length + 1..).and_then(simple_reference)
    {
        return Some((c, length + 1 + more));
    }
    Some((c, length + 1))
}

/// The character that the reference at the start of `text` represents, read once, and its length.
pub(crate) fn single_reference(text: &str) -> Option<(char, usize)> {
    let (c, length) = simple_reference(text.strip_prefix('&')?)?;
    Some((c, length + 1))
}

/// The character of a reference without its ampersand, and the length up to its semicolon.
fn simple_reference(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(LONGEST_REFERENCE).position(|byte| byte == b';')?;
    let name = text.get(..end)?;
    let c = match name.strip_prefix('#') {
        Some(code) => {
            let hexadecimal = code.strip_prefix(['x', 'X']);
            let code = match hexadecimal {
                Some(code) => u32::from_str_radix(code, 16),
                None => code.parse(),
            };
            windows(code.ok()?)?
        }
        None => *NAMES.references.get(name)?,
    };
    Some((c, end + 1))
}

/// The character of a code point; those that only Windows defines as Windows does, as browsers do.
fn windows(code: u32) -> Option<char> {
    char::from_u32(match code {
        0x82 => 0x201A,
        0x84 => 0x201E,
        0x85 => 0x2026,
        0x91 => 0x2018,
        0x92 => 0x2019,
        0x93 => 0x201C,
        0x94 => 0x201D,
        0x95 => 0x2022,
        0x96 => 0x2013,
        0x97 => 0x2014,
        _ => code,
    })
    .filter(|&c| c == '\n' || c == '\t' || !c.is_control())
}

/// What kind of tag a token is; `None` for any other token.
pub(super) fn tag_of(token: &[u8]) -> Option<Tag> {
    if token.len() < 3 || token[0] != b'<' {
        return None;
    }
    let rest = token[1..].strip_prefix(b"/").unwrap_or(&token[1..]);
    if rest.starts_with(b"!--") {
        return Some(Tag::Inline);
    }
    let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    tag_named(&rest[..length])
}

fn tag_named(name: &[u8]) -> Option<Tag> {
    let mut buffer = [0; LONGEST_TAG_NAME];
    let lower = buffer.get_mut(..name.len())?;
    lower.copy_from_slice(name);
    lower.make_ascii_lowercase();
    NAMES.tags.get(std::str::from_utf8(lower).ok()?).copied()
}

impl Scanner<'_> {
    /// The character that the reference at `at` represents, and where the reference ends.
    pub(super) fn reference_at(&self, at: usize) -> Option<(char, usize)> {
        let (c, length) = reference(self.text.get(at..)?)?;
        Some((c, at + length))
    }

    /// The end of the tag or comment that begins at `at`.
    pub(super) fn tag_end(&self, at: usize) -> Option<usize> {
        let limit = (at + LONGEST_TAG).min(self.bytes.len());
        let inside = self.bytes.get(at + 1..limit)?;
        if inside.starts_with(b"!--") {
            return inside.windows(3).position(|three| three == b"-->").map(|end| at + end + 4);
        }
        let (closing, rest) = match inside.strip_prefix(b"/") {
            Some(rest) => (true, rest),
            None => (false, inside),
        };
        let length =
            rest.iter().take(LONGEST_TAG_NAME + 1).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        tag_named(rest.get(..length)?)?;
        let end = length + rest[length..].iter().position(|&byte| matches!(byte, b'>' | b'<'))?;
        let attributes = &rest[length..end];
        let bare = attributes.iter().all(|byte| matches!(byte, b' ' | b'/' | b'\n' | b'\r' | b'\t'));
        // `<F>` and `<GM>` are codes of companies in old wire copy; `a <b and c> d` has no tag.
        let code = !closing && attributes.is_empty() && length == 1 && rest[0].is_ascii_uppercase();
        let tag = rest[end] == b'>' && !code && (bare || !closing && attributes.contains(&b'='));
        tag.then(|| at + 1 + usize::from(closing) + end + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::token::{TokenKind, tokenize};
    use super::*;

    fn tokens(text: &str) -> Vec<(&str, TokenKind)> {
        let mut tokens = Vec::new();
        tokenize(text, &mut tokens);
        tokens.iter().map(|token| (&text[token.start as usize..token.end as usize], token.kind)).collect()
    }

    #[test]
    fn a_reference_represents_its_character() {
        assert_eq!(reference("&eacute;t"), Some(('é', 8)));
        assert_eq!(reference("&#8217;"), Some(('’', 7)));
        assert_eq!(reference("&#x2019;s"), Some(('’', 8)));
        assert_eq!(reference("&#146;"), Some(('’', 6)));
        assert_eq!(reference("&amp;nbsp;"), Some(('\u{a0}', 10)));
        assert_eq!(reference("&amp;"), Some(('&', 5)));
        for none in ["&T;", "& more;", "&", "&#0;", "&#xfffffff;", "&ampersand;"] {
            assert_eq!(reference(none), None, "{none}");
        }
    }

    #[test]
    fn a_reference_is_part_of_the_word_that_its_character_is_part_of() {
        use TokenKind::{Possessive, Punctuation, Symbol, Word};
        assert_eq!(tokens("B&amp;Q"), [("B&amp;Q", Word)]);
        assert_eq!(tokens("caf&eacute;s"), [("caf&eacute;s", Word)]);
        assert_eq!(tokens("&Eacute;lys&eacute;e"), [("&Eacute;lys&eacute;e", Word)]);
        assert_eq!(tokens("Lund&rsquo;s"), [("Lund", Word), ("&rsquo;s", Possessive)]);
        assert_eq!(tokens("it&#39;s"), [("it&#39;s", Word)]);
        assert_eq!(tokens("&ldquo;Go"), [("&ldquo;", Punctuation), ("Go", Word)]);
        assert_eq!(tokens("Oak &amp; Elm"), [("Oak", Word), ("&amp;", Symbol), ("Elm", Word)]);
        assert_eq!(tokens("two&nbsp;men"), [("two", Word), ("&nbsp;", Symbol), ("men", Word)]);
    }

    #[test]
    fn a_tag_is_one_token_and_a_company_code_is_none() {
        use TokenKind::{Symbol, Word};
        for tag in ["<p>", "</div>", "<br />", "<BR>", "<a href=\"x?a=1&b=2\">", "<!-- ad -->", "</B>"] {
            assert_eq!(tokens(tag), [(tag, Symbol)], "{tag}");
            assert_eq!(tokens(&format!("Rain{tag}fell")).len(), 3, "{tag}");
        }
        assert_eq!(tokens("<F> fell"), [("<", Symbol), ("F", Word), (">", Symbol), ("fell", Word)]);
        assert_eq!(tokens("a <b and c> d").len(), 7);
        assert_eq!(tokens("<Lund>").len(), 3);
    }
}
