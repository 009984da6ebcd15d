//! Where does a JSON value end, and how deep does it nest?
//!
//! A walk over the bytes looks at strings and brackets and nothing else. So a list is never held as
//! a tree, its items fail one by one, and no nesting is followed by recursion. What a value really
//! is, the parser finds out.

/// The deepest nesting that is read.
pub(crate) const DEEPEST: usize = 127;

/// A walk over brackets.
#[derive(Default)]
pub(crate) struct Skim {
    depth: usize,
    deepest: usize,
    in_string: bool,
    escaped: bool,
}

impl Skim {
    /// Takes the next byte. Returns whether it is outside of strings.
    pub(crate) fn step(&mut self, byte: u8) -> bool {
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

    /// Walks on to the first byte outside of strings that satisfies a condition, given the byte and
    /// the depth before it.
    pub(crate) fn find(&mut self, bytes: &[u8], is_one: impl Fn(u8, usize) -> bool) -> Option<usize> {
        bytes.iter().position(|&byte| {
            let depth = self.depth;
            self.step(byte) && is_one(byte, depth)
        })
    }

    /// Whether the nesting was too deep to be read.
    pub(crate) fn was_too_deep(&self) -> bool {
        self.deepest > DEEPEST
    }
}

/// Whether some JSON nests too deep to be read, and at which byte.
pub(crate) fn too_deep(bytes: &[u8]) -> Option<usize> {
    // Most records have fewer brackets in all.
    memchr::memchr2_iter(b'[', b'{', bytes).nth(DEEPEST)?;
    let mut skim = Skim::default();
    bytes.iter().position(|&byte| {
        skim.step(byte);
        skim.depth > DEEPEST
    })
}

/// White space as JSON knows it.
pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_counted_outside_of_strings() {
        assert_eq!(too_deep(format!("\"{}\"", "[".repeat(1000)).as_bytes()), None);
        assert_eq!(too_deep("[]".repeat(1000).as_bytes()), None);
        assert_eq!(too_deep("[".repeat(DEEPEST).as_bytes()), None);
        assert_eq!(too_deep("[".repeat(DEEPEST + 1).as_bytes()), Some(DEEPEST));
    }
}
