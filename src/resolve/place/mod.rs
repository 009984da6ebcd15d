//! Which place is it, and in which country?

mod evidence;
mod geo;
mod tie;

pub(crate) use self::evidence::{Evidence, about, sure};
pub use self::geo::Country;
pub(crate) use self::geo::{country_or_demonym, largest_level, places, state};
