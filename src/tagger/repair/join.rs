//! Which names did the tagger split, or label as something that they cannot be?
//!
//! A particle joins the names around it into one:
//! `Claire de la` `Tour`, `Pieter` van der `Meer`; so does a nickname in quotes: `Robert` "Bobby"
//! `Tate`. A name that ends in a legal form is a company: `Nordwind Kabel AG`. Two names with
//! an ampersand between them are one: `Hale & Crowther`. After `Hurricane` comes the name of a
//! storm, not of a person or a place.

use super::lists::{is_firm_ending, is_given_name};
use super::{Kinds, continues, end_of, start_of};
use crate::batch::Watch;
use crate::tagger::label::{Labels, Span, is_capitalised, set};

/// Particles that occur inside the names of people and begin a surname.
fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "van"
            | "von"
            | "der"
            | "den"
            | "de"
            | "del"
            | "della"
            | "di"
            | "la"
            | "bin"
            | "bint"
            | "ibn"
            | "dos"
            | "ter"
    )
}

/// Legal forms that only companies have.
pub(in crate::tagger) fn is_legal_form(word: &str) -> bool {
    matches!(
        word.trim_end_matches('.'),
        "Inc"
            | "Ltd"
            | "Corp"
            | "AG"
            | "GmbH"
            | "PLC"
            | "Plc"
            | "plc"
            | "LLP"
            | "LLC"
            | "SpA"
            | "Bhd"
            | "KGaA"
    )
}

/// Words that begin the name of a storm.
fn is_storm(word: &str) -> bool {
    matches!(word, "Hurricane" | "Cyclone" | "Typhoon")
}

/// Joins the parts of names.
pub(super) fn join<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], kinds: Kinds, watch: &Watch) {
    let Kinds { person, organisation, other, .. } = kinds;
    if let Some(person) = person {
        join_particles(tokens, labels, person, watch);
        join_nicknames(tokens, labels, person, watch);
    }
    if let Some(other) = other {
        name_storms(tokens, labels, organisation, other, watch);
    }
    if let Some(organisation) = organisation {
        join_ampersands(tokens, labels, organisation, kinds, watch);
        for Span { start, end, kind } in watch.through(Labels::spans(labels)) {
            let last = tokens[end - 1].as_ref();
            let ends = is_legal_form(last) || (is_firm_ending(last) && Some(kind) != kinds.other);
            if kind != organisation && end - start > 1 && ends {
                set(labels, start, end, organisation);
            }
        }
    }
}

/// The maximum number of words on each side of an ampersand that are part of one name.
const SIDE: usize = 3;

/// Joins capitalised words with an ampersand between them into the name of an organisation, or of
/// what the tagger calls something else: `Law & Order`. Two given names remain two people.
fn join_ampersands<T: AsRef<str>>(
    tokens: &[T],
    labels: &mut [u8],
    organisation: usize,
    kinds: Kinds,
    watch: &Watch,
) {
    let text = |at: usize| tokens[at].as_ref();
    // The name that was joined last: where it begins and ends, and its type. A name with many
    // ampersands is extended by what is new, so that the work is linear in its length.
    let mut last = (0, 0, organisation);
    for at in watch.through(1..tokens.len().saturating_sub(1)) {
        if text(at) != "&" || !is_capitalised(text(at - 1)) || !is_capitalised(text(at + 1)) {
            continue;
        }
        let of = |at: usize| Labels::kind(labels[at]);
        let joined = labels[at] != 0 && continues(labels, at + 1);
        let is_person = |at: usize| of(at).is_some() && of(at) == kinds.person;
        let couple = is_given_name(text(at - 1)) && is_given_name(text(at + 1));
        if joined || (couple && (is_person(at - 1) || is_person(at + 1))) {
            continue;
        }
        let end = end_of(labels, at + 1);
        let other = [of(at - 1), of(at + 1)].into_iter().flatten().any(|kind| Some(kind) == kinds.other);
        let kind = kinds.other.filter(|_| other).unwrap_or(organisation);
        let extends = last.1 == at;
        if extends && last.2 == kind {
            labels[at..end].fill((2 * kind + 2) as u8);
            last.1 = end;
            continue;
        }
        let is_named = labels[at - 1] != 0;
        let capitals = (0..at)
            .rev()
            .take(SIDE)
            .take_while(|&at| is_capitalised(text(at)) && (!is_named || labels[at] != 0));
        // A name that begins farther to the left is part of it, too.
        let start = if extends { last.0 } else { start_of(labels, capitals.last().unwrap_or(at - 1)) };
        set(labels, start, end, kind);
        last = (start, end, kind);
    }
}

/// Labels a storm and its one-word name as `other`, unless they are part of a longer name or of an
/// organisation.
fn name_storms<T: AsRef<str>>(
    tokens: &[T],
    labels: &mut [u8],
    organisation: Option<usize>,
    other: usize,
    watch: &Watch,
) {
    for at in watch.through(1..tokens.len()) {
        let kind = Labels::kind(labels[at]);
        if is_storm(tokens[at - 1].as_ref())
            && is_capitalised(tokens[at].as_ref())
            && tokens.get(at + 1).is_none_or(|next| !is_capitalised(next.as_ref()))
            && !Labels::is_inside(labels[at - 1])
            && (kind.is_none() || kind != organisation)
        {
            set(labels, at - 1, at + 1, other);
        }
    }
}

/// Joins parts of a person's name that have particles between them, and adds preceding particles to
/// a surname.
fn join_particles<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], person: usize, watch: &Watch) {
    let (begin, inside) = ((2 * person + 1) as u8, (2 * person + 2) as u8);
    let is_person = |label: u8| Labels::kind(label) == Some(person);
    let mut at = 0;
    while at < tokens.len() && !watch.is_stopped() {
        let run = tokens[at..].iter().take_while(|token| is_particle(token.as_ref())).count();
        let name = at + run;
        if name >= tokens.len() {
            break; // particles up to the end, without a name
        }
        if run == 0 {
            at += 1;
            continue;
        }
        let open = |label: u8| label == 0 || is_person(label);
        let free = labels[at..name].iter().all(|&label| open(label));
        let (before, following) = (at.checked_sub(1).map(|before| labels[before]), labels[name]);
        let named = is_person(following) || (following == 0 && is_capitalised(tokens[name].as_ref()));
        if free && named && before.is_some_and(is_person) && is_capitalised(tokens[at - 1].as_ref()) {
            labels[at..=name].fill(inside);
        } else if free && following == begin && tokens[at].as_ref() != "la" {
            labels[at] = begin;
            labels[at + 1..=name].fill(inside);
        }
        at = name + 1;
    }
}

/// Joins a given name, a nickname in quotes and a surname into one name.
fn join_nicknames<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], person: usize, watch: &Watch) {
    /// The maximum number of words in a nickname.
    const LONGEST: usize = 2;
    let inside = (2 * person + 2) as u8;
    let is_person = |label: u8| Labels::kind(label) == Some(person);
    let is_quote =
        |at: usize| matches!(tokens[at].as_ref(), "\"" | "“" | "”" | "'" | "‘" | "’" | "''" | "``");
    for opens in watch.through(1..tokens.len()) {
        if !is_quote(opens) || !is_person(labels[opens - 1]) {
            continue;
        }
        let last = (opens + LONGEST + 1).min(tokens.len() - 1);
        let Some(closes) = (opens + 2..=last).find(|&at| is_quote(at)) else { continue };
        let nickname = &tokens[opens + 1..closes];
        if nickname.iter().all(|token| is_capitalised(token.as_ref()))
            && labels.get(closes + 1).is_some_and(|&label| is_person(label))
        {
            labels[opens..=closes + 1].fill(inside);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::repaired;

    #[test]
    fn particles_tie_the_parts_of_a_name() {
        assert_eq!(repaired("Claire de la Tour left", &[1, 2, 2, 0, 0]), [1, 2, 2, 2, 0]);
        assert_eq!(repaired("Pieter van der Meer left", &[1, 0, 0, 1, 0]), [1, 2, 2, 2, 0]);
        assert_eq!(repaired("Mr van der Meer left", &[0, 0, 0, 1, 0]), [0, 1, 2, 2, 0]);
    }

    #[test]
    fn a_nickname_in_quotes_is_part_of_the_name() {
        assert_eq!(
            repaired("Robert J. \" Bobby \" Tate Jr. won", &[1, 2, 0, 1, 2, 2, 2, 0]),
            [1, 2, 2, 2, 2, 2, 2, 0]
        );
        assert_eq!(repaired("Robert J. \" Bobby \" Tate won", &[1, 2, 0, 0, 0, 1, 0]), [1, 2, 2, 2, 2, 2, 0]);
        assert_eq!(repaired("Tate said \" Bobby \" won", &[1, 0, 0, 1, 0, 0]), [1, 0, 0, 1, 0, 0]);
    }

    #[test]
    fn a_storm_is_nobody_and_no_place() {
        assert_eq!(repaired("Hurricane Maria struck", &[0, 1, 0]), [5, 6, 0]);
        assert_eq!(repaired("after Cyclone Idai", &[0, 0, 0]), [0, 5, 6]);
        assert_eq!(repaired("the Hurricane Center said", &[0, 3, 4, 0]), [0, 3, 4, 0]);
        assert_eq!(repaired("Typhoon Road Market closed", &[3, 4, 4, 0]), [3, 4, 4, 0]);
    }

    #[test]
    fn an_ampersand_joins_two_names() {
        assert_eq!(repaired("Dahl & Dahl rose", &[1, 0, 1, 0]), [3, 4, 4, 0]);
        assert_eq!(repaired("at Bath Salt & Below today", &[0, 0, 0, 0, 0, 0]), [0, 3, 4, 4, 4, 0]);
        assert_eq!(repaired("Anna & Robert wed", &[1, 0, 1, 0]), [1, 0, 1, 0]);
        assert_eq!(repaired("on Peace & Order tonight", &[0, 5, 0, 0, 0]), [0, 5, 6, 6, 0]);
    }

    #[test]
    fn particles_inside_other_names_stay() {
        assert_eq!(repaired("Banco de Chile rose", &[3, 4, 4, 0]), [3, 4, 4, 0]);
        assert_eq!(repaired("Rio de Janeiro", &[5, 6, 6]), [5, 6, 6]);
        assert_eq!(repaired("Anna met la Roche", &[1, 0, 0, 1]), [1, 0, 0, 1]);
    }

    #[test]
    fn what_ends_in_a_legal_form_is_a_company() {
        assert_eq!(repaired("Nordwind Kabel AG rose", &[1, 2, 2, 0]), [3, 4, 4, 0]);
        assert_eq!(repaired("AG rose", &[1, 0]), [1, 0]);
    }

    #[test]
    fn the_last_word_shows_an_organisation() {
        assert_eq!(repaired("the Oban Gazette wrote", &[0, 7, 8, 0]), [0, 3, 4, 0]);
        assert_eq!(repaired("Gazette wrote", &[7, 0]), [7, 0]);
    }
}
