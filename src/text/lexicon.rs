//! Which English words are abbreviated with a full stop, and which words open a sentence?
//!
//! The lists are text files under `src/data/en`, compiled into the crate and read once, on first
//! use. Look-ups take the word as it is written in the text and never allocate; no entry is longer
//! than [`LONGEST`] bytes.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::batch::Static;
use crate::language::sections;

/// The longest entry of any list, in bytes.
pub(super) const LONGEST: usize = 16;

/// The longest abbreviation in the lists. Most words at the end of a sentence are longer and need
/// no look-up.
const LONGEST_FORM: usize = 7;

/// How an abbreviation behaves, depending on what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ShortForm {
    /// `Mr.`: a name follows, always.
    Title,
    /// `St.`: a saint's name follows, or an address ends.
    Street,
    /// `Sept.`: a day or a year follows.
    Month,
    /// `No.`: an abbreviation only before a number.
    Numbered,
    /// `Calif.`
    Region,
    /// `Miss.`: an abbreviation only after a comma.
    State,
    /// `Inc.`
    Company,
    /// `Jr.`, `Ph.D.`
    Suffix,
    /// `v.`: the other side of a case or a match follows.
    Between,
    /// `viz.`
    General,
    /// `etc.`
    Final,
}

impl ShortForm {
    /// Whether its letters without the full stop are a word that is more frequent: `no`, `miss`.
    pub(super) const fn needs_its_stop(self) -> bool {
        matches!(self, Self::Numbered | Self::State)
    }
}

/// The abbreviations that a lower-case word can be, by the case of its first letter in the text.
#[derive(Debug, Clone, Copy, Default)]
struct Forms {
    capital: Option<ShortForm>,
    small: Option<ShortForm>,
}

struct WordLists {
    short_forms: FxHashMap<&'static [u8], Forms>,
    /// One bit for the [`outline`] of each abbreviation; few other words have the same outline.
    outlines: [u64; OUTLINES / 64],
    openers: FxHashSet<&'static [u8]>,
    domains: FxHashSet<&'static [u8]>,
    files: FxHashSet<&'static [u8]>,
}

/// Parts of speech that lower-case words mostly are, as bits.
pub(super) struct Speech;

impl Speech {
    pub(super) const NOUN: u8 = 1;
    pub(super) const VERB: u8 = 2;
}

/// The least share of a part of speech that counts, in ninths.
const MOSTLY: u8 = 5;

/// The parts of speech of lower-case words.
static SPEECH: Static<FxHashMap<&'static [u8], u8>> = Static::new(|| {
    let lower = sections(include_str!("../data/en/tags.txt")).filter(|&(section, _)| section == "lower");
    let words = lower.filter_map(|(_, line)| line.split_once(' '));
    let of = |tags: &str| {
        // A participle is the past tense as well.
        let share = |tag: u8| {
            let pairs = tags.as_bytes().chunks_exact(2).filter(|pair| pair[0] == tag);
            pairs.map(|pair| pair[1].wrapping_sub(b'0')).sum::<u8>()
        };
        let verb = share(b'V') > 0 && share(b'V') + share(b'D') >= MOSTLY || share(b'M') >= MOSTLY;
        (Speech::NOUN * u8::from(share(b'N') >= MOSTLY)) | (Speech::VERB * u8::from(verb))
    };
    words.map(|(word, tags)| (word.as_bytes(), of(tags))).collect()
});

/// The parts of speech that `word`, in any case, mostly is where it is written in lower case.
pub(super) fn speech(word: &[u8]) -> u8 {
    let mut buffer = [0; LONGEST];
    lower(word, &mut buffer).and_then(|word| SPEECH.get(word)).copied().unwrap_or(0)
}

static WORD_LISTS: Static<WordLists> = Static::new(WordLists::read);

/// The kind of English abbreviation that `word`, without its full stop, can be. The caller checks
/// conditions on the context.
pub(super) fn short_form(word: &[u8]) -> Option<ShortForm> {
    let first = *word.first()?;
    if word.len() > LONGEST_FORM {
        return None;
    }
    let lists = &*WORD_LISTS;
    let outline = outline(word);
    if lists.outlines[outline / 64] >> (outline % 64) & 1 == 0 {
        return None;
    }
    let mut buffer = [0; LONGEST];
    let forms = lists.short_forms.get(lower(word, &mut buffer)?)?;
    if first.is_ascii_uppercase() { forms.capital } else { forms.small }
}

/// Whether `word` is a legal form of companies, with or without its full stop: `Inc.`, `LLC`.
pub(super) fn is_company_form(word: &[u8]) -> bool {
    let bare = word.strip_suffix(b".").unwrap_or(word);
    short_form(bare) == Some(ShortForm::Company)
}

/// The kind of English abbreviation that `word` can be in some case.
pub(super) fn any_short_form(word: &[u8]) -> Option<ShortForm> {
    let mut buffer = [0; LONGEST];
    let forms = WORD_LISTS.short_forms.get(lower(word, &mut buffer)?)?;
    forms.capital.or(forms.small)
}

/// The number of outlines.
const OUTLINES: usize = 1 << 13;

/// The length, first and last letter of a word, regardless of case.
fn outline(word: &[u8]) -> usize {
    let letter = |byte: Option<&u8>| usize::from(byte.map_or(0, |byte| byte & 31));
    (word.len() & 7) << 10 | letter(word.first()) << 5 | letter(word.last())
}

/// Whether `word`, which is capitalised in the text, opens a sentence rather than continues a name.
pub(crate) fn is_opener(word: &[u8]) -> bool {
    contains(&WORD_LISTS.openers, word)
}

/// Whether `label` is a top-level domain.
pub(super) fn is_domain(label: &[u8]) -> bool {
    contains(&WORD_LISTS.domains, label)
}

/// Whether `label` is a file extension.
pub(super) fn is_file_ending(label: &[u8]) -> bool {
    contains(&WORD_LISTS.files, label)
}

fn contains(words: &FxHashSet<&'static [u8]>, word: &[u8]) -> bool {
    let mut buffer = [0; LONGEST];
    lower(word, &mut buffer).is_some_and(|key| words.contains(key))
}

/// `word` in lower case with straight apostrophes, or `None` if no entry is that long.
fn lower<'a>(word: &[u8], buffer: &'a mut [u8; LONGEST]) -> Option<&'a [u8]> {
    let mut length = 0;
    let mut rest = word;
    while let Some((&byte, tail)) = rest.split_first() {
        let slot = buffer.get_mut(length)?;
        if let Some(tail) = rest.strip_prefix("’".as_bytes()) {
            *slot = b'\'';
            rest = tail;
        } else {
            *slot = byte.to_ascii_lowercase();
            rest = tail;
        }
        length += 1;
    }
    Some(&buffer[..length])
}

impl WordLists {
    fn read() -> Self {
        let mut lists = Self {
            short_forms: FxHashMap::default(),
            outlines: [0; OUTLINES / 64],
            openers: FxHashSet::default(),
            domains: FxHashSet::default(),
            files: FxHashSet::default(),
        };
        for (section, entry) in entries(include_str!("../data/en/abbreviations.txt")) {
            if let Some(form) = form_of(section) {
                lists.add_short_form(form, entry);
            }
        }
        for (_, entry) in entries(include_str!("../data/en/openers.txt")) {
            lists.openers.insert(entry.as_bytes());
        }
        for (section, entry) in entries(include_str!("../data/en/endings.txt")) {
            let set = if section == "domain" { &mut lists.domains } else { &mut lists.files };
            set.insert(entry.as_bytes());
        }
        lists
    }

    /// Adds an entry under its lower-case form: `=st` is an abbreviation only in lower case, `St`
    /// only with a capital.
    fn add_short_form(&mut self, form: ShortForm, entry: &'static str) {
        let (word, capital, small) = match entry.strip_prefix('=') {
            Some(word) => (word.as_bytes(), false, true),
            None if entry.starts_with(|c: char| c.is_ascii_uppercase()) => (leaked_lower(entry), true, false),
            None => (entry.as_bytes(), true, true),
        };
        let forms = self.short_forms.entry(word).or_default();
        if capital {
            forms.capital = Some(form);
        }
        if small {
            forms.small = Some(form);
        }
        let outline = outline(word);
        self.outlines[outline / 64] |= 1 << (outline % 64);
    }
}

/// A lower-case copy that lives as long as the lists, which is never dropped.
fn leaked_lower(entry: &str) -> &'static [u8] {
    Box::leak(entry.to_ascii_lowercase().into_bytes().into_boxed_slice())
}

/// The kind of abbreviation that a section lists; `None` for an unknown section, which a test rules
/// out.
fn form_of(section: &str) -> Option<ShortForm> {
    Some(match section {
        "title" => ShortForm::Title,
        "street" => ShortForm::Street,
        "month" => ShortForm::Month,
        "numbered" => ShortForm::Numbered,
        "region" => ShortForm::Region,
        "state" => ShortForm::State,
        "company" => ShortForm::Company,
        "suffix" => ShortForm::Suffix,
        "between" => ShortForm::Between,
        "general" => ShortForm::General,
        "final" => ShortForm::Final,
        _ => return None,
    })
}

/// The words of a list with sections, each with its section.
fn entries(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    sections(list)
        .flat_map(|(section, line)| line.split_ascii_whitespace().map(move |entry| (section, entry)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: [&str; 3] = [
        include_str!("../data/en/abbreviations.txt"),
        include_str!("../data/en/openers.txt"),
        include_str!("../data/en/endings.txt"),
    ];

    #[test]
    fn every_entry_fits_the_buffer_and_occurs_once_in_its_list() {
        for list in LISTS {
            let mut seen = FxHashSet::default();
            for (section, entry) in entries(list) {
                assert!(entry.len() <= LONGEST, "{entry} is too long");
                let key = if entry.starts_with('=') { entry.into() } else { entry.to_ascii_lowercase() };
                let list = if section == "file" { "file" } else { "" };
                assert!(seen.insert((list, key)), "{entry} occurs twice");
            }
        }
    }

    #[test]
    fn every_section_of_short_forms_has_a_meaning() {
        assert!(entries(LISTS[0]).all(|(section, _)| form_of(section).is_some()));
        let longest = entries(LISTS[0]).map(|(_, entry)| entry.trim_start_matches('=').len()).max();
        assert_eq!(longest, Some(LONGEST_FORM));
    }

    #[test]
    fn case_decides_between_a_title_and_a_word() {
        assert_eq!(short_form(b"Gen"), Some(ShortForm::Title));
        assert_eq!(short_form(b"gen"), None);
        assert_eq!(short_form(b"ETC"), Some(ShortForm::Final));
        assert_eq!(short_form(b"al"), Some(ShortForm::General));
        assert_eq!(short_form(b"Al"), None);
    }
}
