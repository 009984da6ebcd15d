//! Which places of a text are teams?
//!
//! `Surrey beat Durham`: a town or a county that plays is a team. Lines of results and tables show
//! it, and so do what teams do to each other and who plays for them. A place that is shown to be a
//! team is one elsewhere in the text, too, unless words such as `in` show the town. Countries
//! remain places. Cost: a check of the first tokens of each sentence, and a look-up or two for each
//! place.

use super::agree::NEAR;
use super::body_words::{Sign, is, is_land, signs};
use super::label::{Labels, Span, set};
use super::repair::Kinds;
use crate::batch::Watch;
use crate::error::Result;
use crate::hash::Map;

/// How much a name has to be shown to be a team near a sentence: a line of results is enough, a
/// single verb is not, because towns compete, too.
const SHOWN: usize = 2;

/// Words before the name of a place.
fn is_before_place(word: &str) -> bool {
    matches!(
        word,
        "in" | "In"
            | "IN"
            | "at"
            | "At"
            | "near"
            | "outside"
            | "around"
            | "toward"
            | "towards"
            | "throughout"
            | "across"
            | "leave"
            | "visit"
            | "visiting"
    )
}

/// The teams that are shown, by name in lower case: the sentences, one or more times each.
type Shown = Map<String, Vec<usize>>;

fn note<T: AsRef<str>>(shown: &mut Shown, name: &[T], at: usize, times: usize) {
    let known = shown.entry(lower(name)).or_default();
    known.extend(std::iter::repeat_n(at, times));
}

fn lower<T: AsRef<str>>(name: &[T]) -> String {
    name.iter().map(|word| word.as_ref().to_lowercase()).collect::<Vec<_>>().join(" ")
}

/// Labels the places of a text that are teams as organisations.
///
/// # Errors
/// [`crate::error::Kind::Cancelled`].
pub(crate) fn label_teams<S: AsRef<[T]>, T: AsRef<str>>(
    sentences: &[S],
    labels: &mut [Vec<u8>],
    kinds: Kinds,
    watch: &Watch,
) -> Result<()> {
    let (Some(place), Some(team)) = (kinds.place, kinds.organisation) else { return Ok(()) };
    let mut shown = Shown::default();
    for (at, (tokens, labels)) in watch.through(sentences.iter().zip(&mut *labels).enumerate()) {
        let line = Line { tokens: tokens.as_ref(), place, team, kinds };
        for (start, end) in line.results(labels).into_iter().flatten() {
            set(labels, start, end, team);
            note(&mut shown, &line.tokens[start..end], at, SHOWN);
        }
        if labels.iter().any(|&label| Labels::kind(label) == Some(place)) {
            line.players(labels, at, &mut shown, watch);
        }
    }
    watch.check()?;
    if shown.is_empty() {
        return Ok(());
    }
    for (at, (tokens, labels)) in watch.through(sentences.iter().zip(labels).enumerate()) {
        let tokens = tokens.as_ref();
        for span in watch.through(Labels::spans(labels)).filter(|span| span.kind == place) {
            let near = shown.get(&lower(&tokens[span.start..span.end])).is_some_and(|known| {
                let first = known.partition_point(|&sentence| sentence + NEAR < at);
                known.get(first + SHOWN - 1).is_some_and(|&sentence| sentence <= at + NEAR)
            });
            if near && !is_town_here(tokens, span) {
                set(labels, span.start, span.end, team);
            }
        }
    }
    watch.check()
}

/// Whether the words around the name of a team show that the town is meant.
fn is_town_here<T: AsRef<str>>(tokens: &[T], Span { start, end, .. }: Span) -> bool {
    let text = |at: usize| tokens.get(at).map_or("", AsRef::as_ref);
    let before = |by: usize| start.checked_sub(by).map_or("", text);
    let next = text(end);
    let lost = matches!(before(2), "lost" | "lose" | "loses" | "losing" | "loss" | "defeat");
    is_before_place(before(1))
        || (before(1) == "to" && !lost)
        || is(Sign::CivicNoun, next)
        || matches!(next, ":" | "(")
        // A dateline.
        || (start == 0 && !next.is_empty() && !next.contains(char::is_alphanumeric) && !next.starts_with(['\'', '’']))
        || (next.len() == 10 && next.starts_with(|first: char| first.is_ascii_digit()))
        || (next == "," && is_land(&tokens[end + 1..(end + 2).min(tokens.len())]))
}

/// A sentence, and the types that it is about.
struct Line<'a, T> {
    tokens: &'a [T],
    place: usize,
    team: usize,
    kinds: Kinds,
}

impl<T: AsRef<str>> Line<'_, T> {
    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", AsRef::as_ref)
    }

    /// One past the last word of the name that begins at a token.
    fn name(&self, start: usize) -> usize {
        /// The maximum number of words.
        const LONGEST: usize = 4;
        let is_word = |at: usize| self.text(at).starts_with(char::is_uppercase);
        let mut end = start;
        for _ in 0..LONGEST {
            if !is_word(end) {
                break;
            }
            end += 1;
            // `Queen's Park`, `Queen of South`
            end += usize::from(self.text(end) == "'s" || (self.text(end) == "of" && is_word(end + 1)));
        }
        end
    }

    /// One past a short code in brackets, if there is one: `Mladost (BJ)`.
    fn code(&self, at: usize) -> usize {
        let code = self.text(at + 1);
        let is_code = self.text(at) == "("
            && self.text(at + 2) == ")"
            && code.len() <= 2
            && code.bytes().all(|byte| byte.is_ascii_uppercase());
        at + 3 * usize::from(is_code)
    }

    fn is_score(&self, at: usize) -> bool {
        let text = self.text(at);
        (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    }

    fn is_land(&self, start: usize, end: usize) -> bool {
        is_land(&self.tokens[start..end])
    }

    /// Whether one of some labels is of a type.
    fn has(labels: &[u8], kind: Option<usize>) -> bool {
        kind.is_some() && labels.iter().any(|&label| Labels::kind(label) == kind)
    }

    fn has_side(&self, labels: &[u8]) -> bool {
        Self::has(labels, Some(self.place)) || Self::has(labels, Some(self.team))
    }

    /// The teams of a line of results: both in `Leeds 2 Hull 1`, the first in `BOSTON AT DENVER`,
    /// the one in `Leeds 4 3 1 0 9 2 10`.
    fn results(&self, labels: &[u8]) -> [Option<(usize, usize)>; 2] {
        let count = self.tokens.len();
        if (3..=7).contains(&count) && self.is_shouted() {
            let at = (1..=3).find(|&at| self.text(at) == "AT").unwrap_or(count);
            let sides = at + 1 < count
                && count - at <= 4
                && self.has_side(&labels[..at])
                && self.has_side(&labels[at + 1..])
                && labels.iter().enumerate().all(|(other, &label)| label != 0 || other == at);
            if sides && !self.is_land(0, at) && !self.is_land(at + 1, count) {
                return [Some((0, at)), None];
            }
        }
        let first = self.name(0);
        if first == 0 || first >= count || count < 3 {
            return [None; 2];
        }
        let after = self.code(first);
        let person = self.kinds.person;
        if self.is_score(after) && self.name(after + 1) > after + 1 {
            let (second, end) = (after + 1, self.name(after + 1));
            let stop = self.code(end);
            let ends = stop + 1 == count || matches!(self.text(stop + 1), "(" | "." | "-");
            if !self.is_score(stop) || !ends || self.is_land(0, first) || self.is_land(second, end) {
                return [None; 2];
            }
            let sides = [&labels[..first], &labels[second..end]];
            let people = sides.iter().all(|labels| Self::has(labels, person));
            let coded = after > first || stop > end;
            let short = first == 1 && end - second == 1 && !people;
            let found = coded || short || sides.iter().any(|labels| self.has_side(labels));
            return if found { [Some((0, after)), Some((second, stop))] } else { [None; 2] };
        }
        let numbers = count - after.min(count);
        let is_number = |token: &T| {
            let token = token.as_ref();
            token == "-"
                || (token.bytes().any(|byte| byte.is_ascii_digit())
                    && token.bytes().all(|byte| {
                        byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'/' | b'+' | b'-')
                    }))
        };
        if numbers < 3 || !self.tokens[after..].iter().all(is_number) || self.is_land(0, first) {
            return [None; 2];
        }
        // `.556`: the share of games that were won.
        let share = |token: &T| {
            token
                .as_ref()
                .strip_prefix('.')
                .is_some_and(|digits| digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let share = self.tokens[after..].iter().any(share);
        let whole = numbers >= 6 && (after..count).all(|at| self.is_score(at));
        let named = &labels[..first];
        let is_side = self.has_side(named) && (share || numbers >= 6);
        let is_other = !Self::has(named, person) && (share || whole);
        [(is_side || is_other).then_some((0, after)), None]
    }

    /// Whether all letters are capitals.
    fn is_shouted(&self) -> bool {
        !self.tokens.iter().any(|token| token.as_ref().contains(char::is_lowercase))
    }

    /// Labels places that words around them show to be teams.
    fn players(&self, labels: &mut [u8], at: usize, shown: &mut Shown, watch: &Watch) {
        for span in watch.through(Labels::spans(labels)) {
            let Span { start, end, kind } = span;
            if kind != self.place && kind != self.team {
                continue;
            }
            let before = start.checked_sub(1).map_or("", |at| self.text(at));
            let next = self.text(end);
            let is_digits = |at: usize, count: std::ops::RangeInclusive<usize>| {
                let text = self.text(at);
                count.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
            };
            let innings = matches!(before, ":" | ",")
                && next.split_once('-').is_some_and(|(runs, wickets)| {
                    (2..=3).contains(&runs.len())
                        && wickets.len() == 1
                        && (runs.to_owned() + wickets).bytes().all(|byte| byte.is_ascii_digit())
                });
            let whole = is_digits(end, 3..=3)
                && ((before == ":" && matches!(self.text(end + 1), "and" | "(" | "," | "for"))
                    || (before == "," && self.text(end + 1) == "and"));
            let points = is_digits(end, 1..=3) && self.text(end + 1) == "points";
            let next_signs = signs(next);
            let plays = next_signs.has(Sign::Player) && self.text(end + 1).starts_with(char::is_uppercase);
            let verb = next_signs.has(Sign::TeamVerb);
            if !(innings || whole || points || plays || verb || before == "v") || self.is_land(start, end) {
                continue;
            }
            let mut times = SHOWN;
            if verb && !(innings || whole || points || plays || before == "v") {
                let with = matches!(self.text(end + 1), "with" | "to" | "the");
                if matches!(next, "drew" | "tied") && !with {
                    continue;
                }
                let other = end + 1 + usize::from(with);
                let kind = labels.get(other).and_then(|&label| Labels::kind(label));
                if kind != Some(self.place) && kind != Some(self.team) {
                    continue;
                }
                let stop = (other + 1..labels.len())
                    .find(|&at| !Labels::is_inside(labels[at]))
                    .unwrap_or(labels.len());
                if self.is_land(other, stop) {
                    continue;
                }
                set(labels, other, stop, self.team);
                times = 1;
                note(shown, &self.tokens[other..stop], at, times);
            }
            set(labels, start, end, self.team);
            note(shown, &self.tokens[start..end], at, times);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tagger::repair::KINDS;

    fn teams(lines: &[(&str, &[u8])]) -> Vec<Vec<u8>> {
        let sentences: Vec<Vec<&str>> = lines.iter().map(|(line, _)| line.split(' ').collect()).collect();
        let mut labels: Vec<Vec<u8>> = lines.iter().map(|(_, labels)| labels.to_vec()).collect();
        label_teams(&sentences, &mut labels, KINDS, &Watch::default()).unwrap();
        labels
    }

    #[test]
    fn a_line_of_results_shows_teams_and_not_countries() {
        assert_eq!(teams(&[("Leeds 2 Hull 1", &[7, 0, 7, 0])]), [[3, 0, 3, 0]]);
        assert_eq!(teams(&[("Chile 2 Peru 1", &[7, 0, 7, 0])]), [[7, 0, 7, 0]]);
        assert_eq!(teams(&[("Berg 2 Holt 1", &[1, 0, 1, 0])]), [[1, 0, 1, 0]]);
        assert_eq!(teams(&[("DENVER AT BOSTON", &[7, 0, 7])]), [[3, 0, 7]]);
        assert_eq!(teams(&[("Denver 74 59 .556 -", &[7, 0, 0, 0, 0])]), [[3, 0, 0, 0, 0]]);
        assert_eq!(teams(&[("Denver 74 59 12", &[7, 0, 0, 0])]), [[7, 0, 0, 0]]);
        assert_eq!(teams(&[("Rad ( B ) 2 Hull 1", &[0, 0, 0, 0, 0, 7, 0])]), [[3, 4, 4, 4, 0, 3, 0]]);
    }

    #[test]
    fn a_team_is_one_elsewhere_unless_the_town_is_meant() {
        let found = teams(&[
            ("Leeds striker Ada Holt scored", &[7, 0, 1, 2, 0]),
            ("then Leeds lost", &[0, 7, 0]),
            ("she lives in Leeds", &[0, 0, 0, 7]),
            ("Leeds police said so", &[7, 0, 0, 0]),
        ]);
        assert_eq!(found[0][0], 3);
        assert_eq!(found[1..], [vec![0, 3, 0], vec![0, 0, 0, 7], vec![7, 0, 0, 0]]);
    }

    #[test]
    fn one_verb_shows_a_team_here_only() {
        let found = teams(&[("Leeds beat Hull", &[7, 0, 7]), ("then Leeds grew", &[0, 7, 0])]);
        assert_eq!(found, [[3, 0, 3], [0, 7, 0]]);
    }
}
