//! Which number stands for a token?
//!
//! A [`Vocabulary`] numbers distinct tokens (text and kind) from 0, as they come. While articles are read each thread keeps one of
//! its own; they are united ([`Union`]) and numbered in the order in which tokens first stand in the articles: so
//! numbers do not depend on threads, one thread's need no change, and what is frequent, which nearly always comes early, lies
//! close together.
//!
//! It is the hottest table of the crate: every token of every article is looked up once, and what that costs is waiting
//! for memory. A token of up to 15 bytes is its own [`Key`], and a look-up needs no visit to the strings; longer tokens are
//! keyed by a hash and compared by their bytes. Most tokens of a text are among a few thousand, and are found in the table of
//! those met last, which stays next to the processor. For the others there is a table of slots of four bytes each: the number,
//! and in the bits above it a tag, as much of the hash as there is room for. Their keys are held apart, in the order of numbers.

use crate::text::{Key, Seed, Token, TokenKind};

/// How many slots there are at least; a power of two.
const LEAST_SLOTS: usize = 1 << 12;

/// How many of the tokens met last are kept at hand; a power of two.
const RECENT: usize = 1 << 12;

/// Distinct tokens, numbered from 0.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    bytes: String,
    /// Where each token ends in `bytes`.
    ends: Vec<u32>,
    kinds: Vec<u8>,
    keys: Vec<Key>,
    /// A tag, and below it a token's number plus one; zero where the slot is free.
    slots: Vec<u32>,
    /// By the lowest bits of its hash: the short token that was looked up last among those that share them, and its number.
    recent: Vec<(Key, u32)>,
    seed: Seed,
}

impl Vocabulary {
    /// How many tokens.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// How many bytes they have in all.
    pub fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// Whether there is none.
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

    /// Appends the numbers of tokens of a text. A token that is new is given one.
    ///
    /// Most of the time goes to waiting for memory: the tables are larger than the caches next to the processor. So a batch of
    /// tokens is looked up in step, by loops so short that many requests are under way at once: one asks who was met lately; of
    /// those who were not, one asks for all slots, one for all keys that they lead to, and only then is any compared.
    pub fn number_all(&mut self, text: &str, tokens: &[Token], numbers: &mut Vec<u32>) {
        const BATCH: usize = 128;
        if self.slots.is_empty() {
            self.grow();
            self.recent.resize(RECENT, (Key::NONE, 0));
        }
        let seed = self.seed;
        let mut found = [0_u32; BATCH];
        let mut missing = [Missing::default(); BATCH];
        let mut likely = [0_u32; BATCH];
        let mut met = [Key::default(); BATCH];
        numbers.reserve(tokens.len());
        for batch in tokens.chunks(BATCH) {
            let mut missed = 0;
            let recent = &self.recent[..RECENT];
            for (i, (token, found)) in batch.iter().zip(&mut found).enumerate() {
                let (start, end) = (token.start as usize, token.end as usize);
                let key = Key::of(text.as_bytes(), start, end, token.kind as u8, seed);
                let hash = key.hash(seed);
                let (last, number) = recent[hash as usize % RECENT];
                *found = number;
                // Written for each and kept for some: no branch, as nobody could guess it.
                missing[missed] = Missing { key, hash, at: i as u32 };
                missed += usize::from(last != key);
            }
            let missing = &missing[..missed];
            let mask = self.slots.len() - 1;
            for (missing, number) in missing.iter().zip(&mut likely) {
                *number = (self.slots[missing.hash as usize & mask] & mask as u32).wrapping_sub(1);
            }
            for (&number, met) in likely[..missed].iter().zip(&mut met) {
                *met = self.keys.get(number as usize).copied().unwrap_or(Key::NONE);
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

    /// Out of line, as most look-ups end before it.
    #[inline(never)]
    fn number_of(&mut self, key: Key, hash: u64, text: &str, kind: TokenKind) -> u32 {
        let found = self.find(key, hash, text);
        if found == u32::MAX { self.add(key, hash, text, kind) } else { found }
    }

    /// The number of a token; [`u32::MAX`] where it has none.
    #[inline]
    fn find(&self, key: Key, hash: u64, text: &str) -> u32 {
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
    fn add(&mut self, key: Key, hash: u64, text: &str, kind: TokenKind) -> u32 {
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

    /// The upper half of the hash, as far as the numbers leave room for it.
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

    /// The tokens numbered from `first` on, as a text and where it has them.
    pub(super) fn since(&self, first: usize) -> News {
        let start = if first == 0 { 0 } else { self.ends[first - 1] };
        let starts = [0].into_iter().chain(self.ends[first..].iter().map(|end| end - start));
        let tokens = starts.zip(first..self.len()).map(|(start, number)| Token {
            start,
            end: start + self.byte_len(number as u32),
            kind: self.kind(number as u32),
        });
        News { text: self.bytes[start as usize..].to_owned(), tokens: tokens.collect() }
    }

    /// The tokens alone, which nobody will look up any more.
    pub(super) fn closed(mut self) -> Self {
        (self.keys, self.slots, self.recent) = Default::default();
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.kinds.shrink_to_fit();
        self
    }
}

/// A token that was not met lately, as it is looked up.
#[derive(Debug, Clone, Copy, Default)]
struct Missing {
    key: Key,
    hash: u64,
    /// Its place in the batch.
    at: u32,
}

/// Tokens that were new to a vocabulary, in the order in which they came.
#[derive(Debug)]
pub(super) struct News {
    text: String,
    tokens: Vec<Token>,
}

/// One vocabulary of several, numbered in the order in which tokens first stand.
#[derive(Debug, Default)]
pub(super) struct Union {
    all: Vocabulary,
    /// By vocabulary, the numbers here of its tokens.
    numbers: Vec<Vec<u32>>,
}

impl Union {
    /// Adds what a vocabulary [has got](Vocabulary::since) from a piece of work; pieces are added in the order of the texts, and no vocabulary
    /// may have read them in another order.
    pub(super) fn add(&mut self, vocabulary: usize, news: &News) {
        if self.numbers.len() <= vocabulary {
            self.numbers.resize(vocabulary + 1, Vec::new());
        }
        self.all.number_all(&news.text, &news.tokens, &mut self.numbers[vocabulary]);
    }

    /// The vocabulary, and by vocabulary added the new numbers of its tokens.
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
            let key = Key::of(text.as_bytes(), 0, text.len(), TokenKind::Word as u8, vocabulary.seed);
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
    fn bytes_behind_a_token_do_not_matter() {
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
