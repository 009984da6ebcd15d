//! How are columns combined into a table?

use std::sync::Arc;

use super::column::Column;
use crate::batch::Watch;
use crate::error::{Error, Kind, Result};

/// Named columns of equal length. A clone shares the columns.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    pub(super) columns: Vec<(String, Arc<Column>)>,
    pub(super) metadata: Vec<(String, String)>,
}

impl Table {
    /// A table without columns, to which columns can be added.
    pub fn new() -> Self {
        Self::default()
    }

    /// The table with one more column.
    ///
    /// # Errors
    /// [`Kind::BadOption`] if the column has another length, or if there is a column of that name
    /// already.
    pub fn with(self, name: impl Into<String>, column: impl Into<Column>) -> Result<Self> {
        self.with_shared(name.into(), Arc::new(column.into()))
    }

    fn with_shared(mut self, name: String, column: Arc<Column>) -> Result<Self> {
        if let Some((first, other)) = self.columns.first()
            && other.len() != column.len()
        {
            return Err(Error::new(
                Kind::BadOption,
                format!("column \"{name}\" has {} rows; \"{first}\" has {}", column.len(), other.len()),
            ));
        }
        if self.column(&name).is_some() {
            return Err(Error::new(Kind::BadOption, format!("two columns are called \"{name}\"")));
        }
        self.columns.push((name, column));
        Ok(self)
    }

    /// The table with an entry of metadata, such as the total from which its shares are computed.
    /// It replaces an entry of the same name.
    #[must_use]
    pub fn with_fact(mut self, name: impl Into<String>, value: &impl ToString) -> Self {
        let name = name.into();
        self.metadata.retain(|(known, _)| *known != name);
        self.metadata.push((name, value.to_string()));
        self
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, |(_, column)| column.len())
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The columns in order.
    pub fn columns(&self) -> &[(String, Arc<Column>)] {
        &self.columns
    }

    /// The metadata of the table.
    pub fn metadata(&self) -> &[(String, String)] {
        &self.metadata
    }

    /// The column with this name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|(other, _)| other == name).map(|(_, column)| column.as_ref())
    }

    /// The given rows, in the given order.
    ///
    /// # Errors
    /// [`Kind::Cancelled`].
    pub fn take(&self, rows: &[u32], watch: &Watch) -> Result<Self> {
        let take =
            |(name, column): &(String, Arc<Column>)| Ok((name.clone(), Arc::new(column.take(rows, watch)?)));
        let columns = self.columns.iter().map(take).collect::<Result<_>>()?;
        Ok(Self { columns, metadata: self.metadata.clone() })
    }

    /// The columns of this table, then those of another with as many rows.
    ///
    /// # Errors
    /// As for [`Table::with`].
    pub fn beside(self, other: &Self) -> Result<Self> {
        other
            .columns
            .iter()
            .try_fold(self, |table, (name, column)| table.with_shared(name.clone(), Arc::clone(column)))
    }

    /// The columns at these positions, in the given order.
    ///
    /// # Errors
    /// As for [`Table::with`], if a column is selected twice.
    pub fn select(&self, columns: &[usize]) -> Result<Self> {
        let mut chosen = columns.iter().filter_map(|&at| self.columns.get(at)).cloned();
        let table = Self { columns: Vec::new(), metadata: self.metadata.clone() };
        chosen.try_fold(table, |table, (name, column)| table.with_shared(name, column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_unequal_length_are_refused() {
        let table = Table::new().with("a", Column::int([1, 2])).unwrap();
        let error = table.with("b", Column::int([1])).unwrap_err();
        assert_eq!(error.to_string(), "column \"b\" has 1 rows; \"a\" has 2");
    }
}
