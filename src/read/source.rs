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

/// The fields that the folders of a path give, as Hive and Spark write them: `day=2019-01-08/`.
/// A value is decoded from the form that URLs have; that of a missing one is left out.
pub fn partitions(path: &str) -> Vec<(String, String)> {
    let Some((folders, _)) = path.rsplit_once(['/', '\\']) else { return Vec::new() };
    let named = folders.split(['/', '\\']).filter_map(|folder| folder.split_once('='));
    let is_name = |name: &str| {
        name.starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
            && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
    };
    named
        .filter(|(name, value)| is_name(name) && *value != "__HIVE_DEFAULT_PARTITION__")
        .map(|(name, value)| (name.to_owned(), decoded(value)))
        .collect()
}

/// A value with its `%41` read as letters; as it is, if that is not UTF-8.
fn decoded(value: &str) -> String {
    let bytes = value.as_bytes();
    let (mut read, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(&byte) = bytes.get(at) {
        let digits = bytes.get(at + 1..at + 3).and_then(|digits| std::str::from_utf8(digits).ok());
        let letter = digits.filter(|_| byte == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        read.push(letter.unwrap_or(byte));
        at += if letter.is_some() { 3 } else { 1 };
    }
    String::from_utf8(read).unwrap_or_else(|_| value.to_owned())
}

#[cfg(test)]
mod tests_of_partitions {
    use super::partitions;

    #[test]
    fn folders_give_fields() {
        let pairs = |path| partitions(path).into_iter().map(|(name, value)| format!("{name}:{value}"));
        let found: Vec<_> = pairs("a/day=2019-01-08/outlet=The%20Sun/x=y.jsonl").collect();
        assert_eq!(found, ["day:2019-01-08", "outlet:The Sun"]);
        assert_eq!(pairs("2=3/day=__HIVE_DEFAULT_PARTITION__/a.txt").count(), 0);
        assert_eq!(pairs("day=2019.txt").count(), 0);
        assert_eq!(pairs("x=%zz%4/a.txt").collect::<Vec<_>>(), ["x:%zz%4"]);
    }
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
