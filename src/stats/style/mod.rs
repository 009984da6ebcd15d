//! How is a text written?

mod diversity;
mod mtld;
mod readability;
mod texts;

pub use self::diversity::{Diversity, DiversityOptions, diversity};
pub use self::readability::readability;
