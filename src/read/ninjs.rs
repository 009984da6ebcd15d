//! Which article is a ninjs item: news in JSON, versions 1 to 3?
//!
//! The versions differ in the case of their keys, and in whether headlines, bodies and descriptions
//! are keys (`body_text`) or lists of objects with roles. A body in HTML wins over a plain one,
//! since it knows its paragraphs. Pictures that go with a story are its captions.

use std::borrow::Cow;

use super::flat::{Flat, Kind};
use super::html::{self, day_of};
use super::markup::strict;
use super::nitf;
use super::story::Story;
use crate::article::ZoneKind;
use crate::batch::Watch;
use crate::error::Result;

/// The story of an item; `None` for any other object.
///
/// # Errors
/// Cancellation.
pub(super) fn story(json: &str, watch: &Watch) -> Result<Option<Story>> {
    let flat = Flat::parse(json);
    if flat.all().is_empty() || flat.kind(0) != Kind::Object || !is_item(&flat) {
        return Ok(None);
    }
    let item = Item { flat: &flat, at: 0 };
    let mut story = Story::default();
    let headline = item.first(&["headlines", "headline", "title"]);
    story.set("headline", &headline);
    story.set("byline", nitf::without_by(&item.first(&["by", "byline", "bylines"])));
    let days = ["contentcreated", "firstcreated", "versioncreated"].map(|key| item.text(key));
    story.set_day(days.iter().find_map(|text| day_of(text)));
    for (name, keys) in [
        ("guid", &["uri"][..]),
        ("language", &["language"]),
        ("provider", &["infosources", "infosource", "copyrightholder"]),
        ("slug", &["slugline"]),
        ("urgency", &["urgency"]),
        ("status", &["pubstatus"]),
        ("embargoed", &["embargoed"]),
        ("class", &["type"]),
        ("dateline", &["located"]),
    ] {
        story.set(name, &item.first(keys));
    }
    let status = item.text("pubstatus");
    story.is_held = !status.is_empty() && status != "usable" || !item.text("embargoed").is_empty();
    story.set_list("subjects", item.names(&["subjects", "subject"]).into_iter());
    item.add_body(&mut story, watch)?;
    item.add_pictures(&mut story);
    if story.text.is_empty() {
        let description = item.description();
        if matches!(&*item.text("type"), "picture" | "graphic") {
            story.caption(&description, &item.credit());
        } else {
            story.add(ZoneKind::Body, &description);
        }
    }
    Ok(Some(story))
}

/// Whether an object is an item: it has an address and something of a story.
fn is_item(flat: &Flat<'_>) -> bool {
    let of = |wanted: fn(&str) -> bool| {
        flat.children(0).any(|child| wanted(&flat.key(child).to_ascii_lowercase()))
    };
    of(|key| key == "uri")
        && of(|key| {
            key.starts_with("body_")
                || key.starts_with("description_")
                || matches!(
                    key,
                    "bodies" | "headlines" | "headline" | "descriptions" | "versioncreated" | "eventdetails"
                )
        })
}

/// An object of the document.
#[derive(Clone, Copy)]
struct Item<'a, 'b> {
    flat: &'b Flat<'a>,
    at: usize,
}

impl<'a> Item<'a, '_> {
    fn get(self, key: &str) -> Option<usize> {
        self.flat.children(self.at).find(|&child| self.flat.key(child).eq_ignore_ascii_case(key))
    }

    fn text(self, key: &str) -> Cow<'a, str> {
        self.get(key).and_then(|item| self.flat.text(item)).unwrap_or_default()
    }

    /// The strings of a value: itself, or the values and names of its objects.
    fn strings(self, value: usize) -> Vec<String> {
        let one = |item: usize| match self.flat.kind(item) {
            Kind::Object => {
                let inside = Item { flat: self.flat, at: item };
                ["value", "name", "literal"]
                    .map(|key| inside.text(key))
                    .into_iter()
                    .find(|text| !text.is_empty())
            }
            Kind::List => None,
            Kind::Text | Kind::Word => self.flat.text(item),
        };
        let found: Vec<_> = match self.flat.kind(value) {
            Kind::List => self.flat.children(value).filter_map(one).collect(),
            _ => one(value).into_iter().collect(),
        };
        found.into_iter().map(Cow::into_owned).filter(|text| !text.trim().is_empty()).collect()
    }

    fn names(self, keys: &[&str]) -> Vec<String> {
        keys.iter().filter_map(|key| self.get(key)).flat_map(|value| self.strings(value)).collect()
    }

    fn first(self, keys: &[&str]) -> String {
        self.names(keys).into_iter().next().unwrap_or_default()
    }

    /// What describes an item that has no body.
    fn description(self) -> String {
        self.first(&["description_caption", "descriptions", "description_text", "description_summary"])
    }

    fn credit(self) -> String {
        let credit = self.first(&["creditline"]);
        if !credit.is_empty() {
            return credit;
        }
        let mut parts = self.names(&["by", "byline"]);
        parts.extend(self.names(&["copyrightholder"]));
        parts.dedup();
        parts.join("/")
    }

    fn add_body(self, story: &mut Story, watch: &Watch) -> Result<()> {
        // Each body with its type and its role; the first that is mark-up wins.
        let mut bodies: Vec<(String, String)> = Vec::new();
        if let Some(list) = self.get("bodies") {
            for body in self.flat.children(list).map(|at| Item { flat: self.flat, at }) {
                let kind = format!("{} {}", body.text("contenttype"), body.text("role")).to_ascii_lowercase();
                bodies.push((kind, body.text("value").into_owned()));
            }
        }
        for child in self.flat.children(self.at) {
            let key = self.flat.key(child).to_ascii_lowercase();
            if key.starts_with("body_") {
                bodies.push((key, self.flat.text(child).unwrap_or_default().into_owned()));
            }
        }
        bodies.retain(|(_, body)| !body.trim().is_empty());
        if let Some((_, body)) = bodies.iter().find(|(kind, _)| kind.contains("nitf"))
            && let Ok(tree) = strict::parse(body, watch)?
        {
            nitf::read(&tree, 0, story);
        } else if let Some((_, body)) =
            bodies.iter().find(|(kind, body)| kind.contains("html") || body.trim_start().starts_with('<'))
        {
            html::fragment(body, story, watch)?;
        } else if let Some((_, body)) = bodies.first() {
            let blank = body.contains("\n\n");
            body.split(if blank { "\n\n" } else { "\n" })
                .for_each(|paragraph| story.add(ZoneKind::Body, paragraph));
        }
        Ok(())
    }

    fn add_pictures(self, story: &mut Story) {
        let Some(all) = self.get("associations") else { return };
        for picture in self.flat.children(all).map(|at| Item { flat: self.flat, at }) {
            if self.flat.kind(picture.at) != Kind::Object || picture.text("type") == "text" {
                continue;
            }
            let caption = picture.description();
            if !caption.is_empty() {
                story.caption(&html_text(&caption), &picture.credit());
            }
        }
    }
}

fn html_text(text: &str) -> String {
    super::markup::words::without_tags(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Option<Story> {
        story(json, &Watch::default()).unwrap()
    }

    #[test]
    fn every_version_gives_the_same_story() {
        let first = r#"{"uri": "a", "type": "text", "versioncreated": "2019-01-08T10:00:00Z", "headline": "Rain",
            "byline": "By Ida Moe", "body_text": "Rain fell.\n\nIt stopped.", "pubstatus": "usable",
            "associations": {"main": {"uri": "b", "type": "picture", "byline": "Kai Berg", "copyrightholder": "AP",
            "description_text": "A street in Oban"}}}"#;
        let third = r#"{"uri": "a", "type": "text", "versionCreated": "2019-01-08T10:00:00Z", "by": "Ida Moe",
            "headlines": [{"role": "main", "value": "Rain"}], "pubStatus": "usable",
            "bodies": [{"contentType": "text/plain", "value": "other"},
            {"contentType": "text/html", "value": "<p>Rain fell.</p><p>It stopped.</p>"}],
            "associations": [{"name": "main", "uri": "b", "type": "picture", "by": "Kai Berg",
            "copyrightHolder": "AP", "descriptions": [{"value": "A street in Oban"}]}]}"#;
        let stories = [first, third].map(|json| read(json).unwrap());
        for story in &stories {
            assert_eq!(story.text, "Rain fell.\n\nIt stopped.\n\nA street in Oban Kai Berg/AP");
            assert!(!story.is_held);
        }
        let shown = |story: &Story| {
            let mut fields: Vec<String> = story.fields.iter().map(|field| format!("{field:?}")).collect();
            fields.sort();
            fields
        };
        assert_eq!(shown(&stories[0]), shown(&stories[1]));
    }

    #[test]
    fn what_is_no_item_is_left_alone() {
        for json in ["{}", "[]", "\"a\"", "{\"uri\": \"a\", \"n\": 1}", "{\"headline\": \"Rain\"}"] {
            assert!(read(json).is_none(), "{json}");
        }
        assert!(read(r#"{"uri": "a", "headline": "Rain", "pubstatus": "withheld"}"#).unwrap().is_held);
    }
}
