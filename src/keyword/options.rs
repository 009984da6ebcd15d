//! How are phrases ranked and chosen?

use std::collections::HashSet;

use crate::error::{Result, named};

/// A method of ranking phrases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Method {
    /// Noun phrases, by how often and how early the story mentions them, and by how much
    /// information their words carry.
    #[default]
    News,
    /// Campos et al. 2020.
    Yake,
    /// Rose et al. 2010.
    Rake,
    /// Mihalcea & Tarau 2004.
    TextRank,
    /// Florescu & Caragea 2017.
    PositionRank,
    /// Bougouin, Boudin & Daille 2013.
    TopicRank,
    /// Term frequency times inverse document frequency over the selection.
    TfIdf,
    /// The first noun phrases of the text.
    FirstPhrases,
}

impl Method {
    /// All methods.
    pub const ALL: [Self; 8] = [
        Self::News,
        Self::Yake,
        Self::Rake,
        Self::TextRank,
        Self::PositionRank,
        Self::TopicRank,
        Self::TfIdf,
        Self::FirstPhrases,
    ];

    /// The name that users write.
    pub const fn name(self) -> &'static str {
        match self {
            Self::News => "news",
            Self::Yake => "yake",
            Self::Rake => "rake",
            Self::TextRank => "textrank",
            Self::PositionRank => "positionrank",
            Self::TopicRank => "topicrank",
            Self::TfIdf => "tfidf",
            Self::FirstPhrases => "firstphrases",
        }
    }

    /// The method with this name.
    ///
    /// # Errors
    /// [`crate::error::Kind::BadOption`] for a name that no method has.
    pub fn from_name(name: &str) -> Result<Self> {
        named("method", name, &Self::ALL.map(|method| (method.name(), method)))
    }

    /// Whether the best phrase has the lowest score.
    pub(super) const fn lowest_first(self) -> bool {
        matches!(self, Self::Yake)
    }
}

/// Which phrases of a story `news` prefers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Preference {
    /// Names of entities and phrases of several words. A single common word is returned only if the
    /// story returns to it.
    #[default]
    Phrases,
    /// Single words as much as phrases.
    Words,
}

impl Preference {
    /// All preferences, with the names that users write.
    pub const ALL: [(&'static str, Self); 2] = [("phrases", Self::Phrases), ("words", Self::Words)];

    /// The preference with this name.
    ///
    /// # Errors
    /// [`crate::error::Kind::BadOption`] for a name that no preference has.
    pub fn from_name(name: &str) -> Result<Self> {
        named("prefer", name, &Self::ALL)
    }
}

/// How phrases are ranked, and how many are returned.
#[derive(Debug, Clone)]
pub struct Options {
    /// The method of ranking.
    pub method: Method,
    /// The number of phrases per article or group.
    pub n: usize,
    /// Stop words, in lower case. No phrase begins or ends with one. Only `yake` keeps them within
    /// a phrase; `news` and `firstphrases` keep those that link the parts of a name.
    pub stopwords: HashSet<String>,
    /// The maximum number of words in a phrase; the default of the method if `None`.
    pub max_words: Option<usize>,
    /// The window within which words are neighbours in a graph, or in the context of `yake`; the
    /// default of the method if `None`.
    pub window: Option<usize>,
    /// The damping factor of methods with a graph: the share of the weight of a word that its
    /// neighbours contribute.
    pub damping: f64,
    /// Whether phrases may overlap in meaning, such as a phrase within another, or a singular and
    /// its plural; the default of the method if `None`.
    pub overlap: Option<bool>,
    /// Which phrases `news` prefers.
    pub prefer: Preference,
    /// The weight of a phrase of one word relative to longer ones, with `news`; the default of the
    /// preference if `None`.
    pub single_words: Option<f64>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            method: Method::default(),
            n: 10,
            stopwords: HashSet::new(),
            max_words: None,
            window: None,
            damping: 0.85,
            overlap: None,
            prefer: Preference::default(),
            single_words: None,
        }
    }
}

impl Options {
    pub(super) fn max_words(&self) -> usize {
        self.max_words.unwrap_or(match self.method {
            Method::News | Method::FirstPhrases => 4,
            Method::Yake | Method::TfIdf | Method::PositionRank => 3,
            Method::Rake | Method::TextRank | Method::TopicRank => usize::MAX,
        })
    }

    pub(super) fn window(&self) -> usize {
        self.window.unwrap_or(match self.method {
            Method::PositionRank => 10,
            Method::TextRank => 2,
            _ => 1,
        })
    }
}
