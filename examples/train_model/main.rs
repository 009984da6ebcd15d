//! Trains the default model: `cargo run --release --example train_model -- DATA PREPARED OUTPUT`.
//!
//! DATA is the folder with `ner/train`, PREPARED what `tools/model/prepare.py` wrote. The result is the same, byte for byte, on
//! every run. The label sets of the corpora are brought to one convention: PER, ORG, LOC, NORP, MISC; no titles,
//! determiners or possessives inside a name.

mod clean;
mod labels;
mod patterns;

use std::collections::{BTreeMap, HashSet};
use std::error::Error;
use std::fs;
use std::path::Path;

use clean::clean;
use labels::{Lists, SOURCES, Source, iob2};
use nutgraf::batch::Watch;
use nutgraf::tagger::{
    ClusterTable, Example, NetworkOptions, TrainOptions, kmeans, nearest, pieces, train, train_network,
};
use patterns::patterns;

/// Words of which vector clusters are shipped, the most frequent first.
const VECTOR_WORDS: usize = 150_000;
/// Words of which Brown clusters are shipped.
const BROWN_WORDS: usize = 150_000;
/// Sizes of the three levels of vector clusters.
const LEVELS: [usize; 3] = [1024, 256, 64];
const DIMENSIONS: usize = 100;
/// How many vectors the centres of their pieces are learnt from.
const SAMPLE: usize = 40_000;

fn lines(path: &Path) -> Result<HashSet<String>, Box<dyn Error>> {
    Ok(fs::read_to_string(path)?.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect())
}

/// Tokens and labels of each sentence of a `CoNLL` file.
fn sentences(content: &str) -> Vec<(Vec<String>, Vec<String>)> {
    let mut found = vec![(Vec::new(), Vec::new())];
    for line in content.lines() {
        match line.split_once('\t') {
            Some((token, label)) if !token.starts_with("-DOCSTART-") => {
                if let Some((tokens, labels)) = found.last_mut() {
                    tokens.push(token.to_owned());
                    labels.push(label.to_owned());
                }
            }
            _ => found.push((Vec::new(), Vec::new())),
        }
    }
    found.retain(|(tokens, _)| !tokens.is_empty());
    found
}

fn example(tokens: Vec<String>, labels: &[String], source: &Source, lists: &Lists) -> Example {
    let mut harmonised = vec!["O".to_owned(); tokens.len()];
    let mut at = 0;
    while at < tokens.len() {
        let Some(kind) = labels[at].get(2..) else {
            at += 1;
            continue;
        };
        let mut end = at + 1;
        while end < tokens.len() && labels[end].strip_prefix("I-") == Some(kind) {
            end += 1;
        }
        let mapped = (source.map)(kind);
        if !mapped.is_empty()
            && let Some((first, last, kind)) = lists.harmonise(&tokens, at, end, mapped)
        {
            for (place, label) in harmonised[first..last].iter_mut().enumerate() {
                *label = iob2(place, kind);
            }
        }
        at = end;
    }
    // "North Korean" is one nationality.
    for at in 1..tokens.len() {
        if harmonised[at] == "B-NORP"
            && tokens[at].starts_with("Korean")
            && ["North", "South"].contains(&tokens[at - 1].as_str())
        {
            "B-NORP".clone_into(&mut harmonised[at - 1]);
            "I-NORP".clone_into(&mut harmonised[at]);
        }
    }
    Example { tokens, labels: harmonised, weight: source.weight }
}

/// The example as a headline in capitals would print it.
fn in_capitals(example: &Example) -> Example {
    let tokens = example.tokens.iter().map(|token| token.to_uppercase()).collect();
    Example { tokens, labels: example.labels.clone(), weight: example.weight / 2.0 }
}

/// What the lists know of words, a bit a list; see `tools/model/cues.txt` and `tools/model/organisations.txt`.
fn marks(prepared: &Path) -> Result<Vec<(String, u16)>, Box<dyn Error>> {
    const SECTIONS: [(&str, u16); 7] = [
        ("people", 7),
        ("organisation", 8),
        ("legal", 9),
        ("place", 10),
        ("event", 11),
        ("role", 12),
        ("time", 13),
    ];
    let tools = Path::new(env!("CARGO_MANIFEST_DIR")).join("tools/model");
    let mut found: BTreeMap<String, u16> = BTreeMap::new();
    let mut mark = |word: &str, bit: u16| *found.entry(word.to_lowercase()).or_default() |= 1 << bit;
    let mut cues: HashSet<String> = HashSet::new();
    let mut bit = None;
    for line in fs::read_to_string(tools.join("cues.txt"))?.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            bit = SECTIONS.iter().find(|(section, _)| *section == name).map(|&(_, bit)| bit);
        } else if let Some(bit) = bit {
            for word in line.split(' ') {
                mark(word, bit);
                cues.insert(word.to_owned());
            }
        }
    }
    for line in
        fs::read_to_string(tools.join("organisations.txt"))?.lines().filter(|line| !line.starts_with('#'))
    {
        for name in line.split("; ") {
            let words: Vec<&str> = name.split(' ').collect();
            for word in &words {
                if words.len() == 1 {
                    mark(word, 14);
                } else if word.chars().count() > 3 && !cues.contains(&word.to_lowercase()) {
                    mark(word, 15);
                }
            }
        }
    }
    for (file, bit, most) in
        [("given.txt", 0, 3000), ("surnames.txt", 1, 12_000), ("nationalities.txt", 7, 1000)]
    {
        for name in fs::read_to_string(prepared.join(file))?.lines().take(most) {
            if !name.contains(' ') {
                mark(name, bit);
                if bit == 7 {
                    mark(&format!("{name}s"), bit);
                }
            }
        }
    }
    for line in fs::read_to_string(prepared.join("places.tsv"))?.lines() {
        let mut columns = line.split('\t');
        let (Some(name), Some(kind), Some(population)) = (columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        let population: u64 = population.parse()?;
        let single = !name.contains(' ');
        let bit = match kind {
            "country" => 2,
            "region" => 6,
            "city" if population >= 150_000 => 3,
            _ if population >= 50_000 && (kind == "city" || single) => 4,
            _ => continue,
        };
        if single {
            mark(name, bit);
        } else if kind != "alias" {
            for word in name
                .split(' ')
                .filter(|word| word.chars().count() > 3 && !cues.contains(&word.to_lowercase()))
            {
                mark(word, 5);
            }
        }
    }
    Ok(found.into_iter().collect())
}

/// The clusters of words, and the centres of the pieces of their vectors.
fn clusters(prepared: &Path) -> Result<(ClusterTable, Vec<f32>), Box<dyn Error>> {
    let words: Vec<String> =
        fs::read_to_string(prepared.join("words.txt"))?.lines().map(str::to_owned).collect();
    let bytes = fs::read(prepared.join("vectors.f32"))?;
    let count = VECTOR_WORDS.min(words.len());
    let mut vectors: Vec<f32> = bytes[..count * DIMENSIONS * 4]
        .chunks_exact(4)
        .map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]))
        .collect();
    for vector in vectors.chunks_exact_mut(DIMENSIONS) {
        let length = vector.iter().map(|number| number * number).sum::<f32>().sqrt().max(1e-9);
        for number in vector {
            *number /= length;
        }
    }
    let watch = Watch::default();
    let fine = kmeans(&vectors, DIMENSIONS, LEVELS[0], 8, &watch)?;
    let middle = kmeans(&fine, DIMENSIONS, LEVELS[1], 20, &watch)?;
    let coarse = kmeans(&middle, DIMENSIONS, LEVELS[2], 20, &watch)?;
    let middle_of = nearest(&fine, DIMENSIONS, &middle, &watch)?;
    let coarse_of = nearest(&middle, DIMENSIONS, &coarse, &watch)?;
    let parents = middle_of.iter().map(|&middle| (middle, coarse_of[middle as usize])).collect();
    let of_word = nearest(&vectors, DIMENSIONS, &fine, &watch)?;
    let mut brown = Vec::new();
    for line in fs::read_to_string(prepared.join("brown.tsv"))?.lines().take(BROWN_WORDS) {
        if let Some((word, cluster)) = line.split_once('\t') {
            brown.push((word.to_owned(), cluster.parse::<u32>()? as u16));
        }
    }
    let (centres, pieces) = pieces(&vectors, DIMENSIONS, SAMPLE, 10, &watch)?;
    let table = ClusterTable::new(words.iter().cloned().zip(of_word), parents, brown, marks(prepared)?);
    Ok((table.with_pieces(words.into_iter().zip(pieces)), centres))
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [data, prepared, output] = &arguments[..] else {
        return Err("usage: train_model DATA PREPARED OUTPUT".into());
    };
    let (data, prepared) = (Path::new(data), Path::new(prepared));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut titles = lines(&root.join("src/data/en/titles.txt"))?;
    titles.extend(
        [
            "Prime",
            "Vice",
            "Deputy",
            "Foreign",
            "Defense",
            "Defence",
            "Interior",
            "Finance",
            "Former",
            "Acting",
            "Supreme",
            "Leader",
            "Lawmaker",
            "Spokesman",
            "Spokeswoman",
            "Envoy",
            "Director",
            "Singer",
            "Actor",
            "Actress",
            "Secretary-General",
            "Secretary-general",
            "Director-General",
        ]
        .map(str::to_owned),
    );
    let lists = Lists {
        titles,
        nationalities: lines(&prepared.join("nationalities.txt"))?,
        countries: lines(&prepared.join("countries.txt"))?,
    };
    let mut examples = Vec::new();
    // The sentences of the first corpus, which the others put right.
    let mut first = 0;
    for source in &SOURCES {
        let mut files: Vec<_> =
            fs::read_dir(data.join("ner/train").join(source.folder))?.collect::<Result<Vec<_>, _>>()?;
        files.sort_by_key(fs::DirEntry::file_name);
        for file in files {
            for (tokens, labels) in sentences(&fs::read_to_string(file.path())?) {
                examples.push(example(tokens, &labels, source, &lists));
            }
        }
        if first == 0 {
            first = examples.len();
        }
    }
    examples.extend(patterns(&root.join("tools/model"), prepared)?);
    let (table, centres) = clusters(prepared)?;
    eprintln!("clusters done");
    let options = TrainOptions { seed: 1, orders: 1, epochs: 4, min_count: 3, dropout: 0.05, patience: 1 };
    let changed = clean(&mut examples, first, &table, &options)?;
    eprintln!("{changed} of {first} sentences put right");
    let capitals: Vec<Example> = examples.iter().step_by(25).map(in_capitals).collect();
    examples.extend(capitals);
    let tokens: usize = examples.iter().map(|example| example.tokens.len()).sum();
    eprintln!("{} sentences, {tokens} tokens", examples.len());
    let options = TrainOptions { orders: 5, epochs: 6, ..options };
    let network_options = NetworkOptions { seed: 1, epochs: 4, weight: 400.0 };
    let watch = Watch::default();
    let (tagger, network) = rayon::join(
        || {
            train(&examples, &[], table.clone(), &options, &watch, |epoch| {
                eprintln!("epoch {}: {:.2} % of training labels right", epoch.number, 100.0 * epoch.accuracy);
                Ok(())
            })
        },
        || train_network(&examples, &table, &centres, &network_options, &watch),
    );
    let tagger = tagger?.with_network(Some(network?));
    let file = tagger.to_bytes();
    eprintln!("{} bytes", file.len());
    fs::write(output, file)?;
    Ok(())
}
