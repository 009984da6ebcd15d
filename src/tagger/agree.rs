//! Are the labels of a text consistent with each other?
//!
//! A single sentence often does not show what a name is, but the surrounding text does. Two rules
//! use the sentences nearby: a single word that is the last word of a person's full name there is
//! that person; and a name that nearly always has another label nearby gets that label. Both need
//! clear evidence. The first word of a sentence becomes a person only before a verb: `Winter said`.
//! A word around the name takes precedence: `Lincoln, Nebraska` is a town and `Porsche shares` are
//! those of a company, whoever is called Lincoln or Porsche.
//!
//! Cost: one look-up per capitalised word; and for each name, one step for each nearby sentence
//! that contains it, however often.

use std::hash::{Hash, Hasher};

use super::label::{Labels, Span, is_capitalised, set};
use super::repair::{
    Kinds, is_act, is_country, is_firm, is_firm_noun, is_given_name, is_legal_form, is_maybe_firm,
    is_month_surname, is_never_owned, is_possessive, is_speech, is_town,
};
use crate::batch::Watch;
use crate::error::Result;
use crate::hash::Map;
use crate::language::is_title;

/// Sentences at most this far apart are nearby.
pub(super) const NEAR: usize = 60;

/// A name that occurs less often in a text keeps its labels.
const LEAST: usize = 3;

/// The label that a name has nearby must be this many times as frequent as its label here.
const CLEARLY: usize = 2;

/// A name, compared by its words.
struct Name<'a, T>(&'a [T]);

impl<T: AsRef<str>> PartialEq for Name<'_, T> {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().zip(other.0).all(|(a, b)| a.as_ref() == b.as_ref())
    }
}

impl<T: AsRef<str>> Eq for Name<'_, T> {}

impl<T: AsRef<str>> Hash for Name<'_, T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.iter().for_each(|word| word.as_ref().hash(state));
    }
}

/// The occurrences of a name.
#[derive(Default)]
struct Occurrences {
    /// How often it occurs in total.
    count: usize,
    /// How often it occurs in each sentence with each type, in the order of the sentences.
    by_sentence: Vec<(usize, usize, usize)>,
}

impl Occurrences {
    fn add(&mut self, at: usize, kind: usize) {
        self.count += 1;
        let mut here = self.by_sentence.iter_mut().rev().take_while(|(place, ..)| *place == at);
        match here.find(|(_, known, _)| *known == kind) {
            Some((.., count)) => *count += 1,
            None => self.by_sentence.push((at, kind, 1)),
        }
    }
}

/// The sentences in which each word occurs in a certain role, in order.
pub(super) type Sentences<'a> = Map<&'a str, Vec<usize>>;

pub(super) fn note<'a>(sentences: &mut Sentences<'a>, word: &'a str, at: usize) {
    let known = sentences.entry(word).or_default();
    if known.last() != Some(&at) {
        known.push(at);
    }
}

/// What the names of a text show about its words: the sentences in which each is something.
struct Known<'a, T> {
    /// The last words of full names of people.
    surnames: Sentences<'a>,
    /// The same in capitals, as headlines print them.
    shouted: Map<String, Vec<usize>>,
    /// Words of longer names of something else.
    inside: Sentences<'a>,
    /// The surnames of people whose full names are those of firms.
    founders: Sentences<'a>,
    /// The first words of names of firms that also name something else.
    firms: Sentences<'a>,
    /// Each name.
    occurrences: Map<Name<'a, T>, Occurrences>,
}

/// Reads the names of a text.
fn known<'a, S: AsRef<[T]>, T: AsRef<str>>(
    sentences: &'a [S],
    spans: &[Vec<Span>],
    kinds: Kinds,
    watch: &Watch,
) -> Result<Known<'a, T>> {
    let mut known = Known {
        surnames: Sentences::default(),
        shouted: Map::default(),
        inside: Sentences::default(),
        founders: Sentences::default(),
        firms: Sentences::default(),
        occurrences: Map::default(),
    };
    for (at, (tokens, spans)) in sentences.iter().zip(spans).enumerate() {
        let tokens = tokens.as_ref();
        for span in watch.through(spans) {
            let words = &tokens[span.start..span.end];
            if let [_, .., last] = words
                && Some(span.kind) == kinds.person
            {
                note(&mut known.surnames, last.as_ref(), at);
                if last.as_ref().contains(char::is_lowercase) {
                    let capitals = known.shouted.entry(last.as_ref().to_uppercase()).or_default();
                    if capitals.last() != Some(&at) {
                        capitals.push(at);
                    }
                }
            } else if words.len() > 1 {
                for word in words {
                    note(&mut known.inside, word.as_ref(), at);
                }
                if Some(span.kind) == kinds.organisation {
                    if let [first, surname, form @ ..] = words
                        && form.len() < 2
                        && form.iter().all(|form| is_legal_form(form.as_ref()))
                        && is_given_name(first.as_ref())
                    {
                        note(&mut known.founders, surname.as_ref(), at);
                    }
                    if is_maybe_firm(words[0].as_ref()) {
                        note(&mut known.firms, words[0].as_ref(), at);
                    }
                }
            }
            known.occurrences.entry(Name(words)).or_default().add(at, span.kind);
        }
    }
    watch.check()?;
    Ok(known)
}

/// Makes the labels of the sentences of a text consistent.
///
/// # Errors
/// [`crate::error::Kind::Cancelled`].
pub(crate) fn agree<S: AsRef<[T]>, T: AsRef<str>>(
    sentences: &[S],
    labels: &mut [Vec<u8>],
    kinds: Kinds,
    watch: &Watch,
) -> Result<()> {
    let person = kinds.person;
    let spans: Vec<Vec<Span>> = watch.through(labels.iter()).map(|labels| Labels::spans(labels)).collect();
    let Known { surnames, shouted, inside, founders, firms, occurrences } =
        known(sentences, &spans, kinds, watch)?;
    for (at, (tokens, spans)) in sentences.iter().zip(&spans).enumerate() {
        let (tokens, labels) = (tokens.as_ref(), &mut labels[at]);
        for span in watch.through(spans) {
            let words = &tokens[span.start..span.end];
            let owned = || tokens.get(span.end).is_some_and(|next| is_owned(next.as_ref()));
            let titled = || span.start > 0 && is_title(tokens[span.start - 1].as_ref());
            if let ([word, _], Some(person)) = (words, person)
                && Some(span.kind) == kinds.organisation
                && is_possessive(words[1].as_ref())
                && is_near(&surnames, word.as_ref(), at)
                && owned()
            {
                // `Christie's speech`: what Chris Christie said, rather than the auctioneer.
                labels[span.start + 1] = 0;
                set(labels, span.start, span.start + 1, person);
            } else if let ([word], Some(person), Some(organisation)) = (words, person, kinds.organisation)
                && span.kind == person
                && is_near(&founders, word.as_ref(), at)
                && !is_near(&surnames, word.as_ref(), at)
                && !titled()
            {
                set(labels, span.start, span.end, organisation);
            } else if let ([word], Some(organisation), true) =
                (words, kinds.organisation, Some(span.kind) == kinds.place)
                && is_near(&firms, word.as_ref(), at)
                && !is_inside(tokens, span.start)
            {
                // `Berkshire` near `Berkshire Hathaway`
                set(labels, span.start, span.end, organisation);
            } else if let ([word], Some(person)) = (words, person)
                && is_family(tokens, span.start)
                && word.as_ref().strip_suffix('s').is_some_and(|name| is_near(&surnames, name, at))
                && !is_near(&surnames, word.as_ref(), at)
            {
                set(labels, span.start, span.end, person);
            } else if let ([word], Some(person)) = (words, person)
                && is_near(&surnames, word.as_ref(), at)
                && !is_near(&inside, word.as_ref(), at)
            {
                match what_else(tokens, spans, *span, kinds) {
                    Some(kind) => set(labels, span.start, span.end, kind),
                    None => set(labels, span.start, span.end, person),
                }
            } else if let ([word], Some(person)) = (words, person)
                && (Some(span.kind) == kinds.organisation || Some(span.kind) == kinds.other)
                && is_near(&surnames, word.as_ref(), at)
                && tokens.get(span.end).is_some_and(|next| is_political(next.as_ref()))
            {
                // `the Clinton campaign`, also near `the Clinton Foundation`
                set(labels, span.start, span.end, person);
            } else if let Some(kind) =
                occurrences.get(&Name(words)).and_then(|occurrences| majority(occurrences, at, span.kind))
            {
                set(labels, span.start, span.end, kind);
            }
        }
        overlooked(sentences, at, labels, &surnames, &inside, kinds, watch);
        if let Some(person) = person {
            overlooked_capitals(sentences, at, labels, &shouted, person, watch);
        }
    }
    watch.check()
}

/// Labels the surnames of a sentence that were labelled as ordinary words.
fn overlooked<S: AsRef<[T]>, T: AsRef<str>>(
    sentences: &[S],
    at: usize,
    labels: &mut [u8],
    surnames: &Sentences<'_>,
    inside: &Sentences<'_>,
    kinds: Kinds,
    watch: &Watch,
) {
    let Some(person) = kinds.person else { return };
    let tokens = sentences[at].as_ref();
    for word in watch.through(0..tokens.len()) {
        let token = tokens[word].as_ref();
        if labels[word] != 0
            || !is_capitalised(token)
            || token.chars().count() <= 2
            || !is_near(surnames, token, at)
            || is_near(inside, token, at)
        {
            continue;
        }
        let text = |at: usize| tokens.get(at).map_or("", AsRef::as_ref);
        let alone = labels.get(word + 1).is_none_or(|&next| next == 0) && !is_capitalised(text(word + 1));
        let before = word.checked_sub(1).map_or("", text);
        if let Some(organisation) = kinds.organisation.filter(|_| is_firm_noun(text(word + 1))) {
            if alone {
                set(labels, word, word + 1, organisation);
            }
            continue;
        }
        let is_name = if opens_sentence(tokens, word) {
            is_speech(text(word + 1)) || (acts(text(word + 1)) && !is_lower_near(sentences, token, at))
        } else {
            !is_capitalised(before) && (!is_month_surname(token) || !is_dated(before, text(word + 1)))
        };
        if alone && is_name {
            set(labels, word, word + 1, person);
        }
    }
}

/// Labels the surnames of a headline in capitals that were labelled as ordinary words: `MUSEVENI
/// MEETS KENYATTA`, where the article has both. A word that it also has in lower case is a word.
fn overlooked_capitals<S: AsRef<[T]>, T: AsRef<str>>(
    sentences: &[S],
    at: usize,
    labels: &mut [u8],
    shouted: &Map<String, Vec<usize>>,
    person: usize,
    watch: &Watch,
) {
    /// Shorter words in capitals are rather acronyms.
    const LEAST: usize = 5;
    let tokens = sentences[at].as_ref();
    let is_shouted = |token: &str| {
        token.len() >= LEAST && token.chars().all(|c| c.is_uppercase() || matches!(c, '-' | '\'' | '’'))
    };
    for word in watch.through(0..tokens.len()) {
        let token = tokens[word].as_ref();
        if labels[word] != 0 || !is_shouted(token) {
            continue;
        }
        let near = shouted.get(token).is_some_and(|known| is_in_reach(known, at));
        let alone = labels.get(word + 1).is_none_or(|&next| !Labels::is_inside(next));
        if near && alone && !is_lower_near(sentences, token, at) {
            set(labels, word, word + 1, person);
        }
    }
}

/// Whether a word after `'s` is what somebody has, rather than what a firm does or sells.
fn is_owned(next: &str) -> bool {
    next.starts_with(char::is_alphabetic) && !is_never_owned(next) && !is_firm_noun(next) && !is_act(next)
}

/// Whether only a politician, and no company, has what a word after a name says.
fn is_political(next: &str) -> bool {
    matches!(
        next,
        "administration"
            | "aide"
            | "aides"
            | "allies"
            | "backers"
            | "campaign"
            | "campaigns"
            | "candidacy"
            | "delegates"
            | "presidency"
            | "rallies"
            | "rally"
            | "supporter"
            | "supporters"
            | "surrogate"
            | "surrogates"
            | "voters"
    )
}

/// What a single word that is also a surname is according to the words around it: a town before its
/// country or after `in`, a company before `shares`; `None` if they say nothing.
fn what_else<T: AsRef<str>>(tokens: &[T], spans: &[Span], span: Span, kinds: Kinds) -> Option<usize> {
    let text = |at: usize| tokens.get(at).map_or("", AsRef::as_ref);
    let token = text(span.start);
    let before = span.start.checked_sub(1).map_or("", text);
    if let Some(place) = kinds.place {
        let next = spans.binary_search_by_key(&(span.end + 1), |next| next.start);
        let follows = next.is_ok_and(|next| spans[next].kind == place);
        let inside =
            is_inside(tokens, span.start) || matches!(before, "left" | "visited" | "reached" | "toured");
        // `flew to Jordan`
        let reached = before == "to" && span.start.checked_sub(2).is_some_and(|verb| is_motion(text(verb)));
        if (follows && text(span.end) == "," && !text(span.end + 1).is_empty())
            || (span.kind == place && (inside || reached) && (is_town(&[token]) || is_country(&[token])))
            || (reached && is_country(&[token]))
        {
            return Some(place);
        }
    }
    if let Some(organisation) = kinds.organisation {
        let listed = is_firm(token) && span.kind == organisation;
        // `Ford recalled 400 trucks`, `Porsche posted a profit`
        let makes = matches!(text(span.end), "recalled" | "recalls" | "posted" | "posts")
            && (span.end + 1..span.end + 5).any(|at| is_firm_noun(text(at)));
        if listed
            || makes
            || (is_firm_noun(text(span.end))
                && !matches!(before, "Mr" | "Mr." | "Mrs" | "Mrs." | "Ms" | "Ms."))
        {
            return Some(organisation);
        }
    }
    None
}

/// Whether something is in or near what the name that begins at a token names.
fn is_inside<T: AsRef<str>>(tokens: &[T], start: usize) -> bool {
    start > 0 && matches!(tokens[start - 1].as_ref(), "in" | "near" | "outside" | "across" | "around")
}

/// Whether a word before `to` says that somebody goes somewhere.
fn is_motion(word: &str) -> bool {
    matches!(
        word,
        "back"
            | "came"
            | "come"
            | "deported"
            | "drove"
            | "extradited"
            | "fled"
            | "flew"
            | "flies"
            | "flight"
            | "flights"
            | "fly"
            | "flying"
            | "go"
            | "goes"
            | "going"
            | "headed"
            | "heading"
            | "home"
            | "journey"
            | "move"
            | "moved"
            | "moves"
            | "moving"
            | "return"
            | "returned"
            | "returning"
            | "returns"
            | "sailed"
            | "tour"
            | "travel"
            | "traveled"
            | "traveling"
            | "travelled"
            | "travelling"
            | "travels"
            | "trip"
            | "trips"
            | "visit"
            | "visits"
            | "went"
    )
}

/// Whether an article precedes a name: `the Clintons`.
fn is_family<T: AsRef<str>>(tokens: &[T], word: usize) -> bool {
    word > 0 && matches!(tokens[word - 1].as_ref(), "the" | "The")
}

/// Whether a word is the first of its sentence, or of a quotation that begins it.
fn opens_sentence<T: AsRef<str>>(tokens: &[T], word: usize) -> bool {
    word == 0 || (word == 1 && !tokens[0].as_ref().contains(char::is_alphanumeric))
}

/// Whether what follows a surname can be what a person does or has.
fn acts(next: &str) -> bool {
    is_act(next) || matches!(next, "'s" | "’s")
}

/// Whether a word also occurs nearby in lower case, as an ordinary word.
fn is_lower_near<S: AsRef<[T]>, T: AsRef<str>>(sentences: &[S], word: &str, at: usize) -> bool {
    let lower = word.to_lowercase();
    let near = at.saturating_sub(NEAR)..(at + NEAR + 1).min(sentences.len());
    sentences[near].iter().any(|tokens| tokens.as_ref().iter().any(|token| token.as_ref() == lower))
}

/// Whether a month is part of a date.
fn is_dated(before: &str, next: &str) -> bool {
    let is_number = |word: &str| word.starts_with(|first: char| first.is_ascii_digit());
    is_number(before)
        || is_number(next)
        || matches!(
            before,
            "in" | "of"
                | "since"
                | "until"
                | "by"
                | "from"
                | "before"
                | "after"
                | "during"
                | "last"
                | "next"
                | "this"
                | "late"
                | "early"
                | "mid"
                | "through"
                | "between"
                | "every"
                | "each"
                | "on"
        )
}

fn is_near(sentences: &Sentences<'_>, word: &str, at: usize) -> bool {
    sentences.get(word).is_some_and(|known| is_in_reach(known, at))
}

/// Whether one of some sentences is nearby.
fn is_in_reach(known: &[usize], at: usize) -> bool {
    let next = known.partition_point(|&sentence| sentence + NEAR < at);
    known.get(next).is_some_and(|&sentence| sentence <= at + NEAR)
}

/// The type that a name has nearby, if it has that type clearly more often than its type here.
fn majority(occurrences: &Occurrences, at: usize, kind: usize) -> Option<usize> {
    if occurrences.count < LEAST {
        return None;
    }
    let mut counts: Vec<usize> = Vec::new();
    let first = occurrences.by_sentence.partition_point(|&(place, ..)| place + NEAR < at);
    let near = occurrences.by_sentence[first..].iter().take_while(|&&(place, ..)| place <= at + NEAR);
    for &(_, kind, count) in near {
        if kind >= counts.len() {
            counts.resize(kind + 1, 0);
        }
        counts[kind] += count;
    }
    let (best, &count) =
        counts.iter().enumerate().max_by_key(|&(kind, count)| (*count, usize::MAX - kind))?;
    let own = counts.get(kind).copied().unwrap_or(0);
    (best != kind && count >= CLEARLY * own.max(1)).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tagger::repair::KINDS;

    fn agreed(lines: &[&str], labels: &[&[u8]]) -> Vec<Vec<u8>> {
        let mut labels: Vec<Vec<u8>> = labels.iter().map(|labels| labels.to_vec()).collect();
        agree(&text(lines), &mut labels, KINDS, &Watch::default()).unwrap();
        labels
    }

    #[test]
    fn a_surname_before_a_verb_begins_a_sentence() {
        let found =
            agreed(&["Nora Winter spoke", "Winter said so", "Winter left"], &[&[1, 2, 0], &[0; 3], &[0; 2]]);
        assert_eq!(found[1..], [vec![1, 0, 0], vec![1, 0]]);
        let found = agreed(
            &["Nora Winter spoke", "Winter came early", "the winter was cold"],
            &[&[1, 2, 0], &[0; 3], &[0; 4]],
        );
        assert_eq!(found[1], [0, 0, 0]);
        let found = agreed(&["Nora May spoke", "in May they met May"], &[&[1, 2, 0], &[0; 5]]);
        assert_eq!(found[1], [0, 0, 0, 0, 1]);
    }

    #[test]
    fn a_family_is_its_people_and_a_maker_is_a_company() {
        let found = agreed(&["Jack Lund spoke", "then the Lunds left"], &[&[1, 2, 0], &[0, 0, 3, 0]]);
        assert_eq!(found[1], [0, 0, 1, 0]);
        let found = agreed(&["Jack Lund spoke", "Lund recalled 40 cars"], &[&[1, 2, 0], &[1, 0, 0, 0]]);
        assert_eq!(found[1], [3, 0, 0, 0]);
    }

    #[test]
    fn who_founded_a_firm_is_not_meant_by_its_name() {
        let found = agreed(
            &["Anna Lund cut jobs", "Lund said so", "Mr Lund left"],
            &[&[3, 4, 0, 0], &[1, 0, 0], &[0, 1, 0]],
        );
        assert_eq!(found[1..], [vec![3, 0, 0], vec![0, 1, 0]]);
        let found = agreed(
            &["Anna Lund spoke", "Lund 's speech", "Lund 's shares"],
            &[&[1, 2, 0], &[3, 4, 0], &[3, 4, 0]],
        );
        assert_eq!(found[1..], [vec![1, 0, 0], vec![3, 4, 0]]);
        let found = agreed(
            &["Berkshire Homes fell", "Berkshire said", "in Berkshire they"],
            &[&[3, 4, 0], &[7, 0], &[0, 7, 0]],
        );
        assert_eq!(found[1..], [vec![3, 0], vec![0, 7, 0]]);
    }

    #[test]
    fn a_campaign_is_that_of_somebody() {
        let found = agreed(
            &["Anna Lund spoke", "the Lund Foundation", "the Lund campaign", "the Lund factory"],
            &[&[1, 2, 0], &[0, 3, 4], &[0, 5, 0], &[0, 3, 0]],
        );
        assert_eq!(found[2..], [vec![0, 1, 0], vec![0, 3, 0]]);
    }

    #[test]
    fn a_headline_in_capitals_has_the_names_of_its_story() {
        let found = agreed(
            &["LUNDQUIST MEETS WINTER", "Anna Lundquist met Nora Winter", "the winter was cold"],
            &[&[0; 3], &[1, 2, 0, 1, 2], &[0; 4]],
        );
        assert_eq!(found[0], [1, 0, 0]);
    }

    #[test]
    fn a_town_or_a_company_is_nobody() {
        let found = agreed(
            &["Jack Lund spoke", "in Lund , Sweden , they", "Lund shares fell"],
            &[&[1, 2, 0], &[0, 1, 0, 7, 0, 0], &[1, 0, 0]],
        );
        assert_eq!(found[1..], [vec![0, 7, 0, 7, 0, 0], vec![3, 0, 0]]);
    }

    fn text(sentences: &[&str]) -> Vec<Vec<String>> {
        sentences.iter().map(|sentence| sentence.split(' ').map(str::to_owned).collect()).collect()
    }

    #[test]
    fn a_lone_surname_is_the_person_who_was_named_in_full() {
        let sentences = text(&["Emilio Godoy spoke", "then Godoy left", "they saw Godoy again"]);
        let mut labels = vec![vec![1, 2, 0], vec![0, 5, 0], vec![0, 0, 0, 0]];
        agree(&sentences, &mut labels, KINDS, &Watch::default()).unwrap();
        assert_eq!(labels, [vec![1, 2, 0], vec![0, 1, 0], vec![0, 0, 1, 0]]);
    }

    #[test]
    fn a_name_is_what_it_is_nearly_everywhere_else() {
        let sentences = text(&["in Shohoz", "at Shohoz", "of Shohoz"]);
        let mut labels = vec![vec![0, 3], vec![0, 3], vec![0, 5]];
        agree(&sentences, &mut labels, KINDS, &Watch::default()).unwrap();
        assert_eq!(labels, [vec![0, 3], vec![0, 3], vec![0, 3]]);
    }

    #[test]
    fn far_sentences_say_nothing() {
        let mut lines = vec!["Emilio Godoy spoke"];
        lines.extend(std::iter::repeat_n("nothing happened", 70));
        lines.push("near Godoy hill");
        let sentences = text(&lines);
        let mut labels: Vec<Vec<u8>> = sentences.iter().map(|sentence| vec![0; sentence.len()]).collect();
        labels[0] = vec![1, 2, 0];
        let before = labels.clone();
        agree(&sentences, &mut labels, KINDS, &Watch::default()).unwrap();
        assert_eq!(labels, before);
    }
}
