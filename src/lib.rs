//! nutgraf turns batches of news articles into numbers.
//!
//! The rooms, in the order in which the data walks through them; each imports only rooms above it:
//!
//! | room | question it answers |
//! |---|---|
//! | [`error`], [`hash`], [`span`], [`table`] | What went wrong and where? How are maps hashed? Which piece of a text? What does a result look like? |
//! | [`data`] | How is a word list read? |
//! | [`text`] | Where are the tokens and sentences of a string? |
//! | [`article`] | What are the parts of an article, and how is it read from a file? |
//! | [`batch`] | How is work spread over threads, and stopped? |
//! | [`corpus`] | How are many articles held as integers? |
//! | [`measure`] | How far is a count from what chance would give? Formulas of counts alone, which every room below may use. |
//! | [`stats`] | What do the counts of terms say? |
//! | [`keyword`] | What is a story about? |
//! | [`entity`] | Who is in the news? |
//! | [`trend`] | How does something come and go over time? |

pub mod article;
pub mod batch;
pub mod calendar;
pub mod corpus;
pub mod data;
pub mod entity;
pub mod error;
pub mod hash;
pub mod keyword;
pub mod measure;
pub mod span;
pub mod stats;
pub mod table;
pub mod text;
pub mod trend;

#[cfg(feature = "python")]
mod py;
