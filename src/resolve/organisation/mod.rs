//! Which mentions of an organisation refer to the same one?

mod parts;
mod tie;

pub(crate) use self::parts::{may_introduce, spells, without_legal_form};
