//! Which part of an article is the context of a co-occurrence?

use crate::error::{Error, Kind, Result};

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
    /// [`Kind::BadOption`] for any other name; the message lists the names.
    pub fn from_name(name: &str) -> Result<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|&(_, context)| context).ok_or_else(|| {
            let known = Self::ALL.map(|(known, _)| known).join(", ");
            Error::new(Kind::BadOption, format!("there is no \"{name}\"; expected {known}"))
                .in_field("within")
        })
    }
}
