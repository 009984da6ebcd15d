//! Is this a web address, an e-mail address, or the name of a file?
//!
//! This question is asked only where a word meets `.`, `@`, `_` or `:`. All look-ahead is bounded,
//! so that a megabyte of `a.a.a.` still takes linear time.

use super::lexicon;
use super::token::{Scanner, TokenKind};

/// No local part of an e-mail address is longer (RFC 5321), and no host name (RFC 1035).
const LONGEST_LOCAL: usize = 64;
const LONGEST_HOST: usize = 253;

impl Scanner<'_> {
    /// The end of a web address that starts at `start` with `scheme://`, with the colon at `colon`.
    pub(super) fn url_with_scheme(&self, start: usize, colon: usize) -> Option<usize> {
        let scheme = &self.bytes[start..colon];
        let known = [&b"http"[..], b"https", b"ftp", b"ftps", b"file"];
        let matches = known.iter().any(|name| scheme.eq_ignore_ascii_case(name));
        let rest = colon + 3;
        (matches && self.bytes[colon..].starts_with(b"://") && self.word_at(rest))
            .then(|| self.path_end(rest))
    }

    /// The end and kind of the address or file name that starts at `start`; `start..at` is its
    /// first word.
    pub(super) fn address(&self, start: usize, at: usize) -> Option<(usize, TokenKind)> {
        self.email_end(start, at).map(|end| (end, TokenKind::Email)).or_else(|| self.host(start))
    }

    /// The end of `local@host`.
    fn email_end(&self, start: usize, at: usize) -> Option<usize> {
        let limit = (start + LONGEST_LOCAL).min(self.bytes.len());
        let mut end = at;
        while end < limit
            && matches!(self.bytes[end], b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b'-' | b'+' | b'%')
        {
            end += 1;
        }
        (self.byte(end) == b'@' && self.byte(end + 1).is_ascii_alphanumeric()).then(|| self.host_end(end + 1))
    }

    /// The end of the letters, digits, inner full stops and hyphens at `start`.
    fn host_end(&self, start: usize) -> usize {
        let limit = (start + LONGEST_HOST).min(self.bytes.len());
        let mut end = start;
        while end < limit
            && (self.bytes[end].is_ascii_alphanumeric()
                || (matches!(self.bytes[end], b'.' | b'-' | b'_')
                    && self.byte(end + 1).is_ascii_alphanumeric()))
        {
            end += 1;
        }
        end
    }

    /// A name with inner full stops: a web address, a file, a newsgroup.
    fn host(&self, start: usize) -> Option<(usize, TokenKind)> {
        let end = self.host_end(start);
        // A letter outside ASCII follows: a word after a forgotten space, in another script.
        if self.byte(end) >= 0x80 && self.word_at(end) {
            return None;
        }
        let name = &self.bytes[start..end];
        let mut labels = name.rsplit(|&byte| byte == b'.');
        let last = labels.next()?;
        let inner = labels.next()?;
        if name.len() > 4 && name[..4].eq_ignore_ascii_case(b"www.") {
            return Some((self.path_end(end), TokenKind::Url));
        }
        let capitals = last.iter().any(u8::is_ascii_uppercase);
        let path = self.byte(end) == b'/' && self.word_at(end + 1);
        if lexicon::is_domain(last) && (!capitals || last.len() == 3) && (inner.len() > 1 || last.len() <= 3)
        {
            return Some((if path { self.path_end(end) } else { end }, TokenKind::Url));
        }
        if lexicon::is_file_ending(last) && (!capitals || last.iter().all(u8::is_ascii_uppercase)) {
            return Some((end, TokenKind::Word));
        }
        let small = |byte: &u8| byte.is_ascii_lowercase() || matches!(byte, b'.' | b'-');
        let dotted = labels.next().is_some()
            && name.iter().all(small)
            && name.split(|&b| b == b'.').all(|l| l.len() > 1);
        dotted.then_some((end, TokenKind::Word))
    }

    /// The end of the path at `at`: up to white space or a closing bracket without an opening one,
    /// without trailing punctuation.
    fn path_end(&self, at: usize) -> usize {
        let mut end = at;
        let mut open = 0_u32;
        while let Some(&byte) = self.bytes.get(end).filter(|_| !self.is_stopped()) {
            match byte {
                b'<'
                | b'>'
                | b'"'
                | b'{'
                | b'}'
                | b'|'
                | b'\\'
                | b'^'
                | b'`'
                | b'['
                | b']'
                | 0..=b' '
                | 0x7F => break,
                b'(' => open += 1,
                b')' if open == 0 => break,
                b')' => open -= 1,
                0x80.. if !self.word_at(end) => break,
                _ => {}
            }
            end += if byte < 0x80 { 1 } else { self.char(end).map_or(1, char::len_utf8) };
        }
        let kept = self.bytes[at..end]
            .iter()
            .rposition(|byte| !matches!(byte, b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'' | b'*'));
        kept.map_or(at, |last| at + last + 1)
    }
}
