//! Which mentions refer to the same person?

mod batch;
mod parts;
mod tie;

pub(crate) use self::batch::BatchPeople;
