//! Which people's names look like months or places?
//!
//! `Mrs May`, `June Osborne` and `Marcus March` are people; `India Moss` and `Carolina Marin` are,
//! too, although the first word is a place. A title before a month, or a name after it, shows it.

use super::lists::{
    Homonym, homonym, is_act, is_country, is_given_name, is_office, is_place_noun, is_portfolio, is_region,
    is_speech, is_team_noun, is_town,
};
use super::question::asks;
use super::trim::is_possessive;
use super::{Kinds, begins_before, continues, end_of, start_of};
use crate::batch::Watch;
use crate::language::is_title;
use crate::tagger::label::{Labels, is_capitalised, set};

/// Labels people whose names are also those of months or places.
pub(super) fn label<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], kinds: Kinds, watch: &Watch) {
    let Some(person) = kinds.person else { return };
    given_name(tokens, labels, person);
    for at in watch.through(0..tokens.len()) {
        let token = tokens[at].as_ref();
        if token == "of" && at > 0 && is_settlement(tokens[at - 1].as_ref()) {
            settlement(tokens, labels, at + 1, kinds);
        }
        if let Some(organisation) = kinds.organisation.filter(|_| is_founding(token)) {
            founded(tokens, labels, at, person, organisation);
        }
        if !token.starts_with(|first: char| first.is_ascii_uppercase()) {
            if matches!(tokens.get(at + 1).map(AsRef::as_ref), Some("for" | "of")) && is_office(token) {
                holder(tokens, labels, at, person);
            }
            continue;
        }
        if is_office(token) {
            holder(tokens, labels, at, person);
        }
        addressed(tokens, labels, at, person, kinds);
        match homonym(token) {
            Some(Homonym::Month) => month(tokens, labels, at, person),
            Some(Homonym::Place) => place(tokens, labels, at, person, kinds),
            None if is_weekday(token) => weekday(tokens, labels, at, person),
            None => {}
        }
    }
}

/// Words before `of` and the name of a place: `the village of Birkdale`.
fn is_settlement(word: &str) -> bool {
    matches!(
        word,
        "village" | "town" | "hamlet" | "suburb" | "township" | "municipality" | "city" | "settlement"
    )
}

/// Labels the name after `village of` as a place.
fn settlement<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], at: usize, kinds: Kinds) {
    let Some(place) = kinds.place else { return };
    let kind = labels.get(at).and_then(|&label| Labels::kind(label));
    let end = if kind.is_some() { end_of(labels, at) } else { at };
    let alone = tokens.get(end).is_none_or(|next| !is_possessive(next.as_ref()));
    if kind.is_some() && kind != kinds.place && kind != kinds.group && end - at <= 2 && alone {
        set(labels, at, end, place);
    }
}

/// Whether a word between a firm and a person is what the person is there.
fn is_founding(word: &str) -> bool {
    matches!(word, "co-founder" | "cofounder" | "CEO" | "COO" | "CFO" | "CTO")
}

/// Labels one word before `co-founder` and a person as an organisation: `Asana co-founder Nora
/// Quell`.
fn founded<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], at: usize, person: usize, organisation: usize) {
    let Some(firm) = at.checked_sub(1) else { return };
    let begins = |at: usize| labels.get(at).is_some_and(|&label| label == (2 * person + 1) as u8);
    if begins(firm) && begins(at + 1) && !is_given_name(tokens[firm].as_ref()) {
        set(labels, firm, at, organisation);
    }
}

fn is_weekday(token: &str) -> bool {
    matches!(token, "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday")
}

/// Labels a weekday as a part of a person's name: after what the person is, before a surname
/// (`coach Sunday Quell`), or between a given name that opens the sentence and what the person does
/// (`Joe Friday asked`).
fn weekday<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], at: usize, person: usize) {
    let text = |at: usize| tokens.get(at).map_or("", AsRef::as_ref);
    let before = at.checked_sub(1).map_or("", text);
    let begins = |at: usize| labels.get(at).is_some_and(|&label| label == (2 * person + 1) as u8);
    if labels[at] != 0 {
        return;
    }
    // `Sunday Birk returned`: no sentence opens with a day, a name and a verb without a comma.
    let next = text(at + 2);
    let acts = is_act(next) || is_speech(next) || matches!(next, "is" | "was" | "has" | "had" | "'s" | "’s");
    let opens = at == 0 && begins(1) && !continues(labels, 2) && !is_given_name(text(1)) && acts;
    let called = opens || is_team_noun(before) && before != "win" && before != "victory" || is_title(before);
    if called && begins(at + 1) {
        set(labels, at, end_of(labels, at + 1), person);
    } else if at == 1 && begins(0) && is_given_name(before) && is_act(text(at + 1)) {
        set(labels, 0, 2, person);
    }
}

/// Labels a month as a person if the words around it show one.
fn month<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], at: usize, person: usize) {
    let text = |at: usize| tokens.get(at).map_or("", AsRef::as_ref);
    let is_number = |word: &str| word.starts_with(|first: char| first.is_ascii_digit());
    let before = at.checked_sub(1).map_or("", text);
    let is_person = |at: usize| labels.get(at).is_some_and(|&label| Labels::kind(label) == Some(person));
    let addressed = is_title(before) && !matches!(before, "Chief") && !is_number(text(at + 1));
    // `August Birk and June Hale`
    let beside =
        matches!(before, "and" | ",") && at > 2 && is_person(at - 2) && begins_before(labels, at - 2);
    // `June Osborne`: the given name of the person after it, at the start or after a title.
    let given = is_person(at + 1)
        && !continues(labels, at + 1)
        && (addressed || !is_preposition(before) || beside)
        && is_capitalised(text(at + 1));
    // `Marcus March`: the surname of the person before it.
    let surname = at > 0
        && is_person(at - 1)
        && !begins_before(labels, at - 1)
        && (is_given_name(before) || at == 1 && is_act(text(at + 1)));
    if given {
        set(labels, at, end_of(labels, at + 1), person);
    } else if surname && !is_number(text(at + 1)) {
        set(labels, at - 1, at + 1, person);
    } else if labels[at] == 0 && (addressed || speaks(tokens, at)) {
        set(labels, at, at + 1, person);
    }
}

/// Whether a month speaks to somebody, or somebody to it: `May tells`, `asks May`.
fn speaks<T: AsRef<str>>(tokens: &[T], at: usize) -> bool {
    let text = |at: usize| tokens.get(at).map_or("", AsRef::as_ref);
    let next = text(at + 1);
    let told = is_addressed(at.checked_sub(1).map_or("", text));
    let is_number = next.starts_with(|first: char| first.is_ascii_digit());
    let opens = at == 0 || (at == 1 && !tokens[0].as_ref().contains(char::is_alphanumeric));
    let says = is_speech(next)
        && !matches!(next, "lost" | "won" | "left" | "died" | "met" | "beat" | "added" | "noted" | "joined");
    (opens && says) || told && !is_number && (next.is_empty() || !next.starts_with(char::is_uppercase))
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
    if begins_before(labels, at) || own == Some(person) || !is_capitalised(surname) || is_title(surname) {
        return;
    }
    if own.is_some() && own != kinds.place {
        return;
    }
    let alone = !continues(labels, next);
    // A team or a company before a surname, `Chelsea Lampard`, is rarer than a given name.
    let suffix =
        tokens.get(next + 1).is_some_and(|word| matches!(word.as_ref(), "Jr." | "Jr" | "Sr." | "III" | "II"));
    let one_word = !continues(labels, next + 1) || (suffix && !continues(labels, next + 2));
    let acts = tokens.get(next + 1).is_some_and(|verb| is_act(verb.as_ref()));
    let is_person = Labels::kind(labels[next]) == Some(person) && !is_given_name(surname);
    let is_unknown = labels[next] == 0 && at == 0 && acts && own.is_none();
    // `Carolina Marin is from Spain`, `met Dakota Johnson`: a person acts, or is addressed.
    let met = at > 0 && is_speech(tokens[at - 1].as_ref());
    let is_place = is_place_noun(surname) || is_region(&[surname]) || is_town(&tokens[at..=next]);
    let as_place = !alone && own == kinds.place && !is_place && (acts || met);
    if one_word && ((alone && (is_person || is_unknown)) || as_place) {
        set(labels, at, end_of(labels, next), person);
    }
}

/// Whether the object of a verb is somebody: `tells`, `meets`.
fn is_addressed(verb: &str) -> bool {
    matches!(
        verb,
        "tells"
            | "told"
            | "asks"
            | "asked"
            | "warns"
            | "warned"
            | "urges"
            | "urged"
            | "meets"
            | "met"
            | "accuses"
            | "accused"
            | "blames"
            | "blamed"
            | "praises"
            | "praised"
            | "thanks"
            | "thanked"
            | "criticises"
            | "criticizes"
    )
}

/// Labels somebody whom a person addresses, if no list has a place of this name: `Merkel meets
/// Macron`.
fn addressed<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], at: usize, person: usize, kinds: Kinds) {
    let is_person = |at: usize| Labels::kind(labels[at]) == Some(person);
    if at > 1
        && labels[at] != 0
        && Labels::kind(labels[at]) == kinds.place
        && !continues(labels, at + 1)
        && is_addressed(tokens[at - 1].as_ref())
        && is_person(at - 2)
        && !is_town(&tokens[at..=at])
        && !is_region(&tokens[at..=at])
        && !is_country(&tokens[at..=at])
    {
        set(labels, at, at + 1, person);
    }
}

/// Labels the given name that begins a sentence, before a name that lost it: `Joko` `Widodo`.
fn given_name<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], person: usize) {
    let Some(first) = tokens.iter().position(|token| token.as_ref().contains(char::is_alphabetic)) else {
        return;
    };
    let begins = labels.get(first + 1).is_some_and(|&label| label == (2 * person + 1) as u8);
    if labels[first] == 0 && begins && is_given_name(tokens[first].as_ref()) {
        let end = end_of(labels, first + 1);
        if !asks(tokens, first, end) {
            set(labels, first, end, person);
        }
    }
    // `Will and Jada Smith`
    let joined = tokens.get(first + 1).is_some_and(|and| matches!(and.as_ref(), "and" | "&"));
    let pair = labels.get(first + 2).is_some_and(|&label| label == (2 * person + 1) as u8)
        && continues(labels, first + 3)
        && is_given_name(tokens[first + 2].as_ref());
    if labels[first] == 0 && joined && pair && is_given_name(tokens[first].as_ref()) {
        set(labels, first, first + 1, person);
    }
}

/// Cuts what an office is for from the name of its holder: `the secretary for Health and Families`
/// `Pia Sund`.
fn holder<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], office: usize, person: usize) {
    let text = |at: usize| tokens.get(at).map_or("", AsRef::as_ref);
    if !matches!(text(office + 1), "for" | "of") {
        return;
    }
    let the = text(office + 2) == "the";
    let mut at = office + 2 + usize::from(the);
    let opens = at;
    let mut last = at;
    while is_portfolio(text(at)) || (at > opens && matches!(text(at), "and" | "," | "&")) {
        at += 1;
        if is_portfolio(text(at - 1)) {
            last = at;
        }
    }
    let is_name = |at: usize| is_capitalised(text(at)) && !is_title(text(at));
    if last == opens || last != at || !is_name(at) || labels[at] == 0 {
        return;
    }
    let end = end_of(labels, at);
    // `head of the European Central Bank` has no name after what it is for.
    let is_minister = matches!(
        text(office),
        "minister"
            | "ministers"
            | "secretary"
            | "undersecretary"
            | "Minister"
            | "Secretary"
            | "Undersecretary"
    );
    let named = is_given_name(text(at)) || (is_minister && !the && (2..=3).contains(&(end - at)));
    if named && begins_before(labels, at) && (at..end).all(is_name) {
        let start = start_of(labels, at);
        labels[start..at].fill(0);
        set(labels, at, end, person);
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
    fn a_weekday_may_be_part_of_a_name() {
        assert_eq!(repaired("Sunday Birk returned home", &[0, 1, 0, 0]), [1, 2, 0, 0]);
        assert_eq!(repaired("Sunday Anna returned home", &[0, 1, 0, 0]), [0, 1, 0, 0]);
        assert_eq!(repaired("striker Sunday Birk scored", &[0, 0, 1, 0]), [0, 1, 2, 0]);
        assert_eq!(repaired("Anna Friday asked why", &[1, 0, 0, 0]), [1, 2, 0, 0]);
        assert_eq!(repaired("they met Anna Friday night", &[0, 0, 1, 0, 0]), [0, 0, 1, 0, 0]);
        assert_eq!(repaired("a win Sunday Birk saw", &[0, 0, 0, 1, 0]), [0, 0, 0, 1, 0]);
    }

    #[test]
    fn a_village_is_a_place_and_what_somebody_founded_is_a_firm() {
        assert_eq!(repaired("the village of Nabi Birk fell", &[0, 0, 0, 1, 2, 0]), [0, 0, 0, 7, 8, 0]);
        assert_eq!(repaired("Birka co-founder Anna Lund", &[1, 0, 1, 2]), [3, 0, 1, 2]);
        assert_eq!(repaired("Anna co-founder Nora Lund", &[1, 0, 1, 2]), [1, 0, 1, 2]);
    }

    #[test]
    fn a_place_before_a_surname_is_a_given_name() {
        assert_eq!(repaired("India Alder sang", &[7, 1, 0]), [1, 2, 0]);
        assert_eq!(repaired("Carolina Alder won", &[0, 0, 0]), [1, 2, 0]);
        assert_eq!(repaired("Paris Mayor Anne Alder", &[7, 0, 1, 2]), [7, 0, 1, 2]);
        assert_eq!(repaired("Georgia Gov. Alder", &[7, 0, 1]), [7, 0, 1]);
        assert_eq!(repaired("Carolina Alder is here", &[7, 8, 0, 0]), [1, 2, 0, 0]);
        assert_eq!(repaired("Jordan Valley is dry", &[7, 8, 0, 0]), [7, 8, 0, 0]);
        assert_eq!(repaired("near Carolina Alder", &[0, 7, 8]), [0, 7, 8]);
    }

    #[test]
    fn a_given_name_begins_the_name_that_lost_it() {
        assert_eq!(repaired("Joko Birk spoke", &[0, 1, 0]), [1, 2, 0]);
        assert_eq!(repaired("Moderator Birk spoke", &[0, 1, 0]), [0, 1, 0]);
        assert_eq!(repaired("Anna and Nora Birk left", &[0, 0, 1, 2, 0]), [1, 0, 1, 2, 0]);
    }

    #[test]
    fn what_an_office_is_for_is_not_part_of_its_holder() {
        assert_eq!(
            repaired("minister for Health and Families Pia Sund", &[0, 0, 3, 4, 4, 4, 4]),
            [0, 0, 0, 0, 0, 1, 2]
        );
        assert_eq!(repaired("secretary of Commerce Zwo Li", &[0, 0, 1, 2, 2]), [0, 0, 0, 1, 2]);
        assert_eq!(repaired("head of the European Union", &[0, 0, 0, 3, 4]), [0, 0, 0, 3, 4]);
    }

    #[test]
    fn who_is_addressed_is_somebody() {
        assert_eq!(repaired("Alder meets Dunmar", &[1, 0, 7]), [1, 0, 1]);
        assert_eq!(repaired("Alder warns France", &[1, 0, 7]), [1, 0, 7]);
        assert_eq!(repaired("Alder asks May to go", &[1, 0, 0, 0, 0]), [1, 0, 1, 0, 0]);
        assert_eq!(repaired("since March said sales fell", &[0; 5]), [0; 5]);
    }
}
