//! How is a text written?

mod diversity;
mod mtld;
mod readability;

pub use self::diversity::{Diversity, DiversityOptions, diversity, words};
pub use self::readability::readability;
