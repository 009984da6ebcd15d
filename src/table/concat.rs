//! How do the rows of several tables become one table?
//!
//! The tables must have the same columns. Facts about a table are kept where all tables agree:
//! a total of one of them is not that of the whole. Cost: one copy of the values.

use super::column::{Column, Values};
use super::part::{STRIDE, reserved};
use super::strings::Strings;
use super::table::Table;
use crate::batch::Watch;
use crate::error::{Error, Kind, Result};

impl Table {
    /// The rows of all tables, in order.
    ///
    /// # Errors
    /// [`Kind::BadOption`] if the tables have other columns, or columns of other types;
    /// [`Kind::OutOfMemory`]; [`Kind::Cancelled`].
    pub fn concat(tables: &[Self], watch: &Watch) -> Result<Self> {
        let Some((first, others)) = tables.split_first() else { return Ok(Self::new()) };
        for (at, other) in others.iter().enumerate() {
            first.expect_like(other, at + 1)?;
        }
        let mut whole = Self::new();
        for (at, (name, _)) in first.columns.iter().enumerate() {
            let columns: Vec<&Column> = tables.iter().map(|table| table.columns[at].1.as_ref()).collect();
            whole = whole.with(name.clone(), Column::joined(&columns, watch)?)?;
        }
        let agreed = |fact: &&(String, String)| others.iter().all(|other| other.metadata.contains(fact));
        whole.metadata = first.metadata.iter().filter(agreed).cloned().collect();
        Ok(whole)
    }

    fn expect_like(&self, other: &Self, at: usize) -> Result<()> {
        let names =
            |table: &Self| table.columns.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
        let (ours, theirs) = (names(self), names(other));
        if ours != theirs {
            let what = format!("table {at} has the columns {theirs}; table 0 has {ours}");
            return Err(Error::new(Kind::BadOption, what).in_field("tables"));
        }
        for ((name, ours), (_, theirs)) in self.columns.iter().zip(&other.columns) {
            if ours.type_name() != theirs.type_name() {
                let what = format!(
                    "column \"{name}\" is {} in table {at} and {} in table 0",
                    theirs.type_name(),
                    ours.type_name()
                );
                return Err(Error::new(Kind::BadOption, what).in_field("tables"));
            }
        }
        Ok(())
    }
}

impl Column {
    /// The values of columns of one type, one column after the other.
    ///
    /// # Errors
    /// [`Kind::OutOfMemory`]; [`Kind::Cancelled`].
    pub fn joined(columns: &[&Self], watch: &Watch) -> Result<Self> {
        macro_rules! values {
            ($kind:ident) => {{
                let mut all = reserved(columns.iter().map(|column| column.len()).sum())?;
                for column in columns {
                    if let Values::$kind(values) = &column.values {
                        for piece in values.chunks(STRIDE) {
                            watch.check()?;
                            all.extend_from_slice(piece);
                        }
                    }
                }
                Values::$kind(all)
            }};
        }
        let Some(first) = columns.first() else { return Ok(Self::default()) };
        let values = match &first.values {
            Values::Text(_) | Values::Category(..) => Values::Text(strings(columns, watch)?),
            Values::Int(_) => values!(Int),
            Values::Float(_) => values!(Float),
            Values::Bool(_) => values!(Bool),
            Values::Date(_) => values!(Date),
            Values::Time(_) => values!(Time),
            Values::TextList(..) => {
                let (mut all, mut strings) =
                    (reserved(columns.iter().map(|column| column.len()).sum())?, Strings::default());
                for column in columns {
                    if let Values::TextList(ends, items) = &column.values {
                        watch.check()?;
                        let before = strings.len() as u32;
                        strings.try_reserve(items.len(), items.joined().len())?;
                        strings.append(items);
                        all.extend(ends.iter().map(|end| end + before));
                    }
                }
                Values::TextList(all, strings)
            }
        };
        let valid = columns.iter().any(|column| column.valid.is_some()).then(|| {
            let valid = columns.iter().flat_map(|column| (0..column.len()).map(|row| column.is_valid(row)));
            valid.collect()
        });
        watch.check()?;
        Ok(Self { values, valid })
    }
}

fn strings(columns: &[&Column], watch: &Watch) -> Result<Strings> {
    let mut all = Strings::default();
    for column in columns {
        watch.check()?;
        match &column.values {
            Values::Text(values) => {
                all.try_reserve(values.len(), values.joined().len())?;
                all.append(values);
            }
            Values::Category(codes, names) => {
                for (at, &code) in codes.iter().enumerate() {
                    if at.is_multiple_of(STRIDE) {
                        watch.check()?;
                    }
                    all.try_push(names.get(code as usize))?;
                }
            }
            _ => {}
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(total: u32) -> Table {
        Table::new()
            .with("name", Column::optional_text([Some("a"), None]))
            .unwrap()
            .with("kind", Values::Category(vec![1, 0], ["x", "y"].iter().collect()))
            .unwrap()
            .with("n", Column::int([1, 2]))
            .unwrap()
            .with("list", Values::TextList(vec![2, 3], ["p", "q", "r"].iter().collect()))
            .unwrap()
            .with_fact("total", &total)
            .with_fact("unit", &"article")
    }

    #[test]
    fn the_parts_of_a_table_make_the_table() {
        let (whole, watch) = (table(2), Watch::default());
        let parts = [0..1, 1..1, 1..2].map(|rows| whole.part(rows, &watch).unwrap());
        assert!(Table::concat(&parts, &watch).unwrap().equals(&whole, &watch).unwrap());
        assert_eq!(Table::concat(&[], &watch).unwrap().len(), 0);
    }

    #[test]
    fn facts_that_differ_are_not_kept() {
        let both = Table::concat(&[table(2), table(3)], &Watch::default()).unwrap();
        assert_eq!(both.metadata(), [("unit".to_owned(), "article".to_owned())]);
        assert_eq!(both.columns()[3].1.show(3).as_deref(), Some("r"));
        assert!(!both.columns()[0].1.is_valid(3));
    }

    #[test]
    fn other_columns_are_refused() {
        let watch = Watch::default();
        let other = Table::new().with("n", Column::text(["1"])).unwrap();
        let numbers = Table::new().with("n", Column::int([1])).unwrap();
        let error = Table::concat(&[numbers.clone(), other], &watch).unwrap_err();
        assert_eq!(
            error.to_string(),
            "field \"tables\": column \"n\" is string in table 1 and int64 in table 0"
        );
        let error = Table::concat(&[numbers, table(1)], &watch).unwrap_err();
        assert!(error.to_string().contains("table 1 has the columns name, kind, n, list; table 0 has n"));
    }
}
