//! Which article is in NITF, the mark-up of wire stories?
//!
//! `hl1` is the headline, `body.content` the story with its captions in `media`; `docdata` has the
//! date, the urgency and whether the story may be used yet.

use super::html::day_of;
use super::markup::find::{attribute, each, first, text_of};
use super::markup::name::{self, Name, TEXT};
use super::markup::tree::Tree;
use super::markup::words::text_in;
use super::story::Story;
use crate::article::ZoneKind;

const HL1: Name = name::name(b"hl1");
const HL2: Name = name::name(b"hl2");
const BYLINE: Name = name::name(b"byline");
const DATELINE: Name = name::name(b"dateline");
const CONTENT: Name = name::name(b"body.content");
const HEAD: Name = name::name(b"body.head");
const MEDIA: Name = name::name(b"media");
const MEDIA_CAPTION: Name = name::name(b"media-caption");
const MEDIA_PRODUCER: Name = name::name(b"media-producer");
const CREDIT: Name = name::name(b"credit");
const DOCDATA: Name = name::name(b"docdata");
const SUBJECT: Name = name::name(b"tobject.subject");
const KEYWORD: Name = name::name(b"keyword");
const DISTRIBUTOR: Name = name::name(b"distributor");

/// Adds an item to a story; what the story knows already stays.
pub(super) fn read(tree: &Tree<'_>, item: usize, story: &mut Story) {
    let title = text_of(tree, item, HL1);
    story.set("headline", if title.is_empty() { text_of(tree, item, name::TITLE) } else { title }.as_str());
    let head = first(tree, item, HEAD);
    if let Some(head) = head {
        story.set("byline", without_by(&text_of(tree, head, BYLINE)));
        story.set("provider", &text_of(tree, head, DISTRIBUTOR));
        story.set("dateline", &text_of(tree, head, DATELINE));
    }
    docdata(tree, item, story);
    let subjects = each(tree, item, SUBJECT).map(|at| {
        let wanted = ["tobject.subject.matter", "tobject.subject.type", "tobject.subject.detail"];
        wanted.iter().map(|key| attribute(tree, at, key)).find(|text| !text.is_empty()).unwrap_or_default()
    });
    let keywords = each(tree, item, KEYWORD).map(|at| attribute(tree, at, "key"));
    story.set_list("subjects", subjects.chain(keywords));
    if let Some(dateline) = head.map(|head| text_of(tree, head, DATELINE)) {
        story.add(ZoneKind::Dateline, &dateline);
    }
    // Some items have their text directly in the body.
    let Some(content) = first(tree, item, CONTENT).or_else(|| first(tree, item, name::BODY)) else { return };
    let mut at = content + 1;
    while at < tree.nodes[content].end as usize {
        let node = tree.nodes[at];
        match node.name {
            HEAD => {}
            MEDIA => media(tree, at, story),
            name::P
            | HL2
            | name::LI
            | name::TD
            | name::TH
            | name::DT
            | name::DD
            | name::PRE
            | name::H2
            | name::H3 => {
                story.add(ZoneKind::Body, &text_in(tree, at));
            }
            CREDIT => story.add(ZoneKind::Boilerplate, &text_in(tree, at)),
            TEXT => story.add(ZoneKind::Body, &crate::read::markup::words::plain(tree.raw(at))),
            _ => {
                at += 1;
                continue;
            }
        }
        at = node.end as usize;
    }
}

/// A byline without its `By`.
pub(super) fn without_by(byline: &str) -> &str {
    ["By ", "BY ", "by "].iter().find_map(|by| byline.strip_prefix(by)).unwrap_or(byline)
}

/// What an item says about itself.
fn docdata(tree: &Tree<'_>, item: usize, story: &mut Story) {
    let Some(docdata) = first(tree, item, DOCDATA) else { return };
    let of = |element: &[u8], key: &str| {
        first(tree, docdata, name::name(element)).map(|at| attribute(tree, at, key)).unwrap_or_default()
    };
    story.set_day(day_of(&of(b"date.issue", "norm")).or_else(|| day_of(&of(b"date.release", "norm"))));
    story.set("guid", &of(b"doc-id", "id-string"));
    story.set("urgency", &of(b"urgency", "ed-urg"));
    story.set("slug", &of(b"du-key", "key"));
    story.set("copyright", &of(b"doc.copyright", "holder"));
    let status = attribute(tree, docdata, "management-status");
    story.is_held |=
        matches!(status.as_str(), "embargoed" | "withheld" | "canceled" | "cancelled" | "killed");
    story.set("status", &status);
}

/// Adds the captions of a picture.
fn media(tree: &Tree<'_>, media: usize, story: &mut Story) {
    let captions: Vec<String> = each(tree, media, MEDIA_CAPTION).map(|at| text_in(tree, at)).collect();
    let credit = text_of(tree, media, MEDIA_PRODUCER);
    let caption = captions.join(" ");
    if !caption.is_empty() {
        story.caption(&caption, &credit);
    }
}
