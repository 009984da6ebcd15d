//! What is kept of the mentions of a store's articles, so that each article is read once?

use std::sync::Arc;

use crate::batch::{Guarded, Once};
use crate::hash::Map;
use crate::resolve::{Country, Gender, Link, Sort};
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
#[expect(clippy::struct_excessive_bools, reason = "each flag is an independent property")]
#[derive(Debug, Clone, Copy)]
pub(crate) struct CachedEntity {
    pub(crate) kind: u8,
    pub(crate) sort: Sort,
    pub(crate) country: Country,
    pub(crate) gender: Gender,
    pub(crate) ambiguous: bool,
    /// Whether the key is a person's full name.
    pub(crate) is_full: bool,
    /// What is equal in two articles where they mean the same.
    pub(crate) key: u32,
    /// The name in full, as the article has it.
    pub(crate) name: u32,
    /// The key of the acronym that the article introduces.
    pub(crate) acronym: Option<u32>,
    /// The title of rank before the name.
    pub(crate) rank: Option<u32>,
    /// Whether the article tells the person as somebody's relative.
    pub(crate) kin: bool,
    /// The day about which the person was born, from the age that the article gives.
    pub(crate) born: Option<i32>,
    /// Whether the caller named it: then its name is its own, whatever others are called.
    pub(crate) supplied: bool,
}

/// What was read in an article.
#[derive(Debug, Default)]
pub(crate) struct Read {
    pub(crate) mentions: Box<[Mention]>,
    pub(crate) article_entities: Box<[CachedEntity]>,
}

/// Keys and names by number. The numbers depend on who read what first, and are compared for equality only.
#[derive(Debug, Default)]
pub(crate) struct Names {
    numbers: Map<Arc<str>, u32>,
    texts: Texts,
}

/// Keys and names, as they were when they were asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texts(Vec<Arc<str>>);

impl Texts {
    /// The key or name of a number.
    pub(crate) fn text(&self, number: u32) -> &str {
        self.0.get(number as usize).map_or("", |text| text)
    }
}

impl Names {
    pub(crate) fn number(&mut self, text: &str) -> u32 {
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
    pub(crate) fn article_entities(&self, row: u32) -> &[CachedEntity] {
        self.read(row).map_or(&[], |read| &read.article_entities)
    }

    fn read(&self, row: u32) -> Option<&Read> {
        self.articles.get(row as usize).and_then(Once::get)
    }

    /// Keeps what was read in an article, unless something is kept already.
    pub(crate) fn keep(&self, row: u32, read: Read) {
        if let Some(slot) = self.articles.get(row as usize) {
            slot.fill(read); // two selections may have asked at once; both found the same
        }
    }

    /// Whether the mentions of an article were never asked for.
    pub(crate) fn is_missing(&self, row: u32) -> bool {
        self.articles.get(row as usize).is_some_and(|slot| slot.get().is_none())
    }

    /// What `work` does with the names, which nobody else has meanwhile.
    pub(crate) fn with_names<R>(&self, work: impl FnOnce(&mut Names) -> R) -> R {
        self.names.with(work)
    }

    /// The keys and names so far. Those of articles that were read are among them.
    pub(crate) fn texts(&self) -> Texts {
        self.names.with(|names| names.texts.clone())
    }
}
