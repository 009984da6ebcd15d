//! Who owns the text of an article?
//!
//! A corpus reads its texts for as long as it exists. A text whose owner lends it for that long is
//! not copied.

use std::fmt;
use std::sync::Arc;

use crate::table::Strings;

/// The text of an article: owned, or borrowed from another owner.
#[derive(Clone)]
pub enum Text {
    /// Owned by the article.
    Owned(Box<str>),
    /// A row of strings that were read together.
    Row(Arc<Strings>, usize),
    /// Lent by an owner that never changes it.
    Lent(Arc<dyn AsRef<str> + Send + Sync>),
}

impl Text {
    /// The text.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Owned(text) => text,
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
        Self::Owned(Box::default())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::Owned(text.into())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::Owned(text.into())
    }
}

/// The strings of an article.
#[derive(Debug, Clone, Default)]
pub(crate) struct Held {
    pub(crate) text: Text,
    /// The headline and the byline that were supplied as separate fields, concatenated.
    pub(crate) fields: Box<str>,
}
