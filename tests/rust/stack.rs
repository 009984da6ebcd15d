//! Does anything go down with what it reads?
//!
//! A function that calls itself for each part of a word, or drops a box in a box in a box, needs a stack as deep as its input. Here all of
//! it has a stack of 64 KiB, on this thread and on those of the pools; a debug build, whose frames are several times as large,
//! has 256 KiB. A stack that overflows ends the process, so the work is done by a process of its own.

#![expect(clippy::unwrap_used, reason = "what cannot be made fails its test")]

use std::process::Command;

use nutgraf::batch::{Watch, pool};
use nutgraf::corpus::{Builder as Corpora, Options};
use nutgraf::entity::{Cache, Resolution, aliases, entities, mentions, mentions_table, types_with};
use nutgraf::gazetteer::{self, Builder, Entry};
use nutgraf::language::syllables;
use nutgraf::tagger::{Scratch, Tagger};
use nutgraf::text::{split_sentences, tokenize};

/// Frames of a debug build are several times as large.
const STACK: usize = if cfg!(debug_assertions) { 256 << 10 } else { 64 << 10 };

const LONG: usize = 100_000;

/// Words and texts that one part after another is taken off, or that open again and again what they never close.
fn hostile() -> Vec<String> {
    let repeated = [
        "life",
        "n't",
        "some",
        "ties",
        "homeful",
        "iy",
        "ij",
        "yi",
        "'s",
        "ß",
        "İ",
        "e\u{301}",
        "\u{301}",
        "(",
        ")",
        "[",
        "\"",
        "“",
        "'",
        "-",
        "a-",
        "A.",
        "U.S.",
        "a.",
        ".",
        "...",
        ". ",
        "?!",
        "*",
        "1.",
        "1. ",
        "• ",
        "\n",
        "\n\n",
        "\u{2029}",
        "de ",
        "van der ",
        "Mr ",
        "Mr Smith ",
        "(IMF) ",
        "Kim ",
        "Kim, ",
        "Bank of ",
        "the North ",
        "Jr ",
        "ovich ",
        "B",
        "Aa",
        "Aa ",
        "http://a.b/",
        "a@b.",
        "東",
        "👩\u{200D}",
    ];
    let mut shapes: Vec<String> = repeated.iter().map(|unit| unit.repeat(LONG / unit.len())).collect();
    shapes.extend(["Mr Z", "d", "President Ann "].map(|head| format!("{head}{}", "iy".repeat(LONG / 2))));
    shapes.push(format!("d{}", "n't".repeat(LONG)));
    shapes.push(format!("Mr Jan {}Dyk met {}.", "van ".repeat(LONG / 4), "Anna ".repeat(LONG / 5)));
    shapes
}

fn read_all() {
    let (tagger, watch) = (Tagger::default_model().unwrap(), Watch::default());
    let mut builder = Builder::new(true);
    for (position, name) in ["Kim", "Bank of Bank", "van der van", "a.b", "(IMF)"].into_iter().enumerate() {
        builder.add(position, Entry { name, label: "X", entity: None }).unwrap();
    }
    for (position, name) in [r"(a|b)*c", r"\w+\W", r"((((((((a?)*)*)*)*)*)*)*)*b"].into_iter().enumerate() {
        builder.add_pattern(position, Entry { name, label: "Y", entity: None }).unwrap();
    }
    let deep = "(".repeat(LONG) + &")".repeat(LONG);
    for name in [&deep, &"(?i:".repeat(LONG), &"[".repeat(LONG), &"a{1}".repeat(LONG), &"(a|".repeat(90)] {
        let _ = builder.add_pattern(9, Entry { name, label: "Y", entity: None });
    }
    let nested = "(".repeat(90) + "a" + &")*".repeat(90);
    builder.add_pattern(10, Entry { name: &nested, label: "Y", entity: None }).unwrap();
    let gazetteer = builder.finish();

    let (mut matching, mut scratch) = (gazetteer::Scratch::default(), Scratch::default());
    for text in hostile() {
        assert!(syllables(&text) > 0);
        let (mut tokens, mut ends) = (Vec::new(), Vec::new());
        tokenize(&text, &mut tokens);
        split_sentences(&text, &tokens, &mut ends);
        let words: Vec<&str> =
            tokens.iter().map(|token| &text[token.start as usize..token.end as usize]).collect();
        let mut labels = vec![tagger.tag(&words, &mut scratch, &watch).unwrap()];
        tagger.agree(&[words.as_slice()], &mut labels, &watch).unwrap();
        gazetteer.find(&text, &mut matching, &mut Vec::new(), &watch).unwrap();

        let mut builder = Corpora::new(Options::default(), watch.clone()).unwrap();
        builder.push(text).unwrap();
        pool(None).unwrap().install(|| {
            let corpus = builder.finish().unwrap();
            let cache = Cache::new(1, types_with(tagger, Some(&gazetteer)).unwrap());
            mentions(&corpus, tagger, Some(&gazetteer), &cache, &watch).unwrap();
            let resolution = Resolution::new(&corpus, cache.into(), &watch).unwrap();
            let zones = nutgraf::corpus::ZoneSet::default();
            let options = nutgraf::entity::EntityOptions::default();
            mentions_table(&resolution, zones, &[], true, &watch).unwrap();
            entities::<&str>(&resolution, &[], zones, &options, None, &watch).unwrap();
            aliases(&resolution, zones, &options, &watch).unwrap();
        });
    }
}

/// What the process does that has a small stack on every thread.
#[test]
#[ignore = "run by the test below, with another stack"]
fn on_every_thread() {
    let small = std::thread::Builder::new().stack_size(STACK);
    small.spawn(read_all).unwrap().join().expect("the work panicked");
}

#[test]
fn nothing_goes_down_with_what_it_reads() {
    let program = std::env::current_exe().unwrap();
    let done = Command::new(program)
        .args(["on_every_thread", "--exact", "--ignored", "--nocapture"])
        .env("RUST_MIN_STACK", STACK.to_string())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{}: {}", done.status, &said[said.len().saturating_sub(2000)..]);
}
