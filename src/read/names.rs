//! Which column is meant, where its name is not written as expected?
//!
//! Exports call the same columns by different names: `Text`, `body`, `Title`, `published`. A name
//! that the caller gives is found whatever its case, if no other differs from it by case alone. If
//! no column has the name of a role, one of the usual names is taken, and a note says so.

/// The usual names of the columns of texts, the most certain first.
const TEXTS: [&str; 9] = [
    "text",
    "body",
    "content",
    "full_text",
    "fulltext",
    "articlebody",
    "article_body",
    "maintext",
    "article",
];

/// The usual names of the columns of dates.
const DATES: [&str; 10] = [
    "date",
    "published",
    "publication_date",
    "publish_date",
    "published_date",
    "date_published",
    "datepublished",
    "published_at",
    "pub_date",
    "pubdate",
];

/// The usual names of the columns of headlines.
const HEADLINES: [&str; 2] = ["headline", "title"];

/// The usual names of the columns of a role. A byline has none but its own: authors are rather a
/// field to group by.
pub fn usual(role: &str) -> &'static [&'static str] {
    match role {
        "text" => &TEXTS,
        "date" => &DATES,
        "headline" => &HEADLINES,
        _ => &[],
    }
}

/// A name as it is compared: in lower case, with one mark between words.
fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-', '.'], "_")
}

/// The position of the name that is meant, whatever its case; `None` if several are, or none is.
pub fn like(wanted: &str, names: &[&str]) -> Option<usize> {
    if let Some(at) = names.iter().position(|&name| name == wanted) {
        return Some(at);
    }
    let wanted = plain(wanted);
    let mut alike = names.iter().enumerate().filter(|(_, name)| plain(name) == wanted);
    let (at, _) = alike.next()?;
    alike.next().is_none().then_some(at)
}

/// The position of the column of texts. Where the caller has not named it, that is one of the usual
/// names.
pub(super) fn text_column(wanted: &str, names: &[&str]) -> Option<usize> {
    let usual: &[&str] = if wanted == TEXTS[0] { &TEXTS } else { &[] };
    like(wanted, names).or_else(|| usual.iter().find_map(|name| like(name, names)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_whatever_its_case() {
        assert_eq!(text_column("text", &["Title", "Text", "Date"]), Some(1));
        assert_eq!(text_column("text", &["Text", "text"]), Some(1));
        assert_eq!(text_column("text", &["Text", "TEXT"]), None);
    }

    #[test]
    fn a_usual_name_is_taken_only_where_none_is_named() {
        assert_eq!(text_column("text", &["id", "Full text"]), Some(1));
        assert_eq!(text_column("story", &["id", "body"]), None);
        assert_eq!(text_column("text", &["content", "body"]), Some(1));
    }
}
