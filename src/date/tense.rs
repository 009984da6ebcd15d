//! Does a sentence speak of the past or of the future?
//!
//! A weekday or a month without a year is the last one or the next one, and the verbs say which.
//! Cost: the items up to a fixed distance.

use super::grammar::GRAMMAR;
use super::meaning::{Atom, Kind};
use super::rules::is;
use super::sentence::Item;

/// The tense for an expression: -1 past (-2 for sure), 1 future, 0 nothing.
pub(super) fn tense(items: &[Item], atom: &Atom) -> i32 {
    let tense = of_verbs(items, atom);
    // What is to happen `by May` is not in the past, whatever the verb.
    let before = atom.start.checked_sub(1).map(|at| &items[at]);
    let limited = |words: &[&str]| atom.start > 2 && words.iter().any(|word| is(before, &GRAMMAR, word));
    match atom.kind {
        Kind::Month { .. } if limited(&["by", "until", "till", "through"]) => 1,
        Kind::Weekday(_) if limited(&["until", "till", "as"]) => 1,
        Kind::Weekday(_) if tense >= 0 && limited(&["by"]) => 1,
        _ => tense,
    }
}

/// What the verbs around an expression say about the tense. The one
/// nearest before it decides; without one, the first after it.
fn of_verbs(items: &[Item], atom: &Atom) -> i32 {
    const BACK: usize = 14;
    const AHEAD: usize = 10;
    /// How far before a participle the verb is that it belongs to: `will also be released`.
    const HELP: usize = 3;
    // What `had been due` on a day was to happen before this.
    let had = |at: usize| (at.saturating_sub(HELP)..at).any(|at| is(Some(&items[at]), &GRAMMAR, "had"));
    let future = |at: usize| match items[at].word.tense {
        1 => !had(at),
        // `The deadline is Friday`.
        3 if at + 3 >= atom.start && !is(items.get(at), &GRAMMAR, "set") => true,
        3 => items.get(at + 1).is_some_and(|next| next.word.id != 0 && next.word.id == GRAMMAR.id("to")),
        _ => false,
    };
    // `Wednesday's ruling` has been made.
    let owns = items.get(atom.end).is_some_and(|next| next.word.id != 0 && next.word.id == GRAMMAR.id("'s"));
    if owns && matches!(atom.kind, Kind::Weekday(_)) {
        return -1;
    }
    for at in (atom.start.saturating_sub(BACK)..atom.start).rev() {
        // A verb right before an expression leaves no doubt: `ended Jan. 31`. What somebody
        // said may be about the future.
        let past = if at + 2 >= atom.start { -2 } else { i32::from(items[at].word.tense).clamp(-2, -1) };
        match items[at].word.tense {
            0 => {}
            2 => {
                let helped = (at.saturating_sub(HELP)..at).any(future);
                return if helped { 1 } else { past };
            }
            _ if future(at) => return 1,
            _ => return past,
        }
    }
    let after = atom.end..(atom.end + AHEAD).min(items.len());
    let first = after.clone().find(|&at| items[at].word.tense != 0);
    first.map_or(0, |at| if future(at) { 1 } else { -1 })
}
