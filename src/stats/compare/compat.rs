//! Whose conventions are followed?
//!
//! Tools agree on names and differ in logarithms, margins, zeros and corrections. A preset follows one of them, for people
//! who publish numbers beside its numbers; each measure says what a preset changes in it, and what none changes is ours.

pub(crate) use crate::error::named;
use crate::error::{Error, Kind, Result};

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

    /// The tool of a name.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: a tool whose conventions are not known; the message lists those that are.
    pub fn from_name(name: &str) -> Result<Self> {
        named("compat", name, &Self::ALL)
    }
}

/// Finds the values of names, each of which may stand once.
///
/// # Errors
/// [`Kind::BadOption`]: a name that is not in the list or stands twice, or no name at all.
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
