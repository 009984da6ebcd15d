//! Who attributes what to whom in a sentence?
//!
//! A verb of the list is a cue if what follows fits one of its frames, or if a clause or a
//! quotation precedes it.
//!
//! Cost: every search is limited to a window, so a sentence of any length takes linear time.

use super::cue::{
    CLAUSE, CUES, Cue, NOUN, OBJECT, OVER, PREPOSITION, SAY, TELL, THINK, TO as INFINITIVE, WH,
};
use super::sentence::{Attribution, Clauses, Group, REACH, Range, Unit, WINDOW};
use super::words::{
    AND, AS, AUXILIARY, BY, COLON, COMMA, DASH, JOINED, POSSESSIVE, PREPOSITION_WORD, PUNCTUATION, QUESTION,
    RELATIVE, STOP, SUBJECT, SUBORDINATE, THAT, TIME, TO, WORD,
};
use crate::keyword::Tag;

impl Clauses<'_> {
    /// All attributions of the sentence, in the order of their cues.
    pub(super) fn attributions(&self, titled: bool, found: &mut Vec<Attribution>) {
        /// How many verbs of speech before another can contain it.
        const NEAR: usize = 16;
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
        let strong_before = |at: usize| strong.partition_point(|early| early.cue.0 < at);
        all.retain(|late| {
            late.content.0 > late.cue.0
                || !strong[..strong_before(late.cue.0)].iter().rev().take(NEAR).any(|early| {
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
    pub(super) fn is_strong(&self, attribution: &Attribution) -> bool {
        let cue = self.units[attribution.cue.1].cue;
        cue.is(SAY | TELL) && !cue.is(THINK) && attribution.content.0 > attribution.cue.0
    }

    pub(super) fn attribution(&self, number: usize, found: &mut Vec<Attribution>) {
        let group = self.groups[number];
        let mut cue = self.units[group.head].cue;
        if group.infinitive {
            // "took to Twitter to call it “a con”": only words in marks.
            let marked = cue.is(SAY | TELL | OVER) && group.subject.is_some();
            let first = if marked {
                self.content_after(&group, cue, group.head + 1, &mut group.head.clone(), false, false)
            } else {
                None
            };
            if let Some(first) = first {
                let end = self.content_end(number, first);
                if end > first && (first..end).any(|at| self.is_quote(at)) {
                    let source = group.subject;
                    found.push(Attribution {
                        content: (first, end - 1),
                        source,
                        cue: (group.start + 1, group.head),
                    });
                }
            }
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
            if !quotes
                && !before.is_some_and(|at| {
                    self.is(at, COMMA | BY | AND | DASH)
                        || self.is_quote(at)
                        || matches!(self.text(at), "while" | "in" | "before" | "after")
                })
            {
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
        // "…, she said, because …": what follows the comma continues it.
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
    pub(super) fn passive(&self, group: &Group, cue: Cue, found: &mut Vec<Attribution>) {
        if group.start == group.head || !cue.is(SAY | TELL | OVER | OBJECT | WH) {
            return;
        }
        let (Some(content), by) = (group.subject, group.head + 1) else { return };
        if cue.is(OVER)
            && (self.is(by, AS) || matches!(self.text(by), "of" | "for") && cue.is(OVER) || self.is_quote(by))
        {
            let last = if self.is_quote(by) { group.head } else { by };
            if last + 1 < self.end {
                found.push(Attribution {
                    content: (last + 1, self.end - 1),
                    source: None,
                    cue: (group.start, last),
                });
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
    pub(super) fn comma_after(&self, from: usize) -> Option<usize> {
        let near = |at: &usize| !self.verb_follows(*at) && !self.is_quote(*at) && !self.is(*at, STOP | COLON);
        let comma = (from..(from + REACH).min(self.end)).take_while(near).find(|&at| self.is(at, COMMA))?;
        let gerund = self.group_at(comma + 1).is_some_and(|group| group.gerund);
        (comma + 2 < self.end && !gerund).then_some(comma)
    }

    /// Whether a statement in quotation marks that ends with a mark comes right before the subject.
    pub(super) fn follows_speech(&self, group: &Group) -> bool {
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
    pub(super) fn content_before(&self, group: &Group, cue: Cue) -> Option<Range> {
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
            // The quotations, and the clause that they end unless they are whole sentences.
            let mut first = last;
            while first > 0
                && (self.is_quote(first - 1)
                    || self.is(first - 1, COMMA) && first > 1 && self.is_quote(first - 2))
            {
                first -= 1;
            }
            let clause = self.start_before(first);
            let fits = clause == first
                || self.units[last].quoted > 3
                || !self.is(clause, PREPOSITION_WORD) && self.clause_at(clause, last + 1);
            return fits.then_some((clause, last));
        }
        // "He lives in Iran, which has denied it": the words before are not said by Iran.
        if !self.is(before, COMMA) || !group.inverted && self.is(edge, RELATIVE) {
            return None;
        }
        let first = self.start_before(last);
        if self.is(first, AS | SUBORDINATE | PREPOSITION_WORD) {
            // The main clause must follow: "After the vote, prices fell, she said".
            let comma = (first..before).find(|&at| self.is(at, COMMA))?;
            return self.clause_at(comma + 1, last).then_some((first, last));
        }
        if self.clause_at(first, last + 1)
            || (first..last).any(|at| self.is_quote(at) && self.units[at].quoted > 3)
        {
            return Some((first, last));
        }
        // "The plan, she said, would fail".
        let comma = (group.head + 1..(group.head + REACH).min(self.end)).find(|&at| self.is(at, COMMA))?;
        let goes_on = !group.inverted
            && self.units[first].is(WORD)
            && self.phrase_before(before) == Some(first)
            && self.verb_follows(comma + 1);
        goes_on.then_some((first, last))
    }

    /// The start of the clause that contains a unit: the start of the sentence, or the end of the
    /// attribution before.
    pub(super) fn start_before(&self, at: usize) -> usize {
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
    pub(super) fn content_after(
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
        if self.is(at, QUESTION) && cue.is(WH) && !self.is(at, SUBORDINATE)
            || self.is(at, QUESTION)
                && cue.is(WH)
                && matches!(self.text(at), "whether" | "where" | "when" | "if")
        {
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
                // a day before the clause: "this weekend he would resign"
                let day = (end + 1..self.end.min(end + 4)).take_while(|&at| {
                    self.is(at, TIME)
                        || matches!(self.text(at), "this" | "last" | "on") && self.is(at + 1, TIME)
                });
                let from = end + 1 + day.count();
                if self.clause_at(from, self.end)
                    && self.unit(from).is_some_and(|unit| unit.is_noun() || unit.is(SUBJECT))
                {
                    return Some(from);
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
}
