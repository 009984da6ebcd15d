//! Where does a word end that does not end at a space?
//!
//! Words can contain apostrophes (`don't`), hyphens (`four-day`), full stops (`U.S.`,
//! `example.com`) and a few other marks (`AT&T`, `b/c`). A full stop after a word belongs to it if
//! the word is an abbreviation; whether a sentence also ends there is decided by the sentence
//! splitter.

use super::lexicon::{self, ShortForm};
use super::token::{Scanner, TokenKind};
use super::unicode;

/// The maximum length of a token with inner full stops, except addresses. This limit keeps
/// `a1.1.1.1…` linear.
const LONGEST_DOTTED: usize = 64;

/// The maximum number of capitals before an ampersand inside a name: `AT&T`.
const MOST_BEFORE_AMPERSAND: usize = 4;

/// The maximum length of the code of a company in a stock ticker.
const LONGEST_TICKER: usize = 6;

/// What to do at a mark after a word.
enum Step {
    /// The word continues after the mark.
    On(usize),
    /// The word ends before the mark.
    Over,
    /// The token is complete.
    Done(usize, TokenKind),
}

/// Words after which `'s` is short for *is*, *has* or *us* and is not a possessive, in lower case:
/// `it's`, `let's`.
const CONTRACTED: [&[u8]; 13] = [
    b"he", b"here", b"how", b"it", b"let", b"she", b"that", b"there", b"what", b"when", b"where", b"who",
    b"why",
];

/// Whether a word before `$` identifies the country of the dollar: `US$`, `HK$`.
fn is_dollar_of(word: &[u8]) -> bool {
    matches!(word, b"US" | b"A" | b"AU" | b"C" | b"CA" | b"HK" | b"NT" | b"NZ" | b"S" | b"SG" | b"R")
}

/// Whether an `'s` after the word forms a contraction.
fn is_contracted(word: &[u8]) -> bool {
    CONTRACTED.iter().any(|known| known.eq_ignore_ascii_case(word))
}

impl Scanner<'_> {
    /// Reads the token that begins with the letters `start..at`.
    pub(super) fn word(&mut self, start: usize, at: usize) -> usize {
        self.word_after(start, at, TokenKind::Word)
    }

    /// Reads the token that begins with `start..at`, which is of `kind` unless more follows.
    pub(super) fn word_after(&mut self, start: usize, mut at: usize, mut kind: TokenKind) -> usize {
        while let Some(&byte) = self.bytes.get(at) {
            let step = match byte {
                _ if self.is_stopped() => Step::Over,
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Step::On(at + 1),
                b'.' => self.stop(start, at),
                b'\'' | b'`' => self.apostrophe(start, at, 1),
                b'-' if self.is_party(start, at) => Step::Over,
                b'-' => self.hyphen(at, 1),
                b'_' | b'@' => self.joiner(start, at),
                b'$' if is_dollar_of(&self.bytes[start..at]) => Step::Done(at + 1, TokenKind::Symbol),
                b'&' => self.ampersand(start, at),
                b'/' => self.slash(start, at),
                b':' => match self.url_with_scheme(start, at) {
                    Some(end) => Step::Done(end, TokenKind::Url),
                    None => Step::Over,
                },
                0x80.. => self.wide_inside(start, at),
                _ => Step::Over,
            };
            match step {
                Step::On(next) => {
                    // Letters after a hyphen or an apostrophe turn a number into a word:
                    // `7-Eleven`.
                    if kind == TokenKind::Number
                        && self.bytes[at..next].iter().any(|b| !b.is_ascii_alphanumeric())
                        && !self.byte(next).is_ascii_digit()
                    {
                        kind = TokenKind::Word;
                    }
                    at = next;
                }
                Step::Over => break,
                Step::Done(end, kind) => return self.push(start, end, kind),
            }
        }
        self.push(start, at, kind)
    }

    /// An apostrophe of `width` bytes: part of the word unless it starts a possessive or closes a
    /// quotation.
    fn apostrophe(&self, start: usize, at: usize, width: usize) -> Step {
        let next = at + width;
        if !self.word_at(next) {
            return Step::Over;
        }
        let after = next + 1;
        let possessive =
            matches!(self.byte(next), b's' | b'S') && self.byte(at) != b'`' && !self.word_at(after);
        // bull's-eye
        if possessive
            && !(self.byte(after) == b'-' && self.word_at(after + 1))
            && !is_contracted(&self.bytes[start..at])
        {
            Step::Over
        } else {
            Step::On(next)
        }
    }

    /// A hyphen of `width` bytes: part of the word if letters follow.
    fn hyphen(&self, at: usize, width: usize) -> Step {
        if self.word_at(at + width) { Step::On(at + width) } else { Step::Over }
    }

    /// Whether a letter is a party and a state follows, as in `Sen. Cruz, R-Texas` and
    /// `(D-Calif.)`.
    fn is_party(&self, start: usize, at: usize) -> bool {
        let letter = &self.bytes[start..at];
        let aside = self.tokens[self.first..]
            .last()
            .is_some_and(|token| matches!(self.byte(token.start as usize), b',' | b'('));
        matches!(letter, b"R" | b"D" | b"I") && aside && self.byte(at + 1).is_ascii_uppercase()
    }

    /// `_` or `@`.
    fn joiner(&self, start: usize, at: usize) -> Step {
        match self.address(start, at) {
            Some((end, kind)) => Step::Done(end, kind),
            None if self.byte(at) == b'_' && (self.word_at(at + 1) || self.byte(at + 1) == b'_') => {
                Step::On(at + 1)
            }
            None => Step::Over,
        }
    }

    /// `AT&T`, `R&D`: capitals on both sides, and a short word.
    fn ampersand(&self, start: usize, at: usize) -> Step {
        let (c, end) = self.reference_at(at).unwrap_or(('&', at + 1));
        let short =
            at - start <= MOST_BEFORE_AMPERSAND && self.bytes[start..at].iter().all(u8::is_ascii_uppercase);
        match c {
            '&' if short && self.byte(end).is_ascii_uppercase() => Step::On(end),
            '\'' | '’' => self.apostrophe(start, at, end - at),
            '-' | '\u{2010}' | '\u{2011}' => self.hyphen(at, end - at),
            _ if unicode::continues_word(c) || unicode::is_invisible(c) && self.word_at(end) => Step::On(end),
            _ => Step::Over,
        }
    }

    /// `b/c`, `w/o`, `n/a`, `w/`: single letters around a slash.
    fn slash(&self, start: usize, at: usize) -> Step {
        if at - start != 1 {
            return Step::Over;
        }
        let pair = [self.byte(start).to_ascii_lowercase(), self.byte(at + 1).to_ascii_lowercase()];
        if matches!(&pair, b"bc" | b"wo" | b"na" | b"co") && !self.word_at(at + 2) {
            Step::On(at + 1)
        } else if pair[0] == b'w' {
            Step::Done(at + 1, TokenKind::Word)
        } else {
            Step::Over
        }
    }

    /// A character outside ASCII after a word.
    fn wide_inside(&self, start: usize, at: usize) -> Step {
        match self.char(at) {
            Some(c @ '’') => self.apostrophe(start, at, c.len_utf8()),
            // Marks that some keyboards give for the apostrophe.
            Some(c @ ('‘' | '‛' | 'ʻ' | 'ʼ' | 'ʽ' | '′' | '´' | '＇'))
                if at > start && !self.byte(at - 1).is_ascii_digit() =>
            {
                self.apostrophe(start, at, c.len_utf8())
            }
            Some(c @ ('\u{2010}' | '\u{2011}')) => self.hyphen(at, c.len_utf8()),
            // `N° 5`
            Some('°') if at == start + 1 && self.byte(start) == b'N' => {
                let end = at + 2;
                if self.byte(end) == b'.' {
                    Step::Done(end + 1, TokenKind::Abbreviation)
                } else {
                    Step::On(end)
                }
            }
            Some(c) if unicode::continues_word(c) || self.joins_at(c, at) => Step::On(at + c.len_utf8()),
            _ => Step::Over,
        }
    }

    /// A full stop after `start..at`.
    fn stop(&self, start: usize, at: usize) -> Step {
        if at - start > LONGEST_DOTTED {
            return Step::Over;
        }
        let word = &self.bytes[start..at];
        let next = self.byte(at + 1);
        if next == b'.' {
            // With two full stops, one belongs to an abbreviation and one ends the sentence; three
            // are an ellipsis.
            return if let Some((end, kind)) = self.obscured_email(start, at) {
                Step::Done(end, kind)
            } else if self.byte(at + 2) != b'.' && self.is_short(word, at) {
                Step::Done(at + 1, TokenKind::Abbreviation)
            } else {
                Step::Over
            };
        }
        if self.word_at(at + 1) {
            return self.inner_stop(start, at);
        }
        if word.len() == 1 && self.is_initial(word[0], start, at) || self.is_short(word, at) {
            return Step::Done(at + 1, TokenKind::Abbreviation);
        }
        Step::Over
    }

    /// `j.smi...@example.com`: some archives hide the end of a name this way.
    fn obscured_email(&self, start: usize, at: usize) -> Option<(usize, TokenKind)> {
        self.address(start, at).filter(|&(_, kind)| kind == TokenKind::Email)
    }

    /// A full stop with a letter or digit on both sides.
    fn inner_stop(&self, start: usize, at: usize) -> Step {
        // A prefix may precede an acronym: `non-U.S.`, `D-N.Y.`
        let hyphen = self.bytes[start..at].iter().rposition(|&byte| byte == b'-');
        if let Some(end) = self.acronym_end(hyphen.map_or(start, |place| start + place + 1), at) {
            if self.byte(end) == b'-' && self.word_at(end + 1) {
                return Step::On(end); // U.S.-led
            }
            let closed = self.bytes[end - 1] == b'.';
            return Step::Done(end, if closed { TokenKind::Abbreviation } else { TokenKind::Word });
        }
        if let Some(end) = self.dotted_form_end(start) {
            return Step::Done(end, TokenKind::Abbreviation);
        }
        if let Some((end, kind)) = self.address(start, at) {
            return Step::Done(end, kind);
        }
        if let Some(end) = self.ticker_end(start, at) {
            return Step::Done(end, TokenKind::Word);
        }
        let word = &self.bytes[start..at];
        if self.is_short(word, at)
            || (word.len() == 1 && word[0].is_ascii_uppercase() && self.byte(at + 1).is_ascii_uppercase())
        {
            return Step::Done(at + 1, TokenKind::Abbreviation); // Dr.Smith  J.Smith
        }
        // `B.1.617`, `v1.2`: a label, not the end of a sentence.
        let label = word.len() == 1 || word.iter().any(u8::is_ascii_digit);
        if label && self.byte(at + 1).is_ascii_digit() { Step::On(at + 1) } else { Step::Over }
    }

    /// The end of single letters separated by full stops, from `start`, with the first full stop at
    /// `at`: `U.S.`, `a.m.`, `U.S`.
    fn acronym_end(&self, start: usize, at: usize) -> Option<usize> {
        if at - start != 1 || at < self.no_acronym_before.get() || !self.bytes[start].is_ascii_alphabetic() {
            return None;
        }
        let mut end = at + 1;
        while self.byte(end).is_ascii_alphabetic() && self.byte(end + 1) == b'.' {
            end += 2;
        }
        let whole = end > at + 1;
        if self.byte(end).is_ascii_alphabetic() && !self.word_at(end + 1) {
            // `U.S` without its last full stop, but not the start of an address.
            if self.byte(end + 1) != b'@' {
                return Some(end + 1);
            }
        } else if whole && (!self.word_at(end) || self.byte(end).is_ascii_uppercase()) {
            // In `a.m.Tuesday` the acronym ends here; in `j.r.smith@example.com` it does not.
            return Some(end);
        }
        self.no_acronym_before.set(end);
        None
    }

    /// The end of a stock ticker, company and exchange: `VOD.L`, `7203.T`.
    fn ticker_end(&self, start: usize, at: usize) -> Option<usize> {
        let code = &self.bytes[start..at];
        let capital = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
        let exchange = self.bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_uppercase()).count();
        let end = at + 1 + exchange;
        let body = if code.len() > 3 { &code[..code.len() - 1] } else { code }; // BRKa.N: a class of shares
        let code = code.len() <= LONGEST_TICKER
            && body.iter().all(capital)
            && code.iter().all(u8::is_ascii_alphanumeric);
        (code && matches!(exchange, 1 | 2) && !self.word_at(end)).then_some(end)
    }

    /// The end of a listed abbreviation with inner full stops: `Ph.D.`
    fn dotted_form_end(&self, start: usize) -> Option<usize> {
        let window = &self.bytes[start..(start + lexicon::LONGEST).min(self.bytes.len())];
        let length = window
            .iter()
            .position(|&byte| !byte.is_ascii_alphabetic() && byte != b'.')
            .unwrap_or(window.len());
        let form = window[..length].strip_suffix(b".")?;
        lexicon::short_form(form).filter(|_| form.contains(&b'.')).map(|_| start + form.len() + 1)
    }

    /// Whether the full stop at `at` belongs to `word`, according to the lists and the context.
    fn is_short(&self, word: &[u8], at: usize) -> bool {
        match lexicon::short_form(word) {
            None => false,
            Some(ShortForm::Numbered) => self.next_start(at + 1).is_some_and(|next| {
                self.byte(next).is_ascii_digit()
                    || (self.byte(next) == b'#' && self.byte(next + 1).is_ascii_digit())
            }),
            Some(ShortForm::State) => {
                self.previous(at - word.len()).is_some_and(|token| self.byte(token.start as usize) == b',')
            }
            // A capital precedes it: a letter alone can be anything.
            Some(ShortForm::Between) => {
                let capital = |at: usize| !self.byte(at).is_ascii_lowercase();
                self.next_start(at + 1).is_some_and(|next| {
                    word.len() > 1
                        || self.previous(at - word.len()).is_some_and(|token| {
                            let others = self.bytes[token.start as usize..token.end as usize] == *b"al.";
                            (others || capital(token.start as usize)) && (self.word_at(next) || capital(next))
                        })
                })
            }
            // If nothing follows the title, it was a plain word (or a shout).
            Some(ShortForm::Title) => self.next_start(at + 1).is_some(),
            Some(_) => true,
        }
    }

    /// Whether there is a nickname in quotes at `at`, followed by a name: `"Bobby" Tate`.
    fn nickname_at(&self, at: usize) -> bool {
        const LONGEST: usize = 24;
        let quote = |at: usize| match self.char(at) {
            Some(c @ ('"' | '“' | '”')) => c.len_utf8(),
            _ => 0,
        };
        let name = at + quote(at);
        let length =
            self.bytes[name..].iter().take(LONGEST).take_while(|b| b.is_ascii_alphabetic() || **b == b' ');
        let end = name + length.count();
        let following = end + quote(end);
        name > at
            && following > end
            && self.byte(name).is_ascii_uppercase()
            && self
                .next_start(following)
                .is_some_and(|next| next > following && self.byte(next).is_ascii_uppercase())
    }

    /// Whether the full stop at `at` belongs to the single letter before it: `J. Smith`, but not
    /// `vitamin C.`
    fn is_initial(&self, letter: u8, start: usize, at: usize) -> bool {
        if !letter.is_ascii_uppercase() {
            return false;
        }
        let Some(next) = self.next_start(at + 1) else { return false };
        let follower = self.byte(next);
        if follower.is_ascii_uppercase() {
            let word = self.ascii_word(next);
            return !lexicon::is_opener(word) || self.byte(next + word.len()) == b'.';
        }
        if follower.is_ascii_digit() {
            return matches!(letter, b'N' | b'S' | b'E' | b'W'); // 42 S. 3rd Street
        }
        let name_before =
            || self.previous(start).is_some_and(|token| self.byte(token.start as usize).is_ascii_uppercase());
        follower == b','
            || (name_before() && self.nickname_at(next))
            || (letter != b'I' && follower.is_ascii_alphabetic() && name_before())
            || follower >= 0x80 && self.word_at(next)
    }
}
