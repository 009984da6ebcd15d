//! Where do names of the caller's own list stand in a text?
//!
//! Names are matched by their words, with white space of any length between ([`piece`] says where words begin and end);
//! regular expressions stand beside them. Of all that begins first the longest is taken, and the search goes on behind it.
//! Of equals names go before patterns, and what was given first before what came later.
//!
//! Invariants: matches are in order, do not overlap and are not empty; they depend on the text alone. Cost: that of [`trie`],
//! and a scan for each pattern.

mod piece;
mod trie;

use std::cmp::Reverse;
use std::collections::HashMap;

use regex::{Regex, RegexBuilder};
use rustc_hash::FxBuildHasher;

use self::piece::{Piece, cut, key, opens};
use self::trie::{NONE, Trie, Words};
use crate::batch::{Watch, map_with_state};
use crate::error::{Error, Kind, Result};
use crate::span::CharCursor;
use crate::table::{Column, Strings, Table, Values};

/// The most labels of a gazetteer.
pub const MOST_LABELS: usize = 200;

/// A name or pattern, what it is, and what it is called.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The name, or the regular expression.
    pub name: &'a str,
    /// The label.
    pub label: &'a str,
    /// The canonical name; the name itself (of a pattern: what it matched) where there is none.
    pub entity: Option<&'a str>,
}

/// A match: bytes of the text, half-open, and the entry; patterns are counted behind the names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// The entry.
    pub entry: u32,
}

/// Strings that are held once.
#[derive(Debug, Default)]
struct Pool {
    numbers: HashMap<Box<str>, u32, FxBuildHasher>,
    texts: Strings,
}

impl Pool {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = self.texts.len() as u32;
        self.texts.push(text);
        self.numbers.insert(text.into(), number);
        number
    }
}

/// Room for the work on one text after another.
#[derive(Debug, Default)]
pub struct Room {
    pieces: Vec<Piece>,
    key: String,
    spans: Vec<(usize, Reverse<usize>, u32)>,
}

/// Names and patterns.
#[derive(Debug, Default)]
pub struct Gazetteer {
    fold: bool,
    words: Words,
    trie: Trie,
    patterns: Vec<Regex>,
    /// The names, on one line each, then the patterns.
    names: Strings,
    /// The label of each.
    kinds: Vec<u8>,
    /// The entity of each; [`NONE`] where it is the name itself.
    entities: Vec<u32>,
    labels: Pool,
    pool: Pool,
    /// How many names.
    distinct: usize,
    /// Entries that an earlier one hides: their position, and the earlier one's.
    hidden: Vec<(u64, u32)>,
    /// For each name kept, its position among those given.
    given: Vec<u64>,
    hidden_names: Strings,
    room: Room,
}

impl Gazetteer {
    /// Without names. With `fold`, upper and lower case are one.
    pub fn new(fold: bool) -> Self {
        Self { fold, ..Self::default() }
    }

    /// Adds a name, the `position`-th that is given. A name that is there already keeps its label and entity.
    ///
    /// # Errors
    /// [`Kind::BadRecord`]: a name, label or entity that is empty; a name without letter or digit. [`Kind::BadOption`]: too
    /// many labels. The message says which entry.
    pub fn add(&mut self, position: usize, entry: Entry<'_>) -> Result<()> {
        let bad = |what: String| {
            Error::new(Kind::BadRecord, format!("entry {position}: {what}")).in_field("entries")
        };
        let mut room = std::mem::take(&mut self.room);
        room.pieces.clear();
        let (words, fold) = (&mut self.words, self.fold);
        if entry.name.trim().is_empty() {
            return Err(bad("the name is empty; expected a name".to_owned()));
        }
        if !entry.name.chars().any(char::is_alphanumeric) {
            return Err(bad(format!(
                "the name {:?} has neither letter nor digit; it would match punctuation",
                entry.name
            )));
        }
        let Room { pieces, key: scratch, .. } = &mut room;
        cut(entry.name, pieces, |piece, form| words.number(key(piece, form, fold, scratch)));
        let number = self.names.len() as u32;
        let kind = self.kind(entry.label, &bad)?;
        let entity = self.entity(entry.entity, &bad)?;
        if let Some(first) = self.trie.add(&room.pieces, number) {
            if self.kinds[first as usize] != kind || self.entities[first as usize] != entity {
                self.hidden.push((position as u64, first));
                self.hidden_names.push(entry.name);
            }
        } else {
            if entry.name.contains(|c: char| c.is_whitespace() && c != ' ')
                || entry.name.contains("  ")
                || entry.name.trim().len() < entry.name.len()
            {
                self.names.push_joined(entry.name.split_whitespace());
            } else {
                self.names.push(entry.name);
            }
            self.kinds.push(kind);
            self.entities.push(entity);
            self.given.push(position as u64);
            self.distinct += 1;
        }
        self.room = room;
        Ok(())
    }

    /// Adds a regular expression, the `position`-th that is given, behind all names.
    ///
    /// # Errors
    /// [`Kind::BadRecord`]: an expression that cannot be read, or matches nothing but the empty string; empty labels and
    /// entities. The message says which pattern, and where in it.
    pub fn add_pattern(&mut self, position: usize, entry: Entry<'_>) -> Result<()> {
        let bad = |what: String| {
            Error::new(Kind::BadRecord, format!("pattern {position}: {what}")).in_field("patterns")
        };
        if entry.name.is_empty() {
            return Err(bad("the expression is empty; expected a regular expression".to_owned()));
        }
        let built = RegexBuilder::new(entry.name).case_insensitive(self.fold).build();
        let regex = built.map_err(|error| bad(format!("{:?} cannot be read: {error}", entry.name)))?;
        let kind = self.kind(entry.label, &bad)?;
        let entity = self.entity(entry.entity, &bad)?;
        self.patterns.push(regex);
        self.names.push(entry.name);
        self.kinds.push(kind);
        self.entities.push(entity);
        Ok(())
    }

    fn kind(&mut self, label: &str, bad: &impl Fn(String) -> Error) -> Result<u8> {
        if label.trim().is_empty() {
            return Err(bad("the label is empty; expected a label such as PER".to_owned()));
        }
        let number = self.labels.number(label);
        if number as usize >= MOST_LABELS {
            let what = format!(
                "there are more than {MOST_LABELS} labels; the entity column takes any number of names"
            );
            return Err(Error::new(Kind::BadOption, what).in_field("label"));
        }
        Ok(number as u8)
    }

    fn entity(&mut self, entity: Option<&str>, bad: &impl Fn(String) -> Error) -> Result<u32> {
        match entity {
            None => Ok(NONE),
            Some(entity) if entity.trim().is_empty() => {
                Err(bad("the entity is empty; expected a name, or None for the name itself".to_owned()))
            }
            Some(entity) => Ok(self.pool.number(entity)),
        }
    }

    /// How many distinct names and patterns.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many patterns.
    pub fn patterns(&self) -> usize {
        self.patterns.len()
    }

    /// The labels, in the order of their first entry.
    pub fn labels(&self) -> &Strings {
        &self.labels.texts
    }

    /// The label of an entry, as a position among [`Gazetteer::labels`].
    pub fn label(&self, entry: u32) -> u8 {
        self.kinds[entry as usize]
    }

    /// The canonical name of an entry; `None` where it is what a pattern matched.
    pub fn name(&self, entry: u32) -> Option<&str> {
        match self.entities[entry as usize] {
            NONE if entry as usize >= self.distinct => None,
            NONE => Some(self.names.get(entry as usize)),
            entity => Some(self.pool.texts.get(entity as usize)),
        }
    }

    /// The names, then the patterns: name, label, entity.
    ///
    /// # Errors
    /// None: the columns are of one length.
    pub fn entries(&self) -> Result<Table> {
        let entity = |&entity: &u32| (entity != NONE).then(|| self.pool.texts.get(entity as usize));
        Table::new()
            .with("name", Values::Text(self.names.clone()))?
            .with(
                "label",
                Values::Category(self.kinds.iter().map(|&kind| kind.into()).collect(), self.labels().clone()),
            )?
            .with("entity", Column::optional_text(self.entities.iter().map(entity)))
    }

    /// Names that were given again with another label or entity, and so have no effect: entry and name, and the entry that
    /// stands instead, both as positions among those given.
    ///
    /// # Errors
    /// None: the columns are of one length.
    pub fn hidden(&self) -> Result<Table> {
        Table::new()
            .with("entry", Column::int(self.hidden.iter().map(|&(position, _)| position as i64)))?
            .with("name", Values::Text(self.hidden_names.clone()))?
            .with(
                "first",
                Column::int(self.hidden.iter().map(|&(_, first)| self.given[first as usize] as i64)),
            )
    }

    /// Appends the matches in a text.
    pub fn find(&self, text: &str, room: &mut Room, found: &mut Vec<Match>) {
        let Room { pieces, key: scratch, spans } = room;
        pieces.clear();
        cut(text, pieces, |piece, form| self.words.find(key(piece, form, self.fold, scratch)));
        spans.clear();
        for (at, pattern) in self.patterns.iter().enumerate() {
            let entry = (self.distinct + at) as u32;
            spans.extend(
                pattern
                    .find_iter(text)
                    .filter(|found| !found.is_empty())
                    .map(|found| (found.start(), Reverse(found.end()), entry)),
            );
        }
        spans.sort_unstable();
        let mut spans = spans
            .iter()
            .map(|&(start, Reverse(end), entry)| Match { start: start as u32, end: end as u32, entry })
            .peekable();
        let (mut at, mut free) = (0, 0);
        while at < pieces.len() || spans.peek().is_some() {
            while spans.next_if(|span| span.start < free).is_some() {}
            let name = pieces.get(at).and_then(|piece| {
                if piece.number == NONE || piece.start < free || !opens(text, pieces, at) {
                    return None;
                }
                let (last, entry) = self.trie.longest(text, pieces, at)?;
                Some(Match { start: piece.start, end: pieces[last].end, entry })
            });
            let start = pieces.get(at).map_or(u32::MAX, |piece| piece.start);
            let best = |span: &Match| {
                span.start < start || (span.start == start && name.is_none_or(|name| span.end > name.end))
            };
            if let Some(taken) = spans.next_if(best).or(name) {
                free = taken.end;
                found.push(taken);
                while pieces.get(at).is_some_and(|piece| piece.start < free) {
                    at += 1;
                }
            } else {
                at += 1;
            }
        }
    }

    /// A row for each match in these texts: article (of the ids, where there are some), start, end, text, label, entity.
    ///
    /// # Errors
    /// Cancellation.
    pub fn find_all<S: AsRef<str> + Sync>(
        &self,
        texts: &[S],
        ids: Option<&Column>,
        watch: &Watch,
    ) -> Result<Table> {
        const PIECE: usize = 64;
        let pieces: Vec<&[S]> = texts.chunks(PIECE).collect();
        let found = map_with_state(&pieces, watch, Room::default, |room, piece| {
            let matches = |text: &S| {
                let mut found = Vec::new();
                self.find(text.as_ref(), room, &mut found);
                found
            };
            Ok(piece.iter().map(matches).collect::<Vec<_>>())
        })?;
        let (mut rows, mut starts, mut ends) = (Vec::new(), Vec::new(), Vec::new());
        let (mut shown, mut kinds, mut entities) = (Strings::default(), Vec::new(), Strings::default());
        for (row, (text, found)) in texts.iter().zip(found.iter().flatten()).enumerate() {
            if found.is_empty() {
                continue;
            }
            let text = text.as_ref();
            let mut cursor = CharCursor::new(text);
            for &Match { start, end, entry } in found {
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
        let article =
            ids.map_or_else(|| Column::int(rows.iter().map(|&row| row.into())), |ids| ids.take(&rows));
        Table::new()
            .with("article", article)?
            .with("start", Column::int(starts))?
            .with("end", Column::int(ends))?
            .with("text", Values::Text(shown))?
            .with("label", Values::Category(kinds, self.labels().clone()))?
            .with("entity", Values::Text(entities))
    }
}
