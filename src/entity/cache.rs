//! What is stored about the mentions in a store's articles, so that each article is read only once?

use std::sync::Arc;

use crate::batch::{Guarded, Once};
use crate::hash::Map;
use crate::resolve::{Country, EntityKind, Gender, Key, Link};
use crate::span::ByteSpan;

/// A mention of a person, an organisation, a place or something else with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// The position of its zone in the part.
    pub zone: u32,
    /// The position of its sentence in the part.
    pub sentence: u32,
    /// Its bytes in the strings of the part.
    pub span: ByteSpan,
    /// The position of its type among the types of the cache.
    pub kind: u8,
    /// Its article entity, and the rule that links it there.
    pub link: Link,
}

/// An article entity. Its strings are numbers in the [`Names`] of the cache.
#[expect(clippy::struct_excessive_bools, reason = "each flag is an independent property")]
#[derive(Debug, Clone, Copy)]
pub(crate) struct CachedEntity {
    pub(crate) kind: u8,
    pub(crate) sort: EntityKind,
    pub(crate) country: Country,
    pub(crate) gender: Gender,
    pub(crate) ambiguous: bool,
    /// Whether the key is the full name of a person.
    pub(crate) is_full: bool,
    /// A key that is equal in two articles if both mean the same entity.
    pub(crate) key: u32,
    /// The full name, as the article spells it.
    pub(crate) name: u32,
    /// The key of the acronym that the article introduces for it.
    pub(crate) acronym: Option<u32>,
    /// The title of rank that precedes the name.
    pub(crate) rank: Option<u32>,
    /// Whether the article describes the person as somebody's relative.
    pub(crate) kin: bool,
    /// The day around which the person was born, according to the age in the article.
    pub(crate) born: Option<i32>,
    /// Whether the caller supplied the name. A supplied name is never changed, whatever other
    /// entities are called.
    pub(crate) supplied: bool,
    /// Whether the caller supplied the label, which is then kept.
    pub(crate) labelled: bool,
}

/// What was found in one article.
#[derive(Debug, Default)]
pub(crate) struct ReadArticle {
    pub(crate) mentions: Box<[Mention]>,
    pub(crate) article_entities: Box<[CachedEntity]>,
}

/// Numbers for keys and names. A number depends on the order in which threads read articles, so
/// numbers are only compared for equality.
#[derive(Debug, Default)]
pub(crate) struct Names {
    numbers: Map<Arc<str>, u32>,
    key_numbers: Map<Arc<Key>, u32>,
    texts: Texts,
}

/// A snapshot of the keys and names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texts {
    names: Vec<Arc<str>>,
    keys: Vec<Arc<Key>>,
}

impl Texts {
    /// The name with this number.
    pub(crate) fn text(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", |text| text)
    }

    /// The key with this number, which must exist.
    pub(crate) fn key(&self, number: u32) -> &Key {
        &self.keys[number as usize]
    }
}

impl Names {
    pub(crate) fn number(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = self.texts.names.len() as u32;
        let text: Arc<str> = text.into();
        self.texts.names.push(Arc::clone(&text));
        self.numbers.insert(text, number);
        number
    }

    /// The number of a key; keys and names are numbered separately.
    pub(crate) fn key_number(&mut self, key: &Key) -> u32 {
        if let Some(&number) = self.key_numbers.get(key) {
            return number;
        }
        let number = self.texts.keys.len() as u32;
        let key = Arc::new(key.clone());
        self.texts.keys.push(Arc::clone(&key));
        self.key_numbers.insert(key, number);
        number
    }
}

/// The mentions of those articles of a store that have been read so far.
#[derive(Debug, Default)]
pub struct Cache {
    articles: Vec<Once<ReadArticle>>,
    names: Guarded<Names>,
    types: Vec<String>,
}

impl Cache {
    /// A cache for a store with this number of articles, whose mentions have these types.
    pub fn new(articles: usize, types: Vec<String>) -> Self {
        Self { articles: (0..articles).map(|_| Once::new()).collect(), names: Guarded::default(), types }
    }

    /// The types that a mention can have.
    pub fn types(&self) -> &[String] {
        &self.types
    }

    /// The mentions of the article at this position in the store; empty if it has not been read.
    pub fn of(&self, row: u32) -> &[Mention] {
        self.read(row).map_or(&[], |read| &read.mentions)
    }

    /// The article entities of the article at this position; empty if it has not been read.
    pub(crate) fn article_entities(&self, row: u32) -> &[CachedEntity] {
        self.read(row).map_or(&[], |read| &read.article_entities)
    }

    fn read(&self, row: u32) -> Option<&ReadArticle> {
        self.articles.get(row as usize).and_then(Once::get)
    }

    /// Stores what was found in an article, unless something is stored already.
    pub(crate) fn keep(&self, row: u32, read: ReadArticle) {
        if let Some(slot) = self.articles.get(row as usize) {
            // Two selections may read an article at the same time; both find the same mentions.
            slot.fill(read);
        }
    }

    /// Whether an article has not been read yet.
    pub(crate) fn is_missing(&self, row: u32) -> bool {
        self.articles.get(row as usize).is_some_and(|slot| slot.get().is_none())
    }

    /// Runs `work` with exclusive access to the names.
    pub(crate) fn with_names<R>(&self, work: impl FnOnce(&mut Names) -> R) -> R {
        self.names.with(work)
    }

    /// The keys and names so far, including those of all articles that have been read.
    pub(crate) fn texts(&self) -> Texts {
        self.names.with(|names| names.texts.clone())
    }
}
