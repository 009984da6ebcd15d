//! Which words behave alike?
//!
//! Marks say what word lists know about a word: that it is a name of people, places or
//! organisations, or that it indicates the kind of a name (`Ministry`, `River`). They are evidence,
//! never verdicts.
//!
//! Clusters come from two clusterings of words that were learnt from far more text than any
//! labelled corpus has: k-means clusters of word vectors (for the lower-case word, at three
//! granularities) and Brown clusters (for the word as written, as a path in a tree). A word is
//! found by a 32-bit fingerprint; no strings are stored. A word that is not in the table has the
//! same fingerprint as another word, and so its clusters, once in ten thousand times.

use super::hash::fingerprint;

/// The number of pieces into which the vector of a word is quantised.
pub(crate) const PIECES: usize = 10;

/// The clusters of a word; zero if there is none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Clusters {
    /// The finest vector cluster, plus one.
    pub fine: u16,
    /// The middle vector cluster, plus one.
    pub middle: u16,
    /// The coarsest vector cluster, plus one.
    pub coarse: u16,
    /// The path in the tree of Brown clusters, with the first branch in the lowest bit.
    pub brown: u16,
    /// What word lists know about the lower-case word, one bit per list.
    pub marks: u16,
    /// The pieces of the word's vector; see [`pieces`](super::train::pieces).
    pub pieces: [u8; PIECES],
}

/// Ascending fingerprints. They are uniformly distributed, so the first bits of one approximately
/// determine its position.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fingerprints {
    keys: Vec<u32>,
    /// How many keys precede each run of keys with the same first bits.
    starts: Vec<u32>,
}

/// The number of first bits that the fingerprints of a run share.
const RUN_BITS: u32 = 14;

impl Fingerprints {
    /// From ascending keys.
    pub(crate) fn new(keys: Vec<u32>) -> Self {
        let runs = 0..=1_u64 << RUN_BITS;
        let first = |run: u64| run << (u32::BITS - RUN_BITS);
        let starts =
            runs.map(|run| keys.partition_point(|&key| u64::from(key) < first(run)) as u32).collect();
        Self { keys, starts }
    }

    pub(crate) fn keys(&self) -> &[u32] {
        &self.keys
    }

    fn find(&self, key: u32) -> Option<usize> {
        let run = (key >> (u32::BITS - RUN_BITS)) as usize;
        let (start, end) = (*self.starts.get(run)? as usize, *self.starts.get(run + 1)? as usize);
        self.keys[start..end].iter().position(|&other| other == key).map(|at| start + at)
    }
}

/// The fingerprints of words, ascending, and the value of each.
fn sorted<T>(words: impl IntoIterator<Item = (String, T)>) -> (Fingerprints, Vec<T>) {
    let mut rows: Vec<(u32, T)> =
        words.into_iter().map(|(word, known)| (fingerprint(word.as_bytes()), known)).collect();
    // Of two words with the same fingerprint, the first and more frequent one is kept.
    rows.sort_by_key(|&(key, _)| key);
    rows.dedup_by_key(|&mut (key, _)| key);
    let (keys, values) = rows.into_iter().unzip();
    (Fingerprints::new(keys), values)
}

/// The clusters of many words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClusterTable {
    /// The fingerprints of lower-case words, ascending, and their finest clusters.
    pub(crate) vector_keys: Fingerprints,
    pub(crate) fine: Vec<u16>,
    /// The pieces of the vectors of the same words; empty if there are none.
    pub(crate) pieces: Vec<[u8; PIECES]>,
    /// For each finest cluster, its middle and its coarsest cluster.
    pub(crate) parents: Vec<(u16, u16)>,
    /// The fingerprints of words as written, ascending, and their Brown clusters.
    pub(crate) brown_keys: Fingerprints,
    pub(crate) brown: Vec<u16>,
    /// The fingerprints of lower-case words, ascending, and their marks.
    pub(crate) mark_keys: Fingerprints,
    pub(crate) marks: Vec<u16>,
}

impl ClusterTable {
    /// A table of words with their finest clusters, the parents of these clusters, words with their
    /// Brown clusters, and words with their marks.
    pub fn new(
        vectors: impl IntoIterator<Item = (String, u16)>,
        parents: Vec<(u16, u16)>,
        brown: impl IntoIterator<Item = (String, u16)>,
        marks: impl IntoIterator<Item = (String, u16)>,
    ) -> Self {
        let (vector_keys, fine) = sorted(vectors);
        let (brown_keys, brown) = sorted(brown);
        let (mark_keys, marks) = sorted(marks);
        Self { vector_keys, fine, pieces: Vec::new(), parents, brown_keys, brown, mark_keys, marks }
    }

    /// The same table with the pieces of the word vectors. The words must be those that the table
    /// was built from, in the same order.
    #[must_use]
    pub fn with_pieces(mut self, words: impl IntoIterator<Item = (String, [u8; PIECES])>) -> Self {
        self.pieces = sorted(words).1;
        self
    }

    /// The clusters of a word, given both as written and in lower case.
    pub fn of(&self, word: &str, lower: &str) -> Clusters {
        let mut clusters = Clusters::default();
        if let Some(at) = self.vector_keys.find(fingerprint(lower.as_bytes())) {
            let fine = self.fine[at];
            let (middle, coarse) = self.parents.get(fine as usize).copied().unwrap_or_default();
            let pieces = self.pieces.get(at).copied().unwrap_or_default();
            clusters =
                Clusters { fine: fine + 1, middle: middle + 1, coarse: coarse + 1, pieces, ..clusters };
        }
        if let Some(at) = self.brown_keys.find(fingerprint(word.as_bytes())) {
            clusters.brown = self.brown[at];
        }
        if let Some(at) = self.mark_keys.find(fingerprint(lower.as_bytes())) {
            clusters.marks = self.marks[at];
        }
        clusters
    }
}
