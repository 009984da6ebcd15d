//! How do the records of files become a corpus?

use std::collections::{HashMap, HashSet};

use super::Corpus;
use super::build::{Builder, Options};
use super::incoming::Incoming;
use super::roles::{IdSource, RoleNames, Roles};
use super::text::Text;
use crate::batch::Watch;
use crate::error::Result;
use crate::read::Records;
use crate::table::Column;

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
        let found = names.take_alike(&columns);
        let (sources, starts) = records.take_places();
        if names.file_ids {
            names.id = Some(FILE_IDS.to_owned());
            names.id_source = IdSource::Asked;
            columns.push((FILE_IDS.to_owned(), file_ids(&records)));
        }
        for (name, column) in [("source", sources), ("source_start", starts)] {
            if columns.iter().all(|(other, _)| other != name) {
                columns.push((name.to_owned(), column));
            }
        }
        let roles = Roles::new(columns, HashMap::new(), &names, watch)?;
        let mut builder = Builder::with_roles(options, roles, watch.clone())?;
        for note in records.take_notes().into_iter().chain(note).chain(found) {
            builder.note(note);
        }
        let mut parts = records.take_parts().into_iter().peekable();
        for (record, text) in records.take_texts().enumerate() {
            let (source, line) = (Some(records.source(record)), records.line(record));
            let parts = parts.next_if(|(at, _)| *at == record).map(|(_, parts)| parts);
            match text {
                Ok((chunk, row)) => {
                    let text = Text::Row(chunk, row);
                    builder.push(Incoming { parts, source, line, ..text.into() })?;
                }
                Err(reason) => builder.refuse(reason)?,
            }
        }
        builder.finish()
    }
}

/// The name of the column of ids that are names of files. No file can have a column of that name.
const FILE_IDS: &str = "\0file";

/// The name of each record's file, without its folder if that leaves no two files alike. The
/// records of a file that has several are numbered.
fn file_ids(records: &Records) -> Column {
    let base = |source: &str| source.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let mut files: Vec<(&str, usize)> = Vec::new();
    for source in (0..records.len()).map(|record| records.source(record)) {
        match files.last_mut() {
            Some((last, count)) if *last == source => *count += 1,
            _ => files.push((source, 1)),
        }
    }
    let mut seen = HashSet::new();
    let are_apart = files.iter().all(|(source, _)| seen.insert(base(source)));
    let names = files.into_iter().flat_map(|(source, count)| {
        let name = if are_apart { base(source) } else { source.to_owned() };
        (1..=count).map(move |at| if count == 1 { name.clone() } else { format!("{name}#{at}") })
    });
    Column::text(names.collect::<Vec<_>>().iter().map(String::as_str))
}
