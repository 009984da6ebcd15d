//! What do quotations and their speakers look like as tables?

use std::collections::BTreeMap;

use super::read::{Quote, QuoteKind, Reader, Said};
use super::speaker::speakers;
use crate::batch::{Watch, map_with_state};
use crate::corpus::{ArticleRef, Corpus, Cursors, Spans, ZoneSet, first_sentence};
use crate::entity::Resolution;
use crate::error::Result;
use crate::hash::Map;
use crate::table::{Column, Strings, Table, Values};

/// The number of articles in one piece of work.
const PIECE: usize = 32;

/// The quotations of an article, and the entities of their speakers.
type Read = Vec<(Quote, Option<u32>)>;

/// The quotations of all selected articles, or of the one at a position, in their order.
fn quotations(
    resolution: &Resolution<'_>,
    only: Option<usize>,
    zones: ZoneSet,
    kinds: &[QuoteKind],
    watch: &Watch,
) -> Result<Vec<(usize, Read)>> {
    let corpus = resolution.corpus;
    let positions: Vec<usize> = only.map_or_else(|| (0..corpus.len()).collect(), |only| vec![only]);
    let pieces: Vec<&[usize]> = positions.chunks(PIECE).collect();
    let read = map_with_state(&pieces, watch, Reader::default, |reader, piece| {
        let mut all = Vec::with_capacity(piece.len());
        for &position in watch.through(*piece) {
            let Some(article) = corpus.article(position) else { continue };
            let mut quotes = reader.read(article, zones, corpus.store().vocabulary());
            let who = speakers(resolution, position, article, &mut quotes);
            let wanted = quotes.into_iter().zip(who).filter(|(quote, _)| kinds.contains(&quote.kind));
            all.push((position, wanted.collect::<Read>()));
        }
        watch.check()?;
        Ok(all)
    })?;
    Ok(read.into_iter().flatten().collect())
}

/// Words and their place, which may be missing.
#[derive(Default)]
struct Words {
    texts: Vec<Option<String>>,
    starts: Vec<Option<i64>>,
    ends: Vec<Option<i64>>,
}

impl Words {
    fn push(&mut self, article: ArticleRef<'_>, said: Option<Said>, cursors: &mut Cursors<'_>) {
        let place = said.map(|said| cursors.chars(said.zone as usize, said.span));
        self.texts.push(said.map(|said| article.piece(said.span).to_owned()));
        self.starts.push(place.map(|(start, _)| start));
        self.ends.push(place.map(|(_, end)| end));
    }

    fn columns(self, table: Table, names: [&str; 3], between: Option<(&str, Column)>) -> Result<Table> {
        let [text, start, end] = names;
        let table = table
            .with(text, Column::optional_text(self.texts))?
            .with(start, Column::optional_int(self.starts))?
            .with(end, Column::optional_int(self.ends))?;
        match between {
            Some((name, column)) => table.with(name, column),
            None => Ok(table),
        }
    }
}

/// One row per quotation of these kinds, in all articles or in the one at a position: article,
/// zone, sentence, start, end, text, kind, speaker, `speaker_start`, `speaker_end`, entity, cue,
/// `cue_start`, `cue_end`.
///
/// # Errors
/// Cancellation.
pub fn quotes(
    resolution: &Resolution<'_>,
    only: Option<usize>,
    zones: ZoneSet,
    kinds: &[QuoteKind],
    watch: &Watch,
) -> Result<Table> {
    let corpus = resolution.corpus;
    let mut spans = Spans::default();
    let (mut sentences, mut kind_codes) = (Vec::new(), Vec::new());
    let (mut speaker, mut cue, mut entities) = (Words::default(), Words::default(), Vec::new());
    for (position, found) in watch.through(quotations(resolution, only, zones, kinds, watch)?) {
        let Some(article) = corpus.article(position) else { continue };
        let mut cursors = Cursors::new(article);
        let first = first_sentence(article);
        for (quote, who) in &found {
            spans.push(position, article, quote.zone as usize, quote.span, &mut cursors);
            sentences.push(i64::from(quote.sentence) - first as i64);
            kind_codes.push(quote.kind as u32);
            speaker.push(article, quote.speaker, &mut cursors);
            cue.push(article, quote.cue, &mut cursors);
            entities.push(who.map(|who| resolution.entities.list[who as usize].name.as_str()));
        }
    }
    watch.check()?;
    let kinds: Strings = QuoteKind::ALL.iter().map(|(name, _)| *name).collect();
    let table = spans
        .start_table(corpus, watch)?
        .with("sentence", Column::int(sentences))?
        .with("start", Column::int(spans.starts))?
        .with("end", Column::int(spans.ends))?
        .with("text", Values::Text(spans.texts))?
        .with("kind", Values::Category(kind_codes, kinds))?;
    let entity = Column::optional_text(entities);
    let table =
        speaker.columns(table, ["speaker", "speaker_start", "speaker_end"], Some(("entity", entity)))?;
    cue.columns(table, ["cue", "cue_start", "cue_end"], None)
}

/// One row per entity that is quoted: entity, label, quotes, direct, mixed, indirect, articles; by
/// descending number of quotations. The metadata count those without an entity.
///
/// # Errors
/// Cancellation.
pub fn quoted(
    resolution: &Resolution<'_>,
    zones: ZoneSet,
    kinds: &[QuoteKind],
    watch: &Watch,
) -> Result<Table> {
    #[derive(Default)]
    struct Tally {
        kinds: [u64; 3],
        articles: u64,
        last: Option<usize>,
    }
    let mut tallies: BTreeMap<u32, Tally> = BTreeMap::new();
    let mut nobody = 0_u64;
    let one = resolution.corpus.one();
    for (position, found) in watch.through(quotations(resolution, None, zones, kinds, watch)?) {
        let weight = resolution.corpus.weight(position);
        for (quote, who) in found {
            let Some(who) = who else {
                nobody += weight;
                continue;
            };
            let tally = tallies.entry(who).or_default();
            tally.kinds[quote.kind as usize] += weight;
            if tally.last.replace(position) != Some(position) {
                tally.articles += weight;
            }
        }
    }
    watch.check()?;
    let list = &resolution.entities.list;
    let mut rows: Vec<(u32, Tally)> = tallies.into_iter().collect();
    let total = |tally: &Tally| tally.kinds.iter().sum::<u64>();
    rows.sort_by(|(a, one), (b, other)| {
        let (a, b) = (&list[*a as usize], &list[*b as usize]);
        total(other).cmp(&total(one)).then_with(|| (&a.name, a.kind).cmp(&(&b.name, b.kind)))
    });
    let count = |part: &dyn Fn(&Tally) -> u64| one.column(rows.iter().map(|(_, tally)| part(tally)));
    let types = resolution.cache.types();
    let names = rows.iter().map(|(who, _)| list[*who as usize].name.as_str()).collect();
    let labels = rows.iter().map(|(who, _)| u32::from(list[*who as usize].kind)).collect();
    Ok(Table::new()
        .with("entity", Values::Text(names))?
        .with("label", Values::Category(labels, types.iter().map(String::as_str).collect()))?
        .with("quotes", count(&total))?
        .with("direct", count(&|tally| tally.kinds[0]))?
        .with("mixed", count(&|tally| tally.kinds[1]))?
        .with("indirect", count(&|tally| tally.kinds[2]))?
        .with("articles", count(&|tally| tally.articles))?
        .with_fact("without_entity", &one.number(nobody)))
}

/// How often each entity is quoted in each group, by group and entity, in units of the weights.
///
/// # Errors
/// Those of [`Corpus::groups`]. Cancellation.
pub fn quoted_by<S: AsRef<str>>(
    resolution: &Resolution<'_>,
    by: &[S],
    zones: ZoneSet,
    watch: &Watch,
) -> Result<Map<(u32, u32), u64>> {
    let corpus: &Corpus = resolution.corpus;
    let groups = corpus.groups(by, watch)?;
    let kinds = QuoteKind::ALL.map(|(_, kind)| kind);
    let mut counts = Map::default();
    for (position, found) in watch.through(quotations(resolution, None, zones, &kinds, watch)?) {
        let Some(article) = corpus.article(position) else { continue };
        for (quote, who) in found {
            let Some(who) = who else { continue };
            let group = groups.of(position, article.part.zones[quote.zone as usize].kind);
            *counts.entry((group, who)).or_insert(0) += corpus.weight(position);
        }
    }
    watch.check()?;
    Ok(counts)
}
