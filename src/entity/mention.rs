//! Where is somebody or something named, and which mentions of an article are of the same?
//!
//! Articles are tagged when they are first asked for, all zones at once, and never twice: a [`Cache`] belongs to a store and a
//! tagger and is shared by all selections. Each thread adds up a word's weights when it first meets it.
//!
//! Cost: about a microsecond a token for the first question, nothing for the next.

use std::sync::OnceLock;

use rayon::prelude::*;

use super::label::{Labels, Span};
use super::resolve::{Name, Sort, is_polite, is_title, resolve};
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
    missing
        .par_chunks(PIECE)
        .map_init(Reader::default, |reader, piece| {
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
    scratch: Scratch,
}

/// A sentence that was tagged.
struct Tagged {
    zone: u32,
    sentence: u32,
    tokens: Vec<TokenAt>,
}

impl Reader {
    fn read(&mut self, article: ArticleRef<'_>, vocabulary: &Vocabulary, tagger: &Tagger) -> Vec<Mention> {
        self.numbers.resize(vocabulary.len(), 0);
        let (mut sentences, mut words, mut labels) = (Vec::new(), Vec::new(), Vec::new());
        for zone in article.part.zones_of(article.local) {
            for sentence in article.part.sentences_of(zone) {
                let tokens: Vec<TokenAt> = article.part.walk(sentence, vocabulary).collect();
                labels.push(self.tag(&tokens, vocabulary, tagger));
                words.push(tokens.iter().map(|token| vocabulary.text(token.number)).collect::<Vec<_>>());
                sentences.push(Tagged { zone: zone as u32, sentence: sentence as u32, tokens });
            }
        }
        tagger.agree(&words, &mut labels);
        let person =
            (0..tagger.labels().types().len()).find(|&kind| sort(tagger, kind as u8) == Sort::Person);
        let mut found = Vec::new();
        for (tagged, labels) in sentences.iter().zip(&labels) {
            for span in Labels::spans(labels) {
                found.extend(Found::new(tagged, span, vocabulary, person));
            }
        }
        link(article, tagger, vocabulary, &found)
    }

    fn tag(&mut self, tokens: &[TokenAt], vocabulary: &Vocabulary, tagger: &Tagger) -> Vec<u8> {
        let number = |token: &TokenAt| {
            let number = &mut self.numbers[token.number as usize];
            if *number == 0 {
                tagger.add_word(&mut self.table, vocabulary.text(token.number));
                *number = self.table.len() as u32;
            }
            *number - 1
        };
        let words: Vec<u32> = tokens.iter().map(number).collect();
        let mut labels = Vec::with_capacity(words.len());
        tagger.tag_words(&self.table, &words, &mut self.scratch, &mut labels);
        labels
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

impl Found {
    /// The mention in a span of a sentence, without what is no part of the name; `None` where nothing is left. Whoever is
    /// called Mr or Mrs is a person, whatever the label.
    fn new(tagged: &Tagged, span: Span, vocabulary: &Vocabulary, person: Option<usize>) -> Option<Self> {
        let text = |token: &TokenAt| vocabulary.text(token.number);
        let mut tokens = trimmed(&tagged.tokens[span.start..span.end], vocabulary);
        let before = span.start.checked_sub(1).map(|at| &tagged.tokens[at]);
        let polite = tokens.first().is_some_and(|first| tokens.len() > 1 && is_polite(text(first)))
            || before.is_some_and(|before| is_polite(text(before)));
        let kind = if polite { person.unwrap_or(span.kind) } else { span.kind };
        while let [first, rest @ ..] = tokens
            && Some(kind) == person
            && !rest.is_empty()
            && is_title(text(first))
        {
            tokens = rest;
        }
        let (first, last) = (tokens.first()?, tokens.last()?);
        Some(Self {
            zone: tagged.zone,
            sentence: tagged.sentence,
            span: ByteSpan::new(first.span.start, last.span.end),
            kind: kind as u8,
            words: tokens.iter().map(|token| token.number).collect(),
            opens_at: before.filter(|token| text(token) == "(").map(|token| token.span.start),
        })
    }
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
