//! Whatever the bytes of a file, reading it ends, and each record is a text or an error with its place.

#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::read::{Format, Reading, Records, read_bytes};

fuzz_target!(|bytes: &[u8]| {
    let formats = [Format::Text, Format::JsonLines, Format::Json, Format::Csv, Format::Tsv];
    for format in formats.into_iter().map(Some).chain([None]) {
        let mut records = Records::default();
        let reading = Reading { format, text: "text", watch: &nutgraf::batch::Watch::default() };
        assert!(read_bytes(bytes, "fuzz", &reading, &mut records).is_ok());
        assert_eq!(records.sources().len(), records.texts.len());
        assert_eq!(records.starts().len(), records.texts.len());
        assert!(records.bad.iter().all(|(at, error)| *at < records.texts.len() && !error.what().is_empty()));
        assert!(records.bad.is_sorted_by_key(|(at, _)| *at));
        assert!(records.starts().iter().flatten().is_sorted());
        let rows = records.texts.len();
        let (columns, _) = records.fields.finish(rows, &[], &|| Ok(())).unwrap();
        assert!(columns.iter().all(|(_, column)| column.len() == rows));
    }
});
