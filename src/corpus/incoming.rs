//! What comes in as one article?

use super::text::Text;
use crate::article::Known;

/// An article on its way into a corpus. A text alone is one: `Incoming::from("Rain fell on
/// Lisbon.")`.
#[derive(Debug, Clone, Default)]
pub struct Incoming<'a> {
    /// The text, with or without a header.
    pub text: Text,
    /// The headline, if it came in a separate field.
    pub headline: Option<&'a str>,
    /// The byline, if it came in a separate field.
    pub byline: Option<&'a str>,
    /// The day, if it came in a separate field. It wins over the header's.
    pub day: Option<i32>,
    /// The day that its format gives. The header's wins over it.
    pub perhaps: Option<i32>,
    /// The headline and the byline that the text gives as mark-up. Those of fields win over them.
    pub page: (Option<&'a str>, Option<&'a str>),
    /// The parts of the text, where its format says what they are.
    pub parts: Option<Box<[Known]>>,
    /// The file that it came from, for messages.
    pub source: Option<&'a str>,
    /// The line of the file, from 1, for messages.
    pub line: Option<usize>,
}

impl<T: Into<Text>> From<T> for Incoming<'_> {
    fn from(text: T) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}
