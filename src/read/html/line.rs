//! Which short lines of a story are the page's own?
//!
//! Dates, names of authors, labels of advertisements and of players, calls to subscribe, and the
//! notice of copyright are among the paragraphs of a story on many pages, in the same words.

use super::shown::day_in;

/// Whether a short block says when or by whom the story was written, or how long it is.
pub(super) fn labels(text: &str, authors: &[String]) -> bool {
    const OPENINGS: [&str; 22] = [
        "powered by",
        "published",
        "updated",
        "last updated",
        "author of",
        "written by",
        "posted",
        "reading time",
        "by ",
        "first published",
        "last modified",
        "advertisement",
        "article continues below",
        "story continues below",
        "continue reading",
        "share this ",
        "share on ",
        "related article",
        "most read in ",
        "what to read next",
        "latest videos",
        "don't have an account",
    ];
    /// Those of players stop like sentences.
    const PLAYERS: [&str; 3] = ["we apologize, but this video", "try refreshing your browser", "duration "];
    const ENDINGS: [&str; 7] = [
        "min read",
        "mins read",
        "minute read",
        "minutes read",
        " ago",
        "recommended videos",
        " back to video",
    ];
    if text.len() > 90 {
        return false;
    }
    let lower = text.to_lowercase();
    let stops = lower.ends_with(['.', '?', '!', '”', '"']);
    let is_time = || {
        lower.len() <= 60 && (lower.bytes().filter(u8::is_ascii_digit).count() >= 6 || day_in(text).is_some())
    };
    let names = || authors.iter().any(|author| text.starts_with(author.as_str()));
    let opens = |some: &[&str]| some.iter().any(|opening| lower.starts_with(opening));
    opens(&PLAYERS)
        || !stops && (is_time() || names() || opens(&OPENINGS))
        || ENDINGS.iter().any(|ending| lower.ends_with(ending))
}

/// Whether a block says who owns the page.
pub(super) fn is_rights(text: &str) -> bool {
    let head: String = text.chars().take(12).flat_map(char::to_lowercase).collect();
    head.starts_with('©')
        || head.starts_with("copyright")
        || text.to_lowercase().contains("all rights reserved")
}

/// Whether a short block asks the reader to do something for the newspaper.
pub(super) fn calls(text: &str) -> bool {
    const CALLS: [&str; 33] = [
        "about the author: ",
        "this entry was posted",
        "follow me on",
        "sign up",
        "sign in",
        "signing up",
        "signed in",
        "log in",
        "subscribe",
        "subscriber",
        "newsletter",
        "register to",
        "create an account",
        "privacy policy",
        "terms of use",
        "terms of service",
        "terms and conditions",
        "unsubscribe",
        "download our app",
        "follow us",
        "click here",
        "join us on",
        "our newsletter",
        "whatsapp channel",
        "read our",
        "get in touch",
        "email updates",
        "breaking news alerts",
        "support our journalism",
        "support independent",
        "make sure you're following",
        "for more stories like this",
        "check our news page",
    ];
    if text.len() > 320 {
        return false;
    }
    let lower = text.to_lowercase();
    CALLS.iter().any(|call| lower.contains(call))
}
