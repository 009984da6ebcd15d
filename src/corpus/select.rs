//! Which articles are meant?

use super::Corpus;
use crate::calendar;
use crate::error::{Error, Kind, Result};
use crate::table::{Column, Values};

/// One value to compare with.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// Missing.
    Null,
    /// A string; for dates, a day, month, week, quarter or year in ISO 8601.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// A truth value.
    Bool(bool),
    /// A day.
    Date(i32),
}

impl Scalar {
    /// The value as its user wrote it.
    fn show(&self) -> String {
        match self {
            Self::Null => "None".to_owned(),
            Self::Text(value) => format!("\"{value}\""),
            Self::Int(value) => value.to_string(),
            Self::Float(value) => value.to_string(),
            Self::Bool(value) => value.to_string(),
            Self::Date(value) => calendar::format_day(*value),
        }
    }
}

/// What a field must hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// One of these values.
    OneOf(Vec<Scalar>),
    /// A value from the first to the second, both included; an open end where one is missing.
    Between(Option<Scalar>, Option<Scalar>),
}

impl Corpus {
    /// The articles at these positions of the selection, in this order.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: a position that the selection does not have.
    pub fn take(&self, positions: &[usize]) -> Result<Self> {
        let rows: Option<Vec<u32>> =
            positions.iter().map(|&position| Some(self.article(position)?.row)).collect();
        let rows = rows.ok_or_else(|| {
            let worst = positions.iter().max().copied().unwrap_or(0);
            Error::new(Kind::BadOption, format!("there is no article {worst}; the corpus has {}", self.len()))
        })?;
        Ok(Self { rows: Some(rows.into()), ..self.clone() })
    }

    /// The articles of this selection that another of the same articles does not select.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        let taken: std::collections::HashSet<u32> = other.rows().into_iter().collect();
        let rest: Vec<u32> = self.rows().into_iter().filter(|row| !taken.contains(row)).collect();
        Self { rows: Some(rest.into()), ..self.clone() }
    }

    /// The articles whose fields pass all filters. Fields are the caller's, and the article's own `article` (its id),
    /// `date`, `headline`, `place` and `byline`.
    ///
    /// # Errors
    /// [`Kind::MissingColumn`]: a field that is not there; the message lists those that are.
    pub fn filter(&self, filters: &[(String, Filter)]) -> Result<Self> {
        let mut keep = vec![true; self.len()];
        for (name, filter) in filters {
            let column = self.field(name).map_err(|error| error.in_field(name))?;
            filter.check(&column).map_err(|error| error.in_field(name))?;
            for (row, keep) in keep.iter_mut().enumerate() {
                *keep = *keep && filter.passes(&column, row);
            }
        }
        let positions: Vec<usize> = (0..self.len()).filter(|&position| keep[position]).collect();
        self.take(&positions)
    }

    /// A field of the articles selected: one of the caller's, or one of the article's own.
    ///
    /// # Errors
    /// [`Kind::MissingColumn`]: there is no such field; the message lists those that are.
    pub fn field(&self, name: &str) -> Result<Column> {
        if let Some((_, column)) = self.store().fields().iter().find(|(field, _)| field == name) {
            return Ok(self.selected(column));
        }
        self.own_field(name).ok_or_else(|| {
            let own = Self::OWN_FIELDS.iter().copied();
            let known: Vec<&str> =
                own.chain(self.store().fields().iter().map(|(field, _)| field.as_str())).collect();
            Error::new(
                Kind::MissingColumn,
                format!("there is no field \"{name}\"; there are {}", known.join(", ")),
            )
        })
    }
}

impl Filter {
    /// # Errors
    /// [`Kind::BadOption`]: a value that no value of the column can be compared with.
    fn check(&self, column: &Column) -> Result<()> {
        let scalars: Vec<&Scalar> = match self {
            Self::OneOf(scalars) => scalars.iter().collect(),
            Self::Between(low, high) => low.iter().chain(high).collect(),
        };
        let fits = |scalar: &Scalar| match (&column.values, scalar) {
            (_, Scalar::Null)
            | (Values::Text(_) | Values::Category(..), Scalar::Text(_))
            | (Values::Int(_) | Values::Float(_), Scalar::Int(_) | Scalar::Float(_))
            | (Values::Bool(_), Scalar::Bool(_))
            | (Values::Date(_) | Values::Time(_), Scalar::Date(_)) => true,
            (Values::Date(_) | Values::Time(_), Scalar::Text(text)) => {
                calendar::parse_period(text).is_some() || calendar::parse_day(text).is_ok()
            }
            // A column of nothing but missing values has no type of its own.
            _ => (0..column.len()).all(|row| !column.is_valid(row)),
        };
        match scalars.into_iter().find(|scalar| !fits(scalar)) {
            None => Ok(()),
            Some(scalar) => {
                let what = format!(
                    "{} cannot be compared with the field; expected {}",
                    scalar.show(),
                    column.kind()
                );
                Err(Error::new(Kind::BadOption, what))
            }
        }
    }

    /// Whether the value at a row passes.
    pub fn passes(&self, column: &Column, row: usize) -> bool {
        match self {
            Self::OneOf(scalars) => scalars.iter().any(|scalar| equals(column, row, scalar)),
            Self::Between(low, high) => {
                column.is_valid(row)
                    && low.as_ref().is_none_or(|low| {
                        order(column, row, low, false).is_some_and(std::cmp::Ordering::is_ge)
                    })
                    && high.as_ref().is_none_or(|high| {
                        order(column, row, high, true).is_some_and(std::cmp::Ordering::is_le)
                    })
            }
        }
    }
}

fn equals(column: &Column, row: usize, scalar: &Scalar) -> bool {
    if *scalar == Scalar::Null {
        return !column.is_valid(row);
    }
    if !column.is_valid(row) {
        return false;
    }
    // A period holds a day.
    if let (Values::Date(days), Scalar::Text(text)) = (&column.values, scalar)
        && let Some((first, last)) = calendar::parse_period(text)
    {
        return (first..=last).contains(&days[row]);
    }
    order(column, row, scalar, false).is_some_and(std::cmp::Ordering::is_eq)
}

/// How a value compares with a scalar; `None` where they cannot be compared. A period compares by its last day where it
/// is an upper end, else by its first.
fn order(column: &Column, row: usize, scalar: &Scalar, upper: bool) -> Option<std::cmp::Ordering> {
    let day = |text: &str| {
        calendar::parse_period(text)
            .map(|(first, last)| if upper { last } else { first })
            .or_else(|| calendar::parse_day(text).ok())
    };
    Some(match (&column.values, scalar) {
        (Values::Text(values), Scalar::Text(scalar)) => values.get(row).cmp(scalar),
        (Values::Category(codes, names), Scalar::Text(scalar)) => names.get(codes[row] as usize).cmp(scalar),
        (Values::Int(values), Scalar::Int(scalar)) => values[row].cmp(scalar),
        (Values::Int(values), Scalar::Float(scalar)) => (values[row] as f64).partial_cmp(scalar)?,
        (Values::Float(values), Scalar::Int(scalar)) => values[row].partial_cmp(&(*scalar as f64))?,
        (Values::Float(values), Scalar::Float(scalar)) => values[row].partial_cmp(scalar)?,
        (Values::Bool(values), Scalar::Bool(scalar)) => values[row].cmp(scalar),
        (Values::Date(values), Scalar::Date(scalar)) => values[row].cmp(scalar),
        (Values::Date(values), Scalar::Text(scalar)) => values[row].cmp(&day(scalar)?),
        (Values::Time(values), Scalar::Date(scalar)) => calendar::day_of_time(values[row]).cmp(scalar),
        (Values::Time(values), Scalar::Text(scalar)) => calendar::day_of_time(values[row]).cmp(&day(scalar)?),
        _ => return None,
    })
}
