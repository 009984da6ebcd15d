//! Whom does a credit name?
//!
//! A credit consists of parts that are separated by slashes, commas, `via` or `for`. Parts that
//! name an agency or a newspaper, or read as if they did, are agencies. Of the other parts, the
//! first that reads like a person's name is the photographer, and the rest are agencies that are
//! not in any list; several people that are listed as such are photographers together. Fillers,
//! dates, licences and picture numbers are neither.

use regex::Regex;

use super::byline::is_bare_name;
use super::clock::{is_time, tells_time};
use super::words::{is_agency, is_agency_like, pattern};
use crate::batch::Static;

/// The maximum length of an initial or abbreviation that keeps its full stop, in bytes.
const LONGEST_ABBREVIATION: usize = 4;

/// Words of a credit that name neither an agency nor a person, licences, dates and numbers of
/// pictures.
fn is_filler(part: &str) -> bool {
    const FILLERS: [&str; 31] = [
        "agencies",
        "archive",
        "archives",
        "courtesy",
        "creative commons",
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
        "public domain",
        "screen grab",
        "screengrab",
        "screenshot",
        "staff",
        "stock image",
        "stock photo",
        "supplied",
        "video",
    ];
    let lower = part.to_lowercase();
    let digit = |c: char| c.is_ascii_digit();
    lower.is_empty()
        || FILLERS.binary_search(&lower.as_str()).is_ok()
        || part.starts_with(digit)
        || lower == "cc"
        || lower.starts_with("cc0")
        || lower.starts_with("cc by")
        || lower.starts_with("cc-by")
        || lower.starts_with("screenshot ")
        // `RC1A2B3C4D50`: letters and digits in one long word.
        || part.len() >= 6 && !part.contains(' ') && part.chars().filter(|&c| digit(c)).count() >= 3
        || part.split(' ').count() == 1 && tells_time(part)
        || is_time(part)
}

/// The parties that a credit names.
pub(super) struct Parties {
    pub(super) agency: String,
    pub(super) photographer: String,
    /// Whether one of the agencies is in the list.
    pub(super) known: bool,
}

/// The agency and the photographer that a credit names; `credit` is all of it, and `says` what its
/// label is followed by.
pub(super) fn parties(credit: &str, says: &str) -> Parties {
    static LEAD: Static<Regex> = Static::new(|| {
        pattern(
            r"(?i)^(?:(?:(?:staff|file) )?(?:photo|photograph|photography|picture|image|video|illustration|graphic|handout|supplied)s?\b\s*(?:by|courtesy of|courtesy|provided by|supplied by|via|from|:|/)\s*|(?:courtesy of|courtesy|handout via|handout by|supplied by|provided by|via|by|source|©|\(c\)|credit)\b?:?\s*)",
        )
    });
    static BREAKS: Static<Regex> = Static::new(|| {
        pattern(
            r"\s*[/|;]\s*|,\s+|\s+(?:via|for|from|courtesy of|supplied by|provided by|on|—|–|-)\s+|\s+©\s*|:\s+|\s+(?i:handout)\b|\s*[()]\s*|\s*TPX IMAGES OF THE DAY",
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
    // Whoever passed the picture on is not a photographer: `NASA via Example Today`.
    let passed_on = says.rsplit_once(" via ").map_or("", |(_, by)| by.trim());
    let agency_at =
        |part: &str| is_agency(part) || is_agency_like(part) || is_office(part) || part == passed_on;
    let people = || parts.iter().copied().enumerate().filter(|(_, part)| !agency_at(part));
    // Two words make a person; if there are several parts, a single word does not.
    let photographer = people()
        .find(|(_, part)| part.contains(' '))
        .or_else(|| people().next().filter(|_| parts.len() == 1 || people().count() < parts.len()))
        .filter(|(_, part)| part.contains(' ') || !says.to_lowercase().contains("handout"));
    let Some((first, name)) = photographer else {
        return Parties { agency: parts.join("/"), photographer: String::new(), known: any_agency(&parts) };
    };
    // `Photos: Anna Kowalski, John Moyo/AP`: each of them.
    let together = parts[first..].iter().take_while(|part| part.contains(' ') && !agency_at(part)).count();
    let listed = || says.split('/').next().is_some_and(|people| people.contains(", "));
    let together = if is_plural(credit) && (!says.contains('/') || listed()) { together.max(1) } else { 1 };
    // `Courtesy of Oban Zoo`: whoever lent a picture is a person only if the name is one.
    let lent = credit.trim_start_matches(['(', '[']).to_lowercase();
    if (lent.starts_with("courtesy") || lent.contains(" courtesy of the ")) && !is_bare_name(name, true) {
        return Parties { agency: parts.join("/"), photographer: String::new(), known: any_agency(&parts) };
    }
    let agencies: Vec<&str> = parts
        .iter()
        .enumerate()
        .filter(|(at, part)| !(first..first + together).contains(at) && **part != name)
        .map(|(_, part)| *part)
        .collect();
    let photographer = if together > 1 { parts[first..first + together].join(", ") } else { name.to_owned() };
    Parties { agency: agencies.join("/"), photographer, known: any_agency(&parts) }
}

fn any_agency(parts: &[&str]) -> bool {
    parts.iter().any(|part| is_agency(part))
}

/// Whether the label of a credit says that there are several pictures.
fn is_plural(credit: &str) -> bool {
    let label =
        credit.trim_start_matches(['(', '[']).split([':', ' ']).next().unwrap_or_default().to_lowercase();
    matches!(label.as_str(), "photos" | "pictures" | "photographs" | "images" | "pics" | "photographers")
}

/// Whether a part of a credit reads like an office and not like a person: `Office of the Mayor`.
fn is_office(part: &str) -> bool {
    const LAST_WORDS: [&str; 22] = [
        "Airport",
        "Army",
        "Association",
        "Authority",
        "Center",
        "Centre",
        "Church",
        "City",
        "Club",
        "College",
        "Commission",
        "Committee",
        "Council",
        "County",
        "Court",
        "Forces",
        "Government",
        "Hall",
        "Hospital",
        "Navy",
        "School",
        "Zoo",
    ];
    /// The minimum number of words before such a word, which may be a surname.
    const LEAST: usize = 2;
    let (before, last) = part.rsplit_once(' ').unwrap_or_default();
    LAST_WORDS.binary_search(&last).is_ok() && before.split(' ').count() >= LEAST
        || part.contains(" of ")
        || part.contains(" for ")
        || part.starts_with("Office ")
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

    #[test]
    fn fillers_offices_and_numbers_are_neither_agency_nor_photographer() {
        for (credit, agency, photographer) in [
            ("Marta Ruiz/REUTERS - RC1A2B3C4D50", "REUTERS", "Marta Ruiz"),
            ("Office of the Governor via AP", "Office of the Governor/AP", ""),
            ("Marta Ruiz, CC BY-SA 4.0", "", "Marta Ruiz"),
            ("Marta Ruiz/Wikimedia Commons/CC BY 2.0", "Wikimedia Commons", "Marta Ruiz"),
            ("Screenshot/YouTube", "YouTube", ""),
            ("Marta Ruiz/AFP/GETTY IMAGES", "AFP/GETTY IMAGES", "Marta Ruiz"),
            ("JEAN-LUC DE LA TOUR/AFP", "AFP", "JEAN-LUC DE LA TOUR"),
        ] {
            let found = parties(credit, credit);
            assert_eq!(
                (found.agency.as_str(), found.photographer.as_str()),
                (agency, photographer),
                "{credit}"
            );
        }
    }

    #[test]
    fn several_people_take_several_pictures() {
        let found = parties("Photos: Marta Ruiz, John Moyo", "Marta Ruiz, John Moyo");
        assert_eq!((found.agency.as_str(), found.photographer.as_str()), ("", "Marta Ruiz, John Moyo"));
    }
}
