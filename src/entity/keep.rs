//! How are the mentions of a corpus kept in its file?
//!
//! One block holds them: who found them, their types, the strings of the article entities, and for
//! each article its entities and mentions. Places are counted from the beginning of the article,
//! the zone or the sentence, so they do not depend on the parts of the store.
//!
//! Mentions that another model or version found are not taken from a file: they are found anew when
//! a verb needs them.
//!
//! Cost: seven numbers per article entity and eight per mention; each string once.

use super::cache::{Cache, Mention, ReadArticle};
use super::evidence::{self, Evidence, rows};
use crate::batch::Watch;
use crate::corpus::{ArticleRef, Corpus};
use crate::error::Result;
use crate::file::{Reader, Writer, damaged, require};
use crate::resolve::{Link, Rule};
use crate::span::ByteSpan;
use crate::table::Distinct;
use crate::tagger::Tagger;

/// What found the mentions in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The default tagger.
    Found,
    /// The caller.
    External,
}

/// The name of the finder of a corpus, as a file has it.
fn finder(origin: Origin) -> String {
    match origin {
        Origin::Found => format!("{} {}", env!("CARGO_PKG_VERSION"), Tagger::default_fingerprint()),
        Origin::External => "external".to_owned(),
    }
}

/// The mentions in all articles of a corpus, as the block of a file.
///
/// # Errors
/// Cancellation.
pub(crate) fn to_block(corpus: &Corpus, cache: &Cache, origin: Origin, watch: &Watch) -> Result<Vec<u8>> {
    let (mut strings, texts) = (Distinct::with_capacity(0, 0), cache.texts());
    let (mut entities, mut mentions): (Vec<Evidence>, Vec<[u32; 8]>) = (Vec::new(), Vec::new());
    let (mut of_entities, mut of_mentions) = (Vec::new(), Vec::new());
    for article in watch.through(corpus.articles()) {
        let (here, found) = (cache.article_entities(article.row), cache.of(article.row));
        of_entities.push(here.len() as u32);
        of_mentions.push(found.len() as u32);
        entities.extend(here.iter().map(|entity| Evidence::new(entity, &texts, &mut strings)));
        mentions.extend(found.iter().map(|mention| row(article, mention)));
    }
    watch.check()?;
    let mut writer = Writer::default();
    writer.text(&finder(origin));
    writer.strings(cache.types().iter().map(String::as_str).collect::<Vec<_>>().into_iter());
    writer.strings(Rule::ALL.into_iter().map(Rule::slug).collect::<Vec<_>>().into_iter());
    writer.strings(strings.into_strings().iter());
    writer.numbers(of_entities.into_iter());
    writer.numbers(of_mentions.into_iter());
    evidence::write(entities.iter(), &mut writer);
    for column in 0..8 {
        writer.numbers(mentions.iter().map(|row| row[column]));
    }
    Ok(writer.finish())
}

/// A mention as numbers: its zone in the article, its sentence in the zone, its start in the zone,
/// its length, its type and whether it is ambiguous, its entity, the mention it is linked to, and
/// the rules of its link.
fn row(article: ArticleRef<'_>, mention: &Mention) -> [u32; 8] {
    let Mention { zone, sentence, span, kind, link } = *mention;
    let part = article.part;
    let decider = link.decider.map_or(0, |rule| rule as u32 + 1);
    [
        zone - part.zones_of(article.local).start as u32,
        sentence - part.sentences_of(zone as usize).start as u32,
        span.start - part.zones[zone as usize].span.start,
        span.len(),
        u32::from(kind) | u32::from(link.ambiguous) << 8,
        link.who,
        link.via,
        link.rule as u32 | decider << 8,
    ]
}

/// The mentions that a block holds, and who found them; `None` if another model or version did.
///
/// # Errors
/// [`Kind::BadState`](crate::error::Kind::BadState): the bytes are not the mentions of this
/// corpus. Cancellation.
pub(crate) fn from_block(block: &[u8], corpus: &Corpus, watch: &Watch) -> Result<Option<(Origin, Cache)>> {
    let mut reader = Reader::new(block);
    let by = reader.text()?;
    let Some(origin) = [Origin::Found, Origin::External].into_iter().find(|&origin| finder(origin) == by)
    else {
        return Ok(None);
    };
    let types: Vec<String> = reader.strings()?.iter().map(str::to_owned).collect();
    let named = |slug: &str| Rule::ALL.into_iter().find(|rule| rule.slug() == slug).ok_or_else(damaged);
    let rules: Vec<Rule> = reader.strings()?.iter().map(named).collect::<Result<_>>()?;
    let strings = reader.strings()?;
    let (of_entities, of_mentions) = (reader.numbers()?, reader.numbers()?);
    require(of_entities.len() == corpus.len() && of_mentions.len() == corpus.len())?;
    let mut entities = evidence::read(&of_entities, &mut reader)?.into_iter();
    let mut mentions = rows::<8>(&of_mentions, &mut reader)?.into_iter();
    reader.end()?;
    let cache = Cache::new(corpus.store().len(), types);
    let lengths = of_entities.iter().zip(&of_mentions);
    for (article, (&of_entities, &of_mentions)) in watch.through(corpus.articles().zip(lengths)) {
        let here = entities.by_ref().take(of_entities as usize);
        let here = here.map(|entity| {
            entity.check(cache.types().len(), strings.len())?;
            Ok(entity.cached(&strings, &cache))
        });
        let here: Box<[_]> = here.collect::<Result<_>>()?;
        let found = mentions.by_ref().take(of_mentions as usize);
        let found = found.map(|row| {
            let mention = mention(article, row, &rules)?;
            require((mention.kind as usize) < cache.types().len())?;
            require((mention.link.who as usize) < here.len() && mention.link.via < of_mentions)?;
            Ok(mention)
        });
        let found: Box<[_]> = found.collect::<Result<_>>()?;
        let rises = |pair: &[Mention]| pair[0].zone < pair[1].zone || pair[0].span.end <= pair[1].span.start;
        require(found.windows(2).all(rises))?;
        cache.keep(article.row, ReadArticle { mentions: found, article_entities: here });
    }
    watch.check()?;
    Ok(Some((origin, cache)))
}

/// The mention that [`row`] wrote.
///
/// # Errors
/// [`Kind::BadState`](crate::error::Kind::BadState): the article has no such place, or no rule such
/// a number.
fn mention(
    article: ArticleRef<'_>,
    [zone, sentence, start, length, nature, who, via, of_rules]: [u32; 8],
    rules: &[Rule],
) -> Result<Mention> {
    let part = article.part;
    let zone = part.zones_of(article.local).nth(zone as usize).ok_or_else(damaged)?;
    let sentence = part.sentences_of(zone).nth(sentence as usize).ok_or_else(damaged)?;
    let of_zone = part.zones[zone].span;
    let start = of_zone.start.checked_add(start).ok_or_else(damaged)?;
    let span = ByteSpan::new(start, start.checked_add(length).ok_or_else(damaged)?);
    require(length > 0 && span.end <= of_zone.end && article.piece(span).len() == length as usize)?;
    require(nature >> 9 == 0)?;
    let rule = |number: u32| rules.get(number as usize).copied().ok_or_else(damaged);
    let decider = (of_rules >> 8).checked_sub(1).map(rule).transpose()?;
    let link = Link { who, via, rule: rule(of_rules & 0xff)?, decider, ambiguous: nature >> 8 != 0 };
    Ok(Mention { zone: zone as u32, sentence: sentence as u32, span, kind: nature as u8, link })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::sample::{articles, corpus_of};
    use crate::entity::{Finder, WhoIsWho};
    use crate::error::Kind;

    fn block_of(corpus: &Corpus) -> Vec<u8> {
        let watch = Watch::default();
        let resolution = WhoIsWho::default().resolve(corpus, Finder::default(), &watch).unwrap();
        to_block(corpus, &resolution.cache, Origin::Found, &watch).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn mentions_come_back(texts in articles()) {
            let (corpus, watch) = (corpus_of(&texts), Watch::default());
            let block = block_of(&corpus);
            let (origin, cache) = from_block(&block, &corpus, &watch).unwrap().unwrap();
            prop_assert_eq!(origin, Origin::Found);
            prop_assert!((0..corpus.len() as u32).all(|row| !cache.is_missing(row)));
            prop_assert_eq!(to_block(&corpus, &cache, origin, &watch).unwrap(), block);
        }
    }

    #[test]
    fn mentions_of_another_version_are_found_again() {
        let (corpus, watch) = (corpus_of(&["Angela Merkel spoke.".to_owned()]), Watch::default());
        let mut block = block_of(&corpus);
        block[8] += 1;
        assert!(from_block(&block, &corpus, &watch).unwrap().is_none());
    }

    #[test]
    fn mentions_that_do_not_fit_the_articles_are_damage() {
        let (corpus, watch) =
            (corpus_of(&["Angela Merkel met Mrs May in Paris. Merkel left.".to_owned()]), Watch::default());
        let block = block_of(&corpus);
        for at in 0..block.len() {
            let mut changed = block.clone();
            changed[at] = changed[at].wrapping_add(1);
            match from_block(&changed, &corpus, &watch) {
                Ok(None) => assert!(at < 8 + finder(Origin::Found).len()),
                // Some changes give other mentions, such as ones with another label; none a panic.
                Ok(Some((_, cache))) => {
                    for mention in cache.of(0) {
                        assert!(!corpus.article(0).unwrap().piece(mention.span).is_empty());
                        assert!((mention.link.who as usize) < cache.article_entities(0).len());
                    }
                }
                Err(error) => assert_eq!(error.kind(), Kind::BadState, "byte {at}"),
            }
        }
    }
}
