//! Is a stop heard soon, whatever the text?
//!
//! Work is counted, not time: what is made after a stop, and how many words are looked at after one.

use std::sync::atomic::{AtomicUsize, Ordering};

use nutgraf::batch::{Watch, pool};
use nutgraf::corpus::{Builder as Corpora, Options};
use nutgraf::entity::{Cache, mentions, types_with};
use nutgraf::error::{Kind, Result};
use nutgraf::gazetteer::{self, Builder, Entry};
use nutgraf::tagger::{ClusterTable, Example, Scratch, Tagger, TrainOptions, evaluate, train};
use nutgraf::text::{Token, split_sentences_watched, tokenize, tokenize_watched};

/// Texts that do not end: of short words, of one word, of marks, of other scripts.
const ENDLESS: [&str; 16] = [
    "a b ",
    "word ",
    "ß",
    "a-",
    "U.S.",
    "http://a.b/",
    ". ",
    ") ",
    "\" ",
    "( ",
    "- ",
    "\n",
    "東",
    "e\u{301}",
    "1,",
    "😀",
];

fn stopped() -> Watch {
    let watch = Watch::default();
    watch.stop();
    watch
}

fn is_cancelled<T>(result: Result<T>) -> bool {
    result.is_err_and(|error| error.kind() == Kind::Cancelled)
}

#[test]
fn a_stopped_text_is_not_read_to_its_end() {
    for unit in ENDLESS {
        let text = unit.repeat(4_000_000 / unit.len());
        let mut tokens: Vec<Token> = Vec::new();
        assert!(is_cancelled(tokenize_watched(&text, &mut tokens, &stopped())), "{unit:?}");
        let end = tokens.last().map_or(0, |token| token.end);
        assert!(end <= 1 << 17, "{unit:?} was read up to {end}");

        tokens.clear();
        tokenize(&text, &mut tokens);
        let mut ends = Vec::new();
        assert!(
            is_cancelled(split_sentences_watched(&text, &tokens, &mut ends, &stopped())) || tokens.is_empty()
        );
        assert!(ends.len() <= 1 << 15, "{unit:?} was split {} times", ends.len());
    }
}

/// A word that stops a watch when some words have been looked at, and counts those that are looked at afterwards.
struct Counted<'a> {
    word: &'a str,
    seen: &'a AtomicUsize,
    limit: usize,
    watch: &'a Watch,
}

impl AsRef<str> for Counted<'_> {
    fn as_ref(&self) -> &str {
        if self.seen.fetch_add(1, Ordering::Relaxed) == self.limit {
            self.watch.stop();
        }
        self.word
    }
}

/// How many words are looked at after the watch was stopped at the `limit`-th, and how many there are.
fn looked_at<'a>(
    words: impl Iterator<Item = &'a str>,
    limit: usize,
    sentence: usize,
    look: impl FnOnce(&[&[Counted<'_>]], &Watch) -> Result<()>,
) -> (usize, usize) {
    let (seen, watch) = (AtomicUsize::new(0), Watch::default());
    let words: Vec<Counted<'_>> =
        words.map(|word| Counted { word, seen: &seen, limit, watch: &watch }).collect();
    let sentences: Vec<&[Counted<'_>]> = words.chunks(sentence).collect();
    assert!(is_cancelled(look(&sentences, &watch)), "not stopped after {limit}");
    (seen.load(Ordering::Relaxed) - limit, words.len())
}

#[test]
fn a_stopped_tagger_looks_at_few_more_words() {
    let tagger = Tagger::default_model().unwrap();
    let names = ["Angela", "Merkel", "met", "Rex", ",", "the"];
    for sentence in [usize::MAX, 20] {
        for limit in [0, 30_000, 210_000, 400_000, 1_000_000] {
            let words = names.into_iter().cycle().take(200_000);
            let tag = |sentences: &[&[Counted<'_>]], watch: &Watch| {
                pool(Some(2))?.install(|| tagger.tag_all(sentences, watch)).map(|_| ())
            };
            let (more, all) = looked_at(words, limit, sentence, tag);
            assert!(more < 1 << 16, "{more} of {all} words after {limit}, in sentences of {sentence}");
        }
    }
}

#[test]
fn a_stopped_agreement_looks_at_few_more_names() {
    let tagger = Tagger::default_model().unwrap();
    for limit in [0, 100_000, 300_000] {
        let agree = |sentences: &[&[Counted<'_>]], watch: &Watch| {
            let mut labels: Vec<Vec<u8>> = sentences.iter().map(|words| vec![1; words.len()]).collect();
            tagger.agree(sentences, &mut labels, watch)
        };
        let (more, all) = looked_at(std::iter::repeat_n("Merkel", 200_000), limit, 50_000, agree);
        // What one sentence shows by itself is mended in one go.
        assert!(more < 300_000, "{more} looks at {all} names after {limit}");
    }
}

#[test]
fn whatever_is_stopped_before_it_begins_has_no_result() {
    let (tagger, watch) = (Tagger::default_model().unwrap(), stopped());
    let example = Example {
        tokens: vec!["Rex".to_owned(), "sat".to_owned()],
        labels: vec!["B-DOG".to_owned(), "O".to_owned()],
        weight: 1.0,
    };
    let examples = vec![example; 100];
    let options = TrainOptions::default();
    let told = |_| -> Result<()> { panic!("nothing is told of a stopped training") };
    assert!(is_cancelled(train(&examples, &examples, ClusterTable::default(), &options, &watch, told)));
    assert!(is_cancelled(tagger.tag(&["Rex"], &mut Scratch::default(), &watch)));
    assert!(is_cancelled(tagger.f1(&examples, &watch)));
    assert!(is_cancelled(pool(Some(1)).unwrap().install(|| evaluate(tagger, &examples, &watch))));

    let mut builder = Builder::new(false);
    builder.add(0, Entry { name: "Rex", label: "DOG", entity: None }).unwrap();
    builder.add_pattern(0, Entry { name: "s.t", label: "VERB", entity: None }).unwrap();
    let gazetteer = builder.finish();
    let mut found = Vec::new();
    assert!(is_cancelled(gazetteer.find(
        &"Rex sat. ".repeat(1000),
        &mut gazetteer::Scratch::default(),
        &mut found,
        &watch
    )));
    assert!(found.is_empty());
    let texts = vec!["Rex sat. "; 1000];
    assert!(is_cancelled(pool(Some(2)).unwrap().install(|| gazetteer.find_all(&texts, None, &watch))));

    let mut builder = Corpora::new(Options::default(), Watch::default()).unwrap();
    builder.push("Ann Lee spoke. ".repeat(1000)).unwrap();
    let corpus = pool(Some(2)).unwrap().install(|| builder.finish()).unwrap();
    let cache = Cache::new(1, types_with(tagger, None).unwrap());
    let read =
        |watch: &Watch| pool(Some(2)).unwrap().install(|| mentions(&corpus, tagger, None, &cache, watch));
    assert!(is_cancelled(read(&watch)) && cache.of(0).is_empty());
    read(&Watch::default()).unwrap();
    assert_eq!(cache.of(0).len(), 1000);
}

#[test]
fn an_article_without_an_end_is_left_when_its_corpus_is_stopped() {
    for unit in ENDLESS {
        let watch = Watch::default();
        let mut builder =
            Corpora::new(Options { threads: Some(2), ..Options::default() }, watch.clone()).unwrap();
        let text = unit.repeat(4_000_000 / unit.len());
        builder.push(text).unwrap();
        watch.stop();
        assert!(is_cancelled(pool(Some(2)).unwrap().install(|| builder.finish())), "{unit:?}");
    }
}
