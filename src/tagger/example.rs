//! What does a tagger learn from, and what is it judged by?

use crate::error::{Error, Kind, Result};

/// A sentence to learn from: its tokens and their labels in IOB2, and how much it counts.
#[derive(Debug, Clone, Default)]
pub struct Example {
    /// The tokens.
    pub tokens: Vec<String>,
    /// A label a token.
    pub labels: Vec<String>,
    /// How much a mistake in it changes the weights; 1 by default.
    pub weight: f32,
}

/// # Errors
/// [`Kind::BadRecord`]: a sentence with more tokens than labels, or fewer.
pub(crate) fn check(examples: &[Example]) -> Result<()> {
    for (at, example) in examples.iter().enumerate() {
        let (tokens, labels) = (example.tokens.len(), example.labels.len());
        if tokens != labels {
            let what =
                format!("sentence {at} has {tokens} tokens and {labels} labels; expected as many of each");
            return Err(Error::new(Kind::BadRecord, what).in_field("labels"));
        }
    }
    Ok(())
}
