//! Which names of a sentence do the word lists contain?
//!
//! A listed name gets its label, unless the tagger found a longer name around it: the `Bank of the
//! Czech Republic` remains an organisation. The 's of `McDonald's` belongs to the name; whether
//! that of `Wendy's` does, the words around it decide, because people are called Wendy, too. A name
//! that is not listed has an 's when a verb of speech follows: `Bertucci's said`.

use super::lists::{
    Listed, is_firm_cue, is_firm_noun, is_given_name, is_people_noun, is_speech, is_team_noun, is_town, names,
};
use super::trim::is_possessive;
use super::{Kinds, begins_before, continues, end_of};
use crate::batch::Watch;
use crate::language::is_particle;
use crate::tagger::label::{Labels, is_capitalised, set};

/// Labels the listed names of a sentence.
pub(super) fn label<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], kinds: Kinds, watch: &Watch) {
    for at in watch.through(0..tokens.len()) {
        let token = tokens[at].as_ref();
        let begins = |first: char| first.is_ascii_uppercase() || !first.is_ascii();
        if !token.starts_with(begins) && !token.starts_with("al-") {
            continue;
        }
        if begins_before(labels, at) {
            continue;
        }
        let found = names(token).iter().find(|(rest, _)| follows(&tokens[at + 1..], rest));
        match found {
            Some((rest, listed)) => one(tokens, labels, at, at + 1 + rest.len(), *listed, kinds),
            None => unlisted(tokens, labels, at, kinds),
        }
    }
}

/// Labels a name that is on no list as a company, if the words around it show one.
fn unlisted<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], at: usize, kinds: Kinds) {
    let person = kinds.person.filter(|&person| labels[at] == (2 * person + 1) as u8);
    let end = person.map_or(at, |_| end_of(labels, at));
    match kinds.organisation {
        Some(organisation) if end - at > 1 && (is_traded(tokens, at, end) || is_called_firm(tokens, end)) => {
            set(labels, at, end, organisation);
        }
        _ => speaking(tokens, labels, at, kinds),
    }
}

/// Whether tokens begin with the rest of a listed name.
fn follows<T: AsRef<str>>(tokens: &[T], rest: &[&str]) -> bool {
    tokens.len() >= rest.len()
        && rest.iter().zip(tokens).all(|(&listed, token)| match listed {
            "'s" => matches!(token.as_ref(), "'s" | "’s"),
            "'" => matches!(token.as_ref(), "'" | "’"),
            "&" => matches!(token.as_ref(), "&" | "and"),
            _ => listed == token.as_ref(),
        })
}

/// Labels one listed name, from `at` to `end` (exclusive).
fn one<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], at: usize, end: usize, listed: Listed, kinds: Kinds) {
    let longer = continues(labels, end);
    let kind = Labels::kind(labels[at]);
    let token = tokens[at].as_ref();
    match listed {
        Listed::Organisation => organisation(tokens, labels, at, end, kinds),
        Listed::MaybeOwner if is_company_here(tokens, labels, at, end) => {
            organisation(tokens, labels, at, end, kinds);
        }
        Listed::Group | Listed::Country => {
            let to = if listed == Listed::Country { kinds.place } else { kinds.group };
            let other = kind.is_some() && kind == kinds.other && end - at > 1;
            if let Some(to) = to.filter(|_| !longer && !other) {
                set(labels, at, end, to);
            }
        }
        Listed::Nationality if is_faithful(tokens, end) && !continues(labels, end + 1) => {
            // `Lebanese Christians`: one people.
            if let Some(group) = kinds.group {
                set(labels, at, end + 1, group);
            }
        }
        Listed::Nationality => {
            let adjective = tokens.get(end).is_none_or(|next| !is_capitalised(next.as_ref()))
                && at.checked_sub(1).is_none_or(|before| !is_capitalised(tokens[before].as_ref()) || at == 1);
            let lower_next =
                tokens.get(end).is_some_and(|next| next.as_ref().starts_with(char::is_lowercase));
            // `Tibetan monks`: the people of the place, rather than the place.
            let of_place = kind.is_some()
                && kind == kinds.place
                && !longer
                && lower_next
                && !is_town(&tokens[at..end])
                && !matches!(token, "Vatican" | "Antarctic");
            // `Philippine officials`; but `American` and `Swiss` are airlines, too.
            let of_body = kind.is_some()
                && kind == kinds.organisation
                && !longer
                && lower_next
                && !tokens
                    .get(end)
                    .is_some_and(|next| is_speech(next.as_ref()) || is_firm_noun(next.as_ref()))
                && !matches!(
                    token,
                    "American" | "Swiss" | "Austrian" | "European" | "Indian" | "Scandinavian"
                );
            // `a Frenchman`
            let of_person = kind.is_some()
                && kind == kinds.person
                && !longer
                && ["man", "men", "woman", "women"].iter().any(|ending| token.ends_with(ending));
            let fits = kind.is_none() || of_place || of_body || of_person;
            if let Some(group) = kinds.group.filter(|_| fits && adjective) {
                set(labels, at, end, group);
            }
        }
        Listed::MaybeGroup => {
            if let Some(group) = kinds.group.filter(|_| !longer && is_people_here(tokens, at, end)) {
                set(labels, at, end, group);
            }
        }
        Listed::Thing | Listed::Place => {
            let to = if listed == Listed::Thing { kinds.other } else { kinds.place };
            let next = tokens.get(end).map_or("", AsRef::as_ref);
            // `Brent said`, `Dow shares`: somebody, or a firm.
            let acts = end - at == 1 && (is_speech(next) || is_firm_noun(next) || is_capitalised(next));
            if let Some(to) = to.filter(|_| kind.is_some() && !longer && !acts) {
                set(labels, at, end, to);
            }
        }
        Listed::MaybeFirm => {
            if kind.is_some() && is_firm_here(tokens, at, end) {
                organisation(tokens, labels, at, end, kinds);
            }
        }
        Listed::Body => {
            let inside = at > 0 && matches!(tokens[at - 1].as_ref(), "in" | "near");
            if kind.is_some() && !longer && !(inside && kind == kinds.place) {
                organisation(tokens, labels, at, end, kinds);
            }
        }
        Listed::MaybeOwner => {}
    }
}

/// Whether a token is the plural of a people or of those who share a faith.
fn is_faithful<T: AsRef<str>>(tokens: &[T], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| {
        let token = token.as_ref();
        token.ends_with('s')
            && !matches!(token, "Democrats" | "Republicans" | "Brits" | "Boomers" | "Millennials")
            && names(token).iter().any(|(rest, listed)| rest.is_empty() && *listed == Listed::Group)
    })
}

/// Whether `Roma` or `Karen` is a people here: a noun after it, `ethnic` or an article before it,
/// or another people next to it says so.
fn is_people_here<T: AsRef<str>>(tokens: &[T], at: usize, end: usize) -> bool {
    let text = |at: usize| tokens.get(at).map_or("", AsRef::as_ref);
    let before = at.checked_sub(1).map_or("", text);
    let next = text(end);
    let is_people = |at: usize| {
        let found =
            |listed: Listed| matches!(listed, Listed::Group | Listed::MaybeGroup | Listed::Nationality);
        names(text(at)).iter().any(|(rest, listed)| rest.is_empty() && found(*listed))
    };
    let beside = (matches!(next, "and" | "or" | ",") && is_people(end + 1))
        || (matches!(before, "and" | "or" | ",") && at > 1 && is_people(at - 2));
    let alone = !is_capitalised(next) && !is_team_noun(next) && !is_possessive(next);
    let endures = matches!(next, "were" | "are" | "was" | "been") && is_people_noun(text(end + 1));
    is_people_noun(next)
        || endures
        || before.eq_ignore_ascii_case("ethnic")
        || (matches!(before, "the" | "The") && alone)
        || (beside && alone)
}

/// Labels an organisation with its legal form.
fn organisation<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], at: usize, end: usize, kinds: Kinds) {
    let Some(organisation) = kinds.organisation else { return };
    let kind = Labels::kind(labels[at]);
    if end - at == 1 && (continues(labels, end) || (kind.is_some() && kind == kinds.other)) {
        return;
    }
    // `de la Roche` is somebody.
    if kind.is_some() && kind == kinds.person && at > 0 && is_particle(tokens[at - 1].as_ref()) {
        return;
    }
    if (kind.is_some() && kind == kinds.person || is_mortal(tokens, end)) && is_somebody(tokens, at, end) {
        if let Some(person) = kinds.person.filter(|_| !continues(labels, end)) {
            set(labels, at, end, person);
        }
        return;
    }
    if continues(labels, end) && (kind == Some(organisation) || kind == kinds.place || kind == kinds.other) {
        return;
    }
    let form = |at: usize| {
        tokens.get(at).is_some_and(|form| {
            super::join::is_legal_form(form.as_ref())
                || matches!(form.as_ref(), "Co" | "Co." | "Cos" | "Cos." | "Group" | "Holdings" | "Company")
        })
    };
    let mut end = end;
    while form(end) {
        end += 1;
    }
    // What remains of a name that was cut is not a name: `Dow Jones` `Industrial Average`.
    let rest = end_of(labels, end - 1);
    labels[end..rest].fill(0);
    set(labels, at, end, organisation);
}

/// Whether a listed firm named like a person is that person here: `designer Giorgio Armani`,
/// `Robert Bosch died`, `Ralph Lauren said he`.
fn is_somebody<T: AsRef<str>>(tokens: &[T], at: usize, end: usize) -> bool {
    let text = |at: usize| tokens.get(at).map_or("", AsRef::as_ref);
    let before = at.checked_sub(1).map_or("", text);
    let called = matches!(
        before,
        "designer"
            | "Designer"
            | "founder"
            | "couturier"
            | "tycoon"
            | "billionaire"
            | "businessman"
            | "banker"
            | "entrepreneur"
            | "Mr"
            | "Mr."
            | "Sir"
    );
    let himself = || {
        (end + 1..end + 4).any(|at| matches!(text(at), "he" | "she" | "his" | "her" | "himself" | "herself"))
    };
    is_given_name(text(at))
        && end - at > 1
        && (called
            || is_mortal(tokens, end)
            || matches!(text(end), "designed" | "laughed" | "resigned" | "retired" | "smiled" | "stepped")
            || is_speech(text(end)) && himself())
}

/// Whether what follows a name says that somebody was born or died.
fn is_mortal<T: AsRef<str>>(tokens: &[T], end: usize) -> bool {
    let text = |at: usize| tokens.get(at).map_or("", AsRef::as_ref);
    matches!(text(end), "died" | "married") || text(end) == "was" && text(end + 1) == "born"
}

/// Whether what follows a name says that it is a firm: `Cambridge Analytica, a firm that harvested
/// data`, and not `Nora Quell, a company executive`.
fn is_called_firm<T: AsRef<str>>(tokens: &[T], end: usize) -> bool {
    /// In how many words of the apposition the noun is.
    const APPOSITION: usize = 6;
    let text = |at: usize| tokens.get(at).map_or("", AsRef::as_ref);
    let is_firm = |word: &str| {
        matches!(
            word,
            "company"
                | "firm"
                | "startup"
                | "start-up"
                | "retailer"
                | "consultancy"
                | "brewery"
                | "nonprofit"
                | "charity"
        )
    };
    let closes = |word: &str| {
        matches!(word, "that" | "which" | "whose" | "in" | "based" | "," | "." | "founded" | "owned" | "with")
    };
    text(end) == ","
        && matches!(text(end + 1), "a" | "an" | "the")
        && (end + 2..end + APPOSITION)
            .take_while(|&at| !matches!(text(at), "," | "of" | "for" | "at" | "with" | "who" | "and"))
            .any(|at| is_firm(text(at)) && closes(text(at + 1)))
}

/// Whether a full name of a person is that of a firm here: `shares of Harry Winston`, `Harry
/// Winston shares rose`, `the retailer John Lewis cut jobs`.
fn is_traded<T: AsRef<str>>(tokens: &[T], at: usize, end: usize) -> bool {
    let text = |at: usize| tokens.get(at).map_or("", AsRef::as_ref);
    let before = |by: usize| at.checked_sub(by).map_or("", text);
    let moves = |word: &str| {
        matches!(
            word,
            "rose"
                | "fell"
                | "jumped"
                | "gained"
                | "climbed"
                | "slid"
                | "dropped"
                | "tumbled"
                | "surged"
                | "slumped"
                | "slipped"
                | "soared"
                | "plunged"
                | "closed"
                | "ended"
                | "traded"
                | "were"
                | "was"
                | "lost"
                | "are"
                | ","
                | "."
        )
    };
    let paper = matches!(text(end), "shares" | "stock" | "bonds" | "shareholders") && moves(text(end + 1));
    let paper = paper
        || matches!(text(end), "profit" | "profits" | "sales" | "revenue" | "revenues" | "earnings")
            && matches!(text(end + 1), "rose" | "fell" | "jumped" | "slid" | "dropped" | "grew" | "climbed");
    let part = matches!(before(2), "shares" | "Shares" | "stake" | "shareholders" | "shareholder")
        && matches!(before(1), "of" | "in");
    let called = matches!(
        before(1),
        "retailer"
            | "bookmaker"
            | "carmaker"
            | "automaker"
            | "insurer"
            | "lender"
            | "airline"
            | "grocer"
            | "brewer"
            | "drugmaker"
            | "jeweller"
            | "jeweler"
            | "chain"
    ) && !matches!(before(2), "billionaire" | "Billionaire" | "a" | "former" | "Former");
    let owns = is_possessive(text(end)) || is_capitalised(text(end)) || matches!(text(end + 1), "who");
    paper || (part || called) && !owns
}

/// Whether `Berkshire` is a firm here: a noun next to it says so, and nobody is in it.
fn is_firm_here<T: AsRef<str>>(tokens: &[T], at: usize, end: usize) -> bool {
    let text = |at: usize| tokens.get(at).map_or("", AsRef::as_ref);
    let before = at.checked_sub(1).map_or("", text);
    let next = if is_possessive(text(end)) { text(end + 1) } else { text(end) };
    let inside = matches!(
        before,
        "in" | "near" | "outside" | "across" | "around" | "Mr" | "Mr." | "Mrs" | "Ms" | "Ms."
    ) || is_given_name(before);
    !inside && (is_firm_noun(next) || is_firm_cue(before))
}

/// Whether `Wendy's` is a company here: nobody called Wendy can own what follows, or a noun before
/// or after it says so.
fn is_company_here<T: AsRef<str>>(tokens: &[T], labels: &[u8], at: usize, end: usize) -> bool {
    let text = |at: usize| tokens.get(at).map_or("", AsRef::as_ref);
    let next = text(end);
    let before = at.checked_sub(1).map_or("", text);
    let owned = next.starts_with(char::is_alphanumeric) && labels.get(end).is_none_or(|&label| label == 0);
    is_firm_noun(next) || is_firm_cue(before) || !owned || is_never_owned(next)
}

/// Whether a word cannot follow the possessive of an owner: a verb, a preposition, a conjunction.
pub(in crate::tagger) fn is_never_owned(word: &str) -> bool {
    matches!(
        word,
        "said"
            | "says"
            | "will"
            | "would"
            | "can"
            | "could"
            | "may"
            | "might"
            | "should"
            | "must"
            | "is"
            | "was"
            | "has"
            | "had"
            | "does"
            | "did"
            | "and"
            | "or"
            | "but"
            | "in"
            | "on"
            | "at"
            | "to"
            | "for"
            | "from"
            | "by"
            | "with"
            | "as"
            | "of"
            | "after"
            | "before"
            | "because"
            | "while"
            | "when"
            | "that"
            | "which"
            | "who"
            | "where"
            | "plans"
            | "reported"
            | "announced"
            | "posted"
            | "expects"
            | "agreed"
            | "declined"
            | "filed"
            | "opened"
            | "closed"
            | "hired"
            | "recalled"
            | "rose"
            | "fell"
            | "raised"
            | "cut"
            | "sold"
            | "bought"
            | "sells"
            | "serves"
            | "operates"
            | "owns"
            | "employs"
            | "faces"
            | "wants"
            | "also"
            | "then"
            | "now"
            | "early"
            | "late"
            | "today"
            | "yesterday"
            | "beat"
            | "missed"
            | "launched"
            | "named"
            | "gained"
            | "jumped"
            | "dropped"
            | "slipped"
            | "climbed"
            | "tumbled"
    )
}

/// Labels a name before `'s` and a verb of speech as a company.
fn speaking<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], at: usize, kinds: Kinds) {
    let Some(organisation) = kinds.organisation else { return };
    let text = |at: usize| tokens.get(at).map_or("", AsRef::as_ref);
    if labels[at] != 0
        && matches!(text(at + 1), "'s" | "’s")
        && !continues(labels, at + 1)
        && (is_chain(tokens, at + 2) || is_sold(tokens, at))
    {
        set(labels, at, at + 2, organisation);
        return;
    }
    if labels[at] != 0
        && matches!(text(at + 1), "'s" | "’s")
        && matches!(text(at + 2), "said" | "says" | "announced" | "reported" | "posted")
        && !continues(labels, at + 1)
        && !is_given_name(text(at))
    {
        set(labels, at, at + 2, organisation);
    }
}

/// Whether the words before a name with an `'s` that owns nothing say that it is a company: `shares
/// of`, `the chain`.
fn is_sold<T: AsRef<str>>(tokens: &[T], at: usize) -> bool {
    let text = |at: usize| tokens.get(at).map_or("", AsRef::as_ref);
    let before = |by: usize| at.checked_sub(by).map_or("", text);
    let of =
        before(1) == "of" && matches!(before(2), "shares" | "Shares" | "stock" | "Stock" | "shareholders");
    let cue = is_firm_cue(before(1)) && !matches!(before(1), "rival" | "rivals" | "parent");
    (of || cue) && (is_never_owned(text(at + 2)) || text(at + 2) == ".")
}

/// Whether an apposition at a token says that the name before it is a company: `, a bakery chain,`.
fn is_chain<T: AsRef<str>>(tokens: &[T], comma: usize) -> bool {
    /// The maximum number of words before the noun.
    const MOST: usize = 6;
    let text = |at: usize| tokens.get(at).map_or("", AsRef::as_ref);
    text(comma) == ","
        && matches!(text(comma + 1), "a" | "an" | "the")
        && (comma + 2..comma + 2 + MOST)
            .take_while(|&at| text(at).starts_with(|c: char| c.is_alphabetic()) && !is_never_owned(text(at)))
            .any(|at| is_firm_cue(text(at)))
}

#[cfg(test)]
mod tests {
    use super::super::repaired;

    #[test]
    fn a_name_that_is_called_a_firm_is_one() {
        let found = repaired("Lund Analytica , a data firm that grew", &[1, 2, 0, 0, 0, 0, 0, 0]);
        assert_eq!(found, [3, 4, 0, 0, 0, 0, 0, 0]);
        let found = repaired("Nora Quell , a firm believer in it", &[1, 2, 0, 0, 0, 0, 0, 0]);
        assert_eq!(found, [1, 2, 0, 0, 0, 0, 0, 0]);
        let found = repaired("Nora Quell , the head of a firm in Leeds", &[1, 2, 0, 0, 0, 0, 0, 0, 0, 7]);
        assert_eq!(found[..2], [1, 2]);
    }

    #[test]
    fn the_possessive_of_a_listed_company_is_part_of_its_name() {
        assert_eq!(repaired("McDonald 's said", &[1, 0, 0]), [3, 4, 0]);
        assert_eq!(repaired("at Lloyd ’s of London today", &[0, 1, 0, 0, 7, 0]), [0, 3, 4, 4, 4, 0]);
        assert_eq!(repaired("Ronald McDonald 's shoes", &[1, 2, 0, 0]), [1, 2, 0, 0]);
    }

    #[test]
    fn what_people_own_is_theirs() {
        assert_eq!(repaired("Wendy 's mother left", &[1, 0, 0, 0]), [1, 0, 0, 0]);
        assert_eq!(repaired("Wendy 's will open", &[1, 0, 0, 0]), [3, 4, 0, 0]);
        assert_eq!(repaired("Wendy 's restaurants closed", &[1, 0, 0, 0]), [3, 4, 0, 0]);
        assert_eq!(repaired("Corbetti 's said so", &[1, 0, 0, 0]), [3, 4, 0, 0]);
        assert_eq!(repaired("Corbetti 's lawyer said", &[1, 0, 0, 0]), [1, 0, 0, 0]);
    }

    #[test]
    fn listed_names_yield_to_longer_ones() {
        assert_eq!(repaired("Morgan Stanley rose", &[1, 2, 0]), [3, 4, 0]);
        assert_eq!(repaired("Henry Morgan Stanley rose", &[1, 2, 2, 0]), [1, 2, 2, 0]);
        assert_eq!(repaired("to the Czech Republic", &[0, 0, 9, 7]), [0, 0, 7, 8]);
        assert_eq!(repaired("of Czech Republic Steel", &[3, 4, 4, 4]), [3, 4, 4, 4]);
    }

    #[test]
    fn the_words_around_a_full_name_show_whether_it_is_a_firm() {
        assert_eq!(repaired("Anna Birk shares rose", &[1, 2, 0, 0]), [3, 4, 0, 0]);
        assert_eq!(repaired("Anna Birk shares her house", &[1, 2, 0, 0, 0]), [1, 2, 0, 0, 0]);
        assert_eq!(repaired("shares in Anna Birk fell", &[0, 0, 1, 2, 0]), [0, 0, 3, 4, 0]);
        assert_eq!(repaired("shares in Anna Birk 's firm", &[0, 0, 1, 2, 0, 0]), [0, 0, 1, 2, 0, 0]);
        assert_eq!(repaired("the retailer Anna Birk cut", &[0, 0, 1, 2, 0]), [0, 0, 3, 4, 0]);
        assert_eq!(repaired("Robert Bosch said he left", &[1, 2, 0, 0, 0]), [1, 2, 0, 0, 0]);
        assert_eq!(repaired("Robert Bosch cut jobs", &[1, 2, 0, 0]), [3, 4, 0, 0]);
    }

    #[test]
    fn peoples_are_groups() {
        assert_eq!(repaired("Lebanese Christians fled", &[9, 0, 0]), [9, 10, 0]);
        assert_eq!(repaired("European Jews fled", &[3, 4, 0]), [9, 10, 0]);
        assert_eq!(repaired("Democratic aides and Republicans", &[0; 4]), [9, 0, 0, 9]);
        assert_eq!(repaired("the Democratic Party", &[0, 3, 4]), [0, 3, 4]);
        assert_eq!(repaired("a Frenchman won", &[0, 1, 0]), [0, 9, 0]);
        assert_eq!(repaired("Kurds and Zulus met", &[0, 0, 0, 0]), [9, 0, 9, 0]);
        assert_eq!(repaired("Latin American bands", &[0, 9, 0]), [9, 10, 0]);
        assert_eq!(repaired("Latin American Bank fell", &[3, 4, 4, 0]), [3, 4, 4, 0]);
        assert_eq!(repaired("that European carriers", &[0, 0, 0]), [0, 9, 0]);
        assert_eq!(repaired("that European Carriers", &[0, 0, 0]), [0, 0, 0]);
    }

    #[test]
    fn the_words_around_a_people_show_that_it_is_one() {
        assert_eq!(repaired("Roma and Sinti met", &[3, 0, 0, 0]), [9, 0, 9, 0]);
        assert_eq!(repaired("Karen rebels fought", &[1, 0, 0]), [9, 0, 0]);
        assert_eq!(repaired("the Karen fled", &[0, 1, 0]), [0, 9, 0]);
        assert_eq!(repaired("the Roma striker left", &[0, 3, 0, 0]), [0, 3, 0, 0]);
        assert_eq!(repaired("Karen left", &[1, 0]), [1, 0]);
        assert_eq!(repaired("Tibetan monks fled", &[7, 0, 0]), [9, 0, 0]);
    }

    #[test]
    fn what_is_no_organisation_and_nobody_is_listed() {
        assert_eq!(repaired("after Brexit they", &[0, 1, 0]), [0, 5, 0]);
        assert_eq!(repaired("after Brexit they", &[0, 0, 0]), [0, 0, 0]);
        assert_eq!(repaired("Brent said so", &[1, 0, 0]), [1, 0, 0]);
        assert_eq!(repaired("in the Oval Office", &[0, 0, 3, 4]), [0, 0, 7, 8]);
        assert_eq!(repaired("Berkshire shares fell", &[7, 0, 0]), [3, 0, 0]);
        assert_eq!(repaired("in Berkshire shares fell", &[0, 7, 0, 0]), [0, 7, 0, 0]);
    }
}
