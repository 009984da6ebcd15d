//! Which mentions of an article are of one and the same?
//!
//! Within an article a full name is given once, and short forms follow: `Kim Jong Un`, then `Mr Kim`; `Xi Jinping`, then
//! `Xi`; `Korean Central News Agency (KCNA)`, then `KCNA`. A short form that fits the names of two people goes to neither.
//!
//! Cost: the mentions of an article times its distinct full names.

use std::collections::HashSet;
use std::sync::LazyLock;

static TITLES: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| entries(include_str!("../data/en/titles.txt")));

static SURNAMES_FIRST: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| entries(include_str!("../data/en/surnames_first.txt")));

fn entries(list: &'static str) -> HashSet<&'static str> {
    list.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect()
}

/// Whether a word is a title or honorific that stands before a person's name.
pub(super) fn is_title(word: &str) -> bool {
    TITLES.contains(word.trim_end_matches('.'))
}

/// Whether a word is a form of address that only people have.
pub(super) fn is_polite(word: &str) -> bool {
    matches!(word.trim_end_matches('.'), "Mr" | "Mrs" | "Ms" | "Miss" | "Mx" | "Dr" | "Prof")
}

/// What a mention names, as far as it takes part in resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A person: short forms are parts of the full name.
    Person,
    /// An organisation: short forms are acronyms and names without their legal form.
    Organisation,
    /// Anything else: equal names are equal things.
    Other,
}

/// A mention on its way to its entity.
#[derive(Debug, Clone)]
pub(super) struct Name<'a> {
    pub(super) sort: Sort,
    /// The label, as a number.
    pub(super) label: u8,
    /// The words of the mention.
    pub(super) words: Vec<&'a str>,
    /// Whether the mention before introduces this one in brackets.
    pub(super) in_brackets: bool,
}

/// For each name the position of the name that stands for it: its own, or that of the fullest form the article gives.
pub(super) fn resolve(names: &[Name<'_>]) -> Vec<usize> {
    let mut links: Vec<usize> = (0..names.len()).collect();
    let words: Vec<&[&str]> = names.iter().map(|name| bare(name)).collect();
    let full: Vec<usize> = distinct_full_people(names, &words);
    for at in 0..names.len() {
        let link = match names[at].sort {
            Sort::Person => person(at, &words, &full),
            Sort::Organisation => organisation(at, names, &words),
            Sort::Other => None,
        };
        links[at] = link.or_else(|| same(at, names, &words)).unwrap_or(at);
    }
    // A link to a name that is itself linked goes all the way.
    for at in 0..links.len() {
        let mut steps = 0;
        while links[links[at]] != links[at] && steps < links.len() {
            links[at] = links[links[at]];
            steps += 1;
        }
    }
    links
}

/// The words that count: of a person those behind titles, of anything else those behind an article.
fn bare<'n, 'a>(name: &'n Name<'a>) -> &'n [&'a str] {
    let mut words = &name.words[..];
    while let [first, rest @ ..] = words {
        let skip = match name.sort {
            Sort::Person => is_title(first),
            Sort::Organisation | Sort::Other => first.eq_ignore_ascii_case("the"),
        };
        if !skip || rest.is_empty() {
            break;
        }
        words = rest;
    }
    words
}

/// The first mention with the same words and label.
fn same(at: usize, names: &[Name<'_>], words: &[&[&str]]) -> Option<usize> {
    (0..at).find(|&other| names[other].label == names[at].label && words[other] == words[at])
}

/// The first mention of each full name of a person.
fn distinct_full_people(names: &[Name<'_>], words: &[&[&str]]) -> Vec<usize> {
    let mut full: Vec<usize> = Vec::new();
    for at in 0..names.len() {
        if names[at].sort == Sort::Person
            && words[at].len() > 1
            && full.iter().all(|&other| words[other] != words[at])
        {
            full.push(at);
        }
    }
    full
}

/// The full name that a person's mention is a form of, if it is a form of exactly one.
fn person(at: usize, words: &[&[&str]], full: &[usize]) -> Option<usize> {
    let form = words[at];
    let only = |fits: &dyn Fn(&[&str]) -> bool| -> Option<usize> {
        let mut fitting = full.iter().copied().filter(|&other| words[other] != form && fits(words[other]));
        let first = fitting.next()?;
        // Longer and shorter forms of one name are one person.
        fitting
            .all(|other| is_form_of(words[other], words[first]) || is_form_of(words[first], words[other]))
            .then_some(first)
    };
    match form {
        [] => None,
        [single] => {
            let surname = |name: &[&str]| {
                name.last().is_some_and(|last| last == single)
                    || (name.first().is_some_and(|first| first == single) && SURNAMES_FIRST.contains(single))
            };
            if full.iter().any(|&other| surname(words[other])) {
                return only(&surname);
            }
            only(&|name| name.first().is_some_and(|first| first == single))
        }
        _ => only(&|name| name.len() > form.len() && is_form_of(form, name)),
    }
}

/// Whether a longer name has the words of the shorter one in order, from its first or to its last word; initials stand
/// for words.
fn is_form_of(short: &[&str], long: &[&str]) -> bool {
    let same = |a: &str, b: &str| a == b || is_initial_of(a, b) || is_initial_of(b, a);
    let (Some(first), Some(last)) = (short.first(), short.last()) else { return false };
    if short.len() > long.len() {
        return false;
    }
    let mut rest = long.iter();
    let in_order = short.iter().all(|word| rest.any(|other| same(word, other)));
    in_order
        && long.last().is_some_and(|end| same(last, end))
        && (short.len() > 1 || long.first().is_some_and(|head| same(first, head)))
}

fn is_initial_of(initial: &str, word: &str) -> bool {
    initial.len() <= 3
        && initial.ends_with('.')
        && initial.chars().next().is_some_and(|letter| word.starts_with(letter))
}

/// The organisation that a mention is a short form of.
fn organisation(at: usize, names: &[Name<'_>], words: &[&[&str]]) -> Option<usize> {
    let form = words[at];
    let others = || (0..names.len()).filter(|&other| other != at && names[other].sort == Sort::Organisation);
    if names[at].in_brackets && at > 0 && is_acronym_of(form, words[at - 1]) {
        return Some(at - 1);
    }
    // An acronym goes to the name that it was introduced for.
    if let Some(introduced) = (1..names.len()).find(|&other| {
        names[other].in_brackets && words[other] == form && is_acronym_of(form, words[other - 1])
    }) {
        return Some(introduced - 1).filter(|&other| other != at);
    }
    // Without an introduction it goes to the one name whose initials it is.
    let mut spelt = others().filter(|&other| is_acronym_of(form, words[other]));
    if let Some(first) = spelt.next() {
        return spelt.all(|other| words[other] == words[first]).then_some(first);
    }
    // `Apple` goes to `Apple Inc.`
    others().find(|&other| words[other].len() > form.len() && without_legal_form(words[other]) == form)
}

fn without_legal_form<'n, 'a>(words: &'n [&'a str]) -> &'n [&'a str] {
    const FORMS: [&str; 16] = [
        "AB",
        "AG",
        "Co",
        "Company",
        "Corp",
        "Corporation",
        "GmbH",
        "Inc",
        "Incorporated",
        "LLC",
        "LLP",
        "Limited",
        "Ltd",
        "NV",
        "Plc",
        "SA",
    ];
    let mut words = words;
    while let [rest @ .., last] = words {
        let bare = last.trim_end_matches('.');
        if rest.is_empty() || !FORMS.iter().any(|form| form.eq_ignore_ascii_case(bare)) {
            break;
        }
        words = rest;
    }
    words
}

/// Whether a single word in capitals is made of the initials of a name, small words left out or not.
fn is_acronym_of(form: &[&str], name: &[&str]) -> bool {
    let [acronym] = form else { return false };
    let letters: Vec<char> = acronym.chars().filter(|c| c.is_alphanumeric()).collect();
    if letters.len() < 2 || !letters.iter().any(|c| c.is_uppercase()) || name.len() < 2 {
        return false;
    }
    let initials = |small: bool| -> Vec<char> {
        name.iter()
            .flat_map(|word| word.split('-'))
            .filter_map(|word| word.chars().next())
            .filter(|c| small || c.is_uppercase())
            .flat_map(char::to_uppercase)
            .collect()
    };
    let wanted: Vec<char> = letters.iter().flat_map(|c| c.to_uppercase()).collect();
    initials(false) == wanted || initials(true) == wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names<'a>(sort: Sort, texts: &[&'a str]) -> Vec<Name<'a>> {
        texts
            .iter()
            .map(|text| Name {
                sort,
                label: 0,
                words: text.split(' ').collect(),
                in_brackets: text.starts_with('('),
            })
            .map(|mut name| {
                name.words.iter_mut().for_each(|word| *word = word.trim_matches(['(', ')']));
                name
            })
            .collect()
    }

    fn people(texts: &[&str]) -> Vec<usize> {
        resolve(&names(Sort::Person, texts))
    }

    #[test]
    fn short_forms_go_to_the_full_name() {
        assert_eq!(
            people(&["Kim Jong Un", "Mr Kim", "Kim", "Xi Jinping", "Xi", "Donald Trump", "Trump"]),
            [0, 0, 0, 3, 3, 5, 5]
        );
        assert_eq!(people(&["Merkel", "Angela Merkel", "Angela"]), [1, 1, 1]);
        assert_eq!(people(&["Mateo de la Cruz", "de la Cruz", "Cruz"]), [0, 0, 0]);
    }

    #[test]
    fn a_surname_that_fits_two_people_goes_to_neither() {
        assert_eq!(people(&["Bill Clinton", "Hillary Clinton", "Clinton", "Hillary"]), [0, 1, 2, 1]);
    }

    #[test]
    fn initials_stand_for_names() {
        assert_eq!(people(&["Donald Trump", "Donald J. Trump", "Trump", "D. Trump"]), [1, 1, 1, 1]);
    }

    #[test]
    fn a_surname_is_preferred_to_a_first_name() {
        assert_eq!(people(&["James Smith", "LeBron James", "James"]), [0, 1, 1]);
    }

    #[test]
    fn an_acronym_goes_to_the_name_that_introduced_it() {
        let found = resolve(&names(
            Sort::Organisation,
            &[
                "Korean Central News Agency",
                "(KCNA)",
                "KCNA",
                "the United Nations",
                "UN",
                "Apple",
                "Apple Inc.",
            ],
        ));
        assert_eq!(found, [0, 0, 0, 3, 3, 6, 6]);
    }
}
