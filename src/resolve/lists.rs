//! Which words does resolution know? The word lists of this room, each read once from its file.

use std::collections::{HashMap, HashSet};

use rustc_hash::FxBuildHasher;

use super::fold::{folded, sound};
use crate::batch::Static;
use crate::language::{entries, is_title, items};

type Map<K, V> = HashMap<K, V, FxBuildHasher>;
type Set<K> = HashSet<K, FxBuildHasher>;

/// Whether a word is a form of address that is used only for people.
pub(crate) fn is_polite(word: &str) -> bool {
    matches!(word.trim_end_matches('.'), "Mr" | "Mrs" | "Ms" | "Miss" | "Mx" | "Dr" | "Prof")
}

/// Whether a word is a title of rank, which few people with the same surname share.
pub(crate) fn is_rank(word: &str) -> bool {
    is_title(word) && !is_polite(word) && gender_of_word(word) == Gender::Unknown
}

/// A title of rank, written in full.
pub(crate) fn rank(word: &str) -> String {
    const SHORT: [(&str, &str); 20] = [
        ("adm", "admiral"),
        ("capt", "captain"),
        ("cmdr", "commander"),
        ("col", "colonel"),
        ("cpl", "corporal"),
        ("engr", "engineer"),
        ("gen", "general"),
        ("gens", "general"),
        ("gov", "governor"),
        ("govs", "governor"),
        ("lt", "lieutenant"),
        ("maj", "major"),
        ("pvt", "private"),
        ("rep", "representative"),
        ("reps", "representative"),
        ("rev", "reverend"),
        ("sen", "senator"),
        ("sens", "senator"),
        ("sgt", "sergeant"),
        ("supt", "superintendent"),
    ];
    let word = word.trim_end_matches('.').to_lowercase();
    SHORT.iter().find(|(short, _)| *short == word).map_or(word, |(_, full)| (*full).to_owned())
}

/// A person's gender, if it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, PartialOrd, Ord)]
pub(crate) enum Gender {
    #[default]
    Unknown,
    Man,
    Woman,
}

impl Gender {
    /// Whether the two cannot belong to the same person.
    pub(crate) fn contradicts(self, other: Self) -> bool {
        self != other && self != Self::Unknown && other != Self::Unknown
    }

    fn named(name: &str) -> Self {
        match name {
            "m" => Self::Man,
            "f" => Self::Woman,
            _ => Self::Unknown,
        }
    }
}

fn genders(list: &'static str) -> impl Iterator<Item = (&'static str, Gender)> {
    entries(list).map(|line| {
        let mut columns = line.split(' ');
        (columns.next().unwrap_or_default(), Gender::named(columns.next().unwrap_or_default()))
    })
}

const GENDER_LIST: &str = include_str!("../data/en/gender_words.txt");

static GENDER_WORDS: Static<Map<&'static str, Gender>> = Static::new(|| genders(GENDER_LIST).collect());

static KIN: Static<Set<&'static str>> = Static::new(|| {
    entries(GENDER_LIST).filter_map(|line| line.strip_suffix(" kin")?.split(' ').next()).collect()
});

/// Whether a word denotes a relative: `wife`, or the `lady` of `first lady`.
pub(crate) fn is_kin(word: &str) -> bool {
    KIN.contains(word)
}

/// The gender that a word before a name indicates: `Mrs`, `wife`.
pub(crate) fn gender_of_word(word: &str) -> Gender {
    GENDER_WORDS.get(word.trim_end_matches('.')).copied().unwrap_or_default()
}

static GIVEN_NAMES: Static<Map<String, Gender>> = Static::new(|| {
    genders(include_str!("../data/en/given_names.txt")).map(|(name, gender)| (folded(name), gender)).collect()
});

/// The gender of nearly all people with a given name, which is folded.
pub(crate) fn gender_of_name(name: &str) -> Gender {
    GIVEN_NAMES.get(name).copied().unwrap_or_default()
}

static SURNAMES_FIRST: Static<Set<String>> =
    Static::new(|| entries(include_str!("../data/en/surnames_first.txt")).map(folded).collect());

/// Whether a folded part is a surname of a language that puts surnames first.
pub(crate) fn is_surname_first(part: &str) -> bool {
    SURNAMES_FIRST.contains(part)
}

static FIRST_NAMES: Static<Set<&'static str>> =
    Static::new(|| entries(include_str!("../data/en/first_names.txt")).collect());

/// Whether a word is a given name, and hardly a surname.
pub(crate) fn is_first_name(word: &str) -> bool {
    FIRST_NAMES.contains(word)
}

/// The groups of names to which each short form or spelling belongs, by sound.
static NICKNAMES: Static<Map<String, Vec<u16>>> = Static::new(|| {
    let mut groups: Map<String, Vec<u16>> = Map::default();
    for (group, line) in entries(include_str!("../data/en/nicknames.txt")).enumerate() {
        for name in line.split(' ') {
            groups.entry(sound(&folded(name))).or_default().push(group as u16);
        }
    }
    groups
});

/// The groups of nicknames to which a part belongs, by its sound.
pub(crate) fn nicknames(sound: &str) -> &'static [u16] {
    NICKNAMES.get(sound).map_or(&[], |groups| groups)
}

static LEGAL_FORMS: Static<Set<String>> =
    Static::new(|| entries(include_str!("../data/en/legal_forms.txt")).map(folded).collect());

/// Whether a folded part is a legal form: `inc`.
pub(crate) fn is_legal_form(part: &str) -> bool {
    LEGAL_FORMS.contains(part)
}

/// The name of a company without the legal forms at its end: `Hallberg` of `Hallberg AG`. A name in
/// the list of organisations is left as it is, `News Corp`, and so is one such as `Lund & Co`.
pub(crate) fn without_form(name: &str) -> &str {
    let mut name = name;
    while let Some((rest, last)) = name.rsplit_once(' ')
        && is_legal_form(&folded(last))
        && organisation(&folded(name)).is_none()
    {
        name = match rest.strip_suffix(" &").or_else(|| rest.strip_suffix(" and")) {
            Some(rest) if rest.contains(' ') => rest,
            Some(_) => break,
            None => rest.trim_end_matches(','),
        };
    }
    name
}

/// The sections of `company_words.txt` that each word is in, as a number.
static COMPANY_WORDS: Static<Map<&'static str, usize>> = Static::new(|| {
    const SECTIONS: [&str; 4] = ["companies", "also towns", "units", "units, also towns"];
    let section = |name: &str| SECTIONS.iter().position(|section| *section == name);
    items(include_str!("../data/en/company_words.txt"))
        .filter_map(|(name, word)| Some((word, section(name)?)))
        .collect()
});

/// Whether a folded word may follow the word by which a company is called: `motor`.
pub(crate) fn is_company_word(word: &str) -> bool {
    matches!(COMPANY_WORDS.get(word), Some(0 | 1))
}

/// Whether a folded word may follow the name of a company in that of its unit: `capital`.
pub(crate) fn is_unit_word(word: &str) -> bool {
    matches!(COMPANY_WORDS.get(word), Some(2 | 3))
}

/// Whether a folded word at the end of a name shows a firm that is not named after a town.
pub(crate) fn is_firm_word(word: &str) -> bool {
    matches!(COMPANY_WORDS.get(word), Some(0 | 2))
}

/// The full name of each organisation by each of its folded names.
static ORGANISATIONS: Static<Map<String, &'static str>> = Static::new(|| {
    let mut names = Map::default();
    for (full, others) in
        entries(include_str!("../data/en/organisations.txt")).filter_map(|line| line.split_once('|'))
    {
        let full = full.trim();
        for name in others.split(';').chain([full]) {
            names.entry(folded(name)).or_insert(full);
        }
    }
    names
});

/// The full name of the organisation with this folded name.
pub(crate) fn organisation(folded: &str) -> Option<&'static str> {
    ORGANISATIONS.get(folded).copied()
}

/// The institutions that many countries have, and the codes of the countries if they are listed.
static INSTITUTIONS: Static<Map<String, &'static str>> = Static::new(|| {
    let lines = entries(include_str!("../data/en/institutions.txt"));
    lines
        .map(|line| line.split_once('|').unwrap_or((line, "")))
        .map(|(name, codes)| (folded(name), codes.trim()))
        .collect()
});

/// Whether a folded name denotes an institution that many countries have.
pub(crate) fn is_institution(name: &str) -> bool {
    INSTITUTIONS.contains_key(name)
        || name.split_once(' ').is_some_and(|(first, rest)| first == "ministry" && rest.starts_with("of "))
        || name.rsplit_once(' ').is_some_and(|(_, last)| last == "ministry")
}

/// The codes of the countries that have an institution of this folded name, separated by spaces,
/// the one that is meant by default first; empty if any country may have one.
pub(crate) fn institution_countries(name: &str) -> &'static str {
    INSTITUTIONS.get(name).copied().unwrap_or_default()
}

/// Universities of which `X University` and `University of X` are two.
const TWO_UNIVERSITIES: [&str; 8] =
    ["york", "washington", "miami", "new york", "ohio", "boston", "illinois", "california"];

/// One spelling and word order for the folded names of one institution: that of `ministry of
/// foreign affairs` is `foreign ministry`, that of `university of oxford` is `oxford university`,
/// and that of `high court of oban` is `oban high court`.
pub(crate) fn in_order(name: &str) -> String {
    let spelt = |word| match word {
        "defence" => "defense",
        "labour" => "labor",
        "centre" => "center",
        "organisation" => "organization",
        "programme" => "program",
        word => word,
    };
    let name = name.split(' ').map(spelt).collect::<Vec<_>>().join(" ");
    for head in ["ministry", "department"] {
        let Some(rest) = name.strip_prefix(head) else { continue };
        let field = rest.strip_prefix(" of ").or_else(|| rest.strip_prefix(" for "));
        if let Some(field) = field.map(|field| field.strip_prefix("the ").unwrap_or(field)) {
            let field = match field {
                "foreign affairs" | "external affairs" | "foreign relations" => "foreign",
                "internal affairs" => "interior",
                "national defense" => "defense",
                "public health" => "health",
                field => field,
            };
            return format!("{field} {head}");
        }
    }
    // `High Court of Oban`
    for court in ["supreme court", "high court", "court of appeal", "central bank", "reserve bank"] {
        let town = name.strip_prefix(court).and_then(|rest| rest.strip_prefix(" of "));
        if let Some(town) = town.filter(|town| !town.contains(" of ")) {
            return format!("{} {court}", town.strip_prefix("the ").unwrap_or(town));
        }
    }
    match name.strip_prefix("university of ") {
        Some(town) if !TWO_UNIVERSITIES.contains(&town) && !town.contains(" of ") => {
            format!("{town} university")
        }
        _ => match name.as_str() {
            "foreign affairs ministry" | "external affairs ministry" => "foreign ministry".to_owned(),
            "internal affairs ministry" => "interior ministry".to_owned(),
            _ => name,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{is_particle, is_suffix};

    #[test]
    fn an_institution_has_one_order() {
        for (a, b) in [
            ("foreign ministry", "ministry of foreign affairs"),
            ("defence ministry", "ministry of defense"),
            ("interior ministry", "ministry of the interior"),
            ("oxford university", "university of oxford"),
            ("health department", "department of health"),
            ("oban high court", "high court of oban"),
        ] {
            assert_eq!(in_order(a), in_order(b));
        }
        assert_ne!(in_order("york university"), in_order("university of york"));
        assert_ne!(in_order("health ministry"), in_order("ministry of defence"));
    }

    #[test]
    fn a_company_is_named_without_its_legal_form() {
        for (name, short) in [
            ("Hallberg AG", "Hallberg"),
            ("Hallberg, Inc.", "Hallberg"),
            ("Nora Hallberg & Co", "Nora Hallberg"),
            ("Nora Hallberg & Co. Inc.", "Nora Hallberg"),
            ("Hallberg & Co", "Hallberg & Co"),
            ("News Corp", "News Corp"),
        ] {
            assert_eq!(without_form(name), short);
        }
    }

    #[test]
    fn lists_are_read() {
        assert!(is_title("President") && is_title("Sen.") && !is_title("Angela"));
        assert_eq!(gender_of_word("Mrs."), Gender::Woman);
        assert_eq!(gender_of_name("raymond"), Gender::Man);
        assert!(is_surname_first("kim") && is_particle("bin") && is_suffix("jr") && is_legal_form("inc"));
        assert_eq!(organisation("kcna"), Some("Korean Central News Agency"));
        assert!(is_institution("foreign ministry") && is_institution("ministry of defence"));
        assert!(!is_institution("apple"));
        assert!(is_company_word("motor") && is_unit_word("capital") && !is_company_word("capital"));
        assert!(is_firm_word("partners") && is_firm_word("holdings") && !is_firm_word("bank"));
        let shared = |a: &str, b: &str| nicknames(a).iter().any(|group| nicknames(b).contains(group));
        assert!(shared("bil", "wiliam") && !shared("bil", "robert"));
    }
}
