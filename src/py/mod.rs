//! The binding: take, run, wrap. The only room that names pyo3; no algorithm lives here.

#![expect(clippy::needless_pass_by_value, reason = "what Python hands over is extracted into owned values")]

mod arrow;
mod corpus;
mod door;
mod error;
mod gazetteer;
mod intake;
mod run;
mod table;
mod tagger;
mod text;

use pyo3::prelude::*;

/// The compiled half of the Python package; `nutgraf` itself is the facade before it.
#[pymodule(gil_used = false)]
mod _core {
    #[pymodule_export]
    use super::corpus::Corpus;
    #[pymodule_export]
    use super::gazetteer::Gazetteer;
    #[pymodule_export]
    use super::table::Table;
    #[pymodule_export]
    use super::tagger::Tagger;
    #[pymodule_export]
    use super::text::{split_sentences, tokenize};

    #[allow(clippy::wildcard_imports, reason = "the macro needs what the outer module imports")]
    use super::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
