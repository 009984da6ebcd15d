//! Where are entities mentioned, and which mentions in an article refer to the same entity?
//!
//! An article is tagged when its mentions are first needed, in all its zones, and at most once per
//! [`Cache`]. A cache belongs to a store and a tagger, and the selections of the store can share
//! it. Each thread computes the weights of a word when it first meets the word.
//!
//! Cost: about a microsecond per token on first use, and nothing after that.

use std::borrow::Cow;

use super::cache::{Cache, CachedEntity, Mention, Names, ReadArticle};
use super::supplied::{SuppliedNames, SuppliedScratch};
use crate::article::ZoneKind;
use crate::batch::{Watch, map_with_state};
use crate::corpus::{ArticleRef, Corpus, TokenAt, Vocabulary};
use crate::error::Result;
use crate::gazetteer::Gazetteer;
use crate::resolve::{
    ArticleEntity, Candidate, EntityKind, Link, NameInterner, ResolveContext, Resolved, Source, Tagged,
    rejoin, resolve, settle, spelt,
};
use crate::tagger::{LONGEST, Labels, MOST_WORDS, Scratch, Tagger, WordTable, as_sentences};

/// The number of article entities whose names are numbered under one lock.
const NAMED: usize = 1 << 10;

/// The number of articles in one piece of work.
const PIECE: usize = 16;

/// Finds the mentions in all selected articles that the cache does not contain yet: those of the
/// names in a gazetteer, and those that the tagger finds and that do not overlap them. The cache
/// must have the [`types_with`] both.
///
/// # Errors
/// Cancellation.
pub fn mentions(
    corpus: &Corpus,
    tagger: &Tagger,
    gazetteer: Option<&Gazetteer>,
    cache: &Cache,
    watch: &Watch,
) -> Result<()> {
    let missing: Vec<usize> = (0..corpus.len())
        .filter(|&position| corpus.article(position).is_some_and(|article| cache.is_missing(article.row)))
        .collect();
    let sorts: Vec<EntityKind> = cache.types().iter().map(|name| EntityKind::of_label(name)).collect();
    let supplied = gazetteer.map(|gazetteer| SuppliedNames::new(gazetteer, cache.types()));
    let pieces: Vec<&[usize]> = missing.chunks(PIECE).collect();
    map_with_state(&pieces, watch, MentionFinder::default, |finder, piece| {
        for article in piece.iter().filter_map(|&position| corpus.article(position)) {
            let (found, resolved) = finder.find(
                article,
                corpus.store().vocabulary(),
                tagger,
                supplied.as_ref(),
                &sorts,
                watch,
            )?;
            cache.keep(article.row, kept(article, &found, &resolved, cache, watch)?);
        }
        watch.add(piece.len() as u64);
        Ok(())
    })?;
    Ok(())
}

/// What the cache stores about an article.
///
/// # Errors
/// Cancellation.
pub(crate) fn kept(
    article: ArticleRef<'_>,
    found: &[Candidate],
    resolved: &Resolved,
    cache: &Cache,
    watch: &Watch,
) -> Result<ReadArticle> {
    let mention = |(found, &link): (&Candidate, &Link)| Mention {
        zone: found.zone,
        sentence: found.sentence,
        span: found.span,
        kind: found.kind,
        link,
    };
    let spelt: Vec<Cow<'_, str>> = watch
        .through(&resolved.who)
        .map(|who| match &who.name {
            Some(name) => Cow::Borrowed(&**name),
            None => spelt(article, found[who.full as usize].span),
        })
        .collect();
    let article_entity = |names: &mut Names, (who, name): (&ArticleEntity, &Cow<'_, str>)| CachedEntity {
        kind: who.kind,
        sort: who.sort,
        country: who.country,
        gender: who.gender,
        ambiguous: who.ambiguous,
        is_full: who.is_full,
        key: names.key_number(&who.key),
        name: names.number(name),
        acronym: who.acronym.as_deref().map(|acronym| names.number(acronym)),
        rank: who.rank.as_deref().map(|rank| names.number(rank)),
        kin: who.kin,
        born: born(article, who.age),
        supplied: who.own,
        labelled: !matches!(found[who.full as usize].source, Source::Tagger),
    };
    watch.check()?;
    // The names are numbered in chunks, because a fork waits until their lock is free.
    let mut article_entities = Vec::with_capacity(resolved.who.len());
    for (whos, spelt) in resolved.who.chunks(NAMED).zip(spelt.chunks(NAMED)) {
        watch.check()?;
        let named = whos.iter().zip(spelt);
        cache.with_names(|names| article_entities.extend(named.map(|each| article_entity(names, each))));
    }
    let mentions = watch.through(found.iter().zip(&resolved.links)).map(mention).collect();
    watch.check()?;
    Ok(ReadArticle { mentions, article_entities: article_entities.into() })
}

/// The mean length of a year in the Gregorian calendar, in days.
const YEAR: f64 = 365.2425;

/// The day around which a person of this age was born: the middle of a range of one year.
fn born(article: ArticleRef<'_>, age: Option<u8>) -> Option<i32> {
    Some(article.day()? - ((f64::from(age?) + 0.5) * YEAR) as i32)
}

/// Whether a zone belongs to the story itself rather than to the text around it.
pub(crate) fn is_story(article: ArticleRef<'_>, zone: u32) -> bool {
    let kind = article.part.zones[zone as usize].kind;
    matches!(kind, ZoneKind::Headline | ZoneKind::Body | ZoneKind::Caption)
}

/// Finds the mentions of articles on one thread.
#[derive(Default)]
struct MentionFinder {
    table: WordTable,
    /// By token of the vocabulary: the number of its word in the table, plus one; zero if it has
    /// none.
    numbers: Vec<u32>,
    scratch: Scratch,
    lexicon: NameInterner,
    supplied_scratch: SuppliedScratch,
}

impl MentionFinder {
    fn find(
        &mut self,
        article: ArticleRef<'_>,
        vocabulary: &Vocabulary,
        tagger: &Tagger,
        supplied: Option<&SuppliedNames<'_>>,
        sorts: &[EntityKind],
        watch: &Watch,
    ) -> Result<(Vec<Candidate>, Resolved)> {
        self.numbers.resize(vocabulary.len(), 0);
        let (mut sentences, mut words, mut labels) = (Vec::new(), Vec::new(), Vec::new());
        for zone in article.part.zones_of(article.local) {
            let in_headline = article.part.zones[zone].kind == ZoneKind::Headline;
            for sentence in watch.through(article.part.sentences_of(zone)) {
                let tokens: Vec<TokenAt> = article.part.walk(sentence, vocabulary).collect();
                words.push(tokens.iter().map(|token| vocabulary.text(token.number)).collect::<Vec<_>>());
                sentences.push(Tagged { zone: zone as u32, sentence: sentence as u32, in_headline, tokens });
            }
        }
        let lines = as_sentences(&words, watch);
        let mut next = lines.iter().peekable();
        for (at, tagged) in sentences.iter().enumerate() {
            labels.push(match next.next_if(|(line, _)| *line == at) {
                Some((_, line)) => tagger.tag(line, &mut self.scratch, watch)?,
                None => self.tag(&tagged.tokens, vocabulary, tagger, watch)?,
            });
        }
        for (at, line) in &lines {
            words[*at] = line.iter().map(String::as_str).collect();
        }
        tagger.agree(&words, &mut labels, watch)?;
        let person = sorts.iter().position(|&sort| sort == EntityKind::Person);
        let mut found = Vec::new();
        for (tagged, labels) in sentences.iter().zip(&labels) {
            for span in watch.through(Labels::spans(labels)) {
                found.extend(Candidate::new(tagged, span, vocabulary, person));
            }
        }
        if let Some(supplied) = supplied {
            supplied.override_found(
                &mut found,
                article,
                &sentences,
                vocabulary,
                &mut self.supplied_scratch,
                watch,
            )?;
        }
        let mut reading = ResolveContext { vocabulary, lexicon: &mut self.lexicon, sorts, watch };
        rejoin(&mut found, &mut reading)?;
        let in_story: Vec<bool> = found.iter().map(|found| is_story(article, found.zone)).collect();
        let mut resolved = resolve(&mut found, &in_story, &mut reading)?;
        if let Some(supplied) = supplied {
            settle(&found, |found| supplied.name(article, found), &mut resolved, &reading)?;
        }
        Ok((found, resolved))
    }

    fn tag(
        &mut self,
        tokens: &[TokenAt],
        vocabulary: &Vocabulary,
        tagger: &Tagger,
        watch: &Watch,
    ) -> Result<Vec<u8>> {
        let mut labels = Vec::with_capacity(tokens.len());
        let mut words = Vec::new();
        for tokens in tokens.chunks(LONGEST) {
            watch.check()?;
            if self.table.len() > MOST_WORDS {
                self.table = WordTable::default();
                self.numbers.fill(0);
            }
            words.clear();
            words.extend(tokens.iter().map(|token| {
                let number = &mut self.numbers[token.number as usize];
                if *number == 0 {
                    tagger.add_word(&mut self.table, vocabulary.text(token.number));
                    *number = self.table.len() as u32;
                }
                *number - 1
            }));
            tagger.tag_words(&self.table, &words, &mut self.scratch, &mut labels);
        }
        Ok(labels)
    }
}
