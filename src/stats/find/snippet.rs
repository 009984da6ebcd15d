//! What does an article say about the words of the query?
//!
//! A snippet is the sentence with the largest weight of the query's terms, each weighted as in the
//! search and counted once; if it is too long, its best passage. Ties go to the earlier one.
//! Matches are put between marks, white space is normalised, and `…` replaces what is cut off. The
//! text is escaped, so that nothing in it looks like a mark: see [`Escape`].

use std::borrow::Cow;

use super::bm25::SearchOptions;
use crate::corpus::{ArticleRef, Corpus, TokenAt, ZoneSet};
use crate::stats::count::TermMap;

pub(crate) struct Snippets<'a> {
    corpus: &'a Corpus,
    zones: ZoneSet,
    term_map: &'a TermMap,
    /// The distinct terms of the query, ascending, and their weights.
    terms: Vec<(u32, f64)>,
    options: &'a SearchOptions,
    escape: Escape,
}

/// How a text is distinguished from the marks in it.
///
/// Marks that are tags make a snippet HTML, and its text is escaped as HTML. For any other marks,
/// the characters that they begin with, and the backslash, are escaped by a backslash in the text:
/// so what follows a backslash is text, and an unescaped mark is a mark. A control character, such
/// as the one that starts a terminal's colour codes, is replaced by its symbol (`␛`). Empty marks
/// leave the text as it is.
enum Escape {
    Nothing,
    Html,
    Backslash(Vec<char>),
}

impl Escape {
    fn new((before, after): &(String, String)) -> Self {
        let is_tag = |mark: &str| {
            let name = mark.strip_prefix('<').map(|rest| rest.trim_start_matches('/'));
            mark.ends_with('>')
                && name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
        };
        if is_tag(before) || is_tag(after) {
            return Self::Html;
        }
        let mut special: Vec<char> = before.chars().next().into_iter().chain(after.chars().next()).collect();
        if special.is_empty() {
            return Self::Nothing;
        }
        special.push('\\');
        Self::Backslash(special)
    }

    fn apply<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let special = |char: char| match self {
            Self::Nothing => false,
            Self::Html => matches!(char, '&' | '<' | '>' | '"' | '\''),
            Self::Backslash(special) => special.contains(&char),
        };
        if !text.contains(special) {
            return text.into();
        }
        let mut escaped = String::with_capacity(text.len() + 8);
        for char in text.chars() {
            match char {
                _ if !special(char) => escaped.push(char),
                '&' if matches!(self, Self::Html) => escaped.push_str("&amp;"),
                '<' if matches!(self, Self::Html) => escaped.push_str("&lt;"),
                '>' if matches!(self, Self::Html) => escaped.push_str("&gt;"),
                '"' if matches!(self, Self::Html) => escaped.push_str("&quot;"),
                '\'' if matches!(self, Self::Html) => escaped.push_str("&#x27;"),
                '\0'..' ' => escaped.extend(char::from_u32(u32::from(char) + 0x2400)),
                _ => escaped.extend(['\\', char]),
            }
        }
        escaped.into()
    }
}

impl<'a> Snippets<'a> {
    pub(crate) fn new(
        corpus: &'a Corpus,
        zones: ZoneSet,
        term_map: &'a TermMap,
        terms: &[u32],
        weights: &[f64],
        options: &'a SearchOptions,
    ) -> Self {
        // A term with weight zero still shows where it occurs.
        let weighed = weights.iter().map(|weight| weight + 1e-6);
        let mut terms: Vec<(u32, f64)> = terms.iter().copied().zip(weighed).collect();
        terms.sort_unstable_by_key(|&(term, _)| term);
        terms.dedup_by_key(|&mut (term, _)| term);
        Self { corpus, zones, term_map, terms, options, escape: Escape::new(&options.marks) }
    }

    /// The snippet of the article at a position.
    pub(crate) fn of(&self, article: u32) -> String {
        let Some(article) = self.corpus.article(article as usize) else { return String::new() };
        let part = article.part;
        let (mut best, mut most) = (None, 0.0);
        for zone in article.zones(self.zones) {
            for sentence in part.sentences_of(zone) {
                let numbers = part.tokens[part.tokens_of(sentence)].iter();
                let found = numbers.map(|&number| self.place(number)).collect::<Vec<_>>();
                let weight = self.weight(&found);
                if weight > most {
                    (best, most) = (Some(sentence), weight);
                }
            }
        }
        best.map_or_else(String::new, |sentence| self.print(article, sentence))
    }

    /// The position of a token among the query's terms, if it is one.
    fn place(&self, token: u32) -> Option<usize> {
        let term = self.term_map.of_token[token as usize];
        self.terms.binary_search_by_key(&term, |&(term, _)| term).ok()
    }

    /// The sum of the weights of some tokens, each term once.
    fn weight(&self, found: &[Option<usize>]) -> f64 {
        let held = |&(at, _): &(usize, &(u32, f64))| found.contains(&Some(at));
        self.terms.iter().enumerate().filter(held).map(|(_, (_, weight))| weight).sum()
    }

    fn print(&self, article: ArticleRef<'_>, sentence: usize) -> String {
        let tokens: Vec<TokenAt> = article.part.walk(sentence, self.corpus.store().vocabulary()).collect();
        let found: Vec<Option<usize>> = tokens.iter().map(|token| self.place(token.number)).collect();
        let width = self.options.words.clamp(1, tokens.len().max(1));
        let (mut start, mut most) = (0, -1.0);
        for at in 0..=tokens.len().saturating_sub(width) {
            // A passage that is worth considering begins near a match.
            let weight = self.weight(&found[at..(at + width).min(found.len())]);
            if weight > most + 1e-12 {
                (start, most) = (at, weight);
            }
        }
        let end = (start + width).min(tokens.len());
        // The first match moves to the middle, within the limits of the sentence and the last
        // match.
        let matches = || (start..end).filter(|&at| found[at].is_some());
        if let (Some(first), Some(last)) = (matches().min(), matches().max()) {
            let spare = (width - (last + 1 - first)) / 2;
            start = first.saturating_sub(spare).min(tokens.len() - width);
        }
        let end = (start + width).min(tokens.len());
        let mut text = String::new();
        if start > 0 {
            text.push_str("… ");
        }
        let (before, after) = &self.options.marks;
        for at in start..end {
            let token = tokens[at];
            if at > start && tokens[at - 1].span.end < token.span.start {
                text.push(' ');
            }
            let piece = self.escape.apply(article.piece(token.span));
            if found[at].is_some() {
                text.extend([before, piece.as_ref(), after]);
            } else {
                text.push_str(&piece);
            }
        }
        if end < tokens.len() {
            text.push_str(" …");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(before: &str, after: &str, text: &str) -> String {
        Escape::new(&(before.to_owned(), after.to_owned())).apply(text).into_owned()
    }

    #[test]
    fn nothing_in_a_text_reads_as_a_mark() {
        for (before, after, text, expected) in [
            ("**", "**", "5 * 3 ** 2", r"5 \* 3 \*\* 2"),
            ("**", "**", r"a\*b", r"a\\\*b"),
            ("[", "]", "[sic]", r"\[sic\]"),
            ("", "!", "a! b", r"a\! b"),
            ("«", "»", "« a »", r"\« a \»"),
            ("\u{1b}[1m", "\u{1b}[0m", "a\u{1b}[31m", "a␛[31m"),
            ("<mark>", "</mark>", "a <b>&\"'</b>", "a &lt;b&gt;&amp;&quot;&#x27;&lt;/b&gt;"),
            ("<a href='x'>", "</a>", "<", "&lt;"),
            ("<<", ">>", "a < b", r"a \< b"),
            ("", "", r"a ** \ <b>", r"a ** \ <b>"),
        ] {
            assert_eq!(escaped(before, after, text), expected, "{before} {after}");
        }
    }
}
