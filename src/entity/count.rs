//! How often is each entity named, and by which names?
//!
//! Every mention counts once, regardless of its spelling. [`Resolution`] says which entity a
//! mention refers to.
//!
//! Cost: one look-up per mention.

use super::select::{Resolution, SelectedMention, label_names, wanted};
use crate::batch::{Statistic, Watch, reduce};
use crate::corpus::{Cursors, Groups, Spans, Unit, ZoneSet, first_sentence};
use crate::error::Result;
use crate::hash::Map;
use crate::resolve::spelt;
use crate::table::{Column, Strings, Table, Values};
use std::borrow::Cow;

/// Which entities are counted.
#[derive(Debug, Clone, Default)]
pub struct EntityOptions {
    /// The labels of the entities; all labels if empty.
    pub labels: Vec<String>,
    /// Entities with fewer mentions (in their group) are ignored.
    pub min_mentions: u64,
    /// Entities in fewer articles (of their group) are ignored.
    pub min_articles: u64,
    /// Whether news and picture agencies are ignored.
    pub without_agencies: bool,
}

/// One row per mention: article, zone, sentence, start, end, text, label, entity, country, agency,
/// ambiguous, `entity_id`. `agencies` includes the mentions of news and picture agencies.
///
/// # Errors
/// [`Kind::BadOption`](crate::error::Kind::BadOption) for a label that no mention can have.
/// Cancellation.
pub fn mentions_table(
    resolution: &Resolution<'_>,
    zones: ZoneSet,
    labels: &[String],
    agencies: bool,
    watch: &Watch,
) -> Result<Table> {
    let Resolution { corpus, cache, entities } = resolution;
    let wanted = wanted(cache, labels)?;
    let mut spans = Spans::default();
    let (mut sentences, mut kinds) = (Vec::new(), Vec::new());
    let (mut names, mut ids) = (Strings::default(), Strings::default());
    let (mut countries, mut is_agency, mut ambiguous) = (Vec::new(), Vec::new(), Vec::new());
    let mut open: Option<(usize, Cursors<'_>, usize)> = None;
    let selected = resolution.all_selected_mentions(zones, &wanted);
    for SelectedMention { article, position, mention, entity } in watch.through(selected) {
        let entity = &entities.list[entity as usize];
        if entity.agency && !agencies {
            continue;
        }
        if open.as_ref().is_none_or(|(last, ..)| *last != position) {
            open = Some((position, Cursors::new(article), first_sentence(article)));
        }
        let Some((_, cursors, first)) = &mut open else { continue };
        spans.push(position, article, mention.zone as usize, mention.span, cursors);
        sentences.push(i64::from(mention.sentence) - *first as i64);
        kinds.push(u32::from(entity.kind));
        names.push(&entity.name);
        ids.push(&entity.id);
        countries.push(entity.country.code());
        is_agency.push(entity.agency);
        ambiguous.push(mention.link.ambiguous);
    }
    watch.check()?;
    spans
        .start_table(corpus, watch)?
        .with("sentence", Column::int(sentences))?
        .with("start", Column::int(spans.starts))?
        .with("end", Column::int(spans.ends))?
        .with("text", Values::Text(spans.texts))?
        .with("label", Values::Category(kinds, label_names(cache)))?
        .with("entity", Values::Text(names))?
        .with("country", Column::optional_text(countries))?
        .with("agency", Values::Bool(is_agency))?
        .with("ambiguous", Values::Bool(ambiguous))?
        .with("entity_id", Values::Text(ids))
}

/// The counts of one entity in one group.
#[derive(Default)]
struct Tally<'a> {
    mentions: u64,
    articles: u64,
    last_article: Option<usize>,
    days: Option<(i32, i32)>,
    ambiguous: bool,
    aliases: Map<Cow<'a, str>, u64>,
}

impl<'a> Tally<'a> {
    fn add(&mut self, selected: SelectedMention<'a>, weight: u64) {
        let SelectedMention { article, position, mention, .. } = selected;
        self.mentions += weight;
        self.ambiguous |= mention.link.ambiguous;
        *self.aliases.entry(spelt(article, mention.span)).or_insert(0) += weight;
        if self.last_article.replace(position) != Some(position) {
            self.articles += weight;
            if let Some(day) = article.day() {
                let (first, last) = self.days.unwrap_or((day, day));
                self.days = Some((first.min(day), last.max(day)));
            }
        }
    }

    /// Adds the counts from other articles.
    fn merge(&mut self, other: Self) {
        self.mentions += other.mentions;
        self.articles += other.articles;
        self.ambiguous |= other.ambiguous;
        if let Some((from, to)) = other.days {
            let (first, last) = self.days.unwrap_or((from, to));
            self.days = Some((first.min(from), last.max(to)));
        }
        for (alias, count) in other.aliases {
            *self.aliases.entry(alias).or_insert(0) += count;
        }
    }

    /// The spellings, by descending count; ties are in byte order.
    fn aliases(&self) -> Vec<(&str, u64)> {
        let mut aliases: Vec<(&str, u64)> =
            self.aliases.iter().map(|(name, count)| (&**name, *count)).collect();
        aliases.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        aliases
    }
}

/// A group, an entity, and its counts in this group.
type Row<'a> = (u32, u32, Tally<'a>);

/// Counts the mentions of each entity in each group. A partial holds sums, first and last days, and
/// the counts of spellings. Partials cover disjoint sets of articles, so merging is exact. The
/// numbers in a partial are those of the groups and entities of one resolution.
struct Tallying<'a> {
    resolution: &'a Resolution<'a>,
    groups: &'a Groups,
    zones: ZoneSet,
    wanted: &'a [bool],
    options: &'a EntityOptions,
}

impl<'a> Statistic for Tallying<'a> {
    type Unit = Unit;
    type Partial = Map<(u32, u32), Tally<'a>>;
    /// The tally of each entity in each group, in the order of the rows of a table.
    type Output = Vec<Row<'a>>;

    fn empty(&self) -> Self::Partial {
        Self::Partial::default()
    }

    fn add(&self, tallies: &mut Self::Partial, unit: &Unit, watch: &Watch) -> Result<()> {
        for &position in watch.through(&unit.articles) {
            let Some(article) = self.resolution.corpus.article(position as usize) else { continue };
            let weight = self.resolution.corpus.weight(position as usize);
            let selected =
                self.resolution.selected_mentions(position as usize, article, self.zones, self.wanted);
            for selected in watch.through(selected) {
                let zone = article.part.zones[selected.mention.zone as usize].kind;
                let group = self.groups.of(selected.position, zone);
                tallies.entry((group, selected.entity)).or_default().add(selected, weight);
            }
        }
        watch.check()
    }

    fn merge(&self, partials: Vec<Self::Partial>, watch: &Watch) -> Result<Self::Partial> {
        let mut merged = Self::Partial::default();
        for (key, tally) in watch.through(partials.into_iter().flatten()) {
            merged.entry(key).or_default().merge(tally);
        }
        watch.check()?;
        Ok(merged)
    }

    fn finish(&self, tallies: Self::Partial, watch: &Watch) -> Result<Self::Output> {
        let (list, options) = (&self.resolution.entities.list, self.options);
        let one = self.resolution.corpus.one();
        let (mentions, articles) = (one.least(options.min_mentions), one.least(options.min_articles));
        let mut rows: Vec<Row<'a>> = tallies
            .into_iter()
            .map(|((group, entity), tally)| (group, entity, tally))
            .filter(|(_, _, tally)| tally.mentions >= mentions && tally.articles >= articles)
            .filter(|&(_, entity, _)| !(options.without_agencies && list[entity as usize].agency))
            .collect();
        rows.sort_unstable_by(|a, b| {
            // Entities are in the order of their names, then of their labels and countries.
            a.0.cmp(&b.0).then_with(|| b.2.mentions.cmp(&a.2.mentions)).then_with(|| a.1.cmp(&b.1))
        });
        watch.check()?;
        Ok(rows)
    }
}

/// The tallies over all articles.
fn tallies<'a>(tallying: &Tallying<'a>, watch: &Watch) -> Result<Vec<Row<'a>>> {
    let corpus = tallying.resolution.corpus;
    let units = corpus.all_units(tallying.zones, watch)?;
    reduce(tallying, &units, watch)
}

/// How often each entity with one of the labels (all labels if empty) is named in each group:
/// group, entity, mentions and articles.
///
/// # Errors
/// [`Kind::BadOption`](crate::error::Kind::BadOption) for a label that no mention can have.
/// Cancellation.
pub fn entity_counts(
    resolution: &Resolution<'_>,
    groups: &Groups,
    zones: ZoneSet,
    labels: &[String],
    watch: &Watch,
) -> Result<Vec<(u32, String, u64, u64)>> {
    let wanted = wanted(&resolution.cache, labels)?;
    let options = &EntityOptions { min_mentions: 1, min_articles: 1, ..EntityOptions::default() };
    let rows = tallies(&Tallying { resolution, groups, zones, wanted: &wanted, options }, watch)?;
    let name = |entity: u32| resolution.entities.list[entity as usize].name.clone();
    let row = |(group, entity, tally): Row<'_>| (group, name(entity), tally.mentions, tally.articles);
    Ok(rows.into_iter().map(row).collect())
}

/// Calls a function with the position of the article, the sentence and the entity of each mention.
///
/// # Errors
/// As for [`entity_counts`].
pub(crate) fn mentions_of(
    resolution: &Resolution<'_>,
    zones: ZoneSet,
    labels: &[String],
    watch: &Watch,
    mut call: impl FnMut(usize, u32, u32),
) -> Result<()> {
    let wanted = wanted(&resolution.cache, labels)?;
    for selected in watch.through(resolution.all_selected_mentions(zones, &wanted)) {
        call(selected.position, selected.mention.sentence, selected.entity);
    }
    watch.check()
}

/// The columns of [`entities`] that follow those of the groups.
const COLUMNS: [&str; 12] = [
    "entity",
    "label",
    "mentions",
    "articles",
    "aliases",
    "first_date",
    "last_date",
    "country",
    "agency",
    "ambiguous",
    "entity_id",
    "quotes",
];

/// One row per entity and group: the columns of the groups, then entity, label, mentions, articles,
/// aliases, `first_date`, `last_date`, country, agency, ambiguous, `entity_id`, and, if there is a
/// function that counts them by group and entity, quotes. Groups are in their order. Within a
/// group, entities are sorted by descending number of mentions; ties are in byte order of their
/// names.
///
/// # Errors
/// [`Kind::BadOption`](crate::error::Kind::BadOption) for a label that no mention can have or an
/// invalid group. Cancellation.
pub fn entities<S: AsRef<str>>(
    resolution: &Resolution<'_>,
    by: &[S],
    zones: ZoneSet,
    options: &EntityOptions,
    quoted: Option<&dyn Fn(u32, u32) -> u64>,
    watch: &Watch,
) -> Result<Table> {
    let Resolution { corpus, cache, entities: batch } = resolution;
    let one = corpus.one();
    let groups = corpus.groups(by, watch)?;
    let wanted = wanted(cache, &options.labels)?;
    let rows = tallies(&Tallying { resolution, groups: &groups, zones, wanted: &wanted, options }, watch)?;
    let of_group: Vec<u32> = rows.iter().map(|(group, _, _)| *group).collect();
    let mut table = Table::new();
    for (name, column) in groups.key_columns(&of_group, &COLUMNS, watch)? {
        table = table.with(name, column)?;
    }
    let (mut ends, mut aliases) = (Vec::with_capacity(rows.len()), Strings::default());
    for (_, _, tally) in watch.through(&rows) {
        tally.aliases().iter().for_each(|(alias, _)| aliases.push(alias));
        ends.push(aliases.len() as u32);
    }
    let entity = |row: &Row<'_>| &batch.list[row.1 as usize];
    let total: u64 = rows.iter().map(|(_, _, tally)| tally.mentions).sum();
    let days = |day: fn((i32, i32)) -> i32| Column::dates(rows.iter().map(move |row| row.2.days.map(day)));
    table = table
        .with("entity", Column::text(rows.iter().map(|row| &entity(row).name)))?
        .with(
            "label",
            Values::Category(
                rows.iter().map(|row| u32::from(entity(row).kind)).collect(),
                label_names(cache),
            ),
        )?
        .with("mentions", one.column(rows.iter().map(|(_, _, tally)| tally.mentions)))?
        .with("articles", one.column(rows.iter().map(|(_, _, tally)| tally.articles)))?
        .with("aliases", Values::TextList(ends, aliases))?
        .with("first_date", days(|(first, _)| first))?
        .with("last_date", days(|(_, last)| last))?
        .with("country", Column::optional_text(rows.iter().map(|row| entity(row).country.code())))?
        .with("agency", Values::Bool(rows.iter().map(|row| entity(row).agency).collect()))?
        .with("ambiguous", Values::Bool(rows.iter().map(|(_, _, tally)| tally.ambiguous).collect()))?
        .with("entity_id", Column::text(rows.iter().map(|row| &entity(row).id)))?;
    if let Some(quoted) = quoted {
        table = table.with("quotes", one.column(rows.iter().map(|row| quoted(row.0, row.1))))?;
    }
    Ok(table
        .with_fact("mentions", &one.number(total))
        .with_fact("articles", &one.number(corpus.weight_of_all())))
}

/// One row per entity and spelling: entity, label, alias, mentions.
///
/// # Errors
/// [`Kind::BadOption`](crate::error::Kind::BadOption) for a label that no mention can have.
/// Cancellation.
pub fn aliases(
    resolution: &Resolution<'_>,
    zones: ZoneSet,
    options: &EntityOptions,
    watch: &Watch,
) -> Result<Table> {
    let Resolution { corpus, cache, entities: batch } = resolution;
    let groups = corpus.groups::<&str>(&[], watch)?;
    let wanted = wanted(cache, &options.labels)?;
    let rows = tallies(&Tallying { resolution, groups: &groups, zones, wanted: &wanted, options }, watch)?;
    let (mut entities, mut labels, mut spellings, mut mentions) =
        (Strings::default(), Vec::new(), Strings::default(), Vec::new());
    for (_, entity, tally) in watch.through(&rows) {
        let entity = &batch.list[*entity as usize];
        for (alias, count) in tally.aliases() {
            entities.push(&entity.name);
            labels.push(u32::from(entity.kind));
            spellings.push(alias);
            mentions.push(count as i64);
        }
    }
    Table::new()
        .with("entity", Values::Text(entities))?
        .with("label", Values::Category(labels, label_names(cache)))?
        .with("alias", Values::Text(spellings))?
        .with("mentions", Column::int(mentions))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::batch::holds_for_every_cut;
    use crate::corpus::sample::{articles, corpus_of, units};
    use crate::entity::{Finder, WhoIsWho};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn partials_of_any_cut_merge_to_the_whole(texts in articles(), cuts: [usize; 2]) {
            let (corpus, watch) = (corpus_of(&texts), Watch::default());
            let known = WhoIsWho::default();
            let resolution = known.resolve(&corpus, Finder::default(), &watch).unwrap();
            let wanted = wanted(&resolution.cache, &[]).unwrap();
            let units = units(&corpus, &corpus.groups::<&str>(&[], &watch).unwrap());
            let options = EntityOptions { min_mentions: 1, min_articles: 1, ..EntityOptions::default() };
            for by in [&[][..], &["month"]] {
                let tallying = Tallying {
                    resolution: &resolution,
                    groups: &corpus.groups(by, &watch).unwrap(),
                    zones: ZoneSet::default(),
                    wanted: &wanted,
                    options: &options,
                };
                let shown = |rows: Vec<Row<'_>>| {
                    let row = |(group, entity, tally): Row<'_>| {
                        let aliases: Vec<_> =
                            tally.aliases().into_iter().map(|(alias, n)| (alias.to_owned(), n)).collect();
                        let counts = (tally.mentions, tally.articles, tally.days, tally.ambiguous);
                        (group, entity, counts, aliases)
                    };
                    rows.into_iter().map(row).collect::<Vec<_>>()
                };
                holds_for_every_cut(&tallying, &units, cuts, shown);
            }
        }
    }
}
