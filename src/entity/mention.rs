//! Where is somebody or something named, and which mentions of an article are of the same?
//!
//! Articles are tagged when they are first asked for, all zones at once, and never twice: a [`Cache`] belongs to a store and a
//! tagger and is shared by all selections. Each thread adds up a word's weights when it first meets it.
//!
//! Cost: about a microsecond a token for the first question, nothing for the next.

use std::sync::OnceLock;

use rayon::prelude::*;

use super::label::Labels;
use super::resolve::{Name, Sort, resolve};
use super::tagger::{Scratch, Tagger, WordTable};
use crate::article::ZoneKind;
use crate::batch::Watch;
use crate::corpus::{ArticleRef, Corpus, TokenAt, Vocabulary};
use crate::error::Result;
use crate::span::ByteSpan;
use crate::text::TokenKind;

/// Somebody or something named in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// The zone, as a position in the part.
    pub zone: u32,
    /// The sentence, as a position in the part.
    pub sentence: u32,
    /// Where, in the part's strings.
    pub span: ByteSpan,
    /// The type, as a position in the tagger's types.
    pub kind: u8,
    /// The mention of the article that gives the fullest form of the name: its position, often this one's own.
    pub stands_for: u32,
}

/// The mentions of a store's articles, as far as they were asked for.
#[derive(Debug, Default)]
pub struct Cache {
    articles: Vec<OnceLock<Box<[Mention]>>>,
}

impl Cache {
    /// A cache for a store of so many articles.
    pub fn new(articles: usize) -> Self {
        Self { articles: (0..articles).map(|_| OnceLock::new()).collect() }
    }

    /// The mentions of an article that was asked for, by its position in the store.
    pub fn of(&self, row: u32) -> &[Mention] {
        self.articles.get(row as usize).and_then(OnceLock::get).map_or(&[], |mentions| mentions)
    }
}

/// Finds the mentions of all selected articles that the cache does not have yet.
///
/// # Errors
/// Cancellation.
pub fn mentions(corpus: &Corpus, tagger: &Tagger, cache: &Cache, watch: &Watch) -> Result<()> {
    const PIECE: usize = 16;
    let missing: Vec<usize> = (0..corpus.len())
        .filter(|&position| {
            let row = corpus.article(position).map_or(0, |article| article.row as usize);
            cache.articles.get(row).is_some_and(|slot| slot.get().is_none())
        })
        .collect();
    missing.par_chunks(PIECE).map_init(Reader::default, |reader, piece| {
        watch.check()?;
        for article in piece.iter().filter_map(|&position| corpus.article(position)) {
            let found = reader.read(article, corpus.store().vocabulary(), tagger);
            // Two selections may have asked at once; both found the same.
            let _ = cache.articles[article.row as usize].set(found.into());
        }
        watch.add(piece.len() as u64);
        Ok(())
    })
    .collect()
}

/// Reads articles on one thread.
#[derive(Default)]
struct Reader {
    table: WordTable,
    /// By token of the vocabulary: its number in the table, plus one.
    numbers: Vec<u32>,
    words: Vec<u32>,
    tokens: Vec<TokenAt>,
    labels: Vec<u8>,
    scratch: Scratch,
}

impl Reader {
    fn read(&mut self, article: ArticleRef<'_>, vocabulary: &Vocabulary, tagger: &Tagger) -> Vec<Mention> {
        self.numbers.resize(vocabulary.len(), 0);
        let mut found: Vec<Found> = Vec::new();
        for zone in article.part.zones_of(article.local) {
            for sentence in article.part.sentences_of(zone) {
                self.sentence(article, zone, sentence, vocabulary, tagger, &mut found);
            }
        }
        link(article, tagger, vocabulary, &found)
    }

    fn sentence(
        &mut self,
        article: ArticleRef<'_>,
        zone: usize,
        sentence: usize,
        vocabulary: &Vocabulary,
        tagger: &Tagger,
        found: &mut Vec<Found>,
    ) {
        self.words.clear();
        self.tokens.clear();
        for token in article.part.walk(sentence, vocabulary) {
            let number = &mut self.numbers[token.number as usize];
            if *number == 0 {
                tagger.add_word(&mut self.table, vocabulary.text(token.number));
                *number = self.table.len() as u32;
            }
            self.words.push(*number - 1);
            self.tokens.push(token);
        }
        tagger.tag_words(&self.table, &self.words, &mut self.scratch, &mut self.labels);
        for span in Labels::spans(&self.labels) {
            let tokens = trimmed(&self.tokens[span.start..span.end], vocabulary);
            let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { continue };
            let before = span.start.checked_sub(1).map(|at| self.tokens[at]);
            found.push(Found {
                zone: zone as u32,
                sentence: sentence as u32,
                span: ByteSpan::new(first.span.start, last.span.end),
                kind: span.kind as u8,
                words: tokens.iter().map(|token| token.number).collect(),
                opens_at: before.filter(|token| vocabulary.text(token.number) == "(").map(|token| token.span.start),
            });
        }
    }
}

/// A mention on its way to being linked.
struct Found {
    zone: u32,
    sentence: u32,
    span: ByteSpan,
    kind: u8,
    /// Its tokens' numbers in the vocabulary.
    words: Vec<u32>,
    /// Where the bracket stands that opens right before it.
    opens_at: Option<u32>,
}

/// The tokens of a name without a determiner before and a possessive behind.
fn trimmed<'a>(tokens: &'a [TokenAt], vocabulary: &Vocabulary) -> &'a [TokenAt] {
    let mut tokens = tokens;
    while let [first, rest @ ..] = tokens {
        if !["the", "a", "an"].iter().any(|word| vocabulary.text(first.number).eq_ignore_ascii_case(word)) {
            break;
        }
        tokens = rest;
    }
    while let [rest @ .., last] = tokens {
        if vocabulary.kind(last.number) != TokenKind::Possessive {
            break;
        }
        tokens = rest;
    }
    tokens
}

/// Ties short forms to full names. Names in bylines and boilerplate are no evidence for the story's, and the other way
/// round.
fn link(article: ArticleRef<'_>, tagger: &Tagger, vocabulary: &Vocabulary, found: &[Found]) -> Vec<Mention> {
    let mut stands_for: Vec<u32> = (0..found.len() as u32).collect();
    let in_story = |found: &Found| {
        let kind = article.part.zones[found.zone as usize].kind;
        matches!(kind, ZoneKind::Headline | ZoneKind::Body | ZoneKind::Caption)
    };
    for story in [true, false] {
        let chosen: Vec<usize> = (0..found.len()).filter(|&at| in_story(&found[at]) == story).collect();
        let names: Vec<Name<'_>> = chosen
            .iter()
            .enumerate()
            .map(|(place, &at)| Name {
                sort: sort(tagger, found[at].kind),
                label: found[at].kind,
                words: found[at].words.iter().map(|&word| vocabulary.text(word)).collect(),
                in_brackets: place > 0
                    && found[at].opens_at.is_some_and(|bracket| {
                        let before = &found[chosen[place - 1]];
                        (before.span.end..=before.span.end + 3).contains(&bracket)
                    }),
            })
            .collect();
        for (place, link) in resolve(&names).into_iter().enumerate() {
            stands_for[chosen[place]] = chosen[link] as u32;
        }
    }
    let mention = |(found, &stands_for): (&Found, &u32)| Mention {
        zone: found.zone,
        sentence: found.sentence,
        span: found.span,
        kind: found.kind,
        stands_for,
    };
    found.iter().zip(&stands_for).map(mention).collect()
}

fn sort(tagger: &Tagger, kind: u8) -> Sort {
    match tagger.labels().types().get(kind as usize).map(|name| name.to_uppercase()).as_deref() {
        Some("PER" | "PERSON") => Sort::Person,
        Some("ORG" | "ORGANIZATION" | "ORGANISATION") => Sort::Organisation,
        _ => Sort::Other,
    }
}
