//! How common is a word in general?
//!
//! The rank of a word comes from a list of English words in descending order of frequency. By
//! Zipf's law the logarithm of the rank is, up to a constant, the information of the word: an
//! inverse document frequency that needs no other documents.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::batch::Static;
use crate::language::entries;

static RANKS: Static<HashMap<&'static str, u32, FxBuildHasher>> =
    Static::new(|| entries(include_str!("../data/en/frequency.txt")).zip(0..).collect());

/// The assumed rank of a word that is not in the list.
const UNLISTED_RANK: f64 = 60_000.0;

/// The information of a word in lower case: 2.3 for the most common words, 11 for rare ones.
pub(super) fn information(word: &str) -> f64 {
    let rank = RANKS.get(word.trim_end_matches('.')).map_or(UNLISTED_RANK, |&rank| f64::from(rank));
    (rank + 10.0).ln()
}

#[cfg(test)]
mod tests {
    use super::information;

    #[test]
    fn rare_words_carry_more_information() {
        assert!(information("the") < information("minister"));
        assert!(information("minister") < information("limousine"));
        assert!(information("limousine") <= information("diaoyutai"));
    }
}
