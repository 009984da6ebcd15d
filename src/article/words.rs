//! Which words does the press use about itself? The word lists of this room, each read once from
//! its file.

use std::collections::{HashMap, HashSet};

use regex::Regex;
use rustc_hash::FxHashMap;

use crate::batch::Static;
use crate::language::{entries, sections};

/// Capitals of the scripts in which bylines use capitals: Latin, Greek and Cyrillic.
const CAPITAL: &str = r"[\p{Lu}&&[\x00-\u{52F}\u{1E00}-\u{1EFF}]]";

/// Letters and combining marks, by whole blocks.
const LETTER: &str = r"A-Za-z\u{C0}-\u{D6}\u{D8}-\u{F6}\u{F8}-\u{1FFF}\u{2C00}-\u{2DFF}\u{3040}-\u{D7FF}\u{F900}-\u{FDFF}\u{20000}-\u{3FFFF}";

/// A compiled pattern. `\p{Lu}` is replaced by [`CAPITAL`], and `\p{L}`, within brackets, by
/// [`LETTER`]: the classes of all scripts have some hundred ranges each, and compiling patterns
/// with many names took most of the time of a first call.
#[expect(clippy::expect_used, reason = "the patterns are constants, and the tests compile each of them")]
pub(super) fn pattern(text: &str) -> Regex {
    Regex::new(&text.replace(r"\p{Lu}", CAPITAL).replace(r"\p{L}", LETTER)).expect("a constant pattern")
}

/// The agencies, broadcasters and papers, and whether each is an agency for texts or pictures.
static AGENCIES: Static<HashMap<String, bool>> = Static::new(|| {
    let names = sections(include_str!("../data/en/agencies.txt"));
    let is_agency = |section: &str| matches!(section, "wire services" | "photo agencies");
    names.map(|(section, name)| (agency_key(name), is_agency(section))).collect()
});

static CITIES: Static<HashSet<String>> =
    Static::new(|| entries(include_str!("../data/en/cities.txt")).map(str::to_lowercase).collect());

fn agency_key(name: &str) -> String {
    let name = name.trim().to_lowercase();
    name.strip_prefix("the ").map(str::to_owned).unwrap_or(name)
}

/// Whether the name is that of a news agency, a photo agency or a newspaper.
pub(super) fn is_agency(name: &str) -> bool {
    AGENCIES.contains_key(&agency_key(name))
}

/// Whether the name is that of an agency that supplies others with texts or pictures.
pub(crate) fn is_news_agency(name: &str) -> bool {
    AGENCIES.get(&agency_key(name)).copied().unwrap_or(false)
}

/// Whether a name that is not in the list reads like a newspaper, an agency or an office.
pub(super) fn is_agency_like(name: &str) -> bool {
    const LAST_WORDS: [&str; 43] = [
        "Agency",
        "Archive",
        "Archives",
        "Bureau",
        "Chronicle",
        "Company",
        "Corp",
        "Courier",
        "Department",
        "Embassy",
        "Foundation",
        "Gazette",
        "Globe",
        "Group",
        "Herald",
        "Images",
        "Inc",
        "Institute",
        "Journal",
        "Library",
        "Ltd",
        "Media",
        "Ministry",
        "Museum",
        "News",
        "Observatory",
        "Observer",
        "Office",
        "Photos",
        "Pictures",
        "Police",
        "Post",
        "Press",
        "Record",
        "Register",
        "Service",
        "Standard",
        "Star",
        "Telegraph",
        "Times",
        "Tribune",
        "University",
        "Wire",
    ];
    let words: Vec<&str> = name.split_whitespace().collect();
    let last = words.last().map_or("", |word| word.trim_end_matches(['.', ',']));
    let first = words.first().copied().unwrap_or_default();
    LAST_WORDS.binary_search(&last).is_ok()
        || (words.len() > 1 && is_agency(first) && is_acronym(first))
        || (words.len() == 1 && is_acronym(first))
}

/// Two to six capitals, as in `JAXA`.
fn is_acronym(word: &str) -> bool {
    (2..=6).contains(&word.chars().count()) && word.chars().all(char::is_uppercase)
}

/// Whether datelines name this city without a country.
pub(super) fn is_city(name: &str) -> bool {
    CITIES.contains(&name.trim().to_lowercase())
}

/// Whether a word in capitals labels an article and is not a place.
pub(super) fn is_label(word: &str) -> bool {
    LABELS.binary_search(&word).is_ok()
}

/// Words in capitals that label an article and are not places.
const LABELS: [&str; 31] = [
    "ADVISORY",
    "ALERT",
    "ANALYSIS",
    "BREAKING",
    "BRIEF",
    "COLUMN",
    "COMMENTARY",
    "CORRECTED",
    "CORRECTION",
    "EDITORIAL",
    "EXCLUSIVE",
    "EXPLAINER",
    "FACTBOX",
    "FEATURE",
    "FILE",
    "FOCUS",
    "INTERVIEW",
    "LIVE",
    "NEWS",
    "NOTE",
    "OPINION",
    "PHOTOS",
    "PREVIEW",
    "PROFILE",
    "REFILE",
    "REVIEW",
    "SPECIAL",
    "TIMELINE",
    "UPDATE",
    "VIDEO",
    "WATCH",
];

/// Whether a larger city of the world has this name.
pub(super) fn is_place(name: &str) -> bool {
    static PLACES: Static<HashSet<String>> = Static::new(|| {
        let names = entries(include_str!("../data/en/places.txt"));
        names.filter_map(|line| line.split('|').next()).map(str::to_lowercase).collect()
    });
    is_city(name) || PLACES.contains(&name.trim().to_lowercase())
}

/// Whether an organisation has this name or acronym.
pub(super) fn is_organisation(name: &str) -> bool {
    static ORGANISATIONS: Static<HashSet<String>> = Static::new(|| {
        let lines = entries(include_str!("../data/en/organisations.txt"));
        lines.flat_map(|line| line.split(['|', ';'])).map(agency_key).collect()
    });
    ORGANISATIONS.contains(&agency_key(name))
}

/// Whether a word is a known given name.
pub(super) fn is_given_name(word: &str) -> bool {
    static NAMES: Static<HashSet<String>> = Static::new(|| {
        let names =
            entries(include_str!("../data/en/given_names.txt")).filter_map(|line| line.split(' ').next());
        let short = entries(include_str!("../data/en/nicknames.txt")).flat_map(str::split_whitespace);
        names.chain(short).map(str::to_lowercase).collect()
    });
    NAMES.contains(&word.to_lowercase())
}

/// Openings of boilerplate paragraphs, in lower case: those after which the paragraph may continue,
/// and those that must be the whole paragraph.
pub(super) struct Openings {
    /// The openings by their first three bytes.
    by_head: FxHashMap<[u8; 3], Vec<&'static str>>,
    whole: HashSet<&'static str>,
}

impl Openings {
    /// Whether a paragraph opens like boilerplate, regardless of case.
    pub(super) fn open(&self, paragraph: &str) -> bool {
        const LONGEST: usize = 60;
        let opening_with = |text: &str| {
            let head = text.as_bytes().first_chunk::<3>()?;
            self.by_head.get(&head.map(|byte| byte.to_ascii_lowercase()))
        };
        // Most paragraphs are settled without a lower-case copy.
        if paragraph.len() > LONGEST && paragraph.is_char_boundary(3) && opening_with(paragraph).is_none() {
            return false;
        }
        let head = paragraph.chars().take(LONGEST).collect::<String>().to_lowercase();
        // An opening ends where a word ends: `more AP` is not `more apples`.
        let opens = |opening: &&str| {
            head.strip_prefix(opening).is_some_and(|rest| {
                !(rest.starts_with(char::is_alphabetic) && opening.ends_with(char::is_alphabetic))
            })
        };
        opening_with(&head).is_some_and(|openings| openings.iter().any(opens))
            || self.whole.contains(head.trim_matches(|c: char| !c.is_alphanumeric() && c != '#'))
    }
}

pub(super) static BOILERPLATE: Static<Openings> = Static::new(|| {
    let mut openings = Openings { by_head: FxHashMap::default(), whole: HashSet::new() };
    for entry in entries(include_str!("../data/en/boilerplate.txt")) {
        if let Some(whole) = entry.strip_prefix('~') {
            openings.whole.insert(whole.trim_matches(|c: char| !c.is_alphanumeric() && c != '#'));
        } else if let Some(head) = entry.as_bytes().first_chunk::<3>() {
            openings.by_head.entry(*head).or_default().push(entry);
        }
    }
    openings
});

/// Words that occur inside names and credits without a capital.
const CONNECTORS: [&str; 38] = [
    "a", "al", "and", "at", "bin", "bint", "by", "courtesy", "da", "dal", "de", "del", "della", "den", "der",
    "di", "do", "dos", "du", "e", "el", "file", "for", "from", "handout", "in", "la", "le", "of", "on",
    "photo", "pool", "ten", "ter", "the", "van", "via", "von",
];

/// Whether a word could be part of a name: it begins with a capital or a digit, or is a connector.
pub(super) fn is_name_word(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    match bare.chars().next() {
        Some(first) if first.is_lowercase() => {
            CONNECTORS.binary_search(&bare).is_ok() || bare.starts_with("al-") || bare.starts_with("el-")
        }
        // A capital, a digit, a letter of a script without case, or no letter at all.
        Some(_) | None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_article_before_a_papers_name_does_not_matter() {
        assert!(is_agency("The Guardian") && is_agency("guardian") && is_agency("New York Times"));
        assert!(!is_agency("Jane Doe"));
    }

    #[test]
    fn papers_that_no_list_has_are_known_by_their_names() {
        assert!(is_agency_like("Oban Gazette") && is_agency_like("JAXA") && is_agency_like("NASA Worldview"));
        assert!(!is_agency_like("Jane Doe") && !is_agency_like("Parcelwren"));
    }

    #[test]
    fn connectors_and_labels_are_sorted() {
        assert!(CONNECTORS.is_sorted() && LABELS.is_sorted());
    }

    #[test]
    fn no_opening_is_too_short_to_be_found_by_its_head() {
        assert!(entries(include_str!("../data/en/boilerplate.txt")).all(|entry| entry.len() >= 3));
    }

    #[test]
    fn a_word_that_also_opens_news_sentences_must_be_alone() {
        assert!(BOILERPLATE.open("advertisement"));
        assert!(!BOILERPLATE.open("advertisement spending rose"));
        assert!(BOILERPLATE.open("read more: why the lake is dry"));
        assert!(BOILERPLATE.open("More AP tennis") && !BOILERPLATE.open("More apples were sold"));
    }
}
