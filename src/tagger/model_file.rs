//! How is a tagger stored in a file?
//!
//! A model file is `NGMODEL`, a format version, the length and checksum of the content, and the
//! content, compressed with Zstandard: types, clusters, transitions, the rows of weights in
//! ascending order of key and seat (only weights other than zero are stored), and the network.
//! Numbers are LEB128; keys are stored as differences. Nothing is trusted: whatever a damaged file
//! contains, reading it returns a model or an error.

use super::cluster::{ClusterTable, Fingerprints, PIECES};
use super::feature::JOINED;
use super::hash::hash;
use super::label::Labels;
use super::network::{HIDDEN, INPUTS, Network, SAID, SLOTS, numbers};
use super::tagger::Tagger;
use super::weights::{Entries, Seats, Weights, stride};
use crate::error::{Error, Kind, Result};

const MAGIC: &[u8] = b"NGMODEL\0";

/// The version of the format, raised by every change of the format or of the features.
const VERSION: u8 = 4;

/// The maximum decompressed size of a model, in bytes.
const MOST_BYTES: usize = 1 << 28;

/// The Zstandard compression level. Higher levels are slower without being noticeably better.
const EFFORT: i32 = 19;

fn bad(what: impl Into<String>) -> Error {
    Error::new(Kind::BadModel, what)
}

impl Tagger {
    /// Serialises the tagger to the content of a file.
    ///
    /// # Errors
    /// [`Kind::BadModel`] if it cannot be compressed.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let mut content = Writer::default();
        content.number(self.labels.types().len() as u64);
        for name in self.labels.types() {
            content.number(name.len() as u64);
            content.0.extend(name.as_bytes());
        }
        let clusters = &self.clusters;
        content.keys(clusters.vector_keys.keys());
        clusters.fine.iter().for_each(|&cluster| content.0.extend(cluster.to_le_bytes()));
        content.number(clusters.pieces.len() as u64);
        clusters.pieces.iter().for_each(|pieces| content.0.extend(pieces));
        content.number(clusters.parents.len() as u64);
        for &(middle, coarse) in &clusters.parents {
            content.number(u64::from(middle));
            content.number(u64::from(coarse));
        }
        content.keys(clusters.brown_keys.keys());
        clusters.brown.iter().for_each(|&cluster| content.0.extend(cluster.to_le_bytes()));
        content.keys(clusters.mark_keys.keys());
        clusters.marks.iter().for_each(|&marks| content.0.extend(marks.to_le_bytes()));
        self.transitions.iter().for_each(|&weight| content.signed(weight));
        let entries = self.weights.entries();
        content.keys(&entries.keys);
        let mut rows = entries.rows.chunks(stride(self.labels.len()));
        for seats in entries.seats {
            content.number(u64::from(seats));
            for row in rows.by_ref().take(seats.count_ones() as usize) {
                let filled = row.iter().enumerate().filter(|&(_, &weight)| weight != 0);
                content.number(filled.clone().fold(0_u64, |bits, (label, _)| bits | 1 << label));
                filled.for_each(|(_, &weight)| content.signed(weight));
            }
        }
        content.number(u64::from(self.network.is_some()));
        if let Some(Network { tables, first, first_bias, last, last_bias, .. }) = &self.network {
            for numbers in [tables, first, first_bias, last, last_bias] {
                for &number in numbers {
                    content.signed(number);
                }
            }
        }
        let packed = zstd::encode_all(&content.0[..], EFFORT)
            .map_err(|error| bad(format!("cannot be compressed: {error}")))?;
        let mut file = MAGIC.to_vec();
        file.push(VERSION);
        file.extend((packed.len() as u64).to_le_bytes());
        file.extend(hash(u64::from(VERSION), &packed).to_le_bytes());
        file.extend(packed);
        Ok(file)
    }

    /// Reads a tagger from the content of a file.
    ///
    /// # Errors
    /// [`Kind::BadModel`] if the file is not a model, has another version, is truncated, or is
    /// damaged.
    pub fn from_bytes(file: &[u8]) -> Result<Self> {
        let rest = file
            .strip_prefix(MAGIC)
            .ok_or_else(|| bad("is not a nutgraf model: it does not begin like one"))?;
        let Some((&version, rest)) = rest.split_first() else {
            return Err(bad("the model is truncated: it has no version"));
        };
        if version != VERSION {
            return Err(bad(format!(
                "the model has version {version}; this nutgraf reads version {VERSION}"
            )));
        }
        let Some((length, rest)) = rest.split_first_chunk::<8>() else {
            return Err(bad("the model is truncated: it has no length"));
        };
        let Some((checksum, packed)) = rest.split_first_chunk::<8>() else {
            return Err(bad("the model is truncated: it has no checksum"));
        };
        let length = u64::from_le_bytes(*length);
        if packed.len() as u64 != length {
            return Err(bad(format!("the model has {} bytes; its header says {length}", packed.len())));
        }
        if hash(u64::from(VERSION), packed) != u64::from_le_bytes(*checksum) {
            return Err(bad("the model is damaged: its checksum does not match"));
        }
        let content = zstd::bulk::decompress(packed, MOST_BYTES)
            .map_err(|error| bad(format!("the model is damaged: {error}")))?;
        let mut reader = Reader(&content);
        let model = reader.model()?;
        if !reader.0.is_empty() {
            return Err(bad("the model is damaged: there is data after its end"));
        }
        Ok(model)
    }
}

#[derive(Default)]
struct Writer(Vec<u8>);

impl Writer {
    fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    fn signed(&mut self, value: i16) {
        let value = i64::from(value);
        self.number(((value << 1) ^ (value >> 63)) as u64);
    }

    /// Writes ascending keys: their number, and the difference of each key from the one before.
    fn keys(&mut self, keys: &[u32]) {
        self.number(keys.len() as u64);
        let mut before = 0;
        for &key in keys {
            self.number(u64::from(key - before));
            before = key;
        }
    }
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn bytes(&mut self, length: usize) -> Result<&[u8]> {
        let (head, rest) =
            self.0.split_at_checked(length).ok_or_else(|| bad("the model is damaged: it ends too soon"))?;
        self.0 = rest;
        Ok(head)
    }

    #[inline]
    fn number(&mut self) -> Result<u64> {
        // Nearly all numbers are small.
        if let Some((&byte, rest)) = self.0.split_first()
            && byte < 0x80
        {
            self.0 = rest;
            return Ok(u64::from(byte));
        }
        self.long_number()
    }

    fn long_number(&mut self) -> Result<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.bytes(1)?[0];
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(bad("the model is damaged: a number has no end"))
    }

    #[inline]
    fn signed(&mut self) -> Result<i16> {
        let value = self.number()?;
        let value = (value >> 1) as i64 ^ -((value & 1) as i64);
        i16::try_from(value).map_err(|_| bad("the model is damaged: a weight is out of range"))
    }

    /// The number of items that follow, each of at least one byte.
    fn count(&mut self) -> Result<usize> {
        let count = self.number()?;
        usize::try_from(count)
            .ok()
            .filter(|&count| count <= self.0.len())
            .ok_or_else(|| bad(format!("the model is damaged: it announces {count} items")))
    }

    fn keys(&mut self) -> Result<Vec<u32>> {
        let mut before = 0_u64;
        (0..self.count()?)
            .map(|_| {
                before = before.saturating_add(self.number()?);
                u32::try_from(before).map_err(|_| bad("the model is damaged: a key is out of range"))
            })
            .collect()
    }

    fn clusters(&mut self, count: usize) -> Result<Vec<u16>> {
        let bytes = self.bytes(count * 2)?;
        Ok(bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect())
    }

    fn many(&mut self, count: usize) -> Result<Vec<i16>> {
        (0..count).map(|_| self.signed()).collect()
    }

    fn small(&mut self) -> Result<u16> {
        u16::try_from(self.number()?).map_err(|_| bad("the model is damaged: a cluster is out of range"))
    }

    fn model(&mut self) -> Result<Tagger> {
        let mut types = Vec::new();
        for _ in 0..self.count()? {
            let length = self.count()?;
            let name = String::from_utf8(self.bytes(length)?.to_vec());
            types.push(name.map_err(|_| bad("the model is damaged: a type is not text"))?);
        }
        let labels =
            Labels::new(types).map_err(|error| bad(format!("the model is damaged: {}", error.what())))?;
        let width = labels.len();
        let vector_keys = Fingerprints::new(self.keys()?);
        let fine = self.clusters(vector_keys.keys().len())?;
        let pieces = self.count()?;
        if pieces != 0 && pieces != fine.len() {
            return Err(bad("the model is damaged: words have no pieces"));
        }
        let pieces = self.bytes(pieces * PIECES)?.as_chunks().0.to_vec();
        let parents =
            (0..self.count()?).map(|_| Ok((self.small()?, self.small()?))).collect::<Result<Vec<_>>>()?;
        if fine.iter().any(|&cluster| cluster as usize >= parents.len())
            || parents.len() > u16::MAX as usize - 1
        {
            return Err(bad("the model is damaged: a cluster has no parents"));
        }
        if parents.iter().any(|&(middle, coarse)| middle == u16::MAX || coarse == u16::MAX) {
            return Err(bad("the model is damaged: a cluster is out of range"));
        }
        let brown_keys = Fingerprints::new(self.keys()?);
        let brown = self.clusters(brown_keys.keys().len())?;
        let mark_keys = Fingerprints::new(self.keys()?);
        let marks = self.clusters(mark_keys.keys().len())?;
        let transitions = (0..(width + 1) * width).map(|_| self.signed()).collect::<Result<Vec<_>>>()?;
        let mut entries = Entries { keys: self.keys()?, ..Entries::default() };
        if entries.keys.contains(&0) {
            return Err(bad("the model is damaged: a key is zero"));
        }
        for _ in 0..entries.keys.len() {
            let seats = self.number()?;
            if seats >> (JOINED + 1) != 0 {
                return Err(bad(format!(
                    "the model is damaged: there are {JOINED} seats and one for joint features"
                )));
            }
            entries.seats.push(seats as Seats);
            for _ in 0..seats.count_ones() {
                let mut filled = self.number()?;
                let row = entries.rows.len();
                entries.rows.resize(row + stride(width), 0);
                while filled != 0 {
                    let label = filled.trailing_zeros() as usize;
                    let slot = entries.rows[row..][..width].get_mut(label);
                    *slot.ok_or_else(|| bad("the model is damaged: a weight belongs to no label"))? =
                        self.signed()?;
                    filled &= filled - 1;
                }
            }
        }
        let network = if self.number()? == 0 {
            None
        } else {
            let tables = self.many(numbers(SLOTS))?;
            let (first, first_bias) = (self.many(SAID * INPUTS)?, self.many(HIDDEN)?);
            let (last, last_bias) = (self.many(width * HIDDEN)?, self.many(width)?);
            let network = Network::new(width, tables, first, first_bias, last, last_bias);
            Some(network.ok_or_else(|| bad("the model is damaged: its network has the wrong size"))?)
        };
        let clusters =
            ClusterTable { vector_keys, fine, pieces, parents, brown_keys, brown, mark_keys, marks };
        Ok(Tagger::new(labels, clusters, Weights::new(width, JOINED as u32, entries), transitions)
            .with_network(network))
    }
}
