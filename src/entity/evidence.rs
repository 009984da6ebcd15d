//! How is an article entity, with the evidence of who it is, written as numbers?
//!
//! Keys, names and countries are numbers of strings; whoever keeps entities keeps the strings.
//! Cost: seven numbers per article entity.

use super::cache::{Cache, CachedEntity, Texts};
use crate::corpus::NO_DAY;
use crate::error::Result;
use crate::file::{Reader, Writer, require};
use crate::resolve::{Country, EntityKind, Gender, Key};
use crate::table::{Distinct, Strings};

/// The number of a string, plus one; zero means no string.
type MaybeString = u32;

/// An article entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Evidence {
    /// The type, the kind, the gender, and the flags.
    nature: u32,
    key: u32,
    name: u32,
    acronym: MaybeString,
    rank: MaybeString,
    country: MaybeString,
    /// The day of birth, or [`NO_DAY`].
    born: i32,
}

const KINDS: [EntityKind; 5] =
    [EntityKind::Person, EntityKind::Organisation, EntityKind::Place, EntityKind::Group, EntityKind::Other];
const GENDERS: [Gender; 3] = [Gender::Unknown, Gender::Man, Gender::Woman];

impl Evidence {
    pub(crate) fn new(entity: &CachedEntity, texts: &Texts, strings: &mut Distinct) -> Self {
        let flags = [entity.ambiguous, entity.is_full, entity.kin, entity.supplied, entity.labelled];
        let flags = flags.iter().rev().fold(0, |bits, &flag| bits << 1 | u32::from(flag));
        let kind = KINDS.iter().position(|&kind| kind == entity.sort).unwrap_or_default() as u32;
        let gender = GENDERS.iter().position(|&gender| gender == entity.gender).unwrap_or_default() as u32;
        Self {
            nature: u32::from(entity.kind) | kind << 8 | gender << 12 | flags << 16,
            key: strings.number(&key_text(texts.key(entity.key))),
            name: strings.number(texts.text(entity.name)),
            acronym: maybe(strings, entity.acronym.map(|acronym| texts.text(acronym))),
            rank: maybe(strings, entity.rank.map(|rank| texts.text(rank))),
            country: maybe(strings, entity.country.code()),
            born: entity.born.unwrap_or(NO_DAY),
        }
    }

    /// The position of its type among the types of the cache it is from.
    pub(crate) const fn kind(&self) -> u8 {
        self.nature as u8
    }

    /// The entity, with the numbers of another cache.
    pub(crate) fn cached(&self, strings: &Strings, cache: &Cache) -> CachedEntity {
        let text = |at: u32| strings.get(at as usize);
        let maybe = |number: MaybeString| number.checked_sub(1).map(text);
        let nature = self.nature;
        cache.with_names(|names| CachedEntity {
            kind: self.kind(),
            sort: KINDS[(nature >> 8) as usize & 7],
            gender: GENDERS[(nature >> 12) as usize & 3],
            ambiguous: nature >> 16 & 1 == 1,
            is_full: nature >> 17 & 1 == 1,
            kin: nature >> 18 & 1 == 1,
            supplied: nature >> 19 & 1 == 1,
            labelled: nature >> 20 & 1 == 1,
            country: maybe(self.country).map(Country::of_code).unwrap_or_default(),
            key: names.key_number(&key_of(text(self.key))),
            name: names.number(text(self.name)),
            acronym: maybe(self.acronym).map(|acronym| names.number(acronym)),
            rank: maybe(self.rank).map(|rank| names.number(rank)),
            born: Some(self.born).filter(|&day| day != NO_DAY),
        })
    }

    /// Gives its strings other numbers.
    pub(crate) fn renumber(&mut self, mut number: impl FnMut(u32) -> u32) {
        (self.key, self.name) = (number(self.key), number(self.name));
        for string in [&mut self.acronym, &mut self.rank, &mut self.country] {
            *string = string.checked_sub(1).map_or(0, |at| number(at) + 1);
        }
    }

    /// # Errors
    /// [`Kind::BadState`](crate::error::Kind::BadState): it has another type than these, or a
    /// string beyond these.
    pub(crate) fn check(&self, types: usize, strings: usize) -> Result<()> {
        let kind = ((self.nature >> 8 & 7) as usize) < KINDS.len();
        let gender = ((self.nature >> 12 & 3) as usize) < GENDERS.len();
        require(kind && gender && (self.kind() as usize) < types)?;
        require((self.key as usize) < strings && (self.name as usize) < strings)?;
        require([self.acronym, self.rank, self.country].iter().all(|&number| number as usize <= strings))
    }
}

/// Writes entities as columns.
pub(crate) fn write<'a>(entities: impl Iterator<Item = &'a Evidence>, writer: &mut Writer) {
    let entities: Vec<&Evidence> = entities.collect();
    let columns: [fn(&Evidence) -> u32; 7] = [
        |entity| entity.nature,
        |entity| entity.key,
        |entity| entity.name,
        |entity| entity.acronym,
        |entity| entity.rank,
        |entity| entity.country,
        |entity| entity.born.cast_unsigned(),
    ];
    for column in columns {
        writer.numbers(entities.iter().map(|entity| column(entity)));
    }
}

/// The entities that were written of articles with these numbers of entities. They are not checked.
///
/// # Errors
/// [`Kind::BadState`](crate::error::Kind::BadState): the bytes are too few or too many.
pub(crate) fn read(lengths: &[u32], reader: &mut Reader<'_>) -> Result<Vec<Evidence>> {
    let rows = rows::<7>(lengths, reader)?.into_iter();
    let entities = rows.map(|[nature, key, name, acronym, rank, country, born]| {
        let born = born.cast_signed();
        Evidence { nature, key, name, acronym, rank, country, born }
    });
    Ok(entities.collect())
}

/// As many rows as the sum of these lengths says, from columns.
///
/// # Errors
/// [`Kind::BadState`](crate::error::Kind::BadState): a column is shorter or longer.
pub(crate) fn rows<const COLUMNS: usize>(
    lengths: &[u32],
    reader: &mut Reader<'_>,
) -> Result<Vec<[u32; COLUMNS]>> {
    let count = lengths.iter().map(|&length| length as usize).sum();
    let mut rows = Vec::new();
    for at in 0..COLUMNS {
        let column = reader.numbers()?;
        require(column.len() == count)?;
        rows.resize(count, [0; COLUMNS]);
        rows.iter_mut().zip(column).for_each(|(row, number)| row[at] = number);
    }
    Ok(rows)
}

/// A key as a string, which begins with its variant.
fn key_text(key: &Key) -> String {
    match key {
        Key::Person { name, suffix } => format!("p{name}\t{suffix}"),
        Key::Place { name, country } => format!("l{name}\t{}", country.code().unwrap_or_default()),
        Key::Other(name) => format!("o{name}"),
    }
}

fn key_of(text: &str) -> Key {
    let name = text.get(1..).unwrap_or_default();
    match (text.bytes().next(), name.rsplit_once('\t')) {
        (Some(b'p'), Some((name, suffix))) => {
            Key::Person { name: name.to_owned(), suffix: suffix.to_owned() }
        }
        (Some(b'l'), Some((name, code))) => {
            Key::Place { name: name.to_owned(), country: Country::of_code(code) }
        }
        _ => Key::Other(name.to_owned()),
    }
}

fn maybe(strings: &mut Distinct, text: Option<&str>) -> MaybeString {
    text.map_or(0, |text| strings.number(text) + 1)
}
