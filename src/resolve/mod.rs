//! Which mentions of an article are of one and the same?
//!
//! Within an article a full name is given once, and short forms follow: `Kim Jong Un`, then `Mr Kim`; `Korean Central News
//! Agency (KCNA)`, then `KCNA`; `the United States`, then `America`. Each kind of name has its own file of rules; every tie
//! remembers its [`Rule`], so that a reader can ask why. What fits two is tied to neither.
//!
//! Invariants: every mention has one entity; the names of a byline or of boilerplate are no evidence for the story's.
//! Cost: linear in the mentions of the article, whatever they are. An article may have millions, so each loop over them hears a stop.

mod article;
mod candidate;
mod fold;
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
#[expect(clippy::module_inception, reason = "the room is named after what it holds")]
mod resolve;
mod rule;
mod spelling;
mod supplied;

pub(crate) use self::candidate::{Found, Source, Tagged};
pub(crate) use self::lexicon::Lexicon;
pub use self::link::{Link, Sort};
pub(crate) use self::link::{Reading, Resolved, Who};
pub(crate) use self::lists::Gender;
pub(crate) use self::person::BatchPeople;
pub use self::place::Country;
pub(crate) use self::rejoin::mend;
pub(crate) use self::resolve::resolve;
pub use self::rule::Rule;
pub(crate) use self::spelling::spelt;
pub(crate) use self::supplied::settle;
