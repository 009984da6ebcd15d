//! How often does each term occur in each article, as a matrix?

use super::analyzer::{TermMap, TermOptions};
use super::by_article::{TermRows, postings};
use crate::batch::Watch;
use crate::corpus::{Corpus, ZoneSet};
use crate::error::{Error, Kind, Result};
use crate::hash::Map;
use crate::table::Strings;

/// A document–term matrix in compressed sparse row (CSR) format: row *i* holds
/// `counts[starts[i]..starts[i + 1]]` in the columns `columns[…]`, which ascend within a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matrix {
    /// Where each row starts, and where the last one ends.
    pub starts: Vec<i64>,
    /// The column of each count.
    pub columns: Vec<i64>,
    /// The counts.
    pub counts: Vec<i64>,
    /// The term that each column counts, in the order of bytes.
    pub terms: Strings,
}

/// One row per article, one column per term (or n-gram): those that occur, or those of a vocabulary
/// in its order, whether they occur or not.
///
/// # Errors
/// [`TermOptions::check`], a term that the vocabulary has twice, and cancellation.
pub fn matrix(
    corpus: &Corpus,
    zones: ZoneSet,
    options: &TermOptions,
    vocabulary: Option<&[String]>,
    watch: &Watch,
) -> Result<Matrix> {
    options.check()?;
    let wanted = vocabulary.map(numbered).transpose()?;
    let term_map = TermMap::new(corpus.store().vocabulary(), options, watch)?;
    let TermRows { names, rows: postings } = postings(corpus, zones, &term_map, options.ngrams, watch)?;
    let kept: Vec<u32> = watch
        .through(0..names.len() as u32)
        .filter(|&gram| {
            let row = postings.row(gram as usize);
            let count = row.iter().map(|&(_, count)| u64::from(count)).sum();
            count > 0 && options.keeps(count, row.len() as u64)
        })
        .collect();
    // The n-gram of each column; `None` for a term of the vocabulary that does not occur.
    let features: Vec<Option<u32>> = match &wanted {
        None => names.grams.by_bytes(kept, &term_map.terms, watch)?.into_iter().map(Some).collect(),
        Some(wanted) => {
            let mut features = vec![None; wanted.len()];
            for gram in watch.through(kept) {
                let mut text = Strings::default();
                names.push_text(gram, &mut text);
                if let Some(&column) = wanted.get(text.get(0)) {
                    features[column] = Some(gram);
                }
            }
            features
        }
    };
    watch.check()?;

    // For each article, first the number of its features, then the place of the next one.
    let mut next = vec![0_i64; corpus.len() + 1];
    for &gram in watch.through(features.iter().flatten()) {
        for &(article, _) in postings.row(gram as usize) {
            next[article as usize + 1] += 1;
        }
    }
    for article in 0..corpus.len() {
        next[article + 1] += next[article];
    }
    let cells = next[corpus.len()] as usize;
    let mut matrix =
        Matrix { starts: next.clone(), columns: vec![0; cells], counts: vec![0; cells], ..Matrix::default() };
    watch.check()?;
    for (column, gram) in watch.through(features.iter().enumerate()) {
        let Some(gram) = *gram else { continue };
        for &(article, count) in postings.row(gram as usize) {
            let at = &mut next[article as usize];
            matrix.columns[*at as usize] = column as i64;
            matrix.counts[*at as usize] = i64::from(count);
            *at += 1;
        }
    }
    match vocabulary {
        Some(vocabulary) => watch.through(vocabulary).for_each(|term| matrix.terms.push(term)),
        None => watch
            .through(features.into_iter().flatten())
            .for_each(|gram| names.push_text(gram, &mut matrix.terms)),
    }
    watch.check()?;
    Ok(matrix)
}

/// The column of each term of a vocabulary.
fn numbered(vocabulary: &[String]) -> Result<Map<&str, usize>> {
    let mut columns = Map::default();
    for (column, term) in vocabulary.iter().enumerate() {
        if columns.insert(term.as_str(), column).is_some() {
            let what = format!("the term \"{term}\" stands twice; expected each term once");
            return Err(Error::new(Kind::BadOption, what).in_field("vocabulary"));
        }
    }
    Ok(columns)
}
