//! Is a paragraph a caption, and whom does its credit name?
//!
//! A caption ends in a credit. The forms of credits are of unequal strength: a label (`Credit:
//! AP/Name`) is sufficient by itself, but a bare name (`Jane Doe for The New York Times`) counts
//! only after a full stop or on a separate line. A paragraph with more words than its form allows
//! is body text, whatever it ends in.

use regex::Regex;

use super::byline::is_bare_name;
use super::parties::{Parties, parties};
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

/// The maximum length of a paragraph that is a credit and ends in a full stop, in bytes.
const LONGEST_CLOSED: usize = 90;

/// Who may lend a picture: `Courtesy of the family`.
const LENDERS: [&str; 15] = [
    "artist", "author", "band", "church", "club", "company", "family", "festival", "gallery", "hospital",
    "museum", "police", "school", "studio", "team",
];

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
    /// Whether its first name must be that of a known agency, unless it is apart.
    led: bool,
    /// Whether it is the name of a person after a bar, and nothing else.
    person: bool,
}

/// The forms, strongest first.
static FORMS: Static<Vec<Form>> = Static::new(|| {
    let form = |text: &str, words, apart, agency| {
        let bracketed = text.starts_with(r"([(\[]");
        Form {
            pattern: pattern(text),
            bracketed,
            words,
            apart,
            agency,
            alone: true,
            led: false,
            person: false,
        }
    };
    let kind = "(?:Photo(?:graphers|grapher|graph|graphy|graphs|s)?|PHOTO(?:GRAPH|S)?|Pictures?|PICTURES?|Images?|IMAGES?|Pics?|Illustration|Graphic|Composite|Video)";
    let name = r"\p{Lu}[\p{L}.'’-]+(?: (?:\p{Lu}[\p{L}.'’-]*|de|la|van|der|von|bin|al-[\p{L}]+)){1,4}";
    vec![
        // Credit: AP/Name   Photo credit: Name   Image Credits: NASA
        form(
            r"(?:^|[\s(\[|.!?”])((?:(?i:photo|picture|image|video|illustration|graphic|mandatory)\s?)?(?i:credits?)\s?(?::|\.\.\.|…)\s*([^\n]+))$",
            70,
            false,
            false,
        ),
        // …in Lisbon.Credit...Name   …in Lisbon.CreditName/AP   …in Lisbon.Photo by Name
        form(
            r"(?:^|\S)((?:(?:Photo |Image |Picture )?Credits?(?:\s?(?::|\.\.\.|…)\s*|\s)?(\p{Lu}[\p{L}.]* \p{Lu}[^\n]*)))$",
            70,
            false,
            false,
        ),
        form(r"\S(CREDITS?\s?(?::|\.\.\.|…)\s*([^\n]+))$", 70, false, false),
        form(&format!(r#"[.!?…”"’')]({kind}(?: by |\s?:\s*)(\p{{Lu}}[^\n]+))$"#), 70, false, false),
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
        // Name, Staff Photographer
        form(
            &format!(r"(?:^|\s)(({name}), (?:[\p{{L}}]+ )?(?i:photographer|photojournalist))$"),
            50,
            true,
            false,
        ),
        // Source: Reuters
        form(r"(?:^|[\s(\[|])((?:Sources?|SOURCE)\s?:\s*([^\n]+))$", 60, false, true),
        // Photo / Name
        form(&format!(r"(?:^|\s)({kind} / ({name}))$"), 60, true, false),
        // © Name / EPA   (c) Name
        form(r"(?:^|\s)((?:©|\([cC]\))\s*([^\n]+))$", 60, false, false),
        // Courtesy of the museum   Handout via REUTERS   File photo   Handout/Reuters
        form(
            r"(?:^|\s)(((?:Courtesy(?: of|:)|Handout(?: via| by|/)|HANDOUT(?: via|/)|Supplied by|Provided by)\s*[^\n]+|(?:File|FILE|Handout|Undated handout|Supplied|Archive|Library|Courtesy|Contributed|Submitted|Stock|AP) (?i:photo|picture|image)s?\.?|(?i:photo|picture|image)s? / (?i:file|supplied|handout)|(?i:screenshot|screengrab|screen grab)|Handout|Supplied(?: photo)?))$",
            50,
            true,
            false,
        ),
        // REUTERS/Name   AP/Name/Pool   AFP / Name
        Form {
            led: true,
            ..form(
                r"(?:^|\s)(((?:\p{Lu}[\p{Lu}-]{1,9}|AP Photo|AP Images|Reuters|Getty|Getty Images|Xinhua|Kyodo|Yonhap|Bloomberg)\s?/\s?[^\n]+))$",
                60,
                false,
                true,
            )
        },
        // Name/AFP/Getty Images Name / Agency Name, AP Name via AP Name for The New York Times
        form(&format!(r"(?:^|[\s])(({name}(?:\s?/\s?|, | via | for )[^\n]+))$"), 50, true, true),
        // Name | AP   Name — AP
        form(&format!(r"(?:^|[\s])(({name}(?:\s?\|\s?| — | – | - )[^\n]+))$"), 50, true, true),
        // Name | Name
        Form { alone: false, person: true, ..form(&format!(r"(?:^|[\s])(({name}))$"), 30, true, false) },
        // (Name for The Paper), where the newspaper is not in a list
        form(&format!(r"([(\[]\s*({name} for (?:The|the) \p{{Lu}}[^()\[\]\n/]*)[)\]])$"), 40, false, false),
        // (Name/Paper), where the newspaper is not in a list
        form(
            &format!(
                r"([(\[]\s*((?:{name}\s?/\s?\p{{Lu}}[^()\[\]\n/]*|\p{{Lu}}[\p{{L}}.-]*\s?/\s?{name}))[)\]])$"
            ),
            40,
            false,
            false,
        ),
        // …and two others (PA)
        Form { alone: false, ..form(r"([(\[]\s*(\p{Lu}[^()\[\]\n]+)[)\]])$", 40, false, true) },
        // AFP   — AFP
        Form { alone: false, ..form(r"(?:^|\s)((?:[—–-]\s?)?(\p{Lu}[^\n.!?]*))$", 50, true, true) },
    ]
});

/// The credit that `paragraph` ends in, if it is a caption.
pub fn find_credit(paragraph: &str) -> Option<Credit> {
    if paragraph.len() > LONGEST_CAPTION {
        return None;
    }
    // An item of a list may end in its source.
    if paragraph.starts_with(['-', '•', '–', '*']) {
        return None;
    }
    let tail = tail_start(paragraph);
    if !may_hold_credit(&paragraph.as_bytes()[tail..]) {
        return closed_credit(paragraph);
    }
    let most = FORMS.iter().map(|form| form.words).max().unwrap_or_default();
    let words = paragraph.split_whitespace().take(most + 1).count();
    let closed = paragraph.trim_end_matches('.').ends_with([')', ']']);
    FORMS
        .iter()
        .filter(|form| words <= form.words && (closed || !form.bracketed))
        .find_map(|form| form.find(paragraph, tail))
        .filter(|found| found.credit.of(paragraph).contains(char::is_alphanumeric))
        .or_else(|| closed_credit(paragraph))
}

/// The credit that a paragraph consists of, with or without a full stop: `Getty Images`, `Anna
/// Kowalski/AP.`
fn closed_credit(paragraph: &str) -> Option<Credit> {
    /// The maximum number of words in the name of the photographer.
    const MOST_NAMES: usize = 5;
    if paragraph.len() > LONGEST_CLOSED || paragraph.ends_with("..") {
        return None;
    }
    let says = paragraph.trim_end_matches('.');
    let words = says.split_whitespace().count();
    if words > MOST_WORDS || !says.starts_with(char::is_uppercase) {
        return None;
    }
    let agencies = is_agency(says) || says.contains(['/', '|']) || says.contains(" via ");
    if !agencies || !says.split_whitespace().all(is_name_word) {
        return None;
    }
    let Parties { agency, photographer, known } = parties(says, says);
    let is_name = photographer.split(' ').count() <= MOST_NAMES
        && ![" in ", " at ", " on ", "Credit"].iter().any(|word| photographer.contains(word));
    (known && is_name).then(|| Credit {
        caption: ByteSpan::new(0, 0),
        credit: ByteSpan::new(0, paragraph.len() as u32),
        agency,
        photographer,
    })
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
        let says_words = says.split_whitespace().count();
        // `(Courtesy of the family)`
        let lender = |word: &str| LENDERS.contains(&word);
        let lent = || paragraph[start..].contains("ourtesy");
        let picture =
            |word: &str| matches!(word.trim_end_matches('.'), "image" | "images" | "picture" | "pictures");
        let fits = |word: &str| is_name_word(word) || picture(word) || lender(word) && lent();
        if says_words > MOST_WORDS || !says.split_whitespace().all(fits) {
            return None;
        }
        let whole = paragraph[..start].trim_end();
        let separated = whole.ends_with(['|', '—', '–']) || whole.ends_with(" -") || whole.ends_with(" /");
        let before = whole.trim_end_matches(|c: char| {
            c.is_whitespace() || separated && matches!(c, '|' | '—' | '–' | '-' | '/')
        });
        let line_start = paragraph[before.len()..start].contains('\n');
        let apart = before.is_empty() || line_start || separated || ends_sentence(before);
        let Parties { agency, photographer, known } = parties(&paragraph[start..], says);
        let fits = (apart || !self.apart)
            && (!self.person
                || whole.ends_with('|') && !ends_sentence(before) && is_bare_name(says, true)
                    && before.split_whitespace().count() > 2)
            // What is in a picture, not who took it: `Photo: Marta Ruiz in Faro`.
            && ![" in ", " at ", " on "].iter().any(|word| photographer.contains(word))
            && (known || !self.agency || apart && names_paper(says))
            && (self.alone || !before.is_empty())
            && (apart
                || !self.led
                || is_agency(says.split('/').next().unwrap_or_default().trim().trim_end_matches(" Photo")))
            && (self.alone || apart || !self.bracketed || !before.contains(". ") && !spells(before, says));
        fits.then(|| Credit {
            caption: ByteSpan::new(0, before.len() as u32),
            credit: ByteSpan::new(start as u32, paragraph.len() as u32),
            agency,
            photographer,
        })
    }
}

/// Whether a credit is a name and a newspaper that no list has: `Marta Ruiz / The Oban Gazette`.
fn names_paper(says: &str) -> bool {
    says.split_once('/').is_some_and(|(name, paper)| {
        is_bare_name(name.trim(), false) && paper.contains(' ') && is_agency_like(paper.trim())
    })
}

/// Whether the last words of a text spell an acronym: `British Broadcasting Corporation` spells
/// `BBC`.
fn spells(text: &str, acronym: &str) -> bool {
    let mut letters = acronym.chars().rev();
    let mut words = text.split_whitespace().rev();
    letters.all(|letter| words.next().is_some_and(|word| word.starts_with(letter)))
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
                || memchr::memmem::rfind(tail, b"hoto by ").is_some()
                || memchr::memmem::rfind(tail, b"hotograph by ").is_some()
                || tail.ends_with(b"hoto.")
                || tail.ends_with(b"eenshot.")
                || tail.ends_with(b"icture.")
                || tail.ends_with(b"mage.")
        }
        Some(b'?' | b'!' | b'"' | b',' | b';' | b':') | None => false,
        Some(_) => !tail.ends_with("”".as_bytes()),
    }
}

/// Whether a text ends like a sentence.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']).ends_with(['.', '!', '?', '…', ':'])
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
            ("Photographer: Marta Ruiz/Bloomberg", "Bloomberg", "Marta Ruiz"),
            ("Photo / Marta Ruiz", "", "Marta Ruiz"),
            ("Handout photo.", "", ""),
            ("Courtesy photo.", "", ""),
            ("Photo / File", "", ""),
            ("Marta Ruiz / The Oban Gazette", "The Oban Gazette", "Marta Ruiz"),
            ("Marta Ruiz, Staff Photographer", "", "Marta Ruiz"),
            ("Source: Reuters", "Reuters", ""),
            ("(Courtesy of the family)", "the family", ""),
            ("Photo courtesy of the festival", "the festival", ""),
            ("Photograph by Marta Ruiz.", "", "Marta Ruiz"),
            ("(Marta Ruiz for The Oban Gazette)", "The Oban Gazette", "Marta Ruiz"),
            ("MARTA RUIZ/AFP/GETTY IMAGES", "AFP/GETTY IMAGES", "MARTA RUIZ"),
            ("PARK SEO-YUN/REUTERS", "REUTERS", "PARK SEO-YUN"),
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
    fn a_credit_may_be_glued_to_its_caption_or_behind_a_dash() {
        for (paragraph, caption, agency, photographer) in [
            ("A bridge in Faro.Credit...Marta Ruiz/Reuters", "A bridge in Faro.", "Reuters", "Marta Ruiz"),
            (
                "A bridge in Faro.CreditMarta Ruiz for The New York Times",
                "A bridge in Faro.",
                "The New York Times",
                "Marta Ruiz",
            ),
            ("A bridge in FaroCreditMarta Ruiz", "A bridge in Faro", "", "Marta Ruiz"),
            ("A bridge in Faro.CREDIT: MARTA RUIZ", "A bridge in Faro.", "", "MARTA RUIZ"),
            ("A bridge in Faro.Image Credit: Marta Ruiz", "A bridge in Faro.", "", "Marta Ruiz"),
            ("“A bridge”Photo by Marta Ruiz/AFP", "“A bridge”", "AFP", "Marta Ruiz"),
            ("A bridge in Faro | Marta Ruiz/AFP", "A bridge in Faro", "AFP", "Marta Ruiz"),
            ("A bridge in Faro | Maria Ruiz", "A bridge in Faro", "", "Maria Ruiz"),
            ("A bridge in Faro / AFP", "A bridge in Faro", "AFP", ""),
            ("A bridge in Faro.Photo: Marta Ruiz/AFP", "A bridge in Faro.", "AFP", "Marta Ruiz"),
            ("Faro Old Bridge — Marta Ruiz/AFP", "Faro Old Bridge", "AFP", "Marta Ruiz"),
            ("A bridge in Faro - Marta Ruiz/AFP", "A bridge in Faro", "AFP", "Marta Ruiz"),
            ("Marta Ruiz, left, and John Moyo (AFP)", "Marta Ruiz, left, and John Moyo", "AFP", ""),
            ("Getty Images", "", "Getty Images", ""),
            ("Bloomberg via Getty Images.", "", "Bloomberg/Getty Images", ""),
            ("Marta Ruiz/AP.", "", "AP", "Marta Ruiz"),
        ] {
            let found = parts(paragraph).unwrap_or_default();
            assert_eq!([&found[0], &found[2], &found[3]], [caption, agency, photographer], "{paragraph}");
        }
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
            "Shares of UniCredit SpA",
            "He works for the British Broadcasting Corporation (BBC)",
            "It rained. He told the agency so (AFP)",
            "Police and/or guards were there, she said.",
            "Marta Ruiz (PA) said no to the plan.",
        ] {
            assert_eq!(parts(text), None, "{text}");
        }
        let long =
            format!("{} Photo: Marta Ruiz/Getty Images", "The council met again on Monday. ".repeat(20));
        assert_eq!(parts(&long), None);
    }
}
