//! How are the parts of names represented as numbers?
//!
//! Each thread numbers the parts that it meets. Numbers are compared only for equality, so no
//! result depends on them. A word of the vocabulary is folded when it first occurs in a name.

use super::fold::{parts_of, sound};
use super::lists::{Gender, gender_of_name, is_legal_form, is_surname_first, nicknames};
use super::place::Country;
use super::place::sure;
use crate::hash::Map;
use crate::language::{is_particle, is_suffix};

/// The properties of a part.
#[expect(clippy::struct_excessive_bools, reason = "independent properties")]
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) text: Box<str>,
    /// The number of the sound that transliterations share; sounds have separate numbers.
    pub(crate) sound: u32,
    pub(crate) first: char,
    pub(crate) letters: u32,
    pub(crate) particle: bool,
    pub(crate) suffix: bool,
    pub(crate) legal_form: bool,
    pub(crate) surname_first: bool,
    pub(crate) gender: Gender,
    pub(crate) nicknames: &'static [u16],
}

/// The properties of a name.
#[derive(Debug)]
pub(crate) struct Phrase {
    /// Its parts, separated by spaces.
    pub(crate) text: Box<str>,
    /// The country that it denotes without doubt, as a name of the country, of its people or of a
    /// place there.
    pub(crate) sure: Country,
}

/// The parts by number.
#[derive(Debug, Default)]
pub(crate) struct NameInterner {
    numbers: Map<Box<str>, u32>,
    parts: Vec<Part>,
    sounds: Map<Box<str>, u32>,
    words: Map<u32, Box<[u32]>>,
    phrase_numbers: Map<Box<[u32]>, u32>,
    phrases: Vec<Phrase>,
}

impl NameInterner {
    /// The number of a folded part, which is added if it is new.
    pub(crate) fn number(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let sounds = sound(text);
        let nicknames = nicknames(&sounds);
        let next = self.sounds.len() as u32;
        let sound = *self.sounds.entry(sounds.into()).or_insert(next);
        let number = self.parts.len() as u32;
        self.parts.push(Part {
            text: text.into(),
            sound,
            first: text.chars().next().unwrap_or_default(),
            letters: text.chars().count() as u32,
            particle: is_particle(text),
            suffix: is_suffix(text),
            legal_form: is_legal_form(text),
            surname_first: is_surname_first(text),
            gender: gender_of_name(text),
            nicknames,
        });
        self.numbers.insert(text.into(), number);
        number
    }

    /// The parts of a word of the vocabulary.
    pub(crate) fn word(&mut self, number: u32, text: &str) -> &[u32] {
        if !self.words.contains_key(&number) {
            let mut parts = Vec::new();
            parts_of(text, &mut parts);
            let parts = parts.iter().map(|part| self.number(part)).collect();
            self.words.insert(number, parts);
        }
        self.words.get(&number).map_or(&[], |parts| parts)
    }

    /// The number of a name, which is added if it is new.
    pub(crate) fn phrase_number(&mut self, parts: &[u32]) -> u32 {
        if let Some(&number) = self.phrase_numbers.get(parts) {
            return number;
        }
        let text = self.text(parts);
        let number = self.phrases.len() as u32;
        self.phrases.push(Phrase { sure: sure(&text), text: text.into() });
        self.phrase_numbers.insert(parts.into(), number);
        number
    }

    /// The properties of a name.
    pub(crate) fn phrase(&self, number: u32) -> &Phrase {
        &self.phrases[number as usize]
    }

    /// The properties of a part.
    pub(crate) fn part(&self, number: u32) -> &Part {
        &self.parts[number as usize]
    }

    /// The sounds that transliterations share.
    pub(crate) fn sounds(&self, parts: &[u32]) -> Vec<u32> {
        parts.iter().map(|&part| self.part(part).sound).collect()
    }

    /// Parts as text.
    pub(crate) fn text(&self, parts: &[u32]) -> String {
        parts.iter().map(|&part| &*self.part(part).text).collect::<Vec<_>>().join(" ")
    }

    /// Whether two parts are spellings of the same part.
    pub(crate) fn same(&self, a: u32, b: u32) -> bool {
        self.part(a).sound == self.part(b).sound
    }

    /// Whether a part is an initial.
    pub(crate) fn is_initial(&self, part: u32) -> bool {
        self.part(part).letters == 1
    }

    /// Whether two parts may be the same given name: equal, an initial and its name, or a name and
    /// its nickname.
    pub(crate) fn may_be_one(&self, a: u32, b: u32) -> bool {
        let (one, other) = (self.part(a), self.part(b));
        one.sound == other.sound
            || ((one.letters == 1 || other.letters == 1) && one.first == other.first)
            || one.nicknames.iter().any(|group| other.nicknames.contains(group))
    }
}
