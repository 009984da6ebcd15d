//! How often is each entity named, and by which names?
//!
//! An entity of the batch is a label and a name, compared without case, accents, hyphens and stops. Its canonical name is the
//! most frequent of the full forms that articles give. Mentions are counted, each once, whatever their spelling.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::mention::{Cache, Mention};
use super::tagger::Tagger;
use crate::corpus::{ArticleRef, Corpus, Cursors, Groups, Spans, ZoneSet, first_sentence};
use crate::error::{Error, Kind, Result};
use crate::table::{Column, Strings, Table, Values};

/// Which entities are counted.
#[derive(Debug, Clone, Default)]
pub struct EntityOptions {
    /// Labels; all where none is named.
    pub labels: Vec<String>,
    /// Entities with fewer mentions (in their group) are left out.
    pub min_mentions: u64,
    /// Entities in fewer articles (of their group) are left out.
    pub min_articles: u64,
}

/// The entities of a selection.
struct Entities {
    /// Label and canonical name.
    entities: Names,
    /// For each article selected, the entity of each of its mentions.
    of_mention: Vec<Vec<u32>>,
}

/// A mention that is counted: the article's position, and the mention's among the article's.
type Counted = (usize, usize);

/// A name as names are compared.
fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for c in name.nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            '.' | '\'' | '’' => {}
            c if c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–') => {
                if !key.ends_with(' ') {
                    key.push(' ');
                }
            }
            c => key.extend(c.to_lowercase()),
        }
    }
    key.trim().to_owned()
}

/// A name on one line.
fn spelt(article: ArticleRef<'_>, mention: &Mention) -> String {
    mention.span.of(&article.part.text).split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Entities {
    fn new(corpus: &Corpus, cache: &Cache) -> Self {
        let mut numbers: HashMap<(u8, String), u32, FxBuildHasher> = HashMap::default();
        let mut forms: Vec<HashMap<String, u64, FxBuildHasher>> = Vec::new();
        let mut of_mention = Vec::with_capacity(corpus.len());
        for article in corpus.articles() {
            let mentions = cache.of(article.row);
            let entity = |mention: &Mention| {
                let full = &mentions[mention.stands_for as usize];
                let name = spelt(article, full);
                let next = numbers.len() as u32;
                let number = *numbers.entry((full.kind, key(&name))).or_insert(next);
                if number == next {
                    forms.push(HashMap::default());
                }
                *forms[number as usize].entry(name).or_insert(0) += 1;
                number
            };
            of_mention.push(mentions.iter().map(entity).collect());
        }
        let mut entities = vec![(0, String::new()); numbers.len()];
        for ((label, _), number) in numbers {
            let best = forms[number as usize].iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
            entities[number as usize] = (label, best.map(|(name, _)| name.clone()).unwrap_or_default());
        }
        Self { entities, of_mention }
    }
}

/// Whether each label is asked for.
fn wanted(tagger: &Tagger, labels: &[String]) -> Result<Vec<bool>> {
    let types = tagger.labels().types();
    if let Some(unknown) = labels.iter().find(|label| !types.contains(label)) {
        let what = format!("\"{unknown}\" is no label; expected {}", types.join(", "));
        return Err(Error::new(Kind::BadOption, what).in_field("labels"));
    }
    Ok(types.iter().map(|name| labels.is_empty() || labels.contains(name)).collect())
}

/// Calls `see` with each mention in the zones of the set that has a label asked for.
fn each(
    corpus: &Corpus,
    cache: &Cache,
    zones: ZoneSet,
    wanted: &[bool],
    mut see: impl FnMut(ArticleRef<'_>, Counted, &Mention),
) {
    for (position, article) in corpus.articles().enumerate() {
        for (at, mention) in cache.of(article.row).iter().enumerate() {
            let in_zones = zones.has(article.part.zones[mention.zone as usize].kind);
            if in_zones && wanted.get(mention.kind as usize).copied().unwrap_or(true) {
                see(article, (position, at), mention);
            }
        }
    }
}

fn label_names(tagger: &Tagger) -> Strings {
    tagger.labels().types().iter().collect()
}

/// A row for each mention: article, zone, sentence, start, end, text, label, entity.
///
/// # Errors
/// [`Kind::BadOption`]: a label that the tagger does not give.
pub fn mentions_table(
    corpus: &Corpus,
    tagger: &Tagger,
    cache: &Cache,
    zones: ZoneSet,
    labels: &[String],
) -> Result<Table> {
    let wanted = wanted(tagger, labels)?;
    let entities = Entities::new(corpus, cache);
    let mut spans = Spans::default();
    let (mut sentences, mut kinds, mut names) = (Vec::new(), Vec::new(), Strings::default());
    let mut open: Option<(u32, Cursors<'_>)> = None;
    for (position, article) in corpus.articles().enumerate() {
        let first = first_sentence(article);
        for (at, mention) in cache.of(article.row).iter().enumerate() {
            let zone = mention.zone as usize;
            if !zones.has(article.part.zones[zone].kind) || !wanted[mention.kind as usize] {
                continue;
            }
            if open.as_ref().is_none_or(|(row, _)| *row != article.row) {
                open = Some((article.row, Cursors::new(article)));
            }
            let Some((_, cursors)) = &mut open else { continue };
            spans.push(position, article, zone, mention.span, cursors);
            sentences.push(i64::from(mention.sentence) - first as i64);
            kinds.push(u32::from(mention.kind));
            names.push(&entities.entities[entities.of_mention[position][at] as usize].1);
        }
    }
    spans
        .start_table(corpus)?
        .with("sentence", Column::int(sentences))?
        .with("start", Column::int(spans.starts))?
        .with("end", Column::int(spans.ends))?
        .with("text", Values::Text(spans.texts))?
        .with("label", Values::Category(kinds, label_names(tagger)))?
        .with("entity", Values::Text(names))
}

/// What is known of an entity in a group.
#[derive(Default)]
struct Tally {
    mentions: u64,
    articles: u64,
    last_article: Option<usize>,
    days: Option<(i32, i32)>,
    aliases: HashMap<String, u64, FxBuildHasher>,
}

impl Tally {
    fn add(&mut self, article: ArticleRef<'_>, position: usize, name: String) {
        self.mentions += 1;
        *self.aliases.entry(name).or_insert(0) += 1;
        if self.last_article.replace(position) != Some(position) {
            self.articles += 1;
        }
        if let Some(day) = article.day() {
            let (first, last) = self.days.unwrap_or((day, day));
            self.days = Some((first.min(day), last.max(day)));
        }
    }

    /// Spellings, most frequent first, equals by bytes.
    fn aliases(&self) -> Vec<(&str, u64)> {
        let mut aliases: Vec<(&str, u64)> =
            self.aliases.iter().map(|(name, count)| (name.as_str(), *count)).collect();
        aliases.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        aliases
    }
}

/// A group, an entity, and what is known of it there.
type Row = (u32, u32, Tally);

/// The label and canonical name of each entity.
type Names = Vec<(u8, String)>;

/// The tally of each entity in each group, in the order in which tables list them.
fn tallies(
    corpus: &Corpus,
    tagger: &Tagger,
    cache: &Cache,
    groups: &Groups,
    zones: ZoneSet,
    options: &EntityOptions,
) -> Result<(Vec<Row>, Names)> {
    let wanted = wanted(tagger, &options.labels)?;
    let Entities { entities, of_mention } = Entities::new(corpus, cache);
    let mut tallies: HashMap<(u32, u32), Tally, FxBuildHasher> = HashMap::default();
    each(corpus, cache, zones, &wanted, |article, (position, at), mention| {
        let group = groups.of(position, article.part.zones[mention.zone as usize].kind);
        let tally = tallies.entry((group, of_mention[position][at])).or_default();
        tally.add(article, position, spelt(article, mention));
    });
    let mut rows: Vec<Row> = tallies
        .into_iter()
        .map(|((group, entity), tally)| (group, entity, tally))
        .filter(|(_, _, tally)| {
            tally.mentions >= options.min_mentions && tally.articles >= options.min_articles
        })
        .collect();
    rows.sort_unstable_by(|a, b| {
        let name = |row: &Row| &entities[row.1 as usize];
        a.0.cmp(&b.0)
            .then_with(|| b.2.mentions.cmp(&a.2.mentions))
            .then_with(|| name(a).1.cmp(&name(b).1))
            .then_with(|| name(a).0.cmp(&name(b).0))
            .then_with(|| a.1.cmp(&b.1))
    });
    Ok((rows, entities))
}

/// The columns of [`entities`], behind those of the groups.
const COLUMNS: [&str; 7] = ["entity", "label", "mentions", "articles", "aliases", "first_date", "last_date"];

/// A row for each entity (of each group): the group's keys, entity, label, mentions, articles, aliases, first and last date.
///
/// # Errors
/// [`Corpus::groups`]; [`Kind::BadOption`]: a label that the tagger does not give.
pub fn entities<S: AsRef<str>>(
    corpus: &Corpus,
    tagger: &Tagger,
    cache: &Cache,
    by: &[S],
    zones: ZoneSet,
    options: &EntityOptions,
) -> Result<Table> {
    let groups = corpus.groups(by)?;
    let (rows, names) = tallies(corpus, tagger, cache, &groups, zones, options)?;
    let of_group: Vec<u32> = rows.iter().map(|(group, _, _)| *group).collect();
    let mut table = Table::new();
    for (name, column) in groups.key_columns(&of_group, &COLUMNS) {
        table = table.with(name, column)?;
    }
    let (mut ends, mut aliases) = (Vec::with_capacity(rows.len()), Strings::default());
    for (_, _, tally) in &rows {
        tally.aliases().iter().for_each(|(alias, _)| aliases.push(alias));
        ends.push(aliases.len() as u32);
    }
    let entity = |row: &Row| &names[row.1 as usize];
    let total: u64 = rows.iter().map(|(_, _, tally)| tally.mentions).sum();
    Ok(table
        .with("entity", Column::text(rows.iter().map(|row| &entity(row).1)))?
        .with(
            "label",
            Values::Category(rows.iter().map(|row| u32::from(entity(row).0)).collect(), label_names(tagger)),
        )?
        .with("mentions", Column::int(rows.iter().map(|(_, _, tally)| tally.mentions as i64)))?
        .with("articles", Column::int(rows.iter().map(|(_, _, tally)| tally.articles as i64)))?
        .with("aliases", Values::TextList(ends, aliases))?
        .with(
            "first_date",
            Column::dates(rows.iter().map(|(_, _, tally)| tally.days.map(|(first, _)| first))),
        )?
        .with("last_date", Column::dates(rows.iter().map(|(_, _, tally)| tally.days.map(|(_, last)| last))))?
        .with_fact("mentions", &total)
        .with_fact("articles", &corpus.len()))
}

/// A row for each spelling of each entity: entity, label, alias, mentions.
///
/// # Errors
/// [`Kind::BadOption`]: a label that the tagger does not give.
pub fn aliases(
    corpus: &Corpus,
    tagger: &Tagger,
    cache: &Cache,
    zones: ZoneSet,
    options: &EntityOptions,
) -> Result<Table> {
    let groups = corpus.groups::<&str>(&[])?;
    let (rows, names) = tallies(corpus, tagger, cache, &groups, zones, options)?;
    let (mut entities, mut labels, mut spellings, mut mentions) =
        (Strings::default(), Vec::new(), Strings::default(), Vec::new());
    for (_, entity, tally) in &rows {
        let (label, name) = &names[*entity as usize];
        for (alias, count) in tally.aliases() {
            entities.push(name);
            labels.push(u32::from(*label));
            spellings.push(alias);
            mentions.push(count as i64);
        }
    }
    Table::new()
        .with("entity", Values::Text(entities))?
        .with("label", Values::Category(labels, label_names(tagger)))?
        .with("alias", Values::Text(spellings))?
        .with("mentions", Column::int(mentions))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_accents_hyphens_and_stops() {
        assert_eq!(key("Kim Jong-un"), key("KIM  JONG UN"));
        assert_eq!(key("U.S."), key("US"));
        assert_eq!(key("Viktor Orbán"), key("Viktor Orban"));
        assert_ne!(key("Iran"), key("Iraq"));
    }
}
