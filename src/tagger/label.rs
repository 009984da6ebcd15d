//! Which labels can a token have, and which may follow which?
//!
//! Labels are IOB2: `O`, and for each type `B-` on its first token and `I-` on the others. `O` has
//! number 0, and type *t* has numbers 2*t* + 1 and 2*t* + 2.

use crate::batch::Watch;
use crate::error::{Error, Kind, Result};

/// The entity types of a tagger, and the labels that they form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    types: Vec<String>,
    names: Vec<String>,
}

/// A half-open range of tokens that is an entity, and its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// The type, as a position in [`Labels::types`].
    pub kind: usize,
}

/// The maximum number of types of a tagger: their labels fill 64 bits in a model file.
pub const MOST_TYPES: usize = 31;

impl Labels {
    /// The labels of these types.
    ///
    /// # Errors
    /// [`Kind::BadOption`] if there are no types or too many, or if a type is repeated or empty.
    pub fn new(types: Vec<String>) -> Result<Self> {
        if types.is_empty() || types.len() > MOST_TYPES {
            let what = format!("there are {} types of entities; expected 1 to {MOST_TYPES}", types.len());
            return Err(Error::new(Kind::BadOption, what).in_field("labels"));
        }
        let twice = types.iter().enumerate().any(|(at, name)| name.is_empty() || types[..at].contains(name));
        if twice {
            return Err(
                Error::new(Kind::BadOption, "a type of entities is empty or repeated").in_field("labels")
            );
        }
        let mut names = vec!["O".to_owned()];
        for name in &types {
            names.push(format!("B-{name}"));
            names.push(format!("I-{name}"));
        }
        Ok(Self { types, names })
    }

    /// The types.
    pub fn types(&self) -> &[String] {
        &self.types
    }

    /// The number of labels.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are no labels; always false.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The label with this number.
    pub fn name(&self, number: u8) -> &str {
        self.names.get(number as usize).map_or("O", String::as_str)
    }

    /// The number of a label.
    pub fn number(&self, name: &str) -> Option<u8> {
        self.names.iter().position(|other| other == name).map(|at| at as u8)
    }

    /// Whether a label may follow another (`None` at the start of a sentence): an `I-` label can
    /// only follow a label of its own type.
    pub const fn may_follow(before: Option<u8>, label: u8) -> bool {
        match before {
            _ if !Self::is_inside(label) => true,
            None => false,
            Some(before) => before == label || before == label - 1,
        }
    }

    /// Whether it is the `I-` label of a type.
    pub(crate) const fn is_inside(label: u8) -> bool {
        label > 0 && label.is_multiple_of(2)
    }

    /// The type of a label, as a position in [`Labels::types`]; `None` for `O`.
    pub(crate) fn kind(label: u8) -> Option<usize> {
        Some((label as usize).checked_sub(1)? / 2)
    }

    /// The entities that are in both lists, which belong to the same sentence.
    pub(crate) fn shared<'a>(found: &'a [Span], gold: &'a [Span]) -> impl Iterator<Item = &'a Span> {
        // Both lists are in the order of the text, and entities of the same list do not overlap.
        let mut gold = gold.iter().peekable();
        found.iter().filter(move |found| {
            while gold.next_if(|gold| gold.start < found.start).is_some() {}
            gold.peek().is_some_and(|gold| gold == found)
        })
    }

    /// The entities that the labels of a sentence form.
    pub fn spans(labels: &[u8]) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        for (at, &label) in labels.iter().enumerate() {
            let Some(kind) = Self::kind(label) else { continue };
            match spans.last_mut() {
                Some(open) if Self::is_inside(label) && open.end == at && open.kind == kind => {
                    open.end = at + 1;
                }
                _ => spans.push(Span { start: at, end: at + 1, kind }),
            }
        }
        spans
    }
}

/// Labels the tokens from `start` to `end` (exclusive) as one entity of a type.
pub(crate) fn set(labels: &mut [u8], start: usize, end: usize, kind: usize) {
    for (at, label) in labels[start..end].iter_mut().enumerate() {
        *label = (2 * kind + if at == 0 { 1 } else { 2 }) as u8;
    }
    // If the next token was inside another entity, it now begins one.
    if let Some(&label) = labels.get(end)
        && !Labels::may_follow(Some(labels[end - 1]), label)
    {
        labels[end] = label - 1;
    }
}

/// Whether a word begins with a capital and continues in lower case.
pub(crate) fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase)
}

/// The types in the IOB2 labels of sentences, sorted by name.
///
/// # Errors
/// [`Kind::BadRecord`] for a label that is neither `O` nor begins with `B-` or `I-`; the message
/// says in which sentence. [`Kind::Cancelled`].
pub fn types_of<S: AsRef<[T]>, T: AsRef<str>>(sentences: &[S], watch: &Watch) -> Result<Vec<String>> {
    let mut types = std::collections::BTreeSet::new();
    for (at, sentence) in sentences.iter().enumerate() {
        for label in watch.through(sentence.as_ref()).map(AsRef::as_ref) {
            match label.split_once('-') {
                Some(("B" | "I", name)) if !name.is_empty() => {
                    if !types.contains(name) {
                        types.insert(name.to_owned());
                    }
                }
                _ if label == "O" => {}
                _ => {
                    let what = format!(
                        "sentence {at}: \"{label}\" is not an IOB2 label; expected O, B-TYPE or I-TYPE"
                    );
                    return Err(Error::new(Kind::BadRecord, what).in_field("labels"));
                }
            }
        }
    }
    watch.check()?;
    Ok(types.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inside_label_follows_only_its_own_type() {
        assert!(
            Labels::may_follow(None, 1) && Labels::may_follow(Some(1), 2) && Labels::may_follow(Some(2), 2)
        );
        assert!(
            !Labels::may_follow(None, 2)
                && !Labels::may_follow(Some(0), 2)
                && !Labels::may_follow(Some(3), 2)
        );
    }

    #[test]
    fn spans_are_runs_of_one_entity() {
        let span = |start, end, kind| Span { start, end, kind };
        assert_eq!(Labels::spans(&[1, 2, 1, 0, 3, 4, 4]), [span(0, 2, 0), span(2, 3, 0), span(4, 7, 1)]);
    }

    #[test]
    fn an_invalid_label_says_where_it_is() {
        let error = types_of(&[vec!["O"], vec!["B-PER", "X"]], &Watch::default()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "field \"labels\": sentence 1: \"X\" is not an IOB2 label; expected O, B-TYPE or I-TYPE"
        );
    }
}
