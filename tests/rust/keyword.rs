//! Does YAKE give the scores that `yake-rust` gives, before phrases that are alike are taken out?
//!
//! Both cut text in their own way, so the texts are sentences of the sample articles on which they agree: words, commas and
//! a full stop. Then every score must be the same, up to the order in which numbers were added.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a sample that cannot be read fails its test")]

use std::collections::{BTreeMap, HashSet};
use std::time::Instant;

use nutgraf::article::Layout;
use nutgraf::batch::Watch;
use nutgraf::corpus::{Builder, Corpus, Options as Building, ZoneSet};
use nutgraf::keyword::{Method, Options, keywords};
use nutgraf::table::Values;
use nutgraf::text::{TokenKind, split_sentences, tokenize};

/// The plain sentences of the samples, a dozen an article.
fn articles() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("python/nutgraf/samples");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut plain = Vec::new();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "txt")) {
        let text = std::fs::read_to_string(path).unwrap();
        let (mut tokens, mut ends) = (Vec::new(), Vec::new());
        tokenize(&text, &mut tokens);
        split_sentences(&text, &tokens, &mut ends);
        let mut first = 0;
        for end in ends {
            let sentence = &tokens[first..end as usize];
            first = end as usize;
            let pieces: Vec<&str> =
                sentence.iter().map(|token| &text[token.start as usize..token.end as usize]).collect();
            let agreed = sentence.iter().zip(&pieces).all(|(token, piece)| match token.kind {
                TokenKind::Word => {
                    piece.bytes().all(|byte| byte.is_ascii_alphabetic())
                        && !piece.eq_ignore_ascii_case("cannot")
                }
                TokenKind::Number => piece.bytes().all(|byte| byte.is_ascii_digit()),
                TokenKind::Punctuation => [",", "."].contains(piece),
                _ => false,
            });
            let stops = pieces.iter().filter(|&&piece| piece == ".").count();
            let long_end = pieces.len() > 4 && pieces[pieces.len() - 2].len() > 3;
            if agreed && stops == 1 && long_end && pieces.last() == Some(&".") {
                plain.push(pieces.join(" ").replace(" ,", ",").replace(" .", "."));
            }
        }
    }
    assert!(plain.len() > 150, "only {} plain sentences", plain.len());
    plain.chunks(12).map(|sentences| sentences.join("\n\n")).collect()
}

fn corpus(texts: &[String]) -> Corpus {
    let options = Building { layout: Layout::Plain, threads: Some(1), ..Building::default() };
    let mut builder = Builder::new(options, Watch::default()).unwrap();
    for text in texts {
        builder.push(text.as_str()).unwrap();
    }
    builder.finish().unwrap()
}

fn options() -> Options {
    Options {
        method: Method::Yake,
        n: usize::MAX,
        stopwords: nutgraf::language::stopwords("english").unwrap().clone(),
        overlap: Some(true),
        ..Options::default()
    }
}

/// Our phrases, in lower case, and their scores, by article.
fn ours(texts: &[String]) -> Vec<BTreeMap<String, f64>> {
    let table =
        keywords(&corpus(texts), &[] as &[&str], ZoneSet::ALL, &options(), None, &Watch::default()).unwrap();
    let column = |name: &str| &table.column(name).unwrap().values;
    let (Values::Int(articles), Values::Text(phrases), Values::Float(scores)) =
        (column("article"), column("phrase"), column("score"))
    else {
        panic!("columns of other types");
    };
    let mut found = vec![BTreeMap::new(); texts.len()];
    for ((&article, phrase), &score) in articles.iter().zip(phrases.iter()).zip(scores) {
        found[article as usize].insert(phrase.to_lowercase(), score);
    }
    found
}

fn theirs(text: &str, stopwords: &yake_rust::StopWords) -> BTreeMap<String, f64> {
    let config = yake_rust::Config { remove_duplicates: false, ..yake_rust::Config::default() };
    let items = yake_rust::get_n_best(usize::MAX, text, stopwords, &config);
    items.into_iter().map(|item| (item.keyword, item.score)).collect()
}

fn stopwords() -> yake_rust::StopWords {
    yake_rust::StopWords::custom(options().stopwords.into_iter().collect::<HashSet<String>>())
}

#[test]
fn yake_gives_the_scores_of_yake_rust() {
    let texts = articles();
    let stopwords = stopwords();
    let mut compared = 0;
    for (text, ours) in texts.iter().zip(ours(&texts)) {
        let theirs = theirs(text, &stopwords);
        assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>(), "{text}");
        for (phrase, score) in &theirs {
            let found = ours[phrase];
            assert!((found - score).abs() <= 1e-9 * score.abs(), "{phrase}: {found} and {score} in\n{text}");
            compared += 1;
        }
    }
    assert!(compared > 2000, "only {compared} phrases");
}

/// A measurement, not a test: `cargo test --release --test keyword -- --ignored --nocapture`.
#[test]
#[ignore = "a timing, for an idle machine and a release build"]
fn yake_is_ten_times_as_fast_as_yake_rust() {
    let texts = articles();
    let stopwords = stopwords();
    let bytes: usize = texts.iter().map(String::len).sum();
    let best = |work: &dyn Fn()| {
        let times = (0..5).map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64()
        });
        times.fold(f64::INFINITY, f64::min)
    };
    let repeated: Vec<String> = texts.iter().cycle().take(texts.len() * 50).cloned().collect();
    let fast = best(&|| drop(ours(&repeated))) / 50.0;
    let slow = best(&|| texts.iter().for_each(|text| drop(theirs(text, &stopwords))));
    println!("ours {:.1} MB/s, yake-rust {:.2} MB/s", bytes as f64 / fast / 1e6, bytes as f64 / slow / 1e6);
    assert!(slow / fast > 10.0, "{:.1} times", slow / fast);
}
