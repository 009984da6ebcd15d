//! Which names did the tokenizer cut?
//!
//! Some tokenizers cut the stop off an initial: `Lee R` `.` `Holt` is one person. A legal form
//! after a comma is part of the name: `Tarvex` , `Inc.` Quotes and dashes at its ends are not.

use super::join::is_legal_form;
use super::{Kinds, clear, end_of, start_of};
use crate::batch::Watch;
use crate::tagger::label::{Labels, Span, is_capitalised, set};

/// Joins the parts of names that were cut.
pub(super) fn join<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], kinds: Kinds, watch: &Watch) {
    for at in watch.through(1..tokens.len().saturating_sub(1)) {
        match tokens[at].as_ref() {
            "." => join_initial(tokens, labels, at, kinds),
            "," => join_form(tokens, labels, at, kinds),
            _ => {}
        }
    }
}

/// Joins the parts of a person's name around the stop of an initial.
fn join_initial<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], stop: usize, kinds: Kinds) {
    let Some(person) = kinds.person else { return };
    let initial = stop - 1;
    let is_initial = {
        let mut letters = tokens[initial].as_ref().chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
    };
    if !is_initial || !is_capitalised(tokens[stop + 1].as_ref()) {
        return;
    }
    let is_person = |at: usize| Labels::kind(labels[at]) == Some(person);
    let (left, inside, right) = (stop > 1 && is_person(stop - 2), is_person(initial), is_person(stop + 1));
    let open = left || inside || labels[initial] == 0;
    if !((right && open) || (left && inside && labels[stop + 1] == 0)) {
        return;
    }
    let start = if left { start_of(labels, stop - 2) } else { start_of(labels, initial) };
    let end = if right { end_of(labels, stop + 1) } else { stop + 2 };
    set(labels, start, end, person);
}

/// Joins a company and the legal form after its comma.
fn join_form<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], comma: usize, kinds: Kinds) {
    /// The maximum number of words of a name that has no label.
    const LONGEST: usize = 4;
    let Some(organisation) = kinds.organisation else { return };
    let text = |at: usize| tokens.get(at).map_or("", AsRef::as_ref);
    let form = text(comma + 1);
    let shouted = matches!(form.trim_end_matches('.'), "INC" | "LTD" | "CORP");
    let last = comma - 1;
    if !(shouted || is_legal_form(form)) || !text(last).starts_with(char::is_uppercase) {
        return;
    }
    let start = if labels[last] != 0 {
        start_of(labels, last)
    } else if shouted {
        last
    } else {
        let is_name = |&at: &usize| labels[at] == 0 && at > 0 && is_capitalised(text(at));
        (0..last).rev().take(LONGEST - 1).take_while(is_name).last().unwrap_or(last)
    };
    let end = comma + 2 + usize::from(!form.ends_with('.') && text(comma + 2) == ".");
    set(labels, start, end, organisation);
}

/// Removes quotes and dashes at the ends of a name. A stop or a bracket can be part of it.
pub(super) fn trim_marks<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], span: &mut Span) {
    let is_mark = |at: usize| !tokens[at].as_ref().contains(char::is_alphanumeric);
    while span.start < span.end
        && (is_mark(span.start)
            || (span.end - span.start > 1 && matches!(tokens[span.start].as_ref(), "'s" | "’s")))
    {
        clear(labels, span.start, span.start + 1);
        span.start += 1;
    }
    while span.start < span.end
        && is_mark(span.end - 1)
        && !matches!(tokens[span.end - 1].as_ref(), "." | ")" | "!")
    {
        span.end -= 1;
        clear(labels, span.end, span.end + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::super::repaired;

    #[test]
    fn an_initial_joins_the_names_around_its_stop() {
        assert_eq!(repaired("Lee R . Holt left", &[1, 2, 0, 1, 0]), [1, 2, 2, 2, 0]);
        assert_eq!(repaired("S . Holt left", &[0, 0, 1, 0]), [1, 2, 2, 0]);
        assert_eq!(repaired("in Plan B . Holt left", &[0, 0, 0, 0, 0, 0]), [0; 6]);
    }

    #[test]
    fn a_legal_form_after_a_comma_is_part_of_the_name() {
        assert_eq!(repaired("at Tarvex , Inc. today", &[0, 1, 0, 0, 0]), [0, 3, 4, 4, 0]);
        assert_eq!(repaired("BY TARVEX , INC .", &[0, 0, 0, 0, 0]), [0, 3, 4, 4, 4]);
    }
}
