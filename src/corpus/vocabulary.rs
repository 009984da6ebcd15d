//! Which number stands for a token?
//!
//! A [`Vocabulary`] numbers distinct tokens (text and kind). While articles are read each thread keeps a [`Vocabulary`] of its
//! own, numbered as tokens come; in the end they are [united](unite) and numbered from the most to the least frequent, equals
//! by their bytes: so numbers do not depend on threads, and what is frequent lies close together.
//!
//! It is the hottest table of the crate: every token of every article is looked up once, and what that costs is waiting
//! for memory. So the table of slots is small, four bytes each: the number, and in the bits above it a tag, as much of the
//! hash as there is room for. Keys are held apart, in the order of numbers; what is frequent comes early, and so the keys
//! that are compared nearly always lie close together. A token of up to 15 bytes is its own [`Key`], and a look-up needs no
//! visit to the strings. Longer tokens are keyed by a hash and compared by their bytes.

use rayon::prelude::*;

use crate::text::{Key, Token, TokenKind};

/// What is compared when a slot fits, and counted when it is the one.
#[derive(Debug, Clone, Copy)]
struct Entry {
    key: Key,
    /// How often it was looked up.
    count: u32,
}

/// Distinct tokens, numbered from 0.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    bytes: String,
    /// Where each token ends in `bytes`.
    ends: Vec<u32>,
    kinds: Vec<u8>,
    entries: Vec<Entry>,
    /// A tag, and below it a token's number plus one; zero where the slot is free.
    slots: Vec<u32>,
}

impl Vocabulary {
    /// How many tokens.
    pub fn len(&self) -> usize {
        self.ends.len()
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

    /// Appends the numbers of tokens of a text. A token that is new is given one; each is counted.
    ///
    /// Most of the time goes to waiting for memory: the table is larger than the caches next to the processor. So a batch of
    /// tokens is looked up in step, by loops so short that many requests are under way at once: one asks for all slots, one for
    /// all entries that they lead to, and only then is any compared.
    pub fn number_all(&mut self, text: &str, tokens: &[Token], numbers: &mut Vec<u32>) {
        const BATCH: usize = 128;
        if self.slots.is_empty() {
            self.grow();
        }
        let mut keys = [Key::default(); BATCH];
        let mut hashes = [0_u64; BATCH];
        let mut likely = [0_u32; BATCH];
        let mut met = [Key::default(); BATCH];
        numbers.reserve(tokens.len());
        for batch in tokens.chunks(BATCH) {
            for ((token, key), hash) in batch.iter().zip(&mut keys).zip(&mut hashes) {
                *key = Key::of(text.as_bytes(), token.start as usize, token.end as usize, token.kind as u8);
                *hash = key.hash();
            }
            let mask = self.slots.len() - 1;
            for (&hash, number) in hashes[..batch.len()].iter().zip(&mut likely) {
                *number = (self.slots[hash as usize & mask] & mask as u32).wrapping_sub(1);
            }
            for (&number, met) in likely[..batch.len()].iter().zip(&mut met) {
                *met = self.entries.get(number as usize).map_or(Key::default(), |entry| entry.key);
            }
            for (i, token) in batch.iter().enumerate() {
                let (key, number) = (keys[i], likely[i]);
                if key.is_whole() && met[i] == key {
                    self.count(number, 1);
                    numbers.push(number);
                    continue;
                }
                let piece = &text[token.start as usize..token.end as usize];
                numbers.push(self.number_of(key, hashes[i], piece, token.kind, 1));
            }
        }
    }

    /// Out of line, as most look-ups end before it.
    #[inline(never)]
    fn number_of(&mut self, key: Key, hash: u64, text: &str, kind: TokenKind, times: u32) -> u32 {
        let found = self.find(key, hash, text);
        if found == u32::MAX {
            return self.add(key, hash, text, kind, times);
        }
        self.count(found, times);
        found
    }

    #[inline]
    fn count(&mut self, number: u32, times: u32) {
        let count = &mut self.entries[number as usize].count;
        *count = count.saturating_add(times);
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
                && self.entries[number as usize].key == key
                && (key.is_whole() || self.text(number) == text)
            {
                return number;
            }
            at = (at + 1) & mask;
        }
    }

    /// Adds all tokens of `other` and their counts; the numbers they have here.
    fn absorb(&mut self, other: &Self) -> Vec<u32> {
        if self.slots.is_empty() {
            self.grow();
        }
        let add = |(number, &Entry { key, count }): (u32, &Entry)| {
            self.number_of(key, key.hash(), other.text(number), other.kind(number), count)
        };
        (0..).zip(&other.entries).map(add).collect()
    }

    /// The tokens in another order, without the look-up table.
    fn reordered(&self, order: &[u32]) -> Self {
        let mut reordered = Self::default();
        reordered.bytes.reserve_exact(self.bytes.len());
        reordered.ends.reserve_exact(self.ends.len());
        reordered.kinds.reserve_exact(self.kinds.len());
        for &number in order {
            reordered.bytes.push_str(self.text(number));
            reordered.ends.push(reordered.bytes.len() as u32);
            reordered.kinds.push(self.kinds[number as usize]);
        }
        reordered
    }

    #[cold]
    fn add(&mut self, key: Key, hash: u64, text: &str, kind: TokenKind, count: u32) -> u32 {
        let number = self.ends.len() as u32;
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len() as u32);
        self.kinds.push(kind as u8);
        self.entries.push(Entry { key, count });
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
        let size = (self.slots.len() * 2).max(1 << 12);
        self.slots.clear();
        self.slots.resize(size, 0);
        for number in 0..self.entries.len() {
            self.place(self.entries[number].key.hash(), number as u32);
        }
    }
}

/// One vocabulary of several, numbered from the most to the least frequent token, equals by their bytes, then kinds; and the
/// new numbers of the tokens of each.
pub(super) fn unite(vocabularies: Vec<Vocabulary>) -> (Vocabulary, Vec<Vec<u32>>) {
    let mut vocabularies = vocabularies.into_iter();
    let mut all = vocabularies.next().unwrap_or_default();
    let mut numbers: Vec<Vec<u32>> = vec![(0..all.len() as u32).collect()];
    numbers.extend(vocabularies.map(|other| all.absorb(&other)));
    // The first eight bytes, as a number, settle nearly all comparisons.
    let head = |text: &str| {
        let mut head = [0; 8];
        let length = text.len().min(8);
        head[..length].copy_from_slice(&text.as_bytes()[..length]);
        u64::from_be_bytes(head)
    };
    let mut order: Vec<(u32, u64, u32)> = all
        .entries
        .iter()
        .zip(0..)
        .map(|(entry, number)| (u32::MAX - entry.count, head(all.text(number)), number))
        .collect();
    order.par_sort_unstable_by(|a, b| {
        let rest = |number: u32| (all.text(number), all.kinds[number as usize]);
        (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| rest(a.2).cmp(&rest(b.2)))
    });
    let order: Vec<u32> = order.into_iter().map(|(.., number)| number).collect();
    let mut ranks = vec![0; order.len()];
    for (rank, &number) in order.iter().enumerate() {
        ranks[number as usize] = rank as u32;
    }
    for number in numbers.iter_mut().flatten() {
        *number = ranks[*number as usize];
    }
    (all.reordered(&order), numbers)
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
            let key = Key::of(text.as_bytes(), 0, text.len(), TokenKind::Word as u8);
            vocabulary.find(key, key.hash(), text)
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
    fn a_united_vocabulary_does_not_depend_on_who_read_what() {
        let words: Vec<String> = (0..5000_u32).map(|i| format!("w{}", i * i % 2000)).collect();
        let read = |share: &dyn Fn(usize) -> bool| {
            let mut vocabulary = Vocabulary::default();
            let chosen = words.iter().enumerate().filter(|(at, _)| share(*at)).map(|(_, word)| word);
            let numbers: Vec<u32> = chosen.map(|word| number(&mut vocabulary, word)).collect();
            (vocabulary, numbers)
        };
        let (whole, _) = unite(vec![read(&|_| true).0]);
        let ((one, of_one), (two, _)) = (read(&|at| at % 3 == 0), read(&|at| at % 3 != 0));
        let (united, numbers) = unite(vec![one, two]);
        let listed = |vocabulary: &Vocabulary| -> Vec<String> {
            (0..vocabulary.len() as u32).map(|number| vocabulary.text(number).to_owned()).collect()
        };
        assert_eq!(listed(&united), listed(&whole));
        assert_eq!(united.text(numbers[0][of_one[1] as usize]), words[3]);
        let count = |word: &str| words.iter().filter(|other| *other == word).count();
        assert!(listed(&united).windows(2).all(|pair| {
            (count(&pair[1]), pair[0].as_str()) <= (count(&pair[0]), pair[1].as_str())
                || count(&pair[0]) > count(&pair[1])
        }));
    }
}
