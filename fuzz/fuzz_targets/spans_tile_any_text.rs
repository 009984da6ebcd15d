//! Whatever the text, zones are in order and inside it, tokens hold every character of a zone that is not white space, and
//! time expressions are apart, with a first day that is not after the last.

#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::article::{Cut, find_header, zones};
use nutgraf::batch::Watch;
use nutgraf::corpus::{Builder, Options, ZoneSet};
use nutgraf::date::dates;
use nutgraf::text::{split_sentences, tokenize};

fuzz_target!(|text: &str| {
    let from = match find_header(text) {
        Ok(header) => header.map_or(0, |header| header.end),
        Err(_) => return,
    };
    let mut end = 0;
    for zone in zones(text, from, Cut::default(), "").zones {
        assert!(zone.span.start >= end && zone.span.start <= zone.span.end);
        end = zone.span.end;
        let piece = &text[zone.span.start as usize..zone.span.end as usize];
        let (mut tokens, mut ends) = (Vec::new(), Vec::new());
        tokenize(piece, &mut tokens);
        split_sentences(piece, &tokens, &mut ends);
        let mut at = 0;
        for token in &tokens {
            assert!(piece[at..token.start as usize].chars().all(char::is_whitespace));
            assert!(token.start < token.end);
            at = token.end as usize;
        }
        assert!(piece[at..].chars().all(char::is_whitespace));
        assert_eq!(ends.last().copied().unwrap_or(0) as usize, tokens.len());
        assert!(ends.is_sorted());
    }
    let (options, watch) = (Options { threads: Some(1), ..Options::default() }, Watch::default());
    let corpus = Builder::new(options, watch.clone()).and_then(|mut builder| {
        builder.push(text)?;
        builder.finish()
    });
    let Ok(corpus) = corpus else { return };
    for found in dates(&corpus, ZoneSet::ALL, &watch).unwrap_or_default() {
        let mut end = 0;
        for date in found {
            assert!(date.span().start >= end && date.span().start < date.span().end);
            end = date.span().end;
            assert!(date.days().is_none_or(|(first, last)| first <= last));
        }
    }
});
