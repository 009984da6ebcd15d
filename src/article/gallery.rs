//! Which parts of a text are the slides of a gallery?
//!
//! Text copied from a page has its gallery in one piece: each slide ends or begins with its number
//! (`A boat off Oban. Hide Caption 2 of 8`, `2/8 A boat off Oban AP`), and often with the title of
//! the gallery. Three numbers in a row with the same total make a gallery; the text between two of
//! them is a caption. Prose does not count so: `won 1 of 5, then 2 of 5`.

use regex::Regex;

use super::credit::{Credit, find_credit};
use super::words::{is_agency, pattern};
use crate::batch::Static;
use crate::span::{ByteSpan, boundary};

/// The maximum length of a slide, in bytes.
const LONGEST_SLIDE: u32 = 1500;

/// The maximum length of the first slide where its number comes after it, and of the last where it
/// comes before it, in bytes: only a paragraph bounds those.
const LONGEST_OUTER: u32 = 700;

/// The minimum number of slides.
const LEAST_SLIDES: usize = 3;

/// The number of a slide, with the words of its button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Counter {
    span: ByteSpan,
    number: u32,
    total: u32,
}

/// A part of a text with a gallery, without white space at its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Numbers, buttons and the title of the gallery.
    Page(ByteSpan),
    /// The text of a slide.
    Slide(ByteSpan),
    /// What is outside the gallery.
    Story(ByteSpan),
}

/// The galleries of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gallery {
    /// What is a slide or belongs to the page, in the order of the text.
    parts: Vec<Part>,
}

impl Part {
    const fn span(self) -> ByteSpan {
        match self {
            Self::Page(span) | Self::Slide(span) | Self::Story(span) => span,
        }
    }

    const fn with(self, span: ByteSpan) -> Self {
        match self {
            Self::Page(_) => Self::Page(span),
            Self::Slide(_) => Self::Slide(span),
            Self::Story(_) => Self::Story(span),
        }
    }
}

impl Gallery {
    /// The galleries of a text; nothing, after two searches for the number of a first slide, for
    /// almost all texts.
    pub(super) fn find(text: &str) -> Option<Self> {
        if !has_first(text, b"1 of ") && !has_first(text, b"1/") {
            return None;
        }
        let mut parts = Vec::new();
        for counters in runs(text) {
            add_slides(text, &counters, &mut parts);
        }
        parts.sort_by_key(|part| part.span().start);
        // Galleries do not overlap.
        let mut end = 0;
        parts.retain(|part| {
            let apart = part.span().start >= end && !part.span().is_empty();
            if apart {
                end = part.span().end;
            }
            apart
        });
        (!parts.is_empty()).then_some(Self { parts })
    }

    /// The parts of a paragraph, if some of it is in a gallery.
    pub(super) fn parts_of(&self, text: &str, paragraph: ByteSpan) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut from = paragraph.start;
        let first = self.parts.partition_point(|part| part.span().end <= paragraph.start);
        for part in &self.parts[first..] {
            let span = part.span();
            if span.start >= paragraph.end {
                break;
            }
            let span = ByteSpan::new(span.start.max(from), span.end.min(paragraph.end));
            parts.push(Part::Story(ByteSpan::new(from, span.start)));
            parts.push(part.with(span));
            from = span.end;
        }
        if parts.is_empty() {
            return parts;
        }
        parts.push(Part::Story(ByteSpan::new(from, paragraph.end)));
        let trimmed = parts.into_iter().map(|part| part.with(part.span().trimmed(text)));
        trimmed.filter(|part| !part.span().is_empty()).collect()
    }
}

/// Whether a text has the number of a first slide: `1 of 8`, `1/8`, and no `11/8`.
fn has_first(text: &str, number: &[u8]) -> bool {
    let bytes = text.as_bytes();
    memchr::memmem::find_iter(bytes, number).any(|at| {
        let before = at.checked_sub(1).map_or(b' ', |at| bytes[at]);
        before.is_ascii_whitespace() && bytes.get(at + number.len()).is_some_and(u8::is_ascii_digit)
    })
}

/// The runs of numbers `1 of n`, `2 of n`, … One that is missing, or printed twice, ends no run.
fn runs(text: &str) -> Vec<Vec<Counter>> {
    /// How many numbers may be missing between two.
    const MOST_MISSING: u32 = 2;
    static COUNTER: Static<Regex> = Static::new(|| {
        pattern(
            r"(?:(?:(?:Hide|Show|View|Close) (?i:captions?|photos?|images?)|Caption|Photo|Image|Picture|Slide)\s+)?\b(\d{1,3})(?: of |/)(\d{1,3})\b",
        )
    });
    let mut runs: Vec<Vec<Counter>> = Vec::new();
    for found in COUNTER.captures_iter(text) {
        let Some(whole) = found.get(0) else { continue };
        let number = |group| found.get(group).and_then(|found| found.as_str().parse().ok()).unwrap_or(0);
        let counter = Counter {
            span: ByteSpan::new(whole.start() as u32, whole.end() as u32),
            number: number(1),
            total: number(2),
        };
        let before = text[..whole.start()].chars().next_back().is_none_or(char::is_whitespace);
        let after = text[whole.end()..].chars().next().is_none_or(char::is_whitespace);
        if !before || !after || counter.number == 0 || counter.number > counter.total {
            continue;
        }
        let last = runs.iter_mut().rev().find(|run| run[0].total == counter.total);
        match last {
            Some(run)
                if run.last().is_some_and(|last| {
                    (last.number..=last.number + 1 + MOST_MISSING).contains(&counter.number)
                        && counter.span.start - last.span.end <= LONGEST_SLIDE
                }) =>
            {
                run.push(counter);
            }
            _ if counter.number == 1 => runs.push(vec![counter]),
            _ => {}
        }
    }
    runs.retain(|run| {
        let mut numbers: Vec<u32> = run.iter().map(|counter| counter.number).collect();
        numbers.dedup();
        numbers.len() >= LEAST_SLIDES
    });
    runs
}

/// Adds the slides of one gallery, and what the page prints around them.
fn add_slides(text: &str, counters: &[Counter], parts: &mut Vec<Part>) {
    let (Some(first), Some(last)) = (counters.first(), counters.last()) else { return };
    let between: Vec<ByteSpan> = counters
        .windows(2)
        .map(|pair| ByteSpan::new(pair[0].span.end, pair[1].span.start).trimmed(text))
        .collect();
    let line = line_of(text, first.span);
    let above = &text[line.start as usize..first.span.start as usize];
    let heading = heading_above(text, first);
    let mut title = "";
    let leads = heading.is_some() || above.trim().is_empty() || {
        title = common_start(text, &between);
        title.is_empty() && first.span.of(text).contains('/')
    };
    let mut page = ByteSpan::new(first.span.start, first.span.start);
    if leads {
        page.start = heading.unwrap_or(first.span.start);
    } else {
        page = first_slide(text, line, first.span, title, parts);
    }
    for (at, counter) in counters.iter().enumerate() {
        page.end = counter.span.end;
        let Some(slide) = between.get(at) else { break };
        let body = slide.of(text).strip_prefix(title).unwrap_or_default();
        let start = slide.end - body.len() as u32;
        page.end = page.end.max(start.min(slide.end));
        parts.push(Part::Page(page));
        parts.push(Part::Slide(ByteSpan::new(start, slide.end).trimmed(text)));
        page = ByteSpan::new(counters[at + 1].span.start, counters[at + 1].span.end);
    }
    parts.push(Part::Page(page));
    if leads {
        let longest = between.iter().map(|slide| slide.len()).max().unwrap_or(0);
        let rest = ByteSpan::new(last.span.end, line_of(text, last.span).end).trimmed(text);
        let end = rest.start + end_of_slide(rest.of(text), LONGEST_OUTER.min(2 * longest) as usize) as u32;
        parts.push(Part::Slide(ByteSpan::new(rest.start, end)));
    }
}

/// Adds the first slide of a gallery whose numbers come after the slides; returns what the page
/// prints before the number.
fn first_slide(text: &str, line: ByteSpan, number: ByteSpan, title: &str, parts: &mut Vec<Part>) -> ByteSpan {
    let above = ByteSpan::new(line.start, number.start);
    if !title.is_empty()
        && let Some(at) = above.of(text).rfind(title)
    {
        let end = above.start + (at + title.len()) as u32;
        let mut start = above.start + at as u32;
        // The title is printed twice where a gallery begins.
        while let Some(before) = text[above.start as usize..start as usize].trim_end().strip_suffix(title) {
            start = above.start + before.len() as u32;
        }
        parts.push(Part::Page(ByteSpan::new(start, end)));
        parts.push(Part::Slide(ByteSpan::new(end, number.start).trimmed(text)));
    } else if above.len() <= LONGEST_OUTER {
        parts.push(Part::Slide(above.trimmed(text)));
    }
    number
}

/// Where the heading of a gallery begins, on the line of its first number or above it: the title,
/// and `8 show all` with the title again.
fn heading_above(text: &str, first: &Counter) -> Option<u32> {
    /// The maximum length of such a heading, in bytes.
    const LONGEST: usize = 300;
    let start = first.span.start as usize;
    let from = boundary(text, start.saturating_sub(2 * LONGEST));
    let above = text[from..start].trim_end();
    let shown = format!("{} show all ", first.total);
    let at = above.rfind(&shown).filter(|at| above.len() - at <= LONGEST)?;
    let title = &above[at + shown.len()..];
    let before = above[..at].trim_end_matches(|c: char| c.is_whitespace() || c == '+');
    Some((from + before.strip_suffix(title).map_or(at, str::len)) as u32)
}

/// Where the last slide of a gallery ends in the rest of its paragraph: after all of it if that is
/// short, else after its credit or its first sentence.
fn end_of_slide(rest: &str, longest: usize) -> usize {
    if rest.len() <= longest {
        return rest.len();
    }
    let ends = rest.match_indices(' ').map(|(at, _)| at).take_while(|at| *at <= longest);
    let ends: Vec<usize> = ends.collect();
    let names_agency = |end: &usize| {
        let words = rest[..*end].rmatch_indices(' ').take(2);
        words.into_iter().any(|(at, _)| is_agency(&rest[at + 1..*end]))
    };
    let closes = |end: &usize| rest[..*end].ends_with(['.', '!', '?', ')', '”']);
    // The longest name: `Getty Images`, not `Getty`.
    let credit = ends.iter().position(names_agency).map(|at| match ends.get(at + 1) {
        Some(end) if names_agency(end) => *end,
        _ => ends[at],
    });
    credit.or_else(|| ends.iter().copied().find(closes)).unwrap_or(0)
}

/// The line around a span, up to where slides can be.
fn line_of(text: &str, span: ByteSpan) -> ByteSpan {
    let (start, end) = (span.start as usize, span.end as usize);
    let first = boundary(text, start.saturating_sub(LONGEST_SLIDE as usize));
    let last = boundary(text, end + LONGEST_SLIDE as usize);
    let line = text[first..start].rfind('\n').map_or(first, |at| first + at + 1);
    ByteSpan::new(line as u32, text[end..last].find('\n').map_or(last, |at| end + at) as u32)
}

/// The words with which all slides begin: the title of the gallery. One word is not enough.
fn common_start<'a>(text: &'a str, slides: &[ByteSpan]) -> &'a str {
    const LEAST_WORDS: usize = 2;
    let Some((first, rest)) = slides.split_first() else { return "" };
    let first = first.of(text);
    let ends = first.match_indices(' ').map(|(at, _)| at).chain([first.len()]);
    let starts = |end: &usize| {
        rest.iter().all(|slide| {
            let slide = slide.of(text);
            slide.strip_prefix(&first[..*end]).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
    };
    let common = ends.take_while(starts).enumerate().last();
    common.filter(|(at, _)| at + 1 >= LEAST_WORDS).map_or("", |(_, end)| &first[..end])
}

/// The caption and the credit of a slide: what captions have, or the name of an agency as the last
/// words: `A boat off Oban Getty Images`.
pub(super) fn credit_of_slide(slide: &str) -> Option<Credit> {
    const MOST_WORDS: usize = 4;
    if let Some(credit) = find_credit(slide) {
        return Some(credit);
    }
    let starts = slide.rmatch_indices(' ').take(MOST_WORDS).map(|(at, _)| at);
    // The longest name: `AFP/Getty Images`, not `Images`.
    let at = starts.filter(|at| is_agency(&slide[at + 1..])).last()?;
    let length = slide.len() as u32;
    Some(Credit {
        caption: ByteSpan::new(0, at as u32).trimmed(slide),
        credit: ByteSpan::new(at as u32 + 1, length),
        agency: slide[at + 1..].to_owned(),
        photographer: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<(char, &str)> {
        let Some(gallery) = Gallery::find(text) else { return Vec::new() };
        let mut all = Vec::new();
        let mut start = 0;
        for line in text.split('\n') {
            let span = ByteSpan::new(start, start + line.len() as u32);
            start = span.end + 1;
            all.extend(gallery.parts_of(text, span).into_iter().map(|part| {
                let kind = match part {
                    Part::Page(_) => 'p',
                    Part::Slide(_) => 's',
                    Part::Story(_) => 't',
                };
                (kind, part.span().of(text))
            }));
        }
        all
    }

    #[test]
    fn slides_end_with_their_number() {
        let text = "Photos: Storm in Oban A boat sinks. Hide Caption 1 of 3\nPhotos: Storm in Oban A boat floats. Hide Caption 2 of 3\nPhotos: Storm in Oban The sea is calm. Hide Caption 3 of 3";
        assert_eq!(
            parts(text),
            [
                ('p', "Photos: Storm in Oban"),
                ('s', "A boat sinks."),
                ('p', "Hide Caption 1 of 3"),
                ('p', "Photos: Storm in Oban"),
                ('s', "A boat floats."),
                ('p', "Hide Caption 2 of 3"),
                ('p', "Photos: Storm in Oban"),
                ('s', "The sea is calm."),
                ('p', "Hide Caption 3 of 3"),
            ]
        );
    }

    #[test]
    fn slides_begin_with_their_number() {
        let text = "The storm hit Oban. Storm in Oban 3 show all Storm in Oban 1/3 A boat sinks AP 2/3 A boat floats Anna Kowalski/PA 3/3 The sea is calm Getty Images";
        assert_eq!(
            parts(text),
            [
                ('t', "The storm hit Oban."),
                ('p', "Storm in Oban 3 show all Storm in Oban 1/3"),
                ('s', "A boat sinks AP"),
                ('p', "2/3"),
                ('s', "A boat floats Anna Kowalski/PA"),
                ('p', "3/3"),
                ('s', "The sea is calm Getty Images"),
            ]
        );
        let lines = "Storm in Oban\n3 show all Storm in Oban\n1/3 A boat sinks\n2/3\nA boat floats\n3/3 The sea is calm\nThe storm moved on.";
        assert_eq!(
            parts(lines),
            [
                ('p', "Storm in Oban"),
                ('p', "3 show all Storm in Oban"),
                ('p', "1/3"),
                ('s', "A boat sinks"),
                ('p', "2/3"),
                ('s', "A boat floats"),
                ('p', "3/3"),
                ('s', "The sea is calm"),
            ]
        );
    }

    #[test]
    fn the_story_around_a_gallery_stays() {
        let text = "The storm hit Oban. Storm in Oban Storm in Oban A boat sinks. 1 of 3 Storm in Oban A boat floats. 2 of 3 Storm in Oban All is calm. 3 of 3 The storm moved on.";
        let found = parts(text);
        assert_eq!(found.first(), Some(&('t', "The storm hit Oban.")));
        assert_eq!(found.last(), Some(&('t', "The storm moved on.")));
        assert!(found.contains(&('s', "A boat sinks.")) && found.contains(&('s', "All is calm.")));
    }

    #[test]
    fn the_last_slide_ends_before_the_story_goes_on() {
        for (end, slide) in [
            ("Oban Getty Images The storm moved on to Fort William, and boats sailed.", "Oban Getty Images"),
            ("All is calm. The storm moved on to Fort William, and boats sailed again.", "All is calm."),
        ] {
            let text = format!("3 show all Storm 1/3 A boat sinks AP 2/3 A boat floats AP 3/3 {end}");
            let found = parts(&text);
            let story = end[slide.len()..].trim();
            assert_eq!(found[found.len() - 2..], [('s', slide), ('t', story)], "{end}");
        }
    }

    #[test]
    fn other_numbers_are_no_gallery() {
        for text in [
            "He won 1 of 5 games, then 2 of 5, and at last 3 of 5.",
            "Part 1 of 3 of our series. Part 2 of 3 follows on Monday.",
            "Score: 1/3 2/5 3/7",
            "Sold 2 of 8 boats, 3 of 8 houses and 4 of 8 cars.",
        ] {
            assert!(Gallery::find(text).is_none(), "{text}");
        }
    }

    #[test]
    fn an_agency_at_the_end_of_a_slide_is_its_credit() {
        let slide = "A boat off Oban Getty Images";
        let credit = credit_of_slide(slide);
        assert_eq!(credit.map(|credit| credit.credit.of(slide)), Some("Getty Images"));
        assert!(credit_of_slide("A boat off Oban").is_none());
    }
}
