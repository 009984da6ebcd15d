//! Does a line say who wrote the article?

use regex::Regex;

use super::author::{authors, is_role};
use super::clock::{is_clock_word, is_time, tells_time};
use super::words::{
    is_agency, is_agency_like, is_given_name, is_name_word, is_news_agency, is_organisation, is_place,
    pattern,
};
use crate::batch::Static;

/// `By Anna Kowalski`, `BY ANNA KOWALSKI and JOHN MOYO, Associated Press`, `Opinion by Anna
/// Kowalski`, `From Anna Kowalski in Warsaw`, `Byline: Anna Kowalski`.
static BY: Static<Regex> = Static::new(|| {
    pattern(
        r"^(?:[—–-]\s*)?(?:(?:(?i:written|words|text|story|report|reported|reporting|interview|opinion|analysis|commentary|(?:guest )?column|comment|guest essay|contributed|editorial|essay|review|reviewed|posted|published|submitted|updated|article|dispatch|feature|exclusive|special report) )?(?i:by)|From|(?i:byline|authors?|words|text|story|report):)[: ]\s*((?:(?:the )?\p{Lu}|(?:agencies|agency|our|staff|wire) ).*|agencies|staff)$",
    )
});

/// `Anna Kowalski, Political Editor`; `Anna Kowalski in Warsaw, Staff Writer`.
static ROLE: Static<Regex> = Static::new(|| {
    pattern(
        r"^(\p{Lu}[\p{L}.'’-]+(?: (?:\p{Lu}|de |van |von |al-|bin )[\p{L}.'’-]*){1,4})(?: in [\p{L} ]+)?(?:,| [|–—-]) (?:[\p{L}&-]+ ){0,4}(?i:editor|correspondent|reporter|writer|columnist|critic|commentator|bureau chief|staff|contributor|journalist)s?$",
    )
});

/// `Hannah Pryce in Esbjerg`: counts only directly after the headline.
static FILED: Static<Regex> = Static::new(|| {
    pattern(
        r"^\p{Lu}[\p{L}.'’-]+(?: (?:\p{Lu}|de |van |von |al-|bin )[\p{L}.'’-]*){1,3} (?:in|at|reports from|reporting from) \p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]+){0,2}$",
    )
});

/// Words without a capital that occur in bylines in addition to names.
const WORDS: [&str; 23] = [
    "agencies",
    "agency",
    "correspondents",
    "guest",
    "he/him",
    "min",
    "news",
    "opinion",
    "our",
    "own",
    "photographs",
    "photos",
    "pictures",
    "read",
    "reporting",
    "reports",
    "services",
    "she/her",
    "to",
    "website",
    "wire",
    "with",
    "words",
];

/// The maximum length of a byline, in bytes.
const LONGEST: usize = 160;

/// The maximum number of words after `By`.
const MOST_WORDS: usize = 18;

/// The maximum number of words in a line that continues a byline.
const MOST_ROLE_WORDS: usize = 5;

/// What a byline says after its `By`; `None` if the line is not a byline.
pub(super) fn find_byline(line: &str) -> Option<&str> {
    if line.len() > LONGEST || line.ends_with(['?', '!', ':', '"', '”']) {
        return None;
    }
    if let Some(found) = BY.captures(line) {
        let names = found.get(1)?.as_str();
        let labelled = line[..line.len() - names.len()].contains(':');
        let words = || names.split_whitespace();
        // A headline may begin with "By" too ("By Royal Appointment, a Baker's Day"), and so may a
        // sentence: every word must be possible in a byline.
        let fits = words().count() <= MOST_WORDS
            && (labelled || !names.ends_with('.') || ends_in_abbreviation(names))
            && !words().next().is_some_and(tells_time)
            && words().all(|word| {
                let bare = word.trim_matches(['(', ')', ',']);
                is_name_word(word)
                    || word.contains('@')
                    || WORDS.contains(&bare)
                    || is_role(bare)
                    || is_clock_word(bare)
            });
        return fits.then_some(names);
    }
    (!line.ends_with('.') && ROLE.is_match(line)).then_some(line)
}

/// Whether the last word keeps its full stop: `Jr.`, `M.D.`.
fn ends_in_abbreviation(names: &str) -> bool {
    let last = names.rsplit(' ').next().unwrap_or_default();
    matches!(last, "Jr." | "Sr." | "Inc.") || last.len() > 2 && last[..last.len() - 1].contains('.')
}

/// Whether the line after a headline says who filed the article from where: `Hannah Pryce in
/// Esbjerg`, `Hannah Pryce in Esbjerg and John Moyo in Faro`.
pub(super) fn says_who_filed(line: &str) -> bool {
    line.len() <= LONGEST && line.split(" and ").all(|part| FILED.is_match(part))
}

/// Whether a line below a byline belongs to it: `Staff Writer`, `Associated Press`, `@annak`,
/// `BBC News, Faro`.
pub(super) fn continues_byline(line: &str) -> bool {
    let place = line.split_once(", ").filter(|(agency, _)| is_agency(agency));
    is_extra(line) && !is_time(line) || place.is_some_and(|(_, place)| is_place(place))
}

/// Whether a line names an office as the author, where a byline may be: `Our Correspondent`,
/// `Staff Reporter`, an agency.
pub(super) fn is_office_line(line: &str) -> bool {
    const OPENINGS: [&str; 6] = ["Agencies", "From", "Our", "Special", "Staff", "Web"];
    let opening = line.split([' ', ',', '/']).next().unwrap_or_default();
    is_news_agency(line) && !PICTURES.iter().any(|word| line.contains(word))
        || OPENINGS.contains(&opening) && is_extra(line)
}

/// Whether a part of a line of authors says something about the author before it: a role, an
/// agency, an address, how long reading takes.
fn is_extra(part: &str) -> bool {
    let mut words = part.split_whitespace();
    let (first, last) = (words.next().unwrap_or_default(), words.next_back().unwrap_or_default());
    let role = || {
        let either = is_role(last) || last.is_empty() && is_role(first);
        either
            && !part.contains(['\'', '’'])
            && part
                .split_whitespace()
                .all(|word| is_name_word(word) || WORDS.contains(&word) || is_role(word))
    };
    part.split_whitespace().count() <= MOST_ROLE_WORDS
        && !part.ends_with(['.', '?', '!'])
        && (is_agency(part)
            || is_time(part)
            || role()
            || first.starts_with('@') && last.is_empty()
            || part.starts_with("Special to ")
            || part.ends_with(" min read"))
}

/// Words in the names of agencies that supply pictures.
const PICTURES: [&str; 4] = ["Images", "Getty", "Photo", "stock"];

/// Whether a line is the names of people and what a byline adds to them, without `By`: `Anna
/// Kowalski and John Moyo`, `Anna Kowalski, CNN`, `Anna Kowalski | January 8, 2019`. `sure` as in
/// [`is_bare_name`].
pub(super) fn is_line_of_authors(line: &str, sure: bool) -> bool {
    const SEPARATORS: [&str; 12] =
        [" and ", " & ", ", ", " | ", " • ", " · ", " - ", " – ", " — ", " @", "; ", " ("];
    if line.len() > LONGEST {
        return false;
    }
    let (mut rest, mut names, mut extras) = (line, 0, 0);
    loop {
        let next = SEPARATORS
            .iter()
            .filter_map(|separator| rest.find(separator).map(|at| (at, separator.len())))
            .min();
        let (at, length) = next.unwrap_or((rest.len(), 0));
        let part = rest[..at].trim_end_matches([')', ',']);
        if is_bare_name(part, sure && names == 0) || is_name_in_capitals(part, names == 0) {
            names += 1;
        } else if names > 0 && (is_extra(part) || is_agency_like(part) || extras > 0 && is_place(part)) {
            extras += 1;
        } else {
            return false;
        }
        if length == 0 {
            return true;
        }
        // A handle needs no separator.
        let from = if rest[at..].starts_with(" @") { at + 1 } else { at + length };
        rest = &rest[from..];
        if names > 0 && is_time(rest) {
            return true;
        }
    }
}

/// `ANNA KOWALSKI`: two or three words, the first a known given name if `sure`.
fn is_name_in_capitals(part: &str, sure: bool) -> bool {
    let mut words = part.split(' ');
    let capitals = part.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '-' | '.' | '\'' | '’'));
    capitals
        && (2..=3).contains(&part.split(' ').count())
        && words.next().is_some_and(|first| !sure || is_given_name(first))
        && !is_place(part)
        && !is_organisation(part)
}

/// Whether a line is the name of a person and nothing else: `Anna Kowalski`. It has two to four
/// words, and is not a place, agency or organisation. `sure` asks that the first word is a known
/// given name.
pub(super) fn is_bare_name(line: &str, sure: bool) -> bool {
    const LONGEST_NAME: usize = 48;
    let words = || line.split(' ');
    line.len() <= LONGEST_NAME
        && (2..=4).contains(&words().count())
        && line.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’'))
        && !line.ends_with('.')
        && line.chars().any(char::is_lowercase)
        && words().all(is_name_word)
        && words()
            .next()
            .is_some_and(|first| first.starts_with(char::is_uppercase) && (!sure || is_given_name(first)))
        && !(is_agency(line) || is_agency_like(line) || is_organisation(line) || is_place(line))
        && authors(line).len() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_of_every_kind_are_seen() {
        for (line, names) in [
            ("By Anna Kowalski", "Anna Kowalski"),
            (
                "By ANNA KOWALSKI and JOHN MOYO, Associated Press",
                "ANNA KOWALSKI and JOHN MOYO, Associated Press",
            ),
            ("By Anna Kowalski in Warsaw", "Anna Kowalski in Warsaw"),
            ("Anna Kowalski, Political Editor", "Anna Kowalski, Political Editor"),
            ("By Reuters Staff", "Reuters Staff"),
            ("By the Associated Press", "the Associated Press"),
            ("By: Juan de la Cruz", "Juan de la Cruz"),
            ("By Anna Kowalski • 4 min read", "Anna Kowalski • 4 min read"),
            ("By Anna Kowalski @annak", "Anna Kowalski @annak"),
            ("By Anna Kowalski anna.k@oban.example", "Anna Kowalski anna.k@oban.example"),
            ("By Dr. Anna Kowalski, Ph.D.", "Dr. Anna Kowalski, Ph.D."),
            ("Opinion by Anna Kowalski", "Anna Kowalski"),
            ("Guest column by Anna Kowalski", "Anna Kowalski"),
            ("ANALYSIS BY ANNA KOWALSKI, CNN", "ANNA KOWALSKI, CNN"),
            ("By Anna Kowalski and agencies", "Anna Kowalski and agencies"),
            ("Posted by Anna Kowalski on March 3, 2020", "Anna Kowalski on March 3, 2020"),
            ("By ANNA KOWALSKI (PAP)", "ANNA KOWALSKI (PAP)"),
            ("Byline: Anna Kowalski.", "Anna Kowalski."),
        ] {
            assert_eq!(find_byline(line), Some(names), "{line}");
        }
    }

    #[test]
    fn sentences_that_begin_with_by_are_not_bylines() {
        for line in [
            "By Monday the river had risen to four metres",
            "By Monday, Lisbon Was Dry",
            "By the time she arrived it was over.",
            "By a vote of five to four",
            "By Warsaw standards, it was warm.",
            "Bystanders saw it",
            "By Toni Clarke BOSTON Jan 5 (Reuters) - Genentech said it would sell a drug against colds",
            "Opinion in Warsaw is split.",
            "Anna Kowalski, IBM's chief",
            "Anna Kowalski, IBM’s writer",
            "",
        ] {
            assert_eq!(find_byline(line), None, "{line}");
        }
    }

    #[test]
    fn a_bare_name_is_no_place_and_no_title() {
        for name in ["Anna Kowalski", "John van der Berg", "Mary O'Brien"] {
            assert!(is_bare_name(name, true), "{name}");
        }
        assert!(is_bare_name("Zbyslaw Kowalski", false) && !is_bare_name("Zbyslaw Kowalski", true));
        for line in [
            "New York",
            "Associated Press",
            "Oban Gazette",
            "Rain",
            "World Health Organization",
            "Senior Editor",
        ] {
            assert!(!is_bare_name(line, false), "{line}");
        }
    }
}
