//! Does the full stop of an abbreviation also end a sentence?
//!
//! Not if a lower-case letter or a number follows. A capital is weak evidence, because names have
//! capitals too: then the abbreviation itself decides (`Mr.` never, `etc.` always), or else the
//! word that follows, which must be one that opens sentences.

use super::lexicon::{self, ShortForm, Speech};
use super::sentence::{Lead, Splitter};

/// Words that can begin a phrase such as `At 9 a.m. Dr. Jones …`.
const ADVERBIAL: [&[u8]; 10] =
    [b"At", b"On", b"By", b"Around", b"Before", b"After", b"Since", b"From", b"Until", b"About"];

/// The maximum number of tokens before the time in such a phrase.
const MOST_BEFORE_TIME: usize = 3;

/// Initials of countries and of a city, and of places that a comma may precede.
const COUNTRIES: [&[u8]; 7] = [b"U.S", b"U.K", b"U.N", b"E.U", b"U.S.A", b"U.A.E", b"L.A"];
const PLACES: [&[u8]; 12] =
    [b"D.C", b"B.C", b"N.C", b"N.D", b"N.H", b"N.J", b"N.M", b"N.Y", b"R.I", b"S.C", b"S.D", b"P.R"];

/// Endings of words for people who act or are asked: *critics*, *investors*, *residents*.
const PEOPLE: [&[u8]; 16] = [
    b"ics",
    b"ors",
    b"ers",
    b"ists",
    b"ysts",
    b"ents",
    b"als",
    b"ans",
    b"ants",
    b"ees",
    b"ives",
    b"mats",
    b"Allies",
    b"Families",
    b"Fans",
    b"Police",
];

/// Words that qualify the time of day.
const ZONES: [&[u8]; 6] = [b"Eastern", b"Central", b"Pacific", b"Mountain", b"Greenwich", b"Local"];
const DAYS: [&[u8]; 7] =
    [b"Monday", b"Tuesday", b"Wednesday", b"Thursday", b"Friday", b"Saturday", b"Sunday"];
const MONTHS: [&[u8]; 12] = [
    b"January",
    b"February",
    b"March",
    b"April",
    b"May",
    b"June",
    b"July",
    b"August",
    b"September",
    b"October",
    b"November",
    b"December",
];

impl Splitter<'_> {
    /// Whether the abbreviation at `index` ends a sentence before token `next`, whose first word is
    /// token `word`.
    pub(super) fn short_form_ends(&self, index: usize, next: usize, word: usize, lead: Lead) -> bool {
        let form = self.piece(index).strip_suffix(b".").unwrap_or_default();
        if lead != Lead::Upper || self.starts_with(next, "(") {
            return false;
        }
        if form.len() == 1 {
            return false; // an initial; the tokeniser has split off the stop if a sentence ends
        }
        let quoted = next > index + 1 && !self.starts_with(next - 1, ")") && !self.starts_with(next - 1, "]");
        match lexicon::short_form(form) {
            Some(ShortForm::Title | ShortForm::Numbered | ShortForm::Between) => false,
            Some(ShortForm::Final) => true,
            _ if quoted => true,
            None if is_time(form) => self.time_ends(index, word),
            Some(ShortForm::Region) => self.opens(word) || self.leaves_place(index, word),
            None => self.opens(word) || self.leaves_initials(index, word, form),
            _ => self.opens(word) || self.has_subject(index, word),
        }
    }

    /// Whether token `word` is a noun that has nothing to do with the abbreviation at `index`, as
    /// in *They came to the U.S. Critics said no*: what precedes is a clause with its verb, and the
    /// noun, a plural, has another.
    fn has_subject(&self, index: usize, word: usize) -> bool {
        let noun = self.piece(word);
        let plural = noun.ends_with(b"s") || matches!(noun, b"Police" | b"People");
        let speech = lexicon::speech(noun);
        // A word for people that the list lacks counts, but not in capitals or with initials.
        let people = || noun.len() > 5 && noun[1..].iter().all(u8::is_ascii_lowercase) && is_people(noun);
        plural
            && (speech == Speech::NOUN || speech == 0 && people())
            && self.is_verb(word + 1)
            && (self.begin..index).any(|token| self.is_verb(token))
    }

    /// [`Splitter::has_subject`], or the abbreviation ends the name of a place after a comma, as in
    /// *He left Denver, Colo. Kim stayed*: then any subject will do.
    fn leaves_place(&self, index: usize, word: usize) -> bool {
        let place = index >= self.begin + 2 && self.piece(index - 1) == b",";
        let verb = || {
            self.is_verb(word + 1) && (self.begin..index.saturating_sub(2)).any(|token| self.is_verb(token))
        };
        self.has_subject(index, word) || place && verb()
    }

    /// [`Splitter::has_subject`] or [`Splitter::leaves_place`] after the initials of a country or a
    /// state. Those of people and companies belong to the name that follows: *J.C. Penney*.
    fn leaves_initials(&self, index: usize, word: usize, form: &[u8]) -> bool {
        if PLACES.contains(&form) {
            return self.leaves_place(index, word);
        }
        // A country may also begin a name: *U.S. Courts*. People do not end it.
        let noun = self.piece(word);
        COUNTRIES.contains(&form)
            && is_people(noun)
            && lexicon::speech(noun) == Speech::NOUN
            && self.has_subject(index, word)
    }

    /// Whether a token is a verb in lower case.
    fn is_verb(&self, index: usize) -> bool {
        let word = self.piece(index);
        word.first().is_some_and(u8::is_ascii_lowercase) && lexicon::speech(word) & Speech::VERB != 0
    }

    /// Whether the word at `index` opens sentences.
    fn opens(&self, index: usize) -> bool {
        let word = self.piece(index);
        let length = word.iter().position(|&byte| byte == b'\'' || byte == 0xE2).unwrap_or(word.len());
        lexicon::is_opener(word) || lexicon::is_opener(&word[..length])
    }

    /// Whether `a.m.` or `p.m.` at `index` ends a sentence before the capitalised token `word`.
    fn time_ends(&self, index: usize, word: usize) -> bool {
        let piece = self.piece(word);
        let zone = piece.len() <= 4 && piece.len() > 1 && piece.iter().all(u8::is_ascii_uppercase);
        let date = DAYS.contains(&piece) || MONTHS.contains(&piece) || ZONES.contains(&piece);
        let date =
            date || lexicon::short_form(piece.strip_suffix(b".").unwrap_or(piece)) == Some(ShortForm::Month);
        // `5 p.m. New York time`.
        let place = |&end: &usize| self.piece(end).first().is_some_and(u8::is_ascii_uppercase);
        let clock = (word..word + 3).take_while(place).last().filter(|_| !self.opens(word));
        let local = |end: usize| self.piece(end + 1) == b"time" && !self.paragraph_ends(end + 1);
        let local = local(word) || clock.is_some_and(local);
        let only_adverbial =
            index - self.begin <= MOST_BEFORE_TIME && ADVERBIAL.contains(&self.piece(self.begin));
        !(zone || date || local || only_adverbial)
    }
}

/// Whether a noun has an ending of words for people.
fn is_people(noun: &[u8]) -> bool {
    PEOPLE.iter().any(|ending| noun.ends_with(ending))
}

/// `a.m` or `p.m`.
fn is_time(form: &[u8]) -> bool {
    form.eq_ignore_ascii_case(b"a.m") || form.eq_ignore_ascii_case(b"p.m")
}
