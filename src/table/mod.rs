//! What does a result look like?
//!
//! A [`Table`] is named columns of one length. It knows nothing of Arrow or Python; the binding turns it into either.

mod builder;
mod column;
mod pack;
mod part;
mod print;
mod strings;
#[expect(clippy::module_inception, reason = "the room is named after what it holds")]
mod table;

pub use self::builder::{ColumnBuilder, Value};
pub use self::column::{Column, Values};
pub use self::pack::Packed;
pub use self::part::{STRIDE, copied, reserved};
pub use self::strings::{Distinct, Strings};
pub use self::table::Table;
