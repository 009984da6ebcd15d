//! Which sequence of labels has the highest score?
//!
//! The algorithm is that of Viterbi (1967), over scores of labels and of transitions; only valid
//! IOB2 is returned. Of sequences with equal scores, the one with the smaller label numbers is
//! chosen, comparing from the last token. Cost: tokens times labels squared.

use super::label::Labels;

/// The transition scores: one row per preceding label, and a last row for the start of the
/// sentence.
pub(crate) struct Transitions<'a, T> {
    pub(crate) width: usize,
    pub(crate) scores: &'a [T],
}

/// A number type in which scores are summed.
pub(crate) trait Score: Copy + PartialOrd + std::ops::Add<Output = Self> {
    /// A value below every score.
    const NONE: Self;
}

impl Score for f32 {
    const NONE: Self = f32::MIN;
}

impl Score for i32 {
    const NONE: Self = i32::MIN / 2;
}

/// Buffers that are reused from sentence to sentence.
#[derive(Debug, Clone, Default)]
pub(crate) struct Decoder {
    from: Vec<u8>,
}

impl Decoder {
    /// Appends the best labels of a sentence, given the score of each label for each token.
    pub(crate) fn decode<T: Score>(
        &mut self,
        scores: &[T],
        transitions: &Transitions<'_, T>,
        labels: &mut Vec<u8>,
    ) {
        let (width, first) = (transitions.width, labels.len());
        if scores.is_empty() || width == 0 {
            return;
        }
        self.from.clear();
        let mut best: Vec<T> = (0..width)
            .map(|label| {
                if Labels::may_follow(None, label as u8) {
                    scores[label] + transitions.scores[width * width + label]
                } else {
                    T::NONE
                }
            })
            .collect();
        let mut next = best.clone();
        for token in scores[width..].chunks_exact(width) {
            for label in 0..width {
                let inside = label > 0 && label % 2 == 0;
                let mut top = (T::NONE, 0);
                // An `I-` label can only follow a label of its own type.
                let before = if inside { label - 1..label + 1 } else { 0..width };
                for before in before {
                    let score = best[before] + transitions.scores[before * width + label];
                    if score > top.0 {
                        top = (score, before);
                    }
                }
                next[label] = top.0 + token[label];
                self.from.push(top.1 as u8);
            }
            std::mem::swap(&mut best, &mut next);
        }
        let mut label = (1..width).fold(0, |top, label| if best[label] > best[top] { label } else { top });
        labels.push(label as u8);
        for from in self.from.chunks_exact(width).rev() {
            label = from[label] as usize;
            labels.push(label as u8);
        }
        labels[first..].reverse();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The score of a sequence, or `None` if it is not valid IOB2.
    fn score(sequence: &[u8], scores: &[i32], transitions: &[i32], width: usize) -> Option<i32> {
        let (mut sum, mut before) = (0, None);
        for (token, &label) in sequence.iter().enumerate() {
            if !Labels::may_follow(before, label) {
                return None;
            }
            let row = before.map_or(width, |before| before as usize);
            sum += scores[token * width + label as usize] + transitions[row * width + label as usize];
            before = Some(label);
        }
        Some(sum)
    }

    #[test]
    fn no_other_sequence_scores_higher() {
        let width = 5;
        let mut random = 7_u64;
        let mut next = || {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            (random % 41) as i32 - 20
        };
        for _ in 0..200 {
            let scores: Vec<i32> = (0..4 * width).map(|_| next()).collect();
            let transitions: Vec<i32> = (0..(width + 1) * width).map(|_| next()).collect();
            let mut labels = Vec::new();
            Decoder::default().decode(&scores, &Transitions { width, scores: &transitions }, &mut labels);
            let best = (0..width.pow(4)).filter_map(|code| {
                let sequence: Vec<u8> = (0..4).map(|token| (code / width.pow(token) % width) as u8).collect();
                score(&sequence, &scores, &transitions, width)
            });
            assert_eq!(score(&labels, &scores, &transitions, width), best.max());
        }
    }
}
