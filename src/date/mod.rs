//! When does a text say that something happens?
//!
//! The expressions of a sentence are found by the rules of a language, a file of
//! `src/data`, and get their place on the calendar from the date of the article and from the dates
//! before them in the text. The clock of the machine is never read.
//!
//! | file | question it answers |
//! |---|---|
//! | `value` | What is the value, and which days does it cover? |
//! | `holiday` | On which day is a holiday? |
//! | `grammar` | Which words speak of time, and in which order? |
//! | `role` | What can a small word do around a time expression? |
//! | `word` | What does a token say by itself? |
//! | `sentence` | What does a sentence look like to the rules? |
//! | `rules` | Which rule matches the most? |
//! | `meaning` | What does a match mean? |
//! | `accept` | Is that a time expression here? |
//! | `join` | Which neighbours are one expression? |
//! | `tense` | Does the sentence speak of the past or of the future? |
//! | `anchor` | Where on the calendar is that? |
//! | `find` | Which expressions does a sentence contain? |
//! | `article` | Which does an article contain? |
//! | `table` | What do they look like as a table? |

mod accept;
mod anchor;
mod article;
mod find;
mod grammar;
mod holiday;
mod join;
mod meaning;
mod role;
mod rules;
mod sentence;
mod table;
mod tense;
mod value;
mod word;

pub use self::article::{ArticleDate, dates};
