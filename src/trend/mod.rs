//! How does something come and go over time?
//!
//! Counts by period come from other rooms ([`collect`]); here they become shares, series, tests of a trend and bursts.

mod burst;
mod collect;
mod counts;
mod series;

pub use burst::{BurstOptions, bursts, decode};
pub use collect::{Followed, collect};
pub use counts::{Cell, Counts};
pub use series::{Share, TrendOptions, mann_kendall, theil_sen, trend};
