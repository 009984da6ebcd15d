//! What do the counts of terms say?

mod bootstrap;
mod compat;
mod count;
mod keyness;
mod lexicon;
mod matrix;
mod rows;
mod stem;
mod stopwords;
mod terms;

pub use compat::Compat;
pub use keyness::{KeynessOptions, Only, Prior, keyness};
pub use lexicon::{Fold, TermOptions};
pub use matrix::{Matrix, matrix};
pub use stem::Stem;
pub use stopwords::stopwords;
pub use terms::terms;
