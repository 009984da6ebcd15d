//! Whatever the text, zones are in order and inside it, and tokens hold every character of a zone that is not white space.

#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::article::{Cut, find_header, zones};
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
});
