//! Does a tagger learn, survive its file, and label whatever it is given?

#![expect(clippy::unwrap_used, reason = "a toy that does not train fails its test")]

use nutgraf::batch::Watch;
use nutgraf::error::Kind;
use nutgraf::tagger::{ClusterTable, Example, Labels, Scratch, Tagger, TrainOptions, WordTable, train};
use proptest::prelude::*;

fn example(tokens: &str, labels: &str) -> Example {
    let words = |text: &str| text.split(' ').map(str::to_owned).collect();
    Example { tokens: words(tokens), labels: words(labels), weight: 1.0 }
}

fn toy() -> Vec<Example> {
    let one = [
        example("Rex barked", "B-DOG O"),
        example("Tom and Rex ran", "O O B-DOG O"),
        example("Old Rex slept", "B-DOG I-DOG O"),
        example("Tom slept in Bonn", "O O O B-TOWN"),
        example("nobody ran in Bonn", "O O O B-TOWN"),
    ];
    one.iter().cycle().take(20).cloned().collect()
}

fn trained(seed: u64) -> Tagger {
    let options = TrainOptions { seed, ..TrainOptions::default() };
    train(&toy(), &[], ClusterTable::default(), &options, &Watch::default(), |_| Ok(())).unwrap()
}

fn tag(tagger: &Tagger, sentence: &str) -> String {
    let tokens: Vec<&str> = sentence.split(' ').collect();
    let labels = tagger.tag(&tokens, &mut Scratch::default(), &Watch::default()).unwrap();
    labels.iter().map(|&label| tagger.labels().name(label)).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_tagger_learns_its_sentences() {
    let tagger = trained(1);
    assert_eq!(tagger.labels().types(), ["DOG", "TOWN"]);
    for Example { tokens, labels, .. } in toy() {
        assert_eq!(tag(&tagger, &tokens.join(" ")), labels.join(" "));
    }
}

#[test]
fn the_same_seed_makes_the_same_bytes() {
    assert_eq!(trained(7).to_bytes(), trained(7).to_bytes());
}

#[test]
fn development_sentences_choose_the_epoch_and_stop_the_training() {
    let mut epochs = Vec::new();
    let options = TrainOptions { epochs: 50, patience: 2, ..TrainOptions::default() };
    let watch = Watch::default();
    let tagger = train(&toy(), &toy(), ClusterTable::default(), &options, &watch, |epoch| {
        epochs.push(epoch.dev_f1.unwrap());
        Ok(())
    });
    let best = epochs.iter().copied().fold(0.0, f64::max);
    assert!((tagger.unwrap().f1(&toy(), &watch).unwrap() - best).abs() < 1e-12);
    assert!(epochs.len() < 50);
}

#[test]
fn training_says_which_sentence_is_wrong() {
    let mut examples = toy();
    examples[3].labels.pop();
    let train = |examples: &[Example]| {
        let options = TrainOptions::default();
        train(examples, &[], ClusterTable::default(), &options, &Watch::default(), |_| Ok(()))
    };
    let error = train(&examples).unwrap_err();
    assert_eq!(error.kind(), Kind::BadRecord);
    assert!(error.to_string().contains("sentence 3 has 4 tokens and 3 labels"), "{error}");
    let error = train(&[]).unwrap_err();
    assert_eq!(error.kind(), Kind::BadOption);
}

#[test]
fn a_saved_tagger_is_the_same_tagger() {
    let clusters = ClusterTable::new(
        [("rex".to_owned(), 0), ("bonn".to_owned(), 1)],
        vec![(0, 0), (1, 0)],
        [("Rex".to_owned(), 17), ("Bonn".to_owned(), 3)],
        [("bonn".to_owned(), 8)],
    );
    let watch = Watch::default();
    let tagger = train(&toy(), &[], clusters, &TrainOptions::default(), &watch, |_| Ok(())).unwrap();
    let again = Tagger::from_bytes(&tagger.to_bytes()).unwrap();
    assert_eq!(again, tagger);
}

#[test]
fn a_damaged_file_is_an_error_wherever_it_is_damaged() {
    let file = trained(1).to_bytes();
    for length in (0..file.len()).step_by(7) {
        assert_eq!(
            Tagger::from_bytes(&file[..length]).unwrap_err().kind(),
            Kind::BadModel,
            "cut at {length}"
        );
    }
    for at in 0..file.len() {
        let mut damaged = file.clone();
        damaged[at] ^= 0x55;
        assert_eq!(Tagger::from_bytes(&damaged).unwrap_err().kind(), Kind::BadModel, "byte {at}");
    }
    let mut longer = file;
    longer.push(0);
    assert_eq!(Tagger::from_bytes(&longer).unwrap_err().kind(), Kind::BadModel);
}

#[test]
fn the_default_model_knows_the_news() {
    let tagger = Tagger::default_model().unwrap();
    assert_eq!(tagger.labels().types(), ["LOC", "MISC", "NORP", "ORG", "PER"]);
    assert_eq!(tag(tagger, "Angela Merkel flew to Paris ."), "B-PER I-PER O O B-LOC O");
    assert_eq!(
        tag(tagger, "The German chancellor met United Nations officials in New York on Monday ."),
        "O B-NORP O O B-ORG I-ORG O O B-LOC I-LOC O O O"
    );
}

#[test]
fn a_table_of_words_gives_the_same_labels() {
    let tagger = Tagger::default_model().unwrap();
    let words = ["Kim", "Jong", "Un", "left", "Beijing", "on", "Tuesday", "."];
    let mut table = WordTable::default();
    for word in words.iter().rev() {
        tagger.add_word(&mut table, word);
    }
    let numbers: Vec<u32> = (0..words.len() as u32).rev().collect();
    let (mut scratch, mut labels) = (Scratch::default(), Vec::new());
    tagger.tag_words(&table, &numbers, &mut scratch, &mut labels);
    assert_eq!(tagger.tag(&words, &mut scratch, &Watch::default()).unwrap(), labels);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_the_tokens_the_labels_are_iob2(tokens in proptest::collection::vec("\\PC{0,12}|[A-Z][a-z]{1,8}|\u{0}|", 0..40)) {
        let tagger = Tagger::default_model().unwrap();
        let labels = tagger.tag(&tokens, &mut Scratch::default(), &Watch::default()).unwrap();
        prop_assert_eq!(labels.len(), tokens.len());
        let mut before = None;
        for label in labels {
            prop_assert!(Labels::may_follow(before, label));
            before = Some(label);
        }
    }
}
