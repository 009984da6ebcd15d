//! Which numbers and names belong to a date, and which to the time next to it?
//!
//! Cost: one pass over a short string.

use chrono::Weekday;

/// A piece of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Number(&'a str),
    Word(&'a str),
    /// Anything else but white space.
    Mark(char),
}

/// The pieces of a string, each with whether it follows the one before it without white space.
pub(super) fn pieces(text: &str) -> Vec<(Piece<'_>, bool)> {
    let (mut pieces, mut rest, mut glued) = (Vec::new(), text, false);
    while let Some(first) = rest.chars().next() {
        let run = |is_one: fn(char) -> bool| {
            rest.find(|letter| !is_one(letter)).map_or((rest, ""), |end| rest.split_at(end))
        };
        let (piece, after) = match first {
            '0'..='9' => {
                let (number, after) = run(|letter| letter.is_ascii_digit());
                (Piece::Number(number), after)
            }
            letter if letter.is_alphabetic() => {
                let (word, after) = run(char::is_alphabetic);
                (Piece::Word(word), after)
            }
            _ => (Piece::Mark(first), &rest[first.len_utf8()..]),
        };
        rest = after;
        if matches!(piece, Piece::Mark(mark) if mark.is_whitespace()) {
            glued = false;
        } else {
            pieces.push((piece, glued));
            glued = true;
        }
    }
    pieces
}

pub(super) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

pub(super) const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
];

/// Whether a word is a name or an abbreviation of it in three to five letters.
fn names(word: &str, name: &str) -> bool {
    let head = name.get(..word.len());
    let short = (3..=5).contains(&word.len()) && head.is_some_and(|head| head.eq_ignore_ascii_case(word));
    short || name.eq_ignore_ascii_case(word) || name == "wednesday" && word.eq_ignore_ascii_case("weds")
}

fn month_of(word: &str) -> Option<u32> {
    MONTHS.iter().position(|name| names(word, name)).map(|at| at as u32 + 1)
}

fn weekday_of(word: &str) -> Option<Weekday> {
    WEEKDAYS.iter().find(|(name, _)| names(word, name)).map(|&(_, day)| day)
}

/// What a string says: the numbers of its date, the month and the weekday that it names.
#[derive(Default)]
pub(super) struct Said<'a> {
    pub(super) numbers: Vec<&'a str>,
    pub(super) month: Option<u32>,
    pub(super) weekday: Option<Weekday>,
    pub(super) time: bool,
}

/// Reads the pieces of a string. `None` if one of them has no place in a date.
pub(super) fn said<'a>(pieces: &[(Piece<'a>, bool)]) -> Option<Said<'a>> {
    let mut said = Said::default();
    let mut at = 0;
    while let Some(&(piece, glued)) = pieces.get(at) {
        if let Some(after) = time(pieces, at) {
            if said.time {
                return None;
            }
            said.time = true;
            at = zone(pieces, after);
            continue;
        }
        match piece {
            Piece::Number(number) => said.numbers.push(number),
            Piece::Word(word) => {
                let after_number = at > 0 && matches!(pieces[at - 1].0, Piece::Number(_));
                let is_ordinal = ["st", "nd", "rd", "th"].iter().any(|end| end.eq_ignore_ascii_case(word));
                let is_filler =
                    ["of", "the", "at", "on"].iter().any(|filler| filler.eq_ignore_ascii_case(word));
                if let Some(month) = month_of(word).filter(|_| said.month.is_none()) {
                    said.month = Some(month);
                } else if let Some(weekday) = weekday_of(word).filter(|_| said.weekday.is_none()) {
                    said.weekday = Some(weekday);
                } else if !(glued && after_number && is_ordinal || is_filler) {
                    return None;
                }
            }
            Piece::Mark(',' | '.' | '-' | '/' | '|' | '\'' | '–' | '—' | '·' | '•') => {}
            Piece::Mark(_) => return None,
        }
        at += 1;
    }
    Some(said)
}

/// Where the time that starts at a piece ends, if one does: `14:30`, `T14:30:00.123`, `T143000`,
/// `2 p.m.`
fn time(pieces: &[(Piece<'_>, bool)], from: usize) -> Option<usize> {
    let number = |at: usize| match pieces.get(at) {
        Some((Piece::Number(number), _)) => Some(*number),
        _ => None,
    };
    let mark = |at: usize, mark: char| pieces.get(at).is_some_and(|(piece, _)| *piece == Piece::Mark(mark));
    let below = |number: &str, most: u32| number.len() <= 2 && number.parse::<u32>().is_ok_and(|n| n < most);
    let is_t = matches!(pieces[from].0, Piece::Word("T" | "t")) && from > 0;
    let mut at = from + usize::from(is_t);
    let hour = number(at)?;
    if is_t && matches!(hour.len(), 4 | 6) && !mark(at + 1, ':') {
        return (below(&hour[..2], 24) && below(&hour[2..4], 60)).then_some(at + 1);
    }
    // `2021 10.30`: a stop parts hour and minute after a year.
    let is_year = |at: Option<usize>| at.and_then(number).is_some_and(|year| year.len() == 4);
    let behind_year = is_year(from.checked_sub(1))
        || is_year(from.checked_sub(2)) && from.checked_sub(1).is_some_and(|comma| mark(comma, ','));
    let glued = |at: usize| pieces.get(at).is_some_and(|(_, glued)| *glued);
    let pointed = || {
        behind_year
            && !glued(at)
            && mark(at + 1, '.')
            && glued(at + 1)
            && glued(at + 2)
            && number(at + 2).is_some_and(|minute| minute.len() == 2)
    };
    let is_clock = (mark(at + 1, ':') && number(at + 2).is_some()) || pointed();
    let half = half_day(pieces, at + 1).filter(|_| below(hour, 13));
    if !is_clock {
        return half;
    }
    if !below(hour, 24) || !below(number(at + 2)?, 60) {
        return None;
    }
    at += 3;
    if mark(at, ':') {
        below(number(at + 1)?, 61).then_some(())?;
        at += 2;
        if (mark(at, '.') || mark(at, ',')) && pieces[at].1 && pieces.get(at + 1).is_some_and(|next| next.1) {
            number(at + 1)?;
            at += 2;
        }
    }
    Some(half_day(pieces, at).unwrap_or(at))
}

/// Where `a.m.` or `PM` ends.
fn half_day(pieces: &[(Piece<'_>, bool)], at: usize) -> Option<usize> {
    let word = |at: usize| match pieces.get(at) {
        Some((Piece::Word(word), _)) => Some(word.to_ascii_lowercase()),
        _ => None,
    };
    let stop = |at: usize| usize::from(pieces.get(at).is_some_and(|(piece, _)| *piece == Piece::Mark('.')));
    match word(at)?.as_str() {
        "am" | "pm" => Some(at + 1 + stop(at + 1)),
        "a" | "p" if stop(at + 1) == 1 && word(at + 2).as_deref() == Some("m") => Some(at + 3 + stop(at + 3)),
        _ => None,
    }
}

/// Where the time zone ends that may follow a time: `Z`, `GMT`, `+01:00`, `UTC+1`, `(CET)`.
fn zone(pieces: &[(Piece<'_>, bool)], from: usize) -> usize {
    let piece = |at: usize| pieces.get(at).map(|(piece, _)| *piece);
    let mut at = from;
    if let Some(Piece::Word(word)) = piece(at)
        && word.len() <= 5
        && word.bytes().all(|byte| byte.is_ascii_uppercase())
        && month_of(word).is_none()
        && weekday_of(word).is_none()
    {
        at += 1;
    }
    if let (Some(Piece::Mark('+' | '-' | '−')), Some((Piece::Number(hours), true))) =
        (piece(at), pieces.get(at + 1))
        && hours.len() <= 4
    {
        at += 2;
        if let (Some(Piece::Mark(':')), Some(Piece::Number(_))) = (piece(at), piece(at + 1)) {
            at += 2;
        }
    }
    if let Some(Piece::Mark(open @ ('(' | '['))) = piece(at) {
        let close = if open == '(' { ')' } else { ']' };
        let inside = pieces[at..].iter().position(|(piece, _)| *piece == Piece::Mark(close));
        at += inside.map_or(0, |inside| inside + 1);
    }
    at
}
