//! Which story does an article report, and how many others report it?
//!
//! With the defaults of [`CopyOptions`]: what leaves copies out, weighs them or names them asks
//! here, so all mean the same copies.

use super::cluster::Role;
use super::pairs::CopyOptions;
use super::table::find;
use crate::batch::Watch;
use crate::corpus::{Corpus, Weights};
use crate::error::Result;

/// What an article is in its cluster.
#[derive(Debug, Clone, Copy)]
pub struct Story {
    /// The position of the first article.
    pub first: u32,
    /// What the article is among them.
    pub role: Role,
    /// The number of articles, this one included.
    pub copies: u32,
}

/// The stories that several articles of a selection report.
#[derive(Debug)]
pub struct Stories {
    /// By position; `None` for an article that has no copy.
    of_article: Vec<Option<Story>>,
}

impl Stories {
    /// The stories of a selection, by the default options of copies.
    ///
    /// # Errors
    /// Cancellation.
    pub fn new(corpus: &Corpus, watch: &Watch) -> Result<Self> {
        let copies = find(corpus, CopyOptions::default(), watch)?;
        let mut of_article = vec![None; corpus.len()];
        for cluster in watch.through(&copies.clusters) {
            let position = |rank: u32| copies.ranked[rank as usize];
            let Some(first) = cluster.first() else { continue };
            for member in cluster {
                let (first, role) = (position(first.rank), member.role);
                of_article[position(member.rank) as usize] =
                    Some(Story { first, role, copies: cluster.len() as u32 });
            }
        }
        watch.check()?;
        Ok(Self { of_article })
    }

    /// The story of the article at a position, if others report it too.
    pub fn of(&self, position: usize) -> Option<Story> {
        self.of_article.get(position).copied().flatten()
    }

    /// Whether each article is a copy of an earlier one.
    pub fn copied(&self) -> Vec<bool> {
        let copied = |story: &Option<Story>| story.is_some_and(|story| story.role != Role::First);
        self.of_article.iter().map(copied).collect()
    }

    /// The articles of the selection, each of which counts as one n-th if there are n copies of its
    /// story.
    pub fn counted_once(&self, corpus: &Corpus) -> Corpus {
        /// With n-grams of all lengths up to ten, no count exceeds this many times the tokens.
        const PER_TOKEN: u64 = 16;
        let mut copies = vec![1; corpus.store().len()];
        for (article, story) in corpus.articles().zip(&self.of_article) {
            copies[article.row as usize] = story.map_or(1, |story| story.copies);
        }
        let most = PER_TOKEN * (corpus.store().tokens() + corpus.store().len()) as u64;
        corpus.weighted(Weights::of_copies(&copies, most))
    }
}
