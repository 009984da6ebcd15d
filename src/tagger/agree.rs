//! Are the labels of a text consistent with each other?
//!
//! A single sentence often does not show what a name is, but the surrounding text does. Two rules
//! use the sentences nearby: a single word that is the last word of a person's full name there is
//! that person; and a name that nearly always has another label nearby gets that label. Both need
//! clear evidence, and neither turns the first word of a sentence into a name.
//!
//! Cost: one look-up per capitalised word; and for each name, one step for each nearby sentence
//! that contains it, however often.

use std::hash::{Hash, Hasher};

use super::label::{Labels, Span, is_capitalised, set};
use crate::batch::Watch;
use crate::error::Result;
use crate::hash::Map;

/// Sentences at most this far apart are nearby.
const NEAR: usize = 60;

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
type Sentences<'a> = Map<&'a str, Vec<usize>>;

fn note<'a>(sentences: &mut Sentences<'a>, word: &'a str, at: usize) {
    let known = sentences.entry(word).or_default();
    if known.last() != Some(&at) {
        known.push(at);
    }
}

/// Makes the labels of the sentences of a text consistent. `person` is the type of people, if there
/// is one.
///
/// # Errors
/// [`crate::error::Kind::Cancelled`].
pub(crate) fn agree<S: AsRef<[T]>, T: AsRef<str>>(
    sentences: &[S],
    labels: &mut [Vec<u8>],
    person: Option<usize>,
    watch: &Watch,
) -> Result<()> {
    let spans: Vec<Vec<Span>> = watch.through(labels.iter()).map(|labels| Labels::spans(labels)).collect();
    let (mut surnames, mut inside) = (Sentences::default(), Sentences::default());
    let mut occurrences: Map<Name<'_, T>, Occurrences> = Map::default();
    for (at, (tokens, spans)) in sentences.iter().zip(&spans).enumerate() {
        let tokens = tokens.as_ref();
        for span in watch.through(spans) {
            let words = &tokens[span.start..span.end];
            if let [_, .., last] = words
                && Some(span.kind) == person
            {
                note(&mut surnames, last.as_ref(), at);
            } else if words.len() > 1 {
                for word in words {
                    note(&mut inside, word.as_ref(), at);
                }
            }
            occurrences.entry(Name(words)).or_default().add(at, span.kind);
        }
    }
    watch.check()?;
    for (at, (tokens, spans)) in sentences.iter().zip(&spans).enumerate() {
        let (tokens, labels) = (tokens.as_ref(), &mut labels[at]);
        for span in watch.through(spans) {
            let words = &tokens[span.start..span.end];
            if let ([word], Some(person)) = (words, person)
                && span.kind != person
                && is_near(&surnames, word.as_ref(), at)
                && !is_near(&inside, word.as_ref(), at)
            {
                set(labels, span.start, span.end, person);
            } else if let Some(kind) =
                occurrences.get(&Name(words)).and_then(|occurrences| majority(occurrences, at, span.kind))
            {
                set(labels, span.start, span.end, kind);
            }
        }
        // Names that were labelled as ordinary words.
        for word in watch.through(1..tokens.len()) {
            let token = tokens[word].as_ref();
            let person =
                person.filter(|_| labels[word] == 0 && token.chars().count() > 2 && is_capitalised(token));
            if let Some(person) = person
                && is_near(&surnames, token, at)
                && !is_near(&inside, token, at)
                && labels.get(word + 1).is_none_or(|&next| next == 0)
                && tokens.get(word + 1).is_none_or(|next| !is_capitalised(next.as_ref()))
                && !is_capitalised(tokens[word - 1].as_ref())
            {
                set(labels, word, word + 1, person);
            }
        }
    }
    watch.check()
}

fn is_near(sentences: &Sentences<'_>, word: &str, at: usize) -> bool {
    sentences.get(word).is_some_and(|known| {
        let next = known.partition_point(|&sentence| sentence + NEAR < at);
        known.get(next).is_some_and(|&sentence| sentence <= at + NEAR)
    })
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

    fn text(sentences: &[&str]) -> Vec<Vec<String>> {
        sentences.iter().map(|sentence| sentence.split(' ').map(str::to_owned).collect()).collect()
    }

    #[test]
    fn a_lone_surname_is_the_person_who_was_named_in_full() {
        let sentences = text(&["Emilio Godoy spoke", "then Godoy left", "they saw Godoy again"]);
        let mut labels = vec![vec![1, 2, 0], vec![0, 5, 0], vec![0, 0, 0, 0]];
        agree(&sentences, &mut labels, Some(0), &Watch::default()).unwrap();
        assert_eq!(labels, [vec![1, 2, 0], vec![0, 1, 0], vec![0, 0, 1, 0]]);
    }

    #[test]
    fn a_name_is_what_it_is_nearly_everywhere_else() {
        let sentences = text(&["in Shohoz", "at Shohoz", "of Shohoz"]);
        let mut labels = vec![vec![0, 3], vec![0, 3], vec![0, 5]];
        agree(&sentences, &mut labels, Some(0), &Watch::default()).unwrap();
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
        agree(&sentences, &mut labels, Some(0), &Watch::default()).unwrap();
        assert_eq!(labels, before);
    }
}
