//! Which tool's conventions are followed?
//!
//! Tools agree on the names of measures, and differ in logarithms, margins, zeros and corrections.
//! A preset follows one tool, for people who publish numbers next to its numbers. Each measure
//! documents what a preset changes; where it documents nothing, our own convention applies.

use crate::error::{Error, Kind, Result, named};

/// A tool whose conventions are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "they are the tools' own names")]
pub enum Compat {
    Sklearn,
    Nltk,
    Quanteda,
    AntConc,
    SketchEngine,
}

impl Compat {
    const ALL: [(&'static str, Self); 5] = [
        ("sklearn", Self::Sklearn),
        ("nltk", Self::Nltk),
        ("quanteda", Self::Quanteda),
        ("antconc", Self::AntConc),
        ("sketchengine", Self::SketchEngine),
    ];

    /// The tool with this name.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: an unknown tool; the message lists the known ones.
    pub fn from_name(name: &str) -> Result<Self> {
        named("compat", name, &Self::ALL)
    }
}

/// Finds the values of several names, none of which may be repeated.
///
/// # Errors
/// [`Kind::BadOption`]: a name that is not in the list, a repeated name, or no name at all.
pub(crate) fn all_named<T: Copy, S: AsRef<str>>(
    field: &str,
    names: &[S],
    all: &[(&str, T)],
) -> Result<Vec<T>> {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    if let Some((_, twice)) = names.iter().enumerate().find(|&(at, name)| names[..at].contains(name)) {
        return Err(Error::new(Kind::BadOption, format!("\"{twice}\" is named twice")).in_field(field));
    }
    if names.is_empty() {
        return Err(Error::new(Kind::BadOption, "none is named; expected at least one").in_field(field));
    }
    names.into_iter().map(|name| named(field, name, all)).collect()
}
