//! Where does a word occur, and which articles answer a query?

mod bm25;
mod collocates;
mod concordance;
mod dictionary;
mod kwic;
mod matches;
mod places;
mod query;
mod search;
mod snippet;

pub use self::bm25::{Method, SearchOptions};
pub use self::collocates::{CollocateOptions, collocates};
pub(crate) use self::dictionary::each_match;
pub use self::dictionary::{Dictionary, count_categories, count_matches};
pub use self::kwic::{KwicOptions, SortBy, Window, kwic};
pub(crate) use self::matches::Hit;
pub use self::matches::matching;
pub use self::places::PlaceCache;
pub use self::search::{Index, IndexCache, search};
