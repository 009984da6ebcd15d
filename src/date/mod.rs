//! When does a text say that something happens?
//!
//! | file | question it answers |
//! |---|---|
//! | `grammar` | Which words speak of time, and in which order? |
//! | `word` | What does a token say by itself? |
//! | `sentence` | What does a sentence look like to the rules? |
//! | `rules` | Which rule matches the most? |
//! | `meaning` | What does a match mean? |
//! | `find` | Which expressions does a sentence contain? |
//! | `anchor` | Where on the calendar is that? |
//! | `holiday` | On which day is a holiday? |
//! | `value` | What is the value, and which days does it cover? |

mod anchor;
mod find;
mod grammar;
mod holiday;
mod meaning;
mod rules;
mod sentence;
mod value;
mod word;
mod scratch;
pub use scratch::*;

pub(crate) use self::find::Found;
