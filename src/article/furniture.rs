//! Is a paragraph, or a part of one, of the paper and not of the story?
//!
//! Three strengths: [`is_furniture`] holds wherever a paragraph is, [`is_service`] only after the
//! start of the body, and [`closes_article`] only where no body follows, because a story may quote
//! a name after a dash or introduce a reporter.

use regex::Regex;

use super::author::is_role;
use super::clock::is_time;
use super::credit::ends_sentence;
use super::words::{BOILERPLATE, is_agency, is_name_word, pattern};
use crate::batch::Static;
use crate::span::ByteSpan;

/// The maximum length of a paragraph that counts as boilerplate because of its opening, in bytes.
const LONGEST: usize = 400;

/// Whether a paragraph belongs to the page: it opens like boilerplate, gives nothing but a time,
/// counts shares, or is a rule.
pub(super) fn is_furniture(paragraph: &str) -> bool {
    static COUNTS: Static<Regex> = Static::new(|| {
        pattern(
            r"^(?:(?:\d[\d.,]*\s?[kKmM]?|No|Add|View|Show|Leave a|Leave|Be the first to) ?(?i:shares?|comments?|likes?|retweets?|views|replies|reactions|followers|interactions|min(?:ute)?s? read)\b[ |•·]*|(?:Facebook|Twitter|Pinterest|WhatsApp|LinkedIn|Email|E-mail|Print|Reddit|Share|Tweet|Copy link|Save|Messenger|Flipboard|Telegram|Pin|More|Google\+|X)\b[ ,|•·]*|(?:Listen|Read|Watch)(?: time)?:? \(?\d+ ?min(?:ute)?s?\)?){1,12}$",
        )
    });
    /// What lines between sections consist of: `* * *`, `~`, `###`.
    const ORNAMENTS: &str = " _-*=.~#+|/•·◆◇■□▪●○★☆–—…⁂❖§©";
    /// The maximum length of a line of counts and buttons, in bytes.
    const LONGEST_COUNTS: usize = 90;
    if paragraph.len() > LONGEST {
        // The form that a page shows to subscribers, in one line.
        return paragraph.len() <= 2 * LONGEST && paragraph.starts_with("Newsletter Sign Up ");
    }
    let text = paragraph.trim_start_matches(['•', '*', '·', '▶', '>', ' ']);
    paragraph.chars().all(|c| ORNAMENTS.contains(c))
        || BOILERPLATE.open(text)
        || is_time(text)
        || paragraph.len() <= LONGEST_COUNTS && !paragraph.ends_with('.') && COUNTS.is_match(text)
        || is_agency_and_time(text)
        || paragraph.starts_with('@') && !paragraph.contains(' ')
        || is_style(text)
        || is_link(text)
}

/// `width: 100%;`, `.image {`: a line of a style sheet.
fn is_style(text: &str) -> bool {
    let is_property = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_lowercase() || c == '-')
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
    };
    text == "}"
        || text.ends_with('{') && text.starts_with(['.', '#', '@'])
        || text.ends_with(';') && text.split_once(':').is_some_and(|(name, _)| is_property(name))
}

/// The headline of another story: in square brackets, or before `Read more`.
fn is_link(text: &str) -> bool {
    const LONGEST_LINK: usize = 200;
    const LEAST_WORDS: usize = 4;
    if text.len() > LONGEST_LINK || text.split(' ').count() < LEAST_WORDS {
        return false;
    }
    let inside = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    text.ends_with(" Read more")
        || inside.is_some_and(|link| {
            link.starts_with(|c: char| c.is_uppercase() || matches!(c, '‘' | '“' | '"'))
                && !link.ends_with('.')
                && !link.contains(['/', '[', ']'])
        })
}

/// `Xinhua | Updated: 2017-02-03 10:22`.
fn is_agency_and_time(text: &str) -> bool {
    text.split_once(['|', ',']).is_some_and(|(agency, time)| is_agency(agency) && is_time(time.trim()))
}

/// Whether a short paragraph after the start of the body serves the newspaper: it gives an e-mail
/// address to write to, asks to follow somebody, or says who reported, and from where.
pub(super) fn is_service(paragraph: &str) -> bool {
    static REPORTED: Static<Regex> = Static::new(|| {
        pattern(
            r"^(?:(?:\p{Lu}[\p{L}'’.-]*,? (?:and )?){1,8}(?:reported|contributed) from \p{Lu}[^.!?]*\.\s?){1,4}$|^--\s?\p{Lu}+$",
        )
    });
    static CONTRIBUTED: Static<Regex> = Static::new(|| {
        pattern(
            r"^(?:[—–-]+\s?)?\p{Lu}[^!?“”]*\b(?:also |has |have )?contributed (?:(?:reporting|research|writing|material|information)\b(?:,? from [^!?“”]{2,60}|[^!?“”]{0,60}to this [a-z]+[^!?“”]{0,60})?|to (?:this|the) (?:report|story|article|piece|post|dispatch|blog|column|analysis|live blog|review|coverage)(?: (?:from|in) [^!?“”]{2,60})?)\.?$|^(?:\p{Lu}?[\p{L}]+ )?(?i:reporting|research|writing|reporting and research) (?i:was|were|for this (?:story|article|report) was) (?:also )?(?:contributed|provided|done) by \p{Lu}",
        )
    });
    static ADDRESS: Static<Regex> = Static::new(|| {
        pattern(
            r"(?:^(?i:contact|do|e-?mail|follow|got|have|if|join|letters|reach|send|to|write|you)\b|reached at).*\S@\w[\w-]*\.\w|^(?:\p{Lu}[\p{L}'’.-]* ){1,4}(?:is|are|tweets) (?:on|at|as) .*@\w|^(?:\p{Lu}[\p{L}'’.-]* ){1,4}(?:can|may) be (?:reached|contacted) (?:at|on|via) ",
        )
    });
    static FOLLOW: Static<Regex> = Static::new(|| {
        pattern(
            r"(?:^|[.] )(?:(?i:you can follow|follow|like|find|tweet|contact)\b[^.!?]{1,80}\b(?:on|at|via) (?i:twitter|x|facebook|instagram|bluesky|threads|mastodon|linkedin|tiktok|youtube|snapchat|google\+)\b|(?i:you can follow|follow|tweet) (?:him|her|them|us|me|\p{Lu}[^.!?]{1,60}) (?:at )?@\w)",
        )
    });
    if paragraph.len() > LONGEST {
        return false;
    }
    let short = paragraph.len() <= LONGEST / 2;
    let quoted = || paragraph.contains(['"', '“']);
    let has = |cue: &str| memchr::memmem::find(paragraph.as_bytes(), cue.as_bytes()).is_some();
    let at = short && paragraph.contains('@');
    (at || short && has(" be reached ")) && !quoted() && ADDRESS.is_match(paragraph)
        || short
            && (paragraph.ends_with('.') && (has("reported from") || has("contributed from"))
                || paragraph.starts_with("--"))
            && REPORTED.is_match(paragraph)
        || has("ontributed ") && CONTRIBUTED.is_match(paragraph) && !says_so(paragraph)
        || (has("provided by") || has("done by")) && CONTRIBUTED.is_match(paragraph)
        || short
            && (at || has("ollow ") || paragraph.starts_with(['L', 'F', 'T', 'C', 'Y']))
            && !quoted()
            && FOLLOW.is_match(paragraph)
            && opens_bio(paragraph)
        || names_helpers(paragraph)
}

/// Whether a sentence reports what somebody said.
fn says_so(paragraph: &str) -> bool {
    paragraph.contains(" said") || paragraph.contains(" says") || paragraph.contains(" that ")
}

/// Whether a call to follow somebody is all of a paragraph, or comes after who that is.
fn opens_bio(paragraph: &str) -> bool {
    let lower = paragraph.chars().take(16).collect::<String>().to_lowercase();
    ["follow ", "you can follow", "like ", "find ", "tweet ", "contact "]
        .iter()
        .any(|opening| lower.starts_with(opening))
        || introduces(paragraph)
}

/// `With files from Anna Kowalski`: an opening, and nothing but names.
fn names_helpers(paragraph: &str) -> bool {
    const OPENINGS: [&str; 21] = [
        "About the author: ",
        "With reporting by ",
        "With additional reporting by ",
        "Additional reporting: ",
        "More by ",
        "More from ",
        "Additional contributions by ",
        "Additional research by ",
        "With files from ",
        "With contributions from ",
        "With contributions by ",
        "With additional reporting from ",
        "With reporting from ",
        "With assistance from ",
        "With assistance by ",
        "With help from ",
        "With additional files from ",
        "Additional reporting from ",
        "Research by ",
        "Contributing: ",
        "Contributors: ",
    ];
    // `With AFP`
    let helped = |agencies: &str| agencies.split(" and ").all(is_agency);
    if paragraph.strip_prefix("With ").is_some_and(|agencies| helped(agencies.trim_end_matches('.'))) {
        return true;
    }
    let line = paragraph.trim_start_matches(['—', '–', '-', ' ']);
    let Some(names) = OPENINGS.iter().find_map(|opening| line.strip_prefix(opening)) else {
        return false;
    };
    names.split_whitespace().all(is_name_word) && names.starts_with(char::is_uppercase)
}

/// `Anna Kowalski is a reporter for The Oban Gazette`.
fn introduces(paragraph: &str) -> bool {
    const VERBS: [&str; 4] = [" covers ", " writes about ", " writes for ", " reports on "];
    let covers = VERBS.iter().find_map(|verb| paragraph.split_once(verb));
    if let Some((names, rest)) = covers
        && names.split_whitespace().count() <= 4
        && names.starts_with(char::is_uppercase)
        && names.split_whitespace().all(is_name_word)
        && (rest.contains(" for ") || paragraph.contains(" writes for "))
        && !rest.trim_end_matches('.').contains(". ")
    {
        return true;
    }
    let Some(at) = paragraph.find(" is ").or_else(|| paragraph.find(" are ")) else { return false };
    let names = &paragraph[..at];
    let rest = paragraph[at + 1..].split_once(' ').map_or("", |(_, rest)| rest);
    let sentence = rest.split(". ").next().unwrap_or_default();
    names.split_whitespace().count() <= 12
        && names.starts_with(char::is_uppercase)
        && names.split_whitespace().all(is_name_word)
        && sentence
            .split([' ', ','])
            .take(9)
            .any(|word| is_role(word) && word.starts_with(char::is_lowercase))
}

/// Whether a paragraph after which no body follows signs off: it is a name after a dash, a job and
/// a name, or says who the author is.
pub(super) fn closes_article(paragraph: &str) -> bool {
    const JOBS: [&str; 59] = [
        "Data by ",
        "Video produced by ",
        "Video edited by ",
        "Produced and edited by ",
        "Written and produced by ",
        "Filmed by ",
        "Maps by ",
        "Charts by ",
        "Editor: ",
        "Editors: ",
        "Editing: ",
        "Edited by ",
        "Edited by: ",
        "Sub-editor: ",
        "Reporter: ",
        "Reporters: ",
        "Reporting: ",
        "Writer: ",
        "Produced by ",
        "Produced by: ",
        "Producer: ",
        "Photos by ",
        "Photo editor: ",
        "Copy editor: ",
        "Translated by ",
        "Design by ",
        "Graphics by ",
        "Illustrations by ",
        "Compiled by ",
        "Video by ",
        "Editing by ",
        "Animation by ",
        "Audio by ",
        "Graphic by ",
        "Illustration by ",
        "Infographic by ",
        "Photo by ",
        "Photograph by ",
        "Photographs by ",
        "Photography by ",
        "Pictures by ",
        "Reported by ",
        "Videos by ",
        "Additional reporting: ",
        "Camera: ",
        "Fact-checked by ",
        "Featured image by ",
        "Graphics: ",
        "Illustration: ",
        "Image by ",
        "Interview by ",
        "Interview conducted by ",
        "Photo credit: ",
        "Photographs: ",
        "Photography: ",
        "Photos: ",
        "Report by ",
        "Text: ",
        "Transcript by ",
    ];
    if paragraph.len() > LONGEST || paragraph.contains(['"', '“']) {
        return false;
    }
    let only_names = |names: &str| {
        let count = names.split_whitespace().count();
        (1..=16).contains(&count)
            && names.starts_with(char::is_uppercase)
            && names.split_whitespace().all(is_name_word)
    };
    if let Some(names) = paragraph.strip_prefix(['—', '–', '-']) {
        let names = names.trim_start_matches(['-', ' ']).trim_end_matches('.');
        return only_names(names)
            && names.split_whitespace().count() <= 6
            && !names.contains(|c: char| c.is_ascii_digit());
    }
    JOBS.iter().any(|job| paragraph.strip_prefix(job).is_some_and(only_names))
        || introduces(paragraph) && !says_so(paragraph) && !paragraph.contains(" who ")
        || ["The writer is ", "The author is ", "The views expressed "]
            .iter()
            .any(|opening| paragraph.starts_with(opening))
        || ["The writer, ", "The author, "].iter().any(|opening| paragraph.starts_with(opening))
            && [" is a ", " is the ", " teaches ", " works ", " writes "]
                .iter()
                .any(|work| paragraph.contains(work))
            && !says_so(paragraph)
        || leads_elsewhere(paragraph)
}

/// `Watch the full interview here`: where more is to be seen.
fn leads_elsewhere(paragraph: &str) -> bool {
    const LONGEST_CALL: usize = 120;
    let calls = ["Watch ", "Read ", "Listen to ", "See ", "Find ", "Get "].iter().any(|verb| {
        paragraph
            .strip_prefix(verb)
            .is_some_and(|rest| ["the ", "our ", "more ", "all "].iter().any(|word| rest.starts_with(word)))
    });
    let end = paragraph.trim_end_matches(['.', ':', '!']);
    paragraph.len() <= LONGEST_CALL && calls && end.ends_with(" here")
}

/// The parts of a paragraph that sign off, as spans of it: `(Reporting by …; Editing by …) ($1 =
/// 0.9 euros)`, and the last sentence if it says who contributed.
pub(super) fn sign_offs(paragraph: &str) -> Vec<ByteSpan> {
    let mut found: Vec<ByteSpan> = Vec::new();
    let mut at = 0;
    while let Some(open) = memchr::memchr(b'(', &paragraph.as_bytes()[at..]).map(|open| at + open) {
        let follows = found.last().is_some_and(|last| paragraph[last.end as usize..open].trim().is_empty());
        let signs = signs_off(&paragraph[open..]) || follows && comes_after(&paragraph[open..]);
        if !signs {
            at = open + 1;
            continue;
        }
        let end = closing(paragraph, open);
        match found.last_mut() {
            Some(last) if follows => last.end = end as u32,
            _ => found.push(ByteSpan::new(open as u32, end as u32)),
        }
        at = end;
    }
    if let Some(last) = found.last_mut() {
        let rest = paragraph[last.end as usize..].trim_start_matches([')', '.', ' ', ';']);
        if rest.is_empty() || rest.starts_with("Keywords:") || rest.starts_with("((") {
            last.end = paragraph.len() as u32;
        }
    } else if let Some(start) = unbracketed(paragraph) {
        found.push(ByteSpan::new(start as u32, paragraph.len() as u32));
    }
    found
}

/// The maximum number of brackets and spaces before the text in a bracket.
const MOST: usize = 4;

/// The text after the brackets and spaces that open a bracket, of which at most [`MOST`] are
/// skipped, so that a long run costs no more than its length.
fn inside(bracket: &str) -> &str {
    let skipped = bracket.bytes().take(MOST).take_while(|byte| matches!(byte, b'(' | b' ')).count();
    &bracket[skipped..]
}

/// Whether a bracket says who reported, wrote or edited.
fn signs_off(bracket: &str) -> bool {
    const OPENINGS: [&str; 15] = [
        "additional reporting",
        "additional writing",
        "compiled by",
        "editing",
        "edited by",
        "produced by",
        "reported by",
        "reporting",
        "translated by",
        "with additional",
        "with contributions from",
        "with reporting",
        "writing",
        "written by",
        "by ",
    ];
    /// How many bytes after the bracket are compared, more than any opening has.
    const HEAD: usize = 32;
    /// Where `by` must occur, in bytes.
    const NEAR: usize = 160;
    let inside = inside(bracket);
    // The letters with which an opening begins.
    if !inside.starts_with(['a', 'A', 'c', 'C', 'e', 'E', 'p', 'P', 'r', 'R', 't', 'T', 'w', 'W', 'b', 'B']) {
        return false;
    }
    let head: String = inside.chars().take(HEAD).collect::<String>().to_lowercase();
    let near = || {
        let end = inside.char_indices().nth(NEAR).map_or(inside.len(), |(at, _)| at);
        let named = |word: &str| {
            inside[..end]
                .match_indices(word)
                .any(|(at, _)| inside[at + word.len()..].trim_start().starts_with(|c: char| c.is_uppercase()))
        };
        [" by ", " By ", " BY "].iter().any(|by| named(by)) || head.starts_with("with ") && named(" from ")
    };
    head.len() > 2
        && head.is_char_boundary(2)
        && OPENINGS.iter().any(|opening| head.starts_with(opening))
        && near()
}

/// Whether a bracket directly after a sign-off belongs to it: an exchange rate, a correction, an
/// address.
fn comes_after(bracket: &str) -> bool {
    const OPENINGS: [&str; 12] = [
        "$1", "1 ", "adds", "click", "corrects", "for ", "refiles", "this ", "to see", "the ", "updates",
        "removes",
    ];
    let inside = inside(bracket);
    let head: String = inside.chars().take(8).collect::<String>().to_lowercase();
    OPENINGS.iter().any(|opening| head.starts_with(opening))
        || inside.starts_with(['$', '€', '£', '¥'])
        || inside
            .split(')')
            .next()
            .is_some_and(|text| text.contains('@') || text.contains(" = ") || text.contains("; +"))
}

/// The byte after the bracket that closes the one at `open`; the end of the paragraph if there is
/// none.
fn closing(paragraph: &str, open: usize) -> usize {
    let mut depth = 0_u32;
    for at in memchr::memchr2_iter(b'(', b')', &paragraph.as_bytes()[open..]) {
        if paragraph.as_bytes()[open + at] == b'(' {
            depth += 1;
        } else {
            depth -= 1;
            if depth == 0 {
                return open + at + 1;
            }
        }
    }
    paragraph.len()
}

/// Where a sign-off without brackets begins that ends a paragraph: `… he said. Reporting by Anna
/// Kowalski; editing by John Moyo`, `… he said. Anna Kowalski contributed to this report.`
fn unbracketed(paragraph: &str) -> Option<usize> {
    const CUES: [&str; 4] = ["Reporting by ", "Additional reporting by ", "Writing by ", "Editing by "];
    /// The longest sign-off, in bytes.
    const LONGEST_SIGN_OFF: usize = 260;
    let mut from = paragraph.len().saturating_sub(LONGEST_SIGN_OFF);
    while !paragraph.is_char_boundary(from) {
        from += 1;
    }
    let tail = &paragraph[from..];
    let finder = memchr::memmem::find(tail.as_bytes(), b"ing by ")
        .or_else(|| memchr::memmem::find(tail.as_bytes(), b"contributed "));
    finder?;
    for cue in CUES {
        if let Some(at) = tail.find(cue)
            && from + at > 0
            && ends_sentence(tail[..at].trim_end())
            && tail[at..].split([' ', ';', ',']).filter(|word| !word.is_empty()).all(|word| {
                is_name_word(word)
                    || matches!(word, "reporting" | "writing" | "editing" | "additional" | "Reporting")
            })
        {
            return Some(from + at);
        }
    }
    if !tail.ends_with("to this report.")
        && !tail.ends_with("to this story.")
        && !tail.ends_with("to this article.")
        && !tail.ends_with("contributed reporting.")
    {
        return None;
    }
    // The start of the last sentence: a stop after a lower-case letter, and a capital.
    let starts = tail.match_indices(['.', '!', '?']).filter_map(|(stop, _)| {
        let rest = tail[stop + 1..].trim_start_matches(['"', '”', '’', '\'', ')']);
        let start = tail.len() - rest.trim_start().len();
        let closes =
            tail[..stop].chars().rev().take(3).filter(|c| c.is_lowercase() || c.is_ascii_digit()).count()
                == 3;
        (closes && rest.starts_with(' ') && tail[start..].starts_with(char::is_uppercase)).then_some(start)
    });
    let start = starts.rev().find(|&start| is_service(&tail[start..]))?;
    (from + start > 0).then_some(from + start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_the_page_is_seen() {
        for line in [
            "___",
            "March 1, 2024",
            "Media playback is unsupported on your device",
            "Listen to article 4 min",
            "Loading...",
            "Also read | The bridge is open",
            "Tags: Faro Bridges",
            "Topics: Faro, Bridges",
            "12 shares",
            "1.2K comments",
            "Facebook Twitter Email",
            "Share",
            "Continue reading the main story",
            "Xinhua | Updated: 2017-02-03 10:22",
            "An earlier version of this article misspelled a name.",
            "padding-top: 20px;",
            ".bridge-image {",
            "[Why the bridge at Faro fell]",
            "Bridge at Faro is open again | Anna Kowalski Read more",
        ] {
            assert!(is_furniture(line), "{line}");
        }
        for line in [
            "Shares of the bank fell.",
            "Topics ranged from bridges to floods.",
            "Comments from the mayor were few",
            "Twitter and Facebook fell",
            "Loading docks were flooded.",
            "[Laughs]",
            "[He looked at the bridge.]",
            "She had two aims: bread and roses;",
            "12",
        ] {
            assert!(!is_furniture(line), "{line}");
        }
    }

    #[test]
    fn who_helped_is_no_story() {
        for line in [
            "Anna Kowalski contributed to this report.",
            "Anna Kowalski and John Moyo contributed reporting.",
            "Reporting was contributed by Anna Kowalski, John Moyo and Marta Ruiz.",
            "Research was contributed by Anna Kowalski.",
            "With files from Anna Kowalski",
            "With contributions from Anna Kowalski and John Moyo",
            "Follow Anna Kowalski on Twitter: @annak",
            "Anna Kowalski is a staff writer. Follow her on Twitter @annak.",
            "Contributing: Anna Kowalski, John Moyo",
            "Anna Kowalski reported from Oban. John Moyo reported from Faro.",
            "— John Moyo contributed to this article.",
            "Anna Kowalski may be reached at 555-0123.",
            "More from Anna Kowalski",
            "With Reuters and AFP",
            "— With reporting by John Moyo",
        ] {
            assert!(is_service(line), "{line}");
        }
        for line in [
            "Anna Kowalski contributed two goals to the win.",
            "The rain contributed to this week's flood.",
            "With contributions from 40 countries, the fund grew.",
            "With files from the archive, she proved it.",
            "“I contributed to this report,” she said.",
            "With Reuters she had little luck.",
            "More from less is the aim.",
            "Voters follow the party on Facebook, the mayor said.",
        ] {
            assert!(!is_service(line), "{line}");
        }
    }

    #[test]
    fn the_last_lines_say_who_wrote() {
        for line in [
            "— Anna Kowalski",
            "- Anna Kowalski.",
            "Editor: Anna Kowalski",
            "Produced by Anna Kowalski",
            "Video produced by John Moyo",
            "The author, John Moyo, teaches law in Faro.",
            "Watch the full interview with John Moyo here.",
            "Photographs by Anna Kowalski",
            "Anna Kowalski is a reporter for The Oban Gazette.",
            "Anna Kowalski covers farming for The Oban Gazette.",
        ] {
            assert!(closes_article(line), "{line}");
        }
        for line in [
            "— and it rained.",
            "The author, John Moyo, said that it rained.",
            "The author, John Moyo, was freed on Monday.",
            "Read the letter that John Moyo wrote.",
            "Anna Kowalski is a baker in Oban.",
            "Produced by the thousand, they sold well.",
            "- 12",
            "Anna Kowalski, who is a reporter, was freed.",
        ] {
            assert!(!closes_article(line), "{line}");
        }
    }

    #[test]
    fn sign_offs_are_cut_out_of_a_paragraph() {
        for (text, expected) in [
            ("It rained. (Reporting By Anna Kowalski)", &["(Reporting By Anna Kowalski)"][..]),
            (
                "It rained. (Reporting by Anna Kowalski; Editing by John Moyo) ($1=.62 pound)",
                &["(Reporting by Anna Kowalski; Editing by John Moyo) ($1=.62 pound)"],
            ),
            (
                "It rained. (Editing by John Moyo) (This story was corrected to say that it rained)",
                &["(Editing by John Moyo) (This story was corrected to say that it rained)"],
            ),
            (
                "It rained. (Reporting by Anna Kowalski) The sun (a star) shone.",
                &["(Reporting by Anna Kowalski)"],
            ),
            (
                "It rained. ((Reporting by Anna Kowalski; +44 20))",
                &["((Reporting by Anna Kowalski; +44 20))"],
            ),
            ("It rained. (Reporting by Anna Kowalski and", &["(Reporting by Anna Kowalski and"]),
            (
                "It rained. Reporting by Anna Kowalski; editing by John Moyo",
                &["Reporting by Anna Kowalski; editing by John Moyo"],
            ),
            (
                "It rained. Anna Kowalski contributed to this report.",
                &["Anna Kowalski contributed to this report."],
            ),
            ("The plan (reporting rules, by and large) failed.", &[]),
            ("It (and by all accounts) rained.", &[]),
            ("", &[]),
        ] {
            let found: Vec<&str> = sign_offs(text).iter().map(|span| span.of(text)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
