//! How many syllables does an English word have?
//!
//! Groups of vowel letters are counted; silent endings are subtracted, and adjacent vowels that are
//! pronounced separately are added. A list of exceptions holds the words that these rules get
//! wrong. Short words in capitals are spelled out, also in the plural (*CDs*); abbreviations are
//! read in full (*Gov.*), and [numbers](super::spoken) are read aloud.
//!
//! Cost: linear in the length of the word, whatever its content.

use std::collections::HashMap;

use super::lists::sections;
use crate::batch::Static;

struct Exceptions {
    syllables: HashMap<&'static str, u32>,
    /// The length of the longest listed word, in bytes.
    longest: usize,
}

static EXCEPTIONS: Static<Exceptions> = Static::new(|| {
    let syllables: HashMap<&'static str, u32> = sections(include_str!("../data/en/syllables.txt"))
        .flat_map(|(number, line)| {
            let syllables = number.parse().unwrap_or(1);
            line.split_whitespace().map(move |word| (word, syllables))
        })
        .collect();
    let longest = syllables.keys().map(|word| word.len()).max().unwrap_or(0);
    Exceptions { syllables, longest }
});

/// The number of syllables of a word, at least 1. Symbols count as one.
pub fn syllables(word: &str) -> u32 {
    if word.bytes().any(|byte| byte.is_ascii_digit()) {
        return super::spoken::number(word, of_word);
    }
    of_word(word)
}

/// The syllables of a word without digits.
fn of_word(word: &str) -> u32 {
    if word.ends_with('.')
        && let Some(known) = exception(&word.to_lowercase())
    {
        return known;
    }
    let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s"));
    if let Some(initials) = bare.or_else(|| word.strip_suffix('s')).filter(|initials| is_plural(initials)) {
        return spelled(initials);
    }
    let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
    let capitals = word.chars().all(|letter| !letter.is_lowercase());
    let vowelless = !word.chars().any(is_vowel);
    if letters > 1 && (capitals && (letters <= 3 || vowelless) || is_dotted(word)) {
        return spelled(word);
    }
    let parts = word.split(['-', '–', '/']).filter(|part| !part.is_empty());
    parts.map(|part| of_part(&plain(part))).sum::<u32>().max(1)
}

/// Whether capitals before an *s* are spelled out: `CDs`, `MEPs`.
fn is_plural(initials: &str) -> bool {
    let letters = initials.chars().count();
    letters > 1
        && initials.chars().all(char::is_uppercase)
        && (letters <= 3 || !initials.chars().any(is_vowel))
}

/// Whether a full stop follows each letter: `U.S.`
fn is_dotted(word: &str) -> bool {
    let mut letters = word.split('.').filter(|piece| !piece.is_empty());
    word.contains('.') && letters.all(|piece| piece.chars().count() == 1)
}

/// The syllables of a word spelled letter by letter; a W has three.
fn spelled(word: &str) -> u32 {
    word.chars()
        .filter(|letter| letter.is_alphabetic())
        .map(|l| if matches!(l, 'w' | 'W') { 3 } else { 1 })
        .sum()
}

/// The word in lower case, without diacritics and without any character other than letters and the
/// apostrophe.
fn plain(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    word.nfd()
        .flat_map(char::to_lowercase)
        .map(|letter| if letter == '’' { '\'' } else { letter })
        .filter(|&letter| letter.is_alphabetic() || letter == '\'')
        .collect()
}

fn is_vowel(letter: char) -> bool {
    matches!(letter.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// Endings before which a silent e is kept.
const AFTER_SILENT: [&str; 15] = [
    "fully", "ments", "ment", "less", "ness", "some", "ful", "ly", "ty", "ties", "woman", "women", "man",
    "men", "person",
];

/// First parts of compounds whose final e is silent.
const FIRST_PARTS: [&str; 37] = [
    "here", "where", "some", "home", "life", "fire", "base", "time", "game", "face", "pipe", "there",
    "house", "horse", "bride", "safe", "wide", "white", "price", "trade", "space", "stone", "gate", "mile",
    "lime", "side", "score", "note", "make", "care", "take", "come", "ware", "guide", "line", "strike",
    "peace",
];

/// The syllables of a part of a word. Endings and first parts are removed one at a time in a loop,
/// because a word may have any number of them.
fn of_part(word: &str) -> u32 {
    let (mut word, mut taken, mut has_quotes) = (word, 0, true);
    // The position of the first vowel. Removing an ending after it does not change it.
    let mut first_vowel = word.find(is_vowel).unwrap_or(word.len());
    'parts: loop {
        if let Some(known) = exception(word) {
            return taken + known;
        }
        // Plurals and possessives of exceptions.
        if let Some(stem) = word.strip_suffix("'s").or_else(|| word.strip_suffix('s'))
            && let Some(known) = exception(stem)
        {
            return taken + known + u32::from(hisses(stem));
        }
        if let Some(stem) = word.strip_suffix("n't") {
            taken += u32::from(stem.ends_with(['d', 's', 't']) && !stem.ends_with("igh"));
            word = stem;
            continue;
        }
        if std::mem::take(&mut has_quotes) {
            taken += contracted(word);
            word = word.split('\'').next().unwrap_or(word);
        }
        for suffix in AFTER_SILENT {
            if let Some(stem) = word.strip_suffix(suffix)
                && ends_silent(stem, first_vowel)
            {
                taken += groups(suffix) - u32::from(suffix == "some");
                word = stem;
                continue 'parts;
            }
        }
        for first in FIRST_PARTS {
            if let Some(rest) = word.strip_prefix(first)
                && rest.len() > 2
                && !rest.starts_with(is_vowel)
                && let Some(vowel) = rest.find(is_vowel)
            {
                taken += 1;
                (word, first_vowel) = (rest, vowel);
                continue 'parts;
            }
        }
        return taken + count(word);
    }
}

/// The syllables that a contraction adds: *could've* has two, and *they've* has one.
fn contracted(word: &str) -> u32 {
    let Some((stem, ending)) = word.split_once('\'') else { return 0 };
    let consonant = !stem.ends_with(is_vowel) && !stem.ends_with('w');
    let silent = stem.ends_with("re");
    u32::from(match ending {
        "ve" => consonant,
        "ll" => consonant || stem.ends_with("re"),
        "re" => consonant || silent,
        "d" => stem.ends_with(['t', 'd', 's']),
        "d've" => true,
        _ => false,
    })
}

/// The syllables of a listed word. Words longer than all listed words are not looked up.
fn exception(word: &str) -> Option<u32> {
    let Exceptions { syllables, longest } = &*EXCEPTIONS;
    if word.len() > *longest { None } else { syllables.get(word).copied() }
}

/// Whether a word whose first vowel is at this byte ends in a silent e, or in a silent e and an s.
fn ends_silent(stem: &str, first_vowel: usize) -> bool {
    let Some(rest) = stem.strip_suffix('e').or_else(|| stem.strip_suffix("es")) else { return false };
    first_vowel < rest.len() && !rest.ends_with(is_vowel) && !ends_in_liquid(rest)
}

/// Whether a word ends in a consonant and an l or r, which form a syllable together with a
/// following e: *table*, *centre*.
fn ends_in_liquid(rest: &str) -> bool {
    let stem = rest.strip_suffix(['l', 'r']);
    stem.is_some_and(|stem| !stem.is_empty() && !stem.ends_with(is_vowel) && !stem.ends_with(['l', 'r', 'w']))
}

/// Whether the plural ending adds a syllable.
fn hisses(stem: &str) -> bool {
    ["s", "x", "z", "ch", "sh", "ce", "ge", "se", "ze"].iter().any(|end| stem.ends_with(end))
}

/// The number of runs of vowels.
fn groups(word: &str) -> u32 {
    let mut last = false;
    let starts = word.chars().filter(|&letter| {
        let vowel = is_vowel(letter);
        let starts = vowel && !last;
        last = vowel;
        starts
    });
    starts.count() as u32
}

fn count(word: &str) -> u32 {
    // A y before a vowel is a consonant.
    let letters: Vec<char> = word.chars().collect();
    let vowel = |at: usize| {
        letters.get(at).is_some_and(|&letter| {
            is_vowel(letter)
                && !(letter == 'y' && letters.get(at + 1).is_some_and(|&next| is_vowel(next) && next != 'i'))
                && !(letter == 'u' && at > 0 && letters[at - 1] == 'q')
        })
    };
    let mut syllables = 0_i32;
    for at in 0..letters.len() {
        if vowel(at) && (at == 0 || !vowel(at - 1)) {
            syllables += 1;
        }
    }
    syllables += apart(word);
    // Silent endings.
    let stem = |ending: &str| word.strip_suffix(ending).filter(|stem| stem.contains(is_vowel));
    let closed = |stem: &str| {
        !stem.ends_with(is_vowel) || stem.ends_with("qu") || stem.ends_with("gu") || stem.ends_with("ogu")
    };
    if let Some(rest) = stem("e") {
        syllables -= i32::from(closed(rest) && !ends_in_liquid(rest));
    } else if let Some(rest) = stem("es") {
        let hisses = hisses(rest) || rest.ends_with(['c', 'g']);
        syllables -= i32::from(closed(rest) && !ends_in_liquid(rest) && !hisses);
    } else if let Some(rest) = stem("ed") {
        let glide = ["ay", "oy", "ey"].iter().any(|end| rest.ends_with(end));
        let spoken = rest.ends_with(['t', 'd']) || ends_in_liquid(rest);
        syllables -= i32::from((closed(rest) || glide) && !spoken);
    }
    syllables -= i32::from(word.ends_with("ically"));
    syllables += i32::from(word.starts_with("mc"));
    if word.ends_with("sm") || word.ends_with("sms") || word.ends_with("thm") || word.ends_with("thms") {
        syllables += 1;
    }
    syllables.max(1) as u32
}

/// The number of pairs of vowels within one run that are pronounced separately.
fn apart(word: &str) -> i32 {
    let mut more = 0;
    let first_vowel = word.find(is_vowel).unwrap_or(word.len());
    for at in 0..word.len().saturating_sub(1) {
        let Some(pair) = word.get(at..at + 2) else { continue };
        let (before, following) =
            (word.get(..at).unwrap_or_default(), word.get(at + 2..).unwrap_or_default());
        let soft = before.ends_with(['c', 't', 's', 'g', 'x']);
        let first = first_vowel >= at;
        let splits = match pair {
            "ia" => {
                first
                    || !soft && !following.starts_with("ge") && !before.ends_with('l')
                    || soft && following.starts_with('t')
            }
            "io" => {
                first
                    || !soft
                        && !(following.starts_with('n') && (before.ends_with('n') || before.ends_with("ll")))
            }
            "iu" => !soft,
            "ao" => true,
            "eo" => {
                before == "g" && following.starts_with(['g', 'l', 'm', 'p'])
                    || !before.ends_with(['p', 'g']) && following != "n"
            }
            "eu" => following.starts_with('m') || before == "r" && following.starts_with('n'),
            "ua" => !before.ends_with(['q', 'g']) && !before.ends_with("pers"),
            "uo" => !before.ends_with('q') && !following.starts_with('y'),
            "ue" => {
                !before.ends_with(['q', 'g']) && (following.starts_with('n') || following.starts_with('l'))
            }
            "ui" => {
                !before.ends_with(['q', 'g'])
                    && ["ng", "ty", "tie", "n", "d", "c"].iter().any(|next| following.starts_with(next))
                    && !following.starts_with("ce")
            }
            "oi" | "ei" | "yi" if following == "ng" || following == "ngs" => true,
            "ei" => {
                before == "r"
                    && ["nf", "nst", "nv", "nt", "mb", "t"].iter().any(|next| following.starts_with(next))
            }
            "oe" => before == "p",
            "oo" => before == "c" && (following.starts_with("pera") || following.starts_with("rdi")),
            "ea" => {
                before.ends_with("cr") && following.starts_with('t') && !following.starts_with("tur")
                    || before == "th" && following.starts_with('t')
                    || before == "r"
                        && ["ct", "ff", "ss", "pp", "li"].iter().any(|next| following.starts_with(next))
                    || !first && (following.is_empty() || following == "s")
                    || !first && (following == "n" || following == "ns") && !before.ends_with('c')
            }
            "ie" => {
                (following == "r" || following == "rs") && before.len() > 2 && !before.ends_with('d')
                    || following == "st" && !first
                    || following.starts_with('t')
                        && (before.ends_with(['c', 'd', 'r']) || before == "qu" || before == "v")
                    || following.starts_with("nt") && !before.ends_with(['c', 't', 'f']) && !before.is_empty()
                    || following.starts_with("nt") && before == "sc"
                    || following.starts_with("nc") && (before.ends_with(['r', 'd']) || before == "sc")
            }
            _ => false,
        };
        more += i32::from(splits);
    }
    more
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_those_of_speech() {
        for (number, words) in [
            (1, "rain the walked makes played league Kim's $ strength bowled they've she'd there'd Ms."),
            (
                2,
                "city table wanted boxes quiet create lion handled didn't something careful going U.N. NY should've it'd that'll what're Mr. Dr Sgt. CDs herein",
            ),
            (3, "government museum tourism area idea reliance FBI Gov. NGOs F-16"),
            (4, "security information reality 1918"),
            (5, "university coordinator"),
        ] {
            for word in words.split(' ') {
                assert_eq!(syllables(word), number, "{word}");
            }
        }
        assert_eq!(syllables("well-known"), 2);
        assert_eq!(syllables("BBC"), 3);
        assert_eq!(syllables(""), 1);
    }
}
