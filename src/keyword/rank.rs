//! Which phrases rank highest in an article or a group?
//!
//! Articles are ranked in units that do not depend on the number of threads, and partial results
//! are merged in order, so no result depends on the threads. In a group, each article gives its
//! phrases their scores in proportion to its best score (or the best score in proportion to theirs,
//! if the lowest score is the best), and the score of a phrase in the group is the sum.

use super::choose::{ChosenLemmas, ChosenSpellings};
use super::document::Document;
use super::firstphrases::firstphrases;
use super::group::{RankedPhrase, Sums, share};
use super::names::Names;
use super::news::news;
use super::options::{Method, Options, Preference};
use super::phrase::Phrase;
use super::positionrank::positionrank;
use super::rake::rake;
use super::scratch::Scratch;
use super::textrank::textrank;
use super::tfidf::{self, Frequencies, tfidf};
use super::topicrank::topicrank;
use super::word::Words;
use super::yake::yake;
use crate::batch::{Statistic, Watch, reduce};
use crate::corpus::{ArticleRef, Corpus, Unit, ZoneSet};
use crate::error::{Error, Kind, Result};
use crate::span::ByteSpan;
use crate::table::{Column, Strings, Table, Values};
use crate::text::TokenKind;

/// What is shared by all articles.
struct Task<'a> {
    corpus: &'a Corpus,
    words: Words,
    options: &'a Options,
    frequencies: Frequencies,
    /// The names of entities, for `news`.
    names: Option<&'a Names>,
    watch: &'a Watch,
}

/// Whether a method uses the names of entities.
pub fn needs_names(options: &Options) -> bool {
    options.method == Method::News && options.prefer == Preference::Phrases
}

/// One row per phrase: article, rank, phrase, score, count; with `by`, the columns of the groups
/// instead of article.
///
/// Articles are in their order, groups in the order of their keys. Phrases are sorted from best to
/// worst; ties are in byte order.
///
/// # Errors
/// Those of [`Corpus::groups`]. [`Kind::BadOption`] for an option out of range. Cancellation.
pub fn keywords<S: AsRef<str>>(
    corpus: &Corpus,
    by: &[S],
    zones: ZoneSet,
    options: &Options,
    names: Option<&Names>,
    watch: &Watch,
) -> Result<Table> {
    check(options)?;
    let task = Task {
        corpus,
        words: Words::new(corpus.store().vocabulary(), options, watch)?,
        options,
        frequencies: Frequencies::default(),
        names,
        watch,
    };
    let task = task.with_frequencies(zones, watch)?;
    if by.is_empty() { task.by_article(zones, watch) } else { task.by_group(by, zones, watch) }
}

fn check(options: &Options) -> Result<()> {
    let bad = |field: &'static str, what: String| Err(Error::new(Kind::BadOption, what).in_field(field));
    if !(0.0..1.0).contains(&options.damping) {
        return bad("damping", format!("damping={}; expected at least 0 and less than 1", options.damping));
    }
    if let Some(weight) = options.single_words
        && !(weight >= 0.0 && weight.is_finite())
    {
        return bad("single_words", format!("single_words={weight}; expected at least 0"));
    }
    match (options.method, options.max_words) {
        (_, Some(0)) => bad("max_words", "max_words=0; expected at least 1".to_owned()),
        (Method::TfIdf, Some(words)) if words > tfidf::MOST_WORDS => {
            bad("max_words", format!("max_words={words}; expected at most {} with tfidf", tfidf::MOST_WORDS))
        }
        _ => Ok(()),
    }
}

impl Task<'_> {
    /// Counts the articles that contain each phrase, if the method needs these counts.
    fn with_frequencies(mut self, zones: ZoneSet, watch: &Watch) -> Result<Self> {
        if self.options.method != Method::TfIdf {
            return Ok(self);
        }
        self.frequencies = reduce(&InArticles(&self, zones), &self.corpus.all_units(zones, watch)?, watch)?;
        Ok(self)
    }

    /// Fills `scratch.phrases` with the ranked phrases of an article.
    fn rank(
        &self,
        (position, article): (usize, ArticleRef<'_>),
        zones: ZoneSet,
        document: &mut Document,
        scratch: &mut Scratch,
    ) {
        let Self { corpus, words, options, frequencies, names, .. } = self;
        let vocabulary = corpus.store().vocabulary();
        document.read(article, zones, vocabulary);
        scratch.phrases.clear();
        if document.tokens.is_empty() {
            return;
        }
        match options.method {
            Method::Yake => {
                yake(document, words, options, scratch, |token| {
                    vocabulary.text(token).chars().count() as u32
                });
            }
            Method::Rake => rake(document, words, options, scratch),
            Method::TfIdf => tfidf(document, words, options, scratch, frequencies, corpus.len()),
            method => {
                document.tag(words);
                match method {
                    Method::TextRank => textrank(document, words, options, scratch),
                    Method::PositionRank => positionrank(document, words, options, scratch),
                    Method::TopicRank => topicrank(document, words, options, scratch),
                    Method::FirstPhrases => firstphrases(document, words, options, scratch),
                    _ => {
                        let names = names.map_or(&[][..], |names| names.of(position));
                        news(document, words, options, names, scratch);
                    }
                }
            }
        }
        let first = |phrase: &Phrase| document.spans[phrase.at as usize].start;
        scratch.phrases.list.sort_unstable_by(|a, b| {
            let (x, y) = if options.method.lowest_first() { (a, b) } else { (b, a) };
            x.score
                .total_cmp(&y.score)
                .then_with(|| {
                    let of = |phrase: &Phrase| {
                        let last = document.spans[(phrase.at + phrase.len - 1) as usize].end;
                        article.piece(ByteSpan::new(first(phrase), last))
                    };
                    of(a).cmp(of(b))
                })
                .then_with(|| a.at.cmp(&b.at))
        });
    }

    fn ranked_phrase(&self, phrase: &Phrase, article: ArticleRef<'_>, document: &Document) -> RankedPhrase {
        let range = |phrase: &Phrase| phrase.at as usize..(phrase.at + phrase.len) as usize;
        let lemmas = |phrase: &Phrase| {
            range(phrase).flat_map(|at| self.words.parts_of(document.tokens[at])).copied().collect()
        };
        if let (Some(entity), Some(names)) = (phrase.entity, self.names) {
            let text = names.entities.get(entity as usize).cloned().unwrap_or_default();
            let lemmas = lemmas(phrase);
            return RankedPhrase {
                text,
                score: phrase.score,
                count: u64::from(phrase.count),
                lemmas,
                entity: true,
            };
        }
        let mut text = String::new();
        let mut end = None;
        for at in range(phrase) {
            let span = document.spans[at];
            if self.options.method == Method::Yake
                && self.words.of(document.tokens[at]).kind == TokenKind::Possessive
            {
                continue;
            }
            if end.is_some_and(|end| end < span.start) {
                text.push(' ');
            }
            text.push_str(article.piece(span));
            end = Some(span.end);
        }
        RankedPhrase {
            text,
            score: phrase.score,
            count: u64::from(phrase.count),
            lemmas: lemmas(phrase),
            entity: false,
        }
    }

    /// The best of these phrases, which must be in order.
    fn best(&self, phrases: impl Iterator<Item = RankedPhrase>) -> Vec<RankedPhrase> {
        let Options { method, n, overlap, .. } = self.options;
        let distinct = !overlap.unwrap_or(!matches!(method, Method::News | Method::Yake));
        let (mut by_lemmas, mut by_spelling) = (ChosenLemmas::default(), ChosenSpellings::default());
        // Two entities are two, even if the name of one contains that of the other.
        let mut other_lemmas = ChosenLemmas::default();
        let mut best: Vec<RankedPhrase> = Vec::new();
        for phrase in self.watch.through(phrases) {
            if best.len() >= *n {
                break;
            }
            let repeats = distinct
                && match method {
                    Method::Yake => by_spelling.has_similar(&phrase.text),
                    _ if phrase.entity => other_lemmas.overlaps(&phrase.lemmas),
                    _ => by_lemmas.overlaps(&phrase.lemmas),
                };
            if repeats {
                continue;
            }
            if distinct && *method == Method::Yake {
                by_spelling.add(&phrase.text);
            } else if distinct {
                by_lemmas.add(&phrase.lemmas);
                if !phrase.entity {
                    other_lemmas.add(&phrase.lemmas);
                }
            }
            best.push(phrase);
        }
        best
    }

    fn by_article(&self, zones: ZoneSet, watch: &Watch) -> Result<Table> {
        let rows = reduce(&OfArticles(self), &self.corpus.all_units(zones, watch)?, watch)?;
        let articles: Vec<u32> =
            rows.iter().flat_map(|(position, phrases)| phrases.iter().map(move |_| *position)).collect();
        let ids = self.corpus.ids_of(&articles, watch)?;
        columns(Table::new().with("article", ids)?, rows.iter().map(|(_, phrases)| phrases.as_slice()))
    }

    fn by_group<S: AsRef<str>>(&self, by: &[S], zones: ZoneSet, watch: &Watch) -> Result<Table> {
        let groups = self.corpus.groups(by, watch)?;
        let all = reduce(&OfGroups(self), &self.corpus.units(&groups, zones), watch)?;
        let ranked = all.ranked(groups.len(), watch)?;
        let of_group = watch.through((0..).zip(ranked));
        let phrases = |positions: Vec<u32>| positions.into_iter().map(|position| all.phrase(position));
        let rows: Vec<(u32, Vec<RankedPhrase>)> =
            of_group.map(|(group, positions)| (group, self.best(phrases(positions)))).collect();
        watch.check()?;
        let codes: Vec<u32> =
            rows.iter().flat_map(|(group, phrases)| phrases.iter().map(move |_| *group)).collect();
        let mut table = Table::new();
        for (name, column) in groups.key_columns(&codes, &["rank", "phrase", "score", "count"], watch)? {
            table = table.with(name, column)?;
        }
        columns(table, rows.iter().map(|(_, phrases)| phrases.as_slice()))
    }
}

/// Counts the articles that contain each phrase. A partial holds counts, and merging adds them.
struct InArticles<'a>(&'a Task<'a>, ZoneSet);

impl Statistic for InArticles<'_> {
    type Unit = Unit;
    type Partial = (Document, Scratch, Frequencies);
    type Output = Frequencies;

    fn empty(&self) -> Self::Partial {
        Self::Partial::default()
    }

    fn add(&self, partial: &mut Self::Partial, unit: &Unit, watch: &Watch) -> Result<()> {
        let (document, scratch, frequencies) = partial;
        let Task { corpus, words, options, .. } = self.0;
        for article in watch.through(&unit.articles).filter_map(|&position| corpus.article(position as usize))
        {
            document.read(article, self.1, corpus.store().vocabulary());
            scratch.phrases.clear();
            tfidf::count(document, words, options, scratch, frequencies);
        }
        watch.check()
    }

    fn merge(&self, partials: Vec<Self::Partial>, watch: &Watch) -> Result<Self::Partial> {
        let mut all = Frequencies::default();
        for (key, count) in watch.through(partials.into_iter().flat_map(|(_, _, frequencies)| frequencies)) {
            *all.entry(key).or_insert(0) += count;
        }
        watch.check()?;
        Ok((Document::default(), Scratch::default(), all))
    }

    fn finish(&self, (_, _, frequencies): Self::Partial, _: &Watch) -> Result<Frequencies> {
        Ok(frequencies)
    }
}

/// The best phrases of each article. A partial holds one row per article, and merging appends the
/// rows.
struct OfArticles<'a>(&'a Task<'a>);

impl Statistic for OfArticles<'_> {
    type Unit = Unit;
    type Partial = (Document, Scratch, Vec<(u32, Vec<RankedPhrase>)>);
    type Output = Vec<(u32, Vec<RankedPhrase>)>;

    fn empty(&self) -> Self::Partial {
        Self::Partial::default()
    }

    fn add(&self, partial: &mut Self::Partial, unit: &Unit, watch: &Watch) -> Result<()> {
        let (document, scratch, rows) = partial;
        for &position in watch.through(&unit.articles) {
            let Some(article) = self.0.corpus.article(position as usize) else { continue };
            self.0.rank((position as usize, article), unit.zones, document, scratch);
            let phrases = scratch.phrases.list.iter();
            let best = self.0.best(phrases.map(|phrase| self.0.ranked_phrase(phrase, article, document)));
            rows.push((position, best));
        }
        watch.check()
    }

    fn merge(&self, partials: Vec<Self::Partial>, _: &Watch) -> Result<Self::Partial> {
        Ok((
            Document::default(),
            Scratch::default(),
            partials.into_iter().flat_map(|(_, _, rows)| rows).collect(),
        ))
    }

    fn finish(&self, (_, _, rows): Self::Partial, _: &Watch) -> Result<Self::Output> {
        Ok(rows)
    }
}

/// Sums the shares of the phrases of each group. A partial holds sums of integers, so merging is
/// exact.
struct OfGroups<'a>(&'a Task<'a>);

impl Statistic for OfGroups<'_> {
    type Unit = Unit;
    type Partial = (Document, Scratch, Sums);
    type Output = Sums;

    fn empty(&self) -> Self::Partial {
        Self::Partial::default()
    }

    fn add(&self, partial: &mut Self::Partial, unit: &Unit, watch: &Watch) -> Result<()> {
        let (document, scratch, sums) = partial;
        for &position in watch.through(&unit.articles) {
            let Some(article) = self.0.corpus.article(position as usize) else { continue };
            self.0.rank((position as usize, article), unit.zones, document, scratch);
            let Some(top) = scratch.phrases.list.first().map(|phrase| phrase.score) else { continue };
            for phrase in &scratch.phrases.list {
                let mut ranked = self.0.ranked_phrase(phrase, article, document);
                ranked.score = share(ranked.score, top, self.0.options.method);
                // An entity is one phrase in all articles, whichever words they use. Lemmas are
                // numbered from zero, and entities from the other end.
                if let Some(entity) = phrase.entity {
                    ranked.lemmas = vec![u32::MAX - entity];
                }
                sums.add(unit.group, position as usize, &ranked);
            }
        }
        watch.check()
    }

    fn merge(&self, partials: Vec<Self::Partial>, watch: &Watch) -> Result<Self::Partial> {
        let mut all = Sums::default();
        watch.through(&partials).for_each(|(_, _, sums)| all.merge(sums));
        watch.check()?;
        Ok((Document::default(), Scratch::default(), all))
    }

    fn finish(&self, (_, _, sums): Self::Partial, _: &Watch) -> Result<Sums> {
        Ok(sums)
    }
}

fn columns<'a>(table: Table, rows: impl Iterator<Item = &'a [RankedPhrase]>) -> Result<Table> {
    let (mut ranks, mut names, mut scores, mut counts) =
        (Vec::new(), Strings::default(), Vec::new(), Vec::new());
    for phrases in rows {
        for (rank, phrase) in phrases.iter().enumerate() {
            ranks.push(rank as i64 + 1);
            names.push(&phrase.text);
            scores.push(phrase.score);
            counts.push(phrase.count as i64);
        }
    }
    table
        .with("rank", Column::int(ranks))?
        .with("phrase", Values::Text(names))?
        .with("score", Values::Float(scores))?
        .with("count", Column::int(counts))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::batch::holds_for_every_cut;
    use crate::corpus::sample::{articles, corpus_of, units};

    proptest! {
        #[test]
        fn partials_of_any_cut_merge_to_the_whole(texts in articles(), cuts: [usize; 2]) {
            let (corpus, watch) = (corpus_of(&texts), Watch::default());
            for method in [Method::News, Method::TfIdf] {
                let options = Options { method, ..Options::default() };
                let words = Words::new(corpus.store().vocabulary(), &options, &watch).unwrap();
                let task =
                    Task { corpus: &corpus, words, options: &options, frequencies: Frequencies::default(), names: None, watch: &watch };
                let everything = corpus.groups::<&str>(&[], &watch).unwrap();
                let each = units(&corpus, &everything);
                let sorted = |frequencies: Frequencies| {
                    let mut sorted: Vec<_> = frequencies.into_iter().collect();
                    sorted.sort_unstable();
                    sorted
                };
                holds_for_every_cut(&InArticles(&task, ZoneSet::default()), &each, cuts, sorted);
                let task = task.with_frequencies(ZoneSet::default(), &watch).unwrap();
                holds_for_every_cut(&OfArticles(&task), &each, cuts, |rows| rows);
                let months = corpus.groups(&["month"], &watch).unwrap();
                let ranked = |sums: Sums| {
                    let of_group = sums.ranked(months.len(), &watch).unwrap().into_iter();
                    of_group.map(|positions| positions.into_iter().map(|at| sums.phrase(at)).collect()).collect::<Vec<Vec<_>>>()
                };
                holds_for_every_cut(&OfGroups(&task), &units(&corpus, &months), cuts, ranked);
            }
        }
    }
}
