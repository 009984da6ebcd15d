//! Verbs that find and count quotations.

use pyo3::prelude::*;

use super::{Corpus, zone_set};
use crate::error::{Result, named};
use crate::py::table::Table;
use crate::quote::{self, QuoteKind};

#[pymethods]
impl Corpus {
    /// The quotations of these kinds, in all articles or in the one at a position, or how often
    /// each entity is quoted.
    #[expect(clippy::too_many_arguments, reason = "a Python signature with named arguments")]
    fn quotes(
        &self,
        py: Python<'_>,
        by_entity: bool,
        zones: Vec<String>,
        kinds: Vec<String>,
        only: Option<usize>,
        weighted: bool,
        threads: Option<usize>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Table> {
        let set = zone_set(&zones)?;
        let kinds: Vec<QuoteKind> =
            kinds.iter().map(|name| named("kind", name, &QuoteKind::ALL)).collect::<Result<_>>()?;
        self.with_entities(py, (None, None), threads, progress.as_ref(), |resolution, watch| {
            Ok(Table(if by_entity {
                let articles = self.counted(weighted, watch)?;
                quote::quoted(&resolution.of_articles(&articles), set, &kinds, watch)?
            } else {
                quote::quotes(resolution, only, set, &kinds, watch)?
            }))
        })
    }
}
