//! What was glued to a name?
//!
//! The picture agency of a credit: `Hyde Park Getty`. Where a company or person is from:
//! `Ohio-based Kroger`.

use super::lists::{is_country, is_given_name, is_group, is_region, is_town};
use super::{Kinds, clear, continues};
use crate::tagger::label::{Labels, Span, set};

/// The words that follow a hyphen after a place.
const BASED: [&str; 5] = ["-based", "-born", "-area", "-listed", "-bound"];

/// Sets apart a picture agency whose credit was glued to a name: `Hyde Park Getty`, `England
/// Reuters`, `Photo: Getty`. Returns what is left of the name.
pub(super) fn trim_source<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], span: Span, kinds: Kinds) -> Span {
    /// What a credit ends in, and a name of a place or organisation does not.
    const SOURCES: [&str; 9] =
        ["AFP", "AP", "Alamy", "EPA", "GETTY", "Getty", "REUTERS", "Reuters", "Shutterstock"];
    /// What may follow in the name of the agency itself.
    const PARTS: [&str; 6] = ["AsiaPac", "Entertainment", "Europe", "Inc", "North", "Sport"];
    let Some(organisation) = kinds.organisation else { return span };
    let Span { start, end, kind } = span;
    let text = |at: usize| tokens[at].as_ref();
    let is_getty_images =
        |at: usize| at + 1 < end && text(at) == "Getty" && text(at + 1).eq_ignore_ascii_case("Images");
    if end - start > 2 && is_getty_images(start) && !PARTS.contains(&text(start + 2)) {
        clear(labels, start + 2, end);
        set(labels, start, start + 2, organisation);
        return Span { end: start + 2, kind: organisation, ..span };
    }
    let is_person = Some(kind) == kinds.person;
    let is_place = |tokens: &[T]| is_region(tokens) || is_town(tokens) || is_country(tokens);
    let glued = |at: &usize| {
        let (at, is_last) = (*at, *at + 1 == end);
        // `J. Paul Getty Museum` is one name.
        let in_caption = is_last || text(at) == "Getty" && is_place(&tokens[start..at]);
        is_getty_images(at) || !is_person && in_caption && SOURCES.contains(&text(at))
    };
    let Some(source) = (start + 1..end).find(glued).filter(|&at| text(at - 1) != "Thomson") else {
        return span;
    };
    let after = source + if is_getty_images(source) { 2 } else { 1 };
    // What follows begins the next caption.
    clear(labels, after, end);
    set(labels, source, after, organisation);
    let labelled =
        (start..source).any(|at| matches!(text(at), ":" | "Photo" | "Photos" | "Picture" | "Image"));
    if labelled {
        labels[start..source].fill(0);
        return Span { start: source, end: after, kind: organisation };
    }
    Span { end: source, ..span }
}

/// Sets apart where an organisation or a person is from: `Ohio-based` before `Kroger`. What has a
/// base is an organisation, unless it is a person with a given name. Returns what is left of the
/// name.
pub(super) fn trim_home<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], span: Span, kinds: Kinds) -> Span {
    let Span { start, end, kind } = span;
    let home = |at: &usize| BASED.iter().find(|ending| tokens[*at].as_ref().ends_with(**ending));
    let Some((at, ending)) = (start..end - 1).find_map(|at| home(&at).map(|ending| (at, *ending))) else {
        return span;
    };
    clear(labels, start, at + 1);
    let is_person = Some(kind) == kinds.person && is_given_name(tokens[at + 1].as_ref());
    let is_firm = matches!(ending, "-based" | "-listed") && !is_person;
    let kind = kinds.organisation.filter(|_| is_firm).unwrap_or(kind);
    set(labels, at + 1, end, kind);
    Span { start: at + 1, end, kind }
}

/// Labels the town of `San Francisco-based`, whose last word continues.
pub(super) fn label_based<T: AsRef<str>>(
    tokens: &[T],
    labels: &mut [u8],
    at: usize,
    place: usize,
    group: Option<usize>,
) {
    let word = tokens[at].as_ref();
    let Some(stem) = BASED.iter().find_map(|end| word.strip_suffix(end)) else { return };
    // `South African-based`: a nationality.
    if let Some(group) = group.filter(|_| is_group(tokens[at - 1].as_ref(), stem)) {
        set(labels, at - 1, at + 1, group);
        return;
    }
    let is_free = |label: u8| label == 0 || Labels::kind(label) == Some(place);
    if is_free(labels[at])
        && is_free(labels[at - 1])
        && !continues(labels, at + 1)
        && is_town(&[tokens[at - 1].as_ref(), stem])
    {
        set(labels, at - 1, at + 1, place);
    }
}
