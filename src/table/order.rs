//! In which order do the rows of a table come if they are sorted?
//!
//! Rows are compared by one column after the other, and then by their position, so the order is
//! total and ties stay as they are. Missing values and NaN come last, ascending or descending.
//! Strings are compared by their bytes, lists item by item. Cost: one sort of row numbers.

use std::cmp::Ordering;

use super::column::{Column, Values};
use super::table::Table;
use crate::batch::{Watch, sort_by};
use crate::error::Result;

impl Table {
    /// The rows in the order of these columns, each ascending or not.
    ///
    /// # Errors
    /// [`Kind::Cancelled`](crate::error::Kind::Cancelled).
    pub fn order(&self, by: &[(usize, bool)], watch: &Watch) -> Result<Vec<u32>> {
        let columns: Vec<(&Column, bool)> = by
            .iter()
            .filter_map(|&(at, ascending)| Some((self.columns.get(at)?.1.as_ref(), ascending)))
            .collect();
        let mut rows: Vec<u32> = (0..self.len() as u32).collect();
        sort_by(&mut rows, watch, |&a, &b| {
            let compare =
                |&(column, ascending): &(&Column, bool)| column.compare(a as usize, b as usize, ascending);
            columns.iter().map(compare).find(|order| order.is_ne()).unwrap_or_else(|| a.cmp(&b))
        })?;
        Ok(rows)
    }
}

impl Column {
    /// Whether a row has a value that can be compared.
    fn is_comparable(&self, row: usize) -> bool {
        self.is_valid(row)
            && match &self.values {
                Values::Float(values) => !values[row].is_nan(),
                _ => true,
            }
    }

    fn compare(&self, a: usize, b: usize, ascending: bool) -> Ordering {
        let last = (!self.is_comparable(a)).cmp(&!self.is_comparable(b));
        if last.is_ne() || !self.is_comparable(a) {
            return last;
        }
        let order = match &self.values {
            Values::Text(values) => values.get(a).cmp(values.get(b)),
            Values::Category(codes, names) => names.get(codes[a] as usize).cmp(names.get(codes[b] as usize)),
            Values::Int(values) | Values::Time(values) => values[a].cmp(&values[b]),
            // 0 and −0 are equal.
            Values::Float(values) => (values[a] + 0.0).total_cmp(&(values[b] + 0.0)),
            Values::Bool(values) => values[a].cmp(&values[b]),
            Values::Date(values) => values[a].cmp(&values[b]),
            Values::TextList(ends, strings) => {
                let items = |row: usize| {
                    let start = if row == 0 { 0 } else { ends[row - 1] };
                    (start..ends[row]).map(|item| strings.get(item as usize))
                };
                items(a).cmp(items(b))
            }
        };
        if ascending { order } else { order.reverse() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_values_are_last_and_ties_stay() {
        let table = Table::new()
            .with("n", Column::optional_float([Some(2.0), None, Some(f64::NAN), Some(1.0), Some(2.0)]))
            .unwrap()
            .with("name", Column::text(["b", "a", "c", "é", "a"]))
            .unwrap()
            .with("list", Values::TextList(vec![1, 2, 2, 4, 5], ["b", "a", "a", "b", "a"].iter().collect()))
            .unwrap();
        let order = |by: &[(usize, bool)]| {
            let watch = Watch::default();
            crate::batch::pool(Some(2)).unwrap().install(|| table.order(by, &watch)).unwrap()
        };
        assert_eq!(order(&[(0, true)]), [3, 0, 4, 1, 2]);
        assert_eq!(order(&[(0, false)]), [0, 4, 3, 1, 2]);
        assert_eq!(order(&[(0, false), (1, true)]), [4, 0, 3, 1, 2]);
        assert_eq!(order(&[(1, false)]), [3, 2, 0, 1, 4]);
        assert_eq!(order(&[(2, true)]), [2, 1, 4, 3, 0]);
        assert_eq!(order(&[]), [0, 1, 2, 3, 4]);
    }
}
