//! How often does each term occur?

mod analyzer;
mod by_article;
#[expect(clippy::module_inception, reason = "the room is named after what it holds")]
mod count;
mod csr;
mod matrix;
mod names;
mod ngram;
mod phrases;
mod ranking;
mod slots;
mod stream;
mod terms;
mod walk;
mod words;

pub(crate) use self::analyzer::{Analyzer, BREAK, Read, TermMap};
pub use self::analyzer::{Fold, TermOptions};
pub(crate) use self::by_article::{TermRows, rows};
pub(crate) use self::count::{Counting, count, count_all, grouped, weighted};
pub use self::count::{GroupCount, TermCounts};
pub(crate) use self::csr::Rows;
pub use self::matrix::{Matrix, matrix};
pub(crate) use self::names::Names;
pub(crate) use self::ngram::{Grams, TERMS};
pub(crate) use self::phrases::{Options, phrases};
pub(crate) use self::ranking::{by_name, ranked, ranked_in_order, sort_keys, taken, taken_names};
pub(crate) use self::slots::{Cell, Slots};
pub(crate) use self::stream::{Places, Reading, Stream};
pub use self::terms::terms;
pub(crate) use self::walk::{each_term, walk};
pub use self::words::words;
