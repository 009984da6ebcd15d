//! Which number represents a token?
//!
//! A [`Vocabulary`] numbers distinct tokens (text and kind) from 0, in order of appearance. While
//! articles are read, each thread has a separate vocabulary. These are then merged ([`Union`]), and
//! tokens are numbered in the order of their first occurrence in the articles. So numbers do not
//! depend on the number of threads, the numbers of a single thread need no change, and frequent
//! tokens, which nearly always occur early, have adjacent numbers.
//!
//! This is the hottest table of the crate: every token of every article is looked up once, and the
//! cost of a look-up is waiting for memory. A token of up to 15 bytes is its own [`StringKey`], and
//! its look-up does not touch the strings; the key of a longer token is a hash, and its bytes are
//! compared. Most tokens of a text are among a few thousand, and are found in a table of recently
//! seen tokens, which stays in the cache. For the others there is a hash table with slots of four
//! bytes: the number, and in the bits above it a tag, which is as much of the hash as fits. The
//! keys are stored separately, in the order of the numbers.

use crate::error::Result;
use crate::file::{Reader, Writer, require};
use crate::text::{Seed, StringKey, Token, TokenKind};

/// The minimum number of slots; a power of two.
const LEAST_SLOTS: usize = 1 << 12;

/// The number of recently seen tokens that are cached; a power of two.
const RECENT: usize = 1 << 12;

/// Distinct tokens, numbered from 0.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    bytes: String,
    /// Where each token ends in `bytes`.
    ends: Vec<u32>,
    kinds: Vec<u8>,
    keys: Vec<StringKey>,
    /// A tag, and below it the number of a token plus one; zero if the slot is free.
    slots: Vec<u32>,
    /// For each value of the lowest bits of the hash: the last short token with these bits that was
    /// looked up, and its number.
    recent: Vec<(StringKey, u32)>,
    seed: Seed,
}

impl Vocabulary {
    /// The number of tokens.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The total length of the tokens in bytes.
    pub fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// Whether there are no tokens.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The text of a token.
    pub fn text(&self, number: u32) -> &str {
        let number = number as usize;
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.bytes[start as usize..self.ends[number] as usize]
    }

    /// The length of a token, in bytes.
    #[inline]
    pub fn byte_len(&self, number: u32) -> u32 {
        let number = number as usize;
        self.ends[number] - if number == 0 { 0 } else { self.ends[number - 1] }
    }

    /// The kind of a token.
    pub fn kind(&self, number: u32) -> TokenKind {
        TokenKind::from_number(self.kinds[number as usize])
    }

    /// Appends the numbers of the tokens of a text. New tokens are added.
    ///
    /// Most of the time is spent waiting for memory, because the tables are larger than the caches.
    /// A batch of tokens is therefore looked up in several passes, by loops so short that many
    /// loads are under way at once: one pass reads the table of recent tokens; for the tokens that
    /// are not found there, one pass loads all slots, one loads the keys that these lead to, and
    /// only then are keys compared.
    pub fn number_all(&mut self, text: &str, tokens: &[Token], numbers: &mut Vec<u32>) {
        const BATCH: usize = 128;
        if self.slots.is_empty() {
            self.grow();
            self.recent.resize(RECENT, (StringKey::NONE, 0));
        }
        let seed = self.seed;
        let mut found = [0_u32; BATCH];
        let mut missing = [Missing::default(); BATCH];
        let mut likely = [0_u32; BATCH];
        let mut met = [StringKey::default(); BATCH];
        numbers.reserve(tokens.len());
        for batch in tokens.chunks(BATCH) {
            let mut missed = 0;
            let recent = &self.recent[..RECENT];
            for (i, (token, found)) in batch.iter().zip(&mut found).enumerate() {
                let (start, end) = (token.start as usize, token.end as usize);
                let key = StringKey::of(text.as_bytes(), start, end, token.kind as u8, seed);
                let hash = key.hash(seed);
                let (last, number) = recent[hash as usize % RECENT];
                *found = number;
                // Written for each token and kept for some, without a branch, because the outcome
                // is unpredictable.
                missing[missed] = Missing { key, hash, at: i as u32 };
                missed += usize::from(last != key);
            }
            let missing = &missing[..missed];
            let mask = self.slots.len() - 1;
            for (missing, number) in missing.iter().zip(&mut likely) {
                *number = (self.slots[missing.hash as usize & mask] & mask as u32).wrapping_sub(1);
            }
            for (&number, met) in likely[..missed].iter().zip(&mut met) {
                *met = self.keys.get(number as usize).copied().unwrap_or(StringKey::NONE);
            }
            for ((&Missing { key, hash, at }, &likely), &met) in missing.iter().zip(&likely).zip(&met) {
                let number = if met == key && key.is_whole() {
                    likely
                } else {
                    let token = batch[at as usize];
                    self.number_of(key, hash, &text[token.start as usize..token.end as usize], token.kind)
                };
                if key.is_whole() {
                    self.recent[hash as usize % RECENT] = (key, number);
                }
                found[at as usize] = number;
            }
            numbers.extend_from_slice(&found[..batch.len()]);
        }
    }

    /// Not inlined, because most look-ups end before it.
    #[inline(never)]
    fn number_of(&mut self, key: StringKey, hash: u64, text: &str, kind: TokenKind) -> u32 {
        let found = self.find(key, hash, text);
        if found == u32::MAX { self.add(key, hash, text, kind) } else { found }
    }

    /// The number of a token; [`u32::MAX`] if it has none.
    #[inline]
    fn find(&self, key: StringKey, hash: u64, text: &str) -> u32 {
        let mask = self.slots.len() - 1;
        let tag = self.tag(hash);
        let mut at = hash as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                return u32::MAX;
            }
            let number = (slot & mask as u32) - 1;
            if slot & !(mask as u32) == tag
                && self.keys[number as usize] == key
                && (key.is_whole() || self.text(number) == text)
            {
                return number;
            }
            at = (at + 1) & mask;
        }
    }

    #[cold]
    fn add(&mut self, key: StringKey, hash: u64, text: &str, kind: TokenKind) -> u32 {
        let number = self.ends.len() as u32;
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len() as u32);
        self.kinds.push(kind as u8);
        self.keys.push(key);
        self.place(hash, number);
        if self.ends.len() * 3 > self.slots.len() * 2 {
            self.grow();
        }
        number
    }

    /// The upper half of the hash, without the bits that the numbers occupy.
    fn tag(&self, hash: u64) -> u32 {
        (hash >> 32) as u32 & !((self.slots.len() - 1) as u32)
    }

    fn place(&mut self, hash: u64, number: u32) {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while self.slots[at] != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = self.tag(hash) | (number + 1);
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(LEAST_SLOTS);
        self.slots.clear();
        self.slots.resize(size, 0);
        for number in 0..self.keys.len() {
            self.place(self.keys[number].hash(self.seed), number as u32);
        }
    }

    /// The tokens numbered from `first` on, as one text with the position of each token in it.
    pub(super) fn since(&self, first: usize) -> NewTokens {
        let start = if first == 0 { 0 } else { self.ends[first - 1] };
        let starts = [0].into_iter().chain(self.ends[first..].iter().map(|end| end - start));
        let tokens = starts.zip(first..self.len()).map(|(start, number)| Token {
            start,
            end: start + self.byte_len(number as u32),
            kind: self.kind(number as u32),
        });
        NewTokens { text: self.bytes[start as usize..].to_owned(), tokens: tokens.collect() }
    }

    /// These tokens, as if a text had consisted of them.
    pub(super) fn listed(&self, numbers: &[u32]) -> NewTokens {
        let (mut text, mut tokens) = (String::new(), Vec::with_capacity(numbers.len()));
        for &number in numbers {
            let start = text.len() as u32;
            text.push_str(self.text(number));
            tokens.push(Token { start, end: text.len() as u32, kind: self.kind(number) });
        }
        NewTokens { text, tokens }
    }

    pub(super) fn write(&self, writer: &mut Writer) {
        writer.strings((0..self.len() as u32).map(|number| self.text(number)));
        writer.bytes(&self.kinds);
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let (texts, kinds) = (reader.strings()?, reader.bytes()?.to_vec());
        require(kinds.len() == texts.len() && u32::try_from(texts.joined().len()).is_ok())?;
        let ends = texts.offsets()[1..].iter().map(|&end| end as u32).collect();
        Ok(Self { bytes: texts.joined().to_owned(), ends, kinds, ..Self::default() })
    }

    /// The tokens without the look-up tables, for a vocabulary that will not be searched any more.
    pub(super) fn closed(mut self) -> Self {
        (self.keys, self.slots, self.recent) = Default::default();
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.kinds.shrink_to_fit();
        self
    }
}

/// A token that was not found among the recent ones and must be looked up.
#[derive(Debug, Clone, Copy, Default)]
struct Missing {
    key: StringKey,
    hash: u64,
    /// Its position in the batch.
    at: u32,
}

/// Tokens that were new to a vocabulary, in order of appearance.
#[derive(Debug)]
pub(super) struct NewTokens {
    text: String,
    tokens: Vec<Token>,
}

/// The union of several vocabularies, numbered in the order in which tokens first occur.
#[derive(Debug, Default)]
pub(super) struct Union {
    all: Vocabulary,
    /// For each vocabulary, the numbers of its tokens in the union.
    numbers: Vec<Vec<u32>>,
}

impl Union {
    /// Adds the [new tokens](Vocabulary::since) of a vocabulary from one piece of work. Pieces must
    /// be added in the order of the texts, and each vocabulary must have read its pieces in this
    /// order.
    pub(super) fn add(&mut self, vocabulary: usize, new_tokens: &NewTokens) {
        if self.numbers.len() <= vocabulary {
            self.numbers.resize(vocabulary + 1, Vec::new());
        }
        self.all.number_all(&new_tokens.text, &new_tokens.tokens, &mut self.numbers[vocabulary]);
    }

    /// The union, and for each vocabulary the new numbers of its tokens.
    pub(super) fn finish(self) -> (Vocabulary, Vec<Vec<u32>>) {
        (self.all.closed(), self.numbers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(vocabulary: &mut Vocabulary, text: &str, start: usize, end: usize, kind: TokenKind) -> u32 {
        let mut numbers = Vec::new();
        let token = Token { start: start as u32, end: end as u32, kind };
        vocabulary.number_all(text, &[token], &mut numbers);
        numbers[0]
    }

    fn number(vocabulary: &mut Vocabulary, text: &str) -> u32 {
        numbered(vocabulary, text, 0, text.len(), TokenKind::Word)
    }

    #[test]
    fn tokens_are_numbered_in_the_order_of_their_first_appearance() {
        let mut vocabulary = Vocabulary::default();
        let long = "Rindfleischetikettierungsgesetz";
        let words = ["a", "b", "a", long, "fifteen_letters", "sixteen_letters_", long, "b"];
        let numbers: Vec<u32> = words.iter().map(|word| number(&mut vocabulary, word)).collect();
        assert_eq!(numbers, [0, 1, 0, 2, 3, 4, 2, 1]);
        assert_eq!(vocabulary.text(2), long);
        assert_eq!(vocabulary.byte_len(3), 15);
        let find = |text: &str| {
            let key = StringKey::of(text.as_bytes(), 0, text.len(), TokenKind::Word as u8, vocabulary.seed);
            vocabulary.find(key, key.hash(vocabulary.seed), text)
        };
        assert_eq!(find("sixteen_letters_"), 4);
        assert_eq!(find("c"), u32::MAX);
    }

    #[test]
    fn the_same_text_of_another_kind_is_another_token() {
        let mut vocabulary = Vocabulary::default();
        let quote = numbered(&mut vocabulary, "'", 0, 1, TokenKind::Punctuation);
        let possessive = numbered(&mut vocabulary, "'", 0, 1, TokenKind::Possessive);
        assert_ne!(quote, possessive);
        assert_eq!(vocabulary.kind(possessive), TokenKind::Possessive);
    }

    #[test]
    fn bytes_after_a_token_do_not_matter() {
        let mut vocabulary = Vocabulary::default();
        let text = "cat caterpillar cat\0";
        let first = numbered(&mut vocabulary, text, 0, 3, TokenKind::Word);
        assert_eq!(numbered(&mut vocabulary, text, 16, 19, TokenKind::Word), first);
        assert_ne!(numbered(&mut vocabulary, text, 16, 20, TokenKind::Word), first);
    }

    #[test]
    fn a_word_that_pushed_another_from_those_met_last_does_not_take_its_number() {
        let mut vocabulary = Vocabulary::default();
        let words: Vec<String> = (0..3 * RECENT).map(|i| format!("w{i}")).collect();
        for _ in 0..2 {
            for (word, at) in words.iter().zip(0..) {
                assert_eq!(number(&mut vocabulary, word), at);
                assert_eq!(number(&mut vocabulary, &words[0]), 0);
            }
        }
    }

    #[test]
    fn a_united_vocabulary_does_not_depend_on_who_read_what() {
        let words: Vec<String> = (0..5000_u32).map(|i| format!("w{}", i * i % 2000)).collect();
        // Pieces of seven words; `reader` says who reads each.
        let read = |readers: usize, reader: &dyn Fn(usize) -> usize| {
            let mut vocabularies = vec![Vocabulary::default(); readers];
            let (mut union, mut given) = (Union::default(), Vec::new());
            for (at, piece) in words.chunks(7).enumerate() {
                let vocabulary = &mut vocabularies[reader(at)];
                let before = vocabulary.len();
                given.push(piece.iter().map(|word| number(vocabulary, word)).collect::<Vec<_>>());
                union.add(reader(at), &vocabulary.since(before));
            }
            let (united, numbers) = union.finish();
            for (at, given) in given.iter_mut().enumerate() {
                for number in given {
                    *number = numbers[reader(at)][*number as usize];
                }
            }
            let texts: Vec<String> =
                (0..united.len() as u32).map(|number| united.text(number).to_owned()).collect();
            (texts, given.concat())
        };
        let one = read(1, &|_| 0);
        let mut seen = std::collections::HashSet::new();
        let firsts: Vec<&String> = words.iter().filter(|&word| seen.insert(word)).collect();
        assert_eq!(one.0.iter().collect::<Vec<_>>(), firsts);
        assert_eq!(read(2, &|at| usize::from(at % 3 == 0)), one);
        assert_eq!(read(3, &|at| at * at % 3), one);
        assert_eq!(read(3, &|_| 2), one);
    }
}
