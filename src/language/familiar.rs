//! Which words does every reader know?

use std::collections::HashSet;

use super::lists::entries;
use crate::batch::Static;

static FAMILIAR: Static<HashSet<&'static str>> =
    Static::new(|| entries(include_str!("../data/en/dale_chall.txt")).collect());

/// Whether a word in lower case is on the list of Chall & Dale (1995), not counting its forms.
pub(crate) fn is_familiar(word: &str) -> bool {
    FAMILIAR.contains(word)
}
