//! YAKE (Campos, Mangaravite, Pasquali, Jorge, Nunes & Jatowt 2020).
//!
//! Low scores are good. A word scores low if it begins with a capital, occurs early, often, in many
//! sentences, and next to the same neighbours: `S = rel · pos / (case + freq / rel + sent / rel)`.
//! A phrase scores `Π S / (count · (1 + Σ S))`. A stop word within a phrase contributes `1 + (1 −
//! p)` to the product and `−(1 − p)` to the sum, where `p` is the probability that it occurs next
//! to its neighbours.
//!
//! Where the paper leaves room, this implementation follows the reference tools. Words with the
//! same singular (without a final `s`) are one word. Words of fewer than three characters are stop
//! words. No phrase contains a number or a word in which letters and digits are mixed. A word is
//! capitalised if only its first letter is a capital and it does not begin the sentence. A
//! possessive `'s` is skipped.

use super::document::Document;
use super::options::Options;
use super::phrase::{EMPTY, Phrase};
use super::scratch::Scratch;
use super::word::{Word, Words};
use crate::text::TokenKind;

/// The sum that replaces one of -1.
const OTHERWISE_ZERO: f64 = 0.999_999_999;

/// The class of a word in YAKE.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Digits,
    Punctuation,
    Odd,
    Acronym,
    Capital,
    Plain,
}

fn class(word: &Word, opens: bool) -> Class {
    if word.is(Word::DIGITS) {
        Class::Digits
    } else if word.is(Word::PUNCTUATION) {
        Class::Punctuation
    } else if word.is(Word::ODD) {
        Class::Odd
    } else if word.is(Word::SHOUTED) {
        Class::Acronym
    } else if word.is(Word::TITLECASE) && !opens {
        Class::Capital
    } else {
        Class::Plain
    }
}

/// The counts of a word.
#[derive(Debug, Clone, Default)]
struct Count {
    times: f64,
    acronyms: f64,
    capitals: f64,
    /// Whether at least one of its spellings is not a stop word.
    content: bool,
    /// The sentences that contain it.
    sentences: Vec<u32>,
    /// Neighbours on the left and on the right: the number of distinct ones, and of all.
    left: (u32, u32),
    right: (u32, u32),
    score: f64,
}

fn is_stop(word: &Word) -> bool {
    word.is(Word::STOP | Word::SHORT)
}

/// A token of the document: its position there, the position of its word among the counts, and its
/// class.
#[derive(Debug, Clone, Copy)]
struct Seen {
    at: u32,
    word: u32,
    class: Class,
    stop: bool,
    length: u32,
}

pub(super) fn yake(
    document: &Document,
    words: &Words,
    options: &Options,
    scratch: &mut Scratch,
    lengths: impl Fn(u32) -> u32,
) {
    let (mut counts, seen, ends) = read(document, words, options, scratch, lengths);
    score_words(&mut counts, document.sentences());
    collect(document, words, options, scratch, &counts, &seen, &ends);
}

/// Counts words and neighbours. Returns the counts, the tokens that were read, and the end of each
/// sentence among these tokens.
fn read(
    document: &Document,
    words: &Words,
    options: &Options,
    scratch: &mut Scratch,
    lengths: impl Fn(u32) -> u32,
) -> (Vec<Count>, Vec<Seen>, Vec<usize>) {
    let Scratch { slots, pairs, .. } = scratch;
    slots.clear();
    pairs.clear();
    let mut counts: Vec<Count> = Vec::new();
    let mut seen: Vec<Seen> = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    for sentence in 0..document.sentences() {
        let opening = seen.len();
        let mut window_from = seen.len();
        for at in document.sentence(sentence) {
            let token = document.tokens[at];
            let word = words.of(token);
            if word.kind == TokenKind::Possessive {
                continue;
            }
            let class = class(word, seen.len() == opening);
            let here = seen.len();
            let mut position = u32::MAX;
            if class == Class::Punctuation {
                window_from = here + 1;
            } else {
                position = slots.get(word.lemma).unwrap_or_else(|| {
                    slots.set(word.lemma, counts.len());
                    counts.push(Count::default());
                    counts.len() - 1
                }) as u32;
                let count = &mut counts[position as usize];
                count.times += 1.0;
                count.acronyms += f64::from(u8::from(class == Class::Acronym));
                count.capitals += f64::from(u8::from(class == Class::Capital));
                count.content |= !is_stop(word);
                if count.sentences.last() != Some(&(sentence as u32)) {
                    count.sentences.push(sentence as u32);
                }
                if !matches!(class, Class::Digits | Class::Odd) {
                    for left in &seen[window_from.max(here.saturating_sub(options.window()))..here] {
                        if !matches!(left.class, Class::Digits | Class::Odd) {
                            let pair = pairs.entry((left.word, position)).or_insert(0);
                            *pair += 1;
                            let new = u32::from(*pair == 1);
                            let right = &mut counts[left.word as usize].right;
                            *right = (right.0 + new, right.1 + 1);
                            let left = &mut counts[position as usize].left;
                            *left = (left.0 + new, left.1 + 1);
                        }
                    }
                }
            }
            seen.push(Seen {
                at: at as u32,
                word: position,
                class,
                stop: is_stop(word),
                length: lengths(token),
            });
        }
        ends.push(seen.len());
    }
    (counts, seen, ends)
}

/// Collects and scores the phrases. Two phrases are the same if they are equal in lower case.
fn collect(
    document: &Document,
    words: &Words,
    options: &Options,
    scratch: &mut Scratch,
    counts: &[Count],
    seen: &[Seen],
    ends: &[usize],
) {
    let Scratch { slots, sequences, pairs, phrases, .. } = scratch;
    sequences.clear();
    slots.clear();
    let mut first: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    for &end in ends {
        for from in start..end {
            if seen[from].stop {
                continue;
            }
            let (mut number, mut length) = (EMPTY, 0);
            for to in from..end.min(from.saturating_add(options.max_words())) {
                let token = seen[to];
                if matches!(token.class, Class::Digits | Class::Punctuation | Class::Odd) {
                    break;
                }
                number = sequences.next(number, words.of(document.tokens[token.at as usize]).term);
                length += token.length;
                if token.stop || length < 3 {
                    continue;
                }
                if let Some(position) = slots.get(number) {
                    phrases.list[position].count += 1;
                } else {
                    slots.set(number, phrases.list.len());
                    first.push((from, to + 1));
                    let len = token.at + 1 - seen[from].at;
                    phrases.list.push(Phrase { at: seen[from].at, len, score: 0.0, count: 1, entity: None });
                }
            }
        }
        start = end;
    }
    for (phrase, &(from, to)) in phrases.list.iter_mut().zip(&first) {
        let (mut product, mut sum) = (1.0, 0.0);
        for at in from..to {
            let word = &counts[seen[at].word as usize];
            if seen[at].stop {
                // A stop word is never at an end of a phrase, so it has both neighbours.
                let (before, after) = (seen[at - 1].word, seen[at + 1].word);
                let pair = |a, b| f64::from(pairs.get(&(a, b)).copied().unwrap_or(0));
                let likely = pair(before, seen[at].word) / counts[before as usize].times
                    * (pair(seen[at].word, after) / counts[after as usize].times);
                product *= 1.0 + (1.0 - likely);
                sum -= 1.0 - likely;
            } else {
                product *= word.score;
                sum += word.score;
            }
        }
        // Stop words alone may sum to -1, which would lead to a division by zero.
        if (sum + 1.0).abs() < f64::EPSILON {
            sum = OTHERWISE_ZERO;
        }
        phrase.score = product / (f64::from(phrase.count) * (1.0 + sum));
    }
}

fn score_words(counts: &mut [Count], sentences: usize) {
    let content: Vec<f64> = counts.iter().filter(|word| word.content).map(|word| word.times).collect();
    let number = content.len().max(1) as f64;
    let mean = content.iter().sum::<f64>() / number;
    let deviation = (content.iter().map(|count| (count - mean).powi(2)).sum::<f64>() / number).sqrt();
    let most = counts.iter().map(|word| word.times).fold(0.0, f64::max);
    for word in counts {
        let case = word.acronyms.max(word.capitals) / (1.0 + word.times.ln());
        let (low, high) =
            (word.sentences[(word.sentences.len() - 1) / 2], word.sentences[word.sentences.len() / 2]);
        let position = (3.0 + f64::from(low + high) / 2.0).ln().ln();
        let frequency = word.times / (mean + deviation);
        let spread =
            |(distinct, all): (u32, u32)| if all == 0 { 0.0 } else { f64::from(distinct) / f64::from(all) };
        let related = 1.0 + (spread(word.right) + spread(word.left)) * (word.times / most);
        let share = word.sentences.len() as f64 / sentences as f64;
        word.score = (related * position) / (case + frequency / related + share / related);
    }
}
