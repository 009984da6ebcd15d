//! Does the first word of a sentence ask a question?
//!
//! `Will` is a given name, and the verb that opens a question; the verb after the name decides.

/// Whether `Will` before a surname opens a question: `Will Quell come back?`
pub(super) fn asks<T: AsRef<str>>(tokens: &[T], start: usize, end: usize) -> bool {
    let text = |at: usize| tokens.get(at).map_or("", AsRef::as_ref);
    let next = text(end);
    // The plain form of a verb, as it follows the subject of a question.
    let is_plain = next.bytes().all(|byte| byte.is_ascii_lowercase())
        && next.len() > 1
        && !next.ends_with(['s', 'd'])
        && !is_in_other_form(next);
    text(start) == "Will"
        && end - start > 1
        && text(tokens.len() - 1) == "?"
        && is_plain
        && tokens[..start].iter().all(|before| !before.as_ref().contains(char::is_alphanumeric))
}

/// Words after a name that are not the plain form of a verb, although they may look like one.
fn is_in_other_form(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "at"
            | "beat"
            | "but"
            | "came"
            | "fell"
            | "for"
            | "from"
            | "got"
            | "in"
            | "knew"
            | "left"
            | "lost"
            | "met"
            | "of"
            | "on"
            | "or"
            | "ran"
            | "saw"
            | "spoke"
            | "than"
            | "the"
            | "to"
            | "took"
            | "went"
            | "who"
            | "with"
            | "won"
            | "wrote"
    )
}

#[cfg(test)]
mod tests {
    use super::super::repaired;

    #[test]
    fn a_question_is_about_a_surname() {
        assert_eq!(repaired("Will Quell come back ?", &[1, 2, 0, 0, 0]), [0, 1, 0, 0, 0]);
        assert_eq!(repaired("Will Quell came back ?", &[1, 2, 0, 0, 0]), [1, 2, 0, 0, 0]);
        assert_eq!(repaired("Will Quell won .", &[1, 2, 0, 0]), [1, 2, 0, 0]);
    }
}
