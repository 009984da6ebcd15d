//! Is an XML file whole, and what is inside what?
//!
//! Every element must close, in the order in which they opened; what does not is an error with its
//! byte, so that a file that was cut short is never half an article. Files that declare entities
//! are refused: an entity can represent gigabytes, or another file. References to characters
//! are read; a document type elsewhere is never fetched.
//!
//! Cost: linear. Nothing recurs.

use super::name::{self, Name, TEXT};
use super::tree::{Node, Tree, ends_name, tag_end};
use crate::batch::Watch;
use crate::error::Result;

/// What is wrong with some XML, and at which byte.
pub(crate) type Fault = (String, usize);

/// How many bytes are read between two checks of the watch.
const STRIDE: usize = 1 << 18;

const CDATA: &str = "<![CDATA[";

/// Reads an XML file.
///
/// # Errors
/// Cancellation. A fault is not an error of this function, since only the caller knows the lines.
pub(crate) fn parse<'a>(source: &'a str, watch: &Watch) -> Result<std::result::Result<Tree<'a>, Fault>> {
    let bytes = source.as_bytes();
    let mut nodes = vec![Node { name: 1, start: 0, stop: 0, parent: 0, end: 0 }];
    // Names, numbers, and where the name is in the source.
    let mut open: Vec<(Name, u32, (usize, usize))> = Vec::new();
    let (mut at, mut listen) = (0, 0);
    let push = |nodes: &mut Vec<Node>, name: Name, start: usize, stop: usize, parent: u32| {
        let end = nodes.len() as u32 + 1;
        nodes.push(Node { name, start: start as u32, stop: stop as u32, parent, end });
    };
    loop {
        if at >= listen {
            watch.check()?;
            listen = at + STRIDE;
        }
        let parent = open.last().map_or(0, |&(_, number, _)| number);
        let tag = memchr::memchr(b'<', &bytes[at..]).map_or(bytes.len(), |found| at + found);
        if tag > at && !open.is_empty() {
            push(&mut nodes, TEXT, at, tag, parent);
        }
        let Some(rest) = source.get(tag..).filter(|rest| !rest.is_empty()) else { break };
        let skip = |end: &str, what: &str| match memchr::memmem::find(rest.as_bytes(), end.as_bytes()) {
            Some(found) => Ok(tag + found + end.len()),
            None => Err((format!("{what} does not end; expected \"{end}\""), tag)),
        };
        let next = if rest.starts_with("<!--") {
            skip("-->", "a comment")
        } else if rest.starts_with(CDATA) {
            let end = skip("]]>", "a CDATA section");
            if let (Ok(end), false) = (&end, open.is_empty()) {
                push(&mut nodes, TEXT, tag + CDATA.len(), end - 3, parent);
            }
            end
        } else if rest.starts_with("<?") {
            skip("?>", "a declaration")
        } else if rest.starts_with("<!") {
            doctype(rest).map(|length| tag + length).map_err(|(what, byte)| (what, tag + byte))
        } else {
            let closes = rest.starts_with("</");
            let first = tag + 1 + usize::from(closes);
            let length = bytes[first..].iter().take_while(|&&byte| !ends_name(byte)).count();
            let stop = tag_end(bytes, first + length);
            if length == 0 {
                Err(("a \"<\" opens no tag; expected \"&lt;\" for the sign".to_owned(), tag))
            } else if stop >= bytes.len() {
                Err(("a tag does not end; expected \">\"".to_owned(), tag))
            } else if closes {
                let name = name::xml_name(&bytes[first..first + length]);
                match open.pop() {
                    Some((opened, number, _)) if opened == name => {
                        nodes[number as usize].end = nodes.len() as u32;
                        Ok(stop + 1)
                    }
                    Some((_, _, (from, to))) => {
                        let (opened, closing) = (&source[from..to], &source[first..first + length]);
                        Err((format!("</{closing}> closes nothing; expected </{opened}>"), tag))
                    }
                    None => Err((format!("</{}> closes nothing", &source[first..first + length]), tag)),
                }
            } else {
                let name = name::xml_name(&bytes[first..first + length]);
                let number = nodes.len() as u32;
                push(&mut nodes, name, first + length, stop, parent);
                if bytes[stop - 1] != b'/' {
                    open.push((name, number, (first, first + length)));
                }
                Ok(stop + 1)
            }
        };
        match next {
            Ok(next) => at = next,
            Err(fault) => return Ok(Err(fault)),
        }
    }
    if let Some((_, _, (from, to))) = open.last() {
        let what = format!("the file ends within <{}>; expected the rest of it", &source[*from..*to]);
        return Ok(Err((what, bytes.len())));
    }
    nodes[0].end = nodes.len() as u32;
    if nodes.len() == 1 {
        return Ok(Err(("there is no element; expected news items or a feed".to_owned(), 0)));
    }
    Ok(Ok(Tree { source, nodes }))
}

/// How long a document type is, given what starts with it.
fn doctype(rest: &str) -> std::result::Result<usize, Fault> {
    let end = memchr::memchr2(b'>', b'[', rest.as_bytes());
    let unended = || ("a document type does not end; expected \">\"".to_owned(), 0);
    let end = end.ok_or_else(unended)?;
    if rest.as_bytes()[end] == b'>' {
        return Ok(end + 1);
    }
    let close = memchr::memmem::find(&rest.as_bytes()[end..], b"]").ok_or_else(unended)? + end;
    if let Some(entity) = memchr::memmem::find(&rest.as_bytes()[end..close], b"<!ENTITY") {
        let what = "declares entities, which are refused since they can represent gigabytes or other files; \
                    expected characters, or references such as &#233;";
        return Err((what.to_owned(), end + entity));
    }
    memchr::memchr(b'>', &rest.as_bytes()[close..]).map(|found| close + found + 1).ok_or_else(unended)
}

impl Tree<'_> {
    /// A piece of text as it is read.
    pub(crate) fn unescaped_text(&self, at: usize) -> String {
        let mut text = String::new();
        self.unescape(at, &mut text);
        text
    }

    fn unescape(&self, at: usize, text: &mut String) {
        let raw = self.raw(at);
        let before = &self.source[..self.nodes[at].start as usize];
        if before.ends_with(CDATA) {
            return text.push_str(raw);
        }
        let mut rest = raw;
        while let Some(mark) = memchr::memchr(b'&', rest.as_bytes()) {
            text.push_str(&rest[..mark]);
            let named = &rest[mark..];
            let (c, length) = crate::text::single_reference(named).unwrap_or(('&', 1));
            text.push(c);
            rest = &named[length..];
        }
        text.push_str(rest);
    }

    /// The mark-up that an element holds as a string: references are read once, what is in CDATA is
    /// as it is.
    pub(crate) fn unescaped(&self, node: usize) -> String {
        let mut text = String::new();
        self.inside(node).for_each(|at| self.unescape(at, &mut text));
        text
    }

    /// The source between the tags of an element.
    pub(crate) fn inner(&self, node: usize) -> &str {
        let Node { end, stop, .. } = self.nodes[node];
        let last = end as usize - 1;
        if last == node {
            return "";
        }
        // After the last descendant, the elements between it and this one close.
        let bytes = self.source.as_bytes();
        let (from, mut at) = (stop as usize + 1, self.nodes[last].stop as usize);
        let is_open = self.nodes[last].name != TEXT && bytes.get(at.wrapping_sub(1)) != Some(&b'/');
        let between = self.around(last).take_while(|&around| around != node).count() + usize::from(is_open);
        for skipped in 0..=between {
            let found = memchr::memmem::find(bytes.get(at..).unwrap_or_default(), b"</");
            at += found.map_or(0, |found| found + 2 * usize::from(skipped < between));
        }
        let close = at;
        self.source.get(from..close.max(from)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(source: &str) -> Fault {
        parse(source, &Watch::default()).unwrap().err().unwrap()
    }

    #[test]
    fn what_does_not_close_is_an_error_with_its_byte() {
        for (source, byte, word) in [
            ("<a><b>x", 7, "within <b>"),
            ("<a><b></a>", 6, "expected </b>"),
            ("</a>", 0, "closes nothing"),
            ("<a href=\"x", 0, "does not end"),
            ("<a><!-- x", 3, "comment"),
            ("<a><![CDATA[x", 3, "CDATA"),
            ("<a>< 5</a>", 3, "opens no tag"),
            ("<!DOCTYPE a [<!ENTITY x \"y\">]><a/>", 13, "entities"),
            ("<!DOCTYPE a SYSTEM \"a.dtd\"", 0, "document type"),
            ("  ", 0, "no element"),
        ] {
            let (what, at) = fault(source);
            assert!(what.contains(word) && at == byte, "{source}: {what} at {at}");
        }
    }

    #[test]
    fn characters_and_cdata_are_read_once() {
        let source = "<?xml version=\"1.0\"?><!DOCTYPE a SYSTEM \"a.dtd\"><x:a>&lt;p&gt;A &amp;amp; B<![CDATA[<p>&amp;]]></x:a>";
        let tree = parse(source, &Watch::default()).unwrap().unwrap();
        assert_eq!(tree.nodes[1].name, name::name(b"a"));
        assert_eq!(tree.unescaped(1), "<p>A &amp; B<p>&amp;");
        let tree = parse("<a><b>x<i>y</i></b></a>", &Watch::default()).unwrap().unwrap();
        assert_eq!((tree.inner(2), tree.inner(1)), ("x<i>y</i>", "<b>x<i>y</i></b>"));
    }
}
