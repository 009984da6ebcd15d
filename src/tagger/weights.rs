//! How strongly does each feature support each label?
//!
//! A feature may be seen from several seats: at some distance, or combined with its neighbours. It
//! is found by its hash, once for all seats: with open addressing over 32-bit keys, one memory
//! access for the slot and one for the rows, which are contiguous. An unknown feature may get the
//! rows of another, once in some thousand times.

/// The seats from which a feature can be seen, one bit each.
pub(crate) type Seats = u16;

/// Rows are padded to a multiple of this many weights, which are added together.
const LANES: usize = 8;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Slot {
    /// The key; zero if the slot is free.
    key: u32,
    /// Where its rows begin.
    start: u32,
    seats: Seats,
}

/// Rows with one weight per label, by feature and seat.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Weights {
    labels: usize,
    slots: Vec<Slot>,
    values: Vec<i16>,
    /// An approximate set of the keys of joint features, small enough to stay in the cache: most
    /// joint features that are looked up do not exist.
    joined: Vec<u64>,
    joined_seat: u32,
}

/// Features as they are read and written: odd keys, the seats of each, and for each seat, from
/// the lowest, a row of [`stride`] weights, of which only the first count, one per label.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Entries {
    pub(crate) keys: Vec<u32>,
    pub(crate) seats: Vec<Seats>,
    pub(crate) rows: Vec<i16>,
}

/// The length of a row for this many labels.
pub(crate) fn stride(labels: usize) -> usize {
    labels.next_multiple_of(LANES).max(LANES)
}

impl Entries {
    /// Adds a row of weights.
    pub(crate) fn push_row(&mut self, labels: usize, row: impl IntoIterator<Item = i16>) {
        let end = self.rows.len() + stride(labels);
        self.rows.extend(row);
        self.rows.resize(end, 0);
    }
}

impl Weights {
    /// `joined_seat` is the seat of features that are looked up with [`Self::joined_row`].
    pub(crate) fn new(labels: usize, joined_seat: u32, entries: Entries) -> Self {
        let size = (entries.keys.len() * 2).next_power_of_two().max(16);
        let mut table = Self {
            labels,
            slots: vec![Slot::default(); size],
            values: Vec::new(),
            joined: Vec::new(),
            joined_seat,
        };
        let features = || entries.keys.iter().zip(&entries.seats).map(|(&key, &seats)| (key, seats));
        let joined = || features().filter(|(_, seats)| seats >> joined_seat & 1 == 1).map(|(key, _)| key);
        table.joined = vec![0; (joined().count() / 4).next_power_of_two().max(16)];
        for key in joined() {
            let (word, bit) = table.joined_bit(key);
            table.joined[word] |= bit;
        }
        let mut start = 0;
        for (key, seats) in features() {
            let mut at = key as usize & (size - 1);
            while table.slots[at].key != 0 {
                at = (at + 1) & (size - 1);
            }
            table.slots[at] = Slot { key, start, seats };
            start += seats.count_ones();
        }
        table.values = entries.rows;
        table.values.resize(start as usize * stride(labels), 0);
        table
    }

    /// The length of a row.
    #[inline]
    pub(crate) fn stride(&self) -> usize {
        stride(self.labels)
    }

    /// The key of a feature.
    #[inline]
    pub(crate) fn key(feature: u64) -> u32 {
        (feature >> 32) as u32 | 1
    }

    /// Calls `see` with each seat of `seats` from which the feature has weights, and with the row
    /// of these weights.
    #[inline]
    pub(crate) fn rows(&self, feature: u64, seats: Seats, mut see: impl FnMut(usize, &[i16])) {
        let Some(slot) = self.slot(Self::key(feature)) else { return };
        let stride = self.stride();
        let mut row = slot.start as usize * stride;
        for seat in (0..Seats::BITS).filter(|seat| slot.seats >> seat & 1 == 1) {
            if seats >> seat & 1 == 1 {
                see(seat as usize, &self.values[row..row + stride]);
            }
            row += stride;
        }
    }

    /// The row of a joint feature; `None` if it has none.
    #[inline]
    pub(crate) fn joined_row(&self, feature: u64) -> Option<&[i16]> {
        let key = Self::key(feature);
        let (word, bit) = self.joined_bit(key);
        if self.joined.get(word)? & bit == 0 {
            return None;
        }
        let slot = self.slot(key).filter(|slot| slot.seats >> self.joined_seat & 1 == 1)?;
        let before = (slot.seats & ((1 << self.joined_seat) - 1)).count_ones();
        let stride = self.stride();
        self.values[(slot.start + before) as usize * stride..].get(..stride)
    }

    /// The word and bit of the key of a joint feature. The lowest bit of a key is always set, and
    /// the next bits determine its slot.
    #[inline]
    fn joined_bit(&self, key: u32) -> (usize, u64) {
        let place = key >> 1;
        ((place >> 6) as usize & (self.joined.len() - 1), 1 << (place & 63))
    }

    #[inline]
    fn slot(&self, key: u32) -> Option<Slot> {
        let mask = self.slots.len() - 1;
        let mut at = key as usize & mask;
        loop {
            match self.slots[at] {
                slot if slot.key == key => return Some(slot),
                Slot { key: 0, .. } => return None,
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// All features, in ascending order of their keys.
    pub(crate) fn entries(&self) -> Entries {
        let stride = self.stride();
        let mut slots: Vec<&Slot> = self.slots.iter().filter(|slot| slot.key != 0).collect();
        slots.sort_unstable_by_key(|slot| slot.key);
        let mut entries = Entries::default();
        for slot in slots {
            entries.keys.push(slot.key);
            entries.seats.push(slot.seats);
            let rows = self.values[slot.start as usize * stride..].chunks(stride);
            for row in rows.take(slot.seats.count_ones() as usize) {
                entries.rows.extend(row);
            }
        }
        entries
    }
}

/// Adds a row to sums of the same length, a multiple of [`LANES`].
#[inline]
pub(crate) fn add(sums: &mut [i32], row: &[i16]) {
    let (sums, row) = (sums.as_chunks_mut::<LANES>().0, row.as_chunks::<LANES>().0);
    for (sums, row) in sums.iter_mut().zip(row) {
        for (sum, &weight) in sums.iter_mut().zip(row) {
            *sum += i32::from(weight);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_has_a_row_for_each_seat_that_training_saw() {
        let mut entries = Entries {
            keys: vec![3, 19, 35],
            seats: vec![0b1_0001, 1 << 10, 1 << 10 | 0b100],
            rows: Vec::new(),
        };
        for row in [[1, 2, 3], [4, 5, 6], [7, 8, 9], [1, 1, 1], [2, 2, 2]] {
            entries.push_row(3, row);
        }
        let weights = Weights::new(3, 10, entries.clone());
        assert_eq!(weights.entries(), entries);
        let mut seen = Vec::new();
        weights.rows(3 << 32, 0b10010, |seat, row| seen.push((seat, row[..3].to_vec())));
        assert_eq!(seen, [(4, vec![4, 5, 6])]);
        assert_eq!(weights.joined_row(19 << 32).map(|row| row[2]), Some(9));
        assert_eq!(weights.joined_row(35 << 32).map(|row| row[2]), Some(2));
        assert_eq!(weights.joined_row(3 << 32), None);
        assert_eq!(weights.joined_row(51 << 32), None);
    }
}
