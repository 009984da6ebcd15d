//! What does a result look like?
//!
//! A [`Table`] is a list of named columns of equal length. It knows nothing about Arrow or Python;
//! the binding converts it to either.

mod builder;
mod cell;
mod column;
mod concat;
mod order;
mod pack;
mod part;
mod print;
mod strings;
#[expect(clippy::module_inception, reason = "the room is named after its main type")]
mod table;

pub use self::builder::{ColumnBuilder, Value};
pub use self::cell::Cut;
pub use self::column::{Column, Values};
pub use self::pack::Packed;
pub use self::part::{STRIDE, copied, reserved};
pub use self::print::{Extent, Shape};
pub use self::strings::{Distinct, Strings};
pub use self::table::Table;
