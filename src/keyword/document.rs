//! What does a method read of an article?
//!
//! The tokens of its zones, concatenated, and the positions at which sentences begin. The buffers
//! are reused from article to article.

use super::tag::{Emissions, Tag};
use super::word::{Word, Words};
use crate::corpus::{ArticleRef, Vocabulary, ZoneSet};
use crate::hash::Map;
use crate::span::ByteSpan;

/// The minimum number of tokens in a line whose capitals are those of a title. A shorter line may
/// be a single name.
const SHORTEST_TITLE: usize = 4;

/// The sentences of an article, as integers.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// The numbers of the tokens in the vocabulary. After tagging, the words of titles are replaced
    /// by their spelling in the other sentences.
    pub(super) tokens: Vec<u32>,
    /// The bytes of the tokens in the strings of the part.
    pub(super) spans: Vec<ByteSpan>,
    /// Whether a line break precedes the token within its sentence.
    pub(super) after_line_break: Vec<bool>,
    /// The first token of each sentence, and the number of tokens.
    pub(super) starts: Vec<u32>,
    /// The parts of speech of the tokens; empty before tagging.
    pub(super) tags: Vec<Tag>,
    /// By sentence: whether its capitals are those of a title; empty before tagging.
    pub(super) shouted: Vec<bool>,
    back: Vec<[u8; 14]>,
}

impl Document {
    /// Reads the zones of an article.
    pub(super) fn read(&mut self, article: ArticleRef<'_>, zones: ZoneSet, vocabulary: &Vocabulary) {
        let Self { tokens, spans, after_line_break, starts, tags, .. } = self;
        tokens.clear();
        spans.clear();
        after_line_break.clear();
        starts.clear();
        tags.clear();
        let part = article.part;
        for zone in article.zones(zones) {
            for sentence in part.sentences_of(zone) {
                starts.push(tokens.len() as u32);
                let mut end = u32::MAX;
                for token in part.walk(sentence, vocabulary) {
                    let gap = article.piece(ByteSpan::new(end, token.span.start));
                    after_line_break.push(gap.contains('\n'));
                    end = token.span.end;
                    tokens.push(token.number);
                    spans.push(token.span);
                }
            }
        }
        starts.push(tokens.len() as u32);
    }

    /// Assigns parts of speech. A word in a line of capitals is read in the spelling of the other
    /// sentences.
    pub(super) fn tag(&mut self, words: &Words) {
        let shouted: Vec<bool> =
            (0..self.sentences()).map(|sentence| self.is_shouted(sentence, words)).collect();
        if shouted.contains(&true) {
            self.lower(&shouted, words);
        }
        self.shouted = shouted;
        let Self { tokens, starts, tags, back, shouted, .. } = self;
        let emissions: &Emissions = &words.emissions;
        for (bounds, &shouted) in starts.windows(2).zip(shouted.iter()) {
            let sentence_tokens = &tokens[bounds[0] as usize..bounds[1] as usize];
            let rows = sentence_tokens.iter().map(|&token| words.of(token));
            let capital =
                |at: usize| sentence_tokens.get(at).is_some_and(|&token| words.of(token).is(Word::CAPITAL));
            let emission =
                |(at, word): (usize, &Word)| emissions.before_capital(word.emission, capital(at + 1));
            emissions.tag(rows.enumerate().map(emission), shouted, back, tags);
        }
    }

    /// Whether most words of a sentence begin with a capital, as in a headline. There, capitals say
    /// little.
    fn is_shouted(&self, sentence: usize, words: &Words) -> bool {
        let rows = self.tokens[self.sentence(sentence)].iter().map(|&token| words.of(token));
        let (mut capitals, mut all) = (0, 0);
        for word in rows.filter(|word| word.is_word()) {
            all += 1;
            capitals += usize::from(word.is(Word::CAPITAL));
        }
        capitals * 3 > all * 2
    }

    /// In whole lines of capitals, replaces a word by its lower-case form if the other sentences
    /// use no other form of it, apart from their first words.
    fn lower(&mut self, shouted: &[bool], words: &Words) {
        // By term: its token in lower case, unless a capital occurs inside a sentence.
        let mut spelt: Map<u32, Option<u32>> = Map::default();
        for sentence in (0..self.sentences()).filter(|&sentence| !shouted[sentence]) {
            for &token in self.tokens[self.sentence(sentence)].iter().skip(1) {
                let word = words.of(token);
                if word.is(Word::CAPITAL) {
                    spelt.insert(word.term, None);
                } else if word.is_word() {
                    spelt.entry(word.term).or_insert(Some(token));
                }
            }
        }
        for sentence in (0..self.sentences()).filter(|&sentence| shouted[sentence]) {
            let range = self.sentence(sentence);
            if range.len() < SHORTEST_TITLE {
                continue;
            }
            for token in &mut self.tokens[range] {
                if let Some(&Some(lower)) = spelt.get(&words.of(*token).term) {
                    *token = lower;
                }
            }
        }
    }

    /// The number of sentences.
    pub(super) fn sentences(&self) -> usize {
        self.starts.len() - 1
    }

    /// The positions of the tokens of a sentence.
    pub(super) fn sentence(&self, sentence: usize) -> std::ops::Range<usize> {
        self.starts[sentence] as usize..self.starts[sentence + 1] as usize
    }
}
