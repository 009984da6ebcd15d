//! How varied are the words of an article?
//!
//! Each article, or group of articles put one behind the other, is a row of terms; some measures are functions of how often
//! each of them stands ([`Spectrum`]), others of their order as well.
//!
//! Invariants: a measure that is undefined for a text is missing, and none is NaN or infinite. Cost: one pass over the terms for
//! each measure of order; `mtld_ma_wrap` and `mtld_ma_bid` read on from every term, about as far as their value.

use std::collections::BTreeMap;

use super::mtld::Stretches;
use crate::batch::{Watch, map_with_state};
use crate::corpus::{Corpus, ZoneSet};
use crate::error::{Error, Kind, Result};
use crate::stats::compare::named;
use crate::stats::count::{Lexicon, TermOptions};
use crate::stats::count::{Unit, each_term, units};
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
    /// The mean length of stretches that keep a ratio, in both directions (`McCarthy` & Jarvis 2010).
    Mtld,
    /// The same from every term on, around the end.
    MtldMaWrap,
    /// The same from every term on, in both directions.
    MtldMaBid,
    /// What a type adds to samples of 42 terms (`McCarthy` & Jarvis 2007).
    Hdd,
    /// 10⁴ (Σ i² Vᵢ − N) / N² (Yule 1944).
    YuleK,
    /// Σ n(n−1) / (N(N−1)) (Simpson 1949).
    SimpsonD,
    /// 100 ln N / (1 − V₁/V) (Honoré 1979).
    HonoreH,
    /// V₁, the types that stand once.
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
    /// Which words count, and what makes two of them the same.
    pub terms: TermOptions,
    /// The measures, a column each.
    pub measures: Vec<String>,
    /// The terms in a window of `mattr`.
    pub mattr_window: usize,
    /// A stretch of `mtld` ends where its ratio is smaller.
    pub mtld_threshold: f64,
    /// The terms that a stretch of `mtld` has at least.
    pub mtld_min: usize,
    /// The terms in a sample of `hdd`.
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

/// A row for each article, or for each group that has a term: article or the group's keys, tokens, types, and a column a measure.
///
/// # Errors
/// [`Kind::BadOption`]: a measure that is not there, options out of range; [`Corpus::groups`]; and cancellation.
pub fn diversity<S: AsRef<str>>(
    corpus: &Corpus,
    by: &[S],
    zones: ZoneSet,
    options: &DiversityOptions,
    watch: &Watch,
) -> Result<Table> {
    let measures = options.check()?;
    let lexicon = Lexicon::new(corpus.store().vocabulary(), &options.terms, watch)?;
    let texts = texts(corpus, by, zones, watch)?;
    let rows = map_with_state(&texts, watch, Numbering::default, |numbering, units| {
        let text = Text::new(corpus, units, &lexicon, numbering, watch);
        watch.check()?;
        let spectrum = Spectrum::new(&text);
        let values = measures.iter().map(|&(_, measure)| measure.of(&text, &spectrum, options, watch));
        Ok((text.terms.len() as i64, text.types as i64, values.collect::<Result<Vec<_>>>()?))
    })?;
    let kept: Vec<usize> = (0..rows.len()).filter(|&row| by.is_empty() || rows[row].0 > 0).collect();
    let mut table = keys(corpus, by, &kept.iter().map(|&row| &texts[row]).collect::<Vec<_>>(), watch)?
        .with("tokens", Column::int(kept.iter().map(|&row| rows[row].0)))?
        .with("types", Column::int(kept.iter().map(|&row| rows[row].1)))?;
    for (at, &(name, measure)) in measures.iter().enumerate() {
        let values = kept.iter().map(|&row| rows[row].2[at]);
        let column = match measure {
            Diversity::Hapax => Column::optional_int(values.map(|value| value.map(|value| value as i64))),
            _ => Column::optional_float(values),
        };
        table = table.with(name, column)?;
    }
    Ok(table)
}

/// The units of each text that is measured by itself: an article each where nothing is named, and else a group each.
pub(crate) fn texts<S: AsRef<str>>(
    corpus: &Corpus,
    by: &[S],
    zones: ZoneSet,
    watch: &Watch,
) -> Result<Vec<Vec<Unit>>> {
    let groups = corpus.groups(by, watch)?;
    if by.is_empty() {
        let article = |position: u32| vec![Unit { group: 0, zones, articles: vec![position] }];
        return Ok((0..corpus.len() as u32).map(article).collect());
    }
    let by_zone = by.iter().any(|name| name.as_ref() == "zone");
    let mut texts: BTreeMap<u32, Vec<Unit>> = BTreeMap::new();
    for unit in units(corpus, &groups, zones, by_zone) {
        texts.entry(unit.group).or_default().push(unit);
    }
    Ok(texts.into_values().collect())
}

/// How many words, of any kind that counts as a term, each article has.
///
/// # Errors
/// Cancellation.
pub fn words(corpus: &Corpus, zones: ZoneSet, watch: &Watch) -> Result<Vec<u64>> {
    let vocabulary = corpus.store().vocabulary();
    let counts: Vec<bool> =
        (0..vocabulary.len() as u32).map(|token| vocabulary.kind(token).is_term()).collect();
    watch.check()?;
    let of = |article: crate::corpus::ArticleRef<'_>| {
        let part = article.part;
        let tokens = article.zones(zones).flat_map(|zone| &part.tokens[part.tokens_of_zone(zone)]);
        tokens.filter(|&&token| counts[token as usize]).count() as u64
    };
    let words = watch.through(corpus.articles()).map(of).collect();
    watch.check()?;
    Ok(words)
}

/// What stands before the numbers of some texts: their articles, or the keys of their groups.
pub(crate) fn keys<S: AsRef<str>>(
    corpus: &Corpus,
    by: &[S],
    texts: &[&Vec<Unit>],
    watch: &Watch,
) -> Result<Table> {
    let first = |units: &&Vec<Unit>| units.first().map(|unit| (unit.group, unit.articles.first().copied()));
    let found: Vec<(u32, Option<u32>)> = texts.iter().filter_map(first).collect();
    if by.is_empty() {
        let articles: Vec<u32> = found.iter().filter_map(|&(_, article)| article).collect();
        return Table::new().with("article", corpus.ids_of(&articles, watch)?);
    }
    let groups: Vec<u32> = found.iter().map(|&(group, _)| group).collect();
    let mut table = Table::new();
    for (name, column) in
        corpus.groups(by, watch)?.key_columns(&groups, &["tokens", "types", "words", "sentences"], watch)?
    {
        table = table.with(name, column)?;
    }
    Ok(table)
}

/// By term of the lexicon: its number in the open text plus one; all zero between two texts.
#[derive(Default)]
struct Numbering(Vec<u32>);

/// Terms in their order, numbered as they come.
struct Text {
    terms: Vec<u32>,
    types: usize,
}

impl Text {
    fn new(
        corpus: &Corpus,
        units: &[Unit],
        lexicon: &Lexicon,
        Numbering(numbers): &mut Numbering,
        watch: &Watch,
    ) -> Self {
        numbers.resize(lexicon.terms.len(), 0);
        let (mut terms, mut seen) = (Vec::new(), Vec::new());
        for unit in units {
            for &article in watch.through(&unit.articles) {
                each_term(corpus, article, unit.zones, lexicon, |term| {
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

/// How many types stand how often: frequencies, rising, and the number of types of each.
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
        let stretches = |wrap, back| Stretches {
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
            Self::MtldMaWrap => stretches(true, false).mean(watch)?,
            Self::MtldMaBid => {
                f64::midpoint(stretches(false, false).mean(watch)?, stretches(false, true).mean(watch)?)
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

/// How many stretches the terms make; the last one, which does not reach the threshold, counts by how far it comes.
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

/// NaN where there are fewer terms than a sample takes.
fn hdd(spectrum: &Spectrum, n: f64, sample: usize) -> f64 {
    if n < sample as f64 {
        return f64::NAN;
    }
    let missing = |count: f64| -> f64 {
        (0..sample).map(|drawn| ((n - count - drawn as f64) / (n - drawn as f64)).max(0.0)).product()
    };
    spectrum.sum(|count| 1.0 - missing(count)) / sample as f64
}
