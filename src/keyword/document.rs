//! What does a method see of an article?
//!
//! The tokens of its zones, one after the other, and where its sentences begin. Buffers are kept from article to article.

use super::tag::{Emissions, Tag};
use super::word::{Word, Words};
use crate::article::ZoneKind;
use crate::corpus::{ArticleRef, Vocabulary, ZoneSet};
use crate::span::ByteSpan;

/// The sentences of an article.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// The tokens' numbers in the vocabulary.
    pub(super) tokens: Vec<u32>,
    /// Where they are in the part's strings.
    pub(super) spans: Vec<ByteSpan>,
    /// Whether a line break stands before the token, within its sentence.
    pub(super) fresh: Vec<bool>,
    /// The first token of each sentence, and the number of all.
    pub(super) starts: Vec<u32>,
    /// Whether each sentence is in the headline.
    pub(super) headline: Vec<bool>,
    /// The tokens' parts of speech, where they were asked for.
    pub(super) tags: Vec<Tag>,
    back: Vec<[u8; 14]>,
}

impl Document {
    /// Reads the zones of an article.
    pub(super) fn read(&mut self, article: ArticleRef<'_>, zones: ZoneSet, vocabulary: &Vocabulary) {
        let Self { tokens, spans, fresh, starts, headline, tags, .. } = self;
        tokens.clear();
        spans.clear();
        fresh.clear();
        starts.clear();
        headline.clear();
        tags.clear();
        let part = article.part;
        for zone in article.zones(zones) {
            for sentence in part.sentences_of(zone) {
                starts.push(tokens.len() as u32);
                headline.push(part.zones[zone].kind == ZoneKind::Headline);
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

    /// Tells the parts of speech.
    pub(super) fn tag(&mut self, words: &Words) {
        let Self { tokens, starts, headline, tags, back, .. } = self;
        let emissions: &Emissions = &words.emissions;
        for (sentence, bounds) in starts.windows(2).enumerate() {
            let sentence_tokens = &tokens[bounds[0] as usize..bounds[1] as usize];
            let rows = sentence_tokens.iter().map(|&token| words.of(token));
            let capitals = rows.clone().filter(|word| word.is_word() && word.is(Word::CAPITAL)).count();
            let all = rows.clone().filter(|word| word.is_word()).count();
            // In a line of capitals, as in a headline, a capital says little.
            let shouted = headline[sentence] || capitals * 3 > all * 2;
            let capital =
                |at: usize| sentence_tokens.get(at).is_some_and(|&token| words.of(token).is(Word::CAPITAL));
            let emission =
                |(at, word): (usize, &Word)| emissions.before_capital(word.emission, capital(at + 1));
            emissions.tag(rows.enumerate().map(emission), shouted && capitals * 3 > all * 2, back, tags);
        }
    }

    /// How many sentences.
    pub(super) fn sentences(&self) -> usize {
        self.headline.len()
    }

    /// The tokens of a sentence, as positions.
    pub(super) fn sentence(&self, sentence: usize) -> std::ops::Range<usize> {
        self.starts[sentence] as usize..self.starts[sentence + 1] as usize
    }
}
