//! What does some JSON hold, if all of it is needed and little of it is wanted?
//!
//! A document (JSON-LD in a page, a ninjs item) is a list of its values in the order of the source;
//! each knows its key, and where its descendants end. Strings are decoded where somebody asks for
//! them. What programs write that is not quite JSON is read as it is meant: line breaks in strings,
//! commas before a bracket that closes, comments around it all.
//!
//! Cost: linear, without recursion.

use std::borrow::Cow;

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Object,
    List,
    Text,
    /// A number, true, false or null.
    Word,
}

#[derive(Debug, Clone, Copy)]
struct Item {
    kind: Kind,
    /// The bytes of the key, without its quotes; empty in a list.
    key: (u32, u32),
    /// The bytes of a string without its quotes, or of a word.
    value: (u32, u32),
    /// The number after its last descendant.
    end: u32,
}

/// A document.
pub(crate) struct Flat<'a> {
    source: &'a str,
    items: Vec<Item>,
}

impl<'a> Flat<'a> {
    /// Reads what can be read of a document.
    pub(crate) fn parse(source: &'a str) -> Self {
        let bytes = source.as_bytes();
        let mut items: Vec<Item> = Vec::new();
        let mut open: Vec<u32> = Vec::new();
        let (mut at, mut key) = (0, (0, 0));
        while let Some(&byte) = bytes.get(at) {
            let start = at;
            at += 1;
            let kind = match byte {
                b'{' => Kind::Object,
                b'[' => Kind::List,
                b'"' => {
                    at = string_end(bytes, at);
                    Kind::Text
                }
                b'}' | b']' => {
                    if let Some(last) = open.pop() {
                        items[last as usize].end = items.len() as u32;
                    }
                    continue;
                }
                _ if byte.is_ascii_alphanumeric()
                    || byte == b'-' && bytes.get(at).is_some_and(u8::is_ascii_digit) =>
                {
                    at += bytes[at..].iter().take_while(|&&byte| is_word(byte)).count();
                    Kind::Word
                }
                _ => continue,
            };
            let in_object = open.last().is_some_and(|&last| items[last as usize].kind == Kind::Object);
            let value = if kind == Kind::Text {
                (start as u32 + 1, at as u32 - 1)
            } else {
                (start as u32, at as u32)
            };
            if kind == Kind::Text && in_object && key == (0, 0) {
                let rest = bytes.get(at..).unwrap_or_default();
                let colon = at + rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
                if bytes.get(colon) == Some(&b':') {
                    (key, at) = (value, colon + 1);
                    continue;
                }
            }
            let number = items.len() as u32;
            items.push(Item { kind, key: std::mem::take(&mut key), value, end: number + 1 });
            if matches!(kind, Kind::Object | Kind::List) {
                open.push(number);
            }
        }
        for last in open {
            items[last as usize].end = items.len() as u32;
        }
        Self { source, items }
    }

    /// The numbers of all values.
    pub(crate) fn all(&self) -> std::ops::Range<usize> {
        0..self.items.len()
    }

    pub(crate) fn kind(&self, item: usize) -> Kind {
        self.items[item].kind
    }

    /// The values that are directly in an object or a list.
    pub(crate) fn children(&self, item: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.items[item].end as usize;
        let mut at = item + 1;
        std::iter::from_fn(move || {
            let child = at;
            (child < end).then(|| {
                at = self.items[child].end as usize;
                child
            })
        })
    }

    pub(crate) fn key(&self, item: usize) -> &'a str {
        let (start, end) = self.items[item].key;
        &self.source[start as usize..end as usize]
    }

    /// The value of a key.
    pub(crate) fn get(&self, object: usize, key: &str) -> Option<usize> {
        self.children(object).find(|&child| self.key(child) == key)
    }

    /// A string or a word.
    pub(crate) fn text(&self, item: usize) -> Option<Cow<'a, str>> {
        let Item { kind, value: (start, end), .. } = self.items[item];
        let raw = &self.source[start as usize..end as usize];
        match kind {
            Kind::Text => Some(unescaped(raw)),
            Kind::Word if raw != "null" => Some(Cow::Borrowed(raw)),
            _ => None,
        }
    }

    /// The string or word of a key, if it is not blank.
    pub(crate) fn text_of(&self, object: usize, key: &str) -> Option<Cow<'a, str>> {
        self.text(self.get(object, key)?).filter(|text| !text.trim().is_empty())
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-')
}

/// The byte after the quote that closes a string, whose content starts at `from`.
fn string_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(found) = memchr::memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) {
        at += found + 1;
        if bytes[at - 1] == b'"' {
            return at;
        }
        at += 1;
    }
    // A string that does not end ends with the document, as if a quote followed.
    bytes.len() + 1
}

/// A string with its escapes read.
fn unescaped(raw: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\\', raw.as_bytes()).is_none() {
        return Cow::Borrowed(raw);
    }
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(c) = rest.chars().next() else { break };
        rest = &rest[c.len_utf8()..];
        match c {
            'n' => text.push('\n'),
            't' => text.push('\t'),
            'r' => text.push('\r'),
            'b' | 'f' => text.push(' '),
            'u' => {
                let unit = |text: &str| u16::from_str_radix(text.get(..4)?, 16).ok();
                let Some(first) = unit(rest) else { continue };
                rest = &rest[4..];
                let second = rest.strip_prefix("\\u").and_then(unit);
                let pair = second.and_then(|second| char::decode_utf16([first, second]).next()?.ok());
                let is_pair = matches!(first, 0xd800..0xdc00) && pair.is_some();
                if is_pair {
                    rest = &rest[6..];
                }
                let one = || char::from_u32(u32::from(first)).unwrap_or(char::REPLACEMENT_CHARACTER);
                text.push(pair.filter(|_| is_pair).unwrap_or_else(one));
            }
            other => text.push(other),
        }
    }
    text.push_str(rest);
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_their_keys() {
        let json = "{\"@type\": \"NewsArticle\", \"author\": [{\"name\": \"Ida \\\"M\\\" Moe\"}], \"n\": 1.5, \"x\": null,}";
        let flat = Flat::parse(json);
        assert_eq!(flat.text_of(0, "@type").as_deref(), Some("NewsArticle"));
        let author = flat.get(0, "author").unwrap();
        let names: Vec<_> = flat.children(author).filter_map(|one| flat.text_of(one, "name")).collect();
        assert_eq!(names, ["Ida \"M\" Moe"]);
        assert_eq!(flat.text_of(0, "n").as_deref(), Some("1.5"));
        assert_eq!((flat.text_of(0, "x"), flat.get(0, "y")), (None, None));
    }

    #[test]
    fn what_is_not_quite_json_is_read_as_it_is_meant() {
        let flat = Flat::parse("<!-- [{\"a\": \"two\nlines\", }, {\"b\": \"\\u00e9\\ud83d\\ude00\\ud800\"}");
        let objects: Vec<_> = flat.children(0).collect();
        assert_eq!(flat.text_of(objects[0], "a").as_deref(), Some("two\nlines"));
        assert_eq!(flat.text_of(objects[1], "b").as_deref(), Some("é😀\u{fffd}"));
        for cut in ["", "{", "{\"a", "{\"a\":", "{\"a\": \"b", "{\"a\": \"b\\", "]]}", "{\"a\\u00"] {
            assert!(
                Flat::parse(cut).all().all(|item| Flat::parse(cut).text(item).is_some() || item == 0),
                "{cut}"
            );
        }
    }
}
