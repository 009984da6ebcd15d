//! Where and when was the article filed, and by which agency?
//!
//! `BEIJING (AP) — `, `LONDON, Jan 8 (Reuters) - `, `Islamabad: `. A dateline opens the first
//! paragraph of the body.

use regex::Regex;

use super::words::{is_agency, is_city, pattern};
use crate::batch::Static;
use crate::span::ByteSpan;

/// A dateline, as spans of the paragraph that begins with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dateline {
    /// From the place to the dash.
    pub span: ByteSpan,
    /// `BEIJING`, `NAIROBI, Kenya`.
    pub place: Option<ByteSpan>,
    /// `Jan 8`, as printed.
    pub date: Option<ByteSpan>,
    /// `AP`, without its brackets.
    pub agency: Option<ByteSpan>,
}

impl Dateline {
    /// Whether nothing else could be meant: it names an agency, or its place is printed in
    /// capitals.
    pub fn is_certain(&self, paragraph: &str) -> bool {
        self.agency.is_some() || self.place.is_some_and(|place| is_capitals(first_place(place.of(paragraph))))
    }
}

/// How much of a paragraph is searched for a dateline, in bytes.
const LONGEST: usize = 160;

/// The minimum number of capitals in a place that is printed in capitals.
const LEAST_CAPITALS: usize = 3;

/// How long an unlisted agency in capitals can be, in bytes.
const AGENCY_LENGTH: std::ops::RangeInclusive<usize> = 2..=8;

const MONTH: &str = "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";

const DATE: &str = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?:MONTH\.? \d{1,2}(?:, \d{4})?|\d{1,2} MONTH\.?,?(?: \d{4})?)";

/// The extent of a dateline, once for ASCII text and once for any text.
///
/// The parts of the dateline are split off afterwards, from the end, because capture groups in so
/// large a pattern would cost more than everything else. Each thread also pays for the automaton
/// states that it builds: if a letter can be any letter of Unicode, there are so many states that a
/// thread never finishes building them, and most texts need only the letters of ASCII.
static DATELINES: Static<[Regex; 2]> = Static::new(|| {
    let ascii = ("A-Z", "A-Za-z", "[:ascii:]", "[0-9]", r"[\t-\r ]");
    let every = (r"\p{Lu}", r"\p{L}", r"\p{any}", r"\d", r"\s");
    [ascii, every].map(|(capital, letter, any, digit, space)| {
        let word = format!("[{capital}][{letter}.'’ʼ-]*");
        let name = format!(
            r"{word}(?:(?: ?/ ?| )(?:(?:de|del|da|do|la|le|es|of|the|and|am|upon|sur) ){{0,2}}{word}){{0,4}}"
        );
        let date = DATE.replace("MONTH", MONTH).replace(r"\d", digit);
        let agency = format!(r"[(\[][{any}&&[^()\[\]\n]]{{2,40}}[)\]]");
        pattern(&format!(
            r"^(?:{name}(?:, {name}){{0,2}})?(?:(?:, ?| )?{date})?,?{space}*(?:(?:{agency})?{space}*(?:—|–|―|--|-|_|:[-–—]?)|{agency})(?:{space}|$)"
        ))
    })
});

/// The date at the end of a text.
static ENDING_DATE: Static<Regex> =
    Static::new(|| pattern(&format!("(?:{})$", DATE.replace("MONTH", MONTH).replace(r"\d", "[0-9]"))));

/// The parts of a match of [`DATELINES`], as spans of it; absent parts are empty.
struct Parts {
    place: ByteSpan,
    date: ByteSpan,
    agency: ByteSpan,
    dash: ByteSpan,
}

impl Parts {
    fn of(dateline: &str) -> Self {
        let span = |start: usize, end: usize| ByteSpan::new(start as u32, end as u32);
        let whole = dateline.trim_end();
        let before_dash = whole.trim_end_matches(['—', '–', '―', '-', '_', ':']);
        let dash = span(before_dash.len(), whole.len());
        let mut rest = before_dash.trim_end();
        let mut agency = ByteSpan::new(0, 0);
        if let Some(open) = rest.strip_suffix([')', ']'])
            && let Some(bracket) = open.rfind(['(', '['])
        {
            agency = span(bracket + 1, open.len());
            rest = rest[..bracket].trim_end();
        }
        let rest = rest.trim_end_matches(',');
        // Most datelines have no date, and every date contains a digit.
        let may_end = rest.bytes().any(|byte| byte.is_ascii_digit());
        let date = may_end.then(|| ENDING_DATE.find(rest)).flatten();
        let at = date.map_or(rest.len(), |found| found.start());
        let place = span(0, rest[..at].trim_end_matches([' ', ',']).len());
        Self { place, date: span(at, rest.len()), agency, dash }
    }
}

/// Words in capitals that label an article and are not places.
const LABELS: [&str; 31] = [
    "ADVISORY",
    "ALERT",
    "ANALYSIS",
    "BREAKING",
    "BRIEF",
    "COLUMN",
    "COMMENTARY",
    "CORRECTED",
    "CORRECTION",
    "EDITORIAL",
    "EXCLUSIVE",
    "EXPLAINER",
    "FACTBOX",
    "FEATURE",
    "FILE",
    "FOCUS",
    "INTERVIEW",
    "LIVE",
    "NEWS",
    "NOTE",
    "OPINION",
    "PHOTOS",
    "PREVIEW",
    "PROFILE",
    "REFILE",
    "REVIEW",
    "SPECIAL",
    "TIMELINE",
    "UPDATE",
    "VIDEO",
    "WATCH",
];

/// The dateline at the start of `paragraph`.
pub fn find_dateline(paragraph: &str) -> Option<Dateline> {
    let mut end = LONGEST.min(paragraph.len());
    while !paragraph.is_char_boundary(end) {
        end -= 1;
    }
    let head = &paragraph[..end];
    if !may_be_dateline(head.as_bytes()) {
        return None;
    }
    let whole = DATELINES[usize::from(!head.is_ascii())].find(head)?;
    let Parts { place, date, agency, dash } = Parts::of(&head[..whole.end()]);
    let agency_fits = looks_like_agency(agency.of(head));
    if !agency.is_empty() && !agency_fits {
        return None;
    }
    let first = first_place(place.of(head));
    // Without a dash, only a known agency after a place or a date indicates a dateline.
    let end = if !dash.is_empty() {
        dash.end
    } else if is_agency(agency.of(head)) && (!date.is_empty() || is_capitals(first)) {
        agency.end + 1
    } else {
        return None;
    };
    let colon = dash.of(head).starts_with(':');
    let fits = agency_fits
        || is_city(first)
        || (!colon
            && is_capitals(first)
            && !first.split(' ').any(|word| LABELS.binary_search(&word).is_ok()))
        || (!place.is_empty() && !date.is_empty() && !colon);
    let there = |part: ByteSpan| Some(part).filter(|part| !part.is_empty());
    fits.then(|| Dateline {
        span: ByteSpan::new(0, end),
        place: there(place),
        date: there(date),
        agency: there(agency),
    })
}

/// Whether the head contains a dash, colon or bracket followed by white space. This check settles
/// most articles.
fn may_be_dateline(head: &[u8]) -> bool {
    let opens = head
        .first()
        .is_some_and(|&byte| byte.is_ascii_uppercase() || byte >= 0x80 || matches!(byte, b'(' | b'['));
    opens
        && head.windows(2).any(|pair| match pair[0] {
            b'-' | b'_' | b':' | b')' => pair[1].is_ascii_whitespace() || pair[1] >= 0x80,
            0xe2 => pair[1] == 0x80,
            _ => false,
        })
}

/// The city of `NAIROBI, Kenya` or `SEOUL/TOKYO`.
fn first_place(place: &str) -> &str {
    place.split([',', '/']).next().unwrap_or_default().trim()
}

/// Whether a place is printed in capitals, as datelines are.
fn is_capitals(place: &str) -> bool {
    place.chars().filter(|c| c.is_uppercase()).count() >= LEAST_CAPITALS
        && !place.chars().any(char::is_lowercase)
}

/// Whether a bracket at the start of an article contains an agency: a known one, or a short name in
/// capitals.
fn looks_like_agency(text: &str) -> bool {
    text.split(['/', ',']).any(|part| is_agency(part.trim()))
        || AGENCY_LENGTH.contains(&text.len()) && text.chars().all(|c| c.is_uppercase() || c == '-')
        || text.ends_with(" News Service")
        || text.ends_with(" News Agency")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(paragraph: &str) -> Option<[&str; 4]> {
        let found = find_dateline(paragraph)?;
        let part = |span: Option<ByteSpan>| span.map_or("", |span| span.of(paragraph));
        Some([found.span.of(paragraph), part(found.place), part(found.date), part(found.agency)])
    }

    #[test]
    fn datelines_of_every_kind_are_seen() {
        for (text, expected) in [
            ("BEIJING (AP) — The", ["BEIJING (AP) —", "BEIJING", "", "AP"]),
            ("LONDON, Jan 8 (Reuters) - The", ["LONDON, Jan 8 (Reuters) -", "LONDON", "Jan 8", "Reuters"]),
            ("NAIROBI, Kenya — The", ["NAIROBI, Kenya —", "NAIROBI, Kenya", "", ""]),
            ("PARIS — The", ["PARIS —", "PARIS", "", ""]),
            ("Jan 8 (Reuters) - The", ["Jan 8 (Reuters) -", "", "Jan 8", "Reuters"]),
            ("SEOUL/TOKYO (Reuters) - The", ["SEOUL/TOKYO (Reuters) -", "SEOUL/TOKYO", "", "Reuters"]),
            ("(AP) — The", ["(AP) —", "", "", "AP"]),
            ("WASHINGTON, D.C. — The", ["WASHINGTON, D.C. —", "WASHINGTON, D.C.", "", ""]),
            ("ST. LOUIS (AP) _ The", ["ST. LOUIS (AP) _", "ST. LOUIS", "", "AP"]),
            ("Islamabad: The", ["Islamabad:", "Islamabad", "", ""]),
            ("WASHINGTON  (Reuters) - The", ["WASHINGTON  (Reuters) -", "WASHINGTON", "", "Reuters"]),
            ("SALVADOR, Feb 26 - Showers", ["SALVADOR, Feb 26 -", "SALVADOR", "Feb 26", ""]),
            (
                "AUSTIN, Texas, Jan. 8, 2019 (AP) -- The",
                ["AUSTIN, Texas, Jan. 8, 2019 (AP) --", "AUSTIN, Texas", "Jan. 8, 2019", "AP"],
            ),
            (
                "Rio de Janeiro, 8 January (EFE) – The",
                ["Rio de Janeiro, 8 January (EFE) –", "Rio de Janeiro", "8 January", "EFE"],
            ),
            ("Seoul, May 30 (IANS) A court", ["Seoul, May 30 (IANS)", "Seoul", "May 30", "IANS"]),
            (
                "FORT-DE-FRANCE, Martinique (AFP) - A",
                ["FORT-DE-FRANCE, Martinique (AFP) -", "FORT-DE-FRANCE, Martinique", "", "AFP"],
            ),
        ] {
            assert_eq!(parts(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn other_openings_with_a_dash_are_not_datelines() {
        for text in [
            "BREAKING — The dam has burst",
            "Yes — the vote was lost",
            "Anna Kowalski — a baker — won",
            "The plan (see below) - a long one",
            "NATO said on Monday",
            "Analysis: why it failed",
            "- item",
            "The BBC (BBC) said",
            "London (population nine million) grew",
            "COVID-19 cases rose",
            "FILE - In this May 4, 2016, photo, the mayor speaks",
            "",
        ] {
            assert_eq!(parts(text), None, "{text}");
        }
    }

    #[test]
    fn labels_are_sorted() {
        assert!(LABELS.is_sorted());
    }
}
