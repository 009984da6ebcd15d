//! Who attributes what to whom in a sentence?
//!
//! A sentence is a row of [`Unit`]s: a quotation is one unit, whatever it contains. Verbs are found
//! with their auxiliaries, each with its subject, which precedes it, follows it after a quotation,
//! or is that of the verb before. A verb of the list is a cue if what follows fits one of its
//! frames, or if a clause or a quotation precedes it. What is attributed ends with the sentence, or
//! where the next cue of the same rank begins.
//!
//! Cost: every search is limited to a window, so a sentence of any length takes linear time.

use super::cue::{
    CLAUSE, CUES, Cue, GERUND, NOUN, OBJECT, OVER, PAST, PREPOSITION, SAY, TELL, THINK, THIRD, TO as INFINITIVE, WH,
};
use super::words::{
    ACCORDING, AND, AS, AUXILIARY, BE, BY, CAPITAL, COLON, COMMA, DASH, JOINED, LEFT, NOT, POSSESSIVE,
    PREPOSITION_WORD, PUNCTUATION, QUESTION, RELATIVE, RIGHT, STOP, SUBJECT, SUBORDINATE, THAT, TIME, TO, WORD,
};
use crate::corpus::Vocabulary;
use crate::keyword::Tag;
use crate::span::ByteSpan;

/// The most units that a search for a subject or an object passes.
const WINDOW: usize = 40;
/// The most units between a cue and a clause that follows other words.
const REACH: usize = 14;

/// A token outside quotations, or a quotation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    pub(super) span: ByteSpan,
    pub(super) sentence: u32,
    pub(super) number: u32,
    pub(super) tag: Tag,
    pub(super) flags: u64,
    pub(super) cue: Cue,
    /// For a quotation, the number of its words.
    pub(super) quoted: u32,
    /// The sentence of its last token.
    pub(super) last_sentence: u32,
}

impl Unit {
    const fn is(&self, flags: u64) -> bool {
        self.flags & flags != 0
    }

    pub(super) const fn is_quote(&self) -> bool {
        self.quoted > 0
    }

    fn is_noun(&self) -> bool {
        self.is_quote() && self.quoted <= 3
            || self.is(WORD)
                && !self.is(AND | THAT)
                && matches!(self.tag, Tag::Noun | Tag::Name | Tag::Adjective | Tag::Number | Tag::Determiner)
    }

    fn is_verb(&self) -> bool {
        self.is(WORD)
            && (self.tag == Tag::Verb
                || matches!(self.tag, Tag::Participle | Tag::Gerund)
                || self.cue.is(SAY | TELL) && self.cue.has(PAST) && self.tag != Tag::Adjective)
    }
}

/// Units from the first to the last.
pub(super) type Range = (usize, usize);

/// What is attributed, to whom, and by which words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attribution {
    pub(super) content: Range,
    pub(super) source: Option<Range>,
    pub(super) cue: Range,
}

/// A verb with its auxiliaries.
#[derive(Debug, Clone, Copy)]
struct Group {
    start: usize,
    head: usize,
    subject: Option<Range>,
    /// Whether its subject is that of the verb before.
    shared: bool,
    gerund: bool,
    infinitive: bool,
    passive: bool,
    /// Whether the subject follows.
    inverted: bool,
}

/// The state of the search in one sentence.
pub(super) struct Clauses<'a> {
    units: &'a [Unit],
    vocabulary: &'a Vocabulary,
    groups: Vec<Group>,
    /// By unit: the position in `groups` of the first group that starts there or later.
    next_group: Vec<u32>,
    /// The end of the sentence without its final marks.
    end: usize,
}

impl<'a> Clauses<'a> {
    pub(super) fn new(units: &'a [Unit], vocabulary: &'a Vocabulary) -> Self {
        let mut end = units.len();
        while end > 0 && units[end - 1].is(STOP) {
            end -= 1;
        }
        let mut clauses = Self { units, vocabulary, groups: Vec::new(), next_group: Vec::new(), end };
        clauses.find_groups();
        clauses
    }

    fn unit(&self, at: usize) -> Option<&Unit> {
        self.units.get(at)
    }

    fn is(&self, at: usize, flags: u64) -> bool {
        self.units.get(at).is_some_and(|unit| unit.is(flags))
    }

    fn tag(&self, at: usize) -> Option<Tag> {
        self.units.get(at).filter(|unit| unit.is(WORD)).map(|unit| unit.tag)
    }

    fn is_quote(&self, at: usize) -> bool {
        self.units.get(at).is_some_and(Unit::is_quote)
    }

    fn text(&self, at: usize) -> &'a str {
        self.units.get(at).map_or("", |unit| self.vocabulary.text(unit.number))
    }

    pub(super) fn dbg(&self) -> String { format!("{:?}", self.groups.iter().map(|g| (self.text(g.start), self.text(g.head), g.subject.map(|s| (self.text(s.0), self.text(s.1))), g.shared, g.gerund, g.infinitive, g.passive, g.inverted)).collect::<Vec<_>>()) }
    /// Finds the verbs and their subjects, from left to right.
    fn find_groups(&mut self) {
        let mut at = 0;
        let mut last_subject = None;
        while at < self.units.len() {
            let Some((group, next)) = self.group(at) else {
                at += 1;
                continue;
            };
            let mut group = group;
            self.find_subject(&mut group, last_subject);
            if !group.gerund && !group.infinitive && !group.shared && group.subject.is_some() {
                last_subject = group.subject;
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
    fn group(&self, start: usize) -> Option<(Group, usize)> {
        let units = self.units;
        let first = &units[start];
        if !first.is(WORD) || first.is_quote() {
            return None;
        }
        let infinitive = first.is(TO);
        let mut at = if infinitive { start + 1 } else { start };
        let (mut head, mut auxiliary, mut be) = (None, None, false);
        while let Some(unit) = units.get(at).filter(|unit| unit.is(WORD)) {
            if unit.is(AUXILIARY) && !(unit.tag == Tag::Noun && matches!(self.text(at), "will" | "can" | "might" | "need")) {
                if head.is_some() {
                    break;
                }
                auxiliary = Some(at);
                be = unit.is(BE) || unit.is(JOINED);
            } else if unit.is_verb() || self.speaks(at) {
                head = Some(at);
                at += 1;
                break;
            } else if (auxiliary.is_some() || infinitive) && unit.cue.has(super::cue::BASE) && head.is_none() {
                head = Some(at);
                at += 1;
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
    fn speaks(&self, at: usize) -> bool {
        const NEAR: usize = 8;
        let unit = &self.units[at];
        unit.cue.is(SAY | TELL)
            && unit.cue.has(THIRD | PAST)
            && at > 0
            && (self.units[at - 1].tag == Tag::Name || self.is(at - 1, SUBJECT))
            && !self.unit(at + 1).is_some_and(Unit::is_noun)
            && (at.saturating_sub(NEAR)..at).any(|before| self.is_quote(before) && self.units[before].quoted > 3)
    }

    fn find_subject(&self, group: &mut Group, last: Option<Range>) {
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

    /// Whether a finite verb follows directly.
    fn verb_follows(&self, at: usize) -> bool {
        self.unit(at).is_some_and(|unit| unit.is(AUXILIARY) || unit.is(WORD) && unit.tag == Tag::Verb)
    }

    /// The subject before an aside that ends with the mark at `end`: `Smith, who is 40, said`.
    fn subject_before_aside(&self, end: usize) -> Option<Range> {
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

    /// The first unit of the noun phrase that ends before `end`.
    fn phrase_before(&self, end: usize) -> Option<usize> {
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
                if unit.is(SUBORDINATE) || at == end || at < 2 || !(units[at - 2].is_noun() || units[at - 2].is(RIGHT)) {
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
    fn subject_after(&self, first: usize) -> Option<Range> {
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
    fn phrase_after(&self, first: usize) -> Option<usize> {
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
                let Some(close) = (at..(at + 7).min(limit)).find(|&close| self.is(close, RIGHT)) else { break };
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
            } else if unit.is(DASH)
                && at > first
                && units[at - 1].span.end == unit.span.start
                && units.get(at + 1).is_some_and(|next| next.span.start == unit.span.end)
            {
                at += 1;
            } else if matches!(unit.tag, Tag::Participle | Tag::Gerund)
                && at > first
                && units[at - 1].tag == Tag::Determiner
            {
                at += 1;
            } else if last.is_some()
                && unit.is(PREPOSITION_WORD)
                && matches!(self.text(at), "of" | "for" | "at" | "from" | "with" | "in")
                && units.get(at + 1).is_some_and(Unit::is_noun)
                && !self.is(at + 1, TIME)
                && !(matches!(self.text(at), "in" | "at") && matches!(self.text(at + 1), "a" | "an" | "the" | "this"))
            {
                at += 1;
            } else {
                break;
            }
        }
        last
    }

    /// The first group that starts at `at` or later.
    fn group_from(&self, at: usize) -> Option<(usize, &Group)> {
        let number = *self.next_group.get(at)? as usize;
        self.groups.get(number).map(|group| (number, group))
    }

    /// Whether a clause begins at `first`: a noun phrase with a finite verb.
    fn clause_at(&self, first: usize, end: usize) -> bool {
        if self.is(first, JOINED) {
            return true;
        }
        let mut relatives =
            (first..end.min(first + WINDOW)).filter(|&at| self.is(at, RELATIVE) || at > first && self.is(at, THAT));
        let mut relative = relatives.next();
        let Some((mut number, _)) = self.group_from(first) else { return false };
        while let Some(group) = self.groups.get(number) {
            if group.start >= end || group.start > first + WINDOW {
                return false;
            }
            number += 1;
            if group.infinitive || group.gerund {
                continue;
            }
            if group.passive
                && group.start == group.head
                && !self.unit(group.head + 1).is_some_and(|next| next.is_noun() || next.is_quote())
            {
                continue;
            }
            if relative.is_some_and(|relative| relative < group.start) {
                relative = relatives.next();
                continue;
            }
            return group.start > first;
        }
        false
    }

    /// All attributions of the sentence, in the order of their cues.
    pub(super) fn attributions(&self, titled: bool, found: &mut Vec<Attribution>) {
        let from = found.len();
        self.label(titled, found);
        self.signature(found);
        self.according(found);
        for number in 0..self.groups.len() {
            self.attribution(number, found);
        }
        self.nouns(found);
        found[from..].sort_by_key(|attribution| (attribution.cue.0, attribution.content));
        // What is said inside the words of another is theirs to report. Where each of two contains
        // the other, the first verb of speech counts.
        let mut all = found.split_off(from);
        all.retain(|one| one.content.0 <= one.content.1);
        let strong: Vec<Attribution> = all.iter().copied().filter(|one| self.is_strong(one)).collect();
        all.retain(|late| {
            late.content.0 > late.cue.0
                || !strong.iter().take_while(|early| early.cue.0 < late.cue.0).any(|early| {
                    (late.content.0..=late.content.1).contains(&early.cue.0)
                        && (early.content.0..=early.content.1).contains(&late.cue.0)
                })
        });
        let mut outer = all.clone();
        outer.sort_by_key(|attribution| (attribution.content.0, std::cmp::Reverse(attribution.content.1)));
        let mut reached: Option<usize> = None;
        let mut covered = vec![false; self.units.len()];
        for attribution in &outer {
            let (first, last) = attribution.content;
            if reached.is_some_and(|reached| reached >= last) {
                continue;
            }
            for unit in &mut covered[first.max(reached.map_or(0, |reached| reached + 1))..=last] {
                *unit = true;
            }
            reached = Some(reached.map_or(last, |reached| reached.max(last)));
        }
        found.extend(all.into_iter().filter(|attribution| {
            let (first, last) = attribution.content;
            !covered[attribution.cue.0] || (first..=last).contains(&attribution.cue.0)
        }));
    }

    /// Whether a verb of speech attributes a clause.
    fn is_strong(&self, attribution: &Attribution) -> bool {
        let cue = self.units[attribution.cue.1].cue;
        cue.is(SAY | TELL) && !cue.is(THINK) && attribution.content.0 > attribution.cue.0
    }

    /// *"I will go." – Smith*: a statement, a dash and a name at the end.
    fn signature(&self, found: &mut Vec<Attribution>) {
        const LONGEST: usize = 12;
        for dash in (1..self.end).filter(|&at| self.is(at, DASH)) {
            if !self.is_quote(dash - 1) || self.units[dash - 1].quoted < 4 || self.end - dash > LONGEST {
                continue;
            }
            let named = self.unit(dash + 1).is_some_and(|unit| matches!(unit.tag, Tag::Name | Tag::Noun | Tag::Adjective) && unit.is(CAPITAL));
            if named && !(dash + 1..self.end).any(|at| self.verb_follows(at) || self.is_quote(at)) {
                let source = Some((dash + 1, self.end - 1));
                found.push(Attribution { content: (dash - 1, dash - 1), source, cue: (dash, dash) });
            }
        }
    }

    /// *Smith: I will go*: a name and a colon at the beginning.
    fn label(&self, titled: bool, found: &mut Vec<Attribution>) {
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

    fn attribution(&self, number: usize, found: &mut Vec<Attribution>) {
        let group = self.groups[number];
        let mut cue = self.units[group.head].cue;
        if group.infinitive {
            return;
        }
        if !cue.is(SAY | TELL) && !group.gerund && !group.shared && self.follows_speech(&group) {
            // Any verb reports the words before it if they end with a comma inside the marks.
            cue = Cue { frames: SAY, ..cue };
        }
        let phrase = matches!(self.text(group.head), "put" | "puts") && self.text(group.head + 1) == "it";
        if phrase {
            cue = Cue { frames: SAY, ..cue };
        }
        if !cue.is(!NOUN) {
            return;
        }
        if group.passive {
            self.passive(&group, cue, found);
            return;
        }
        if group.subject.is_none() {
            return;
        }
        if group.gerund {
            let before = group.start.checked_sub(1);
            let quotes = cue.is(SAY | TELL) && self.marked(group.head + 1, cue).is_some();
            if !quotes && !before.is_some_and(|at| self.is(at, COMMA | BY | AND | DASH) || self.is_quote(at) || matches!(self.text(at), "while" | "in" | "before" | "after")) {
                return;
            }
        }
        let mut left = self.content_before(&group, cue);
        let mut last = if phrase { group.head + 1 } else { group.head };
        let quoted = left.is_some_and(|(_, end)| self.is_quote(end));
        let after = if group.inverted { group.subject.map_or(last, |(_, end)| end) } else { last };
        let right = self.content_after(&group, cue, after + 1, &mut last, quoted, left.is_some());
        let mut right = right;
        if right.is_some() && !quoted {
            left = None;
        }
        // "…, she said, because …": what follows the comma goes on.
        if right.is_none()
            && !quoted
            && cue.is(SAY | TELL)
            && !group.gerund
            && let Some(comma) = self.comma_after(after + 1)
            && (left.is_some() || !cue.is(THINK) && self.clause_at(comma + 1, self.end))
        {
            right = Some(comma + 1);
        }
        if let Some(range) = left {
            found.push(Attribution { content: range, source: group.subject, cue: (group.start, group.head) });
        }
        if let Some(first) = right {
            let end = self.content_end(number, first);
            if end > first {
                let source = group.subject;
                found.push(Attribution { content: (first, end - 1), source, cue: (group.start, last) });
            }
        }
    }

    /// The last verb of the sentence with one of these frames, and its subject.
    pub(super) fn last_cue(&self, frames: u16) -> Option<(Range, Option<Range>)> {
        let cue = self.groups.iter().rev().find(|group| self.units[group.head].cue.is(frames))?;
        Some(((cue.start, cue.head), cue.subject))
    }

    /// *The plan was criticized by the bank*: the subject is what is attributed.
    fn passive(&self, group: &Group, cue: Cue, found: &mut Vec<Attribution>) {
        if group.start == group.head || !cue.is(SAY | TELL | OVER | OBJECT | WH) {
            return;
        }
        let (Some(content), by) = (group.subject, group.head + 1) else { return };
        if cue.is(OVER)
            && (self.is(by, AS) || matches!(self.text(by), "of" | "for") && cue.is(OVER) || self.is_quote(by))
        {
            let last = if self.is_quote(by) { group.head } else { by };
            if last + 1 < self.end {
                found.push(Attribution { content: (last + 1, self.end - 1), source: None, cue: (group.start, last) });
            }
            return;
        }
        if self.is(by, BY)
            && let Some(end) = self.phrase_after(by + 1)
        {
            found.push(Attribution { content, source: Some((by + 1, end)), cue: (group.start, by) });
        }
    }

    /// A comma right after a cue, or after a time or a place.
    fn comma_after(&self, from: usize) -> Option<usize> {
        let near = |at: &usize| !self.verb_follows(*at) && !self.is_quote(*at) && !self.is(*at, STOP | COLON);
        let comma = (from..(from + REACH).min(self.end)).take_while(near).find(|&at| self.is(at, COMMA))?;
        let group = self.group_from(comma + 1).map(|(_, group)| group);
        (comma + 2 < self.end && !group.is_some_and(|group| group.start == comma + 1 && group.gerund)).then_some(comma)
    }

    /// Whether a statement in quotation marks that ends with a mark comes right before the subject.
    fn follows_speech(&self, group: &Group) -> bool {
        let Some((first, _)) = group.subject else { return false };
        let edge = if group.inverted { group.start } else { first };
        let Some(before) = edge.checked_sub(1) else { return false };
        let unit = &self.units[before];
        unit.quoted > 3
            && unit.is(PUNCTUATION)
            && unit.last_sentence == self.units[edge].sentence
            && group.head > group.start.saturating_sub(1)
            && !self.is(group.head, AUXILIARY)
            && !self.unit(group.head + 1).is_some_and(Unit::is_noun)
    }

    /// What precedes a cue: a quotation or a clause with a comma.
    fn content_before(&self, group: &Group, cue: Cue) -> Option<Range> {
        if !cue.is(SAY | TELL) || group.gerund || group.shared {
            return None;
        }
        let edge = if group.inverted { group.start } else { group.subject?.0 };
        let before = edge.checked_sub(1)?;
        let mut last = before;
        if self.is(before, COMMA | DASH) {
            last = before.checked_sub(1)?;
        }
        if self.is_quote(last) {
            // The quotations and, if it is not a sentence of its own, the clause that they end.
            let mut first = last;
            while first > 0
                && (self.is_quote(first - 1) || self.is(first - 1, COMMA) && first > 1 && self.is_quote(first - 2))
            {
                first -= 1;
            }
            let clause = self.start_before(first);
            let fits = clause == first
                || self.units[last].quoted > 3
                || !self.is(clause, PREPOSITION_WORD) && self.clause_at(clause, last + 1);
            return fits.then_some((clause, last));
        }
        if !self.is(before, COMMA) {
            return None;
        }
        let first = self.start_before(last);
        if self.is(first, AS | SUBORDINATE | PREPOSITION_WORD) {
            // The main clause must follow: "After the vote, prices fell, she said".
            let comma = (first..before).find(|&at| self.is(at, COMMA))?;
            return self.clause_at(comma + 1, last).then_some((first, last));
        }
        if self.clause_at(first, last + 1) || (first..last).any(|at| self.is_quote(at) && self.units[at].quoted > 3) {
            return Some((first, last));
        }
        // "The plan, she said, would fail".
        let comma = (group.head + 1..(group.head + REACH).min(self.end)).find(|&at| self.is(at, COMMA))?;
        let goes_on = !group.inverted && self.units[first].is(WORD)
            && self.phrase_before(before) == Some(first) && self.verb_follows(comma + 1);
        goes_on.then_some((first, last))
    }

    /// The start of the clause that contains a unit: the start of the sentence, or the end of the
    /// attribution before.
    fn start_before(&self, at: usize) -> usize {
        let mut first = at;
        let lowest = at.saturating_sub(4 * WINDOW);
        while first > lowest {
            if self.is(first - 1, STOP | COLON) {
                break;
            }
            first -= 1;
        }
        while first < at && self.is(first, AND) {
            first += 1;
        }
        first
    }

    /// The first unit of what follows a cue, if it fits one of its frames.
    fn content_after(
        &self,
        group: &Group,
        cue: Cue,
        from: usize,
        last: &mut usize,
        quoted: bool,
        answered: bool,
    ) -> Option<usize> {
        let mut at = from;
        if cue.is(PREPOSITION) && !group.inverted {
            let mut taken = false;
            while at < self.end && CUES.takes(cue, &self.text(at).to_lowercase()) && !self.is_infinitive(at) {
                *last = at;
                at += 1;
                taken = true;
            }
            if taken && !(self.is(at, THAT) || self.is(at, COLON | COMMA)) {
                let fits = self.unit(at).is_some_and(|unit| unit.is_quote() || unit.is(WORD));
                return (fits && at < self.end).then_some(at);
            }
            if !taken && !cue.is(SAY | TELL | WH | INFINITIVE | OVER | OBJECT | CLAUSE) {
                return None;
            }
        }
        let mut skipped = at;
        while skipped < self.end
            && self.unit(skipped).is_some_and(|unit| {
                unit.is(WORD)
                    && !unit.is(THAT | QUESTION)
                    && (unit.is(TIME) && !self.is(skipped + 1, POSSESSIVE) || unit.tag == Tag::Adverb)
            })
        {
            skipped += 1;
        }
        let plain = at;
        at = skipped;
        if at >= self.end {
            return None;
        }
        if let Some(found) = self.marked(at, cue) {
            return Some(found);
        }
        if group.inverted {
            return if cue.is(SAY | TELL) { self.far(at, cue, true) } else { None };
        }
        if quoted {
            return self.far(at, cue, true);
        }
        if self.is_infinitive(at) {
            return cue.is(INFINITIVE).then_some(at);
        }
        if self.is(at, QUESTION) && cue.is(WH) && !self.is(at, SUBORDINATE) || self.is(at, QUESTION) && cue.is(WH) && matches!(self.text(at), "whether" | "where" | "when" | "if") {
            return Some(at);
        }
        let unit = self.unit(at)?;
        let nominal = unit.is_noun()
            || unit.is(SUBJECT)
            || unit.tag == Tag::Pronoun
            || unit.is(JOINED) && unit.is(SUBJECT | THAT);
        if nominal {
            if cue.is(TELL)
                && let Some(end) = self.phrase_after(at)
            {
                if let Some(found) = self.marked(end + 1, cue).or_else(|| self.far(end + 1, cue, false)) {
                    return Some(found);
                }
                if self.is(end + 1, TO) || self.is(end + 1, QUESTION) {
                    return Some(end + 1);
                }
                if self.clause_at(end + 1, self.end) && self.unit(end + 1).is_some_and(|unit| unit.is_noun() || unit.is(SUBJECT)) {
                    return Some(end + 1);
                }
            }
            if cue.is(SAY | CLAUSE) && (self.clause_at(at, self.end) || self.quote_completes(at)) {
                return Some(at);
            }
            if cue.is(OVER | OBJECT) && self.unit(plain).is_some() && !(answered && cue.is(SAY | TELL)) {
                return Some(at);
            }
            return None;
        }
        if unit.tag == Tag::Gerund && cue.is(OBJECT) {
            return Some(at);
        }
        if cue.is(SAY | TELL) {
            return self.far(at, cue, false);
        }
        None
    }

    /// Whether a quotation holds the verb of the clause that begins here: `the vote "will be close"`.
    fn quote_completes(&self, first: usize) -> bool {
        let quote = (first..(first + REACH).min(self.end)).find(|&at| self.is_quote(at) || self.verb_follows(at));
        quote.is_some_and(|at| self.is_quote(at))
    }

    /// Whether an infinitive begins here.
    fn is_infinitive(&self, at: usize) -> bool {
        self.is(at, TO) && self.group_from(at).is_some_and(|(_, next)| next.start == at && next.infinitive)
    }

    /// A mark or word that announces the content: `that`, a colon, a quotation.
    fn marked(&self, at: usize, cue: Cue) -> Option<usize> {
        if self.is(at, THAT) && cue.is(SAY | TELL) {
            return Some(at);
        }
        if self.is_quote(at) && cue.is(SAY | TELL | OVER | OBJECT) {
            return Some(at);
        }
        if self.is(at, COLON) && cue.is(SAY | TELL) && at + 1 < self.end {
            return Some(at + 1);
        }
        if self.is(at, COMMA) && cue.is(SAY | TELL) && (self.is_quote(at + 1) || self.is(at + 1, AND) && self.is_quote(at + 2)) {
            return Some(at + 1);
        }
        None
    }

    /// The same after other words, such as a time or a place: "said in London on Monday that".
    fn far(&self, from: usize, cue: Cue, quotes_only: bool) -> Option<usize> {
        for at in from..(from + REACH).min(self.end) {
            if self.is_quote(at) || self.is(at, COLON) || !quotes_only && self.is(at, THAT) {
                return self.marked(at, cue);
            }
            if self.verb_follows(at) || self.is(at, STOP | AND) {
                return None;
            }
        }
        None
    }

    /// The end of what a cue introduces at `first`: the end of the sentence, or where another cue
    /// of its rank begins.
    fn content_end(&self, number: usize, first: usize) -> usize {
        const NEXT: usize = 8;
        let own = self.groups[number];
        let own_cue = self.units[own.head].cue;
        let mut end = self.end;
        let opens = own.subject.and_then(|subject| subject.0.checked_sub(1));
        if opens.is_some_and(|at| at < 2 && self.is(at, SUBORDINATE))
            && let Some(comma) = (first + 1..end).find(|&at| self.is(at, COMMA))
        {
            end = comma;
        }
        let weak = !self.is(first, THAT) && !(own_cue.is(SAY | TELL) && (self.clause_at(first, end) || self.is_quote(first)));
        if weak && let Some(stop) = (first + 1..end).find(|&at| {
            self.is(at, DASH) && self.units[at - 1].span.end < self.units[at].span.start
                || self.is(at, COMMA) && self.is(at + 1, AND | SUBORDINATE | RELATIVE)
        }) {
            end = stop;
        }
        for next in self.groups.iter().skip(number + 1).take(NEXT) {
            if next.start < first {
                continue;
            }
            if next.start >= end {
                break;
            }
            let cue = self.units[next.head].cue;
            if cue.frames & !NOUN == 0 || next.passive || next.infinitive {
                continue;
            }
            let Some(before) = next.start.checked_sub(1) else { continue };
            if next.gerund {
                if (self.is(before, COMMA) || self.is_quote(before)) && cue.is(SAY | TELL) && before >= first {
                    return if self.is_quote(before) { before + 1 } else { before };
                }
                continue;
            }
            if next.shared {
                if self.is(before, AND) && before > first {
                    let comma = self.is(before - 1, COMMA);
                    let alike = self.is_present(&own) == self.is_present(next);
                    if alike {
                        return if comma { before - 1 } else { before };
                    }
                }
                continue;
            }
            if !cue.is(SAY | TELL) || cue.is(THINK) || next.inverted {
                continue;
            }
            let Some(subject) = next.subject else { continue };
            let Some(link) = subject.0.checked_sub(1).filter(|&link| link > first) else { continue };
            let speech = self.marked(next.head + 1, cue).is_some_and(|at| self.is_quote(at) && self.units[at].quoted > 3 && !self.is(next.head + 1, THAT));
            if speech && self.is(link, AND | COMMA | DASH) {
                return if self.is(link - 1, COMMA) { link - 1 } else { link };
            }
            if self.is(link, AND | SUBORDINATE) {
                return if self.is(link - 1, COMMA) { link - 1 } else { link };
            }
            if weak && self.is(link, COMMA) {
                return link;
            }
        }
        if let Some(phrase) = (first..end).find(|&at| self.is(at, ACCORDING))
            && self.phrase(phrase).is_some()
            && phrase > first + 1
        {
            return if self.is(phrase - 1, COMMA) { phrase - 1 } else { phrase };
        }
        end
    }

    /// Whether a verb is in the present.
    fn is_present(&self, group: &Group) -> bool {
        let auxiliary = self.text(group.start).to_lowercase();
        if group.head > group.start && self.is(group.start, AUXILIARY) {
            return matches!(auxiliary.as_str(), "has" | "have" | "is" | "are" | "am" | "do" | "does" | "will" | "can");
        }
        !self.units[group.head].cue.has(PAST)
    }

    /// The number of words of the phrase that introduces a source here.
    fn phrase(&self, at: usize) -> Option<usize> {
        let same = |phrase: &&Vec<&str>| {
            phrase.iter().enumerate().all(|(next, word)| self.text(at + next).eq_ignore_ascii_case(word))
        };
        CUES.according.iter().find(same).map(Vec::len)
    }

    /// *according to*: the source follows, and the content is the rest of the sentence.
    fn according(&self, found: &mut Vec<Attribution>) {
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
                        found.push(Attribution { content: (comma + 1, self.end - 1), source: Some((from, last)), cue });
                    }
                }
                continue;
            }
            let stop = (end..self.end.min(end + WINDOW)).find(|&at| self.is(at, COMMA | DASH | COLON) || self.is_quote(at));
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
    fn nouns(&self, found: &mut Vec<Attribution>) {
        for at in 0..self.end {
            let unit = &self.units[at];
            if !unit.cue.is(NOUN) || unit.tag != Tag::Noun || !self.is(at + 1, THAT) {
                continue;
            }
            if at + 2 >= self.end || !self.clause_at(at + 2, self.end) {
                continue;
            }
            let source = self.owner(at);
            found.push(Attribution { content: (at + 1, self.end - 1), source, cue: (at, at) });
        }
    }

    /// Whose claim it is.
    fn owner(&self, at: usize) -> Option<Range> {
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
}

/// Whether a word with a capital begins a unit.
pub(super) fn is_capital(unit: &Unit) -> bool {
    unit.is(CAPITAL)
}
