//! Does a sentence speak of the past or of the future?
//!
//! A weekday or a month without a year is the last one or the next one, and the verbs say which.
//! Cost: the items up to a fixed distance.

use super::meaning::{Atom, Kind};
use super::role::Role;
use super::sentence::Item;
use super::value::Unit;

/// The tense for an expression: -1 past (-2 for sure), 1 future, 0 nothing.
pub(super) fn tense(items: &[Item], atom: &Atom) -> i32 {
    let tense = of_verbs(items, atom);
    // What is to happen `by May` is not in the past, whatever the verb.
    let before = atom.start.checked_sub(1).map(|at| &items[at]);
    let limited = |role| atom.start > 2 && before.is_some_and(|item| item.word.does(role));
    let ahead = limited(Role::Of) && items[atom.start - 2].word.does(Role::Ahead);
    match atom.kind {
        // A result that is compared with one of `last year`: see `Anchor::placed`.
        Kind::Shift(Unit::Year, -1) => {
            if is_compared(items, atom) {
                -2
            } else {
                0
            }
        }
        Kind::Day { .. } | Kind::Month { .. } | Kind::Weekday(_) if is_put_off(items, atom) => 1,
        Kind::Day { .. } | Kind::Month { .. } | Kind::Weekday(_) if is_set_for(items, atom) => 1,
        Kind::Month { .. } | Kind::Weekday(_) if ahead => 1,
        Kind::Month { .. } | Kind::Weekday(_) | Kind::YearEnd if limited(Role::Since) => -2,
        // Firms report on `the December quarter` when it is over.
        Kind::Month { .. } if items.get(atom.end).is_some_and(|item| item.word.unit == 8) => -2,
        Kind::Month { .. } if items.get(atom.end).is_some_and(|item| item.word.does(Role::Half)) => -2,
        Kind::Month { .. } if limited(Role::UntilMonth) => 1,
        // A verb of the future far away says less.
        Kind::Month { .. } if tense > 0 && is_near(items, atom) => 2,
        Kind::Weekday(_) if limited(Role::UntilDay) => 1,
        Kind::YearEnd => 0,
        Kind::Weekday(_) if limited(Role::ByDay) && (tense >= 0 || is_open(items, atom)) => 1,
        _ => tense,
    }
}

/// Whether something is set for a day: `Sentencing is set for Sept. 14`.
fn is_set_for(items: &[Item], atom: &Atom) -> bool {
    let Some(first) = atom.start.checked_sub(3) else { return false };
    let does = |at: usize, role| items[at].word.does(role);
    does(first, Role::Is) && does(first + 1, Role::Settled) && does(first + 2, Role::For)
}

/// Whether something was put off until a day: `postponed to Tuesday`, `put off until May 3`.
fn is_put_off(items: &[Item], atom: &Atom) -> bool {
    const BACK: usize = 4;
    let Some(before) = atom.start.checked_sub(1) else { return false };
    let leads = items[before].word.does(Role::To) || items[before].word.does(Role::UntilDay);
    leads && items[before.saturating_sub(BACK)..before].iter().any(|item| item.word.does(Role::PutOff))
}

/// Whether something is compared with what is of a time.
fn is_compared(items: &[Item], atom: &Atom) -> bool {
    const BACK: usize = 10;
    let before = items[atom.start.saturating_sub(BACK)..atom.start].iter().rev();
    before.take_while(|item| item.shape.mark != ',').any(|item| item.word.does(Role::Compared))
}

/// Whether a verb of the future is a few words before an expression.
fn is_near(items: &[Item], atom: &Atom) -> bool {
    const NEAR: usize = 8;
    items[atom.start.saturating_sub(NEAR)..atom.start]
        .iter()
        .any(|item| item.word.tense > 0 && item.word.tense != 2)
}

/// Whether something was to happen, as in `it could be plugged by Sunday`.
fn is_open(items: &[Item], atom: &Atom) -> bool {
    const BACK: usize = 14;
    items[atom.start.saturating_sub(BACK)..atom.start].iter().any(|item| matches!(item.word.tense, 1 | 7))
}

/// What the verbs around an expression say about the tense. The one
/// nearest before it decides; without one, the first after it.
fn of_verbs(items: &[Item], atom: &Atom) -> i32 {
    const BACK: usize = 14;
    const AHEAD: usize = 10;
    /// How far before an expression a verb of the past leaves no doubt.
    const NEAR: usize = 6;
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
            || if items[at].shape.plural {
                named && (shape.lower || shape.capital)
            } else {
                shape.plural && named
            }
    };
    let progressive = |at: usize| (at.saturating_sub(2)..at).any(|at| does(at, Role::Is));
    let verb = |at: usize| match items[at].word.tense {
        4 if !present(at) => 0,
        5 if !progressive(at) => 0,
        6 if !present(at) && !does(at + 1, Role::To) => 0,
        7 => 0,
        tense => tense,
    };
    let future = |at: usize| match items[at].word.tense {
        4 => present(at),
        5 => progressive(at),
        6 => present(at) || does(at + 1, Role::To),
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
    // `Wednesday's ruling` has been made; `Sunday's election` has a day that was known before.
    let possessive = does(atom.end, Role::Possessive);
    let mut named = atom.end..atom.end + usize::from(possessive) + 2;
    // `The election on Sunday`, too.
    let event = atom.start.checked_sub(2).is_some_and(|at| does(at, Role::Planned));
    let planned = event || named.any(|at| does(at, Role::Planned));
    let called = matches!(atom.kind, Kind::Weekday(_) | Kind::Month { .. });
    if possessive && !planned && called {
        // `They await Friday's figures`.
        let awaited = atom.start > 0 && items[atom.start - 1].word.tense == 1;
        return if awaited { 1 } else { -1 };
    }
    // Of a month with such an event nobody says whether it is over.
    let unless = |tense: i32| if planned && tense < 0 { 0 } else { tense };
    let mut infinitive = false;
    for at in (atom.start.saturating_sub(BACK)..atom.start).rev() {
        // A verb right before an expression leaves no doubt: `ended Jan. 31`. What somebody
        // said may be about the future.
        let (word, shape) = (items[at].word, items[at].shape);
        let finite = word.tense == -2 || word.tense == 2 && at > 0 && is_subject(&items[at - 1]);
        let near = if finite { NEAR } else { 2 };
        let past = match () {
            () if at + 2 >= atom.start => -2,
            () if at + near >= atom.start => unless(-2),
            () => unless(-1),
        };
        infinitive |= at > 0
            && at + NEAR >= atom.start
            && does(at - 1, Role::To)
            && shape.lower
            && word.classes == 0
            && matches!(word.tense, 0 | 1 | 4);
        let to = does(at + 1, Role::To) && !does(at + 2, Role::Have);
        match verb(at) {
            0 => {}
            // What `is heard in May` is perhaps to come, and what `is poised to` open.
            -2 | -1 | 2 if at > 0 && items[at - 1].word.tense == 3 && !does(at - 1, Role::Settled) => {
                return i32::from(to);
            }
            // `Will be held`, and `will have ended`.
            2 | -2 if word.tense == 2 || (at.saturating_sub(HELP)..at).any(|at| does(at, Role::Be)) => {
                if does(at.wrapping_sub(1), Role::Have) {
                    return past;
                }
                let is = |at: usize| does(at, Role::Is);
                let helped = (at.saturating_sub(HELP)..at).any(|at| future(at) || to && is(at));
                return if helped || to_be(at) && !had(at) { 1 } else { past };
            }
            // `If she were to win in May`.
            -2 if to && does(at, Role::Were) => return 1,
            _ if future(at) => return 1,
            3 if does(at, Role::Is) => return i32::from(infinitive),
            _ => return past,
        }
    }
    if infinitive {
        return 1;
    }
    let after = atom.end..(atom.end + AHEAD).min(items.len());
    let first = after.clone().find(|&at| verb(at) != 0);
    // Of a month in a sentence without a verb the past is more likely.
    let nothing = if matches!(atom.kind, Kind::Month { .. }) { unless(-1) } else { 0 };
    first.map_or(nothing, |at| match items[at].word.tense {
        _ if future(at) => 1,
        // `Friday is the last day`.
        3 if at == atom.end && does(at, Role::Is) => 1,
        // `Sales in March were higher`.
        -2 if at == atom.end => unless(-2),
        _ => unless(-1),
    })
}

/// Whether an item may be the subject of the verb after it.
fn is_subject(item: &Item) -> bool {
    item.word.does(Role::Pronoun) || item.word.says_nothing() && (item.shape.lower || item.shape.capital)
}
