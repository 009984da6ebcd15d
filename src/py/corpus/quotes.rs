//! Verbs that find and count quotations.

use pyo3::prelude::*;

use super::{Corpus, zone_set};
use crate::error::{Result, named};
use crate::py::table::Table;
use crate::quote::{self, QuoteKind};

#[pymethods]
impl Corpus {
    /// The quotations of these kinds, or how often each entity is quoted.
    fn quotes(
        &self,
        py: Python<'_>,
        by_entity: bool,
        zones: Vec<String>,
        kinds: Vec<String>,
        threads: Option<usize>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Table> {
        let set = zone_set(&zones)?;
        let kinds: Vec<QuoteKind> =
            kinds.iter().map(|name| named("kind", name, &QuoteKind::ALL)).collect::<Result<_>>()?;
        self.with_entities(py, (None, None), threads, progress.as_ref(), |resolution, watch| {
            let table = if by_entity { quote::quoted } else { quote::quotes };
            Ok(Table(table(resolution, set, &kinds, watch)?))
        })
    }
}
