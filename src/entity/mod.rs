//! Who is in the news?
//!
//! A tagger finds the names in a sentence ([`Tagger`]), resolution ties the short forms of an article to the full name, and
//! counting adds up entities over the batch.

mod cache;
mod cluster;
mod cooccurrence;
mod count;
mod explain;
mod external;
mod external_rows;
mod identity;
mod join;
mod known;
mod mention;
mod select;
mod supplied;

pub use self::cache::{Cache, Mention};
pub use self::cooccurrence::{TogetherOptions, named_together};
pub use self::count::{EntityOptions, aliases, entities, entity_counts, mentions_table};
pub use self::explain::{Explanation, Step, explain};
pub use self::external::{ExternalLabels, ExternalMention, external_mentions};
pub use self::external_rows::{ExternalRow, external_rows};
pub use self::known::{Finder, WhoIsWho};
pub use self::mention::mentions;
pub use self::select::Resolution;
pub use self::supplied::types_with;
