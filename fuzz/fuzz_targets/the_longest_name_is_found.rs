//! Whatever the names and the text, matches are in order, begin and end at words, and are the longest that begin first: those of
//! a naive twin that tries all names at all places.

#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::batch::Watch;
use nutgraf::gazetteer::{Builder, Entry, Match, Scratch};

/// Words and marks of ASCII: what the twin understands.
fn cut(text: &str) -> Vec<(usize, usize, String, bool)> {
    let (mut pieces, mut at, mut touches) = (Vec::new(), 0, false);
    let bytes = text.as_bytes();
    while at < bytes.len() {
        let start = at;
        if bytes[at].is_ascii_whitespace() || bytes[at] == 0x0b {
            (at, touches) = (at + 1, false);
            continue;
        }
        at += 1;
        if is_word(bytes[start]) {
            while at < bytes.len() && is_word(bytes[at]) {
                at += 1;
            }
        }
        pieces.push((start, at, text[start..at].replace('`', "'"), touches));
        touches = true;
    }
    pieces
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The matches of names, where neither apostrophes nor stops stand inside of words.
fn naive(names: &[&str], text: &str) -> Vec<Match> {
    let of_text = cut(text);
    let of_names: Vec<_> = names.iter().map(|name| cut(name)).collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < of_text.len() {
        let fits = |name: &Vec<(usize, usize, String, bool)>| {
            name.len() <= of_text.len() - at
                && name.iter().zip(&of_text[at..]).enumerate().all(|(place, (one, other))| {
                    one.2 == other.2 && (place == 0 || one.3 == other.3)
                })
        };
        // The longest, and of equals the first.
        let best = (0..names.len())
            .filter(|&name| fits(&of_names[name]))
            .max_by_key(|&name| (of_names[name].len(), usize::MAX - name));
        let Some(name) = best else {
            at += 1;
            continue;
        };
        let last = at + of_names[name].len() - 1;
        found.push(Match { start: of_text[at].0 as u32, end: of_text[last].1 as u32, entry: name as u32 });
        at = last + 1;
    }
    found
}

fuzz_target!(|given: (Vec<String>, String, bool)| {
    let (names, text, fold) = given;
    let (mut builder, mut kept) = (Builder::new(fold), Vec::new());
    for (position, name) in names.iter().enumerate() {
        let added = builder.add(position, Entry { name, label: "X", entity: None });
        assert_eq!(added.is_ok(), name.chars().any(char::is_alphanumeric));
        if added.is_ok() {
            kept.push(name.as_str());
        }
    }
    let gazetteer = builder.finish();
    assert!(gazetteer.len() <= kept.len());
    let mut found = Vec::new();
    gazetteer.find(&text, &mut Scratch::default(), &mut found, &Watch::default()).expect("nobody stops it");
    let mut free = 0;
    for &Match { start, end, entry } in &found {
        let (start, end) = (start as usize, end as usize);
        assert!(free <= start && start < end && (entry as usize) < gazetteer.len());
        free = end;
        let inside = |at: usize| {
            let bytes = text.as_bytes();
            0 < at && at < bytes.len() && is_word(bytes[at - 1]) && is_word(bytes[at])
        };
        assert!(text.is_char_boundary(start) && text.is_char_boundary(end) && !inside(start) && !inside(end));
    }
    let plain = |text: &str| text.is_ascii() && !text.contains(['\'', '`', '.', ',', '\n', '\r']);
    if !fold && plain(&text) && kept.iter().all(|name| plain(name)) {
        let mut twin: Vec<&str> = Vec::new();
        for name in kept {
            let shape = |name: &str| cut(name).into_iter().map(|(_, _, piece, touches)| (piece, touches)).collect::<Vec<_>>();
            if twin.iter().all(|other| shape(other) != shape(name)) {
                twin.push(name);
            }
        }
        assert_eq!(found, naive(&twin, &text));
    }
});
