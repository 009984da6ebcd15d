//! Which column is what: ids, dates, headlines, bylines, and the fields that stay with the
//! articles?
//!
//! Records come with columns in addition to their texts. A column has a role if the caller names
//! it, or if it has the name of the role. [`Roles`] sorts the columns once, before the first
//! article, so that a bad date or a repeated id is an error of its article. Ids that nobody
//! requested are never an error: if one repeats or is missing, articles are numbered by position,
//! and a note says so.

use std::collections::{HashMap, HashSet};

use super::authors::author_names;
use super::ids::{Repeats, repeats};
use super::incoming::Incoming;
use super::infer::{Inference, Place};
use crate::batch::Watch;
use crate::calendar::{self, DateForm};
use crate::error::{Error, Kind, Result};
use crate::read::{Columns, like, usual};
use crate::table::{Column, Values};

/// A field of one of these names takes the role of that name, unless another field is named for it.
const ROLES: [&str; 4] = ["id", "date", "headline", "byline"];

/// How many rows are read between two checks of the watch.
const STRIDE: usize = 1 << 10;

/// Where ids come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IdSource {
    /// The caller named their column.
    Asked,
    /// A column that happens to be called `id`.
    #[default]
    Found,
    /// The index of a frame. It does not become a field.
    Index,
    /// No column: the caller wants positions.
    Positions,
}

/// The names of the columns that have a role.
#[derive(Debug, Clone, Default)]
pub struct RoleNames {
    /// The column of ids. Without one, an article's id is its position.
    pub id: Option<String>,
    /// Who named it.
    pub id_source: IdSource,
    /// How dates are written.
    pub dates: DateForm,
    /// The column of dates. They win over the dates of headers.
    pub date: Option<String>,
    /// The column of headlines.
    pub headline: Option<String>,
    /// The column of bylines.
    pub byline: Option<String>,
    /// Whether usual names (`Title`, `published`) have their role too.
    pub usual: bool,
    /// Whether the names of files are the ids.
    pub file_ids: bool,
    /// Where the day of an article without a date may be inferred from.
    pub infer: Vec<Place>,
}

impl RoleNames {
    fn all(&self) -> [&Option<String>; 4] {
        [&self.id, &self.date, &self.headline, &self.byline]
    }

    /// Gives each role without a column the column of its own name, if there is one.
    pub fn take_standard(&mut self, columns: &[(String, Column)]) {
        let is_open = self.id_source != IdSource::Positions;
        if self.id.is_none() && is_open {
            self.id_source = IdSource::Found;
        }
        let Self { id, date, headline, byline, .. } = self;
        for (role, standard) in [id, date, headline, byline].into_iter().zip(ROLES) {
            if role.is_none()
                && (is_open || standard != "id")
                && columns.iter().any(|(name, _)| name == standard)
            {
                *role = Some(standard.to_owned());
            }
        }
    }

    /// As [`RoleNames::take_standard`], but names may differ in case, and if the caller wants it,
    /// roles take usual names as well. There is a note for each of those.
    pub(super) fn take_alike(&mut self, columns: &[(String, Column)]) -> Vec<Error> {
        let known: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
        let is_open = self.id_source != IdSource::Positions;
        let (mut notes, mut taken) = (Vec::new(), HashSet::new());
        let Self { id, date, headline, byline, usual: all, dates, .. } = self;
        for (role, standard) in [id, date, headline, byline].into_iter().zip(ROLES) {
            if let Some(name) = role {
                if let Some(at) = like(name, &known) {
                    known[at].clone_into(name);
                    taken.insert(at);
                }
                continue;
            }
            if standard == "id" && !is_open {
                continue;
            }
            let is_free = |at: &usize| !taken.contains(at);
            let mut found = like(standard, &known).filter(is_free);
            if found.is_none() && *all {
                let mut guesses =
                    usual(standard).iter().filter_map(|name| like(name, &known)).filter(is_free);
                found = guesses.find(|&at| standard != "date" || are_days(&columns[at].1, dates));
            }
            let Some(at) = found else { continue };
            if known[at] != standard {
                let what =
                    format!("the {standard}s are in the column \"{}\"; {standard}= names another", known[at]);
                notes.push(Error::new(Kind::BadRecord, what).in_field(standard));
            }
            taken.insert(at);
            *role = Some(known[at].to_owned());
        }
        notes
    }

    /// The names of columns that have a role or may take one. They stay columns, however few
    /// records have them.
    pub fn kept(&self) -> Vec<&str> {
        let named = self.all().into_iter().flatten().map(String::as_str);
        named
            .chain(ROLES)
            .chain(["source"])
            .chain(ROLES.iter().flat_map(|role| usual(role).iter().copied()))
            .collect()
    }
}

/// The columns in addition to the text, by role.
#[derive(Debug, Default)]
pub struct Roles {
    /// How many rows each has; `None` where there is no column.
    pub(super) rows: Option<usize>,
    pub(super) ids: Option<Column>,
    repeated: HashSet<usize>,
    days: Option<Vec<Result<Option<i32>>>>,
    headlines: Option<Column>,
    bylines: Option<Column>,
    pub(super) fields: Columns,
    /// Articles with a value that cannot be read, and why.
    bad: HashMap<usize, Error>,
    /// What was decided about the columns, for the report.
    pub(super) notes: Vec<Error>,
    /// Where days may be inferred from, if the caller wants that.
    pub(super) inference: Option<Inference>,
}

/// How many names a message lists.
const LISTED: usize = 20;

/// Names, for a message.
fn listed<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let more = names.len().saturating_sub(LISTED);
    let names: Vec<&str> = names.take(LISTED).collect();
    match (names.len(), more) {
        (0, _) => "none".to_owned(),
        (_, 0) => names.join(", "),
        _ => format!("{} and {more} more", names.join(", ")),
    }
}

/// The error of a column that does not exist.
pub fn no_column<'a>(text: &str, known: impl ExactSizeIterator<Item = &'a str>) -> Error {
    let what = format!("there is no column \"{text}\"; there are {}", listed(known));
    Error::new(Kind::MissingColumn, what).in_field("text")
}

/// The error of a name that two columns have.
pub fn twice(name: &str) -> Error {
    Error::new(Kind::BadOption, format!("two columns are called \"{name}\"")).in_field(name)
}

impl Roles {
    /// Sorts columns, each with one row per record, by the names of roles. The others stay fields.
    /// `bad` are records with a value that cannot be read, and why.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: two columns have the same name, one column has two roles, or columns
    /// differ in length. [`Kind::MissingColumn`]: a name is that of no column. Cancellation.
    pub fn new(
        mut columns: Columns,
        bad: HashMap<usize, Error>,
        names: &RoleNames,
        watch: &Watch,
    ) -> Result<Self> {
        let roles = names.all();
        let known: Vec<String> = columns.iter().map(|(name, _)| name.clone()).collect();
        let mut seen = HashSet::new();
        if let Some(name) = known.iter().find(|name| !seen.insert(name.as_str())) {
            return Err(twice(name));
        }
        let given: Vec<(&str, &String)> =
            ROLES.into_iter().zip(roles).filter_map(|(role, name)| Some((role, name.as_ref()?))).collect();
        let rows = columns.first().map(|(_, column)| column.len());
        if let Some((name, column)) = columns.iter().find(|(_, column)| Some(column.len()) != rows) {
            let (first, rows) = (&known[0], rows.unwrap_or_default());
            let what = format!("columns differ in length: {first} {rows}, {name} {}", column.len());
            return Err(Error::new(Kind::BadOption, what).in_field(name));
        }
        for (at, (role, name)) in given.iter().enumerate() {
            if let Some((other, _)) = given[..at].iter().find(|(_, other)| other == name) {
                let what = format!(
                    "the column \"{name}\" is named for {other} and {role}; expected a column of its own for each"
                );
                return Err(Error::new(Kind::BadOption, what).in_field(*role));
            }
        }
        let mut fields_again = Columns::new();
        let mut take = |name: &Option<String>, role: &str| -> Result<Option<Column>> {
            let Some(name) = name else { return Ok(None) };
            let at = columns.iter().position(|(column, _)| column == name).ok_or_else(|| {
                let what = format!(
                    "there is no column \"{name}\"; there are {}",
                    listed(known.iter().map(String::as_str))
                );
                Error::new(Kind::MissingColumn, what).in_field(role)
            })?;
            Ok(Some(columns.remove(at).1))
        };
        let [id, date, headline, byline] = roles;
        let mut notes = Vec::new();
        let mut ids = take(id, "id")?;
        let mut repeated = HashSet::new();
        if let (Some(column), Some(name)) = (ids.take(), id) {
            let column = id_column(column);
            let found = repeats(&column, watch)?;
            let is_asked = names.id_source == IdSource::Asked;
            if is_asked || found.is_empty() && (0..column.len()).all(|row| column.is_valid(row)) {
                (ids, repeated) = (Some(column), found.rows);
            } else {
                notes.push(not_ids(&column, name, names.id_source, &found));
                if names.id_source != IdSource::Index {
                    fields_again.push((name.clone(), column));
                }
            }
        }
        let days = take(date, "date")?.map(|column| days(&column, &names.dates, watch)).transpose()?;
        if let (Some(days), Some(name)) = (&days, date) {
            notes.extend(undated(days, name));
        }
        let headlines = take(headline, "headline")?.map(printed);
        watch.check()?;
        let bylines = take(byline, "byline")?.map(|column| named(printed(column)));
        watch.check()?;
        columns.extend(fields_again);
        let inference = (!names.infer.is_empty())
            .then(|| Inference { places: names.infer.clone(), dates: names.dates.clone() });
        Ok(Self { rows, ids, repeated, days, headlines, bylines, fields: columns, bad, notes, inference })
    }

    /// Adds to an article what the columns say about the one at its position.
    ///
    /// # Errors
    /// The reason why the columns make it a bad article.
    pub(super) fn complete<'a>(&'a self, position: usize, article: Incoming<'a>) -> Result<Incoming<'a>> {
        if let Some(error) = self.bad.get(&position) {
            return Err(error.clone());
        }
        if let Some(rows) = self.rows.filter(|&rows| position >= rows) {
            let what = format!("the columns have {rows} rows; expected one for each article");
            return Err(Error::new(Kind::BadRecord, what));
        }
        if let Some(ids) = &self.ids
            && !ids.is_valid(position)
        {
            let error = Error::new(Kind::BadType, "the id is missing; expected a whole number or a string");
            return Err(error.in_field("id"));
        }
        if self.repeated.contains(&position) {
            let id = self.ids.as_ref().and_then(|ids| ids.show(position)).unwrap_or_default();
            let what = format!("the id \"{id}\" stands twice; expected an id of its own for each article");
            return Err(Error::new(Kind::DuplicateId, what).in_field("id"));
        }
        let day = self.days.as_ref().map_or(Ok(None), |days| days[position].clone())?;
        let cell = |column: &'a Option<Column>| column.as_ref().and_then(|column| cell(column, position));
        Ok(Incoming {
            headline: article.headline.or_else(|| cell(&self.headlines)),
            byline: article.byline.or_else(|| cell(&self.bylines)),
            day: article.day.or(day),
            ..article
        })
    }
}

fn cell(column: &Column, row: usize) -> Option<&str> {
    match &column.values {
        Values::Text(values) if column.is_valid(row) => Some(values.get(row)),
        _ => None,
    }
}

/// The note that a column or an index is not used as ids.
fn not_ids(column: &Column, name: &str, source: IdSource, found: &Repeats) -> Error {
    let missing = (0..column.len()).filter(|&row| !column.is_valid(row)).count();
    let first = found.first.and_then(|row| column.show(row)).unwrap_or_default();
    let first: String = first.chars().take(SHOWN).collect();
    let why = match (found.rows.len(), missing) {
        (0, missing) => format!("{missing} of {} values are missing", column.len()),
        (again, _) => {
            format!("{again} of {} values repeat earlier ones, such as \"{first}\"", column.len())
        }
    };
    let (what, way) = match source {
        IdSource::Index => ("the index".to_owned(), "reset_index(drop=True) renumbers it".to_owned()),
        _ => (
            format!("the column \"{name}\""),
            format!("id=\"{name}\" insists on it, and id=False leaves it a field"),
        ),
    };
    let what = format!("{what} is not used as ids: {why}; articles are numbered by position; {way}");
    Error::new(Kind::DuplicateId, what).in_field("id")
}

/// The note about dates that are missing; `None` if there are all.
fn undated(days: &[Result<Option<i32>>], name: &str) -> Option<Error> {
    let missing = days.iter().filter(|day| matches!(day, Ok(None))).count();
    (missing > 0).then(|| {
        let what = format!(
            "{missing} of {} dates are missing in the column \"{name}\"; those articles have no date, \
             unless their text opens with one",
            days.len()
        );
        Error::new(Kind::BadDate, what).in_field("date")
    })
}

/// A column of strings. Other values become the strings that they are printed as; the words by
/// which programs write a missing value are missing.
fn printed(column: Column) -> Column {
    let is_word = |text: &str| !text.is_empty() && calendar::is_missing(text);
    match &column.values {
        Values::Text(texts)
            if !(0..column.len()).any(|row| column.is_valid(row) && is_word(texts.get(row))) =>
        {
            column
        }
        _ => Column::optional_text(
            (0..column.len()).map(|row| column.show(row).filter(|shown| !is_word(shown))),
        ),
    }
}

/// A column of bylines, in which lists of names have become names.
fn named(column: Column) -> Column {
    let is_list =
        |row: usize| cell(&column, row).is_some_and(|text| text.trim_start().starts_with(['[', '{', '(']));
    if !(0..column.len()).any(is_list) {
        return column;
    }
    let names = |row: usize| {
        let text = cell(&column, row)?;
        Some(author_names(text).unwrap_or_else(|| text.to_owned())).filter(|names| !names.is_empty())
    };
    Column::optional_text((0..column.len()).map(names))
}

/// The day of each row of a date column: `None` if it is missing, or the reason why it is not a
/// date.
///
/// # Errors
/// Cancellation.
fn days(column: &Column, form: &DateForm, watch: &Watch) -> Result<Vec<Result<Option<i32>>>> {
    let bad = |row: usize| {
        let shown: String = column.show(row).unwrap_or_default().chars().take(40).collect();
        let what = format!("\"{shown}\" is not a date; expected ISO 8601, such as 2019-01-08");
        Error::new(Kind::BadDate, what).in_field("date")
    };
    let written = |text: &str| form.day(text).map(Some).map_err(|error| error.in_field("date"));
    let day = |row: usize| -> Result<Option<i32>> {
        if !column.is_valid(row) {
            return Ok(None);
        }
        let ranged = |day: i32| if calendar::has_date(day) { Ok(Some(day)) } else { Err(bad(row)) };
        match &column.values {
            Values::Date(days) => ranged(days[row]),
            Values::Time(times) => ranged(calendar::day_of_time(times[row])),
            // Integers that pandas holds as doubles, since some are missing.
            Values::Float(numbers) if numbers[row].fract() == 0.0 && numbers[row].abs() < EXACT => {
                written(&(numbers[row] as i64).to_string())
            }
            Values::Text(texts) if calendar::is_missing(texts.get(row)) => Ok(None),
            Values::Text(texts) => written(texts.get(row)),
            Values::Int(numbers) => written(&numbers[row].to_string()),
            _ => Err(bad(row)),
        }
    };
    let mut days = Vec::new();
    days.try_reserve_exact(column.len())?;
    for row in 0..column.len() {
        if row % STRIDE == 0 {
            watch.check()?;
        }
        days.push(day(row));
    }
    Ok(days)
}

/// Whether the first values of a column are dates.
fn are_days(column: &Column, form: &DateForm) -> bool {
    let shown =
        (0..column.len()).filter_map(|row| column.show(row)).filter(|shown| !calendar::is_missing(shown));
    let mut any = false;
    shown.take(STRIDE).all(|shown| {
        any = true;
        form.day(&shown).is_ok()
    }) && any
}

/// Below this, every integer has a double that equals no other.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// How many characters of an id a message shows.
const SHOWN: usize = 60;

/// Integers from here on do not fit 64 bits.
const BEYOND: f64 = 9_223_372_036_854_775_808.0;

/// An id column. Ids keep their type, so that tables join back to where they came from; whole
/// numbers are integers.
pub fn id_column(column: Column) -> Column {
    match &column.values {
        // Integers that pandas holds as doubles, since some are missing.
        Values::Float(numbers)
            if (0..numbers.len()).all(|row| !column.is_valid(row) || is_whole(numbers[row])) =>
        {
            Column::optional_int(
                (0..numbers.len()).map(|row| column.is_valid(row).then(|| numbers[row] as i64)),
            )
        }
        Values::Category(..) | Values::TextList(..) => {
            Column::optional_text((0..column.len()).map(|row| column.show(row)))
        }
        _ => column,
    }
}

/// Whether a number is an integer of 64 bits.
fn is_whole(number: f64) -> bool {
    number.fract() == 0.0 && (-BEYOND..BEYOND).contains(&number)
}
