//! Where are the items of a JSON list, and how deep does it nest?
//!
//! One pass over the bytes that minds strings and brackets and nothing else, so that a list is never held as a tree, its items
//! fail one by one, and no nesting is followed by recursion. What an item really is, its own parser says.

use std::ops::Range;

use crate::batch::Watch;
use crate::error::Result;

/// The items of a list, or what is wrong with it, and at which byte.
pub(crate) type Items = std::result::Result<Vec<Range<usize>>, (String, usize)>;

/// The deepest nesting that is read.
pub(crate) const DEEPEST: usize = 127;

/// A walk over brackets.
#[derive(Default)]
struct Skim {
    depth: usize,
    deepest: usize,
    in_string: bool,
    escaped: bool,
}

impl Skim {
    /// Takes the next byte; whether it means something outside of strings.
    fn step(&mut self, byte: u8) -> bool {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.in_string = true,
            b'[' | b'{' => {
                self.depth += 1;
                self.deepest = self.deepest.max(self.depth);
            }
            b']' | b'}' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        true
    }
}

/// Whether some JSON nests too deep to be read, and at which byte.
pub(crate) fn too_deep(bytes: &[u8]) -> Option<usize> {
    // Most records have not so many brackets in all.
    memchr::memchr2_iter(b'[', b'{', bytes).nth(DEEPEST)?;
    let mut skim = Skim::default();
    bytes.iter().position(|&byte| {
        skim.step(byte);
        skim.depth > DEEPEST
    })
}

/// The items of a list that opens at a byte and ends the file. Ranges hold the white space around the items.
pub(crate) fn items(bytes: &[u8], open: usize, watch: &Watch) -> Result<Items> {
    let (mut skim, mut items, mut start) = (Skim::default(), Vec::new(), open + 1);
    for (at, &byte) in bytes.iter().enumerate().skip(open) {
        if at % (1 << 20) == 0 {
            watch.check()?;
        }
        let before = skim.depth;
        if !skim.step(byte) {
            continue;
        }
        match (byte, before) {
            (b',', 1) => {
                items.push(start..at);
                start = at + 1;
            }
            (b']' | b'}', 1) => {
                if byte == b'}' {
                    return Ok(Err(("a list ends with \"}\"; expected \"]\"".to_owned(), at)));
                }
                if !items.is_empty() || !is_blank(&bytes[start..at]) {
                    items.push(start..at);
                }
                let after = bytes[at + 1..].iter().position(|byte| !is_space(*byte));
                return Ok(match after {
                    Some(more) => Err(("trailing characters".to_owned(), at + 1 + more)),
                    None => Ok(items),
                });
            }
            _ => {}
        }
    }
    let what = if skim.deepest > DEEPEST { "recursion limit exceeded, and the list" } else { "a list" };
    let what = format!("{what} does not end; expected \"]\"");
    Ok(Err((what, bytes.len())))
}

/// White space as JSON knows it.
pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(|&byte| is_space(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(json: &str) -> std::result::Result<Vec<&str>, (String, usize)> {
        let items = items(json.as_bytes(), json.find('[').unwrap(), &Watch::default()).unwrap()?;
        Ok(items.into_iter().map(|item| &json[item]).collect())
    }

    #[test]
    fn commas_and_brackets_in_strings_part_nothing() {
        let json = " [ {\"a\": [1, \"],[\\\"\"]} ,\"\\\\\", [[]]]\n";
        assert_eq!(found(json).unwrap(), [" {\"a\": [1, \"],[\\\"\"]} ", "\"\\\\\"", " [[]]"]);
        assert_eq!(found("[\n]").unwrap(), Vec::<&str>::new());
        assert_eq!(found("[1,,2,]").unwrap(), ["1", "", "2", ""]);
    }

    #[test]
    fn a_list_that_does_not_end_or_ends_twice_says_where() {
        assert_eq!(found("[1, [2]").unwrap_err().1, 7);
        assert_eq!(found("[1, \"]").unwrap_err().1, 6);
        assert_eq!(found("[1] \n2").unwrap_err().1, 5);
        assert_eq!(found("[1}").unwrap_err().1, 2);
        assert!(found(&"[".repeat(1000)).unwrap_err().0.contains("recursion"));
    }

    #[test]
    fn depth_is_counted_outside_of_strings() {
        assert_eq!(too_deep(format!("\"{}\"", "[".repeat(1000)).as_bytes()), None);
        assert_eq!(too_deep("[]".repeat(1000).as_bytes()), None);
        assert_eq!(too_deep("[".repeat(DEEPEST).as_bytes()), None);
        assert_eq!(too_deep("[".repeat(DEEPEST + 1).as_bytes()), Some(DEEPEST));
    }
}
