//! Which labels of a corpus do those of the other corpora contradict?
//!
//! The Groningen Meaning Bank was labelled by machine, and put right in part only; its idea of an organisation is narrower
//! than that of the other corpora. Two taggers read it: one that was trained without it, and one that was trained with the
//! half that is not read. What two of the three say, the corpus and the taggers, is the label.

use std::error::Error;

use nutgraf::batch::Watch;
use nutgraf::tagger::{ClusterTable, Example, Labels, Scratch, Span, Tagger, TrainOptions, train};
use rayon::prelude::*;

use super::labels::iob2;

/// Sentences that stand together stay in the same half.
const BLOCK: usize = 500;

/// A span and the name of its type.
type Named = (usize, usize, String);

fn named(labels: &Labels, numbers: &[u8]) -> Vec<Named> {
    let name = |span: &Span| labels.types().get(span.kind).cloned().unwrap_or_default();
    Labels::spans(numbers).iter().map(|span| (span.start, span.end, name(span))).collect()
}

fn found(tagger: &Tagger, example: &Example, scratch: &mut Scratch) -> nutgraf::error::Result<Vec<Named>> {
    let numbers = tagger.tag(&example.tokens, scratch, &Watch::default())?;
    Ok(named(tagger.labels(), &numbers))
}

/// Puts right the labels of the first `count` examples, by vote; the number of sentences that changed.
pub(crate) fn clean(
    examples: &mut [Example],
    count: usize,
    clusters: &ClusterTable,
    options: &TrainOptions,
) -> Result<usize, Box<dyn Error>> {
    let (corpus, others) = examples.split_at_mut(count);
    // Without the corpus, without its even blocks, and without its odd ones.
    let taggers = (0..3)
        .into_par_iter()
        .map(|which| {
            let seen = corpus.iter().enumerate().filter(|(at, _)| which > 0 && at / BLOCK % 2 != which - 1);
            let seen: Vec<Example> = seen.map(|(_, example)| example).chain(&*others).cloned().collect();
            train(&seen, &[], clusters.clone(), options, &Watch::default(), |_| Ok(()))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let [without, halves @ ..] = &taggers[..] else { return Err("there are no taggers".into()) };
    let mut changed = 0;
    let (mut first, mut second) = (Scratch::default(), [Scratch::default(), Scratch::default()]);
    for (at, example) in corpus.iter_mut().enumerate() {
        let half = at / BLOCK % 2;
        let a = found(without, example, &mut first)?;
        let b = found(&halves[half], example, &mut second[half])?;
        let numbers: Vec<u8> =
            example.labels.iter().map(|label| without.labels().number(label).unwrap_or(0)).collect();
        let gold = named(without.labels(), &numbers);
        let overlap =
            |spans: &[Named], span: &Named| spans.iter().any(|other| other.0 < span.1 && span.0 < other.1);
        let mut kept: Vec<Named> = a.iter().filter(|span| b.contains(span)).cloned().collect();
        for span in gold {
            if !overlap(&kept, &span) && (overlap(&a, &span) || overlap(&b, &span)) {
                kept.push(span);
            }
        }
        let mut labels = vec!["O".to_owned(); example.tokens.len()];
        for (start, end, kind) in kept {
            for (place, label) in labels[start..end].iter_mut().enumerate() {
                *label = iob2(place, &kind);
            }
        }
        if labels != example.labels {
            changed += 1;
            example.labels = labels;
        }
    }
    Ok(changed)
}
