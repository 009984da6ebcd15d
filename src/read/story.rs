//! What does a reader that knows the parts of an article hand on?
//!
//! A page or a wire item says what is headline, caption, credit and body. A [`Story`] writes the
//! parts one below the other, as the text of the article, and keeps what each of them is, so that
//! nothing has to be found again. Headline, date and byline are fields.

use crate::article::{Known, ZoneKind};
use crate::calendar::{format_day, parse_day};
use crate::span::ByteSpan;
use crate::table::Value;

/// The longest list that a field holds.
const MOST_ITEMS: usize = 200;

/// An article whose parts are known.
#[derive(Debug, Default)]
pub struct Story {
    /// Its paragraphs, with a blank line between two.
    pub(crate) text: String,
    /// What they are.
    pub(crate) parts: Vec<Known>,
    /// Its fields, each once.
    pub(crate) fields: Vec<(String, Value<'static>)>,
    /// Whether its provider says that it may not be used, or not yet.
    pub(crate) is_held: bool,
}

impl Story {
    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the parts of its text are.
    pub fn parts(&self) -> &[Known] {
        &self.parts
    }

    /// The value of a field.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(other, _)| other == name).and_then(|(_, value)| match value {
            Value::Text(text) => Some(&**text),
            _ => None,
        })
    }

    /// Its day.
    pub fn day(&self) -> Option<i32> {
        self.field("date").and_then(|date| parse_day(date).ok())
    }

    /// Adds a paragraph.
    pub(crate) fn add(&mut self, kind: ZoneKind, paragraph: &str) {
        let span = self.push(paragraph);
        if !span.is_empty() {
            self.parts.push(Known { kind, span, credit: None });
        }
    }

    /// Adds a caption and its credit; either may be empty.
    pub(crate) fn caption(&mut self, caption: &str, credit: &str) {
        let span = self.push(caption);
        if credit.trim().is_empty() {
            if !span.is_empty() {
                self.parts.push(Known { kind: ZoneKind::Caption, span, credit: None });
            }
            return;
        }
        if span.is_empty() {
            let whole = self.push(credit);
            let span = ByteSpan::new(whole.start, whole.start);
            self.parts.push(Known { kind: ZoneKind::Caption, span, credit: Some(whole) });
            return;
        }
        self.text.push(' ');
        let start = self.text.len();
        self.text.push_str(credit.trim());
        let credit = Some(ByteSpan::new(start as u32, self.text.len() as u32));
        self.parts.push(Known { kind: ZoneKind::Caption, span, credit });
    }

    /// Sets a field, unless it has a value or the new one is blank.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        let value = value.trim();
        if !value.is_empty() && !self.has(name) {
            self.fields.push((name.to_owned(), Value::Text(value.to_owned().into())));
        }
    }

    /// Sets the day, unless there is one.
    pub(crate) fn set_day(&mut self, day: Option<i32>) {
        if let Some(day) = day {
            self.set("date", &format_day(day));
        }
    }

    /// Sets a field to a list, as JSON; blank items and repetitions are skipped.
    pub(crate) fn set_list(&mut self, name: &str, items: impl Iterator<Item = String>) {
        let mut list: Vec<String> = Vec::new();
        for item in items.take(MOST_ITEMS).map(|item| item.trim().to_owned()) {
            if !item.is_empty() && !list.contains(&item) {
                list.push(item);
            }
        }
        if !list.is_empty() {
            self.set(name, &serde_json::to_string(&list).unwrap_or_default());
        }
    }

    /// Whether a field has a value.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(other, _)| other == name)
    }

    fn push(&mut self, paragraph: &str) -> ByteSpan {
        let paragraph = paragraph.trim();
        if !paragraph.is_empty() && !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len() as u32;
        self.text.push_str(paragraph);
        ByteSpan::new(start, self.text.len() as u32)
    }
}
