//! Is a paragraph a caption because of how it begins?
//!
//! Captions from web pages carry the labels of the page (`Image copyright AFP Image caption A
//! bridge in Faro`), or begin with the name of a picture agency that was above them (`Getty Images
//! A bridge in Faro`).

use regex::Regex;

use super::credit::Credit;
use super::words::{is_agency, is_name_word, pattern};
use crate::batch::Static;
use crate::span::ByteSpan;

/// The maximum length of such a paragraph, in bytes.
const LONGEST: usize = 600;

/// The maximum length of a caption after the name of an agency, in bytes.
const LONGEST_BEHIND_AGENCY: usize = 240;

/// Names of social networks, where a page had buttons.
const BUTTONS: &str = "(?:Facebook|Twitter|Pinterest|Share on Facebook|Share on Twitter)";

static LABELLED: Static<Regex> = Static::new(|| {
    pattern(&format!(
        r"^(?:{BUTTONS}\s+)*(?:Media playback is (?:unsupported|not supported) on (?:your|this) device\s+)?(?:((?:Image|Video) (?:copyright|source)[,:]?\s+([^\n]{{1,90}}?))\s+)?(?:Image|Media|Video|Picture) caption[,:]?\s+"
    ))
});

static SOURCE: Static<Regex> =
    Static::new(|| pattern(r"^(?:Image|Video) (?:copyright|source)(?:[,:]\s*|\s+)(\p{Lu}[^\n]{0,90})$"));

/// A caption that begins with a label, or a credit that does.
pub(super) fn find_labelled(paragraph: &str) -> Option<Credit> {
    if paragraph.len() > LONGEST || !paragraph.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let end = paragraph.len() as u32;
    let labels = |label: &str| memchr::memmem::find(paragraph.as_bytes(), label.as_bytes()).is_some();
    if !labels(" caption") && !labels(" copyright") && !labels(" source") {
        return behind_agency(paragraph);
    }
    if let Some(found) = LABELLED.captures(paragraph) {
        let text = found.get(0)?.end();
        if paragraph[text..].starts_with(char::is_lowercase) {
            return None;
        }
        let (credit, agency) = match (found.get(1), found.get(2)) {
            (Some(credit), Some(source)) => {
                (ByteSpan::new(credit.start() as u32, credit.end() as u32), source.as_str())
            }
            _ => (ByteSpan::new(0, 0), ""),
        };
        return Some(Credit {
            caption: ByteSpan::new(text as u32, end).trimmed(paragraph),
            credit,
            agency: agency.to_owned(),
            photographer: String::new(),
        });
    }
    if let Some(source) = SOURCE.captures(paragraph).and_then(|found| found.get(1)) {
        let source = source.as_str();
        return (source.split_whitespace().all(is_name_word) && !source.ends_with(['.', '?', '!'])).then(
            || Credit {
                caption: ByteSpan::new(0, 0),
                credit: ByteSpan::new(0, end),
                agency: source.to_owned(),
                photographer: String::new(),
            },
        );
    }
    behind_agency(paragraph)
}

/// A caption after the word for a picture, without a credit: `Pictured: Marta Ruiz in Faro`.
pub(super) fn find_pictured(paragraph: &str) -> Option<ByteSpan> {
    const LABELS: [&str; 11] = [
        "FILE PHOTO: ",
        "File photo: ",
        "Image: ",
        "PHOTO: ",
        "Photo caption: ",
        "Photo: ",
        "Photos: ",
        "Picture: ",
        "Pictured: ",
        "Pictured above: ",
        "Top photo: ",
    ];
    /// The minimum number of words after the label.
    const LEAST: usize = 3;
    let label = LABELS.iter().find(|label| paragraph.starts_with(**label))?;
    let text = &paragraph[label.len()..];
    let fits = paragraph.len() <= LONGEST
        && text.split(' ').count() >= LEAST
        && text.starts_with(char::is_uppercase);
    fits.then(|| ByteSpan::new(label.len() as u32, paragraph.len() as u32))
}

/// Where the text of a caption begins, after the names of networks where a page had buttons:
/// `Facebook Twitter Pinterest A bridge in Faro`. One name may be what the caption is about.
pub(super) fn after_buttons(caption: &str) -> u32 {
    static ROW: Static<Regex> = Static::new(|| pattern(&format!(r"^(?:{BUTTONS}\s+){{2,}}")));
    ROW.find(caption).map_or(0, |row| row.end() as u32)
}

/// `Image caption,`: a label whose text is the paragraph below.
pub(super) fn is_bare_label(paragraph: &str) -> bool {
    let label = paragraph.trim_end_matches([',', ':']);
    matches!(label, "Image caption" | "Media caption" | "Video caption" | "Picture caption")
}

/// `Getty Images A bridge in Faro`: the name of a picture agency, and a capital after it.
fn behind_agency(paragraph: &str) -> Option<Credit> {
    /// Agencies that pages print so. An acronym needs more words after it.
    const AGENCIES: [&str; 22] = [
        "AFP/Getty Images",
        "AFP via Getty Images",
        "Alamy",
        "AFP",
        "AP",
        "Associated Press",
        "EPA-EFE",
        "EPA",
        "Getty Images",
        "Getty",
        "PA Archive",
        "PA Images",
        "PA Media",
        "PA Wire",
        "PA",
        "Press Association",
        "REUTERS",
        "Reuters",
        "Rex Features",
        "Shutterstock",
        "SWNS",
        "Xinhua",
    ];
    /// The minimum number of words after a name of one word, and if one of them says where.
    const LEAST: (usize, usize) = (6, 4);
    if paragraph.len() > LONGEST_BEHIND_AGENCY || paragraph.ends_with(['.', '?', '!', ':', '"', '”', ')']) {
        return None;
    }
    let agency = AGENCIES
        .iter()
        .find(|agency| paragraph.strip_prefix(**agency).is_some_and(|rest| rest.starts_with([' ', ':'])))?;
    let rest = paragraph[agency.len()..].trim_start_matches([' ', ':']);
    let placed =
        || [" in ", " at ", " on ", " with ", " during ", " outside "].iter().any(|word| rest.contains(word));
    let least = match agency.contains(' ') {
        true => 2,
        false if placed() => LEAST.1,
        false => LEAST.0,
    };
    let fits = rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && rest.split_whitespace().count() >= least
        && !is_agency(rest)
        && !rest.contains(". ")
        && !rest.starts_with("Photo");
    fits.then(|| Credit {
        caption: ByteSpan::new((paragraph.len() - rest.len()) as u32, paragraph.len() as u32),
        credit: ByteSpan::new(0, agency.len() as u32),
        agency: (*agency).to_owned(),
        photographer: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(paragraph: &str) -> Option<[&str; 2]> {
        let found = find_labelled(paragraph)?;
        assert_eq!(found.agency.is_empty(), found.credit.is_empty());
        Some([found.caption.of(paragraph), found.credit.of(paragraph)])
    }

    #[test]
    fn labels_of_pages_are_no_part_of_a_caption() {
        for (paragraph, caption, credit) in [
            ("Image caption A bridge in Faro", "A bridge in Faro", ""),
            ("Image copyright AFP Image caption A bridge in Faro", "A bridge in Faro", "Image copyright AFP"),
            ("Image source, PA Media Image caption, A bridge", "A bridge", "Image source, PA Media"),
            ("Media caption ‘The bridge held’", "‘The bridge held’", ""),
            ("Media playback is unsupported on your device Media caption The bridge", "The bridge", ""),
            ("Image source, Marta Ruiz", "", "Image source, Marta Ruiz"),
            ("Getty Images A bridge in Faro", "A bridge in Faro", "Getty Images"),
            ("Reuters Marta Ruiz in Faro", "Marta Ruiz in Faro", "Reuters"),
            (
                "EPA Marta Ruiz was the first to cross the bridge",
                "Marta Ruiz was the first to cross the bridge",
                "EPA",
            ),
        ] {
            assert_eq!(parts(paragraph), Some([caption, credit]), "{paragraph}");
        }
    }

    #[test]
    fn buttons_before_a_caption_are_no_part_of_it() {
        assert_eq!(after_buttons("Facebook Twitter Pinterest A bridge"), 27);
        assert_eq!(after_buttons("Twitter staff on the bridge"), 0);
    }

    #[test]
    fn a_picture_may_be_labelled_as_one() {
        let text = "Pictured: Marta Ruiz on the bridge";
        assert_eq!(find_pictured(text).map(|span| span.of(text)), Some("Marta Ruiz on the bridge"));
        assert!(
            find_pictured("Photo: Marta Ruiz").is_none() && find_pictured("Pictured rocks rose.").is_none()
        );
    }

    #[test]
    fn sentences_that_begin_alike_are_no_captions() {
        for text in [
            "Image caption contests are popular with readers",
            "Getty Images said it would pay",
            "Reuters Breakingviews said so.",
            "EPA Administrator Marta Ruiz quits",
            "Image copyright is a thorny matter.",
            "AP",
        ] {
            assert_eq!(parts(text), None, "{text}");
        }
    }
}
