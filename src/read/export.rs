//! Which articles are in the plain-text export of a database: Nexis, Factiva, `ProQuest`?
//!
//! An export holds one document after another. Each has a head (headline, source, date, and lines
//! such as `BYLINE: Ida Moe`), the text, and a foot. The services differ in how a document begins
//! or ends, in their labels, and in whether the head has any.
//!
//! Cost: one pass over the lines.

use super::html::day_of;
use super::input::{Input, Place};
use super::nitf::without_by;
use super::records::Records;
use super::story::Story;
use crate::article::ZoneKind;
use crate::error::Result;

/// What parts the documents of an export.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// `1 of 25 DOCUMENTS`, `Document 1 of 25`: a line before each.
    Numbered,
    /// `End of Document`: a line after each.
    Ended,
    /// `Document OBANG00020190108ef18`: a line after each.
    Coded,
    /// A rule before each.
    Ruled,
}

/// Whether a text opens like an export.
pub(super) fn opens(head: &str) -> bool {
    style(head).is_some()
}

fn style(text: &str) -> Option<Style> {
    let has = |is_one: fn(&str) -> bool| text.lines().any(|line| is_one(line.trim()));
    let labelled = |label: &str| text.lines().any(|line| starts(line.trim(), label));
    if has(is_numbered) && (labelled("LENGTH:") || labelled("BODY:") || labelled("Full text:")) {
        Some(Style::Numbered)
    } else if has(|line| line == "End of Document") || has(|line| line == "Body") && labelled("Load-Date:") {
        Some(Style::Ended)
    } else if has(|line| words(line).is_some() || line.starts_with("WC ")) && has(is_coded) {
        Some(Style::Coded)
    } else if has(is_rule) && labelled("Full text:") && (labelled("Title:") || labelled("Publication title:"))
    {
        Some(Style::Ruled)
    } else {
        None
    }
}

fn starts(line: &str, label: &str) -> bool {
    line.get(..label.len()).is_some_and(|head| head.eq_ignore_ascii_case(label))
}

/// `1 of 25 DOCUMENTS`, `Document 1 of 25`.
fn is_numbered(line: &str) -> bool {
    let bare = line.strip_prefix("Document ").unwrap_or(line);
    let bare = bare.strip_suffix(" DOCUMENTS").or_else(|| bare.strip_suffix(" DOCUMENT")).unwrap_or(bare);
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    bare != line && bare.split_once(" of ").is_some_and(|(at, all)| number(at) && number(all))
}

/// `Document OBANG00020190108ef18`, also after its label.
fn is_coded(line: &str) -> bool {
    let line = line.strip_prefix("AN ").map_or(line, str::trim_start);
    line.strip_prefix("Document ").is_some_and(|code| {
        code.len() >= 12
            && code.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && code.bytes().filter(u8::is_ascii_digit).count() >= 8
    })
}

fn is_rule(line: &str) -> bool {
    line.len() >= 20 && line.bytes().all(|byte| byte == b'_')
}

/// The number in `523 words`.
fn words(line: &str) -> Option<&str> {
    let number = line.strip_suffix(" words").or_else(|| line.strip_suffix(" word"))?.trim();
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b',')).then_some(number)
}

/// Adds the documents of an export.
pub(super) fn read(input: &mut Input<'_>, records: &mut Records) -> Result<()> {
    input.whole()?;
    let length = input.window().len();
    let (text, wrong) = input.characters(length);
    let style = style(&text).unwrap_or(Style::Numbered);
    let mut from = 0;
    let mut documents: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (start, bare) = (at, line.trim());
        at += line.len();
        let cuts_before =
            style == Style::Numbered && is_numbered(bare) || style == Style::Ruled && is_rule(bare);
        let cuts_after =
            style == Style::Ended && bare == "End of Document" || style == Style::Coded && is_coded(bare);
        if cuts_before {
            documents.push((from, &text[from..start]));
            from = at;
        } else if cuts_after {
            documents.push((from, &text[from..at]));
            from = at;
        }
    }
    documents.push((from, &text[from..]));
    let mut place = Place::new(input);
    for (start, document) in documents {
        let Some(story) = story(document, style) else { continue };
        let (character, line) = place.of(&text, start);
        records.push_story(Some(character), Some(line), story)?;
    }
    input.pass(length, wrong, records)
}

/// A label of a line, the field that its value becomes, and whether the text of the article follows
/// or ends there.
const LABELS: [(&str, &str); 24] = [
    ("headline:", "headline"),
    ("title:", "headline"),
    ("byline:", "byline"),
    ("author:", "byline"),
    ("section:", "section"),
    ("length:", "words"),
    ("dateline:", "dateline"),
    ("language:", "language"),
    ("language of publication:", "language"),
    ("publication title:", "provider"),
    ("publication date:", "date"),
    ("publication-type:", "class"),
    ("proquest document id:", "guid"),
    ("document url:", "url"),
    ("load-date:", ""),
    ("abstract:", "summary"),
    ("highlight:", "summary"),
    ("graphic:", "caption"),
    ("full text:", "body"),
    ("body:", "body"),
    ("body", "body"),
    ("classification", ""),
    ("subject:", ""),
    ("notes", ""),
];

/// The codes of Factiva.
const CODES: [(&str, &str); 12] = [
    ("HD", "headline"),
    ("BY", "byline"),
    ("SE", "section"),
    ("WC", "words"),
    ("PD", "date"),
    ("SN", "provider"),
    ("LA", "language"),
    ("LP", "body"),
    ("TD", "body"),
    ("AN", "guid"),
    ("ART", "caption"),
    ("ET", ""),
];

/// The field of a labelled line, and the value on it.
fn label(line: &str, style: Style) -> Option<(&'static str, &str)> {
    if style == Style::Coded {
        let (code, value) = line.split_once(' ').unwrap_or((line, ""));
        let is_code = matches!(code.len(), 2 | 3) && code.bytes().all(|byte| byte.is_ascii_uppercase());
        let known = CODES.iter().find(|(known, _)| *known == code);
        // Codes that are not needed end what is before them, as the copyright does.
        let spaced = value.starts_with("  ") || value.is_empty();
        return (is_code && spaced && line.len() > 1)
            .then(|| (known.map_or("", |(_, field)| *field), value.trim()));
    }
    LABELS
        .iter()
        .find(|(label, _)| starts(line, label) && (label.ends_with(':') || line.len() == label.len()))
        .map(|(label, field)| (*field, line[label.len()..].trim()))
}

/// The article of a document; `None` for what is between documents.
fn story(document: &str, style: Style) -> Option<Story> {
    let mut story = Story::default();
    let mut head: Vec<&str> = Vec::new();
    let mut field = None;
    let mut values: Vec<(&str, String)> = Vec::new();
    let mut is_bare = style == Style::Coded;
    for line in document.lines().map(str::trim) {
        if let Some((name, value)) = label(line, style) {
            is_bare = false;
            field = Some(name);
            values.push((name, value.to_owned()));
        } else if field.is_some() {
            if let Some((_, value)) = values.last_mut() {
                value.push('\n');
                value.push_str(line);
            }
        } else if !line.is_empty() {
            head.push(line);
        } else if is_bare && head.iter().any(|line| words(line).is_some()) {
            // Without labels, the text begins after the head.
            field = Some("body");
            values.push(("body", String::new()));
        }
    }
    let ends = |line: &str| is_coded(line) || line == "End of Document" || is_rights(line);
    let mut body = String::new();
    for (name, value) in &values {
        match *name {
            "body" => {
                let lines: Vec<&str> = value.lines().filter(|line| !ends(line)).collect();
                body.push_str("\n\n");
                body.push_str(&lines.join("\n"));
            }
            "date" => story.set_day(day(value)),
            "byline" => story.set("byline", without_by(&first_paragraph(value))),
            "guid" => story.set("guid", first_paragraph(value).trim_start_matches("Document ")),
            "words" => story.set("words", words(&first_paragraph(value)).unwrap_or_default()),
            "caption" | "" => {}
            field => story.set(field, &first_paragraph(value)),
        }
    }
    read_head(&head, style, &mut story);
    for paragraph in body.split("\n\n") {
        let lines: Vec<&str> = paragraph.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        story.add(ZoneKind::Body, &lines.join(" "));
    }
    for (_, caption) in values.iter().filter(|(name, _)| *name == "caption") {
        story.caption(&first_paragraph(caption), "");
    }
    let code = document.lines().map(str::trim).find(|line| is_coded(line));
    story.set("guid", code.map_or("", |line| line.rsplit(' ').next().unwrap_or_default()));
    (!story.text.is_empty() || story.has("headline") && story.has("date")).then_some(story)
}

fn first_paragraph(value: &str) -> String {
    let lines: Vec<&str> =
        value.trim_start().lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
    lines.join(" ")
}

fn is_rights(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    lower.starts_with("copyright")
        || lower.starts_with("all rights reserved")
        || lower.starts_with('©')
        || lower.starts_with("(c) ")
}

/// Takes what the lines without labels say: they are around the date.
fn read_head(head: &[&str], style: Style, story: &mut Story) {
    let lines: Vec<&str> = head.iter().copied().filter(|line| !is_rights(line) && !is_rule(line)).collect();
    let Some(at) = lines.iter().position(|line| day(line).is_some()) else {
        story.set("headline", lines.first().copied().unwrap_or_default());
        return;
    };
    story.set_day(day(lines[at]));
    let (before, after) = (&lines[..at], &lines[at + 1..]);
    if style == Style::Coded {
        for line in before {
            match words(line) {
                Some(number) => story.set("words", number),
                None if starts(line, "by ") => story.set("byline", without_by(line)),
                None => {}
            }
        }
        let is_title = |line: &&&str| words(line).is_none() && !starts(line, "by ");
        story.set("headline", before.iter().rev().find(is_title).copied().unwrap_or_default());
        // A time may be between the date and the source.
        let is_name = |line: &&&str| line.contains(char::is_alphabetic) && !line.contains(':');
        story.set("provider", after.iter().find(is_name).copied().unwrap_or_default());
        return;
    }
    if let [title, .., source] = before {
        story.set("headline", title);
        story.set("provider", source);
    } else if let [source] = before {
        story.set("provider", source);
    }
    story.set("headline", after.first().copied().unwrap_or_default());
}

/// The day of a line: `January 8, 2019 Tuesday`, `8 January 2019`.
fn day(line: &str) -> Option<i32> {
    const WEEKDAYS: [&str; 7] =
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let line = line.trim().lines().next().unwrap_or_default();
    if line.len() > 60 || !line.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let words = || line.split_whitespace();
    let plain: Vec<&str> = words().filter(|word| !WEEKDAYS.contains(&word.trim_end_matches(','))).collect();
    // Editions and times follow the year.
    let year =
        plain.iter().position(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()));
    let plain = plain[..year.map_or(plain.len(), |year| year + 1)].join(" ");
    day_of(&plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(document: &str, style: Style) -> Vec<String> {
        let story = story(document, style).unwrap();
        let mut shown: Vec<String> = story
            .fields
            .iter()
            .map(|(name, value)| match value {
                crate::table::Value::Text(text) => format!("{name}: {text}"),
                other => format!("{name}: {other:?}"),
            })
            .collect();
        shown.sort();
        shown.push(story.text);
        shown
    }

    #[test]
    fn the_services_give_the_same_article() {
        let nexis = "  The Oban Gazette\n\n  January 8, 2019 Tuesday\n\nStorm hits Oban\n\nBYLINE: Ida Moe\n\nSECTION: NEWS\n\n\
                     LENGTH: 52 words\n\nBODY:\n\nRain fell\non the coast.\n\nIt stopped.\n\nLOAD-DATE: January 9, 2019\n";
        let uni = "Storm hits Oban\nThe Oban Gazette\nJanuary 8, 2019 Tuesday\n\nCopyright 2019 The Oban Gazette\n\n\
                   Section: NEWS\nLength: 52 words\nByline: Ida Moe\nBody\n\nRain fell on the coast.\n\nIt stopped.\n\n\
                   Load-Date: January 9, 2019\n\nEnd of Document\n";
        let factiva = "NEWS\nStorm hits Oban\nBy Ida Moe\n52 words\n8 January 2019\nThe Oban Gazette\nOBANG\nEnglish\n\
                       Copyright 2019\n\nRain fell on the coast.\n\nIt stopped.\n\nDocument OBANG00020190108ef18\n";
        let coded = "SE   NEWS\nHD   Storm hits Oban\nBY   By Ida Moe\nWC   52 words\nPD   8 January 2019\n\
                     SN   The Oban Gazette\nLP   Rain fell on the coast.\nTD\n\nIt stopped.\n\nAN   Document OBANG00020190108ef18\n";
        let proquest = "Title: Storm hits Oban\n\nAuthor: Ida Moe\n\nPublication title: The Oban Gazette\n\n\
                        Publication date: January 8, 2019\n\nFull text: Rain fell on the coast.\n\nIt stopped.\n\nSubject: Weather\n";
        for (document, style) in [
            (nexis, Style::Numbered),
            (uni, Style::Ended),
            (factiva, Style::Coded),
            (coded, Style::Coded),
            (proquest, Style::Ruled),
        ] {
            let shown = shown(document, style);
            for line in [
                "headline: Storm hits Oban",
                "byline: Ida Moe",
                "date: 2019-01-08",
                "provider: The Oban Gazette",
            ] {
                assert!(shown.iter().any(|other| other == line), "{line}: {shown:?}");
            }
            assert_eq!(shown.last().unwrap(), "Rain fell on the coast.\n\nIt stopped.");
        }
    }

    #[test]
    fn other_texts_are_no_exports() {
        for text in ["", "date 2019-01-08 Rain fell.\n", "1 of 3 voters\nBody\n", "500 words\nDocument one\n"]
        {
            assert!(!opens(text), "{text}");
        }
        assert!(opens("   1 of 2 DOCUMENTS\n\nLENGTH: 5 words\n"));
    }
}
