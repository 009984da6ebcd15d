//! How is a table serialised to bytes?
//!
//! A column is four streams of bytes, each of which may be empty: which values are present; the
//! values (or the ends of lists, or the codes of categories); the lengths of strings; and the
//! strings. Streams are written and read in pieces of any size, so that neither side holds a table
//! twice. Nothing that comes back is trusted: sizes, character boundaries and codes are checked.

use super::column::{Column, Values};
use super::part::{STRIDE, reserved, reserved_text};
use super::strings::Strings;
use super::table::Table;
use crate::batch::Watch;
use crate::error::{Error, Kind, Result};

/// A serialised column: the kind of its values, its number of rows, and the pieces of its four
/// streams.
#[derive(Debug)]
pub struct Packed<'a> {
    /// Its name.
    pub name: String,
    /// The kind of its values, as [`Table::layout`] names it.
    pub kind: String,
    /// The number of rows.
    pub rows: usize,
    /// The pieces of each stream.
    pub streams: [Vec<&'a [u8]>; 4],
}

/// The size of each stream in bytes.
type Sizes = [usize; 4];

impl Table {
    /// The name, kind and number of rows of each column, and the sizes of its streams in bytes.
    pub fn layout(&self) -> Vec<(&str, &'static str, usize, Sizes)> {
        let layout = |column: &Column| {
            let valid = column.valid.as_ref().map_or(0, Vec::len);
            let rows = column.len();
            let strings = |strings: &Strings| (4 * strings.len(), strings.joined().len());
            let (kind, values, (lengths, bytes)) = match &column.values {
                Values::Text(values) => ("text", 0, strings(values)),
                Values::Category(_, names) => ("category", 4 * rows, strings(names)),
                Values::Int(_) => ("int", 8 * rows, (0, 0)),
                Values::Float(_) => ("float", 8 * rows, (0, 0)),
                Values::Bool(_) => ("bool", rows, (0, 0)),
                Values::Date(_) => ("date", 4 * rows, (0, 0)),
                Values::Time(_) => ("time", 8 * rows, (0, 0)),
                Values::TextList(_, items) => ("list", 4 * rows, strings(items)),
            };
            (kind, rows, [valid, values, lengths, bytes])
        };
        let columns = self.columns.iter();
        columns
            .map(|(name, column)| (name.as_str(), layout(column)))
            .map(|(name, (kind, rows, sizes))| (name, kind, rows, sizes))
            .collect()
    }
}

impl Column {
    /// The bytes of a stream from `start` to `end`; each is a multiple of eight, or the end.
    ///
    /// # Errors
    /// [`Kind::OutOfMemory`] if there is no memory for them.
    pub fn packed(&self, stream: usize, start: usize, end: usize) -> Result<Vec<u8>> {
        fn bytes<T: Copy, const N: usize>(
            values: &[T],
            start: usize,
            end: usize,
            encode: impl Fn(T) -> [u8; N],
        ) -> Result<Vec<u8>> {
            let end = (end / N).min(values.len());
            let values = &values[(start / N).min(end)..end];
            let mut bytes = reserved(values.len() * N)?;
            for &value in values {
                bytes.extend(encode(value));
            }
            Ok(bytes)
        }
        let strings = match &self.values {
            Values::Text(strings) | Values::Category(_, strings) | Values::TextList(_, strings) => {
                Some(strings)
            }
            _ => None,
        };
        match (stream, &self.values, strings) {
            (0, ..) => {
                bytes(self.valid.as_deref().unwrap_or_default(), start, end, |valid| [u8::from(valid)])
            }
            (1, Values::Int(values) | Values::Time(values), _) => bytes(values, start, end, i64::to_le_bytes),
            (1, Values::Float(values), _) => bytes(values, start, end, f64::to_le_bytes),
            (1, Values::Bool(values), _) => bytes(values, start, end, |value| [u8::from(value)]),
            (1, Values::Date(values), _) => bytes(values, start, end, i32::to_le_bytes),
            (1, Values::Category(values, _) | Values::TextList(values, _), _) => {
                bytes(values, start, end, u32::to_le_bytes)
            }
            (2, _, Some(strings)) => {
                let offsets = strings.offsets();
                let end = (end / 4).min(strings.len());
                let start = (start / 4).min(end);
                let mut bytes = reserved(4 * (end - start))?;
                for pair in offsets[start..=end].windows(2) {
                    bytes.extend(((pair[1] - pair[0]) as u32).to_le_bytes());
                }
                Ok(bytes)
            }
            (3, _, Some(strings)) => bytes(strings.joined().as_bytes(), start, end, |byte| [byte]),
            _ => Ok(Vec::new()),
        }
    }

    /// Rebuilds a column from its streams.
    ///
    /// # Errors
    /// [`Kind::BadFormat`] if the streams do not match each other.
    fn unpacked(packed: &Packed<'_>, watch: &Watch) -> Result<Self> {
        let Packed { rows, streams: [valid, values, lengths, bytes], .. } = packed;
        let truths = |pieces: &[&[u8]]| read(pieces, |[byte]: [u8; 1]| byte != 0, watch);
        let strings = || strings(&read(lengths, u32::from_le_bytes, watch)?, bytes, watch);
        let values = match packed.kind.as_str() {
            "text" => Values::Text(strings()?),
            "category" => {
                let (codes, names) = (read(values, u32::from_le_bytes, watch)?, strings()?);
                require(codes.iter().all(|&code| (code as usize) < names.len()))?;
                Values::Category(codes, names)
            }
            "int" => Values::Int(read(values, i64::from_le_bytes, watch)?),
            "float" => Values::Float(read(values, f64::from_le_bytes, watch)?),
            "bool" => Values::Bool(truths(values)?),
            "date" => Values::Date(read(values, i32::from_le_bytes, watch)?),
            "time" => Values::Time(read(values, i64::from_le_bytes, watch)?),
            "list" => {
                let (ends, items) = (read(values, u32::from_le_bytes, watch)?, strings()?);
                require(ends.is_sorted() && ends.last().map_or(0, |&end| end as usize) == items.len())?;
                Values::TextList(ends, items)
            }
            _ => return Err(damaged()),
        };
        let valid = if valid.is_empty() { None } else { Some(truths(valid)?) };
        require(valid.as_ref().is_none_or(|valid| valid.len() == *rows))?;
        let column = Self { values, valid };
        require(column.len() == *rows)?;
        Ok(column)
    }
}

impl Table {
    /// Rebuilds a table from its packed columns and its metadata.
    ///
    /// # Errors
    /// [`Kind::BadFormat`] if a column is damaged, and the errors of [`Table::with`].
    pub fn unpack(columns: &[Packed<'_>], facts: Vec<(String, String)>, watch: &Watch) -> Result<Self> {
        let mut table = Self { columns: Vec::new(), metadata: facts };
        for packed in columns {
            table = table.with(packed.name.as_str(), Column::unpacked(packed, watch)?)?;
        }
        Ok(table)
    }
}

fn damaged() -> Error {
    Error::new(
        Kind::BadFormat,
        "the packed table is damaged; expected a table that was packed by this version",
    )
}

fn require(holds: bool) -> Result<()> {
    if holds { Ok(()) } else { Err(damaged()) }
}

/// The values of a stream.
fn read<T, const N: usize>(pieces: &[&[u8]], decode: impl Fn([u8; N]) -> T, watch: &Watch) -> Result<Vec<T>> {
    let mut values = reserved(pieces.iter().map(|piece| piece.len() / N).sum())?;
    for piece in pieces {
        let (items, rest) = piece.as_chunks::<N>();
        require(rest.is_empty())?;
        for stride in items.chunks(STRIDE) {
            watch.check()?;
            values.extend(stride.iter().map(|&item| decode(item)));
        }
    }
    Ok(values)
}

/// Strings of these lengths. A piece may end inside a string.
fn strings(lengths: &[u32], pieces: &[&[u8]], watch: &Watch) -> Result<Strings> {
    let total: usize = pieces.iter().map(|piece| piece.len()).sum();
    require(lengths.iter().map(|&length| u64::from(length)).sum::<u64>() == total as u64)?;
    let mut offsets = reserved(lengths.len() + 1)?;
    let mut text = reserved_text(total)?;
    offsets.push(0);
    let (mut pieces, mut rest): (_, &[u8]) = (pieces.iter(), &[]);
    let mut broken = Vec::new();
    for (row, &length) in lengths.iter().enumerate() {
        if row.is_multiple_of(STRIDE) {
            watch.check()?;
        }
        let length = length as usize;
        let string = if length <= rest.len() {
            let (string, others) = rest.split_at(length);
            rest = others;
            string
        } else {
            broken.clear();
            while broken.len() < length {
                if rest.is_empty() {
                    rest = pieces.next().ok_or_else(damaged)?;
                }
                let (string, others) = rest.split_at(rest.len().min(length - broken.len()));
                broken.extend_from_slice(string);
                rest = others;
            }
            &broken
        };
        text.push_str(std::str::from_utf8(string).map_err(|_| damaged())?);
        offsets.push(text.len() as i64);
    }
    Ok(Strings::of(offsets, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Owned = (String, String, usize, [Vec<Vec<u8>>; 4]);

    fn packed(table: &Table, piece: usize) -> Vec<Owned> {
        let columns = table.layout().into_iter().zip(table.columns());
        columns
            .map(|((name, kind, rows, sizes), (_, column))| {
                let stream = |at: usize| {
                    let starts = (0..sizes[at]).step_by(piece);
                    starts
                        .map(|start| column.packed(at, start, sizes[at].min(start + piece)).unwrap())
                        .collect()
                };
                (name.to_owned(), kind.to_owned(), rows, [stream(0), stream(1), stream(2), stream(3)])
            })
            .collect()
    }

    fn unpacked(columns: &[Owned]) -> Result<Table> {
        let lent: Vec<Packed<'_>> = columns
            .iter()
            .map(|(name, kind, rows, streams)| Packed {
                name: name.clone(),
                kind: kind.clone(),
                rows: *rows,
                streams: std::array::from_fn(|at| streams[at].iter().map(Vec::as_slice).collect()),
            })
            .collect();
        Table::unpack(&lent, vec![("n".into(), "1".into())], &Watch::default())
    }

    fn table() -> Table {
        Table::new()
            .with("text", Column::optional_text([Some("é"), None, Some("中文 and more")]))
            .unwrap()
            .with("category", Values::Category(vec![0, 1, 0], ["x", "y"].iter().collect()))
            .unwrap()
            .with("list", Values::TextList(vec![2, 2, 3], ["a", "", "c"].iter().collect()))
            .unwrap()
            .with("float", Column::optional_float([Some(f64::NAN), None, Some(-0.0)]))
            .unwrap()
            .with("date", Column::dates([Some(i32::MAX), None, Some(-1)]))
            .unwrap()
            .with("bool", Values::Bool(vec![true, false, true]))
            .unwrap()
            .with("time", Values::Time(vec![i64::MIN, 0, i64::MAX]))
            .unwrap()
            .with_fact("n", &1)
    }

    #[test]
    fn a_table_comes_back_from_pieces_of_any_size() {
        for piece in [8, 16, 1 << 20] {
            let again = unpacked(&packed(&table(), piece)).unwrap();
            assert!(again.equals(&table(), &Watch::default()).unwrap());
        }
        let none = Table::new().with_fact("n", &1);
        assert!(unpacked(&packed(&none, 8)).unwrap().equals(&none, &Watch::default()).unwrap());
    }

    #[test]
    fn a_damaged_stream_is_an_error() {
        let whole = packed(&table(), 1 << 20);
        for column in 0..whole.len() {
            for stream in 0..4 {
                if whole[column].3[stream].is_empty() {
                    continue;
                }
                let mut short = whole.clone();
                short[column].3[stream][0].pop();
                assert_eq!(unpacked(&short).unwrap_err().kind(), Kind::BadFormat, "{column} {stream}");
            }
            let mut more = whole.clone();
            more[column].2 += 1;
            assert_eq!(unpacked(&more).unwrap_err().kind(), Kind::BadFormat);
            let mut other = whole.clone();
            other[column].1 = "what".into();
            assert_eq!(unpacked(&other).unwrap_err().kind(), Kind::BadFormat);
        }
        let mut bytes = whole.clone();
        bytes[0].3[3][0][1] = 0xff;
        assert_eq!(unpacked(&bytes).unwrap_err().kind(), Kind::BadFormat);
        let mut codes = whole.clone();
        codes[1].3[1][0][0] = 9;
        assert_eq!(unpacked(&codes).unwrap_err().kind(), Kind::BadFormat);
        let mut ends = whole;
        ends[2].3[1][0][0] = 3;
        assert_eq!(unpacked(&ends).unwrap_err().kind(), Kind::BadFormat);
    }
}
