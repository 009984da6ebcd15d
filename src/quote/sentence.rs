//! What is a sentence, as the search for sources sees it?
//!
//! A row of [`Unit`]s: a quotation is one unit, whatever it contains. Verbs are groups of units
//! with their auxiliaries and their subject.

use super::cue::{Cue, PAST, SAY, TELL};
use super::words::{AND, AUXILIARY, STOP, THAT, TO, WORD};
use crate::corpus::Vocabulary;
use crate::keyword::Tag;
use crate::span::ByteSpan;

/// The most units that a search for a subject or an object passes.
pub(super) const WINDOW: usize = 40;
/// The most units between a cue and a clause that follows other words.
pub(super) const REACH: usize = 14;

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
    pub(super) const fn is(&self, flags: u64) -> bool {
        self.flags & flags != 0
    }

    pub(super) const fn is_quote(&self) -> bool {
        self.quoted > 0
    }

    pub(super) fn is_noun(&self) -> bool {
        self.is_quote() && self.quoted <= 3
            || self.is(WORD)
                && !self.is(AND | THAT)
                && matches!(self.tag, Tag::Noun | Tag::Name | Tag::Adjective | Tag::Number | Tag::Determiner)
    }

    pub(super) fn is_verb(&self) -> bool {
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
#[expect(clippy::struct_excessive_bools, reason = "independent properties")]
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    pub(super) start: usize,
    pub(super) head: usize,
    pub(super) subject: Option<Range>,
    /// Whether its subject is that of the verb before.
    pub(super) shared: bool,
    pub(super) gerund: bool,
    pub(super) infinitive: bool,
    pub(super) passive: bool,
    /// Whether the subject follows.
    pub(super) inverted: bool,
}

/// The state of the search in one sentence.
pub(super) struct Clauses<'a> {
    pub(super) units: &'a [Unit],
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) groups: Vec<Group>,
    /// By unit: the position in `groups` of the first group that starts there or later.
    pub(super) next_group: Vec<u32>,
    /// The end of the sentence without its final marks.
    pub(super) end: usize,
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

    pub(super) fn unit(&self, at: usize) -> Option<&Unit> {
        self.units.get(at)
    }

    pub(super) fn is(&self, at: usize, flags: u64) -> bool {
        self.units.get(at).is_some_and(|unit| unit.is(flags))
    }

    pub(super) fn tag(&self, at: usize) -> Option<Tag> {
        self.units.get(at).filter(|unit| unit.is(WORD)).map(|unit| unit.tag)
    }

    pub(super) fn is_quote(&self, at: usize) -> bool {
        self.units.get(at).is_some_and(Unit::is_quote)
    }

    pub(super) fn text(&self, at: usize) -> &'a str {
        self.units.get(at).map_or("", |unit| self.vocabulary.text(unit.number))
    }

    /// The first group that starts at `at` or later.
    pub(super) fn group_from(&self, at: usize) -> Option<(usize, &Group)> {
        let number = *self.next_group.get(at)? as usize;
        self.groups.get(number).map(|group| (number, group))
    }

    /// The group that starts at `at`.
    pub(super) fn group_at(&self, at: usize) -> Option<&Group> {
        self.group_from(at).map(|(_, group)| group).filter(|group| group.start == at)
    }

    /// Whether a finite verb follows directly.
    pub(super) fn verb_follows(&self, at: usize) -> bool {
        self.unit(at).is_some_and(|unit| unit.is(AUXILIARY) || unit.is(WORD) && unit.tag == Tag::Verb)
    }

    /// Whether an infinitive begins here.
    pub(super) fn is_infinitive(&self, at: usize) -> bool {
        self.is(at, TO) && self.group_at(at).is_some_and(|group| group.infinitive)
    }
}
