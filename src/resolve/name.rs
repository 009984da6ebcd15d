//! How does resolution compare a mention? By its parts, without words that are not part of the
//! name.

use super::candidate::Candidate;
use super::lexicon::NameInterner;
use super::lists::rank;
use crate::corpus::Vocabulary;
use crate::text::TokenKind;

/// The parts of a mention.
#[derive(Debug, Clone, Default)]
pub(crate) struct Name {
    /// All parts, without a leading `the`.
    pub(crate) parts: Vec<u32>,
    /// The number of the whole name.
    pub(crate) phrase: u32,
    /// For a person: the parts without suffixes, with initials separated.
    pub(crate) person: Vec<u32>,
    /// For a person: `jr`, `iii`.
    pub(crate) suffix: Option<u32>,
    /// For a person: the title of rank before the name.
    pub(crate) rank: Option<u32>,
    /// Whether the name of a person has a given name and a surname, judging by its words.
    pub(crate) full: bool,
    /// For a given name that shares the surname of a person named after it: that person's mention,
    /// as a position among those that take part, and the number of words of the surname.
    pub(crate) shares: Option<(usize, usize)>,
}

impl Name {
    pub(crate) fn new(found: &Candidate, vocabulary: &Vocabulary, lexicon: &mut NameInterner) -> Self {
        let mut parts = Vec::new();
        for &word in &found.words {
            // `McDonald's` and `McDonalds` are one name.
            if let (TokenKind::Possessive, Some(&last)) = (vocabulary.kind(word), parts.last()) {
                let owned = format!("{}s", lexicon.part(last).text);
                parts.pop();
                parts.push(lexicon.number(&owned));
                continue;
            }
            parts.extend_from_slice(lexicon.word(word, vocabulary.text(word)));
        }
        if found.cut {
            parts.pop();
        }
        if let [first, _, ..] = parts[..]
            && &*lexicon.part(first).text == "the"
        {
            parts.remove(0);
        }
        let phrase = lexicon.phrase_number(&parts);
        Self { parts, phrase, ..Self::default() }
    }

    /// For a person: reads the given names, the surname and its suffix.
    pub(crate) fn read_person(
        &mut self,
        found: &Candidate,
        vocabulary: &Vocabulary,
        lexicon: &mut NameInterner,
    ) {
        let texts: Vec<&str> = found.words.iter().map(|&word| vocabulary.text(word)).collect();
        let shouted = !texts.iter().any(|text| text.chars().any(char::is_lowercase));
        let mut words = 0;
        for (at, &word) in found.words.iter().enumerate() {
            let text = texts[at];
            let is_last = at + 1 == texts.len();
            if (is_dotted(text) || (!is_last && !shouted && is_two_capitals(text))) && texts.len() > 1 {
                for letter in text.chars().filter(|c| c.is_alphabetic()) {
                    let letter: String = letter.to_lowercase().collect();
                    self.person.push(lexicon.number(&letter));
                }
                words += 1;
                continue;
            }
            let before = self.person.len();
            self.person.extend_from_slice(lexicon.word(word, text));
            // `al-Harthi` is a single surname, and `al` is a particle; `Al` and `Ben` are given
            // names.
            let particle = self.person[before..].iter().all(|&part| lexicon.part(part).particle)
                && (!["Al", "Ben", "Do"].contains(&text));
            words += usize::from(!particle);
        }
        while let [.., last] = self.person[..]
            && self.person.len() > 1
            && lexicon.part(last).suffix
        {
            self.suffix.get_or_insert(last);
            self.person.pop();
            words -= 1;
        }
        // `TRUMP Donald Trump`, as in a transcript.
        if let [first, .., last] = self.person[..]
            && self.person.len() > 2
            && lexicon.same(first, last)
        {
            self.person.remove(0);
            words -= 1;
        }
        self.full = words > 1;
        self.rank = found.rank.map(|word| lexicon.number(&rank(vocabulary.text(word))));
    }
}

/// `J.R.R.`: single letters, each with a full stop.
fn is_dotted(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    letters.len() >= 4
        && letters.chunks(2).all(|pair| matches!(pair, [letter, '.'] if letter.is_alphabetic()))
}

/// `JK`, before a surname.
fn is_two_capitals(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}
