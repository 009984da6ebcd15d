//! How is a state kept in a file?
//!
//! The first block holds the settings and the groups, the second the counts of terms, and the third
//! the names. The bytes depend on the articles and the settings alone.

use super::{GroupTable, State};
use crate::batch::Watch;
use crate::entity::NameOutlines;
use crate::error::Result;
use crate::file::{Content, Reader, Writer, damaged, open, require, seal};
use crate::stats::TermCounts;

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
        seal(Content::State, &[first.finish(), terms.finish(), names.finish()], watch)
    }

    /// The state that was written as these bytes.
    ///
    /// # Errors
    /// [`Kind::BadState`](crate::error::Kind::BadState): they are not a state, or are damaged, cut
    /// short or of a newer version. [`Kind::OutOfMemory`](crate::error::Kind::OutOfMemory);
    /// cancellation.
    pub fn from_bytes(bytes: &[u8], watch: &Watch) -> Result<Self> {
        let blocks = open(Content::State, bytes, watch)?;
        let [first, terms, names] = &blocks[..] else { return Err(damaged()) };
        let mut reader = Reader::new(first);
        let (keys, values) = (reader.strings()?, reader.strings()?);
        require(keys.len() == values.len())?;
        let settings: Vec<_> =
            keys.iter().zip(values.iter()).map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        let least = reader.number()? as u64;
        let groups = GroupTable::read(&mut reader, watch)?;
        reader.end()?;
        let mut state = Self { settings, groups, terms: None, names: None, least };
        if !terms.is_empty() {
            let mut reader = Reader::new(terms);
            let (keys, articles) = (state.groups.keys.clone(), state.articles());
            state.terms = Some(TermCounts::read(keys, articles, &mut reader)?);
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
