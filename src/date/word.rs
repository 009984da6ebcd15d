//! What does a token say about time, before anything around it is read?
//!
//! A token becomes pieces: `mid-1990s` is three, `5–7` too, and nearly every other token is one.
//! The pieces of a token depend on its text alone, so the caller keeps them by the number of the
//! token. The only piece of a token reaches to its end, whatever its numbers say. Cost: linear in
//! the token, and a token longer than [`LONGEST`] is not read.

use super::grammar::{Class, Form, Grammar, Word};

/// A token that is longer than this many bytes says nothing about time.
const LONGEST: usize = 48;

/// A part of a token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// Its first and last byte in the token, half-open.
    pub(super) start: u8,
    pub(super) end: u8,
    pub(super) word: Word,
    pub(super) shape: Shape,
}

/// What a piece looks like, whatever it means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Shape {
    /// Whether it begins with a capital letter.
    pub(super) capital: bool,
    /// Whether it begins with a lower-case letter.
    pub(super) lower: bool,
    /// Whether it ends in `s`, as plurals do.
    pub(super) plural: bool,
    /// The piece itself, if it is a single character.
    pub(super) mark: char,
}

/// The pieces of a token; empty if none of them says anything.
pub(super) fn pieces(grammar: &Grammar, token: &str) -> Vec<Piece> {
    if token.len() > LONGEST {
        return Vec::new();
    }
    let whole = piece(grammar, token, 0, token.len());
    if whole.word.is_strong || !token.chars().any(is_joint) || token.chars().count() == 1 {
        return vec![whole];
    }
    if token.starts_with(|letter: char| letter.is_ascii_digit()) {
        let word = grammar.finish(number(grammar, token));
        if word.classes != 0 {
            return vec![Piece { word, ..whole }];
        }
    }
    let (mut pieces, mut start) = (Vec::new(), 0);
    for (at, joint) in token.char_indices().filter(|&(_, letter)| is_joint(letter)) {
        let end = at + joint.len_utf8();
        if start < at {
            pieces.push(piece(grammar, token, start, at));
        }
        pieces.push(piece(grammar, token, at, end));
        start = end;
    }
    if start < token.len() {
        pieces.push(piece(grammar, token, start, token.len()));
    }
    // A date in digits, a range of years; otherwise a token such as `3-2` or `747-400` is a score,
    // the name of a model or the like.
    let digits = token.bytes().all(|byte| !byte.is_ascii_alphabetic());
    if digits && !pieces.iter().all(|piece| piece.word.classes != 0 || is_joint(piece.shape.mark)) {
        return vec![whole];
    }
    pieces
}

/// A hyphen, a dash or a slash inside a token.
fn is_joint(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2014}' | '/')
}

fn piece(grammar: &Grammar, token: &str, start: usize, end: usize) -> Piece {
    let text = &token[start..end];
    let mut letters = text.chars();
    let first = letters.next().unwrap_or_default();
    let shape = Shape {
        capital: first.is_uppercase(),
        lower: first.is_lowercase(),
        plural: text.len() > 3 && text.ends_with('s'),
        mark: if letters.next().is_none() { first } else { '\0' },
    };
    let word = if first.is_ascii_digit() || matches!(first, '\'' | '’' | '½') && text.len() > 1 {
        let number = number(grammar, text);
        if number.classes == 0 { named(grammar, text, shape) } else { grammar.finish(number) }
    } else {
        named(grammar, text, shape)
    };
    Piece { start: start as u8, end: end as u8, word, shape }
}

/// A word, as the list has it.
fn named(grammar: &Grammar, text: &str, shape: Shape) -> Word {
    if is_joint(shape.mark) && shape.mark != '/' {
        return grammar.word("-", false);
    }
    if text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return grammar.word(text, false);
    }
    let lower = text.to_lowercase().replace(['’', '‘'], "'");
    let mut word = grammar.word(&lower, shape.capital);
    if shape.capital {
        let letters = lower.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let digits = &lower[letters.len()..];
        let value = digits.parse::<i32>().ok().filter(|_| !letters.is_empty());
        let classes = match (grammar.form(letters), value) {
            (Some(Form::Quarter), Some(1..=4)) if digits.len() == 1 => Class::QuarterNumber.bit(),
            (Some(Form::Half), Some(1..=2)) if digits.len() == 1 => Class::HalfNumber.bit(),
            (Some(Form::Fiscal), Some(_)) => {
                // `FY2019` is the word `fiscal` and a year in one.
                let year = number(grammar, digits);
                return if year.is(Class::Year) { grammar.finish(Word { unit: 100, ..year }) } else { word };
            }
            _ => return word,
        };
        word = grammar.finish(Word { classes, value: value.unwrap_or_default(), ..word });
    }
    word
}

/// What a token of digits is.
fn number(grammar: &Grammar, text: &str) -> Word {
    let quoted = text.strip_prefix(['\'', '’']);
    let text = quoted.unwrap_or(text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (head, tail) = text.split_at(digits);
    let lower = tail.to_ascii_lowercase().replace('’', "'");
    let tail = lower.as_str();
    let value: i32 = if (1..=9).contains(&digits) { head.parse().unwrap_or_default() } else { 0 };
    let mut word = Word { value, ..Word::default() };
    if quoted.is_some() && tail.is_empty() {
        if digits == 2 {
            word.value = if value < 30 { 2000 + value } else { 1900 + value };
            word.classes = Class::Year.bit();
        }
        return word;
    }
    if digits == 0 || digits > 9 {
        if text == "½" {
            return Word { more: 50, classes: Class::Num.bit(), ..word };
        }
        return word;
    }
    let form = grammar.form(tail);
    let classes = match (tail, form) {
        ("", _) => {
            let mut classes = Class::Num.bit();
            if (1..=31).contains(&value) && digits <= 2 {
                classes |= Class::Dom.bit();
            }
            if digits == 2 {
                classes |= Class::ShortYear.bit();
            }
            if digits == 4 {
                if (1000..=2999).contains(&value) {
                    classes |= Class::Year.bit();
                }
                if value % 100 < 60 && value < 2400 {
                    classes |= Class::FourDigits.bit();
                }
            }
            classes
        }
        (_, Some(Form::Ordinal)) => {
            // It may be `the 15th`.
            word.is_strong = value <= 31;
            Class::Ordinal.bit()
        }
        (_, Some(Form::Decade))
            if value % 10 == 0
                && (digits == 4 && (1000..=2990).contains(&value) || digits == 2 && value > 0) =>
        {
            Class::Decade.bit()
        }
        (_, Some(Form::Am | Form::Pm)) if (1..=12).contains(&value) => {
            word.value = value % 12 * 60 + if form == Some(Form::Pm) { 720 } else { 0 };
            word.unit = 1;
            Class::Clock.bit()
        }
        ("½", _) => {
            word.more = 50;
            Class::Num.bit()
        }
        _ => return pointed(grammar, word, head, tail),
    };
    word.classes = classes;
    word
}

/// A number with something after its first digits: `1,984`, `2.5`, `10:30`, `2019-01-08`.
fn pointed(grammar: &Grammar, mut word: Word, head: &str, tail: &str) -> Word {
    let bytes = tail.as_bytes();
    let two = |at: usize| -> Option<i32> {
        let digits = bytes.get(at..at + 2)?;
        digits
            .iter()
            .all(u8::is_ascii_digit)
            .then(|| i32::from(digits[0] - b'0') * 10 + i32::from(digits[1] - b'0'))
    };
    match bytes[0] {
        b':' | b'.' if head.len() <= 2 => {
            if let Some(minutes @ 0..=59) = two(1).filter(|_| word.value < 24) {
                let rest = &tail[3..];
                let seconds = rest.strip_prefix(':').and_then(|_| two(4)).filter(|seconds| *seconds < 60);
                let rest = if seconds.is_some() { &rest[3..] } else { rest };
                let half = match grammar.form(rest) {
                    Some(Form::Am) => Some(0),
                    Some(Form::Pm) => Some(720),
                    _ => None,
                };
                if half.is_some() || rest.is_empty() && bytes[0] == b':' {
                    let hour = if half.is_some() { word.value % 12 } else { word.value };
                    word.value = hour * 60 + minutes + half.unwrap_or_default();
                    word.unit = u8::from(half.is_some());
                    word.more = seconds.map_or(0, |seconds| seconds as u8 + 1);
                    word.classes = Class::Clock.bit();
                    return word;
                }
            }
            decimal(word, head, tail)
        }
        b'.' => decimal(word, head, tail),
        b',' => {
            let groups = tail[1..].split(',');
            if head.len() <= 3
                && groups.clone().all(|group| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit()))
            {
                let all: String = groups.collect();
                word.value = format!("{head}{all}").parse().unwrap_or_default();
                word.classes = Class::Num.bit();
            }
            word
        }
        b'-' | b'/' | b'.'.. => {
            if let Some(day) = written(head, tail) {
                word.value = day;
                word.classes = Class::Iso.bit();
            }
            word
        }
        _ => word,
    }
}

fn decimal(mut word: Word, head: &str, tail: &str) -> Word {
    if let Some(day) = written(head, tail) {
        return Word { value: day, classes: Class::Iso.bit(), ..word };
    }
    let digits = &tail[1..];
    if !tail.starts_with('.') || digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return word;
    }
    word.more = format!("{digits}0").get(..2).and_then(|two| two.parse().ok()).unwrap_or_default();
    word.classes = Class::Num.bit();
    word
}

/// A date of three numbers, as year × 10000 + month × 100 + day. Where the order of day and month
/// is open, it is that of the United States; with stops it is that of Europe.
fn written(head: &str, tail: &str) -> Option<i32> {
    let mark = tail.chars().next()?;
    let mut numbers = tail[mark.len_utf8()..].split(mark);
    let (second, third, rest) = (numbers.next()?, numbers.next()?, numbers.next());
    // `2019-01-08T10:30` is a day too.
    let third =
        third.get(..2).filter(|_| head.len() == 4 && third.as_bytes().get(2) == Some(&b't')).unwrap_or(third);
    let value =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<i32>().ok())?;
    let (second, third_value) = (value(second)?, value(third)?);
    let first: i32 = head.parse().ok()?;
    if rest.is_some() || !matches!(mark, '-' | '/' | '.') {
        return None;
    }
    let (year, month, day) = if head.len() == 4 {
        (first, second, third_value)
    } else {
        let year = match third.len() {
            4 => third_value,
            2 if mark == '/' => {
                if third_value < 50 {
                    2000 + third_value
                } else {
                    1900 + third_value
                }
            }
            _ => return None,
        };
        if first > 12 || mark == '.' { (year, second, first) } else { (year, first, second) }
    };
    crate::calendar::day_of(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)?;
    Some(year * 10_000 + month * 100 + day)
}
