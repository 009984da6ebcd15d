//! Which mentions of an article are of one and the same?
//!
//! Within an article a full name is given once, and short forms follow: `Kim Jong Un`, then `Mr Kim`; `Korean Central News
//! Agency (KCNA)`, then `KCNA`; `the United States`, then `America`. Each kind of name has its own file of rules; every tie
//! remembers its [`Rule`], so that a reader can ask why. What fits two is tied to neither.
//!
//! Invariants: every mention has one entity; the names of a byline or of boilerplate are no evidence for the story's.
//! Cost: linear in the mentions of the article, whatever they are. An article may have millions, so each loop over them hears a stop.

mod batch;
mod fold;
mod geo;
mod lexicon;
mod lists;
mod mend;
mod name;
mod organisation;
mod own;
mod person;
mod place;
mod relabel;
mod rule;
mod tie_organisations;
mod tie_people;
mod tie_places;
mod units;

use std::ops::Range;

pub(super) use self::batch::BatchPeople;
use self::fold::folded;
pub use self::geo::Country;
pub(super) use self::lexicon::Lexicon;
pub(super) use self::lists::{Gender, gender_of_word, is_kin, is_polite, is_rank, is_title};
pub(super) use self::mend::mend;
use self::name::Name;
pub(super) use self::own::settle;
use self::place::Evidence;
pub use self::rule::Rule;
use super::found::{Found, Source};
use crate::batch::Watch;
use crate::corpus::Vocabulary;
use crate::error::Result;

/// What a mention names, as far as it takes part in resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sort {
    /// A person: short forms are parts of the full name.
    Person,
    /// An organisation: short forms are acronyms and names without their legal form.
    Organisation,
    /// A place: names lead to countries.
    Place,
    /// A nationality or group: names lead to countries.
    Group,
    /// Anything else: equal names are equal things.
    Other,
}

impl Sort {
    /// The sort of a label.
    pub fn of_label(label: &str) -> Self {
        match label.to_ascii_uppercase().as_str() {
            "PER" | "PERSON" => Self::Person,
            "ORG" | "ORGANIZATION" | "ORGANISATION" => Self::Organisation,
            "LOC" | "GPE" | "LOCATION" | "PLACE" => Self::Place,
            "NORP" | "NATIONALITY" => Self::Group,
            _ => Self::Other,
        }
    }
}

/// What ties a mention to an entity of its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The entity, by its position among the article's.
    pub who: u32,
    /// The mention that it was tied to; its own position where it stands by itself.
    pub via: u32,
    /// By which rule.
    pub rule: Rule,
    /// What decided where the rule alone left several.
    pub decider: Option<Rule>,
    /// Whether the name fits several, and nothing told which.
    pub ambiguous: bool,
}

/// An entity of an article.
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of its own")]
#[derive(Debug, Clone)]
pub(super) struct Who {
    /// The label, as a number.
    pub(super) kind: u8,
    pub(super) sort: Sort,
    /// The mention that gives the fullest form.
    pub(super) full: u32,
    /// What is equal in two articles where they mean the same.
    pub(super) key: String,
    /// The name to show, where it is not what the fullest form says.
    pub(super) name: Option<String>,
    pub(super) country: Country,
    pub(super) ambiguous: bool,
    /// Whether the key is a person's full name.
    pub(super) is_full: bool,
    /// What titles tell.
    pub(super) gender: Gender,
    /// The title of rank that stands before the name.
    pub(super) rank: Option<String>,
    /// Whether the article tells the person as somebody's relative.
    pub(super) kin: bool,
    /// The age that the article gives.
    pub(super) age: Option<u8>,
    /// The key of the acronym that the article introduces for it.
    pub(super) acronym: Option<String>,
    /// Whether the caller named it.
    pub(super) own: bool,
}

impl Who {
    fn new(kind: u8, sort: Sort, full: usize, key: String) -> Self {
        Self {
            kind,
            sort,
            full: full as u32,
            key,
            name: None,
            country: Country::NONE,
            ambiguous: false,
            is_full: false,
            gender: Gender::Unknown,
            rank: None,
            kin: false,
            age: None,
            acronym: None,
            own: false,
        }
    }
}

/// The entities of an article, and what ties each mention to one of them.
#[derive(Debug, Default)]
pub(super) struct Resolved {
    pub(super) links: Vec<Link>,
    pub(super) who: Vec<Who>,
}

/// The words that the rules read.
pub(super) struct Reading<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) lexicon: &'a mut Lexicon,
    /// What each label is.
    pub(super) sorts: &'a [Sort],
    pub(super) watch: &'a Watch,
}

impl Reading<'_> {
    /// The label of a sort, if there is one.
    fn kind(&self, sort: Sort) -> Option<u8> {
        self.sorts.iter().position(|&other| other == sort).map(|at| at as u8)
    }

    fn sort(&self, kind: u8) -> Sort {
        self.sorts.get(kind as usize).copied().unwrap_or(Sort::Other)
    }
}

/// Ties the mentions of an article, of which those in `story` are of its story and the others of its frame: bylines,
/// datelines, boilerplate. A word in brackets that spells the organisation before it becomes one.
///
/// # Errors
/// Cancellation.
pub(super) fn resolve(found: &mut [Found], in_story: &[bool], reading: &mut Reading<'_>) -> Result<Resolved> {
    let mut resolved = Resolved::default();
    let unlinked = Link { who: 0, via: 0, rule: Rule::FullForm, decider: None, ambiguous: false };
    resolved.links.resize(found.len(), unlinked);
    let mut evidence = Evidence::new();
    // The frame first: its dateline says where the story is.
    for story in [false, true] {
        let chosen: Vec<usize> = (0..found.len()).filter(|&at| in_story[at] == story).collect();
        if !chosen.is_empty() {
            Article::new(found, chosen, reading)?.resolve(&mut evidence, &mut resolved, reading)?;
        }
    }
    Ok(resolved)
}

/// Mentions that are tied to each other.
struct Article<'a> {
    found: &'a mut [Found],
    /// The mentions that take part, in the order of the text.
    chosen: Vec<usize>,
    /// Their names, one for one.
    names: Vec<Name>,
    /// Whether each is in brackets right behind the one before.
    in_brackets: Vec<bool>,
}

impl<'a> Article<'a> {
    fn new(found: &'a mut [Found], chosen: Vec<usize>, reading: &mut Reading<'_>) -> Result<Self> {
        let watch = reading.watch;
        let names: Vec<Name> = watch
            .through(&chosen)
            .map(|&at| Name::new(&found[at], reading.vocabulary, reading.lexicon))
            .collect();
        let in_brackets = watch
            .through(0..chosen.len())
            .map(|place| {
                let (Some(before), Some(bracket)) = (place.checked_sub(1), found[chosen[place]].opens_at)
                else {
                    return false;
                };
                let before = &found[chosen[before]];
                before.zone == found[chosen[place]].zone
                    && (before.span.end..=before.span.end + 3).contains(&bracket)
            })
            .collect();
        watch.check()?;
        Ok(Self { found, chosen, names, in_brackets })
    }

    fn resolve(
        mut self,
        evidence: &mut Evidence,
        resolved: &mut Resolved,
        reading: &mut Reading<'_>,
    ) -> Result<()> {
        let watch = reading.watch;
        self.relabel(reading)?;
        let mut by_sort: [Vec<usize>; 5] = Default::default();
        for place in watch.through(0..self.chosen.len()) {
            by_sort[reading.sort(self.of(place).kind) as usize].push(place);
        }
        for &place in
            watch.through(by_sort[Sort::Place as usize].iter().chain(&by_sort[Sort::Group as usize]))
        {
            let country = reading.lexicon.phrase(self.names[place].phrase).sure;
            if country.is_some() {
                *evidence.entry(country).or_insert(0) += 1;
            }
        }
        watch.check()?;
        self.places(&by_sort, evidence, resolved, reading)?;
        self.organisations(&by_sort[Sort::Organisation as usize], evidence, resolved, reading)?;
        self.people(&by_sort[Sort::Person as usize], resolved, reading)?;
        self.others(&by_sort[Sort::Other as usize], resolved, reading)
    }

    fn of(&self, place: usize) -> &Found {
        &self.found[self.chosen[place]]
    }

    /// Gives a mention another label, unless the caller gave it its own.
    fn relabelled(&mut self, place: usize, kind: u8) {
        let found = &mut self.found[self.chosen[place]];
        if found.source == Source::Tagger {
            found.kind = kind;
        }
    }

    fn text<'r>(&self, place: usize, reading: &'r Reading<'_>) -> &'r str {
        &reading.lexicon.phrase(self.names[place].phrase).text
    }

    /// Names without rules of their own.
    fn others(&self, places: &[usize], resolved: &mut Resolved, reading: &Reading<'_>) -> Result<()> {
        let mut known = units::Units::default();
        for &place in reading.watch.through(places) {
            let kind = self.of(place).kind;
            let key = self.text(place, reading);
            let who = known.number((kind, key), self.chosen[place], resolved, |full| {
                Who::new(kind, Sort::Other, full, key.to_owned())
            });
            self.link_same(place, who, resolved, reading);
        }
        reading.watch.check()
    }

    /// Ties a mention to an entity because the names are the same, in one spelling or another.
    fn link_same(&self, place: usize, who: u32, resolved: &mut Resolved, reading: &Reading<'_>) {
        let at = self.chosen[place];
        let full = resolved.who[who as usize].full as usize;
        let rule = if full == at { Rule::FullForm } else { self.same_or_spelt(at, full, reading) };
        resolved.links[at] = Link { who, via: full as u32, rule, decider: None, ambiguous: false };
    }

    fn same_or_spelt(&self, at: usize, full: usize, reading: &Reading<'_>) -> Rule {
        let texts = |at: usize| self.found[at].words.iter().map(|&word| reading.vocabulary.text(word));
        if texts(at).eq(texts(full)) { Rule::SameName } else { Rule::Spelling }
    }

    /// The mentions behind a place of the list that are within a range.
    fn neighbour(&self, place: usize, gap: Range<u32>) -> Option<usize> {
        let (here, next) = (self.of(place), self.chosen.get(place + 1).map(|&at| &self.found[at])?);
        let space = next.span.start.checked_sub(here.span.end)?;
        (here.sentence == next.sentence && gap.contains(&space)).then_some(place + 1)
    }
}
