//! Is what a rule matched a time expression here?
//!
//! `May` is a month after `in`, `1984` no year before `people`, and `20-year` no duration before
//! `old`. Cost: a few items around the expression.

use super::grammar::Class;
use super::meaning::{Atom, Kind};
use super::role::Role;
use super::sentence::Item;
use super::value::Unit;

/// Whether what a rule matched is an expression here, in view of what is around it; a rate
/// becomes a set.
#[expect(clippy::too_many_lines, reason = "one arm for each kind of expression")]
pub(super) fn accepted(mut atom: Atom, items: &[Item]) -> Option<Atom> {
    let before = atom.start.checked_sub(1).map(|at| &items[at]);
    let after = items.get(atom.end);
    let is_before = |class| before.is_some_and(|item| item.word.is(class));
    let touches = |mark: &[char]| {
        before.is_some_and(|item| mark.contains(&item.shape.mark) && item.end == items[atom.start].start)
    };
    let first = &items[atom.start];
    let alone = atom.end == atom.start + 1;
    let does = |item: Option<&Item>, role| item.is_some_and(|item| item.word.does(role));
    // Of `a two-day visit` the article belongs to the visit.
    let compound = atom.end >= atom.start + 3
        && items[atom.start + 1..atom.end - 1].iter().any(|item| item.shape.mark == '-')
        && (first.word.does(Role::Article) || first.word.does(Role::The));
    if compound && after.is_some_and(|after| after.shape.lower && after.word.says_nothing()) {
        atom.start += 1;
        return accepted(atom, items);
    }
    match atom.kind {
        Kind::Month { year: None, .. } if alone => {
            // `Jan-Feb 2017` is not a name.
            let range = after.is_some_and(|after| after.shape.mark == '-')
                && items.get(atom.end + 1).is_some_and(|item| item.word.is(Class::Month));
            let preposition = is_before(Class::Preposition) || is_before(Class::Weekday) || range;
            let name_after = after.is_some_and(|after| after.shape.capital && after.word.classes == 0);
            // `June says` is a person.
            let speaks = after.is_some_and(|after| after.word.tense < 0 && after.shape.lower);
            if speaks && !preposition && !first.word.is(Class::MonthName) {
                return None;
            }
            let short = first.end - first.start == 3;
            // `The March quarter`, `a March earthquake`.
            let noun = after.is_some_and(|after| {
                let one = does(before, Role::Article) || does(before, Role::Possessive);
                does(before, Role::The) && (after.word.unit == 8 || after.word.does(Role::Planned))
                    || one && after.shape.lower && after.word.classes == 0 && after.word.tense == 0
            });
            let preposition = preposition || noun;
            if !preposition && (first.word.is(Class::MonthName) || short || name_after) {
                return None;
            }
        }
        // `This Week` and `USA Today` are names.
        Kind::Shift(..) if first.shape.capital && !alone && items[atom.end - 1].shape.capital => return None,
        Kind::Shift(Unit::Day, _)
            if first.shape.capital
                && before.is_some_and(|item| item.shape.capital && item.word.classes == 0) =>
        {
            return None;
        }
        // `The high $80s`.
        Kind::Decade(_) if touches(&['$', '£', '€']) => return None,
        Kind::Decade(_)
            if items[..atom.start].iter().rev().take(3).any(|item| item.word.is(Class::Owner)) =>
        {
            return None;
        }
        // `the first quarter of the pie`.
        Kind::Quarter { year: None, shift: None, .. } if does(after, Role::Of) => {
            let the = usize::from(does(items.get(atom.end + 1), Role::The));
            let noun = items.get(atom.end + 1 + the);
            if noun.is_some_and(|item| item.shape.lower && item.word.says_nothing()) {
                return None;
            }
        }
        // `The Sunday Times`, `Monday Night Football`.
        Kind::Weekday(_)
            if alone
                && after.is_some_and(|after| {
                    let named = |item: &Item| item.shape.capital && item.word.classes == 0;
                    // `Tuesday Weld`, `The Sunday Times`.
                    (before.is_none() || does(before, Role::The)) && named(after)
                        || after.shape.capital
                            && after.word.is(Class::Part)
                            && items.get(atom.end + 1).is_some_and(named)
                }) =>
        {
            return None;
        }
        Kind::Weekday(_) if first.word.is(Class::WeekdayName) => {
            let comma = usize::from(after.is_some_and(|after| after.shape.mark == ','));
            let next = items.get(atom.end + comma).map(|item| item.word);
            if !next.is_some_and(|word| word.is(Class::Month) || word.is(Class::Dom)) {
                return None;
            }
        }
        // `Tuesday the first edition`.
        Kind::WeekDate { .. }
            if after.is_some_and(|after| {
                (after.shape.lower || after.shape.capital) && after.word.says_nothing()
            }) =>
        {
            return None;
        }
        // `In April the first edition`.
        Kind::Day { year: None, .. }
            if items[atom.end - 1].word.is(Class::Ordinal)
                && items[atom.end - 1].shape.lower
                && after.is_some_and(|after| after.shape.lower && after.word.says_nothing()) =>
        {
            return None;
        }
        Kind::Year(year) => {
            let number = items[atom.end - 1];
            // An `ad` is not an era.
            if number.word.does(Role::Era) && number.shape.lower {
                return None;
            }
            if !alone || number.word.unit == 100 || before.is_some_and(|item| item.word.is(Class::Month)) {
                return Some(atom);
            }
            if touches(&['$', '£', '€', '#', '.', ':', '/', '+', '@', '&', '='])
                || before.is_some_and(|item| matches!(item.shape.mark, '$' | '£' | '€' | '#'))
                || after.is_some_and(|after| matches!(after.shape.mark, '%' | '°'))
            {
                return None;
            }
            // `CVE-2019-0708`.
            let code = touches(&['-'])
                && items
                    .get(atom.start.wrapping_sub(2))
                    .is_some_and(|item| item.shape.capital && item.word.says_nothing());
            if code || does(before, Role::At) {
                return None;
            }
            let named = before.is_some_and(|item| item.shape.capital && item.word.says_nothing());
            let plausible = !named && (1900..=2059).contains(&year);
            let is_after = |class| after.is_some_and(|item| item.word.is(class));
            let measured = is_after(Class::Multiple)
                || is_after(Class::Rate)
                || is_after(Class::Unit) && !is_after(Class::Ordinal)
                || is_after(Class::Units);
            let counted = after.is_some_and(|after| {
                after.shape.lower && after.shape.plural && matches!(after.word.tense, 0 | 4 | 5)
            });
            // `Between 1604 and 1612`.
            let linked = does(before, Role::Links)
                && items.get(atom.start.wrapping_sub(2)).is_some_and(|item| item.word.is(Class::Year));
            let preposition = linked || is_before(Class::Preposition) && !does(before, Role::Vague);
            if measured {
                return None;
            }
            let asked = preposition && (1000..=2100).contains(&year);
            if !plausible && (!asked || counted) || counted && !preposition {
                return None;
            }
        }
        Kind::Clock => {
            let item = &items[atom.start];
            let sure =
                atom.clock.is_some_and(|clock| clock.sure && item.word.unit == 1 || clock.zone.is_some());
            if alone
                && item.word.is(Class::Clock)
                && !sure
                && !is_before(Class::Preposition)
                && !(is_before(Class::Iso) || is_before(Class::Weekday))
                && !(is_before(Class::Year)
                    && items
                        .get(atom.start.wrapping_sub(2))
                        .is_some_and(|item| item.word.is(Class::Month) || item.shape.mark == ','))
                && before.is_some()
            {
                return None;
            }
        }
        Kind::Duration { ref mut value, .. } => {
            // `18 years of age`.
            if does(after, Role::Of) && items.get(atom.end + 1).is_some_and(|item| item.word.is(Class::Age)) {
                return None;
            }
            // `A Day at the Races`, `told 60 Minutes`.
            let named = first.word.does(Role::Article) || before.is_some_and(|item| item.shape.lower);
            if named && items[atom.end - 1].shape.capital {
                return None;
            }
            // `1/2 hour` is not two hours.
            if touches(&['/']) {
                return None;
            }
            // An age is not a time: `a 20-year-old`.
            let hyphen = usize::from(after.is_some_and(|item| item.shape.mark == '-'));
            if items.get(atom.end + hyphen).is_some_and(|item| item.word.is(Class::Age)) {
                return None;
            }
            // `three-quarters` is a fraction.
            let unit = &items[atom.end - 1];
            if unit.word.is(Class::Units)
                && unit.word.unit == 8
                && (items[atom.end - 2.min(atom.end)].shape.mark == '-' || does(after, Role::Of))
            {
                return None;
            }
            let unit = &items[atom.end - 1];
            if unit.word.is(Class::Ordinal) && atom.end - atom.start == 2 && first.word.does(Role::Article) {
                return None;
            }
            if alone {
                let bare = is_before(Class::Preposition)
                    || is_before(Class::Rate)
                    || before.is_some_and(|item| item.word.tense != 0);
                if first.word.unit == 8 || !bare || does(before, Role::NotLong) {
                    return None;
                }
            }
            // A quarter is a fraction more often than a time.
            let hyphen = items[atom.end - 2.min(atom.end)].shape.mark == '-';
            let one = first.word.is(Class::Joint) || first.word.is(Class::Num) && first.word.value == 1;
            if unit.word.unit == 8 && unit.word.is(Class::Unit) && (one || !hyphen) {
                return None;
            }
            // The name of a programme in quotation marks.
            if unit.shape.capital
                && before.is_some_and(|item| matches!(item.shape.mark, '"' | '“' | '\'' | '`' | '‘'))
            {
                return None;
            }
            if first.word.does(Role::Article) && atom.end == atom.start + 2 && is_rate(items, atom.start) {
                atom.kind = Kind::Set(std::mem::take(value));
            }
        }
        Kind::Season { year: None, .. }
            if items[atom.end - 1].word.is(Class::SeasonWord)
                && (items[atom.end - 1].shape.capital || !alone && !is_before(Class::Preposition)) =>
        {
            return None;
        }
        Kind::Day { year: ref mut year @ None, month: 9, day: 11 } if does(after, Role::Attack) => {
            *year = Some(2001);
        }
        // `The Daily News`, `Coach of the Year`.
        Kind::Set(_) if first.word.is(Class::Frequency) && first.shape.capital && atom.start > 0 => {
            return None;
        }
        // `one second back` is a distance of racers.
        Kind::Offset { unit, .. } if unit.is_clock() && !does(Some(&items[atom.end - 1]), Role::Timed) => {
            return None;
        }
        // `the fall of the wall`, `a fall in prices`.
        Kind::Season { year: None, .. }
            if items[atom.end - 1].word.is(Class::SeasonWord) && does(after, Role::YearIn) =>
        {
            return None;
        }
        // `the present leadership`, `the past chief`.
        Kind::Present | Kind::Past
            if first.word.does(Role::The)
                && !is_before(Class::Preposition)
                && after.is_some_and(|after| {
                    after.shape.lower && (after.word.says_nothing() || after.word.tense != 0)
                }) =>
        {
            return None;
        }
        // `A Danish daily` and `the party's daily Granma` are newspapers.
        Kind::Set(_)
            if first.word.is(Class::Frequency)
                && before
                    .is_some_and(|item| item.shape.capital && item.word.says_nothing() && atom.start > 1) =>
        {
            return None;
        }
        Kind::Set(_)
            if first.word.is(Class::Frequency)
                && before.is_some_and(|item| item.word.says_nothing() && !item.shape.capital)
                && after.is_some_and(|item| item.shape.capital && item.word.says_nothing()) =>
        {
            return None;
        }
        Kind::Bare(_) if items[atom.end - 1].shape.capital => return None,
        // `Its overnight rate`.
        Kind::PartOf(-1)
            if alone
                && (does(before, Role::The) || does(before, Role::Article) || is_before(Class::Owner))
                && after.is_some_and(|after| after.shape.lower) =>
        {
            return None;
        }
        // `On the 15th`, but `the 15th century` and `the 11th of them`.
        Kind::DayOfMonth(_)
            if !is_before(Class::Preposition)
                || does(after, Role::Of)
                || after.is_some_and(|after| {
                    after.shape.capital
                        || after.shape.mark == '-'
                        || after.shape.lower && (after.word.says_nothing() || after.word.unit > 0)
                        || after.word.is(Class::Num)
                }) =>
        {
            return None;
        }
        // `The day before` counts from the text, `the day before the vote` from the vote.
        Kind::Same(..) if does(Some(&items[atom.end - 1]), Role::BeforeAfter) => {
            let ends = after
                .is_none_or(|item| !item.shape.lower && !item.shape.capital && !item.word.is(Class::Num));
            if !ends {
                return None;
            }
        }
        Kind::Past if after.is_some_and(|after| after.word.is(Class::Num)) => return None,
        Kind::Half { year: None, shift: None, .. } | Kind::Nth => return None,
        Kind::Bare(Unit::Day) => {
            let ends = after.is_none_or(|item| {
                item.word.is(Class::Preposition) || !item.shape.lower && !item.shape.capital
            });
            if !ends || !(is_before(Class::Preposition) || does(before, Role::End)) {
                return None;
            }
        }
        Kind::Bare(Unit::Year) | Kind::FiscalShift(0) if does(after, Role::Ended) => {
            atom.kind = Kind::Duration { value: "P1Y".to_owned(), reach: None };
        }
        Kind::Set(_) if items[atom.end - 1].word.unit.wrapping_sub(1) < 3 && first.word.does(Role::Per) => {
            return None;
        }
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
        item.word.is(Class::Rate)
            || item.word.is(Class::Num) && !item.word.is(Class::Fuzzy)
            || matches!(item.shape.mark, '$' | '£' | '€' | '%')
    })
}
