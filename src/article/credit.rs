//! Is a paragraph a caption, and whom does its credit name?
//!
//! A caption ends in a credit. Credits come in forms of unequal strength: a label (`Credit: AP/Name`) speaks for itself,
//! a bare name (`Jane Doe for The New York Times`) counts only behind a full stop or on a line of its own. A paragraph
//! with more words than its form allows is body text, whatever it ends in.

use std::sync::LazyLock;

use regex::Regex;

use super::words::{is_agency, is_name_word, pattern};
use crate::span::ByteSpan;

/// A credit, as spans and pieces of the paragraph that it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    /// The caption without its credit; empty where the paragraph is nothing but a credit.
    pub caption: ByteSpan,
    /// The credit as printed.
    pub credit: ByteSpan,
    /// The agency or paper, as printed: `AP`, `AFP/Getty Images`; empty where none is named.
    pub agency: String,
    /// The photographer; empty where none is named.
    pub photographer: String,
}

/// A credit is no longer than this, in bytes.
const LONGEST_CREDIT: usize = 160;

/// No form allows a longer paragraph than this, in bytes.
const LONGEST_CAPTION: usize = 1200;

/// A way to print a credit.
struct Form {
    /// Finds the form at the end of a paragraph: group 1 is the credit, group 2 what it says.
    pattern: Regex,
    /// How many words the paragraph may have.
    words: usize,
    /// Whether the credit must stand behind a sentence, on a line of its own, or alone.
    apart: bool,
    /// Whether it must name a known agency, paper or library.
    agency: bool,
}

/// The forms, strongest first.
static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let form = |text: &str, words, apart, agency| Form { pattern: pattern(text), words, apart, agency };
    let kind = "(?:Photo(?:graph|graphy|graphs|s)?|PHOTO(?:GRAPH|S)?|Pictures?|PICTURES?|Images?|IMAGES?|Pics?|Illustration|Graphic|Composite|Video)";
    let name = r"\p{Lu}[\p{L}\p{M}.'’-]+(?: (?:\p{Lu}[\p{L}\p{M}.'’-]*|de|la|van|der|von|bin|al-\p{L}+)){1,4}";
    vec![
        // Credit: AP/Name   Photo credit: Name   Image Credits: NASA
        form(r"(?:^|[\s(\[|])((?:(?i:photo|picture|image|video|illustration|graphic)\s?)?(?i:credits?)\s?:\s*([^\n]+))$", 70, false, false),
        // (AP Photo/Name)   (Photo by Name/Getty Images)   (Photo: Name)   (Image courtesy of NASA)
        form(r"([(\[]\s*([^()\[\]\n]*\b(?i:photo|photos|photograph|picture|image|images|pic|handout|courtesy|supplied)\b[^()\[\]\n]*)[)\]]\.?)$", 90, false, false),
        // (Name/Agency via AP)   (Reuters/Name)   (Name/Paper)
        form(r"([(\[]\s*([^()\[\]\n]*(?:/| via |, )[^()\[\]\n]*)[)\]]\.?)$", 90, false, true),
        // (Getty Images)   (AFP)
        form(r"([(\[]\s*([^()\[\]\n]+)[)\]])$", 40, true, true),
        // Photo: Name/Getty Images   Photograph: Name/The Guardian   Picture: PA
        form(&format!(r"(?:^|[\s(\[|])({kind}(?: (?i:by|from|courtesy of))?\s?:\s*([^\n]+))$"), 60, false, false),
        // Photo by Name on Unsplash   Photograph by Name   Photo courtesy of the museum
        form(&format!(r"(?:^|\s)({kind}\s(?:by|courtesy of|courtesy|provided by|supplied by)\s+([^\n]+))$"), 60, true, false),
        // © Name / EPA   (c) Name
        form(r"(?:^|\s)((?:©|\([cC]\))\s*([^\n]+))$", 60, false, false),
        // Courtesy of the museum   Handout via REUTERS   File photo   Handout/Reuters
        form(r"(?:^|\s)(((?:Courtesy(?: of|:)|Handout(?: via| by|/)|HANDOUT(?: via|/)|Supplied by|Provided by)\s*[^\n]+|(?:File|FILE) (?i:photo|picture|image)|Handout|Supplied(?: photo)?))$", 50, true, false),
        // REUTERS/Name   AP/Name/Pool   AFP / Name
        form(r"(?:^|\s)(((?:REUTERS|Reuters|AP|AP Photo|AP Images|AFP|EPA|EPA-EFE|PA|UPI|TASS|Getty|Getty Images|AFP/Getty Images|Xinhua|Kyodo|Yonhap|NASA|Bloomberg)\s?/\s?[^\n]+))$", 60, false, true),
        // Name/AFP/Getty Images   Name / Agency   Name, AP   Name via AP   Name for The New York Times
        form(&format!(r"(?:^|[\s])(({name}(?:\s?[/|]\s?|, | via | for | — | – | - )[^\n]+))$"), 50, true, true),
        // AFP
        form(r"(?:^|\s)((\p{Lu}[^\n.!?]*))$", 50, true, true),
    ]
});

/// The credit that `paragraph` ends in, if it is a caption.
pub fn find_credit(paragraph: &str) -> Option<Credit> {
    if paragraph.len() > LONGEST_CAPTION {
        return None;
    }
    let tail = tail_start(paragraph);
    if !may_hold_credit(&paragraph.as_bytes()[tail..]) {
        return None;
    }
    let words = paragraph.split_whitespace().count();
    FORMS.iter().filter(|form| words <= form.words).find_map(|form| form.find(paragraph, tail))
}

impl Form {
    /// The credit in this form at the end of the paragraph, the longest that fits.
    fn find(&self, paragraph: &str, tail: usize) -> Option<Credit> {
        let mut from = tail;
        while let Some(found) = self.pattern.captures_at(paragraph, from) {
            let (whole, credit, says) = (found.get(0)?, found.get(1)?, found.get(2)?);
            if let Some(fitting) = self.fit(paragraph, credit.start(), says.as_str()) {
                return Some(fitting);
            }
            from = (whole.start() + 1..paragraph.len()).find(|&byte| paragraph.is_char_boundary(byte))?;
        }
        None
    }

    fn fit(&self, paragraph: &str, start: usize, says: &str) -> Option<Credit> {
        let before = paragraph[..start].trim_end_matches(|c: char| c.is_whitespace() || c == '|');
        let line_start = paragraph[before.len()..start].contains('\n');
        let apart = before.is_empty() || line_start || ends_sentence(before);
        let (agency, photographer) = parties(says);
        let says_words = says.split_whitespace().count();
        let fits = says_words <= 16
            && says.split_whitespace().all(is_name_word)
            && (apart || !self.apart)
            && (!agency.is_empty() || !self.agency);
        fits.then(|| Credit {
            caption: ByteSpan::new(0, before.len() as u32),
            credit: ByteSpan::new(start as u32, paragraph.len() as u32),
            agency,
            photographer,
        })
    }
}

/// Where the last bytes of a paragraph begin, in which a credit could stand.
fn tail_start(paragraph: &str) -> usize {
    let mut at = paragraph.len().saturating_sub(LONGEST_CREDIT);
    while !paragraph.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// Whether the end of a paragraph could be a credit: most paragraphs end in a plain full stop or a quote and hold no cue.
fn may_hold_credit(tail: &[u8]) -> bool {
    match tail.last() {
        Some(b'.') => tail.ends_with(b").") || tail.ends_with(b"].") || tail.ends_with(b"Jr.") || tail.ends_with(b"Inc."),
        Some(b'?' | b'!' | b'"' | b',' | b';' | b':') | None => false,
        Some(_) => !tail.ends_with("”".as_bytes()),
    }
}

/// Whether a text ends as sentences end.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']).ends_with(['.', '!', '?', '…', ':'])
}

/// Words of a credit that name neither an agency nor a person.
fn is_filler(part: &str) -> bool {
    const FILLERS: [&str; 22] = [
        "archive", "archives", "courtesy", "file", "file image", "file photo", "file picture", "handout", "handout photo",
        "illustration", "image", "images", "library", "photo", "photo file", "photograph", "picture", "pool", "pool photo",
        "staff", "supplied", "video",
    ];
    let part = part.to_lowercase();
    FILLERS.binary_search(&part.as_str()).is_ok()
        || part.chars().next().is_some_and(|c| c.is_ascii_digit())
        || is_date_word(&part)
}

/// Whether a part of a credit is a date: `Jan. 8`, `Tuesday`.
fn is_date_word(part: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let mut words = part.split([' ', '.']).filter(|word| !word.is_empty());
    let Some(first) = words.next() else { return true };
    DAYS.contains(&first)
        || MONTHS.iter().any(|month| first.starts_with(month))
            && words.clone().count() > 0
            && words.all(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Agency and photographer of what a credit says.
fn parties(says: &str) -> (String, String) {
    static LEAD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:(?:photo|photograph|photography|picture|image|video|illustration|graphic|handout|supplied)s?\b\s*(?:by|courtesy of|courtesy|provided by|supplied by|via|from|:|/)\s*|(?:courtesy of|courtesy|handout via|handout by|supplied by|provided by|via|by|©|\(c\)|credit)\b?:?\s*)",
        )
    });
    static BREAKS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"\s*[/|;]\s*|,\s+|\s+(?:via|for|courtesy of|supplied by|provided by|on|—|–|-)\s+|\s+©\s*|:\s+")
    });
    let mut says = says.trim().trim_end_matches(['.', ')', ']']).trim();
    while let Some(lead) = LEAD.find(says).filter(|lead| !lead.is_empty()) {
        says = says[lead.end()..].trim_start();
    }
    if is_agency(says) {
        return (says.to_owned(), String::new());
    }
    let (mut agencies, mut people): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for part in BREAKS.split(says) {
        let part = part.trim();
        let bare = [" Photo", " photo", " PHOTO", " Photos", " Picture"]
            .iter()
            .find_map(|end| part.strip_suffix(end))
            .filter(|bare| is_agency(bare))
            .unwrap_or(part);
        if bare.is_empty() {
        } else if is_agency(bare) && !is_filler(bare) {
            agencies.push(bare);
        } else if !is_filler(bare) {
            people.push(bare);
        }
    }
    // A single word in capitals, where no agency is named, is an agency that the list does not have.
    if agencies.is_empty()
        && let [only] = people[..]
        && only.len() <= 6
        && only.chars().all(char::is_uppercase)
    {
        agencies.append(&mut people);
    }
    let photographer = people.first().map(|name| without_lead(name)).unwrap_or_default();
    (agencies.join("/"), photographer.to_owned())
}

/// A photographer's name without the `by` that a credit may put before it.
fn without_lead(name: &str) -> &str {
    ["Photo by ", "photo by ", "By ", "by "].iter().find_map(|lead| name.strip_prefix(lead)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(paragraph: &str) -> Option<[String; 4]> {
        let found = find_credit(paragraph)?;
        Some([
            found.caption.of(paragraph).to_owned(),
            found.credit.of(paragraph).to_owned(),
            found.agency,
            found.photographer,
        ])
    }

    #[test]
    fn credits_of_every_form_are_seen() {
        for (credit, agency, photographer) in [
            ("Credit: AP/Ng Han Guan", "AP", "Ng Han Guan"),
            ("Credit: Marta Ruiz/AFP/Getty Images", "AFP/Getty Images", "Marta Ruiz"),
            ("Photo credit: Marta Ruiz", "", "Marta Ruiz"),
            ("CREDIT: REUTERS", "REUTERS", ""),
            ("(AP Photo/Mark Smith)", "AP", "Mark Smith"),
            ("(AP Photo/Mark Smith, File)", "AP", "Mark Smith"),
            ("(AP Photo)", "AP", ""),
            ("(Photo by Marta Ruiz/Getty Images)", "Getty Images", "Marta Ruiz"),
            ("(Marta Ruiz/The Denver Post via AP)", "The Denver Post/AP", "Marta Ruiz"),
            ("(Marta Ruiz/AFP)", "AFP", "Marta Ruiz"),
            ("REUTERS/Marta Ruiz", "REUTERS", "Marta Ruiz"),
            ("REUTERS/Marta Ruiz/File Photo", "REUTERS", "Marta Ruiz"),
            ("Photo: Marta Ruiz/Getty Images", "Getty Images", "Marta Ruiz"),
            ("Photograph: Marta Ruiz/The Guardian", "The Guardian", "Marta Ruiz"),
            ("Picture: PA", "PA", ""),
            ("Image: NASA/JPL", "NASA/JPL", ""),
            ("© Marta Ruiz / EPA", "EPA", "Marta Ruiz"),
            ("Marta Ruiz for The New York Times", "The New York Times", "Marta Ruiz"),
            ("Photo by Marta Ruiz on Unsplash", "Unsplash", "Marta Ruiz"),
            ("Handout via REUTERS", "REUTERS", ""),
            ("Marta Ruiz/AFP/Getty Images", "AFP/Getty Images", "Marta Ruiz"),
            ("File photo", "", ""),
        ] {
            let caption = "A train arrives at the station.";
            let paragraph = format!("{caption} {credit}");
            let expected = [caption, credit, agency, photographer].map(str::to_owned);
            assert_eq!(parts(&paragraph), Some(expected.clone()), "{paragraph}");
            let own_line = format!("{caption}\n{credit}");
            assert_eq!(parts(&own_line), Some(expected), "{own_line}");
        }
    }

    #[test]
    fn a_label_needs_no_full_stop_before_it() {
        let paragraph = "A train arrives at Beijing Railway Station Credit: AP/Ng Han Guan";
        assert_eq!(parts(paragraph).unwrap()[0], "A train arrives at Beijing Railway Station");
        let paragraph = "A train arrives at Beijing Railway Station REUTERS/Marta Ruiz";
        assert_eq!(parts(paragraph).unwrap()[1], "REUTERS/Marta Ruiz");
    }

    #[test]
    fn body_text_that_speaks_of_photographers_is_no_caption() {
        for text in [
            "He thanked photographer Jane Doe for Reuters.",
            "The British Broadcasting Corporation (BBC) said so.",
            "She was given credit: two hours of it",
            "The company said it would pay $3 million, according to AP",
            "He spoke of the image: a man alone",
            "\"We saw it,\" said Marta Ruiz of the AFP",
            "The vote was 51/49 in favour",
        ] {
            assert_eq!(parts(text), None, "{text}");
        }
        let long = format!("{} Photo: Marta Ruiz/Getty Images", "The council met again on Monday. ".repeat(20));
        assert_eq!(parts(&long), None);
    }
}
