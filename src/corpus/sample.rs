//! Small corpora for tests.

use proptest::prelude::*;

use super::{Builder, Corpus, Groups, Options, Unit, ZoneSet};
use crate::article::ZoneKind;
use crate::batch::Watch;

/// A corpus of these articles.
pub(crate) fn corpus_of(texts: &[String]) -> Corpus {
    let mut builder = Builder::new(Options::default(), Watch::default()).unwrap();
    for text in texts {
        builder.push(text.as_str()).unwrap();
    }
    builder.finish().unwrap()
}

/// Articles of a few words and names, the first and some others of them dated; some are empty.
pub(crate) fn articles() -> impl Strategy<Value = Vec<String>> {
    let word = prop::sample::select(vec![
        "rain",
        "fell",
        "in",
        "Lima",
        "the",
        "Angela Merkel",
        "Mrs Merkel",
        "said",
        "Union Bank",
        "heavy rain",
        ",",
        ".",
        ". The",
        "court",
        "ruled",
        "Peru",
    ]);
    let day = prop::option::of((1..4_u8, 1..29_u8));
    let article = (day, prop::collection::vec(word, 0..30)).prop_map(|(day, words)| {
        let head = day.map_or(String::new(), |(month, day)| format!("date 2019-{month:02}-{day:02} "));
        head + &words.join(" ").replace(" ,", ",").replace(" .", ".")
    });
    prop::collection::vec(article, 0..12).prop_map(|mut articles| {
        // A corpus without any date has no periods.
        if let Some(first) = articles.first_mut().filter(|first| !first.starts_with("date ")) {
            first.insert_str(0, "date 2019-01-01 ");
        }
        articles
    })
}

/// One unit per article, so that many cuts are possible.
pub(crate) fn units(corpus: &Corpus, groups: &Groups) -> Vec<Unit> {
    let unit = |at: usize| {
        let group = groups.of(at, ZoneKind::Body);
        Unit { group, zones: ZoneSet::default(), articles: vec![at as u32] }
    };
    let mut units: Vec<Unit> = (0..corpus.len()).map(unit).collect();
    units.sort_by_key(|unit| (unit.group, unit.articles[0]));
    units
}
