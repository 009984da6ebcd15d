//! What is known of the entities of an article, and of what ties a mention to one of them?

use super::lexicon::Lexicon;
use super::lists::Gender;
use super::place::Country;
use super::rule::Rule;
use crate::batch::Watch;
use crate::corpus::Vocabulary;

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
pub(crate) struct Who {
    /// The label, as a number.
    pub(crate) kind: u8,
    pub(crate) sort: Sort,
    /// The mention that gives the fullest form.
    pub(crate) full: u32,
    /// What is equal in two articles where they mean the same.
    pub(crate) key: String,
    /// The name to show, where it is not what the fullest form says.
    pub(crate) name: Option<String>,
    pub(crate) country: Country,
    pub(crate) ambiguous: bool,
    /// Whether the key is a person's full name.
    pub(crate) is_full: bool,
    /// What titles tell.
    pub(crate) gender: Gender,
    /// The title of rank that stands before the name.
    pub(crate) rank: Option<String>,
    /// Whether the article tells the person as somebody's relative.
    pub(crate) kin: bool,
    /// The age that the article gives.
    pub(crate) age: Option<u8>,
    /// The key of the acronym that the article introduces for it.
    pub(crate) acronym: Option<String>,
    /// Whether the caller named it.
    pub(crate) own: bool,
}

impl Who {
    pub(crate) fn new(kind: u8, sort: Sort, full: usize, key: String) -> Self {
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
pub(crate) struct Resolved {
    pub(crate) links: Vec<Link>,
    pub(crate) who: Vec<Who>,
}

/// The words that the rules read.
pub(crate) struct Reading<'a> {
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) lexicon: &'a mut Lexicon,
    /// What each label is.
    pub(crate) sorts: &'a [Sort],
    pub(crate) watch: &'a Watch,
}

impl Reading<'_> {
    /// The label of a sort, if there is one.
    pub(crate) fn kind(&self, sort: Sort) -> Option<u8> {
        self.sorts.iter().position(|&other| other == sort).map(|at| at as u8)
    }

    pub(crate) fn sort(&self, kind: u8) -> Sort {
        self.sorts.get(kind as usize).copied().unwrap_or(Sort::Other)
    }
}
