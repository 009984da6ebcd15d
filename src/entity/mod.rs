//! Who is in the news?
//!
//! A tagger finds candidates, which are spans in a text that may be names ([`Tagger`]). Resolution
//! links the mentions of one article to the entities of that article, so that a short form leads to
//! the full name. The entities of all articles of a selection are then clustered: each cluster of
//! article entities is one entity of the selection, and verbs count the mentions of these.

mod cache;
mod cluster;
mod cooccurrence;
mod count;
mod evidence;
mod explain;
mod external;
mod external_rows;
mod identity;
mod join;
mod keep;
mod keyname;
mod keyness;
mod known;
mod mention;
mod outline;
mod select;
mod supplied;

pub use self::cache::{Cache, Mention};
pub use self::cooccurrence::{CooccurrenceOptions, cooccurrence};
pub(crate) use self::count::mentions_of;
pub use self::count::{EntityOptions, aliases, entities, entity_counts, mentions_table};
pub use self::explain::{Explanation, Step, explain};
pub use self::external::{ExternalLabels, ExternalMention, external_mentions};
pub use self::external_rows::{ExternalRow, external_rows};
pub use self::keyname::names;
pub use self::keyness::KeyEntities;
pub use self::known::{Finder, WhoIsWho};
pub use self::mention::mentions;
pub(crate) use self::outline::NameOutlines;
pub use self::select::Resolution;
pub(crate) use self::select::SelectedMention;
pub use self::supplied::types_with;
