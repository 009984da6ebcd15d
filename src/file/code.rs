//! How are numbers, strings and tables written as bytes?
//!
//! Numbers are written in planes: the lowest bytes of all numbers, then the next bytes, and so on.
//! Most numbers are small, so the upper planes are zeros, which the packer removes.

use crate::batch::Watch;
use crate::error::{Error, Kind, Result};
use crate::table::{Packed, Strings, Table};

/// The error of bytes that cannot be read.
pub(crate) fn damaged() -> Error {
    Error::new(Kind::BadState, "the file is damaged or cut short; expected a file as nutgraf saved it")
}

/// # Errors
/// [`damaged`], unless the condition holds.
pub(crate) fn require(holds: bool) -> Result<()> {
    if holds { Ok(()) } else { Err(damaged()) }
}

/// Bytes that grow.
#[derive(Debug, Default)]
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    pub(crate) fn finish(self) -> Vec<u8> {
        self.0
    }

    pub(crate) fn number(&mut self, number: usize) {
        self.0.extend((number as u64).to_le_bytes());
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len());
        self.0.extend(bytes);
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// Numbers, in planes.
    #[expect(clippy::needless_pass_by_value, reason = "an iterator is passed by value")]
    pub(crate) fn numbers(&mut self, numbers: impl ExactSizeIterator<Item = u32> + Clone) {
        self.number(numbers.len());
        for plane in 0..4 {
            self.0.extend(numbers.clone().map(|number| (number >> (8 * plane)) as u8));
        }
    }

    /// Numbers of 64 bits: the lower halves, then the upper ones.
    pub(crate) fn wide(&mut self, numbers: impl ExactSizeIterator<Item = u64> + Clone) {
        self.numbers(numbers.clone().map(|number| number as u32));
        self.numbers(numbers.map(|number| (number >> 32) as u32));
    }

    /// Numbers as differences, each from the one before it: for numbers that mostly rise.
    pub(crate) fn rising(&mut self, numbers: impl ExactSizeIterator<Item = u32> + Clone) {
        let mut last = 0_u32;
        self.numbers(numbers.map(move |number| {
            let step = number.wrapping_sub(last);
            last = number;
            step
        }));
    }

    pub(crate) fn strings<'a>(&mut self, strings: impl ExactSizeIterator<Item = &'a str> + Clone) {
        self.numbers(strings.clone().map(|string| string.len() as u32));
        self.number(strings.clone().map(str::len).sum());
        strings.for_each(|string| self.0.extend(string.as_bytes()));
    }

    /// A table, without its metadata.
    ///
    /// # Errors
    /// [`Kind::OutOfMemory`].
    pub(crate) fn table(&mut self, table: &Table) -> Result<()> {
        let layout = table.layout();
        self.number(layout.len());
        for ((name, kind, rows, sizes), (_, column)) in layout.into_iter().zip(table.columns()) {
            self.text(name);
            self.text(kind);
            self.number(rows);
            for (stream, size) in sizes.into_iter().enumerate() {
                self.bytes(&column.packed(stream, 0, size)?);
            }
        }
        Ok(())
    }
}

/// Bytes that are read from their beginning.
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// # Errors
    /// [`damaged`], if bytes are left.
    pub(crate) fn end(&self) -> Result<()> {
        require(self.0.is_empty())
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or_else(damaged)?;
        self.0 = rest;
        Ok(taken)
    }

    pub(crate) fn number(&mut self) -> Result<usize> {
        let (bytes, rest) = self.0.split_first_chunk::<8>().ok_or_else(damaged)?;
        self.0 = rest;
        usize::try_from(u64::from_le_bytes(*bytes)).map_err(|_| damaged())
    }

    pub(crate) fn bytes(&mut self) -> Result<&'a [u8]> {
        let count = self.number()?;
        self.take(count)
    }

    pub(crate) fn text(&mut self) -> Result<&'a str> {
        std::str::from_utf8(self.bytes()?).map_err(|_| damaged())
    }

    pub(crate) fn numbers(&mut self) -> Result<Vec<u32>> {
        let count = self.number()?;
        let planes = self.take(count.checked_mul(4).ok_or_else(damaged)?)?;
        let (a, upper) = planes.split_at(count);
        if is_zero(upper) {
            return Ok(a.iter().map(|&low| u32::from(low)).collect());
        }
        let (b, high) = upper.split_at(count);
        let (c, d) = high.split_at(count);
        let bytes = a.iter().zip(b).zip(c.iter().zip(d));
        Ok(bytes.map(|((&a, &b), (&c, &d))| u32::from_le_bytes([a, b, c, d])).collect())
    }

    pub(crate) fn wide(&mut self) -> Result<Vec<u64>> {
        let (low, high) = (self.numbers()?, self.numbers()?);
        require(low.len() == high.len())?;
        if high.iter().fold(0, |all, number| all | number) == 0 {
            return Ok(low.into_iter().map(u64::from).collect());
        }
        Ok(low.into_iter().zip(high).map(|(low, high)| u64::from(high) << 32 | u64::from(low)).collect())
    }

    pub(crate) fn rising(&mut self) -> Result<Vec<u32>> {
        let mut numbers = self.numbers()?;
        let mut last = 0_u32;
        for number in &mut numbers {
            last = last.wrapping_add(*number);
            *number = last;
        }
        Ok(numbers)
    }

    pub(crate) fn strings(&mut self) -> Result<Strings> {
        let lengths = self.numbers()?;
        Strings::cut(self.text()?.to_owned(), &lengths).ok_or_else(damaged)
    }

    pub(crate) fn table(&mut self, watch: &Watch) -> Result<Table> {
        let mut columns = Vec::new();
        for _ in 0..self.number()? {
            let (name, kind) = (self.text()?.to_owned(), self.text()?.to_owned());
            let rows = self.number()?;
            let streams = [self.bytes()?, self.bytes()?, self.bytes()?, self.bytes()?];
            let streams = streams.map(|bytes| if bytes.is_empty() { Vec::new() } else { vec![bytes] });
            columns.push(Packed { name, kind, rows, streams });
        }
        Table::unpack(&columns, Vec::new(), watch).map_err(|error| match error.kind() {
            Kind::Cancelled | Kind::OutOfMemory => error,
            _ => damaged(),
        })
    }
}

/// Whether all bytes are zero.
fn is_zero(bytes: &[u8]) -> bool {
    let (words, rest) = bytes.as_chunks::<64>();
    let all = |bytes: &[u8]| bytes.iter().fold(0, |all, byte| all | byte) == 0;
    all(rest) && words.iter().all(|words| all(words))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::table::Column;

    proptest! {
        #[test]
        fn what_is_written_comes_back(numbers: Vec<u32>, wide: Vec<u64>, texts: Vec<String>, bytes: Vec<u8>) {
            let mut writer = Writer::default();
            writer.numbers(numbers.iter().copied());
            writer.rising(numbers.iter().copied());
            writer.wide(wide.iter().copied());
            writer.strings(texts.iter().map(String::as_str));
            writer.bytes(&bytes);
            let table = Table::new().with("text", Column::text(&texts)).unwrap();
            writer.table(&table).unwrap();
            let written = writer.finish();
            let mut reader = Reader::new(&written);
            prop_assert_eq!(reader.numbers().unwrap(), numbers.clone());
            prop_assert_eq!(reader.rising().unwrap(), numbers);
            prop_assert_eq!(reader.wide().unwrap(), wide);
            prop_assert_eq!(reader.strings().unwrap(), texts.iter().collect::<Strings>());
            prop_assert_eq!(reader.bytes().unwrap(), bytes);
            prop_assert_eq!(reader.table(&Watch::default()).unwrap(), table);
            prop_assert!(reader.end().is_ok());
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let watch = Watch::default();
            let _ = Reader::new(&bytes).numbers();
            let _ = Reader::new(&bytes).strings();
            let _ = Reader::new(&bytes).table(&watch);
        }
    }
}
