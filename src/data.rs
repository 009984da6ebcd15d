//! How is a word list read?
//!
//! Lists are text files under `src/data`, part of the crate; `src/data/README.md` says where each comes from. An entry a line;
//! empty lines, and comments behind `# `, are none.

/// The entries of a list, without white space at their ends.
pub fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && *line != "#" && !line.starts_with("# "))
}

#[cfg(test)]
mod tests {
    use super::entries;

    #[test]
    fn comments_and_empty_lines_are_no_entries() {
        assert!(entries("# a list\n\n one \n#hashtag\n#\n").eq(["one", "#hashtag"]));
    }
}
