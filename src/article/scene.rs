//! Is a paragraph a caption because of how it says what a picture shows?
//!
//! Captions of news agencies need neither label nor credit to be known: one sentence in the present
//! tense with a full date, weekday and year, as no story has it (`People walk past a bank in Harare
//! on Monday, Jan. 14, 2019.`), or an opening that speaks of the picture (`FILE - In this July 7,
//! 2018, file photo`, `This photo provided by the museum shows`).

use std::collections::HashSet;

use regex::Regex;

use super::words::pattern;
use crate::batch::Static;
use crate::language::sections;

/// The maximum length of such a paragraph, in bytes.
const LONGEST: usize = 700;

/// The last byte where the date may begin.
const LATEST_DATE: usize = 320;

/// Verbs of another tense, or of a report: a sentence where one comes first is not a scene.
const OTHERS: [&str; 21] = [
    "can", "could", "did", "do", "does", "had", "has", "have", "is", "may", "might", "must", "said", "say",
    "says", "should", "told", "was", "were", "will", "would",
];

struct Words {
    verbs: HashSet<&'static str>,
    seen: HashSet<&'static str>,
}

static WORDS: Static<Words> = Static::new(|| {
    let mut words = Words { verbs: HashSet::new(), seen: HashSet::new() };
    for (section, line) in sections(include_str!("../data/en/captions.txt")) {
        let set = if section == "verb" { &mut words.verbs } else { &mut words.seen };
        set.extend(line.split_ascii_whitespace());
    }
    words
});

static DATE: Static<Regex> = Static::new(|| {
    pattern(
        r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}, (?:19|20)\d\d",
    )
});

static PICTURE: Static<Regex> = Static::new(|| {
    pattern(
        r"^(?:FILE ?[-–—] ?\p{Lu}|In this (?:(?:file )?(?:photo|image|picture|frame grab|frame)[ a-z]* (?:taken|made|released|provided|from)\b|[^.!?]{0,24}(?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)[^!?]{0,24} (?:photo|image|picture|frame)\b)|This (?:[a-z]+ )?(?:photo|image|picture|combination)s?,? (?:(?:provided|released|taken|made|from|by|of|issued|supplied)\b[^!?]{0,120}\b)?shows?\b)",
    )
});

/// Whether a paragraph says what a picture shows.
pub(super) fn is_scene(paragraph: &str) -> bool {
    if paragraph.len() > LONGEST || !paragraph.starts_with(|c: char| c.is_ascii_uppercase()) {
        return false;
    }
    let opens = ["FILE", "In this ", "This "].iter().any(|opening| paragraph.starts_with(opening));
    if opens && PICTURE.is_match(paragraph) {
        return true;
    }
    memchr::memmem::find(paragraph.as_bytes(), b"day").is_some()
        && DATE
            .find(paragraph)
            .is_some_and(|date| date.start() <= LATEST_DATE && shows(&paragraph[..date.start()]))
}

/// Whether the first verb of a sentence is one that says what a picture shows.
fn shows(sentence: &str) -> bool {
    // `Voters walk far, officials said on Monday`: a report.
    if [" said", " says", " say "].iter().any(|verb| sentence.contains(verb)) {
        return false;
    }
    let mut words = sentence.split_whitespace().skip(1);
    while let Some(word) = words.next() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if matches!(word, "is" | "are") {
            return words.next().is_some_and(|word| WORDS.seen.contains(word));
        }
        if OTHERS.contains(&word) {
            return false;
        }
        if is_present(word) {
            return true;
        }
    }
    false
}

/// Whether a word is the present tense of a listed verb.
fn is_present(word: &str) -> bool {
    let is_verb = |word: &str| WORDS.verbs.contains(word);
    is_verb(word)
        || word.strip_suffix('s').is_some_and(|stem| {
            is_verb(stem)
                || stem.strip_suffix('e').is_some_and(is_verb)
                || stem.strip_suffix("ie").is_some_and(|stem| is_verb(&format!("{stem}y")))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scene_with_its_full_date_is_a_caption() {
        for text in [
            "A woman sells maize in Mutare on Monday, Jan. 14, 2019.",
            "Boys carry water in Faro, Portugal, Thursday, March 3, 2016, after the bridge fell.",
            "Anna Kowalski, left, hugs John Moyo at the bridge on Sunday, Oct. 6, 2019. The two won.",
            "A boat is seen off Oban, Scotland, Friday, June 3, 2022.",
            "FILE - In this July 7, 2018 file photo, John Moyo arrives in Faro.",
            "FILE — The bridge of Faro was built in 1902.",
            "In this photo taken on May 4, 2021, a boat waits off Oban.",
            "In this image made from video, a boat waits off Oban.",
            "This photo provided by the Oban Museum shows the bridge.",
        ] {
            assert!(is_scene(text), "{text}");
        }
        for text in [
            "The court will hear the case on Monday, Jan. 14, 2019.",
            "The two sides meet in Faro on Monday, Jan. 14, 2019, for another round.",
            "Police say John Moyo was seen in Faro on Tuesday, May 4, 2021.",
            "The show is due to open on Friday, June 3, 2022.",
            "A woman sells maize in Mutare every Monday.",
            "This shows how little was known.",
            "This photo op shows how little was known.",
            "Voters walk far to the polls, Anna Kowalski said on Monday, Aug. 8, 2022.",
            "In this picture of the world there is no bridge.",
            "Anna Kowalski sold the house on Monday, Jan. 14, 2019.",
        ] {
            assert!(!is_scene(text), "{text}");
        }
    }
}
