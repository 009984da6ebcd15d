//! When and by whom was the article of a page written, as readers see it?
//!
//! A page that says nothing for machines shows it near its heading: `By Ida Moe`, `5 March 2019`.
//! Only short lines count. A date that can be read in two ways does not.
//!
//! Cost: a few dozen blocks around the heading.

use super::blocks::{Block, Blocks, Role};
use crate::article::authors;
use crate::calendar::{day_of, has_date};

/// How many blocks after the heading and before it are looked at.
const AFTER: usize = 16;
const BEFORE: usize = 6;
/// How many paragraphs may come before: the summary.
const MOST_PARAGRAPHS: usize = 1;
/// The longest line that says when or by whom.
const LONGEST: usize = 160;

/// The lines around the heading, the likeliest first.
fn lines(blocks: &Blocks, heading: usize) -> impl Iterator<Item = &str> {
    let all = &blocks.all;
    let at = all.partition_point(|block| (block.first as usize) < heading);
    // What is below the first paragraphs is not near.
    let mut paragraphs = 0;
    let is_near = move |block: &&Block| {
        paragraphs += usize::from((block.end - block.start) as usize > LONGEST);
        paragraphs <= MOST_PARAGRAPHS
    };
    let after = all[at..].iter().take(AFTER).take_while(is_near);
    let before = all[..at].iter().rev().take(if heading > 0 { BEFORE } else { 0 });
    let is_line = |block: &&Block| (block.end - block.start) as usize <= LONGEST && block.role == Role::None;
    after.chain(before).filter(is_line).map(|block| blocks.text(block))
}

/// The day that is shown near the heading.
pub(super) fn day(blocks: &Blocks, heading: usize) -> Option<i32> {
    lines(blocks, heading).find_map(day_in)
}

/// The names after `By` near the heading, or after `Posted by` anywhere.
pub(super) fn people(blocks: &Blocks, heading: usize, language: &str) -> Vec<String> {
    let near = lines(blocks, heading).map(|line| names(line, language, false));
    let short = |block: &&Block| (block.end - block.start) as usize <= LONGEST;
    let posted = blocks.all.iter().filter(short).map(|block| names(blocks.text(block), language, true));
    near.chain(posted).find(|names| !names.is_empty()).unwrap_or_default()
}

/// What follows the `By` of a language.
pub(super) fn after_by<'a>(line: &'a str, language: &str) -> Option<&'a str> {
    const OF_LANGUAGE: [(&str, &str); 12] = [
        ("de", "Von "),
        ("fr", "Par "),
        ("es", "Por "),
        ("pt", "Por "),
        ("it", "Di "),
        ("nl", "Door "),
        ("sv", "Av "),
        ("no", "Av "),
        ("nb", "Av "),
        ("da", "Af "),
        ("pl", "Autor: "),
        ("de", "von "),
    ];
    let code = language.get(..2).unwrap_or_default();
    let mut leads = OF_LANGUAGE.iter().filter(|(of, _)| of.eq_ignore_ascii_case(code));
    leads.find_map(|(_, lead)| line.strip_prefix(lead))
}

/// The names in a line that says by whom an article is.
fn names(line: &str, language: &str, posted: bool) -> Vec<String> {
    const POSTED: [&str; 2] = ["Posted by ", "Submitted by "];
    const ENDS: [&str; 9] = [" on ", " at ", " in ", " » ", " | ", " am ", " le ", "Updated", "Published"];
    const LEADS: [&str; 16] = [
        "By ",
        "by ",
        "BY ",
        "By: ",
        "Written by ",
        "Published by ",
        "Story by ",
        "Words by ",
        "Author: ",
        "Words: ",
        "Text: ",
        "Report: ",
        "Interview: ",
        "Autor: ",
        "Tekst: ",
        "Auteur : ",
    ];
    let lead = |leads: &[&str]| leads.iter().find_map(|lead| line.strip_prefix(lead));
    let rest = match lead(&POSTED) {
        None if posted => None,
        None => lead(&LEADS)
            .or_else(|| after_by(line, language))
            // `March 5th, 2009 by Ida Moe`
            .or_else(|| {
                line.split_once(" by ").filter(|(before, _)| day_in(before).is_some()).map(|(_, by)| by)
            }),
        found => found,
    };
    let Some(rest) = rest.filter(|rest| rest.starts_with(char::is_uppercase)) else { return Vec::new() };
    let end = ENDS.iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
    let end = rest.find(|c: char| c.is_ascii_digit() || matches!(c, '.' | '?' | '!')).unwrap_or(end).min(end);
    // The point after an initial ends no sentence.
    let byline = if rest[..end].len() < 3 { rest } else { &rest[..end] };
    authors(byline).iter().map(|name| name.of(byline).to_owned()).filter(|name| name.contains(' ')).collect()
}

/// The first day that an article on a page may have: 1899-12-30. What is before it is not a date.
const FIRST_DAY: i32 = -25_569;

/// The names of the months, in the languages of the pages that are read most.
const MONTHS: [&str; 12] = [
    "january jan januar janvier enero ene gennaio gen janeiro januari jänner",
    "february feb februar février févr fév febrero febbraio fevereiro fev februari",
    "march mar märz mars marzo março maart mrt mär",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag maio mei maj",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug août agosto ago augustus augusti",
    "september sep sept septembre septiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro desember des",
];

/// The first day that a line names, in words or numbers.
pub(super) fn day_in(line: &str) -> Option<i32> {
    const LONGEST_WORD: usize = 12;
    let lower = line.to_lowercase();
    let is_part = |c: char| c.is_alphanumeric() && !matches!(c, '年' | '月' | '日');
    let words: Vec<&str> = lower
        .split(|c: char| !is_part(c))
        .filter(|word| !matches!(*word, "" | "de" | "of" | "del"))
        .collect();
    words.windows(3).find_map(|three| {
        let &[first, second, third] = three else { return None };
        let mark = &lower[second.as_ptr() as usize + second.len() - lower.as_ptr() as usize..];
        let (month, at) = [first, second]
            .iter()
            .zip(0..)
            .find_map(|(word, at)| {
                let is_month =
                    |names: &&str| word.len() <= LONGEST_WORD && names.split(' ').any(|name| name == *word);
                Some((MONTHS.iter().position(is_month)? as u32 + 1, at))
            })
            .unwrap_or_default();
        let day = |word: &str| {
            let bare = word.trim_end_matches(|c: char| c.is_alphabetic());
            number(bare).filter(|day| (1..=31).contains(day) && word.len() <= bare.len() + 2)
        };
        let year = |word: &str| number(word).filter(|_| word.len() == 4).map(|year| year as i32);
        let found = match (month, at) {
            (1.., 0) => day_of(year(third)?, month, day(second)?),
            (1.., _) => day_of(year(third)?, month, day(first)?),
            _ if first.len() == 4 && second.len() <= 2 && third.len() <= 2 => {
                day_of(year(first)?, number(second)?, number(third)?)
            }
            _ => {
                let (one, two) = (number(first)?, number(second)?);
                let year = year(third)?;
                let is_short = first.len() <= 2 && second.len() <= 2;
                match (one, two) {
                    _ if !is_short => None,
                    _ if mark.starts_with('.') || one > 12 => day_of(year, two, one),
                    _ if two > 12 => day_of(year, one, two),
                    _ => None,
                }
            }
        };
        found.filter(|&day| has_date(day) && day >= FIRST_DAY)
    })
}

fn number(word: &str) -> Option<u32> {
    word.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::format_day;

    #[test]
    fn a_line_names_a_day_in_words_or_numbers() {
        for (line, day) in [
            ("March 5th, 2009 by Ida Moe", "2009-03-05"),
            ("Submitted by Eva Strand on Wed, 2014-11-12 10:30", "2014-11-12"),
            ("Updated 1410 GMT (2210 HKT) February 5, 2019", "2019-02-05"),
            ("Stand: 12.03.2019, 14:05 Uhr", "2019-03-12"),
            ("Publié le 12 mars 2019 à 14h05", "2019-03-12"),
            ("2019年08月10日 10:20", "2019-08-10"),
            ("3 de mayo de 2021", "2021-05-03"),
            ("25/12/2018", "2018-12-25"),
            ("12/25/2018", "2018-12-25"),
        ] {
            assert_eq!(day_in(line).map(format_day).as_deref(), Some(day), "{line}");
        }
        for line in
            ["12/03/2018", "May 2019", "In 2019, 12 people", "31 February 2019", "room 12 may 20199", ""]
        {
            assert_eq!(day_in(line), None, "{line}");
        }
    }

    #[test]
    fn a_line_names_who_wrote_the_article() {
        for (line, language, name) in [
            ("By Ida Moe, CNX", "en", "Ida Moe"),
            ("Posted by José Ramos at October 21, 2008 07:12 PM", "", "José Ramos"),
            ("Von Anna Krüger", "de-DE", "Anna Krüger"),
            ("March 5th, 2009 by Ida Moe", "", "Ida Moe"),
        ] {
            assert_eq!(names(line, language, false), [name], "{line}");
        }
        for line in ["By the harbour, ships wait", "Von Anna Krüger", "A play by Ida Moe", "By Friday", ""] {
            assert!(names(line, "en", false).is_empty(), "{line}");
        }
    }
}
