//! Is a paragraph a caption, and whom does its credit name?
//!
//! A caption ends in a credit. The forms of credits are of unequal strength: a label (`Credit:
//! AP/Name`) is sufficient by itself, but a bare name (`Jane Doe for The New York Times`) counts
//! only after a full stop or on a separate line. A paragraph with more words than its form allows
//! is body text, whatever it ends in.

use regex::Regex;

use super::words::{is_agency, is_agency_like, is_name_word, pattern};
use crate::batch::Static;
use crate::span::ByteSpan;

/// A credit, as spans and pieces of the paragraph that ends in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    /// The caption without its credit; empty if the paragraph is only a credit.
    pub caption: ByteSpan,
    /// The credit as printed.
    pub credit: ByteSpan,
    /// The agency or newspaper, as printed: `AP`, `AFP/Getty Images`; empty if none is named.
    pub agency: String,
    /// The photographer; empty if none is named.
    pub photographer: String,
}

/// The maximum length of a credit, in bytes.
const LONGEST_CREDIT: usize = 160;

/// The maximum length of a paragraph that can be a caption in any form, in bytes.
const LONGEST_CAPTION: usize = 1200;

/// The maximum number of words that say whom the credit names.
const MOST_WORDS: usize = 16;

/// The maximum length of an initial or abbreviation that keeps its full stop, in bytes.
const LONGEST_ABBREVIATION: usize = 4;

/// A printed form of a credit.
#[expect(clippy::struct_excessive_bools, reason = "the independent requirements of a form")]
struct Form {
    /// Finds the form at the end of a paragraph: group 1 is the credit, group 2 what it says.
    pattern: Regex,
    /// Whether it ends in a bracket.
    bracketed: bool,
    /// The maximum number of words in the paragraph.
    words: usize,
    /// Whether the credit must follow a sentence, or be on a separate line, or be the whole
    /// paragraph.
    apart: bool,
    /// Whether it must name a known agency, newspaper or library.
    agency: bool,
    /// Whether it can occur without a caption.
    alone: bool,
}

/// The forms, strongest first.
static FORMS: Static<Vec<Form>> = Static::new(|| {
    let form = |text: &str, words, apart, agency| {
        let bracketed = text.starts_with(r"([(\[]");
        Form { pattern: pattern(text), bracketed, words, apart, agency, alone: true }
    };
    let kind = "(?:Photo(?:graph|graphy|graphs|s)?|PHOTO(?:GRAPH|S)?|Pictures?|PICTURES?|Images?|IMAGES?|Pics?|Illustration|Graphic|Composite|Video)";
    let name = r"\p{Lu}[\p{L}.'’-]+(?: (?:\p{Lu}[\p{L}.'’-]*|de|la|van|der|von|bin|al-[\p{L}]+)){1,4}";
    vec![
        // Credit: AP/Name   Photo credit: Name   Image Credits: NASA
        form(
            r"(?:^|[\s(\[|])((?:(?i:photo|picture|image|video|illustration|graphic|mandatory)\s?)?(?i:credits?)\s?(?::|\.\.\.|…)\s*([^\n]+))$",
            70,
            false,
            false,
        ),
        // (AP Photo/Name)   (Photo by Name/Getty Images)   (Photo: Name)   (Image courtesy of NASA)
        form(
            r"([(\[]\s*([^()\[\]\n]*\b(?i:photo|photos|photograph|picture|image|images|pic|handout|courtesy|supplied)\b[^()\[\]\n]*)[)\]]\.?)$",
            90,
            false,
            false,
        ),
        // (Name/Agency via AP)   (Reuters/Name)   (Name/Paper)
        form(r"([(\[]\s*([^()\[\]\n]*(?:/| via |, )[^()\[\]\n]*)[)\]]\.?)$", 90, false, true),
        // (Getty Images)   (AFP)
        form(r"([(\[]\s*([^()\[\]\n]+)[)\]])$", 40, true, true),
        // Photo: Name/Getty Images   Photograph: Name/The Guardian   Picture: PA
        form(
            &format!(r"(?:^|[\s(\[|])({kind}(?: (?i:by|from|courtesy of))?\s?:\s*([^\n]+))$"),
            60,
            false,
            false,
        ),
        // Staff photo by Name Photo by Name on Unsplash Photograph by Name Photo courtesy of the
        // museum
        form(
            &format!(
                r"(?:^|\s)((?:(?:Staff|File|Courtesy|Handout) )?(?i:{kind})\s(?:by|courtesy of|courtesy|provided by|supplied by)\s+([^\n]+))$"
            ),
            60,
            true,
            false,
        ),
        // © Name / EPA   (c) Name
        form(r"(?:^|\s)((?:©|\([cC]\))\s*([^\n]+))$", 60, false, false),
        // Courtesy of the museum   Handout via REUTERS   File photo   Handout/Reuters
        form(
            r"(?:^|\s)(((?:Courtesy(?: of|:)|Handout(?: via| by|/)|HANDOUT(?: via|/)|Supplied by|Provided by)\s*[^\n]+|(?:File|FILE) (?i:photo|picture|image)|Handout|Supplied(?: photo)?))$",
            50,
            true,
            false,
        ),
        // REUTERS/Name   AP/Name/Pool   AFP / Name
        form(
            r"(?:^|\s)(((?:\p{Lu}[\p{Lu}-]{1,9}|AP Photo|AP Images|Reuters|Getty|Getty Images|Xinhua|Kyodo|Yonhap|Bloomberg)\s?/\s?[^\n]+))$",
            60,
            false,
            true,
        ),
        // Name/AFP/Getty Images Name / Agency Name, AP Name via AP Name for The New York Times
        form(
            &format!(r"(?:^|[\s])(({name}(?:\s?[/|]\s?|, | via | for | — | – | - )[^\n]+))$"),
            50,
            true,
            true,
        ),
        // (Name/Paper), where the newspaper is not in a list
        form(
            &format!(
                r"([(\[]\s*((?:{name}\s?/\s?\p{{Lu}}[^()\[\]\n/]*|\p{{Lu}}[\p{{L}}.-]*\s?/\s?{name}))[)\]])$"
            ),
            40,
            false,
            false,
        ),
        // AFP   — AFP
        Form { alone: false, ..form(r"(?:^|\s)((?:[—–-]\s?)?(\p{Lu}[^\n.!?]*))$", 50, true, true) },
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
    let most = FORMS.iter().map(|form| form.words).max().unwrap_or_default();
    let words = paragraph.split_whitespace().take(most + 1).count();
    let closed = paragraph.trim_end_matches('.').ends_with([')', ']']);
    FORMS
        .iter()
        .filter(|form| words <= form.words && (closed || !form.bracketed))
        .find_map(|form| form.find(paragraph, tail))
}

impl Form {
    /// The longest credit of this form at the end of the paragraph.
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
        let Parties { agency, photographer, known } = parties(says);
        let says_words = says.split_whitespace().count();
        let fits = says_words <= MOST_WORDS
            && says.split_whitespace().all(is_name_word)
            && (apart || !self.apart)
            && (known || !self.agency)
            && (self.alone || !before.is_empty());
        fits.then(|| Credit {
            caption: ByteSpan::new(0, before.len() as u32),
            credit: ByteSpan::new(start as u32, paragraph.len() as u32),
            agency,
            photographer,
        })
    }
}

/// Where the last bytes of a paragraph begin, which are the only ones that can hold a credit.
fn tail_start(paragraph: &str) -> usize {
    let mut at = paragraph.len().saturating_sub(LONGEST_CREDIT);
    while !paragraph.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// Whether the end of a paragraph could be a credit: most paragraphs end in a plain full stop or a
/// quotation mark and contain no cue.
fn may_hold_credit(tail: &[u8]) -> bool {
    match tail.last() {
        Some(b'.') => {
            tail.ends_with(b").")
                || tail.ends_with(b"].")
                || tail.ends_with(b"Jr.")
                || tail.ends_with(b"Inc.")
        }
        Some(b'?' | b'!' | b'"' | b',' | b';' | b':') | None => false,
        Some(_) => !tail.ends_with("”".as_bytes()),
    }
}

/// Whether a text ends like a sentence.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']).ends_with(['.', '!', '?', '…', ':'])
}

/// Words of a credit that name neither an agency nor a person.
fn is_filler(part: &str) -> bool {
    const FILLERS: [&str; 23] = [
        "archive",
        "archives",
        "courtesy",
        "file",
        "file image",
        "file photo",
        "file picture",
        "handout",
        "handout photo",
        "illustration",
        "image",
        "images",
        "library",
        "photo",
        "photo file",
        "photograph",
        "picture",
        "pool",
        "pool photo",
        "pr company",
        "staff",
        "supplied",
        "video",
    ];
    let part = part.to_lowercase();
    part.is_empty()
        || FILLERS.binary_search(&part.as_str()).is_ok()
        || part.chars().next().is_some_and(|c| c.is_ascii_digit())
        || is_date_word(&part)
}

/// Whether a part of a credit is a date: `Jan. 8`, `Tuesday`.
fn is_date_word(part: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let mut words = part.split([' ', '.']).filter(|word| !word.is_empty());
    let Some(first) = words.next() else { return true };
    DAYS.contains(&first)
        || MONTHS.iter().any(|month| first.starts_with(month))
            && words.clone().count() > 0
            && words.all(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The parties that a credit names.
struct Parties {
    agency: String,
    photographer: String,
    /// Whether one of the agencies is in the list.
    known: bool,
}

/// The agency and the photographer that a credit names.
///
/// A credit consists of parts that are separated by slashes, commas, `via` or `for`. Parts that
/// name an agency or a newspaper, or read as if they did, are agencies. Of the other parts, the
/// first that reads like a person's name is the photographer, and the rest are agencies that are
/// not in any list.
fn parties(says: &str) -> Parties {
    static LEAD: Static<Regex> = Static::new(|| {
        pattern(
            r"(?i)^(?:(?:(?:staff|file) )?(?:photo|photograph|photography|picture|image|video|illustration|graphic|handout|supplied)s?\b\s*(?:by|courtesy of|courtesy|provided by|supplied by|via|from|:|/)\s*|(?:courtesy of|courtesy|handout via|handout by|supplied by|provided by|via|by|source|©|\(c\)|credit)\b?:?\s*)",
        )
    });
    static BREAKS: Static<Regex> = Static::new(|| {
        pattern(
            r"\s*[/|;]\s*|,\s+|\s+(?:via|for|courtesy of|supplied by|provided by|on|—|–|-)\s+|\s+©\s*|:\s+|\s+(?i:handout)\b|\s*TPX IMAGES OF THE DAY",
        )
    });
    let mut says = without_stop(says.trim());
    while let Some(lead) = LEAD.find(says).filter(|lead| !lead.is_empty()) {
        says = says[lead.end()..].trim_start();
    }
    if is_agency(says) {
        return Parties { agency: says.to_owned(), photographer: String::new(), known: true };
    }
    let parts: Vec<&str> =
        BREAKS.split(says).flat_map(hyphened).map(bare_agency).filter(|part| !is_filler(part)).collect();
    let agency_at = |part: &str| is_agency(part) || is_agency_like(part);
    let people = || parts.iter().copied().enumerate().filter(|(_, part)| !agency_at(part));
    // Two words make a person; if there are several parts, a single word does not.
    let photographer = people()
        .find(|(_, part)| part.contains(' '))
        .or_else(|| people().next().filter(|_| parts.len() == 1 || people().count() < parts.len()))
        .filter(|(_, part)| part.contains(' ') || !says.to_lowercase().contains("handout"));
    let at = photographer.map(|(at, _)| at);
    let agencies: Vec<&str> =
        parts.iter().enumerate().filter(|(other, _)| Some(*other) != at).map(|(_, part)| *part).collect();
    Parties {
        agency: agencies.join("/"),
        photographer: photographer.map_or(String::new(), |(_, part)| part.to_owned()),
        known: parts.iter().any(|part| is_agency(part)),
    }
}

/// A credit without the full stop of its sentence; an initial or an abbreviation keeps its full
/// stop.
fn without_stop(says: &str) -> &str {
    let last = says.rsplit([' ', '/']).next().unwrap_or_default();
    if last.len() > LONGEST_ABBREVIATION { says.trim_end_matches('.') } else { says }
}

/// `Name-USA TODAY Sports` as its two parts; any other part unchanged.
fn hyphened(part: &str) -> Vec<&str> {
    match part.split_once('-') {
        Some((name, agency)) if is_agency(agency) && !is_agency(part) => vec![name, agency],
        _ => vec![part],
    }
}

/// `AP` for `AP Photo`.
fn bare_agency(part: &str) -> &str {
    let part = part.trim();
    [" Photo", " photo", " PHOTO", " Photos", " Picture"]
        .iter()
        .find_map(|end| part.strip_suffix(end))
        .filter(|bare| is_agency(bare))
        .unwrap_or(part)
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
            ("(Corey Mathis/St. Louis Standard via AP)", "St. Louis Standard/AP", "Corey Mathis"),
            ("(Marko Saar/BNS)", "BNS", "Marko Saar"),
            ("Mandatory Credit: Dale Pruitt-USA TODAY Sports", "USA TODAY Sports", "Dale Pruitt"),
            ("Staff photo by Luis Ferrante", "", "Luis Ferrante"),
            ("JAXA/Handout via REUTERS", "JAXA/REUTERS", ""),
            ("(AP Photo/Mark S.)", "AP", "Mark S."),
            ("— AFP", "AFP", ""),
            ("[Photo/IC]", "IC", ""),
            ("(Marta Ruiz/AFP/Getty Images.)", "AFP/Getty Images", "Marta Ruiz"),
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
    fn body_text_about_photographers_is_not_a_caption() {
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
        let long =
            format!("{} Photo: Marta Ruiz/Getty Images", "The council met again on Monday. ".repeat(20));
        assert_eq!(parts(&long), None);
    }
}
