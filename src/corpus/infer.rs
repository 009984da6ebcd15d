//! Which day does an article without a date show?
//!
//! Read only on request. A date that lacks its year, or that could be two days, gives none. The
//! corpus has a field that says where each day is from, so that no day is given silently.

use crate::article::find_dateline;
use crate::calendar::{DateForm, day_in_head, day_in_name};

/// How many lines are searched for a dateline: a headline and a byline may precede it.
const LINES: usize = 6;

/// Where the day of an article may be inferred from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A date alone in one of the first lines: `Published: 3 April 2024`.
    Text,
    /// The dateline: `LISBON, April 3, 2024 (AP) — `.
    Dateline,
    /// The name of the file: `2024-04-03-mayor.txt`.
    Name,
}

impl Place {
    /// In the order in which they are tried, since a line is meant to be read as the date.
    pub const ALL: [(&'static str, Self); 3] =
        [("text", Self::Text), ("dateline", Self::Dateline), ("name", Self::Name)];

    pub(super) const fn name(self) -> &'static str {
        Self::ALL[self as usize].0
    }

    /// What a note calls it, of several articles.
    const fn many(self) -> &'static str {
        match self {
            Self::Text => "their first lines",
            Self::Dateline => "their datelines",
            Self::Name => "the names of their files",
        }
    }
}

/// Where to look for days, and how dates are written.
#[derive(Debug, Clone, Default)]
pub struct Inference {
    /// In the order in which they are tried.
    pub places: Vec<Place>,
    /// How dates are written.
    pub dates: DateForm,
}

impl Inference {
    /// The day that an article shows, and where.
    pub(super) fn day(&self, text: &str, source: Option<&str>) -> Option<(i32, Place)> {
        self.places.iter().find_map(|&place| {
            let day = match place {
                Place::Text => day_in_head(text, &self.dates),
                Place::Dateline => self.day_in_dateline(text),
                Place::Name => day_in_name(source?.rsplit(['/', '\\']).next()?, &self.dates),
            };
            Some((day?, place))
        })
    }

    fn day_in_dateline(&self, text: &str) -> Option<i32> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.take(LINES).find_map(|line| self.dates.day(find_dateline(line)?.date?.of(line)).ok())
    }

    /// What the report says of the articles whose day was inferred, and of those without a day;
    /// each article is given as in [`Dated`].
    pub(super) fn notes(&self, articles: &[Dated], field: &str) -> Vec<String> {
        let count = |wanted: Dated| articles.iter().filter(|&&article| article == wanted).count();
        let found: Vec<String> = self
            .places
            .iter()
            .map(|&place| (count(Dated::Inferred(place)), place.many()))
            .filter(|(count, _)| *count > 0)
            .map(|(count, place)| format!("{count} from {place}"))
            .collect();
        let mut notes = Vec::new();
        if !found.is_empty() {
            notes
                .push(format!("dates were inferred: {}; the field \"{field}\" marks them", found.join(", ")));
        }
        let missing = count(Dated::Not);
        if missing > 0 {
            let places: Vec<&str> = self.places.iter().map(|place| place.many()).collect();
            let articles =
                if missing == 1 { "1 article has".to_owned() } else { format!("{missing} articles have") };
            notes.push(format!("{articles} no date in {}", places.join(", ")));
        }
        notes
    }
}

/// Where the day of an article is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dated {
    /// A column, the header of the text, or the format of its file.
    Given,
    Inferred(Place),
    Not,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::parse_day;

    #[test]
    fn the_first_place_that_shows_a_day_gives_it() {
        let all = Inference { places: Place::ALL.map(|(_, place)| place).to_vec(), ..Inference::default() };
        let day = |day: &str| parse_day(day).ok();
        for (text, source, expected) in [
            ("Mayor quits\n\nPublished: 3 April 2024\n\nShe left.", None, Some(("2024-04-03", Place::Text))),
            ("By Ana Reis\nMarch 1, 2024\n\nShe left.", None, Some(("2024-03-01", Place::Text))),
            ("LISBON, Jan. 8, 2019 (AP) - She left.", None, Some(("2019-01-08", Place::Dateline))),
            ("LISBON, Jan. 8 (AP) - She left.", None, None),
            ("She left.", Some("a/2024-03-01-mayor.txt"), Some(("2024-03-01", Place::Name))),
            ("On March 1, 2024 she left the office that she had held.", Some("mayor.txt"), None),
        ] {
            let expected = expected.map(|(text, place)| (day(text).unwrap(), place));
            assert_eq!(all.day(text, source), expected, "{text}");
        }
    }
}
