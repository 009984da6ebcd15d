//! Which names did the tagger cut, split, overlook, or label as something that they cannot be?
//!
//! The rules here use only the sentence itself and the word lists. First, what is not part of a
//! name is removed from it: degrees, party marks, ticker codes. Then names that lists contain are
//! labelled, and parts of one name are joined. Last, names that cannot be what they are labelled
//! get another label. Cost: a few checks per token and per name, and one look-up per capitalised
//! token.

mod cut;
mod glued;
mod join;
mod kind;
mod listed;
mod lists;
mod people;
mod question;
mod trim;

pub(super) use self::join::is_legal_form;
pub(super) use self::listed::is_never_owned;
pub(super) use self::lists::{
    countries, is_act, is_country, is_firm, is_firm_cue, is_firm_ending, is_firm_noun, is_given_name,
    is_maybe_firm, is_month_surname, is_speech, is_town, name_words, spaced,
};
pub(super) use self::trim::is_possessive;

use super::label::Labels;
use crate::batch::Watch;

/// The types that the rules are about, if the tagger has them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kinds {
    pub(crate) person: Option<usize>,
    pub(crate) organisation: Option<usize>,
    pub(crate) place: Option<usize>,
    pub(crate) group: Option<usize>,
    pub(crate) other: Option<usize>,
}

/// Repairs the labels of a sentence, until the watch is stopped.
pub(crate) fn repair<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], kinds: Kinds, watch: &Watch) {
    trim::trim(tokens, labels, kinds, watch);
    people::label(tokens, labels, kinds, watch);
    listed::label(tokens, labels, kinds, watch);
    join::join(tokens, labels, kinds, watch);
    cut::join(tokens, labels, kinds, watch);
    kind::label(tokens, labels, kinds, watch);
}

/// Removes the labels of the tokens from `start` to `end` (exclusive). What follows of the same
/// name becomes a name by itself.
fn clear(labels: &mut [u8], start: usize, end: usize) {
    labels[start..end].fill(0);
    if let Some(label) = labels.get_mut(end)
        && Labels::is_inside(*label)
    {
        *label -= 1;
    }
}

/// Whether the name around a token begins before it.
pub(super) fn begins_before(labels: &[u8], at: usize) -> bool {
    Labels::is_inside(labels[at])
}

/// Whether the name around the token before `end` continues at `end`.
pub(super) fn continues(labels: &[u8], end: usize) -> bool {
    labels.get(end).is_some_and(|&label| Labels::is_inside(label))
}

/// The first token of the name around a token.
fn start_of(labels: &[u8], at: usize) -> usize {
    (0..=at).rev().find(|&at| !begins_before(labels, at)).unwrap_or(at)
}

/// One past the last token of the name around a token.
fn end_of(labels: &[u8], at: usize) -> usize {
    (at + 1..labels.len()).find(|&end| !continues(labels, end)).unwrap_or(labels.len())
}

/// The types in tests.
#[cfg(test)]
pub(super) const KINDS: Kinds =
    Kinds { person: Some(0), organisation: Some(1), other: Some(2), place: Some(3), group: Some(4) };

#[cfg(test)]
fn repaired(text: &str, labels: &[u8]) -> Vec<u8> {
    let tokens: Vec<&str> = text.split(' ').collect();
    let mut labels = labels.to_vec();
    repair(&tokens, &mut labels, KINDS, &Watch::default());
    labels
}
