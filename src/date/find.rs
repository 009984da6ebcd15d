//! Which time expressions does a sentence contain?
//!
//! One pass over the items: the longest rule at each, then what stands together is joined, then it
//! is anchored. Cost: linear in the sentence; a sentence without a word of time is not read at all.

use super::anchor::Anchor;
use super::grammar::{Action, Class, GRAMMAR, Grammar};
use super::meaning::{Atom, Kind, Named, meaning};
use super::rules::{longest, modifier};
use super::sentence::{Item, Seen, items};
use super::value::{Mod, Type, Unit};

/// A time expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    /// Its bytes, half-open, as the tokens were counted.
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) sort: Type,
    pub(crate) value: String,
    pub(crate) how: Option<Mod>,
    /// Its first and last day, counted from 1970-01-01.
    pub(crate) days: Option<(i32, i32)>,
}

/// Finds the expressions of one article, sentence by sentence.
#[derive(Default)]
pub(super) struct Finder {
    items: Vec<Item>,
    atoms: Vec<Atom>,
    anchor: Anchor,
}

impl Finder {
    /// Begins an article of a day.
    pub(super) fn begin(&mut self, day: Option<i32>) {
        self.anchor = Anchor::of(day);
    }

    /// Adds the expressions of a sentence.
    pub(super) fn find<'a>(&mut self, tokens: impl Iterator<Item = Seen<'a>>, found: &mut Vec<Found>) {
        let grammar: &Grammar = &GRAMMAR;
        items(grammar, tokens, &mut self.items);
        self.anchor.sentence();
        self.atoms.clear();
        let mut at = 0;
        while at < self.items.len() {
            let atom = longest(grammar, &self.items, at)
                .and_then(|found| meaning(&found, &self.items))
                .and_then(|atom| accepted(atom, &self.items));
            match atom {
                Some(atom) => {
                    at = atom.end;
                    self.atoms.push(atom);
                    while let Some(next) = continued(grammar, &self.items, &mut self.atoms) {
                        at = next;
                    }
                }
                None => at += 1,
            }
        }
        for atom in &mut self.atoms {
            lean(&self.items, atom);
        }
        join(grammar, &self.items, &mut self.atoms);
        for at in 0..self.atoms.len() {
            let before = at.checked_sub(1).map_or(0, |before| self.atoms[before].end);
            modify(grammar, &self.items, &mut self.atoms[at], before);
        }
        for at in 0..self.atoms.len() {
            let atom = &self.atoms[at];
            let tense = tense(&self.items, atom);
            // What is to happen `by May` is not in the past, whatever the verb.
            let limited = |words: &[&str]| {
                let before = atom.start.checked_sub(1).map(|at| &self.items[at]);
                atom.start > 2 && words.iter().any(|word| is(before, grammar, word))
            };
            let tense = match atom.kind {
                Kind::Month { .. } if limited(&["by", "until", "till", "through"]) => 1,
                Kind::Weekday(_) if limited(&["until", "till", "as"]) => 1,
                Kind::Weekday(_) if tense >= 0 && limited(&["by"]) => 1,
                _ => tense,
            };
            let year = year_beside(&self.atoms, at);
            let placed = self.anchor.place(atom, tense, year);
            found.push(Found {
                start: self.items[atom.start].start,
                end: self.items[atom.end - 1].end,
                sort: placed.sort,
                value: placed.value,
                how: atom.how,
                days: placed.days,
            });
        }
    }
}

/// Whether an item is this word.
fn is(item: Option<&Item>, grammar: &Grammar, word: &str) -> bool {
    item.is_some_and(|item| item.word.id != 0 && item.word.id == grammar.id(word))
}

/// Whether what a rule matched is an expression here, in view of what stands around it; a rate
/// becomes a set.
fn accepted(mut atom: Atom, items: &[Item]) -> Option<Atom> {
    let before = atom.start.checked_sub(1).map(|at| &items[at]);
    let after = items.get(atom.end);
    let is_before = |class| before.is_some_and(|item| item.word.is(class));
    let touches = |mark: &[char]| before.is_some_and(|item| mark.contains(&item.shape.mark) && item.end == items[atom.start].start);
    let first = &items[atom.start];
    let alone = atom.end == atom.start + 1;
    let id = |word: &str| GRAMMAR.id(word);
    let is_word = |item: Option<&Item>, word: &str| item.is_some_and(|item| item.word.id != 0 && item.word.id == id(word));
    match atom.kind {
        Kind::Month { year: None, .. } if alone => {
            let preposition = is_before(Class::Preposition) || is_before(Class::Weekday);
            let name_after = after.is_some_and(|after| after.shape.capital && after.word.classes == 0);
            if first.word.is(Class::MonthName) && !preposition || name_after && !preposition {
                return None;
            }
        }
        // `This Week` and `USA Today` are names.
        Kind::Shift(..) if first.shape.capital && !alone && items[atom.end - 1].shape.capital => return None,
        Kind::Shift(Unit::Day, _) if first.shape.capital && before.is_some_and(|item| item.shape.capital && item.word.classes == 0) => {
            return None;
        }
        Kind::Decade(_) if items[..atom.start].iter().rev().take(3).any(|item| item.word.is(Class::Owner)) => return None,
        Kind::Year(year) => {
            let number = items[atom.end - 1];
            if !alone || number.word.unit == 100 || before.is_some_and(|item| item.word.is(Class::Month)) {
                return Some(atom);
            }
            if touches(&['$', '£', '€', '#', '.', ':', '/', '+', '@', '&', '='])
                || before.is_some_and(|item| matches!(item.shape.mark, '$' | '£' | '€' | '#'))
                || after.is_some_and(|after| matches!(after.shape.mark, '%' | '°'))
            {
                return None;
            }
            let plausible = (1900..=2059).contains(&year);
            let counted = after.is_some_and(|after| {
                after.shape.lower && after.shape.plural && after.word.tense == 0
                    || after.word.unit > 0 && after.word.unit <= 12
                    || after.word.is(Class::Multiple)
            });
            let preposition = is_before(Class::Preposition);
            if !plausible && !(preposition && (1000..=2100).contains(&year) && !counted) || counted && !preposition {
                return None;
            }
        }
        Kind::Clock => {
            let item = &items[atom.start];
            let sure = atom.clock.is_some_and(|clock| clock.sure && item.word.unit == 1 || clock.zone.is_some());
            if alone && item.word.is(Class::Clock) && !sure && !is_before(Class::Preposition) && before.is_some() {
                return None;
            }
        }
        Kind::Duration { ref mut value, .. } => {
            // An age is no time: `a 20-year-old`.
            let hyphen = usize::from(after.is_some_and(|item| item.shape.mark == '-'));
            if items.get(atom.end + hyphen).is_some_and(|item| item.word.is(Class::Age)) {
                return None;
            }
            // `three-quarters` is a fraction.
            let unit = &items[atom.end - 1];
            if unit.word.is(Class::Units) && unit.word.unit == 8
                && (items[atom.end - 2.min(atom.end)].shape.mark == '-' || is_word(after, "of"))
            {
                return None;
            }
            let unit = &items[atom.end - 1];
            if unit.word.is(Class::Ordinal) && atom.end - atom.start == 2 && first.word.id == id("a") {
                return None;
            }
            if alone {
                let bare = is_before(Class::Preposition) || is_before(Class::Rate) || before.is_some_and(|item| item.word.tense != 0);
                if !bare || ["of", "on", "by"].iter().any(|word| is_word(before, word)) {
                    return None;
                }
            }
            // A quarter is a fraction more often than a time.
            if atom.end == atom.start + 2 && unit.word.unit == 8 && unit.word.is(Class::Unit) && first.word.is(Class::Joint) {
                return None;
            }
            // The name of a programme in quotation marks.
            if unit.shape.capital && before.is_some_and(|item| matches!(item.shape.mark, '"' | '“' | '\'' | '`' | '‘')) {
                return None;
            }
            let article = first.word.id != 0 && (first.word.id == id("a") || first.word.id == id("an"));
            if article && atom.end == atom.start + 2 && is_rate(items, atom.start) {
                atom.kind = Kind::Set(std::mem::take(value));
            }
        }
        Kind::Half { year: None, shift: None, .. } => return None,
        Kind::Bare(Unit::Day) => {
            let ends = after.is_none_or(|item| item.word.is(Class::Preposition) || !item.shape.lower && !item.shape.capital);
            if !ends || !(is_before(Class::Preposition) || is_word(before, "end")) {
                return None;
            }
        }
        Kind::Bare(Unit::Year) | Kind::FiscalShift(0) if is_word(after, "ended") || is_word(after, "ending") => {
            atom.kind = Kind::Duration { value: "P1Y".to_owned(), reach: None };
        }
        Kind::Set(_) if items[atom.end - 1].word.unit.wrapping_sub(1) < 3 && is_word(Some(first), "per") => return None,
        Kind::Nth => return None,
        _ => {}
    }
    Some(atom)
}

/// Whether a unit after `a` is a rate here: `$5 a day`, `twice a week`.
fn is_rate(items: &[Item], at: usize) -> bool {
    let before = &items[at.saturating_sub(3)..at];
    if before.last().is_some_and(|item| item.word.is(Class::Preposition) || item.word.tense != 0) {
        return false;
    }
    before.iter().rev().take_while(|item| item.shape.mark != ',').any(|item| {
        item.word.is(Class::Rate) || item.word.is(Class::Num) && !item.word.is(Class::Fuzzy) || matches!(item.shape.mark, '$' | '£' | '€' | '%')
    })
}

/// The second part of a range that shares its month or century with the first: `June 5–7`,
/// `1996-97`. Returns the item after it.
fn continued(grammar: &Grammar, items: &[Item], atoms: &mut Vec<Atom>) -> Option<usize> {
    let last = atoms.last()?.clone();
    let link = items.get(last.end)?;
    let number = items.get(last.end + 1)?;
    let is = |word: &str| link.word.id != 0 && link.word.id == grammar.id(word);
    let hyphen = is("-");
    if !hyphen && !is("to") && !is("through") && !is("and") && !is("or") {
        return None;
    }
    let next = items.get(last.end + 2);
    let kind = match last.kind {
        Kind::Day { year: None, month, .. } if number.word.is(Class::Dom) && !number.word.is(Class::Clock) => {
            // `June 5 and 7 people` counts people.
            let open = next.is_none_or(|next| {
                !(next.shape.lower && next.word.classes & !Class::Preposition.bit() == 0 && !next.word.is(Class::Preposition) && next.word.tense == 0)
                    && !next.word.is(Class::Month)
                    && next.word.unit == 0
                    && !next.word.is(Class::Meridiem)
                    && !next.word.is(Class::Multiple)
                    && next.shape.mark != '%'
            });
            if !open {
                return None;
            }
            let comma = next.is_some_and(|next| next.shape.mark == ',');
            let year = items.get(last.end + 2 + usize::from(comma)).filter(|item| item.word.is(Class::Year));
            let year = year.map(|item| item.word.value);
            if let (Some(year), Some(Atom { kind: Kind::Day { year: first, .. }, .. })) = (year, atoms.last_mut()) {
                *first = Some(year);
            }
            let end = last.end + 2 + if year.is_some() { 1 + usize::from(comma) } else { 0 };
            atoms.push(Atom { kind: Kind::Day { year, month, day: number.word.value as u8 }, start: last.end + 1, end, from: last.end + 1, ..last });
            return Some(end);
        }
        Kind::Year(year) if hyphen && number.word.is(Class::ShortYear) && year > 0 => {
            let other = year.div_euclid(100) * 100 + number.word.value;
            (other > year).then_some(Kind::Year(other))?
        }
        _ => return None,
    };
    let end = last.end + 2;
    atoms.push(Atom { kind, start: last.end + 1, end, from: last.end + 1, ..last });
    Some(end)
}

/// Whether an expression is a day.
fn is_day(atom: &Atom) -> bool {
    atom.clock.is_none()
        && matches!(
            atom.kind,
            Kind::Day { .. }
                | Kind::Weekday(_)
                | Kind::Shift(Unit::Day, _)
                | Kind::Relative(Named::Weekday(_), _)
                | Kind::Within(Named::Weekday(_), _)
                | Kind::Holiday { .. }
                | Kind::Same(Unit::Day, _)
                | Kind::PartOf(_)
                | Kind::Offset { unit: Unit::Day, .. }
        )
}

/// Joins expressions that are one: `Saturday, April 25`, `10 p.m. Wednesday`, `Monday night`.
fn join(grammar: &Grammar, items: &[Item], atoms: &mut Vec<Atom>) {
    let mut joined: Vec<Atom> = Vec::with_capacity(atoms.len());
    for mut atom in atoms.drain(..) {
        take_part(grammar, items, &mut atom);
        match joined.last_mut() {
            Some(last) if last.end <= atom.start => {
                if let Some(both) = both(grammar, items, last, &atom) {
                    *last = both;
                    take_part(grammar, items, last);
                    continue;
                }
            }
            _ => {}
        }
        joined.push(atom);
    }
    *atoms = joined;
}

/// Takes the word before a holiday that says which one is meant: `last Thanksgiving`.
fn lean(items: &[Item], atom: &mut Atom) {
    let before = atom.start.checked_sub(1).map(|at| &items[at]).filter(|item| item.word.is(Class::Relative));
    if let (Kind::Holiday { side, .. }, Some(before)) = (&mut atom.kind, before) {
        *side = Some(before.word.value);
        atom.start -= 1;
    }
}

/// Takes the part of a day next to an expression of a day.
fn take_part(grammar: &Grammar, items: &[Item], atom: &mut Atom) {
    if !is_day(atom) || atom.part.is_some() {
        return;
    }
    if let Some(part) = items.get(atom.end).filter(|item| item.word.is(Class::Part)) {
        atom.part = Some(part.word.value as u8);
        atom.end += 1;
        return;
    }
    let word = |back: usize| atom.start.checked_sub(back).map(|at| &items[at]);
    let of = word(1).is_some_and(|item| item.word.id != 0 && (item.word.id == grammar.id("of") || item.word.id == grammar.id("on")));
    let part = if of { word(2) } else { word(1) };
    if let Some(part) = part.filter(|item| item.word.is(Class::Part)) {
        atom.part = Some(part.word.value as u8);
        let back = if of { 2 } else { 1 };
        let the = word(back + 1).is_some_and(|item| item.word.id != 0 && item.word.id == grammar.id("the"));
        atom.start -= back + usize::from(the);
    }
}

/// The expression of which two neighbours are the halves.
fn both(grammar: &Grammar, items: &[Item], first: &Atom, second: &Atom) -> Option<Atom> {
    let between = &items[first.end..second.start];
    let link = |words: &[&str]| match between {
        [] => true,
        [item] => item.word.id != 0 && words.iter().any(|word| item.word.id == grammar.id(word)) || item.shape.mark == ',' && words.contains(&","),
        _ => false,
    };
    let mut both = Atom { end: second.end, how: first.how.or(second.how), ..first.clone() };
    // `Saturday, April 25`.
    if matches!(first.kind, Kind::Weekday(_) | Kind::Relative(Named::Weekday(_), _))
        && matches!(second.kind, Kind::Day { .. }) && link(&[",", "the"])
    {
        both.kind = second.kind.clone();
        both.part = first.part.or(second.part);
        return Some(both);
    }
    // `this year's third quarter`.
    if let (Kind::Shift(Unit::Year, year), Kind::Quarter { year: None, shift: None, quarter, fiscal }) = (&first.kind, &second.kind)
        && link(&["'s"])
        && !between.is_empty()
    {
        both.kind = Kind::Quarter { year: None, shift: Some(*year), quarter: *quarter, fiscal: *fiscal };
        return Some(both);
    }
    if is_day(first) && second.kind == Kind::Clock && link(&["at", ",", "around", "about"]) {
        both.clock = second.clock;
        both.part = None;
        return Some(half_of(both, first.part));
    }
    if first.kind == Kind::Clock && is_day(second) && link(&["on", ",", "of"]) {
        both.kind = second.kind.clone();
        both.part = None;
        return Some(half_of(both, second.part));
    }
    // `the third quarter of last year`, `Christmas this year`.
    let year = match second.kind {
        Kind::Shift(Unit::Year, shift) => Some(shift),
        Kind::Bare(Unit::Year) => Some(0),
        _ => None,
    };
    if let Some(shift) = year.filter(|_| link(&["of", "in"])) {
        match (&first.kind, &mut both.kind) {
            (Kind::Quarter { year: None, .. }, Kind::Quarter { shift: to, .. })
            | (Kind::Half { year: None, .. }, Kind::Half { shift: to, .. }) => {
                *to = Some(shift);
                return Some(both);
            }
            _ => {}
        }
    }
    // `Thanksgiving 1998`, `Christmas Day, 1998`.
    if let (Kind::Holiday { year: None, holiday, .. }, Kind::Year(year)) = (&first.kind, &second.kind)
        && link(&[",", "of", "in"])
    {
        both.kind = Kind::Holiday { year: Some(*year), holiday: *holiday, side: None };
        return Some(both);
    }
    None
}

/// Puts a time into the half of the day that its part says.
fn half_of(mut atom: Atom, part: Option<u8>) -> Atom {
    if let (Some(clock), Some(part)) = (&mut atom.clock, part)
        && !clock.sure && part >= 3 && part != 6 && clock.minutes < 720
    {
        clock.minutes += 720;
    }
    atom
}

/// Takes the words before and after an expression that modify it.
fn modify(grammar: &Grammar, items: &[Item], atom: &mut Atom, not_before: usize) {
    let placed = !matches!(
        atom.kind,
        Kind::Duration { .. } | Kind::Set(_) | Kind::Past | Kind::Present | Kind::Future | Kind::Offset { .. }
    ) && atom.clock.is_none();
    for length in (1..=5).rev() {
        let Some(start) = atom.start.checked_sub(length).filter(|&start| start >= not_before) else { continue };
        let Some((Action::Before(how), count)) = modifier(grammar, items, start) else { continue };
        if count != length {
            continue;
        }
        let fits = if how.is_part() {
            placed
        } else {
            !placed && !matches!(atom.kind, Kind::Set(_) | Kind::Past | Kind::Present | Kind::Future)
        };
        if !fits {
            continue;
        }
        atom.how = Some(how);
        atom.start = start;
        let wide = matches!(atom.kind, Kind::Decade(_) | Kind::Century(_));
        let the = start.checked_sub(1).filter(|&at| wide && at >= not_before && items[at].word.id != 0 && items[at].word.id == grammar.id("the"));
        atom.start = the.unwrap_or(atom.start);
        break;
    }
    let over = atom.start.checked_sub(1).filter(|&at| {
        let first = items[atom.start].word;
        let counted = first.is(Class::Num) && !first.is(Class::Fuzzy) || first.is(Class::Joint);
        at >= not_before && counted && atom.how.is_none() && matches!(atom.kind, Kind::Duration { .. })
            && items[at].word.id != 0 && items[at].word.id == grammar.id("over")
    });
    if let Some(over) = over {
        (atom.start, atom.how) = (over, Some(Mod::More));
    }
    if let Some((Action::After(how), count)) = modifier(grammar, items, atom.end)
        && matches!(atom.kind, Kind::Duration { .. } | Kind::Shift(..))
    {
        atom.how = Some(how);
        atom.end += count;
    }
}

/// The year that a neighbour names and that holds for an expression without one: `in 1963, … on
/// Nov. 22`, `between May and June 1990`.
fn year_beside(atoms: &[Atom], at: usize) -> Option<i32> {
    if !matches!(atoms[at].kind, Kind::Day { year: None, .. } | Kind::Month { year: None, .. }) {
        return None;
    }
    let month = |atom: &Atom| match atom.kind {
        Kind::Day { month, .. } | Kind::Month { month, .. } => month,
        _ => 0,
    };
    let next = atoms.get(at + 1)?;
    let near = next.start <= atoms[at].end + 1;
    match next.kind {
        Kind::Day { year: Some(year), .. } | Kind::Month { year: Some(year), .. } if near => {
            Some(if month(&atoms[at]) <= month(next) { year } else { year - 1 })
        }
        _ => None,
    }
}

/// What the words around an expression say about the tense: -1 past (-2 for sure), 1 future, 0 nothing. The verb
/// nearest before it decides; without one, the first after it.
fn tense(items: &[Item], atom: &Atom) -> i32 {
    const BACK: usize = 14;
    const AHEAD: usize = 10;
    /// How far before a participle the verb is that it belongs to: `will also be released`.
    const HELP: usize = 3;
    // What `had been due` on a day was to happen before this.
    let had = |at: usize| (at.saturating_sub(HELP)..at).any(|at| is(Some(&items[at]), &GRAMMAR, "had"));
    let future = |at: usize| match items[at].word.tense {
        1 => !had(at),
        3 => items.get(at + 1).is_some_and(|next| next.word.id != 0 && next.word.id == GRAMMAR.id("to")),
        _ => false,
    };
    // `Wednesday's ruling` has been made.
    let owns = items.get(atom.end).is_some_and(|next| next.word.id != 0 && next.word.id == GRAMMAR.id("'s"));
    if owns && matches!(atom.kind, Kind::Weekday(_)) {
        return -1;
    }
    for at in (atom.start.saturating_sub(BACK)..atom.start).rev() {
        // A verb right before an expression leaves no doubt: `ended Jan. 31`.
        let past = if at + 2 >= atom.start { -2 } else { -1 };
        match items[at].word.tense {
            0 => {}
            2 => {
                let helped = (at.saturating_sub(HELP)..at).any(future);
                return if helped { 1 } else { past };
            }
            _ if future(at) => return 1,
            _ => return past,
        }
    }
    let after = atom.end..(atom.end + AHEAD).min(items.len());
    let first = after.clone().find(|&at| items[at].word.tense != 0);
    first.map_or(0, |at| if future(at) { 1 } else { -1 })
}
