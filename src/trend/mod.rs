//! How does the frequency of an item change over time?
//!
//! Other rooms count by period ([`collect`]). This room turns the counts into shares, series, tests
//! for a trend, and bursts.

mod burst;
mod collect;
mod counts;
mod dates;
mod mentioned;
mod series;

pub use burst::{BurstOptions, bursts, decode};
pub(crate) use collect::Divided;
pub use collect::{Followed, collect};
pub use counts::{Cell, Counts};
pub use dates::DateCounts;
pub use mentioned::{collect_mentioned, timeline};
pub use series::{Share, TrendOptions, mann_kendall, theil_sen, trend};
