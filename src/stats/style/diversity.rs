//! How varied are the words of an article?
//!
//! Each article, or the concatenated articles of each group, is a sequence of terms; some measures
//! are functions of the frequencies of terms ([`Spectrum`]), others also of their order.
//!
//! Measures of order (`mattr` and `mtld` of groups) are not monoids: they read a text from
//! beginning to end. So a unit is a whole text, a partial holds one row per text, and merging
//! appends rows.
//!
//! Invariants: a measure that is undefined for a text is missing; none is NaN or infinite. Cost:
//! one pass over the terms for each measure of order; `mtld_ma_wrap` and `mtld_ma_bid` read on from
//! every term, over about as many terms as their value.

use std::collections::BTreeMap;

use super::mtld::Segments;
use super::texts::Texts;
use crate::batch::{Statistic, Watch, reduce};
use crate::corpus::{Corpus, Unit, ZoneSet};
use crate::error::{Error, Kind, Result, named};
use crate::stats::count::{TermMap, TermOptions, each_term};
use crate::table::{Column, Table};

/// Measures of lexical diversity; N tokens, V types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Diversity {
    /// V / N.
    Ttr,
    /// V / √N (Guiraud 1954).
    RootTtr,
    /// V / √(2N) (Carroll 1964).
    CorrectedTtr,
    /// ln V / ln N (Herdan 1960).
    HerdanC,
    /// (ln N − ln V) / (ln N)² (Maas 1972).
    Maas,
    /// The mean type–token ratio of all windows (Covington & `McFall` 2010).
    Mattr,
    /// The mean length of segments that keep a ratio, in both directions (`McCarthy` & Jarvis
    /// 2010).
    Mtld,
    /// The same for segments from every term on, wrapping around the end.
    MtldMaWrap,
    /// The same for segments from every term on, in both directions.
    MtldMaBid,
    /// The mean contribution of a type to the type–token ratio of samples of 42 terms (`McCarthy` &
    /// Jarvis 2007).
    Hdd,
    /// 10⁴ (Σ i² Vᵢ − N) / N² (Yule 1944).
    YuleK,
    /// Σ n(n−1) / (N(N−1)) (Simpson 1949).
    SimpsonD,
    /// 100 ln N / (1 − V₁/V) (Honoré 1979).
    HonoreH,
    /// V₁, the number of types that occur once.
    Hapax,
    /// V₁ / N.
    HapaxShare,
    /// −Σ p log2 p, in bits (Shannon 1948).
    Entropy,
}

impl Diversity {
    /// All measures by their names.
    pub const ALL: [(&'static str, Self); 16] = [
        ("ttr", Self::Ttr),
        ("root_ttr", Self::RootTtr),
        ("corrected_ttr", Self::CorrectedTtr),
        ("herdan_c", Self::HerdanC),
        ("maas", Self::Maas),
        ("mattr", Self::Mattr),
        ("mtld", Self::Mtld),
        ("mtld_ma_wrap", Self::MtldMaWrap),
        ("mtld_ma_bid", Self::MtldMaBid),
        ("hdd", Self::Hdd),
        ("yule_k", Self::YuleK),
        ("simpson_d", Self::SimpsonD),
        ("honore_h", Self::HonoreH),
        ("hapax", Self::Hapax),
        ("hapax_share", Self::HapaxShare),
        ("entropy", Self::Entropy),
    ];
}

/// How diversity is measured.
#[derive(Debug, Clone)]
pub struct DiversityOptions {
    /// Which words count, and which of them are the same type.
    pub terms: TermOptions,
    /// The measures, one column each.
    pub measures: Vec<String>,
    /// The number of terms in a window of `mattr`.
    pub mattr_window: usize,
    /// A segment of `mtld` ends where its type–token ratio falls below this value.
    pub mtld_threshold: f64,
    /// The smallest number of terms in a segment of `mtld`.
    pub mtld_min: usize,
    /// The number of terms in a sample of `hdd`.
    pub hdd_sample: usize,
}

impl DiversityOptions {
    fn check(&self) -> Result<Vec<(&str, Diversity)>> {
        if !(self.mtld_threshold > 0.0 && self.mtld_threshold < 1.0) {
            let what =
                format!("mtld_threshold={}; expected more than 0 and less than 1", self.mtld_threshold);
            return Err(Error::new(Kind::BadOption, what).in_field("mtld_threshold"));
        }
        self.measures
            .iter()
            .map(|name| Ok((name.as_str(), named("measures", name, &Diversity::ALL)?)))
            .collect()
    }
}

/// One row per article, or per group that has a term: article or the keys of the group, tokens,
/// types, and one column per measure.
///
/// # Errors
/// [`Kind::BadOption`]: an unknown measure, options out of range; [`Corpus::groups`]; and
/// cancellation.
pub fn diversity<S: AsRef<str>>(
    corpus: &Corpus,
    by: &[S],
    zones: ZoneSet,
    options: &DiversityOptions,
    watch: &Watch,
) -> Result<Table> {
    let measures = options.check()?;
    let term_map = TermMap::new(corpus.store().vocabulary(), &options.terms, watch)?;
    let texts = Texts::new(corpus, by, watch)?;
    let mut rows = reduce(
        &Measuring { texts: &texts, term_map: &term_map, measures: &measures, options },
        &whole_texts(&texts, zones),
        watch,
    )?;
    rows.retain(|row| by.is_empty() || row.tokens > 0);
    let mut table = texts
        .keys(&rows.iter().map(|row| row.text).collect::<Vec<_>>(), watch)?
        .with("tokens", Column::int(rows.iter().map(|row| row.tokens)))?
        .with("types", Column::int(rows.iter().map(|row| row.types)))?;
    for (at, &(name, measure)) in measures.iter().enumerate() {
        let values = rows.iter().map(|row| row.values[at]);
        let column = match measure {
            Diversity::Hapax => Column::optional_int(values.map(|value| value.map(|value| value as i64))),
            _ => Column::optional_float(values),
        };
        table = table.with(name, column)?;
    }
    Ok(table)
}

/// A text as a whole: its number, and its units in their order.
type WholeText = (u32, Vec<Unit>);

/// The texts, each as a whole, since some measures depend on the order of the words.
fn whole_texts(texts: &Texts<'_>, zones: ZoneSet) -> Vec<WholeText> {
    if texts.is_by_article() {
        let article = |at: u32| (at, vec![Unit { group: 0, zones, articles: vec![at] }]);
        return (0..texts.corpus.len() as u32).map(article).collect();
    }
    let mut whole: Vec<WholeText> = Vec::new();
    for unit in texts.corpus.units(&texts.groups, zones) {
        match whole.last_mut() {
            Some((text, units)) if *text == unit.group => units.push(unit),
            _ => whole.push((unit.group, vec![unit])),
        }
    }
    whole
}

/// Measures each text.
struct Measuring<'a> {
    texts: &'a Texts<'a>,
    term_map: &'a TermMap,
    measures: &'a [(&'a str, Diversity)],
    options: &'a DiversityOptions,
}

/// The values of a text.
#[derive(Debug, PartialEq)]
struct Row {
    text: u32,
    tokens: i64,
    types: i64,
    /// One per measure.
    values: Vec<Option<f64>>,
}

impl Statistic for Measuring<'_> {
    type Unit = WholeText;
    type Partial = (Numbering, Vec<Row>);
    type Output = Vec<Row>;

    fn empty(&self) -> Self::Partial {
        Self::Partial::default()
    }

    fn add(&self, partial: &mut Self::Partial, (text, units): &WholeText, watch: &Watch) -> Result<()> {
        let (numbering, rows) = partial;
        let words = Text::new(self.texts.corpus, units, self.term_map, numbering, watch);
        watch.check()?;
        let spectrum = Spectrum::new(&words);
        let value = |&(_, measure): &(&str, Diversity)| measure.of(&words, &spectrum, self.options, watch);
        let values = self.measures.iter().map(value).collect::<Result<_>>()?;
        rows.push(Row { text: *text, tokens: words.terms.len() as i64, types: words.types as i64, values });
        Ok(())
    }

    fn merge(&self, partials: Vec<Self::Partial>, _: &Watch) -> Result<Self::Partial> {
        Ok((Numbering::default(), partials.into_iter().flat_map(|(_, rows)| rows).collect()))
    }

    fn finish(&self, (_, rows): Self::Partial, _: &Watch) -> Result<Vec<Row>> {
        Ok(rows)
    }
}

/// By term: its number in the open text plus one; all zero between two texts.
#[derive(Default)]
struct Numbering(Vec<u32>);

/// Terms in their order, numbered in the order of their first occurrence.
struct Text {
    terms: Vec<u32>,
    types: usize,
}

impl Text {
    fn new(
        corpus: &Corpus,
        units: &[Unit],
        term_map: &TermMap,
        Numbering(numbers): &mut Numbering,
        watch: &Watch,
    ) -> Self {
        numbers.resize(term_map.terms.len(), 0);
        let (mut terms, mut seen) = (Vec::new(), Vec::new());
        for unit in units {
            for &article in watch.through(&unit.articles) {
                each_term(corpus, article, unit.zones, term_map, |term| {
                    let number = &mut numbers[term as usize];
                    if *number == 0 {
                        seen.push(term);
                        *number = seen.len() as u32;
                    }
                    terms.push(*number - 1);
                });
            }
        }
        for &term in &seen {
            numbers[term as usize] = 0;
        }
        Self { terms, types: seen.len() }
    }
}

/// The frequency spectrum: frequencies, ascending, and the number of types with each.
struct Spectrum(Vec<(f64, f64)>);

impl Spectrum {
    fn new(text: &Text) -> Self {
        let mut counts = vec![0_u32; text.types];
        for &term in &text.terms {
            counts[term as usize] += 1;
        }
        let mut types: BTreeMap<u32, u32> = BTreeMap::new();
        for count in counts {
            *types.entry(count).or_default() += 1;
        }
        Self(types.into_iter().map(|(count, types)| (f64::from(count), f64::from(types))).collect())
    }

    /// The sum over all types.
    fn sum(&self, of: impl Fn(f64) -> f64) -> f64 {
        self.0.iter().map(|&(count, types)| types * of(count)).sum()
    }
}

impl Diversity {
    fn of(
        self,
        text: &Text,
        spectrum: &Spectrum,
        options: &DiversityOptions,
        watch: &Watch,
    ) -> Result<Option<f64>> {
        let (n, v) = (text.terms.len() as f64, text.types as f64);
        if n == 0.0 {
            return Ok(None);
        }
        let once = spectrum.0.first().filter(|&&(count, _)| count < 1.5).map_or(0.0, |&(_, types)| types);
        let segments = |wrap, back| Segments {
            terms: &text.terms,
            types: text.types,
            threshold: options.mtld_threshold,
            least: options.mtld_min,
            wrap,
            back,
        };
        let value = match self {
            Self::Ttr => v / n,
            Self::RootTtr => v / n.sqrt(),
            Self::CorrectedTtr => v / (2.0 * n).sqrt(),
            Self::HerdanC => v.ln() / n.ln(),
            Self::Maas => (n.ln() - v.ln()) / n.ln().powi(2),
            Self::Mattr => mattr(text, options.mattr_window, watch),
            Self::Mtld => {
                let forwards = factors(text.terms.iter(), text.types, options);
                let backwards = factors(text.terms.iter().rev(), text.types, options);
                f64::midpoint(n / forwards, n / backwards)
            }
            Self::MtldMaWrap => segments(true, false).mean(watch)?,
            Self::MtldMaBid => {
                f64::midpoint(segments(false, false).mean(watch)?, segments(false, true).mean(watch)?)
            }
            Self::Hdd => hdd(spectrum, n, options.hdd_sample),
            Self::YuleK => 1e4 * (spectrum.sum(|count| count * count) - n) / (n * n),
            Self::SimpsonD => spectrum.sum(|count| count * (count - 1.0)) / (n * (n - 1.0)),
            Self::HonoreH => 100.0 * n.ln() / (1.0 - once / v),
            Self::Hapax => once,
            Self::HapaxShare => once / n,
            Self::Entropy => spectrum.sum(|count| count / n * (n / count).log2()),
        };
        Ok(Some(value).filter(|value| value.is_finite()))
    }
}

fn mattr(text: &Text, window: usize, watch: &Watch) -> f64 {
    let window = window.min(text.terms.len());
    let mut counts = vec![0_u32; text.types];
    let (mut types, mut sum) = (0_u64, 0_u64);
    for (at, &term) in watch.through(text.terms.iter().enumerate()) {
        types += u64::from(counts[term as usize] == 0);
        counts[term as usize] += 1;
        if at >= window {
            let gone = &mut counts[text.terms[at - window] as usize];
            *gone -= 1;
            types -= u64::from(*gone == 0);
        }
        if at + 1 >= window {
            sum += types;
        }
    }
    sum as f64 / window as f64 / (text.terms.len() + 1 - window) as f64
}

/// The number of segments; the last one, which does not reach the threshold, counts in proportion.
fn factors<'a>(terms: impl Iterator<Item = &'a u32>, types: usize, options: &DiversityOptions) -> f64 {
    let mut seen = vec![0_u32; types];
    let (mut stretch, mut length, mut distinct, mut factors) = (1_u32, 0_usize, 0_usize, 0.0);
    for &term in terms {
        length += 1;
        let last = &mut seen[term as usize];
        distinct += usize::from(*last != stretch);
        *last = stretch;
        if length >= options.mtld_min && (distinct as f64) / (length as f64) < options.mtld_threshold {
            (stretch, length, distinct, factors) = (stretch + 1, 0, 0, factors + 1.0);
        }
    }
    if length > 0 {
        let ratio = distinct as f64 / length as f64;
        factors += ((1.0 - ratio) / (1.0 - options.mtld_threshold)).min(1.0);
    }
    factors
}

/// NaN if there are fewer terms than in a sample.
fn hdd(spectrum: &Spectrum, n: f64, sample: usize) -> f64 {
    if n < sample as f64 {
        return f64::NAN;
    }
    let missing = |count: f64| -> f64 {
        (0..sample).map(|drawn| ((n - count - drawn as f64) / (n - drawn as f64)).max(0.0)).product()
    };
    spectrum.sum(|count| 1.0 - missing(count)) / sample as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::batch::holds_for_every_cut;
    use crate::corpus::sample::{articles, corpus_of};

    proptest! {
        #[test]
        fn partials_of_any_cut_merge_to_the_whole(texts in articles(), cuts: [usize; 2]) {
            let (corpus, watch) = (corpus_of(&texts), Watch::default());
            let options = DiversityOptions {
                terms: TermOptions::default(),
                measures: Diversity::ALL.map(|(name, _)| name.to_owned()).to_vec(),
                mattr_window: 5,
                mtld_threshold: 0.72,
                mtld_min: 3,
                hdd_sample: 4,
            };
            let measures = options.check().unwrap();
            let term_map = TermMap::new(corpus.store().vocabulary(), &options.terms, &watch).unwrap();
            for by in [&[][..], &["month"]] {
                let texts = Texts::new(&corpus, by, &watch).unwrap();
                let measuring = Measuring { texts: &texts, term_map: &term_map, measures: &measures, options: &options };
                let whole = whole_texts(&texts, ZoneSet::default());
                holds_for_every_cut(&measuring, &whole, cuts, |rows| rows);
            }
        }
    }
}
