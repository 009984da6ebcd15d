//! Which rule matches the longest run of items?
//!
//! Rules are short, so a match looks only a few items ahead. Cost: a test of a bit for each element
//! that is tried; linear in the sentence.

use super::grammar::{Action, Class, Grammar, Rule};
use super::role::Role;
use super::sentence::Item;

/// The most items that one rule can capture.
const MOST: usize = 14;

/// What a rule matched.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match {
    pub(super) action: Action,
    /// The first item of the expression, and the one after its last.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The item at which the rule began, which may be context.
    pub(super) from: usize,
    taken: [u16; MOST],
    count: usize,
    /// How many of them are context after the expression.
    behind: usize,
}

impl Match {
    /// The items that the rule matched, context included.
    pub(super) fn items<'a>(&'a self, items: &'a [Item]) -> impl Iterator<Item = &'a Item> + 'a {
        self.taken[..self.count].iter().map(move |&at| &items[self.from + usize::from(at)])
    }

    /// The first item of a class.
    pub(super) fn one<'a>(&'a self, items: &'a [Item], class: Class) -> Option<&'a Item> {
        self.items(items).find(|item| item.word.is(class))
    }

    /// Whether one of the items does this.
    pub(super) fn has(&self, items: &[Item], role: Role) -> bool {
        self.items(items).any(|item| item.word.does(role))
    }
}

/// The longest match that begins at an item and ends before another one; of two equally long ones
/// the rule that comes first.
pub(super) fn longest(grammar: &Grammar, items: &[Item], at: usize, before: usize) -> Option<Match> {
    let mut best: Option<(Match, u16)> = None;
    for number in grammar.starting(&items[at].word) {
        let rule = &grammar.rules[usize::from(number)];
        if matches!(rule.action, Action::Before(_) | Action::After(_)) {
            continue;
        }
        let Some(found) = matched(grammar, items, at, number).filter(|found| found.end < before) else {
            continue;
        };
        let longer = |(best, by): &(Match, u16)| {
            (found.end, std::cmp::Reverse(number)) > (best.end, std::cmp::Reverse(*by))
        };
        if best.as_ref().is_none_or(longer) {
            best = Some((found, number));
        }
    }
    best.map(|(best, _)| best)
}

/// The match of one rule at an item.
pub(super) fn matched(grammar: &Grammar, items: &[Item], at: usize, number: u16) -> Option<Match> {
    let rule = &grammar.rules[usize::from(number)];
    let mut found =
        Match { action: rule.action, start: at, end: at, from: at, taken: [0; MOST], count: 0, behind: 0 };
    if !step(rule, items, at, 0, &mut found) {
        return None;
    }
    // What is context is cut off at both ends.
    let context = |element: usize| rule.elements.get(element).is_some_and(|element| element.context);
    let leading = (0..rule.elements.len()).take_while(|&element| context(element)).count();
    found.start = at + leading;
    found.end -= found.behind;
    (found.start < found.end).then_some(found)
}

/// Matches the rest of a rule; an element that may be missing is first tried as present.
fn step(rule: &Rule, items: &[Item], at: usize, element: usize, found: &mut Match) -> bool {
    let Some(wanted) = rule.elements.get(element) else {
        found.end = at;
        return true;
    };
    if found.count < MOST && items.get(at).is_some_and(|item| wanted.takes(&item.word)) {
        found.taken[found.count] = (at - found.from) as u16;
        found.count += 1;
        let behind = usize::from(element >= rule.solid);
        found.behind += behind;
        if step(rule, items, at + 1, element + 1, found) {
            return true;
        }
        found.count -= 1;
        found.behind -= behind;
    }
    wanted.optional && step(rule, items, at, element + 1, found)
}

/// The longest rule of modifiers that begins at an item (or, going back, ends before one), and how
/// many items it has.
pub(super) fn modifier(grammar: &Grammar, items: &[Item], at: usize) -> Option<(Action, usize)> {
    let mut best: Option<(Action, usize)> = None;
    for number in grammar.starting(&items.get(at)?.word) {
        if !matches!(grammar.rules[usize::from(number)].action, Action::Before(_) | Action::After(_)) {
            continue;
        }
        if let Some(found) = matched(grammar, items, at, number)
            && best.is_none_or(|(_, length)| found.end - at > length)
        {
            best = Some((found.action, found.end - at));
        }
    }
    best
}
