//! Which words attribute something to a source, and in which frames?
//!
//! The list is `data/en/cues.txt`: verbs by frame, nouns, and phrases. A verb is listed by its base
//! form; its other forms follow the rules of English spelling, except for those that are listed.

use std::collections::HashMap;

use crate::batch::Static;
use crate::language::sections;

/// The frames of a verb, as bits.
pub(super) const SAY: u16 = 1;
pub(super) const TELL: u16 = 1 << 1;
pub(super) const WH: u16 = 1 << 2;
pub(super) const TO: u16 = 1 << 3;
pub(super) const OVER: u16 = 1 << 4;
pub(super) const OBJECT: u16 = 1 << 5;
pub(super) const CLAUSE: u16 = 1 << 6;
pub(super) const PREPOSITION: u16 = 1 << 7;
/// A noun: *claim*, *warning*.
pub(super) const NOUN: u16 = 1 << 8;
/// A verb of thinking, with the frames of [`SAY`].
pub(super) const THINK: u16 = 1 << 9;

/// The forms of a verb, as bits.
pub(super) const BASE: u8 = 1;
pub(super) const THIRD: u8 = 1 << 1;
pub(super) const PAST: u8 = 1 << 2;
pub(super) const PARTICIPLE: u8 = 1 << 3;
pub(super) const GERUND: u8 = 1 << 4;

/// What the list says about a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cue {
    pub(super) frames: u16,
    pub(super) forms: u8,
    /// The verb, as a position in the list of prepositions.
    pub(super) verb: u16,
}

impl Cue {
    pub(super) const fn is(self, frames: u16) -> bool {
        self.frames & frames != 0
    }

    pub(super) const fn has(self, forms: u8) -> bool {
        self.forms & forms != 0
    }
}

/// The words of the list.
pub(super) struct Cues {
    words: HashMap<String, Cue>,
    /// By verb: the prepositions that belong to it.
    prepositions: Vec<Vec<&'static str>>,
    /// Phrases that introduce a source, as words.
    pub(super) according: Vec<Vec<&'static str>>,
    /// Words for a person or a group that was named before.
    pub(super) people: Vec<&'static str>,
    pub(super) groups: Vec<&'static str>,
}

pub(super) static CUES: Static<Cues> = Static::new(|| {
    let mut cues = Cues {
        words: HashMap::new(),
        prepositions: Vec::new(),
        according: Vec::new(),
        people: Vec::new(),
        groups: Vec::new(),
    };
    let mut verbs: HashMap<&str, (u16, u16)> = HashMap::new();
    let mut irregular: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut nouns = Vec::new();
    for (section, line) in sections(include_str!("../data/en/cues.txt")) {
        let frame = match section {
            "say" => SAY,
            "think" => SAY | THINK,
            "tell" => TELL,
            "wh" => WH,
            "to" => TO,
            "over" => OVER,
            "object" => OBJECT,
            "clause" => CLAUSE,
            "preposition" => PREPOSITION,
            "noun" => NOUN,
            "forms" => {
                let forms: Vec<&str> = line.split(' ').collect();
                irregular.insert(forms[0], forms);
                continue;
            }
            "people" => {
                cues.people.extend(line.split(' '));
                continue;
            }
            "groups" => {
                cues.groups.extend(line.split(' '));
                continue;
            }
            _ => {
                cues.according.push(line.split(' ').collect());
                continue;
            }
        };
        for word in line.split(' ') {
            if frame == NOUN {
                nouns.push(word);
                continue;
            }
            let next = verbs.len() as u16;
            let (frames, verb) = verbs.entry(word).or_insert((0, next));
            *frames |= frame;
            if *verb == next {
                cues.prepositions.push(Vec::new());
            }
            if frame == PREPOSITION {
                cues.prepositions[*verb as usize].extend(line.split(' ').skip(1));
                break;
            }
        }
    }
    let mut add = |word: String, frames, forms, verb| {
        let cue = cues.words.entry(word).or_insert(Cue { verb, ..Cue::default() });
        cue.frames |= frames;
        cue.forms |= forms;
    };
    for (base, (frames, verb)) in verbs {
        let forms = match irregular.get(base) {
            Some(forms) => forms.iter().map(|&form| form.to_owned()).collect(),
            None => regular(base),
        };
        for (form, bit) in forms.into_iter().zip([BASE, THIRD, PAST, PARTICIPLE, GERUND]) {
            add(form, frames, bit, verb);
        }
    }
    for noun in nouns {
        let plural = third(noun);
        for word in [noun.to_owned(), plural] {
            add(word, NOUN, 0, 0);
        }
    }
    cues
});

impl Cues {
    /// What the list says about a word in lower case.
    pub(super) fn get(&self, lower: &str) -> Cue {
        self.words.get(lower).copied().unwrap_or_default()
    }

    /// Whether a preposition or particle belongs to a verb.
    pub(super) fn takes(&self, cue: Cue, preposition: &str) -> bool {
        cue.is(PREPOSITION)
            && self.prepositions.get(cue.verb as usize).is_some_and(|list| list.contains(&preposition))
    }
}

/// The third person of a verb, which is also the plural of a noun.
fn third(base: &str) -> String {
    let vowel_before = base.len() > 1
        && base.as_bytes()[base.len() - 2].is_ascii_alphabetic()
        && matches!(base.as_bytes()[base.len() - 2], b'a' | b'e' | b'i' | b'o' | b'u');
    match base.strip_suffix('y') {
        Some(stem) if !vowel_before => format!("{stem}ies"),
        _ if ["s", "x", "z", "ch", "sh", "go"].iter().any(|end| base.ends_with(end)) => format!("{base}es"),
        _ => format!("{base}s"),
    }
}

/// The forms of a regular verb that doubles no consonant.
fn regular(base: &str) -> Vec<String> {
    let third_form = third(base);
    let past = if base.ends_with('e') {
        format!("{base}d")
    } else if third_form.ends_with("ies") && base.ends_with('y') {
        format!("{}ied", &base[..base.len() - 1])
    } else {
        format!("{base}ed")
    };
    let gerund = match base.strip_suffix('e') {
        Some(stem) if !base.ends_with("ee") => format!("{stem}ing"),
        _ => format!("{base}ing"),
    };
    vec![base.to_owned(), third_form, past.clone(), past, gerund]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_a_verb_follow_english_spelling() {
        for (form, bit) in [
            ("says", THIRD),
            ("denied", PAST),
            ("argues", THIRD),
            ("agreed", PARTICIPLE),
            ("arguing", GERUND),
            ("stresses", THIRD),
            ("admitted", PAST),
            ("wrote", PAST),
        ] {
            assert!(CUES.get(form).has(bit), "{form}");
        }
        assert!(CUES.get("table").frames == 0);
    }

    #[test]
    fn a_preposition_belongs_to_its_verb() {
        assert!(CUES.takes(CUES.get("called"), "for"));
        assert!(!CUES.takes(CUES.get("called"), "under"));
    }
}
