//! Corpora of files that do not fit into memory together.

use pyo3::prelude::*;

use super::Corpus;
use super::build::Given;
use super::roles::Settings;
use crate::batch::Guarded;
use crate::corpus::CorpusStream;
use crate::error::{Error, Kind};
use crate::py::run::{run, run_reporting};
use crate::read::{Format, OwnedFile};

/// Corpora of the articles in files, one after another.
#[pyclass(frozen, module = "nutgraf._core")]
pub(crate) struct Stream {
    /// `None` while a corpus is made of it, and after an error.
    stream: Guarded<Option<CorpusStream>>,
    threads: Option<usize>,
}

#[pymethods]
impl Stream {
    #[new]
    fn new(
        files: Vec<Given>,
        format: Option<&str>,
        text: String,
        settings: &Bound<'_, PyAny>,
    ) -> PyResult<Self> {
        let settings: Settings = settings.extract()?;
        let format = format.map(Format::from_name).transpose()?;
        let owned = |(path, reason, content): Given| match (reason, content) {
            (Some(reason), _) => OwnedFile::Unreadable(path, reason),
            (None, Some(content)) => {
                OwnedFile::Content(path.to_string_lossy().into_owned(), content.to_vec())
            }
            (None, None) => OwnedFile::Path(path),
        };
        let files = files.into_iter().map(owned).collect();
        let notes = settings.notes().collect();
        let (names, options) = (settings.names()?, settings.options());
        let stream = CorpusStream::open(files, format, settings.encoding()?, text, names, options, notes)?;
        Ok(Self { stream: Guarded::new(Some(stream)), threads: settings.threads })
    }

    /// The corpus of the next `count` records, and how many came with it; `None` after the last.
    fn next(&self, py: Python<'_>, count: usize) -> PyResult<Option<(Corpus, u64)>> {
        let taken = py.detach(|| self.stream.with(Option::take));
        let mut stream = taken
            .ok_or_else(|| Error::new(Kind::BadOption, "the stream has ended, or another thread reads it"))?;
        let watch = stream.watch().clone();
        let records = run_reporting(py, &watch, |_, ()| Ok(()), |_| stream.records(count))?;
        let make = |records| run(py, self.threads, &watch, None, || stream.corpus(records));
        let corpus = records.map(make).transpose()?;
        let position = stream.position();
        py.detach(|| self.stream.with(|place| *place = Some(stream)));
        Ok(corpus.map(|corpus| (Corpus::new(corpus), position)))
    }
}
