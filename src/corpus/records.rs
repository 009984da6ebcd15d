//! How do the records of files become a corpus?

use std::collections::HashMap;

use super::Corpus;
use super::build::{Builder, Options};
use super::incoming::Incoming;
use super::roles::{RoleNames, Roles};
use super::text::Text;
use crate::batch::Watch;
use crate::error::Result;
use crate::read::Records;

impl Corpus {
    /// Builds a corpus from the records of files. A field that has the name of a role takes it,
    /// unless another field is named for it.
    ///
    /// # Errors
    /// The first bad record, if bad records stop the work. Those of [`Roles::new`]. Cancellation.
    pub fn from_records(
        mut records: Records,
        mut names: RoleNames,
        options: Options,
        watch: &Watch,
    ) -> Result<Self> {
        let (mut columns, note) = records.take_fields().finish(records.len(), &names.kept(), watch)?;
        names.take_standard(&columns);
        let (sources, starts) = records.take_places();
        for (name, column) in [("source", sources), ("source_start", starts)] {
            if columns.iter().all(|(other, _)| other != name) {
                columns.push((name.to_owned(), column));
            }
        }
        let roles = Roles::new(columns, HashMap::new(), &names, watch)?;
        let mut builder = Builder::with_roles(options, roles, watch.clone())?;
        for note in records.take_notes().into_iter().chain(note) {
            builder.note(note);
        }
        for (record, text) in records.take_texts().enumerate() {
            let (source, line) = (Some(records.source(record)), records.line(record));
            match text {
                Ok((chunk, row)) => {
                    builder.push(Incoming { source, line, ..Text::Row(chunk, row).into() })?;
                }
                Err(reason) => builder.refuse(reason)?,
            }
        }
        builder.finish()
    }
}
