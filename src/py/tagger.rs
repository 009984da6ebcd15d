//! `nutgraf._core.Tagger`: sentences in, labels out; training, saving and loading.

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyString};

use super::run::{SignalCheck, run, run_reporting};
use super::table::Table;
use crate::batch::Watch;
use crate::error::{Error, Kind};
use crate::tagger::{Epoch, Example, TrainOptions};

/// A trained named-entity recogniser.
#[pyclass(module = "nutgraf._core", frozen)]
pub(super) struct Tagger(pub(super) Model);

/// A supplied tagger, or the one that is included in the crate.
pub(super) enum Model {
    Default,
    Supplied(Box<crate::tagger::Tagger>),
}

impl Tagger {
    pub(super) fn get(&self) -> crate::error::Result<&crate::tagger::Tagger> {
        match &self.0 {
            Model::Default => crate::tagger::Tagger::default_model(),
            Model::Supplied(tagger) => Ok(tagger),
        }
    }
}

/// How a tagger is trained.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Training {
    seed: u64,
    orders: usize,
    epochs: usize,
    min_count: u32,
    dropout: f32,
    patience: usize,
    progress: Option<Py<PyAny>>,
}

/// One list of strings per sentence.
type Sentences<'a, 'py> = &'a Bound<'py, PyList>;

fn strings(sentences: Sentences<'_, '_>) -> PyResult<Vec<Vec<String>>> {
    let mut signals = SignalCheck::new(sentences.py());
    let sentence = |sentence: Bound<'_, PyAny>| {
        let mut strings = Vec::new();
        for string in sentence.try_iter()? {
            let string: String = string?.extract()?;
            signals.after(string.len())?;
            strings.push(string);
        }
        Ok(strings)
    };
    sentences.iter().map(sentence).collect()
}

fn examples(sentences: Sentences<'_, '_>, labels: Sentences<'_, '_>) -> PyResult<Vec<Example>> {
    if sentences.len() != labels.len() {
        let what = format!("there are {} sentences and {} lists of labels", sentences.len(), labels.len());
        return Err(Error::new(Kind::BadOption, what).in_field("labels").into());
    }
    let pairs = strings(sentences)?.into_iter().zip(strings(labels)?);
    Ok(pairs.map(|(tokens, labels)| Example { tokens, labels, weight: 1.0 }).collect())
}

#[pymethods]
impl Tagger {
    /// The model that is included in the package.
    #[staticmethod]
    #[pyo3(name = "default")]
    fn default_model() -> PyResult<Self> {
        crate::tagger::Tagger::default_model()?;
        Ok(Self(Model::Default))
    }

    #[staticmethod]
    fn from_bytes(content: &[u8]) -> PyResult<Self> {
        Ok(Self(Model::Supplied(Box::new(crate::tagger::Tagger::from_bytes(content)?))))
    }

    fn to_bytes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        Ok(PyBytes::new(py, &self.get()?.to_bytes()))
    }

    /// The types of entities.
    fn types(&self) -> PyResult<Vec<String>> {
        Ok(self.get()?.labels().types().to_vec())
    }

    /// The IOB2 labels of sentences, which are given as lists of tokens.
    fn tag<'py>(
        &self,
        py: Python<'py>,
        sentences: Sentences<'_, 'py>,
        threads: Option<usize>,
    ) -> PyResult<Bound<'py, PyList>> {
        let (tagger, watch, sentences) = (self.get()?, Watch::default(), strings(sentences)?);
        let labelled = run(py, threads, &watch, None, || tagger.tag_all(&sentences, &watch))?;
        let names: Vec<Bound<'py, PyString>> = (0..tagger.labels().len() as u8)
            .map(|label| PyString::intern(py, tagger.labels().name(label)))
            .collect();
        let (list, mut signals) = (PyList::empty(py), SignalCheck::new(py));
        for labels in &labelled {
            list.append(PyList::new(py, labels.iter().map(|&label| &names[label as usize]))?)?;
            signals.after(8 * labels.len())?;
        }
        Ok(list)
    }

    /// Precision, recall and F1 on labelled sentences.
    fn evaluate(
        &self,
        py: Python<'_>,
        sentences: Sentences<'_, '_>,
        labels: Sentences<'_, '_>,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (tagger, watch, given) = (self.get()?, Watch::default(), examples(sentences, labels)?);
        Ok(Table(run(py, threads, &watch, None, || crate::tagger::evaluate(tagger, &given, &watch))?))
    }

    /// A tagger that is trained on labelled sentences, with the word clusters of the default model.
    #[staticmethod]
    fn train(
        py: Python<'_>,
        sentences: Sentences<'_, '_>,
        labels: Sentences<'_, '_>,
        dev: Option<(Bound<'_, PyList>, Bound<'_, PyList>)>,
        training: Training,
    ) -> PyResult<Self> {
        let given = examples(sentences, labels)?;
        let dev = dev.map_or(Ok(Vec::new()), |(sentences, labels)| examples(&sentences, &labels))?;
        let Training { seed, orders, epochs, min_count, dropout, patience, progress } = training;
        let options = TrainOptions { seed, orders, epochs, min_count, dropout, patience };
        let clusters = crate::tagger::Tagger::default_model()?.clusters().clone();
        let watch = Watch::default();
        let receive = |py: Python<'_>, epoch: Epoch| {
            let Some(progress) = &progress else { return Ok(()) };
            progress.call1(py, (epoch.number, epoch.accuracy, epoch.dev_f1)).map(|_| ())
        };
        let tagger = run_reporting(py, &watch, receive, |report| {
            crate::tagger::train(&given, &dev, clusters, &options, &watch, report)
        })?;
        Ok(Self(Model::Supplied(Box::new(tagger))))
    }
}
