//! How is an article read from a file?
//!
//! A file is opened ([`open`]), unpacked ([`unpack`]), decoded ([`decode`]) and cut into records, one reader for each format. A
//! record that cannot be read keeps its place among the others, with the reason; so does a file that cannot be opened. Nothing is
//! lost. All of it goes in pieces, and listens between them. Cost: one pass over a file, and its content twice in memory.

mod content;
mod csv;
mod decode;
mod fields;
mod file;
mod format;
mod json;
mod open;
mod plain;
mod records;
mod skim;
mod source;
mod unpack;

pub use self::fields::{Columns, Fields};
pub use self::file::{Reading, read_bytes, read_file};
pub use self::format::Format;
pub use self::records::Records;
pub use self::source::file_name;
