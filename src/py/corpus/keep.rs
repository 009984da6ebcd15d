//! A corpus as bytes, and several corpora as one.

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;

use super::Corpus;
use crate::batch::Watch;
use crate::corpus::{self, ConcatIds};
use crate::entity::WhoIsWho;
use crate::error::{Error, Kind, Result};
use crate::py::run::run;

impl Corpus {
    /// # Errors
    /// [`Kind::BadOption`]: the mentions are external, and would be lost.
    fn expect_own_mentions(&self) -> Result<()> {
        if self.who_is_who.is_external() {
            let what = "the corpus has external mentions, from with_mentions, which are not kept; \
                        expected a corpus without them; call with_mentions afterwards";
            return Err(Error::new(Kind::BadOption, what));
        }
        Ok(())
    }
}

#[pymethods]
impl Corpus {
    /// The corpus as the content of a file.
    fn to_bytes<'py>(
        &self,
        py: Python<'py>,
        entities: bool,
        threads: Option<usize>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let watch = Watch::default();
        let bytes =
            run(py, threads, &watch, None, || self.who_is_who.to_bytes(&self.articles, entities, &watch))?;
        Ok(PyBytes::new(py, &bytes))
    }

    #[staticmethod]
    #[expect(clippy::needless_pass_by_value, reason = "pyo3 passes the bytes by value")]
    fn from_bytes(py: Python<'_>, content: PyBackedBytes, threads: Option<usize>) -> PyResult<Self> {
        let watch = Watch::default();
        let (articles, who_is_who) =
            run(py, threads, &watch, None, || WhoIsWho::from_bytes(&content, &watch))?;
        Ok(Self::with_names(articles, who_is_who))
    }

    /// The articles of several corpora, with their ids, or with positions as ids.
    #[staticmethod]
    fn concat(
        py: Python<'_>,
        corpora: Vec<Bound<'_, Self>>,
        renumber: bool,
        threads: Option<usize>,
    ) -> PyResult<Self> {
        let corpora: Vec<corpus::Corpus> = corpora
            .iter()
            .map(|corpus| {
                corpus.get().expect_own_mentions()?;
                Ok(corpus.get().articles.clone())
            })
            .collect::<Result<_>>()?;
        let ids = if renumber { ConcatIds::Renumber } else { ConcatIds::Keep };
        let watch = Watch::default();
        let articles = run(py, threads, &watch, None, || {
            corpus::Corpus::concat(&corpora.iter().collect::<Vec<_>>(), ids, &watch)
        })?;
        Ok(Self::new(articles))
    }
}
