//! Where are the verbs of a sentence, and what are their subjects?
//!
//! A subject precedes its verb, follows it after a quotation, or is that of the verb before.

use super::cue::{BASE, GERUND, PAST, SAY, TELL, THINK, THIRD};
use super::sentence::{Clauses, Group, Range, Unit};
use super::words::{
    AND, AUXILIARY, BE, BY, COMMA, DASH, JOINED, NOT, PUNCTUATION, RELATIVE, SUBJECT, THAT, TO, WORD,
};
use crate::keyword::Tag;

impl Clauses<'_> {
    /// Finds the verbs and their subjects, from left to right.
    pub(super) fn find_groups(&mut self) {
        let mut at = 0;
        let mut last_subject = None;
        let mut last_speaker = None;
        while at < self.units.len() {
            let Some((group, next)) = self.group(at) else {
                at += 1;
                continue;
            };
            let mut group = group;
            // "She said it was old, and warned": a verb of speech is that of who spoke before.
            let speaks = self.units[group.head].cue.is(SAY | TELL);
            self.find_subject(&mut group, if speaks { last_speaker.or(last_subject) } else { last_subject });
            if !group.gerund && !group.infinitive && !group.shared && group.subject.is_some() {
                last_subject = group.subject;
                if speaks && !self.units[group.head].cue.is(THINK) {
                    last_speaker = group.subject;
                }
            }
            at = next.max(at + 1);
            self.groups.push(group);
        }
        let mut next_group = vec![self.groups.len() as u32; self.units.len() + 1];
        for (number, group) in self.groups.iter().enumerate().rev() {
            next_group[group.start] = number as u32;
        }
        for at in (0..self.units.len()).rev() {
            next_group[at] = next_group[at].min(next_group[at + 1]);
        }
        self.next_group = next_group;
    }

    /// The group of verbs that starts at a unit, and the first unit after it.
    pub(super) fn group(&self, start: usize) -> Option<(Group, usize)> {
        let units = self.units;
        let first = &units[start];
        if !first.is(WORD) || first.is_quote() {
            return None;
        }
        let infinitive = first.is(TO);
        let mut at = if infinitive { start + 1 } else { start };
        let (mut head, mut auxiliary, mut be) = (None, None, false);
        while let Some(unit) = units.get(at).filter(|unit| unit.is(WORD)) {
            if unit.is(AUXILIARY)
                && !(unit.tag == Tag::Noun && matches!(self.text(at), "will" | "can" | "might" | "need"))
            {
                auxiliary = Some(at);
                be = unit.is(BE) || unit.is(JOINED);
            } else if unit.is_verb()
                || self.speaks(at)
                || (auxiliary.is_some() || infinitive) && unit.cue.has(BASE)
            {
                head = Some(at);
                break;
            } else if !(unit.is(NOT) || unit.tag == Tag::Adverb) {
                break;
            }
            at += 1;
        }
        let last = head.or(auxiliary)?;
        if infinitive && head.is_none() && auxiliary.is_none() {
            return None;
        }
        let unit = &units[last];
        let alone = auxiliary.is_none();
        let gerund = head.is_some()
            && alone
            && unit.tag == Tag::Gerund
            && (unit.cue.has(GERUND) || unit.cue.frames == 0);
        let participle = head.is_some() && unit.tag == Tag::Participle && !unit.cue.has(PAST);
        let reduced = head.is_some() && alone && participle;
        let passive = reduced
            || head.is_some() && be && !unit.cue.has(GERUND) && unit.tag != Tag::Gerund
            || alone && self.is(last + 1, BY) && unit.cue.has(PAST);
        let group = Group {
            start,
            head: last,
            subject: None,
            shared: false,
            gerund,
            infinitive,
            passive,
            inverted: false,
        };
        Some((group, last + 1))
    }

    /// Whether a word that is tagged as a noun is the verb after a quotation: `"…," Smith quips`.
    pub(super) fn speaks(&self, at: usize) -> bool {
        const NEAR: usize = 8;
        let unit = &self.units[at];
        unit.cue.is(SAY | TELL)
            && unit.cue.has(THIRD | PAST)
            && at > 0
            && (self.units[at - 1].tag == Tag::Name || self.is(at - 1, SUBJECT))
            && !self.unit(at + 1).is_some_and(Unit::is_noun)
            && (at.saturating_sub(NEAR)..at)
                .any(|before| self.is_quote(before) && self.units[before].quoted > 3)
    }

    pub(super) fn find_subject(&self, group: &mut Group, last: Option<Range>) {
        let start = group.start;
        if self.is(start, JOINED) && self.is(start, SUBJECT | RELATIVE | THAT) {
            group.subject = Some((start, start));
            if group.head > start {
                group.start = start + 1;
            }
            return;
        }
        if group.gerund || group.infinitive {
            group.subject = last;
            group.shared = true;
            if group.gerund && start > 0 && matches!(self.tag(start - 1), Some(Tag::Name)) {
                group.subject = self.phrase_before(start).map(|first| (first, start - 1)).or(last);
            }
            return;
        }
        let cue = self.units[group.head].cue;
        let before = start.checked_sub(1).and_then(|at| self.unit(at));
        if cue.is(SAY | TELL)
            && before.is_none_or(|unit| unit.is(COMMA | DASH | PUNCTUATION) || unit.is_quote())
            && (!cue.is(TELL) || before.is_some_and(Unit::is_quote))
            && let Some(subject) = self.subject_after(group.head + 1)
            && (self.units[subject.0].tag != Tag::Pronoun || self.units[subject.0].is(SUBJECT))
            && (before.is_some_and(Unit::is_quote) || !self.verb_follows(subject.1 + 1))
        {
            group.subject = Some(subject);
            group.inverted = true;
            return;
        }
        let Some(before) = before else { return };
        if before.is(AND) {
            group.subject = last;
            group.shared = true;
            return;
        }
        if before.is(COMMA | DASH) {
            group.subject = self.subject_before_aside(start - 1);
            if group.subject.is_none() {
                group.subject = last;
                group.shared = true;
            }
            return;
        }
        group.subject = self.phrase_before(start).map(|first| (first, start - 1));
    }
}
