//! What does a sentence look like to the rules?
//!
//! The pieces of its tokens, in which the words and digits of a number have become one. Cost:
//! linear in the sentence.

use super::grammar::{Class, Grammar, Word};
use super::word::{Piece, Shape};

/// A token of a sentence: its first byte, and its pieces.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen<'a> {
    pub(super) start: u32,
    pub(super) pieces: &'a [Piece],
    pub(super) len: u32,
}

/// A piece of a sentence, or a number of several.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) word: Word,
    pub(super) shape: Shape,
}

/// Reads the items of a sentence into a buffer.
pub(super) fn items<'a>(grammar: &Grammar, tokens: impl Iterator<Item = Seen<'a>>, items: &mut Vec<Item>) {
    items.clear();
    for token in tokens {
        if token.pieces.is_empty() {
            let (word, shape) = (Word::default(), Shape::default());
            items.push(Item { start: token.start, end: token.start + token.len, word, shape });
        }
        let alone = token.pieces.len() == 1;
        for piece in token.pieces {
            items.push(Item {
                start: token.start + u32::from(piece.start),
                end: token.start + if alone { token.len } else { u32::from(piece.end) },
                word: piece.word,
                shape: piece.shape,
            });
        }
    }
    join_numbers(grammar, items);
}

/// The words that numbers are made of.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
enum Joint {
    And = 1,
    A,
    Of,
    Half,
    Hyphen,
    Slash,
}

fn is(item: Option<&Item>, joint: Joint) -> bool {
    item.is_some_and(|item| item.word.is(Class::Joint) && item.word.value == joint as i32)
}

/// Replaces the words of each number by one item.
fn join_numbers(grammar: &Grammar, items: &mut Vec<Item>) {
    const STARTS: u64 = Class::Num.bit() | Class::Multiple.bit();
    if !items.iter().any(|item| item.word.classes & STARTS != 0) {
        return;
    }
    let (mut read, mut written) = (0, 0);
    while read < items.len() {
        let (item, next) = number_at(grammar, items, read).unwrap_or((items[read], read + 1));
        items[written] = item;
        written += 1;
        read = next;
    }
    items.truncate(written);
}

/// The number that begins at an item, and the item after it; `None` if none of two or more begins
/// there.
#[expect(clippy::too_many_lines, reason = "one step for each part of a number")]
fn number_at(grammar: &Grammar, items: &[Item], at: usize) -> Option<(Item, usize)> {
    let first = items[at];
    let is_word = |item: &Item| item.word.is(Class::Number) && !item.word.is(Class::Dom);
    let article = is(items.get(at), Joint::A);
    let second = items.get(at + 1)?;
    let merged = |classes: u64, value: i32, more: u8, next: usize| {
        let word = grammar.finish(Word { classes, value, more, ..Word::default() });
        let item = Item {
            start: first.start,
            end: items[next - 1].end,
            word,
            shape: Shape { mark: '\0', ..first.shape },
        };
        Some((item, next))
    };
    if article {
        // `a hundred`, `a few`, `a couple of`.
        if second.word.is(Class::Multiple) {
            return merged(Class::Num.bit(), second.word.value, 0, at + 2);
        }
        if second.word.is(Class::Fuzzy) && second.word.value == 2 {
            return merged(Class::Num.bit() | Class::Fuzzy.bit(), 0, 0, at + 2);
        }
        if is_word(second) && second.word.value < 0 {
            let next = at + 2 + usize::from(is(items.get(at + 2), Joint::Of));
            return merged(Class::Num.bit(), -second.word.value, 0, next);
        }
        return None;
    }
    if first.word.is(Class::Fuzzy) && second.word.is(Class::Multiple) {
        return merged(Class::Num.bit() | Class::Fuzzy.bit(), 0, 0, at + 2);
    }
    if first.word.is(Class::Fuzzy) && first.word.value == 3 && is(Some(second), Joint::Of) {
        return merged(Class::Num.bit() | Class::Fuzzy.bit(), 0, 0, at + 2);
    }
    if !first.word.is(Class::Num) || first.word.is(Class::Fuzzy) || first.word.value < 0 {
        return None;
    }
    let (mut value, mut more, mut next) = (first.word.value, first.word.more, at + 1);
    if is_word(&first) {
        // `nineteen ninety-seven` is a year.
        if (10..=20).contains(&value) && is_word(second) && (10..=99).contains(&second.word.value) {
            let mut low = second.word.value;
            let mut end = at + 2;
            let ones = end + usize::from(is(items.get(end), Joint::Hyphen));
            if low % 10 == 0
                && low > 10
                && items.get(ones).is_some_and(|ones| is_word(ones) && (1..=9).contains(&ones.word.value))
            {
                low += items[ones].word.value;
                end = ones + 1;
            }
            return merged(Class::Year.bit(), value * 100 + low, 0, end);
        }
        let (mut total, mut part) = (0_i32, value);
        while let Some(item) = items.get(next) {
            let hyphen = is(Some(item), Joint::Hyphen) && part % 10 == 0 && part > 0;
            let and = is(Some(item), Joint::And) && part % 100 == 0 && part > 0
                || is(Some(item), Joint::And) && total > 0 && part == 0;
            let after = if hyphen || and { items.get(next + 1) } else { Some(item) };
            let Some(after) = after else { break };
            let skip = usize::from(hyphen || and);
            if after.word.is(Class::Multiple) && !hyphen && !and {
                if after.word.value == 100 && part < 100 {
                    part *= 100;
                } else if after.word.value == 1000 && total == 0 && part < 1000 {
                    (total, part) = (part * 1000, 0);
                } else {
                    break;
                }
            } else if is_word(after)
                && (part % 100 == 0 && part > 0 && after.word.value < 100 && !hyphen
                    || part == 0 && total > 0
                    || part % 10 == 0 && part % 100 >= 20 && (1..=9).contains(&after.word.value) && !and)
            {
                part += after.word.value;
            } else {
                break;
            }
            next += 1 + skip;
        }
        value = total + part;
        // `twenty-first`.
        let last = next + usize::from(is(items.get(next), Joint::Hyphen));
        let ordinal = items.get(last).filter(|item| item.word.is(Class::Ordinal) && item.word.value < 10);
        if let Some(ordinal) = ordinal.filter(|_| part % 10 == 0 && part % 100 >= 20) {
            return merged(Class::Ordinal.bit(), value + ordinal.word.value, 0, last + 1);
        }
    } else if second.word.is(Class::Multiple) {
        value = value.saturating_mul(second.word.value);
        next += 1;
    }
    // `2 1/2`, `2 and a half`.
    let slashed = |at: usize| {
        let [one, slash, two] = items.get(at..at + 3)? else { return None };
        let halves =
            one.word.value == 1 && two.word.value == 2 && one.word.is(Class::Num) && two.word.is(Class::Num);
        (halves && is(Some(slash), Joint::Slash)).then_some(at + 3)
    };
    if let Some(end) =
        slashed(next).or_else(|| slashed(next + usize::from(is(items.get(next), Joint::Hyphen))))
    {
        (more, next) = (50, end);
    } else if items
        .get(next)
        .is_some_and(|item| item.word.is(Class::Num) && item.word.value == 0 && item.word.more == 50)
    {
        (more, next) = (50, next + 1);
    } else if let Some(end) = half_after(items, next) {
        (more, next) = (50, end);
    }
    if next == at + 1 {
        return None;
    }
    merged(Class::Num.bit(), value, more, next)
}

/// The item after `and a half`, with or without hyphens, if that is at an item.
fn half_after(items: &[Item], at: usize) -> Option<usize> {
    let mut next = at;
    for joint in [Joint::And, Joint::A, Joint::Half] {
        next += usize::from(is(items.get(next), Joint::Hyphen));
        if !is(items.get(next), joint) {
            return None;
        }
        next += 1;
    }
    Some(next)
}
