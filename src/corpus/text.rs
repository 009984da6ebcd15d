//! Who keeps the text of an article?
//!
//! A corpus reads its texts for as long as it lives. Whoever hands one over may keep it and lend it for so long: then it is not
//! copied.

use std::fmt;
use std::sync::Arc;

use crate::table::Strings;

/// The text of an article: its own, or one that somebody else keeps.
#[derive(Clone)]
pub enum Text {
    /// Its own.
    Own(Box<str>),
    /// One of many that were read together.
    Row(Arc<Strings>, usize),
    /// One that its keeper lends and never changes.
    Lent(Arc<dyn AsRef<str> + Send + Sync>),
}

impl Text {
    /// The text.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Own(text) => text,
            Self::Row(texts, row) => texts.get(*row),
            Self::Lent(text) => (**text).as_ref(),
        }
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(formatter)
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::Own(Box::default())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::Own(text.into())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::Own(text.into())
    }
}

/// The strings of an article.
#[derive(Debug, Clone, Default)]
pub(crate) struct Held {
    pub(crate) text: Text,
    /// The headline and the byline that came in fields of their own, one behind the other.
    pub(crate) fields: Box<str>,
}
