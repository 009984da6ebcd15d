//! How do the counts of two texts, or of many, differ?

mod bootstrap;
mod compared;
mod compat;
mod dispersion;
mod intervals;
mod keyness;
mod options;
mod scale;
mod side;
mod tfidf;

pub use self::compat::Compat;
pub(crate) use self::compat::all_named;
pub use self::dispersion::{Dispersion, DispersionOptions, dispersion};
pub use self::keyness::{keyness, keyness_by, keyness_of_counts, keyness_of_groups};
pub use self::options::{KeynessOptions, Only, Prior};
pub use self::tfidf::{Idf, Norm, TfidfOptions, tfidf, tfidf_of_counts};
