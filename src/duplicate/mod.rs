//! Which articles are copies?
//!
//! An article is the set of its shingles: five words in a row of its body, without case,
//! typography and house style. Headline, dateline, byline and boilerplate are not part of it, so a
//! new headline or another outlet's dateline makes no difference. Two articles are compared by the
//! share of the smaller set that is in the other (containment), or of both together (Jaccard).
//!
//! Every pair that reaches the threshold is found, and each is verified on the sets themselves: of
//! two sets that share so much, the rarest shingles of the smaller one cannot all be missing from
//! the other, so only articles with one of them in common are compared (prefix filtering:
//! Chaudhuri, Ganti & Kaushik 2006; Bayardo, Ma & Srikant 2007). Only in a group of more than 64
//! articles with the same rare shingles is an article compared with some of them, so that time
//! stays linear.
//!
//! | file | question it answers |
//! |---|---|
//! | `shingle` | Which shingles does an article have, and which of them do others have? |
//! | `pairs` | Which two articles are copies of each other? |
//! | `cluster` | Which articles are copies of one story, and in which role? |
//! | `span` | Which passages does a copy share with the first article of its story? |
//! | `story` | Which story does an article report, and how many others report it? |
//! | `table` | What do they look like as a table? |

mod cluster;
mod pairs;
mod shingle;
mod span;
mod story;
mod table;

pub use self::cluster::Role;
pub use self::pairs::{CopyOptions, Measure};
pub use self::span::copy_spans;
pub use self::story::{Stories, Story};
pub use self::table::{copies, copy_pairs};
