//! Does a sentence speak of the past or of the future?
//!
//! A weekday or a month without a year is the last one or the next one, and the verbs say which.
//! Cost: the items up to a fixed distance.

use super::meaning::{Atom, Kind};
use super::role::Role;
use super::sentence::Item;

/// The tense for an expression: -1 past (-2 for sure), 1 future, 0 nothing.
pub(super) fn tense(items: &[Item], atom: &Atom) -> i32 {
    let tense = of_verbs(items, atom);
    // What is to happen `by May` is not in the past, whatever the verb.
    let before = atom.start.checked_sub(1).map(|at| &items[at]);
    let limited = |role| atom.start > 2 && before.is_some_and(|item| item.word.does(role));
    match atom.kind {
        Kind::Month { .. } if limited(Role::UntilMonth) => 1,
        Kind::Weekday(_) if limited(Role::UntilDay) => 1,
        Kind::YearEnd if limited(Role::Since) => -2,
        Kind::YearEnd => 0,
        Kind::Weekday(_) if tense >= 0 && limited(Role::ByDay) => 1,
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
    /// How far before a verb `had` is: `had been scheduled to expire`.
    const HAD: usize = 5;
    let does = |at: usize, role| items.get(at).is_some_and(|item| item.word.does(role));
    // What `had been due` on a day was to happen before this.
    let had = |at: usize| (at.saturating_sub(HAD)..at).any(|at| does(at, Role::Had));
    // The present of a verb such as `votes` speaks of what is planned, if it is a verb here.
    let present = |at: usize| {
        let Some(before) = at.checked_sub(1).map(|at| &items[at]) else { return false };
        let (word, shape) = (before.word, before.shape);
        let named = word.classes == 0 && word.tense == 0 && (word.id == 0 || shape.capital);
        word.does(Role::Pronoun)
            || if items[at].shape.plural { named && (shape.lower || shape.capital) } else { shape.plural && named }
    };
    let progressive = |at: usize| (at.saturating_sub(2)..at).any(|at| does(at, Role::Is));
    let verb = |at: usize| match items[at].word.tense {
        4 if !present(at) => 0,
        5 if !progressive(at) => 0,
        tense => tense,
    };
    let future = |at: usize| match items[at].word.tense {
        4 => present(at),
        5 => progressive(at),
        // `It may have left on Friday`.
        1 => !had(at) && !does(at + 1, Role::Have),
        // `The deadline is Friday`.
        3 if at < atom.start && at + 3 >= atom.start && !does(at, Role::Settled) => true,
        // `is to`, and `planned to`; not `the planned talks`.
        3 => does(at + 1, Role::To),
        _ => false,
    };
    // `to be published`.
    let to_be =
        |at: usize| (at.saturating_sub(HELP)..at).any(|at| does(at, Role::To) && does(at + 1, Role::Be));
    // `Wednesday's ruling` has been made.
    if does(atom.end, Role::Possessive) && matches!(atom.kind, Kind::Weekday(_)) {
        return -1;
    }
    for at in (atom.start.saturating_sub(BACK)..atom.start).rev() {
        // A verb right before an expression leaves no doubt: `ended Jan. 31`. What somebody
        // said may be about the future.
        let past = if at + 2 >= atom.start { -2 } else { i32::from(items[at].word.tense).clamp(-2, -1) };
        match verb(at) {
            0 => {}
            // What `is heard in May` is perhaps to come.
            -1 | 2 if at > 0 && items[at - 1].word.tense == 3 && !does(at - 1, Role::Settled) => return 0,
            2 => {
                let helped = (at.saturating_sub(HELP)..at).any(future) || to_be(at) && !had(at);
                return if helped { 1 } else { past };
            }
            _ if future(at) => return 1,
            _ => return past,
        }
    }
    let after = atom.end..(atom.end + AHEAD).min(items.len());
    let first = after.clone().find(|&at| verb(at) != 0);
    first.map_or(0, |at| if future(at) { 1 } else { -1 })
}
