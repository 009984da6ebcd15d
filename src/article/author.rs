//! Which people does a byline name?
//!
//! A byline may say more than names: a role, an agency, a place, a date, an address, the reading
//! time. It is cut at separators, and of each part what is before such extras is kept if it reads
//! like a person's name.

use super::clock::tells_time;
use super::words::{is_agency, is_agency_like, is_name_word, is_organisation, is_place};
use crate::span::ByteSpan;

/// The names of the people in a byline, as spans of it: `Anna Kowalski` and `John Moyo` in `Anna
/// Kowalski in Warsaw and John Moyo, Staff Writer`.
pub fn authors(byline: &str) -> Vec<ByteSpan> {
    let mut found: Vec<ByteSpan> = Vec::new();
    let mut at = lead(byline);
    while at < byline.len() {
        let (end, next) = part_end(byline, at);
        let part = ByteSpan::new(at as u32, end as u32).trimmed(byline);
        match found.last_mut() {
            // `Anna Kowalski, Jr.`
            Some(last) if is_suffix(part.of(byline)) => last.end = part.end,
            _ => found.extend(name_in(byline, part)),
        }
        at = next;
    }
    found
}

/// The bytes of `By ` or `Opinion by ` before the names.
fn lead(byline: &str) -> usize {
    const KINDS: [&str; 7] = ["analysis", "commentary", "interview", "opinion", "review", "story", "words"];
    let space = byline.len() - byline.trim_start().len();
    let rest = &byline[space..];
    let kind = rest.split(' ').next().unwrap_or_default();
    let kind = if KINDS.contains(&kind.to_lowercase().as_str()) { kind.len() + 1 } else { 0 };
    let lead = ["By ", "BY ", "by ", "By: ", "By:"];
    let by = rest.get(kind..).and_then(|rest| lead.iter().find(|lead| rest.starts_with(**lead)));
    by.map_or(space, |by| space + kind + by.len())
}

/// Where the part that starts at `from` ends, and where the next one starts.
fn part_end(byline: &str, from: usize) -> (usize, usize) {
    const WORDS: [&str; 5] = ["and ", "with ", "& ", "AND ", "und "];
    for (at, c) in byline[from..].char_indices() {
        let at = from + at;
        let after = at + c.len_utf8();
        let rest = &byline[after..];
        if matches!(c, ',' | ';' | '|' | '•' | '·' | '\n' | '/' | '(' | ')' | '–' | '—')
            || c == '-' && rest.starts_with(' ')
        {
            return (at, after);
        }
        if c.is_whitespace()
            && let Some(word) = WORDS.iter().find(|word| rest.starts_with(**word))
        {
            return (at, after + word.len());
        }
    }
    (byline.len(), byline.len())
}

/// The name at the start of a part of a byline.
fn name_in(byline: &str, part: ByteSpan) -> Option<ByteSpan> {
    const HONORIFICS: [&str; 8] = ["Dr", "Dr.", "Prof", "Prof.", "Professor", "Sir", "Rev.", "By"];
    const PARTICLES: [&str; 22] = [
        "af", "al", "av", "bin", "binti", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "e",
        "el", "la", "le", "ten", "ter", "van", "von",
    ];
    let text = part.of(byline);
    let offset = |word: &str| part.start + (word.as_ptr() as usize - text.as_ptr() as usize) as u32;
    let words: Vec<&str> = text
        .split_whitespace()
        .skip_while(|word| HONORIFICS.contains(word))
        .take_while(|word| {
            let bare = word.trim_end_matches('.');
            !word.contains(['@', '[', ':'])
                && !word.starts_with(|c: char| c.is_ascii_digit())
                && (!word.starts_with(char::is_lowercase)
                    || PARTICLES.contains(&bare)
                    || word.starts_with("al-"))
        })
        .collect();
    let mut words = &words[..];
    // A date without a comma: `Anna Kowalski Jan. 8, 2019`, `Anna Kowalski Published 8 January`.
    if text.contains(|c: char| c.is_ascii_digit()) {
        let dates = |word: &&&str| tells_time(word) || matches!(**word, "Published" | "Updated" | "Posted");
        let after = words.iter().rev().take_while(dates).count();
        words = &words[..words.len() - after];
    }
    words = without_role(words);
    let (first, last) = (words.first()?, words.last()?);
    let span = ByteSpan::new(offset(first), offset(last) + last.trim_end_matches([':', '.']).len() as u32);
    let span =
        if last.len() <= 3 && last.ends_with('.') { ByteSpan::new(span.start, span.end + 1) } else { span };
    let name = span.of(byline);
    let alone = span == part && part.len() as usize == byline.trim().len();
    let person = (words.len() > 1 || alone)
        && words.len() <= 6
        && words.iter().all(|word| is_name_word(word))
        && first.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
        && !matches!(
            *first,
            "The" | "THE" | "Our" | "Special" | "Staff" | "Photos" | "Photographs" | "Pictures" | "Updated"
        )
        && !is_agency(name)
        && !is_agency(text)
        && !is_agency_like(name)
        && !is_organisation(name)
        && !is_place(name)
        && !words.iter().any(|word| is_desk(word));
    person.then_some(span)
}

/// A name without the role or the agency that follows it without a comma.
fn without_role<'a, 'b>(mut words: &'b [&'a str]) -> &'b [&'a str] {
    const QUALIFIERS: [&str; 16] = [
        "business",
        "chief",
        "city",
        "digital",
        "education",
        "environment",
        "foreign",
        "health",
        "national",
        "political",
        "politics",
        "science",
        "senior",
        "special",
        "sports",
        "staff",
    ];
    let lower = |word: &str| word.to_lowercase();
    if words.last().is_some_and(|last| is_role(last)) {
        words = &words[..words.len() - 1];
        while words.last().is_some_and(|last| QUALIFIERS.contains(&lower(last).as_str())) {
            words = &words[..words.len() - 1];
        }
        return words;
    }
    let longest = words.len().saturating_sub(2).min(4);
    match (1..=longest).rev().find(|&n| is_agency(&words[words.len() - n..].join(" "))) {
        Some(agency) => &words[..words.len() - agency],
        None => words,
    }
}

/// Whether a word is what journalists and their guests are: `reporter`, `Editors`.
pub(super) fn is_role(word: &str) -> bool {
    const ROLES: [&str; 22] = [
        "analyst",
        "anchor",
        "author",
        "chief",
        "columnist",
        "commentator",
        "contributor",
        "correspondent",
        "critic",
        "editor",
        "fellow",
        "freelance",
        "host",
        "journalist",
        "photographer",
        "producer",
        "professor",
        "reporter",
        "researcher",
        "staff",
        "videographer",
        "writer",
    ];
    let word = word.trim_end_matches(['.', ',']).to_lowercase();
    ROLES.binary_search(&word.strip_suffix('s').filter(|_| word != "s").unwrap_or(&word)).is_ok()
}

/// Whether a word is that of an office and not of a person.
fn is_desk(word: &str) -> bool {
    const DESKS: [&str; 16] = [
        "agencies",
        "agency",
        "associates",
        "board",
        "bureau",
        "correspondents",
        "desk",
        "editorial",
        "editors",
        "network",
        "news",
        "newsroom",
        "reporters",
        "service",
        "staff",
        "team",
    ];
    DESKS.binary_search(&word.to_lowercase().as_str()).is_ok()
}

fn is_suffix(part: &str) -> bool {
    matches!(part, "Jr." | "Jr" | "Sr." | "Sr" | "II" | "III" | "IV")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byline_is_split_into_the_people_it_names() {
        for (byline, names) in [
            ("Anna Kowalski", &["Anna Kowalski"][..]),
            ("By Anna Kowalski, Staff Writer", &["Anna Kowalski"]),
            ("Anna Kowalski | Political Editor", &["Anna Kowalski"]),
            ("ANNA KOWALSKI\nAssociated Press", &["ANNA KOWALSKI"]),
            ("ANNA KOWALSKI and JOHN MOYO, Associated Press", &["ANNA KOWALSKI", "JOHN MOYO"]),
            ("Anna Kowalski Feb. 3, 2020", &["Anna Kowalski"]),
            ("Anna Kowalski, 3 February 2020", &["Anna Kowalski"]),
            ("Anna Kowalski on February 3, 2020", &["Anna Kowalski"]),
            ("Anna Kowalski in Warsaw and John Moyo in Harare", &["Anna Kowalski", "John Moyo"]),
            (
                "Anna Kowalski, John Moyo & Juan de la Cruz",
                &["Anna Kowalski", "John Moyo", "Juan de la Cruz"],
            ),
            ("Anna Kowalski, New York", &["Anna Kowalski"]),
            ("Anna Kowalski (PAP)", &["Anna Kowalski"]),
            ("Anna Kowalski Reuters", &["Anna Kowalski"]),
            ("Anna Kowalski for The Oban Gazette", &["Anna Kowalski"]),
            ("Dr. Anna Kowalski, Ph.D.", &["Anna Kowalski"]),
            ("Anna Kowalski, Jr.", &["Anna Kowalski, Jr."]),
            ("Anna K.", &["Anna K."]),
            ("Anna Kowalski @annak • 4 min read", &["Anna Kowalski"]),
            ("Anna Kowalski and agencies", &["Anna Kowalski"]),
            ("Anna Kowalski; John Moyo", &["Anna Kowalski", "John Moyo"]),
            ("Opinion by Anna Kowalski", &["Anna Kowalski"]),
            ("Madonna", &["Madonna"]),
            ("Reuters Staff", &[]),
            ("the Associated Press", &[]),
            ("Our Staff Reporter", &[]),
            ("Editorial Board", &[]),
            ("", &[]),
        ] {
            let found: Vec<&str> = authors(byline).iter().map(|span| span.of(byline)).collect();
            assert_eq!(found, names, "{byline}");
        }
    }
}
