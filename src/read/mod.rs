//! How is an article read from a file?
//!
//! A file is opened ([`open`]), unpacked ([`unpack`]) and decoded ([`decode`]) piece by piece. The
//! reader of its format sees it through a window ([`input`]), finds one record after another there,
//! and adds it to [`Records`]. A record that cannot be read keeps its place among the others, with
//! the reason; so does a file that cannot be opened. Nothing is lost.
//!
//! Cost: one pass over a file. In addition to the records, memory holds a few megabytes of the
//! file, or its longest record, however long the file is.

mod archive;
mod charset;
mod csv;
mod decode;
mod docx;
mod export;
mod fields;
mod file;
mod flat;
mod foreign;
mod format;
mod html;
mod input;
mod json;
mod lenient;
mod mail;
mod markup;
mod names;
mod newsml;
mod ninjs;
mod nitf;
mod open;
mod plain;
mod records;
mod rss;
mod rtf;
mod skim;
mod sniff;
mod source;
mod story;
mod stream;
mod unpack;
mod warc;
mod xml;

pub use self::charset::{Charset, misread};
pub use self::fields::{Columns, Fields};
pub use self::file::{InputFile, Reading, read_bytes, read_file, read_files};
pub use self::format::Format;
pub use self::html::page as read_page;
pub use self::markup::words::holds_tags;
pub use self::names::{like, usual};
pub use self::records::Records;
pub use self::source::{file_name, partitions};
pub use self::story::Story;
pub use self::stream::{OwnedFile, RecordStream};
