//! What are the parts of an article, and how is it read from a file?
//!
//! An article is a string. [`zones`] cuts it into zones: headline, dateline, byline, body, captions
//! (whose credits are stored separately) and boilerplate. Every zone is a span of the string;
//! nothing is rewritten.

mod author;
mod byline;
mod clock;
mod credit;
mod dateline;
mod find;
mod furniture;
mod gallery;
mod header;
mod headline;
mod known;
mod label;
mod paragraph;
mod parties;
mod scene;
mod words;
mod zone;

pub use self::author::authors;
pub use self::credit::{Credit, find_credit};
pub use self::dateline::{Dateline, find_dateline};
pub use self::find::zones;
pub use self::header::{Header, find_header, is_blank, opens_article};
pub use self::known::known_zones;
pub use self::paragraph::Paragraphs;
pub(crate) use self::words::is_news_agency;
pub use self::zone::{Cut, Details, Known, Layout, Zone, ZoneKind, Zones};
