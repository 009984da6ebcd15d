//! What is a zone?

use super::paragraph::Paragraphs;
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
    /// By the mark-up: each text is an HTML page, or a piece of one.
    Html,
}

/// How an article is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cut {
    /// How zones are found.
    pub layout: Layout,
    /// What separates paragraphs.
    pub paragraphs: Paragraphs,
}

/// A part of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone {
    /// What it is.
    pub kind: ZoneKind,
    /// Where it is, without white space at its ends.
    pub span: ByteSpan,
}

/// A part of an article of which it is known what it is, since it came in a format that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// What it is.
    pub kind: ZoneKind,
    /// Where it is; without its credit, if it is a caption.
    pub span: ByteSpan,
    /// The credit of a caption.
    pub credit: Option<ByteSpan>,
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
    /// From the first to the last name of a byline; all that it says after its `By` if it names an
    /// agency and nobody.
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

impl Zones {
    /// If an article would have no body but captions, their text is its body. Each credit stays a
    /// caption without a text.
    pub(super) fn keep_text_of_captions(&mut self) {
        if let ([Zone { kind: ZoneKind::Boilerplate, span }], [_]) = (&self.zones[..], &self.details[..]) {
            // A credit is never all of an article either: `Sun.`
            *self = Self { zones: vec![Zone { kind: ZoneKind::Body, span: *span }], details: Vec::new() };
            return;
        }
        let has_text = |zone: &Zone| zone.kind == ZoneKind::Caption && !zone.span.is_empty();
        let zones = &self.zones;
        if zones.iter().any(|zone| zone.kind == ZoneKind::Body) || !zones.iter().any(has_text) {
            return;
        }
        let mut new = Zones::default();
        let mut details = std::mem::take(&mut self.details).into_iter().peekable();
        for (at, zone) in std::mem::take(&mut self.zones).into_iter().enumerate() {
            let detail = details.next_if(|detail| detail.zone as usize == at);
            let credit = detail.as_ref().and_then(|detail| detail.credit);
            let kept = if has_text(&zone) { Zone { kind: ZoneKind::Body, ..zone } } else { zone };
            if kept.kind != ZoneKind::Body {
                new.details.extend(detail.map(|detail| Details { zone: new.zones.len() as u32, ..detail }));
                new.zones.push(kept);
                continue;
            }
            let Some(credit) = credit else {
                new.zones.push(kept);
                continue;
            };
            let empty = Zone { kind: ZoneKind::Caption, span: ByteSpan::new(credit.start, credit.start) };
            let (first, second) = if credit.start < kept.span.start { (empty, kept) } else { (kept, empty) };
            let position = new.zones.len() as u32 + u32::from(first == kept);
            new.details.extend(detail.map(|detail| Details { zone: position, ..detail }));
            new.zones.extend([first, second]);
        }
        *self = new;
    }
}
