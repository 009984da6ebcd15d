//! Which words show what a name is? The word lists of the tagger, each read once from its file.

use std::collections::{HashMap, HashSet};

use rustc_hash::FxBuildHasher;

use crate::batch::Static;
use crate::language::{entries, items, states};
use crate::text;

type Map<K, V> = HashMap<K, V, FxBuildHasher>;
type Set<K> = HashSet<K, FxBuildHasher>;

/// What a listed name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Listed {
    /// An organisation, whatever is around it.
    Organisation,
    /// An organisation, unless a person with this name owns something here.
    MaybeOwner,
    /// A people, or another group.
    Group,
    /// A people, or a person, a town or a team; the words around it decide.
    MaybeGroup,
    /// The adjective or the name of the people of a country.
    Nationality,
    /// A country with a name of several words, or with an acronym.
    Country,
    /// A product, an event, a measure, if it is a name here.
    Thing,
    /// A place, if it is a name here.
    Place,
    /// A firm, or a place, a person or a word; the words around it decide.
    MaybeFirm,
    /// An organisation that the news calls by several names, if this is a name here.
    Body,
}

/// A listed name: its tokens after the first, and what it is.
pub(super) type Entry = (Box<[&'static str]>, Listed);

/// The listed names by their first token, the longest first.
static NAMES: Static<Map<&'static str, Vec<Entry>>> = Static::new(|| {
    let mut names: Map<&'static str, Vec<Entry>> = Map::default();
    let mut add = |name: &'static str, listed: Listed| {
        let mut tokens = tokens_of(name).into_iter();
        let Some(first) = tokens.next() else { return };
        names.entry(first).or_default().push((tokens.collect(), listed));
    };
    for (section, name) in items(include_str!("../../data/en/companies.txt")) {
        let listed = match section {
            "people's" => Listed::MaybeOwner,
            "things" => Listed::Thing,
            "places" => Listed::Place,
            "firms and others" => Listed::MaybeFirm,
            _ => Listed::Organisation,
        };
        add(name, listed);
    }
    for line in entries(include_str!("../../data/en/organisations.txt")) {
        for name in line.split(['|', ';']).map(str::trim).filter(|name| is_distinct(name)) {
            add(name, Listed::Body);
        }
    }
    for (section, item) in items(include_str!("../../data/en/peoples.txt")) {
        let listed = match section {
            "also others" => Listed::MaybeGroup,
            "adjectives" => Listed::Nationality,
            _ => Listed::Group,
        };
        add(item.split('=').next().unwrap_or_default(), listed);
    }
    for line in entries(include_str!("../../data/en/countries.txt")) {
        let mut fields = line.split('|').skip(1).map(str::trim);
        let (name, others, demonyms) = (fields.next(), fields.next(), fields.next());
        for name in name.into_iter().chain(others.into_iter().flat_map(|others| others.split(';'))) {
            if name.trim().contains(' ') || matches!(name.trim(), "DPRK" | "PRC" | "DRC" | "UAE") {
                add(name, Listed::Country);
            }
        }
        for demonym in demonyms.unwrap_or_default().split(';').map(str::trim) {
            if demonym.contains(' ') {
                add(demonym, Listed::Group);
            }
            // A word that also begins a sentence as a verb, and names of other things.
            if !demonym.contains(' ') && !matches!(demonym, "" | "Polish" | "Yankee" | "Oz" | "Brit") {
                add(demonym, Listed::Nationality);
            }
        }
    }
    for continent in ["European", "African", "Asian"] {
        add(continent, Listed::Nationality);
    }
    for entries in names.values_mut() {
        entries.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
    }
    names
});

/// Whether the name of an organisation is hardly that of something else: it has several words, or
/// is an acronym of three letters or more.
fn is_distinct(name: &str) -> bool {
    const LEAST: usize = 3;
    match name.rsplit_once(' ') {
        // Not `Islamic State group`, where the last word is not part of the name.
        Some((_, last)) => last.starts_with(char::is_uppercase),
        None => name.len() >= LEAST && name.bytes().all(|byte| byte.is_ascii_uppercase()),
    }
}

/// A listed name as the tokenizer cuts it.
fn tokens_of(name: &'static str) -> Vec<&'static str> {
    let mut tokens = Vec::new();
    for word in name.split_whitespace() {
        match word.len().checked_sub(2) {
            Some(end) if word.ends_with("'s") => tokens.extend([&word[..end], &word[end..]]),
            // `Yahoo!`, `Lands' End`
            _ => match word.len().checked_sub(1).filter(|_| word.ends_with(['!', '\''])) {
                Some(end) => tokens.extend([&word[..end], &word[end..]]),
                None => tokens.push(word),
            },
        }
    }
    tokens
}

/// The listed names that begin with a token, the longest first.
pub(super) fn names(first: &str) -> &'static [Entry] {
    NAMES.get(first).map_or(&[], |entries| entries)
}

/// Whether a single token is the name of an organisation, whatever is around it.
pub(in crate::tagger) fn is_firm(token: &str) -> bool {
    names(token).last().is_some_and(|(rest, listed)| rest.is_empty() && *listed == Listed::Organisation)
}

/// Whether two words are the nationality or the name of a people: `South African`.
pub(super) fn is_group(first: &str, second: &str) -> bool {
    names(first).iter().any(|(rest, listed)| **rest == [second] && *listed == Listed::Group)
}

/// Whether a single token is the name of a firm, or of something else.
pub(in crate::tagger) fn is_maybe_firm(token: &str) -> bool {
    names(token).last().is_some_and(|(rest, listed)| rest.is_empty() && *listed == Listed::MaybeFirm)
}

/// The sections of `name_contexts.txt`.
#[derive(Debug, Clone, Copy)]
enum Section {
    Degrees,
    Codes,
    Honorifics,
    Roles,
    FirmNouns,
    FirmCues,
    Acts,
    Speech,
    MonthSurnames,
    GivenPlaces,
    Numbered,
    States,
    Openers,
    NameWords,
    PlaceNouns,
    Offices,
    Portfolios,
    PeopleNouns,
    TeamNouns,
    GivenNames,
    FirmEndings,
}

/// The sections that a word is in, one bit each.
#[derive(Debug, Clone, Copy, Default)]
struct Sections(u32);

/// The names of the sections, in the order of [`Section`].
const SECTIONS: [&str; 21] = [
    "degrees",
    "codes",
    "honorifics",
    "roles",
    "firm nouns",
    "firm cues",
    "acts",
    "speech",
    "month surnames",
    "given places",
    "numbered",
    "states",
    "openers",
    "name words",
    "place nouns",
    "offices",
    "portfolios",
    "people nouns",
    "team nouns",
    "given names",
    "firm endings",
];

static CONTEXTS: Static<Map<&'static str, Sections>> = Static::new(|| {
    let mut words: Map<&'static str, Sections> = Map::default();
    for (section, word) in items(include_str!("../../data/en/name_contexts.txt")) {
        if let Some(bit) = SECTIONS.iter().position(|name| *name == section) {
            words.entry(word).or_default().0 |= 1 << bit;
        }
    }
    words
});

impl Sections {
    fn has(self, section: Section) -> bool {
        self.0 >> section as u16 & 1 == 1
    }
}

fn is_in(section: Section, word: &str) -> bool {
    CONTEXTS.get(word).is_some_and(|sections| sections.has(section))
}

/// Whether a token is a degree, an honour or another mark after a person's name: `M.D.`, `PhD`.
pub(super) fn is_degree(token: &str) -> bool {
    let capitals = token.bytes().filter(u8::is_ascii_uppercase).count();
    if capitals == 0
        || token.len() > 9
        || (capitals == 1 && !token.contains('.') && !token.starts_with("Esq"))
    {
        return false;
    }
    if token.contains('.') {
        is_in(Section::Degrees, &token.replace('.', ""))
    } else {
        is_in(Section::Degrees, token)
    }
}

/// Whether a token is the code of a share, `BHP.AX`: the ticker, a stop and the code of an
/// exchange.
pub(super) fn is_share_code(token: &str) -> bool {
    let Some((ticker, exchange)) = token.split_once('.') else { return false };
    let is_ticker = ticker.len() <= 8
        && ticker.bytes().next().is_some_and(|first| first.is_ascii_uppercase() || first.is_ascii_digit())
        && ticker.bytes().filter(u8::is_ascii_lowercase).count() <= 1
        && ticker.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_ticker
        && is_in(Section::Codes, exchange)
        && !matches!(
            token,
            "U.S" | "U.N" | "U.K" | "E.U" | "D.C" | "J.K" | "B.C" | "P.O" | "A.D" | "P.A" | "R.N" | "D.A"
        )
}

/// Whether a token begins an honorific, such as `Datuk` in `Datuk Seri`; the number of its tokens.
pub(super) fn honorific<T: AsRef<str>>(tokens: &[T]) -> usize {
    let [first, rest @ ..] = tokens else { return 0 };
    if let Some(second) = rest.first()
        && is_in(Section::Honorifics, &format!("{} {}", first.as_ref(), second.as_ref()))
    {
        return 2;
    }
    usize::from(is_in(Section::Honorifics, first.as_ref()))
}

/// Whether a capitalised word is what somebody is, rather than a name: `Brothers`, `Frenchman`.
pub(super) fn is_role(token: &str) -> bool {
    is_in(Section::Roles, token)
}

/// Whether a noun after a name shows that it names a company: `shares`, `spokesman`.
pub(in crate::tagger) fn is_firm_noun(token: &str) -> bool {
    is_in(Section::FirmNouns, token)
}

/// Whether the last word of a longer name shows that it names an organisation: `Tribune`,
/// `Capital`.
pub(in crate::tagger) fn is_firm_ending(token: &str) -> bool {
    is_in(Section::FirmEndings, token)
}

/// Whether a token is the short form of a state: `Calif.`
pub(super) fn is_short_state(token: &str) -> bool {
    token.ends_with('.') && token.len() > 2 && is_region(&[token])
}

/// Whether a noun before a name shows that it names a company: `chain`, `insurer`.
pub(in crate::tagger) fn is_firm_cue(token: &str) -> bool {
    is_in(Section::FirmCues, token)
        || (token.starts_with(char::is_uppercase) && is_in(Section::FirmCues, &token.to_lowercase()))
}

/// Whether a verb says what a person does, among others.
pub(in crate::tagger) fn is_act(token: &str) -> bool {
    is_in(Section::Acts, token)
}

/// Whether a verb says what only people do.
pub(in crate::tagger) fn is_speech(token: &str) -> bool {
    is_in(Section::Speech, token)
}

/// Whether a month is also a surname or a given name.
pub(in crate::tagger) fn is_month_surname(token: &str) -> bool {
    is_in(Section::MonthSurnames, token)
}

/// Whether a capitalised word opens a sentence rather than a name: `Has`, `Team`. A short word can
/// be a given name, too: `So Yeon`.
pub(super) fn is_opener(token: &str) -> bool {
    const NAMES: [&str; 12] = ["an", "do", "so", "no", "in", "on", "my", "or", "be", "am", "he", "we"];
    let lower = token.to_lowercase();
    is_in(Section::Openers, token)
        || (!NAMES.contains(&&*lower) && text::is_opener(lower.replace('’', "'").as_bytes()))
}

/// What the word for a month or the name of a place can be in a person's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Homonym {
    /// A month that is a surname or a given name.
    Month,
    /// A place that is a given name.
    Place,
}

/// Whether a month or place can be part of a person's name. One look-up, because all capitalised
/// tokens are asked.
pub(super) fn homonym(token: &str) -> Option<Homonym> {
    let sections = CONTEXTS.get(token)?;
    if sections.has(Section::MonthSurnames) {
        return Some(Homonym::Month);
    }
    sections.has(Section::GivenPlaces).then_some(Homonym::Place)
}

/// With how many tokens a name begins that looks like ordinary words: `Apple`, `White House`,
/// `South Korea`.
pub(in crate::tagger) fn name_words<T: AsRef<str>>(tokens: &[T]) -> usize {
    let [first, rest @ ..] = tokens else { return 0 };
    let is_pair = rest
        .first()
        .is_some_and(|second| is_in(Section::NameWords, &format!("{} {}", first.as_ref(), second.as_ref())));
    let listed = names(first.as_ref()).iter().find(|(words, _)| {
        words.len() <= rest.len() && words.iter().zip(rest).all(|(word, token)| *word == token.as_ref())
    });
    match listed {
        Some((words, _)) => words.len() + 1,
        None if is_pair => 2,
        None => usize::from(is_in(Section::NameWords, first.as_ref())),
    }
}

/// Whether a word is the last one of the names of many places: `Valley`, `Airport`.
pub(super) fn is_place_noun(token: &str) -> bool {
    is_in(Section::PlaceNouns, token)
}

/// Whether a word is an office that is held for something: `minister`, `spokesman`.
pub(super) fn is_office(token: &str) -> bool {
    is_in(Section::Offices, token)
}

/// Whether a word is what an office is for: `Health`.
pub(super) fn is_portfolio(token: &str) -> bool {
    is_in(Section::Portfolios, token)
}

/// Whether a noun after the name of a people shows that it is one: `rebels`, `villagers`.
pub(super) fn is_people_noun(token: &str) -> bool {
    is_in(Section::PeopleNouns, token)
}

/// Whether a noun after a name shows that it is a team: `striker`, `fans`.
pub(super) fn is_team_noun(token: &str) -> bool {
    is_in(Section::TeamNouns, token)
}

/// Whether a word of a place can be followed by its number: `Highway 4`.
pub(super) fn is_numbered(token: &str) -> bool {
    is_in(Section::Numbered, token)
}

static POSTAL_CODES: Static<Set<&'static str>> = Static::new(|| states().map(|(_, code, _)| code).collect());
static STATES: Static<Set<&'static str>> = Static::new(|| states().map(|(.., name)| name).collect());

/// Whether tokens name a state or province, in full or in short: `Ontario`, `Calif.`
pub(super) fn is_region<T: AsRef<str>>(tokens: &[T]) -> bool {
    match tokens {
        [one] => {
            let one = one.as_ref();
            STATES.contains(one)
                || is_in(Section::States, one.strip_suffix('.').unwrap_or(one))
                || matches!(one, "England" | "Scotland" | "Wales")
        }
        _ => STATES.contains(&*spaced(tokens)),
    }
}

static COUNTRIES: Static<Set<&'static str>> = Static::new(|| {
    let lines = entries(include_str!("../../data/en/countries.txt"));
    let names = lines.flat_map(|line| line.split('|').skip(1).take(2).flat_map(|names| names.split(';')));
    names.map(str::trim).collect()
});

/// The names of countries.
pub(in crate::tagger) fn countries() -> impl Iterator<Item = &'static str> {
    COUNTRIES.iter().copied()
}

/// Whether tokens are the name of a country.
pub(in crate::tagger) fn is_country<T: AsRef<str>>(tokens: &[T]) -> bool {
    COUNTRIES.contains(&*spaced(tokens))
}

/// Whether tokens are the name of a larger town.
pub(in crate::tagger) fn is_town<T: AsRef<str>>(tokens: &[T]) -> bool {
    PLACES.contains(&*spaced(tokens))
}

/// Tokens, joined by blanks.
pub(in crate::tagger) fn spaced<T: AsRef<str>>(tokens: &[T]) -> String {
    tokens.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(" ")
}

/// Whether a token is the postal code of a state or province, possibly with the stop of a sentence.
pub(super) fn is_postal_code(token: &str) -> bool {
    POSTAL_CODES.contains(token.strip_suffix('.').unwrap_or(token))
}

static GIVEN_NAMES: Static<Set<&'static str>> = Static::new(|| {
    entries(include_str!("../../data/en/given_names.txt")).filter_map(|line| line.split(' ').next()).collect()
});

/// Whether a word is a common given name.
pub(in crate::tagger) fn is_given_name(token: &str) -> bool {
    GIVEN_NAMES.contains(token) || is_in(Section::GivenNames, token)
}

static FIRST_NAMES: Static<Set<&'static str>> =
    Static::new(|| entries(include_str!("../../data/en/first_names.txt")).collect());

/// Whether a word is a given name, also a rare one, and hardly anything else.
pub(super) fn is_first_name(token: &str) -> bool {
    is_given_name(token) || FIRST_NAMES.contains(token)
}

static PLACES: Static<Set<&'static str>> = Static::new(|| {
    entries(include_str!("../../data/en/places.txt")).filter_map(|line| line.split('|').next()).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn share_codes_are_not_abbreviations() {
        for code in ["BHP.AX", "FRE.N", "LEHMQ.PK", "BASFn.DE", "7203.T", "C.N"] {
            assert!(is_share_code(code), "{code}");
        }
        for word in ["U.S", "Ph.D", "Amazon.com", "St.Louis", "v.N", "J.Crew", "M.D."] {
            assert!(!is_share_code(word), "{word}");
        }
    }

    #[test]
    fn degrees_are_known_with_and_without_stops() {
        for degree in ["M.D.", "MD", "Ph.D.", "PhD", "Esq.", "Esq", "LL.B.", "DVM", "OBE"] {
            assert!(is_degree(degree), "{degree}");
        }
        for word in ["Ma", "Do", "do", "Md.", "Smith", "Jr."] {
            assert!(!is_degree(word), "{word}");
        }
    }

    #[test]
    fn every_listed_name_is_below_a_known_heading() {
        let companies = ["names", "possessive", "people's", "things", "places", "firms and others"];
        for (section, name) in items(include_str!("../../data/en/companies.txt")) {
            assert!(companies.contains(&section) && !name.contains(['[', '#']), "{section}: {name}");
        }
        for (section, name) in items(include_str!("../../data/en/peoples.txt")) {
            assert!(
                ["peoples", "compounds", "also others", "adjectives"].contains(&section),
                "{section}: {name}"
            );
        }
    }

    #[test]
    fn every_section_is_known() {
        let known = |(section, _): &(&str, &str)| SECTIONS.contains(section);
        assert!(items(include_str!("../../data/en/name_contexts.txt")).all(|item| known(&item)));
        assert_eq!(tokens_of("Standard & Poor's"), ["Standard", "&", "Poor", "'s"]);
        assert_eq!(tokens_of("Yahoo!"), ["Yahoo", "!"]);
    }
}
