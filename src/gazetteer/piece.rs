//! Where may a name begin and end?
//!
//! A text is cut into pieces: each run of letters, digits and their combining marks is a piece, and
//! so is every other single character. White space is not a piece; what precedes a piece is its
//! [`Gap`]. A name is a sequence of pieces. It begins and ends at the boundaries of pieces, but not
//! inside a word: not at an apostrophe between letters (`O'Brien`), or at a full stop or comma
//! between digits (`3.5`). A name may be followed by an English ending (`'s`, `'ll`), and preceded
//! by an elided word in lower case (`l'Allemagne`). Hyphens and all other marks are word
//! boundaries. Scripts without spaces between words are cut into single characters.
//!
//! Cost: one pass over the text.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::batch::Watch;
use crate::text::{Seed, StringKey, typography};

/// No number, no node, or no entry.
pub(crate) const NONE: u32 = u32::MAX;

/// What precedes a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Nothing: the piece touches the one before it.
    None,
    /// White space with at most one line break.
    Space,
    /// A blank line, which no name crosses.
    Paragraph,
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Letters and digits.
    Word,
    /// A character of a script without spaces.
    Sign,
    /// Any other character.
    Mark,
}

/// A piece of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) gap: Gap,
    pub(crate) form: Form,
    /// Its number among the pieces of names.
    pub(crate) number: u32,
    /// The hash of its key.
    pub(crate) hash: u64,
}

impl Piece {
    fn of<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// Appends the pieces of a text from a byte on, without numbers, up to the first blank line after a
/// number of bytes; returns where the next pieces begin. `hash` returns the hash of the key of the
/// text between two bytes.
#[inline]
pub(crate) fn cut(
    text: &str,
    from: usize,
    most: usize,
    pieces: &mut Vec<Piece>,
    watch: &Watch,
    mut hash: impl FnMut(usize, usize, Form) -> u64,
) -> usize {
    /// How many bytes are read between two checks of the watch.
    const LOOK: usize = 1 << 12;
    let bytes = text.as_bytes();
    let (mut at, mut gap, mut look) = (from, Gap::None, from + LOOK);
    while let Some(&byte) = bytes.get(at) {
        if at >= look {
            if gap == Gap::Paragraph && at - from >= most || watch.is_stopped() {
                return at;
            }
            look = if at - from < most { at + LOOK } else { at };
        }
        let start = at;
        let form = if is_ascii_word(byte) {
            at = word_end(text, at + 1);
            Form::Word
        } else if byte.is_ascii_whitespace() || byte == 0x0b {
            (at, gap) = space(text, at);
            continue;
        } else {
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            if c.is_whitespace() {
                (at, gap) = space(text, at);
                continue;
            }
            at += c.len_utf8();
            if is_sign(c) {
                at = marks_end(text, at);
                Form::Sign
            } else if is_word(c) {
                at = word_end(text, at);
                Form::Word
            } else {
                at = marks_end(text, at);
                Form::Mark
            }
        };
        let hash = hash(start, at, form);
        pieces.push(Piece { start: start as u32, end: at as u32, gap, form, number: NONE, hash });
        gap = Gap::None;
    }
    at
}

/// The end of the white space at `at`, and its kind.
fn space(text: &str, at: usize) -> (usize, Gap) {
    let rest = text.get(at..).unwrap_or_default();
    let bytes = rest.as_bytes();
    // Nearly always there is one space before a word.
    if bytes[0] == b' ' && bytes.get(1).is_none_or(|&next| next > b' ' && next < 0x80) {
        return (at + 1, Gap::Space);
    }
    let white = &rest[..rest.len() - rest.trim_start().len()];
    let breaks = white.replace("\r\n", "\n").matches(['\n', '\r', '\u{85}', '\u{2028}']).count();
    let gap = if breaks > 1 || white.contains('\u{2029}') { Gap::Paragraph } else { Gap::Space };
    (at + white.len(), gap)
}

#[inline]
fn is_ascii_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The end of the word that continues at `at`.
fn word_end(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    loop {
        while bytes.get(at).is_some_and(|&byte| is_ascii_word(byte)) {
            at += 1;
        }
        match bytes.get(at) {
            Some(0x80..) => {}
            _ => return at,
        }
        match text.get(at..).and_then(|rest| rest.chars().next()) {
            Some(c) if is_word(c) && !is_sign(c) => at += c.len_utf8(),
            _ => return at,
        }
    }
}

/// The end of the combining marks at `at`: no name ends inside a character.
fn marks_end(text: &str, mut at: usize) -> usize {
    if text.as_bytes().get(at).is_none_or(u8::is_ascii) {
        return at;
    }
    for c in text.get(at..).unwrap_or_default().chars() {
        if !is_combining_mark(c) && c != JOINER {
            break;
        }
        at += c.len_utf8();
    }
    at
}

const JOINER: char = '\u{200D}';
const NON_JOINER: char = '\u{200C}';
/// Characters without width that occur inside words.
const INVISIBLE: [char; 4] = ['\u{AD}', '\u{200B}', '\u{2060}', '\u{FEFF}'];

fn is_word(c: char) -> bool {
    c == '_'
        || (c.is_alphanumeric() && !matches!(c, 'ʻ' | 'ʼ'))
        || is_combining_mark(c)
        || matches!(c, JOINER | NON_JOINER)
        || INVISIBLE.contains(&c)
}

/// Whether a character belongs to a script without spaces between words: Thai, Lao, Burmese, Khmer,
/// Chinese, Japanese.
fn is_sign(c: char) -> bool {
    matches!(u32::from(c),
        0x0E01..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3005..=0x3007 | 0x3041..=0x30FF
        | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0xFF66..=0xFF9F
        | 0x20000..=0x3FFFF)
        && is_word(c)
}

/// The key of a piece. Two pieces are the same if their keys are equal and, for keys that do not
/// contain the whole piece, their [forms](form_of) are equal.
#[inline]
pub(crate) fn key_of(
    text: &str,
    (start, end): (usize, usize),
    form: Form,
    fold: bool,
    seed: Seed,
    scratch: &mut String,
) -> StringKey {
    let piece = &text[start..end];
    if form == Form::Word && !fold && piece.is_ascii() {
        return StringKey::of(text.as_bytes(), start, end, 0, seed);
    }
    let piece = form_of(piece, form, fold, scratch);
    StringKey::of(piece.as_bytes(), 0, piece.len(), 0, seed)
}

/// The form that all spellings of the same piece share: composed, without soft hyphens, with one
/// kind of apostrophes, dashes and quotation marks; if case is ignored, with Unicode's full case
/// folding.
#[inline]
pub(crate) fn form_of<'a>(piece: &'a str, form: Form, fold: bool, scratch: &'a mut String) -> &'a str {
    if piece.is_ascii() {
        if form == Form::Mark {
            return if piece == "`" { "'" } else { piece };
        }
        if !fold || !piece.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return piece;
        }
        scratch.clear();
        scratch.push_str(piece);
        scratch.make_ascii_lowercase();
        return scratch;
    }
    wide_form(piece, form, fold, scratch)
}

/// [`form_of`] for a piece with characters outside ASCII.
#[cold]
fn wide_form<'a>(piece: &'a str, form: Form, fold: bool, scratch: &'a mut String) -> &'a str {
    scratch.clear();
    let plain = typography(piece);
    if fold && form != Form::Mark {
        // Folded twice, because a character that is composed in one case may not be in the other.
        let once: String = caseless::default_case_fold_str(&plain.nfd().collect::<String>());
        let twice = caseless::default_case_fold_str(&once.nfd().collect::<String>());
        scratch.extend(twice.nfc());
    } else {
        scratch.push_str(&plain);
    }
    scratch
}

/// Whether a name may begin at a piece.
pub(crate) fn opens(text: &str, pieces: &[Piece], at: usize) -> bool {
    if joins(text, pieces, at) {
        return false;
    }
    match at.checked_sub(1) {
        Some(before) if joins(text, pieces, before) => elided(text, pieces, before),
        _ => true,
    }
}

/// The endings that may follow a name after an apostrophe.
const ENDINGS: [&str; 6] = ["s", "d", "ll", "m", "re", "ve"];

/// Whether a name may end after a piece.
pub(crate) fn closes(text: &str, pieces: &[Piece], at: usize) -> bool {
    if joins(text, pieces, at) {
        return false;
    }
    if !joins(text, pieces, at + 1) {
        return true;
    }
    is_apostrophe(pieces[at + 1].of(text))
        && ENDINGS.iter().any(|ending| pieces[at + 2].of(text).eq_ignore_ascii_case(ending))
        && !joins(text, pieces, at + 3)
}

/// Whether a mark is inside a word.
fn joins(text: &str, pieces: &[Piece], at: usize) -> bool {
    let Some(mark) = pieces.get(at).filter(|piece| piece.form == Form::Mark && piece.gap == Gap::None) else {
        return false;
    };
    let (Some(before), Some(after)) = (at.checked_sub(1).map(|before| &pieces[before]), pieces.get(at + 1))
    else {
        return false;
    };
    if before.form != Form::Word || after.form != Form::Word || after.gap != Gap::None {
        return false;
    }
    let mark = mark.of(text);
    is_apostrophe(mark)
        || (matches!(mark, "." | ",")
            && before.of(text).ends_with(char::is_numeric)
            && after.of(text).starts_with(char::is_numeric))
}

fn is_apostrophe(mark: &str) -> bool {
    matches!(mark, "'" | "’" | "‘" | "ʻ" | "ʼ" | "′" | "´" | "`" | "＇")
}

/// Whether an apostrophe ends a short word in lower case before a capital: `l'Allemagne`,
/// `dell'Italia`.
fn elided(text: &str, pieces: &[Piece], apostrophe: usize) -> bool {
    let (before, after) = (pieces[apostrophe - 1].of(text), pieces[apostrophe + 1].of(text));
    is_apostrophe(pieces[apostrophe].of(text))
        && before.chars().all(|c| c.is_lowercase() || is_combining_mark(c))
        && after.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        cut(text, 0, usize::MAX, &mut found, &Watch::default(), |_, _, _| 0);
        found.iter().map(|piece| piece.of(text).to_owned()).collect()
    }

    #[test]
    fn words_are_runs_and_marks_are_single() {
        assert_eq!(pieces("AT&T's Coca-Cola"), ["AT", "&", "T", "'", "s", "Coca", "-", "Cola"]);
        assert_eq!(pieces("e\u{301}tat 東京都"), ["e\u{301}tat", "東", "京", "都"]);
    }

    #[test]
    fn a_name_begins_and_ends_at_words() {
        let ends = |text: &str, at: usize| {
            let mut found = Vec::new();
            cut(text, 0, usize::MAX, &mut found, &Watch::default(), |_, _, _| 0);
            (opens(text, &found, at), closes(text, &found, at))
        };
        assert_eq!(ends("O'Brien", 0), (true, false));
        assert_eq!(ends("O'Brien", 2), (false, true));
        assert_eq!(ends("Merkel's", 0), (true, true));
        assert_eq!(ends("l'Allemagne", 2), (true, true));
        assert_eq!(ends("3.5", 2), (false, true));
        assert_eq!(ends("U.S.", 0), (true, true));
    }

    #[test]
    fn keys_leave_aside_how_a_character_is_written() {
        let mut scratch = String::new();
        assert_eq!(form_of("STRASSE", Form::Word, true, &mut scratch), "strasse");
        assert_eq!(form_of("Straße", Form::Word, true, &mut scratch), "strasse");
        assert_eq!(form_of("e\u{301}", Form::Word, false, &mut scratch), "é");
        assert_eq!(form_of("Mer\u{AD}kel", Form::Word, false, &mut scratch), "Merkel");
        assert_eq!(form_of("’", Form::Mark, false, &mut scratch), "'");
    }
}
