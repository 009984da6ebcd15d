//! What do the counts of terms say?

mod count;
mod lexicon;
mod matrix;
mod terms;

pub use lexicon::{Fold, TermOptions};
pub use matrix::{Matrix, matrix};
pub use terms::terms;
