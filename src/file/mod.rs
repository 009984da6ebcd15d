//! How is what was computed kept in bytes?
//!
//! [`Writer`] and [`Reader`] turn numbers, strings and tables into bytes and back; [`seal`] and
//! [`open`] put such bytes into a file that says what it is, and notice every damage.
//!
//! Invariants: the bytes depend on what is kept alone, not on threads or hash order. Nothing that
//! comes back is trusted: sizes, numbers and character boundaries are checked before they are used.

mod code;
mod envelope;

pub(crate) use self::code::{Reader, Writer, damaged, require};
pub(crate) use self::envelope::{Content, open, seal};
