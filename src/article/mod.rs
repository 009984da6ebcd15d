//! What are the parts of an article, and how is it read from a file?
//!
//! An article is a string. [`zones`] cuts it into zones: headline, dateline, byline, body, captions
//! (whose credits are stored separately) and boilerplate. Every zone is a span of the string;
//! nothing is rewritten.

mod byline;
mod credit;
mod dateline;
mod header;
mod paragraph;
mod words;
mod zone;

pub use self::credit::{Credit, find_credit};
pub use self::dateline::{Dateline, find_dateline};
pub use self::header::{Header, find_header, is_blank, opens_article};
pub use self::zone::{Details, Layout, Zone, ZoneKind, Zones, zones};
