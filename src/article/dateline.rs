//! Where and when was the article filed, and by which agency?
//!
//! `BEIJING (AP) — `, `LONDON, Jan 8 (Reuters) - `, `PARIS—`, `ZURICH--(BUSINESS WIRE)--`,
//! `Islamabad: `, `(CNN)`. A dateline opens the first paragraph of the body. A sentence may open
//! with a name and a dash too (`NATO — the alliance — met`): there the next word has no capital,
//! the dashes come in pairs, or the bracket holds a ticker and no agency.

use regex::Regex;

use super::words::{is_agency, is_city, is_label, is_organisation, is_place, pattern};
use crate::batch::Static;
use crate::span::{ByteSpan, boundary};

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

    /// Whether it is a dateline even after a first paragraph: it has a place and an agency, or a
    /// city in capitals.
    pub(super) fn is_sure(&self, paragraph: &str) -> bool {
        let place = self.place.map_or("", |place| place.of(paragraph));
        let first = first_place(place);
        !place.is_empty()
            && (self.agency.is_some() || is_capitals(first) && (is_city(first) || place.contains(", ")))
    }

    /// The same dateline in a text in which its paragraph starts at byte `by`.
    pub(super) fn shifted(self, by: u32) -> Self {
        let shift = |span: Option<ByteSpan>| span.map(|span| span.shifted(by));
        Self {
            span: self.span.shifted(by),
            place: shift(self.place),
            date: shift(self.date),
            agency: shift(self.agency),
        }
    }
}

/// How much of a paragraph is searched for a dateline, in bytes.
const LONGEST: usize = 160;

/// The minimum number of capitals in a place that is printed in capitals.
const LEAST_CAPITALS: usize = 3;

/// The maximum number of words in a city that is in no list.
const MOST_WORDS: usize = 3;

/// How long an unlisted agency in capitals can be, in bytes.
const AGENCY_LENGTH: std::ops::RangeInclusive<usize> = 2..=8;

/// The maximum length of a word in capitals that may be an acronym and no place, in bytes.
const LONGEST_ACRONYM: usize = 5;

const MONTH: &str = "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";

const DATE: &str = r"(?:(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?:MONTH\.? \d{1,2}(?:, \d{4})?|\d{1,2} MONTH\.?,?(?: \d{4})?)|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)";

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
        let word = format!("[{capital}](?:-?[{letter}.'’ʼ])*");
        let name = format!(
            r"{word}(?:(?: ?/ ?| )(?:(?:de|del|da|do|la|le|es|of|the|and|am|upon|sur) ){{0,2}}{word}){{0,4}}"
        );
        let date = DATE.replace("MONTH", MONTH).replace(r"\d", digit);
        let agency = format!(r"(?:[(\[][{any}&&[^()\[\]\n]]{{2,40}}[)\]]|/[{any}&&[^/\n]]{{2,40}}/)");
        pattern(&format!(
            r"^(?:{name}(?:, {name}){{0,2}})?(?:,? {{0,2}}{date})?,?{space}*(?:(?:(?:--|—){space}?)?{agency}{space}*(?:(?:--|—){space}?{date}{space}?)?(?:—|–|―|--|\.?-|_|:[-–—]?)?|(?:—|–|―|--|-|_|:[-–—]?))"
        ))
    })
});

/// The date at the end of a text.
static ENDING_DATE: Static<Regex> =
    Static::new(|| pattern(&format!("(?:{})$", DATE.replace("MONTH", MONTH).replace(r"\d", "[0-9]"))));

const DASHES: [char; 6] = ['—', '–', '―', '-', '_', ':'];

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
        let before_dash = whole.trim_end_matches(DASHES);
        // `(EFE).-`
        let stopped = before_dash.strip_suffix('.').filter(|before| before.trim_end().ends_with(')'));
        let before_dash = stopped.filter(|_| before_dash.len() < whole.len()).unwrap_or(before_dash);
        let dash = span(before_dash.len(), whole.len());
        let mut rest = before_dash.trim_end();
        let mut date = span(0, 0);
        // `(BUSINESS WIRE)--Jan. 5, 2019--`: the date is after the agency.
        if rest.contains([')', '/'])
            && !rest.ends_with([')', ']', '/'])
            && let Some(found) = ENDING_DATE.find(rest)
        {
            date = span(found.start(), found.end());
            rest = rest[..found.start()].trim_end().trim_end_matches(DASHES).trim_end();
        }
        let mut agency = span(0, 0);
        if let Some(open) = rest.strip_suffix([')', ']', '/'])
            && let Some(bracket) = open.rfind(['(', '[', '/'])
        {
            agency = span(bracket + 1, open.len());
            rest = rest[..bracket].trim_end().trim_end_matches(['—', '-']).trim_end();
        }
        // A bracket may hold the date, alone or after the agency.
        if let Some(found) = ENDING_DATE.find(agency.of(dateline)) {
            date = span(found.start(), found.end()).shifted(agency.start);
            let before = agency.of(dateline)[..found.start()].trim_end_matches([' ', ',']);
            agency = span(agency.start as usize, agency.start as usize + before.len());
        }
        let rest = rest.trim_end_matches(',');
        // Most datelines have no date.
        let may_end = rest.bytes().any(|byte| byte.is_ascii_digit()) || rest.ends_with("day");
        let before_agency = may_end.then(|| ENDING_DATE.find(rest)).flatten();
        let at = before_agency.map_or(rest.len(), |found| found.start());
        if at < rest.len() {
            date = span(at, rest.len());
        }
        let mut place = span(0, rest[..at].trim_end_matches([' ', ',']).len());
        // `BERLIN, DPA —`, `AP —`.
        if agency.is_empty() {
            let last = place.of(dateline).rfind(", ").map_or(0, |comma| comma + 2);
            if is_wire(&place.of(dateline)[last..]) {
                agency = span(last, place.end as usize);
                place = span(0, place.of(dateline)[..last].trim_end_matches([' ', ',']).len());
            }
        }
        Self { place, date, agency, dash }
    }
}

/// The dateline at the start of `paragraph`.
pub fn find_dateline(paragraph: &str) -> Option<Dateline> {
    let head = &paragraph[..boundary(paragraph, LONGEST)];
    if !may_be_dateline(head.as_bytes()) {
        return None;
    }
    let whole = DATELINES[usize::from(!head.is_ascii())].find(head)?;
    let parts = Parts::of(&head[..whole.end()]);
    let end = parts.end_if_dateline(head)?;
    let there = |part: ByteSpan| Some(part).filter(|part| !part.is_empty());
    Some(Dateline {
        span: ByteSpan::new(0, end),
        place: there(parts.place),
        date: there(parts.date),
        agency: there(parts.agency),
    })
}

impl Parts {
    /// Where the dateline ends, if it is one; `head` is the beginning of its paragraph.
    fn end_if_dateline(&self, head: &str) -> Option<u32> {
        let (place, agency, dash) = (self.place.of(head), self.agency.of(head), self.dash.of(head));
        if place.starts_with("By ") || place.starts_with("BY ") {
            return None;
        }
        let first = first_place(place);
        let (capitals, city) = (is_capitals(first), is_city(first));
        let dated = !self.date.is_empty();
        let bracket_end = || {
            let at = self.agency.end.max(self.date.end) as usize;
            head[at..].find([')', ']', '/']).map(|bracket| (at + bracket + 1) as u32)
        };
        let mut end = if dash.is_empty() { bracket_end()? } else { self.dash.end };
        // `MOSCOW, January 8 (TASS). The`
        if dash.is_empty() && head[end as usize..].starts_with(". ") {
            end += 1;
        }
        let rest = &head[end as usize..];
        let after = rest.trim_start();
        let (tight, opens) = (!rest.is_empty() && after.len() == rest.len(), opens_sentence(after));
        let known = names_agency(agency);
        let fits = if !agency.is_empty() {
            // A bracket without an agency holds a ticker or an aside.
            looks_like_agency(agency)
                && if dash.is_empty() {
                    // Without a dash, only a known agency after a place or a date, or alone,
                    // indicates a dateline.
                    known
                        && opens
                        && (dated
                            || capitals
                            || city
                            || place.is_empty()
                            || is_place(first)
                            || place.contains(", "))
                } else if known {
                    opens || capitals || city || dated || place.is_empty()
                } else {
                    (capitals || city || dated || place.is_empty())
                        && opens
                        && (city || dated || has_pairs_of_dashes(after, dash))
                }
        } else if dash.starts_with(':') {
            city && (dated || !tight && dash.len() == 1)
        } else {
            let label = || first.split(' ').any(is_label);
            let region = place.contains(", ");
            let placed = || city || region || is_place(first);
            // A tight short dash may be that of a route: `LISBON–Porto`.
            let route = || is_place(after.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default());
            let long = || matches!(dash, "—" | "―" | "--") || dash == "–" && !route();
            opens
                && (!tight || long() && placed())
                && (dated && !place.is_empty()
                    || city && (capitals || has_pairs_of_dashes(after, dash))
                    || capitals
                        && !label()
                        && (!is_organisation(first) || first == "UNITED NATIONS")
                        && first.split(' ').count() <= MOST_WORDS
                        && (first.len() > LONGEST_ACRONYM || placed() || has_pairs_of_dashes(after, dash)))
        };
        // An agency that is without brackets is a word of the sentence if another dash follows.
        let bare = !agency.is_empty()
            && self.agency.end <= self.dash.start
            && place.is_empty()
            && self.agency.start == 0;
        (fits && (!bare || !dash.starts_with(':') && !tight && opens && has_pairs_of_dashes(after, dash)))
            .then_some(end)
    }
}

/// The dateline after a byline on the same line, and where it starts: `By Anna Kowalski WARSAW Jan
/// 5 (Reuters) - `.
pub(super) fn find_dateline_behind_byline(paragraph: &str) -> Option<Dateline> {
    let names = paragraph.strip_prefix("By ").or_else(|| paragraph.strip_prefix("BY "))?;
    let head = &paragraph[..boundary(paragraph, LONGEST)];
    let open = head.find('(')?;
    let close = open + head[open..].find(')')?;
    if !is_agency(head[open + 1..close].trim()) {
        return None;
    }
    let before = head[..open].trim_end();
    let before = before[..ENDING_DATE.find(before).map_or(before.len(), |date| date.start())].trim_end();
    // The place is the last words in capitals; the names have lower-case letters.
    let from = paragraph.len() - names.len();
    if before.len() <= from {
        return None;
    }
    let mut start = before.len();
    while start > from {
        let word = before[from..start].trim_end().rsplit(' ').next().unwrap_or_default();
        if !word.chars().any(char::is_uppercase) || word.chars().any(char::is_lowercase) {
            break;
        }
        start = before[from..start].trim_end().len() + from - word.len();
    }
    if start == from || !before[from..start].chars().any(char::is_lowercase) {
        return None;
    }
    find_dateline(&paragraph[start..])
        .filter(|dateline| dateline.place.is_some())
        .map(|dateline| dateline.shifted(start as u32))
}

/// Whether the head contains a dash, colon or bracket that could end a dateline. This check settles
/// most articles.
fn may_be_dateline(head: &[u8]) -> bool {
    let opens = head
        .first()
        .is_some_and(|&byte| byte.is_ascii_uppercase() || byte >= 0x80 || matches!(byte, b'(' | b'['));
    opens
        && head.windows(2).any(|pair| match pair[0] {
            b'_' | b':' => pair[1].is_ascii_whitespace() || pair[1] >= 0x80,
            b'-' => pair[1].is_ascii_whitespace() || pair[1] >= 0x80 || pair[1] == b'-',
            b')' | b']' => true,
            0xe2 => pair[1] == 0x80,
            _ => false,
        })
}

/// The city of `NAIROBI, Kenya`, `SEOUL/TOKYO` or `BOSTON and DENVER`.
fn first_place(place: &str) -> &str {
    let place = place.split([',', '/']).next().unwrap_or_default();
    place.split(" and ").next().unwrap_or_default().trim()
}

/// Whether a place is printed in capitals, as datelines are.
fn is_capitals(place: &str) -> bool {
    place.chars().filter(|c| c.is_uppercase()).count() >= LEAST_CAPITALS
        && !place.chars().any(char::is_lowercase)
}

/// Whether a text starts like a sentence: with a capital, a digit or a quotation mark, or with a
/// name such as `eBay` or `al-Shabab`.
fn opens_sentence(text: &str) -> bool {
    let first = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let word = first.split(char::is_whitespace).next().unwrap_or_default();
    !first.starts_with(char::is_lowercase)
        || word.starts_with("al-")
        || word.starts_with("el-")
        || word.chars().nth(1).is_some_and(char::is_uppercase)
}

/// Whether the first sentence of `text` has an even number of dashes of a kind: an odd number would
/// be one too few, and the dash before the text would be its partner.
fn has_pairs_of_dashes(text: &str, dash: &str) -> bool {
    let sentence = text.find(". ").map_or(text, |end| &text[..end]);
    sentence.matches(dash).count().is_multiple_of(2)
}

/// Whether a bracket names an agency that is in the list.
fn names_agency(text: &str) -> bool {
    // `(Reuters Health)` is a service of the agency.
    text.split(['/', ',']).map(str::trim).any(|part| {
        is_agency(part)
            || part.split_once(' ').is_some_and(|(agency, service)| is_wire(agency) && !service.contains(' '))
    })
}

/// Whether a bracket at the start of an article contains an agency: a known one, or a short name in
/// capitals.
fn looks_like_agency(text: &str) -> bool {
    names_agency(text)
        || AGENCY_LENGTH.contains(&text.len()) && text.chars().all(|c| c.is_uppercase() || c == '-')
        || text.ends_with(" News Service")
        || text.ends_with(" News Agency")
        || text.to_lowercase().contains("newswire")
}

/// Whether a name that is not in brackets is that of an agency: an acronym, or one that
/// has no other meaning.
fn is_wire(name: &str) -> bool {
    is_agency(name)
        && (name.len() <= *AGENCY_LENGTH.end() && !name.chars().any(char::is_lowercase)
            || matches!(
                name,
                "Reuters" | "Bloomberg" | "Xinhua" | "Yonhap" | "Kyodo" | "Bernama" | "Associated Press"
            ))
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
            ("BOGOTÁ, 8 May (EFE).- The", ["BOGOTÁ, 8 May (EFE).-", "BOGOTÁ", "8 May", "EFE"]),
            ("NEW YORK—The", ["NEW YORK—", "NEW YORK", "", ""]),
            ("NEW YORK–The", ["NEW YORK–", "NEW YORK", "", ""]),
            ("Moscow, January 8 (TASS). The", ["Moscow, January 8 (TASS).", "Moscow", "January 8", "TASS"]),
            ("TUNIS, Tunisia—The", ["TUNIS, Tunisia—", "TUNIS, Tunisia", "", ""]),
            ("HANOI, Oct. 3 (VNA)--The", ["HANOI, Oct. 3 (VNA)--", "HANOI", "Oct. 3", "VNA"]),
            ("BASEL--(BUSINESS WIRE)--The", ["BASEL--(BUSINESS WIRE)--", "BASEL", "", "BUSINESS WIRE"]),
            (
                "BASEL--(BUSINESS WIRE)--Feb. 3, 2020--The",
                ["BASEL--(BUSINESS WIRE)--Feb. 3, 2020--", "BASEL", "Feb. 3, 2020", "BUSINESS WIRE"],
            ),
            (
                "AUSTIN, Texas, March 2, 2020 /PRNewswire/ -- The",
                [
                    "AUSTIN, Texas, March 2, 2020 /PRNewswire/ --",
                    "AUSTIN, Texas",
                    "March 2, 2020",
                    "PRNewswire",
                ],
            ),
            (
                "TORONTO, Ontario, May 2, 2020 (GLOBE NEWSWIRE) -- The",
                [
                    "TORONTO, Ontario, May 2, 2020 (GLOBE NEWSWIRE) --",
                    "TORONTO, Ontario",
                    "May 2, 2020",
                    "GLOBE NEWSWIRE",
                ],
            ),
            (
                "MIAMI and ATLANTA (Oct. 4, 2019) — The",
                ["MIAMI and ATLANTA (Oct. 4, 2019) —", "MIAMI and ATLANTA", "Oct. 4, 2019", ""],
            ),
            ("(CNN)The", ["(CNN)", "", "", "CNN"]),
            ("(UPI) The", ["(UPI)", "", "", "UPI"]),
            ("Nairobi (CNN) The", ["Nairobi (CNN)", "Nairobi", "", "CNN"]),
            ("Ferguson, Missouri (CNN)The", ["Ferguson, Missouri (CNN)", "Ferguson, Missouri", "", "CNN"]),
            ("VIENNA, APA — The", ["VIENNA, APA —", "VIENNA", "", "APA"]),
            ("UPI — The", ["UPI —", "", "", "UPI"]),
            ("GENEVA, Monday — The", ["GENEVA, Monday —", "GENEVA", "Monday", ""]),
            ("SEATTLE — eBay said", ["SEATTLE —", "SEATTLE", "", ""]),
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
            "Boeing (BA) - the maker of jets - fell",
            "Boeing (BA) - Maker of jets - fell",
            "OPEC — the oil producers — met",
            "OPEC — Oil ministers met",
            "Rome — where she was born — was hot",
            "ROME—the eternal city—was hot",
            "LONDON-based banks",
            "LISBON–Porto trains were late",
            "AP — the agency — said",
            "Merkel (CDU) - the chancellor - said",
            "Sanders (CNN) said",
            "(see page 3) The",
            "FILE - In this May 4, 2016, photo, the mayor speaks",
            "",
        ] {
            assert_eq!(parts(text), None, "{text}");
        }
    }

    #[test]
    fn a_dateline_behind_a_byline_is_seen() {
        for (text, place) in [
            ("By Anna Kowalski WARSAW  Jan 5 (Reuters) - Poland", "WARSAW"),
            ("By Anna Kowalski and John Moyo NEW YORK (Reuters) - The", "NEW YORK"),
        ] {
            let found = find_dateline_behind_byline(text).unwrap();
            assert_eq!(found.place.unwrap().of(text), place);
        }
        for text in ["By Monday (Reuters) - The", "By ANNA KOWALSKI (AP) - The", "By Anna Kowalski"] {
            assert_eq!(find_dateline_behind_byline(text), None, "{text}");
        }
    }
}
