//! What do the counts of terms say?

mod compare;
mod count;
mod find;
mod pair;
mod style;

pub use self::compare::{
    Compat, Dispersion, DispersionOptions, Idf, KeynessOptions, Norm, Only, Prior, TfidfOptions, dispersion,
    keyness, keyness_by, keyness_of_counts, keyness_of_groups, tfidf, tfidf_of_counts,
};
pub(crate) use self::count::TermMap;
pub use self::count::{Fold, GroupCount, Matrix, TermCounts, TermOptions, matrix, terms, words};
pub use self::find::{
    CollocateOptions, Dictionary, Index, IndexCache, KwicOptions, Method, PlaceCache, SearchOptions, SortBy,
    Window, collocates, count_categories, count_matches, kwic, matching, search,
};
pub(crate) use self::find::{Hit, each_match};
pub use self::pair::{
    CollocationOptions, CooccurrenceOptions, PairCounts, Pairing, collocations, cooccurrence,
    weighted_collocations,
};
pub use self::style::{Diversity, DiversityOptions, LengthCounts, diversity, readability};
