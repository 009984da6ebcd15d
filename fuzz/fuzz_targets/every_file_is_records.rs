//! Whatever the bytes of a file, reading it ends, and each record is a text or an error with its place.

#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::batch::Watch;
use nutgraf::corpus::{Corpus, OnError, Options, RoleNames};
use nutgraf::read::{Format, Reading, Records, read_bytes};

fuzz_target!(|bytes: &[u8]| {
    let formats = [
        Format::Text,
        Format::JsonLines,
        Format::Json,
        Format::Csv,
        Format::Tsv,
        Format::Html,
        Format::Xml,
        Format::Mail,
        Format::Export,
    ];
    let watch = Watch::default();
    for format in formats.into_iter().map(Some).chain([None]) {
        let mut records = Records::default();
        let reading = Reading::new(format, "text", &watch);
        assert!(read_bytes(bytes, "fuzz", &reading, &mut records).is_ok());
        let rows = records.len();
        assert_eq!(records.texts().count(), rows);
        assert_eq!(records.starts().len(), rows);
        assert!(records.bad().iter().all(|(at, error)| *at < rows && !error.what().is_empty()));
        assert!(records.bad().is_sorted_by_key(|(at, _)| *at));
        // Each file of an archive counts from its own start.
        let places: Vec<_> = (0..rows).map(|row| (records.source(row), records.starts()[row])).collect();
        let in_order = |of: &[(&str, Option<i64>)]| of.iter().filter_map(|(_, start)| *start).is_sorted();
        assert!(places.chunk_by(|one, other| one.0 == other.0).all(in_order));
        let options = Options { on_error: OnError::Skip, threads: Some(1), ..Options::default() };
        if let Ok(corpus) = Corpus::from_records(records, RoleNames::default(), options, &watch) {
            assert_eq!(corpus.report().n_in(), rows);
            assert!(corpus.store().fields().iter().all(|(_, column)| column.len() == corpus.len()));
        }
    }
});
