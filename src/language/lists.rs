//! How is a word list read?
//!
//! Lists are text files under `src/data` that are compiled into the crate; `src/data/README.md`
//! documents the source of each. There is one entry per line. In some lists, entries are grouped
//! under section headings, `[title]`. Empty lines and comments, which begin with `# `, are skipped.

/// The entries of a list, without surrounding white space.
pub(crate) fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && *line != "#" && !line.starts_with("# "))
}

/// The entries of a list with sections, each with the name of its section; before the first heading
/// the name is empty.
pub(crate) fn sections(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut section = "";
    entries(list).filter_map(move |line| {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(name) => {
                section = name;
                None
            }
            None => Some((section, line)),
        }
    })
}

/// The items of a list with sections whose lines hold several items, separated by semicolons; each
/// with the name of its section.
pub(crate) fn items(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    sections(list).flat_map(|(section, line)| line.split(';').map(move |item| (section, item.trim())))
}

#[cfg(test)]
mod tests {
    use super::{entries, sections};

    #[test]
    fn comments_and_empty_lines_are_skipped() {
        assert!(entries("# a list\n\n one \n#hashtag\n#\n").eq(["one", "#hashtag"]));
    }

    #[test]
    fn an_entry_belongs_to_the_heading_above_it() {
        assert!(sections("# a list\na\n[one]\nb c\n\n[two]\nd").eq([
            ("", "a"),
            ("one", "b c"),
            ("two", "d")
        ]));
    }
}
