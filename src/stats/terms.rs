//! How often does each term stand in the articles?

use rayon::prelude::*;

use super::count::{Cell, TERMS, count, units};
use super::lexicon::{Lexicon, TermOptions};
use crate::batch::Watch;
use crate::corpus::{Corpus, ZoneSet};
use crate::error::Result;
use crate::table::{Column, Strings, Table, Values};

/// A row for each term (or n-gram) of each group: the group's keys, term, count, articles, `per_million`.
///
/// Groups are in the order of their keys; within a group the most frequent term comes first, and of equals the first by
/// bytes. `per_million` is per million terms (n-grams) counted in the group, those that `min_count` leaves out included.
///
/// # Errors
/// [`TermOptions::check`], [`Corpus::groups`], and cancellation.
pub fn terms<S: AsRef<str>>(
    corpus: &Corpus,
    by: &[S],
    zones: ZoneSet,
    options: &TermOptions,
    watch: &Watch,
) -> Result<Table> {
    options.check()?;
    let groups = corpus.groups(by)?;
    let lexicon = Lexicon::new(corpus.store().vocabulary(), options);
    let by_zone = by.iter().any(|name| name.as_ref() == "zone");
    let units = units(corpus, &groups, zones, by_zone);
    let (mut cells, grams) = count(corpus, &units, groups.len(), &lexicon, options.ngrams, watch)?;
    let totals: Vec<u64> = cells.iter().map(|cells| cells.iter().map(|cell| cell.count).sum()).collect();

    let long_texts = if options.ngrams == TERMS { None } else { Some(grams.texts(&lexicon.terms)) };
    let texts = long_texts.as_ref().unwrap_or(&lexicon.terms);
    for cells in &mut cells {
        cells.retain(|cell| options.keeps(cell.count, cell.articles));
        sort(cells, texts);
    }

    let rows: usize = cells.iter().map(Vec::len).sum();
    let (mut of_group, mut per_million) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
    let (mut counts, mut articles) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
    let mut names = Strings::default();
    for (group, (cells, &total)) in cells.iter().zip(&totals).enumerate() {
        for cell in cells {
            of_group.push(group as u32);
            names.push(texts.get(cell.gram as usize));
            counts.push(cell.count as i64);
            articles.push(cell.articles as i64);
            per_million.push(cell.count as f64 * 1e6 / total as f64);
        }
    }
    let mut table = Table::new();
    for (name, column) in groups.key_columns(&of_group, &["term", "count", "articles", "per_million"]) {
        table = table.with(name, column)?;
    }
    let table = table
        .with("term", Values::Text(names))?
        .with("count", Column::int(counts))?
        .with("articles", Column::int(articles))?
        .with("per_million", Values::Float(per_million))?;
    Ok(table.with_fact("total", &totals.iter().sum::<u64>()).with_fact("articles", &corpus.len()))
}

/// Sorts cells by count, largest first, then by the bytes of their terms. The first eight bytes settle most ties; and since
/// terms are numbered about in this order, what comes in is made of long runs, which a stable sort finds.
fn sort(cells: &mut [Cell], texts: &Strings) {
    let mut keyed: Vec<(u64, u64, u32)> = (0..)
        .zip(cells.iter())
        .map(|(at, cell)| {
            let mut head = [0; 8];
            let bytes = texts.get(cell.gram as usize).as_bytes();
            let length = bytes.len().min(8);
            head[..length].copy_from_slice(&bytes[..length]);
            (u64::MAX - cell.count, u64::from_be_bytes(head), at)
        })
        .collect();
    let text = |at: u32| texts.get(cells[at as usize].gram as usize);
    keyed.par_sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| text(a.2).cmp(text(b.2))));
    let sorted: Vec<Cell> = keyed.into_iter().map(|(.., at)| cells[at as usize]).collect();
    cells.copy_from_slice(&sorted);
}
