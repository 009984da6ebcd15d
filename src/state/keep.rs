//! How is a state kept in a file?
//!
//! The first block holds the settings and the groups, the second the counts of terms, and the third
//! the names. If there are counts of pairs or of lengths, two more blocks hold
//! these. The bytes depend on the articles and the settings alone.

use super::{GroupTable, State};
use crate::batch::Watch;
use crate::entity::NameOutlines;
use crate::error::Result;
use crate::file::{Content, Reader, Writer, damaged, open, require, seal};
use crate::stats::{LengthCounts, PairCounts, TermCounts};

impl State {
    /// The state as the bytes of a file.
    ///
    /// # Errors
    /// [`Kind::OutOfMemory`](crate::error::Kind::OutOfMemory); cancellation.
    pub fn to_bytes(&self, watch: &Watch) -> Result<Vec<u8>> {
        let mut first = Writer::default();
        first.strings(self.settings.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().into_iter());
        first.strings(self.settings.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().into_iter());
        first.number(usize::try_from(self.least).unwrap_or(usize::MAX));
        self.groups.write(&mut first)?;
        let mut terms = Writer::default();
        if let Some(counts) = &self.terms {
            counts.canonical(watch)?.write(&mut terms);
        }
        let mut names = Writer::default();
        if let Some(outlines) = &self.names {
            outlines.write(&mut names);
        }
        let mut blocks = vec![first.finish(), terms.finish(), names.finish()];
        if self.pairs.is_some() || self.lengths.is_some() {
            let (mut pairs, mut lengths) = (Writer::default(), Writer::default());
            if let Some(counts) = &self.pairs {
                counts.write(&mut pairs, watch)?;
            }
            if let Some(counts) = &self.lengths {
                counts.write(&mut lengths);
            }
            blocks.extend([pairs.finish(), lengths.finish()]);
        }
        seal(Content::State, &blocks, watch)
    }

    /// The state that was written as these bytes.
    ///
    /// # Errors
    /// [`Kind::BadState`](crate::error::Kind::BadState): they are not a state, or are damaged, cut
    /// short or of a newer version. [`Kind::OutOfMemory`](crate::error::Kind::OutOfMemory);
    /// cancellation.
    pub fn from_bytes(bytes: &[u8], watch: &Watch) -> Result<Self> {
        let blocks = open(Content::State, bytes, watch)?;
        let [first, terms, names, more @ ..] = &blocks[..] else { return Err(damaged()) };
        let none = Vec::new();
        let (pairs, lengths) = match more {
            [] => (&none, &none),
            [pairs, lengths] => (pairs, lengths),
            _ => return Err(damaged()),
        };
        let mut reader = Reader::new(first);
        let (keys, values) = (reader.strings()?, reader.strings()?);
        require(keys.len() == values.len())?;
        let settings: Vec<_> =
            keys.iter().zip(values.iter()).map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        let least = reader.number()? as u64;
        let groups = GroupTable::read(&mut reader, watch)?;
        reader.end()?;
        let mut state = Self { settings, groups, least, ..Self::empty() };
        if !terms.is_empty() {
            let mut reader = Reader::new(terms);
            let (keys, articles) = (state.groups.keys.clone(), state.articles());
            state.terms = Some(TermCounts::read(keys, articles, &mut reader)?);
            reader.end()?;
        }
        if !pairs.is_empty() {
            let mut reader = Reader::new(pairs);
            let (keys, articles) = (state.groups.keys.clone(), state.articles());
            state.pairs = Some(PairCounts::read(keys, articles, &mut reader)?);
            reader.end()?;
        }
        if !lengths.is_empty() {
            let mut reader = Reader::new(lengths);
            state.lengths = Some(LengthCounts::read(state.groups.len(), &mut reader)?);
            reader.end()?;
        }
        if !names.is_empty() {
            let mut reader = Reader::new(names);
            let outlines = NameOutlines::read(state.groups.len(), &mut reader)?;
            require(outlines.len() as u64 == state.articles())?;
            state.names = Some(outlines);
            reader.end()?;
        }
        Ok(state)
    }
}
