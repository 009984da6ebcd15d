//! Which entity are the words for a speaker?
//!
//! The name in the words, unless it belongs to somebody else (*a lawyer for Smith*, *Smith's
//! sister*). A pronoun or a description (*the minister*) leads to somebody before: sentence by
//! sentence backwards, to the speaker of that sentence, or else to the first name in it that is not
//! part of somebody's words, if its kind and its gender fit.
//!
//! Cost: a window of sentences for each quotation.

use super::cue::CUES;
use super::read::{Quote, Said};
use crate::article::ZoneKind;
use crate::corpus::{ArticleRef, ZoneSet};
use crate::entity::{Resolution, SelectedMention};
use crate::resolve::{EntityKind, Gender, gender_of_name};
use crate::span::ByteSpan;

/// The most sentences that a search goes back.
const BACK: u32 = 8;

/// Whom words can mean.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Person(Gender),
    Group,
    /// The name of the phrase before: *who*, *which*.
    Antecedent,
    Nobody,
}

/// A mention as seen here.
struct Named {
    span: ByteSpan,
    zone: u32,
    sentence: u32,
    entity: u32,
    sort: EntityKind,
    gender: Gender,
    /// Whether it is part of quoted words.
    quoted: bool,
}

/// The entity of each quotation's speaker, as a position in the entities of the resolution.
pub(super) fn speakers(
    resolution: &Resolution<'_>,
    position: usize,
    article: ArticleRef<'_>,
    quotes: &mut [Quote],
) -> Vec<Option<u32>> {
    let named = named(resolution, position, article, quotes);
    for quote in quotes.iter_mut() {
        complete(&named, &mut quote.speaker);
    }
    let mut found: Vec<Option<u32>> = Vec::with_capacity(quotes.len());
    // The speakers so far: the sentence, and the position in `named`.
    let mut spoken: Vec<(u32, usize)> = Vec::new();
    // Those without a name: the sentence, and what they are.
    let mut unnamed: Vec<(u32, String)> = Vec::new();
    let mut last: Option<(Said, Option<usize>)> = None;
    for quote in quotes {
        let Some(speaker) = quote.speaker else {
            found.push(None);
            continue;
        };
        let who = match last {
            Some((same, who)) if same.span == speaker.span => who,
            _ => {
                let words = article.piece(speaker.span).to_lowercase();
                let at = sentence_of(article, speaker);
                let recent = unnamed.last().filter(|(before, _)| {
                    *before + BACK >= at && spoken.last().is_none_or(|(named, _)| named < before)
                });
                // "The witness", "he": of whom an article says no more than "a witness".
                let found = who(article, speaker, &named, &spoken);
                let known = recent.is_some_and(|(before, what)| {
                    words.strip_prefix("the ") == Some(what)
                        || matches!(words.as_str(), "he" | "she")
                            && found.is_none_or(|found| named[found].sentence <= *before)
                });
                let who = found.filter(|_| !known);
                let what = ["a ", "an "].into_iter().find_map(|a| words.strip_prefix(a));
                if let Some(what) = what.and_then(head).filter(|_| who.is_none()) {
                    unnamed.push((at, what.to_owned()));
                } else if known && let Some((before, _)) = unnamed.last_mut() {
                    *before = at;
                }
                who
            }
        };
        last = Some((speaker, who));
        if let Some(who) = who {
            let at = sentence_of(article, speaker);
            if spoken.last().is_none_or(|&(before, _)| before <= at) {
                spoken.push((at, who));
            }
        }
        found.push(who.map(|who| named[who].entity));
    }
    found
}

/// A name that the words for a speaker cut belongs to them.
fn complete(named: &[Named], speaker: &mut Option<Said>) {
    let Some(Said { zone, span, .. }) = speaker else { return };
    let cuts = |at: u32| {
        let before = named.partition_point(|name| (name.zone, name.span.start) < (*zone, at));
        let name = named[..before].last()?;
        (name.zone == *zone && name.span.end > at).then_some(name.span)
    };
    if let Some(name) = cuts(span.start) {
        span.start = name.start;
    }
    if let Some(name) = cuts(span.end) {
        span.end = name.end;
    }
}

/// The sentence that contains words, as a position in the part.
fn sentence_of(article: ArticleRef<'_>, said: Said) -> u32 {
    let sentences = article.part.sentences_of(said.zone as usize);
    let starts = &article.part.sentences[sentences.clone()];
    let after = starts.partition_point(|sentence| sentence.start <= said.span.start);
    (sentences.start + after.saturating_sub(1)) as u32
}

/// The mentions of the story, in the order of the text.
fn named(
    resolution: &Resolution<'_>,
    position: usize,
    article: ArticleRef<'_>,
    quotes: &[Quote],
) -> Vec<Named> {
    let known = resolution.cache.article_entities(article.row);
    let mut next = 0;
    let mut inside: Option<(u32, ByteSpan)> = None;
    let mut named = Vec::new();
    for SelectedMention { mention, entity, .. } in
        resolution.selected_mentions(position, article, ZoneSet::ALL, &[])
    {
        let kind = article.part.zones[mention.zone as usize].kind;
        if !matches!(kind, ZoneKind::Headline | ZoneKind::Body | ZoneKind::Caption) {
            continue;
        }
        // A headline may be a field, whose bytes are elsewhere: the order is that of the zones.
        let begun = |quote: &&Quote| (quote.zone, quote.span.start) <= (mention.zone, mention.span.start);
        while let Some(quote) = quotes.get(next).filter(begun) {
            if inside.is_none_or(|(zone, inside)| (zone, inside.end) < (quote.zone, quote.span.end)) {
                inside = Some((quote.zone, quote.span));
            }
            next += 1;
        }
        let whose = known.get(mention.link.who as usize);
        let first = article.piece(mention.span).split_whitespace().next().unwrap_or("");
        let gender = match whose.map_or(Gender::Unknown, |whose| whose.gender) {
            Gender::Unknown => {
                let full = &resolution.entities.list[entity as usize].name;
                let given = gender_of_name(&full.split(' ').next().unwrap_or("").to_lowercase());
                if given == Gender::Unknown { gender_of_name(&first.to_lowercase()) } else { given }
            }
            known => known,
        };
        named.push(Named {
            span: mention.span,
            zone: mention.zone,
            sentence: mention.sentence,
            entity,
            sort: whose.map_or(EntityKind::Other, |whose| whose.sort),
            gender,
            quoted: inside
                .is_some_and(|(zone, inside)| zone == mention.zone && mention.span.end <= inside.end),
        });
    }
    named
}

/// The mention that words for a speaker lead to.
fn who(article: ArticleRef<'_>, speaker: Said, named: &[Named], spoken: &[(u32, usize)]) -> Option<usize> {
    let words = article.piece(speaker.span);
    let first = names_before(speaker, named);
    if let Some(own) = own_name(article, speaker, named) {
        return own.alone.then_some(own.name);
    }
    let wanted = wanted(words);
    match wanted {
        Wanted::Nobody => None,
        Wanted::Antecedent => antecedent(article, speaker, first, named),
        _ => before(sentence_of(article, speaker), first, named, spoken, wanted),
    }
}

/// The number of names that end before some words.
fn names_before(words: Said, named: &[Named]) -> usize {
    named.partition_point(|name| (name.zone, name.span.end) <= (words.zone, words.span.start))
}

/// The name that *who* or *which* refers to: a person right before, or the name of the phrase
/// before.
fn antecedent(article: ArticleRef<'_>, relative: Said, first: usize, named: &[Named]) -> Option<usize> {
    let who = article.piece(relative.span).eq_ignore_ascii_case("who");
    let fits = |at: &usize| match named[*at].sort {
        EntityKind::Person => who,
        EntityKind::Group | EntityKind::Organisation => true,
        EntityKind::Place | EntityKind::Other => !who,
    };
    let adjacent = first.checked_sub(1).filter(|&at| named[at].zone == relative.zone).filter(|&at| {
        let between = ByteSpan::new(named[at].span.end, relative.span.start);
        (named[at].sort == EntityKind::Person) == who
            && article
                .piece(between)
                .chars()
                .all(|letter| matches!(letter, ' ' | ',' | '(' | ')' | '-' | '–' | '—'))
    });
    adjacent.filter(fits).or_else(|| {
        let phrase = Said { span: relative.antecedent?, ..relative };
        own_name(article, phrase, named).filter(|own| own.alone).map(|own| own.name).filter(fits)
    })
}

/// The name in words for a speaker.
struct Own {
    /// As a position in the names.
    name: usize,
    /// Whether no other of its kind speaks with it.
    alone: bool,
}

/// The name in the words for a speaker that is the speaker's.
fn own_name(article: ArticleRef<'_>, speaker: Said, named: &[Named]) -> Option<Own> {
    let first = names_before(speaker, named);
    let is_within = |name: &&Named| name.zone == speaker.zone && name.span.start < speaker.span.end;
    let within = named[first..].iter().take_while(is_within).count();
    let own = first + own_within(article, speaker, &named[first..first + within])?;
    // Of several who speak together, none is the speaker.
    let with = |other: usize| {
        let (one, other) = if other < own { (other, own) } else { (own, other) };
        let between = article.piece(ByteSpan::new(named[one].span.end, named[other].span.start));
        named[one].span.end <= named[other].span.start
            && !between.contains(',')
            && between.split_whitespace().any(|word| word == "and")
    };
    let same = |other: &usize| *other != own && named[*other].sort == named[own].sort;
    Some(Own { name: own, alone: !(first..first + within).filter(same).any(with) })
}

/// [`own_name`], as a position in the names within the words.
fn own_within(article: ArticleRef<'_>, speaker: Said, named: &[Named]) -> Option<usize> {
    const OTHERS: [&str; 10] = ["of", "for", "at", "from", "in", "with", "to", "by", "about", "on"];
    let belongs = |name: &Named| {
        let lead = article.piece(ByteSpan::new(speaker.span.start, name.span.start.max(speaker.span.start)));
        let rest = article.piece(ByteSpan::new(name.span.end.min(speaker.span.end), speaker.span.end));
        let mut before = lead.rsplit(' ').map(|word| word.trim_matches(',')).filter(|word| !word.is_empty());
        let last = before.next().unwrap_or("");
        let link = if last.eq_ignore_ascii_case("the") { before.next().unwrap_or("") } else { last };
        let owner = rest.starts_with("'s") || rest.starts_with('’') || rest.starts_with("' ");
        // "the Apple spokesman": a noun follows that is not part of the name.
        let next = rest.strip_prefix(' ').and_then(|rest| rest.chars().next());
        let modifies = next.is_some_and(char::is_lowercase)
            && !rest.trim_start().starts_with("of ")
            && !rest.trim_start().starts_with("and ");
        // "a commentator in the newspaper Haaretz"
        let of_another = name.sort != EntityKind::Person
            && lead.rsplit(", ").next().unwrap_or("").split(' ').skip(1).any(|word| OTHERS.contains(&word))
            && !named.iter().any(|other| other.span.end < name.span.start);
        !OTHERS.contains(&link) && !owner && !modifies && !of_another
    };
    let people = |name: &Named| name.sort == EntityKind::Person && belongs(name);
    let comma =
        article.piece(speaker.span).find(", ").map_or(speaker.span.end, |at| speaker.span.start + at as u32);
    // "Republicans", but not "the 40-year-old South African".
    let whole = |name: &Named| match name.sort {
        EntityKind::Other => false,
        EntityKind::Group => {
            let lead =
                article.piece(ByteSpan::new(speaker.span.start, name.span.start.max(speaker.span.start)));
            lead.is_empty() || lead.eq_ignore_ascii_case("the ")
        }
        _ => true,
    };
    let ahead = |name: &Named| name.span.start < comma;
    named
        .iter()
        .rposition(|name| people(name) && ahead(name))
        .or_else(|| named.iter().position(people))
        .or_else(|| named.iter().rposition(|name| whole(name) && belongs(name) && ahead(name)))
}

/// The last word before a preposition: what somebody is.
fn head(words: &str) -> Option<&str> {
    let end = |word: &&str| !matches!(*word, "of" | "for" | "in" | "at" | "who" | "from" | "with" | "on");
    words.split([' ', ',']).take_while(end).last()
}

/// Whom words without a name of their own can mean.
fn wanted(words: &str) -> Wanted {
    let lower = words.to_lowercase();
    let mut all = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = all.next().unwrap_or("");
    match first {
        "he" => Wanted::Person(Gender::Man),
        "she" => Wanted::Person(Gender::Woman),
        "it" => Wanted::Group,
        "who" | "which" => Wanted::Antecedent,
        "the" if lower.contains("-year-old") => Wanted::Person(Gender::Unknown),
        "the" | "this" => {
            // The head is the last word before a preposition.
            let head =
                all.take_while(|word| !matches!(*word, "of" | "for" | "in" | "at" | "who" | "from")).last();
            match head.unwrap_or("") {
                // "the child's mother"
                "father" | "son" | "husband" | "mother" | "daughter" | "wife"
                    if lower.contains("'s ") || lower.contains("’s ") =>
                {
                    Wanted::Nobody
                }
                "man" | "king" | "prince" | "father" | "son" | "husband" => Wanted::Person(Gender::Man),
                "woman" | "queen" | "princess" | "mother" | "daughter" | "wife" => {
                    Wanted::Person(Gender::Woman)
                }
                head if CUES.people.contains(&head) => Wanted::Person(Gender::Unknown),
                head if CUES.groups.contains(&head) => Wanted::Group,
                _ => Wanted::Nobody,
            }
        }
        _ => Wanted::Nobody,
    }
}

/// The last speaker or name before that fits.
fn before(
    sentence: u32,
    first: usize,
    named: &[Named],
    spoken: &[(u32, usize)],
    wanted: Wanted,
) -> Option<usize> {
    let fits = |name: &Named| match wanted {
        Wanted::Person(gender) => {
            name.sort == EntityKind::Person
                && (gender == Gender::Unknown || name.gender == Gender::Unknown || name.gender == gender)
        }
        _ => name.sort == EntityKind::Organisation,
    };
    let mut spoken = spoken.iter().rev().peekable();
    let mut at = first;
    for back in 0..=BACK {
        let here = sentence.checked_sub(back)?;
        while spoken.peek().is_some_and(|(when, _)| *when > here) {
            spoken.next();
        }
        if back > 0
            && let Some((_, who)) = spoken.peek().filter(|(when, who)| *when == here && fits(&named[*who]))
        {
            return Some(*who);
        }
        let mut lowest = at;
        while lowest > 0 && named[lowest - 1].sentence >= here {
            lowest -= 1;
        }
        if let Some(found) = (lowest..at).find(|&name| !named[name].quoted && fits(&named[name])) {
            return Some(found);
        }
        at = lowest;
    }
    None
}
