//! Which part of an article is the context of a co-occurrence?

use crate::error::{Result, named};

/// The unit of text within which two terms or two entities co-occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Context {
    /// A sentence.
    #[default]
    Sentence,
    /// A zone: a paragraph of the body, a headline, a caption.
    Paragraph,
    /// The whole article.
    Article,
}

impl Context {
    /// The contexts and their names.
    pub const ALL: [(&'static str, Self); 3] =
        [("sentence", Self::Sentence), ("paragraph", Self::Paragraph), ("article", Self::Article)];

    /// The context with this name.
    ///
    /// # Errors
    /// [`crate::error::Kind::BadOption`] for any other name; the message lists the names.
    pub fn from_name(name: &str) -> Result<Self> {
        named("within", name, &Self::ALL)
    }
}
