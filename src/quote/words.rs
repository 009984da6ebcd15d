//! What does the search for quotations know about a word?
//!
//! A table with one row per distinct token, filled when a thread first meets the token.

use std::collections::HashMap;

use super::cue::{CUES, Cue};
use crate::batch::Static;
use crate::corpus::Vocabulary;
use crate::keyword::{Emission, Emissions};
use crate::text::{TokenKind, typography};

pub(super) const OPENS: u64 = 1;
pub(super) const CLOSES: u64 = 1 << 1;
pub(super) const LOW: u64 = 1 << 2;
pub(super) const STRAIGHT: u64 = 1 << 3;
pub(super) const SINGLE_OPENS: u64 = 1 << 4;
pub(super) const SINGLE_CLOSES: u64 = 1 << 5;
/// A bracket or a dash, after which a mark may open without a space.
pub(super) const BEFORE_OPENING: u64 = 1 << 6;
pub(super) const PUNCTUATION: u64 = 1 << 7;
pub(super) const COMMA: u64 = 1 << 8;
pub(super) const COLON: u64 = 1 << 9;
pub(super) const DASH: u64 = 1 << 10;
pub(super) const STOP: u64 = 1 << 11;
pub(super) const LEFT: u64 = 1 << 12;
pub(super) const RIGHT: u64 = 1 << 13;
/// Auxiliaries, and the words between them and the verb.
pub(super) const AUXILIARY: u64 = 1 << 14;
pub(super) const NOT: u64 = 1 << 15;
/// A pronoun that can be a subject alone.
pub(super) const SUBJECT: u64 = 1 << 16;
/// who, which: the subject of a relative clause.
pub(super) const RELATIVE: u64 = 1 << 17;
pub(super) const THAT: u64 = 1 << 18;
/// Words that begin a question or a clause: how, whether.
pub(super) const QUESTION: u64 = 1 << 19;
/// Words that begin a subordinate clause: because, while.
pub(super) const SUBORDINATE: u64 = 1 << 20;
pub(super) const AND: u64 = 1 << 21;
pub(super) const TO: u64 = 1 << 22;
pub(super) const TIME: u64 = 1 << 23;
pub(super) const POSSESSIVE: u64 = 1 << 24;
pub(super) const AS: u64 = 1 << 25;
pub(super) const BY: u64 = 1 << 26;
pub(super) const CAPITAL: u64 = 1 << 27;
/// A form of *be*.
pub(super) const BE: u64 = 1 << 28;
/// A subject and an auxiliary in one token: *he's*.
pub(super) const JOINED: u64 = 1 << 29;
pub(super) const PREPOSITION_WORD: u64 = 1 << 30;
/// The first word of a phrase that introduces a source.
pub(super) const ACCORDING: u64 = 1 << 32;
/// A question mark or an exclamation mark.
pub(super) const QUERY: u64 = 1 << 33;
/// Most words of a quotation begin with a capital.
pub(super) const TITLED: u64 = 1 << 34;
/// Any word.
pub(super) const WORD: u64 = 1 << 31;

const LISTS: [(u64, &str); 13] = [
    (
        AUXILIARY,
        "has have had having do does did will would can cannot could may might must shall should ll ve 'll 've 'd \
         to've gonna is are was were be been being am 's 're 'm",
    ),
    (BE, "is are was were be been being am 're 'm"),
    (
        NOT,
        "not n't never also then now still just even already once again long often repeatedly later \
         recently previously ever only really simply further however actually",
    ),
    (
        SUBJECT,
        "he she they it i we you everyone everybody nobody someone somebody anyone others many some most both",
    ),
    (RELATIVE, "who which"),
    (THAT, "that"),
    (QUESTION, "how why what whether when where who whom whose which if"),
    (
        SUBORDINATE,
        "because although though while after before since until unless whereas if when where whether as once than",
    ),
    (AND, "and but or nor yet &"),
    (TO, "to"),
    (
        TIME,
        "monday tuesday wednesday thursday friday saturday sunday yesterday today tonight tomorrow earlier later \
         last january february march april may june july august september october november december \
         week month year weekend morning afternoon evening night day recently ago jan. feb. aug. sept. oct. nov. dec. mon. tue. tues. wed. thu. thurs. fri. sat. sun. this",
    ),
    (AS, "as"),
    (BY, "by"),
];

const PREPOSITIONS: &str = "of for at in on with from to by about against under over into during after before \
    between among across around through near outside inside within without behind beyond per via toward \
    towards upon as like out up off down back away";

static FLAGS: Static<HashMap<&'static str, u64>> = Static::new(|| {
    let mut flags: HashMap<&str, u64> = HashMap::new();
    let lists = LISTS.into_iter().chain([(PREPOSITION_WORD, PREPOSITIONS)]);
    for (flag, list) in lists {
        for word in list.split_whitespace() {
            *flags.entry(word).or_insert(0) |= flag;
        }
    }
    flags
});

/// A distinct token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) flags: u64,
    pub(super) cue: Cue,
    pub(super) emission: Emission,
}

/// The distinct tokens that a thread has met.
#[derive(Debug, Default)]
pub(super) struct Words {
    rows: Vec<Option<Word>>,
    pub(super) emissions: Emissions,
}

impl Words {
    /// The row of a token.
    pub(super) fn of(&mut self, number: u32, vocabulary: &Vocabulary) -> Word {
        if self.rows.len() < vocabulary.len() {
            self.rows.resize(vocabulary.len(), None);
        }
        if let Some(word) = self.rows[number as usize] {
            return word;
        }
        let (text, kind) = (vocabulary.text(number), vocabulary.kind(number));
        let lower = typography(text).to_lowercase();
        let word = Word {
            flags: flags(text, &lower, kind),
            cue: CUES.get(&lower),
            emission: self.emissions.of(text, &lower, kind),
        };
        self.rows[number as usize] = Some(word);
        word
    }
}

fn flags(text: &str, lower: &str, kind: TokenKind) -> u64 {
    let mark = match text {
        "“" | "«" | "‟" | "``" | "‹" => OPENS,
        "”" | "»" | "›" => CLOSES,
        "„" => LOW,
        "\"" | "″" | "＂" | "''" => STRAIGHT,
        "‘" => SINGLE_OPENS,
        "’" => SINGLE_CLOSES,
        "'" => SINGLE_OPENS | SINGLE_CLOSES,
        "," => COMMA,
        ":" => COLON,
        "-" | "–" | "—" | "--" | "―" | "---" => DASH | BEFORE_OPENING,
        "(" | "[" => LEFT | BEFORE_OPENING,
        ")" | "]" => RIGHT,
        "!" | "?" => STOP | QUERY,
        "." | "..." | "…" | ";" => STOP,
        "'s" | "’s" => POSSESSIVE,
        _ => 0,
    };
    if mark == POSSESSIVE {
        return mark;
    }
    if kind == TokenKind::Punctuation || mark != 0 {
        return mark | PUNCTUATION;
    }
    let mut flags = WORD | FLAGS.get(lower).copied().unwrap_or(0);
    if text.starts_with(char::is_uppercase) {
        flags |= CAPITAL;
    }
    if CUES.according.iter().any(|phrase| phrase[0] == lower) {
        flags |= ACCORDING;
    }
    if let Some((stem, ending)) = lower.split_once('\'') {
        if ending == "t" {
            flags |= AUXILIARY;
        } else if matches!(ending, "s" | "d" | "re" | "ve" | "ll" | "m") {
            flags |= AUXILIARY
                | JOINED
                | FLAGS.get(stem).copied().unwrap_or(0) & (SUBJECT | RELATIVE | THAT | QUESTION);
        }
    }
    flags
}
