//! Which day does the name of a file give, and which the first lines of a text?
//!
//! Both are read only on request. A date that could be two days is ignored, unless [`DateForm`]
//! says how dates are written.

use super::written::DateForm;

/// How many lines of a text are its head.
const LINES: usize = 6;

/// The longest line of a head, in bytes. A longer one is a paragraph.
const LONGEST: usize = 120;

/// The words that precede a date in a head.
const BEFORE: [&str; 13] = [
    "published",
    "updated",
    "posted",
    "dated",
    "date",
    "first",
    "last",
    "publication",
    "release",
    "load",
    "on",
    "at",
    "issued",
];

/// The day in the name of a file: `2024-03-01-mayor.txt`, `mayor_20240301.txt`, `01.03.2024.txt`.
pub fn day_in_name(name: &str, form: &DateForm) -> Option<i32> {
    let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, '-' | '_' | '.');
    name.split(|letter: char| !is_part(letter)).find_map(|piece| {
        let numbers: Vec<&str> = piece
            .split(|letter: char| !letter.is_ascii_digit())
            .filter(|number| !number.is_empty())
            .collect();
        if let Some(day) = numbers.iter().filter(|number| number.len() == 8).find_map(|day| form_free(day)) {
            return Some(day);
        }
        numbers.windows(3).find_map(|window| match (window[0].len(), window[1].len(), window[2].len()) {
            (4, 1..=2, 1..=2) => form_free(&window.join("-")),
            (1..=2, 1..=2, 4) => form.without_format().day(&window.join("/")).ok(),
            _ => None,
        })
    })
}

/// A day in ISO 8601.
fn form_free(text: &str) -> Option<i32> {
    DateForm::default().day(text).ok()
}

/// The day in the first lines of a text: a line, or a piece of one, that is a date alone, perhaps
/// after words such as `Published:`.
pub fn day_in_head(text: &str, form: &DateForm) -> Option<i32> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let short = lines.take(LINES).filter(|line| line.len() <= LONGEST);
    short.flat_map(|line| line.split(['|', '•', '·', '—', '–'])).find_map(|piece| {
        let piece = without_words(piece).trim_end_matches(['.', ',', ';']);
        form.day(piece).or_else(|_| form.without_format().day(piece)).ok()
    })
}

/// A piece of a line without the words that precede a date.
fn without_words(piece: &str) -> &str {
    let mut rest = piece.trim();
    loop {
        let end = rest.find(|letter: char| !letter.is_alphabetic()).unwrap_or(rest.len());
        let word = &rest[..end];
        if word.is_empty() || !BEFORE.iter().any(|known| known.eq_ignore_ascii_case(word)) {
            return rest;
        }
        rest = rest[end..]
            .trim_start_matches(|letter: char| letter.is_whitespace() || matches!(letter, ':' | '-'));
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse_day;
    use super::*;

    fn named(name: &str) -> Option<i32> {
        day_in_name(name, &DateForm::default())
    }

    #[test]
    fn a_name_gives_its_date() {
        let day = parse_day("2024-03-01").ok();
        for name in [
            "2024-03-01-mayor.txt",
            "mayor_20240301.txt",
            "2024_03_01.txt",
            "nyt.2024.3.1.txt",
            "20240301T1200.txt",
        ] {
            assert_eq!(named(name), day, "{name}");
        }
        assert_eq!(named("25-12-2023.txt"), parse_day("2023-12-25").ok());
    }

    #[test]
    fn a_name_that_could_be_two_days_gives_none() {
        assert_eq!(named("01.03.2024.txt"), None);
        let form = DateForm::new(None, Some(true)).unwrap();
        assert_eq!(day_in_name("01.03.2024.txt", &form), parse_day("2024-03-01").ok());
        assert_eq!(named("2024-13-01.txt"), None);
        assert_eq!(named("story-12345678901.txt"), None);
        assert_eq!(named("mayor.txt"), None);
    }

    #[test]
    fn a_head_gives_the_date_of_its_own_line() {
        let day = |text: &str| day_in_head(text, &DateForm::default());
        let expected = parse_day("2024-04-03").ok();
        for text in [
            "Mayor quits\nBy Tom Brown\nApril 3, 2024\nThe mayor resigned.",
            "Published: 3 April 2024\n\nThe mayor resigned.",
            "By Tom Brown | Last updated on April 3, 2024",
        ] {
            assert_eq!(day(text), expected, "{text}");
        }
        assert_eq!(day("The mayor resigned on April 3, 2024, she said."), None);
        assert_eq!(day("03/04/2024\nThe mayor resigned."), None);
        assert_eq!(day(&format!("{}April 3, 2024", "x\n".repeat(7))), None);
    }
}
