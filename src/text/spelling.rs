//! Which spellings are the same word?
//!
//! Typography is not vocabulary: curly and straight apostrophes, the kinds of hyphens, ligatures,
//! composed and decomposed letters, and characters without width are alike ([`typography`]). Nor is
//! house style: `U.S.` and `US` are one word, and so are `Mr.` and `Mr` ([`house_style`]). Both are
//! asked of distinct tokens, and of the words of queries and lists; a text itself is never changed.
//!
//! Invariant: a form that is asked again stays as it is. Cost: for a word in small ASCII letters,
//! one look at its bytes.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::{lexicon, markup, unicode};
use crate::language::stopwords;

/// Names in capitals whose letters, in lower case, are another word: `US` is a country, and `us`
/// is not.
const NAMES: [&str; 4] = ["US", "IT", "WHO", "AM"];

/// Abbreviations that are words of their own without the full stop.
const WORDS: [&[u8]; 1] = [b"apt"];

/// The text with one kind of apostrophes, quotation marks and hyphens, composed letters, no
/// ligatures, no characters without width, and characters in place of HTML references.
pub fn typography(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte < 0x80 && byte != b'&' && byte != b'`') {
        return text.into();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (c, length) = match c {
            '&' => markup::reference(rest).unwrap_or((c, 1)),
            _ => (c, c.len_utf8()),
        };
        match c {
            '\'' | '`' | '´' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | '‘' | '’' | '‚' | '‛' | '′' | '‹' | '›' | '＇' =>
            {
                plain.push('\'');
            }
            '“' | '”' | '„' | '‟' | '″' | '«' | '»' | '＂' => plain.push('"'),
            '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}' => plain.push('-'),
            '\u{2015}' => plain.push('—'),
            '…' => plain.push_str("..."),
            // Ligatures, letters of full width, raised and lowered digits.
            '\u{FB00}'..='\u{FB06}'
            | '\u{FF01}'..='\u{FF5E}'
            | '²'
            | '³'
            | '¹'
            | '\u{2070}'..='\u{2079}'
            | '\u{2080}'..='\u{2089}' => plain.extend([c].into_iter().nfkc()),
            _ if unicode::is_invisible(c) || matches!(c, unicode::JOINER | unicode::NON_JOINER) => {}
            _ => plain.push(c),
        }
        rest = &rest[length..];
    }
    if plain.is_ascii() { plain.into() } else { plain.nfc().collect::<String>().into() }
}

/// The word as a house without full stops after abbreviations prints it. Where the bare letters
/// would be another word, the form with full stops represents both: `a.m.`. If case is going to be
/// folded, this also holds for names in capitals, such as `US`: `U.S.`.
///
/// `word` has one [`typography`].
pub fn house_style(word: &str, folds_case: bool) -> Cow<'_, str> {
    let bytes = word.as_bytes();
    let dotted = bytes.contains(&b'.');
    let named = folds_case && bytes.first().is_some_and(u8::is_ascii_uppercase) && holds_name(word);
    if !dotted && !named || bytes.len() > LONGEST {
        return word.into();
    }
    let mut parts = word.split('-').map(|part| part_style(part, folds_case));
    let Some(first) = parts.next() else { return word.into() };
    parts.fold(first, |whole, part| format!("{whole}-{part}").into())
}

/// Longer words are not abbreviations, even with what is joined to them.
const LONGEST: usize = 64;

/// Whether one of the names in capitals is between the hyphens of a word.
fn holds_name(word: &str) -> bool {
    (word.len() <= 3 || word.contains('-')) && word.split('-').any(|part| NAMES.contains(&part))
}

/// [`house_style`] of what is between hyphens.
fn part_style(part: &str, folds_case: bool) -> Cow<'_, str> {
    if folds_case && NAMES.contains(&part) {
        return with_stops(part).into();
    }
    let stem = part.strip_suffix('.').unwrap_or(part);
    let letters = || stem.chars().filter(|&letter| letter != '.');
    if stem.contains('.') {
        let initials = stem.split('.').all(|piece| {
            let mut letters = piece.chars();
            letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
        });
        if initials {
            let bare: String = letters().collect();
            let capital = bare.chars().all(char::is_uppercase);
            if (folds_case || !capital) && is_function_word(&bare.to_lowercase()) {
                return with_stops(&bare).into();
            }
            return bare.into();
        }
        let listed = stem.len() < part.len() && lexicon::any_short_form(stem.as_bytes()).is_some();
        return if listed { letters().collect::<String>().into() } else { part.into() };
    }
    if stem.len() == part.len() || stem.is_empty() {
        return part.into();
    }
    let mut all = stem.chars();
    let single = all.next().is_some_and(char::is_alphabetic) && all.next().is_none();
    let bare = if single {
        !is_function_word(&stem.to_lowercase())
    } else {
        let stem = stem.as_bytes();
        lexicon::any_short_form(stem).is_some_and(|form| !form.needs_its_stop())
            && !WORDS.iter().any(|word| word.eq_ignore_ascii_case(stem))
    };
    if bare { stem.into() } else { part.into() }
}

/// `US` as `U.S.`
fn with_stops(letters: &str) -> String {
    letters.chars().flat_map(|letter| [letter, '.']).collect()
}

fn is_function_word(word: &str) -> bool {
    stopwords("en").is_ok_and(|words| words.contains(word))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folded(word: &str) -> String {
        house_style(&typography(word), true).to_lowercase()
    }

    #[test]
    fn a_word_is_one_in_any_typography() {
        for (word, others) in [
            ("hasn't", "hasn’t hasn‘t hasnʼt hasn′t hasn`t hasn´t hasn&rsquo;t hasn&#39;t"),
            ("oʻahu", "o'ahu o’ahu oʻahu"),
            ("part-time", "part‐time part‑time part–time"),
            ("office", "oﬃce of\u{AD}fice of\u{200B}fice of\u{2060}fice \u{FEFF}office o\u{FB00}ice"),
            ("škoda", "s\u{30C}koda"),
            ("co2", "co₂"),
            ("b&q", "b&amp;q"),
        ] {
            for other in others.split(' ') {
                assert_eq!(typography(other), typography(word), "{other}");
            }
        }
    }

    #[test]
    fn a_house_style_is_one_word_with_another() {
        for (word, others) in [
            ("u.s.", "US U.S. U.S u.s."),
            ("us", "us Us"),
            ("w.h.o.", "WHO W.H.O."),
            ("u.s.-led", "US-led U.S.-led"),
            ("fbi", "FBI F.B.I."),
            ("mr", "Mr Mr. mr."),
            ("corp", "Corp Corp. corp."),
            ("phd", "Ph.D. PhD"),
            ("j", "J. J"),
            ("a.m.", "a.m. A.M. AM"),
            ("am", "am"),
            ("pm", "p.m. PM pm"),
            ("no.", "No."),
            ("no", "No NO"),
            ("sat.", "Sat."),
            ("miss.", "Miss."),
            ("i", "I"),
            ("i.", "I."),
            ("rain.", "rain."),
            ("1.5", "1.5"),
            ("tea.example", "tea.example"),
        ] {
            for other in others.split(' ') {
                assert_eq!(folded(other), word, "{other}");
            }
        }
    }

    #[test]
    fn where_case_is_kept_capitals_tell_the_country_from_the_pronoun() {
        for (word, styled) in [("U.S.", "US"), ("US", "US"), ("us", "us"), ("a.m.", "a.m."), ("Mr.", "Mr")] {
            assert_eq!(house_style(word, false), styled);
        }
    }

    proptest! {
        #[test]
        fn a_form_that_is_asked_again_stays(word in "[A-Za-z.&;'’‑\u{AD}é\u{301}ﬁ-]{0,12}") {
            let plain = typography(&word).into_owned();
            prop_assert_eq!(typography(&plain), plain.as_str());
            for folds in [true, false] {
                let styled = house_style(&plain, folds).into_owned();
                prop_assert_eq!(house_style(&styled, folds), styled.as_str());
            }
            let lower = house_style(&plain, true).to_lowercase();
            prop_assert_eq!(house_style(&lower, true), lower.as_str());
        }
    }
}
