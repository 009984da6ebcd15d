//! What is known about the entities of an article, and what links a mention to one of them?

use super::key::Key;
use super::lexicon::NameInterner;
use super::lists::Gender;
use super::place::Country;
use super::rule::Rule;
use crate::batch::Watch;
use crate::corpus::Vocabulary;

/// The kind of entity that a mention names, for the purposes of resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityKind {
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

impl EntityKind {
    /// The kind of entity of a label.
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

/// What links a mention to an entity of its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The entity, by its position in the list of the article's entities.
    pub who: u32,
    /// The mention that it was linked to; its own position if it is not linked to another.
    pub via: u32,
    /// The rule that links it.
    pub rule: Rule,
    /// The rule that decided between several entities that the first rule left.
    pub decider: Option<Rule>,
    /// Whether the name fits several entities, and nothing says which is meant.
    pub ambiguous: bool,
}

/// An entity of an article.
#[expect(clippy::struct_excessive_bools, reason = "independent properties")]
#[derive(Debug, Clone)]
pub(crate) struct ArticleEntity {
    /// The label, as a number.
    pub(crate) kind: u8,
    pub(crate) sort: EntityKind,
    /// The mention with the fullest form.
    pub(crate) full: u32,
    /// A key that is equal in two articles if they mean the same entity.
    pub(crate) key: Key,
    /// The name to display, if it differs from the fullest form.
    pub(crate) name: Option<String>,
    pub(crate) country: Country,
    pub(crate) ambiguous: bool,
    /// Whether the key is a person's full name.
    pub(crate) is_full: bool,
    /// The gender according to titles.
    pub(crate) gender: Gender,
    /// The title of rank before the name.
    pub(crate) rank: Option<String>,
    /// Whether the article introduces the person as somebody's relative.
    pub(crate) kin: bool,
    /// The age according to the article.
    pub(crate) age: Option<u8>,
    /// The key of the acronym that the article introduces for the entity.
    pub(crate) acronym: Option<String>,
    /// Whether it was supplied.
    pub(crate) own: bool,
}

impl ArticleEntity {
    pub(crate) fn new(kind: u8, sort: EntityKind, full: usize, key: Key) -> Self {
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

/// The entities of an article, and the link of each mention to one of them.
#[derive(Debug, Default)]
pub(crate) struct Resolved {
    pub(crate) links: Vec<Link>,
    pub(crate) who: Vec<ArticleEntity>,
}

/// What the rules have access to: the words, and the kinds of labels.
pub(crate) struct ResolveContext<'a> {
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) lexicon: &'a mut NameInterner,
    /// The kind of entity of each label.
    pub(crate) sorts: &'a [EntityKind],
    pub(crate) watch: &'a Watch,
}

impl ResolveContext<'_> {
    /// The label of a kind of entity, if there is one.
    pub(crate) fn kind(&self, sort: EntityKind) -> Option<u8> {
        self.sorts.iter().position(|&other| other == sort).map(|at| at as u8)
    }

    pub(crate) fn sort(&self, kind: u8) -> EntityKind {
        self.sorts.get(kind as usize).copied().unwrap_or(EntityKind::Other)
    }
}
