//! Where are the noun phrases?
//!
//! [`noun_phrases`] finds the phrases that news stories consist of. Such a phrase is never a part
//! of a name, does not begin with a determiner or a title, does not extend across a preposition
//! outside a name, and is not a day or a date. [`adjectives_and_nouns`] finds the plain sequences
//! that the papers on graph methods rank.

use std::ops::Range;

use super::document::Document;
use super::tag::Tag;
use super::word::{Word, Words};

/// A noun phrase: its first token, its length, and its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chunk {
    pub(super) at: u32,
    pub(super) len: u32,
    pub(super) sentence: u32,
    /// Whether it is a name: each word begins with a capital, or links two words that do.
    pub(super) name: bool,
}

/// The maximum length of a name that is kept whole.
const LONGEST_NAME: usize = 8;

/// Finds the noun phrases of a tagged document. A phrase longer than `max_words` loses its first
/// words; a name of up to [`LONGEST_NAME`] words does not.
pub(super) fn noun_phrases(document: &Document, words: &Words, max_words: usize, chunks: &mut Vec<Chunk>) {
    chunks.clear();
    for sentence in 0..document.sentences() {
        let range = document.sentence(sentence);
        let mut chunker = Chunker { document, words, max_words, sentence: sentence as u32, chunks };
        let mut open: Option<usize> = None;
        for at in range.clone() {
            let word = words.of(document.tokens[at]);
            let tag = document.tags[at];
            if let Some(start) = open
                && chunker.ends_before(start..at, word, tag, at)
            {
                chunker.close(start..at);
                open = None;
            }
            if chunker.belongs(at, range.start, range.end, open) {
                // A title precedes a name. The words before the title are a separate phrase, and
                // the name begins after the title.
                let next_is_name = at + 1 < range.end
                    && document.tags[at + 1] == Tag::Name
                    && words.of(document.tokens[at + 1]).is(Word::CAPITAL);
                if word.is(Word::TITLE) && word.is(Word::CAPITAL) && next_is_name {
                    if let Some(start) = open.take() {
                        chunker.close(start..at);
                    }
                    continue;
                }
                open.get_or_insert(at);
            } else if let Some(start) = open.take() {
                chunker.close(start..at);
            }
        }
        if let Some(start) = open {
            chunker.close(start..range.end);
        }
    }
}

struct Chunker<'a> {
    document: &'a Document,
    words: &'a Words,
    max_words: usize,
    sentence: u32,
    chunks: &'a mut Vec<Chunk>,
}

impl Chunker<'_> {
    fn word(&self, at: usize) -> &Word {
        self.words.of(self.document.tokens[at])
    }

    fn is_name(&self, at: usize) -> bool {
        self.document.tags[at] == Tag::Name && self.word(at).is(Word::CAPITAL)
    }

    /// Whether the open phrase ends in a name, or in a name and a linking word: Ursula von der
    /// Leyen.
    fn ends_in_name(&self, open: Range<usize>) -> bool {
        let end =
            if open.len() > 1 && self.word(open.end - 1).is(Word::LINK) { open.end - 1 } else { open.end };
        self.is_name(end - 1)
    }

    /// The name that follows a linking word, or two linking words.
    fn name_after(&self, link: usize, end: usize) -> Option<usize> {
        let next = if link + 1 < end && self.word(link + 1).is(Word::LINK) { link + 2 } else { link + 1 };
        (next < end && self.is_name(next)).then_some(next)
    }

    /// Whether a word is the second part of a word with a hyphen, as in `six-month high`.
    fn is_half(&self, at: usize) -> bool {
        let spans = &self.document.spans;
        self.document.tags[at - 1] == Tag::Mark
            && spans[at - 1].end == spans[at].start
            && self.word(at - 1).is(Word::HYPHEN)
    }

    /// Whether a phrase ends before this word, although the word could continue it.
    fn ends_before(&self, open: Range<usize>, word: &Word, tag: Tag, at: usize) -> bool {
        let last = open.end - 1;
        let before = self.word(last);
        let after_lower = word.is(Word::CAPITAL) && !before.is(Word::CAPITAL) && !before.is(Word::LINK);
        let nominal = matches!(self.document.tags[last], Tag::Noun | Tag::Name);
        // A headline runs into the text; a common noun precedes the name that it describes; an
        // adjective begins a new phrase.
        (after_lower && self.document.after_line_break[at])
            || (after_lower && tag == Tag::Name && self.document.tags[last] == Tag::Noun)
            || (tag == Tag::Adjective && nominal && !word.is(Word::CAPITAL))
    }

    fn belongs(&self, at: usize, start: usize, end: usize, open: Option<usize>) -> bool {
        let word = self.word(at);
        let joins = word.is(Word::LINK)
            && open.is_some_and(|start| self.ends_in_name(start..at))
            && self.name_after(at, end).is_some_and(|name| !self.word(name).is(Word::CALENDAR));
        if joins {
            return true;
        }
        if !word.is_word() || word.is(Word::CALENDAR | Word::LETTER | Word::STOP) {
            return false;
        }
        if at > start && self.is_half(at) {
            return false;
        }
        match self.document.tags[at] {
            Tag::Noun | Tag::Name | Tag::Adjective => true,
            // Accepts "state-owned", "the armoured train" and "a growing market", but not "has
            // armoured trains".
            tag @ (Tag::Gerund | Tag::Participle) => {
                let before =
                    at.checked_sub(1).filter(|_| at > start).map(|before| self.document.tags[before]);
                let modifies = word.is(Word::HYPHEN)
                    || match before {
                        Some(Tag::Determiner | Tag::Adjective) => true,
                        Some(Tag::Preposition | Tag::Conjunction | Tag::Number | Tag::Mark) | None => {
                            tag == Tag::Participle
                        }
                        _ => false,
                    };
                modifies
                    && at + 1 < end
                    && matches!(self.document.tags[at + 1], Tag::Noun | Tag::Name | Tag::Adjective)
            }
            _ => false,
        }
    }

    fn close(&mut self, mut run: Range<usize>) {
        let nominal = |tag| matches!(tag, Tag::Noun | Tag::Name);
        // "New York" and "Best Buy" are kept whole, while "a new mayor" becomes "mayor".
        let opens_name = |run: &Range<usize>| {
            run.len() > 1
                && self.word(run.start).is(Word::WEAK)
                && self.is_name(run.start)
                && self.is_name(run.start + 1)
        };
        while !run.is_empty()
            && self.word(run.start).is(Word::WEAK | Word::TITLE | Word::LINK | Word::PERCENT)
            && !opens_name(&run)
        {
            run.start += 1;
        }
        while !run.is_empty()
            && (!nominal(self.document.tags[run.end - 1])
                || self.word(run.end - 1).is(Word::LINK)
                || (run.len() > 1 && self.word(run.end - 1).is(Word::PERCENT)))
        {
            run.end -= 1;
        }
        if run.is_empty()
            || (run.len() == 1 && self.word(run.start).is(Word::LIGHT | Word::WEAK | Word::TITLE))
        {
            return;
        }
        let name = run.clone().all(|at| self.word(at).is(Word::CAPITAL | Word::LINK));
        if run.len() > self.max_words && !(name && run.len() <= LONGEST_NAME) {
            run.start = run.end - self.max_words;
            // The rest may begin with a linking word. A phrase that begins after it is shorter, but
            // complete.
            while run.len() > 1 && self.word(run.start).is(Word::LINK) {
                run.start += 1;
            }
        }
        self.chunks.push(Chunk {
            at: run.start as u32,
            len: run.len() as u32,
            sentence: self.sentence,
            name,
        });
    }
}

/// Finds the maximal sequences of adjectives and nouns, which are the candidates of the graph
/// methods. `noun_last` removes the adjectives after the last noun.
pub(super) fn adjectives_and_nouns(
    document: &Document,
    words: &Words,
    noun_last: bool,
    runs: &mut Vec<Range<usize>>,
) {
    runs.clear();
    for sentence in 0..document.sentences() {
        let range = document.sentence(sentence);
        let mut open = range.start;
        for at in range.start..=range.end {
            if at < range.end && is_content(document, words, at) {
                continue;
            }
            let mut end = at;
            while noun_last && end > open && document.tags[end - 1] == Tag::Adjective {
                end -= 1;
            }
            if end > open {
                runs.push(open..end);
            }
            open = at + 1;
        }
    }
}

/// Whether a token is a noun, a name or an adjective, and not a stop word.
pub(super) fn is_content(document: &Document, words: &Words, at: usize) -> bool {
    let word = words.of(document.tokens[at]);
    word.is_word()
        && !word.is(Word::STOP | Word::LETTER)
        && matches!(document.tags[at], Tag::Noun | Tag::Name | Tag::Adjective)
}
