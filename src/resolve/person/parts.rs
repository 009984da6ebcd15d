//! Which names are of one person?
//!
//! Full names come first: a shorter form (a middle name or an initial less, a nickname, surname and given name turned
//! round) joins the one longer form that it fits; where it fits two different ones it joins neither. Then short forms look
//! for the people whose surname they are, and only where there is nobody, whose given name, whose middle name.
//!
//! Invariants: whoever fits two is tied to neither, unless the title leaves one, or only one has been named so far.
//! The result depends on the order of the forms only where [`cluster`] says so.
//! Cost: linear in the forms; of people who share a surname no more than [`MOST`] are looked at, and beyond that a surname
//! fits too many to be tied. A name of more than [`LONGEST`] parts is compared with no other.

use std::cmp::Reverse;

use crate::batch::{Watch, sort};
use crate::error::Result;
use crate::hash::{Map, Set};
use crate::resolve::lexicon::Lexicon;
use crate::resolve::lists::Gender;
use crate::resolve::rule::Rule;

/// The most people of one surname that are told apart, and forms of one person.
const MOST: usize = 64;

/// No name of a person has more parts.
const LONGEST: usize = 16;

/// Of several names that fit, one must be so many times as frequent as all others together to be meant.
const CLEARLY: u64 = 20;

/// A full name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Form {
    pub(crate) parts: Vec<u32>,
    pub(crate) suffix: Option<u32>,
}

/// What became of a full name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joined {
    /// It is the longest form of its own.
    Founder,
    /// It is a form of the name at this position.
    Of(usize),
    /// It fits several longer names.
    Ambiguous,
}

/// Joins forms of one name. Names that begin with a given name found before those that begin with an initial, longer ones
/// before shorter ones, and among equals the first.
///
/// Where a form fits several founders it joins the one that is [`CLEARLY`] times as frequent as all others together; `times`
/// says how often each form stands.
///
/// # Errors
/// Cancellation.
pub(crate) fn cluster(
    forms: &[Form],
    times: &[u64],
    lexicon: &Lexicon,
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
        // `Kim Da-eun` and `Da-eun Kim` meet at the surname.
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

/// Whether a longer name, or one as long, has the parts of the shorter one in order, up to the surname.
fn is_form_of(short: &Form, long: &Form, lexicon: &Lexicon) -> bool {
    let same_parts = short.parts.len() == long.parts.len()
        && short.parts.iter().zip(&long.parts).all(|(&a, &b)| lexicon.same(a, b));
    if same_parts {
        // Father and son differ by the suffix alone.
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

/// Whether a part is made of the father's name.
fn is_patronymic(part: u32, lexicon: &Lexicon) -> bool {
    let text = &lexicon.part(part).text;
    text.len() > 5 && ["ovich", "evich", "ovna", "evna", "ichna"].iter().any(|ending| text.ends_with(ending))
}

/// Whether a name is another's given name and patronymic: `Vladimir Vladimirovich`.
fn is_address(short: &[u32], long: &[u32], lexicon: &Lexicon) -> bool {
    short.len() < long.len()
        && short.last().is_some_and(|&last| is_patronymic(last, lexicon))
        && short.iter().zip(long).all(|(&a, &b)| lexicon.same(a, b))
}

/// Whether one is the other with the surname before: `Szabó Eszter`, `Eszter Szabó`.
fn is_turned(surname_first: &[u32], surname_last: &[u32], lexicon: &Lexicon) -> bool {
    let ([surname, given @ ..], [other @ .., last]) = (surname_first, surname_last) else { return false };
    lexicon.part(*surname).surname_first
        && lexicon.same(*surname, *last)
        && given.len() == other.len()
        && given.iter().zip(other).all(|(&a, &b)| lexicon.same(a, b))
}

fn fits(short: &[u32], long: &[u32], lexicon: &Lexicon) -> bool {
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
    // The first name, or one inside by which somebody is called.
    let mut after = if lexicon.may_be_one(*first, *head) {
        middle
    } else {
        // Right behind the first name, or an initial behind that: `J. Edgar Hoover`, `Robert J. "Bobby" Tate`.
        let near = middle.iter().position(|&part| !lexicon.is_initial(part));
        let is_called = |at: usize| !lexicon.is_initial(*first) && lexicon.may_be_one(*first, middle[at]);
        match near.filter(|&at| at < 2 && is_called(at)) {
            Some(at) => &middle[at + 1..],
            None => return false,
        }
    };
    for &part in rest {
        // An initial stands for the name that is next, not for a later one.
        let skips = if lexicon.is_initial(part) { 1 } else { after.len() };
        let Some(at) = after.iter().take(skips).position(|&other| lexicon.may_be_one(part, other)) else {
            return false;
        };
        after = &after[at + 1..];
    }
    true
}

/// What is known of a person while an article is read.
#[derive(Debug, Clone, Default)]
struct Person {
    /// The first mention of the full name.
    first: usize,
    /// The gender that titles tell; `None` where they contradict each other.
    titles: Option<Gender>,
    given: Gender,
    /// The titles of rank that stand before the name.
    ranks: Vec<u32>,
    /// Whether the person is somebody's relative.
    kin: bool,
}

impl Person {
    fn gender(&self) -> Gender {
        match self.titles {
            Some(Gender::Unknown) | None => self.given,
            Some(gender) => gender,
        }
    }
}

/// A mention of a person, as far as it takes part.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Short<'a> {
    pub(crate) at: usize,
    pub(crate) parts: &'a [u32],
    pub(crate) gender: Gender,
    /// The title of rank before it, as a part.
    pub(crate) rank: Option<u32>,
}

/// What a short form was tied to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tie {
    /// A person, by a rule, and what decided between several.
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
    /// By part and level: the people, and where in the name the part stands is checked against their forms.
    index: [Map<u32, Vec<usize>>; 3],
    by_nickname: Map<u16, Vec<usize>>,
    forms: Vec<Vec<Vec<u32>>>,
    /// The surnames, as they sound, of those who are named by rank and surname alone.
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
    pub(crate) fn add_form(&mut self, person: usize, parts: &[u32], at: usize, lexicon: &Lexicon) {
        self.all[person].first = self.all[person].first.min(at);
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

    /// Takes note of the gender that a title before a person's name tells.
    pub(crate) fn note_gender(&mut self, person: usize, gender: Gender) {
        let titles = &mut self.all[person].titles;
        *titles = titles
            .filter(|known| !known.contradicts(gender))
            .map(|known| if known == Gender::Unknown { gender } else { known });
    }

    /// Takes note of the title of rank before a person's name.
    pub(crate) fn note_rank(&mut self, person: usize, rank: Option<u32>) {
        let ranks = &mut self.all[person].ranks;
        if let Some(rank) = rank
            && ranks.len() < 8
            && !ranks.contains(&rank)
        {
            ranks.push(rank);
        }
    }

    /// Takes note that a person is somebody's relative.
    pub(crate) fn note_kin(&mut self, person: usize) {
        self.all[person].kin = true;
    }

    /// Whether a person is somebody's relative.
    pub(crate) fn is_kin(&self, person: usize) -> bool {
        self.all[person].kin
    }

    /// Takes note of a rank and surname that name nobody who is named in full.
    pub(crate) fn note_holder(&mut self, short: Short<'_>, lexicon: &Lexicon) {
        if short.rank.is_some()
            && let Some(&last) = short.parts.last()
            && self.tie(short, lexicon) == Tie::Nobody
        {
            self.holders.insert(lexicon.part(last).sound);
        }
    }

    /// What titles tell of a person's gender.
    pub(crate) fn gender(&self, person: usize) -> Gender {
        self.all[person].titles.unwrap_or_default()
    }

    /// The person that a short form names, if it fits one alone.
    pub(crate) fn tie(&self, short: Short<'_>, lexicon: &Lexicon) -> Tie {
        for (level, rule) in LEVELS.into_iter().enumerate() {
            let mut fitting = self.fitting(level, short.parts, lexicon);
            if level == 1 && fitting.is_empty() {
                fitting = self.nicknamed(short.parts, lexicon);
            }
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
                _ => Tie::Several,
            };
        }
        Tie::Nobody
    }

    /// Whether all who fit a surname are told as somebody's relatives, and it is of that somebody: a rank stands before it that
    /// stands before none of their names, or the surname is bare, and there is one whom such a rank and the surname name.
    fn is_of_nobody_named(&self, short: Short<'_>, fitting: &[usize], lexicon: &Lexicon) -> bool {
        let holds = |person: &usize| short.rank.is_some_and(|rank| self.all[*person].ranks.contains(&rank));
        let bare = short.rank.is_none() && short.gender == Gender::Unknown;
        let holder = |&part: &u32| self.holders.contains(&lexicon.part(part).sound);
        fitting.iter().all(|&person| self.all[person].kin)
            && (short.rank.is_some() && !fitting.iter().any(holds)
                || bare && short.parts.last().is_some_and(holder))
    }

    /// The people whose surname, given name or middle name these parts are; no more than one beyond [`MOST`].
    fn fitting(&self, level: usize, parts: &[u32], lexicon: &Lexicon) -> Vec<usize> {
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
            .take(16 * MOST)
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

    fn nicknamed(&self, parts: &[u32], lexicon: &Lexicon) -> Vec<usize> {
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
