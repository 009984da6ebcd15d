//! Which article is on an HTML page?
//!
//! A page is read into a tree ([`Tree`]). What it says about itself ([`meta`], [`people`]) gives
//! headline, authors, date and address; what it shows is cut into blocks ([`blocks`]), of which
//! those of the story are kept ([`body`], without those of [`others`]), in the order of the page:
//! paragraphs, headings, captions with their credits. No rule names a site.
//!
//! The parser is our own. Measured on 50 news pages, one core: `html5ever` with its tree parses 318
//! pages a second, takes two seconds for 20,000 nested elements and over a minute for 100,000, and
//! adds 267 kB to the packed wheel. `tl` parses 2,590 pages a second and adds 15 kB, but does not
//! close `<p>` and `<li>` where browsers do, so paragraphs nest. This parser, with all that
//! follows, reads 1,500 pages a second, is linear, and its tree holds no strings.
//!
//! Cost: linear, a few passes over the tree.

mod blocks;
mod body;
mod line;
mod meta;
mod others;
mod people;
mod shown;
mod sums;

use self::blocks::Blocks;
pub(crate) use self::meta::day as day_of;
use super::input::Input;
use super::markup::name;
use super::markup::tree::{Node, Tree};
use super::markup::words::plain;
use super::records::Records;
use super::story::Story;
use crate::article::{ZoneKind, find_credit};
use crate::batch::Watch;
use crate::calendar::format_day;
use crate::error::{Error, Kind, Result};

/// Adds the article of a page.
pub(crate) fn read(input: &mut Input<'_>, records: &mut Records) -> Result<()> {
    input.whole()?;
    let length = input.window().len();
    let (source, wrong) = input.characters(length);
    let story = page(&source, input.watch())?;
    if story.text.is_empty() {
        let what = "no paragraph of an article was found on the page; format=\"text\" reads it with its tags";
        records.note(Error::new(Kind::MissingText, what));
    }
    records.push_story(Some(input.character()), Some(1), story)?;
    input.pass(length, wrong, records)
}

/// Adds the paragraphs and captions of a piece of a page, all of which is story, to a story.
///
/// # Errors
/// Cancellation.
pub(crate) fn fragment(source: &str, story: &mut Story, watch: &Watch) -> Result<()> {
    let tree = Tree::parse(source, watch)?;
    let blocks = blocks::blocks(&tree, watch)?;
    add(story, &tree, &blocks, body::all(&tree, &blocks));
    Ok(())
}

/// The article of a page. A piece of a page is an article as a whole.
///
/// # Errors
/// Cancellation.
pub fn page(source: &str, watch: &Watch) -> Result<Story> {
    let tree = Tree::parse(source, watch)?;
    let is_page =
        |node: &Node| matches!(node.name, name::HTML | name::HEAD | name::BODY | name::META | name::TITLE);
    if !tree.nodes.iter().any(is_page) {
        let (mut story, blocks) = (Story::default(), blocks::blocks(&tree, watch)?);
        add(&mut story, &tree, &blocks, body::all(&tree, &blocks));
        return Ok(story);
    }
    let mut meta = meta::meta(&tree);
    let blocks = blocks::blocks(&tree, watch)?;
    meta.add_shown(&blocks);
    let mut story = Story::default();
    story.set("headline", &meta.headline);
    story.set("byline", &meta.authors.join(", "));
    if let Some(day) = meta.day {
        story.set("date", &format_day(day));
    }
    story.set("url", &meta.url);
    story.set("language", &meta.language);
    story.set("provider", &meta.provider);
    story.set("section", &meta.section);
    add(&mut story, &tree, &blocks, body::story(&tree, &blocks, &meta));
    Ok(story)
}

/// Adds parts of a page to a story.
fn add(story: &mut Story, tree: &Tree<'_>, blocks: &Blocks, parts: Vec<body::Part>) {
    let mut last = String::new();
    let text = |at: &usize| blocks.text(&blocks.all[*at]);
    for part in parts {
        match part {
            body::Part::Paragraph(at) => story.add(ZoneKind::Body, text(&at)),
            body::Part::Caption(caption, credit) => {
                // A picture may be there again for browsers without scripts.
                let join = |blocks: &[usize]| {
                    let mut texts: Vec<&str> = blocks.iter().map(text).collect();
                    texts.dedup();
                    texts.join(" ")
                };
                let place = caption.first().map(|&at| blocks.all[at].node as usize);
                let (caption, mut credit) = (join(&caption), join(&credit));
                if caption == last {
                    continue;
                }
                last.clone_from(&caption);
                if credit.is_empty() && find_credit(&caption).is_none() {
                    credit = place.and_then(|place| credit_of(tree, place)).unwrap_or_default();
                }
                let caption = caption.trim_matches([' ', '-', '–', '|', '/']);
                let is_credit = caption.starts_with("Source:")
                    || find_credit(caption).is_some_and(|found| found.caption.is_empty());
                if caption.chars().any(char::is_alphanumeric) && !is_credit {
                    story.caption(caption, &credit);
                }
            }
        }
    }
}

/// The credit that an attribute near a caption gives, where the page shows none.
fn credit_of(tree: &Tree<'_>, place: usize) -> Option<String> {
    const UP: usize = 3;
    const NEAR: usize = 24;
    const NAMES: [&str; 5] =
        ["data-credit", "data-image-credit", "data-photo-credit", "data-copyright", "data-photographer"];
    let outer = std::iter::once(place).chain(tree.around(place)).take(UP);
    // What is around a single picture.
    let is_picture = |&at: &usize| matches!(tree.nodes[at].name, name::IMG | name::AMP_IMG);
    let outer = outer.take_while(|&outer| {
        let inside = tree.inside(outer);
        inside.len() <= NEAR && inside.filter(is_picture).count() <= 2
    });
    let mut near = outer.flat_map(|outer| std::iter::once(outer).chain(tree.inside(outer)));
    near.find_map(|at| {
        NAMES.iter().find_map(|name| tree.attribute(at, name)).filter(|it| !it.trim().is_empty())
    })
    .map(plain)
}
