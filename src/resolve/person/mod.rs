//! Which mentions of a person are the same person?

mod batch;
mod parts;
mod tie;

pub(crate) use self::batch::BatchPeople;
