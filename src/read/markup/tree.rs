//! What is inside what, in mark-up?
//!
//! A page is a list of elements and pieces of text in the order of the source; each knows its
//! parent, and where its descendants end. The rules are those of browsers, to the extent that text
//! needs them: elements that end where others begin (`<p>`, `<li>`, `<td>`), elements without
//! content, and scripts, whose content is not mark-up. What a page leaves open is closed at its
//! end, and a closing tag that closes nothing is ignored. Nothing is held but positions: attributes
//! and characters are read where somebody needs them.
//!
//! A tokenizer and tree of our own instead of `html5ever` or `tl`: see [`super::super::html`].
//!
//! Cost: linear. Each byte is looked at once; a search among the open elements goes down
//! [`DEEPEST`] steps at most, or closes what it passes. Nothing recurs.

use super::name::{self, Name, TEXT, ends_paragraph, is_block, is_heading, is_raw, is_void};
use crate::batch::Watch;
use crate::error::Result;

/// An element or a piece of text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    /// What it is called; [`TEXT`] for a piece of text.
    pub(crate) name: Name,
    /// The bytes of its attributes, or of its text.
    pub(super) start: u32,
    pub(super) stop: u32,
    /// The element that it is in.
    pub(crate) parent: u32,
    /// The number after its last descendant.
    pub(crate) end: u32,
}

/// A page.
pub(crate) struct Tree<'a> {
    pub(super) source: &'a str,
    /// The first is the page as a whole.
    pub(crate) nodes: Vec<Node>,
}

/// How far down a search among the open elements goes.
const DEEPEST: usize = 256;
/// How far down the element that an opening tag closes can be.
const NEAR: usize = 16;
/// How many bytes are read between two checks of the watch.
const STRIDE: usize = 1 << 18;

impl<'a> Tree<'a> {
    /// Reads a page.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn parse(source: &'a str, watch: &Watch) -> Result<Self> {
        let nodes = Vec::with_capacity(source.len() / 32 + 1);
        let mut builder = Builder { tree: Self { source, nodes }, open: Vec::new(), counts: [0; 256] };
        builder.push(name::HTML ^ 1, 0, 0);
        builder.open.push((name::HTML ^ 1, 0));
        builder.read(watch)?;
        builder.close_to(0);
        builder.tree.nodes[0].end = builder.tree.nodes.len() as u32;
        Ok(builder.tree)
    }

    /// The source of a piece of text, with its references.
    pub(crate) fn raw(&self, node: usize) -> &'a str {
        let Node { name, start, stop, .. } = self.nodes[node];
        if name == TEXT { &self.source[start as usize..stop as usize] } else { "" }
    }

    /// The attributes of an element, as they are written.
    pub(crate) fn attributes(&self, node: usize) -> Attributes<'a> {
        let Node { name, start, stop, .. } = self.nodes[node];
        Attributes(if name == TEXT { "" } else { &self.source[start as usize..stop as usize] })
    }

    /// What an element is called in the source.
    pub(crate) fn called(&self, node: usize) -> &'a str {
        let before = &self.source[..self.nodes[node].start as usize];
        before.rsplit('<').next().unwrap_or_default()
    }

    /// The byte at which an element starts.
    pub(crate) fn start(&self, node: usize) -> usize {
        (self.nodes[node].start as usize).saturating_sub(self.called(node).len() + 1)
    }

    /// The value of an attribute, as it is written.
    pub(crate) fn attribute(&self, node: usize, wanted: &str) -> Option<&'a str> {
        self.attributes(node).find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
    }

    /// The numbers of what is in an element.
    pub(crate) fn inside(&self, node: usize) -> std::ops::Range<usize> {
        node + 1..self.nodes[node].end as usize
    }

    /// The numbers of what is directly in an element.
    pub(crate) fn children(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.nodes[node].end as usize;
        let mut at = node + 1;
        std::iter::from_fn(move || {
            let child = at;
            (child < end).then(|| {
                at = self.nodes[child].end as usize;
                child
            })
        })
    }

    /// The elements around a node, from the inside out, without the page.
    pub(crate) fn around(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        let mut at = node;
        std::iter::from_fn(move || {
            at = self.nodes[at].parent as usize;
            (at > 0).then_some(at)
        })
    }
}

/// The names and values in a tag.
pub(crate) struct Attributes<'a>(&'a str);

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.0.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let stops = |c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/');
        // A name may begin with a stray equals sign.
        let end = rest.char_indices().skip(1).find(|&(_, c)| stops(c)).map_or(rest.len(), |(end, _)| end);
        let (name, after) = rest.split_at(end);
        let value = after.trim_ascii_start().strip_prefix('=').map(str::trim_ascii_start);
        let Some(value) = value else {
            self.0 = after;
            return Some((name, ""));
        };
        let (value, after) = match value.as_bytes().first() {
            Some(quote @ (b'"' | b'\'')) => {
                let inside = &value[1..];
                let end = memchr::memchr(*quote, inside.as_bytes()).unwrap_or(inside.len());
                (&inside[..end], inside.get(end + 1..).unwrap_or_default())
            }
            _ => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        self.0 = after;
        Some((name, value))
    }
}

/// A tree while it grows.
struct Builder<'a> {
    tree: Tree<'a>,
    /// The elements that are open: names and numbers.
    open: Vec<(Name, u32)>,
    /// How many elements are open, by the last byte of their names. So a closing tag that closes
    /// nothing costs nothing, mostly.
    counts: [u32; 256],
}

impl Builder<'_> {
    fn read(&mut self, watch: &Watch) -> Result<()> {
        let source = self.tree.source;
        let bytes = source.as_bytes();
        let (mut at, mut text, mut listen) = (0, 0, 0);
        while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
            if at >= listen {
                watch.check()?;
                listen = at + STRIDE;
            }
            let tag = at + found;
            let after = bytes.get(tag + 1).copied().unwrap_or_default();
            let closes = after == b'/';
            let first = if closes { tag + 2 } else { tag + 1 };
            let is_tag = bytes.get(first).is_some_and(u8::is_ascii_alphabetic);
            if !is_tag && !closes && !matches!(after, b'!' | b'?') {
                at = tag + 1;
                continue;
            }
            self.push_text(text, tag);
            let end = if is_tag {
                let length = bytes[first..].iter().take_while(|&&byte| !ends_name(byte)).count();
                let stop = tag_end(bytes, first + length);
                let name = name::name(&bytes[first..first + length]);
                if closes {
                    self.close(name);
                    stop + 1
                } else {
                    self.element(name, first + length, stop)
                }
            } else if bytes[tag..].starts_with(b"<!--") {
                let end = memchr::memmem::find(&bytes[tag + 2..], b"-->");
                end.map_or(bytes.len(), |end| tag + 2 + end + 3)
            } else {
                memchr::memchr(b'>', &bytes[tag..]).map_or(bytes.len(), |end| tag + end + 1)
            };
            (at, text) = (end.min(bytes.len()), end.min(bytes.len()));
        }
        self.push_text(text, bytes.len());
        Ok(())
    }

    /// Adds an element, whose tag has its attributes in these bytes. Returns where to read on.
    fn element(&mut self, name: Name, from: usize, stop: usize) -> usize {
        let bytes = self.tree.source.as_bytes();
        self.make_room(name);
        let number = self.push(name, from, stop);
        let after = (stop + 1).min(bytes.len());
        let closed = bytes[..stop.min(bytes.len())].ends_with(b"/")
            && (name::SVG == name || self.counts[name::SVG as usize & 255] > 0);
        if is_void(name) || closed {
            return after;
        }
        if is_raw(name) {
            let end = raw_end(bytes, after, name);
            self.push(TEXT, after, end);
            self.tree.nodes[number as usize].end = number + 2;
            return memchr::memchr(b'>', &bytes[end..]).map_or(bytes.len(), |more| end + more + 1);
        }
        self.open.push((name, number));
        self.counts[name as usize & 255] += 1;
        after
    }

    fn push(&mut self, name: Name, start: usize, stop: usize) -> u32 {
        let number = self.tree.nodes.len() as u32;
        let parent = self.open.last().map_or(0, |&(_, parent)| parent);
        let end = number + 1;
        self.tree.nodes.push(Node { name, start: start as u32, stop: stop as u32, parent, end });
        number
    }

    fn push_text(&mut self, start: usize, stop: usize) {
        if start < stop {
            self.push(TEXT, start, stop);
        }
    }

    /// Closes what an opening tag closes.
    fn make_room(&mut self, name: Name) {
        let top = self.open.last().map_or(0, |&(name, _)| name);
        if top == name::HEAD
            && !matches!(name, name::META | name::LINK | name::BASE | name::TEMPLATE | name::NOSCRIPT)
            && !is_raw(name)
        {
            self.close_to(self.open.len() - 1);
        }
        if ends_paragraph(name) {
            self.close_near(|open| open == name::P, is_cell);
        }
        if is_heading(name) && self.open.last().is_some_and(|&(top, _)| is_heading(top)) {
            self.close_to(self.open.len() - 1);
        }
        match name {
            name::LI => {
                let is_list = |open| matches!(open, name::UL | name::OL | name::MENU) || is_cell(open);
                self.close_near(|open| open == name::LI, is_list);
            }
            name::DT | name::DD => {
                self.close_near(|open| matches!(open, name::DT | name::DD), |open| open == name::DL);
            }
            name::OPTION => self.close_near(|open| open == name::OPTION, |open| open == name::SELECT),
            name::TD | name::TH => {
                self.close_near(
                    |open| matches!(open, name::TD | name::TH),
                    |open| matches!(open, name::TR | name::TABLE),
                );
            }
            name::TR => self.close_near(|open| open == name::TR, |open| open == name::TABLE),
            name::TBODY | name::THEAD | name::TFOOT => {
                let is_part = |open| matches!(open, name::TBODY | name::THEAD | name::TFOOT);
                self.close_near(is_part, |open| open == name::TABLE);
            }
            name::A => self.close_near(|open| open == name::A, is_block),
            _ => {}
        }
    }

    /// Closes the nearest open element that is one, and what is in it, unless there is a fence
    /// around the tag.
    fn close_near(&mut self, is_one: impl Fn(Name) -> bool, is_fence: impl Fn(Name) -> bool) {
        for (at, &(open, _)) in self.open.iter().enumerate().skip(1).rev().take(NEAR) {
            if is_one(open) {
                return self.close_to(at);
            }
            if is_fence(open) {
                return;
            }
        }
    }

    /// Takes a closing tag.
    fn close(&mut self, name: Name) {
        if self.counts[name as usize & 255] == 0 {
            return;
        }
        let block = is_block(name);
        let cell = is_cell(name);
        for (at, &(open, _)) in self.open.iter().enumerate().skip(1).rev().take(DEEPEST) {
            if open == name {
                return self.close_to(at);
            }
            // `</b>` does not close the paragraph that opened after `<b>`, nor `</div>` a table.
            if !block && is_block(open) || !cell && name != name::TR && is_cell(open) && !is_outer(name) {
                return;
            }
        }
    }

    /// Closes the open elements from a position on.
    fn close_to(&mut self, at: usize) {
        let end = self.tree.nodes.len() as u32;
        for (name, number) in self.open.drain(at..) {
            self.tree.nodes[number as usize].end = end;
            let count = &mut self.counts[name as usize & 255];
            *count = count.saturating_sub(1);
        }
    }
}

/// Whether no closing tag reaches out of an element but that of a table.
fn is_cell(name: Name) -> bool {
    matches!(name, name::TD | name::TH | name::CAPTION | name::TABLE)
}

/// Whether a closing tag ends all that is in its element.
fn is_outer(name: Name) -> bool {
    matches!(name, name::TABLE | name::TBODY | name::THEAD | name::TFOOT | name::BODY | name::HTML)
}

pub(super) fn ends_name(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'/' | b'>')
}

/// Where the `>` of a tag is that starts before `from`. One in quotes does not end it.
pub(super) fn tag_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(found) = memchr::memchr3(b'>', b'"', b'\'', &bytes[at..]) {
        at += found;
        let mark = bytes[at];
        if mark == b'>' {
            return at;
        }
        // A quote opens a value only after an equals sign.
        let opens = bytes[from..at].trim_ascii_end().ends_with(b"=");
        at += 1;
        if opens && let Some(end) = memchr::memchr(mark, &bytes[at..]) {
            at += end + 1;
        }
    }
    bytes.len()
}

/// Where the closing tag of an element is whose content is not mark-up.
fn raw_end(bytes: &[u8], from: usize, name: Name) -> usize {
    let mut at = from;
    while let Some(found) = memchr::memmem::find(&bytes[at..], b"</") {
        at += found;
        let length = bytes[at + 2..].iter().take(16).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if name::name(&bytes[at + 2..at + 2 + length]) == name {
            return at;
        }
        at += 2;
    }
    bytes.len()
}
