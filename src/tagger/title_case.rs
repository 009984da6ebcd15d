//! How would a line in title case be written in a sentence?
//!
//! In `Storm Hits Porto After Rail Strike` capitals say nothing, and the tagger was trained on
//! sentences. So it reads such a line as a sentence: a word keeps its capital if the other
//! sentences of the text write it so, and loses it if they write it in lower case. A word that they
//! do not have loses it if it is an ordinary word, and no name on a list.
//!
//! Cost: one look at each token; and for a text with such a line, one look-up for each word.

use super::label::is_capitalised;
use super::repair::{is_act, is_firm_ending, is_given_name, is_month_surname, is_town, name_words};
use crate::batch::Watch;
use crate::hash::Map;
use crate::keyword::{is_ordinary, is_verb};

/// The minimum number of words in a line whose capitals are those of a title.
const SHORTEST: usize = 4;

/// A longer sentence is a list of names.
const LONGEST: usize = 40;

/// The minimum length of a word that counts as a long one.
const LETTERS: usize = 4;

/// How often the other sentences write a word with a capital, and in lower case.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    capital: usize,
    lower: usize,
}

/// The lines in title case, by position, as they would be written in a sentence.
pub(crate) fn as_sentences<S: AsRef<[T]>, T: AsRef<str>>(
    sentences: &[S],
    watch: &Watch,
) -> Vec<(usize, Vec<String>)> {
    let is_title: Vec<bool> = watch.through(sentences).map(|tokens| is_title_case(tokens.as_ref())).collect();
    if !is_title.contains(&true) {
        return Vec::new();
    }
    let mut seen: Map<String, Seen> = Map::default();
    let mut pairs: Map<(&str, &str), bool> = Map::default();
    let titles = || (0..sentences.len()).filter(|&at| is_title[at]);
    for at in titles() {
        let tokens = sentences[at].as_ref();
        for word in tokens.iter().filter(|word| is_capitalised(word.as_ref())) {
            seen.entry(word.as_ref().to_lowercase()).or_default();
        }
        pairs.extend(capital_pairs(tokens).map(|pair| (pair, false)));
    }
    for (tokens, _) in watch.through(sentences.iter().zip(&is_title).filter(|(_, title)| !**title)) {
        let tokens = tokens.as_ref();
        if is_shouted(tokens) {
            continue;
        }
        for pair in capital_pairs(tokens) {
            if let Some(is_seen) = pairs.get_mut(&pair) {
                *is_seen = true;
            }
        }
        for (at, word) in tokens.iter().map(AsRef::as_ref).enumerate() {
            let capital = is_capitalised(word);
            let opens = at == 0
                || !tokens[at - 1].as_ref().ends_with(|last: char| last.is_alphanumeric() || last == ',');
            if !(capital && opens)
                && let Some(seen) = seen.get_mut(&*word.to_lowercase())
            {
                *(if capital { &mut seen.capital } else { &mut seen.lower }) += 1;
            }
        }
    }
    pairs.retain(|_, is_seen| *is_seen);
    titles().map(|at| (at, as_sentence(sentences[at].as_ref(), &seen, &pairs))).collect()
}

/// The words with a capital that are next to each other.
fn capital_pairs<T: AsRef<str>>(tokens: &[T]) -> impl Iterator<Item = (&str, &str)> {
    let pairs = tokens.windows(2).map(|pair| (pair[0].as_ref(), pair[1].as_ref()));
    pairs.filter(|(one, two)| is_capitalised(one) && is_capitalised(two))
}

fn as_sentence<T: AsRef<str>>(
    tokens: &[T],
    seen: &Map<String, Seen>,
    pairs: &Map<(&str, &str), bool>,
) -> Vec<String> {
    let text = |at: usize| tokens.get(at).map_or("", AsRef::as_ref);
    // Two words that are one name: in the text, or on a list.
    let is_pair = |at: usize| {
        at + 1 < tokens.len()
            && (pairs.contains_key(&(text(at), text(at + 1))) || is_town(&tokens[at..at + 2]))
    };
    let mut listed = vec![false; tokens.len()];
    for at in 0..tokens.len() {
        listed[at..at + name_words(&tokens[at..])].fill(true);
    }
    let mut words: Vec<String> = Vec::with_capacity(tokens.len());
    // From the last word to the first: a given name is one because of the name after it.
    let mut name_follows = false;
    for at in (0..tokens.len()).rev() {
        let word = text(at);
        let lower = word.to_lowercase();
        let seen = seen.get(&lower).copied().unwrap_or_default();
        let is_listed = || {
            listed[at]
                || (name_follows && is_given_name(word) && (word != "Will" || is_third_person(text(at + 2))))
                || (at > 0 && is_second_half(text(at - 1), word))
        };
        let keeps = !is_capitalised(word)
            || is_acronym(word)
            || is_pair(at)
            || (at > 0 && is_pair(at - 1))
            || seen.capital > seen.lower
            || (seen.lower == 0 && (is_listed() || !is_ordinary(&lower)))
            || (is_month_surname(word)
                && !is_modal(&lower, at.checked_sub(1).map_or("", text), text(at + 1)));
        name_follows = keeps && is_capitalised(word);
        words.push(if keeps { word.to_owned() } else { lower });
    }
    words.reverse();
    words
}

/// Whether a word is the surname after a given name, or the last word of a newspaper's name: `Chris
/// Rock`, `York Times`.
fn is_second_half(before: &str, word: &str) -> bool {
    let lower = word.to_lowercase();
    is_capitalised(before)
        && !is_ordinary(&before.to_lowercase())
        && ((is_given_name(before) && !is_act(&lower) && !is_third_person(word)) || is_firm_ending(word))
}

/// Whether a word can be a verb after a name: `Slaps`.
fn is_third_person(word: &str) -> bool {
    word.ends_with('s') || word.ends_with("ed")
}

/// Whether `May` is a verb: between a subject and another verb.
fn is_modal(lower: &str, before: &str, next: &str) -> bool {
    let next = next.to_lowercase();
    lower == "may"
        && !is_act(&before.to_lowercase())
        && (matches!(&*next, "not" | "be" | "have" | "never" | "also" | "soon")
            || (is_verb(&next) && !next.ends_with('s') && !next.ends_with("ed")))
}

/// Whether a word has several capitals: `NATO`, `McDonald`.
fn is_acronym(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase)
}

/// Whether most words of a line are written in capitals.
fn is_shouted<T: AsRef<str>>(tokens: &[T]) -> bool {
    let is_word = |word: &&str| word.len() > 1 && word.contains(char::is_alphabetic);
    let words = || tokens.iter().map(AsRef::as_ref).filter(is_word);
    words().filter(|word| !word.contains(char::is_lowercase)).count() * 2 > words().count()
}

/// Whether all longer words of a line begin with a capital, and one of them is not a name: a verb,
/// a preposition.
fn is_title_case<T: AsRef<str>>(tokens: &[T]) -> bool {
    if !(SHORTEST..=LONGEST).contains(&tokens.len()) {
        return false;
    }
    let (mut long, mut ends_lower) = (0, false);
    for word in tokens.iter().map(AsRef::as_ref).filter(|word| word.starts_with(char::is_alphabetic)) {
        ends_lower = word.starts_with(char::is_lowercase) && !is_acronym(word);
        if ends_lower && !is_small(word) {
            return false;
        }
        long += usize::from(word.len() >= LETTERS);
    }
    if long < SHORTEST - 1 || ends_lower || is_shouted(tokens) {
        return false;
    }
    let capitals = || tokens.iter().skip(1).map(AsRef::as_ref).filter(|word| is_capitalised(word));
    let lower: Vec<String> = capitals().map(str::to_lowercase).collect();
    lower.iter().any(|word| is_verb(word) || is_act(word) || is_small(word))
}

/// Whether a word can be in lower case in a title: an article, a preposition, a conjunction.
fn is_small(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "and"
            | "as"
            | "at"
            | "but"
            | "by"
            | "de"
            | "for"
            | "if"
            | "in"
            | "is"
            | "it"
            | "la"
            | "nor"
            | "of"
            | "off"
            | "on"
            | "or"
            | "out"
            | "over"
            | "per"
            | "so"
            | "the"
            | "to"
            | "up"
            | "via"
            | "vs"
            | "with"
            | "from"
            | "into"
            | "after"
            | "about"
            | "against"
            | "amid"
            | "than"
            | "that"
            | "before"
            | "between"
            | "under"
            | "upon"
            | "without"
            | "while"
            | "when"
            | "versus"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Vec<String> {
        let sentences: Vec<Vec<&str>> = lines.iter().map(|line| line.split(' ').collect()).collect();
        as_sentences(&sentences, &Watch::default()).into_iter().map(|(_, words)| words.join(" ")).collect()
    }

    #[test]
    fn a_line_in_title_case_is_read_as_a_sentence() {
        assert_eq!(read(&["Storm Hits Porto After Rail Strike"]), ["storm hits Porto after rail strike"]);
        assert_eq!(read(&["Alder Asks May for Help on Trade"]), ["Alder asks May for help on trade"]);
        assert_eq!(read(&["Alder May Sell Town Shops"]), ["Alder may sell town shops"]);
    }

    #[test]
    fn the_text_decides_what_is_a_name() {
        let text = ["Fields Buys Storm Shelter From Alder", "the board of Storm thanked Fields", "a shelter"];
        assert_eq!(read(&text), ["Fields buys Storm shelter from Alder"]);
        let text = ["The New Harbour Post Says Sorry", "in the New Harbour Post", "a new post"];
        assert_eq!(read(&text), ["the New Harbour Post says sorry"]);
    }

    #[test]
    fn sentences_and_names_are_left_as_they_are() {
        assert!(read(&["Sen. Nora Quell ( R-Wyo. ) and Rep. Tomas Birk ( D-Mich. ) met ."]).is_empty());
        assert!(
            read(&["Anna Alder of Porto met Rui Alva in Lisbon .", "NORA ALDER QUITS AS MAYOR"]).is_empty()
        );
    }
}
