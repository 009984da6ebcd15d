//! Which tokens of a sentence name somebody or something?
//!
//! Tagging a token is a sum: the contribution of each word within two tokens is computed once for
//! each distinct word and cached; then the contribution of words together with their neighbours is
//! added, and the best sequence is decoded. All sums are integers, so they are the same on every
//! machine.

use super::agree::agree;
use super::cluster::ClusterTable;
use super::decode::{Decoder, Transitions};
use super::example::Example;
use super::feature::{EDGE, Essence, SEATS, features, joins};
use super::firms::{label_firms, label_short_forms};
use super::label::Labels;
use super::network::{Network, SAID};
use super::repair::{Kinds, repair};
use super::teams::label_teams;
use super::title_case::as_sentences;
use super::weights::{Weights, add};
use super::window::{DISTANCES, REACH};
use crate::batch::{Static, Watch, map_with_state};
use crate::error::Result;
use crate::hash::Map;

/// A trained named-entity recogniser.
#[derive(Debug, Clone, PartialEq)]
pub struct Tagger {
    pub(crate) labels: Labels,
    pub(crate) clusters: ClusterTable,
    pub(crate) weights: Weights,
    pub(crate) transitions: Vec<i16>,
    /// The network that adds to the scores of the weights, if there is one.
    pub(crate) network: Option<Network>,
    wide_transitions: Vec<i32>,
}

/// What is cached for distinct words: the sums of their weights, and what their neighbours need.
#[derive(Debug, Clone, Default)]
pub struct WordTable {
    /// By word, distance and label.
    sums: Vec<i16>,
    /// The contribution of each word to the network.
    said: Vec<i16>,
    essences: Vec<Essence>,
}

impl WordTable {
    /// The number of words.
    pub fn len(&self) -> usize {
        self.essences.len()
    }

    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.essences.is_empty()
    }
}

/// Buffers that are reused, and the words seen so far.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    numbers: Map<String, u32>,
    table: WordTable,
    words: Vec<u32>,
    scores: Vec<i32>,
    decoder: Decoder,
}

/// The cached words are cleared when there are this many: each takes more than half a kilobyte.
pub(crate) const MOST_WORDS: usize = 1 << 18;

/// The maximum number of tokens that are tagged as one sentence. No sentence of running text is
/// longer. A longer one, such as a list of all the words of a book, is tagged as if it were several
/// sentences, so that memory is bounded and the work can be cancelled.
pub(crate) const LONGEST: usize = 1 << 14;

/// If the perceptron prefers a label to all others by at least the largest weight, the network is
/// not evaluated.
const CERTAIN: i32 = Tagger::SCALE as i32;

/// The difference between the best score and the second best.
fn margin(scores: &[i32]) -> i32 {
    let (mut best, mut second) = (i32::MIN / 2, i32::MIN / 2);
    for &score in scores {
        second = second.max(score.min(best));
        best = best.max(score);
    }
    best - second
}

impl Tagger {
    /// The largest weight after quantisation.
    pub(crate) const SCALE: f32 = 2000.0;

    /// A feature without a weight of at least this size is dropped.
    pub(crate) const LEAST: i16 = 30;

    /// Weights are rounded to multiples of this, so that their file is small: with 20 in place of 1
    /// it is a quarter smaller, and the F1 on other text is the same within a tenth of a point.
    pub(crate) const STEP: i16 = 20;

    pub(crate) fn new(
        labels: Labels,
        clusters: ClusterTable,
        weights: Weights,
        transitions: Vec<i16>,
    ) -> Self {
        let wide_transitions = transitions.iter().map(|&weight| i32::from(weight)).collect();
        Self { labels, clusters, weights, transitions, network: None, wide_transitions }
    }

    /// The same tagger with a network that adds to its scores.
    #[must_use]
    pub fn with_network(self, network: Option<Network>) -> Self {
        Self { network, ..self }
    }

    /// The model that is included in the crate.
    ///
    /// # Errors
    /// [`crate::error::Kind::BadModel`] if the crate was built with a damaged model.
    pub fn default_model() -> Result<&'static Self> {
        static MODEL: Static<Result<Tagger>> =
            Static::new(|| Tagger::from_bytes(include_bytes!("../data/model/en.ngm")));
        MODEL.as_ref().map_err(Clone::clone)
    }

    /// A text that identifies the model that is included in the crate: its checksum.
    pub(crate) fn default_fingerprint() -> String {
        let file: &[u8] = include_bytes!("../data/model/en.ngm");
        let checksum = file[17..].first_chunk().copied().unwrap_or_default();
        format!("{:016x}", u64::from_le_bytes(checksum))
    }

    /// The labels that it assigns.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// The clusters it was trained with.
    pub fn clusters(&self) -> &ClusterTable {
        &self.clusters
    }

    /// Adds a word to a table; words are numbered from 0 in the order in which they are added.
    pub fn add_word(&self, table: &mut WordTable, word: &str) {
        let stride = self.weights.stride();
        let mut sums = vec![0_i32; SEATS * stride];
        let (essence, codes) = features(word, &self.clusters, |feature, seats| {
            self.weights.rows(feature, seats, |seat, row| add(&mut sums[seat * stride..][..stride], row));
        });
        table
            .sums
            .extend(sums.into_iter().map(|sum| sum.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16));
        table.essences.push(essence);
        if let Some(network) = &self.network {
            network.add_word(&codes, &mut table.said);
        }
    }

    /// Appends the labels of a sentence, whose words are given by their numbers in a table.
    pub fn tag_words(&self, table: &WordTable, words: &[u32], scratch: &mut Scratch, labels: &mut Vec<u8>) {
        let Scratch { scores, decoder, .. } = scratch;
        for words in words.chunks(LONGEST) {
            self.score(table, words, scores);
            decoder.decode(
                scores,
                &Transitions { width: self.labels.len(), scores: &self.wide_transitions },
                labels,
            );
        }
    }

    /// The labels of a sentence.
    ///
    /// # Errors
    /// [`crate::error::Kind::Cancelled`].
    pub fn tag(&self, tokens: &[impl AsRef<str>], scratch: &mut Scratch, watch: &Watch) -> Result<Vec<u8>> {
        let mut labels = Vec::with_capacity(tokens.len());
        for tokens in tokens.chunks(LONGEST) {
            watch.check()?;
            self.tag_piece(tokens, scratch, &mut labels);
        }
        Ok(labels)
    }

    fn tag_piece(&self, tokens: &[impl AsRef<str>], scratch: &mut Scratch, labels: &mut Vec<u8>) {
        if scratch.table.len() > MOST_WORDS {
            scratch.numbers.clear();
            scratch.table = WordTable::default();
        }
        let mut words = std::mem::take(&mut scratch.words);
        words.clear();
        for token in tokens.iter().map(AsRef::as_ref) {
            let number = scratch.numbers.get(token).copied().unwrap_or_else(|| {
                let number = scratch.table.len() as u32;
                self.add_word(&mut scratch.table, token);
                scratch.numbers.insert(token.to_owned(), number);
                number
            });
            words.push(number);
        }
        let table = std::mem::take(&mut scratch.table);
        self.tag_words(&table, &words, scratch, labels);
        (scratch.table, scratch.words) = (table, words);
    }

    /// The labels of the sentences of one text: each sentence is tagged separately, and then they
    /// are made [consistent](Self::agree).
    ///
    /// # Errors
    /// [`crate::error::Kind::Cancelled`].
    pub fn tag_all<S, T>(&self, sentences: &[S], watch: &Watch) -> Result<Vec<Vec<u8>>>
    where
        S: AsRef<[T]> + Sync,
        T: AsRef<str>,
    {
        const PIECE: usize = 256;
        let pieces: Vec<&[S]> = sentences.chunks(PIECE).collect();
        let tagged = map_with_state(&pieces, watch, Scratch::default, |scratch, piece| {
            piece.iter().map(|tokens| self.tag(tokens.as_ref(), scratch, watch)).collect::<Result<Vec<_>>>()
        })?;
        let mut labels: Vec<Vec<u8>> = tagged.into_iter().flatten().collect();
        let lines = as_sentences(sentences, watch);
        if lines.is_empty() {
            self.agree(sentences, &mut labels, watch)?;
            return Ok(labels);
        }
        let mut scratch = Scratch::default();
        let mut words: Vec<Vec<&str>> =
            sentences.iter().map(|tokens| tokens.as_ref().iter().map(AsRef::as_ref).collect()).collect();
        for (at, line) in &lines {
            labels[*at] = self.tag(line, &mut scratch, watch)?;
            words[*at] = line.iter().map(String::as_str).collect();
        }
        self.agree(&words, &mut labels, watch)?;
        Ok(labels)
    }

    /// Repairs the labels of each sentence, and makes those of the sentences of one text
    /// consistent: a single surname is the person whose full name occurs in a sentence nearby, and
    /// a name gets the label that it nearly always has nearby. Teams, short forms and companies are
    /// labelled as words anywhere in the text show them to be.
    ///
    /// # Errors
    /// [`crate::error::Kind::Cancelled`].
    pub fn agree<S: AsRef<[T]>, T: AsRef<str>>(
        &self,
        sentences: &[S],
        labels: &mut [Vec<u8>],
        watch: &Watch,
    ) -> Result<()> {
        let kind = |names: [&str; 2]| {
            self.labels.types().iter().position(|name| names.contains(&name.to_uppercase().as_str()))
        };
        let kinds = Kinds {
            person: kind(["PER", "PERSON"]),
            organisation: kind(["ORG", "ORGANIZATION"]),
            place: kind(["LOC", "GPE"]),
            group: kind(["NORP", "NATIONALITY"]),
            other: kind(["MISC", "OTHER"]),
        };
        for (tokens, labels) in watch.through(sentences.iter().zip(&mut *labels)) {
            repair(tokens.as_ref(), labels, kinds, watch);
        }
        agree(sentences, labels, kinds, watch)?;
        label_teams(sentences, labels, kinds, watch)?;
        label_short_forms(sentences, labels, kinds, watch)?;
        label_firms(sentences, labels, kinds, watch)
    }

    /// Sets `scores` to the score of each label for each word.
    fn score(&self, table: &WordTable, words: &[u32], scores: &mut Vec<i32>) {
        let (width, stride) = (self.labels.len(), self.weights.stride());
        scores.clear();
        scores.reserve(words.len() * width);
        let essence = |at: Option<usize>| {
            at.and_then(|at| words.get(at)).map_or(EDGE, |&word| table.essences[word as usize])
        };
        let mut score = vec![0; stride];
        let (mut before, mut here) = (EDGE, essence(Some(0)));
        for at in 0..words.len() {
            let following = essence(Some(at + 1));
            score.fill(0);
            for distance in 0..DISTANCES {
                let Some(&word) = (at + distance).checked_sub(REACH).and_then(|other| words.get(other))
                else {
                    continue;
                };
                let rows = &table.sums[word as usize * SEATS * stride..][..SEATS * stride];
                add(&mut score, &rows[distance * stride..][..stride]);
                if here.capital && distance != REACH {
                    add(&mut score, &rows[(DISTANCES + distance) * stride..][..stride]);
                }
            }
            if let Some(joined) = joins(before, here, following, at == 0) {
                for row in joined.into_iter().filter_map(|feature| self.weights.joined_row(feature)) {
                    add(&mut score, row);
                }
                if let Some(network) = &self.network
                    && margin(&score[..width]) < CERTAIN
                {
                    let said = |distance: usize| {
                        let word = *(at + distance).checked_sub(REACH).and_then(|other| words.get(other))?;
                        table.said.get(word as usize * SAID..(word as usize + 1) * SAID)
                    };
                    network.score(said, &mut score[..width]);
                }
            }
            scores.extend(&score[..width]);
            (before, here) = (here, following);
        }
    }

    /// F1 of whole entities, over all types.
    ///
    /// # Errors
    /// [`crate::error::Kind::Cancelled`].
    pub fn f1(&self, examples: &[Example], watch: &Watch) -> Result<f64> {
        let (mut right, mut found_all, mut gold_all) = (0_usize, 0_usize, 0_usize);
        let mut scratch = Scratch::default();
        for example in examples {
            let found = Labels::spans(&self.tag(&example.tokens, &mut scratch, watch)?);
            let gold: Vec<u8> =
                example.labels.iter().map(|label| self.labels.number(label).unwrap_or(0)).collect();
            let gold = Labels::spans(&gold);
            right += Labels::shared(&found, &gold).count();
            found_all += found.len();
            gold_all += gold.len();
        }
        Ok(2.0 * right as f64 / (found_all + gold_all).max(1) as f64)
    }
}
