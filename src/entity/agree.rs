//! Do the labels of a text agree with each other?
//!
//! A sentence alone often does not tell what a name is; the text around it does. Two rules look at the sentences near by:
//! a lone word that ends a person's full name there is that person, and a name that is labelled otherwise nearly everywhere
//! else there is labelled as there. Both need clear evidence, and neither makes a name of a word at the head of a sentence.
//!
//! Cost: a look-up for each capitalised word.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::label::{Labels, Span, is_capitalised, set};

/// Sentences up to this far apart are near.
const NEAR: usize = 60;

/// Where names stand: by name, sentence and type, in the order of the sentences.
type Places<'a> = HashMap<Vec<&'a str>, Vec<(usize, usize)>, FxBuildHasher>;

/// Brings the labels of the sentences of a text into agreement. `person` is the type of people, if there is one.
pub(super) fn agree<S: AsRef<[T]>, T: AsRef<str>>(
    sentences: &[S],
    labels: &mut [Vec<u8>],
    person: Option<usize>,
) {
    let spans: Vec<Vec<Span>> = labels.iter().map(|labels| Labels::spans(labels)).collect();
    let mut surnames: HashMap<&str, Vec<usize>, FxBuildHasher> = HashMap::default();
    let mut inside: HashMap<&str, Vec<usize>, FxBuildHasher> = HashMap::default();
    let mut places: Places<'_> = HashMap::default();
    for (at, (tokens, spans)) in sentences.iter().zip(&spans).enumerate() {
        let tokens = tokens.as_ref();
        for span in spans {
            let words: Vec<&str> = tokens[span.start..span.end].iter().map(AsRef::as_ref).collect();
            if let [_, .., last] = words[..]
                && Some(span.kind) == person
            {
                surnames.entry(last).or_default().push(at);
            } else if words.len() > 1 {
                for word in &words {
                    inside.entry(word).or_default().push(at);
                }
            }
            places.entry(words).or_default().push((at, span.kind));
        }
    }
    for (at, (tokens, spans)) in sentences.iter().zip(&spans).enumerate() {
        let (tokens, labels) = (tokens.as_ref(), &mut labels[at]);
        for span in spans {
            let words: Vec<&str> = tokens[span.start..span.end].iter().map(AsRef::as_ref).collect();
            if let ([word], Some(person)) = (&words[..], person)
                && span.kind != person
                && is_near(&surnames, word, at)
                && !is_near(&inside, word, at)
            {
                set(labels, span.start, span.end, person);
            } else if let Some(kind) = majority(&places, &words, at, span.kind) {
                set(labels, span.start, span.end, kind);
            }
        }
        // Names that were taken for plain words.
        for word in 1..tokens.len() {
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
}

fn is_near(places: &HashMap<&str, Vec<usize>, FxBuildHasher>, word: &str, at: usize) -> bool {
    places.get(word).is_some_and(|places| {
        let next = places.partition_point(|&place| place + NEAR < at);
        places.get(next).is_some_and(|&place| place <= at + NEAR)
    })
}

/// The type that a name has near by, where it has it clearly more often than the one it has here.
fn majority(places: &Places<'_>, words: &[&str], at: usize, kind: usize) -> Option<usize> {
    let places = places.get(words)?;
    if places.len() < 3 {
        return None;
    }
    let mut counts: Vec<usize> = Vec::new();
    let first = places.partition_point(|&(place, _)| place + NEAR < at);
    for &(_, kind) in places[first..].iter().take_while(|&&(place, _)| place <= at + NEAR) {
        if kind >= counts.len() {
            counts.resize(kind + 1, 0);
        }
        counts[kind] += 1;
    }
    let (best, &count) =
        counts.iter().enumerate().max_by_key(|&(kind, count)| (*count, usize::MAX - kind))?;
    let own = counts.get(kind).copied().unwrap_or(0);
    (best != kind && count >= 2 * own.max(1)).then_some(best)
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
        agree(&sentences, &mut labels, Some(0));
        assert_eq!(labels, [vec![1, 2, 0], vec![0, 1, 0], vec![0, 0, 1, 0]]);
    }

    #[test]
    fn a_name_is_what_it_is_nearly_everywhere_else() {
        let sentences = text(&["in Shohoz", "at Shohoz", "of Shohoz"]);
        let mut labels = vec![vec![0, 3], vec![0, 3], vec![0, 5]];
        agree(&sentences, &mut labels, Some(0));
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
        agree(&sentences, &mut labels, Some(0));
        assert_eq!(labels, before);
    }
}
