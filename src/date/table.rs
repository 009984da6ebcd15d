//! What do time expressions look like as a table?

use super::article::dates;
use super::value::Type;
use crate::batch::Watch;
use crate::corpus::{Corpus, Cursors, Spans, ZoneSet, first_sentence};
use crate::error::Result;
use crate::table::{Column, Table, Values};

impl Corpus {
    /// One row per time expression in the zones of the set: article, zone, sentence, start, end,
    /// text, type, value, mod, earliest, latest. In the order of the text.
    ///
    /// # Errors
    /// [`crate::error::Kind::Cancelled`].
    pub fn dates_table(&self, zones: ZoneSet, watch: &Watch) -> Result<Table> {
        let found = dates(self, zones, watch)?;
        let mut spans = Spans::default();
        let mut sentences = Vec::new();
        for (position, (article, dates)) in watch.through(self.articles().zip(&found)).enumerate() {
            let mut cursors = Cursors::new(article);
            let first = first_sentence(article);
            for date in dates {
                spans.push(position, article, date.zone as usize, date.span(), &mut cursors);
                sentences.push(i64::from(date.sentence) - first as i64);
            }
        }
        watch.check()?;
        let all = || found.iter().flatten().map(|date| &date.found);
        let types = all().map(|found| found.sort as u32).collect();
        spans
            .start_table(self, watch)?
            .with("sentence", Column::int(sentences))?
            .with("start", Column::int(spans.starts))?
            .with("end", Column::int(spans.ends))?
            .with("text", Values::Text(spans.texts))?
            .with("type", Values::Category(types, Type::ALL.into_iter().collect()))?
            .with("value", Column::text(all().map(|found| &found.value)))?
            .with("mod", Column::optional_text(all().map(|found| found.how.map(super::value::Mod::name))))?
            .with("earliest", Column::dates(all().map(|found| found.days.map(|(first, _)| first))))?
            .with("latest", Column::dates(all().map(|found| found.days.map(|(_, last)| last))))
    }
}
