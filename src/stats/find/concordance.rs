//! What does a concordance look like?
//!
//! A [`Context`] is a match and the text around it; [`Lines`] are rows as they grow, and [`table`]
//! joins them.

use std::ops::Range;

use crate::article::ZoneKind;
use crate::batch::Watch;
use crate::corpus::Corpus;
use crate::error::Result;
use crate::span::ByteSpan;
use crate::table::{Column, Strings, Table, Values};

/// A match and the text around it.
pub(crate) struct Context<'a> {
    /// The text from the first token to the last.
    pub(crate) text: &'a str,
    /// The spans of the tokens: at least one, that of the match.
    pub(crate) tokens: &'a [ByteSpan],
    /// Which of the tokens form the match.
    pub(crate) own: Range<usize>,
}

impl Context<'_> {
    pub(crate) fn matched(&self) -> ByteSpan {
        ByteSpan::new(self.tokens[self.own.start].start, self.tokens[self.own.end - 1].end)
    }

    fn piece(&self, span: ByteSpan) -> &str {
        span.since(self.tokens[0].start).of(self.text)
    }

    /// Appends some of the tokens as the text has them, with white space normalised.
    fn print(&self, tokens: Range<usize>, texts: &mut Strings) {
        let tokens = &self.tokens[tokens];
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return texts.push("") };
        let (bytes, base) = (self.text.as_bytes(), self.tokens[0].start);
        let gap = |pair: &[ByteSpan]| &bytes[(pair[0].end - base) as usize..(pair[1].start - base) as usize];
        if tokens.windows(2).all(|pair| matches!(gap(pair), b"" | b" ")) {
            return texts.push(self.piece(ByteSpan::new(first.start, last.end)));
        }
        // Adjacent tokens without a space between them are one piece.
        texts.push_joined(tokens.chunk_by(|one, next| one.end >= next.start).map(|run| {
            let end = run.last().map_or(run[0].end, |span| span.end);
            self.piece(ByteSpan::new(run[0].start, end))
        }));
    }
}

/// Rows of the table, as they grow.
#[derive(Default)]
pub(crate) struct Lines {
    positions: Vec<u32>,
    zones: Vec<u32>,
    starts: Vec<i64>,
    ends: Vec<i64>,
    left: Strings,
    matches: Strings,
    right: Strings,
}

impl Lines {
    pub(crate) fn push(
        &mut self,
        position: u32,
        zone: ZoneKind,
        (start, end): (i64, i64),
        context: &Context<'_>,
    ) {
        self.positions.push(position);
        self.zones.push(zone as u32);
        self.starts.push(start);
        self.ends.push(end);
        context.print(0..context.own.start, &mut self.left);
        self.matches.push(context.piece(context.matched()));
        context.print(context.own.end..context.tokens.len(), &mut self.right);
    }
}

pub(crate) fn table(corpus: &Corpus, all: &[Lines], watch: &Watch) -> Result<Table> {
    let lines = || watch.through(all);
    let positions: Vec<u32> = lines().flat_map(|lines| &lines.positions).copied().collect();
    let zones: Vec<u32> = lines().flat_map(|lines| &lines.zones).copied().collect();
    let names = ZoneKind::ALL.map(ZoneKind::name).into_iter().collect();
    let texts = |of: fn(&Lines) -> &Strings| {
        let (count, bytes) = all
            .iter()
            .map(of)
            .fold((0, 0), |(count, bytes), strings| (count + strings.len(), bytes + strings.joined().len()));
        let mut texts = Strings::with_capacity(count, bytes);
        lines().map(of).for_each(|strings| texts.append(strings));
        Values::Text(texts)
    };
    Table::new()
        .with("article", corpus.ids_of(&positions, watch)?)?
        .with("zone", Values::Category(zones, names))?
        .with("start", Column::int(lines().flat_map(|lines| lines.starts.iter().copied())))?
        .with("end", Column::int(lines().flat_map(|lines| lines.ends.iter().copied())))?
        .with("left", texts(|lines| &lines.left))?
        .with("match", texts(|lines| &lines.matches))?
        .with("right", texts(|lines| &lines.right))
}
