//! What did the tagger take for a name, or for a part of one, by mistake?
//!
//! After any name: a possessive. After a person's name: degrees and honours (`Nora Quell, LL.B.`),
//! and the party and state of a politician (`R-Wyo.`). After a company: the code of its share
//! (`BHP.AX`). Before a person's name: honorifics (`Datuk Seri`), and what the person is (`Brothers
//! Ed and David`). After a country: a number. What was glued to a name is set apart: [`glued`].
//!
//! [`glued`]: super::glued

use super::cut::trim_marks;
use super::glued::{label_based, trim_home, trim_source};
use super::lists::{
    honorific, is_act, is_country, is_degree, is_firm_ending, is_firm_noun, is_first_name, is_given_name,
    is_numbered, is_opener, is_place_noun, is_postal_code, is_region, is_role, is_share_code, is_short_state,
    is_town,
};
use super::question::asks;
use super::{Kinds, clear, continues, end_of, start_of};
use crate::batch::Watch;
use crate::language::{is_particle, is_title};
use crate::tagger::body_words::{Sign, is};
use crate::tagger::label::{Labels, Span, is_capitalised, set};

/// Removes from the names of a sentence what is not part of them.
pub(super) fn trim<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], kinds: Kinds, watch: &Watch) {
    if labels.iter().all(|&label| label == 0) {
        return;
    }
    let text = |at: usize| tokens[at].as_ref();
    for mut span in watch.through(Labels::spans(labels)) {
        trim_marks(tokens, labels, &mut span);
        if span.start == span.end {
            continue;
        }
        span = trim_source(tokens, labels, span, kinds);
        span = trim_home(tokens, labels, span, kinds);
        while span.end - span.start > 1 && is_possessive(text(span.end - 1)) {
            span.end -= 1;
            clear(labels, span.end, span.end + 1);
        }
        // `Clinton campaign`
        if span.end - span.start == 2 && Some(span.kind) != kinds.person && is_following(text(span.end - 1)) {
            span.end -= 1;
            clear(labels, span.end, span.end + 1);
        }
        for at in span.start..span.end {
            // An earlier name can have removed the label of a degree.
            if labels[at] == 0 {
                continue;
            }
            if is_share_code(text(at)) && is_share(tokens, at) {
                clear_code(tokens, labels, span, at);
            } else if let Some((first, mark)) = party_mark_around(tokens, span, at) {
                clear(labels, first, mark.end);
                if let (Some(state), Some(place)) = (mark.state, kinds.place)
                    && labels[state] != 0
                {
                    let end = end_of(labels, state);
                    set(labels, state, end, place);
                }
            }
        }
        if let (Some(person), 2) = (kinds.person, span.end - span.start)
            && Some(span.kind) == kinds.organisation
            && is_role(text(span.start))
            && ends_in_s(text(span.start))
            && is_given_name(text(span.start + 1))
        {
            // `Sisters Ana` `and Pia Sund`
            clear(labels, span.start, span.start + 1);
            set(labels, span.start + 1, span.end, person);
        }
        if let Some(person) = kinds.person
            && Some(span.kind) != kinds.person
            && Some(span.kind) != kinds.group
            && is_titled(&tokens[span.start..span.end])
        {
            clear(labels, span.start, span.start + 1);
            set(labels, span.start + 1, span.end, person);
        }
        // `Skipper` `Nora Quell`
        let before_person = kinds.person == Some(span.kind)
            && labels.get(span.end).is_some_and(|&next| next == (2 * span.kind + 1) as u8);
        if before_person
            && span.end - span.start == 1
            && is_role(text(span.start))
            && !is_given_name(text(span.start))
        {
            clear(labels, span.start, span.end);
            continue;
        }
        // `Jan. 1`
        if span.end - span.start == 2
            && is_month(text(span.start))
            && text(span.start + 1).bytes().all(|byte| byte.is_ascii_digit())
        {
            clear(labels, span.start, span.end);
            continue;
        }
        if span.end - span.start == 1 {
            trim_word(tokens, labels, span, kinds);
        }
        if Some(span.kind) == kinds.person {
            trim_person(tokens, labels, span, kinds.place);
        }
        if Some(span.kind) == kinds.place {
            trim_number(tokens, labels, span);
        }
    }
    if let Some(organisation) = kinds.organisation {
        for at in watch.through(1..tokens.len()) {
            if text(at).contains('.') && is_share_code(text(at)) && is_share(tokens, at) {
                label_listed(tokens, labels, at, organisation);
            }
        }
    }
    if let Some(place) = kinds.place {
        for at in watch.through(1..tokens.len()) {
            label_based(tokens, labels, at, place, kinds.group);
        }
        for at in watch.through(2..tokens.len()) {
            if text(at - 1) == "," && is_postal_code(text(at)) {
                label_state(tokens, labels, at, kinds.person, place);
            } else if text(at - 1) == "," && labels[at] == (2 * place + 1) as u8 {
                label_town(tokens, labels, at, kinds.person, place);
            }
        }
    }
}

/// Whether a name is a title and the full name of somebody: `Justice Antonin Scalia`.
fn is_titled<T: AsRef<str>>(words: &[T]) -> bool {
    /// Titles that also begin the names of places and houses: `St. John`, `Prince William County`.
    const OTHERS: [&str; 5] = ["Chief", "King", "Prince", "Queen", "Saint"];
    let (title, given, last) = match words {
        [title, given, last] => (title, given, last),
        [title, given, middle, last] if middle.as_ref().ends_with('.') => (title, given, last),
        _ => return false,
    };
    let (title, given, last) = (title.as_ref(), given.as_ref(), last.as_ref());
    is_title(title)
        && !OTHERS.contains(&title)
        && is_first_name(given)
        && is_capitalised(last)
        && !is_firm_ending(last)
        && !is_firm_noun(&last.to_lowercase())
        && !is_place_noun(last)
        && !is(Sign::Organ, &last.to_lowercase())
}

/// `R40bn`, `R2.5m`: an amount of money.
fn is_amount(word: &str) -> bool {
    let Some(number) = word.strip_prefix('R') else { return false };
    let number = number.strip_suffix("bn").or_else(|| number.strip_suffix('m')).unwrap_or_default();
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
}

/// Whether a word after the name of a politician is what the politician leads: `campaign`.
fn is_following(word: &str) -> bool {
    matches!(
        word,
        "administration"
            | "aide"
            | "aides"
            | "allies"
            | "backers"
            | "camp"
            | "campaign"
            | "campaigns"
            | "candidacy"
            | "presidency"
            | "rallies"
            | "rally"
            | "staffers"
            | "supporter"
            | "supporters"
            | "team"
    )
}

/// Removes the label of a quarter (`Q2`), which is not a name. Labels the short form of a state as
/// a place.
fn trim_word<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], Span { start, kind, .. }: Span, kinds: Kinds) {
    let word = tokens[start].as_ref();
    let is_quarter = matches!(word.as_bytes(), [b'Q', b'1'..=b'4'] | [b'H', b'1' | b'2']);
    // `Nora Quell (L)`, in captions
    let around =
        |at: Option<usize>, mark: &str| at.and_then(|at| tokens.get(at)).is_some_and(|t| t.as_ref() == mark);
    let is_side = matches!(word, "L" | "R" | "C" | "C-R" | "C-L" | "L-R" | "R-L" | "LR" | "2nd-L" | "2nd-R")
        && around(start.checked_sub(1), "(")
        && around(Some(start + 1), ")");
    // A committee that collects money, of whatever name; `R40bn`, an amount of rand.
    let is_fund = matches!(word, "PAC" | "PACs" | "SuperPAC" | "SuperPACs");
    if is_quarter || is_side || is_fund || is_amount(word) {
        labels[start] = 0;
    } else if let Some(place) = kinds.place
        && is_short_state(word)
        && Some(kind) != kinds.place
    {
        set(labels, start, start + 1, place);
    }
}

/// Whether a token is the short form of a month.
fn is_month(token: &str) -> bool {
    matches!(
        token,
        "Jan."
            | "Feb."
            | "Mar."
            | "Apr."
            | "Jun."
            | "Jul."
            | "Aug."
            | "Sep."
            | "Sept."
            | "Oct."
            | "Nov."
            | "Dec."
    )
}

/// Whether a word in lower case is a verb, judging by its ending.
fn is_verb(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_lowercase())
        && word.len() > 3
        && !is_particle(word)
        && (is_act(word) || word.ends_with("ed") || word.ends_with('s'))
}

/// Whether a token makes the name before it an owner.
pub(in crate::tagger) fn is_possessive(token: &str) -> bool {
    matches!(token, "'s" | "’s" | "'S" | "’S" | "'" | "’")
}

/// Whether what looks like the code of a share is one: a longer ticker always is, and a single
/// letter is in brackets or after a name.
fn is_share<T: AsRef<str>>(tokens: &[T], at: usize) -> bool {
    let text = tokens[at].as_ref();
    text.find('.').is_some_and(|stop| stop > 1)
        || at.checked_sub(1).is_some_and(|before| {
            let before = tokens[before].as_ref();
            matches!(before, "(" | "<" | "[" | ",") || before.starts_with(char::is_uppercase)
        })
}

/// Labels the name before the code of a share as a company: `Hallberg <HLBG.ST>`.
fn label_listed<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], code: usize, organisation: usize) {
    let opens = usize::from(matches!(tokens[code - 1].as_ref(), "(" | "<" | "["));
    let Some(last) = code.checked_sub(1 + opens).filter(|&last| labels[last] != 0) else { return };
    let start = start_of(labels, last);
    if !continues(labels, last + 1) {
        set(labels, start, last + 1, organisation);
    }
}

/// Removes a code from a name, and the brackets around it.
fn clear_code<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], span: Span, at: usize) {
    let is_mark = |at: usize| !tokens[at].as_ref().contains(char::is_alphanumeric);
    let start = (span.start..at).rev().take_while(|&at| is_mark(at)).last().unwrap_or(at);
    let end = (at + 1..span.end).find(|&at| !is_mark(at)).unwrap_or(span.end);
    clear(labels, start, end);
}

/// The party of a politician, and the state or district after it: `R-Wyo.`, `D-12th District`.
struct PartyMark {
    end: usize,
    /// The first token of the state or town, if it is separate from the party.
    state: Option<usize>,
}

/// The party mark that a token of a name begins, or that it ends as the first token of the name;
/// and the first token of the mark.
fn party_mark_around<T: AsRef<str>>(tokens: &[T], span: Span, at: usize) -> Option<(usize, PartyMark)> {
    let before = at.checked_sub(2).filter(|_| at == span.start);
    let around = before.and_then(|first| party_mark(tokens, first).map(|mark| (first, mark)));
    around.or_else(|| party_mark(tokens, at).map(|mark| (at, mark)))
}

fn party_mark<T: AsRef<str>>(tokens: &[T], at: usize) -> Option<PartyMark> {
    let text = |at: usize| tokens.get(at).map_or("", AsRef::as_ref);
    let is_party = |word: &str| matches!(word, "R" | "D" | "I" | "L" | "G" | "DFL" | "Lab" | "Con" | "LD");
    let opens = at.checked_sub(1).is_some_and(|before| matches!(text(before), "(" | "," | "["));
    if !opens {
        return None;
    }
    if matches!(text(at), "R" | "D" | "Lab" | "Con" | "LD" | "Ind")
        && text(at - 1) == "("
        && text(at + 1) == ")"
    {
        return Some(PartyMark { end: at + 1, state: None });
    }
    if is_party(text(at)) && matches!(text(at + 1), "-" | "–" | "‑") {
        let state = text(at + 2);
        return match state {
            _ if state.starts_with(|first: char| first.is_ascii_digit()) => {
                Some(PartyMark { end: at + 3, state: None })
            }
            _ if state.starts_with(char::is_uppercase) => {
                Some(PartyMark { end: at + 2, state: Some(at + 2) })
            }
            _ => None,
        };
    }
    let (party, rest) = text(at).split_once(['-', '–', '‑'])?;
    let is_place = rest.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit());
    let district = usize::from(text(at + 1) == "District");
    (is_party(party) && is_place).then_some(PartyMark { end: at + 1 + district, state: None })
}

/// Removes what precedes and what follows a person's name.
fn trim_person<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], span: Span, place: Option<usize>) {
    let text = |at: usize| tokens[at].as_ref();
    let Span { mut start, mut end, .. } = span;
    // A verb between two names: `Kim stuns Dunmore`.
    let is_verb_here = |&at: &usize| is_verb(text(at)) && text(at - 1).contains(char::is_alphabetic);
    let verbs: Vec<usize> = (start + 1..end).filter(is_verb_here).collect();
    for &verb in verbs.iter().rev() {
        clear(labels, verb, verb + 1);
        end = verb;
    }
    if let Some(degree) = (start + 1..end).find(|&at| is_degree(text(at)) && is_after_name(tokens, start, at))
    {
        let cut = if text(degree - 1) == "," { degree - 1 } else { degree };
        clear(labels, cut, end);
        end = cut;
    }
    let mut at = end;
    while at < tokens.len() {
        let degree = at + usize::from(text(at) == ",");
        if degree >= tokens.len()
            || !is_degree(text(degree))
            || (degree == at && at == end && end - start < 2)
        {
            break;
        }
        // `Lima, PE`: a place, if the tagger says so.
        if labels[degree] != 0 {
            clear(labels, degree, degree + 1);
        }
        at = degree + 1;
    }
    // `He's Donald Trump`
    if end - start > 2
        && matches!(text(start), "He" | "She" | "It" | "Who" | "That" | "Here" | "There" | "What")
        && matches!(text(start + 1), "'s" | "’s")
    {
        clear(labels, start, start + 2);
        start += 2;
    }
    while end - start > 1 && (is_opener(text(start)) || asks(tokens, start, end)) {
        clear(labels, start, start + 1);
        start += 1;
    }
    // `in Leesburg, Virginia` `Nora Quell`
    if let Some(place) = place
        && end - start > 2
        && start > 1
        && text(start - 1) == ","
        && Labels::kind(labels[start - 2]) == Some(place)
        && is_region(&tokens[start..=start])
        && is_first_name(text(start + 1))
        && let Some(person) = Labels::kind(labels[start])
    {
        set(labels, start, start + 1, place);
        start += 1;
        set(labels, start, end, person);
    }
    let titles = honorific(&tokens[start..end]);
    if titles > 0 && end - start > titles {
        clear(labels, start, start + titles);
        start += titles;
    }
    let is_pair = |end: usize| tokens.get(end).is_some_and(|next| matches!(next.as_ref(), "and" | "," | "&"));
    if is_role(text(start))
        && (end - start > 2 || (end - start == 2 && is_pair(end) && ends_in_s(text(start))))
        && !is_given_name(text(start))
    {
        clear(labels, start, start + 1);
    }
}

fn ends_in_s(word: &str) -> bool {
    word.ends_with('s')
}

/// Whether a degree inside a name follows its surname: after a comma, or after two words.
fn is_after_name<T: AsRef<str>>(tokens: &[T], start: usize, degree: usize) -> bool {
    let shouted = tokens[start].as_ref().len() > 2 && !tokens[start].as_ref().contains(char::is_lowercase);
    tokens[degree - 1].as_ref() == "," || (degree - start > 1 && !shouted)
}

/// Removes a number from the end of a place: the score of `Latvia 3`, but not of `Highway 4`.
fn trim_number<T: AsRef<str>>(tokens: &[T], labels: &mut [u8], Span { start, end, .. }: Span) {
    if end - start > 1
        && tokens[end - 1].as_ref().bytes().all(|byte| byte.is_ascii_digit())
        && !is_numbered(tokens[end - 2].as_ref())
    {
        clear(labels, end - 1, end);
    }
}

/// Labels a town before the name of its state or province: `Salem, Oregon`, but not `Salem,
/// Oregon's capital`, which may be anything.
fn label_town<T: AsRef<str>>(
    tokens: &[T],
    labels: &mut [u8],
    at: usize,
    person: Option<usize>,
    place: usize,
) {
    let end = end_of(labels, at);
    let owns = tokens.get(end).is_some_and(|next| is_possessive(next.as_ref()));
    let town = at - 2;
    let kind = Labels::kind(labels[town]);
    if owns || kind.is_none() || kind == Some(place) {
        return;
    }
    let start = start_of(labels, town);
    let is_person = kind == person && town > start;
    // One word before a state, and nothing after it, is a town even if no list has it.
    let ends = tokens.get(end).is_none_or(|next| matches!(next.as_ref(), "," | "." | ";" | ")"));
    let before = start.checked_sub(1).map_or("", |before| tokens[before].as_ref());
    let small =
        town == start && ends && kind == person && before.starts_with(char::is_lowercase) && before != "and";
    // `Georgetown, Guyana`: a university only where no country follows.
    let in_country = || town == start && is_country(&tokens[at..end]) && is_town(&tokens[start..=town]);
    let in_region = is_region(&tokens[at..end]) && (small || is_town(&tokens[start..=town]));
    if !is_person && (in_region || kind != person && in_country()) {
        set(labels, start, town + 1, place);
    }
}

/// Labels a postal code after a place, and the place itself.
fn label_state<T: AsRef<str>>(
    tokens: &[T],
    labels: &mut [u8],
    at: usize,
    person: Option<usize>,
    place: usize,
) {
    let town = at - 2;
    let capital = tokens[town].as_ref().starts_with(char::is_uppercase);
    if !capital {
        return;
    }
    let kind = Labels::kind(labels[town]);
    let start = start_of(labels, town);
    // `Nora Quell, MD`: a degree. `to Jackson, MS` is a town.
    let reached =
        start > 0 && matches!(tokens[start - 1].as_ref(), "to" | "in" | "from" | "near" | "outside");
    let alone = town == start && (reached || is_town(&tokens[start..=town]));
    let is_person = kind.is_some() && kind == person && !alone;
    if (is_person && (town > start || is_degree(tokens[at].as_ref().trim_end_matches('.'))))
        || (kind.is_none() && is_degree(tokens[at].as_ref().trim_end_matches('.')))
    {
        return;
    }
    set(labels, at, at + 1, place);
    if kind != Some(place) {
        set(labels, start, town + 1, place);
    }
}

#[cfg(test)]
mod tests {
    use super::super::repaired;

    #[test]
    fn a_state_before_somebody_is_that_of_the_town() {
        assert_eq!(repaired("in Lund , Virginia Nora Quell", &[0, 7, 0, 1, 2, 2]), [0, 7, 0, 7, 1, 2]);
        assert_eq!(repaired("said Virginia Nora Quell", &[0, 1, 2, 2]), [0, 1, 2, 2]);
    }

    #[test]
    fn what_politicians_lead_and_amounts_are_no_part_of_names() {
        assert_eq!(repaired("the Quell campaign said", &[0, 5, 6, 0]), [0, 5, 0, 0]);
        assert_eq!(repaired("a super PAC paid R40bn", &[0, 0, 3, 0, 3]), [0; 5]);
        assert_eq!(repaired("Nora Quell ( C-R ) left", &[1, 2, 0, 3, 0, 0]), [1, 2, 0, 0, 0, 0]);
        assert_eq!(repaired("Justice Anna Quell left", &[3, 4, 4, 0]), [0, 1, 2, 0]);
        assert_eq!(repaired("Judge John M. Quell ruled", &[3, 4, 4, 4, 0]), [0, 1, 2, 2, 0]);
        assert_eq!(repaired("the Justice Department said", &[0, 3, 4, 0]), [0, 3, 4, 0]);
        assert_eq!(repaired("the President Nelson Hotel", &[0, 3, 4, 4]), [0, 3, 4, 4]);
        assert_eq!(repaired("Skipper Anna Quell left", &[1, 1, 2, 0]), [0, 1, 2, 0]);
    }

    #[test]
    fn degrees_are_no_names() {
        assert_eq!(repaired("Rosa Blum , M.D. , left", &[1, 2, 0, 7, 0, 0]), [1, 2, 0, 0, 0, 0]);
        assert_eq!(repaired("Rosa Blum , R.N. , M.P.H. , left", &[1, 2, 0, 3, 0, 1, 0, 0])[2..], [0; 6]);
        assert_eq!(repaired("Rosa Blum PhD left", &[1, 2, 2, 0]), [1, 2, 0, 0]);
        assert_eq!(repaired("Jack Ma left", &[1, 2, 0]), [1, 2, 0]);
        assert_eq!(repaired("Rosa Blum Jr. left", &[1, 2, 2, 0]), [1, 2, 2, 0]);
    }

    #[test]
    fn the_party_and_state_of_a_politician_are_no_names() {
        assert_eq!(repaired("Blum ( R - Utah ) left", &[1, 0, 5, 6, 6, 0, 0]), [1, 0, 0, 0, 7, 0, 0]);
        assert_eq!(repaired("Blum , D-9th District , left", &[1, 0, 7, 8, 0, 0]), [1, 0, 0, 0, 0, 0]);
        assert_eq!(repaired("Blum ( D - Mich. ) left", &[1, 0, 0, 0, 1, 0, 0]), [1, 0, 0, 0, 7, 0, 0]);
        assert_eq!(repaired("the R - Evolution Tour", &[0, 5, 6, 6, 6]), [0, 5, 6, 6, 6]);
    }

    #[test]
    fn the_code_of_a_share_is_no_name() {
        assert_eq!(repaired("Hallberg Inc HLBG.O rose", &[3, 4, 4, 0]), [3, 4, 0, 0]);
        assert_eq!(repaired("Hallberg ( HLBG.O ) rose", &[1, 0, 0, 0, 0]), [3, 0, 0, 0, 0]);
        assert_eq!(repaired("( HLB.AX )", &[0, 5, 0]), [0, 0, 0]);
        assert_eq!(repaired("HLBG.O ) Inc rose", &[3, 4, 4, 0]), [0, 0, 3, 0]);
    }

    #[test]
    fn what_somebody_is_is_no_part_of_the_name() {
        assert_eq!(repaired("Brothers Jens and Lars Holm", &[1, 2, 0, 1, 2]), [0, 1, 0, 1, 2]);
        assert_eq!(repaired("Datuk Seri Anwar left", &[1, 2, 2, 0]), [0, 0, 1, 0]);
        assert_eq!(repaired("Frenchman Luc Moreau won", &[1, 2, 2, 0]), [0, 1, 2, 0]);
        assert_eq!(repaired("Kim stuns Dunmore", &[1, 2, 2]), [1, 0, 1]);
        assert_eq!(repaired("Jan van der Meer", &[1, 2, 2, 2]), [1, 2, 2, 2]);
        assert_eq!(repaired("Has Luc Moreau won", &[1, 2, 2, 0]), [0, 1, 2, 0]);
        assert_eq!(repaired("So Yeon Park won", &[1, 2, 2, 0]), [1, 2, 2, 0]);
        assert_eq!(repaired("He 's Luc Moreau", &[1, 2, 2, 2]), [0, 0, 1, 2]);
    }

    #[test]
    fn a_possessive_is_no_part_of_a_name() {
        assert_eq!(repaired("Blum 's house", &[1, 2, 0]), [1, 0, 0]);
        assert_eq!(repaired("Moody ’s index", &[3, 4, 0]), [3, 4, 0]);
    }

    #[test]
    fn a_number_after_a_place_is_its_score() {
        assert_eq!(repaired("Latvia 3 , Peru 1", &[7, 8, 0, 7, 8]), [7, 0, 0, 7, 0]);
        assert_eq!(repaired("on Highway 4", &[0, 7, 8]), [0, 7, 8]);
    }

    #[test]
    fn a_postal_code_after_a_town_is_its_state() {
        assert_eq!(repaired("in Salem , OR , on", &[0, 7, 0, 3, 0, 0]), [0, 7, 0, 7, 0, 0]);
        assert_eq!(repaired("in Hamilton , ON , on", &[0, 1, 0, 0, 0, 0]), [0, 7, 0, 7, 0, 0]);
        assert_eq!(repaired("in Salem , Oregon , on", &[0, 3, 0, 7, 0, 0]), [0, 7, 0, 7, 0, 0]);
        assert_eq!(repaired("in Salem , Oregon 's capital", &[0, 3, 0, 7, 0, 0]), [0, 3, 0, 7, 0, 0]);
        assert_eq!(repaired("Rosa Blum , MA , left", &[1, 2, 0, 1, 0, 0]), [1, 2, 0, 0, 0, 0]);
    }

    #[test]
    fn quarters_and_halves_of_words_are_no_names() {
        assert_eq!(repaired("in Q2 sales", &[0, 7, 0]), [0, 0, 0]);
        assert_eq!(repaired("Oslo , Jan. 3 -", &[7, 0, 1, 2, 0]), [7, 0, 0, 0, 0]);
        assert_eq!(repaired("of Alder , Calif. ,", &[0, 0, 0, 3, 0])[3], 7);
        assert_eq!(repaired("a San Francisco-based firm", &[0, 7, 0, 0]), [0, 7, 8, 0]);
        assert_eq!(repaired("a South African-based firm", &[0, 7, 0, 0]), [0, 9, 10, 0]);
    }
}
