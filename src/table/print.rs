//! How is a table printed?
//!
//! Each column has a [`Shape`]: its width, what its texts lose if they are too long, and whether
//! a value that repeats the one above it is left blank. Which columns are printed, and how wide,
//! is decided by the caller, who knows the screen; [`Table::extents`] measures what the decision
//! needs. Cost: one visit per cell, which reads no more of it than can be printed.

use std::borrow::Cow;
use std::ops::Range;

use super::cell::{Cut, READ, decimals, line, print_number, width};
use super::column::{Column, Values};
use super::table::Table;
use crate::batch::Watch;
use crate::calendar;
use crate::error::Result;
use crate::span::boundary;

/// The space between two columns of a table.
const GAP: &str = "  ";

/// The maximum width of the name of a column.
const WIDEST_NAME: usize = 48;

/// What is printed for nothing in a column that leaves repeated values blank.
const NOTHING: &str = "–";

/// How many cells are printed between two checks of the watch.
const CELLS: usize = 1 << 14;

/// How a column is printed.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// The position of the column in the table.
    pub column: usize,
    /// The width of the column; longer texts are cut.
    pub width: usize,
    /// What a text loses if it is too long.
    pub cut: Cut,
    /// Whether the cells are flush right.
    pub right: bool,
    /// Whether a value is left blank if it repeats the value above it, as all such columns before
    /// this one do.
    pub once: bool,
    /// The number of decimals of a column of floats.
    pub decimals: usize,
}

/// How much space a column needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// The width of its name.
    pub name: usize,
    /// The width of its widest cell, up to the limit; 0 if there is nothing in it.
    pub cells: usize,
    /// The number of decimals of a column of floats.
    pub decimals: usize,
}

impl Table {
    /// How much space each column needs for the first `rows` rows, with cells that are at most as
    /// wide as the limit of their column.
    ///
    /// # Errors
    /// [`Kind::Cancelled`](crate::error::Kind::Cancelled).
    pub fn extents(&self, rows: usize, limits: &[usize], watch: &Watch) -> Result<Vec<Extent>> {
        let mut cell = String::new();
        let mut extents = Vec::with_capacity(self.columns.len());
        for ((at, (name, column)), &limit) in self.columns.iter().enumerate().zip(limits) {
            let rows = 0..rows.min(column.len());
            let decimals = match &column.values {
                Values::Float(values) => decimals(watch.through(&values[rows.clone()]).copied()),
                _ => 0,
            };
            watch.check()?;
            let shape =
                Shape { column: at, width: limit, cut: Cut::End, right: false, once: false, decimals };
            let mut cells = 0;
            for row in rows {
                if row.is_multiple_of(CELLS) {
                    watch.check()?;
                }
                if cells >= limit {
                    break;
                }
                cell.clear();
                column.print(row, shape, &mut cell);
                cells = cells.max(width(&cell));
            }
            extents.push(Extent { name: width(&line(name, WIDEST_NAME, Cut::End)), cells, decimals });
        }
        Ok(extents)
    }

    /// The printed lines of some rows, with the header first if requested. Each ends in a line
    /// feed.
    ///
    /// # Errors
    /// [`Kind::Cancelled`](crate::error::Kind::Cancelled).
    pub fn lines(&self, rows: Range<usize>, header: bool, shapes: &[Shape], watch: &Watch) -> Result<String> {
        let mut text = String::new();
        if header {
            let names = shapes.iter().filter_map(|shape| Some((shape, self.columns.get(shape.column)?)));
            push_line(
                &mut text,
                names.map(|(shape, (name, _))| {
                    (line(name, shape.width.min(WIDEST_NAME), Cut::End), shape.width, shape.right)
                }),
            );
        }
        let stride = (CELLS / shapes.len().max(1)).max(1);
        let mut cells = vec![String::new(); shapes.len()];
        for row in rows.start..rows.end.min(self.len()) {
            if row.is_multiple_of(stride) {
                watch.check()?;
            }
            self.print_row(row, shapes, &mut cells);
            let row = cells.iter().zip(shapes);
            push_line(&mut text, row.map(|(cell, shape)| (cell.into(), shape.width, shape.right)));
        }
        Ok(text)
    }

    /// The names of the columns and the cells of some rows, as they are printed.
    pub fn cells(&self, rows: Range<usize>, shapes: &[Shape]) -> (Vec<String>, Vec<Vec<String>>) {
        let shown = |row: usize| {
            let mut cells = vec![String::new(); shapes.len()];
            self.print_row(row, shapes, &mut cells);
            cells
        };
        let names = shapes.iter().filter_map(|shape| self.columns.get(shape.column));
        let names = names.map(|(name, _)| line(name, WIDEST_NAME, Cut::End).into_owned()).collect();
        (names, (rows.start..rows.end.min(self.len())).map(shown).collect())
    }

    fn print_row(&self, row: usize, shapes: &[Shape], cells: &mut [String]) {
        let mut repeats = row > 0;
        for (cell, &shape) in cells.iter_mut().zip(shapes) {
            cell.clear();
            let Some((_, column)) = self.columns.get(shape.column) else { continue };
            repeats = repeats && (!shape.once || column.repeats(row));
            if shape.once && repeats {
                continue;
            }
            column.print(row, shape, cell);
            if shape.once && cell.is_empty() {
                cell.push_str(NOTHING);
            }
        }
    }
}

impl Column {
    /// Prints a cell; a missing value prints nothing.
    fn print(&self, row: usize, shape: Shape, cell: &mut String) {
        use std::fmt::Write as _;
        if !self.is_valid(row) {
            return;
        }
        let text = |text: &str, cell: &mut String| cell.write_str(&line(text, shape.width, shape.cut));
        // Writing to a string cannot fail.
        let _ = match &self.values {
            Values::Text(values) => text(values.get(row), cell),
            Values::Category(codes, names) => text(names.get(codes[row] as usize), cell),
            Values::TextList(ends, strings) => text(&listed(ends, strings, row, shape.width), cell),
            Values::Int(values) => write!(cell, "{}", values[row]),
            Values::Float(values) => {
                print_number(values[row], shape.decimals, cell);
                Ok(())
            }
            Values::Bool(values) => write!(cell, "{}", values[row]),
            Values::Date(values) => cell.write_str(&calendar::format_day(values[row])),
            Values::Time(values) => cell.write_str(&calendar::format_time(values[row])),
        };
    }

    /// Whether the value at a row is that of the row above it.
    fn repeats(&self, row: usize) -> bool {
        let above = row - 1;
        if self.is_valid(row) != self.is_valid(above) {
            return false;
        }
        match &self.values {
            Values::Text(values) => values.get(row) == values.get(above),
            Values::Category(codes, names) => {
                names.get(codes[row] as usize) == names.get(codes[above] as usize)
            }
            Values::Int(values) | Values::Time(values) => values[row] == values[above],
            Values::Float(values) => values[row].to_bits() == values[above].to_bits(),
            Values::Bool(values) => values[row] == values[above],
            Values::Date(values) => values[row] == values[above],
            Values::TextList(..) => false,
        }
    }
}

/// The strings of a row, separated by commas, up to what fits a cell.
fn listed(ends: &[u32], strings: &super::Strings, row: usize, limit: usize) -> String {
    let read = READ.max(limit.saturating_mul(8));
    let start = if row == 0 { 0 } else { ends[row - 1] };
    let mut joined = String::new();
    for item in start..ends[row] {
        if item > start {
            joined.push_str(", ");
        }
        let text = strings.get(item as usize);
        joined.push_str(&text[..boundary(text, read + 1)]);
        if joined.len() > read {
            break;
        }
    }
    joined
}

/// Appends cells as one line, each padded to its width.
fn push_line<'a>(text: &mut String, cells: impl Iterator<Item = (Cow<'a, str>, usize, bool)>) {
    let start = text.len();
    for (at, (cell, limit, right)) in cells.enumerate() {
        if at > 0 {
            text.push_str(GAP);
        }
        let spare = limit.saturating_sub(width(&cell));
        if right {
            text.extend(std::iter::repeat_n(' ', spare));
        }
        text.push_str(&cell);
        if !right {
            text.extend(std::iter::repeat_n(' ', spare));
        }
    }
    text.truncate(start + text[start..].trim_end_matches(' ').len());
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(widths: &[(usize, bool, bool)]) -> Vec<Shape> {
        let shape = |(column, &(width, right, once)): (usize, &(usize, bool, bool))| Shape {
            column,
            width,
            cut: Cut::End,
            right,
            once,
            decimals: 1,
        };
        widths.iter().enumerate().map(shape).collect()
    }

    fn printed(table: &Table, shapes: &[Shape]) -> String {
        table.lines(0..table.len(), true, shapes, &Watch::default()).unwrap()
    }

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let table = Table::new()
            .with("name", Column::text(["中文", "e\u{301}", "abc"]))
            .unwrap()
            .with("n", Column::int([1, 20, 300]))
            .unwrap()
            .with("none", Column::optional_text([None::<&str>; 3]))
            .unwrap();
        let extents = table.extents(3, &[48; 3], &Watch::default()).unwrap();
        let extent = |name, cells| Extent { name, cells, decimals: 0 };
        assert_eq!(extents, [extent(4, 4), extent(1, 3), extent(4, 0)]);
        let shapes = shapes(&[(4, false, false), (3, true, false)]);
        assert_eq!(printed(&table, &shapes), "name    n\n中文    1\ne\u{301}      20\nabc   300\n");
    }

    #[test]
    fn a_value_that_repeats_the_one_above_is_left_blank() {
        let table = Table::new()
            .with("source", Column::optional_text([Some("A"), Some("A"), None, None, Some("")]))
            .unwrap()
            .with("zone", Column::text(["body", "body", "body", "head", "head"]))
            .unwrap()
            .with("n", Column::int([1, 1, 1, 1, 1]))
            .unwrap();
        let shapes = shapes(&[(6, false, true), (4, false, true), (1, true, false)]);
        assert_eq!(
            printed(&table, &shapes),
            "source  zone  n\nA       body  1\n              1\n–       body  1\n        head  1\n–       head  1\n"
        );
    }
}
