//! Which part of speech is a word?
//!
//! A hidden Markov model over fourteen coarse tags, decoded by the Viterbi algorithm. The shares of
//! the tags of a word come from a list and from its ending, or from its ending alone if the list
//! does not contain it. A capital is evidence for a name, but weaker evidence at the beginning of a
//! sentence. The list and the transitions are in `data/en/tags.txt`.
//!
//! Cost: 14 × 14 additions per token.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::batch::Static;
use crate::language::{is_familiar, sections};
use crate::text::TokenKind;

/// A part of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Tag {
    Noun = 0,
    Name = 1,
    Adjective = 2,
    Verb = 3,
    Gerund = 4,
    Participle = 5,
    Adverb = 6,
    Determiner = 7,
    Preposition = 8,
    Conjunction = 9,
    Number = 10,
    Pronoun = 11,
    Particle = 12,
    Mark = 13,
}

const TAGS: usize = 14;
/// The letters of the tags in `data/en/tags.txt`, in the order of [`Tag`].
const LETTERS: &str = "NPJVGDRTICUOMX";

const ALL: [Tag; TAGS] = [
    Tag::Noun,
    Tag::Name,
    Tag::Adjective,
    Tag::Verb,
    Tag::Gerund,
    Tag::Participle,
    Tag::Adverb,
    Tag::Determiner,
    Tag::Preposition,
    Tag::Conjunction,
    Tag::Number,
    Tag::Pronoun,
    Tag::Particle,
    Tag::Mark,
];

type Weights = [f32; TAGS];

/// The weight of the listed shares of a word in lower case, against the shares of its ending.
const LISTED: f32 = 0.95;
/// The weight of the ending of the last part of a word with a hyphen, against an adjective.
const LAST_PART: f32 = 0.5;
/// Inside a sentence: the weight of the listed shares of a word with a capital, against those of
/// names; and of names, against the word in lower case, if the word is not listed with a capital.
const LISTED_CAPITAL: f32 = 0.9;
const NAME_INSIDE: f32 = 0.9;
/// At the beginning of a sentence: the weight of a known word in lower case, against its shares
/// inside a sentence, and the same if all its letters are capitals; and the weight of names,
/// against the word in lower case, if the word is not known.
const KNOWN_OPENING: f32 = 0.75;
const KNOWN_SHOUTED: f32 = 0.3;
const NAME_OPENING: f32 = 0.75;
/// Added to the share and to the prior of a tag, so that no weight is infinite.
const SHARE_SMOOTHING: f32 = 1e-4;
const PRIOR_SMOOTHING: f32 = 1e-3;

/// The weights of the tags of a word, inside a sentence and at its beginning, as positions in
/// [`Emissions`].
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Emission {
    inside: u32,
    opening: u32,
}

/// The distinct vectors of weights that words have.
#[derive(Debug, Default)]
pub(crate) struct Emissions {
    weights: Vec<Weights>,
    numbers: HashMap<[u32; TAGS], u32, FxBuildHasher>,
}

struct Model {
    lower: HashMap<&'static str, Weights, FxBuildHasher>,
    capital: HashMap<&'static str, Weights, FxBuildHasher>,
    suffixes: HashMap<&'static str, Weights, FxBuildHasher>,
    /// Log probabilities of the transitions from each tag, and from the start of a sentence, to
    /// each tag.
    transitions: [Weights; TAGS + 1],
    prior: Weights,
    name: Weights,
}

static MODEL: Static<Model> = Static::new(|| {
    let mut model = Model {
        lower: HashMap::default(),
        capital: HashMap::default(),
        suffixes: HashMap::default(),
        transitions: [[0.0; TAGS]; TAGS + 1],
        prior: [0.0; TAGS],
        name: [0.0; TAGS],
    };
    let mut row = 0;
    for (section, line) in sections(include_str!("../data/en/tags.txt")) {
        let (key, value) = line.split_once(' ').unwrap_or((line, ""));
        match section {
            "lower" => drop(model.lower.insert(key, shares(value))),
            "capital" => drop(model.capital.insert(key, shares(value))),
            "suffix" => drop(model.suffixes.insert(key.trim_start_matches('-'), shares(value))),
            "transition" => {
                for (to, tenths) in value.split(' ').enumerate().take(TAGS) {
                    model.transitions[row][to] = -tenths.parse::<f32>().unwrap_or(90.0) / 10.0;
                }
                row = (row + 1).min(TAGS);
            }
            "prior" => {
                for (tag, part) in line.split(' ').enumerate().take(TAGS) {
                    model.prior[tag] =
                        part.get(1..).and_then(|part| part.parse::<f32>().ok()).unwrap_or(1.0) / 1000.0;
                }
            }
            _ => model.name = shares(line),
        }
    }
    model
});

/// Parses shares: `N6V3` means six ninths noun and three ninths verb.
fn shares(text: &str) -> Weights {
    let mut shares = [0.0; TAGS];
    let mut letters = text.chars();
    while let (Some(letter), Some(digit)) = (letters.next(), letters.next()) {
        if let (Some(tag), Some(share)) = (LETTERS.find(letter), digit.to_digit(10)) {
            shares[tag] = share as f32;
        }
    }
    let sum: f32 = shares.iter().sum();
    shares.map(|share| share / sum.max(1.0))
}

/// The shares of the tags of words with this ending.
fn by_ending(word: &str) -> Weights {
    let model = &*MODEL;
    for length in (1..=4).rev() {
        if let Some((at, _)) = word.char_indices().rev().nth(length - 1)
            && at > 0
            && let Some(&found) = model.suffixes.get(&word[at..])
        {
            return found;
        }
    }
    model.suffixes.get("").copied().unwrap_or(model.name)
}

fn mixed(a: &Weights, share: f32, b: &Weights) -> Weights {
    std::array::from_fn(|tag| a[tag] * share + b[tag] * (1.0 - share))
}

/// The shares of the tags of a word in lower case.
fn of_lower(word: &str) -> Weights {
    if let Some(&found) = MODEL.lower.get(word) {
        return mixed(&found, LISTED, &by_ending(word));
    }
    match word.rsplit_once('-') {
        Some((_, last)) => {
            let mut adjective = [0.0; TAGS];
            adjective[Tag::Adjective as usize] = 1.0;
            mixed(&by_ending(last), LAST_PART, &adjective)
        }
        None => by_ending(word),
    }
}

/// Whether every reader knows a word in lower case, or the word that it is a form of.
fn is_known(lower: &str) -> bool {
    let forms = ["", "s", "es", "d", "ed", "ing", "med", "ming", "ped", "ping"].into_iter();
    forms.filter_map(|end| lower.strip_suffix(end)).any(is_familiar)
}

/// The shares of a word in lower case, or of the word that it is a form of.
fn listed(lower: &str) -> Option<&'static Weights> {
    let stem = |end: &str| lower.strip_suffix(end).and_then(|stem| MODEL.lower.get(stem));
    MODEL
        .lower
        .get(lower)
        .or_else(|| stem("s"))
        .or_else(|| stem("es"))
        .or_else(|| stem("ed"))
        .or_else(|| stem("ing"))
}

/// Whether a word in lower case is an ordinary word rather than a name.
pub(crate) fn is_ordinary(lower: &str) -> bool {
    const ENDINGS: [&str; 8] = ["ing", "ed", "ly", "tion", "ness", "ment", "able", "ful"];
    const CONTRACTED: [&str; 8] = ["n't", "n’t", "'re", "’re", "'ll", "’ll", "'ve", "’ve"];
    listed(lower).map_or_else(
        || {
            (lower.len() > 6 && ENDINGS.iter().any(|ending| lower.ends_with(ending)))
                || CONTRACTED.iter().any(|ending| lower.ends_with(ending))
                || is_known(lower)
        },
        |shares| shares[Tag::Name as usize] < 0.3,
    )
}

/// Whether a word in lower case is often a verb, a participle, a pronoun or a particle.
pub(crate) fn is_verb(lower: &str) -> bool {
    let found = MODEL.lower.get(lower).copied();
    let is = |shares: Weights| {
        let tags = [Tag::Verb, Tag::Participle, Tag::Pronoun, Tag::Particle];
        tags.iter().map(|&tag| shares[tag as usize]).sum::<f32>() > 0.4
    };
    let stem = lower.strip_suffix('s').and_then(|stem| MODEL.lower.get(stem));
    if stem.is_some_and(|shares| shares[Tag::Verb as usize] > 0.3) {
        return true;
    }
    found.map_or_else(
        || lower.ends_with('s') && listed(lower).is_some_and(|&shares| shares[Tag::Verb as usize] > 0.15),
        is,
    )
}

fn only(tag: Tag, others: &[(Tag, f32)]) -> Weights {
    let mut weights = [0.0; TAGS];
    weights[tag as usize] = 1.0;
    for &(tag, share) in others {
        weights[tag as usize] = share;
    }
    weights
}

impl Emissions {
    /// The weights of the tags of a token, given its text, its text in lower case, and its kind.
    pub(crate) fn of(&mut self, text: &str, lower: &str, kind: TokenKind) -> Emission {
        match kind {
            TokenKind::Number => self.both(&only(Tag::Number, &[(Tag::Noun, 0.05), (Tag::Adjective, 0.1)])),
            TokenKind::Word | TokenKind::Abbreviation if text.starts_with(char::is_uppercase) => {
                let model = &*MODEL;
                let capital = model.capital.get(text);
                let shouted = text.chars().nth(1).is_some() && !text.chars().any(char::is_lowercase);
                let inside = capital.map_or_else(
                    || mixed(&model.name, NAME_INSIDE, &of_lower(lower)),
                    |found| mixed(found, LISTED_CAPITAL, &model.name),
                );
                // At the beginning of a sentence, adverbs are more frequent than names.
                let known = model.lower.contains_key(lower) || lower.ends_with("ly");
                let opening = match (known, capital) {
                    (true, _) => {
                        mixed(&of_lower(lower), if shouted { KNOWN_SHOUTED } else { KNOWN_OPENING }, &inside)
                    }
                    (false, Some(_)) => inside,
                    (false, None) => mixed(&model.name, NAME_OPENING, &of_lower(lower)),
                };
                Emission { inside: self.number(&inside), opening: self.number(&opening) }
            }
            TokenKind::Word | TokenKind::Abbreviation => self.both(&of_lower(lower)),
            _ => self.both(&only(Tag::Mark, &[])),
        }
    }

    /// The weights of the tags of a word that is perhaps followed by a capital. If one follows and
    /// the word is not a function word, its own capital counts as that of a name, even at the
    /// beginning of a sentence.
    pub(crate) fn before_capital(&self, emission: Emission, capital: bool) -> Emission {
        let weights = &self.weights[emission.opening as usize];
        let top = (0..TAGS).fold(0, |top, tag| if weights[tag] > weights[top] { tag } else { top });
        if capital && top <= Tag::Adverb as usize {
            return Emission { inside: emission.inside, opening: emission.inside };
        }
        emission
    }

    fn both(&mut self, weights: &Weights) -> Emission {
        let number = self.number(weights);
        Emission { inside: number, opening: number }
    }

    fn number(&mut self, shares: &Weights) -> u32 {
        let prior = &MODEL.prior;
        let weights: Weights = std::array::from_fn(|tag| {
            ((shares[tag] + SHARE_SMOOTHING) / (prior[tag] + PRIOR_SMOOTHING)).ln()
        });
        let next = self.weights.len() as u32;
        let all = &mut self.weights;
        *self.numbers.entry(weights.map(f32::to_bits)).or_insert_with(|| {
            all.push(weights);
            next
        })
    }

    /// Appends the tags of a sentence. If `shouted`, capitals are as weak evidence everywhere as
    /// they are at the beginning of a sentence.
    pub(crate) fn tag(
        &self,
        sentence: impl Iterator<Item = Emission>,
        shouted: bool,
        back: &mut Vec<[u8; TAGS]>,
        tags: &mut Vec<Tag>,
    ) {
        back.clear();
        let transitions = &MODEL.transitions;
        let mut best = [0.0_f32; TAGS];
        let mut opening = true;
        for emission in sentence {
            let number = if opening || shouted { emission.opening } else { emission.inside };
            let weights = &self.weights[number as usize];
            // Quotes and brackets may precede the first word.
            opening &= weights[Tag::Mark as usize] > 0.0;
            if back.is_empty() {
                best = std::array::from_fn(|to| transitions[TAGS][to] + weights[to]);
                back.push([0; TAGS]);
                continue;
            }
            let mut next = [f32::NEG_INFINITY; TAGS];
            let mut from_where = [0; TAGS];
            for (from, row) in transitions[..TAGS].iter().enumerate() {
                let reached = best[from];
                for to in 0..TAGS {
                    let score = reached + row[to];
                    if score > next[to] {
                        next[to] = score;
                        from_where[to] = from as u8;
                    }
                }
            }
            best = std::array::from_fn(|to| next[to] + weights[to]);
            back.push(from_where);
        }
        let first = tags.len();
        let mut at = (0..TAGS).fold(0, |top, tag| if best[tag] > best[top] { tag } else { top });
        for from in back.iter().rev() {
            tags.push(ALL[at]);
            at = from[at] as usize;
        }
        tags[first..].reverse();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenize;

    fn tagged(text: &str) -> String {
        let (mut tokens, mut emissions, mut tags) = (Vec::new(), Emissions::default(), Vec::new());
        tokenize(text, &mut tokens);
        let words: Vec<Emission> = tokens
            .iter()
            .map(|token| {
                let piece = &text[token.start as usize..token.end as usize];
                emissions.of(piece, &piece.to_lowercase(), token.kind)
            })
            .collect();
        emissions.tag(words.into_iter(), false, &mut Vec::new(), &mut tags);
        tags.iter().filter_map(|&tag| LETTERS.chars().nth(tag as usize)).collect()
    }

    #[test]
    fn a_plain_sentence_is_tagged_as_a_reader_would() {
        assert_eq!(tagged("The minister visited a large factory in Lisbon."), "TNVTJNIPX");
    }

    #[test]
    fn a_word_of_two_kinds_follows_its_neighbours() {
        assert_eq!(tagged("They plan a visit."), "OVTNX");
        assert_eq!(tagged("The plan failed."), "TNVX");
    }
}
