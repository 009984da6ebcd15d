//! How is a corpus kept in a file?
//!
//! The first block holds the vocabulary, the ids, the fields and the report. Two further blocks
//! hold each part: its texts, and where its zones, sentences and tokens are. The last may hold
//! the mentions. A selection is kept as the corpus that its articles alone would be, so the bytes
//! depend on the articles alone.
//!
//! Cost: opening unpacks the blocks on all threads and checks every offset, which takes a
//! quarter of the time of reading the articles anew.

use std::sync::Arc;

use super::concat::ConcatIds;
use super::part::{ArticleRow, LONG_GAP, Origin, Part, SentenceRow, ZoneRow};
use super::report::Report;
use super::text::{Held, Text};
use super::vocabulary::Vocabulary;
use super::{Corpus, Store};
use crate::article::{Details, ZoneKind};
use crate::batch::{Guarded, Watch, each_mut, map};
use crate::error::{Error, Result};
use crate::file::{Content, Reader, Writer, damaged, open, require, seal};
use crate::span::ByteSpan;
use crate::table::{Column, Strings, Table};

/// Represents the absence of a span in a file.
const NO_SPAN: ByteSpan = ByteSpan::new(u32::MAX, u32::MAX);

impl Corpus {
    /// The corpus as the bytes of a file.
    ///
    /// # Errors
    /// [`Kind::OutOfMemory`](crate::error::Kind::OutOfMemory); cancellation.
    pub fn to_bytes(&self, watch: &Watch) -> Result<Vec<u8>> {
        self.to_bytes_with(None, watch)
    }

    /// [`Corpus::to_bytes`], followed by a block whose content another room knows.
    ///
    /// # Errors
    /// Those of [`Corpus::to_bytes`].
    pub(crate) fn to_bytes_with(&self, more: Option<Vec<u8>>, watch: &Watch) -> Result<Vec<u8>> {
        let alone;
        let corpus = if self.is_whole() {
            self
        } else {
            alone = Self::concat(&[self], ConcatIds::Keep, watch)?;
            &alone
        };
        let store = corpus.store();
        let mut writer = Writer::default();
        writer.number(store.len());
        store.vocabulary().write(&mut writer);
        writer.table(&Table::new().with("article", store.ids().clone())?)?;
        let mut fields = Table::new();
        for (name, column) in store.fields() {
            fields = fields.with(name.clone(), column.clone())?;
        }
        writer.table(&fields)?;
        corpus.report().write(&mut writer)?;
        let write = |part: &Part| {
            let mut writer = Writer::default();
            part.write(&mut writer);
            Ok([part.texts(), writer.finish()])
        };
        let mut blocks = vec![writer.finish()];
        blocks.extend(map(&store.parts, watch, write)?.into_iter().flatten());
        blocks.extend(more);
        seal(Content::Corpus, &blocks, watch)
    }

    /// The corpus that was written as these bytes.
    ///
    /// # Errors
    /// [`Kind::BadState`](crate::error::Kind::BadState): they are not a corpus, or are damaged,
    /// cut short or of a newer version. [`Kind::OutOfMemory`](crate::error::Kind::OutOfMemory);
    /// cancellation.
    pub fn from_bytes(bytes: &[u8], watch: &Watch) -> Result<Self> {
        Ok(Self::from_bytes_with(bytes, watch)?.0)
    }

    /// The corpus that was written as these bytes, and the block that followed it.
    ///
    /// # Errors
    /// Those of [`Corpus::from_bytes`].
    pub(crate) fn from_bytes_with(bytes: &[u8], watch: &Watch) -> Result<(Self, Option<Vec<u8>>)> {
        let mut blocks = open(Content::Corpus, bytes, watch)?;
        // There are two blocks per part, and one before them.
        let more = if blocks.len() % 2 == 0 { blocks.pop() } else { None };
        let mut blocks = blocks.into_iter();
        let first = blocks.next().ok_or_else(damaged)?;
        let mut reader = Reader::new(&first);
        let count = reader.number()?;
        let vocabulary = Vocabulary::read(&mut reader)?;
        let ids = reader.table(watch)?.column("article").cloned().ok_or_else(damaged)?;
        let fields = reader.table(watch)?;
        let fields: Vec<(String, Column)> =
            fields.columns().iter().map(|(name, column)| (name.clone(), Column::clone(column))).collect();
        let report = Report::read(&mut reader, watch)?;
        reader.end()?;
        let mut parts = Vec::with_capacity(blocks.len() / 2);
        while let Some(texts) = blocks.next() {
            parts.push((texts, blocks.next().ok_or_else(damaged)?, Part::default()));
        }
        let lengths: Vec<u32> =
            (0..vocabulary.len() as u32).map(|token| vocabulary.byte_len(token)).collect();
        let failure = Guarded::<Option<Error>>::default();
        each_mut(&mut parts, watch, |(texts, block, part)| {
            let texts = String::from_utf8(std::mem::take(texts)).map_err(|_| damaged());
            let mut reader = Reader::new(block);
            let read = texts.and_then(|texts| {
                *part = Part::read(texts, &mut reader, &lengths, watch)?;
                reader.end()
            });
            if let Err(error) = read {
                failure.with(|first| first.get_or_insert(error).kind());
            }
        })?;
        if let Some(error) = failure.with(Option::take) {
            return Err(error);
        }
        let parts: Vec<Part> = parts.into_iter().map(|(.., part)| part).collect();
        require(parts.iter().map(|part| part.articles.len()).sum::<usize>() == count)?;
        require(ids.len() == count && fields.iter().all(|(_, column)| column.len() == count))?;
        Ok((Self::new(Store::new(parts, vocabulary, ids, fields), report), more))
    }
}

impl Part {
    /// The texts of the articles, one after another.
    fn texts(&self) -> Vec<u8> {
        self.held.iter().flat_map(|held| held.text.as_str().as_bytes()).copied().collect()
    }

    fn write(&self, writer: &mut Writer) {
        let (articles, zones) = (self.articles.iter(), &self.zones[..self.zones.len().saturating_sub(1)]);
        let sentences = &self.sentences[..self.sentences.len().saturating_sub(1)];
        writer.numbers(self.held.iter().map(|held| held.text.as_str().len() as u32));
        writer.strings(self.held.iter().map(|held| &*held.fields));
        writer.numbers(articles.clone().map(|row| row.headline.len()));
        writer.numbers(articles.clone().map(|row| row.body));
        writer.numbers(articles.clone().map(|row| row.day.cast_unsigned()));
        writer.rising(articles.map(|row| row.first_zone));
        writer.bytes(&zones.iter().map(|row| row.kind as u8).collect::<Vec<_>>());
        writer.bytes(&zones.iter().map(|row| row.origin as u8).collect::<Vec<_>>());
        writer.rising(zones.iter().map(|row| row.span.start));
        writer.numbers(zones.iter().map(|row| row.span.len()));
        writer.rising(zones.iter().map(|row| row.first_sentence));
        writer.rising(sentences.iter().map(|row| row.start));
        writer.rising(sentences.iter().map(|row| row.first_token));
        writer.numbers(self.tokens.iter().copied());
        writer.bytes(&self.gaps);
        for pairs in [&self.long_gaps, &self.marks] {
            writer.rising(pairs.iter().map(|&(token, _)| token));
            writer.numbers(pairs.iter().map(|&(_, bytes)| bytes));
        }
        writer.rising(self.details.iter().map(|details| details.zone));
        let spans: [fn(&Details) -> Option<ByteSpan>; 4] = [
            |details| details.credit,
            |details| details.place,
            |details| details.date,
            |details| details.names,
        ];
        for span in spans {
            let of = self.details.iter().map(|details| span(details).unwrap_or(NO_SPAN));
            writer.numbers(of.clone().map(|span| span.start));
            writer.numbers(of.map(|span| span.end));
        }
        writer.strings(self.details.iter().map(|details| details.agency.as_str()));
        writer.strings(self.details.iter().map(|details| details.photographer.as_str()));
    }

    /// # Errors
    /// [`Kind::BadState`](crate::error::Kind::BadState): the bytes are not a part whose tokens
    /// have these lengths. Cancellation.
    fn read(texts: String, reader: &mut Reader<'_>, lengths: &[u32], watch: &Watch) -> Result<Self> {
        let texts = Strings::cut(texts, &reader.numbers()?).ok_or_else(damaged)?;
        let texts = Arc::new(texts);
        let fields = reader.strings()?;
        let headlines = reader.numbers()?;
        let (bodies, days, first_zones) = (reader.numbers()?, reader.numbers()?, reader.rising()?);
        let count = texts.len();
        require([fields.len(), headlines.len(), bodies.len(), days.len(), first_zones.len()] == [count; 5])?;
        let mut part = Self::default();
        let mut at = 0_u32;
        let mut append = |length: usize| -> Result<ByteSpan> {
            let start = at;
            at = u32::try_from(length).ok().and_then(|length| at.checked_add(length)).ok_or_else(damaged)?;
            Ok(ByteSpan::new(start, at))
        };
        for article in 0..count {
            let (text, fields, headline) =
                (texts.get(article), fields.get(article), headlines[article] as usize);
            require(fields.is_char_boundary(headline) && text.is_char_boundary(bodies[article] as usize))?;
            part.articles.push(ArticleRow {
                text: append(text.len())?,
                headline: append(headline)?,
                byline: append(fields.len() - headline)?,
                body: bodies[article],
                day: days[article].cast_signed(),
                first_zone: first_zones[article],
                is_ascii: text.is_ascii(),
            });
            part.held.push(Held { text: Text::Row(Arc::clone(&texts), article), fields: fields.into() });
        }
        let (kinds, origins) = (reader.bytes()?, reader.bytes()?);
        let (starts, widths, firsts) = (reader.rising()?, reader.numbers()?, reader.rising()?);
        let zones = kinds.len();
        require([origins.len(), starts.len(), widths.len(), firsts.len()] == [zones; 4])?;
        for zone in 0..zones {
            part.zones.push(ZoneRow {
                kind: ZoneKind::ALL.get(kinds[zone] as usize).copied().ok_or_else(damaged)?,
                origin: Origin::ALL.get(origins[zone] as usize).copied().ok_or_else(damaged)?,
                span: ByteSpan::new(
                    starts[zone],
                    starts[zone].checked_add(widths[zone]).ok_or_else(damaged)?,
                ),
                first_sentence: firsts[zone],
            });
        }
        let (starts, firsts) = (reader.rising()?, reader.rising()?);
        require(starts.len() == firsts.len())?;
        let sentences = starts.iter().zip(&firsts);
        part.sentences = sentences.map(|(&start, &first_token)| SentenceRow { start, first_token }).collect();
        part.tokens = reader.numbers()?;
        part.gaps = reader.bytes()?.to_vec();
        for pairs in [&mut part.long_gaps, &mut part.marks] {
            let (tokens, bytes) = (reader.rising()?, reader.numbers()?);
            require(tokens.len() == bytes.len() && tokens.is_sorted())?;
            *pairs = tokens.into_iter().zip(bytes).collect();
        }
        part.read_details(reader)?;
        part.close(at);
        part.check(lengths, watch)?;
        Ok(part)
    }

    fn read_details(&mut self, reader: &mut Reader<'_>) -> Result<()> {
        let zones = reader.rising()?;
        let mut spans: Vec<Vec<Option<ByteSpan>>> = Vec::new();
        for _ in 0..4 {
            let (starts, ends) = (reader.numbers()?, reader.numbers()?);
            require(starts.len() == zones.len() && ends.len() == zones.len())?;
            let both = starts.into_iter().zip(ends).map(|(start, end)| ByteSpan::new(start, end));
            spans.push(both.map(|span| Some(span).filter(|&span| span != NO_SPAN)).collect());
        }
        let (agencies, photographers) = (reader.strings()?, reader.strings()?);
        require(agencies.len() == zones.len() && photographers.len() == zones.len() && zones.is_sorted())?;
        self.details = (0..zones.len())
            .map(|at| Details {
                zone: zones[at],
                credit: spans[0][at],
                agency: agencies.get(at).to_owned(),
                photographer: photographers.get(at).to_owned(),
                place: spans[1][at],
                date: spans[2][at],
                names: spans[3][at],
            })
            .collect();
        Ok(())
    }

    /// Checks that zones, sentences and tokens tile their parents and lie within the strings.
    fn check(&self, lengths: &[u32], watch: &Watch) -> Result<()> {
        require(self.gaps.len() == self.tokens.len())?;
        require(self.tokens.iter().all(|&token| (token as usize) < lengths.len()))?;
        require(rise(self.articles.iter().map(|row| row.first_zone), self.zones.len() - 1))?;
        require(rise(self.zones.iter().map(|row| row.first_sentence), self.sentences.len() - 1))?;
        require(rise(self.sentences.iter().map(|row| row.first_token), self.tokens.len()))?;
        require(self.articles.first().is_none_or(|first| first.first_zone == 0))?;
        require(self.zones[0].first_sentence == 0 && self.sentences[0].first_token == 0)?;
        require(self.details.iter().all(|details| (details.zone as usize) < self.zones.len() - 1))?;
        let mut marks = self.marks.iter().peekable();
        for article in watch.through(0..self.articles.len()) {
            let row = &self.articles[article];
            for zone in self.zones_of(article) {
                let ZoneRow { span, origin, .. } = self.zones[zone];
                let string = match origin {
                    Origin::Text => row.text,
                    Origin::Headline => row.headline,
                    Origin::Byline => row.byline,
                };
                let inside = |span: ByteSpan| string.start <= span.start && span.end <= string.end;
                require(inside(span))?;
                if let Some(details) = self.details_of(zone) {
                    let Details { credit, place, date, names, .. } = details;
                    let spans = [credit, place, date, names].into_iter().flatten();
                    require(spans.clone().all(|&span| span.start <= span.end && inside(span)))?;
                }
                let mut last = u64::from(span.start);
                for sentence in self.sentences_of(zone) {
                    let mut at = u64::from(self.sentences[sentence].start);
                    require(last <= at)?;
                    let tokens = self.tokens_of(sentence);
                    // Long sentences have marks, and few sentences are long.
                    let is_marked =
                        marks.peek().is_some_and(|&&(marked, _)| tokens.contains(&(marked as usize)));
                    let gaps = &self.gaps[tokens.clone()];
                    if is_marked || gaps.contains(&LONG_GAP) {
                        for token in tokens {
                            at += u64::from(self.gap(token));
                            if let Some(&(_, byte)) = marks.next_if(|&&(marked, _)| marked as usize == token)
                            {
                                require(u64::from(byte) == at)?;
                            }
                            at += u64::from(lengths[self.tokens[token] as usize]);
                        }
                    } else {
                        let words =
                            self.tokens[tokens].iter().map(|&token| u64::from(lengths[token as usize]));
                        at += words.sum::<u64>() + gaps.iter().map(|&gap| u64::from(gap)).sum::<u64>();
                    }
                    last = at;
                }
                require(last <= u64::from(span.end))?;
            }
        }
        require(marks.next().is_none())?;
        watch.check()
    }
}

/// Whether numbers rise, up to `end` at most.
fn rise(mut numbers: impl Iterator<Item = u32>, end: usize) -> bool {
    let mut last = 0;
    numbers.all(|number| number as usize <= end && std::mem::replace(&mut last, number) <= number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::sample::{articles, corpus_of};
    use crate::corpus::{ConcatIds, ZoneSet};
    use crate::error::Kind;

    fn tables(corpus: &Corpus) -> Vec<Table> {
        let watch = Watch::default();
        vec![
            corpus.articles_table(ZoneSet::ALL, &watch).unwrap(),
            corpus.zones_table(ZoneSet::ALL, &watch).unwrap(),
            corpus.sentences_table(ZoneSet::ALL, &watch).unwrap(),
            corpus.tokens_table(ZoneSet::ALL, &watch).unwrap(),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn a_corpus_comes_back(texts in articles()) {
            let (corpus, watch) = (corpus_of(&texts), Watch::default());
            let bytes = corpus.to_bytes(&watch).unwrap();
            let again = Corpus::from_bytes(&bytes, &watch).unwrap();
            prop_assert_eq!(tables(&again), tables(&corpus));
            prop_assert_eq!(again.to_bytes(&watch).unwrap(), bytes);
        }

        #[test]
        fn corpora_unite_to_the_corpus_of_all(a in articles(), b in articles()) {
            let watch = Watch::default();
            let both = Corpus::concat(&[&corpus_of(&a), &corpus_of(&b)], ConcatIds::Renumber, &watch).unwrap();
            let whole = corpus_of(&[a, b].concat());
            prop_assert_eq!(tables(&both), tables(&whole));
            let words = |corpus: &Corpus| {
                let all = corpus.store().vocabulary();
                (0..all.len() as u32).map(|token| all.text(token).to_owned()).collect::<Vec<_>>()
            };
            prop_assert_eq!(words(&both), words(&whole));
        }

        #[test]
        fn a_selection_is_kept_as_its_articles_alone_would_be(texts in articles(), step in 1..4_usize) {
            let (corpus, watch) = (corpus_of(&texts), Watch::default());
            let positions: Vec<usize> = (0..corpus.len()).rev().step_by(step).collect();
            let selection = corpus.take(&positions).unwrap();
            let alone = Corpus::concat(&[&selection], ConcatIds::Renumber, &watch).unwrap();
            let chosen: Vec<String> = positions.iter().map(|&at| texts[at].clone()).collect();
            prop_assert_eq!(tables(&alone), tables(&corpus_of(&chosen)));
            let again = Corpus::from_bytes(&selection.to_bytes(&watch).unwrap(), &watch).unwrap();
            prop_assert_eq!(tables(&again), tables(&selection));
        }
    }

    #[test]
    fn blocks_that_contradict_each_other_are_damage() {
        let (corpus, watch) = (corpus_of(&["Rain fell on Lisbon. It rose.".to_owned()]), Watch::default());
        let blocks = open(Content::Corpus, &corpus.to_bytes(&watch).unwrap(), &watch).unwrap();
        for block in 0..blocks.len() {
            for at in 0..blocks[block].len() {
                let mut changed = blocks.clone();
                changed[block][at] = changed[block][at].wrapping_add(1);
                let file = seal(Content::Corpus, &changed, &watch).unwrap();
                // Some changes give another corpus, such as one with another letter; none a panic.
                match Corpus::from_bytes(&file, &watch) {
                    Ok(other) => drop(tables(&other)),
                    Err(error) => assert_eq!(error.kind(), Kind::BadState, "block {block}, byte {at}"),
                }
            }
        }
    }
}
