//! Which zones has an article whose parts are known?
//!
//! A page or a wire item says what is body and what is caption. What it does not say is found as in
//! any other text: the dateline in a paragraph, the credit at the end of a caption, whom a credit
//! names, and paragraphs that belong to the newspaper.

use super::credit::find_credit;
use super::find::Finder;
use super::furniture::{is_furniture, is_service};
use super::label::find_labelled;
use super::parties::parties;
use super::zone::{Details, Known, Layout, Zone, ZoneKind, Zones};
use crate::span::ByteSpan;

/// The zones of `text`, given its parts in the order of the text.
pub fn known_zones(text: &str, parts: &[Known], layout: Layout, headline: &str) -> Zones {
    if layout == Layout::Plain {
        let body = |part: &Known| Zone { kind: ZoneKind::Body, span: part.span };
        return Zones { zones: parts.iter().map(body).collect(), details: Vec::new() };
    }
    let mut finder = Finder::new(text, Vec::new(), false, 0, headline);
    for &Known { kind, span, credit } in parts {
        let paragraph = span.of(text);
        match kind {
            ZoneKind::Body if is_furniture(paragraph) || finder.has_body() && is_service(paragraph) => {
                finder.push(ZoneKind::Boilerplate, span);
            }
            ZoneKind::Body => finder.body(span, paragraph),
            ZoneKind::Byline => finder.take_byline(span, paragraph),
            ZoneKind::Caption => caption(&mut finder, text, span, credit),
            ZoneKind::Headline | ZoneKind::Dateline | ZoneKind::Boilerplate => finder.push(kind, span),
        }
    }
    finder.set_apart_sign_offs();
    finder.found
}

/// Adds a caption, and what its credit names.
fn caption(finder: &mut Finder<'_>, text: &str, span: ByteSpan, credit: Option<ByteSpan>) {
    let Some(credit) = credit else {
        let paragraph = span.of(text);
        match find_credit(paragraph)
            .or_else(|| find_labelled(paragraph))
            .filter(|found| !found.caption.is_empty())
        {
            Some(found) => {
                finder.push(ZoneKind::Caption, found.caption.shifted(span.start));
                finder.credit(found, span.start);
            }
            None => finder.push(ZoneKind::Caption, span),
        }
        return;
    };
    finder.push(ZoneKind::Caption, span);
    let printed = credit.of(text);
    let named = find_credit(printed).filter(|found| found.caption.is_empty());
    let (agency, photographer) = if let Some(found) = named {
        (found.agency, found.photographer)
    } else {
        let found = parties(printed, printed);
        (found.agency, found.photographer)
    };
    finder.detail(Details { credit: Some(credit), agency, photographer, ..Details::default() });
}
