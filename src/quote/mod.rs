//! Who said what?
//!
//! A paragraph is read mark by mark, so that each quotation is one unit of its sentence. Verbs are
//! then found with their subjects, and those of a list of cues, in the frames that the list gives
//! them, attribute what follows or precedes to their subject. Words inside the words of another are
//! not reported again. The words for a speaker lead to an entity.
//!
//! | file | question it answers |
//! |---|---|
//! | `cue` | Which words attribute something to a source? |
//! | `words` | What is known about a word? |
//! | `find` | Where are the quotation marks, and which belong together? |
//! | `sentence` | What is a sentence made of? |
//! | `phrase`, `verb` | Where are its noun phrases and its verbs? |
//! | `extent`, `label`, `clause` | Who attributes what to whom in it? |
//! | `read` | What is quoted in an article? |
//! | `speaker` | Which entity is the speaker? |
//! | `table` | What does it look like as a table? |

mod clause;
mod cue;
mod extent;
mod find;
mod label;
mod phrase;
mod read;
mod sentence;
mod speaker;
mod table;
mod verb;
mod words;

pub use self::read::{Quote, QuoteKind, Said};
pub use self::table::{quoted, quoted_by, quotes};
