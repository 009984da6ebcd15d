//! How far could an effect size be from what was measured?
//!
//! The bounds are percentiles over resampled articles; see [`super::bootstrap`].

use super::bootstrap::Resampler;
use super::options::KeynessOptions;
use super::scale::{Scale, finish, is_of_ratio, name_of};
use super::side::{Both, Row, Side};
use crate::batch::{Watch, map_with_state};
use crate::error::Result;
use crate::measure::{Contrast, Keyness, Zeros, quantile};

/// The columns `<measure>_low` and `<measure>_high` of each effect size: percentiles over resampled
/// articles.
pub(super) fn intervals(
    sides: &[Side; 2],
    both: &Both,
    rows: &[Row],
    order: &[u32],
    scale: &Scale<'_>,
    options: &KeynessOptions,
    watch: &Watch,
) -> Result<Vec<(String, Vec<f64>)>> {
    let effects: Vec<Keyness> =
        options.measures.iter().copied().filter(|measure| measure.is_effect_size()).collect();
    // The articles of each side by term, under the common numbers.
    let mut drawn = Vec::with_capacity(2);
    for (side, numbers) in sides.iter().zip(&both.numbers) {
        watch.check()?;
        let Some((by_article, ids)) = &side.resampled else { continue };
        let mut by_article = by_article.clone();
        let totals = by_article.totals();
        by_article.cells.iter_mut().for_each(|(gram, _)| *gram = numbers[*gram as usize]);
        let resampler = Resampler::new(ids, options.bootstrap, options.seed, watch)?;
        let (mut sums, all): (Vec<f64>, Vec<(u32, u32)>) =
            (Vec::new(), totals.iter().zip(0..).map(|(&total, article)| (article, total as u32)).collect());
        resampler.counts(&all, &mut sums);
        drawn.push((by_article.transposed(both.names.len(), |_| true, watch)?, resampler, sums));
    }
    let [(postings1, resampler1, totals1), (postings2, resampler2, totals2)] = &drawn[..] else {
        return Ok(Vec::new());
    };
    // Resamples in which a side has no term are ignored.
    let drawn: Vec<usize> =
        (0..options.bootstrap).filter(|&at| totals1[at] > 0.0 && totals2[at] > 0.0).collect();
    // The factors that turn a ratio of counts into a ratio of shares.
    let scales: Vec<f64> = totals1.iter().zip(totals2).map(|(n1, n2)| n2 / n1).collect();
    let rows: Vec<(&Row, u32)> = rows.iter().zip(order.iter().copied()).collect();
    let scratch = <(Vec<f64>, Vec<f64>, Vec<f64>)>::default;
    let bounds: Vec<Vec<[f64; 2]>> = map_with_state(&rows, watch, scratch, |(a, b, values), &(row, at)| {
        resampler1.counts(postings1.row(row.gram as usize), a);
        resampler2.counts(postings2.row(row.gram as usize), b);
        Ok(effects
            .iter()
            .map(|&measure| {
                values.clear();
                if options.zeros == Zeros::Half && is_of_ratio(measure) {
                    let filled = |count: f64| if count == 0.0 { 0.5 } else { count };
                    values.extend(drawn.iter().map(|&at| filled(a[at]) / filled(b[at]) * scales[at]));
                } else {
                    values.extend(drawn.iter().map(|&draw| {
                        let (a, n1, b, n2) = (a[draw], totals1[draw], b[draw], totals2[draw]);
                        scale.effect(measure, Contrast { a, n1, b, n2 }, at as usize)
                    }));
                }
                let tail = (1.0 - options.level) / 2.0;
                if values.is_empty() {
                    return [f64::NAN; 2];
                }
                [tail, 1.0 - tail].map(|share| quantile(values, share, |value| finish(measure, value)))
            })
            .collect())
    })?;
    let mut columns = Vec::new();
    for (at, &measure) in effects.iter().enumerate() {
        for (end, suffix) in ["low", "high"].into_iter().enumerate() {
            let values = bounds.iter().map(|row| row[at][end]).collect();
            columns.push((format!("{}_{suffix}", name_of(measure)), values));
        }
    }
    Ok(columns)
}
