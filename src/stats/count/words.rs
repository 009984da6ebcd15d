//! How many words does each article have?

use crate::batch::Watch;
use crate::corpus::{Corpus, ZoneSet};
use crate::error::Result;

/// The number of words of each article: of tokens of any kind that counts as a term.
///
/// # Errors
/// Cancellation.
pub fn words(corpus: &Corpus, zones: ZoneSet, watch: &Watch) -> Result<Vec<u64>> {
    let vocabulary = corpus.store().vocabulary();
    let counts: Vec<bool> =
        (0..vocabulary.len() as u32).map(|token| vocabulary.kind(token).is_term()).collect();
    watch.check()?;
    let of = |article: crate::corpus::ArticleRef<'_>| {
        let part = article.part;
        let tokens = article.zones(zones).flat_map(|zone| &part.tokens[part.tokens_of_zone(zone)]);
        tokens.filter(|&&token| counts[token as usize]).count() as u64
    };
    let words = watch.through(corpus.articles()).map(of).collect();
    watch.check()?;
    Ok(words)
}
