//! How is a gazetteer built from names, one after another?
//!
//! Names are collected into batches of some dozens, which are then looked up and added together;
//! see `words` and `trie`.
//!
//! Cost: some hundreds of nanoseconds per name, mostly waiting for memory.

use super::pattern::Pattern;
use super::piece::{Form, NONE, Piece, cut, form_of, key_of};
use super::{Entry, Gazetteer, MOST_LABELS};
use crate::batch::Watch;
use crate::error::{Error, Kind, Result};
use crate::table::{Distinct, Strings};
use crate::text::StringKey;

/// The number of names in a batch.
const BATCH: usize = 64;

/// Distinct strings: labels or entities.
#[derive(Debug, Default)]
struct Pool {
    texts: Distinct,
    /// The last result: in a list, the same value often occurs many times in a row.
    last: u32,
}

impl Pool {
    fn number(&mut self, text: &str) -> u32 {
        let texts = self.texts.strings();
        if (self.last as usize) >= texts.len() || texts.get(self.last as usize) != text {
            self.last = self.texts.number(text);
        }
        self.last
    }
}

/// Names that have not been added yet.
#[derive(Debug, Default)]
struct Waiting {
    names: Strings,
    /// The position, label and entity of each.
    entries: Vec<(u64, u8, u32)>,
    pieces: Vec<Piece>,
    keys: Vec<StringKey>,
    /// Where the pieces of each begin.
    starts: Vec<usize>,
}

/// A gazetteer under construction: first its names, then its patterns.
#[derive(Debug, Default)]
pub struct Builder {
    made: Gazetteer,
    labels: Pool,
    entities: Pool,
    waiting: Waiting,
    /// The patterns: the compiled expression, the expression as supplied, and its label and entity.
    patterns: Vec<(Pattern, String, (u8, u32))>,
    /// The memory that the patterns use, in bytes.
    taken: usize,
    scratch: String,
    /// Names are short, so nothing is cancelled here.
    watch: Watch,
}

impl Builder {
    /// A builder without names. With `fold`, case is ignored.
    pub fn new(fold: bool) -> Self {
        Self { made: Gazetteer { fold, ..Gazetteer::default() }, ..Self::default() }
    }

    /// Adds a name, the `position`-th of the supplied ones. A name that was added before keeps its
    /// label and entity.
    ///
    /// # Errors
    /// [`Kind::BadRecord`] for an empty name, label or entity, and for a name without letters or
    /// digits; [`Kind::BadOption`] for too many labels. The message says which entry.
    pub fn add(&mut self, position: usize, entry: Entry<'_>) -> Result<()> {
        let bad = |what: String| {
            Error::new(Kind::BadRecord, format!("entry {position}: {what}")).in_field("entries")
        };
        let Entry { name, label, entity } = entry;
        if !name.bytes().any(|byte| byte.is_ascii_alphanumeric()) && !name.chars().any(char::is_alphanumeric)
        {
            return Err(bad(if name.trim().is_empty() {
                "the name is empty; expected a name".to_owned()
            } else {
                format!("the name {name:?} has neither letter nor digit; it would match punctuation")
            }));
        }
        let kind = self.kind(label, &bad)?;
        let entity = self.entity(entity, &bad)?;
        let Waiting { names, entries, pieces, keys, starts } = &mut self.waiting;
        let (fold, scratch, words) = (self.made.fold, &mut self.scratch, &mut self.made.words);
        let seed = words.seed;
        starts.push(pieces.len());
        let mut long: Vec<(usize, Form, usize, usize)> = Vec::new();
        cut(name, 0, usize::MAX, pieces, &self.watch, |start, end, form| {
            let key = key_of(name, (start, end), form, fold, seed, scratch);
            if !key.is_whole() {
                long.push((keys.len(), form, start, end));
            }
            keys.push(key);
            key.hash(seed)
        });
        for (at, form, start, end) in long {
            pieces[at].number = words.number(keys[at], form_of(&name[start..end], form, fold, scratch));
        }
        names.push(name);
        entries.push((position as u64, kind, entity));
        if entries.len() == BATCH {
            self.flush();
        }
        Ok(())
    }

    /// Adds the names that are waiting.
    fn flush(&mut self) {
        let mut waiting = std::mem::take(&mut self.waiting);
        let Waiting { names, entries, pieces, keys, starts } = &mut waiting;
        let made = &mut self.made;
        let likely: Vec<u32> = pieces.iter().map(|piece| made.words.likely(piece.hash)).collect();
        for ((piece, &key), likely) in pieces.iter_mut().zip(&*keys).zip(likely) {
            if piece.number == NONE {
                piece.number = if made.words.is(likely, key) { likely } else { made.words.number(key, "") };
            }
        }
        starts.push(pieces.len());
        let nodes = made.trie.add_all(pieces, starts, &mut made.words);
        for ((name, &(position, kind, entity)), node) in names.iter().zip(&*entries).zip(nodes) {
            let number = made.names.len() as u32;
            let first = made.trie.entry(node, number);
            if first == number {
                if is_even(name) {
                    made.names.push(name);
                } else {
                    made.names.push_joined(name.split_whitespace());
                }
                made.kinds.push(kind);
                made.entities.push(entity);
                made.supplied.push(position);
            } else if made.kinds[first as usize] != kind || made.entities[first as usize] != entity {
                made.hidden.push((position, first));
                made.hidden_names.push(name);
            }
        }
        made.distinct = made.names.len();
        names.clear();
        entries.clear();
        pieces.clear();
        keys.clear();
        starts.clear();
        self.waiting = waiting;
    }

    /// Adds a regular expression, the `position`-th of the supplied ones. Patterns have lower
    /// priority than all names, including names that are added later.
    ///
    /// # Errors
    /// [`Kind::BadRecord`] for an expression that cannot be parsed, is empty, or takes too much
    /// memory, by itself or together with earlier ones, and for an empty label or entity. The
    /// message says which pattern, and where in it.
    pub fn add_pattern(&mut self, position: usize, entry: Entry<'_>) -> Result<()> {
        let bad = |what: String| {
            Error::new(Kind::BadRecord, format!("pattern {position}: {what}")).in_field("patterns")
        };
        if entry.name.is_empty() {
            return Err(bad("the expression is empty; expected a regular expression".to_owned()));
        }
        let (pattern, taken) = Pattern::new(entry.name, self.made.fold, self.taken).map_err(bad)?;
        let meaning = (self.kind(entry.label, &bad)?, self.entity(entry.entity, &bad)?);
        self.taken = taken;
        self.patterns.push((pattern, entry.name.to_owned(), meaning));
        Ok(())
    }

    fn kind(&mut self, label: &str, bad: &impl Fn(String) -> Error) -> Result<u8> {
        if label.trim().is_empty() {
            return Err(bad("the label is empty; expected a label such as PER".to_owned()));
        }
        let number = self.labels.number(label);
        if number as usize >= MOST_LABELS {
            let what = format!(
                "there are more than {MOST_LABELS} labels; use the entity column for names, which takes any number"
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
            Some(entity) => Ok(self.entities.number(entity)),
        }
    }

    /// The finished gazetteer.
    pub fn finish(mut self) -> Gazetteer {
        self.flush();
        let mut made = self.made;
        for (pattern, name, (kind, entity)) in self.patterns {
            made.patterns.push(pattern);
            made.names.push(&name);
            made.kinds.push(kind);
            made.entities.push(entity);
        }
        made.words.close(made.trie.later());
        made.labels = self.labels.texts.into_strings();
        made.pool = self.entities.texts.into_strings();
        made
    }
}

/// Whether a name has only single spaces as white space.
fn is_even(name: &str) -> bool {
    let bytes = name.as_bytes();
    bytes.is_ascii()
        && bytes.first() != Some(&b' ')
        && bytes.last() != Some(&b' ')
        && bytes.iter().all(|&byte| byte >= b' ')
        && !bytes.windows(2).any(|pair| pair == b"  ")
}
