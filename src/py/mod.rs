//! How does nutgraf look from Python? Each binding takes, runs and wraps. This is the only room
//! that uses pyo3, and it contains no algorithms.

#![expect(clippy::needless_pass_by_value, reason = "arguments from Python are extracted into owned values")]

mod arrow;
mod capsule;
mod corpus;
mod door;
mod error;
mod exit;
mod gazetteer;
mod intake;
mod pause;
mod run;
mod shown;
mod state;
mod table;
mod tagger;
mod text;

use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::batch;

/// The compiled half of the Python package; `nutgraf` is the facade in front of it.
#[pymodule(gil_used = false)]
mod _core {
    #[pymodule_export]
    use super::corpus::Corpus;
    #[pymodule_export]
    use super::corpus::stream::Stream;
    #[pymodule_export]
    use super::gazetteer::Gazetteer;
    #[pymodule_export]
    use super::state::State;
    #[pymodule_export]
    use super::table::Table;
    #[pymodule_export]
    use super::tagger::Tagger;
    #[pymodule_export]
    use super::text::{partitions, split_sentences, stopwords, tokenize};

    #[allow(clippy::wildcard_imports, reason = "the macro needs the imports of the outer module")]
    use super::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        heed_forks(module.py())?;
        exit::heed_exit(module.py())?;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

/// Makes the process fork only while no thread holds a lock of the core.
fn heed_forks(py: Python<'_>) -> PyResult<()> {
    #[pyfunction]
    fn before_fork() {
        batch::before_fork();
    }

    #[pyfunction]
    fn after_fork() {
        batch::after_fork();
    }

    let os = py.import("os")?;
    // Windows has no fork.
    if let Some(register) = os.getattr_opt("register_at_fork")? {
        let after = wrap_pyfunction!(after_fork, py)?;
        let hooks = PyDict::new(py);
        hooks.set_item("before", wrap_pyfunction!(before_fork, py)?)?;
        hooks.set_item("after_in_parent", &after)?;
        hooks.set_item("after_in_child", &after)?;
        register.call((), Some(&hooks))?;
    }
    Ok(())
}
