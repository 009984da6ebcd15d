//! Where are the quotation marks of a paragraph, and which of them belong together?
//!
//! Marks are read token by token, once. A mark that faces left opens and one that faces right
//! closes; a straight one opens where a space precedes it and a word follows. Inside a quotation,
//! other marks are nested and count only to find the end. Where no mark closes a quotation, it ends
//! with its sentence; if the next paragraph begins with an opening mark, it ends with its paragraph
//! and continues in the next.

use super::words::{CLOSES, LOW, OPENS, SINGLE_CLOSES, SINGLE_OPENS, STRAIGHT};

/// A token as seen here.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) flags: u64,
    /// Whether white space, or the edge of the paragraph, comes before it.
    pub(super) gap_before: bool,
    /// Whether it is the first token of its sentence.
    pub(super) opens_sentence: bool,
}

/// A quotation: its first and last token, which are its marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quoted {
    pub(super) first: usize,
    pub(super) last: usize,
    /// Whether a mark closes it.
    pub(super) closed: bool,
}

/// An open quotation.
#[derive(Clone, Copy)]
struct Open {
    first: usize,
    kind: u64,
    depth: usize,
}

/// The outermost quotations of a paragraph. `goes_on` says whether the next paragraph begins with
/// an opening mark.
pub(super) fn quotations(tokens: &[Mark], goes_on: bool, found: &mut Vec<Quoted>) {
    let gap_after = |at: usize| tokens.get(at + 1).is_none_or(|next| next.gap_before);
    let closing_singles: usize = tokens.iter().filter(|token| token.flags & SINGLE_CLOSES != 0).count();
    let mut singles_left = closing_singles;
    let mut open: Option<Open> = None;
    for (at, token) in tokens.iter().enumerate() {
        let flags = token.flags;
        if flags & SINGLE_CLOSES != 0 {
            singles_left -= 1;
        }
        let bracketed = at > 0 && tokens[at - 1].flags & super::words::BEFORE_OPENING != 0;
        let can_open = (token.gap_before || bracketed) && !gap_after(at);
        let can_close = !token.gap_before || gap_after(at);
        match &mut open {
            None => {
                let opens = flags & (OPENS | LOW) != 0
                    || flags & CLOSES != 0 && at == 0
                    || flags & STRAIGHT != 0 && can_open
                    || flags & SINGLE_OPENS != 0 && can_open && singles_left > 0;
                if opens {
                    open = Some(Open { first: at, kind: flags, depth: 1 });
                }
            }
            Some(quote) => {
                let (opens, closes) = if quote.kind & LOW != 0 {
                    (flags & LOW != 0, flags & (OPENS | CLOSES | STRAIGHT) != 0)
                } else if quote.kind & (OPENS | CLOSES) != 0 && quote.kind & STRAIGHT == 0 {
                    (
                        flags & OPENS != 0 && token.gap_before,
                        flags & CLOSES != 0 || flags & STRAIGHT != 0 && can_close,
                    )
                } else if quote.kind & STRAIGHT != 0 {
                    // A straight mark that can only open, at the beginning of a sentence: the
                    // mark that closes the last quotation is missing.
                    let again = flags & STRAIGHT != 0 && can_open && !bracketed && at > quote.first + 1;
                    if again && token.opens_sentence {
                        found.push(Quoted { first: quote.first, last: at - 1, closed: false });
                        *quote = Open { first: at, kind: flags, depth: 1 };
                        continue;
                    }
                    (again, flags & STRAIGHT != 0 && can_close && at > quote.first || flags & CLOSES != 0)
                } else {
                    (false, flags & SINGLE_CLOSES != 0 && gap_or_mark(tokens, at))
                };
                if closes {
                    quote.depth -= 1;
                    if quote.depth == 0 {
                        found.push(Quoted { first: quote.first, last: at, closed: true });
                        open = None;
                    }
                } else if opens {
                    quote.depth += 1;
                }
            }
        }
    }
    if let Some(Open { first, kind, .. }) = open {
        if kind & SINGLE_OPENS != 0 {
            return;
        }
        let rest = tokens.iter().enumerate().skip(first + 1);
        let sentence = rest.filter(|(_, token)| token.opens_sentence).map(|(at, _)| at - 1).next();
        let last = if goes_on { tokens.len() - 1 } else { sentence.unwrap_or(tokens.len() - 1) };
        if last > first {
            found.push(Quoted { first, last, closed: false });
        }
    }
}

/// Whether a space or a mark follows.
fn gap_or_mark(tokens: &[Mark], at: usize) -> bool {
    tokens.get(at + 1).is_none_or(|next| next.gap_before || next.flags & super::words::PUNCTUATION != 0)
}

#[cfg(test)]
mod tests {
    use super::super::words::{PUNCTUATION, WORD};
    use super::*;

    /// Marks from a text in which each letter is a word and a full stop ends a sentence.
    fn marks(text: &str) -> Vec<Mark> {
        let mut marks = Vec::new();
        let (mut gap, mut opens) = (true, true);
        for letter in text.chars() {
            let flags = match letter {
                ' ' => {
                    gap = true;
                    continue;
                }
                '“' => OPENS,
                '”' => CLOSES,
                '„' => LOW,
                '"' => STRAIGHT,
                '‘' => SINGLE_OPENS,
                '’' => SINGLE_CLOSES,
                '.' | ',' => PUNCTUATION,
                _ => WORD,
            };
            marks.push(Mark { flags, gap_before: gap, opens_sentence: opens });
            (gap, opens) = (false, letter == '.');
        }
        marks
    }

    fn found(text: &str, goes_on: bool) -> Vec<(usize, usize, bool)> {
        let mut found = Vec::new();
        quotations(&marks(text), goes_on, &mut found);
        found.into_iter().map(|quoted| (quoted.first, quoted.last, quoted.closed)).collect()
    }

    #[test]
    fn marks_of_every_style_belong_together() {
        assert_eq!(found("a “b c” d", false), [(1, 4, true)]);
        assert_eq!(found("a \"b c\" d \"e\"", false), [(1, 4, true), (6, 8, true)]);
        assert_eq!(found("a „b c“ d", false), [(1, 4, true)]);
        assert_eq!(found("a ‘b c’ d", false), [(1, 4, true)]);
        assert_eq!(found("”b c” d", false), [(0, 3, true)]);
    }

    #[test]
    fn marks_inside_a_quotation_are_nested() {
        assert_eq!(found("“b “c” d” e", false), [(0, 6, true)]);
        assert_eq!(found("“b ‘c’ d” e", false), [(0, 6, true)]);
        assert_eq!(found("\"b \"c\" d\" e", false), [(0, 6, true)]);
    }

    #[test]
    fn a_quotation_without_an_end_ends_with_its_sentence_or_goes_on() {
        assert_eq!(found("“b c. d e.", false), [(0, 3, false)]);
        assert_eq!(found("“b c. d e.", true), [(0, 6, false)]);
        assert_eq!(found("b’ c ‘d e", false), []);
        assert_eq!(found("\"b c. \"d e\"", false), [(0, 3, false), (4, 7, true)]);
    }
}
