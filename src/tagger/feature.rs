//! What does the tagger see of a sentence?
//!
//! Nearly all features belong to a single word, seen from a distance of up to two tokens: its
//! letters, its shape, its affixes, its clusters. Their weights can be summed once for each
//! distinct word and distance, so that tagging a token is a sum of five short vectors. Only a few
//! features combine neighbouring words; these are computed from a few numbers that are stored for
//! each word.

use std::borrow::Cow;

use super::cluster::{ClusterTable, Clusters};
use super::hash::{hash, mix};
use super::network::{Codes, Look};
use super::window::DISTANCES;

/// The seats of a word, which are the positions from which its features are seen: each distance,
/// and each distance once more if the word is seen by a capitalised word.
pub(crate) const SEATS: usize = 2 * DISTANCES;

/// The seat of features that combine a word with its neighbours.
pub(crate) const JOINED: usize = SEATS;

/// The marks that indicate the kind of a neighbouring name, whether or not the word has a capital.
const CUES: u16 = 0b0011_1111_1000_0000;

/// The properties of a word from which joint features are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Essence {
    /// The lower-case word.
    pub(crate) lower: u64,
    /// The shape.
    pub(crate) shape: u64,
    /// The coarsest cluster, or the Brown cluster if there is none.
    pub(crate) cluster: u64,
    /// Whether it begins with a capital.
    pub(crate) capital: bool,
    /// The marks; those for names only if the word has a capital.
    pub(crate) marks: u16,
}

/// The neighbour before the first word and after the last word.
pub(crate) const EDGE: Essence = Essence { lower: 1, shape: 1, cluster: 1, capital: false, marks: 0 };

/// The number of joint features.
pub(crate) const JOINS: usize = 9;

/// The joint features of a word and its neighbours, if the word or one of its neighbours has a
/// capital. Elsewhere they would add little, and nearly half of all words are elsewhere.
#[inline]
pub(crate) fn joins(before: Essence, word: Essence, following: Essence, first: bool) -> Option<[u64; JOINS]> {
    if !(before.capital || word.capital || following.capital) {
        return None;
    }
    let join = |name: u64, a: u64, b: u64| mix(mix(0x6a6f_696e + name, a), b);
    Some([
        join(1, before.lower, word.lower),
        join(2, word.lower, following.lower),
        join(3, mix(before.shape, word.shape), following.shape),
        join(4, mix(before.cluster, word.cluster), following.cluster),
        join(5, before.cluster, word.shape),
        join(6, word.shape, following.cluster),
        join(8, mix(before.shape, u64::from(before.marks)), mix(word.shape, u64::from(word.marks))),
        join(9, mix(word.shape, u64::from(word.marks)), mix(following.shape, u64::from(following.marks))),
        join(7, word.shape, mix(word.cluster, u64::from(first))),
    ])
}

/// How many characters of a word its shape reads.
const LONGEST_SHAPE: usize = 40;

/// The shape of a word: capitals as X, lower-case letters as x, digits as d, with runs shortened to
/// two.
pub(crate) fn shape(word: &str) -> String {
    let mut shape = String::new();
    let (mut last, mut run) = ('\0', 0);
    for c in word.chars().take(LONGEST_SHAPE) {
        let mark = if c.is_uppercase() {
            'X'
        } else if c.is_alphabetic() {
            'x'
        } else if c.is_numeric() {
            'd'
        } else {
            c
        };
        run = if mark == last { run + 1 } else { 1 };
        last = mark;
        if run <= 2 {
            shape.push(mark);
        }
    }
    shape
}

/// A word as the training texts would print it: with straight quotes and apostrophes, and without
/// the full stop after an abbreviation, which some newspapers print and some do not (`Mr`, `Mr.`).
/// All e-mail addresses are mapped to one word, and all web addresses to another.
fn plain(word: &str) -> Cow<'_, str> {
    if word.find('@').is_some_and(|at| at > 0 && word[at..].contains('.')) {
        return "someone@example.com".into();
    }
    if word.contains("://") || word.starts_with("www.") {
        return "http://example.com".into();
    }
    let mut plain = Cow::Borrowed(word);
    if word.contains(['’', '‘', '“', '”']) {
        plain = word.replace(['’', '‘'], "'").replace(['“', '”'], "\"").into();
    }
    let bare = plain.trim_end_matches('.');
    if bare.len() + 1 == plain.len() && bare.len() > 1 && !bare.contains('.') {
        plain = bare.to_owned().into();
    }
    plain
}

/// The maximum length of an affix.
const AFFIX: usize = 4;

/// The positions of the first and last letters of a word.
struct Affixes<'a> {
    word: &'a str,
    /// The number of letters, counted up to one more than the longest affix.
    letters: usize,
    /// Where each prefix ends and each suffix begins, by length.
    ends: [usize; AFFIX + 1],
    starts: [usize; AFFIX + 1],
}

impl<'a> Affixes<'a> {
    fn of(word: &'a str) -> Self {
        let (mut letters, mut ends, mut starts) = (0, [word.len(); AFFIX + 1], [0; AFFIX + 1]);
        for (length, (at, _)) in word.char_indices().take(AFFIX + 1).enumerate() {
            (letters, ends[length]) = (length + 1, at);
        }
        starts[0] = word.len();
        for (start, (at, _)) in starts[1..].iter_mut().zip(word.char_indices().rev()) {
            *start = at;
        }
        Self { word, letters, ends, starts }
    }

    /// The first `length` letters, or fewer in a shorter word.
    fn prefix(&self, length: usize) -> &'a str {
        &self.word[..self.ends[length]]
    }

    /// The last `length` letters, or fewer in a shorter word.
    fn suffix(&self, length: usize) -> &'a str {
        &self.word[self.starts[length]..]
    }
}

/// Calls `see` with each feature of a word, and the seats (as bits, from two tokens before to two
/// tokens after) from which it is seen. Returns the properties of the word that joint features and
/// the network need.
pub(crate) fn features(
    word: &str,
    clusters: &ClusterTable,
    mut see: impl FnMut(u64, u16),
) -> (Essence, Codes) {
    const HERE: u16 = 0b00100;
    const NEAR: u16 = 0b01110 | 0b01010 << DISTANCES;
    const ALL: u16 = 0b11111 | 0b11011 << DISTANCES;
    let plain = plain(word);
    let word = plain.as_ref();
    let lower = word.to_lowercase();
    let shape = shape(word);
    let known = clusters.of(word, &lower);
    let Clusters { fine, middle, coarse, brown, marks, .. } = known;
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let mut text = |name: u64, value: &str, distances: u16| see(hash(name, value.as_bytes()), distances);
    text(2, word, NEAR);
    text(3, &lower, ALL);
    text(4, &shape, ALL);
    let affixes = Affixes::of(&lower);
    let letters = affixes.letters;
    for length in 1..=AFFIX {
        if letters > length {
            text(10 + length as u64, affixes.prefix(length), HERE);
            text(20 + length as u64, affixes.suffix(length), if length == 3 { NEAR } else { HERE });
        }
    }
    let mut number = |name: u64, value: u16, distances: u16| see(mix(name, u64::from(value)), distances);
    if fine > 0 {
        number(30, fine, NEAR);
        number(31, middle, ALL);
        number(32, coarse, ALL);
    } else {
        number(33, u16::from(capital), NEAR);
    }
    if brown > 0 {
        number(40, brown, NEAR);
        number(41, brown & 0x3ff, HERE);
        number(42, brown & 0x3f, ALL);
        number(43, brown & 0xf, NEAR);
    }
    let mut title = None;
    let all_caps = capital && letters > 2 && !word.chars().any(char::is_lowercase);
    if all_caps {
        // For headlines, for example: the word as it would be with only its first letter
        // capitalised.
        let spelt: String = word.chars().take(1).chain(lower.chars().skip(1)).collect();
        let other = clusters.of(&spelt, &lower).brown;
        title = Some(other);
        number(46, other & 0x3f, ALL);
        number(47, other, NEAR);
    }
    let marks = if capital { marks } else { marks & CUES };
    for mark in (0..16).filter(|mark| marks >> mark & 1 == 1) {
        number(50 + mark, u16::from(capital), ALL);
    }
    if marks > 0 {
        number(70, marks, NEAR);
    }
    let shape = hash(6, shape.as_bytes());
    let codes = Look {
        clusters: &known,
        marks,
        shape,
        prefix: hash(8, affixes.prefix(3).as_bytes()),
        suffix: hash(9, affixes.suffix(3).as_bytes()),
        capital,
        title,
    }
    .codes();
    let essence = Essence {
        lower: hash(5, lower.as_bytes()),
        shape,
        capital,
        marks,
        cluster: if coarse > 0 { u64::from(coarse) } else { mix(7, u64::from(brown & 0x3f)) },
    };
    (essence, codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_keep_what_matters() {
        assert_eq!(shape("McDonald"), "XxXxx");
        assert_eq!(shape("U.S."), "X.X.");
        assert_eq!(shape("1,000"), "d,dd");
        assert_eq!(shape(""), "");
    }

    #[test]
    fn a_listed_name_has_more_marks_with_a_capital() {
        let clusters =
            ClusterTable::new([], Vec::new(), [], [("rose".to_owned(), 1), ("river".to_owned(), 1 << 10)]);
        let marks = |word: &str| features(word, &clusters, |_, _| ()).0.marks;
        assert_eq!([marks("Rose"), marks("rose")], [1, 0]);
        assert_eq!([marks("River"), marks("river")], [1 << 10, 1 << 10]);
        assert_eq!(marks("Stone"), 0);
    }

    #[test]
    fn affixes_are_the_first_and_the_last_letters() {
        for word in ["", "é", "ab", "äöü", "abcd", "éabcé", "abcdefgh"] {
            let (affixes, letters) = (Affixes::of(word), word.chars().collect::<Vec<_>>());
            assert_eq!(affixes.letters, letters.len().min(AFFIX + 1), "{word}");
            for length in 0..=AFFIX {
                let kept = length.min(letters.len());
                assert_eq!(affixes.prefix(length), letters[..kept].iter().collect::<String>(), "{word}");
                let rest = &letters[letters.len() - kept..];
                assert_eq!(affixes.suffix(length), rest.iter().collect::<String>(), "{word}");
            }
        }
    }

    #[test]
    fn every_word_has_features_and_none_panics() {
        for word in ["", "\0", "é", "日本", "x".repeat(1000).as_str(), "İ"] {
            let mut seen = 0;
            features(word, &ClusterTable::default(), |_, _| seen += 1);
            assert!(seen >= 4, "{word}");
        }
    }
}
