//! Does every room import only rooms before it?
//!
//! Reads the `use` lines of every source file and holds them against the plan of the house.

#![expect(clippy::unwrap_used, reason = "a source that cannot be read fails its test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Rooms in the order in which data walks through them, and the rooms that each may import.
const PLAN: [(&str, &[&str]); 16] = [
    ("error", &[]),
    ("hash", &[]),
    ("batch", &["error"]),
    ("data", &[]),
    ("span", &["error"]),
    ("calendar", &["error", "table"]),
    ("table", &["error", "hash", "batch", "calendar"]),
    ("text", &["error", "hash", "batch", "data", "span"]),
    ("article", &["error", "hash", "batch", "data", "span", "calendar", "table", "text"]),
    ("corpus", &["error", "hash", "data", "span", "calendar", "table", "text", "article", "batch"]),
    ("measure", &["error", "batch"]),
    (
        "stats",
        &[
            "error", "hash", "data", "span", "calendar", "table", "text", "article", "batch", "corpus",
            "measure",
        ],
    ),
    (
        "keyword",
        &[
            "error", "hash", "data", "span", "calendar", "table", "text", "article", "batch", "corpus",
            "measure",
        ],
    ),
    (
        "entity",
        &[
            "error", "hash", "data", "span", "calendar", "table", "text", "article", "batch", "corpus",
            "measure",
        ],
    ),
    ("trend", &["error", "hash", "calendar", "table", "batch", "measure"]),
    (
        "py",
        &[
            "error", "hash", "data", "span", "calendar", "table", "text", "article", "batch", "corpus",
            "measure", "stats", "keyword", "entity", "trend",
        ],
    ),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn room(path: &Path, root: &Path) -> String {
    let inner = path.strip_prefix(root).unwrap();
    inner.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned()
}

/// The rooms that a source names behind `crate::`, comments left aside.
fn imports(source: &str) -> Vec<String> {
    source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.match_indices("crate::").map(move |(at, name)| &line[at + name.len()..]))
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .collect()
}

#[test]
fn every_room_imports_only_rooms_before_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let plan: BTreeMap<&str, &[&str]> = PLAN.into_iter().collect();
    let mut found = Vec::new();
    sources(&root, &mut found);
    let mut checked = 0;
    for path in &found {
        let home = room(path, &root);
        if home == "lib" {
            continue;
        }
        let allowed = plan.get(home.as_str()).unwrap_or_else(|| panic!("{home} is not in the plan"));
        for import in imports(&fs::read_to_string(path).unwrap()) {
            assert!(
                import == home || allowed.contains(&import.as_str()),
                "{} imports {import}, which is not before {home}",
                path.display()
            );
            checked += 1;
        }
    }
    assert!(found.len() > 35, "only {} files were seen", found.len());
    assert!(checked > 80, "only {checked} imports were seen");
}

#[test]
fn only_the_batch_room_names_threads_and_locks() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&root, &mut found);
    let outside = found.iter().filter(|path| room(path, &root) != "batch");
    for path in outside {
        let source = fs::read_to_string(path).unwrap();
        for name in ["rayon", "Mutex", "RwLock", "Condvar", "OnceLock", "LazyLock", "thread::spawn"] {
            let named =
                source.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(name));
            assert!(!named, "{} names {name}; batch/ has what it needs", path.display());
        }
    }
}

#[test]
fn only_the_binding_names_pyo3() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&root, &mut found);
    let names_it = |path: &&PathBuf| fs::read_to_string(path).unwrap().contains("pyo3");
    let rooms: Vec<String> = found.iter().filter(names_it).map(|path| room(path, &root)).collect();
    assert!(!rooms.is_empty());
    assert!(rooms.iter().all(|room| room == "py"), "pyo3 is named in {rooms:?}");
}
