//! What do sentences look like that the train sets lack?
//!
//! `tools/model/patterns.txt` has sentences with slots, and lists of what may fill them. Each is filled several times over,
//! by a seeded generator: the same sentences on every run.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use nutgraf::tagger::Example;

use super::labels::iob2;

/// How often each sentence is filled.
const TIMES: usize = 12;
/// How much a filled sentence counts.
const WEIGHT: f32 = 0.5;
/// Cities are the largest places, towns those behind them.
const CITIES: usize = 2500;
const TOWNS: usize = 12_000;

/// A list: the type of its names, and the names, in words.
#[derive(Default)]
struct List {
    kind: String,
    names: Vec<String>,
}

struct Filler {
    lists: BTreeMap<String, List>,
    /// Given names and surnames that go together.
    people: Vec<[Vec<String>; 2]>,
    random: u64,
}

impl Filler {
    /// A number below `count`, of a xorshift generator (Marsaglia 2003).
    fn below(&mut self, count: usize) -> usize {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        ((self.random >> 20) % count.max(1) as u64) as usize
    }

    fn pick(&mut self, from: &[String]) -> String {
        from.get(self.below(from.len())).cloned().unwrap_or_default()
    }

    /// A word that nothing is called.
    fn coin(&mut self) -> String {
        const HEADS: [&str; 24] = [
            "bar", "cel", "dor", "fen", "gal", "hol", "kor", "lan", "mer", "nor", "or", "pel", "quin", "ral",
            "sol", "tar", "ul", "vel", "wes", "xan", "yor", "zel", "bri", "tran",
        ];
        const TAILS: [&str; 24] = [
            "a", "an", "co", "dex", "en", "ex", "ia", "ica", "ik", "in", "is", "ix", "o", "on", "or", "os",
            "ova", "tec", "tis", "um", "us", "vik", "win", "yl",
        ];
        let mut word = HEADS[self.below(HEADS.len())].to_owned();
        if self.below(2) == 0 {
            word += HEADS[self.below(HEADS.len())];
        }
        word += TAILS[self.below(TAILS.len())];
        if self.below(6) == 0 {
            let letters = word.chars().filter(|c| !"aeiou".contains(*c)).take(4);
            return letters.collect::<String>().to_uppercase();
        }
        word[..1].to_uppercase() + &word[1..]
    }

    /// A name for a slot, and its type.
    fn fill(&mut self, slot: &str) -> Result<(String, String), Box<dyn Error>> {
        let people = self.below(self.people.len());
        let mut part = |which: usize| {
            let names = std::mem::take(&mut self.people[people][which]);
            let name = self.pick(&names);
            self.people[people][which] = names;
            name
        };
        let person = match slot {
            "person" => Some(part(0) + " " + &part(1)),
            "given" => Some(part(0)),
            "surname" => Some(part(1)),
            "short" => Some(part(0).chars().take(1).collect::<String>() + ". " + &part(1)),
            _ => None,
        };
        if let Some(person) = person {
            return Ok((person, "PER".to_owned()));
        }
        if slot == "coined" {
            return Ok((self.coin(), String::new()));
        }
        let List { kind, names } =
            self.lists.remove(slot).ok_or_else(|| format!("no list is called {slot}"))?;
        let name = self.pick(&names);
        self.lists.insert(slot.to_owned(), List { kind: kind.clone(), names });
        Ok((name, kind))
    }

    /// Replaces digits and slots of a piece of a line; the type is that of its slot.
    fn piece(&mut self, piece: &str) -> Result<(String, String), Box<dyn Error>> {
        let (mut text, mut kind, mut rest) = (String::new(), String::new(), piece);
        while let Some((before, slot)) = rest.split_once('{') {
            let (slot, after) = slot.split_once('}').ok_or("a slot is not closed")?;
            let (slot, given) = slot.split_once('>').unwrap_or((slot, ""));
            let lower = slot.to_lowercase();
            let (name, own) = self.fill(&lower)?;
            text += before;
            text += &if lower == slot { name } else { name.to_uppercase() };
            kind = if given.is_empty() { own } else { given.to_owned() };
            rest = after;
        }
        text += rest;
        let text = text
            .chars()
            .map(|c| if c == '#' { char::from(b'0' + self.below(10) as u8) } else { c })
            .collect();
        Ok((text, kind))
    }

    fn sentence(&mut self, line: &str) -> Result<Example, Box<dyn Error>> {
        let mut example = Example { weight: WEIGHT, ..Example::default() };
        let mut rest = line;
        while !rest.is_empty() {
            let (text, kind) = if let Some(name) = rest.strip_prefix('[') {
                let (name, after) = name.split_once(']').ok_or("a name is not closed")?;
                let (kind, name) = name.split_once(' ').ok_or("a name has no type")?;
                rest = after;
                (self.piece(name)?.0, kind.to_owned())
            } else {
                let end = if rest.starts_with('{') {
                    rest.find('}').map_or(rest.len(), |end| end + 1)
                } else {
                    rest.find(['[', '{']).unwrap_or(rest.len())
                };
                let (piece, after) = rest.split_at(end);
                rest = after;
                self.piece(piece)?
            };
            for (at, word) in text.split_whitespace().enumerate() {
                example.tokens.push(word.to_owned());
                example.labels.push(if kind.is_empty() { "O".to_owned() } else { iob2(at, &kind) });
            }
        }
        Ok(example)
    }
}

/// The sentences of `tools/model/patterns.txt`, filled.
pub(crate) fn patterns(tools: &Path, prepared: &Path) -> Result<Vec<Example>, Box<dyn Error>> {
    let mut filler = Filler { lists: BTreeMap::new(), people: Vec::new(), random: 0x6e75_7467_7261_6601 };
    let places = fs::read_to_string(prepared.join("places.tsv"))?;
    let cities: Vec<String> = places
        .lines()
        .filter_map(|line| line.split_once('\t').filter(|(_, rest)| rest.starts_with("city")))
        .map(|(name, _)| name.to_owned())
        .take(TOWNS)
        .collect();
    let (cities, towns) = cities.split_at(CITIES.min(cities.len()));
    let peoples = fs::read_to_string(prepared.join("nationalities.txt"))?;
    for (name, kind, names) in [
        ("city", "LOC", cities.to_vec()),
        ("town", "LOC", towns.to_vec()),
        ("people", "NORP", peoples.lines().map(str::to_owned).collect()),
    ] {
        filler.lists.insert(name.to_owned(), List { kind: kind.to_owned(), names });
    }
    let mut section = String::new();
    let mut lines = Vec::new();
    let content = fs::read_to_string(tools.join("patterns.txt"))?;
    for line in content.lines().filter(|line| !line.starts_with("# ")) {
        let head = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
        if let Some(head) = head.filter(|_| section != "sentences") {
            let (name, kind) = head.split_once(' ').unwrap_or((head, ""));
            name.clone_into(&mut section);
            filler.lists.insert(section.clone(), List { kind: kind.to_owned(), names: Vec::new() });
        } else if section == "sentences" {
            lines.push(line);
        } else if let Some((given, surnames)) = line.split_once(" / ") {
            let words = |names: &str| names.split(' ').map(str::to_owned).collect();
            filler.people.push([words(given), words(surnames)]);
        } else if let Some(list) = filler.lists.get_mut(&section) {
            list.names.extend(line.split("; ").map(str::to_owned));
        }
    }
    let mut examples = Vec::new();
    for _ in 0..TIMES {
        for line in &lines {
            examples.push(filler.sentence(line)?);
        }
    }
    Ok(examples)
}
