//! Do tokens and sentences come out as the cases in `tests/data/cases` say, and do the invariants hold for any string?

use nutgraf::text::{Token, TokenKind, split_sentences, tokenize};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct TokenCases {
    case: Vec<TokenCase>,
}

#[derive(Deserialize)]
struct TokenCase {
    name: String,
    text: String,
    tokens: Vec<String>,
    /// One letter a token; see [`letter`].
    kinds: Option<String>,
}

#[derive(Deserialize)]
struct SentenceCases {
    case: Vec<SentenceCase>,
}

#[derive(Deserialize)]
struct SentenceCase {
    name: String,
    text: String,
    sentences: Vec<String>,
}

fn tokens_of(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    tokenize(text, &mut tokens);
    tokens
}

fn piece<'a>(text: &'a str, token: &Token) -> &'a str {
    &text[token.start as usize..token.end as usize]
}

fn ends_of(text: &str, tokens: &[Token]) -> Vec<u32> {
    let mut ends = Vec::new();
    split_sentences(text, tokens, &mut ends);
    ends
}

fn sentences_of(text: &str) -> Vec<&str> {
    let tokens = tokens_of(text);
    let mut begin = 0;
    let mut sentences = Vec::new();
    for end in ends_of(text, &tokens) {
        let (first, last) = (tokens[begin], tokens[end as usize - 1]);
        sentences.push(&text[first.start as usize..last.end as usize]);
        begin = end as usize;
    }
    sentences
}

fn letter(kind: TokenKind) -> char {
    match kind {
        TokenKind::Word => 'W',
        TokenKind::Number => 'N',
        TokenKind::Abbreviation => 'A',
        TokenKind::Url => 'U',
        TokenKind::Email => 'E',
        TokenKind::Hashtag => 'H',
        TokenKind::Handle => '@',
        TokenKind::Possessive => 's',
        TokenKind::Punctuation => '.',
        TokenKind::Symbol => '$',
    }
}

#[test]
fn tokens_are_as_the_cases_say() {
    let cases: TokenCases = toml::from_str(include_str!("../data/cases/text_tokens.toml")).unwrap();
    let mut wrong = Vec::new();
    for case in &cases.case {
        let tokens = tokens_of(&case.text);
        let found: Vec<_> = tokens.iter().map(|token| piece(&case.text, token)).collect();
        let kinds: String = tokens.iter().map(|token| letter(token.kind)).collect();
        if found != case.tokens || case.kinds.as_ref().is_some_and(|expected| *expected != kinds) {
            wrong.push(format!("{}: {found:?} {kinds}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.case.len(), wrong.join("\n"));
    assert!(cases.case.len() >= 60);
}

#[test]
fn sentences_are_as_the_cases_say() {
    let cases: SentenceCases = toml::from_str(include_str!("../data/cases/text_sentences.toml")).unwrap();
    let mut wrong = Vec::new();
    for case in &cases.case {
        let found = sentences_of(&case.text);
        if found != case.sentences {
            wrong.push(format!("{}: {found:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.case.len(), wrong.join("\n"));
    assert!(cases.case.len() >= 60);
}

#[test]
fn repetition_costs_no_more_than_prose() {
    let patterns = [
        "a1.1", "a.", "a.a", "a_", "A&", "a-", "a'", "s' ", "'", ". ", "...", "! (", "(", "* 1) ", "1) ",
        "1. ", "a@", "@", "www.", "http://", "#", "x.com/", "’s", "\u{301}", "🇫", "\u{200d}", "é.", "中",
        ":-) ", "U.S.-", "Mr. ", "\n\n", " \n", "[1]", "1.A",
    ];
    for pattern in patterns {
        for start in ["", "* ", "word "] {
            let text = start.to_owned() + &pattern.repeat(200_000 / pattern.len());
            let began = std::time::Instant::now();
            let tokens = tokens_of(&text);
            let ends = ends_of(&text, &tokens);
            assert_eq!(ends.last().map_or(0, |&end| end as usize), tokens.len());
            assert!(began.elapsed().as_secs() < 5, "{pattern:?} behind {start:?} is not linear");
        }
    }
}

/// Text that meets the rules more often than random characters do.
fn news_like() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "Mr.",
        "U.S.",
        "a.m.",
        "p.",
        "No",
        "St",
        "The",
        "said",
        "I",
        "J.",
        "etc.",
        "www.",
        "http://",
        "x@y",
        "e.com",
        ".com",
        "1",
        "2.",
        "a)",
        "3,000",
        "'s",
        "s'",
        "'",
        "’",
        "‘",
        "“",
        "”",
        "\"",
        "(",
        ")",
        "[",
        "]",
        ".",
        "..",
        "...",
        ". . . .",
        "…",
        "!",
        "?",
        ",",
        ":",
        ":-)",
        "-",
        "--",
        "—",
        "*",
        "****",
        "•",
        "⁃",
        "#",
        "@",
        "$",
        "%",
        "/",
        "_",
        "&",
        " ",
        " ",
        " ",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "\u{a0}",
        "\u{2029}",
        "\u{feff}",
        "\u{200b}",
        "\u{200d}",
        "\u{301}",
        "\u{fe0f}",
        "🇫🇷",
        "👩‍👧",
        "é",
        "ß",
        "中文",
        "عربي",
        "٣",
        "º",
        "°",
        "\0",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

fn check_invariants(text: &str) -> Result<(), TestCaseError> {
    let tokens = tokens_of(text);
    let mut at = 0;
    for token in &tokens {
        let (start, end) = (token.start as usize, token.end as usize);
        prop_assert!(start >= at && end > start, "tokens overlap or are empty");
        prop_assert!(text.is_char_boundary(start) && text.is_char_boundary(end));
        prop_assert!(text[at..start].chars().all(char::is_whitespace), "a character is lost");
        prop_assert!(!text[start..end].contains(char::is_whitespace), "white space in a token");
        at = end;
    }
    prop_assert!(text[at..].chars().all(char::is_whitespace));

    let ends = ends_of(text, &tokens);
    prop_assert!(ends.windows(2).all(|pair| pair[0] < pair[1]));
    prop_assert!(ends.first().is_none_or(|&end| end > 0));
    prop_assert_eq!(ends.last().map_or(0, |&end| end as usize), tokens.len());
    for (index, pair) in tokens.windows(2).enumerate() {
        let gap = &text[pair[0].end as usize..pair[1].start as usize];
        if gap.contains("\n\n") {
            prop_assert!(ends.contains(&(index as u32 + 1)), "a blank line is inside a sentence");
        }
    }
    Ok(())
}

fn check_paragraphs(first: &str, second: &str) -> Result<(), TestCaseError> {
    let text = format!("{first}\n\n{second}");
    let offset = first.len() as u32 + 2;
    let mut expected = tokens_of(first);
    let mut ends = ends_of(first, &expected);
    let behind = tokens_of(second);
    let before = expected.len() as u32;
    ends.extend(ends_of(second, &behind).iter().map(|end| end + before));
    expected.extend(behind.iter().map(|t| Token {
        start: t.start + offset,
        end: t.end + offset,
        kind: t.kind,
    }));
    let tokens = tokens_of(&text);
    prop_assert_eq!(ends_of(&text, &tokens), ends);
    prop_assert_eq!(tokens, expected);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn spans_tile_any_string(text in any::<String>()) {
        check_invariants(&text)?;
    }

    #[test]
    fn spans_tile_news_like_strings(text in news_like()) {
        check_invariants(&text)?;
    }

    #[test]
    fn paragraphs_can_be_read_one_by_one(first in news_like(), second in news_like()) {
        check_paragraphs(&first, &second)?;
    }

    #[test]
    fn tokens_are_appended_behind_those_of_other_texts(first in news_like(), second in news_like()) {
        let mut tokens = tokens_of(&first);
        let before = tokens.len();
        tokenize(&second, &mut tokens);
        prop_assert_eq!(&tokens[before..], &tokens_of(&second)[..]);
    }
}
