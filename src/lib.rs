//! nutgraf turns batches of news articles into numbers.
//!
//! The rooms, in the order in which the data walks through them; each imports only rooms above it:
//!
//! | room | question it answers |
//! |---|---|
//! | [`error`] | What went wrong, and where? |
//! | [`hash`] | How are maps hashed? |
//! | [`span`] | Which piece of a text is meant? |
//! | [`batch`] | How is work spread over threads, watched and stopped? |
//! | [`calendar`] | On which day, and in which period? |
//! | [`table`] | What does a result look like? |
//! | [`file`] | How is what was computed kept in bytes? |
//! | [`language`] | What does each language bring? |
//! | [`text`] | Where are the tokens and sentences of a string? |
//! | [`article`] | What are the zones of an article? |
//! | [`read`] | Which articles does a file hold? |
//! | [`corpus`] | How are many articles held as integers, selected and grouped? |
//! | [`date`] | When does a text say that something happens? |
//! | [`measure`] | How far is a count from what chance would give? |
//! | [`stats`] | What do the counts of terms say? |
//! | [`keyword`] | What is a story about? |
//! | [`tagger`] | Which tokens are names, and of what kind? |
//! | [`gazetteer`] | Where does a list of names occur? |
//! | [`resolve`] | Which names of an article mean the same? |
//! | [`entity`] | Who is in the news? |
//! | [`quote`] | Who said what? |
//! | [`duplicate`] | Which articles are copies? |
//! | [`trend`] | How does something come and go over time? |
//! | [`state`] | What is known of articles without their texts? |
//! | `py` | How does it look from Python? |
//!
//! From a file to a corpus to a table:
//!
//! ```
//! use nutgraf::batch::Watch;
//! use nutgraf::corpus::{Corpus, Options, RoleNames, ZoneSet};
//! use nutgraf::read::{Reading, Records, read_bytes};
//! use nutgraf::stats::{TermOptions, terms};
//!
//! let file = br#"{"text": "Rain fell on Lisbon.", "date": "2019-01-08"}
//!                {"text": "The rain stopped.", "date": "2019-01-09"}"#;
//! let (watch, mut records) = (Watch::default(), Records::default());
//! let reading = Reading::new(None, "text", &watch);
//! read_bytes(file, "news.jsonl", &reading, &mut records)?;
//! let corpus = Corpus::from_records(records, RoleNames::default(), Options::default(), &watch)?;
//! let table = terms(&corpus, &["day"], ZoneSet::default(), &TermOptions::default(), &watch)?;
//! let row = |at: usize| ["day", "term", "count"].map(|name| table.column(name)?.show(at));
//! assert_eq!(row(2), [Some("2019-01-08".into()), Some("on".into()), Some("1".into())]);
//! # Ok::<(), nutgraf::error::Error>(())
//! ```
//!
//! [`read::read_files`] reads files from the disk, several at once; articles that are in memory go
//! into a [`corpus::Builder`] one by one.

pub mod article;
pub mod batch;
pub mod calendar;
pub mod corpus;
pub mod date;
pub mod duplicate;
pub mod entity;
pub mod error;
pub mod file;
pub mod gazetteer;
pub mod hash;
pub mod keyword;
pub mod language;
pub mod measure;
pub mod quote;
pub mod read;
pub mod resolve;
pub mod span;
pub mod state;
pub mod stats;
pub mod table;
pub mod tagger;
pub mod text;
pub mod trend;

#[cfg(feature = "python")]
mod py;
