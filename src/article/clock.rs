//! Does a line say when the article appeared, and nothing else?

/// The beginnings of the months' names, in lower case.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The months' names after their beginnings, and how they are cut short.
const MONTH_ENDS: [&str; 12] =
    ["uary", "ruary", "ch", "il", "", "e", "y", "ust", "tember", "ober", "ember", "ember"];

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY_ENDS: [&str; 7] = ["day", "sday", "nesday", "rsday", "day", "urday", "day"];

/// What a word of a time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Month,
    Day,
    /// `8`, `2019`, `8th`.
    Number,
    /// `10:30`, `5.12pm`, `2019-01-08`.
    Clock,
    /// `pm`, `GMT`, `at`.
    Other,
}

fn part_of(word: &str) -> Option<Part> {
    const OTHERS: [&str; 28] = [
        "a.m", "am", "ago", "at", "bst", "cest", "cet", "cst", "edt", "est", "et", "gmt", "hours", "hour",
        "hrs", "ist", "last", "min", "minutes", "on", "p.m", "pacific", "pdt", "pm", "pst", "pt", "time",
        "utc",
    ];
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    if word.is_empty() || word.len() > 25 || !word.is_ascii() {
        return word.is_empty().then_some(Part::Other);
    }
    let lower = word.to_ascii_lowercase();
    if lower.starts_with(|c: char| c.is_ascii_digit()) {
        let tail = lower.trim_start_matches(|c: char| c.is_ascii_digit());
        if matches!(tail, "" | "st" | "nd" | "rd" | "th") {
            return Some(Part::Number);
        }
        let fits =
            lower.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.').bytes().all(|byte| {
                byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b'-' | b'/' | b'T' | b't' | b'+')
            });
        let zone = tail.rsplit(|c: char| c.is_ascii_digit() || c == '.').next().unwrap_or_default();
        return (fits && matches!(zone, "" | "am" | "pm" | "a.m" | "p.m" | "z" | "h" | "m"))
            .then_some(Part::Clock);
    }
    let of = |starts: &[&str], ends: &[&str], part| {
        let at = starts.iter().position(|start| lower.starts_with(start))?;
        let rest = lower.get(starts[at].len()..)?;
        (rest.is_empty()
            || rest == ends[at]
            || matches!((starts[at], rest), ("sep", "t") | ("thu", "r" | "rs") | ("tue", "s")))
        .then_some(part)
    };
    of(&MONTHS, &MONTH_ENDS, Part::Month)
        .or_else(|| of(&DAYS, &DAY_ENDS, Part::Day))
        .or_else(|| OTHERS.contains(&lower.as_str()).then_some(Part::Other))
}

/// Whether a word is the name of a month or of a day of the week.
pub(super) fn tells_time(word: &str) -> bool {
    matches!(part_of(word), Some(Part::Month | Part::Day))
}

/// Whether a word is what clocks print: `10:30am`, `pm`, `EST`.
pub(super) fn is_clock_word(word: &str) -> bool {
    matches!(part_of(word), Some(Part::Clock | Part::Other)) && !word.is_empty()
}

/// Whether a line says when something was published, and nothing else: `March 1, 2024`, `Updated
/// 5:12 PM ET, Tue January 8, 2019`, `8:15 p.m.`
pub(super) fn is_time(line: &str) -> bool {
    const LONGEST: usize = 110;
    const LABELS: [&str; 22] = [
        "added",
        "article",
        "created",
        "date",
        "edited",
        "filed",
        "first",
        "issued",
        "last",
        "modified",
        "on",
        "originally",
        "post",
        "posted",
        "print",
        "pub",
        "published",
        "release",
        "released",
        "story",
        "update",
        "updated",
    ];
    if line.len() > LONGEST || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let words = line.split(|c: char| c.is_whitespace() || matches!(c, '|' | '•' | '·' | ',' | '(' | ')'));
    let (mut labels, mut dates, mut numbers, mut clocks, mut count) = (0, 0, 0, 0, 0);
    for word in words.filter(|word| !word.is_empty()) {
        count += 1;
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
        if LABELS.contains(&bare.as_str()) {
            labels += 1;
            continue;
        }
        match part_of(word) {
            Some(Part::Month) => dates += 1,
            Some(Part::Number) => numbers += 1,
            Some(Part::Clock) => clocks += 1,
            Some(Part::Day | Part::Other) => {}
            None => return false,
        }
    }
    let half_day = || {
        let line = line.trim_end_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
        line.ends_with("pm") || line.ends_with("am") || line.ends_with("p.m") || line.ends_with("a.m")
    };
    (2..=18).contains(&count)
        && (dates > 0 && numbers > 0 || labels > 0 && (numbers > 0 || clocks > 0) || clocks > 0 && half_day())
        || count == 2 && numbers == 1 && half_day()
        || count == 1 && clocks == 1 && half_day()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_publication_are_seen() {
        for line in [
            "March 1, 2024",
            "Published: 3 April 2024",
            "Updated 5:12 PM ET, Tue January 8, 2019",
            "First published on Tue 8 Jan 2019 10.30 GMT",
            "Last updated at 10:30 on 3 May 2016",
            "Friday, December 4, 2015.",
            "8:15 p.m.",
            "11:50 p.m.:",
            "7 p.m.",
            "Updated 3 hours ago",
            "2019-01-08 10:30 | Updated: 2019-01-09",
        ] {
            assert!(is_time(line), "{line}");
        }
    }

    #[test]
    fn sentences_and_numbers_are_no_times() {
        for line in [
            "Updated figures show that the economy grew in May 2019",
            "Tuesday",
            "May",
            "12",
            "2019",
            "1,200",
            "May 8 was a Tuesday",
            "In March 2019",
            "3-2",
            "Published in 40 countries",
            "",
        ] {
            assert!(!is_time(line), "{line}");
        }
    }
}
