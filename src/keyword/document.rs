//! What does a method see of an article?
//!
//! The tokens of its zones, one after the other, and where its sentences begin. Buffers are kept from article to article.

use super::tag::{Emissions, Tag};
use super::word::{Word, Words};
use crate::corpus::{ArticleRef, Vocabulary, ZoneSet};
use crate::hash::Map;
use crate::span::ByteSpan;

/// The fewest tokens of a line whose capitals are those of a title: a shorter line may be one name.
const SHORTEST_TITLE: usize = 4;

/// The sentences of an article.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// The tokens' numbers in the vocabulary; once tagged, those of titles as the other sentences spell them.
    pub(super) tokens: Vec<u32>,
    /// Where they are in the part's strings.
    pub(super) spans: Vec<ByteSpan>,
    /// Whether a line break stands before the token, within its sentence.
    pub(super) fresh: Vec<bool>,
    /// The first token of each sentence, and the number of all.
    pub(super) starts: Vec<u32>,
    /// The tokens' parts of speech, where they were asked for.
    pub(super) tags: Vec<Tag>,
    back: Vec<[u8; 14]>,
}

impl Document {
    /// Reads the zones of an article.
    pub(super) fn read(&mut self, article: ArticleRef<'_>, zones: ZoneSet, vocabulary: &Vocabulary) {
        let Self { tokens, spans, fresh, starts, tags, .. } = self;
        tokens.clear();
        spans.clear();
        fresh.clear();
        starts.clear();
        tags.clear();
        let part = article.part;
        for zone in article.zones(zones) {
            for sentence in part.sentences_of(zone) {
                starts.push(tokens.len() as u32);
                let mut end = u32::MAX;
                for token in part.walk(sentence, vocabulary) {
                    let gap = article.piece(ByteSpan::new(end, token.span.start));
                    fresh.push(gap.contains('\n'));
                    end = token.span.end;
                    tokens.push(token.number);
                    spans.push(token.span);
                }
            }
        }
        starts.push(tokens.len() as u32);
    }

    /// Tells the parts of speech. A word of a line of capitals is read as the other sentences spell it.
    pub(super) fn tag(&mut self, words: &Words) {
        let shouted: Vec<bool> =
            (0..self.sentences()).map(|sentence| self.is_shouted(sentence, words)).collect();
        if shouted.contains(&true) {
            self.lower(&shouted, words);
        }
        let Self { tokens, starts, tags, back, .. } = self;
        let emissions: &Emissions = &words.emissions;
        for (bounds, shouted) in starts.windows(2).zip(shouted) {
            let sentence_tokens = &tokens[bounds[0] as usize..bounds[1] as usize];
            let rows = sentence_tokens.iter().map(|&token| words.of(token));
            let capital =
                |at: usize| sentence_tokens.get(at).is_some_and(|&token| words.of(token).is(Word::CAPITAL));
            let emission =
                |(at, word): (usize, &Word)| emissions.before_capital(word.emission, capital(at + 1));
            emissions.tag(rows.enumerate().map(emission), shouted, back, tags);
        }
    }

    /// Whether most words of a sentence have a capital, as in a headline: there it says little.
    fn is_shouted(&self, sentence: usize, words: &Words) -> bool {
        let rows = self.tokens[self.sentence(sentence)].iter().map(|&token| words.of(token));
        let (mut capitals, mut all) = (0, 0);
        for word in rows.filter(|word| word.is_word()) {
            all += 1;
            capitals += usize::from(word.is(Word::CAPITAL));
        }
        capitals * 3 > all * 2
    }

    /// Puts in lower case the words of whole lines of capitals that the other sentences give in lower case only.
    fn lower(&mut self, shouted: &[bool], words: &Words) {
        // What a term is in lower case, if no capital stands on it inside a sentence.
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

    /// How many sentences.
    pub(super) fn sentences(&self) -> usize {
        self.starts.len() - 1
    }

    /// The tokens of a sentence, as positions.
    pub(super) fn sentence(&self, sentence: usize) -> std::ops::Range<usize> {
        self.starts[sentence] as usize..self.starts[sentence + 1] as usize
    }
}
