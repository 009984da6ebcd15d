//! Are the comments of the source plain English?
//!
//! The test reads every comment under `src/` and looks for habits that make a native reader read a
//! sentence twice. Code in backticks does not count. It knows habits, not style: a comment that
//! passes may still be bad. Comments must also wrap at [`WIDTH`] columns.

#![expect(clippy::unwrap_used, reason = "a source that cannot be read fails its test")]
#![expect(clippy::disallowed_types, reason = "no pool and no fork is involved")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

/// The maximum width of a line that consists of a comment.
const WIDTH: usize = 100;

/// Rooms and files under `src/` whose comments have not been rewritten yet.
const NOT_YET: [&str; 0] = [];

/// A habit to avoid.
struct Habit {
    /// What it looks like.
    pattern: &'static str,
    /// Phrases that match the pattern and are plain English.
    allowed: Option<&'static str>,
    /// What to write instead.
    instead: &'static str,
    /// A sentence with the habit.
    example: &'static str,
}

const HABITS: &[Habit] = &[
    Habit {
        pattern: r"\ban? (?:row|slot|bit|byte|entry|line|file|label|code|column|string|zone|step|look-up) an? \w",
        allowed: None,
        instead: "one row per token",
        example: "The counts, a row a term.",
    },
    Habit {
        pattern: r"\b(?:stands?|stood)\b",
        allowed: None,
        instead: "is, occurs, precedes, represents",
        example: "Where a name stands in the text.",
    },
    Habit { pattern: r"\bbehind\b", allowed: None, instead: "after", example: "The token behind the comma." },
    Habit {
        pattern: r"\b(?:is|are|was|were) (?:no|none)\b",
        allowed: Some(r"\bthere (?:is|are|was|were) (?:no|none)\b|\b(?:is|are|was|were) no longer\b"),
        instead: "is not a …, there are none",
        example: "White space is no token.",
    },
    Habit {
        pattern: r"\b(?:tells?|told)\b",
        allowed: None,
        instead: "says, shows, distinguishes",
        example: "Nothing tells them apart.",
    },
    Habit {
        pattern: r"\bof (?:its|their|his|her) own(?:[.,;:?)]|$| (?:and|are|as|for|if|in|is|that|to|when|where|which|with)\b)",
        allowed: None,
        instead: "separate, its own …",
        example: "A thread of its own that waits.",
    },
    Habit {
        pattern: r"\bbesides?\b",
        allowed: None,
        instead: "in addition to, next to",
        example: "Eight bytes beside the string.",
    },
    Habit {
        pattern: r"\botherwise than\b|\boftener\b",
        allowed: None,
        instead: "differently from, more often",
        example: "A term used otherwise than here.",
    },
    Habit {
        pattern: r"\bas far as\b",
        allowed: None,
        instead: "up to, if",
        example: "The text as far as it is read.",
    },
    Habit {
        pattern: r"(?:^|[.:;] |\b(?:after|are|as|at|by|for|has|have|in|of|than|that|the first|to|with) )so many\b",
        allowed: Some(r"\bso many \w+ that\b"),
        instead: "this many, a number of",
        example: "Room for so many strings.",
    },
    Habit {
        pattern: r"\basked for\b",
        allowed: None,
        instead: "requested",
        example: "The header, if it is asked for.",
    },
    Habit {
        pattern: r"\bwhatever `?\w*`? ?(?:says|returns)\b",
        allowed: None,
        instead: "any error of …",
        example: "Cancellation; whatever `push` says.",
    },
    Habit {
        pattern: r"\bturned (?:round|around)\b",
        allowed: None,
        instead: "transposed, inverted, swapped",
        example: "Given name and surname turned round.",
    },
    Habit {
        pattern: r"\bbelieve[ds]?\b",
        allowed: None,
        instead: "trusts, relies on",
        example: "Nothing in it is believed.",
    },
    Habit {
        pattern: r"\b(?:goes|go|went) up\b|(?:, |: |\bby |\bin )(?:rising|falling)\b",
        allowed: None,
        instead: "ascending, descending",
        example: "The features, by rising key.",
    },
    Habit {
        pattern: r"\b(?:goes|go|went) on\b",
        allowed: None,
        instead: "continues",
        example: "A word goes on at the hyphen.",
    },
    Habit {
        pattern: r"\b(?:hears?|heard|listens?)\b",
        allowed: None,
        instead: "checks for signals, receives",
        example: "A stop is heard between the pieces.",
    },
    Habit {
        pattern: r"\ba look at\b|\btwo looks\b|\blooks at the watch\b",
        allowed: None,
        instead: "a check of, a visit of",
        example: "What is read between two looks at the watch.",
    },
    Habit {
        pattern: r"\bsmall letters?\b",
        allowed: None,
        instead: "lower case",
        example: "A word in small letters.",
    },
    Habit {
        pattern: r"\b(?:mend|mends|mended)\b",
        allowed: None,
        instead: "repairs",
        example: "Mends the labels of a sentence.",
    },
];

/// A comment: consecutive lines that consist of comments, or the end of a line of code.
struct Comment {
    /// The first line, from 1.
    line: usize,
    text: String,
}

/// The text of a comment at the end of a line, if there is one. Slashes inside a string do not
/// begin a comment; they follow an odd number of quotation marks.
fn comment_of(line: &str) -> Option<(&str, &str)> {
    let (code, rest) = line
        .match_indices("//")
        .map(|(at, _)| line.split_at(at))
        .find(|(code, _)| code.matches('"').count() % 2 == 0 && !code.ends_with([':', '\'', '"']))?;
    Some((code, rest.trim_start_matches(['/', '!']).trim()))
}

fn comments(source: &str) -> Vec<Comment> {
    let mut comments: Vec<Comment> = Vec::new();
    let mut goes_on = false;
    for (at, line) in source.lines().enumerate() {
        let Some((code, text)) = comment_of(line) else {
            goes_on = false;
            continue;
        };
        let whole = code.trim().is_empty();
        match comments.last_mut() {
            Some(last) if goes_on && whole && !text.is_empty() => {
                last.text.push(' ');
                last.text.push_str(text);
            }
            _ => comments.push(Comment { line: at + 1, text: text.to_owned() }),
        }
        goes_on = whole && !text.is_empty();
    }
    comments
}

/// The compiled patterns of a habit: the habit itself, and the phrases that are allowed.
type Patterns = (Regex, Option<Regex>);

/// The pattern of code in a comment, and those of each habit.
static PATTERNS: LazyLock<(Regex, Vec<Patterns>)> = LazyLock::new(|| {
    let compile = |pattern: &str| Regex::new(&format!("(?i){pattern}")).unwrap();
    let habits = HABITS.iter().map(|habit| (compile(habit.pattern), habit.allowed.map(compile)));
    (compile("`[^`]*`"), habits.collect())
});

/// The bad habits in the comments of a source, one line each.
fn faults(name: &str, source: &str) -> Vec<String> {
    let (code, patterns) = &*PATTERNS;
    let mut faults = Vec::new();
    for Comment { line, text } in comments(source) {
        let text = code.replace_all(&text, "``");
        for (Habit { instead, .. }, (pattern, allowed)) in HABITS.iter().zip(patterns) {
            let plain = allowed.as_ref().map_or(text.clone(), |allowed| allowed.replace_all(&text, ""));
            if let Some(found) = pattern.find(&plain) {
                faults.push(format!("{name}:{line}: “{}”; better: {instead}", found.as_str()));
            }
        }
    }
    for (at, line) in source.lines().enumerate() {
        let width = line.chars().count();
        if line.trim_start().starts_with("//") && width > WIDTH {
            faults.push(format!("{name}:{}: a comment of {width} columns; expected {WIDTH}", at + 1));
        }
    }
    faults
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn comments_are_plain_english() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for room in NOT_YET {
        assert!(src.join(room).exists(), "{room} does not exist; expected it to leave the list");
    }
    let mut paths = Vec::new();
    rust_files(&src, &mut paths);
    paths.sort();
    let (mut read, mut all) = (0, Vec::new());
    for path in &paths {
        let name = path.strip_prefix(&src).unwrap();
        if !NOT_YET.iter().any(|room| name.starts_with(room)) {
            read += 1;
            all.extend(faults(&name.display().to_string(), &fs::read_to_string(path).unwrap()));
        }
    }
    assert!(read > 100, "{read} files were read; expected all");
    assert!(all.is_empty(), "{} faults:\n{}", all.len(), all.join("\n"));
}

#[test]
fn every_habit_is_found_in_its_example() {
    for habit in HABITS {
        let found = faults("x.rs", &format!("/// {}\nfn f() {{}}\n", habit.example));
        assert!(found.iter().any(|fault| fault.ends_with(habit.instead)), "{}: {found:?}", habit.example);
    }
}

#[test]
fn a_habit_is_found_across_lines_and_after_code() {
    assert_eq!(faults("x.rs", "//! White space is\n//! no token.\n").len(), 1);
    assert_eq!(faults("x.rs", "let a = \"x // y\"; // what stands here\n").len(), 1);
    assert_eq!(faults("x.rs", &format!("    // {}\n", "word ".repeat(20))).len(), 1);
}

#[test]
fn code_and_plain_english_pass() {
    let source = "/// There is no token, and `stands` is a name. So many words that it fails.\n\
                  let url = \"http://behind.example\"; let stands = 1;\n";
    assert_eq!(faults("x.rs", source), Vec::<String>::new());
}
