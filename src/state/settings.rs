//! With which settings was a state made?

use crate::article::ZoneKind;
use crate::corpus::{Corpus, ZoneSet};
use crate::error::{Error, Kind, Result, named};
use crate::stats::{Fold, Pairing, TermOptions};
use crate::tagger::Tagger;

/// What a state holds.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "any of them may be held")]
pub struct Kinds {
    /// Counts of terms by group.
    pub terms: bool,
    /// Counts of pairs of terms by group.
    pub pairs: bool,
    /// The names in each article.
    pub entities: bool,
    /// Counts of words, sentences, syllables and letters by group.
    pub lengths: bool,
    /// Counts of terms by the periods that their sentences mention, by group.
    pub dates: bool,
}

impl Kinds {
    /// The kinds of these names.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: an unknown name.
    pub fn from_names<S: AsRef<str>>(names: &[S]) -> Result<Self> {
        let mut kinds = Self::default();
        let all = [("terms", 0), ("pairs", 1), ("entities", 2), ("lengths", 3), ("dates", 4)];
        for name in names {
            *match named("kinds", name.as_ref(), &all)? {
                0 => &mut kinds.terms,
                1 => &mut kinds.pairs,
                2 => &mut kinds.entities,
                3 => &mut kinds.lengths,
                _ => &mut kinds.dates,
            } = true;
        }
        Ok(kinds)
    }
}

/// What a state is to hold, and how it is counted.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// What is held.
    pub kinds: Kinds,
    /// The zones that are read.
    pub zones: ZoneSet,
    /// Which terms are counted; phrases are as long as n-grams.
    pub terms: TermOptions,
    /// Which terms are pairs.
    pub pairing: Pairing,
}

/// The name of a setting, and its value.
pub type Setting = (String, String);

/// The settings of a state, in a fixed order.
///
/// # Errors
/// [`Kind::BadOption`]: nothing is to be held.
pub(super) fn settings(
    corpus: &Corpus,
    by: &[String],
    Wanted { kinds, zones, terms: options, pairing }: &Wanted,
) -> Result<Vec<Setting>> {
    let all = [
        (kinds.terms, "terms"),
        (kinds.pairs, "pairs"),
        (kinds.entities, "entities"),
        (kinds.lengths, "lengths"),
        (kinds.dates, "dates"),
    ];
    let kept: Vec<&str> = all.into_iter().filter_map(|(kept, name)| kept.then_some(name)).collect();
    if kinds.pairs && options.min_count > 1 {
        let what = "the score of a pair depends on the counts of all others; expected min_count=1";
        return Err(Error::new(Kind::BadOption, what).in_field("min_count"));
    }
    if kept.is_empty() {
        return Err(Error::new(Kind::BadOption, "nothing is to be kept; expected at least one kind")
            .in_field("kinds"));
    }
    let zones: Vec<&str> =
        ZoneKind::ALL.into_iter().filter(|&kind| zones.has(kind)).map(ZoneKind::name).collect();
    let mut all = vec![
        ("version".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
        ("kinds".to_owned(), kept.join(", ")),
        ("by".to_owned(), by.join(", ")),
        ("zones".to_owned(), zones.join(", ")),
    ];
    // A field that has the name of a period is not one.
    let is_field =
        |name: &&String| *name == "date" || corpus.store().fields().iter().any(|(field, _)| field == *name);
    let fields = by.iter().filter(is_field);
    all.push(("fields".to_owned(), fields.map(String::as_str).collect::<Vec<_>>().join(", ")));
    if kinds.dates && options.min_count > 1 {
        let what = "terms are counted for each period that is mentioned; expected min_count=1";
        return Err(Error::new(Kind::BadOption, what).in_field("min_count"));
    }
    if kinds.terms || kinds.pairs || kinds.dates {
        let fold = match options.fold {
            Fold::Lower => "lower",
            Fold::Casefold => "casefold",
            Fold::None => "none",
        };
        let mut stopwords: Vec<&str> = options.stopwords.iter().map(String::as_str).collect();
        stopwords.sort_unstable();
        let (low, high) = options.ngrams;
        all.extend([
            ("fold".to_owned(), fold.to_owned()),
            ("stopwords".to_owned(), stopwords.join(" ")),
            (
                "stem".to_owned(),
                options.stem.map_or("none".to_owned(), |stem| format!("{stem:?}").to_lowercase()),
            ),
            ("ngrams".to_owned(), if low == high { low.to_string() } else { format!("{low} to {high}") }),
            ("min_count".to_owned(), options.min_count.to_string()),
        ]);
    }
    if kinds.pairs {
        let punctuation = if pairing.parted { "break" } else { "skip" };
        all.extend([
            ("window".to_owned(), pairing.window.to_string()),
            ("punctuation".to_owned(), punctuation.to_owned()),
        ]);
    }
    if kinds.entities {
        all.push(("tagger".to_owned(), Tagger::default_fingerprint()));
    }
    Ok(all)
}

/// # Errors
/// [`Kind::BadOption`]: the settings differ; the message names the first that does.
pub(super) fn expect_same(a: &[Setting], b: &[Setting]) -> Result<()> {
    let value = |of: &[Setting], name: &str| {
        of.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone())
    };
    for (name, _) in a.iter().chain(b) {
        let (first, second) = (value(a, name), value(b, name));
        if first != second {
            let shown = |value: Option<String>| match value {
                None => "nothing".to_owned(),
                Some(value) if value.is_empty() => "nothing".to_owned(),
                Some(value) if value.chars().count() > 60 => {
                    format!("\"{}…\"", value.chars().take(60).collect::<String>())
                }
                Some(value) => format!("\"{value}\""),
            };
            let what = format!(
                "the states differ in {name}: {} and {}; expected states that were made with the same settings",
                shown(first),
                shown(second)
            );
            return Err(Error::new(Kind::BadOption, what).in_field(name.as_str()));
        }
    }
    Ok(())
}
