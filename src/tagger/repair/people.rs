//! Which people's names look like months or places?
//!
//! `Mrs May`, `June Osborne` and `Marcus March` are people; `India Moss` and `Carolina Marin` are,
//! too, although the first word is a place. A title before a month, or a name after it, shows it.

use super::lists::{Homonym, homonym, is_act, is_given_name};
use super::{Kinds, begins_before, continues, end_of};
use crate::batch::Watch;
use crate::language::is_title;
use crate::tagger::label::{Labels, is_capitalised, set};

/// Labels people whose names are also those of months or places.
pub(super) fn label<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], kinds: Kinds, watch: &Watch) {
    let Some(person) = kinds.person else { return };
    for at in watch.through(0..tokens.len()) {
        let token = tokens[at].as_ref();
        if !token.starts_with(|first: char| first.is_ascii_uppercase()) {
            continue;
        }
        match homonym(token) {
            Some(Homonym::Month) => month(tokens, labels, at, person),
            Some(Homonym::Place) => place(tokens, labels, at, person, kinds),
            None => {}
        }
    }
}

/// Labels a month as a person if the words around it show one.
fn month<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], at: usize, person: usize) {
    let text = |at: usize| tokens.get(at).map_or("", AsRef::as_ref);
    let is_number = |word: &str| word.starts_with(|first: char| first.is_ascii_digit());
    let before = at.checked_sub(1).map_or("", text);
    let is_person = |at: usize| labels.get(at).is_some_and(|&label| Labels::kind(label) == Some(person));
    let addressed = is_title(before) && !matches!(before, "Chief") && !is_number(text(at + 1));
    // `June Osborne`: the given name of the person after it, at the start or after a title.
    let given = is_person(at + 1)
        && !continues(labels, at + 1)
        && (addressed || !is_preposition(before))
        && is_capitalised(text(at + 1));
    // `Marcus March`: the surname of the person before it.
    let surname = at > 0 && is_person(at - 1) && !begins_before(labels, at - 1) && is_given_name(before);
    if given {
        set(labels, at, end_of(labels, at + 1), person);
    } else if surname && !is_number(text(at + 1)) {
        set(labels, at - 1, at + 1, person);
    } else if addressed && labels[at] == 0 {
        set(labels, at, at + 1, person);
    }
}

/// Words before a month that is a month.
fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "in" | "In"
            | "of"
            | "since"
            | "Since"
            | "until"
            | "by"
            | "By"
            | "from"
            | "to"
            | "before"
            | "after"
            | "during"
            | "last"
            | "Last"
            | "next"
            | "this"
            | "late"
            | "early"
            | "mid"
            | "on"
            | "On"
            | "the"
            | "and"
            | "through"
            | "between"
            | "-"
            | "–"
            | ","
    ) || word.starts_with(|first: char| first.is_ascii_digit())
}

/// Labels the name of a place as the given name of the person after it: `India Moss`.
fn place<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], at: usize, person: usize, kinds: Kinds) {
    let next = at + 1;
    let Some(surname) = tokens.get(next).map(AsRef::as_ref) else { return };
    let own = Labels::kind(labels[at]);
    let alone = !begins_before(labels, at) && !continues(labels, next);
    if !alone || own == Some(person) || !is_capitalised(surname) || is_title(surname) {
        return;
    }
    if own.is_some() && own != kinds.place {
        return;
    }
    // A team or a company before a surname, `Chelsea Lampard`, is rarer than a given name.
    let one_word = !continues(labels, next + 1);
    let acts = tokens.get(next + 1).is_some_and(|verb| is_act(verb.as_ref()));
    let is_person = Labels::kind(labels[next]) == Some(person) && !is_given_name(surname);
    let is_unknown = labels[next] == 0 && at == 0 && acts && own.is_none();
    if one_word && (is_person || is_unknown) {
        set(labels, at, next + 1, person);
    }
}

#[cfg(test)]
mod tests {
    use super::super::repaired;

    #[test]
    fn a_title_or_a_name_shows_that_a_month_is_a_person() {
        assert_eq!(repaired("Mrs May left in May", &[0, 0, 0, 0, 0]), [0, 1, 0, 0, 0]);
        assert_eq!(repaired("Ms June Alder left", &[0, 0, 1, 0]), [0, 1, 2, 0]);
        assert_eq!(repaired("then Anna March left", &[0, 1, 0, 0]), [0, 1, 2, 0]);
        assert_eq!(repaired("Anna March 3 left", &[1, 0, 0, 0]), [1, 0, 0, 0]);
        assert_eq!(repaired("in May Alder left", &[0, 0, 1, 0]), [0, 0, 1, 0]);
    }

    #[test]
    fn a_place_before_a_surname_is_a_given_name() {
        assert_eq!(repaired("India Alder sang", &[7, 1, 0]), [1, 2, 0]);
        assert_eq!(repaired("Carolina Alder won", &[0, 0, 0]), [1, 2, 0]);
        assert_eq!(repaired("Paris Mayor Anne Alder", &[7, 0, 1, 2]), [7, 0, 1, 2]);
        assert_eq!(repaired("Georgia Gov. Alder", &[7, 0, 1]), [7, 0, 1]);
    }
}
