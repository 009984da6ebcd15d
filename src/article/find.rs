//! Which part of the article is each paragraph?
//!
//! One pass over the paragraphs. Captions and boilerplate are recognised by their form wherever
//! they occur; headline, byline and dateline by their form and by their position before the body.
//! At the end, what signs off after the last paragraph of the body is set apart, and an article
//! that would have captions only keeps their text as body. Cost: one scan over the lines, and a
//! check of the head and tail of each paragraph.

use std::borrow::Cow;

use super::author::authors;
use super::byline::{
    continues_byline, find_byline, is_bare_name, is_line_of_authors, is_office_line, says_who_filed,
};
use super::credit::{Credit, ends_sentence, find_credit};
use super::dateline::{Dateline, find_dateline, find_dateline_behind_byline};
use super::furniture::{closes_article, is_furniture, is_service, sign_offs};
use super::gallery::{Gallery, Part, credit_of_slide};
use super::headline::{LONGEST_HEADLINE, has_form_of_headline, is_headline, is_version, pieces_of_copy};
use super::label::{after_buttons, find_labelled, find_pictured, is_bare_label};
use super::paragraph::{Paragraphs, Piece, paragraphs};
use super::scene::is_scene;
use super::words::is_agency;
use super::zone::{Cut, Details, Layout, Zone, ZoneKind, Zones};
use crate::span::ByteSpan;

/// The maximum length of a caption whose credit is a separate line or paragraph, in bytes.
const LONGEST_CAPTION_ABOVE: u32 = 400;

/// The zones of `text` from byte `from` on (the end of its header). If the headline of the article
/// came in a separate field, the text is not searched for one, and a paragraph that repeats
/// it is boilerplate.
pub fn zones(text: &str, from: usize, cut: Cut, headline: &str) -> Zones {
    let pieces = paragraphs(text, from, cut.paragraphs);
    if cut.layout == Layout::Plain {
        let zones = pieces.iter().map(|piece| Zone { kind: ZoneKind::Body, span: piece.span }).collect();
        return Zones { zones, details: Vec::new() };
    }
    let flat = cut.paragraphs == Paragraphs::Auto;
    let mut finder = Finder::new(text, pieces, flat, from, headline);
    let mut at = 0;
    while at < finder.pieces.len() {
        at += finder.step(at);
    }
    finder.set_apart_sign_offs();
    finder.found.keep_text_of_captions();
    finder.found
}

/// What follows a paragraph that may be a headline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Follows {
    /// Nothing, in a text that has a header.
    Nothing,
    /// Nothing, in a text of a single paragraph.
    Alone,
    /// A paragraph with a dateline that has an agency or prints its place in capitals.
    Dateline,
    /// A paragraph with any other dateline, which may still be a sentence.
    DatelineLike,
    /// A byline.
    Byline,
    /// Any other paragraph.
    Paragraph,
}

#[expect(clippy::struct_excessive_bools, reason = "independent facts about the text")]
pub(super) struct Finder<'a> {
    text: &'a str,
    pieces: Vec<Piece>,
    /// Whether blank lines separate some of the paragraphs.
    blocks: bool,
    /// Whether line ends inside a paragraph are white space.
    flat: bool,
    has_header: bool,
    /// The headline: the field, or the paragraph that was found to be it.
    headline: Option<&'a str>,
    /// Whether the headline is a field.
    given: bool,
    byline: bool,
    dateline: bool,
    /// How many body paragraphs were found so far.
    bodies: u32,
    gallery: Option<Gallery>,
    pub(super) found: Zones,
}

impl<'a> Finder<'a> {
    /// Looks for the zones of `text`, which has a header up to byte `from`.
    pub(super) fn new(text: &'a str, pieces: Vec<Piece>, flat: bool, from: usize, headline: &'a str) -> Self {
        let given = !headline.trim().is_empty();
        Self {
            text,
            blocks: pieces.iter().skip(1).any(|piece| piece.opens_block),
            pieces,
            flat,
            has_header: from > 0,
            headline: given.then_some(headline),
            given,
            byline: false,
            dateline: false,
            bodies: 0,
            gallery: Gallery::find(text),
            found: Zones::default(),
        }
    }

    /// Whether body was found.
    pub(super) fn has_body(&self) -> bool {
        self.bodies > 0
    }

    /// A paragraph, with its line ends as blanks if the text is hard-wrapped; byte for byte as long
    /// as in the text.
    fn paragraph(&self, at: usize) -> Cow<'a, str> {
        let piece = self.pieces.get(at).map_or("", |piece| piece.span.of(self.text));
        if self.flat && memchr::memchr2(b'\n', b'\r', piece.as_bytes()).is_some() {
            Cow::Owned(piece.replace(['\n', '\r'], " "))
        } else {
            Cow::Borrowed(piece)
        }
    }

    pub(super) fn push(&mut self, kind: ZoneKind, span: ByteSpan) {
        self.found.zones.push(Zone { kind, span });
    }

    pub(super) fn detail(&mut self, details: Details) {
        let zone = self.found.zones.len() as u32 - 1;
        self.found.details.push(Details { zone, ..details });
    }

    /// Adds the paragraph at a position; returns how many paragraphs that took.
    fn step(&mut self, at: usize) -> usize {
        let before_body = self.bodies == 0;
        if before_body {
            if let Some(taken) = self.copy(at) {
                return taken;
            }
            self.split_first_line(at);
        }
        let span = self.pieces[at].span;
        let paragraph = self.paragraph(at);
        if before_body && self.leads(at, &paragraph) {
            return self.take_headline(span);
        }
        if self.take_slides(span) {
            return 1;
        }
        let is_labelled = || find_labelled(&paragraph).is_some_and(|found| !found.caption.is_empty());
        if (is_furniture(&paragraph) || !before_body && is_service(&paragraph)) && !is_labelled() {
            self.push(ZoneKind::Boilerplate, span);
            return 1;
        }
        let byline = before_body
            && (find_byline(&paragraph).is_some()
                || self.below_headline() && !self.byline && self.names_authors(at, &paragraph));
        if !byline && let Some(taken) = self.caption(at, &paragraph) {
            return taken;
        }
        if before_body && let Some(taken) = self.before_body(at, &paragraph) {
            return taken;
        }
        self.body(span, &paragraph);
        1
    }

    /// Takes a paragraph that is, in part at least, a gallery; returns whether it is.
    fn take_slides(&mut self, span: ByteSpan) -> bool {
        let parts = self.gallery.as_ref().map_or_else(Vec::new, |gallery| gallery.parts_of(self.text, span));
        for part in &parts {
            match *part {
                Part::Page(span) => self.push(ZoneKind::Boilerplate, span),
                Part::Slide(span) => match credit_of_slide(span.of(self.text)) {
                    Some(credit) => {
                        self.push(ZoneKind::Caption, credit.caption.shifted(span.start));
                        self.credit(credit, span.start);
                    }
                    None => self.push(ZoneKind::Caption, span),
                },
                Part::Story(span) => self.body(span, span.of(self.text)),
            }
        }
        !parts.is_empty()
    }

    /// Takes paragraphs that repeat the headline.
    fn copy(&mut self, at: usize) -> Option<usize> {
        let headline = self.headline?;
        let pieces = self.pieces[at..].iter().map(|piece| piece.span.of(self.text));
        let taken = pieces_of_copy(headline, pieces).or_else(|| {
            // Another version of the headline, where nothing else can be.
            let version = self.given
                && self.follows(at) == Follows::Dateline
                && has_form_of_headline(&self.paragraph(at))
                && is_version(headline, &self.paragraph(at));
            version.then_some(1)
        })?;
        for piece in at..at + taken {
            self.push(ZoneKind::Boilerplate, self.pieces[piece].span);
        }
        Some(taken)
    }

    /// Where only blank lines separate paragraphs, parts the line of a headline or byline from the
    /// lines below it.
    fn split_first_line(&mut self, at: usize) {
        let span = self.pieces[at].span;
        let Some((first, below)) = span.of(self.text).split_once('\n').filter(|_| !self.flat) else { return };
        let line = ByteSpan::new(span.start, span.start + first.len() as u32).trimmed(self.text);
        let below = ByteSpan::new(span.end - below.len() as u32, span.end).trimmed(self.text);
        let (first, second) = (line.of(self.text), below.of(self.text));
        let second_line = second.lines().next().unwrap_or_default().trim_end();
        let heads = self.headline.is_none()
            && is_headline(first)
            && (find_byline(second_line).is_some() || find_dateline(second).is_some());
        if heads || find_byline(first).is_some() {
            let piece = Piece { span: below, opens_block: false };
            self.pieces[at].span = line;
            self.pieces.insert(at + 1, piece);
        }
    }

    fn follows(&self, at: usize) -> Follows {
        if self.pieces.len() == at + 1 {
            // A text with a header may be nothing but a headline; without a header, a single line
            // may be body text.
            return if self.has_header { Follows::Nothing } else { Follows::Alone };
        }
        let next = self.paragraph(at + 1);
        match find_dateline(&next) {
            Some(dateline) if dateline.is_certain(&next) => Follows::Dateline,
            Some(_) => Follows::DatelineLike,
            None if find_byline(&next).is_some() => Follows::Byline,
            None => Follows::Paragraph,
        }
    }

    /// Whether the first paragraph is a headline although it opens like furniture of the page or
    /// like a credit: `Watch: Storm hits Braga`, `Photos: Floods in Porto`.
    fn leads(&self, at: usize, paragraph: &str) -> bool {
        const LEAST_WORDS: usize = 3;
        const HARD: [&str; 12] = [
            "©",
            "(c)",
            "advertisement",
            "all rights",
            "copyright",
            "follow ",
            "image ",
            "listen to",
            "loading",
            "media ",
            "share",
            "this ",
        ];
        let lower = || paragraph.chars().take(16).collect::<String>().to_lowercase();
        self.headline.is_none()
            && self.found.zones.is_empty()
            && is_headline(paragraph)
            && paragraph.split_whitespace().count() >= LEAST_WORDS
            && (is_furniture(paragraph)
                || find_pictured(paragraph).is_some()
                || find_credit(paragraph)
                    .is_some_and(|credit| credit.caption.is_empty() && credit.agency.is_empty()))
            && paragraph.starts_with(char::is_alphanumeric)
            && !HARD.iter().any(|hard| lower().starts_with(hard))
            && (self.has_header
                || matches!(self.follows(at), Follows::Dateline | Follows::DatelineLike | Follows::Byline))
    }

    fn take_headline(&mut self, span: ByteSpan) -> usize {
        self.push(ZoneKind::Headline, span);
        self.headline = Some(span.of(self.text));
        1
    }

    /// Takes a paragraph as a caption, together with the next if that is its credit or its text.
    fn caption(&mut self, at: usize, paragraph: &str) -> Option<usize> {
        let span = self.pieces[at].span;
        if let Some(labelled) = find_labelled(paragraph) {
            let next = self.pieces.get(at + 1).map(|piece| piece.span.start);
            let below = (labelled.caption.is_empty()
                && self.found.zones.len() > usize::from(self.headline.is_some()))
            .then(|| find_labelled(&self.paragraph(at + 1)))
            .flatten()
            .filter(|below| below.credit.is_empty());
            if let (Some(below), Some(start)) = (below, next) {
                self.push(ZoneKind::Caption, below.caption.shifted(start));
                self.credit(labelled, span.start);
                return Some(2);
            }
            self.push_caption(span, &labelled);
            self.credit(labelled, span.start);
            return Some(1);
        }
        if is_bare_label(paragraph) {
            self.push(ZoneKind::Boilerplate, span);
            let below = self.paragraph(at + 1);
            let is_text = !below.is_empty() && below.len() <= LONGEST_CAPTION_ABOVE as usize;
            if is_text && !ends_sentence(&below) && find_labelled(&below).is_none() {
                self.push(ZoneKind::Caption, self.pieces[at + 1].span);
                return Some(2);
            }
            return Some(1);
        }
        if let Some(credit) = find_credit(paragraph) {
            if !(credit.caption.is_empty()
                && !is_agency(credit.credit.of(paragraph))
                && self.captions_above())
            {
                self.push_caption(span, &credit);
            }
            self.credit(credit, span.start);
            return Some(1);
        }
        if let Some(text) = find_pictured(paragraph) {
            self.push(ZoneKind::Caption, text.shifted(span.start));
            return Some(1);
        }
        if is_scene(paragraph) {
            self.push(ZoneKind::Caption, span);
            return Some(1);
        }
        let credit = self.credit_below(at)?;
        self.push(ZoneKind::Caption, span);
        self.credit(credit, self.pieces[at + 1].span.start);
        Some(2)
    }

    /// A caption; an agency that is alone is the rest of one, and boilerplate.
    fn push_caption(&mut self, span: ByteSpan, credit: &Credit) {
        if credit.caption.is_empty() && credit.photographer.is_empty() && !credit.agency.is_empty() {
            self.push(ZoneKind::Boilerplate, span);
        } else {
            let mut text = credit.caption;
            text.start = text.end.min(text.start + after_buttons(text.of(span.of(self.text))));
            self.push(ZoneKind::Caption, text.shifted(span.start));
        }
    }

    pub(super) fn credit(&mut self, credit: Credit, start: u32) {
        self.detail(Details {
            credit: Some(credit.credit.shifted(start)).filter(|span| !span.is_empty()),
            agency: credit.agency,
            photographer: credit.photographer,
            ..Details::default()
        });
    }

    /// The credit on the line below a caption, where blank lines set both apart from the
    /// paragraphs.
    fn credit_below(&self, at: usize) -> Option<Credit> {
        let piece = self.pieces[at];
        if !self.two_lines(at) || piece.span.len() > LONGEST_CAPTION_ABOVE {
            return None;
        }
        find_credit(&self.paragraph(at + 1)).filter(|credit| credit.caption.is_empty())
    }

    /// Whether a paragraph and the next one are a block of two lines between blank lines.
    fn two_lines(&self, at: usize) -> bool {
        self.blocks
            && self.pieces[at].opens_block
            && self.pieces.get(at + 1).is_some_and(|piece| !piece.opens_block)
            && self.pieces.get(at + 2).is_none_or(|piece| piece.opens_block)
    }

    /// Turns the paragraph above into the caption of a credit that is a separate paragraph, if it
    /// reads like a caption: short, and without the full stop that ends body text. Returns whether
    /// it did.
    fn captions_above(&mut self) -> bool {
        /// The maximum length of such a caption, in bytes.
        const LONGEST: u32 = 240;
        match self.found.zones.last_mut() {
            Some(zone)
                if matches!(zone.kind, ZoneKind::Body)
                    && zone.span.len() <= LONGEST
                    && !ends_sentence(zone.span.of(self.text)) =>
            {
                zone.kind = ZoneKind::Caption;
                self.bodies -= 1;
                true
            }
            _ => false,
        }
    }

    /// Takes a paragraph before the body as byline or headline.
    fn before_body(&mut self, at: usize, paragraph: &str) -> Option<usize> {
        let span = self.pieces[at].span;
        if let Some(dateline) = find_dateline_behind_byline(paragraph) {
            let line = ByteSpan::new(0, dateline.span.start).trimmed(paragraph);
            self.take_byline(line.shifted(span.start), line.of(paragraph));
            self.body_from(span, paragraph, Some(dateline));
            return Some(1);
        }
        if let Some(names) = find_byline(paragraph) {
            /// How many lines may continue a byline.
            const MOST_LINES: usize = 3;
            let more =
                (0..MOST_LINES).take_while(|more| continues_byline(&self.paragraph(at + 1 + more))).count();
            let end = self.pieces[at + more].span.end;
            let span = ByteSpan::new(span.start, end);
            let start = span.start as usize + paragraph.len() - names.len();
            self.take_byline(span, &self.text[start..end as usize]);
            return Some(1 + more);
        }
        let follows = self.follows(at);
        let certain = matches!(follows, Follows::Dateline | Follows::DatelineLike);
        let above_headline = self.headline.is_none() && self.is_name_above_headline(at, paragraph);
        if !self.byline && (self.below_headline() && self.names_authors(at, paragraph) || above_headline) {
            self.take_byline(span, paragraph);
            return Some(1);
        }
        if self.headline.is_some() {
            return None;
        }
        let may_be_headline = if self.byline { certain } else { follows != Follows::Alone };
        // A paragraph before a dateline is not body text, even if it ends in a full stop.
        let fits = is_headline(paragraph) || follows == Follows::Dateline && has_form_of_headline(paragraph);
        if !(may_be_headline && fits && find_dateline(paragraph).is_none()) {
            return None;
        }
        // A headline broken in two, between blank lines.
        let below = self.paragraph(at + 1);
        if self.two_lines(at)
            && self.flat
            && follows == Follows::Paragraph
            && span.len() as usize + below.len() <= LONGEST_HEADLINE * 2 / 3
            && (!ends_sentence(paragraph) || paragraph.ends_with(':'))
            && (is_headline(&below) || paragraph.ends_with([';', ',', ':']) && has_form_of_headline(&below))
            && !is_furniture(&below)
            && find_credit(&below).is_none()
        {
            let end = self.pieces[at + 1].span.end;
            self.take_headline(ByteSpan::new(span.start, end));
            return Some(2);
        }
        Some(self.take_headline(span))
    }

    fn below_headline(&self) -> bool {
        self.found.zones.last().map_or(self.given, |zone| zone.kind == ZoneKind::Headline || self.given)
    }

    /// Whether a line below a headline says who wrote the article without `By`.
    fn names_authors(&self, at: usize, paragraph: &str) -> bool {
        let follows = self.follows(at);
        let certain = matches!(follows, Follows::Dateline | Follows::DatelineLike);
        is_office_line(paragraph)
            || says_who_filed(paragraph)
            || follows != Follows::Alone && is_line_of_authors(paragraph, !certain)
    }

    /// Whether a name is above the headline of a text, where it must be that of the author.
    fn is_name_above_headline(&self, at: usize, paragraph: &str) -> bool {
        const LEAST_WORDS: usize = 4;
        let below = self.paragraph(at + 1);
        at == 0
            && is_bare_name(paragraph, false)
            && is_headline(&below)
            && below.split_whitespace().count() >= LEAST_WORDS
            && find_byline(&below).is_none()
            && matches!(self.follows(at), Follows::Paragraph)
            && self.pieces.len() > at + 2
            && matches!(self.follows(at + 1), Follows::Dateline)
    }

    pub(super) fn take_byline(&mut self, span: ByteSpan, names: &str) {
        let lead = ["By ", "BY "].iter().find(|lead| names.starts_with(**lead)).map_or(0, |lead| lead.len());
        let start = span.end - names.len() as u32;
        let people = authors(names);
        let (from, to) = match (people.first(), people.last()) {
            (Some(first), Some(last)) => (first.start, last.end),
            _ => (lead as u32, names.len() as u32),
        };
        self.push(ZoneKind::Byline, span);
        // The first byline is the one that the table of articles shows.
        if !self.byline {
            let names = Some(ByteSpan::new(start + from, start + to).trimmed(self.text));
            self.detail(Details { names, ..Details::default() });
        }
        self.byline = true;
    }

    /// Adds a body paragraph: a dateline at its start and sign-offs of the agency become separate
    /// zones.
    pub(super) fn body(&mut self, span: ByteSpan, paragraph: &str) {
        /// After how many paragraphs, such as a summary, a dateline may still come.
        const LATEST: u32 = 3;
        let dateline = if self.bodies == 0 {
            find_dateline(paragraph)
        } else if !self.dateline && self.bodies <= LATEST {
            find_dateline(paragraph)
                .filter(|found| found.is_sure(paragraph))
                .or_else(|| find_dateline_behind_byline(paragraph))
        } else {
            None
        };
        if let Some(dateline) = dateline.filter(|dateline| dateline.span.start > 0) {
            let line = ByteSpan::new(0, dateline.span.start).trimmed(paragraph);
            self.take_byline(line.shifted(span.start), line.of(paragraph));
        }
        self.body_from(span, paragraph, dateline);
    }

    fn body_from(&mut self, span: ByteSpan, paragraph: &str, dateline: Option<Dateline>) {
        let mut start = span.start;
        if let Some(Dateline { span: line, place, date, agency }) = dateline {
            self.push(ZoneKind::Dateline, line.shifted(span.start));
            self.detail(Details {
                agency: agency.map(|agency| agency.of(paragraph).to_owned()).unwrap_or_default(),
                place: place.map(|place| place.shifted(span.start)),
                date: date.map(|date| date.shifted(span.start)),
                ..Details::default()
            });
            self.dateline = true;
            start += line.end;
        }
        self.bodies += 1;
        for sign_off in sign_offs(paragraph) {
            let sign_off = sign_off.shifted(span.start);
            if sign_off.start < start {
                continue;
            }
            self.push_body(ByteSpan::new(start, sign_off.start), span);
            self.push(ZoneKind::Boilerplate, sign_off);
            start = sign_off.end;
        }
        self.push_body(ByteSpan::new(start, span.end), span);
    }

    /// Adds body text. A single symbol is not body if it is what a dateline or sign-off left of its
    /// paragraph.
    fn push_body(&mut self, span: ByteSpan, paragraph: ByteSpan) {
        let body = span.trimmed(self.text);
        if body.of(self.text).contains(char::is_alphanumeric) || body.len() > 1 || body == paragraph {
            self.push(ZoneKind::Body, body);
        }
    }

    /// Makes boilerplate of what signs off after the last paragraph of the body.
    pub(super) fn set_apart_sign_offs(&mut self) {
        let mut bodies = self.bodies;
        let details = &self.found.details;
        for (at, zone) in self.found.zones.iter_mut().enumerate().rev() {
            match zone.kind {
                // `Photographs by Marta Ruiz`: a credit without a caption.
                ZoneKind::Caption if zone.span.is_empty() && bodies > 0 => {
                    let credit = details.iter().find(|details| details.zone as usize == at);
                    if let Some(span) = credit.and_then(|details| details.credit)
                        && (closes_article(span.of(self.text))
                            || is_line_of_authors(span.of(self.text), false))
                    {
                        *zone = Zone { kind: ZoneKind::Boilerplate, span };
                    }
                }
                ZoneKind::Boilerplate | ZoneKind::Caption => {}
                ZoneKind::Body if bodies > 1 && closes_article(zone.span.of(self.text)) => {
                    zone.kind = ZoneKind::Boilerplate;
                    bodies -= 1;
                }
                _ => break,
            }
        }
    }
}
