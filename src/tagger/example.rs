//! What does a tagger learn from, and on what is it evaluated?

use crate::error::{Error, Kind, Result};

/// A labelled sentence: its tokens, their labels in IOB2, and its weight in training.
#[derive(Debug, Clone, Default)]
pub struct Example {
    /// The tokens.
    pub tokens: Vec<String>,
    /// One label per token.
    pub labels: Vec<String>,
    /// How much a mistake in this sentence changes the weights; 1 by default.
    pub weight: f32,
}

/// Checks that each sentence has one label per token.
///
/// # Errors
/// [`Kind::BadRecord`] if one has more or fewer.
pub(crate) fn check(examples: &[Example]) -> Result<()> {
    for (at, example) in examples.iter().enumerate() {
        let (tokens, labels) = (example.tokens.len(), example.labels.len());
        if tokens != labels {
            let what = format!(
                "sentence {at} has {tokens} tokens and {labels} labels; expected the same number of each"
            );
            return Err(Error::new(Kind::BadRecord, what).in_field("labels"));
        }
    }
    Ok(())
}
