//! Where is somebody or something named, and which mentions of an article are of the same?
//!
//! Articles are tagged when they are first asked for, all zones at once, and never twice: a [`Cache`] belongs to a store and a
//! tagger and is shared by all selections. Each thread adds up a word's weights when it first meets it.
//!
//! Cost: about a microsecond a token for the first question, nothing for the next.

use std::borrow::Cow;
use std::sync::Arc;

use super::found::{Found, Tagged};
use super::gazetteer::Gazetteer;
use super::label::Labels;
use super::own::{OwnNames, OwnRoom};
use super::resolve::{Country, Gender, Lexicon, Link, Reading, Resolved, Sort, Who, mend, resolve, settle};
use super::tagger::{LONGEST, MOST_WORDS, Scratch, Tagger, WordTable};
use crate::article::ZoneKind;
use crate::batch::{Guarded, Once, Watch, map_with_state};
use crate::corpus::{ArticleRef, Corpus, TokenAt, Vocabulary};
use crate::error::Result;
use crate::hash::Map;
use crate::span::ByteSpan;

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
    /// The entity of the article, and why.
    pub link: Link,
}

/// An entity of an article, its strings as numbers of the cache's [`Names`].
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of its own")]
#[derive(Debug, Clone, Copy)]
pub(super) struct Local {
    pub(super) kind: u8,
    pub(super) sort: Sort,
    pub(super) country: Country,
    pub(super) gender: Gender,
    pub(super) ambiguous: bool,
    /// Whether the key is a person's full name.
    pub(super) is_full: bool,
    /// What is equal in two articles where they mean the same.
    pub(super) key: u32,
    /// The name in full, as the article has it.
    pub(super) name: u32,
    /// The key of the acronym that the article introduces.
    pub(super) acronym: Option<u32>,
    /// The title of rank before the name.
    pub(super) rank: Option<u32>,
    /// Whether the article tells the person as somebody's relative.
    pub(super) kin: bool,
    /// The day about which the person was born, from the age that the article gives.
    pub(super) born: Option<i32>,
    /// Whether the caller named it: then its name is its own, whatever others are called.
    pub(super) own: bool,
}

/// What was read in an article.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) mentions: Box<[Mention]>,
    pub(super) locals: Box<[Local]>,
}

/// Keys and names by number. The numbers depend on who read what first, and are compared for equality only.
#[derive(Debug, Default)]
pub(super) struct Names {
    numbers: Map<Arc<str>, u32>,
    texts: Texts,
}

/// Keys and names, as they were when they were asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts(Vec<Arc<str>>);

impl Texts {
    /// The key or name of a number.
    pub(super) fn text(&self, number: u32) -> &str {
        self.0.get(number as usize).map_or("", |text| text)
    }
}

impl Names {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = self.texts.0.len() as u32;
        let text: Arc<str> = text.into();
        self.texts.0.push(Arc::clone(&text));
        self.numbers.insert(text, number);
        number
    }
}

/// The mentions of a store's articles, as far as they were asked for.
#[derive(Debug, Default)]
pub struct Cache {
    articles: Vec<Once<Read>>,
    names: Guarded<Names>,
    types: Vec<String>,
}

impl Cache {
    /// A cache for a store of so many articles, whose mentions have these types.
    pub fn new(articles: usize, types: Vec<String>) -> Self {
        Self { articles: (0..articles).map(|_| Once::new()).collect(), names: Guarded::default(), types }
    }

    /// The types that mentions may have.
    pub fn types(&self) -> &[String] {
        &self.types
    }

    /// The mentions of an article that was asked for, by its position in the store.
    pub fn of(&self, row: u32) -> &[Mention] {
        self.read(row).map_or(&[], |read| &read.mentions)
    }

    /// The entities of an article that was asked for.
    pub(super) fn locals(&self, row: u32) -> &[Local] {
        self.read(row).map_or(&[], |read| &read.locals)
    }

    fn read(&self, row: u32) -> Option<&Read> {
        self.articles.get(row as usize).and_then(Once::get)
    }

    /// Keeps what was read in an article, unless something is kept already.
    pub(super) fn keep(&self, row: u32, read: Read) {
        if let Some(slot) = self.articles.get(row as usize) {
            slot.fill(read); // two selections may have asked at once; both found the same
        }
    }

    /// The keys and names so far. Those of articles that were read are among them.
    pub(super) fn texts(&self) -> Texts {
        self.names.with(|names| names.texts.clone())
    }
}

/// A name on one line.
pub(super) fn spelt(article: ArticleRef<'_>, span: ByteSpan) -> Cow<'_, str> {
    let text = article.piece(span);
    let plain = |c: char| !c.is_whitespace() || c == ' ';
    if text.chars().all(plain) && !text.contains("  ") {
        return text.into();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ").into()
}

/// How many names are numbered at once.
const NAMED: usize = 1 << 10;

/// Finds the mentions of all selected articles that the cache does not have yet: those of the names of a gazetteer, and those
/// that the tagger finds beside them. The cache is of the [`types_with`] both.
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
    const PIECE: usize = 16;
    let missing: Vec<usize> = (0..corpus.len())
        .filter(|&position| {
            let row = corpus.article(position).map_or(0, |article| article.row as usize);
            cache.articles.get(row).is_some_and(|slot| slot.get().is_none())
        })
        .collect();
    let sorts: Vec<Sort> = cache.types.iter().map(|name| Sort::of_label(name)).collect();
    let own = gazetteer.map(|gazetteer| OwnNames::new(gazetteer, &cache.types));
    let pieces: Vec<&[usize]> = missing.chunks(PIECE).collect();
    map_with_state(&pieces, watch, Reader::default, |reader, piece| {
        for article in piece.iter().filter_map(|&position| corpus.article(position)) {
            let (found, resolved) =
                reader.read(article, corpus.store().vocabulary(), tagger, own.as_ref(), &sorts, watch)?;
            cache.keep(article.row, kept(article, &found, &resolved, cache, watch)?);
        }
        watch.add(piece.len() as u64);
        Ok(())
    })?;
    Ok(())
}

/// What the cache keeps of an article.
///
/// # Errors
/// Cancellation.
pub(super) fn kept(
    article: ArticleRef<'_>,
    found: &[Found],
    resolved: &Resolved,
    cache: &Cache,
    watch: &Watch,
) -> Result<Read> {
    let mention = |(found, &link): (&Found, &Link)| Mention {
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
    let local = |names: &mut Names, (who, name): (&Who, &Cow<'_, str>)| Local {
        kind: who.kind,
        sort: who.sort,
        country: who.country,
        gender: who.gender,
        ambiguous: who.ambiguous,
        is_full: who.is_full,
        key: names.number(&who.key),
        name: names.number(name),
        acronym: who.acronym.as_deref().map(|acronym| names.number(acronym)),
        rank: who.rank.as_deref().map(|rank| names.number(rank)),
        kin: who.kin,
        born: born(article, who.age),
        own: who.own,
    };
    watch.check()?;
    // Not too many at once: whoever forks waits for the names.
    let mut locals = Vec::with_capacity(resolved.who.len());
    for (whos, spelt) in resolved.who.chunks(NAMED).zip(spelt.chunks(NAMED)) {
        watch.check()?;
        let named = whos.iter().zip(spelt);
        cache.names.with(|names| locals.extend(named.map(|each| local(names, each))));
    }
    let mentions = watch.through(found.iter().zip(&resolved.links)).map(mention).collect();
    watch.check()?;
    Ok(Read { mentions, locals: locals.into() })
}

/// The middle of the year in which somebody of that age was born.
fn born(article: ArticleRef<'_>, age: Option<u8>) -> Option<i32> {
    const YEAR: f64 = 365.2425;
    Some(article.day()? - ((f64::from(age?) + 0.5) * YEAR) as i32)
}

/// Whether a zone is of the story, rather than of its frame.
pub(super) fn is_story(article: ArticleRef<'_>, zone: u32) -> bool {
    let kind = article.part.zones[zone as usize].kind;
    matches!(kind, ZoneKind::Headline | ZoneKind::Body | ZoneKind::Caption)
}

/// Reads articles on one thread.
#[derive(Default)]
struct Reader {
    table: WordTable,
    /// By token of the vocabulary: its number in the table, plus one.
    numbers: Vec<u32>,
    scratch: Scratch,
    lexicon: Lexicon,
    names: OwnRoom,
}

impl Reader {
    fn read(
        &mut self,
        article: ArticleRef<'_>,
        vocabulary: &Vocabulary,
        tagger: &Tagger,
        own: Option<&OwnNames<'_>>,
        sorts: &[Sort],
        watch: &Watch,
    ) -> Result<(Vec<Found>, Resolved)> {
        self.numbers.resize(vocabulary.len(), 0);
        let (mut sentences, mut words, mut labels) = (Vec::new(), Vec::new(), Vec::new());
        for zone in article.part.zones_of(article.local) {
            let in_headline = article.part.zones[zone].kind == ZoneKind::Headline;
            for sentence in watch.through(article.part.sentences_of(zone)) {
                let tokens: Vec<TokenAt> = article.part.walk(sentence, vocabulary).collect();
                labels.push(self.tag(&tokens, vocabulary, tagger, watch)?);
                words.push(tokens.iter().map(|token| vocabulary.text(token.number)).collect::<Vec<_>>());
                sentences.push(Tagged { zone: zone as u32, sentence: sentence as u32, in_headline, tokens });
            }
        }
        tagger.agree(&words, &mut labels, watch)?;
        let person = sorts.iter().position(|&sort| sort == Sort::Person);
        let mut found = Vec::new();
        for (tagged, labels) in sentences.iter().zip(&labels) {
            for span in watch.through(Labels::spans(labels)) {
                found.extend(Found::new(tagged, span, vocabulary, person));
            }
        }
        if let Some(own) = own {
            own.put_before(&mut found, article, &sentences, vocabulary, &mut self.names, watch)?;
        }
        let mut reading = Reading { vocabulary, lexicon: &mut self.lexicon, sorts, watch };
        mend(&mut found, &mut reading)?;
        let in_story: Vec<bool> = found.iter().map(|found| is_story(article, found.zone)).collect();
        let mut resolved = resolve(&mut found, &in_story, &mut reading)?;
        if let Some(own) = own {
            settle(&found, |found| own.name(article, found), &mut resolved, &reading)?;
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
