//! Which sources are named without a verb?
//!
//! Those of a phrase (*according to*), of a noun (*his claim that*), before a colon, or after a
//! dash.

use super::cue::{NOUN, SAY, TELL};
use super::sentence::{Attribution, Clauses, Group, Range, WINDOW};
use super::words::{
    ACCORDING, AND, CAPITAL, COLON, COMMA, DASH, POSSESSIVE, PREPOSITION_WORD, PUNCTUATION, SUBJECT,
    SUBORDINATE, THAT,
};
use crate::keyword::Tag;

/// The most units that are attributed at once, so that time stays linear.
const MOST: usize = 400;

impl Clauses<'_> {
    /// *according to*: the source follows, and the content is the rest of the sentence.
    pub(super) fn according(&self, found: &mut Vec<Attribution>) {
        for at in 0..self.end {
            if !self.is(at, ACCORDING) {
                continue;
            }
            let Some(length) = self.phrase(at) else { continue };
            let cue = (at, at + length - 1);
            let from = at + length;
            let Some(end) = self.phrase_after(from) else { continue };
            let mut last = end;
            let opens = at == 0
                || at < 3 && self.is(at - 1, AND | COMMA)
                || self.is(end + 1, COMMA) && self.is_quote(end + 2);
            if opens {
                // To the comma before the content.
                let comma = (end..(end + WINDOW).min(self.end)).find(|&at| self.is(at, COMMA));
                if let Some(comma) = comma {
                    last = comma - 1;
                    if comma + 1 < self.end {
                        found.push(Attribution {
                            content: (comma + 1, self.end.min(comma + MOST) - 1),
                            source: Some((from, last)),
                            cue,
                        });
                    }
                }
                continue;
            }
            let stop = (end + 1..self.end.min(end + WINDOW))
                .find(|&at| self.is(at, COMMA | DASH | COLON) || self.is_quote(at));
            last = stop.map_or(last.max(self.end.min(end + WINDOW) - 1), |stop| stop - 1);
            let mut before = at - 1;
            if self.is(before, COMMA) && before > 0 {
                before -= 1;
            }
            let first = self.start_before(before);
            found.push(Attribution { content: (first, before), source: Some((from, last)), cue });
        }
    }

    /// Nouns before *that*: "his claim that", "warnings from the bank that".
    pub(super) fn nouns(&self, found: &mut Vec<Attribution>) {
        for at in 0..self.end {
            let unit = &self.units[at];
            if !unit.cue.is(NOUN) || unit.tag != Tag::Noun || at + 2 >= self.end {
                continue;
            }
            let mut end = self.end.min(at + MOST);
            // "Contrary to his claim that nobody voted, …": the clause of the writer follows.
            if self.is(0, PREPOSITION_WORD | SUBORDINATE)
                && self.is(at + 1, THAT)
                && let Some(stop) = (at + 2..end).find(|&stop| {
                    self.is(stop, COMMA) || self.is_quote(stop) && self.units[stop].is(PUNCTUATION)
                })
                && self.clause_at(stop + 1, self.end)
            {
                end = if self.is_quote(stop) { stop + 1 } else { stop };
            }
            if self.is(at + 1, THAT) {
                if self.clause_at(at + 2, self.end) {
                    let content = (at + 1, end - 1);
                    let said = self.said_in(at);
                    if said.is_some() && found.iter().any(|known| known.content.0 == at + 1) {
                        continue;
                    }
                    found.push(match said {
                        Some(group) => {
                            Attribution { content, source: group.subject, cue: (group.start, group.head) }
                        }
                        None => Attribution { content, source: self.owner(at), cue: (at, at) },
                    });
                }
                continue;
            }
            let Some(owner) = self.owner(at) else { continue };
            let source = Some(owner);
            if self.is_infinitive(at + 1) {
                found.push(Attribution { content: (at + 1, end - 1), source, cue: (at, at) });
            } else if matches!(self.text(at + 1), "of" | "about" | "on" | "for" | "against")
                && let Some(last) = self.phrase_after(at + 2)
            {
                found.push(Attribution { content: (at + 2, last), source, cue: (at, at + 1) });
            }
        }
    }

    /// The verb before a noun: "said in a statement that", "said in its report that".
    fn said_in(&self, at: usize) -> Option<Group> {
        const NEAR: usize = 8;
        let link = (at.saturating_sub(NEAR)..at).rev().find(|&link| self.text(link) == "in")?;
        let group = self.groups.iter().rev().find(|group| group.head < link)?;
        let plain = !group.gerund && !group.infinitive && !group.passive;
        (plain && group.head + 1 == link && self.units[group.head].cue.is(SAY | TELL)).then_some(*group)
    }

    /// *Obama has a new message: “It is about me.”*: the verb before a colon, to the noun there if
    /// that is one of speech, and the subject.
    pub(super) fn message_before(&self, colon: usize) -> Option<(Range, Option<Range>)> {
        const NEAR: usize = 8;
        let group = self.groups.iter().rev().find(|group| group.head < colon && group.subject.is_some())?;
        let noun = colon.checked_sub(1).filter(|&at| self.units[at].cue.is(NOUN) && at - group.head <= NEAR);
        Some(((group.start, noun.unwrap_or(group.head)), group.subject))
    }

    /// Whose claim it is.
    pub(super) fn owner(&self, at: usize) -> Option<Range> {
        let mut first = at;
        while first > 0 && at - first < 5 {
            let unit = &self.units[first - 1];
            if unit.is(POSSESSIVE) {
                let start = self.phrase_before(first - 1)?;
                return Some((start, first - 2));
            }
            if unit.tag == Tag::Pronoun && !unit.is(SUBJECT | THAT) {
                return Some((first - 1, first - 1));
            }
            if !matches!(unit.tag, Tag::Noun | Tag::Adjective | Tag::Name | Tag::Gerund | Tag::Participle) {
                return None;
            }
            first -= 1;
        }
        None
    }

    /// *"I will go." – Smith*: a statement, a dash and a name at the end.
    pub(super) fn signature(&self, found: &mut Vec<Attribution>) {
        const LONGEST: usize = 12;
        for dash in (1..self.end).filter(|&at| self.is(at, DASH)) {
            if !self.is_quote(dash - 1) || self.units[dash - 1].quoted < 4 || self.end - dash > LONGEST {
                continue;
            }
            let named = self.unit(dash + 1).is_some_and(|unit| {
                matches!(unit.tag, Tag::Name | Tag::Noun | Tag::Adjective) && unit.is(CAPITAL)
            });
            if named && !(dash + 1..self.end).any(|at| self.verb_follows(at) || self.is_quote(at)) {
                let source = Some((dash + 1, self.end - 1));
                found.push(Attribution { content: (dash - 1, dash - 1), source, cue: (dash, dash) });
            }
        }
    }

    /// *Smith: I will go*: a name and a colon at the beginning.
    pub(super) fn label(&self, titled: bool, found: &mut Vec<Attribution>) {
        const LONGEST: usize = 8;
        let Some(colon) = (1..self.end.min(LONGEST + 1)).find(|&at| self.is(at, COLON)) else { return };
        let is_name = |at: usize| self.units[at].is(CAPITAL) && self.units[at].tag == Tag::Name;
        let quotes = self.is_quote(colon + 1) && colon + 2 >= self.end && self.units[colon + 1].quoted > 3;
        let first = if quotes {
            (0..colon).rev().take_while(|&at| is_name(at)).last()
        } else {
            let all = (0..colon).all(|at| is_name(at) || titled && self.units[at].is(CAPITAL));
            (all && colon + 2 < self.end && colon < 5).then_some(0)
        };
        if let Some(first) = first {
            let source = Some((first, colon - 1));
            found.push(Attribution { content: (colon + 1, self.end - 1), source, cue: (colon, colon) });
        }
    }
}
