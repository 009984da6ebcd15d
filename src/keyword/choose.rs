//! Which ranked phrases add something to the better ones?
//!
//! A phrase is skipped if a better one contains it or is contained in it; with YAKE, if its
//! spelling is similar to that of a better one. Both checks are look-ups, so choosing a million
//! phrases takes no longer than ranking them.

use super::phrase::EMPTY;
use crate::hash::{Map, Set};

/// The phrases chosen so far, indexed by the sequences of lemmas that they contain.
#[derive(Debug, Default)]
pub(super) struct ChosenLemmas {
    /// Numbers of sequences. A sequence is identified by the number of all its lemmas but the last,
    /// and the last lemma.
    numbers: Map<(u32, u32), u32>,
    /// The sequences that are chosen phrases, and those that occur within one.
    whole: Set<u32>,
    inside: Set<u32>,
    /// The phrases longer than [`INDEXED`], and by number of a sequence of that length: those that
    /// contain it, and those that begin with it.
    long: Vec<Vec<u32>>,
    holding: Map<u32, Vec<usize>>,
    opening: Map<u32, Vec<usize>>,
}

/// The length up to which sequences of lemmas are looked up. Longer ones are compared if their
/// first lemmas, as many as this, agree.
const INDEXED: usize = 16;

impl ChosenLemmas {
    /// Whether a chosen phrase contains this one or is contained in it.
    pub(super) fn overlaps(&self, lemmas: &[u32]) -> bool {
        (0..lemmas.len()).any(|start| {
            let mut number = EMPTY;
            for (length, &lemma) in (1..).zip(&lemmas[start..]).take(INDEXED) {
                let Some(&next) = self.numbers.get(&(number, lemma)) else { return false };
                number = next;
                let all = start == 0 && length == lemmas.len();
                if self.whole.contains(&number) || all && self.inside.contains(&number) {
                    return true;
                }
            }
            let longer = |found: Option<&Vec<usize>>, fits: &dyn Fn(&[u32]) -> bool| {
                found.into_iter().flatten().any(|&at| fits(&self.long[at]))
            };
            longer(self.opening.get(&number), &|chosen| lemmas[start..].starts_with(chosen))
                || start == 0 && longer(self.holding.get(&number), &|chosen| within(lemmas, chosen))
        })
    }

    pub(super) fn add(&mut self, lemmas: &[u32]) {
        let position = self.long.len();
        let is_long = lemmas.len() > INDEXED;
        if is_long {
            self.long.push(lemmas.to_vec());
        }
        for start in 0..lemmas.len() {
            let mut number = EMPTY;
            let mut length = 0;
            for &lemma in lemmas[start..].iter().take(INDEXED) {
                let next = self.numbers.len() as u32;
                number = *self.numbers.entry((number, lemma)).or_insert(next);
                self.inside.insert(number);
                length += 1;
            }
            if is_long && length == INDEXED {
                let holding = self.holding.entry(number).or_default();
                if holding.last() != Some(&position) {
                    holding.push(position);
                }
                if start == 0 {
                    self.opening.entry(number).or_default().push(position);
                }
            } else if start == 0 {
                self.whole.insert(number);
            }
        }
    }
}

/// Whether a sequence occurs within another.
fn within(part: &[u32], whole: &[u32]) -> bool {
    !part.is_empty() && whole.windows(part.len()).any(|window| window == part)
}

/// The phrases chosen so far, indexed by their spelling in lower case.
///
/// Two strings are similar if their edit distance is less than a tenth of the length of the longer
/// one. If a string is cut into one piece more than the maximum number of edits, at least one piece
/// also occurs in any similar string, shifted by at most that number of characters. So only strings
/// that share a piece are compared (Li, Deng, Wang and Feng 2011).
#[derive(Debug, Default)]
pub(super) struct ChosenSpellings {
    texts: Vec<Vec<char>>,
    exact: Set<Vec<char>>,
    /// By the length of a string, the number of a piece, and the characters of the piece: the
    /// strings with this piece.
    pieces: Map<(usize, usize, Vec<char>), Vec<usize>>,
    lengths: Set<usize>,
}

/// The maximum length of strings that can be similar without being equal.
const LONGEST: usize = 256;

impl ChosenSpellings {
    /// Whether the spelling is similar to that of a chosen phrase.
    pub(super) fn has_similar(&self, text: &str) -> bool {
        let text = letters(text);
        if self.exact.contains(&text) {
            return true;
        }
        if text.len() > LONGEST {
            return false;
        }
        let most = edits(text.len() + text.len() / 9 + 1);
        let lengths = text.len().saturating_sub(most)..=text.len() + most;
        lengths.filter(|length| self.lengths.contains(length)).any(|length| {
            let edits = edits(length.max(text.len()));
            pieces(length).enumerate().any(|(nth, (start, end))| {
                let starts = start.saturating_sub(edits)..=start + edits;
                starts.filter(|&at| at + end - start <= text.len()).any(|at| {
                    let key = (length, nth, text[at..at + end - start].to_vec());
                    let found = self.pieces.get(&key);
                    found.into_iter().flatten().any(|&other| similar(&self.texts[other], &text))
                })
            })
        })
    }

    pub(super) fn add(&mut self, text: &str) {
        let text = letters(text);
        if text.len() <= LONGEST {
            for (nth, (start, end)) in pieces(text.len()).enumerate() {
                let key = (text.len(), nth, text[start..end].to_vec());
                self.pieces.entry(key).or_default().push(self.texts.len());
            }
            self.lengths.insert(text.len());
            self.texts.push(text.clone());
        }
        self.exact.insert(text);
    }
}

fn letters(text: &str) -> Vec<char> {
    text.to_lowercase().chars().collect()
}

/// The maximum number of edits between two similar strings, given the length of the longer one.
fn edits(length: usize) -> usize {
    length.div_ceil(10).saturating_sub(1)
}

/// The pieces that a string of this length is cut into: one more than the maximum number of edits
/// to a similar string.
fn pieces(length: usize) -> impl Iterator<Item = (usize, usize)> {
    let count = (edits(length + length / 9 + 1) + 1).min(length.max(1));
    (0..count).map(move |nth| (nth * length / count, (nth + 1) * length / count))
}

/// Whether one minus the edit distance (Levenshtein 1966) divided by the length of the longer
/// string is above 0.9.
fn similar(a: &[char], b: &[char]) -> bool {
    let most = edits(a.len().max(b.len()));
    if a.len().abs_diff(b.len()) > most {
        return false;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()] <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_occurs_within_a_longer_one() {
        assert!(within(&[2, 3], &[1, 2, 3]));
        assert!(!within(&[1, 3], &[1, 2, 3]));
        assert!(!within(&[], &[1]));
    }

    /// Pseudo-random numbers.
    fn random() -> impl FnMut(usize) -> usize {
        let mut state = 7_u64;
        move |below| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        }
    }

    #[test]
    fn overlaps_are_those_that_a_comparison_with_all_phrases_finds() {
        let mut next = random();
        for _ in 0..200 {
            let (mut by_lemmas, mut chosen) = (ChosenLemmas::default(), Vec::<Vec<u32>>::new());
            for _ in 0..60 {
                let longest = [4, 40][next(2)];
                let lemmas: Vec<u32> = (0..=next(longest)).map(|_| next(2) as u32).collect();
                let expected = chosen.iter().any(|other| within(other, &lemmas) || within(&lemmas, other));
                assert_eq!(by_lemmas.overlaps(&lemmas), expected, "{lemmas:?} after {chosen:?}");
                if !expected || next(3) == 0 {
                    by_lemmas.add(&lemmas);
                    chosen.push(lemmas);
                }
            }
        }
    }

    #[test]
    fn similar_spellings_are_those_that_a_comparison_with_all_finds() {
        let mut next = random();
        for _ in 0..100 {
            let (mut by_spelling, mut chosen) = (ChosenSpellings::default(), Vec::<Vec<char>>::new());
            let stem: String = (0..next(60)).map(|_| ['a', 'b', 'é'][next(3)]).collect();
            for _ in 0..60 {
                let mut text: Vec<char> = stem.chars().collect();
                for _ in 0..next(8) {
                    let at = next(text.len() + 1);
                    match next(3) {
                        0 => text.insert(at, 'c'),
                        1 if at < text.len() => text[at] = 'd',
                        _ if at < text.len() => drop(text.remove(at)),
                        _ => {}
                    }
                }
                let text: String = text.into_iter().collect();
                let expected = chosen.iter().any(|other| similar(other, &letters(&text)));
                assert_eq!(by_spelling.has_similar(&text), expected, "{text} after {chosen:?}");
                by_spelling.add(&text);
                chosen.push(letters(&text));
            }
        }
    }

    #[test]
    fn similarity_is_one_minus_the_share_of_edits() {
        assert!(similar(&letters("train station"), &letters("train stations")));
        assert!(similar(&letters("Same"), &letters("same")));
        assert!(!similar(&letters("stations"), &letters("station")));
    }
}
