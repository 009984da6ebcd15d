//! Who is who? The cases of `tests/data/cases/resolve.toml`, and what holds for any names.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a case that cannot be read fails its test")]

use std::collections::BTreeMap;
use std::time::Instant;

use nutgraf::batch::{Static, Watch};
use nutgraf::corpus::{Builder, Corpus, Options, ZoneSet};
use nutgraf::entity::{
    EntityOptions, ExternalLabels, ExternalMention, Resolution, aliases, entities, external_mentions,
    mentions_table,
};
use nutgraf::table::{Strings, Table, Values};
use nutgraf::tagger::Tagger;
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    text: String,
    labels: BTreeMap<String, Vec<String>>,
    mentions: Vec<Vec<String>>,
}

fn corpus(texts: &[&str]) -> Corpus {
    let mut builder = Builder::new(Options::default(), Watch::default()).unwrap();
    for text in texts {
        builder.push(*text).unwrap();
    }
    builder.finish().unwrap()
}

fn types() -> Vec<String> {
    Tagger::default_model().unwrap().labels().types().to_vec()
}

/// The places of names in a text, longer names first, each with its label.
fn spans(text: &str, labels: &BTreeMap<String, Vec<String>>) -> Vec<ExternalMention> {
    let types = types();
    let mut names: Vec<(&str, u8)> = labels
        .iter()
        .flat_map(|(label, names)| {
            let kind = types.iter().position(|name| name == label).unwrap() as u8;
            names.iter().map(move |name| (name.as_str(), kind))
        })
        .collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let mut taken = vec![false; text.len()];
    let mut spans = Vec::new();
    for (name, kind) in names {
        for (start, _) in text.match_indices(name) {
            let end = start + name.len();
            let inner = |at: Option<char>| at.is_some_and(char::is_alphanumeric);
            let whole = !inner(text[..start].chars().next_back()) && !inner(text[end..].chars().next());
            if whole && !taken[start..end].contains(&true) {
                taken[start..end].fill(true);
                spans.push(ExternalMention { start: start as u32, end: end as u32, kind, entity: None });
            }
        }
    }
    spans
}

/// Types that the article may correct, and no entities.
fn names(types: &[String]) -> ExternalLabels<'_> {
    static NONE: Static<Strings> = Static::new(Strings::default);
    ExternalLabels { types, entities: &NONE, keep_types: false }
}

fn texts(table: &Table, column: &str) -> Vec<Option<String>> {
    let column = table.column(column).unwrap();
    (0..column.len()).map(|row| column.show(row)).collect()
}

fn ints(table: &Table, column: &str) -> Vec<i64> {
    match &table.column(column).unwrap().values {
        Values::Int(values) => values.clone(),
        _ => panic!("{column} holds no whole numbers"),
    }
}

/// For each mention its text, and its entity as the cases write it: marked where ambiguous, with its country.
fn resolved(texts_of: &[&str], spans: &[Vec<ExternalMention>]) -> Vec<(String, String)> {
    let corpus = corpus(texts_of);
    let cache = external_mentions(&corpus, names(&types()), spans, &Watch::default()).unwrap();
    let resolution = Resolution::new(&corpus, cache.into(), &Watch::default()).unwrap();
    let table = mentions_table(&resolution, ZoneSet::ALL, &[], true, &Watch::default()).unwrap();
    let (text, entity) = (texts(&table, "text"), texts(&table, "entity"));
    let (country, ambiguous) = (texts(&table, "country"), texts(&table, "ambiguous"));
    (0..table.len())
        .map(|row| {
            let mark = if ambiguous[row].as_deref() == Some("true") { "*" } else { "" };
            let country = country[row].as_ref().map_or(String::new(), |code| format!(" {code}"));
            (text[row].clone().unwrap(), format!("{mark}{}{country}", entity[row].as_ref().unwrap()))
        })
        .collect()
}

#[test]
fn every_case_is_resolved_as_it_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/cases/resolve.toml");
    let cases: Cases = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(cases.case.len() > 30, "only {} cases were read", cases.case.len());
    let mut wrong = Vec::new();
    for Case { name, text, labels, mentions } in &cases.case {
        let found = resolved(&[text], &[spans(text, labels)]);
        for expected in mentions {
            let (form, wanted) = expected.split_first().unwrap();
            let got: Vec<&String> =
                found.iter().filter(|(text, _)| text == form).map(|(_, entity)| entity).collect();
            let same = !got.is_empty()
                && got
                    .iter()
                    .enumerate()
                    .all(|(at, got)| *got == wanted.get(at).unwrap_or(wanted.last().unwrap()));
            if !same {
                wrong.push(format!("{name}: “{form}” is {got:?}; expected {wanted:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Persons at the places of these names.
fn people(text: &str, names: &[&str]) -> Vec<ExternalMention> {
    let names = names.iter().map(|&name| name.to_owned()).collect();
    spans(text, &BTreeMap::from([("PER".to_owned(), names)]))
}

#[test]
fn people_of_one_name_are_told_apart_by_age() {
    let old = "date 2019-01-08 John Smith, 71, retired. Smith smiled.";
    let young = "date 2019-01-09 John Smith, 24, won. Mr Smith cheered.";
    let unknown = "date 2019-01-10 John Smith left.";
    // One article alone may err.
    let all = [old, young, unknown, old, young];
    let spans: Vec<Vec<ExternalMention>> =
        all.iter().map(|text| people(text, &["John Smith", "Smith"])).collect();
    let found: Vec<String> = resolved(&all, &spans).into_iter().map(|(_, entity)| entity).collect();
    let [a, b] = ["John Smith (born about 1947)", "John Smith (born about 1994)"];
    assert_eq!(found, [a, a, b, b, "John Smith", a, a, b, b]);
    let found: Vec<String> = resolved(&all[..3], &spans[..3]).into_iter().map(|(_, entity)| entity).collect();
    assert_eq!(found, ["John Smith"; 5]);
}

#[test]
fn people_of_one_name_are_told_apart_by_their_titles() {
    let all = [
        "Mr Chris Lee spoke.",
        "Mrs Chris Lee sang.",
        "Chris Lee left.",
        "Mr Chris Lee sat.",
        "Mrs Chris Lee ran.",
    ];
    let spans: Vec<Vec<ExternalMention>> = all.iter().map(|text| people(text, &["Chris Lee"])).collect();
    let found: Vec<String> = resolved(&all, &spans).into_iter().map(|(_, entity)| entity).collect();
    let [man, woman] = ["Chris Lee (Mr)", "Chris Lee (Ms)"];
    assert_eq!(found, [man, woman, "Chris Lee", man, woman]);
    let found: Vec<String> = resolved(&all[..3], &spans[..3]).into_iter().map(|(_, entity)| entity).collect();
    assert_eq!(found, ["Chris Lee"; 3]);
}

#[test]
fn a_lone_surname_is_the_only_one_whom_several_articles_name() {
    let full = "Angela Merkel spoke.";
    let lone = "Merkel left.";
    let of = |all: &[&str]| -> Vec<String> {
        let spans: Vec<Vec<ExternalMention>> =
            all.iter().map(|text| people(text, &["Angela Merkel", "Max Merkel", "Merkel"])).collect();
        resolved(all, &spans).into_iter().map(|(_, entity)| entity).collect()
    };
    assert_eq!(of(&[full, lone]), ["Angela Merkel", "Merkel"]);
    assert_eq!(of(&[full, full, full, lone])[3], "Angela Merkel");
    assert_eq!(of(&[full, full, full, "Max Merkel sang.", lone])[4], "Merkel");
}

#[test]
fn an_acronym_is_what_another_article_introduces_it_for() {
    let labels = BTreeMap::from([("ORG".to_owned(), vec!["Union of Tailors".to_owned(), "UOT".to_owned()])]);
    let all = ["The Union of Tailors (UOT) met.", "UOT left."];
    let spans: Vec<Vec<ExternalMention>> = all.iter().map(|text| spans(text, &labels)).collect();
    let found: Vec<String> = resolved(&all, &spans).into_iter().map(|(_, entity)| entity).collect();
    assert_eq!(found, ["Union of Tailors"; 3]);
}

#[test]
fn ten_thousand_names_in_one_sentence_are_quick() {
    for shape in 0..3 {
        let names: Vec<String> = (0..10_000)
            .map(|at| match shape {
                0 => format!("Ana{} Smith", letters(at)),
                1 => "Smith".to_owned(),
                _ => format!("Ana{0} Smith{0}", letters(at)),
            })
            .collect();
        let text = format!("{} met.", names.join(", "));
        let (mut at, mut external) = (0, Vec::new());
        for name in &names {
            external.push(ExternalMention { start: at, end: at + name.len() as u32, kind: 4, entity: None });
            at += name.len() as u32 + 2;
        }
        let start = Instant::now();
        assert_eq!(resolved(&[&text], &[external]).len(), 10_000);
        assert!(start.elapsed().as_secs() < 20, "shape {shape} took {:?}", start.elapsed());
    }
}

fn letters(mut number: usize) -> String {
    let mut name = String::new();
    for _ in 0..4 {
        name.push((b'b' + (number % 20) as u8) as char);
        number /= 20;
    }
    name
}

const NAMES: [&str; 16] = [
    "Ana Smith",
    "Smith",
    "Ben Smith",
    "A. Smith",
    "Ana",
    "Mr Smith",
    "Mrs Smith",
    "Kim Jong Un",
    "Kim",
    "Kim Jong-un",
    "Korea",
    "North Korea",
    "the North",
    "Union of Tailors (UOT)",
    "UOT",
    "Bill Smith Jr.",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn counts_add_up_and_the_order_of_articles_does_not_matter(
        articles in proptest::collection::vec(proptest::collection::vec(0..NAMES.len(), 0..7), 1..6),
    ) {
        let make = |articles: &[Vec<usize>]| {
            let told = |names: &Vec<usize>| names.iter().fold(String::new(), |text, &name| text + NAMES[name] + " came. ");
            let texts: Vec<String> = articles.iter().map(told).collect();
            let (people, groups) = NAMES.split_at(10);
            let own = |names: &[&str]| names.iter().map(|&name| name.trim_start_matches("the ").to_owned()).collect();
            let labels = BTreeMap::from([
                ("PER".to_owned(), people.iter().chain(&["Bill Smith Jr."]).map(|name| name.trim_start_matches("Mr ").trim_start_matches("Mrs ").to_owned()).collect()),
                ("LOC".to_owned(), own(&groups[..3])),
                ("ORG".to_owned(), vec!["Union of Tailors".to_owned(), "UOT".to_owned()]),
            ]);
            let spans: Vec<Vec<ExternalMention>> = texts.iter().map(|text| spans(text, &labels)).collect();
            let corpus = corpus(&texts.iter().map(String::as_str).collect::<Vec<_>>());
            let cache = external_mentions(&corpus, names(&types()), &spans, &Watch::default()).unwrap();
    let resolution = Resolution::new(&corpus, cache.into(), &Watch::default()).unwrap();
            let options = EntityOptions { min_mentions: 1, min_articles: 1, ..EntityOptions::default() };
            let mentions = mentions_table(&resolution, ZoneSet::ALL, &[], true, &Watch::default()).unwrap();
            let entities = entities::<&str>(&resolution, &[], ZoneSet::ALL, &options, None, &Watch::default()).unwrap();
            let aliases = aliases(&resolution, ZoneSet::ALL, &options, &Watch::default()).unwrap();
            (mentions, entities, aliases)
        };
        let (mentions, forwards, aliases) = make(&articles);
        prop_assert_eq!(ints(&forwards, "mentions").iter().sum::<i64>(), mentions.len() as i64);
        prop_assert_eq!(ints(&aliases, "mentions").iter().sum::<i64>(), mentions.len() as i64);
        let mut counts: BTreeMap<(Option<String>, Option<String>), i64> = BTreeMap::new();
        for key in texts(&mentions, "entity").into_iter().zip(texts(&mentions, "label")) {
            *counts.entry(key).or_insert(0) += 1;
        }
        let keys = texts(&forwards, "entity").into_iter().zip(texts(&forwards, "label"));
        prop_assert_eq!(keys.zip(ints(&forwards, "mentions")).collect::<BTreeMap<_, _>>(), counts);
        let backwards: Vec<Vec<usize>> = articles.iter().rev().cloned().collect();
        prop_assert_eq!(make(&backwards).1, forwards);
    }
}

// -- the sample articles, their mentions given

/// An annotated entity: its label, its name, and its forms.
struct Annotated {
    label: String,
    name: String,
    forms: Vec<String>,
}

/// The gold of `tests/data/entities`: for each article its file, its number there, its entities, and what is none.
fn gold() -> Vec<(String, usize, Vec<Annotated>, Vec<String>)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/entities/gold.txt");
    let mut articles: Vec<(String, usize, Vec<Annotated>, Vec<String>)> = Vec::new();
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let list = |text: &str| text.split("; ").map(str::to_owned).collect::<Vec<_>>();
        if let Some(head) = line.strip_prefix("== ") {
            let (file, number) = head.rsplit_once(' ').unwrap();
            articles.push((file.to_owned(), number.parse().unwrap(), Vec::new(), Vec::new()));
        } else if let Some(others) = line.strip_prefix("- ") {
            articles.last_mut().unwrap().3.extend(list(others));
        } else if let Some((head, forms)) = line.split_once(": ").filter(|_| !line.starts_with('#')) {
            let (label, name) = head.split_once(' ').unwrap();
            let name = name.split(" [").next().unwrap();
            articles.last_mut().unwrap().2.push(Annotated {
                label: label.trim_start_matches('?').to_owned(),
                name: format!("{label} {name}"),
                forms: list(forms),
            });
        }
    }
    articles
}

/// Places of forms within the zones of a story, longer forms first, in the order of the text.
fn places(text: &str, zones: &[(usize, usize)], forms: &[&str]) -> Vec<(usize, usize)> {
    let inner = |at: Option<char>| at.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let mut places = Vec::new();
    for &(start, end) in zones {
        let mut at = start;
        while at < end {
            let rest = &text[at..end];
            let whole = |form: &&&str| rest.starts_with(**form) && !inner(rest[form.len()..].chars().next());
            let longest = forms.iter().filter(whole).max_by_key(|form| form.len());
            match longest.filter(|_| !inner(text[..at].chars().next_back())) {
                Some(form) => {
                    places.push((at, at + form.len()));
                    at += form.len();
                }
                None => at += rest.chars().next().map_or(1, char::len_utf8),
            }
        }
    }
    places
}

/// Pairwise and B-cubed F1 of two clusterings of the same mentions.
fn agreement(gold: &[String], ours: &[String]) -> (f64, f64) {
    fn sizes<'a, T: Ord>(keys: impl Iterator<Item = T> + 'a) -> BTreeMap<T, f64> {
        let mut sizes = BTreeMap::new();
        keys.for_each(|key| *sizes.entry(key).or_insert(0.0) += 1.0);
        sizes
    }
    let (of_gold, of_ours) = (sizes(gold.iter()), sizes(ours.iter()));
    let both = sizes(gold.iter().zip(ours));
    let f1 = |right: f64, found: f64, wanted: f64| 2.0 * right / (found + wanted);
    let pairs = |sizes: &mut dyn Iterator<Item = f64>| sizes.map(|n| n * (n - 1.0) / 2.0).sum::<f64>();
    let pairwise = f1(
        pairs(&mut both.values().copied()),
        pairs(&mut of_ours.values().copied()),
        pairs(&mut of_gold.values().copied()),
    );
    let n = gold.len() as f64;
    let precision = both.iter().map(|((_, own), n)| n * n / of_ours[*own]).sum::<f64>() / n;
    let recall = both.iter().map(|((name, _), n)| n * n / of_gold[*name]).sum::<f64>() / n;
    (pairwise, 2.0 * precision * recall / (precision + recall))
}

#[test]
fn given_the_names_of_the_sample_articles_nearly_all_are_who_they_are() {
    let types = types();
    let (mut texts_of, mut all_spans, mut gold_of) = (Vec::new(), Vec::new(), Vec::new());
    for (file, number, entities, others) in gold() {
        let path = format!("{}/python/nutgraf/samples/{file}", env!("CARGO_MANIFEST_DIR"));
        let content = std::fs::read_to_string(path).unwrap();
        let starts: Vec<usize> = content
            .match_indices("date 20")
            .map(|(at, _)| at)
            .filter(|&at| at == 0 || content[..at].ends_with('\n'))
            .collect();
        let text =
            content[starts[number]..starts.get(number + 1).copied().unwrap_or(content.len())].to_owned();
        let zones = corpus(&[&text]).zones_table(ZoneSet::ALL, &Watch::default()).unwrap();
        let byte = |at: i64| text.char_indices().nth(at as usize).map_or(text.len(), |(byte, _)| byte);
        let zones: Vec<(usize, usize)> = texts(&zones, "zone")
            .iter()
            .zip(ints(&zones, "start").into_iter().zip(ints(&zones, "end")))
            .filter(|(zone, _)| matches!(zone.as_deref(), Some("headline" | "body" | "caption")))
            .map(|(_, (start, end))| (byte(start), byte(end)))
            .collect();
        let forms: Vec<&str> = entities
            .iter()
            .flat_map(|entity| &entity.forms)
            .map(|form| form.split('#').next().unwrap_or(form))
            .chain(others.iter().map(String::as_str))
            .collect();
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let mut external = Vec::new();
        for (start, end) in places(&text, &zones, &forms) {
            let form = &text[start..end];
            let nth = seen.entry(forms.iter().find(|known| **known == form).unwrap()).or_insert(0);
            *nth += 1;
            let numbered = format!("{form}#{nth}");
            let owner = entities.iter().find(|entity| entity.forms.contains(&numbered));
            let Some(owner) = owner
                .or_else(|| entities.iter().find(|entity| entity.forms.iter().any(|known| known == form)))
            else {
                continue;
            };
            let kind = types.iter().position(|name| *name == owner.label).unwrap() as u8;
            external.push(ExternalMention { start: start as u32, end: end as u32, kind, entity: None });
            gold_of.push(format!("{file} {number} {}", owner.name));
        }
        texts_of.push(text);
        all_spans.push(external);
    }
    let corpus = corpus(&texts_of.iter().map(String::as_str).collect::<Vec<_>>());
    let cache = external_mentions(&corpus, names(&types), &all_spans, &Watch::default()).unwrap();
    let resolution = Resolution::new(&corpus, cache.into(), &Watch::default()).unwrap();
    let table = mentions_table(&resolution, ZoneSet::ALL, &[], true, &Watch::default()).unwrap();
    assert_eq!(table.len(), gold_of.len());
    let ours: Vec<String> = texts(&table, "article")
        .into_iter()
        .zip(texts(&table, "label").into_iter().zip(texts(&table, "entity")))
        .map(|(article, (label, entity))| {
            format!("{} {} {}", article.unwrap(), label.unwrap(), entity.unwrap())
        })
        .collect();
    let (pairwise, b_cubed) = agreement(&gold_of, &ours);
    assert!(pairwise > 0.955 && b_cubed > 0.985, "pairwise {pairwise}, B-cubed {b_cubed}");
}
