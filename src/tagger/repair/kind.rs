//! Which names are not of the kind that the tagger says?
//!
//! The post of somebody, an agreement and an `ATM` are not organisations, `US $` is money, a lone
//! `Kingdom` is not a place by name, and `British Indians` are a people. `the Amazon` is a river,
//! unless it has a founder or a website.

use super::lists::{Listed, is_firm_noun, is_office, names};
use super::{Kinds, clear, continues};
use crate::batch::Watch;
use crate::tagger::body_words::{Sign, is, is_land};
use crate::tagger::label::{Labels, Span, set};

/// Labels the names of a sentence anew that cannot be what they are labelled.
pub(super) fn label<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], kinds: Kinds, watch: &Watch) {
    if labels.iter().all(|&label| label == 0) {
        return;
    }
    for span in watch.through(Labels::spans(labels)) {
        let Span { start, end, kind } = span;
        let words = &tokens[start..end];
        let (first, last) = (words[0].as_ref(), words[words.len() - 1].as_ref());
        let is_organisation = Some(kind) == kinds.organisation;
        let is_place = Some(kind) == kinds.place;
        if let Some(other) = kinds.other
            && (is_organisation || Some(kind) == kinds.person)
            && is_case(words)
        {
            set(labels, start, end, other);
            continue;
        }
        if is_organisation
            && let Some(body) = body_of_post(words)
            && labels.get(end).is_some_and(|&next| Labels::kind(next) == kinds.person)
        {
            // `Senate Minority Leader` `Ann Quell`
            clear(labels, start + body, end);
            continue;
        }
        let no_name = words.len() == 1 && Some(kind) != kinds.group && is(Sign::NoName, last);
        if no_name || (is_organisation && words.len() > 2 && is_post(first, words[1].as_ref())) {
            clear(labels, start, end);
        } else if let Some(other) = kinds.other
            && is_organisation
            && is_paper(words)
            && !is_listed(words)
        {
            set(labels, start, end, other);
        } else if let Some(group) = kinds.group
            && (is_organisation || is_place)
            && is_people(words)
        {
            set(labels, start, end, group);
        } else if let Some(organisation) = kinds.organisation
            && is_place
            && end - start > 1
            && words.iter().any(|word| is_pair(word.as_ref()))
            && (end..end + 3).any(|at| is_poll(tokens.get(at).map_or("", AsRef::as_ref)))
        {
            set(labels, start, end, organisation);
        } else if is_place {
            let money = tokens.get(end).is_some_and(|next| next.as_ref() == "$");
            if money || (words.len() == 1 && is(Sign::Part, last)) {
                clear(labels, start, end);
            }
        } else if let Some(place) = kinds.place
            && is_organisation
            && first == "Amazon"
            && is_river(tokens, labels, start)
        {
            set(labels, start, end, place);
        }
    }
}

/// Whether a name is that of a case: `Quell v. Quell`.
fn is_case<T: AsRef<str>>(words: &[T]) -> bool {
    let inside = words.get(1..words.len() - 1).unwrap_or_default();
    inside.iter().any(|word| matches!(word.as_ref(), "v." | "v" | "vs." | "vs"))
}

/// How many words of the name of a post name the body, where it ends in what somebody is there:
/// `Senate` in `Senate Minority Leader`.
fn body_of_post<T: AsRef<str>>(words: &[T]) -> Option<usize> {
    let (last, before) = words.split_last()?;
    let holds = |word: &str| {
        is_office(word)
            || matches!(word, "Leader" | "Whip" | "Speaker" | "President" | "Officer" | "Governor")
    };
    let qualifies = |word: &str| {
        matches!(
            word,
            "Democratic"
                | "Republican"
                | "Minority"
                | "Majority"
                | "Prime"
                | "Deputy"
                | "Vice"
                | "Assistant"
                | "Acting"
                | "Chief"
                | "Executive"
                | "Opposition"
                | "Press"
                | "General"
        )
    };
    let body = before.len() - before.iter().rev().take_while(|word| qualifies(word.as_ref())).count();
    holds(last.as_ref()).then_some(body)
}

/// Whether a word joins two names: `Post-ABC`.
fn is_pair(word: &str) -> bool {
    word.split_once('-').is_some_and(|(first, second)| {
        [first, second].iter().all(|part| part.starts_with(char::is_uppercase))
    })
}

/// Whether a word says that those named before it asked people: `the Post-ABC News poll`.
fn is_poll(word: &str) -> bool {
    matches!(word, "poll" | "polls" | "survey" | "surveys" | "polling")
}

/// Whether two words begin the name of a post: `Head of` something, `Inspector General`.
fn is_post(first: &str, second: &str) -> bool {
    is(Sign::Post, first) && matches!(second, "of" | "for" | "General")
}

/// Whether the last words of a name show an agreement or a law.
fn is_paper<T: AsRef<str>>(words: &[T]) -> bool {
    match words {
        [.., before, last] => {
            is(Sign::NoBody, last.as_ref())
                || (before.as_ref() == "of" && is(Sign::NoBody, &format!("of {}", last.as_ref())))
        }
        _ => false,
    }
}

/// Whether a list has the name as that of an organisation: `Jones Day`.
fn is_listed<T: AsRef<str>>(words: &[T]) -> bool {
    let [first, rest @ ..] = words else { return false };
    let is_rest = |listed: &[&str]| listed.iter().copied().eq(rest.iter().map(AsRef::as_ref));
    names(first.as_ref()).iter().any(|(rest, listed)| *listed == Listed::Organisation && is_rest(rest))
}

/// Whether a name of several words is that of a people: `British Indians`.
fn is_people<T: AsRef<str>>(words: &[T]) -> bool {
    let known = |word: &str| {
        let is_people = |listed: Listed| matches!(listed, Listed::Group | Listed::Nationality);
        names(word).iter().any(|(rest, listed)| rest.is_empty() && is_people(*listed))
    };
    let [before @ .., last] = words else { return false };
    let last = last.as_ref();
    let Some(one) = last.strip_suffix('s').filter(|one| one.len() > 3 && !before.is_empty()) else {
        return false;
    };
    (known(one) || known(last) || one.ends_with("ian"))
        && !is_land(&[last])
        && before.iter().map(AsRef::as_ref).all(|word| is(Sign::Qualifier, word) || known(word))
}

/// Whether an article before `Amazon`, and no noun of a company after it, show the river.
fn is_river<T: AsRef<str>>(tokens: &[T], labels: &[u8], at: usize) -> bool {
    let article = at > 0 && matches!(tokens[at - 1].as_ref(), "the" | "The");
    let next = tokens.get(at + 1).map_or("", AsRef::as_ref);
    article && !continues(labels, at + 1) && !is_firm_noun(next) && !is(Sign::BodyNoun, next)
}

#[cfg(test)]
mod tests {
    use super::super::repaired;

    #[test]
    fn posts_agreements_and_money_are_no_organisations_or_places() {
        assert_eq!(repaired("as Head of Risk", &[0, 3, 4, 4]), [0; 4]);
        assert_eq!(repaired("the Lund Trade Agreement ended", &[0, 3, 4, 4, 0]), [0, 5, 6, 6, 0]);
        assert_eq!(repaired("for US $ 4", &[0, 7, 0, 0]), [0; 4]);
        assert_eq!(repaired("the Kingdom said", &[0, 7, 0]), [0; 3]);
        assert_eq!(repaired("an ATM in Leeds", &[0, 3, 0, 7]), [0, 0, 0, 7]);
    }

    #[test]
    fn two_who_ask_people_are_no_place() {
        assert_eq!(repaired("a Lund Post-QRS News national poll", &[0, 7, 8, 8, 0, 0]), [0, 3, 4, 4, 0, 0]);
        assert_eq!(repaired("a Stratford-upon-Avon poll", &[0, 7, 0]), [0, 7, 0]);
    }

    #[test]
    fn a_case_is_nobody() {
        assert_eq!(repaired("in Lund v. Lund , they", &[0, 1, 2, 2, 0, 0]), [0, 5, 6, 6, 0, 0]);
    }

    #[test]
    fn a_post_before_its_holder_is_no_organisation() {
        assert_eq!(
            repaired("Senate Minority Leader Anna Quell said", &[3, 4, 4, 1, 2, 0]),
            [3, 0, 0, 1, 2, 0]
        );
        assert_eq!(repaired("the Leeds Leader reported", &[0, 3, 4, 0]), [0, 3, 4, 0]);
    }

    #[test]
    fn a_people_in_the_plural_is_no_organisation() {
        assert_eq!(repaired("many British Indians vote", &[0, 3, 4, 0]), [0, 9, 10, 0]);
        assert_eq!(repaired("the Cleveland Indians won", &[0, 3, 4, 0]), [0, 3, 4, 0]);
    }

    #[test]
    fn the_amazon_is_a_river() {
        assert_eq!(repaired("across the Amazon basin", &[0, 0, 3, 0]), [0, 0, 7, 0]);
        assert_eq!(repaired("the Amazon website", &[0, 3, 0]), [0, 3, 0]);
        assert_eq!(repaired("Amazon grew", &[3, 0]), [3, 0]);
    }
}
