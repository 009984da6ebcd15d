//! How are phrases ranked, and which?

use std::collections::HashSet;

use crate::error::{Error, Kind, Result};

/// A way to rank phrases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Method {
    /// Noun phrases by how often the story returns to them, how early, and how much their words say by themselves.
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

    /// The method of that name.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: a name that no method has.
    pub fn from_name(name: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|method| method.name() == name).ok_or_else(|| {
            let known = Self::ALL.map(Self::name).join(", ");
            Error::new(Kind::BadOption, format!("\"{name}\" is not a method; expected {known}"))
                .in_field("method")
        })
    }

    /// Whether the best phrase has the lowest score.
    pub(super) const fn lowest_first(self) -> bool {
        matches!(self, Self::Yake)
    }
}

/// Which phrases, and how they are ranked.
#[derive(Debug, Clone)]
pub struct Options {
    /// The way to rank.
    pub method: Method,
    /// How many phrases an article or group.
    pub n: usize,
    /// Words that no phrase begins or ends with, in lower case. `news` and the methods that read parts of speech leave them
    /// out of a phrase altogether.
    pub stopwords: HashSet<String>,
    /// The most words a phrase has; the method's own where `None`.
    pub max_words: Option<usize>,
    /// How far apart words of a graph, or of YAKE's context, stand; the method's own where `None`.
    pub window: Option<usize>,
    /// The share of a word's weight that follows its neighbours, in the methods with a graph.
    pub damping: f64,
    /// Whether phrases that say the same (one within the other, singular and plural) may stand together; the method's own
    /// where `None`.
    pub overlap: Option<bool>,
    /// What a phrase of a single word weighs beside longer ones, with `news`.
    pub single_words: f64,
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
            single_words: 1.0,
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
