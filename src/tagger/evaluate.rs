//! How good is a tagger?
//!
//! Precision, recall and F1 of whole entities, as defined by the CoNLL-2003 shared task (Tjong Kim
//! Sang and De Meulder 2003): an entity is correct if its first token, its last token and its type
//! are correct.

use super::example::{Example, check};
use super::label::{Labels, types_of};
use super::tagger::Tagger;
use crate::batch::Watch;
use crate::error::Result;
use crate::table::{Column, Table, Values};

/// The entities of one type: the correct ones, those found, and those in the gold standard.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    right: usize,
    found: usize,
    gold: usize,
}

/// One row per type, by name, and one for all types together: label, precision, recall, f1, right,
/// found, gold. A ratio with a zero denominator is null.
///
/// # Errors
/// [`crate::error::Kind::BadRecord`] if a label is not IOB2, or if a sentence has different numbers
/// of labels and tokens; [`crate::error::Kind::Cancelled`].
pub fn evaluate(tagger: &Tagger, examples: &[Example], watch: &Watch) -> Result<Table> {
    check(examples)?;
    let gold: Vec<&[String]> = examples.iter().map(|example| &example.labels[..]).collect();
    let mut types = types_of(&gold, watch)?;
    types.extend(tagger.labels().types().iter().cloned());
    types.sort();
    types.dedup();
    let labels = Labels::new(types)?;
    let sentences: Vec<&[String]> = examples.iter().map(|example| &example.tokens[..]).collect();
    let mut tallies = vec![Tally::default(); labels.types().len()];
    for (found, gold) in tagger.tag_all(&sentences, watch)?.iter().zip(gold) {
        let names = watch.through(found).map(|&label| tagger.labels().name(label));
        let found: Vec<u8> = names.map(|name| labels.number(name).unwrap_or(0)).collect();
        let gold: Vec<u8> = watch.through(gold).map(|name| labels.number(name).unwrap_or(0)).collect();
        let (found, gold) = (Labels::spans(&found), Labels::spans(&gold));
        for span in &gold {
            tallies[span.kind].gold += 1;
        }
        for span in &found {
            tallies[span.kind].found += 1;
        }
        for span in Labels::shared(&found, &gold) {
            tallies[span.kind].right += 1;
        }
    }
    watch.check()?;
    let all = tallies.iter().fold(Tally::default(), |all, tally| Tally {
        right: all.right + tally.right,
        found: all.found + tally.found,
        gold: all.gold + tally.gold,
    });
    tallies.push(all);
    let share = |part: usize, whole: usize| (whole > 0).then(|| part as f64 / whole as f64);
    let column = |of: &dyn Fn(&Tally) -> usize| Column::int(tallies.iter().map(|tally| of(tally) as i64));
    let shares = |of: &dyn Fn(&Tally) -> Option<f64>| Column::optional_float(tallies.iter().map(of));
    Table::new()
        .with("label", Values::Text(labels.types().iter().map(String::as_str).chain(["all"]).collect()))?
        .with("precision", shares(&|tally| share(tally.right, tally.found)))?
        .with("recall", shares(&|tally| share(tally.right, tally.gold)))?
        .with("f1", shares(&|tally| share(2 * tally.right, tally.found + tally.gold)))?
        .with("right", column(&|tally| tally.right))?
        .with("found", column(&|tally| tally.found))?
        .with("gold", column(&|tally| tally.gold))
}
