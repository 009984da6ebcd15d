//! Which pieces of a text are mark-up that was left in it?
//!
//! Text that was taken out of a web page often holds character references (`&amp;`, `&#8217;`) and
//! tags (`<br/>`, and escaped once more `&lt;br/&gt;`). A reference represents its character, also
//! inside a word: `AT&amp;T`. A tag is one token, of no kind that counts; so is a script or a style
//! sheet from its first tag to its last, and a code of a content system: `[caption id="4"]`.
//!
//! Cost: one look-up where an ampersand, a less-than sign or a bracket occurs; look-ahead is
//! bounded, but for a script, whose text is read twice.

use rustc_hash::FxHashMap;

use super::token::Scanner;
use crate::batch::Static;
use crate::language::sections;

/// The maximum length of a reference, and of a tag, in bytes.
const LONGEST_REFERENCE: usize = 12;
const LONGEST_TAG: usize = 2048;
const LONGEST_TAG_NAME: usize = 10;

/// The sign that opens a tag, where it was escaped once more, and the one that closes it.
const ESCAPED_OPEN: &[u8] = b"&lt;";
const ESCAPED_CLOSE: &[u8] = b"&gt;";

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

/// A tag without the sign that opens it; `None` for any other token.
pub(super) fn inside_tag(token: &[u8]) -> Option<&[u8]> {
    token.strip_prefix(b"<").or_else(|| token.strip_prefix(ESCAPED_OPEN)).filter(|rest| rest.len() > 1)
}

/// What kind of tag a token is; `None` for any other token.
pub(super) fn tag_of(token: &[u8]) -> Option<Tag> {
    let (_, rest) = without_slash(inside_tag(token)?);
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

/// Whether what follows the sign that opens a tag closes an element, and the rest of it.
fn without_slash(inside: &[u8]) -> (bool, &[u8]) {
    inside.strip_prefix(b"/").map_or((false, inside), |rest| (true, rest))
}

/// The length of a tag's name in bytes; longer ones than any that is known are cut off.
fn name_length(tag: &[u8]) -> usize {
    tag.iter().take(LONGEST_TAG_NAME + 1).take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

/// Whether what is between the signs of a tag, whose name has `length` bytes, is as in one.
fn ends_as_tag(inside: &[u8], length: usize, closing: bool) -> bool {
    let attributes = &inside[length..];
    let bare = attributes.iter().all(|byte| matches!(byte, b' ' | b'/' | b'\n' | b'\r' | b'\t'));
    // `<F>` and `<GM>` are codes of companies in old wire copy; `a <b and c> d` has no tag.
    let code = !closing && attributes.is_empty() && length == 1 && inside[0].is_ascii_uppercase();
    !code && (bare || !closing && attributes.contains(&b'='))
}

/// Whether what is between the signs of a tag, whose name is in no list, is that of one: its name
/// is in lower case, and it has a value in quotation marks or ends itself, as `<tweet id="4">` and
/// `<tweet/>` do.
fn is_custom(inside: &[u8], closing: bool) -> bool {
    let name =
        inside.iter().take_while(|byte| byte.is_ascii_lowercase() || matches!(byte, b'-' | b':')).count();
    let value = |quote: u8| inside[name..].windows(2).any(|two| two == [b'=', quote]);
    // `</tweet>`, `<o:p>`
    let bare = name == inside.len() && (closing || inside.contains(&b':'));
    name > 1
        && (bare
            || &inside[name..] == b"/"
            || inside[name..].starts_with(b" ") && (value(b'"') || value(b'\'')))
}

/// Whether attributes of a code of a content system have a value: ` id="4"`, `=red`.
fn has_value(attributes: &[u8]) -> bool {
    matches!(attributes.first(), Some(b' ' | b'=')) && attributes.contains(&b'=')
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
        let (closing, rest) = without_slash(inside);
        let length = name_length(rest);
        let end = length + rest[length..].iter().position(|&byte| matches!(byte, b'>' | b'<'))?;
        let inside = &rest[..end];
        let known = tag_named(&rest[..length]).is_some();
        let tag = rest[end] == b'>'
            && if known { ends_as_tag(inside, length, closing) } else { is_custom(inside, closing) };
        let end = at + 1 + usize::from(closing) + end + 1;
        tag.then(|| if closing { end } else { self.element_end(&rest[..length], end) })
    }

    /// The end of an escaped tag that begins at `at`: `&lt;p class="x"&gt;`.
    pub(super) fn escaped_tag_end(&self, at: usize) -> Option<usize> {
        let limit = (at + LONGEST_TAG).min(self.bytes.len());
        let inside = self.bytes.get(at..limit)?.strip_prefix(ESCAPED_OPEN)?;
        let (closing, rest) = without_slash(inside);
        let length = name_length(rest);
        tag_named(rest.get(..length)?)?;
        let end = rest.windows(ESCAPED_OPEN.len()).position(|four| matches!(four, b"&gt;" | b"&lt;"))?;
        let tag = rest[end..].starts_with(ESCAPED_CLOSE) && ends_as_tag(&rest[..end], length, closing);
        tag.then(|| at + ESCAPED_OPEN.len() + usize::from(closing) + end + ESCAPED_CLOSE.len())
    }

    /// The end of the code of a content system that begins at `at`: `[caption id="4"]`,
    /// `[/caption]`. A name alone in brackets is a word: `[sic]`.
    pub(super) fn code_end(&self, at: usize) -> Option<usize> {
        let limit = (at + LONGEST_TAG).min(self.bytes.len());
        let inside = self.bytes.get(at + 1..limit)?;
        let (closing, rest) = without_slash(inside);
        let length = rest.iter().take_while(|&&byte| byte.is_ascii_lowercase() || byte == b'_').count();
        let end = length + rest[length..].iter().position(|&byte| matches!(byte, b']' | b'[' | b'\n'))?;
        let attributes = &rest[length..end];
        // `[embed]`, which `[/embed]` closes
        let closed = || {
            memchr::memmem::find_iter(&rest[end..], b"[/").any(|last| {
                let name = &rest[end + last + 2..];
                name.starts_with(&rest[..length]) && name.get(length) == Some(&b']')
            })
        };
        let fits =
            if attributes.is_empty() { closing || closed() } else { !closing && has_value(attributes) };
        (rest[end] == b']' && length > 0 && fits).then(|| at + 1 + usize::from(closing) + end + 1)
    }

    /// The end of the element whose first tag ends at `from`: of a script or a style sheet the end
    /// of its last tag, as nobody reads what is between; of any other element `from`. One that is
    /// not closed before the next one opens has `from`, too, so that each byte is read once.
    fn element_end(&self, name: &[u8], from: usize) -> usize {
        if !(name.eq_ignore_ascii_case(b"script") || name.eq_ignore_ascii_case(b"style")) {
            return from;
        }
        let mut at = from;
        while let Some(ahead) = self.bytes[at..].iter().position(|&byte| byte == b'<') {
            at += ahead + 1;
            let (closing, rest) = without_slash(&self.bytes[at..]);
            if rest.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name)) {
                let end = rest.iter().take(LONGEST_TAG).position(|&byte| byte == b'>');
                return end.filter(|_| closing).map_or(from, |end| at + 1 + end + 1);
            }
        }
        from
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
        for tag in ["<tweet tweet-id=\"4\">", "<tweet/>", "</tweet>", "<o:p>"] {
            assert_eq!(tokens(tag), [(tag, Symbol)], "{tag}");
        }
        for tag in ["&lt;p&gt;", "&lt;/p&gt;", "&lt;br /&gt;", "&lt;a href=&quot;x&quot;&gt;"] {
            assert_eq!(tokens(tag), [(tag, Symbol)], "{tag}");
            assert_eq!(tokens(&format!("Rain{tag}fell")).len(), 3, "{tag}");
        }
        assert_eq!(tokens("[embed]Rain[/embed]").len(), 3);
        for code in ["[caption id=\"a\" width=\"3\"]", "[/caption]", "[url=http://a.b/c]"] {
            assert_eq!(tokens(code), [(code, Symbol)], "{code}");
        }
        for script in ["<script>let a = b < c;</script>", "<style type=\"a\">p { x: y }</STYLE >"] {
            assert_eq!(tokens(script), [(script, Symbol)], "{script}");
        }
        assert_eq!(tokens("<script>Rain").len(), 2);
        assert_eq!(tokens("[sic] [4] [a = b").len(), 10);
        assert_eq!(tokens("p &lt; q").len(), 3);
        assert_eq!(tokens("<F> fell"), [("<", Symbol), ("F", Word), (">", Symbol), ("fell", Word)]);
        assert_eq!(tokens("a <b and c> d").len(), 7);
        assert_eq!(tokens("<Lund>").len(), 3);
    }
}
