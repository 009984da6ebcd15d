//! What do the methods know about the distinct words of a corpus?
//!
//! A table with one row per distinct token, built once per call: its term (tokens with the same
//! lower case share one), its lemma (tokens with the same singular share one), whether it is a stop
//! word, its general information, and the weights of its parts of speech.

use std::collections::HashMap;

use super::frequency::information;
use super::options::{Method, Options};
use super::tag::{Emission, Emissions};
use crate::batch::{Static, Watch};
use crate::corpus::Vocabulary;
use crate::error::Result;
use crate::hash::Map;
use crate::language::{entries, sections};
use crate::stats::Fold;
use crate::text::{TokenKind, typography};

/// Lists of words with special roles in news phrases, by section of the file.
static LISTS: Static<HashMap<&'static str, Vec<&'static str>>> = Static::new(|| {
    let mut lists: HashMap<&str, Vec<&str>> = HashMap::new();
    for (section, line) in sections(include_str!("../data/en/phrases.txt")) {
        lists.entry(section).or_default().extend(line.split_whitespace());
    }
    lists
});

/// A distinct token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// The term: equal for all spellings with the same lower case.
    pub(super) term: u32,
    /// The lemma: equal for a singular and its plural.
    pub(super) lemma: u32,
    pub(super) kind: TokenKind,
    pub(super) emission: Emission,
    /// The information of the word in general English.
    pub(super) information: f32,
    /// The number of letters.
    pub(super) letters: f32,
    /// The first letter as a byte; 0 unless it is one of A to Z.
    pub(super) initial: u8,
    /// For an acronym of three to eight letters, the value of [`initials`] for a name that it
    /// abbreviates; otherwise 0.
    pub(super) acronym: u64,
    flags: u32,
    /// Where the lemmas of its parts are, and how many, if it has a hyphen: `Coca-Cola`.
    parts: (u32, u32),
}

impl Word {
    pub(super) const STOP: u32 = 1;
    /// The first letter is a capital.
    pub(super) const CAPITAL: u32 = 1 << 1;
    /// Monday, January, today: divides a phrase.
    pub(super) const CALENDAR: u32 = 1 << 2;
    /// new, last, several: does not begin a phrase.
    pub(super) const WEAK: u32 = 1 << 3;
    /// people, statement, year: not a phrase alone.
    pub(super) const LIGHT: u32 = 1 << 4;
    /// official, company: does not say what a story is about if it is alone.
    pub(super) const GENERIC: u32 = 1 << 18;
    /// Mr, Dr: does not begin a phrase.
    pub(super) const TITLE: u32 = 1 << 5;
    /// of, de, al: links two parts of a name.
    pub(super) const LINK: u32 = 1 << 6;
    /// A single letter.
    pub(super) const LETTER: u32 = 1 << 7;
    /// percent: neither begins nor ends a phrase.
    pub(super) const PERCENT: u32 = 1 << 8;
    /// Fewer than three characters that are not punctuation: a stop word for YAKE.
    pub(super) const SHORT: u32 = 1 << 9;
    /// All letters are capitals.
    pub(super) const SHOUTED: u32 = 1 << 10;
    /// Only the first letter is a capital.
    pub(super) const TITLECASE: u32 = 1 << 11;
    /// A number, for YAKE.
    pub(super) const DIGITS: u32 = 1 << 12;
    /// For YAKE: letters mixed with digits, neither letters nor digits, or several punctuation
    /// marks.
    pub(super) const ODD: u32 = 1 << 13;
    /// Only ASCII punctuation.
    pub(super) const PUNCTUATION: u32 = 1 << 14;
    /// Contains a hyphen.
    pub(super) const HYPHEN: u32 = 1 << 17;
    /// Kim, Xi: a surname that precedes the given name.
    pub(super) const SURNAME_FIRST: u32 = 1 << 16;
    /// Monday, but not "the sun" or "a mar": part of the calendar if it begins with a capital.
    const CAPITAL_CALENDAR: u32 = 1 << 15;

    pub(super) const fn is(&self, flags: u32) -> bool {
        self.flags & flags != 0
    }

    pub(super) const fn is_word(&self) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Abbreviation)
    }
}

/// The distinct tokens of a corpus, by their number.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) rows: Vec<Word>,
    pub(super) emissions: Emissions,
    pub(super) terms: usize,
    pub(super) lemmas: usize,
    /// The lemmas of the parts of words with a hyphen.
    parts: Vec<u32>,
}

impl Words {
    /// # Errors
    /// Cancellation.
    pub(super) fn new(vocabulary: &Vocabulary, options: &Options, watch: &Watch) -> Result<Self> {
        let mut words = Self {
            rows: Vec::with_capacity(vocabulary.len()),
            emissions: Emissions::default(),
            terms: 0,
            lemmas: 0,
            parts: Vec::new(),
        };
        let flags = flag_table();
        let yake = options.method == Method::Yake;
        let mut terms: Map<String, u32> = Map::default();
        let mut lemmas: Map<String, u32> = Map::default();
        for token in watch.through(0..vocabulary.len() as u32) {
            let (text, kind) = (vocabulary.text(token), vocabulary.kind(token));
            let lower = typography(text).to_lowercase();
            let next = terms.len() as u32;
            let singular = if yake { without_s(&lower).to_owned() } else { singular(&lower) };
            let mut set = flags.get(lower.as_str()).copied().unwrap_or(0) | shape(text);
            // A phrase is cut at *US* as at *us*: its keys are mostly the words after it.
            let abbreviation = lower.ends_with('.').then(|| Fold::Lower.apply(text));
            let stop = options.stopwords.contains(&lower)
                || abbreviation.is_some_and(|form| options.stopwords.contains(form.as_ref()))
                || (yake && options.stopwords.contains(without_s(&lower)));
            if set & Word::CAPITAL_CALENDAR != 0 && set & Word::CAPITAL != 0 {
                set |= Word::CALENDAR;
            }
            if stop {
                set |= Word::STOP;
            }
            if without_s(&lower).chars().filter(|letter| !letter.is_ascii_punctuation()).count() < 3 {
                set |= Word::SHORT;
            }
            let mut number = |lemma: String| {
                let next = lemmas.len() as u32;
                *lemmas.entry(lemma).or_insert(next)
            };
            let lemma = number(singular);
            let start = words.parts.len() as u32;
            if !yake && lower.trim_matches('-').contains('-') {
                let parts = lower.split('-').filter(|part| !part.is_empty());
                words.parts.extend(parts.map(|part| number(self::singular(part))));
            }
            words.rows.push(Word {
                lemma,
                parts: (start, words.parts.len() as u32),
                kind,
                emission: words.emissions.of(text, &lower, kind),
                information: information(&lower) as f32,
                letters: lower.chars().count() as f32,
                initial: initial(text),
                acronym: acronym(text),
                flags: set,
                term: *terms.entry(lower).or_insert(next),
            });
        }
        watch.check()?;
        (words.terms, words.lemmas) = (terms.len(), lemmas.len());
        Ok(words)
    }

    pub(super) fn of(&self, token: u32) -> &Word {
        &self.rows[token as usize]
    }

    /// The lemma of a token, or those of its parts: a hyphen counts like a space.
    pub(super) fn parts_of(&self, token: u32) -> &[u32] {
        let word = self.of(token);
        match word.parts {
            (start, end) if start < end => &self.parts[start as usize..end as usize],
            _ => std::slice::from_ref(&word.lemma),
        }
    }
}

fn flag_table() -> HashMap<String, u32> {
    let mut table: HashMap<String, u32> = HashMap::new();
    for (section, flag) in [
        ("calendar", Word::CAPITAL_CALENDAR),
        ("day", Word::CALENDAR),
        ("weak", Word::WEAK),
        ("light", Word::LIGHT),
        ("generic", Word::GENERIC),
        ("title", Word::TITLE),
        ("link", Word::LINK),
        ("percent", Word::PERCENT),
    ] {
        for word in LISTS.get(section).into_iter().flatten() {
            *table.entry((*word).to_owned()).or_insert(0) |= flag;
        }
    }
    for surname in entries(include_str!("../data/en/surnames_first.txt")) {
        *table.entry(surname.to_lowercase()).or_insert(0) |= Word::SURNAME_FIRST;
    }
    for title in entries(include_str!("../data/en/titles.txt")) {
        *table.entry(title.to_lowercase()).or_insert(0) |= Word::TITLE;
    }
    table
}

/// The flags that follow from the letters of a word.
fn shape(text: &str) -> u32 {
    let mut set = 0;
    let mut letters = text.chars();
    let first_upper = letters.next().is_some_and(char::is_uppercase);
    if first_upper {
        set |= Word::CAPITAL;
        if !letters.clone().any(char::is_uppercase) {
            set |= Word::TITLECASE;
        }
    }
    if text.contains('-') {
        set |= Word::HYPHEN;
    }
    if letters.next().is_none() {
        set |= Word::LETTER;
    }
    if text.chars().all(char::is_uppercase) {
        set |= Word::SHOUTED;
    }
    if text.chars().all(|letter| letter.is_ascii_punctuation()) {
        set |= Word::PUNCTUATION;
    }
    if text.replace(',', "").parse::<f64>().is_ok() {
        set |= Word::DIGITS;
    }
    let mut marks: Vec<char> = text.chars().filter(char::is_ascii_punctuation).collect();
    marks.sort_unstable();
    marks.dedup();
    let digits = text.chars().any(|letter| letter.is_ascii_digit());
    let alphabetic = text.chars().any(char::is_alphabetic);
    if marks.len() > 1 || digits == alphabetic {
        set |= Word::ODD;
    }
    set
}

fn initial(text: &str) -> u8 {
    text.bytes().next().filter(u8::is_ascii_uppercase).unwrap_or(0)
}

/// The initials of up to eight words, packed into a number.
pub(super) fn initials(letters: impl Iterator<Item = u8>) -> u64 {
    letters.fold(0, |all, letter| all << 8 | u64::from(letter))
}

/// The packed initials of a name that this acronym would abbreviate; 0 if the word is not an
/// acronym.
fn acronym(text: &str) -> u64 {
    let plain = (3..=8).contains(&text.len()) && text.bytes().all(|letter| letter.is_ascii_uppercase());
    if plain { initials(text.bytes()) } else { 0 }
}

/// The singular for YAKE: without the final `s` of a word of more than three letters.
fn without_s(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(short) if word.chars().count() > 3 => short,
        _ => word,
    }
}

/// The singular of an English noun, accurate enough to recognise that two phrases are the same.
pub(super) fn singular(word: &str) -> String {
    let long = word.len() > 4;
    if long && let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    let sibilant = ["sses", "shes", "ches", "xes", "zes"].iter().any(|ending| word.ends_with(ending));
    if long && sibilant {
        return word[..word.len() - 2].to_owned();
    }
    if word.len() > 3
        && word.ends_with('s')
        && !["ss", "us", "is"].iter().any(|ending| word.ends_with(ending))
    {
        return word[..word.len() - 1].to_owned();
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{acronym, initials, singular};

    #[test]
    fn singular_and_plural_meet() {
        for (many, one) in [
            ("studies", "study"),
            ("boxes", "box"),
            ("leaders", "leader"),
            ("bus", "bus"),
            ("crisis", "crisis"),
        ] {
            assert_eq!(singular(many), one);
        }
    }

    #[test]
    fn an_acronym_is_the_initials_of_its_name() {
        assert_eq!(acronym("KCNA"), initials("KCNA".bytes()));
        assert_eq!(acronym("Who"), 0);
        assert_eq!(acronym("UK"), 0);
    }
}
