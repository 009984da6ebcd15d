//! Where does what somebody says begin and end?
//!
//! It begins after the cue, perhaps after the words for a time, a place or a listener. It ends with
//! the sentence, or where the next cue of the same rank begins.

use super::cue::{CUES, Cue, NOUN, OBJECT, OVER, PAST, SAY, TELL, THINK};
use super::sentence::{Clauses, Group, REACH, WINDOW};
use super::words::{
    ACCORDING, AND, AUXILIARY, COLON, COMMA, DASH, JOINED, PUNCTUATION, RELATIVE, STOP, SUBORDINATE, THAT,
    TIME,
};

impl Clauses<'_> {
    /// Whether a clause begins at `first`: a noun phrase with a finite verb.
    pub(super) fn clause_at(&self, first: usize, end: usize) -> bool {
        if self.is(first, JOINED) {
            return true;
        }
        let mut relatives = (first..end.min(first + WINDOW))
            .filter(|&at| self.is(at, RELATIVE) || at > first && self.is(at, THAT));
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

    /// Whether a verb follows that is not a cue and has the subject of the verb before: "and left",
    /// or "meaning that".
    fn leaves_speech(&self, at: usize) -> bool {
        let joined = self.is(at, AND);
        let from = if joined { at + 1 } else { at };
        self.group_at(from).is_some_and(|next| {
            !next.infinitive
                && (joined && next.shared || !joined && next.gerund)
                && !self.units[next.head].cue.is(SAY | TELL)
        })
    }

    /// The end of what a cue introduces at `first`: the end of the sentence, or where another cue
    /// of its rank begins.
    pub(super) fn content_end(&self, number: usize, first: usize) -> usize {
        const NEXT: usize = 8;
        /// The most units that are attributed at once, so that time stays linear.
        const LONGEST: usize = 400;
        let own = self.groups[number];
        let own_cue = self.units[own.head].cue;
        let mut end = self.end.min(first + LONGEST);
        let opens = own.subject.and_then(|subject| subject.0.checked_sub(1));
        if opens.is_some_and(|at| at < 2 && self.is(at, SUBORDINATE))
            && let Some(comma) = (first + 1..end).find(|&at| self.is(at, COMMA))
        {
            end = comma;
        }
        // "Smith, who backed the bill, left": what follows is said of Smith.
        if let Some(close) = self.aside_end(&own, first, end) {
            end = close;
        }
        let weak = !self.is(first, THAT)
            && !(own_cue.is(SAY | TELL) && (self.clause_at(first, end) || self.is_quote(first)));
        if weak
            && let Some(stop) = (first + 1..end).find(|&at| {
                self.is(at, DASH) && self.units[at - 1].span.end < self.units[at].span.start
                    || self.is(at, COMMA) && self.is(at + 1, AND | SUBORDINATE | RELATIVE)
            })
        {
            end = stop;
        }
        // "called it “crazy” during a visit": what follows the marks is the writer's.
        if weak
            && let Some(quote) = (first..end).rev().find(|&at| self.is_quote(at))
            && (matches!(self.text(quote + 1), "during" | "while" | "when" | "after" | "before" | "amid")
                || self.is(quote + 1, TIME)
                || self.is_occasion(quote + 1))
        {
            end = quote + 1;
        }
        // "called it “crazy,” but voted for it"; "shouted “Stop!” and left".
        if let Some(quote) = (first..end.saturating_sub(1)).find(|&at| {
            let ends = weak && self.units[at].is(PUNCTUATION) || at == first && !own_cue.is(THINK);
            self.is_quote(at) && ends && self.leaves_speech(at + 1)
        }) {
            end = quote + 1;
        }
        // "…," when he was asked: what follows the comma in the marks is the writer's.
        if let Some(quote) = (first..end.saturating_sub(1)).find(|&at| {
            self.is_quote(at)
                && self.units[at].is(PUNCTUATION)
                && self.is(at + 1, SUBORDINATE)
                && !self.is(first, THAT)
        }) {
            end = quote + 1;
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
                if (self.is(before, COMMA) || self.is_quote(before)) && cue.is(SAY | TELL) && before >= first
                {
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
            let speech = self.marked(next.head + 1, cue).is_some_and(|at| {
                self.is_quote(at) && self.units[at].quoted > 3 && !self.is(next.head + 1, THAT)
            });
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

    /// The comma that ends a relative clause between commas, if the verb of the main clause follows
    /// it.
    fn aside_end(&self, group: &Group, first: usize, end: usize) -> Option<usize> {
        let (relative, _) = group.subject?;
        if !self.is(relative, RELATIVE) {
            return None;
        }
        // "Smith, who"; "Smith, a lawyer who"
        let opens = |at: usize| at.checked_sub(1).is_some_and(|before| self.is(before, COMMA));
        if !opens(relative) && !self.phrase_before(relative).is_some_and(opens) {
            return None;
        }
        let mut commas = (first + 1..end).filter(|&at| self.is(at, COMMA)).enumerate();
        // "who said that Mayor Lee, under fire, should go": the first two belong to Lee.
        let inner = self.is(first, THAT);
        commas.find_map(|(number, at)| {
            let ends = !(inner && number % 2 == 1)
                && self
                    .group_at(at + 1)
                    .is_some_and(|next| !next.gerund && !next.infinitive && !next.passive);
            ends.then_some(at)
        })
    }

    /// Whether a verb is in the present.
    pub(super) fn is_present(&self, group: &Group) -> bool {
        let auxiliary = self.text(group.start).to_lowercase();
        if group.head > group.start && self.is(group.start, AUXILIARY) {
            return matches!(
                auxiliary.as_str(),
                "has" | "have" | "is" | "are" | "am" | "do" | "does" | "will" | "can"
            );
        }
        !self.units[group.head].cue.has(PAST)
    }

    /// The number of words of the phrase that introduces a source here.
    pub(super) fn phrase(&self, at: usize) -> Option<usize> {
        let same = |phrase: &&Vec<&str>| {
            phrase.iter().enumerate().all(|(next, word)| self.text(at + next).eq_ignore_ascii_case(word))
        };
        CUES.according.iter().find(same).map(Vec::len)
    }

    /// Whether a quotation holds the verb of the clause that begins here: `it "will be close"`.
    pub(super) fn quote_completes(&self, first: usize) -> bool {
        let quote =
            (first..(first + REACH).min(self.end)).find(|&at| self.is_quote(at) || self.verb_follows(at));
        quote.is_some_and(|at| self.is_quote(at))
    }

    /// A mark or word that announces the content: `that`, a colon, a quotation.
    pub(super) fn marked(&self, at: usize, cue: Cue) -> Option<usize> {
        if self.is(at, THAT) && cue.is(SAY | TELL) {
            return Some(at);
        }
        if self.is_quote(at) && cue.is(SAY | TELL | OVER | OBJECT) {
            return Some(at);
        }
        if self.is(at, COLON) && cue.is(SAY | TELL) && at + 1 < self.end {
            return Some(at + 1);
        }
        if self.is(at, COMMA)
            && cue.is(SAY | TELL)
            && (self.is_quote(at + 1) || self.is(at + 1, AND) && self.is_quote(at + 2))
        {
            return Some(at + 1);
        }
        None
    }

    /// The same after other words, such as a time or a place: "said in London on Monday that".
    pub(super) fn far(&self, from: usize, cue: Cue, quotes_only: bool) -> Option<usize> {
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
}
