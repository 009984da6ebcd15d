//! What is a name apart from its spelling?
//!
//! Names are compared by their parts: runs of letters and digits in lower case, without accents,
//! apostrophes and full stops, split at hyphens and spaces. `Kim Jong-un` and `KIM JONG UN` have
//! the same parts, and so do `Søren` and `Soren`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Appends the parts of a word to a list.
pub(crate) fn parts_of(word: &str, parts: &mut Vec<String>) {
    if word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        if !word.is_empty() {
            parts.push(word.to_ascii_lowercase());
        }
        return;
    }
    let mut part = String::new();
    let mut letters = word.nfd().filter(|c| !is_combining_mark(*c)).peekable();
    while let Some(c) = letters.next() {
        match c {
            '\'' | '’' | 'ʼ' | 'ʻ' | '‘' | '`' => {}
            // A full stop inside an abbreviation joins (U.S.), one before a word separates
            // (S.Korea).
            '.' => {
                let rest: Vec<char> = letters.clone().take(2).collect();
                if rest.len() == 2 && rest.iter().all(|c| c.is_alphanumeric()) {
                    push(&mut part, parts);
                }
            }
            c if c.is_alphanumeric() => plain(c, &mut part),
            '&' => {
                push(&mut part, parts);
                parts.push("and".to_owned());
            }
            _ => push(&mut part, parts),
        }
    }
    push(&mut part, parts);
}

fn push(part: &mut String, parts: &mut Vec<String>) {
    if !part.is_empty() {
        parts.push(std::mem::take(part));
    }
}

/// Appends a letter in the way it is written where only ASCII is available.
fn plain(c: char, part: &mut String) {
    match c {
        'ø' | 'Ø' => part.push('o'),
        'ł' | 'Ł' => part.push('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => part.push('d'),
        'æ' | 'Æ' => part.push_str("ae"),
        'œ' | 'Œ' => part.push_str("oe"),
        'ß' => part.push_str("ss"),
        'þ' | 'Þ' => part.push_str("th"),
        'ı' => part.push('i'),
        c => part.extend(c.to_lowercase()),
    }
}

/// A text as parts separated by spaces.
pub(crate) fn folded(text: &str) -> String {
    let mut parts = Vec::new();
    text.split_whitespace().for_each(|word| parts_of(word, &mut parts));
    parts.join(" ")
}

/// A part as all its transliterations share it: without doubled letters, and with one ending for
/// `-y`, `-iy`, `-yy`, `-ij`.
pub(crate) fn sound(part: &str) -> String {
    let mut sound = String::with_capacity(part.len());
    for c in part.chars() {
        if !sound.ends_with(c) {
            sound.push(c);
        }
    }
    for ending in ["iy", "ij", "yi"] {
        if sound.chars().count() > 3
            && let Some(stem) = sound.strip_suffix(ending)
        {
            sound.truncate(stem.len());
            sound.push('y');
            break;
        }
    }
    sound
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_hyphens_and_stops_do_not_matter() {
        assert_eq!(folded("Kim Jong-un"), "kim jong un");
        assert_eq!(folded("KIM  JONG UN"), "kim jong un");
        assert_eq!(folded("U.S."), "us");
        assert_eq!(folded("S.Korean"), "s korean");
        assert_eq!(folded("Viktor Orbán"), "viktor orban");
        assert_eq!(folded("Søren Kjærgaard"), "soren kjaergaard");
        assert_eq!(folded("O’Neill & Sons"), "oneill and sons");
        assert_eq!(folded("-- …"), "");
    }

    #[test]
    fn transliterations_sound_alike() {
        assert_eq!(sound("zelenskyy"), sound("zelenskiy"));
        assert_eq!(sound("sissi"), sound("sisi"));
        assert_eq!(sound("zelensky"), sound("zelenskij"));
        assert_ne!(sound("iran"), sound("iraq"));
        assert_eq!(sound("qi"), "qi");
    }
}
