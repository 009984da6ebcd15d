//! Where does a word occur, and which articles answer a query?

mod bm25;
mod concordance;
mod kwic;
mod places;
mod query;
mod search;
mod snippet;

pub use self::bm25::{Method, SearchOptions};
pub use self::kwic::{KwicOptions, SortBy, count_matches, kwic};
pub use self::places::PlaceCache;
pub use self::search::{Index, IndexCache, search};
