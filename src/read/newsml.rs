//! Which articles are in NewsML-G2?
//!
//! Each `newsItem` is an article, alone, in a message or in a package. Its text is NITF or XHTML in
//! `inlineXML`, or plain in `inlineData`. A picture has its caption in `description`. Concepts,
//! plans and packages of references hold no article.

use super::html::{self, day_of};
use super::markup::find::{attribute, each, first, text_of};
use super::markup::name::{self, Name, TEXT};
use super::markup::tree::Tree;
use super::markup::words::{plain, text_in};
use super::nitf;
use super::story::Story;
use crate::article::ZoneKind;
use crate::batch::Watch;
use crate::error::Result;

const ITEM: Name = name::name(b"newsitem");
const SET: Name = name::name(b"contentset");
const META: Name = name::name(b"contentmeta");
const ITEM_META: Name = name::name(b"itemmeta");
const INLINE_XML: Name = name::name(b"inlinexml");
const INLINE_DATA: Name = name::name(b"inlinedata");
const NITF: Name = name::name(b"nitf");
const NAME: Name = name::name(b"name");
const DESCRIPTION: Name = name::name(b"description");
const SUBJECT: Name = name::name(b"subject");
const KEYWORD: Name = name::name(b"keyword");
const CREATOR: Name = name::name(b"creator");
const BY: Name = name::name(b"by");
const MANAGEMENT: Name = name::name(b"newsmanagement");
const LANGUAGE: Name = name::name(b"language");

/// Whether a root is of `NewsML`.
pub(super) fn is_known(root: Name) -> bool {
    const ROOTS: [&[u8]; 12] = [
        b"newsml",
        b"newsitem",
        b"newsmessage",
        b"packageitem",
        b"knowledgeitem",
        b"conceptitem",
        b"catalogitem",
        b"planningitem",
        b"contentset",
        b"contentmeta",
        b"groupset",
        b"itemset",
    ];
    ROOTS.iter().any(|known| name::name(known) == root)
}

/// Whether an element is an article; a content may come alone.
pub(super) fn is_item(element: Name) -> bool {
    element == ITEM || element == SET
}

/// The story of an item.
///
/// # Errors
/// Cancellation.
pub(super) fn story(tree: &Tree<'_>, item: usize, watch: &Watch) -> Result<Story> {
    let mut story = Story::default();
    story.set("guid", &attribute(tree, item, "guid"));
    let class = item_meta(tree, item, &mut story);
    let meta = first(tree, item, META);
    if let Some(meta) = meta {
        content_meta(tree, meta, &mut story);
    }
    for data in each(tree, item, INLINE_XML) {
        match first(tree, data, NITF) {
            Some(item) => nitf::read(tree, item, &mut story),
            None if tree
                .inside(data)
                .any(|at| matches!(tree.nodes[at].name, name::HTML | name::BODY | name::P)) =>
            {
                html::fragment(tree.inner(data), &mut story, watch)?;
            }
            None => paragraphs(tree, data, &mut story),
        }
    }
    for data in each(tree, item, INLINE_DATA) {
        let text = tree.unescaped(data);
        text.split("\n\n").for_each(|paragraph| story.add(ZoneKind::Body, paragraph));
    }
    if let Some(meta) = meta.filter(|_| story.text.is_empty()) {
        describe(tree, meta, &class, &mut story);
    }
    story.set("language", &attribute(tree, item, "xml:lang"));
    if let Some(management) = first(tree, item, MANAGEMENT) {
        read_first_version(tree, item, management, &mut story, watch)?;
    }
    Ok(story)
}

/// Reads an item of `NewsML` 1, in which lines are `NewsLines` and content is `DataContent`.
fn read_first_version(
    tree: &Tree<'_>,
    item: usize,
    management: usize,
    story: &mut Story,
    watch: &Watch,
) -> Result<()> {
    let text = |wanted: &[u8]| text_of(tree, item, name::name(wanted));
    let formal = |wanted: &[u8]| {
        first(tree, item, name::name(wanted)).map(|at| attribute(tree, at, "formalname")).unwrap_or_default()
    };
    story.set("headline", &text(b"headline"));
    story.set("byline", nitf::without_by(&text(b"byline")));
    story.set("dateline", &text(b"dateline"));
    story.set("slug", &text(b"slugline"));
    story.set("guid", &text(b"publicidentifier"));
    story.set("language", &formal(b"language"));
    story.set("provider", &formal(b"party"));
    story.set("urgency", &formal(b"urgency"));
    let status = first(tree, management, name::name(b"status")).map(|at| attribute(tree, at, "formalname"));
    let status = status.unwrap_or_default().to_lowercase();
    story.is_held |= !status.is_empty() && status != "usable";
    story.set("status", &status);
    let created = text(b"firstcreated");
    story.set_day(day_of(created.get(..8).unwrap_or_default()));
    for content in each(tree, item, name::name(b"datacontent")) {
        match first(tree, content, NITF) {
            Some(item) => nitf::read(tree, item, story),
            None => html::fragment(tree.inner(content), story, watch)?,
        }
    }
    Ok(())
}

/// What an item is, and whether it may be used.
fn item_meta(tree: &Tree<'_>, item: usize, story: &mut Story) -> String {
    let Some(meta) = first(tree, item, ITEM_META) else { return String::new() };
    let coded = |element: &[u8]| {
        let code = first(tree, meta, name::name(element)).map(|at| {
            let code = attribute(tree, at, "qcode");
            if code.is_empty() { attribute(tree, at, "uri") } else { code }
        });
        code.unwrap_or_default().rsplit([':', '/']).next().unwrap_or_default().to_owned()
    };
    let class = coded(b"itemclass");
    story.set("class", &class);
    let status = coded(b"pubstatus");
    story.is_held |= !status.is_empty() && status != "usable";
    let embargoed = text_of(tree, meta, name::name(b"embargoed"));
    story.is_held |= !embargoed.is_empty();
    story.set("embargoed", &embargoed);
    story.set("status", &status);
    let provider = first(tree, meta, name::name(b"provider")).map(|at| named(tree, at));
    story.set("provider", &provider.unwrap_or_default());
    let created = first(tree, item, META).map(|at| text_of(tree, at, name::name(b"contentcreated")));
    let first_created = text_of(tree, meta, name::name(b"firstcreated"));
    let version = text_of(tree, meta, name::name(b"versioncreated"));
    let days = [created.unwrap_or_default(), first_created, version];
    story.set_day(days.iter().find_map(|text| day_of(text)));
    class
}

/// The name of a party or a subject, or what else identifies it.
fn named(tree: &Tree<'_>, node: usize) -> String {
    let mut found = text_of(tree, node, NAME);
    for key in ["literal", "qcode", "uri"] {
        if found.is_empty() {
            found = attribute(tree, node, key);
        }
    }
    found
}

fn content_meta(tree: &Tree<'_>, meta: usize, story: &mut Story) {
    let of = |wanted: Name| tree.children(meta).filter(move |&at| tree.nodes[at].name == wanted);
    let text = |wanted: &[u8]| of(name::name(wanted)).next().map(|at| text_in(tree, at)).unwrap_or_default();
    story.set("headline", &text(b"headline"));
    story.set("slug", &text(b"slugline"));
    story.set("urgency", &text(b"urgency"));
    story.set("dateline", &text(b"dateline"));
    let by = of(BY).next().map(|at| text_in(tree, at)).unwrap_or_default();
    let creators: Vec<String> =
        of(CREATOR).map(|at| text_of(tree, at, NAME)).filter(|name| !name.is_empty()).collect();
    story.set("byline", nitf::without_by(if by.is_empty() { creators.join(", ") } else { by }.as_str()));
    let language = of(LANGUAGE).next().map(|at| attribute(tree, at, "tag"));
    story.set("language", &language.unwrap_or_default());
    story.set("credit", &text(b"creditline"));
    story.set_list("subjects", of(SUBJECT).map(|at| named(tree, at)));
    story.set_list("keywords", of(KEYWORD).map(|at| text_in(tree, at)));
}

/// Adds the description of an item without a text: that of a picture is its caption.
fn describe(tree: &Tree<'_>, meta: usize, class: &str, story: &mut Story) {
    let credit = text_of(tree, meta, name::name(b"creditline"));
    let descriptions: Vec<usize> = each(tree, meta, DESCRIPTION).collect();
    let is_caption = |&&at: &&usize| attribute(tree, at, "role").ends_with("caption");
    let chosen = descriptions.iter().find(is_caption).or(descriptions.first());
    let Some(text) = chosen.map(|&at| text_in(tree, at)) else { return };
    if class == "picture" || class == "graphic" {
        story.caption(&text, &credit);
    } else {
        story.add(ZoneKind::Body, &text);
    }
}

/// Adds the pieces of text in mark-up of another kind.
fn paragraphs(tree: &Tree<'_>, node: usize, story: &mut Story) {
    for at in tree.inside(node).filter(|&at| tree.nodes[at].name == TEXT) {
        story.add(ZoneKind::Body, &plain(tree.raw(at)));
    }
}
