//! What happened to each input record?

use crate::batch::Watch;
use crate::error::{Error, Kind, Place, Result};
use crate::file::{Reader, Writer, damaged};
use crate::hash::Map;
use crate::table::{Column, Table, Value};

/// The outcome of a batch: `n_in == n_ok + n_failed`, and the place and reason of each failure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    ok: usize,
    failures: Vec<Error>,
    notes: Vec<Error>,
}

/// Notes that many files share, such as that of the encoding of 10,000 pages. The first files have
/// notes, and the others are counted.
#[derive(Debug, Default)]
pub(super) struct Shared(Map<(Kind, String), Count>);

/// The files with a note.
#[derive(Debug, Default)]
struct Count {
    files: usize,
    last: Option<Error>,
}

impl Shared {
    /// How many files have a note each.
    const MOST: usize = 10;

    /// Takes a note about a file, or hands it back if it is one of the first.
    pub(super) fn take(&mut self, note: Error) -> Option<Error> {
        let Some(source) = &note.place().source else { return Some(note) };
        // How many bytes were bad differs from file to file.
        let what = note.what().trim_start_matches(|c: char| c.is_ascii_digit());
        let count = self.0.entry((note.kind(), what.to_owned())).or_default();
        let is_new = count.last.as_ref().is_none_or(|last| last.place().source.as_ref() != Some(source));
        count.files += usize::from(is_new);
        let is_first = count.files <= Self::MOST;
        count.last = Some(note.clone());
        is_first.then_some(note)
    }

    /// One note for all files of each kind that have none.
    pub(super) fn finish(self) -> Vec<Error> {
        let more = |count: &Count| count.files.saturating_sub(Self::MOST);
        let mut all: Vec<Count> = self.0.into_values().filter(|count| more(count) > 0).collect();
        all.sort_by(|one, other| {
            let what = |count: &Count| count.last.as_ref().map(|last| last.what().to_owned());
            other.files.cmp(&one.files).then_with(|| what(one).cmp(&what(other)))
        });
        let sum = |count: Count| {
            let files = more(&count);
            let last = count.last?;
            if files == 1 {
                return Some(last);
            }
            let what = format!(
                "{}; {files} files more than the first {} have this note, the last is here",
                last.what(),
                Self::MOST
            );
            Some(Error::new(last.kind(), what).at(last.place().clone()))
        };
        all.into_iter().filter_map(sum).collect()
    }
}

impl Report {
    /// The outcome of several batches, one after another.
    pub(super) fn joined<'a>(reports: impl Iterator<Item = &'a Self>) -> Self {
        let mut all = Self::default();
        for report in reports {
            let first = all.n_in();
            let moved = |error: &Error| error.clone().after_articles(first);
            all.failures.extend(report.failures.iter().map(moved));
            all.notes.extend(report.notes.iter().map(moved));
            all.ok += report.ok;
        }
        all
    }

    pub(super) fn write(&self, writer: &mut Writer) -> Result<()> {
        writer.number(self.ok);
        for errors in [&self.failures, &self.notes] {
            let table = listed(errors)?.with("what", Column::text(errors.iter().map(Error::what)))?;
            writer.table(&table)?;
        }
        Ok(())
    }

    pub(super) fn read(reader: &mut Reader<'_>, watch: &Watch) -> Result<Self> {
        let ok = reader.number()?;
        let mut errors = || -> Result<Vec<Error>> {
            let table = reader.table(watch)?;
            let column = |name: &str| table.column(name).ok_or_else(damaged);
            let (kinds, whats) = (column("kind")?, column("what")?);
            let (articles, lines, bytes) = (column("article")?, column("line")?, column("byte")?);
            let (sources, fields) = (column("source")?, column("field")?);
            let number = |column: &Column, row: usize| match column.value(row) {
                Value::Int(value) => usize::try_from(value).ok(),
                _ => None,
            };
            let error = |row: usize| {
                let slug = kinds.show(row).unwrap_or_default();
                let kind = Kind::ALL.into_iter().find(|kind| kind.slug() == slug).ok_or_else(damaged)?;
                let place = Place {
                    source: sources.show(row),
                    article: number(articles, row),
                    field: fields.show(row),
                    line: number(lines, row),
                    byte: number(bytes, row),
                };
                Ok(Error::new(kind, whats.show(row).unwrap_or_default()).at(place))
            };
            (0..kinds.len()).map(error).collect()
        };
        Ok(Self { ok, failures: errors()?, notes: errors()? })
    }

    /// Counts a record that became an article.
    pub(super) fn accept(&mut self) {
        self.ok += 1;
    }

    /// Records a failure.
    pub(super) fn refuse(&mut self, error: Error) {
        self.failures.push(error);
    }

    /// Records something that was repaired.
    pub(super) fn note(&mut self, note: Error) {
        self.notes.push(note);
    }

    /// The number of input records.
    pub fn n_in(&self) -> usize {
        self.ok + self.failures.len()
    }

    /// The number of records that became articles.
    pub fn n_ok(&self) -> usize {
        self.ok
    }

    /// The number of records that were rejected.
    pub fn n_failed(&self) -> usize {
        self.failures.len()
    }

    /// One row per rejected record: article, source, line, field, kind, message.
    ///
    /// # Errors
    /// None in practice: the columns have the same length.
    pub fn failures(&self) -> Result<Table> {
        listed(&self.failures)
    }

    /// One row per repair, such as a file that was not UTF-8.
    ///
    /// # Errors
    /// None in practice: the columns have the same length.
    pub fn notes(&self) -> Result<Table> {
        listed(&self.notes)
    }
}

fn listed(errors: &[Error]) -> Result<Table> {
    let numbers = |pick: fn(&Place) -> Option<usize>| {
        Column::optional_int(errors.iter().map(|error| pick(error.place()).map(|number| number as i64)))
    };
    let texts = |pick: fn(&Place) -> Option<&String>| {
        Column::optional_text(errors.iter().map(|error| pick(error.place())))
    };
    Table::new()
        .with("article", numbers(|place| place.article))?
        .with("source", texts(|place| place.source.as_ref()))?
        .with("line", numbers(|place| place.line))?
        .with("field", texts(|place| place.field.as_ref()))?
        .with("byte", numbers(|place| place.byte))?
        .with("kind", Column::text(errors.iter().map(|error| error.kind().slug())))?
        .with("message", Column::text(errors.iter().map(ToString::to_string)))
}
