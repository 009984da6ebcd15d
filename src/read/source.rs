//! What is a file called, in a table?
//!
//! A name that is UTF-8 stays as it is. In any other, each byte that is not UTF-8 is written `\xNN`
//! and each backslash twice. So no two files have the same name in a table, and the name of the
//! file can be recovered: in Python, `source.encode().decode("unicode_escape").encode("latin-1")`.

use std::fmt::Write as _;
use std::path::Path;

use crate::error::{Error, Kind};

/// The name of a file in tables, and a note if that is not its real name.
pub fn file_name(path: &Path) -> (String, Option<Error>) {
    if let Some(name) = path.to_str() {
        return (name.to_owned(), None);
    }
    let mut called = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        called.push_str(&chunk.valid().replace('\\', "\\\\"));
        for byte in chunk.invalid() {
            // Writing to a string cannot fail.
            let _ = write!(called, "\\x{byte:02x}");
        }
    }
    let what = "the file name is not UTF-8: \\xNN stands for each such byte, \\\\ for a backslash; \
                source.encode().decode(\"unicode_escape\").encode(\"latin-1\") is the name";
    let note = Error::new(Kind::BadFile, what).in_source(called.as_str());
    (called, Some(note))
}

#[cfg(all(test, unix))]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    use super::*;

    fn name(bytes: &[u8]) -> String {
        file_name(Path::new(OsStr::from_bytes(bytes))).0
    }

    #[test]
    fn a_name_that_is_utf8_stays_as_it_is() {
        assert_eq!(file_name(Path::new("a\\é \n.txt")), ("a\\é \n.txt".to_owned(), None));
    }

    #[test]
    fn no_two_names_are_called_alike() {
        assert_eq!(name(b"caf\xe9.txt"), "caf\\xe9.txt");
        assert_eq!(name(b"\xff\\xff"), "\\xff\\\\xff");
        assert_ne!(name(b"\xe9"), name(b"\xea"));
    }
}
