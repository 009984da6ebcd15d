//! What do the counts of terms say?

mod compare;
mod count;
mod find;
mod pair;
mod style;

pub use self::compare::{
    Compat, Dispersion, DispersionOptions, Idf, KeynessOptions, Norm, Only, Prior, TfidfOptions, dispersion,
    keyness, tfidf,
};
pub use self::count::{Fold, GroupCount, Matrix, TermCounts, TermOptions, matrix, terms, words};
pub use self::find::{
    Index, IndexCache, KwicOptions, Method, PlaceCache, SearchOptions, SortBy, count_matches, kwic, search,
};
pub use self::pair::{CollocationOptions, CooccurrenceOptions, collocations, cooccurrence};
pub use self::style::{Diversity, DiversityOptions, diversity, readability};
