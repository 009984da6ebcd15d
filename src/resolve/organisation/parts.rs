//! Which names belong to the same organisation?
//!
//! A core is a name without its legal form; names with equal cores are the same. Then a core joins
//! another one: as an acronym that the article introduces in brackets, as another name in the word
//! list, as the initials of exactly one name, as the first words of exactly one name, or as the
//! last word of exactly one institution (`the Commission`), newspaper or club. A core that fits two
//! others joins neither.
//!
//! Cost: linear in the mentions and the parts of their names.

use crate::batch::Watch;
use crate::error::Result;
use crate::hash::Map;
use crate::resolve::lexicon::NameInterner;
use crate::resolve::lists::{in_order, is_institution, organisation};
use crate::resolve::place::country_or_demonym;
use crate::resolve::rule::Rule;

/// A mention of an organisation, as the rules see it.
#[derive(Debug, Clone)]
pub(crate) struct Mentioned<'a> {
    pub(crate) parts: &'a [u32],
    /// Whether it is one word with several capitals, like an acronym.
    pub(crate) capitals: bool,
    /// The mention that introduces it in brackets.
    pub(crate) introduced_by: Option<usize>,
    /// Whether it is in the headline, where a short form may precede the full one.
    pub(crate) in_headline: bool,
}

/// How a name is linked to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) rule: Rule,
    /// The core that it is linked to.
    pub(crate) to: usize,
}

/// A name without its legal form.
#[derive(Debug, Clone)]
pub(crate) struct Core {
    pub(crate) parts: Vec<u32>,
    /// The first mention.
    pub(crate) first: usize,
    /// The first mention after the headline.
    below: Option<usize>,
    pub(crate) capitals: bool,
    /// Whether a mention has a legal form, as a firm has.
    is_firm: bool,
    pub(crate) known: Option<&'static str>,
    pub(crate) step: Option<Step>,
    pub(crate) ambiguous: bool,
    root: usize,
}

/// The organisations of an article.
#[derive(Debug, Default)]
pub(crate) struct Organisations {
    pub(crate) cores: Vec<Core>,
    /// The core of each mention.
    pub(crate) of_mention: Vec<usize>,
}

/// The longest name whose first words are looked up, in words.
const LONGEST: usize = 8;

/// Kinds of institutions whose name can denote a specific one.
const HEADS: [&str; 33] = [
    "academy",
    "agency",
    "army",
    "assembly",
    "association",
    "authority",
    "bank",
    "board",
    "bureau",
    "club",
    "college",
    "commission",
    "committee",
    "company",
    "congress",
    "council",
    "court",
    "department",
    "federation",
    "foundation",
    "fund",
    "government",
    "hospital",
    "institute",
    "league",
    "ministry",
    "office",
    "organisation",
    "organization",
    "parliament",
    "party",
    "union",
    "university",
];

/// Last words of the names of newspapers and of clubs, which are their short forms (`the Post`,
/// `United`).
const TITLES: [&str; 35] = [
    "advertiser",
    "albion",
    "athletic",
    "chronicle",
    "city",
    "courier",
    "dispatch",
    "echo",
    "examiner",
    "express",
    "forest",
    "gazette",
    "globe",
    "guardian",
    "herald",
    "inquirer",
    "journal",
    "mail",
    "mercury",
    "mirror",
    "observer",
    "palace",
    "post",
    "rovers",
    "sox",
    "standard",
    "star",
    "sun",
    "telegraph",
    "times",
    "town",
    "tribune",
    "united",
    "wanderers",
    "wednesday",
];

/// What a body is for, or which of several it is: with a word of [`HEADS`], the short form of a
/// longer name. Those of parties and foundations mostly mean another body.
const FIELDS: [&str; 26] = [
    "appeals",
    "audit",
    "budget",
    "city",
    "competition",
    "control",
    "county",
    "district",
    "election",
    "electoral",
    "executive",
    "finance",
    "gaming",
    "general",
    "health",
    "information",
    "intelligence",
    "judiciary",
    "military",
    "monitoring",
    "oversight",
    "planning",
    "security",
    "select",
    "standing",
    "supervisory",
];

/// Words for a part or a product of an organisation. A longer name that ends in one is not another
/// name of the organisation.
const PARTS: [&str; 30] = [
    "act",
    "arena",
    "award",
    "awards",
    "board",
    "building",
    "center",
    "centre",
    "charter",
    "commission",
    "committee",
    "council",
    "cup",
    "day",
    "division",
    "festival",
    "foundation",
    "fund",
    "index",
    "magazine",
    "observatory",
    "office",
    "plaza",
    "prize",
    "stadium",
    "store",
    "subcommittee",
    "tower",
    "treaty",
    "unit",
];

/// The value of an index: one core, or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    One(usize),
    Several,
}

impl Organisations {
    /// Groups the mentions of an article.
    ///
    /// # Errors
    /// [`crate::error::Kind::Cancelled`].
    pub(crate) fn new(mentions: &[Mentioned<'_>], lexicon: &NameInterner, watch: &Watch) -> Result<Self> {
        let mut organisations = Self::default();
        let mut numbers: Map<&[u32], usize> = Map::default();
        for (at, mention) in watch.through(mentions.iter().enumerate()) {
            let parts = without_legal_form(mention.parts, lexicon);
            let has_form = parts.len() < mention.parts.len();
            // `News Corp` is in the list with its legal form, which its name needs.
            let whole = || has_form.then(|| organisation(&lexicon.text(mention.parts))).flatten();
            let next = organisations.cores.len();
            let core = *numbers.entry(parts).or_insert(next);
            if core == next {
                organisations.cores.push(Core {
                    parts: parts.to_vec(),
                    first: at,
                    below: None,
                    capitals: mention.capitals,
                    is_firm: false,
                    known: whole().or_else(|| organisation(&lexicon.text(parts))),
                    step: None,
                    ambiguous: false,
                    root: next,
                });
            }
            organisations.of_mention.push(core);
            organisations.cores[core].is_firm |= has_form;
            if !mention.in_headline {
                organisations.cores[core].below.get_or_insert(at);
            }
        }
        watch.check()?;
        organisations.introduce(mentions);
        organisations.know(watch);
        organisations.reorder(lexicon, watch);
        organisations.spell(lexicon, watch);
        organisations.shorten(lexicon, watch);
        watch.check()?;
        Ok(organisations)
    }

    /// The core that represents all names of an organisation. Shortens the path for later calls.
    pub(crate) fn root(&mut self, core: usize) -> usize {
        let mut root = core;
        while self.cores[root].root != root {
            let next = self.cores[root].root;
            self.cores[root].root = self.cores[next].root;
            root = next;
        }
        root
    }

    fn join(&mut self, core: usize, rule: Rule, to: usize) {
        let (root, target) = (self.root(core), self.root(to));
        if root != target && self.cores[core].step.is_none() {
            self.cores[root].root = target;
            self.cores[core].root = target;
            self.cores[core].step = Some(Step { rule, to });
        }
    }

    fn introduce(&mut self, mentions: &[Mentioned<'_>]) {
        for (at, mention) in mentions.iter().enumerate() {
            if let Some(by) = mention.introduced_by {
                self.join(self.of_mention[at], Rule::IntroducedAcronym, self.of_mention[by]);
            }
        }
    }

    fn know(&mut self, watch: &Watch) {
        let mut first: Map<&'static str, usize> = Map::default();
        for core in watch.through(0..self.cores.len()) {
            // For an acronym that the article introduces, the article takes precedence.
            let Some(known) = self.cores[core].known.filter(|_| self.cores[core].step.is_none()) else {
                continue;
            };
            let to = *first.entry(known).or_insert(core);
            // The longer name represents the shorter one.
            if self.cores[core].parts.len() > self.cores[to].parts.len() {
                first.insert(known, core);
                self.join(to, Rule::KnownName, core);
            } else {
                self.join(core, Rule::KnownName, to);
            }
        }
    }

    /// Joins names that have the same words in another order: `Ministry of Defence`, `Defence
    /// Ministry`.
    fn reorder(&mut self, lexicon: &NameInterner, watch: &Watch) {
        let mut first: Map<String, usize> = Map::default();
        for core in watch.through(0..self.cores.len()) {
            if self.cores[core].parts.len() < 2 {
                continue;
            }
            let to = *first.entry(in_order(&lexicon.text(&self.cores[core].parts))).or_insert(core);
            if to != core && self.cores[core].known.is_none() {
                self.join(core, Rule::WordOrder, to);
            }
        }
    }

    fn spell(&mut self, lexicon: &NameInterner, watch: &Watch) {
        let mut initials: Map<String, Entry> = Map::default();
        for core in watch.through(0..self.cores.len()) {
            if self.cores[core].parts.len() > 1 {
                for letters in spelt(&self.cores[core].parts, lexicon) {
                    self.enter(&mut initials, letters, core);
                }
            }
        }
        for core in watch.through(0..self.cores.len()) {
            let Core { parts, capitals: true, step: None, known: None, .. } = &self.cores[core] else {
                continue;
            };
            let letters = lexicon.text(parts);
            match initials.get(&letters) {
                Some(&Entry::One(to)) => self.join(core, Rule::Acronym, to),
                Some(Entry::Several) => self.cores[core].ambiguous = true,
                None => {}
            }
        }
    }

    fn shorten(&mut self, lexicon: &NameInterner, watch: &Watch) {
        let mut openings: Map<Vec<u32>, Entry> = Map::default();
        let mut heads: Map<u32, Entry> = Map::default();
        // The last two words: `the City Council` after `Oban City Council`.
        let mut tails: Map<[u32; 2], Entry> = Map::default();
        let mut order: Vec<usize> = (0..self.cores.len()).collect();
        order.sort_by_key(|&core| std::cmp::Reverse(self.cores[core].parts.len()));
        for core in watch.through(order) {
            let parts = self.cores[core].parts.clone();
            if parts.is_empty() {
                continue;
            }
            let text = lexicon.text(&parts);
            let is_root = self.root(core) == core;
            let own = &self.cores[core];
            let free = own.step.is_none() && own.known.is_none() && is_root && !own.ambiguous;
            if free && country_or_demonym(&text).is_none() && !is_institution(&text) {
                let head = match parts[..] {
                    // News Corp is not the short form of Fox News.
                    [one] if !own.is_firm && is_head(&lexicon.part(one).text) => heads.get(&one).copied(),
                    [word, one]
                        if HEADS.contains(&&*lexicon.part(one).text)
                            && FIELDS.contains(&&*lexicon.part(word).text) =>
                    {
                        tails.get(&[word, one]).copied()
                    }
                    _ => None,
                };
                match (openings.get(&parts).copied(), head) {
                    (Some(Entry::One(to)), _) if self.introduces(to, core) => {
                        self.join(core, Rule::ShortName, to);
                    }
                    (_, Some(Entry::One(to))) if self.introduces(to, core) => {
                        self.join(core, Rule::HeadNoun, to);
                    }
                    (_, Some(Entry::Several)) => self.cores[core].ambiguous = true,
                    _ => {}
                }
            }
            let is_part = parts.last().is_some_and(|&last| PARTS.contains(&&*lexicon.part(last).text));
            for length in 1..if is_part { 1 } else { parts.len().min(LONGEST) } {
                self.enter(&mut openings, parts[..length].to_vec(), core);
            }
            if let [_, .., word, last] = parts[..] {
                self.enter(&mut tails, [word, last], core);
            }
            // The Financial Times is the FT, and never the Times.
            if let [_, .., last] = parts[..]
                && text != "financial times"
            {
                self.enter(&mut heads, last, core);
            }
        }
    }

    /// Whether the text gives the full name before the short one, ignoring the headline.
    fn introduces(&self, full: usize, short: usize) -> bool {
        self.cores[short].below.is_none_or(|below| self.cores[full].first < below)
    }

    fn enter<K: std::hash::Hash + Eq>(&mut self, index: &mut Map<K, Entry>, key: K, core: usize) {
        match index.entry(key) {
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(Entry::One(core));
            }
            std::collections::hash_map::Entry::Occupied(mut taken) => {
                if let Entry::One(other) = *taken.get()
                    && self.root(other) != self.root(core)
                {
                    taken.insert(Entry::Several);
                }
            }
        }
    }
}

/// Whether a word by itself can denote the one organisation whose name ends in it.
fn is_head(word: &str) -> bool {
    HEADS.contains(&word) || TITLES.contains(&word)
}

/// The parts before a legal form.
pub(crate) fn without_legal_form<'a>(parts: &'a [u32], lexicon: &NameInterner) -> &'a [u32] {
    let mut parts = parts;
    while let [rest @ .., last] = parts
        && !rest.is_empty()
        && lexicon.part(*last).legal_form
    {
        parts = rest;
    }
    if parts.len() > 2 && parts.last().is_some_and(|&last| &*lexicon.part(last).text == "and") {
        parts = &parts[..parts.len() - 1];
    }
    parts
}

/// The initials of a name, with its function words and without them.
fn spelt(parts: &[u32], lexicon: &NameInterner) -> [String; 2] {
    const SMALL: [&str; 12] = ["a", "and", "at", "de", "for", "in", "la", "of", "on", "the", "to", "with"];
    let letters = |small: bool| {
        parts
            .iter()
            .map(|&part| lexicon.part(part))
            .filter(|part| small || !SMALL.contains(&&*part.text))
            .map(|part| part.first)
            .collect()
    };
    [letters(true), letters(false)]
}

/// Whether a word consists of the initials of a name.
pub(crate) fn spells(name: &[u32], short: &[u32], lexicon: &NameInterner) -> bool {
    let [one] = short else { return false };
    let text = &lexicon.part(*one).text;
    text.len() > 1 && spelt(name, lexicon).iter().any(|letters| **letters == **text)
}

/// Whether a word in brackets can be the acronym of the name before it: its initials, or a word in
/// capitals.
pub(crate) fn may_introduce(name: &[u32], short: &[u32], capitals: bool, lexicon: &NameInterner) -> bool {
    let [one] = short else { return false };
    let text = &lexicon.part(*one).text;
    if name.len() < 2 || text.len() < 2 {
        return false;
    }
    if spells(name, short, lexicon) {
        return true;
    }
    // `Iesco`, `Usdaw`: letters of the name in order, beginning with the first.
    let mut letters = name.iter().flat_map(|&part| lexicon.part(part).text.chars());
    let in_order =
        letters.clone().next() == text.chars().next() && text.chars().all(|c| letters.any(|d| d == c));
    // Brackets do not introduce a known name of another organisation: `White House (REUTERS)`.
    in_order || (capitals && text.len() > 2 && organisation(text).is_none())
}
