//! Which texts are measured separately: articles, or groups of them?

use crate::batch::Watch;
use crate::corpus::{Corpus, Groups, Unit};
use crate::error::Result;
use crate::table::Table;

/// The texts of a selection: one per article if no group is named, otherwise one per group.
pub(super) struct Texts<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) groups: Groups,
    by_article: bool,
}

impl<'a> Texts<'a> {
    /// # Errors
    /// [`Corpus::groups`].
    pub(super) fn new<S: AsRef<str>>(corpus: &'a Corpus, by: &[S], watch: &Watch) -> Result<Self> {
        Ok(Self { corpus, groups: corpus.groups(by, watch)?, by_article: by.is_empty() })
    }

    /// One text per group.
    pub(super) fn of_groups(corpus: &'a Corpus, groups: Groups) -> Self {
        Self { corpus, groups, by_article: false }
    }

    /// Whether each article is a text.
    pub(super) fn is_by_article(&self) -> bool {
        self.by_article
    }

    /// The text that an article of a unit belongs to.
    pub(super) fn of(&self, unit: &Unit, position: u32) -> u32 {
        if self.by_article { position } else { unit.group }
    }

    /// The first columns of a table with one row per text: article, or the keys of the group.
    ///
    /// # Errors
    /// Cancellation.
    pub(super) fn keys(&self, texts: &[u32], watch: &Watch) -> Result<Table> {
        if self.by_article {
            return Table::new().with("article", self.corpus.ids_of(texts, watch)?);
        }
        let others = ["tokens", "types", "words", "sentences"];
        let columns = self.groups.key_columns(texts, &others, watch)?;
        columns.into_iter().try_fold(Table::new(), |table, (name, column)| table.with(name, column))
    }
}
