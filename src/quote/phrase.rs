//! Which words are the noun phrase before or after a verb?
//!
//! Cost: every search is limited to a window.

use super::cue::{SAY, TELL};
use super::sentence::{Clauses, Range, WINDOW};
use super::words::{
    AND, COLON, COMMA, DASH, JOINED, LEFT, POSSESSIVE, PREPOSITION_WORD, PUNCTUATION, QUESTION, RELATIVE,
    RIGHT, STOP, SUBJECT, SUBORDINATE, THAT, TIME, WORD,
};
use crate::keyword::Tag;

impl Clauses<'_> {
    /// The subject before an aside that ends with the mark at `end`: `Smith, who is 40, said`.
    pub(super) fn subject_before_aside(&self, end: usize) -> Option<Range> {
        let mark = if self.is(end, COMMA) { COMMA } else { DASH };
        let mut tries = 0;
        for at in (end.saturating_sub(WINDOW)..end).rev() {
            if self.is_quote(at) && self.units[at].quoted > 3 || self.is(at, COLON | STOP) {
                return None;
            }
            if self.is(at, mark) && at > 0 {
                if let Some(first) = self.phrase_before(at)
                    && !self.is(at + 1, AND)
                {
                    return Some((first, end - 1));
                }
                tries += 1;
                if tries == 3 {
                    return None;
                }
            }
        }
        None
    }

    /// The phrase that *who* or *which* at a unit refers to, with the name that it describes:
    /// `Smith, a lawyer for the club, who`.
    pub(super) fn antecedent(&self, relative: usize) -> Option<Range> {
        /// How many descriptions a name may have: `Smith, 24, from Leeds, a student`.
        const DESCRIPTIONS: usize = 3;
        if !self.is(relative, RELATIVE) {
            return None;
        }
        let mut end = relative;
        while end > 0 && self.is(end - 1, COMMA | DASH | AND) {
            end -= 1;
        }
        let mut first = self.phrase_before(end)?;
        for _ in 0..DESCRIPTIONS {
            let Some(before) = self.described(first, end) else { break };
            first = before;
        }
        Some((first, end.checked_sub(1)?))
    }

    /// The first unit of the noun phrase that the one from `first` to before `end` describes.
    fn described(&self, first: usize, end: usize) -> Option<usize> {
        let mut start = first;
        if first > 1 && self.is(first - 1, AND) {
            // "a lawyer and an activist"
            start = self.phrase_before(first - 1)?;
        } else if first > 1 && self.is(first - 1, PREPOSITION_WORD) {
            // "Smith, from Leeds"
            start = first - 1;
        }
        let mark = start.checked_sub(1).filter(|&mark| self.is(mark, COMMA))?;
        let describes = match self.text(start) {
            "a" | "an" | "former" | "now" | "one" | "then" => true,
            // "For Smith, the voters who": they are others.
            "the" => {
                let last = self.text(end - 1);
                !last.ends_with('s') && !matches!(last, "people" | "men" | "women" | "police")
            }
            _ => self.is(start, PREPOSITION_WORD) || self.tag(start) == Some(Tag::Number),
        };
        if describes { self.phrase_before(mark) } else { None }
    }

    /// The first unit of the noun phrase that ends before `end`.
    pub(super) fn phrase_before(&self, end: usize) -> Option<usize> {
        let units = self.units;
        let mut at = end;
        let lowest = end.saturating_sub(WINDOW);
        let mut joined = false;
        while at > lowest {
            let unit = &units[at - 1];
            if unit.is(RIGHT) {
                let open = (at.saturating_sub(12)..at - 1).rev().find(|&open| self.is(open, LEFT))?;
                at = open;
                continue;
            }
            if at == end && unit.is(SUBJECT | RELATIVE | THAT) && !unit.is(JOINED) {
                return Some(at - 1);
            }
            if unit.is_quote() {
                if unit.quoted <= 3 && at < end && !unit.is(PUNCTUATION) {
                    at -= 1;
                    continue;
                }
                break;
            }
            if unit.is(POSSESSIVE) && at < end {
                at -= 1;
                continue;
            }
            if unit.is(DASH) && at < end && at > 1 {
                // A hyphen inside a word.
                if units[at - 2].span.end == unit.span.start && unit.span.end == units[at].span.start {
                    at -= 2;
                    continue;
                }
                break;
            }
            if unit.is(AND) {
                // "A and B": only if a clause begins with A.
                if at < end && !joined && at > 1 && units[at - 2].is_noun() {
                    joined = true;
                    let mut first = at - 1;
                    while first > lowest && (units[first - 1].is_noun() || units[first - 1].is(POSSESSIVE)) {
                        first -= 1;
                    }
                    if first == 0 || units[first - 1].is(COMMA | SUBORDINATE | COLON | STOP | THAT | AND) {
                        at = first;
                        continue;
                    }
                }
                break;
            }
            if !unit.is(WORD) || unit.is(THAT | QUESTION | RELATIVE) {
                break;
            }
            if unit.tag == Tag::Preposition || unit.is(PREPOSITION_WORD) {
                if unit.is(SUBORDINATE)
                    || at == end
                    || at < 2
                    || !(units[at - 2].is_noun() || units[at - 2].is(RIGHT))
                {
                    break;
                }
                at -= 1;
                continue;
            }
            if unit.is_noun() && !unit.is(SUBORDINATE) {
                at -= 1;
                continue;
            }
            if unit.tag == Tag::Pronoun && !unit.is(SUBJECT) {
                at -= 1;
                continue;
            }
            if unit.tag == Tag::Pronoun && unit.is(SUBJECT) && self.is(at, PREPOSITION_WORD) {
                // "some of the members"
                at -= 1;
                continue;
            }
            if matches!(unit.tag, Tag::Participle | Tag::Gerund)
                && at < end
                && at > 1
                && (units[at - 2].is_noun() || units[at - 2].is(POSSESSIVE))
                && !unit.cue.is(SAY | TELL)
            {
                at -= 1;
                continue;
            }
            break;
        }
        // A phrase with a preposition before the subject: "On Friday Trump said".
        while at < end && units[at].is(PREPOSITION_WORD) {
            at += 1;
            while at < end && (units[at].tag != Tag::Name || units[at].is(TIME)) && !units[at].is(SUBJECT) {
                at += 1;
            }
        }
        while at < end && units[at].is(TIME) && at + 1 < end {
            at += 1;
        }
        (at < end && (at..end).any(|at| units[at].is_noun() || units[at].tag == Tag::Pronoun)).then_some(at)
    }

    /// The noun phrase that starts at `first`, as the subject of a verb before it.
    pub(super) fn subject_after(&self, first: usize) -> Option<Range> {
        if self.is(first, TIME) {
            return None;
        }
        let end = self.phrase_after(first)?;
        let mut last = end;
        // An apposition: ", the senator from Ohio".
        if self.is(last + 1, COMMA)
            && (matches!(self.tag(last + 2), Some(Tag::Determiner | Tag::Noun | Tag::Name | Tag::Adjective))
                || self.is(last + 2, RELATIVE | QUESTION))
            && !self.is(last + 2, AND)
        {
            let from = last + 2;
            let stop = (from..(from + WINDOW).min(self.units.len()))
                .find(|&at| self.is(at, COMMA | STOP | COLON | DASH) || self.is_quote(at))
                .unwrap_or_else(|| (from + WINDOW).min(self.units.len()));
            if stop > from {
                last = stop - 1;
            }
        }
        Some((first, last))
    }

    /// The last unit of the noun phrase that starts at `first`.
    pub(super) fn phrase_after(&self, first: usize) -> Option<usize> {
        let units = self.units;
        let start = units.get(first)?;
        if start.is(SUBJECT) && start.tag == Tag::Pronoun && !start.is(JOINED) {
            return Some(first);
        }
        let mut at = first;
        let limit = (first + WINDOW).min(units.len());
        let mut last = None;
        while at < limit {
            let unit = &units[at];
            if unit.is(LEFT) {
                let Some(close) = (at..(at + 7).min(limit)).find(|&close| self.is(close, RIGHT)) else {
                    break;
                };
                last = last.map(|_| close);
                at = close + 1;
            } else if unit.is(TIME) && last.is_some() {
                break;
            } else if unit.is_noun() || unit.is(POSSESSIVE) {
                if !unit.is(POSSESSIVE) && unit.tag != Tag::Determiner {
                    last = Some(at);
                }
                at += 1;
            } else if unit.tag == Tag::Pronoun && !unit.is(SUBJECT | RELATIVE | THAT) {
                last = Some(at);
                at += 1;
            } else if self.joins(first, at, last.is_some()) {
                at += 1;
            } else {
                break;
            }
        }
        last
    }

    /// Whether a phrase such as "in an interview" begins here.
    pub(super) fn is_occasion(&self, at: usize) -> bool {
        matches!(self.text(at), "in" | "at") && matches!(self.text(at + 1), "a" | "an" | "the" | "this")
    }

    /// Whether a unit joins the parts of a noun phrase that began at `first`: a hyphen, a
    /// participle before a noun, or, after a noun, a preposition.
    fn joins(&self, first: usize, at: usize, named: bool) -> bool {
        let units = self.units;
        let unit = &units[at];
        let Some(next) = units.get(at + 1) else { return false };
        let before = if at > first { Some(&units[at - 1]) } else { None };
        let hyphen = unit.is(DASH)
            && before.is_some_and(|before| before.span.end == unit.span.start)
            && next.span.start == unit.span.end;
        let participle = matches!(unit.tag, Tag::Participle | Tag::Gerund)
            && before.is_some_and(|before| before.tag == Tag::Determiner);
        let preposition = named
            && unit.is(PREPOSITION_WORD)
            && matches!(self.text(at), "of" | "for" | "at" | "from" | "with" | "in")
            && next.is_noun()
            && !next.is(TIME)
            && !self.is_occasion(at);
        hyphen || participle || preposition
    }
}
