//! How does something come and go over time?
//!
//! Counts by period come from other rooms ([`Counts`]); here they become shares, series, tests of a trend and bursts. Nothing here knows
//! of articles or words.

mod burst;
mod counts;
mod series;

pub use burst::{BurstOptions, bursts, decode};
pub use counts::Counts;
pub use series::{Share, TrendOptions, mann_kendall, theil_sen, trend};
