//! Which mentions of an article refer to the same entity?
//!
//! Within an article a full name is given once, and short forms follow: `Kim Jong Un`, then `Mr
//! Kim`; `Korean Central News Agency (KCNA)`, then `KCNA`; `the United States`, then `America`.
//! Each kind of name has a separate file of rules; every link records its [`Rule`], so that a
//! reader can ask for the reason. A mention that fits two entities is linked to neither.
//!
//! Invariants: every mention has exactly one entity; the names in a byline or in boilerplate are
//! not evidence for those of the story. Cost: linear in the mentions of the article, whatever they
//! are. An article may have millions of mentions, so each loop over them checks for cancellation.

mod article;
mod candidate;
mod fold;
mod key;
mod lexicon;
mod link;
mod lists;
mod name;
mod numbering;
mod organisation;
mod person;
mod place;
mod rejoin;
mod relabel;
#[expect(clippy::module_inception, reason = "the room is named after its main function")]
mod resolve;
mod rule;
mod spelling;
mod supplied;

pub(crate) use self::candidate::Candidate;
pub(crate) use self::fold::parts_of;
pub(crate) use self::key::Key;
pub(crate) use self::lexicon::NameInterner;
pub(crate) use self::link::{ArticleEntity, ResolveContext};

pub(crate) use self::candidate::{Source, Tagged};
pub(crate) use self::link::Resolved;
pub use self::link::{EntityKind, Link};
pub(crate) use self::lists::{Gender, gender_of_name, is_company_word, is_unit_word, without_form};
pub(crate) use self::person::BatchPeople;
pub use self::place::Country;
pub(crate) use self::rejoin::rejoin;
pub(crate) use self::resolve::resolve;
pub use self::rule::Rule;
pub(crate) use self::spelling::spelt;
pub(crate) use self::supplied::settle;
