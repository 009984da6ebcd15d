//! How is a corpus made of articles of which only some strings are left?
//!
//! Such an article has a day, zones and sentences, but no tokens. Its text is the strings that are
//! left of it, one per line, so spans can refer to them.

use std::sync::Arc;

use super::part::{ArticleRow, Origin, Part, SentenceRow, ZoneRow};
use super::report::Report;
use super::text::{Held, Text};
use super::vocabulary::Vocabulary;
use super::{Corpus, Store};
use crate::article::ZoneKind;
use crate::error::Result;
use crate::span::ByteSpan;
use crate::table::{Column, Strings};

/// Articles without their texts.
#[derive(Default)]
pub(crate) struct Outlines {
    part: Part,
    texts: Strings,
    bytes: u32,
}

/// The bytes from which a part is full: its offsets are 32 bits.
const FULL: u32 = 1 << 28;

impl Outlines {
    /// Adds an article with this day, these zones with their numbers of sentences, and these
    /// strings. Returns the position of its first zone and of its first sentence in its part, and
    /// where each string is in the strings of the part.
    ///
    /// # Errors
    /// [`Kind::OutOfMemory`](crate::error::Kind::OutOfMemory).
    pub(crate) fn push<'a>(
        &mut self,
        day: i32,
        zones: impl Iterator<Item = (ZoneKind, u32)>,
        strings: impl Iterator<Item = &'a str>,
    ) -> Result<(u32, u32, Vec<ByteSpan>)> {
        let (start, first_zone) = (self.bytes, self.part.zones.len() as u32);
        let first_sentence = self.part.sentences.len() as u32;
        for (kind, sentences) in zones {
            self.part.zones.push(ZoneRow {
                kind,
                origin: Origin::Text,
                span: ByteSpan::new(start, start),
                first_sentence: self.part.sentences.len() as u32,
            });
            let none = (0..sentences).map(|_| SentenceRow { start, first_token: 0 });
            self.part.sentences.extend(none);
        }
        let (mut text, mut spans) = (String::new(), Vec::new());
        for string in strings {
            let from = start + text.len() as u32;
            spans.push(ByteSpan::new(from, from + string.len() as u32));
            text.push_str(string);
            text.push('\n');
        }
        self.bytes += text.len() as u32;
        let end = ByteSpan::new(self.bytes, self.bytes);
        self.part.articles.push(ArticleRow {
            text: ByteSpan::new(start, self.bytes),
            headline: end,
            byline: end,
            body: 0,
            day,
            first_zone,
            is_ascii: text.is_ascii(),
        });
        self.texts.try_push(&text)?;
        Ok((first_zone, first_sentence, spans))
    }

    /// Whether a corpus should be made before further articles are added.
    pub(crate) fn is_full(&self) -> bool {
        self.bytes >= FULL
    }

    fn finish(mut self) -> Part {
        let texts = Arc::new(self.texts);
        let held = |row| Held { text: Text::Row(Arc::clone(&texts), row), fields: Box::default() };
        self.part.held = (0..texts.len()).map(held).collect();
        self.part.close(self.bytes);
        self.part
    }
}

impl Corpus {
    /// The corpus of these articles, with these ids and fields, one row per article.
    pub(crate) fn of_outlines(parts: Vec<Outlines>, ids: Column, fields: Vec<(String, Column)>) -> Self {
        let parts = parts.into_iter().map(Outlines::finish).collect();
        Self::new(Store::new(parts, Vocabulary::default(), ids, fields), Report::default())
    }
}
