//! Which neighbours are one expression, and which words around it belong to it?
//!
//! `Saturday, April 25` is one day, `June 5–7` are two, and `10 p.m. Wednesday` is a time. Cost:
//! linear in the expressions.

use super::grammar::{Action, Class, Grammar};
use super::meaning::{Atom, Clock, Kind, Named};
use super::role::Role;
use super::rules::modifier;
use super::sentence::Item;
use super::value::{Mod, Unit};

/// The second part of a range that shares its month or century with the first: `June 5–7`,
/// `1996-97`. Returns the item after it.
pub(super) fn continued(items: &[Item], atoms: &mut Vec<Atom>) -> Option<usize> {
    let last = atoms.last()?.clone();
    let link = items.get(last.end)?;
    let number = items.get(last.end + 1)?;
    let hyphen = is_hyphen(link);
    let slash = link.shape.mark == '/' && matches!(last.kind, Kind::Year(_));
    if !link.word.does(Role::Links) && !slash {
        return None;
    }
    let next = items.get(last.end + 2);
    let kind = match last.kind {
        Kind::Day { year: None, month, .. }
            if number.word.is(Class::Dom) && !number.word.is(Class::Clock) =>
        {
            // `June 5 and 7 people` counts people.
            let open = next.is_none_or(|next| {
                let word = next.word;
                let noun = next.shape.lower && word.classes == 0 && word.tense == 0;
                let other = word.is(Class::Month) || word.is(Class::Meridiem) || word.is(Class::Multiple);
                !noun && !other && word.unit == 0 && next.shape.mark != '%'
            });
            if !open {
                return None;
            }
            let comma = next.is_some_and(|next| next.shape.mark == ',');
            let year = items.get(last.end + 2 + usize::from(comma)).filter(|item| item.word.is(Class::Year));
            let year = year.map(|item| item.word.value);
            if let (Some(year), Some(Atom { kind: Kind::Day { year: first, .. }, .. })) =
                (year, atoms.last_mut())
            {
                *first = Some(year);
            }
            let end = last.end + 2 + if year.is_some() { 1 + usize::from(comma) } else { 0 };
            atoms.push(Atom {
                kind: Kind::Day { year, month, day: number.word.value as u8 },
                start: last.end + 1,
                end,
                ..last
            });
            return Some(end);
        }
        Kind::Year(year) if (hyphen || slash) && number.word.is(Class::ShortYear) && year > 0 => {
            let other = year.div_euclid(100) * 100 + number.word.value;
            (other > year).then_some(Kind::Year(other))?
        }
        _ => return None,
    };
    let end = last.end + 2;
    atoms.push(Atom { kind, start: last.end + 1, end, ..last });
    Some(end)
}

/// The first part of a range that shares its month with the second: `5–7 June`.
pub(super) fn preceded(items: &[Item], atoms: &mut Vec<Atom>) {
    let Some(last) = atoms.last().cloned() else { return };
    let Kind::Day { year, month, day: second } = &last.kind else { return };
    let lone = |atom: &Atom| matches!(atom.kind, Kind::DayOfMonth(_)) && atom.end + 1 == last.start;
    if atoms.len() > 1 && lone(&atoms[atoms.len() - 2]) {
        atoms.remove(atoms.len() - 2);
    }
    // `the 5th to the 7th of June`.
    let the = |at: usize| items[at].word.does(Role::The);
    let dom = last.start + usize::from(the(last.start));
    let Some(at) = last.start.checked_sub(2) else { return };
    let (number, linked) = (&items[at], items.get(at + 1).is_some_and(|link| link.word.does(Role::Links)));
    let free = atoms.len() < 2 || atoms[atoms.len() - 2].end <= at;
    let day = number.word.value as u8;
    if linked
        && free
        && number.word.is(Class::Dom)
        && items.get(dom).is_some_and(|item| item.word.is(Class::Dom))
        && day < *second
    {
        let first = Atom {
            kind: Kind::Day { year: *year, month: *month, day },
            start: at - usize::from(free && at > 0 && the(at - 1)),
            end: at + 1,
            ..last.clone()
        };
        atoms.insert(atoms.len() - 1, first);
    }
}

fn is_hyphen(item: &Item) -> bool {
    item.word.does(Role::Links) && !item.shape.lower && !item.shape.capital
}

/// Whether an expression is a day.
fn is_day(atom: &Atom) -> bool {
    atom.clock.is_none()
        && matches!(
            atom.kind,
            Kind::Day { .. }
                | Kind::Weekday(_)
                | Kind::Shift(Unit::Day, _)
                | Kind::Relative(Named::Weekday(_), ..)
                | Kind::Within(Named::Weekday(_), _)
                | Kind::Holiday { .. }
                | Kind::Same(Unit::Day, _)
                | Kind::PartOf(_)
                | Kind::Offset { unit: Unit::Day, .. }
        )
}

/// Joins expressions that are one: `Saturday, April 25`, `10 p.m. Wednesday`, `Monday night`.
pub(super) fn join(items: &[Item], atoms: &mut Vec<Atom>) {
    let mut joined: Vec<Atom> = Vec::with_capacity(atoms.len());
    for mut atom in atoms.drain(..) {
        lean(items, &mut atom);
        let free = joined.last().map_or(0, |last| last.end);
        take_part(items, &mut atom, free);
        take_hour(items, &mut atom);
        match joined.last_mut() {
            Some(last) if last.end <= atom.start => {
                if let Some(both) = both(items, last, &atom) {
                    *last = both;
                    let free = last.start;
                    take_part(items, last, free);
                    take_hour(items, last);
                    continue;
                }
            }
            _ => {}
        }
        joined.push(atom);
    }
    share_day(items, &mut joined);
    *atoms = joined;
}

/// Gives the first of two hours the day of the second: `between 10 p.m. and 11 p.m. on Sunday`.
fn share_day(items: &[Item], atoms: &mut [Atom]) {
    for at in 1..atoms.len() {
        let [first, second] = &mut atoms[at - 1..=at] else { continue };
        let linked = second.start == first.end + 1 && items[first.end].word.does(Role::Links);
        if linked && first.kind == Kind::Clock && second.clock.is_some() {
            first.kind = second.kind.clone();
        }
    }
}

/// Takes the word before a holiday that says which one is meant: `last Thanksgiving`.
fn lean(items: &[Item], atom: &mut Atom) {
    let before = atom.start.checked_sub(1).map(|at| &items[at]).filter(|item| item.word.is(Class::Relative));
    if let (Kind::Holiday { side, .. }, Some(before)) = (&mut atom.kind, before) {
        *side = Some(before.word.value);
        atom.start -= 1;
    }
}

/// Takes the part of a day next to an expression of a day; the items from `free` on are not taken.
fn take_part(items: &[Item], atom: &mut Atom, free: usize) {
    if !is_day(atom) || atom.part.is_some() {
        return;
    }
    if let Some(part) = items.get(atom.end).filter(|item| item.word.is(Class::Part)) {
        atom.part = Some(part.word.value as u8);
        atom.end += 1;
        return;
    }
    let word = |back: usize| atom.start.checked_sub(back).filter(|&at| at >= free).map(|at| &items[at]);
    let does = |back: usize, role| word(back).is_some_and(|item| item.word.does(role));
    let of = does(1, Role::PartOf);
    let part = if of { word(2) } else { word(1) };
    if let Some(part) = part.filter(|item| item.word.is(Class::Part)) {
        atom.part = Some(part.word.value as u8);
        let back = if of { 2 } else { 1 };
        atom.start -= back + usize::from(does(back + 1, Role::The));
    }
}

/// Takes the hour after a part of a day: `tonight at 7`.
fn take_hour(items: &[Item], atom: &mut Atom) {
    let (Some(part), None) = (atom.part, atom.clock) else { return };
    let Some([link, number]) = items.get(atom.end..atom.end + 2) else { return };
    let hour = number.word.value;
    let fits = number.word.is(Class::Dom) && (1..=11).contains(&hour) && number.word.more == 0;
    // Of the hours before five nobody knows whether they are of this night.
    let known = part != 5 || hour >= 5;
    let counts = items.get(atom.end + 2).is_some_and(|item| {
        item.word.unit > 0
            || item.shape.lower && item.word.says_nothing()
            || item.word.is(Class::Clock)
            || item.word.is(Class::Meridiem)
            || matches!(item.shape.mark, ':' | '.' | '%')
    });
    let full_stop = items.get(atom.end + 2).is_some_and(|item| item.shape.mark == '.')
        && items.get(atom.end + 3).is_none();
    if link.word.does(Role::ClockAt) && fits && known && (!counts || full_stop) {
        atom.clock = Some(Clock { minutes: hour * 60, seconds: None, sure: false, zone: None });
        *atom = half_of(atom.clone(), Some(part));
        atom.part = None;
        atom.end += 2;
    }
}

/// The value of a set that is at a time of day: `every Monday at 4 p.m.`
fn timed(value: &str, clock: Clock) -> Option<String> {
    let (day, part) = value.split_once('T').unwrap_or((value, ""));
    let day = match day {
        "P1D" => "XXXX-XX-XX",
        day if day.starts_with("XXXX-WXX-") || day == "XXXX-XX-XX" => day,
        _ => return None,
    };
    let late = !clock.sure && clock.minutes < 720 && matches!(part, "AF" | "EV" | "NI");
    let minutes = clock.minutes + if late { 720 } else { 0 };
    Some(format!("{day}T{:02}:{:02}", minutes / 60, minutes % 60))
}

/// The expression of which two neighbours are the halves.
fn both(items: &[Item], first: &Atom, second: &Atom) -> Option<Atom> {
    let between = &items[first.end..second.start];
    // Nothing between them, a word that does this, or a comma where one may be.
    let link = |role, comma: bool| match between {
        [] => true,
        [item] => item.word.does(role) || comma && item.shape.mark == ',',
        _ => false,
    };
    let mut both = Atom { end: second.end, how: first.how.or(second.how), ..first.clone() };
    // `Saturday, April 25`.
    if matches!(first.kind, Kind::Weekday(_) | Kind::Relative(Named::Weekday(_), ..))
        && matches!(second.kind, Kind::Day { .. })
        && link(Role::The, true)
    {
        both.kind = second.kind.clone();
        both.part = first.part.or(second.part);
        return Some(both);
    }
    // `June in 2017`, `July 4th of 1995`.
    if let (Kind::Day { .. } | Kind::Month { .. }, Kind::Year(named)) = (&first.kind, &second.kind)
        && !between.is_empty()
        && link(Role::YearIn, false)
        && let Kind::Day { year: year @ None, .. } | Kind::Month { year: year @ None, .. } = &mut both.kind
    {
        *year = Some(*named);
        return Some(both);
    }
    // `every Monday at 4 p.m.`, `9 a.m. on Sundays`.
    let set = match (&first.kind, &second.kind) {
        (Kind::Set(value), Kind::Clock) if link(Role::ClockAt, false) && !value.contains(':') => {
            Some((value, second.clock))
        }
        (Kind::Clock, Kind::Set(value)) if link(Role::ClockOn, false) => Some((value, first.clock)),
        _ => None,
    };
    if let Some((value, Some(clock))) = set
        && let Some(value) = timed(value, clock)
    {
        (both.kind, both.clock) = (Kind::Set(value), None);
        return Some(both);
    }
    // `this year's third quarter`.
    if let (Kind::Shift(Unit::Year, year), Kind::Quarter { year: None, shift: None, quarter, fiscal }) =
        (&first.kind, &second.kind)
        && link(Role::Possessive, false)
        && !between.is_empty()
    {
        both.kind = Kind::Quarter { year: None, shift: Some(*year), quarter: *quarter, fiscal: *fiscal };
        return Some(both);
    }
    if is_day(first) && second.kind == Kind::Clock && link(Role::ClockAt, first.part.is_none()) {
        both.clock = second.clock;
        both.part = None;
        return Some(half_of(both, first.part));
    }
    // `10:35 a.m. (0735 GMT) Friday`: the time in brackets is the same one.
    if first.kind == Kind::Clock && second.kind == Kind::Clock {
        let brackets = between.len() == 1 && between[0].shape.mark == '(';
        let closed = items.get(second.end).is_some_and(|item| item.shape.mark == ')');
        let named = first.clock.is_some_and(|clock| clock.zone.is_none());
        if brackets && closed && named && second.clock.is_some_and(|clock| clock.zone.is_some()) {
            both.end += 1;
            return Some(both);
        }
    }
    if first.kind == Kind::Clock && is_day(second) && link(Role::ClockOn, true) {
        both.kind = second.kind.clone();
        both.part = None;
        return Some(half_of(both, second.part));
    }
    // `the third quarter of last year`, `Christmas this year`, `June 12 last year`.
    let year = match second.kind {
        Kind::Shift(Unit::Year, shift) => Some(shift),
        Kind::Bare(Unit::Year) => Some(0),
        _ => None,
    };
    if let Some(shift) = year
        && link(Role::YearIn, false)
        && in_year(&mut both.kind, shift)
    {
        return Some(both);
    }
    // `The 2015 New Year's Eve party`.
    if let (Kind::Year(year), Kind::Holiday { year: None, holiday, .. }) = (&first.kind, &second.kind)
        && between.is_empty()
    {
        both.kind = Kind::Holiday { year: Some(*year), holiday: *holiday, side: None };
        return Some(both);
    }
    // `Thanksgiving 1998`, `Christmas Day, 1998`.
    if let (Kind::Holiday { year: None, holiday, .. }, Kind::Year(year)) = (&first.kind, &second.kind)
        && link(Role::YearIn, true)
    {
        both.kind = Kind::Holiday { year: Some(*year), holiday: *holiday, side: None };
        return Some(both);
    }
    None
}

/// Places what has no year in the year that is so many away from the present one, if it can be.
fn in_year(kind: &mut Kind, shift: i32) -> bool {
    match *kind {
        Kind::Quarter { year: None, shift: ref mut to, .. }
        | Kind::Half { year: None, shift: ref mut to, .. } => {
            *to = Some(shift);
        }
        Kind::Holiday { year: None, holiday, side: None } => *kind = Kind::HolidayIn { holiday, shift },
        Kind::Day { year: None, month, day } => *kind = Kind::DayIn { month, day, shift },
        Kind::Season { year: None, season } => *kind = Kind::Within(Named::Season(season), shift),
        _ => return false,
    }
    true
}

/// Puts a time into the half of the day that its part says.
fn half_of(mut atom: Atom, part: Option<u8>) -> Atom {
    if let (Some(clock), Some(part)) = (&mut atom.clock, part)
        && !clock.sure
        && part >= 3
        && part != 6
        && clock.minutes < 720
    {
        clock.minutes += 720;
    }
    atom
}

/// Takes the words before and after an expression that modify it.
pub(super) fn modify(grammar: &Grammar, items: &[Item], atom: &mut Atom, not_before: usize) {
    let placed = !matches!(
        atom.kind,
        Kind::Duration { .. }
            | Kind::Set(_)
            | Kind::Past
            | Kind::Present
            | Kind::Future
            | Kind::Offset { .. }
    ) && atom.clock.is_none();
    for length in (1..=5).rev() {
        let Some(start) = atom.start.checked_sub(length).filter(|&start| start >= not_before) else {
            continue;
        };
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
        let the =
            start.checked_sub(1).filter(|&at| wide && at >= not_before && items[at].word.does(Role::The));
        atom.start = the.unwrap_or(atom.start);
        break;
    }
    let over = atom.start.checked_sub(1).filter(|&at| {
        let first = items[atom.start].word;
        let counted = first.is(Class::Num) && !first.is(Class::Fuzzy) || first.is(Class::Joint);
        at >= not_before
            && counted
            && atom.how.is_none()
            && matches!(atom.kind, Kind::Duration { .. })
            && items[at].word.does(Role::Over)
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
pub(super) fn year_beside(atoms: &[Atom], at: usize) -> Option<i32> {
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
