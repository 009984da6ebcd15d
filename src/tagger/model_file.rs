//! How is a tagger stored in a file?
//!
//! A model file is `NGMODEL`, a format version, the length and checksum of the content, and the
//! content, a stream of [`coder`](super::coder): types; one dictionary of the fingerprints of all
//! words, with what is known of each; transitions; the rows of weights in ascending order of key
//! and seat (only weights other than zero are stored, each divided by the greatest number that
//! divides all); and the network. Keys are stored as differences. The weights of a row sum to about
//! zero, because training takes from one label what it gives to another; so each weight is stored
//! in the context of the sum of those before it, and the last one as its difference from minus that
//! sum. Nothing is trusted: whatever a damaged file contains, reading it returns a model or an
//! error, within [`MOST_BYTES`] of memory.
//!
//! The file is long because each part is written and read side by side.

use std::iter::zip;

use super::cluster::{ClusterTable, Fingerprints, PIECES};
use super::coder::{Decoder, Encoder};
use super::feature::JOINED;
use super::group::{GROUPS, groups};
use super::hash::hash;
use super::label::{Labels, MOST_TYPES};
use super::network::{HIDDEN, INPUTS, Network, SAID, SLOTS, TABLES};
use super::tagger::Tagger;
use super::weights::{Entries, Seats, Weights, stride};
use crate::error::{Error, Kind, Result};

const MAGIC: &[u8] = b"NGMODEL\0";

/// The version of the format, raised by every change of the format or of the features.
const VERSION: u8 = 6;

/// The maximum size of what is read from a file, in bytes.
const MOST_BYTES: usize = 1 << 28;

/// The contexts of the coder: the first of each kind, after the last of the kind before.
mod context {
    use super::{PIECES, SLOTS};

    /// The differences of keys: of words, of features.
    pub(super) const WORD: usize = 0;
    pub(super) const FEATURE: usize = WORD + 1;
    /// Which tables know a word.
    pub(super) const KNOWN: usize = FEATURE + 1;
    /// Columns of clusters or marks: fine, Brown, marks.
    pub(super) const COLUMNS: usize = KNOWN + 1;
    /// The groups of clusters with similar pieces, by piece.
    pub(super) const GROUP: usize = COLUMNS + 3 * super::Column::CONTEXTS;
    /// By piece, and by the group of the word's cluster.
    pub(super) const PIECE: usize = GROUP + PIECES;
    pub(super) const PARENTS: usize = PIECE + PIECES * super::GROUPS;
    pub(super) const TRANSITIONS: usize = PARENTS + 2;
    pub(super) const LOW_SEATS: usize = TRANSITIONS + 1;
    /// By the number of low seats.
    pub(super) const HIGH_SEATS: usize = LOW_SEATS + 1;
    /// The first labels of a row, by the number of weights in the row before.
    pub(super) const FIRST_LABELS: usize = HIGH_SEATS + 9;
    /// The labels after them, by the labels before.
    pub(super) const MORE_LABELS: usize = FIRST_LABELS + super::MOST_BEFORE + 1;
    /// By the sum of the weights before, and the number of those that follow.
    pub(super) const WEIGHTS: usize = MORE_LABELS + (1 << super::LABELS);
    /// The last weight of a row, by the number of weights.
    pub(super) const LAST_WEIGHT: usize = WEIGHTS + (super::MOST_SUM + 1) * (super::MOST_AFTER + 1);
    /// By table, and then by layer.
    pub(super) const NETWORK: usize = LAST_WEIGHT + super::MOST_BEFORE + 1;
    pub(super) const COUNT: usize = NETWORK + SLOTS + 4;
}

/// How many labels are written at a time.
const LABELS: usize = 6;

/// Larger numbers share a context: of weights before, of bits of their sum, of weights after.
const MOST_BEFORE: usize = 15;
const MOST_SUM: usize = 11;
const MOST_AFTER: usize = 9;

/// The tables that may know a word.
const VECTOR: u8 = 1;
const BROWN: u8 = 2;
const MARKS: u8 = 4;

fn bad(what: impl Into<String>) -> Error {
    Error::new(Kind::BadModel, what)
}

fn damaged(what: &str) -> Error {
    bad(format!("the model is damaged: {what}"))
}

impl Tagger {
    /// Serialises the tagger to the content of a file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer(Encoder::new(context::COUNT));
        writer.model(self);
        file(&writer.0.finish())
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
        let Some((checksum, content)) = rest.split_first_chunk::<8>() else {
            return Err(bad("the model is truncated: it has no checksum"));
        };
        let length = u64::from_le_bytes(*length);
        if content.len() as u64 != length {
            return Err(bad(format!("the model has {} bytes; its header says {length}", content.len())));
        }
        if hash(u64::from(VERSION), content) != u64::from_le_bytes(*checksum) {
            return Err(damaged("its checksum does not match"));
        }
        let mut reader = Reader { stream: Decoder::new(content, context::COUNT), room: MOST_BYTES };
        let model = reader.model()?;
        if !reader.stream.is_at_end() {
            return Err(damaged("it ends too soon, or there is data after its end"));
        }
        Ok(model)
    }
}

/// A file with this content.
fn file(content: &[u8]) -> Vec<u8> {
    let mut file = MAGIC.to_vec();
    file.push(VERSION);
    file.extend((content.len() as u64).to_le_bytes());
    file.extend(hash(u64::from(VERSION), content).to_le_bytes());
    file.extend(content);
    file
}

/// A column of numbers of 16 bits, few of which are distinct: each is stored as its position among
/// them, in two bytes.
struct Column {
    /// The first of its contexts.
    contexts: usize,
    /// The distinct numbers, ascending.
    distinct: Vec<u16>,
}

impl Column {
    /// Higher bytes that are larger share the context of the lower byte.
    const MOST_HIGH: usize = 7;

    /// One for the differences of the distinct numbers, one for higher bytes, and one for the lower
    /// bytes after each higher byte.
    const CONTEXTS: usize = 2 + Self::MOST_HIGH + 1;

    fn low(&self, high: u8) -> usize {
        self.contexts + 2 + (high as usize).min(Self::MOST_HIGH)
    }
}

/// How many numbers of a network there are, in the contexts in which they are stored.
fn layers(width: usize) -> impl Iterator<Item = usize> {
    let layers = [SAID * INPUTS, HIDDEN, width * HIDDEN, width];
    TABLES.iter().map(|table| table.rows * table.size).chain(layers)
}

/// The context of a weight that is not the last of its row.
fn weight_context(sum: i32, after: usize) -> usize {
    let bits = (u32::BITS - sum.unsigned_abs().leading_zeros()) as usize;
    context::WEIGHTS + bits.min(MOST_SUM) * (MOST_AFTER + 1) + after.min(MOST_AFTER)
}

/// The greatest number that divides both.
fn common_divisor(a: u16, b: i16) -> u16 {
    let (mut a, mut b) = (a, b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

struct Writer(Encoder);

impl Writer {
    fn count(&mut self, count: usize) {
        self.0.bits(31, count as u32);
    }

    fn column(&mut self, contexts: usize, values: &[u16]) -> Column {
        let mut distinct = values.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        self.count(distinct.len());
        let mut next = 0;
        for &value in &distinct {
            self.0.number(contexts, u32::from(value) - next);
            next = u32::from(value) + 1;
        }
        Column { contexts, distinct }
    }

    fn cell(&mut self, column: &Column, value: u16) {
        let at = column.distinct.partition_point(|&other| other < value);
        let [low, high] = (at as u16).to_le_bytes();
        self.0.byte(column.contexts + 1, high);
        self.0.byte(column.low(high), low);
    }

    fn model(&mut self, tagger: &Tagger) {
        let types = tagger.labels.types();
        self.count(types.len());
        for name in types {
            self.count(name.len());
            name.bytes().for_each(|byte| self.0.bits(8, u32::from(byte)));
        }
        self.words(&tagger.clusters);
        tagger.transitions.iter().for_each(|&weight| self.0.signed(context::TRANSITIONS, weight.into()));
        self.weights(tagger.weights.entries(), tagger.labels.len());
        self.0.bits(1, u32::from(tagger.network.is_some()));
        if let Some(Network { tables, first, first_bias, last, last_bias, .. }) = &tagger.network {
            let mut numbers = [tables, first, first_bias, last, last_bias].into_iter().flatten();
            for (context, count) in (context::NETWORK..).zip(layers(tagger.labels.len())) {
                for &number in numbers.by_ref().take(count) {
                    self.0.signed(context, number.into());
                }
            }
        }
    }

    fn words(&mut self, clusters: &ClusterTable) {
        let ClusterTable { vector_keys, fine, pieces, parents, brown_keys, brown, mark_keys, marks } =
            clusters;
        self.count(parents.len());
        for &(middle, coarse) in parents {
            self.0.number(context::PARENTS, middle.into());
            self.0.number(context::PARENTS + 1, coarse.into());
        }
        self.0.bits(1, u32::from(!pieces.is_empty()));
        let columns = [fine, brown, marks].into_iter().enumerate();
        let columns =
            columns.map(|(at, values)| self.column(context::COLUMNS + at * Column::CONTEXTS, values));
        let columns: Vec<Column> = columns.collect();
        let tables = [(VECTOR, vector_keys, fine), (BROWN, brown_keys, brown), (MARKS, mark_keys, marks)];
        let mut tables = tables.map(|(bit, keys, values)| (bit, zip(keys.keys(), values).peekable()));
        let groups = if pieces.is_empty() { Vec::new() } else { groups(fine, pieces, parents.len()) };
        for group in &groups {
            zip(context::GROUP.., group).for_each(|(context, &group)| self.0.byte(context, group));
        }
        let mut pieces = zip(fine, pieces);
        let keys = [vector_keys, brown_keys, mark_keys].map(Fingerprints::keys);
        let mut keys = keys.concat();
        keys.sort_unstable();
        keys.dedup();
        self.count(keys.len());
        let mut next = 0;
        for key in keys {
            self.0.number(context::WORD, key - next);
            next = key.wrapping_add(1);
            let found =
                tables.each_mut().map(|(bit, rows)| (*bit, rows.next_if(|&(&other, _)| other == key)));
            let known = found.iter().filter(|(_, row)| row.is_some()).map(|(bit, _)| bit).sum();
            self.0.byte(context::KNOWN, known);
            for (column, (_, row)) in zip(&columns, found) {
                if let Some((_, &value)) = row {
                    self.cell(column, value);
                }
            }
            if known & VECTOR != 0
                && let Some((&cluster, pieces)) = pieces.next()
            {
                let contexts = zip((context::PIECE..).step_by(GROUPS), groups[cluster as usize]);
                for ((context, group), &piece) in zip(contexts, pieces) {
                    self.0.byte(context + group as usize, piece);
                }
            }
        }
    }

    fn weights(&mut self, entries: Entries, width: usize) {
        let Entries { keys, seats, rows } = entries;
        self.count(keys.len());
        self.count(rows.len() / stride(width));
        let step = rows.iter().fold(0, |step, &weight| common_divisor(step, weight)).max(1);
        self.0.bits(16, step.into());
        let mut rows = rows.chunks(stride(width));
        let mut next = 0;
        for (key, seats) in zip(keys, seats) {
            // Keys are odd.
            self.0.number(context::FEATURE, (key >> 1) - next);
            next = (key >> 1) + 1;
            let [low, high] = seats.to_le_bytes();
            self.0.byte(context::LOW_SEATS, low);
            self.0.byte(context::HIGH_SEATS + low.count_ones() as usize, high);
            let mut before = 0;
            for row in rows.by_ref().take(seats.count_ones() as usize) {
                let mut context = context::FIRST_LABELS + before.min(MOST_BEFORE);
                for weights in row[..width].chunks(LABELS) {
                    let filled =
                        weights.iter().rev().fold(0, |bits, &weight| bits << 1 | u8::from(weight != 0));
                    self.0.byte(context, filled);
                    context = context::MORE_LABELS + filled as usize;
                }
                let weights = || {
                    let steps = row.iter().map(|&weight| i32::from(weight) / i32::from(step));
                    steps.filter(|&weight| weight != 0)
                };
                before = weights().count();
                let mut sum = 0;
                for (weight, after) in zip(weights(), (0..before).rev()) {
                    if after == 0 {
                        self.0.signed(context::LAST_WEIGHT + before.min(MOST_BEFORE), weight + sum);
                    } else {
                        let against = if sum > 0 { -weight } else { weight };
                        self.0.signed(weight_context(sum, after), against);
                    }
                    sum += weight;
                }
            }
        }
    }
}

struct Reader<'a> {
    stream: Decoder<'a>,
    /// How many bytes the rest may take.
    room: usize,
}

impl Reader<'_> {
    /// The number of items that follow, each of which takes this many bytes.
    fn count(&mut self, size: usize) -> Result<usize> {
        let count = self.stream.bits(31) as usize;
        self.take(count, size).map_err(|_| damaged(&format!("it announces {count} items")))?;
        Ok(count)
    }

    /// Makes sure that there is room for this many items of this size.
    fn take(&mut self, count: usize, size: usize) -> Result<()> {
        let left = count.checked_mul(size).and_then(|bytes| self.room.checked_sub(bytes));
        self.room = left.ok_or_else(|| damaged("it is too large"))?;
        Ok(())
    }

    fn column(&mut self, contexts: usize) -> Result<Column> {
        let (mut distinct, mut next) = (Vec::new(), 0_u32);
        for _ in 0..self.count(2)? {
            let value = next.saturating_add(self.stream.number(contexts));
            distinct.push(u16::try_from(value).map_err(|_| damaged("a cluster is out of range"))?);
            next = value + 1;
        }
        Ok(Column { contexts, distinct })
    }

    #[inline]
    fn cell(&mut self, column: &Column) -> Result<u16> {
        let high = self.stream.byte(column.contexts + 1);
        let low = self.stream.byte(column.low(high));
        let value = column.distinct.get(u16::from_le_bytes([low, high]) as usize);
        value.copied().ok_or_else(|| damaged("a cluster does not exist"))
    }

    fn model(&mut self) -> Result<Tagger> {
        let mut types = Vec::new();
        for _ in 0..self.count(size_of::<String>())?.min(MOST_TYPES + 1) {
            let name = (0..self.count(1)?).map(|_| self.stream.bits(8) as u8).collect();
            types.push(String::from_utf8(name).map_err(|_| damaged("a type is not text"))?);
        }
        let labels = Labels::new(types).map_err(|error| damaged(error.what()))?;
        let width = labels.len();
        let clusters = self.words()?;
        let transitions = self.numbers(context::TRANSITIONS, (width + 1) * width)?;
        let weights = Weights::new(width, JOINED as u32, self.weights(width)?);
        let network = if self.stream.bits(1) == 0 { None } else { Some(self.network(width)?) };
        Ok(Tagger::new(labels, clusters, weights, transitions).with_network(network))
    }

    fn words(&mut self) -> Result<ClusterTable> {
        let mut table = ClusterTable::default();
        for _ in 0..self.count(size_of::<(u16, u16)>())? {
            let [middle, coarse] = [0, 1].map(|at| self.stream.number(context::PARENTS + at));
            // The numbers of clusters are one larger where zero means none.
            let [middle, coarse] = [middle, coarse].map(|cluster| {
                let cluster = u16::try_from(cluster).ok().filter(|&cluster| cluster < u16::MAX);
                cluster.ok_or_else(|| damaged("a cluster is out of range"))
            });
            table.parents.push((middle?, coarse?));
        }
        let has_pieces = self.stream.bits(1) == 1;
        let mut columns = Vec::new();
        for at in 0..3 {
            columns.push(self.column(context::COLUMNS + at * Column::CONTEXTS)?);
        }
        let fine = columns[0].distinct.last();
        if fine.is_some_and(|&last| last as usize >= table.parents.len() || last == u16::MAX) {
            return Err(damaged("a cluster has no parents"));
        }
        let mut groups = Vec::new();
        if has_pieces {
            self.take(table.parents.len(), PIECES)?;
            for _ in &table.parents {
                let group: [u8; PIECES] =
                    std::array::from_fn(|piece| self.stream.byte(context::GROUP + piece));
                if group.iter().any(|&group| group as usize >= GROUPS) {
                    return Err(damaged("a group does not exist"));
                }
                groups.push(group);
            }
        }
        // A word that all tables know takes three keys and three values.
        let words = self.count(3 * (size_of::<u32>() + size_of::<u16>()) + PIECES)?;
        let [mut vector_keys, mut brown_keys, mut mark_keys] = [(); 3].map(|()| Vec::with_capacity(words));
        table.pieces.reserve(if has_pieces { words } else { 0 });
        let mut next = 0_u64;
        for _ in 0..words {
            let key = next + u64::from(self.stream.number(context::WORD));
            next = key + 1;
            let key = u32::try_from(key).map_err(|_| damaged("a key is out of range"))?;
            let known = self.stream.byte(context::KNOWN);
            let mut group = None;
            if known & VECTOR != 0 {
                vector_keys.push(key);
                let cluster = self.cell(&columns[0])?;
                table.fine.push(cluster);
                group = groups.get(cluster as usize);
            }
            if known & BROWN != 0 {
                brown_keys.push(key);
                table.brown.push(self.cell(&columns[1])?);
            }
            if known & MARKS != 0 {
                mark_keys.push(key);
                table.marks.push(self.cell(&columns[2])?);
            }
            if let Some(group) = group {
                table.pieces.push(std::array::from_fn(|piece| {
                    self.stream.byte(context::PIECE + piece * GROUPS + group[piece] as usize)
                }));
            }
        }
        table.vector_keys = Fingerprints::new(vector_keys);
        table.brown_keys = Fingerprints::new(brown_keys);
        table.mark_keys = Fingerprints::new(mark_keys);
        Ok(table)
    }

    fn weights(&mut self, width: usize) -> Result<Entries> {
        // A feature has a key, seats, and up to four slots in the table.
        let features = self.count(6 + 4 * 12)?;
        let numbers = self.count(stride(width) * size_of::<i16>())? * stride(width);
        let step = self.stream.bits(16) as i32;
        let (keys, seats) = (Vec::with_capacity(features), Vec::with_capacity(features));
        let mut entries = Entries { keys, seats, rows: Vec::with_capacity(numbers) };
        let mut next = 0_u64;
        for _ in 0..features {
            let key = (next + u64::from(self.stream.number(context::FEATURE))) << 1 | 1;
            next = (key >> 1) + 1;
            entries.keys.push(u32::try_from(key).map_err(|_| damaged("a key is out of range"))?);
            let low = self.stream.byte(context::LOW_SEATS);
            let high = self.stream.byte(context::HIGH_SEATS + low.count_ones() as usize);
            let seats = Seats::from_le_bytes([low, high]);
            if seats >> (JOINED + 1) != 0 {
                return Err(damaged(&format!("there are {JOINED} seats and one for joint features")));
            }
            entries.seats.push(seats);
            if entries.rows.len() + seats.count_ones() as usize * stride(width) > numbers {
                return Err(damaged("it has more rows than it announces"));
            }
            let mut before = 0;
            for _ in 0..seats.count_ones() {
                let row = entries.rows.len();
                entries.rows.resize(row + stride(width), 0);
                before = self.row(before, step, &mut entries.rows[row..][..width])?;
            }
        }
        Ok(entries)
    }

    /// Reads a row of multiples of a step, and returns how many of its weights are not zero.
    fn row(&mut self, before: usize, step: i32, row: &mut [i16]) -> Result<usize> {
        let mut filled = 0_u64;
        let mut context = context::FIRST_LABELS + before.min(MOST_BEFORE);
        for start in (0..row.len()).step_by(LABELS) {
            let bits = self.stream.byte(context);
            if bits >> LABELS.min(row.len() - start) != 0 {
                return Err(damaged("a weight belongs to no label"));
            }
            filled |= u64::from(bits) << start;
            context = context::MORE_LABELS + bits as usize;
        }
        let count = filled.count_ones() as usize;
        let mut sum = 0_i32;
        for after in (0..count).rev() {
            let weight = if after == 0 {
                self.stream.signed(context::LAST_WEIGHT + count.min(MOST_BEFORE)).wrapping_sub(sum)
            } else {
                let weight = self.stream.signed(weight_context(sum, after));
                if sum > 0 { weight.wrapping_neg() } else { weight }
            };
            row[filled.trailing_zeros() as usize] = whole(weight.saturating_mul(step))?;
            filled &= filled - 1;
            sum += weight;
        }
        Ok(count)
    }

    fn numbers(&mut self, context: usize, count: usize) -> Result<Vec<i16>> {
        self.take(count, size_of::<i16>())?;
        (0..count).map(|_| whole(self.stream.signed(context))).collect()
    }

    fn network(&mut self, width: usize) -> Result<Network> {
        let mut layers = (context::NETWORK..)
            .zip(layers(width))
            .map(|(context, count)| self.numbers(context, count))
            .collect::<Result<Vec<_>>>()?;
        let rest = layers.split_off(SLOTS);
        let Ok([first, first_bias, last, last_bias]) = <[Vec<i16>; 4]>::try_from(rest) else {
            return Err(damaged("its network has no layers"));
        };
        let network = Network::new(width, layers.concat(), first, first_bias, last, last_bias);
        network.ok_or_else(|| damaged("its network has the wrong size"))
    }
}

fn whole(weight: i32) -> Result<i16> {
    i16::try_from(weight).map_err(|_| damaged("a weight is out of range"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::collection::{btree_map, vec};
    use proptest::prelude::*;

    use super::*;

    /// How many bytes come before the content.
    const HEAD: usize = MAGIC.len() + 1 + 8 + 8;

    /// The keys of words, and the value of each.
    fn words(below: u16) -> impl Strategy<Value = (Fingerprints, Vec<u16>)> {
        btree_map(any::<u32>(), 0..below, 0..40).prop_map(|words| {
            let (keys, values) = words.into_iter().unzip();
            (Fingerprints::new(keys), values)
        })
    }

    prop_compose! {
        fn clusters()(
            (vector_keys, fine) in words(9),
            (brown_keys, brown) in words(u16::MAX),
            (mark_keys, marks) in words(4),
            parents in vec((0_u16..300, 0_u16..60), 9),
            some in vec(any::<[u8; PIECES]>(), 40),
            has_pieces in any::<bool>(),
        ) -> ClusterTable {
            let pieces = if has_pieces { some[..fine.len()].to_vec() } else { Vec::new() };
            ClusterTable { vector_keys, fine, pieces, parents, brown_keys, brown, mark_keys, marks }
        }
    }

    /// Features, with rows of this many weights.
    fn entries(width: usize) -> impl Strategy<Value = Entries> {
        let weight = prop_oneof![3 => Just(0), 3 => -40_i16..40, 1 => any::<i16>()];
        let rows = vec(vec(weight, width), JOINED + 1);
        btree_map(any::<u32>().prop_map(|key| key | 1), (0_u16..1 << (JOINED + 1), rows), 0..30).prop_map(
            move |features: BTreeMap<u32, (Seats, Vec<Vec<i16>>)>| {
                let mut entries = Entries::default();
                for (key, (seats, rows)) in features {
                    entries.keys.push(key);
                    entries.seats.push(seats);
                    let rows = rows.into_iter().take(seats.count_ones() as usize);
                    rows.for_each(|row| entries.push_row(width, row));
                }
                entries
            },
        )
    }

    fn tagger() -> impl Strategy<Value = Tagger> {
        (1_usize..9).prop_flat_map(|types| {
            let width = 2 * types + 1;
            (clusters(), entries(width), vec(any::<i16>(), (width + 1) * width)).prop_map(
                move |(clusters, entries, transitions)| {
                    let names = (0..types).map(|number| format!("TYPE{number}")).collect();
                    let labels = Labels::new(names).expect("the types are distinct");
                    Tagger::new(labels, clusters, Weights::new(width, JOINED as u32, entries), transitions)
                },
            )
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(tagger in tagger()) {
            let file = tagger.to_bytes();
            let again = Tagger::from_bytes(&file).map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(again.to_bytes(), file);
            prop_assert_eq!(again, tagger);
        }

        #[test]
        fn content_that_is_damaged_makes_a_model_or_an_error(
            tagger in tagger(),
            damage in vec((any::<prop::sample::Index>(), any::<u8>()), 1..9),
            cut in any::<prop::sample::Index>(),
            is_cut in any::<bool>(),
        ) {
            // The checksum is right, so that the damage is read.
            let mut content = tagger.to_bytes().split_off(HEAD);
            for (at, byte) in damage {
                let at = at.index(content.len());
                content[at] = byte;
            }
            if is_cut {
                content.truncate(cut.index(content.len()));
            }
            if let Err(error) = Tagger::from_bytes(&file(&content)) {
                prop_assert_eq!(error.kind(), Kind::BadModel);
            }
        }

        #[test]
        fn random_content_makes_a_model_or_an_error(content in vec(any::<u8>(), 0..3000)) {
            if let Err(error) = Tagger::from_bytes(&file(&content)) {
                prop_assert_eq!(error.kind(), Kind::BadModel);
            }
        }
    }
}
