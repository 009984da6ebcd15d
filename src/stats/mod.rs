//! What do the counts of terms say?

mod bootstrap;
mod collocations;
mod compat;
mod cooccurrence;
mod count;
mod dispersion;
mod keyness;
mod keyness_options;
mod lexicon;
mod matrix;
mod phrases;
mod ranking;
mod rows;
mod search;
mod snippet;
mod stem;
mod stopwords;
mod terms;
mod tfidf;

pub use collocations::{CollocationOptions, collocations};
pub use compat::Compat;
pub use cooccurrence::{CooccurrenceOptions, Within, cooccurrence};
pub use dispersion::{Dispersion, DispersionOptions, dispersion};
pub use keyness::keyness;
pub use keyness_options::{KeynessOptions, Only, Prior};
pub use lexicon::{Fold, TermOptions};
pub use matrix::{Matrix, matrix};
pub use search::{IndexCache, Method, SearchOptions, search};
pub use stem::Stem;
pub use stopwords::stopwords;
pub use terms::terms;
pub use tfidf::{Idf, Norm, TfidfOptions, tfidf};
