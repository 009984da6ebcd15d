//! What went wrong, where, and what would be right?
//!
//! Every failure of the core is one [`Error`]: a [`Kind`] with a stable slug, the place where it
//! occurred (article, field, byte), and a sentence that says what was found and what was expected.

mod visible;

use std::fmt;

pub(crate) use visible::{is_hidden, joins, push_escaped};

/// The kinds of failure. Slugs are part of the interface: they never change their meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A header or column holds something that is not a calendar date.
    BadDate,
    /// A text is missing (`None`, `NaN`, null).
    MissingText,
    /// A value has a type that cannot be read here.
    BadType,
    /// A string is not valid text: it contains lone surrogates, or it is larger than 4 GiB.
    BadText,
    /// A record (JSON line, CSV row, list item) cannot be read.
    BadRecord,
    /// Two articles have the same id.
    DuplicateId,
    /// A column was requested that does not exist.
    MissingColumn,
    /// An option was given a value that it does not accept.
    BadOption,
    /// A file cannot be opened, read or decompressed.
    BadFile,
    /// A format is unknown, or cannot be read without a package that is not installed.
    BadFormat,
    /// A model file is damaged, too new, or not a model at all.
    BadModel,
    /// A saved corpus is damaged, too new, or no saved corpus at all.
    BadState,
    /// The work needs more memory than is available.
    OutOfMemory,
    /// The caller asked to stop.
    Cancelled,
    /// A defect in nutgraf itself, reported as an error instead of a crash.
    Internal,
}

/// The families of failure that a caller can distinguish; Python has one exception for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// The input is wrong: `ParseError`.
    Parse,
    /// The call is wrong: `ConfigError`.
    Config,
    /// The model is wrong: `ModelError`.
    Model,
    /// What was saved is wrong: `StateError`.
    State,
    /// Memory ran out: `MemoryError`.
    Memory,
    /// The caller pressed Ctrl-C: `KeyboardInterrupt`.
    Cancelled,
    /// nutgraf itself is wrong: `NutgrafError`.
    Internal,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 15] = [
        Self::BadDate,
        Self::MissingText,
        Self::BadType,
        Self::BadText,
        Self::BadRecord,
        Self::DuplicateId,
        Self::MissingColumn,
        Self::BadOption,
        Self::BadFile,
        Self::BadFormat,
        Self::BadModel,
        Self::BadState,
        Self::OutOfMemory,
        Self::Cancelled,
        Self::Internal,
    ];

    /// The stable name of the kind.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::BadDate => "bad_date",
            Self::MissingText => "missing_text",
            Self::BadType => "bad_type",
            Self::BadText => "bad_text",
            Self::BadRecord => "bad_record",
            Self::DuplicateId => "duplicate_id",
            Self::MissingColumn => "missing_column",
            Self::BadOption => "bad_option",
            Self::BadFile => "bad_file",
            Self::BadFormat => "bad_format",
            Self::BadModel => "bad_model",
            Self::BadState => "bad_state",
            Self::OutOfMemory => "out_of_memory",
            Self::Cancelled => "cancelled",
            Self::Internal => "internal",
        }
    }

    /// The family that the kind belongs to.
    pub const fn family(self) -> Family {
        match self {
            Self::BadDate
            | Self::MissingText
            | Self::BadType
            | Self::BadText
            | Self::BadRecord
            | Self::DuplicateId
            | Self::BadFile
            | Self::BadFormat => Family::Parse,
            Self::MissingColumn | Self::BadOption => Family::Config,
            Self::BadModel => Family::Model,
            Self::BadState => Family::State,
            Self::OutOfMemory => Family::Memory,
            Self::Cancelled => Family::Cancelled,
            Self::Internal => Family::Internal,
        }
    }
}

/// Where a failure occurred. Parts that are not known are omitted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The file or stream.
    pub source: Option<String>,
    /// The position of the article in its batch, from 0.
    pub article: Option<usize>,
    /// The field or option.
    pub field: Option<String>,
    /// The line of the file, from 1.
    pub line: Option<usize>,
    /// The byte of the file or text, from 0.
    pub byte: Option<usize>,
}

/// One failure: its kind, its place, and what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(Box<Failure>);

/// Boxed, so that a `Result` stays small when it holds no failure.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Failure {
    kind: Kind,
    place: Place,
    what: String,
}

/// The result of every function that can fail.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// A failure of a kind, described by a sentence: what was found, then what was expected.
    pub fn new(kind: Kind, what: impl Into<String>) -> Self {
        Self(Box::new(Failure { kind, place: Place::default(), what: what.into() }))
    }

    /// The same failure, located in this file or stream.
    #[must_use]
    pub fn in_source(mut self, source: impl Into<String>) -> Self {
        self.0.place.source.get_or_insert(source.into());
        self
    }

    /// The same failure, located in the article at this position of the batch.
    #[must_use]
    pub fn at_article(mut self, article: usize) -> Self {
        self.0.place.article.get_or_insert(article);
        self
    }

    /// The same failure, located in this field or option.
    #[must_use]
    pub fn in_field(mut self, field: impl Into<String>) -> Self {
        self.0.place.field.get_or_insert(field.into());
        self
    }

    /// The same failure, located in this line, counted from 1.
    #[must_use]
    pub fn at_line(mut self, line: usize) -> Self {
        self.0.place.line.get_or_insert(line);
        self
    }

    /// The same failure, located at this byte, counted from 0.
    #[must_use]
    pub fn at_byte(mut self, byte: usize) -> Self {
        self.0.place.byte.get_or_insert(byte);
        self
    }

    /// The same failure at another place.
    #[must_use]
    pub(crate) fn at(mut self, place: Place) -> Self {
        self.0.place = place;
        self
    }

    /// The same failure, if other articles come before its batch.
    #[must_use]
    pub(crate) fn after_articles(mut self, others: usize) -> Self {
        if let Some(article) = &mut self.0.place.article {
            *article += others;
        }
        self
    }

    /// The same failure, with more to say.
    #[must_use]
    pub fn and(mut self, more: impl AsRef<str>) -> Self {
        self.0.what.push_str(more.as_ref());
        self
    }

    /// What kind of failure it is.
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// Where it occurred.
    pub fn place(&self) -> &Place {
        &self.0.place
    }

    /// What was found and what was expected, without the place.
    pub fn what(&self) -> &str {
        &self.0.what
    }
}

/// The value with this name in a list of all values, for an option that is given by name.
///
/// # Errors
/// [`Kind::BadOption`] in `field` for a name that is not in the list; the message contains the
/// list.
pub(crate) fn named<T: Copy>(field: &str, name: &str, all: &[(&str, T)]) -> Result<T> {
    all.iter().find(|(known, _)| *known == name).map(|&(_, value)| value).ok_or_else(|| {
        let known: Vec<&str> = all.iter().map(|&(known, _)| known).collect();
        let what = format!("there is no \"{name}\"; expected {}", known.join(", "));
        Error::new(Kind::BadOption, what).in_field(field)
    })
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { source, article, field, line, byte } = &self.0.place;
        let parts = [
            source.clone(),
            line.map(|n| format!("line {n}")),
            article.map(|n| format!("article {n}")),
            field.as_ref().map(|name| format!("field \"{name}\"")),
            byte.map(|n| format!("byte {n}")),
        ];
        let place: Vec<String> = parts.into_iter().flatten().collect();
        if !place.is_empty() {
            write!(f, "{}: ", visible::visible(&place.join(", ")))?;
        }
        // Messages quote articles and are printed to terminals.
        f.write_str(&visible::visible(&self.0.what))
    }
}

impl std::error::Error for Error {}

/// Allows `try_reserve(…)?` where a size comes from the input.
impl From<std::collections::TryReserveError> for Error {
    fn from(_: std::collections::TryReserveError) -> Self {
        Self::new(Kind::OutOfMemory, "memory is exhausted; expected a smaller batch")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_says_where_then_what() {
        let error = Error::new(Kind::BadDate, "\"31/02/2024\" is not a date; expected ISO 8601")
            .in_field("date")
            .at_article(17);
        assert_eq!(
            error.to_string(),
            "article 17, field \"date\": \"31/02/2024\" is not a date; expected ISO 8601"
        );
        assert_eq!(error.kind().slug(), "bad_date");
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_known_ones() {
        let all = [("day", 1), ("week", 7)];
        assert_eq!(named("period", "week", &all), Ok(7));
        let error = named("period", "fortnight", &all).unwrap_err();
        assert_eq!(error.to_string(), "field \"period\": there is no \"fortnight\"; expected day, week");
    }

    #[test]
    fn a_reservation_that_fails_is_out_of_memory() {
        let error = Vec::<u64>::new().try_reserve(usize::MAX).map_err(Error::from).unwrap_err();
        assert_eq!((error.kind().slug(), error.kind().family()), ("out_of_memory", Family::Memory));
    }

    #[test]
    fn quoted_text_does_not_control_the_terminal() {
        let error = Error::new(Kind::BadDate, "\"\u{1b}[31m\n\" is not a date").in_source("a\u{202e}.txt");
        assert_eq!(error.to_string(), "a\\u202e.txt: \"\\x1b[31m\\n\" is not a date");
    }

    #[test]
    fn the_first_place_reported_is_kept() {
        let error = Error::new(Kind::BadRecord, "x").at_article(3).at_article(9);
        assert_eq!(error.place().article, Some(3));
    }
}
