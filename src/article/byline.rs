//! Does a line say who wrote the article?

use regex::Regex;

use super::words::{is_agency, is_name_word, pattern};
use crate::batch::Static;

/// `By Anna Kowalski`, `BY ANNA KOWALSKI and JOHN MOYO, Associated Press`, `From Anna Kowalski in
/// Warsaw`.
static BY: Static<Regex> = Static::new(|| {
    pattern(
        r"^(?:[—–-]\s*)?(?:Written by|Words by|Story by|Report by|Interview by|By|BY|by|From)[: ]\s*(\p{Lu}.*)$",
    )
});

/// `Anna Kowalski, Political Editor`; `Anna Kowalski in Warsaw, Staff Writer`.
static ROLE: Static<Regex> = Static::new(|| {
    pattern(
        r"^(\p{Lu}[\p{L}.'’-]+(?: (?:\p{Lu}|de |van |von |al-|bin )[\p{L}.'’-]*){1,4})(?: in [\p{L} ]+)?(?:,| [|–—-]) (?:[\p{L}&'’-]+ ){0,4}(?i:editor|correspondent|reporter|writer|columnist|critic|commentator|bureau|staff|chief|contributor|journalist)s?$",
    )
});

/// `Hannah Pryce in Esbjerg`: counts only directly after the headline.
static FILED: Static<Regex> = Static::new(|| {
    pattern(
        r"^\p{Lu}[\p{L}.'’-]+(?: (?:\p{Lu}|de |van |von |al-|bin )[\p{L}.'’-]*){1,3} (?:in|at) \p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]+){0,2}$",
    )
});

/// Words without a capital that occur in bylines in addition to names.
const WORDS: [&str; 6] = ["photographs", "photos", "pictures", "reporting", "words", "|"];

/// The maximum length of a byline, in bytes.
const LONGEST: usize = 140;

/// The maximum number of words after `By`.
const MOST_WORDS: usize = 16;

/// The maximum number of words in a line that continues a byline.
const MOST_ROLE_WORDS: usize = 5;

/// What a byline says after its `By`; `None` if the line is not a byline.
pub(super) fn find_byline(line: &str) -> Option<&str> {
    if line.len() > LONGEST
        || line.contains(['(', '/'])
        || line.ends_with(['.', '?', '!', ':', '"', '”']) && !line.ends_with("Jr.")
    {
        return None;
    }
    if let Some(found) = BY.captures(line) {
        let names = found.get(1)?.as_str();
        let words: Vec<&str> = names.split_whitespace().collect();
        // A headline may begin with "By" too ("By Royal Appointment, a Baker's Day"): every word
        // must be possible in a name, and the line must not be the start of a sentence.
        return (words.len() <= MOST_WORDS
            && words.iter().all(|word| is_name_word(word) || WORDS.contains(word)))
        .then_some(names);
    }
    ROLE.is_match(line).then_some(line)
}

/// Whether the line after a headline says who filed the article from where: `Hannah Pryce in
/// Esbjerg`.
pub(super) fn says_who_filed(line: &str) -> bool {
    line.len() <= LONGEST && FILED.is_match(line)
}

/// Whether a line below a byline belongs to it: `Staff Writer`, `Associated Press`.
pub(super) fn continues_byline(line: &str) -> bool {
    const ROLES: [&str; 8] =
        ["writer", "editor", "correspondent", "reporter", "columnist", "critic", "staff", "contributor"];
    let last = line.rsplit(' ').next().unwrap_or_default().to_lowercase();
    line.split_whitespace().count() <= MOST_ROLE_WORDS && (ROLES.contains(&last.as_str()) || is_agency(line))
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
            ("By: Juan de la Cruz", "Juan de la Cruz"),
        ] {
            assert_eq!(find_byline(line), Some(names), "{line}");
        }
    }

    #[test]
    fn sentences_that_begin_with_by_are_not_bylines() {
        for line in [
            "By Monday the river had risen to four metres",
            "By the time she arrived it was over.",
            "By a vote of five to four",
            "Bystanders saw it",
            "By Toni Clarke BOSTON Jan 5 (Reuters) - Genentech",
            "",
        ] {
            assert_eq!(find_byline(line), None, "{line}");
        }
    }
}
