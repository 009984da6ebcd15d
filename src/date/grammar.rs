//! Which words speak of time, and which sequences of them are time expressions?
//!
//! A language is a file such as `src/data/en/dates.txt`: words with their values, and rules. The
//! engine knows the classes of words and what a rule can mean ([`Action`]), but no word. What may
//! be at one place in a rule is an element: a word, which has a number, or a choice of classes and
//! words, which has a bit; the bits of a word say where it fits. So a step of a rule costs one
//! comparison. Cost: the file is read once, in about a millisecond.

use super::holiday::Holiday;
use super::role::Role;
use super::value::Mod;
use crate::batch::Static;
use crate::hash::Map;
use crate::language::sections;

/// A class of words: a section of the file, or the form of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Class {
    Month,
    MonthName,
    Weekday,
    WeekdayName,
    Weekdays,
    Unit,
    Units,
    Number,
    Multiple,
    Fuzzy,
    Ordinal,
    Decade,
    Part,
    Parts,
    ClockWord,
    Season,
    Seasons,
    SeasonWord,
    Deictic,
    Meridiem,
    Zone,
    Relative,
    Frequency,
    Adjective,
    /// Any count: digits, or words of numbers that were put together.
    Num,
    /// A number that can be the day of a month.
    Dom,
    Year,
    ShortYear,
    Clock,
    FourDigits,
    Iso,
    QuarterNumber,
    HalfNumber,
    /// Words that numbers are made of: and, a, of, half, a hyphen, a slash.
    Joint,
    Preposition,
    /// Words of quantity before a rate such as `a day`.
    Rate,
    Age,
    Owner,
}

impl Class {
    const ALL: [(&'static str, Self); 38] = [
        ("month", Self::Month),
        ("month_name", Self::MonthName),
        ("weekday", Self::Weekday),
        ("weekday_name", Self::WeekdayName),
        ("weekdays", Self::Weekdays),
        ("unit", Self::Unit),
        ("units", Self::Units),
        ("number", Self::Number),
        ("multiple", Self::Multiple),
        ("fuzzy", Self::Fuzzy),
        ("ordinal", Self::Ordinal),
        ("decade", Self::Decade),
        ("part", Self::Part),
        ("parts", Self::Parts),
        ("clockword", Self::ClockWord),
        ("season", Self::Season),
        ("seasons", Self::Seasons),
        ("season_word", Self::SeasonWord),
        ("deictic", Self::Deictic),
        ("meridiem", Self::Meridiem),
        ("zone", Self::Zone),
        ("relative", Self::Relative),
        ("frequency", Self::Frequency),
        ("adjective", Self::Adjective),
        ("num", Self::Num),
        ("dom", Self::Dom),
        ("year", Self::Year),
        ("shortyear", Self::ShortYear),
        ("clock", Self::Clock),
        ("fourdigits", Self::FourDigits),
        ("iso", Self::Iso),
        ("quarternumber", Self::QuarterNumber),
        ("halfnumber", Self::HalfNumber),
        ("joint", Self::Joint),
        ("preposition", Self::Preposition),
        ("rate", Self::Rate),
        ("age", Self::Age),
        ("owner", Self::Owner),
    ];

    pub(super) const fn bit(self) -> u64 {
        1 << self as u8
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|&(_, class)| class)
    }
}

/// The number of classes.
const CLASSES: usize = Class::ALL.len();

/// The classes of which one word makes it worth to look at a sentence.
const STRONG: u64 = Class::Month.bit()
    | Class::Weekday.bit()
    | Class::Weekdays.bit()
    | Class::Unit.bit()
    | Class::Units.bit()
    | Class::Decade.bit()
    | Class::Part.bit()
    | Class::Parts.bit()
    | Class::ClockWord.bit()
    | Class::Season.bit()
    | Class::Deictic.bit()
    | Class::Frequency.bit()
    | Class::Year.bit()
    | Class::Clock.bit()
    | Class::FourDigits.bit()
    | Class::Iso.bit()
    | Class::QuarterNumber.bit()
    | Class::HalfNumber.bit()
    | Class::Zone.bit()
    | Class::Meridiem.bit();

/// What a word or a number is to the rules.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Word {
    /// The elements of rules that it fits.
    pub(super) fits: u128,
    /// Its classes.
    pub(super) classes: u64,
    /// The number of a month, a count, the minutes of a clock.
    pub(super) value: i32,
    /// Hundredths after the whole number, or the seconds of a clock.
    pub(super) more: u8,
    /// The unit of time, counted from 1.
    pub(super) unit: u8,
    /// What it says about the tense: past, nothing, future; 2 for a participle.
    pub(super) tense: i8,
    /// Its number among the words that rules name; 0 if no rule names it.
    pub(super) id: u16,
    /// What it does around an expression.
    pub(super) roles: u64,
    /// Whether a sentence with it is looked at.
    pub(super) is_strong: bool,
}

impl Word {
    /// Whether no rule takes it.
    pub(super) const fn says_nothing(&self) -> bool {
        self.fits == 0 && self.classes == 0 && self.id == 0 && self.roles == 0
    }

    pub(super) const fn is(&self, class: Class) -> bool {
        self.classes & class.bit() != 0
    }

    /// Whether it does this.
    pub(super) const fn does(&self, role: Role) -> bool {
        self.roles & role.bit() != 0
    }
}

/// What may be at one place in a rule.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element {
    /// The number of the word that must be here; 0 where there is a choice.
    id: u16,
    /// The bit of the choice.
    bit: u8,
    pub(super) optional: bool,
    /// Whether it is context, and not a part of the expression.
    pub(super) context: bool,
}

impl Element {
    /// Whether a word can be here.
    pub(super) fn takes(self, word: &Word) -> bool {
        if self.id != 0 { word.id == self.id } else { word.fits >> self.bit & 1 == 1 }
    }
}

/// A rule: what it means, and its elements.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) action: Action,
    pub(super) elements: Vec<Element>,
    /// The first of the elements after which all are context.
    pub(super) solid: usize,
}

impl Rule {
    fn new(action: Action, elements: Vec<Element>) -> Self {
        let solid = elements.iter().rposition(|element| !element.context).map_or(0, |last| last + 1);
        Self { action, elements, solid }
    }
}

/// What a rule means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    Named(&'static str),
    Holiday(Holiday),
    Before(Mod),
    After(Mod),
}

/// The words and rules of a language.
pub(super) struct Grammar {
    words: Map<&'static str, Vec<Entry>>,
    forms: Vec<(&'static str, Form)>,
    /// The elements that each class fits.
    class_fits: [u128; CLASSES],
    pub(super) rules: Vec<Rule>,
    /// By the number of a word and by the bit of a choice: the rules that begin with it.
    starts_of_words: Vec<Vec<u16>>,
    starts_of_choices: Vec<Vec<u16>>,
    /// The choices with which a rule begins.
    first: u128,
}

/// The elements of the rules, while they are read.
#[derive(Default)]
struct Elements {
    words: Vec<&'static str>,
    choices: Vec<&'static str>,
    /// The number of each word, and the bit of each choice.
    known: Map<&'static str, (u16, u8)>,
}

impl Elements {
    fn number(&mut self, element: &'static str) -> (u16, u8) {
        if let Some(&known) = self.known.get(element) {
            return known;
        }
        if !is_class(element) && (!element.contains('|') || element == "|") {
            return (self.word(element), 0);
        }
        let number = (0, self.choices.len() as u8);
        self.choices.push(element);
        self.known.insert(element, number);
        number
    }

    fn word(&mut self, word: &'static str) -> u16 {
        let next = self.words.len() as u16 + 1;
        let known = *self.known.entry(word).or_insert((next, 0));
        if known.0 == next {
            self.words.push(word);
        }
        known.0
    }
}

/// Whether an element is the name of a class, in capitals.
fn is_class(element: &str) -> bool {
    element.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// What letters next to digits make of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `15th`.
    Ordinal,
    /// `1990s`.
    Decade,
    /// `5am`, `5pm`.
    Am,
    Pm,
    /// `Q1`, `H1`, `FY2019`.
    Quarter,
    Half,
    Fiscal,
}

impl Form {
    const ALL: [(&'static str, Self); 7] = [
        ("ordinal", Self::Ordinal),
        ("decade", Self::Decade),
        ("am", Self::Am),
        ("pm", Self::Pm),
        ("quarter", Self::Quarter),
        ("half", Self::Half),
        ("fiscal", Self::Fiscal),
    ];
}

/// A meaning of a word.
struct Entry {
    /// Whether it must begin with a capital, or must not.
    capital: Option<bool>,
    meaning: Meaning,
}

enum Meaning {
    Class(Class, i32),
    Tense(i8),
    Role(Role),
    /// The elements that name the word itself, its number, and whether it is worth to look at.
    Literal(u128, u16, bool),
}

pub(super) static GRAMMAR: Static<Grammar> =
    Static::new(|| Grammar::read(include_str!("../data/en/dates.txt")));

impl Grammar {
    fn read(file: &'static str) -> Self {
        let mut grammar = Self {
            words: Map::default(),
            forms: Vec::new(),
            class_fits: [0; CLASSES],
            rules: Vec::new(),
            starts_of_words: Vec::new(),
            starts_of_choices: Vec::new(),
            first: 0,
        };
        let mut elements = Elements::default();
        for (section, line) in sections(file) {
            let Some((head, tail)) = line.split_once(": ") else { continue };
            match section {
                "rules" => grammar.add(Action::Named(head), tail, &mut elements),
                "holidays" => {
                    let Some(holiday) = Holiday::read(head) else { continue };
                    for words in tail.split(" | ") {
                        grammar.add(Action::Holiday(holiday), words, &mut elements);
                    }
                }
                "before" | "after" => {
                    let Some(how) = Mod::named(head) else { continue };
                    let action = if section == "before" { Action::Before(how) } else { Action::After(how) };
                    for words in tail.split(" | ") {
                        grammar.add(action, words, &mut elements);
                    }
                }
                "form" => {
                    let form = Form::ALL.iter().find(|(name, _)| *name == head);
                    grammar.forms.extend(
                        form.into_iter()
                            .flat_map(|&(_, form)| tail.split(' ').map(move |letters| (letters, form))),
                    );
                }
                "roles" => {
                    let Some(role) = Role::named(head) else { continue };
                    for word in tail.split(' ') {
                        let entry = Entry { capital: None, meaning: Meaning::Role(role) };
                        grammar.words.entry(word).or_default().push(entry);
                    }
                }
                _ => {
                    let value: i32 = head.parse().unwrap_or_default();
                    let class = Class::named(section);
                    for word in tail.split(' ') {
                        let capital = word.starts_with(['^', '~']).then(|| word.starts_with('^'));
                        let meaning =
                            class.map_or(Meaning::Tense(value as i8), |class| Meaning::Class(class, value));
                        let entry = Entry { capital, meaning };
                        grammar.words.entry(word.trim_start_matches(['^', '~'])).or_default().push(entry);
                    }
                }
            }
        }
        grammar.number(elements);
        grammar
    }

    /// Adds a rule; one that begins with an element that may be missing becomes two.
    fn add(&mut self, action: Action, words: &'static str, elements: &mut Elements) {
        let mut list = Vec::new();
        for word in words.split(' ') {
            let context = word.starts_with('(');
            let bare = word.trim_start_matches('(').trim_end_matches(')');
            let optional = bare.len() > 1 && bare.ends_with('?');
            let bare = if optional { &bare[..bare.len() - 1] } else { bare };
            let (id, bit) = elements.number(bare);
            list.push(Element { id, bit, optional, context });
        }
        while list.first().is_some_and(|first| first.optional) {
            let mut with = list.clone();
            with[0].optional = false;
            self.rules.push(Rule::new(action, with));
            list.remove(0);
        }
        if !list.is_empty() {
            self.rules.push(Rule::new(action, list));
        }
    }

    /// Says of each class and word which elements it fits.
    fn number(&mut self, mut elements: Elements) {
        let mut fits: Map<&'static str, u128> = Map::default();
        for (at, element) in elements.choices.clone().into_iter().enumerate() {
            let bit = 1_u128 << (at & 127);
            for choice in element.split('|') {
                // A unit is singular or plural, unless a rule asks for a single one.
                let single = choice == "SINGLE";
                let named =
                    if single { Some(Class::Unit) } else { Class::named(&choice.to_ascii_lowercase()) };
                if let Some(class) = named.filter(|_| is_class(choice)) {
                    self.class_fits[class as usize] |= bit;
                    if class == Class::Unit && !single {
                        self.class_fits[Class::Units as usize] |= bit;
                    }
                } else {
                    elements.word(choice);
                    *fits.entry(choice).or_default() |= bit;
                }
            }
        }
        self.starts_of_words = vec![Vec::new(); elements.words.len() + 1];
        self.starts_of_choices = vec![Vec::new(); elements.choices.len()];
        for (at, rule) in self.rules.iter().enumerate() {
            let first = rule.elements[0];
            if first.id != 0 {
                self.starts_of_words[usize::from(first.id)].push(at as u16);
            } else {
                self.starts_of_choices[usize::from(first.bit)].push(at as u16);
                self.first |= 1 << first.bit;
            }
        }
        // A rule of weak words alone makes its last word one that is worth to look at.
        let strong = (0..CLASSES).filter(|class| STRONG >> class & 1 == 1);
        let strong: u128 = strong.fold(0, |all, class| all | self.class_fits[class]);
        let (mut words, mut choices) = (vec![false; elements.words.len() + 1], 0_u128);
        for rule in &self.rules {
            let known = |element: &Element| {
                !element.optional && (element.id == 0 && strong >> element.bit & 1 == 1
                || element.id != 0 && self.words.get(elements.words[usize::from(element.id) - 1]).is_some_and(|entries| {
                    entries.iter().any(|entry| matches!(entry.meaning, Meaning::Class(class, _) if class.bit() & STRONG != 0))
                }))
            };
            if matches!(rule.action, Action::Before(_) | Action::After(_)) || rule.elements.iter().any(known)
            {
                continue;
            }
            match rule.elements.iter().rfind(|element| !element.optional) {
                Some(last) if last.id != 0 => words[usize::from(last.id)] = true,
                Some(last) => choices |= 1 << last.bit,
                None => {}
            }
        }
        for (at, &word) in elements.words.iter().enumerate() {
            let fits = fits.get(word).copied().unwrap_or_default();
            let strong = words[at + 1] || fits & choices != 0;
            let meaning = Meaning::Literal(fits, at as u16 + 1, strong);
            self.words.entry(word).or_default().push(Entry { capital: None, meaning });
        }
    }

    /// The rules that can begin with a word.
    pub(super) fn starting(&self, word: &Word) -> impl Iterator<Item = u16> + '_ {
        let mut rest = word.fits & self.first;
        let words = self.starts_of_words.get(usize::from(word.id)).map_or(&[][..], Vec::as_slice);
        let choices = std::iter::from_fn(move || {
            let bit = rest.trailing_zeros() as usize;
            rest &= rest.wrapping_sub(1);
            self.starts_of_choices.get(bit)
        });
        words.iter().copied().chain(choices.flatten().copied())
    }

    /// What letters next to digits make of a number; given in lower case.
    pub(super) fn form(&self, letters: &str) -> Option<Form> {
        self.forms.iter().find(|(known, _)| *known == letters).map(|&(_, form)| form)
    }

    /// The elements that these classes fit.
    pub(super) fn fits(&self, classes: u64) -> u128 {
        let mut fits = 0;
        let mut rest = classes;
        while rest != 0 {
            fits |= self.class_fits[rest.trailing_zeros() as usize];
            rest &= rest - 1;
        }
        fits
    }

    /// What a word is, given in lower case; `capital` says whether it began with a capital.
    pub(super) fn word(&self, lower: &str, capital: bool) -> Word {
        let mut word = Word::default();
        let entries = self.words.get(lower).map_or(&[][..], Vec::as_slice);
        for entry in entries.iter().filter(|entry| entry.capital.is_none_or(|wanted| wanted == capital)) {
            match entry.meaning {
                Meaning::Class(class, value) => {
                    word.classes |= class.bit();
                    if matches!(class, Class::Unit | Class::Units) {
                        word.unit = value as u8;
                    } else if !matches!(
                        class,
                        Class::MonthName
                            | Class::WeekdayName
                            | Class::SeasonWord
                            | Class::Adjective
                            | Class::Preposition
                            | Class::Rate
                            | Class::Age
                            | Class::Owner
                    ) {
                        word.value = value;
                    }
                }
                Meaning::Tense(tense) => word.tense = tense,
                Meaning::Role(role) => word.roles |= role.bit(),
                Meaning::Literal(fits, id, strong) => {
                    word.fits |= fits;
                    word.id = id;
                    word.is_strong |= strong;
                }
            }
        }
        if !capital && word.tense == 0 && word.classes == 0 && lower.len() > 3 && lower.ends_with("ed") {
            word.tense = 2;
        }
        self.finish(word)
    }

    /// Fills in what follows from the classes of a word.
    pub(super) fn finish(&self, mut word: Word) -> Word {
        if word.is(Class::Number) || word.is(Class::Fuzzy) {
            word.classes |= Class::Num.bit();
        }
        if word.is(Class::Ordinal) && (1..=31).contains(&word.value) {
            word.classes |= Class::Dom.bit();
        }
        word.fits |= self.fits(word.classes);
        // `nineteen` and `twenty` may begin a year.
        word.is_strong |=
            word.classes & STRONG != 0 || word.is(Class::Number) && matches!(word.value, 19 | 20);
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_of_the_rules_has_a_bit_of_its_own() {
        assert!(GRAMMAR.starts_of_choices.len() <= 128, "{}", GRAMMAR.starts_of_choices.len());
        assert!(GRAMMAR.rules.len() > 200);
    }

    #[test]
    fn a_word_that_is_also_a_name_needs_its_capital() {
        assert!(GRAMMAR.word("may", true).is(Class::Month));
        assert!(!GRAMMAR.word("may", false).is(Class::Month));
        assert!(GRAMMAR.word("june", false).is(Class::Month));
    }
}
