//! In which order are the rows of a table?
//!
//! By a column: counts and measures descending, probabilities ascending; ties in the order of the
//! bytes of their names. So the order is total, and no hash table's order reaches a result.

use crate::batch::{Watch, fill, sort, sort_by};
use crate::error::{Error, Kind, Result};
use crate::table::Strings;

/// Columns in which the smallest value is the most telling.
const RISING: [&str; 3] = ["p_value", "q_value", "fisher"];

/// The values by which rows are sorted, descending: those of the column with that name, or of the
/// first column. If rows are sorted by `name` alone, all values are equal.
///
/// # Errors
/// [`Kind::BadOption`]: there is no such column; the message lists the columns, `counts` included;
/// and cancellation.
pub(crate) fn sort_keys<S: AsRef<str>>(
    rows: usize,
    sort: Option<&str>,
    name: &str,
    counts: &[&str],
    columns: &[(S, Vec<f64>)],
    watch: &Watch,
) -> Result<Vec<f64>> {
    if sort == Some(name) {
        return Ok(vec![0.0; rows]);
    }
    let found = columns.iter().find(|(column, _)| sort.is_none_or(|sort| sort == column.as_ref()));
    let (column, values) = found.ok_or_else(|| {
        let measures = columns.iter().map(|(column, _)| column.as_ref());
        let known: Vec<&str> = [name].into_iter().chain(counts.iter().copied()).chain(measures).collect();
        let what =
            format!("there is no column \"{}\"; there are {}", sort.unwrap_or_default(), known.join(", "));
        Error::new(Kind::BadOption, what).in_field("sort")
    })?;
    let rises = RISING.contains(&column.as_ref());
    fill(rows, watch, |row| if rises { -values[row] } else { values[row] })
}

/// Rows by descending keys, ties in the order of the bytes of their names.
///
/// # Errors
/// Cancellation.
pub(crate) fn ranked(mut rows: Vec<u32>, keys: &[f64], names: &Strings, watch: &Watch) -> Result<Vec<u32>> {
    sort_by(&mut rows, watch, |&a, &b| {
        let (a, b) = (a as usize, b as usize);
        // Adding zero turns -0.0 into 0.0.
        (keys[b] + 0.0).total_cmp(&(keys[a] + 0.0)).then_with(|| names.get(a).cmp(names.get(b)))
    })?;
    Ok(rows)
}

/// Rows in the order of the bytes of their names.
///
/// # Errors
/// Cancellation.
pub(crate) fn by_name(mut rows: Vec<u32>, names: &Strings, watch: &Watch) -> Result<Vec<u32>> {
    sort_by(&mut rows, watch, |&a, &b| names.get(a as usize).cmp(names.get(b as usize)))?;
    Ok(rows)
}

/// Rows by descending keys, given in the order of their names.
///
/// # Errors
/// Cancellation.
pub(crate) fn ranked_in_order(keys: &[f64], watch: &Watch) -> Result<Vec<u32>> {
    let falling = |key: f64| {
        let bits = (key + 0.0).to_bits();
        // Maps floating-point numbers to integers of the same order, then inverts it.
        !(if bits >> 63 == 0 { bits | 1 << 63 } else { !bits })
    };
    let mut rows: Vec<(u64, u32)> = fill(keys.len(), watch, |at| (falling(keys[at]), at as u32))?;
    sort(&mut rows, watch)?;
    fill(rows.len(), watch, |at| rows[at].1)
}

/// Values in the order of rows.
///
/// # Errors
/// Cancellation.
pub(crate) fn taken<T: Copy + Default + Send + Sync>(
    values: &[T],
    rows: &[u32],
    watch: &Watch,
) -> Result<Vec<T>> {
    fill(rows.len(), watch, |at| values[rows[at] as usize])
}

/// Names in the order of rows.
///
/// # Errors
/// Cancellation.
pub(crate) fn taken_names(names: &Strings, rows: &[u32], watch: &Watch) -> Result<Strings> {
    let taken = watch.through(rows).map(|&row| names.get(row as usize)).collect();
    watch.check()?;
    Ok(taken)
}
