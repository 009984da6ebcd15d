//! How are many small numbers stored in few bytes?
//!
//! A byte takes as many bits as its frequency in its context deserves: by range asymmetric numeral
//! systems (Duda 2013), which are as fast as Huffman codes and as small as arithmetic coding. A
//! context is a number that both sides know, such as what the byte means or which byte came
//! before. A large number is a byte, which says how large it is, and bits that are stored as they
//! are. In the stream come the length of these bits in bytes, the bits, the states of the coder,
//! and its words; the bits begin with the frequencies of all contexts.
//!
//! Invariants: what is read is what was written, if it is read in the same order and in the same
//! contexts. Bytes take turns with the [`STATES`]. A state is between [`LOW`] and `LOW << 32` after
//! each turn, and is [`LOW`] before the first byte is written and after the last one is read; bytes
//! are written from the last to the first. Whatever the stream contains, reading it gives some
//! numbers: a stream that is too short continues with zeros, and [`Decoder::is_at_end`] then says
//! no.
//!
//! Cost: some nanoseconds per number, and five kilobytes of memory per context. The states do not
//! depend on each other, so that a processor works on several at once.

/// The binary logarithm of the sum of the frequencies of a context.
const SCALE_BITS: u32 = 12;
const SCALE: u32 = 1 << SCALE_BITS;

/// The lowest state.
const LOW: u64 = 1 << 31;

/// Each number below this has its own symbol; of others, the symbol says the first two bits.
const DIRECT: u32 = 16;

/// The number of states.
const STATES: usize = 4;

/// Bits, from the lowest bit of the first byte.
#[derive(Debug, Default)]
struct Bits {
    bytes: Vec<u8>,
    /// The bits after the last byte, and how many they are: fewer than eight.
    last: u64,
    count: u32,
}

impl Bits {
    /// Adds the lowest `count` bits of a value, at most 31.
    fn push(&mut self, count: u32, value: u32) {
        self.last |= u64::from(value & ((1 << count) - 1)) << self.count;
        self.count += count;
        while self.count >= u8::BITS {
            self.bytes.push(self.last as u8);
            self.last >>= u8::BITS;
            self.count -= u8::BITS;
        }
    }

    fn finish(mut self) -> Vec<u8> {
        self.push(u8::BITS - 1, 0);
        self.bytes
    }
}

/// Collects numbers and writes a stream.
#[derive(Debug)]
pub(super) struct Encoder {
    contexts: usize,
    /// Contexts and bytes.
    symbols: Vec<(u16, u8)>,
    bits: Bits,
}

impl Encoder {
    /// An encoder for contexts below `contexts`.
    pub(super) fn new(contexts: usize) -> Self {
        Self { contexts, symbols: Vec::new(), bits: Bits::default() }
    }

    /// Writes a byte.
    pub(super) fn byte(&mut self, context: usize, symbol: u8) {
        self.symbols.push((context as u16, symbol));
    }

    /// Writes the lowest `count` bits of a value, at most 31, as they are.
    pub(super) fn bits(&mut self, count: u32, value: u32) {
        self.bits.push(count, value);
    }

    /// Writes a number that is more often small than large.
    pub(super) fn number(&mut self, context: usize, value: u32) {
        let (symbol, count) = class(value);
        self.byte(context, symbol);
        self.bits(count, value);
    }

    /// Writes a number that is more often near to zero than far from it.
    pub(super) fn signed(&mut self, context: usize, value: i32) {
        let (symbol, count) = class(value.unsigned_abs());
        self.byte(context, symbol << 1 | u8::from(value < 0));
        self.bits(count, value.unsigned_abs());
    }

    /// The stream.
    pub(super) fn finish(self) -> Vec<u8> {
        let mut counts = vec![[0_u32; 256]; self.contexts];
        for &(context, symbol) in &self.symbols {
            counts[context as usize][symbol as usize] += 1;
        }
        let ranges: Vec<Ranges> = counts.iter().map(|counts| Ranges::new(&frequencies(counts))).collect();
        let mut tables = Bits::default();
        for ranges in &ranges {
            ranges.write(&mut tables);
        }
        let (mut states, mut words) = ([LOW; STATES], Vec::new());
        for (turn, (context, symbol)) in self.symbols.into_iter().enumerate().rev() {
            let Range { start, frequency } = ranges[context as usize].of(symbol);
            let (start, frequency) = (u64::from(start), u64::from(frequency));
            let state = &mut states[turn % STATES];
            if *state >= (LOW >> SCALE_BITS << 32) * frequency {
                words.push(*state as u32);
                *state >>= 32;
            }
            *state = ((*state / frequency) << SCALE_BITS) | (start + *state % frequency);
        }
        let bits = [tables.finish(), self.bits.finish()].concat();
        let mut stream = (bits.len() as u32).to_le_bytes().to_vec();
        stream.extend(bits);
        stream.extend(states.into_iter().flat_map(u64::to_le_bytes));
        stream.extend(words.into_iter().rev().flat_map(u32::to_le_bytes));
        stream
    }
}

/// The symbol of a number, and how many of its lowest bits follow.
fn class(value: u32) -> (u8, u32) {
    if value < DIRECT {
        return (value as u8, 0);
    }
    let rest = value.ilog2() - 1;
    // Of the number, the symbol contains the position of the highest bit and the bit after it.
    ((DIRECT + 2 * (rest + 1 - DIRECT.ilog2()) + (value >> rest & 1)) as u8, rest)
}

/// For each symbol of [`class`], its lowest number, and how many bits follow. Symbols after the
/// last one, which only a damaged stream contains, are like it.
const CLASSES: [(u32, u32); 256] = {
    let mut classes = [(0, 0); 256];
    let mut symbol = 0;
    while symbol < classes.len() as u32 {
        classes[symbol as usize] = if symbol < DIRECT {
            (symbol, 0)
        } else {
            let above = symbol - DIRECT;
            let count = above / 2 + DIRECT.ilog2() - 1;
            let count = if count > u32::BITS - 2 { u32::BITS - 2 } else { count };
            ((2 | above & 1) << count, count)
        };
        symbol += 1;
    }
    classes
};

/// Frequencies that sum to [`SCALE`], or to zero if nothing was counted; what was counted has one.
fn frequencies(counts: &[u32; 256]) -> [u16; 256] {
    let total: u64 = counts.iter().map(|&count| u64::from(count)).sum();
    let share = |&count: &u32| match count {
        0 => 0,
        _ => (u64::from(count) * u64::from(SCALE) / total).max(1) as u16,
    };
    let mut found = [0; 256];
    found.iter_mut().zip(counts).for_each(|(found, count)| *found = share(count));
    let mut sum: i64 = found.iter().copied().map(i64::from).sum();
    // Rounding is made good where it costs least: at the most frequent symbols.
    while total > 0 && sum != i64::from(SCALE) {
        let most = found.iter_mut().max_by_key(|frequency| **frequency);
        let Some(most) = most else { break };
        let change = (i64::from(SCALE) - sum).clamp(-i64::from(*most / 8).max(1), i64::from(*most));
        *most = (i64::from(*most) + change) as u16;
        sum += change;
    }
    found
}

/// The slots of a symbol: `frequency` of them, from `start`.
#[derive(Debug, Clone, Copy, Default)]
struct Range {
    start: u16,
    frequency: u16,
}

/// The slots of the symbols of a context.
#[derive(Debug, Clone)]
struct Ranges([Range; 256]);

impl Ranges {
    fn new(frequencies: &[u16; 256]) -> Self {
        let mut start = 0;
        Self(frequencies.map(|frequency| {
            let range = Range { start, frequency };
            start += frequency;
            range
        }))
    }

    #[inline]
    fn of(&self, symbol: u8) -> Range {
        self.0[symbol as usize]
    }

    /// Writes the frequencies up to the last symbol that occurs: the length of each in bits, and
    /// the bits after the highest.
    fn write(&self, bits: &mut Bits) {
        let used = self.0.iter().rposition(|range| range.frequency > 0).map_or(0, |last| last + 1);
        bits.push(9, used as u32);
        for &Range { frequency, .. } in &self.0[..used] {
            let length = u16::BITS - frequency.leading_zeros();
            bits.push(4, length);
            bits.push(length.saturating_sub(1), u32::from(frequency));
        }
    }
}

/// A context, as it is read.
#[derive(Debug)]
struct Table {
    ranges: Ranges,
    /// The symbol of each slot.
    symbols: [u8; SCALE as usize],
}

impl Table {
    /// Reads what [`Ranges::write`] writes. If that is damaged, what is too much is cut off, and
    /// slots that are left belong to a symbol that repeats the state.
    fn read(decoder: &mut Decoder) -> Self {
        let mut frequencies = [0; 256];
        let used = decoder.bits(9).min(256) as usize;
        let mut left = SCALE as u16;
        for frequency in &mut frequencies[..used] {
            let length = decoder.bits(4);
            if length > 0 {
                let rest = length - 1;
                *frequency = (1_u32 << rest | decoder.bits(rest)).min(u32::from(left)) as u16;
                left -= *frequency;
            }
        }
        frequencies[0] += left;
        let ranges = Ranges::new(&frequencies);
        let mut symbols = [0; SCALE as usize];
        for (symbol, &Range { start, frequency }) in (0..=u8::MAX).zip(&ranges.0) {
            symbols[start as usize..][..frequency as usize].fill(symbol);
        }
        Self { ranges, symbols }
    }
}

/// Reads numbers from a stream.
#[derive(Debug)]
pub(super) struct Decoder<'a> {
    bits: &'a [u8],
    /// How many bits were read.
    bit: usize,
    states: [u64; STATES],
    turn: usize,
    words: &'a [[u8; 4]],
    /// How many words were read, or would have been.
    word: usize,
    /// Whether the stream ended within its head or within a word.
    torn: bool,
    tables: Vec<Table>,
}

impl<'a> Decoder<'a> {
    /// A decoder for contexts below `contexts`.
    pub(super) fn new(stream: &'a [u8], contexts: usize) -> Self {
        let (length, rest) = stream.split_first_chunk().unwrap_or((&[0; 4], &[]));
        let (bits, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize).unwrap_or_default();
        let (states, rest) = rest.split_at_checked(STATES * 8).unwrap_or_default();
        let (words, tail) = rest.as_chunks();
        let mut decoder = Self {
            bits,
            bit: 0,
            states: [0; STATES],
            turn: 0,
            words,
            word: 0,
            torn: !tail.is_empty(),
            tables: Vec::with_capacity(contexts),
        };
        for (state, bytes) in decoder.states.iter_mut().zip(states.as_chunks().0) {
            *state = u64::from_le_bytes(*bytes);
        }
        for _ in 0..contexts {
            let table = Table::read(&mut decoder);
            decoder.tables.push(table);
        }
        decoder.bit = decoder.bit.next_multiple_of(8);
        decoder
    }

    /// Reads a byte.
    #[inline]
    pub(super) fn byte(&mut self, context: usize) -> u8 {
        let state = &mut self.states[self.turn];
        self.turn = (self.turn + 1) % STATES;
        let table = &self.tables[context];
        let slot = *state as u32 & (SCALE - 1);
        let symbol = table.symbols[slot as usize];
        let Range { start, frequency } = table.ranges.of(symbol);
        let before = u64::from(frequency) * (*state >> SCALE_BITS) + u64::from(slot) - u64::from(start);
        // Whether a word follows is hard to predict, so this must not be a branch.
        let word = u32::from_le_bytes(self.words.get(self.word).copied().unwrap_or_default());
        let refilled = before << 32 | u64::from(word);
        *state = if before < LOW { refilled } else { before };
        self.word += usize::from(before < LOW);
        symbol
    }

    /// Reads `count` bits, at most 31.
    #[inline]
    pub(super) fn bits(&mut self, count: u32) -> u32 {
        let rest = self.bits.get(self.bit / 8..).unwrap_or_default();
        let bytes = rest.first_chunk().copied().unwrap_or_else(|| {
            let mut last = [0; 8];
            last.iter_mut().zip(rest).for_each(|(byte, &other)| *byte = other);
            last
        });
        let value = u64::from_le_bytes(bytes) >> (self.bit % 8);
        self.bit += count as usize;
        value as u32 & ((1 << count) - 1)
    }

    /// Reads a number that is more often small than large.
    #[inline]
    pub(super) fn number(&mut self, context: usize) -> u32 {
        let symbol = self.byte(context);
        self.rest(symbol)
    }

    /// Reads a number that is more often near to zero than far from it.
    #[inline]
    pub(super) fn signed(&mut self, context: usize) -> i32 {
        let symbol = self.byte(context);
        let (value, sign) = (self.rest(symbol >> 1) as i32, i32::from(symbol & 1));
        (value ^ -sign).wrapping_add(sign)
    }

    /// Whether everything was read, and nothing was missing.
    pub(super) fn is_at_end(&self) -> bool {
        self.states == [LOW; STATES]
            && self.word == self.words.len()
            && self.bit.div_ceil(8) == self.bits.len()
            && !self.torn
    }

    /// The number that a symbol of [`class`] begins.
    #[inline]
    fn rest(&mut self, symbol: u8) -> u32 {
        // The size of a number is hard to predict, so this must not be a branch.
        let (start, count) = CLASSES[symbol as usize];
        start + self.bits(count)
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    const CONTEXTS: usize = 5;

    #[derive(Debug, Clone, Copy, PartialEq)]
    enum Written {
        Byte(usize, u8),
        Bits(u32, u32),
        Number(usize, u32),
        Signed(usize, i32),
    }

    fn encoded(written: &[Written]) -> Vec<u8> {
        let mut encoder = Encoder::new(CONTEXTS);
        for &one in written {
            match one {
                Written::Byte(context, symbol) => encoder.byte(context, symbol),
                Written::Bits(count, value) => encoder.bits(count, value),
                Written::Number(context, value) => encoder.number(context, value),
                Written::Signed(context, value) => encoder.signed(context, value),
            }
        }
        encoder.finish()
    }

    /// What is read where `written` was written, and whether that was all.
    fn decoded(stream: &[u8], written: &[Written]) -> (Vec<Written>, bool) {
        let mut decoder = Decoder::new(stream, CONTEXTS);
        let read = written.iter().map(|one| match *one {
            Written::Byte(context, _) => Written::Byte(context, decoder.byte(context)),
            Written::Bits(count, _) => Written::Bits(count, decoder.bits(count)),
            Written::Number(context, _) => Written::Number(context, decoder.number(context)),
            Written::Signed(context, _) => Written::Signed(context, decoder.signed(context)),
        });
        (read.collect(), decoder.is_at_end())
    }

    fn written() -> impl Strategy<Value = Written> {
        let number = || (any::<u32>(), 0_u32..32).prop_map(|(value, shift)| value >> shift);
        prop_oneof![
            (0..CONTEXTS, any::<u8>()).prop_map(|(context, symbol)| Written::Byte(context, symbol)),
            (0..CONTEXTS, 0_u8..3).prop_map(|(context, symbol)| Written::Byte(context, symbol)),
            (0_u32..32, any::<u32>())
                .prop_map(|(count, value)| Written::Bits(count, value & ((1 << count) - 1))),
            (0..CONTEXTS, number()).prop_map(|(context, value)| Written::Number(context, value)),
            (0..CONTEXTS, number(), any::<bool>()).prop_map(|(context, value, below)| {
                let value = (value >> 1) as i32;
                Written::Signed(context, if below { -value } else { value })
            }),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(written in vec(written(), 0..600)) {
            prop_assert_eq!(decoded(&encoded(&written), &written), (written, true));
        }

        #[test]
        fn any_stream_gives_some_numbers(stream in vec(any::<u8>(), 0..600), written in vec(written(), 0..600)) {
            decoded(&stream, &written);
        }

        #[test]
        fn a_stream_that_is_cut_off_is_not_at_its_end(written in vec(written(), 1..200), cut in 1_usize..400) {
            let stream = encoded(&written);
            let cut = stream.len().saturating_sub(cut);
            prop_assert!(!decoded(&stream[..cut], &written).1);
        }
    }

    #[test]
    fn the_largest_numbers_are_written_too() {
        let written = [
            Written::Number(0, u32::MAX),
            Written::Signed(1, i32::MAX),
            Written::Signed(1, -i32::MAX),
            Written::Signed(1, 0),
            Written::Bits(31, (1 << 31) - 1),
        ];
        assert_eq!(decoded(&encoded(&written), &written), (written.to_vec(), true));
    }

    #[test]
    fn a_byte_takes_the_bits_that_its_frequency_deserves() {
        // One in eight takes three bits; the others take a fifth of one.
        let written: Vec<Written> = (0..80_000).map(|at| Written::Byte(2, u8::from(at % 8 == 0))).collect();
        let bits = 8 * encoded(&written).len();
        assert!((43_000..45_000).contains(&bits), "{bits} bits");
    }
}
