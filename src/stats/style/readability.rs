//! How hard is an article to read?
//!
//! Each distinct token is analysed once ([`Word`]). A text, which is an article or a group of
//! articles, is then a sum of integers ([`Sums`]), and every formula is a function of these. A
//! partial holds the sums of each text, so merging is exact.
//!
//! Cost: the rules of syllables for each distinct token, and one look-up per token.

use super::texts::Texts;
use crate::batch::{Statistic, Watch, fill, reduce};
use crate::corpus::{Corpus, Unit, ZoneSet};
use crate::error::{Result, named};
use crate::language::{is_familiar, syllables};
use crate::table::{Column, Table};
use crate::text::{TokenKind, house_style, typography};

/// Formulas of readability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Readability {
    Flesch,
    FleschKincaid,
    GunningFog,
    Smog,
    Ari,
    ColemanLiau,
    Lix,
    Rix,
    DaleChall,
}

const ALL: [(&str, Readability); 9] = [
    ("flesch", Readability::Flesch),
    ("flesch_kincaid", Readability::FleschKincaid),
    ("gunning_fog", Readability::GunningFog),
    ("smog", Readability::Smog),
    ("ari", Readability::Ari),
    ("coleman_liau", Readability::ColemanLiau),
    ("lix", Readability::Lix),
    ("rix", Readability::Rix),
    ("dale_chall", Readability::DaleChall),
];

/// The counts of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Sums {
    words: u64,
    sentences: u64,
    syllables: u64,
    letters: u64,
    characters: u64,
    long_words: u64,
    polysyllables: u64,
    complex_words: u64,
    difficult_words: u64,
}

/// The columns of the counts.
pub(super) const COUNTS: [&str; 9] = [
    "words",
    "sentences",
    "syllables",
    "letters",
    "characters",
    "long_words",
    "polysyllables",
    "complex_words",
    "difficult_words",
];

impl Readability {
    /// The value of a formula; `None` for a text without words.
    fn of(self, sums: &Sums) -> Option<f64> {
        if sums.words == 0 {
            return None;
        }
        let words = sums.words as f64;
        let sentences = sums.sentences as f64;
        let per_sentence = words / sentences;
        let per_word = |count: u64| count as f64 / words;
        Some(match self {
            Self::Flesch => 206.835 - 1.015 * per_sentence - 84.6 * per_word(sums.syllables),
            Self::FleschKincaid => 0.39 * per_sentence + 11.8 * per_word(sums.syllables) - 15.59,
            Self::GunningFog => 0.4 * (per_sentence + 100.0 * per_word(sums.complex_words)),
            Self::Smog => 1.043 * (sums.polysyllables as f64 * 30.0 / sentences).sqrt() + 3.1291,
            Self::Ari => 4.71 * per_word(sums.characters) + 0.5 * per_sentence - 21.43,
            Self::ColemanLiau => 5.88 * per_word(sums.letters) - 29.6 / per_sentence - 15.8,
            Self::Lix => per_sentence + 100.0 * per_word(sums.long_words),
            Self::Rix => sums.long_words as f64 / sentences,
            Self::DaleChall => {
                let difficult = 100.0 * per_word(sums.difficult_words);
                let raw = 0.1579 * difficult + 0.0496 * per_sentence;
                if difficult > 5.0 { raw + 3.6365 } else { raw }
            }
        })
    }
}

/// The properties of a distinct token.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "they are told apart by name alone")]
struct Word {
    counts: bool,
    capital: bool,
    syllables: u32,
    letters: u32,
    characters: u32,
    /// Has at least three syllables, without those added by *-ed* or *-es*, and is not a hyphenated
    /// compound.
    complex: bool,
    familiar: bool,
}

impl Word {
    fn new(text: &str, kind: TokenKind) -> Self {
        if !kind.is_term() {
            return Self::default();
        }
        let plain = typography(text);
        let bare = house_style(&plain, true).to_lowercase();
        let lower = plain.to_lowercase();
        // The halves of the day in *6:00am* are spelled out.
        let spelled = kind == TokenKind::Abbreviation && !plain.ends_with('.');
        let syllables = if spelled { syllables(&plain.to_uppercase()) } else { syllables(&plain) };
        let shorter = lower.strip_suffix("ed").or_else(|| lower.strip_suffix("es"));
        let inflected = syllables == 3 && shorter.is_some_and(|stem| crate::language::syllables(stem) < 3);
        Self {
            counts: true,
            capital: plain.chars().next().is_some_and(char::is_uppercase),
            syllables,
            letters: plain.chars().filter(|letter| letter.is_alphabetic()).count() as u32,
            characters: plain.chars().filter(|letter| letter.is_alphanumeric()).count() as u32,
            complex: syllables >= 3 && !inflected && !lower.contains('-') && kind != TokenKind::Number,
            familiar: kind == TokenKind::Number
                || is_familiar(&lower)
                || is_familiar(&bare)
                || is_familiar(&format!("{bare}."))
                || lower.split('-').all(is_form_of_familiar),
        }
    }
}

/// Whether a word is on the list, or is a regular form of a word on it.
fn is_form_of_familiar(word: &str) -> bool {
    let with = |stem: &str, end: &str| is_familiar(&format!("{stem}{end}"));
    // The stem of a doubled consonant: *stopped*.
    let single = |stem: &str| {
        let mut letters = stem.chars().rev();
        letters.next().is_some_and(|last| letters.next() == Some(last))
            && stem.char_indices().next_back().is_some_and(|(at, _)| is_familiar(&stem[..at]))
    };
    let suffixed = |ending: &str| {
        word.strip_suffix(ending).is_some_and(|stem| {
            is_familiar(stem)
                || with(stem, "e")
                || single(stem)
                || stem.strip_suffix('i').is_some_and(|stem| with(stem, "y"))
        })
    };
    is_familiar(word)
        || word.strip_suffix('s').is_some_and(is_familiar)
        || word.strip_suffix("'s").is_some_and(is_familiar)
        || ["es", "ed", "ing", "er", "est"].into_iter().any(suffixed)
}

/// One row per article, or per group that has a word: article or the keys of the group, the counts,
/// and one column per measure.
///
/// # Errors
/// [`crate::error::Kind::BadOption`]: an unknown measure; [`Corpus::groups`]; and cancellation.
pub fn readability<S: AsRef<str>>(
    corpus: &Corpus,
    by: &[S],
    zones: ZoneSet,
    measures: &[String],
    watch: &Watch,
) -> Result<Table> {
    let measures = measures_of(measures)?;
    let texts = Texts::new(corpus, by, watch)?;
    let mut sums = sums(&texts, zones, watch)?;
    sums.retain(|(_, sums)| by.is_empty() || sums.words > 0);
    let table = texts.keys(&sums.iter().map(|&(text, _)| text).collect::<Vec<_>>(), watch)?;
    with_measures(table, &sums.iter().map(|&(_, sums)| sums).collect::<Vec<_>>(), &measures)
}

/// The measures of these names, each with its name.
///
/// # Errors
/// [`crate::error::Kind::BadOption`]: an unknown measure.
pub(super) fn measures_of(names: &[String]) -> Result<Vec<(&str, Readability)>> {
    names.iter().map(|name| Ok((name.as_str(), named("measures", name, &ALL)?))).collect()
}

/// The sums of each text that has a unit.
///
/// # Errors
/// Cancellation.
pub(super) fn sums(texts: &Texts<'_>, zones: ZoneSet, watch: &Watch) -> Result<Vec<(u32, Sums)>> {
    let vocabulary = texts.corpus.store().vocabulary();
    let word = |token: u32| Word::new(vocabulary.text(token), vocabulary.kind(token));
    let words: Vec<Word> = fill(vocabulary.len(), watch, |token| word(token as u32))?;
    let units = texts.corpus.units(&texts.groups, zones);
    reduce(&Reading { texts, words: &words }, &units, watch)
}

/// A table of texts, and these columns: their counts, and the measures.
///
/// # Errors
/// None in practice: there is a row for each text.
pub(super) fn with_measures(
    mut table: Table,
    sums: &[Sums],
    measures: &[(&str, Readability)],
) -> Result<Table> {
    for (at, name) in COUNTS.into_iter().enumerate() {
        table = table.with(name, Column::int(sums.iter().map(|sums| sums.counts()[at] as i64)))?;
    }
    for (name, measure) in measures {
        table = table.with(*name, Column::optional_float(sums.iter().map(|sums| measure.of(sums))))?;
    }
    Ok(table)
}

/// Sums the words of each text.
struct Reading<'a> {
    texts: &'a Texts<'a>,
    /// By token of the vocabulary.
    words: &'a [Word],
}

impl Statistic for Reading<'_> {
    type Unit = Unit;
    /// The sums of each text, in the order of the texts.
    type Partial = Vec<(u32, Sums)>;
    type Output = Vec<(u32, Sums)>;

    fn empty(&self) -> Self::Partial {
        Vec::new()
    }

    fn add(&self, partial: &mut Self::Partial, unit: &Unit, watch: &Watch) -> Result<()> {
        for &position in watch.through(&unit.articles) {
            let text = self.texts.of(unit, position);
            match partial.last_mut() {
                Some((last, sums)) if *last == text => sums.add(&self.sums(unit, position)),
                _ => partial.push((text, self.sums(unit, position))),
            }
        }
        watch.check()
    }

    fn merge(&self, partials: Vec<Self::Partial>, watch: &Watch) -> Result<Self::Partial> {
        let mut merged: Self::Partial = Vec::new();
        for (text, sums) in watch.through(partials.into_iter().flatten()) {
            match merged.last_mut() {
                Some((last, sum)) if *last == text => sum.add(&sums),
                _ => merged.push((text, sums)),
            }
        }
        watch.check()?;
        Ok(merged)
    }

    fn finish(&self, partial: Self::Partial, _: &Watch) -> Result<Self::Output> {
        Ok(partial)
    }
}

impl Sums {
    pub(super) fn add(&mut self, other: &Self) {
        let (a, b) = (self.counts(), other.counts());
        *self = Self::of(std::array::from_fn(|at| a[at] + b[at]));
    }

    pub(super) fn has_words(&self) -> bool {
        self.words > 0
    }

    /// The counts, in the order of their columns.
    pub(super) fn counts(&self) -> [u64; COUNTS.len()] {
        let Self { words, sentences, syllables, letters, characters, .. } = *self;
        let Self { long_words, polysyllables, complex_words, difficult_words, .. } = *self;
        [
            words,
            sentences,
            syllables,
            letters,
            characters,
            long_words,
            polysyllables,
            complex_words,
            difficult_words,
        ]
    }

    /// The sums with these counts.
    pub(super) fn of(counts: [u64; COUNTS.len()]) -> Self {
        let [words, sentences, syllables, letters, characters, ..] = counts;
        let [.., long_words, polysyllables, complex_words, difficult_words] = counts;
        Self {
            words,
            sentences,
            syllables,
            letters,
            characters,
            long_words,
            polysyllables,
            complex_words,
            difficult_words,
        }
    }
}

impl Reading<'_> {
    fn sums(&self, unit: &Unit, position: u32) -> Sums {
        let mut sums = Sums::default();
        let Some(article) = self.texts.corpus.article(position as usize) else { return sums };
        let part = article.part;
        for sentence in article.zones(unit.zones).flat_map(|zone| part.sentences_of(zone)) {
            let mut first = true;
            for &token in &part.tokens[part.tokens_of(sentence)] {
                let word = self.words[token as usize];
                if !word.counts {
                    continue;
                }
                // A capitalised word within a sentence is a name.
                let name = word.capital && !first;
                sums.sentences += u64::from(first);
                first = false;
                sums.words += 1;
                sums.syllables += u64::from(word.syllables);
                sums.letters += u64::from(word.letters);
                sums.characters += u64::from(word.characters);
                sums.long_words += u64::from(word.letters > 6);
                sums.polysyllables += u64::from(word.syllables >= 3);
                sums.complex_words += u64::from(word.complex && !name);
                sums.difficult_words += u64::from(!word.familiar && !name);
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::batch::holds_for_every_cut;
    use crate::corpus::sample::{articles, corpus_of, units};

    proptest! {
        #[test]
        fn partials_of_any_cut_merge_to_the_whole(texts in articles(), cuts: [usize; 2]) {
            let (corpus, watch) = (corpus_of(&texts), Watch::default());
            let vocabulary = corpus.store().vocabulary();
            let word = |token: u32| Word::new(vocabulary.text(token), vocabulary.kind(token));
            let words: Vec<Word> = (0..vocabulary.len() as u32).map(word).collect();
            for by in [&[][..], &["month"]] {
                let texts = Texts::new(&corpus, by, &watch).unwrap();
                let units = units(&corpus, &texts.groups);
                holds_for_every_cut(&Reading { texts: &texts, words: &words }, &units, cuts, |sums| sums);
            }
        }
    }
}
