//! How is a text written?

mod diversity;
mod lengths;
mod mtld;
mod readability;
mod texts;

pub use self::diversity::{Diversity, DiversityOptions, diversity};
pub use self::lengths::LengthCounts;
pub use self::readability::readability;
