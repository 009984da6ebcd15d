//! What do the labels of each corpus become?
//!
//! Corpora call the same things by other names, and draw other borders. Each label is mapped, then single names are put right
//! by word lists: nationalities that are called places, countries that are called organisations.

use std::collections::HashSet;

/// A corpus: its folder, what its labels become, and how much its sentences count.
pub(crate) struct Source {
    pub(crate) folder: &'static str,
    pub(crate) map: fn(&str) -> &'static str,
    pub(crate) weight: f32,
}

/// What the model is trained on.
pub(crate) const SOURCES: [Source; 10] = [
    Source { folder: "gmb", map: gmb, weight: 1.0 },
    Source { folder: "redocred", map: plain, weight: 1.0 },
    Source { folder: "crossner_politics", map: crossner, weight: 1.0 },
    Source { folder: "crossner_science", map: crossner, weight: 0.7 },
    Source { folder: "crossner_literature", map: crossner, weight: 0.7 },
    Source { folder: "crossner_music", map: crossner, weight: 0.7 },
    Source { folder: "btc", map: plain, weight: 0.5 },
    Source { folder: "wnut17", map: wnut, weight: 0.5 },
    Source { folder: "gum_news", map: gum, weight: 0.7 },
    Source { folder: "gum_interview", map: gum, weight: 0.7 },
];

fn gmb(label: &str) -> &'static str {
    match label {
        "per" => "PER",
        "org" => "ORG",
        "geo" => "LOC",
        "gpe" => "GPE",
        "art" | "eve" => "MISC",
        _ => "",
    }
}

fn plain(label: &str) -> &'static str {
    match label {
        "PER" => "PER",
        "ORG" => "ORG",
        "LOC" => "LOC",
        "MISC" => "MISC",
        _ => "",
    }
}

fn crossner(label: &str) -> &'static str {
    match label {
        "person" | "politician" | "scientist" | "writer" | "musicalartist" | "researcher" => "PER",
        "organisation" | "politicalparty" | "university" | "band" => "ORG",
        "location" | "country" => "LOC",
        "event" | "election" | "award" | "book" | "poem" | "magazine" | "academicjournal" | "album"
        | "song" | "misc" => "MISC",
        _ => "",
    }
}

fn wnut(label: &str) -> &'static str {
    match label {
        "person" => "PER",
        "corporation" | "group" => "ORG",
        "location" => "LOC",
        "product" | "creative-work" => "MISC",
        _ => "",
    }
}

fn gum(label: &str) -> &'static str {
    match label {
        "person" => "PER",
        "organization" => "ORG",
        "place" => "LOC",
        "event" => "MISC",
        _ => "",
    }
}

/// The label of a token at a place in a name.
pub(crate) fn iob2(place: usize, kind: &str) -> String {
    format!("{}-{kind}", if place == 0 { 'B' } else { 'I' })
}

/// Countries by other names than the list has.
const COUNTRY_NAMES: [&str; 24] = [
    "U.S.",
    "US",
    "U.S",
    "USA",
    "United States",
    "America",
    "U.K.",
    "UK",
    "Britain",
    "Great Britain",
    "England",
    "Scotland",
    "Wales",
    "Russia",
    "Soviet Union",
    "North Korea",
    "South Korea",
    "Syria",
    "Iran",
    "Burma",
    "Czech Republic",
    "Macedonia",
    "Palestine",
    "Taiwan",
];

/// Religious, political and ethnic groups, which some corpora take for organisations.
const PEOPLES: [&str; 116] = [
    "Aboriginal",
    "African",
    "Afro-American",
    "Alawite",
    "Andean",
    "Anglican",
    "Anglo-Saxon",
    "Arab",
    "Argentine",
    "Asian",
    "Balkan",
    "Baltic",
    "Baptist",
    "Basque",
    "Bengali",
    "Bolshevik",
    "Bosniak",
    "Bosnian",
    "Briton",
    "Buddhism",
    "Buddhist",
    "Catalan",
    "Catholic",
    "Catholicism",
    "Central Asian",
    "Chechen",
    "Christian",
    "Christianity",
    "Communist",
    "Congolese",
    "Conservative",
    "Croat",
    "Democrat",
    "Democratic",
    "Druze",
    "Eastern European",
    "English",
    "European",
    "Evangelical",
    "Flemish",
    "Gujarati",
    "Hindu",
    "Hinduism",
    "Hispanic",
    "Hutu",
    "Indigenous",
    "Islam",
    "Islamic",
    "Islamist",
    "Israelite",
    "Jew",
    "Jewish",
    "Judaism",
    "Kenyan",
    "Korean",
    "Kurd",
    "Kurdish",
    "Latin American",
    "Latino",
    "Lutheran",
    "Maoist",
    "Maronite",
    "Marxist",
    "Methodist",
    "Middle Eastern",
    "Mormon",
    "Muslim",
    "Nazi",
    "North African",
    "Orthodox",
    "Palestinian",
    "Pashtun",
    "Persian",
    "Protestant",
    "Punjabi",
    "Republican",
    "Rohingya",
    "Roman",
    "Salafi",
    "Saudi",
    "Scandinavian",
    "Scot",
    "Scottish",
    "Serb",
    "Shi'ite",
    "Shia",
    "Shiite",
    "Siberian",
    "Sicilian",
    "Sikh",
    "Slovak",
    "Socialist",
    "Somali",
    "South American",
    "South Asian",
    "Southeast Asian",
    "Soviet",
    "Sri Lankan",
    "Sufi",
    "Sunni",
    "Swede",
    "Tamil",
    "Texan",
    "Tibetan",
    "Turk",
    "Tutsi",
    "Ugandan",
    "Uighur",
    "Venetian",
    "Viking",
    "Welsh",
    "West African",
    "Western",
    "Yazidi",
    "Yemeni",
    "Yugoslav",
];

/// Bodies that some corpora take for places.
const BODIES: [&str; 12] = [
    "U.N.",
    "UN",
    "United Nations",
    "EU",
    "E.U.",
    "European Union",
    "NATO",
    "White House",
    "Kremlin",
    "Pentagon",
    "Taliban",
    "Taleban",
];

/// Word lists that decide what a label means.
pub(crate) struct Lists {
    pub(crate) titles: HashSet<String>,
    pub(crate) nationalities: HashSet<String>,
    pub(crate) countries: HashSet<String>,
}

impl Lists {
    /// Whether a name is that of a nationality and not of a country: in the list, or by its ending.
    fn is_nationality(&self, name: &str) -> bool {
        const ENDINGS: [&str; 11] =
            ["ian", "ese", "ish", "ean", "eli", "aqi", "ani", "iti", "ench", "utch", "reek"];
        const OTHERS: [&str; 20] = [
            "American", "African", "Arab", "Afghan", "Asian", "Briton", "Dane", "European", "German", "Kurd",
            "Kurdish", "Mexican", "Pashtun", "Roman", "Scot", "Serb", "Sunni", "Swiss", "Turk", "Welsh",
        ];
        if self.countries.contains(name) {
            return false;
        }
        let bare = name.strip_suffix('s').unwrap_or(name);
        [name, bare].iter().any(|name| {
            self.nationalities.contains(*name)
                || OTHERS.contains(name)
                || ENDINGS.iter().any(|ending| name.ends_with(ending))
        })
    }

    /// Whether a name is in the list of nationalities, in the singular or the plural, and no country.
    fn is_people(&self, name: &str) -> bool {
        let bare = name.strip_suffix('s').unwrap_or(name);
        !self.countries.contains(name)
            && (self.nationalities.contains(name) || self.nationalities.contains(bare))
    }

    /// The convention's type and bounds of an entity; `None` where nothing is left.
    pub(crate) fn harmonise(
        &self,
        tokens: &[String],
        mut start: usize,
        mut end: usize,
        kind: &str,
    ) -> Option<(usize, usize, &'static str)> {
        while start < end && ["the", "a", "an"].contains(&tokens[start].to_lowercase().as_str()) {
            start += 1;
        }
        while start < end && ["'s", "’s", "'", "’"].contains(&tokens[end - 1].as_str()) {
            end -= 1;
        }
        if kind == "PER" {
            while start < end && self.titles.contains(tokens[start].trim_end_matches('.')) {
                start += 1;
            }
        }
        if start == end {
            return None;
        }
        let name = tokens[start..end].join(" ");
        let nationality = self.is_nationality(&name);
        Some((
            start,
            end,
            match kind {
                _ if !name.contains(char::is_alphabetic) => return None,
                "GPE" if nationality => "NORP",
                "GPE" | "LOC" | "MISC" if BODIES.contains(&name.as_str()) => "ORG",
                "ORG" if self.countries.contains(&name) || COUNTRY_NAMES.contains(&name.as_str()) => "LOC",
                "ORG" | "LOC" | "MISC"
                    if PEOPLES.contains(&name.as_str()) || PEOPLES.contains(&name.trim_end_matches('s')) =>
                {
                    "NORP"
                }
                "ORG" | "LOC" | "MISC" if self.is_people(&name) => "NORP",
                "PER"
                    if name.ends_with('s')
                        && (self.is_people(&name) || PEOPLES.contains(&name.trim_end_matches('s'))) =>
                {
                    "NORP"
                }
                "PER" => "PER",
                "ORG" => "ORG",
                "GPE" | "LOC" => "LOC",
                _ => "MISC",
            },
        ))
    }
}
