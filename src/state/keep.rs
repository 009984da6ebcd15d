//! How is a state kept in a file?
//!
//! The first block holds the settings and the groups, the second the counts of terms, and the third
//! the names. If there are counts of pairs, of lengths or of dates, two more blocks hold those of
//! pairs and of lengths, and one more those of dates. The bytes depend on the articles and the
//! settings alone.

use super::{GroupTable, State};
use crate::batch::Watch;
use crate::entity::NameOutlines;
use crate::error::Result;
use crate::file::{Content, Reader, Writer, damaged, open, require, seal};
use crate::stats::{LengthCounts, PairCounts, TermCounts};
use crate::trend::DateCounts;

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
        if self.pairs.is_some() || self.lengths.is_some() || self.dates.is_some() {
            let (mut pairs, mut lengths) = (Writer::default(), Writer::default());
            if let Some(counts) = &self.pairs {
                counts.write(&mut pairs, watch)?;
            }
            if let Some(counts) = &self.lengths {
                counts.write(&mut lengths);
            }
            blocks.extend([pairs.finish(), lengths.finish()]);
        }
        if let Some(counts) = &self.dates {
            let mut dates = Writer::default();
            counts.write(&mut dates, watch)?;
            blocks.push(dates.finish());
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
        let (pairs, lengths, dates) = match more {
            [] => (&none, &none, &none),
            [pairs, lengths] => (pairs, lengths, &none),
            [pairs, lengths, dates] => (pairs, lengths, dates),
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
        let articles = groups.all_articles();
        let counts = |reader: &mut Reader<'_>| TermCounts::read(groups.keys.clone(), articles, reader);
        Ok(Self {
            terms: part(terms, counts)?,
            pairs: part(pairs, |reader| Ok(PairCounts::of(counts(reader)?)))?,
            dates: part(dates, |reader| Ok(DateCounts::of(counts(reader)?)))?,
            lengths: part(lengths, |reader| LengthCounts::read(groups.len(), reader))?,
            names: part(names, |reader| {
                let outlines = NameOutlines::read(groups.len(), reader)?;
                require(outlines.len() as u64 == articles)?;
                Ok(outlines)
            })?,
            settings,
            groups,
            least,
        })
    }
}

/// What a block holds; nothing if it is empty.
fn part<'b, T>(block: &'b [u8], read: impl FnOnce(&mut Reader<'b>) -> Result<T>) -> Result<Option<T>> {
    if block.is_empty() {
        return Ok(None);
    }
    let mut reader = Reader::new(block);
    let found = read(&mut reader)?;
    reader.end()?;
    Ok(Some(found))
}
