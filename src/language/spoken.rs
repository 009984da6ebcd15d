//! How many syllables does a number have when it is read aloud?
//!
//! Flesch counted figures as they are read: four syllables in 1918, *nineteen eighteen*. Four
//! digits without a comma are read as a year, the digits after a point one by one, and the sides of
//! a range or the parts of a date one after the other.
//!
//! Cost: linear in the length of the number.

/// The syllables of *zero* to *nineteen*, and of *twenty* to *ninety*.
const UNITS: [u32; 20] = [2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2];
const TENS: [u32; 10] = [0, 1, 2, 2, 2, 2, 2, 3, 2, 2];

/// *Hundred*, *thousand*, *million*, *billion*, *trillion* have two each.
const SCALE: u32 = 2;

/// Longer numbers are read digit by digit.
const MOST_DIGITS: usize = 15;

/// What may follow a figure, and its syllables: nothing for ordinals and decades, *million*,
/// *billion*, *a.m.*, *kilometres*.
const SUFFIXES: [(&str, u32); 16] = [
    ("th", 0),
    ("st", 0),
    ("nd", 0),
    ("rd", 0),
    ("s", 0),
    ("m", 2),
    ("bn", 2),
    ("b", 2),
    ("tn", 2),
    ("k", 2),
    ("am", 2),
    ("pm", 2),
    ("km", 4),
    ("kg", 3),
    ("cm", 4),
    ("mm", 4),
];

/// The syllables of a token with digits; `of_word` counts those of the words in it.
pub(super) fn number(text: &str, of_word: impl Fn(&str) -> u32) -> u32 {
    let mut rest = text;
    let mut syllables = 0;
    let mut figure: Option<&str> = None;
    while let Some(first) = rest.chars().next() {
        let class = class_of(first);
        let end = rest.find(|c| class_of(c) != class).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        match class {
            Class::Figure => {
                let time = after.get(..2).is_some_and(|suffix| {
                    suffix.eq_ignore_ascii_case("am") || suffix.eq_ignore_ascii_case("pm")
                });
                syllables += figures(run, time);
                figure = Some(run);
            }
            Class::Letters => {
                syllables += match figure.take() {
                    Some(figure) => suffix(figure, run, &of_word),
                    None => of_word(run),
                };
            }
            Class::Other => figure = None,
        }
    }
    syllables.max(1)
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Class {
    /// Digits, and the marks inside numbers.
    Figure,
    Letters,
    Other,
}

fn class_of(c: char) -> Class {
    match c {
        '0'..='9' | ',' | '.' => Class::Figure,
        _ if c.is_alphabetic() => Class::Letters,
        _ => Class::Other,
    }
}

fn suffix(figure: &str, letters: &str, of_word: impl Fn(&str) -> u32) -> u32 {
    let lower = letters.to_lowercase();
    let known = SUFFIXES.iter().find(|(suffix, _)| *suffix == lower);
    let known = known.filter(|_| !letters.starts_with(char::is_uppercase) || letters.len() > 1);
    match known {
        // *Twentieth* has one more than *twenty*.
        Some(("th", _)) if figure.ends_with('0') && !figure.ends_with("00") && !figure.ends_with("10") => 1,
        Some(&(_, syllables)) => syllables,
        None => of_word(letters),
    }
}

/// The syllables of digits with commas and points: `1,918`, `3.5`, `10.30` as a time.
fn figures(run: &str, time: bool) -> u32 {
    let grouped = run.contains(',');
    let digits: String = run.chars().filter(|&c| c != ',').collect();
    let mut parts = digits.split('.').filter(|part| !part.is_empty());
    let whole =
        if digits.starts_with('.') { 0 } else { parts.next().map_or(0, |part| integer(part, grouped)) };
    parts
        .fold(whole, |sum, part| sum + if time { integer(part, false) } else { 1 + by_digit(part, UNITS[0]) })
}

/// Each digit for itself; a zero has as many syllables as its name.
fn by_digit(digits: &str, zero: u32) -> u32 {
    digits.bytes().map(|digit| if digit == b'0' { zero } else { UNITS[usize::from(digit - b'0')] }).sum()
}

fn integer(digits: &str, grouped: bool) -> u32 {
    match digits.parse::<u64>() {
        Ok(0) => {
            if digits.len() > 1 {
                0
            } else {
                UNITS[0]
            }
        }
        Ok(_) if digits.starts_with('0') => by_digit(digits, 1), // oh-seven
        Ok(year @ (1100..=1999 | 2010..=2099)) if !grouped && digits.len() == 4 => {
            let century = below_hundred(year / 100);
            century
                + match year % 100 {
                    0 => SCALE,
                    ten @ 1..=9 => 1 + below_hundred(ten), // nineteen oh-five
                    ten => below_hundred(ten),
                }
        }
        Ok(number) if digits.len() <= MOST_DIGITS => cardinal(number),
        _ => by_digit(digits, UNITS[0]),
    }
}

fn cardinal(number: u64) -> u32 {
    let mut groups = number;
    let mut syllables = 0;
    let mut scale = 0;
    while groups > 0 {
        let group = groups % 1000;
        if group > 0 {
            let hundreds = if group >= 100 { below_hundred(group / 100) + SCALE } else { 0 };
            syllables += hundreds + below_hundred(group % 100) + scale;
        }
        groups /= 1000;
        scale = SCALE;
    }
    syllables
}

/// The syllables of a number below a hundred; none for zero.
fn below_hundred(number: u64) -> u32 {
    match number as usize {
        0 => 0,
        unit @ 1..=19 => UNITS[unit],
        other => TENS[other / 10] + if other % 10 == 0 { 0 } else { UNITS[other % 10] },
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_read_aloud() {
        for (text, syllables) in [
            ("7", 2),
            ("12", 1),
            ("20", 2),
            ("77", 5),
            ("100", 3),
            ("1,000", 3),
            ("1918", 4),
            ("1905", 4),
            ("1900", 4),
            ("2008", 4),
            ("2018", 4),
            ("2018-19", 6),
            ("1,250", 8),
            ("3.5", 3),
            ("0.5", 4),
            (".5", 2),
            ("20th", 3),
            ("21st", 3),
            ("1980s", 4),
            ("50m", 4),
            ("10:30am", 5),
            ("10.30am", 5),
            ("007", 4),
            ("2,000,000", 3),
        ] {
            assert_eq!(number(text, |_| 9), syllables, "{text}");
        }
        assert_eq!(number(&"9".repeat(100), |_| 0), 100);
    }
}
