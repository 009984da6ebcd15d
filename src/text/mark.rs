//! Which token begins with neither a letter nor a digit?

use super::token::{Scanner, TokenKind};
use super::unicode;

/// How far back the tokeniser searches for an opening quotation mark, in tokens.
const QUOTE_WINDOW: usize = 60;

impl Scanner<'_> {
    /// Reads the token that begins with the ASCII mark at `start`.
    pub(super) fn mark(&mut self, start: usize) -> usize {
        let byte = self.bytes[start];
        if matches!(byte, b',' | b'.' | b'"') && self.byte(start + 1) == b' ' {
            return self.push(start, start + 1, TokenKind::Punctuation);
        }
        let (end, kind) = match byte {
            b'[' => match self.code_end(start) {
                Some(end) => (end, TokenKind::Symbol),
                None => (start + 1, TokenKind::Punctuation),
            },
            b'"' | b'(' | b')' | b']' | b'{' | b'}' => (start + 1, TokenKind::Punctuation),
            b'\'' => self.quote(start, 1),
            b'<' => match self.tag_end(start) {
                Some(end) => (end, TokenKind::Symbol),
                None => (self.run_end(start, |b| b == byte), TokenKind::Symbol),
            },
            b'&' => match self.reference_at(start) {
                Some(('<', end)) => (self.escaped_tag_end(start).unwrap_or(end), TokenKind::Symbol),
                Some((c, end)) if c.is_alphanumeric() => return self.word(start, end),
                Some(('\'' | '’', end)) => self.quote(start, end - start),
                Some((c, end)) if unicode::is_punctuation(c) || ascii_punctuation(c) => {
                    (end, TokenKind::Punctuation)
                }
                Some((_, end)) => (end, TokenKind::Symbol),
                None => (self.run_end(start, |b| b == byte), TokenKind::Symbol),
            },
            b'.' if self.byte(start + 1).is_ascii_digit() && !self.glued(start) => return self.number(start),
            // `.NET`, `.DJI`, `.pdf`
            b'.' if self.byte(start + 1).is_ascii_alphabetic() && !self.touches_left(start) => {
                return self.word(start, start + 1);
            }
            b'!' | b'?' => (self.run_end(start, |b| matches!(b, b'!' | b'?')), TokenKind::Punctuation),
            b'#' => self.tag(start, TokenKind::Hashtag),
            b'@' if !self.touches_left(start) => self.tag(start, TokenKind::Handle),
            b':' | b';' | b'=' => self.emoticon(start),
            _ => (self.run_end(start, |b| b == byte), ascii_kind(byte)),
        };
        let end = if self.byte(end) < 0x80 { end } else { self.marks_end(end) };
        self.push(start, end, kind)
    }

    /// Reads the token, or the white space, that begins with the character outside ASCII at
    /// `start`.
    pub(super) fn wide(&mut self, start: usize) -> usize {
        let Some(c) = self.char(start) else { return start + 1 };
        let at = start + c.len_utf8();
        if c.is_whitespace() {
            return at;
        }
        if unicode::is_invisible(c) {
            return self.invisible(start);
        }
        if self.is_apostrophe(c, start) {
            let (end, kind) = self.quote(start, at - start);
            return self.push(start, end, kind);
        }
        if c.is_numeric() {
            return self.wide_number(start, at);
        }
        if c.is_alphabetic() {
            return self.word(start, at);
        }
        if c == '’' {
            let (end, kind) = self.quote(start, at - start);
            let end = self.marks_end(end);
            return self.push(start, end, kind);
        }
        if unicode::is_punctuation(c) {
            let mut end = at;
            // Dashes and dots form runs; brackets and quotation marks are single tokens.
            if matches!(c, '…' | '·' | '•' | '。' | '！' | '？' | '\u{2010}'..='\u{2015}') {
                while self.char(end) == Some(c) {
                    end += c.len_utf8();
                }
            }
            let end = self.marks_end(end);
            return self.push(start, end, TokenKind::Punctuation);
        }
        let end = self.picture_end(c, at);
        self.push(start, end, TokenKind::Symbol)
    }

    /// Reads the invisible characters at `start`: they belong to the token that they touch, to the
    /// one before them or else to the word after them.
    fn invisible(&mut self, start: usize) -> usize {
        let mut end = start;
        let next = loop {
            match self.char(end) {
                Some(c) if unicode::is_invisible(c) => end += c.len_utf8(),
                next => break next,
            }
        };
        let glued = self.glued(start);
        if let Some(last) = self.tokens.last_mut().filter(|_| glued) {
            last.end = end as u32;
            return end;
        }
        match next {
            // A mark of the order of bytes is not part of the word after it.
            Some(c) if c.is_alphabetic() && self.char(start) != Some('\u{FEFF}') => self.word(start, end),
            _ => self.push(start, end, TokenKind::Symbol),
        }
    }

    /// An apostrophe of `width` bytes that is not part of a word before it: a possessive, a decade,
    /// a clipped word, or a quotation mark.
    fn quote(&self, start: usize, width: usize) -> (usize, TokenKind) {
        let next = start + width;
        if self.glued(start) {
            if matches!(self.byte(next), b's' | b'S') && !self.word_at(next + 1) {
                return (next + 1, TokenKind::Possessive);
            }
            let plural = start > 0 && matches!(self.bytes[start - 1], b's' | b'S') && !self.word_at(next);
            let kind = if plural && !self.quote_is_open(start) {
                TokenKind::Possessive
            } else {
                TokenKind::Punctuation
            };
            return (next, kind);
        }
        if self.byte(next).is_ascii_digit() {
            let end = self.digits_end(next);
            if end == next + 2 && self.byte(end) == b's' && !self.word_at(end + 1) {
                return (end + 1, TokenKind::Number); // the '90s
            }
        }
        let word = self.ascii_word(next);
        if matches!(word, b"em" | b"tis" | b"twas" | b"til" | b"Tis" | b"Twas")
            && !self.word_at(next + word.len())
        {
            return (next + word.len(), TokenKind::Word);
        }
        (next, TokenKind::Punctuation)
    }

    /// Whether `c` at `start` is used as an apostrophe, though it is not the curly one: after a
    /// word, or before what is left of a clipped one (`‘em`, `‘90s`).
    fn is_apostrophe(&self, c: char, start: usize) -> bool {
        match c {
            'ʼ' | '′' | '´' | '＇' => self.glued(start) && !self.bytes[start - 1].is_ascii_digit(),
            '‘' => !self.glued(start) && self.quote(start, c.len_utf8()).0 > start + c.len_utf8(),
            _ => false,
        }
    }

    /// Whether a single quotation mark was opened, and not closed, shortly before `at`.
    fn quote_is_open(&self, at: usize) -> bool {
        let tokens = &self.tokens[self.first..];
        let mut follower = at;
        for token in tokens[tokens.len().saturating_sub(QUOTE_WINDOW)..].iter().rev() {
            let (start, end) = (token.start as usize, token.end as usize);
            if super::class::blank_line(self.bytes, end, follower) {
                return false;
            }
            let piece = &self.bytes[start..end];
            if piece == b"'" || piece == "‘".as_bytes() || piece == "’".as_bytes() {
                // An opening mark touches what follows it, a closing mark what precedes it.
                return follower == end && !self.touches_left(start);
            }
            follower = start;
        }
        false
    }

    /// `#tag` or `@handle`; otherwise the mark, or a run of it.
    fn tag(&self, start: usize, kind: TokenKind) -> (usize, TokenKind) {
        let mut end = start + 1;
        let mut letters = false;
        while self.word_at(end) || self.byte(end) == b'_' {
            letters |= !self.bytes[end].is_ascii_digit();
            end += self.char(end).map_or(1, char::len_utf8);
        }
        if letters {
            return (end, kind);
        }
        let byte = self.bytes[start];
        (self.run_end(start, |b| b == byte), TokenKind::Symbol)
    }

    /// `:-)` and similar after a space; otherwise the mark, or a run of it.
    fn emoticon(&self, start: usize) -> (usize, TokenKind) {
        let byte = self.bytes[start];
        let nose = start + 1 + usize::from(self.byte(start + 1) == b'-');
        let mouth = matches!(self.byte(nose), b')' | b'(' | b'D' | b'P' | b'p' | b'|' | b'/');
        if mouth && !self.touches_left(start) && !self.word_at(nose + 1) {
            return (nose + 1, TokenKind::Symbol);
        }
        (self.run_end(start, |b| b == byte), ascii_kind(byte))
    }

    /// A number in digits of another script, with its separators.
    fn wide_number(&mut self, start: usize, mut at: usize) -> usize {
        loop {
            match self.char(at) {
                Some(c) if c.is_numeric() || unicode::is_mark(c) => at += c.len_utf8(),
                Some('.' | ',' | '/' | ':' | '-' | '٫' | '٬')
                    if self
                        .char(at + self.char(at).map_or(1, char::len_utf8))
                        .is_some_and(char::is_numeric) =>
                {
                    at += self.char(at).map_or(1, char::len_utf8);
                }
                _ => break,
            }
        }
        self.word_after(start, at, TokenKind::Number)
    }

    /// The end of an emoji whose first character `c` ends at `at`: flags, skin tones, variation
    /// selectors, joined emoji.
    fn picture_end(&self, c: char, at: usize) -> usize {
        let mut end = at;
        if is_regional(c)
            && let Some(second) = self.char(end).filter(|&second| is_regional(second))
        {
            end += second.len_utf8();
        }
        loop {
            end = self.marks_end(end);
            if self.char(end) != Some(unicode::JOINER) {
                return end;
            }
            end += unicode::JOINER.len_utf8();
            match self.char(end) {
                Some(c) if u32::from(c) >= 0x80 && !c.is_whitespace() && !c.is_alphanumeric() => {
                    end += c.len_utf8();
                }
                _ => return end,
            }
        }
    }

    /// The end of the combining marks, skin tones and tags at `at`.
    fn marks_end(&self, at: usize) -> usize {
        let mut end = at;
        while let Some(c) = self.char(end).filter(|&c| {
            c as u32 >= 0x80
                && (unicode::is_mark(c) || matches!(c, '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0020}'..='\u{E007F}'))
        }) {
            end += c.len_utf8();
        }
        end
    }

    /// The end of the ASCII bytes from `start` that pass `same`.
    fn run_end(&self, start: usize, same: impl Fn(u8) -> bool) -> usize {
        let mut end = start + 1;
        while self.bytes.get(end).is_some_and(|&byte| same(byte)) {
            end += 1;
        }
        end
    }

    /// Whether the last token ends where `at` begins.
    fn glued(&self, at: usize) -> bool {
        self.tokens[self.first..].last().is_some_and(|token| token.end as usize == at)
    }

    /// Whether anything but white space, an opening bracket or a quotation mark precedes `at`.
    fn touches_left(&self, at: usize) -> bool {
        at > 0
            && !matches!(self.bytes[at - 1], b'\t'..=b'\r' | b' ' | b'(' | b'[' | b'"' | b'-')
            && self.glued(at)
    }
}

/// Whether Unicode classifies an ASCII mark as punctuation or as a symbol, except that `%`, `&`,
/// `#` and `@` are symbols here.
fn ascii_kind(byte: u8) -> TokenKind {
    match byte {
        b'!' | b'"' | b'\'' | b'(' | b')' | b'*' | b',' | b'-' | b'.' | b'/' | b':' | b';' | b'?' | b'['
        | b'\\' | b']' | b'_' | b'`' | b'{' | b'}' => TokenKind::Punctuation,
        _ => TokenKind::Symbol,
    }
}

/// Whether `c` is punctuation in ASCII.
fn ascii_punctuation(c: char) -> bool {
    u8::try_from(c).is_ok_and(|byte| byte.is_ascii() && ascii_kind(byte) == TokenKind::Punctuation)
        && c.is_ascii_punctuation()
}

/// Whether `c` is half of a flag.
fn is_regional(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}')
}
