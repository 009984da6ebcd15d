//! Where do the names of a supplied list occur in a text?
//!
//! Names are matched word by word, with any amount of white space in between ([`piece`] says where
//! words begin and end); regular expressions are matched too. Among the leftmost matches the
//! longest is taken, and the search continues after it. Among equal matches, names take precedence
//! over patterns, and earlier entries over later ones.
//!
//! Invariants: matches are in order, do not overlap and are not empty; they depend only on the
//! text. Cost: that of [`trie`], plus that of each [`pattern`].

mod build;
mod pattern;
mod piece;
mod trie;
mod words;

pub use self::build::Builder;

use std::cmp::Reverse;

use self::pattern::{Caches, Pattern};
use self::piece::{NONE, Piece, cut, form_of, key_of, opens};
use self::trie::Trie;
use self::words::Words;
use crate::batch::{Watch, map_with_state, sort};
use crate::error::Result;
use crate::span::CharCursor;
use crate::table::{Column, Strings, Table, Values};

/// The maximum number of labels in a gazetteer.
pub const MOST_LABELS: usize = 200;

/// A name or pattern, its label, and its canonical name.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The name, or the regular expression.
    pub name: &'a str,
    /// The label.
    pub label: &'a str,
    /// The canonical name; if there is none, the name itself (for a pattern, the text that it
    /// matched).
    pub entity: Option<&'a str>,
}

/// A match: a half-open range of bytes of the text, and the entry; patterns are numbered after the
/// names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// The entry.
    pub entry: u32,
}

/// Buffers that are reused from text to text.
#[derive(Debug, Default)]
pub struct Scratch {
    pieces: Vec<Piece>,
    /// The pieces that may occur in a name, and their likely numbers.
    asked: Vec<u32>,
    likely: Vec<u32>,
    /// The pieces that names begin with, and their nodes.
    firsts: Vec<(u32, u32)>,
    key_text: String,
    spans: Vec<(usize, Reverse<usize>, u32)>,
    caches: Caches,
}

/// A text is cut into pieces in runs that end at the first blank line after this many bytes,
/// because pieces take ten times as much memory as the text.
const RUN: usize = 1 << 20;

/// Names and patterns.
#[derive(Debug, Default)]
pub struct Gazetteer {
    fold: bool,
    /// Whether its names also occur inside longer names that a tagger finds.
    inside: bool,
    words: Words,
    trie: Trie,
    patterns: Vec<Pattern>,
    /// The names, each on one line, then the patterns.
    names: Strings,
    /// The label of each.
    kinds: Vec<u8>,
    /// The entity of each; [`NONE`] if it is the name itself.
    entities: Vec<u32>,
    labels: Strings,
    pool: Strings,
    /// The number of names.
    distinct: usize,
    /// Entries that are hidden by an earlier one: their position, and the earlier entry.
    hidden: Vec<(u64, u32)>,
    /// For each name that is kept, its position among the supplied names.
    supplied: Vec<u64>,
    hidden_names: Strings,
}

impl Gazetteer {
    /// The same names; with `inside`, also where they are part of a longer name that a tagger
    /// finds:
    /// `Clinton` in `Bill Clinton`.
    #[must_use]
    pub fn with_inside(self, inside: bool) -> Self {
        Self { inside, ..self }
    }

    /// Whether its names also occur inside longer names that a tagger finds.
    pub fn is_inside(&self) -> bool {
        self.inside
    }

    /// The number of distinct names and patterns.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are no names or patterns.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of patterns.
    pub fn patterns(&self) -> usize {
        self.patterns.len()
    }

    /// The labels, in the order of their first entry.
    pub fn labels(&self) -> &Strings {
        &self.labels
    }

    /// The label of an entry, as a position in [`Gazetteer::labels`].
    pub fn label(&self, entry: u32) -> u8 {
        self.kinds[entry as usize]
    }

    /// The canonical name of an entry; `None` if it is the text that a pattern matched.
    pub fn name(&self, entry: u32) -> Option<&str> {
        match self.entities[entry as usize] {
            NONE if entry as usize >= self.distinct => None,
            NONE => Some(self.names.get(entry as usize)),
            entity => Some(self.pool.get(entity as usize)),
        }
    }

    /// The names, then the patterns: name, label, entity.
    ///
    /// # Errors
    /// None in practice: the columns have the same length.
    pub fn entries(&self) -> Result<Table> {
        let entity = |&entity: &u32| (entity != NONE).then(|| self.pool.get(entity as usize));
        Table::new()
            .with("name", Values::Text(self.names.clone()))?
            .with(
                "label",
                Values::Category(self.kinds.iter().map(|&kind| kind.into()).collect(), self.labels().clone()),
            )?
            .with("entity", Column::optional_text(self.entities.iter().map(entity)))
    }

    /// Names that were supplied again with another label or entity, and so have no effect: the
    /// entry and its name, and the entry that takes precedence, both as positions among the
    /// supplied names.
    ///
    /// # Errors
    /// None in practice: the columns have the same length.
    pub fn hidden(&self) -> Result<Table> {
        Table::new()
            .with("entry", Column::int(self.hidden.iter().map(|&(position, _)| position as i64)))?
            .with("name", Values::Text(self.hidden_names.clone()))?
            .with(
                "first",
                Column::int(self.hidden.iter().map(|&(_, first)| self.supplied[first as usize] as i64)),
            )
    }

    /// Cuts a run of a text into pieces and finds the numbers of those that occur in names; returns
    /// the end of the run.
    ///
    /// Most pieces do not occur in any name and are rejected by the filter. The others are looked
    /// up in batches of some hundreds: all loads are issued before any of their results is used.
    fn read(&self, text: &str, from: usize, scratch: &mut Scratch, watch: &Watch) -> usize {
        let Scratch { pieces, asked, likely, firsts, key_text, .. } = scratch;
        pieces.clear();
        let seed = self.words.seed;
        let end = cut(text, from, RUN, pieces, watch, |start, end, form| {
            key_of(text, (start, end), form, self.fold, seed, key_text).hash(seed)
        });
        asked.clear();
        asked.extend((0..).zip(&*pieces).filter(|(_, piece)| self.words.may_occur(piece)).map(|(at, _)| at));
        likely.clear();
        likely.extend(asked.iter().map(|&at| self.words.likely(pieces[at as usize].hash)));
        firsts.clear();
        for (&at, &likely) in watch.through(asked.iter().zip(&*likely)) {
            if likely == NONE {
                continue;
            }
            let piece = &mut pieces[at as usize];
            let (start, end) = (piece.start as usize, piece.end as usize);
            let key = key_of(text, (start, end), piece.form, self.fold, seed, key_text);
            piece.number = if self.words.is(likely, key) {
                likely
            } else if key.is_whole() {
                self.words.find(key, "")
            } else {
                self.words.find(key, form_of(&text[start..end], piece.form, self.fold, key_text))
            };
            if piece.number != NONE {
                let node = self.words.root(piece.number);
                if node != NONE {
                    firsts.push((at, node));
                }
            }
        }
        let second = |&(at, root): &(u32, u32)| self.trie.touch_second(pieces, at as usize, root);
        std::hint::black_box(firsts.iter().map(second).fold(0, |all, one| all ^ one));
        end
    }

    /// Appends the matches in a text.
    ///
    /// # Errors
    /// [`crate::error::Kind::Cancelled`].
    pub fn find(
        &self,
        text: &str,
        scratch: &mut Scratch,
        found: &mut Vec<Match>,
        watch: &Watch,
    ) -> Result<()> {
        let mut spans = std::mem::take(&mut scratch.spans);
        spans.clear();
        scratch.caches.each_match(&self.patterns, text, watch, |pattern, start, end| {
            spans.push((start, Reverse(end), (self.distinct + pattern) as u32));
        });
        // The matches of a single pattern are in order already.
        if self.patterns.len() > 1 {
            sort(&mut spans, watch)?;
        }
        let mut matched = spans
            .iter()
            .map(|&(start, Reverse(end), entry)| Match { start: start as u32, end: end as u32, entry })
            .peekable();
        let mut free = 0;
        let mut take = |taken: Match, free: &mut u32| {
            if taken.start >= *free {
                *free = taken.end;
                found.push(taken);
            }
        };
        let mut at = 0;
        while at < text.len() {
            at = self.read(text, at, scratch, watch);
            let Scratch { pieces, firsts, .. } = &*scratch;
            for &(first, root) in watch.through(firsts) {
                let (first, start) = (first as usize, pieces[first as usize].start);
                if start < free || !opens(text, pieces, first) {
                    continue;
                }
                let Some((last, entry)) = self.trie.longest(text, pieces, first, root) else { continue };
                let name = Match { start, end: pieces[last].end, entry };
                let before =
                    |span: &Match| span.start < start || (span.start == start && span.end > name.end);
                while let Some(span) = matched.next_if(before) {
                    take(span, &mut free);
                }
                take(name, &mut free);
            }
            watch.check()?;
        }
        matched.for_each(|span| take(span, &mut free));
        scratch.spans = spans;
        Ok(())
    }

    /// One row per match in these texts: article (from the ids, if there are any), start, end,
    /// text, label, entity.
    ///
    /// # Errors
    /// [`crate::error::Kind::Cancelled`].
    pub fn find_all<S: AsRef<str> + Sync>(
        &self,
        texts: &[S],
        ids: Option<&Column>,
        watch: &Watch,
    ) -> Result<Table> {
        const PIECE: usize = 64;
        let pieces: Vec<&[S]> = texts.chunks(PIECE).collect();
        let found = map_with_state(&pieces, watch, Scratch::default, |scratch, piece| {
            let matches = |text: &S| {
                let mut found = Vec::new();
                self.find(text.as_ref(), scratch, &mut found, watch)?;
                Ok(found)
            };
            piece.iter().map(matches).collect::<Result<Vec<_>>>()
        })?;
        let (mut rows, mut starts, mut ends) = (Vec::new(), Vec::new(), Vec::new());
        let (mut shown, mut kinds, mut entities) = (Strings::default(), Vec::new(), Strings::default());
        for (row, (text, found)) in texts.iter().zip(found.iter().flatten()).enumerate() {
            if found.is_empty() {
                continue;
            }
            let text = text.as_ref();
            let mut cursor = CharCursor::new(text);
            for &Match { start, end, entry } in watch.through(found) {
                rows.push(row as u32);
                starts.push(cursor.at(start as usize));
                ends.push(cursor.at(end as usize));
                let piece = &text[start as usize..end as usize];
                shown.push(piece);
                kinds.push(u32::from(self.label(entry)));
                match self.name(entry) {
                    Some(name) => entities.push(name),
                    None => entities.push_joined(piece.split_whitespace()),
                }
            }
        }
        watch.check()?;
        let article = match ids {
            Some(ids) => ids.take(&rows, watch)?,
            None => Column::int(rows.iter().map(|&row| row.into())),
        };
        Table::new()
            .with("article", article)?
            .with("start", Column::int(starts))?
            .with("end", Column::int(ends))?
            .with("text", Values::Text(shown))?
            .with("label", Values::Category(kinds, self.labels().clone()))?
            .with("entity", Values::Text(entities))
    }
}
