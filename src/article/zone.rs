//! Which part of the article is each paragraph?
//!
//! One pass over the paragraphs. Captions and boilerplate are recognised by their form wherever
//! they occur; headline, byline and dateline by their form and by their position before the body.
//! Cost: one scan over the lines, and a check of the head and tail of each paragraph.

use regex::Regex;

use super::byline::{continues_byline, find_byline, says_who_filed};
use super::credit::{ends_sentence, find_credit};
use super::dateline::{Dateline, find_dateline};
use super::paragraph::paragraphs;
use super::words::{BOILERPLATE, pattern};
use crate::batch::Static;
use crate::span::ByteSpan;

/// The kind of a zone. The numbers are stored in corpora, and [`ZoneKind::bit`] uses them as bit
/// positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum ZoneKind {
    /// The title.
    Headline = 0,
    /// Place, date and agency before the first sentence.
    Dateline = 1,
    /// Who wrote it.
    Byline = 2,
    /// The story itself, one zone per paragraph.
    Body = 3,
    /// The text below a picture; its credit is stored separately.
    Caption = 4,
    /// Text that belongs to the newspaper and not to the story.
    Boilerplate = 5,
}

impl ZoneKind {
    /// All kinds, in the order of their numbers.
    pub const ALL: [Self; 6] =
        [Self::Headline, Self::Dateline, Self::Byline, Self::Body, Self::Caption, Self::Boilerplate];

    /// The name that users write.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Dateline => "dateline",
            Self::Byline => "byline",
            Self::Body => "body",
            Self::Caption => "caption",
            Self::Boilerplate => "boilerplate",
        }
    }

    /// The bit of this kind, distinct for each kind.
    pub const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// How zones are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// By the conventions of the press.
    #[default]
    Auto,
    /// Not at all: every paragraph is body.
    Plain,
}

/// A part of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone {
    /// What it is.
    pub kind: ZoneKind,
    /// Where it is, without white space at its ends.
    pub span: ByteSpan,
}

/// The credit of a caption, the parts of a dateline or the names of a byline: the details of a zone
/// in addition to its text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details {
    /// Position of the zone among the article's zones.
    pub zone: u32,
    /// The credit as printed.
    pub credit: Option<ByteSpan>,
    /// The agency or newspaper that a credit or dateline names; empty if there is none.
    pub agency: String,
    /// The photographer that a credit names; empty if there is none.
    pub photographer: String,
    /// The place that a dateline names.
    pub place: Option<ByteSpan>,
    /// The date that a dateline prints.
    pub date: Option<ByteSpan>,
    /// What a byline says after its `By`.
    pub names: Option<ByteSpan>,
}

/// The zones of an article, in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Zones {
    /// The zones.
    pub zones: Vec<Zone>,
    /// The details of captions, datelines and bylines.
    pub details: Vec<Details>,
}

/// The maximum length of a headline, in bytes.
const LONGEST_HEADLINE: usize = 220;

/// The maximum length of a paragraph that counts as boilerplate because of its opening, in bytes.
const LONGEST_BOILERPLATE: usize = 400;

/// The zones of `text` from byte `from` on (the end of its header). If the headline of the article
/// is known from a separate field, the text is not searched for one.
pub fn zones(text: &str, from: usize, layout: Layout, has_headline: bool) -> Zones {
    let mut found = Zones::default();
    if layout == Layout::Plain {
        for span in paragraphs(text, from) {
            found.push(ZoneKind::Body, span);
        }
        return found;
    }
    let mut head = Head { headline: has_headline, byline: false, body: false };
    let mut rest = paragraphs(text, from).peekable();
    while let Some(span) = rest.next() {
        let next = rest.peek().map_or("", |next| next.of(text));
        let follows = match next {
            _ if head.body => Follows::Paragraph, // it matters only before the body
            // A text with a header may be nothing but a headline; without a header, a single line
            // may be body text.
            "" if from > 0 => Follows::Nothing,
            _ => Follows::of(next),
        };
        found.paragraph(text, span, &mut head, follows);
    }
    found
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
    /// Any other paragraph.
    Paragraph,
}

impl Follows {
    fn of(next: &str) -> Self {
        if next.is_empty() {
            return Self::Alone;
        }
        match find_dateline(next) {
            Some(dateline) if dateline.is_certain(next) => Self::Dateline,
            Some(_) => Self::DatelineLike,
            None => Self::Paragraph,
        }
    }
}

/// Which of the zones before the body have been found so far.
struct Head {
    headline: bool,
    byline: bool,
    body: bool,
}

impl Zones {
    fn push(&mut self, kind: ZoneKind, span: ByteSpan) {
        self.zones.push(Zone { kind, span });
    }

    fn detail(&mut self, details: Details) {
        let zone = self.zones.len() as u32 - 1;
        self.details.push(Details { zone, ..details });
    }

    fn paragraph(&mut self, text: &str, span: ByteSpan, head: &mut Head, follows: Follows) {
        let paragraph = span.of(text);
        if is_boilerplate(paragraph) || (head.body && is_service(paragraph)) {
            self.push(ZoneKind::Boilerplate, span);
            return;
        }
        let byline =
            !head.body && !head.byline && find_byline(paragraph.lines().next().unwrap_or_default()).is_some();
        if let Some(credit) = find_credit(paragraph).filter(|_| !byline) {
            if credit.caption.is_empty() && self.captions_above(text) {
                // The credit is a separate paragraph, below its caption.
            } else {
                self.push(ZoneKind::Caption, credit.caption.shifted(span.start));
            }
            self.detail(Details {
                credit: Some(credit.credit.shifted(span.start)),
                agency: credit.agency,
                photographer: credit.photographer,
                ..Details::default()
            });
            return;
        }
        if !head.body && self.before_body(text, span, head, follows) {
            return;
        }
        let opens_body = !head.body;
        head.body = true;
        self.body(text, span, opens_body);
    }

    /// Turns the paragraph above into the caption of a credit that is a separate paragraph, if it
    /// reads like a caption: short, and without the full stop that ends body text. Returns whether
    /// it did.
    fn captions_above(&mut self, text: &str) -> bool {
        /// The maximum length of such a caption, in bytes.
        const LONGEST: u32 = 240;
        match self.zones.last_mut() {
            Some(zone)
                if matches!(zone.kind, ZoneKind::Body)
                    && zone.span.len() <= LONGEST
                    && !ends_sentence(zone.span.of(text)) =>
            {
                zone.kind = ZoneKind::Caption;
                true
            }
            _ => false,
        }
    }

    /// Takes a paragraph before the body as byline or headline, or as both if they share it line by
    /// line. Returns whether it did.
    fn before_body(&mut self, text: &str, span: ByteSpan, head: &mut Head, follows: Follows) -> bool {
        let paragraph = span.of(text);
        if let Some(names) = find_byline(paragraph).filter(|_| !head.byline && !paragraph.contains('\n')) {
            self.byline(span, paragraph, names, head);
            return true;
        }
        let follows_headline = self.zones.last().is_some_and(|zone| zone.kind == ZoneKind::Headline);
        if follows_headline && says_who_filed(paragraph) {
            self.byline(span, paragraph, paragraph, head);
            return true;
        }
        // A headline or byline on the first line, with more below it.
        if let Some((first, below)) = paragraph.split_once('\n') {
            let line = ByteSpan::new(span.start, span.start + first.len() as u32).trimmed(text);
            let below = ByteSpan::new(span.end - below.len() as u32, span.end).trimmed(text);
            let next = below.of(text);
            if let Some(names) = find_byline(line.of(text)).filter(|_| !head.byline) {
                if !next.contains('\n') && continues_byline(next) {
                    let names = &paragraph[line.len() as usize - names.len()..];
                    self.byline(span, paragraph, names, head);
                } else {
                    self.byline(line, line.of(text), names, head);
                    self.paragraph(text, below, head, follows);
                }
                return true;
            }
            let second = next.lines().next().unwrap_or_default().trim_end();
            if !head.headline
                && is_headline(line.of(text))
                && (find_byline(second).is_some() || find_dateline(next).is_some())
            {
                self.push(ZoneKind::Headline, line);
                head.headline = true;
                self.paragraph(text, below, head, follows);
                return true;
            }
        }
        let may_be_headline = if head.byline {
            matches!(follows, Follows::Dateline | Follows::DatelineLike)
        } else {
            follows != Follows::Alone
        };
        // A paragraph before a dateline is not body text, even if it ends in a full stop.
        let fits = is_headline(paragraph) || follows == Follows::Dateline && has_form_of_headline(paragraph);
        if !head.headline && may_be_headline && fits && find_dateline(paragraph).is_none() {
            self.push(ZoneKind::Headline, span);
            head.headline = true;
            return true;
        }
        false
    }

    fn byline(&mut self, span: ByteSpan, line: &str, names: &str, head: &mut Head) {
        self.push(ZoneKind::Byline, span);
        let start = span.start + (line.len() - names.len()) as u32;
        self.detail(Details { names: Some(ByteSpan::new(start, span.end)), ..Details::default() });
        head.byline = true;
    }

    /// Adds a body paragraph: a dateline at its start and the agency's sign-off at its end become
    /// separate zones.
    fn body(&mut self, text: &str, span: ByteSpan, opens_body: bool) {
        let paragraph = span.of(text);
        let mut start = span.start;
        if let Some(Dateline { span: line, place, date, agency }) =
            opens_body.then(|| find_dateline(paragraph)).flatten()
        {
            self.push(ZoneKind::Dateline, line.shifted(span.start));
            self.detail(Details {
                agency: agency.map(|agency| agency.of(paragraph).to_owned()).unwrap_or_default(),
                place: place.map(|place| place.shifted(span.start)),
                date: date.map(|date| date.shifted(span.start)),
                ..Details::default()
            });
            start += line.end;
        }
        let sign_off = sign_off(paragraph).map_or(span.end, |at| span.start + at as u32);
        let body = ByteSpan::new(start, sign_off.max(start)).trimmed(text);
        if !body.is_empty() {
            self.push(ZoneKind::Body, body);
        }
        if sign_off < span.end {
            self.push(ZoneKind::Boilerplate, ByteSpan::new(sign_off, span.end));
        }
    }
}

/// Whether a paragraph could be a headline: it has the form of one, and does not end like a
/// sentence.
fn is_headline(paragraph: &str) -> bool {
    has_form_of_headline(paragraph)
        && (!ends_sentence(paragraph) || paragraph.ends_with('?') || ends_in_abbreviation(paragraph))
}

/// Whether a paragraph is short, and is one line or one line broken in two.
fn has_form_of_headline(paragraph: &str) -> bool {
    paragraph.len() <= LONGEST_HEADLINE
        && paragraph.matches('\n').count() <= usize::from(paragraph.len() <= LONGEST_HEADLINE * 2 / 3)
        && paragraph.chars().any(char::is_alphanumeric)
        && !paragraph.starts_with(['•', '-', '*', '–', '—', '·'])
}

/// Whether the last full stop belongs to an abbreviation such as `U.S.`, which a headline may end
/// in.
fn ends_in_abbreviation(paragraph: &str) -> bool {
    let last = paragraph.rsplit(' ').next().unwrap_or_default();
    last.len() >= 4 && last.split_terminator('.').all(|piece| piece.chars().count() == 1)
}

fn is_boilerplate(paragraph: &str) -> bool {
    if paragraph.len() > LONGEST_BOILERPLATE {
        return false;
    }
    if paragraph.bytes().all(|byte| matches!(byte, b'_' | b'-' | b'*' | b'=' | b' ')) {
        return true;
    }
    BOILERPLATE.open(paragraph.trim_start_matches(['•', '*', '·', '▶', '>', ' ']))
}

/// Whether a short paragraph after the start of the body serves the newspaper: it gives an e-mail
/// address to write to, or says who reported from where.
fn is_service(paragraph: &str) -> bool {
    static REPORTED: Static<Regex> = Static::new(|| {
        pattern(
            r"^(?:\p{Lu}[\p{L}'’.-]*,? (?:and )?){1,8}(?:reported|contributed) from \p{Lu}[^.!?]*\.$|^--\s?\p{Lu}+$",
        )
    });
    static ADDRESS: Static<Regex> = Static::new(|| {
        pattern(
            r"(?:^(?i:contact|do|e-?mail|follow|got|have|if|join|letters|send|to|write|you)\b|reached at).*\S@\w[\w-]*\.\w",
        )
    });
    paragraph.len() <= LONGEST_BOILERPLATE / 2
        && (paragraph.contains('@') && ADDRESS.is_match(paragraph) && !paragraph.contains(['"', '“'])
            || (paragraph.ends_with('.') || paragraph.starts_with("--")) && REPORTED.is_match(paragraph))
}

/// Where the agency's sign-off at the end of a paragraph begins: `(Reporting by …; Editing by …)`.
fn sign_off(paragraph: &str) -> Option<usize> {
    const OPENINGS: [&str; 7] = [
        "(reporting",
        "(additional reporting",
        "(writing",
        "(editing",
        "(compiled by",
        "(with reporting",
        "(by ",
    ];
    /// How many characters after the bracket are compared, at least as many as in any opening.
    const HEAD: usize = 24;
    if !paragraph.trim_end_matches('.').ends_with(')') {
        return None;
    }
    let at = paragraph.rfind('(')?;
    let opening: String = paragraph[at..].chars().take(HEAD).collect::<String>().to_lowercase();
    (at > 0 && OPENINGS.iter().any(|known| opening.starts_with(known)) && paragraph[at..].contains(" by "))
        .then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(ZoneKind, &str)> {
        let found = zones(text, 0, Layout::Auto, false);
        found.zones.iter().map(|zone| (zone.kind, zone.span.of(text))).collect()
    }

    #[test]
    fn what_a_dateline_follows_is_a_headline_even_with_a_stop() {
        let expected = [
            (ZoneKind::Headline, "Court stops the law."),
            (ZoneKind::Dateline, "JACKSON, Miss. -"),
            (ZoneKind::Body, "A judge stopped it."),
        ];
        assert_eq!(kinds("Court stops the law.\n\nJACKSON, Miss. - A judge stopped it."), expected);
    }

    #[test]
    fn a_sentence_before_others_is_body() {
        for next in ["A judge stopped it.", "Paris — the judge's dog — bit one of them."] {
            let text = format!("Court stops the law.\n\n{next}");
            assert_eq!(kinds(&text)[0], (ZoneKind::Body, "Court stops the law."), "{next}");
        }
    }
}
