//! Which groups does a state have, and how can they be put together?
//!
//! A group is known by its keys. Periods nest: who knows the day of a group knows its month, and
//! the month its year. So a key implies others, and groups can be united by any of them.

use crate::article::ZoneKind;
use crate::batch::Watch;
use crate::calendar::{Period, parse_period};
use crate::corpus::{Corpus, Groups, Keys, NO_DAY, Outlines};
use crate::error::{Error, Kind, Result};
use crate::file::{Reader, Writer, require};
use crate::table::{Column, Table, Values};

/// The groups of a state: their keys, and what each holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct GroupTable {
    pub(super) keys: Keys,
    /// By group: the number of articles.
    pub(super) articles: Vec<u64>,
    /// By group: the number of words.
    pub(super) words: Vec<u64>,
    /// By group: the number of terms that were counted, whether or not their counts were omitted.
    pub(super) terms: Vec<u64>,
}

/// # Errors
/// [`Kind::BadOption`]: a name divides articles, or is known of articles with their texts only.
pub(super) fn expect_names(by: &[String]) -> Result<()> {
    for name in by {
        if ["zone", "article", "headline", "place", "byline"].contains(&name.as_str()) {
            let what = format!(
                "a state cannot be grouped by \"{name}\"; expected fields of your own, date, day, week, month, quarter, year"
            );
            return Err(Error::new(Kind::BadOption, what).in_field("by"));
        }
    }
    Ok(())
}

impl GroupTable {
    pub(super) fn new(groups: &Groups, of_articles: &[u64]) -> Self {
        let mut table = Self {
            keys: groups.keys().clone(),
            articles: vec![0; groups.len()],
            words: vec![0; groups.len()],
            terms: vec![0; groups.len()],
        };
        for (position, words) in of_articles.iter().enumerate() {
            let group = groups.of(position, ZoneKind::Body) as usize;
            table.articles[group] += 1;
            table.words[group] += words;
        }
        table
    }

    pub(crate) fn len(&self) -> usize {
        self.articles.len()
    }

    /// The sums of some counts of these groups over the groups that unite them.
    pub(super) fn sums(groups: &Groups, counts: &[u64]) -> Vec<u64> {
        let mut sums = vec![0; groups.len()];
        for (at, count) in counts.iter().enumerate() {
            sums[groups.of(at, ZoneKind::Body) as usize] += count;
        }
        sums
    }

    pub(super) fn all_articles(&self) -> u64 {
        self.articles.iter().sum()
    }

    /// The union of all groups, and for each table the new numbers of its groups.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: two have a group in common, and `apart` says that they must not.
    /// Cancellation.
    pub(super) fn union(all: &[&Self], apart: bool, watch: &Watch) -> Result<(Self, Vec<Vec<u32>>)> {
        let (keys, numbers) = Keys::union(&all.iter().map(|table| &table.keys).collect::<Vec<_>>(), watch)?;
        if apart && keys.len() < all.iter().map(|table| table.len()).sum() {
            let what = "several states have articles in one group, and terms were omitted from it by min_count, \
                        so their sum is unknown; expected states of different groups, or min_count=1";
            return Err(Error::new(Kind::BadOption, what).in_field("min_count"));
        }
        let sum = |of: fn(&Self) -> &[u64]| {
            let mut sums = vec![0; keys.len()];
            for (table, numbers) in all.iter().zip(&numbers) {
                of(table).iter().zip(numbers).for_each(|(count, &group)| sums[group as usize] += count);
            }
            sums
        };
        let articles = sum(|table| &table.articles);
        let (words, terms) = (sum(|table| &table.words), sum(|table| &table.terms));
        Ok((Self { keys, articles, words, terms }, numbers))
    }

    /// # Errors
    /// Cancellation.
    pub(super) fn take(&self, rows: &[u32], watch: &Watch) -> Result<Self> {
        let taken = |values: &[u64]| rows.iter().map(|&row| values[row as usize]).collect();
        let (articles, words, terms) = (taken(&self.articles), taken(&self.words), taken(&self.terms));
        Ok(Self { keys: self.keys.take(rows, watch)?, articles, words, terms })
    }

    /// One article per group, without text: its fields are the keys of the group, and the longer
    /// periods that they imply. `fields` names the keys that are not periods.
    ///
    /// # Errors
    /// [`Kind::OutOfMemory`].
    pub(super) fn corpus(&self, fields: &[&str]) -> Result<Corpus> {
        let keys = self.keys.of_articles();
        let mut columns: Vec<(String, Column)> = keys.to_vec();
        let mut days: Vec<Option<i32>> = vec![None; self.len()];
        for (name, column) in keys {
            let Some((periods, first_days)) = implied(name, column, fields) else { continue };
            for name in periods {
                let Some(period) = Period::from_name(name).filter(|_| !has(&columns, name)) else { continue };
                let labels = first_days.iter().map(|day| day.map(|day| period.label(day)));
                columns.push(((*name).to_owned(), Column::optional_text(labels)));
            }
            if name == "date" || name == "day" {
                days = first_days;
            }
        }
        let mut outlines = Outlines::default();
        for day in days {
            outlines.push(day.unwrap_or(NO_DAY), std::iter::empty(), std::iter::empty())?;
        }
        let ids = Column::int((0..self.len()).map(|at| at as i64));
        // The date of an article is a field that it has in any case.
        columns.retain(|(name, _)| name != "date");
        Ok(Corpus::of_outlines(vec![outlines], ids, columns))
    }

    /// The table of [`State::groups`](super::State::groups).
    ///
    /// # Errors
    /// Cancellation.
    pub(super) fn table(&self, watch: &Watch) -> Result<Table> {
        let all: Vec<u32> = (0..self.len() as u32).collect();
        let mut table = Table::new();
        for (name, column) in self.keys.columns(&all, &["articles", "words"], watch)? {
            table = table.with(name, column)?;
        }
        let count = |counts: &[u64]| Column::int(counts.iter().map(|&count| count as i64));
        table.with("articles", count(&self.articles))?.with("words", count(&self.words))
    }

    /// # Errors
    /// [`Kind::OutOfMemory`].
    pub(super) fn write(&self, writer: &mut Writer) -> Result<()> {
        self.keys.write(writer)?;
        for counts in [&self.articles, &self.words, &self.terms] {
            writer.wide(counts.iter().copied());
        }
        Ok(())
    }

    /// # Errors
    /// [`Kind::BadState`]: the bytes are not groups. Cancellation.
    pub(super) fn read(reader: &mut Reader<'_>, watch: &Watch) -> Result<Self> {
        let keys = Keys::read(reader, watch)?;
        let (articles, words, terms) = (reader.wide()?, reader.wide()?, reader.wide()?);
        require([&articles, &words, &terms].iter().all(|counts| counts.len() == keys.len()))?;
        Ok(Self { keys, articles, words, terms })
    }
}

fn has(columns: &[(String, Column)], name: &str) -> bool {
    columns.iter().any(|(other, _)| other == name)
}

/// The names of the periods that a key implies, and the first day of each group; `None` if the key
/// is not a period.
fn implied(
    name: &str,
    column: &Column,
    fields: &[&str],
) -> Option<(&'static [&'static str], Vec<Option<i32>>)> {
    const ALL: &[&str] = &["day", "week", "month", "quarter", "year"];
    if let (Values::Date(days), "date") = (&column.values, name) {
        let days = days.iter().enumerate().map(|(row, &day)| column.is_valid(row).then_some(day));
        return Some((ALL, days.collect()));
    }
    let periods = match name {
        _ if fields.contains(&name) => return None,
        "day" => ALL,
        "week" => &ALL[1..2],
        "month" => &ALL[2..],
        "quarter" => &ALL[3..],
        "year" => &ALL[4..],
        _ => return None,
    };
    let first = |row: usize| parse_period(&column.show(row)?).map(|(first, _)| first);
    Some((periods, (0..column.len()).map(first).collect()))
}
