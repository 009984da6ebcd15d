//! Does data flow one way through the house?
//!
//! The table in `src/lib.rs` lists the rooms in order. A room imports only rooms before it, and the files of a room form no circle.
//! The test reads the tokens of every source file, so comments do not count and code in macros does.

#![expect(clippy::unwrap_used, reason = "a source that cannot be read fails its test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A module by its path from the crate: `["stats", "count"]`.
type Module = Vec<String>;

/// What a source says of other modules.
#[derive(Default)]
struct Source {
    /// The modules in files of their own that it declares.
    declared: Vec<String>,
    /// The paths that it names, from the crate on, and whether a module of tests names them.
    named: Vec<(Module, bool)>,
    /// The names that it passes on, each with the path that it stands for.
    passed_on: BTreeMap<String, Module>,
}

impl Source {
    fn read(module: &Module, tokens: TokenStream) -> Self {
        let mut source = Self::default();
        source.scan(module, tokens);
        source
    }

    fn scan(&mut self, inside: &Module, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            match word(&tokens, at).as_deref() {
                Some("mod") if is_punct(&tokens, at + 2, ';') => {
                    self.declared.push(word(&tokens, at + 1).unwrap());
                    at += 3;
                }
                Some("mod") if group(&tokens, at + 2, Delimiter::Brace).is_some() => {
                    let mut deeper = inside.clone();
                    deeper.push(word(&tokens, at + 1).unwrap());
                    self.scan(&deeper, group(&tokens, at + 2, Delimiter::Brace).unwrap());
                    at += 3;
                }
                Some("use") => {
                    let public = before_use(&tokens, at);
                    at = self.tree(inside, &tokens, at + 1, &[], public);
                }
                Some("crate" | "super" | "self") if is_punct(&tokens, at + 1, ':') => {
                    let mut path = Vec::new();
                    while let Some(step) = word(&tokens, at) {
                        path.push(step);
                        at += 1;
                        if !is_punct(&tokens, at, ':') || word(&tokens, at + 2).is_none() {
                            break;
                        }
                        at += 2;
                    }
                    self.named.extend(absolute(inside, &path).map(|path| (path, is_test(inside))));
                }
                _ => {
                    if let TokenTree::Group(inner) = &tokens[at] {
                        self.scan(inside, inner.stream());
                    }
                    at += 1;
                }
            }
        }
    }

    /// Reads a `use` from `at` on; returns where it ends.
    fn tree(
        &mut self,
        inside: &Module,
        tokens: &[TokenTree],
        mut at: usize,
        prefix: &[String],
        public: bool,
    ) -> usize {
        let mut path = prefix.to_vec();
        let mut shown = None;
        while at < tokens.len() {
            if let Some(inner) = group(tokens, at, Delimiter::Brace) {
                let inner: Vec<TokenTree> = inner.into_iter().collect();
                let mut start = 0;
                while start < inner.len() {
                    start = self.tree(inside, &inner, start, &path, public);
                }
                path.clear();
            } else if is_punct(tokens, at, ',') || is_punct(tokens, at, ';') {
                at += 1;
                break;
            } else if word(tokens, at).as_deref() == Some("as") {
                shown = word(tokens, at + 1);
                at += 1;
            } else if let Some(step) = word(tokens, at)
                && (step != "self" || path.is_empty())
            {
                path.push(step);
            }
            at += 1;
        }
        if let Some(whole) = absolute(inside, &path) {
            if public {
                let name = shown.or_else(|| whole.last().cloned()).unwrap();
                self.passed_on.insert(name, whole);
            } else {
                self.named.push((whole, is_test(inside)));
            }
        }
        at
    }
}

/// Whether a module holds the tests of a file. Tests may lean on each other; no circle of the crate goes through them.
fn is_test(module: &Module) -> bool {
    module.iter().any(|step| step == "tests")
}

fn word(tokens: &[TokenTree], at: usize) -> Option<String> {
    match tokens.get(at) {
        Some(TokenTree::Ident(ident)) => Some(ident.to_string()),
        _ => None,
    }
}

fn is_punct(tokens: &[TokenTree], at: usize, wanted: char) -> bool {
    matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

fn group(tokens: &[TokenTree], at: usize, delimiter: Delimiter) -> Option<TokenStream> {
    match tokens.get(at) {
        Some(TokenTree::Group(group)) if group.delimiter() == delimiter => Some(group.stream()),
        _ => None,
    }
}

/// Whether `pub` or `pub(…)` stands before the `use` at `at`.
fn before_use(tokens: &[TokenTree], at: usize) -> bool {
    let is_pub = |at: Option<usize>| at.is_some_and(|at| word(tokens, at).as_deref() == Some("pub"));
    let bracket = at.checked_sub(1).is_some_and(|at| group(tokens, at, Delimiter::Parenthesis).is_some());
    is_pub(at.checked_sub(1)) || (bracket && is_pub(at.checked_sub(2)))
}

/// A path from the crate on; nothing where it leads into another crate.
fn absolute(inside: &Module, path: &[String]) -> Option<Module> {
    let mut whole = inside.clone();
    let mut steps = path.iter().peekable();
    match steps.peek()?.as_str() {
        "crate" => whole.clear(),
        "super" | "self" => {}
        _ => return None,
    }
    for step in steps {
        match step.as_str() {
            "crate" | "self" => {}
            "super" => {
                whole.pop()?;
            }
            name => whole.push(name.to_owned()),
        }
    }
    Some(whole)
}

/// Every source of the crate, by its module.
struct House {
    files: BTreeMap<Module, PathBuf>,
    sources: BTreeMap<Module, Source>,
}

impl House {
    fn read() -> Self {
        let src = root().join("src");
        let mut paths = Vec::new();
        rust_files(&src, &mut paths);
        let files: BTreeMap<Module, PathBuf> =
            paths.into_iter().map(|path| (module_of(path.strip_prefix(&src).unwrap()), path)).collect();
        let sources = files
            .iter()
            .map(|(module, path)| {
                let tokens = fs::read_to_string(path).unwrap().parse().unwrap();
                (module.clone(), Source::read(module, tokens))
            })
            .collect();
        Self { files, sources }
    }

    /// The module whose file defines what a path names, through the names that tables of contents pass on.
    fn home(&self, path: &[String]) -> Module {
        let known = (0..=path.len()).rev().find(|&n| self.sources.contains_key(&path[..n])).unwrap();
        let (module, rest) = path.split_at(known);
        let source = &self.sources[module];
        let passed_on = rest.first().and_then(|name| source.passed_on.get(name));
        // A function that bears the name of its file: `stats::keyness`.
        let of_the_same_name = module.split_last().filter(|_| rest.is_empty()).and_then(|(name, parent)| {
            self.sources.get(parent).and_then(|parent| parent.passed_on.get(name))
        });
        match passed_on.or(of_the_same_name) {
            Some(to) if to != path => {
                let mut whole = to.clone();
                whole.extend(rest.iter().skip(1).cloned());
                self.home(&whole)
            }
            _ => module.to_vec(),
        }
    }

    /// The modules that each module's file needs, those of its tests included if `tests`.
    fn imports(&self, tests: bool) -> BTreeMap<&Module, BTreeSet<Module>> {
        self.sources
            .iter()
            .map(|(module, source)| {
                let named = source.named.iter().filter(|(_, of_test)| tests || !of_test);
                let mut homes: BTreeSet<Module> =
                    named.map(|(path, _)| self.home(path)).filter(|home| home != module).collect();
                homes.remove(&Vec::new());
                (module, homes)
            })
            .collect()
    }
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn module_of(path: &Path) -> Module {
    let mut steps: Module =
        path.with_extension("").iter().map(|step| step.to_str().unwrap().to_owned()).collect();
    if matches!(steps.last().map(String::as_str), Some("mod" | "lib")) {
        steps.pop();
    }
    steps
}

/// The rows of the table of contents in a page: each room and the question that it answers.
fn contents(page: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(root().join(page)).unwrap();
    let rows = text.lines().filter_map(|line| {
        let mut cells = line.trim_start_matches("//!").trim().strip_prefix('|')?.split('|').map(str::trim);
        let (room, question) = (cells.next()?, cells.next()?);
        let room = room.trim_matches(['[', ']', '`']);
        let room = room.strip_prefix("src/").unwrap_or(room);
        let files = [format!("src/{room}.rs"), format!("src/{room}/mod.rs")];
        files.iter().any(|file| root().join(file).is_file()).then(|| (room.to_owned(), question.to_owned()))
    });
    rows.collect()
}

fn rooms() -> Vec<String> {
    contents("src/lib.rs").into_iter().map(|(room, _)| room).collect()
}

#[test]
fn every_file_is_read_and_every_room_is_in_the_table_of_contents() {
    let house = House::read();
    let mut declared: BTreeSet<Module> = BTreeSet::from([Vec::new()]);
    for (module, source) in &house.sources {
        declared
            .extend(source.declared.iter().map(|name| [&module[..], std::slice::from_ref(name)].concat()));
    }
    assert_eq!(declared, house.files.keys().cloned().collect(), "modules declared, and files");
    let rooms: BTreeSet<String> = rooms().into_iter().collect();
    let found: BTreeSet<String> = house.files.keys().filter_map(|module| module.first().cloned()).collect();
    assert_eq!(rooms, found, "rooms in the table of contents, and rooms in the tree");
}

#[test]
fn the_tables_of_contents_are_one_and_the_same() {
    for page in ["README.md", "CONTRIBUTING.md"] {
        assert_eq!(contents(page), contents("src/lib.rs"), "{page} and src/lib.rs");
    }
}

#[test]
fn every_room_imports_only_rooms_before_it() {
    let (house, rooms) = (House::read(), rooms());
    let place = |module: &Module| rooms.iter().position(|room| *room == module[0]).unwrap();
    let mut wrong = Vec::new();
    for (module, homes) in house.imports(true) {
        if module.is_empty() {
            continue;
        }
        let later = homes.iter().filter(|home| place(home) > place(module));
        wrong.extend(later.map(|home| format!("{} imports {}", module.join("::"), home.join("::"))));
    }
    assert!(wrong.is_empty(), "rooms that come later are imported:\n{}", wrong.join("\n"));
}

#[test]
fn files_form_no_circle() {
    let house = House::read();
    let imports = house.imports(false);
    // By module, all that its imports lead to.
    let reached = |from: &Module| {
        let mut reached: BTreeSet<&Module> = BTreeSet::new();
        let mut open: Vec<&Module> = imports[from].iter().collect();
        while let Some(module) = open.pop() {
            if reached.insert(module) {
                open.extend(&imports[module]);
            }
        }
        reached
    };
    let reached: BTreeMap<&Module, BTreeSet<&Module>> =
        imports.keys().map(|&module| (module, reached(module))).collect();
    let arrows: Vec<String> = imports
        .iter()
        .flat_map(|(module, homes)| {
            let back = homes.iter().filter(|home| reached[home].contains(module));
            back.map(|home| format!("{} imports {}", module.join("::"), home.join("::")))
        })
        .collect();
    assert!(arrows.is_empty(), "files in a circle:\n{}", arrows.join("\n"));
}

#[test]
fn only_the_batch_room_names_threads_and_locks() {
    for (module, path) in &House::read().files {
        if module.first().is_some_and(|room| room == "batch") {
            continue;
        }
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
    let house = House::read();
    let names_it = |path: &PathBuf| fs::read_to_string(path).unwrap().contains("pyo3");
    let rooms: BTreeSet<&str> = house
        .files
        .iter()
        .filter(|(_, path)| names_it(path))
        .map(|(module, _)| module.first().map_or("lib", String::as_str))
        .collect();
    assert_eq!(rooms, BTreeSet::from(["py"]), "rooms that name pyo3");
}

#[test]
fn a_circle_and_an_arrow_upwards_would_be_seen() {
    let source = |module: &[&str], text: &str| {
        let module: Module = module.iter().map(|&step| step.to_owned()).collect();
        let source = Source::read(&module, text.parse().unwrap());
        (module, source)
    };
    let house = House {
        files: BTreeMap::new(),
        sources: BTreeMap::from([
            source(&[], ""),
            source(&["a"], "mod one; mod two; pub use self::one::{One, other as Other};"),
            source(&["a", "one"], "use super::two::Two; // use crate::b::B;\n fn f() {}"),
            source(&["a", "two"], "fn f() -> super::one::One { vec![crate::b::B] }"),
            source(&["b"], "mod tests { use super::*; use crate::a::{self, Other}; }"),
        ]),
    };
    let imports = house.imports(true);
    let of = |module: &[&str]| {
        let module: Module = module.iter().map(|&step| step.to_owned()).collect();
        imports[&module].iter().map(|home| home.join("::")).collect::<Vec<_>>()
    };
    assert_eq!(of(&["a"]), [""; 0]);
    assert_eq!(of(&["a", "one"]), ["a::two"]);
    assert_eq!(of(&["a", "two"]), ["a::one", "b"]);
    assert_eq!(of(&["b"]), ["a", "a::one"]);
}
