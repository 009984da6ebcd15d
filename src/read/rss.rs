//! Which articles are in a feed: RSS or Atom?
//!
//! Each item or entry is an article: its full content where the feed has it, else its summary. The
//! content is HTML, escaped or not.

use super::html::{self, day_of};
use super::markup::find::{attribute, each, first, text_of};
use super::markup::name::{self, Name};
use super::markup::tree::Tree;
use super::markup::words::text_in;
use super::story::Story;
use crate::batch::Watch;
use crate::error::Result;

const ITEM: Name = name::name(b"item");
const ENTRY: Name = name::name(b"entry");
const NAME: Name = name::name(b"name");
const AUTHOR: Name = name::name(b"author");
const CATEGORY: Name = name::name(b"category");
const CHANNEL: Name = name::name(b"channel");
const LANGUAGE: Name = name::name(b"language");
/// The names of the full content, and of what replaces it, the fullest first.
const CONTENTS: [&[u8]; 4] = [b"content:encoded", b"content", b"description", b"summary"];
const DAYS: [&[u8]; 5] = [b"pubdate", b"published", b"dc:date", b"issued", b"updated"];

/// Among how many first children of its root the channel of a feed is.
const FIRST: usize = 8;

/// Whether an element is an article.
pub(super) fn is_item(element: Name) -> bool {
    element == ITEM || element == ENTRY
}

/// The story of an item.
///
/// # Errors
/// Cancellation.
pub(super) fn story(tree: &Tree<'_>, item: usize, watch: &Watch) -> Result<Story> {
    let mut story = Story::default();
    story.set("headline", &html_text(&text_of(tree, item, name::TITLE)));
    let creators: Vec<String> =
        each(tree, item, name::name(b"dc:creator")).map(|at| text_in(tree, at)).collect();
    let authors: Vec<String> = each(tree, item, AUTHOR)
        .map(|at| if first(tree, at, NAME).is_some() { text_of(tree, at, NAME) } else { text_in(tree, at) })
        .map(|author| person(&author).to_owned())
        .collect();
    story.set("byline", &if creators.is_empty() { authors } else { creators }.join(", "));
    story.set_day(DAYS.iter().find_map(|day| day_of(&text_of(tree, item, name::name(day)))));
    let link = each(tree, item, name::LINK).find(|&at| {
        let rel = tree.attribute(at, "rel");
        rel.is_none_or(|rel| rel == "alternate")
    });
    if let Some(link) = link {
        let address = attribute(tree, link, "href");
        story.set("url", if address.is_empty() { text_in(tree, link) } else { address }.as_str());
    }
    let guid = text_of(tree, item, name::name(b"guid"));
    story.set("guid", if guid.is_empty() { text_of(tree, item, name::name(b"id")) } else { guid }.as_str());
    let category = |at| {
        let term = attribute(tree, at, "term");
        if term.is_empty() { text_in(tree, at) } else { term }
    };
    story.set_list("subjects", each(tree, item, CATEGORY).map(category));
    if let Some(feed) = feed(tree, item) {
        // What a feed says about itself precedes its items.
        let about = || tree.children(feed).take_while(|&at| !is_item(tree.nodes[at].name));
        let of = |wanted: Name| about().find(|&at| tree.nodes[at].name == wanted).map(|at| text_in(tree, at));
        let language = of(LANGUAGE).unwrap_or_else(|| attribute(tree, feed, "xml:lang"));
        story.set("language", &language);
        story.set("provider", &of(name::TITLE).unwrap_or_default());
    }
    let contents = CONTENTS.iter().filter_map(|content| first(tree, item, name::name(content)));
    if let Some(content) = contents.into_iter().next() {
        if attribute(tree, content, "type") == "xhtml" {
            html::fragment(tree.inner(content), &mut story, watch)?;
        } else {
            html::fragment(&tree.unescaped(content), &mut story, watch)?;
        }
    }
    let caption = text_of(tree, item, name::name(b"media:description"));
    let caption = if caption.is_empty() { text_of(tree, item, name::name(b"media:title")) } else { caption };
    if !caption.is_empty() {
        story.caption(&html_text(&caption), &text_of(tree, item, name::name(b"media:credit")));
    }
    Ok(story)
}

/// The feed that an item is in: the channel, or the root of Atom.
fn feed(tree: &Tree<'_>, item: usize) -> Option<usize> {
    let root = tree.around(item).last()?;
    let channel = tree.children(root).take(FIRST).find(|&at| tree.nodes[at].name == CHANNEL);
    Some(channel.unwrap_or(root))
}

/// A text that may hold mark-up, without it.
fn html_text(text: &str) -> String {
    super::markup::words::without_tags(text)
}

/// The name in `desk@oban.example (Ida Moe)`.
fn person(author: &str) -> &str {
    let inside = author.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')'));
    inside.filter(|_| author.contains('@')).unwrap_or(author)
}
