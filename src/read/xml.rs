//! Which articles are in an XML file: a news item, a package of them, or a feed?
//!
//! The root of the file says which. A file that is not whole is one bad record, with the line and
//! the byte; no half of an article counts.

use super::input::{Input, Place};
use super::markup::name::{self, Name, TEXT};
use super::markup::strict;
use super::markup::tree::Tree;
use super::records::Records;
use super::story::Story;
use super::{newsml, nitf, rss};
use crate::batch::Watch;
use crate::error::{Error, Kind, Result};

const NITF: Name = name::name(b"nitf");
const RSS: Name = name::name(b"rss");
const RDF: Name = name::name(b"rdf");
const FEED: Name = name::name(b"feed");
const ENTRY: Name = name::name(b"entry");

/// Adds the articles of an XML file.
pub(crate) fn read(input: &mut Input<'_>, records: &mut Records) -> Result<()> {
    input.whole()?;
    let length = input.window().len();
    let (source, wrong) = input.characters(length);
    let (found, left_out) = match strict::parse(&source, input.watch())? {
        Ok(tree) => stories(&tree, input.watch())?,
        Err((what, byte)) => {
            let byte = super::decode::bytes_before(&input.window()[..length], wrong, byte);
            let error = Error::new(Kind::BadRecord, format!("is not whole XML: {what}"));
            return Err(error.at_line(input.line(byte)).at_byte(byte));
        }
    };
    if let Some(what) = left_out {
        records.note(Error::new(Kind::BadFormat, what));
    }
    let (mut held, mut place) = (0, Place::new(input));
    for (byte, story) in found {
        held += usize::from(story.is_held);
        let (character, line) = place.of(&source, byte);
        records.push_story(Some(character), Some(line), story)?;
    }
    if held > 0 {
        let what = format!("{held} items are embargoed, withheld or cancelled; the field status says which");
        records.note(Error::new(Kind::BadRecord, what).in_field("status"));
    }
    input.pass(length, wrong, records)
}

/// Articles, each with the byte at which it starts.
type Stories = Vec<(usize, Story)>;

/// The articles of a file, and a note if it holds none.
///
/// # Errors
/// [`Kind::BadFormat`]: it is XML of another kind. Cancellation.
fn stories(tree: &Tree<'_>, watch: &Watch) -> Result<(Stories, Option<String>)> {
    let root = tree.inside(0).find(|&at| tree.nodes[at].name != TEXT).unwrap_or(0);
    let of = |is_one: fn(Name) -> bool, read: fn(&Tree<'_>, usize, &Watch) -> Result<Story>| {
        let mut found = Vec::new();
        let mut at = root;
        while at < tree.nodes.len() {
            if is_one(tree.nodes[at].name) {
                found.push((tree.start(at), read(tree, at, watch)?));
                at = tree.nodes[at].end as usize;
            } else {
                at += 1;
            }
        }
        Ok::<_, Error>(found)
    };
    let (found, what) = match tree.nodes[root].name {
        NITF => (
            of(
                |name| name == NITF,
                |tree, item, _| {
                    let mut story = Story::default();
                    nitf::read(tree, item, &mut story);
                    Ok(story)
                },
            )?,
            "",
        ),
        RSS | RDF | FEED | ENTRY => (of(rss::is_item, rss::story)?, "a feed without an item"),
        root if newsml::is_known(root) => (
            of(newsml::is_item, newsml::story)?,
            "NewsML without a news item: concepts, plans, or references",
        ),
        _ => {
            let what = format!(
                "is XML with the root <{}>; expected NITF, NewsML-G2, RSS, Atom or XHTML, or a table or text made of it",
                tree.called(root)
            );
            return Err(Error::new(Kind::BadFormat, what));
        }
    };
    let note = found.is_empty().then(|| format!("is {what}; it holds no article"));
    Ok((found, note))
}
