//! Where does a regular expression match?
//!
//! The engine finds one match in time linear in the text, but to find the next one it may read to
//! the end of the text again: `a[^b]*b|a` would take quadratic time on a text of `a`s. An
//! expression is therefore searched in one window of the text at a time. A match of up to [`REACH`]
//! bytes is found anywhere; a longer one is found only if the window contains it, and may be cut
//! off at the end of the window. A text of up to [`WINDOW`] bytes, like most paragraphs, is one
//! window. Matches depend only on the text.
//!
//! Memory: an expression can compile to megabytes (`\w{100}`, because there are many letters), and
//! matching fills caches of the same size. Each expression may take [`LARGEST`] bytes, all together
//! [`LARGEST_SUM`], and caches of more than [`MOST_CACHED`] bytes are freed.
//!
//! Cost: at most one window per match.

use regex_automata::meta::{BuildError, Cache, Config, Regex};
use regex_automata::util::syntax;
use regex_automata::{Input, Match};

use crate::batch::{Watch, on_stack};
use crate::span::boundary;

/// The maximum length in bytes of a match that is found anywhere.
const REACH: usize = 1 << 11;

/// The size of the window in bytes.
const WINDOW: usize = 1 << 12;

/// The size of the window where nothing matches.
const WIDEST: usize = 1 << 16;

/// The approximate maximum size of a compiled expression, in bytes.
const LARGEST: usize = 10 << 20;

/// The maximum total size of all compiled expressions, in bytes.
const LARGEST_SUM: usize = 250_000_000;

/// The maximum size of the caches that each thread keeps for the next text, in bytes.
const MOST_CACHED: usize = 1 << 26;

/// The stack for compiling an expression: the engine recurses into nested groups, of which it
/// accepts 250.
const STACK: usize = 8 << 20;

/// An expression with at most this nesting of groups and repetitions does not need a separate
/// stack.
const FLAT: usize = 4;

/// A regular expression.
#[derive(Debug)]
pub(crate) struct Pattern(Regex);

impl Pattern {
    /// Compiles an expression, given the memory that earlier ones take; returns it with the total
    /// memory, or the reason why it was rejected.
    pub(crate) fn new(expression: &str, fold: bool, taken: usize) -> Result<(Self, usize), String> {
        let compile = || {
            let syntax = syntax::Config::new().case_insensitive(fold);
            let config = Config::new().nfa_size_limit(Some(LARGEST));
            Regex::builder()
                .configure(config)
                .syntax(syntax)
                .build(expression)
                .map_err(|error| why(expression, &error))
        };
        let nests = expression.bytes().filter(|byte| b"([{*+?".contains(byte)).count();
        let regex = if nests <= FLAT {
            compile()?
        } else {
            on_stack(STACK, compile).map_err(|error| error.what().to_owned())??
        };
        let taken = taken + regex.memory_usage();
        if taken > LARGEST_SUM {
            return Err(format!(
                "the patterns up to this one take {} when compiled, this one {} of it; expected at most {} in total. {ADVICE}",
                shown(taken),
                shown(regex.memory_usage()),
                shown(LARGEST_SUM)
            ));
        }
        Ok((Self(regex), taken))
    }

    /// Calls `see` with the byte range of each non-empty match in order, until the watch is
    /// stopped.
    fn each(&self, text: &str, cache: &mut Cache, watch: &Watch, mut see: impl FnMut(usize, usize)) {
        let (mut at, mut window) = (0, WINDOW);
        // For all windows but the last: a match that begins after `sure` may continue, or be a
        // different one, beyond the window.
        while text.len() - at > window {
            let end = boundary(text, at + window);
            let sure = boundary(text, end - REACH);
            match self.0.search_with(cache, &Input::new(&text[..end]).span(at..end)) {
                Some(found) if found.start() < sure => {
                    at = next(text, &found, &mut see);
                    window = WINDOW;
                }
                _ => (at, window) = (sure, (2 * window).min(WIDEST)),
            }
            if watch.is_stopped() {
                return;
            }
        }
        let mut input = Input::new(text).span(at..text.len());
        while let Some(found) = self.0.search_with(cache, &input) {
            at = next(text, &found, &mut see);
            if at >= text.len() || watch.is_stopped() {
                return;
            }
            input.set_start(at);
        }
    }
}

/// Where to continue after a match.
#[inline]
fn next(text: &str, found: &Match, see: &mut impl FnMut(usize, usize)) -> usize {
    if found.is_empty() {
        return boundary_after(text, found.end());
    }
    see(found.start(), found.end());
    found.end()
}

const ADVICE: &str = "The Unicode classes \\w, \\d and \\p{…} are large, and a count in braces multiplies the size of \
                      what precedes it; [A-Za-z], (?-u:\\w) and + stay small";

fn why(expression: &str, error: &BuildError) -> String {
    match (error.size_limit(), error.syntax_error()) {
        (Some(_), _) => {
            format!(
                "{expression:?} takes more than {} when compiled; expected less. {ADVICE}",
                shown(LARGEST)
            )
        }
        (None, Some(error)) => format!("{expression:?} cannot be read: {error}"),
        (None, None) => format!("{expression:?} cannot be read: {error}"),
    }
}

fn shown(bytes: usize) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

/// The first character boundary after a byte.
fn boundary_after(text: &str, at: usize) -> usize {
    at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
}

/// The caches of matching, one per pattern, each with its size in bytes.
#[derive(Debug, Default)]
pub(crate) struct Caches {
    caches: Vec<Option<(Cache, usize)>>,
    bytes: usize,
}

impl Caches {
    /// Calls `see` with the number of a pattern and the byte range of a match, for each non-empty
    /// match, until the watch is stopped. The matches of one pattern are in order.
    pub(crate) fn each_match(
        &mut self,
        patterns: &[Pattern],
        text: &str,
        watch: &Watch,
        mut see: impl FnMut(usize, usize, usize),
    ) {
        if self.caches.len() != patterns.len() {
            self.clear();
            self.caches.resize_with(patterns.len(), || None);
        }
        for (number, pattern) in watch.through(patterns.iter().enumerate()) {
            let (cache, bytes) = self.caches[number].get_or_insert_with(|| (pattern.0.create_cache(), 0));
            pattern.each(text, cache, watch, |start, end| see(number, start, end));
            self.bytes -= std::mem::replace(bytes, cache.memory_usage());
            self.bytes += *bytes;
            if self.bytes > MOST_CACHED {
                self.clear();
                self.caches.resize_with(patterns.len(), || None);
            }
        }
    }

    fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(expression: &str, text: &str) -> Vec<(usize, usize)> {
        let (pattern, _) = Pattern::new(expression, false, 0).unwrap();
        let mut found = Vec::new();
        Caches::default()
            .each_match(&[pattern], text, &Watch::default(), |_, start, end| found.push((start, end)));
        found
    }

    #[test]
    fn matches_in_a_window_are_those_of_the_engine() {
        let text = "é1 22 333\n".repeat(WINDOW / 11);
        for expression in [r"\d+", r"\b", r"(?m)^.", "x*", "é", r"\s\d", "[^3]*", r"\d\d\s"] {
            let engine = regex::Regex::new(expression).unwrap();
            let expected: Vec<(usize, usize)> = engine
                .find_iter(&text)
                .filter(|found| !found.is_empty())
                .map(|found| (found.start(), found.end()))
                .collect();
            assert_eq!(found(expression, &text), expected, "{expression}");
        }
    }

    #[test]
    fn a_match_of_up_to_the_reach_is_found_anywhere() {
        for before in (0..3 * WINDOW).step_by(97) {
            for (space, inside) in [("ü", "x"), (".", "ü")] {
                let text = format!(
                    "{}<{}>{}",
                    space.repeat(before),
                    inside.repeat((REACH - 2) / inside.len()),
                    space.repeat(WINDOW)
                );
                let start = before * space.len();
                assert_eq!(
                    found("<[^>]*>", &text),
                    [(start, start + 2 + (REACH - 2) / inside.len() * inside.len())]
                );
            }
        }
    }

    #[test]
    fn text_before_a_window_is_seen() {
        let text = "ab".repeat(2 * WINDOW);
        assert_eq!(found(r"\ba", &text), [(0, 1)]);
        assert_eq!(found(r"^ab", &text), [(0, 2)]);
        assert_eq!(found(r"b$", &text), [(text.len() - 1, text.len())]);
    }

    #[test]
    fn patterns_that_compile_to_too_much_are_refused() {
        let (mut taken, mut kept) = (0, 0);
        let error = loop {
            match Pattern::new(r"\w{100}", false, taken) {
                Ok((_, now)) => (taken, kept) = (now, kept + 1),
                Err(error) => break error,
            }
        };
        assert!((10..200).contains(&kept) && taken <= LARGEST_SUM);
        assert!(error.contains("expected at most 250.0 MB in total"), "{error}");
        let error = Pattern::new(r"(\w{1000}){1000}", false, 0).unwrap_err();
        assert!(error.contains("takes more than 10.5 MB when compiled"), "{error}");
        let deep = "(".repeat(300) + &")".repeat(300);
        assert!(Pattern::new(&deep, false, 0).unwrap_err().contains("cannot be read"));
    }
}
