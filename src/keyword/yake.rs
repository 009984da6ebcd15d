//! YAKE (Campos, Mangaravite, Pasquali, Jorge, Nunes & Jatowt 2020).
//!
//! A word scores low, which is good, where it has a capital, stands early, often, in many sentences, and among the same
//! neighbours: `S = rel · pos / (case + freq / rel + sent / rel)`. A phrase scores `Π S / (count · (1 + Σ S))`, where a stop word
//! within it counts as `1 + (1 − p)` in the product and `−(1 − p)` in the sum, `p` being how likely its neighbours are to stand
//! beside it.
//!
//! Where the paper leaves room, this follows the reference tools: words of one singular (less a last `s`) are one word; words
//! of fewer than three characters are stop words; numbers and words mixed of letters and digits are in no phrase; a word is a
//! capital one where only its first letter is and it does not open the sentence. A possessive `'s` is passed over.

use super::document::Document;
use super::options::Options;
use super::phrase::{EMPTY, Phrase};
use super::scratch::Scratch;
use super::word::{Word, Words};
use crate::text::TokenKind;

/// What a word is to YAKE.
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

/// What is counted of a word.
#[derive(Debug, Clone, Default)]
struct Count {
    times: f64,
    acronyms: f64,
    capitals: f64,
    /// Whether one of its spellings is no stop word.
    content: bool,
    /// The sentences that it stands in.
    sentences: Vec<u32>,
    /// Neighbours on the left and right: distinct ones, and all.
    left: (u32, u32),
    right: (u32, u32),
    score: f64,
}

fn is_stop(word: &Word) -> bool {
    word.is(Word::STOP | Word::SHORT)
}

/// A token of the document: its place there, its word's place among the counts, its class.
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

/// Counts words and neighbours: the counts, the tokens that were seen, and where each sentence of them ends.
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
            let mut place = u32::MAX;
            if class == Class::Punctuation {
                window_from = here + 1;
            } else {
                place = slots.get(word.lemma).unwrap_or_else(|| {
                    slots.set(word.lemma, counts.len());
                    counts.push(Count::default());
                    counts.len() - 1
                }) as u32;
                let count = &mut counts[place as usize];
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
                            let pair = pairs.entry((left.word, place)).or_insert(0);
                            *pair += 1;
                            let new = u32::from(*pair == 1);
                            let right = &mut counts[left.word as usize].right;
                            *right = (right.0 + new, right.1 + 1);
                            let left = &mut counts[place as usize].left;
                            *left = (left.0 + new, left.1 + 1);
                        }
                    }
                }
            }
            seen.push(Seen {
                at: at as u32,
                word: place,
                class,
                stop: is_stop(word),
                length: lengths(token),
            });
        }
        ends.push(seen.len());
    }
    (counts, seen, ends)
}

/// The phrases and their scores. The same spelling in lower case is the same phrase.
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
                if let Some(place) = slots.get(number) {
                    phrases.list[place].count += 1;
                } else {
                    slots.set(number, phrases.list.len());
                    first.push((from, to + 1));
                    let len = token.at + 1 - seen[from].at;
                    phrases.list.push(Phrase { at: seen[from].at, len, score: 0.0, count: 1 });
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
                // A stop word neither opens nor closes a phrase: both neighbours are there.
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
        // Stop words alone may sum up to -1: the phrase would be divided by nothing.
        if (sum + 1.0).abs() < f64::EPSILON {
            sum = 0.999_999_999;
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
