//! Which names belong to the same person?
//!
//! Full names come first: a shorter form (without a middle name or an initial, with a nickname, or
//! with surname and given name swapped) joins the longer form that it fits; if it fits two
//! different ones, it joins neither. Then each short form is matched with the people who have it as
//! their surname; only if there are none, as their given name; and then as their middle name.
//!
//! Invariants: a short form that fits two people is linked to neither, unless the title leaves only
//! one, or only one has been named so far. The result depends on the order of the forms only as
//! [`cluster`] documents. Cost: linear in the forms. Of the people with the same surname at most
//! [`MOST`] are considered; if there are more, the surname is too ambiguous to be linked. A name of
//! more than [`LONGEST`] parts is not compared with any other.

use std::cmp::Reverse;

use crate::batch::{Watch, sort};
use crate::error::Result;
use crate::hash::{Map, Set};
use crate::resolve::lexicon::NameInterner;
use crate::resolve::lists::Gender;
use crate::resolve::rule::Rule;

/// The maximum number of people with the same surname that are distinguished, and of forms of one
/// person.
const MOST: usize = 64;

/// The maximum number of people whose forms are compared with a short form.
const MOST_READ: usize = 16 * MOST;

/// The maximum number of parts of a person's name.
const LONGEST: usize = 16;

/// If several names fit, one is meant only if it is this many times as frequent as all others
/// together.
const CLEARLY: u64 = 20;

/// An article is about a person if it names that person in full this many times as often as any
/// other with the surname.
const MAINLY: u32 = 2;

/// The maximum number of titles of rank that are recorded for a person.
const MOST_RANKS: usize = 8;

/// A full name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Form {
    pub(crate) parts: Vec<u32>,
    pub(crate) suffix: Option<u32>,
}

/// How a full name was classified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joined {
    /// It is the longest form of its name.
    Founder,
    /// It is a form of the name at this position.
    Of(usize),
    /// It fits several longer names.
    Ambiguous,
}

/// Groups the forms of the same name. Founders are chosen in this order: names that begin with a
/// given name before those that begin with an initial, longer ones before shorter ones, and earlier
/// ones before later ones.
///
/// A form that fits several founders joins the one that is [`CLEARLY`] times as frequent as all
/// others together; `times` says how often each form occurs.
///
/// # Errors
/// [`crate::error::Kind::Cancelled`].
pub(crate) fn cluster(
    forms: &[Form],
    times: &[u64],
    lexicon: &NameInterner,
    watch: &Watch,
) -> Result<Vec<Joined>> {
    let letters = |form: &Form| form.parts.iter().map(|&part| lexicon.part(part).letters).sum::<u32>();
    let place = |(at, form): (usize, &Form)| {
        let spelt = form.parts.first().is_some_and(|&part| !lexicon.is_initial(part));
        (Reverse((spelt, form.parts.len(), form.suffix.is_some(), letters(form))), at)
    };
    let mut order: Vec<_> = watch.through(forms.iter().enumerate()).map(place).collect();
    sort(&mut order, watch)?;
    let mut joined = vec![Joined::Founder; forms.len()];
    let mut by_surname: Map<u32, Vec<usize>> = Map::default();
    for (_, at) in watch.through(order) {
        let form = &forms[at];
        let (Some(&first), Some(&last)) = (form.parts.first(), form.parts.last()) else { continue };
        if form.parts.len() > LONGEST {
            continue;
        }
        // `Kim Da-eun` and `Da-eun Kim` share the surname.
        let mut surnames = vec![lexicon.part(last).sound];
        if lexicon.part(first).surname_first && !lexicon.same(first, last) {
            surnames.push(lexicon.part(first).sound);
        }
        if let [_, inside @ .., _] = &form.parts[..] {
            surnames.extend(
                inside
                    .iter()
                    .filter(|&&part| is_patronymic(part, lexicon))
                    .map(|&part| lexicon.part(part).sound),
            );
        }
        let mut fitting: Vec<usize> = surnames
            .iter()
            .filter_map(|surname| by_surname.get(surname))
            .flat_map(|founders| founders.iter().take(MOST).copied())
            .filter(|&founder| is_form_of(form, &forms[founder], lexicon))
            .collect();
        fitting.sort_unstable();
        fitting.dedup();
        let count = |founder: &usize| times.get(*founder).copied().unwrap_or(1);
        joined[at] = match fitting[..] {
            [] => Joined::Founder,
            [founder] => Joined::Of(founder),
            _ => {
                let all: u64 = fitting.iter().map(count).sum();
                let clear =
                    fitting.iter().find(|&founder| count(founder) >= CLEARLY * (all - count(founder)));
                clear.map_or(Joined::Ambiguous, |&founder| Joined::Of(founder))
            }
        };
        if joined[at] == Joined::Founder {
            for surname in surnames {
                by_surname.entry(surname).or_default().push(at);
            }
        }
    }
    watch.check()?;
    Ok(joined)
}

/// Whether a name that is at least as long contains the parts of the shorter one in order, up to
/// the surname.
fn is_form_of(short: &Form, long: &Form, lexicon: &NameInterner) -> bool {
    let same_parts = short.parts.len() == long.parts.len()
        && short.parts.iter().zip(&long.parts).all(|(&a, &b)| lexicon.same(a, b));
    if same_parts {
        // Father and son differ only in the suffix.
        return short.suffix == long.suffix;
    }
    if short.suffix.is_some() && short.suffix != long.suffix {
        return false;
    }
    is_turned(&short.parts, &long.parts, lexicon)
        || is_turned(&long.parts, &short.parts, lexicon)
        || is_address(&short.parts, &long.parts, lexicon)
        || fits(&short.parts, &long.parts, lexicon)
}

/// Whether a part is derived from the father's name.
fn is_patronymic(part: u32, lexicon: &NameInterner) -> bool {
    let text = &lexicon.part(part).text;
    text.len() > 5 && ["ovich", "evich", "ovna", "evna", "ichna"].iter().any(|ending| text.ends_with(ending))
}

/// Whether a name consists of another's given name and patronymic: `Vladimir Vladimirovich`.
fn is_address(short: &[u32], long: &[u32], lexicon: &NameInterner) -> bool {
    short.len() < long.len()
        && short.last().is_some_and(|&last| is_patronymic(last, lexicon))
        && short.iter().zip(long).all(|(&a, &b)| lexicon.same(a, b))
}

/// Whether the names differ only in the position of the surname: `Szabó Eszter`, `Eszter Szabó`.
fn is_turned(surname_first: &[u32], surname_last: &[u32], lexicon: &NameInterner) -> bool {
    let ([surname, given @ ..], [other @ .., last]) = (surname_first, surname_last) else { return false };
    lexicon.part(*surname).surname_first
        && lexicon.same(*surname, *last)
        && given.len() == other.len()
        && given.iter().zip(other).all(|(&a, &b)| lexicon.same(a, b))
}

fn fits(short: &[u32], long: &[u32], lexicon: &NameInterner) -> bool {
    let ([first, rest @ .., last], [head, middle @ .., end]) = (short, long) else { return false };
    if !lexicon.same(*last, *end) {
        return false;
    }
    if lexicon.is_initial(*head) && !lexicon.is_initial(*first) {
        // `J. R. Smith` is not the longer name of every James.
        return false;
    }
    if short.len() > long.len() {
        // `J. R. R. Tolkien` may be `John Tolkien`.
        return middle.is_empty()
            && lexicon.is_initial(*first)
            && lexicon.may_be_one(*first, *head)
            && rest.iter().all(|&part| lexicon.is_initial(part));
    }
    // The first name, or a middle name by which somebody is called.
    let mut after = if lexicon.may_be_one(*first, *head) {
        middle
    } else {
        // Directly after the first name, or after an initial that follows it: `J. Edgar Hoover`,
        // `Robert J. "Bobby" Tate`.
        let near = middle.iter().position(|&part| !lexicon.is_initial(part));
        let is_called = |at: usize| !lexicon.is_initial(*first) && lexicon.may_be_one(*first, middle[at]);
        match near.filter(|&at| at < 2 && is_called(at)) {
            Some(at) => &middle[at + 1..],
            None => return false,
        }
    };
    for &part in rest {
        // An initial represents the next name, not a later one.
        let skips = if lexicon.is_initial(part) { 1 } else { after.len() };
        let Some(at) = after.iter().take(skips).position(|&other| lexicon.may_be_one(part, other)) else {
            return false;
        };
        after = &after[at + 1..];
    }
    true
}

/// What is known about a person while an article is read.
#[derive(Debug, Clone, Default)]
struct Person {
    /// The first mention of the full name.
    first: usize,
    /// The suffix of the full name.
    suffix: Option<u32>,
    /// The gender according to titles; `None` if they contradict each other.
    titles: Option<Gender>,
    given: Gender,
    /// The titles of rank before the name.
    ranks: Vec<u32>,
    /// Whether the person is somebody's relative.
    kin: bool,
    /// How often the article names the person in full.
    named: u32,
    /// Whether the headline names the person in full.
    in_headline: bool,
    /// The sentence that first names the person in full.
    sentence: Option<u32>,
}

impl Person {
    fn gender(&self) -> Gender {
        match self.titles {
            Some(Gender::Unknown) | None => self.given,
            Some(gender) => gender,
        }
    }
}

/// A mention of a person, as the rules see it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Short<'a> {
    pub(crate) at: usize,
    pub(crate) parts: &'a [u32],
    /// The suffix after it: `Donald Jr.`
    pub(crate) suffix: Option<u32>,
    pub(crate) gender: Gender,
    /// The title of rank before it, as a part.
    pub(crate) rank: Option<u32>,
    /// Whether the text compares its bearer with another: `the younger Park`.
    pub(crate) compared: bool,
}

/// What a short form was linked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tie {
    /// A person, by a rule, and by another rule that decided between several people.
    To(usize, Rule, Option<Rule>),
    /// Several people.
    Several,
    /// Nobody.
    Nobody,
}

/// The people of an article by the parts of their names.
#[derive(Debug, Default)]
pub(crate) struct People {
    all: Vec<Person>,
    /// For each level and part: the people with a form that has the part. Its position in the name
    /// is checked against their forms.
    index: [Map<u32, Vec<usize>>; 3],
    by_nickname: Map<u16, Vec<usize>>,
    forms: Vec<Vec<Vec<u32>>>,
    /// The surnames, as sounds, of people who are named only by rank and surname.
    holders: Set<u32>,
}

const LEVELS: [Rule; 3] = [Rule::Surname, Rule::GivenName, Rule::MiddleName];

impl People {
    /// Adds a person, who is first named in full at a mention.
    pub(crate) fn add(&mut self, first: usize) -> usize {
        self.all.push(Person { first, titles: Some(Gender::Unknown), ..Person::default() });
        self.forms.push(Vec::new());
        self.all.len() - 1
    }

    /// Adds a form of a person's full name.
    pub(crate) fn add_form(&mut self, person: usize, form: &Form, at: usize, lexicon: &NameInterner) {
        let parts = &form.parts[..];
        self.all[person].first = self.all[person].first.min(at);
        self.all[person].suffix = self.all[person].suffix.or(form.suffix);
        let [head, inside @ .., last] = parts else { return };
        if parts.len() > LONGEST || self.forms[person].len() >= MOST {
            return;
        }
        let sound = |part: u32| lexicon.part(part).sound;
        let mut enter = |level: usize, part: u32| {
            let people = self.index[level].entry(sound(part)).or_default();
            if people.last() != Some(&person) {
                people.push(person);
            }
        };
        enter(0, *last);
        if lexicon.part(*head).surname_first {
            enter(0, *head);
        }
        enter(1, *head);
        for &part in inside {
            enter(2, part);
        }
        for &group in lexicon.part(*head).nicknames {
            self.by_nickname.entry(group).or_default().push(person);
        }
        if !lexicon.part(*head).surname_first && self.all[person].given == Gender::Unknown {
            self.all[person].given = lexicon.part(*head).gender;
        }
        self.forms[person].push(parts.to_vec());
    }

    /// Records the gender that a title before a person's name indicates.
    pub(crate) fn note_gender(&mut self, person: usize, gender: Gender) {
        let titles = &mut self.all[person].titles;
        *titles = titles
            .filter(|known| !known.contradicts(gender))
            .map(|known| if known == Gender::Unknown { gender } else { known });
    }

    /// Records a mention of the full name.
    pub(crate) fn note_name(&mut self, person: usize, in_headline: bool, sentence: u32) {
        self.all[person].named += 1;
        self.all[person].in_headline |= in_headline;
        self.all[person].sentence.get_or_insert(sentence);
    }

    /// Records the title of rank before a person's name.
    pub(crate) fn note_rank(&mut self, person: usize, rank: Option<u32>) {
        let ranks = &mut self.all[person].ranks;
        if let Some(rank) = rank
            && ranks.len() < MOST_RANKS
            && !ranks.contains(&rank)
        {
            ranks.push(rank);
        }
    }

    /// Records that a person is somebody's relative.
    pub(crate) fn note_kin(&mut self, person: usize) {
        self.all[person].kin = true;
    }

    /// Whether a person is somebody's relative.
    pub(crate) fn is_kin(&self, person: usize) -> bool {
        self.all[person].kin
    }

    /// Records a rank and surname that do not belong to anyone who is named in full.
    pub(crate) fn note_holder(&mut self, short: Short<'_>, lexicon: &NameInterner) {
        if short.rank.is_some()
            && let Some(&last) = short.parts.last()
            && self.tie(short, lexicon) == Tie::Nobody
        {
            self.holders.insert(lexicon.part(last).sound);
        }
    }

    /// The gender of a person according to titles.
    pub(crate) fn gender(&self, person: usize) -> Gender {
        self.all[person].titles.unwrap_or_default()
    }

    /// The person that a short form names, if it fits only one.
    pub(crate) fn tie(&self, short: Short<'_>, lexicon: &NameInterner) -> Tie {
        for (level, rule) in LEVELS.into_iter().enumerate() {
            let mut fitting = self.fitting(level, short.parts, lexicon);
            if level == 1 && fitting.is_empty() {
                fitting = self.nicknamed(short.parts, lexicon);
            }
            // `Donald Jr.` is nobody who is not called so in full.
            fitting.retain(|&person| short.suffix.is_none() || self.all[person].suffix == short.suffix);
            if fitting.is_empty() {
                continue;
            }
            let all = fitting.len();
            fitting.retain(|&person| !self.all[person].gender().contradicts(short.gender));
            if level == 0 && self.is_of_nobody_named(short, &fitting, lexicon) {
                return Tie::Nobody;
            }
            match fitting[..] {
                [] if level == 0 => return Tie::Nobody,
                [] => continue,
                [person] => return Tie::To(person, rule, (all > 1).then_some(Rule::Gender)),
                _ => {}
            }
            if let Some(rank) = short.rank {
                let mut titled = fitting.iter().filter(|&&person| self.all[person].ranks.contains(&rank));
                if let (Some(&person), None) = (titled.next(), titled.next()) {
                    return Tie::To(person, rule, Some(Rule::Title));
                }
            }
            fitting.retain(|&person| self.all[person].first < short.at);
            return match fitting[..] {
                [person] if all <= MOST => Tie::To(person, rule, Some(Rule::NamedSoFar)),
                _ if all <= MOST && level == 0 && !short.compared => self
                    .main(&fitting)
                    .map_or(Tie::Several, |person| Tie::To(person, rule, Some(Rule::MainBearer))),
                _ => Tie::Several,
            };
        }
        Tie::Nobody
    }

    /// The person whom a bare surname means by the custom of the news, which names the others with
    /// their given names: the only one in the headline; else the one who is named in full at least
    /// [`MAINLY`] times as often as any other; else the one who is named first, unless the same
    /// sentence introduces another: `Bill and Hillary Clinton`. Somebody's relative is never meant.
    fn main(&self, fitting: &[usize]) -> Option<usize> {
        let person = |at: usize| &self.all[at];
        let mut headlined = fitting.iter().copied().filter(|&at| person(at).in_headline);
        if let (Some(one), None) = (headlined.next(), headlined.next()) {
            return Some(one);
        }
        let others = |one: usize| fitting.iter().copied().filter(move |&other| other != one);
        let most = fitting.iter().copied().max_by_key(|&at| (person(at).named, Reverse(person(at).first)))?;
        let first = fitting.iter().copied().min_by_key(|&at| person(at).first)?;
        let mainly = others(most).all(|other| person(other).named * MAINLY <= person(most).named);
        let alone = others(first).all(|other| {
            person(other).sentence != person(first).sentence && person(other).named <= person(first).named
        });
        let one = if mainly { most } else { first };
        ((mainly || alone) && !person(one).kin && person(one).named > 0).then_some(one)
    }

    /// Whether all who fit a surname were introduced as somebody's relatives, and the surname means
    /// that somebody: either it follows a rank that precedes none of their names, or it has neither
    /// rank nor gendered title and the article also names somebody by rank and this surname alone.
    fn is_of_nobody_named(&self, short: Short<'_>, fitting: &[usize], lexicon: &NameInterner) -> bool {
        let holds = |person: &usize| short.rank.is_some_and(|rank| self.all[*person].ranks.contains(&rank));
        let bare = short.rank.is_none() && short.gender == Gender::Unknown;
        let holder = |&part: &u32| self.holders.contains(&lexicon.part(part).sound);
        fitting.iter().all(|&person| self.all[person].kin)
            && (short.rank.is_some() && !fitting.iter().any(holds)
                || bare && short.parts.last().is_some_and(holder))
    }

    /// The people with a surname; `None` if there are more than [`MOST`].
    pub(crate) fn with_surname(&self, parts: &[u32], lexicon: &NameInterner) -> Option<Vec<usize>> {
        Some(self.fitting(0, parts, lexicon)).filter(|people| people.len() <= MOST)
    }

    /// The people with these parts as surname, given name or middle name; at most one more than
    /// [`MOST`].
    fn fitting(&self, level: usize, parts: &[u32], lexicon: &NameInterner) -> Vec<usize> {
        let (Some(&head), Some(&last)) = (parts.first(), parts.last()) else { return Vec::new() };
        if parts.len() >= LONGEST {
            return Vec::new(); // longer than any form
        }
        let key = if level == 0 { last } else { head };
        let Some(people) = self.index[level].get(&lexicon.part(key).sound) else { return Vec::new() };
        let equal =
            |a: &[u32], b: &[u32]| a.len() == b.len() && a.iter().zip(b).all(|(&a, &b)| lexicon.same(a, b));
        let mut fitting: Vec<usize> = people
            .iter()
            .take(MOST_READ)
            .copied()
            .filter(|&person| {
                self.forms[person].iter().any(|form| match level {
                    _ if form.len() <= parts.len() => false,
                    0 => {
                        equal(&form[form.len() - parts.len()..], parts)
                            || (parts.len() == 1
                                && lexicon.part(form[0]).surname_first
                                && lexicon.same(form[0], head))
                    }
                    1 => equal(&form[..parts.len()], parts),
                    _ => form[1..].windows(parts.len()).any(|inside| equal(inside, parts)),
                })
            })
            .take(MOST + 1)
            .collect();
        fitting.dedup();
        fitting
    }

    fn nicknamed(&self, parts: &[u32], lexicon: &NameInterner) -> Vec<usize> {
        let [name] = parts else { return Vec::new() };
        let mut fitting: Vec<usize> = lexicon
            .part(*name)
            .nicknames
            .iter()
            .filter_map(|group| self.by_nickname.get(group))
            .flatten()
            .copied()
            .take(MOST + 1)
            .collect();
        fitting.sort_unstable();
        fitting.dedup();
        fitting
    }
}
