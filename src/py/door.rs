//! Is the data that comes through Arrow valid?
//!
//! The exporter of Arrow buffers may not have validated them: strings may not be UTF-8, offsets may
//! decrease or point outside, keys may have no value. Each buffer is checked once here, before
//! anything relies on it. A string that is not UTF-8 is an error of its row; damage that cannot be
//! attributed to a row is an error of its column. Cost: a pass at a few gigabytes per second;
//! strings are validated in blocks, and one by one only in a block that contains an invalid one.
//!
//! The Arrow interface does not specify the lengths of the buffers. That they are as long as their
//! offsets require must be guaranteed by the exporter.

use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::types::ByteViewType;
use arrow_array::{
    Array, GenericByteArray, GenericByteViewArray, GenericListArray, GenericListViewArray, OffsetSizeTrait,
    RunArray, types,
};
use arrow_buffer::ArrowNativeType;
use arrow_schema::DataType;

use super::shown::{integer, is_text};
use crate::batch::Watch;
use crate::error::{Error, Kind, Result};

/// The maximum nesting depth of types that is read.
const DEEPEST: usize = 64;

/// How many rows, and how many bytes, are validated at a time.
const BLOCK: usize = 1 << 14;
const BLOCK_BYTES: usize = 1 << 22;

/// A cell of a string column.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cell<'a> {
    /// Missing.
    Null,
    /// A string.
    Text(&'a str),
    /// Bytes that are not UTF-8: the position of the first invalid byte.
    Wrong(usize),
}

impl<'a> Cell<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::Text(text),
            Err(error) => Self::Wrong(error.valid_up_to()),
        }
    }
}

/// The error for a row whose string is not UTF-8.
pub(super) fn not_utf8(byte: usize) -> Error {
    Error::new(Kind::BadText, "the string is not UTF-8; expected Unicode text").at_byte(byte)
}

/// The error for a column that contradicts itself.
fn damaged(what: &str) -> Error {
    Error::new(Kind::BadRecord, format!("the Arrow column is damaged: {what}"))
}

/// The cells of an array of strings, in order.
///
/// # Errors
/// [`Kind::BadRecord`] if the array contradicts itself; any error of `push`; [`Kind::Cancelled`].
pub(super) fn cells<'a>(
    array: &'a dyn Array,
    watch: &Watch,
    push: &mut dyn FnMut(Cell<'a>) -> Result<()>,
) -> Result<()> {
    match array.data_type() {
        DataType::Utf8 => in_a_row(array.as_bytes::<types::Utf8Type>(), watch, push),
        DataType::LargeUtf8 => in_a_row(array.as_bytes::<types::LargeUtf8Type>(), watch, push),
        DataType::Utf8View => {
            let array = array.as_byte_view::<types::StringViewType>();
            views(array, watch, &mut |bytes| push(bytes.map_or(Cell::Null, Cell::new)))
        }
        DataType::Dictionary(..) => {
            let mut values = Vec::new();
            let dictionary = array.as_any_dictionary();
            cells(dictionary.values().as_ref(), watch, &mut |cell| {
                values.push(cell);
                Ok(())
            })?;
            keys(array, watch, &mut |key| {
                let Some(key) = key else { return push(Cell::Null) };
                push(values.get(key).copied().unwrap_or(Cell::Null))
            })
        }
        _ => {
            for row in 0..array.len() {
                if row % BLOCK == 0 {
                    watch.check()?;
                }
                push(Cell::Null)?;
            }
            Ok(())
        }
    }
}

/// Checks that offsets are ascending and at most `within`.
fn rising<O: OffsetSizeTrait>(offsets: &[O], within: usize) -> Result<()> {
    let sound = offsets.first().is_none_or(|first| *first >= O::zero())
        && offsets.windows(2).all(|pair| pair[0] <= pair[1])
        && offsets.last().is_none_or(|last| last.as_usize() <= within);
    if sound { Ok(()) } else { Err(damaged("its offsets decrease, or point outside its values")) }
}

/// Strings that are stored contiguously.
fn in_a_row<'a, T: types::ByteArrayType>(
    array: &'a GenericByteArray<T>,
    watch: &Watch,
    push: &mut dyn FnMut(Cell<'a>) -> Result<()>,
) -> Result<()> {
    let (offsets, values) = (array.value_offsets(), array.value_data());
    watch.check()?;
    rising(offsets, values.len())?;
    let place = |row: usize| offsets[row].as_usize();
    let mut row = 0;
    while row < array.len() {
        watch.check()?;
        let first = place(row);
        let block = offsets[row + 1..=(row + BLOCK).min(array.len())]
            .partition_point(|end| end.as_usize() - first <= BLOCK_BYTES)
            .max(1);
        let text = std::str::from_utf8(&values[first..place(row + block)]).ok();
        for row in row..row + block {
            let bytes = place(row)..place(row + 1);
            push(match text.and_then(|text| text.get(bytes.start - first..bytes.end - first)) {
                _ if array.is_null(row) => Cell::Null,
                Some(text) => Cell::Text(text),
                None => Cell::new(&values[bytes]),
            })?;
        }
        row += block;
    }
    Ok(())
}

/// The bytes of each view: stored in the view itself if they are few, otherwise a range of a
/// buffer.
fn views<'a, T: ByteViewType + ?Sized>(
    array: &'a GenericByteViewArray<T>,
    watch: &Watch,
    push: &mut dyn FnMut(Option<&'a [u8]>) -> Result<()>,
) -> Result<()> {
    const WIDTH: usize = size_of::<u128>();
    const INLINE: usize = 12;
    for (row, view) in array.views().iter().enumerate() {
        if row % BLOCK == 0 {
            watch.check()?;
        }
        if array.is_null(row) {
            push(None)?;
            continue;
        }
        let length = (*view & 0xffff_ffff) as usize;
        if length <= INLINE {
            let bytes = array.views().inner().as_slice().get(WIDTH * row + 4..WIDTH * row + 4 + length);
            push(Some(bytes.unwrap_or_default()))?;
            continue;
        }
        let (buffer, start) = ((view >> 64 & 0xffff_ffff) as usize, (view >> 96) as usize);
        let bytes = array.data_buffers().get(buffer).and_then(|buffer| buffer.get(start..start + length));
        push(Some(bytes.ok_or_else(|| damaged("a view points outside its buffers"))?))?;
    }
    Ok(())
}

/// The keys of a dictionary, each of which has a value.
fn keys(array: &dyn Array, watch: &Watch, push: &mut dyn FnMut(Option<usize>) -> Result<()>) -> Result<()> {
    let dictionary = array.as_any_dictionary();
    let outside = || damaged("a key of its dictionary has no value");
    let keys = dictionary.keys();
    for row in 0..keys.len() {
        if row % BLOCK == 0 {
            watch.check()?;
        }
        if array.is_null(row) {
            push(None)?;
            continue;
        }
        let key = integer(keys, row).and_then(|key| usize::try_from(key).ok());
        push(Some(key.filter(|&key| key < dictionary.values().len()).ok_or_else(outside)?))?;
    }
    Ok(())
}

/// The rows of an array of any type that contain a string that is not UTF-8, each with the position
/// of the first invalid byte. Everything else in the array is valid.
///
/// # Errors
/// [`Kind::BadRecord`] if the array contradicts itself or is nested too deeply; any error of
/// `check`.
pub(super) fn wrong_rows(array: &dyn Array, watch: &Watch) -> Result<Wrong> {
    wrong_within(array, DEEPEST, watch)
}

/// Rows and byte positions, in the order of the rows.
type Wrong = Vec<(usize, usize)>;

fn wrong_within(array: &dyn Array, deepest: usize, watch: &Watch) -> Result<Wrong> {
    let Some(deepest) = deepest.checked_sub(1) else {
        let what = format!("the Arrow column nests deeper than {DEEPEST} types; expected fewer");
        return Err(Error::new(Kind::BadRecord, what));
    };
    let inner = |values: &dyn Array| wrong_within(values, deepest, watch);
    match array.data_type() {
        kind if is_text(kind) => {
            let (mut wrong, mut row) = (Vec::new(), 0);
            cells(array, watch, &mut |cell| {
                if let Cell::Wrong(byte) = cell {
                    wrong.push((row, byte));
                }
                row += 1;
                Ok(())
            })?;
            Ok(wrong)
        }
        DataType::Binary => {
            let array = array.as_binary::<i32>();
            rising(array.value_offsets(), array.value_data().len()).map(|()| Vec::new())
        }
        DataType::LargeBinary => {
            let array = array.as_binary::<i64>();
            rising(array.value_offsets(), array.value_data().len()).map(|()| Vec::new())
        }
        DataType::BinaryView => views(array.as_binary_view(), watch, &mut |_| Ok(())).map(|()| Vec::new()),
        DataType::List(_) => in_lists(array.as_list::<i32>(), inner),
        DataType::LargeList(_) => in_lists(array.as_list::<i64>(), inner),
        DataType::ListView(_) => in_list_views(array.as_list_view::<i32>(), inner),
        DataType::LargeListView(_) => in_list_views(array.as_list_view::<i64>(), inner),
        DataType::FixedSizeList(_, size) => {
            let size = usize::try_from(*size).map_err(|_| damaged("its lists have a negative size"))?;
            let values = array.as_fixed_size_list().values();
            if values.len() < size * array.len() {
                return Err(damaged("its lists have too few values"));
            }
            let ranges = (0..array.len()).map(|row| size * row..size * (row + 1));
            Ok(of_parents(array, ranges, &inner(values.as_ref())?))
        }
        DataType::Map(..) => {
            let map = array.as_map();
            let (offsets, entries) = (map.value_offsets(), map.entries());
            rising(offsets, entries.len())?;
            let ranges = offsets.windows(2).map(|pair| pair[0].as_usize()..pair[1].as_usize());
            Ok(of_parents(array, ranges, &inner(entries)?))
        }
        DataType::Struct(_) => {
            let mut wrong = Wrong::new();
            for column in array.as_struct().columns() {
                wrong.extend(inner(column.as_ref())?);
            }
            wrong.retain(|&(row, _)| array.is_valid(row));
            Ok(first_of_each(wrong))
        }
        DataType::Union(fields, _) => {
            let union = array.as_union();
            let mut children = Vec::new();
            for (id, _) in fields.iter() {
                children.push((id, inner(union.child(id).as_ref())?, union.child(id).len()));
            }
            let mut wrong = Wrong::new();
            for (row, &id) in union.type_ids().iter().enumerate() {
                let child = children.iter().find(|(other, ..)| *other == id);
                let at = union.offsets().map_or(Ok(row), |offsets| usize::try_from(offsets[row]));
                let (Some((_, rows, length)), Ok(at)) = (child, at) else {
                    return Err(damaged("its union has a type or an offset that does not exist"));
                };
                if at >= *length {
                    return Err(damaged("an offset of its union points outside the values"));
                }
                if let Ok(found) = rows.binary_search_by_key(&at, |&(row, _)| row) {
                    wrong.push((row, rows[found].1));
                }
            }
            Ok(wrong)
        }
        DataType::Dictionary(..) => {
            let values = inner(array.as_any_dictionary().values().as_ref())?;
            let (mut wrong, mut row) = (Vec::new(), 0);
            keys(array, watch, &mut |key| {
                let found = key.and_then(|key| values.binary_search_by_key(&key, |&(row, _)| row).ok());
                wrong.extend(found.map(|found| (row, values[found].1)));
                row += 1;
                Ok(())
            })?;
            Ok(wrong)
        }
        DataType::RunEndEncoded(ends, _) => match ends.data_type() {
            DataType::Int16 => in_runs(array.as_run::<types::Int16Type>(), inner),
            DataType::Int32 => in_runs(array.as_run::<types::Int32Type>(), inner),
            _ => in_runs(array.as_run::<types::Int64Type>(), inner),
        },
        _ => Ok(Vec::new()),
    }
}

/// The first of several invalid strings in a row.
fn first_of_each(mut wrong: Wrong) -> Wrong {
    wrong.sort_unstable();
    wrong.dedup_by_key(|&mut (row, _)| row);
    wrong
}

/// The rows of an array whose values, at these ranges, are invalid.
fn of_parents(array: &dyn Array, ranges: impl Iterator<Item = Range<usize>>, values: &Wrong) -> Wrong {
    if values.is_empty() {
        return Wrong::new();
    }
    let found = |range: Range<usize>| {
        let at = values.partition_point(|&(row, _)| row < range.start);
        values.get(at).filter(|(row, _)| range.contains(row)).map(|&(_, byte)| byte)
    };
    let rows = ranges.enumerate().filter(|&(row, _)| array.is_valid(row));
    rows.filter_map(|(row, range)| Some((row, found(range)?))).collect()
}

fn in_lists<O: OffsetSizeTrait>(
    array: &GenericListArray<O>,
    inner: impl Fn(&dyn Array) -> Result<Wrong>,
) -> Result<Wrong> {
    let offsets = array.value_offsets();
    rising(offsets, array.values().len())?;
    let (first, last) = (offsets[0].as_usize(), offsets[array.len()].as_usize());
    // Of a slice of a long array, only the sliced part is read.
    let values = array.values().slice(first, last - first);
    let ranges = offsets.windows(2).map(|pair| pair[0].as_usize() - first..pair[1].as_usize() - first);
    Ok(of_parents(array, ranges, &inner(values.as_ref())?))
}

fn in_list_views<O: OffsetSizeTrait>(
    array: &GenericListViewArray<O>,
    inner: impl Fn(&dyn Array) -> Result<Wrong>,
) -> Result<Wrong> {
    let mut ranges = Vec::with_capacity(array.len());
    for (offset, size) in array.value_offsets().iter().zip(array.value_sizes()) {
        let sound = *offset >= O::zero() && *size >= O::zero();
        let range =
            if sound { offset.as_usize()..offset.as_usize() + size.as_usize() } else { 0..usize::MAX };
        if range.end > array.values().len() {
            return Err(damaged("a list points outside its values"));
        }
        ranges.push(range);
    }
    Ok(of_parents(array, ranges.into_iter(), &inner(array.values().as_ref())?))
}

fn in_runs<R: types::RunEndIndexType>(
    array: &RunArray<R>,
    inner: impl Fn(&dyn Array) -> Result<Wrong>,
) -> Result<Wrong> {
    let (runs, values) = (array.run_ends(), array.values());
    let ends = runs.values();
    let rise = ends.first().is_none_or(|&end| end > R::Native::default())
        && ends.windows(2).all(|pair| pair[0] < pair[1]);
    let last = ends.last().map_or(0, |end| end.as_usize());
    if !rise || last < runs.offset() + runs.len() || values.len() < ends.len() {
        return Err(damaged("the ends of its runs do not increase, or there are too few"));
    }
    let wrong = inner(values.as_ref())?;
    if wrong.is_empty() {
        return Ok(wrong);
    }
    let run = |row: usize| ends.partition_point(|end| end.as_usize() <= row + runs.offset());
    let found = |row: usize| wrong.binary_search_by_key(&run(row), |&(run, _)| run).ok();
    Ok((0..runs.len()).filter_map(|row| Some((row, wrong[found(row)?].1))).collect())
}
