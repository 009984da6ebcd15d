//! Which names of a text do the words around them show to be organisations?
//!
//! The tagger takes `Acumen` for a person where nothing shows that it is a company; but another
//! sentence says `the company Acumen`, `shares of Acumen` or `Acumen, a retailer`. Each name of one
//! word gathers such signs over the text, and is an organisation where it was taken for something
//! else. What people can have, too (`Ruiz officials`), makes nobody a company, nor does the text
//! have a full name or a title with it. Cost: a few look-ups for each name of one word.

use super::agree::{NEAR, Sentences, note};
use super::body_words::{Sign, is, is_land, signs};
use super::label::{Labels, Span, is_capitalised, set};
use super::repair::{Kinds, begins_before, continues, is_firm_cue, is_firm_noun};
use crate::batch::Watch;
use crate::error::Result;
use crate::hash::Map;
use crate::language::is_title;

/// What the sentences up to one show of a word, in total.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    at: usize,
    /// Words around it that show an organisation.
    signs: usize,
    /// Those of them that show nobody.
    proofs: usize,
    /// How often the tagger takes it for an organisation.
    named: usize,
    /// How often a title precedes it.
    titled: usize,
}

type Tallies<'a> = Map<&'a str, Vec<Tally>>;

/// Adds to what a sentence shows of a word.
fn add<'a>(tallies: &mut Tallies<'a>, word: &'a str, at: usize, change: impl Fn(&mut Tally)) {
    let known = tallies.entry(word).or_default();
    let last = known.last().copied().unwrap_or_default();
    if known.is_empty() || last.at != at {
        known.push(Tally { at, ..last });
    }
    if let Some(last) = known.last_mut() {
        change(last);
    }
}

/// What the sentences near one show of a word.
fn near(tallies: &Tallies<'_>, word: &str, at: usize) -> Option<Tally> {
    let known = tallies.get(word)?;
    let before = |sentence: usize| {
        let count = known.partition_point(|tally| tally.at < sentence);
        count.checked_sub(1).map_or_else(Tally::default, |last| known[last])
    };
    let (first, last) = (before(at.saturating_sub(NEAR)), before(at + NEAR + 1));
    Some(Tally {
        at,
        signs: last.signs - first.signs,
        proofs: last.proofs - first.proofs,
        named: last.named - first.named,
        titled: last.titled - first.titled,
    })
}

impl Tally {
    /// A sign counts as much as three sentences in which the tagger is right.
    fn score(self) -> usize {
        if self.signs == 0 { 0 } else { 3 * self.signs + self.named }
    }
}

/// Labels names of one word as organisations where the text shows that they are.
///
/// # Errors
/// [`crate::error::Kind::Cancelled`].
pub(crate) fn label_firms<S: AsRef<[T]>, T: AsRef<str>>(
    sentences: &[S],
    labels: &mut [Vec<u8>],
    kinds: Kinds,
    watch: &Watch,
) -> Result<()> {
    let Some(organisation) = kinds.organisation else { return Ok(()) };
    let (mut people, mut seen) = (Sentences::default(), Map::<&str, Seen>::default());
    for (at, (tokens, labels)) in watch.through(sentences.iter().zip(&*labels).enumerate()) {
        let tokens = tokens.as_ref();
        for Span { start, end, kind } in watch.through(Labels::spans(labels)) {
            if end - start > 1 {
                if Some(kind) == kinds.person {
                    tokens[start..end].iter().for_each(|word| note(&mut people, word.as_ref(), at));
                }
            } else if Some(kind) != kinds.group {
                let seen = seen.entry(tokens[start].as_ref()).or_default();
                seen.organisation += usize::from(kind == organisation);
                seen.other |= kind != organisation;
            }
        }
    }
    watch.check()?;
    seen.retain(|word, seen| (seen.other || seen.organisation > 1) && !people.contains_key(word));
    let mut tallies = Tallies::default();
    for (at, (tokens, labels)) in watch.through(sentences.iter().zip(&*labels).enumerate()) {
        let tokens = tokens.as_ref();
        for Span { start, end, kind } in watch.through(Labels::spans(labels)) {
            let word = tokens[start].as_ref();
            if end - start > 1 || !seen.contains_key(word) {
                continue;
            }
            if let Some(proof) = sign(tokens, start, kind, kinds) {
                add(&mut tallies, word, at, |tally| {
                    tally.signs += 1;
                    tally.proofs += usize::from(proof);
                });
            }
            if start > 0 && is_title(tokens[start - 1].as_ref()) {
                add(&mut tallies, word, at, |tally| tally.titled += 1);
            }
            if kind == organisation {
                add(&mut tallies, word, at, |tally| tally.named += 1);
            }
        }
    }
    watch.check()?;
    tallies.retain(|_, known| known.last().is_some_and(|last| last.signs > 0));
    if tallies.is_empty() {
        return Ok(());
    }
    let missed = tallies.values().any(|known| known.last().is_some_and(|last| last.named > 1));
    for (at, (tokens, labels)) in watch.through(sentences.iter().zip(labels).enumerate()) {
        let tokens = tokens.as_ref();
        for start in watch.through(0..tokens.len()) {
            let kind = Labels::kind(labels[start]);
            if (kind.is_none() && !missed)
                || kind == Some(organisation)
                || (kind.is_some() && kind == kinds.group)
                || is_part(labels, start)
            {
                continue;
            }
            let word = tokens[start].as_ref();
            if kind.is_none() && !word.starts_with(|first: char| first.is_uppercase()) {
                continue;
            }
            let Some(tally) = near(&tallies, word, at).filter(|tally| tally.signs > 0) else { continue };
            let shown = match kind {
                None => start > 0 && word.len() > 2 && tally.named > 1 && tally.score() > 4,
                Some(_) if kind == kinds.person => tally.proofs > 0,
                Some(_) if kind == kinds.place => tally.score() > 5 && !is_land(&tokens[start..=start]),
                // A product has sales and a unit, too: only what the tagger takes for a company.
                Some(_) => tally.score() > 5 && tally.named > 1,
            };
            if shown && tally.titled == 0 {
                set(labels, start, start + 1, organisation);
            }
        }
    }
    watch.check()
}

/// As what the tagger takes a word in a text.
#[derive(Debug, Default, Clone, Copy)]
struct Seen {
    organisation: usize,
    other: bool,
}

/// Whether a token is in a name of several words.
fn is_part(labels: &[u8], at: usize) -> bool {
    begins_before(labels, at) || continues(labels, at + 1)
}

/// Whether the words around a name show that it is an organisation, and whether they prove it.
fn sign<T: AsRef<str>>(tokens: &[T], at: usize, kind: usize, kinds: Kinds) -> Option<bool> {
    /// In how many words of an apposition the noun is.
    const APPOSITION: usize = 5;
    let text = |at: usize| tokens.get(at).map_or("", AsRef::as_ref);
    let before = |by: usize| at.checked_sub(by).map_or("", text);
    let mut found = None;
    let mut show = |proof: bool| found = Some(proof || found == Some(true));
    let body = signs(before(1));
    if body.has(Sign::Body) || is_firm_cue(before(1)) {
        show(!body.has(Sign::Weak));
    }
    if Some(kind) == kinds.place {
        return found;
    }
    if matches!(before(1), "of" | "for") && is(Sign::OfBody, before(2)) && !is_land(&tokens[at..=at]) {
        // A politician has spokesmen and directors, too: `director for Sanders`.
        show(before(1) == "of");
    }
    let possessive = match text(at + 1) {
        "'s" | "’s" => 1,
        "’" if text(at + 2) == "s" => 2,
        _ => 0,
    };
    let owned = text(at + 1 + possessive);
    let noun = signs(owned);
    if noun.has(Sign::BodyNoun) || noun.has(Sign::Proof) || is_firm_noun(owned) {
        show(noun.has(Sign::Proof));
    }
    if text(at + 1) == "," && matches!(text(at + 2), "a" | "an" | "the") {
        let words = &tokens[at + 3..(at + 3 + APPOSITION).min(tokens.len())];
        let is_body = |word: &T| {
            let signs = signs(word.as_ref());
            !signs.has(Sign::Weak) && (signs.has(Sign::Body) || is_firm_cue(word.as_ref()))
        };
        let is_person = |word: &T| is(Sign::Person, word.as_ref()) || word.as_ref().ends_with("year-old");
        if words.iter().any(is_body) && !words.iter().any(is_person) {
            show(true);
        }
    }
    found
}

/// Labels the short forms of a text, such as `Kafuco` in `Kaimosi College (Kafuco)`, as their long
/// forms are labelled; if the long form is an ordinary phrase, the short form is not a name.
///
/// # Errors
/// [`crate::error::Kind::Cancelled`].
pub(crate) fn label_short_forms<S: AsRef<[T]>, T: AsRef<str>>(
    sentences: &[S],
    labels: &mut [Vec<u8>],
    kinds: Kinds,
    watch: &Watch,
) -> Result<()> {
    let Some(organisation) = kinds.organisation else { return Ok(()) };
    for (tokens, labels) in watch.through(sentences.iter().zip(&mut *labels)) {
        let tokens = tokens.as_ref();
        for opens in 3..tokens.len().saturating_sub(2) {
            if tokens[opens].as_ref() == "("
                && tokens[opens + 2].as_ref() == ")"
                && let Some(start) = listing(tokens, labels, opens, kinds)
            {
                set(labels, start, opens, organisation);
            }
        }
    }
    // The sentences that introduce a short form, and what it is.
    let mut introduced: Map<&str, Vec<(usize, LongForm)>> = Map::default();
    for (at, (tokens, labels)) in watch.through(sentences.iter().zip(&*labels).enumerate()) {
        let tokens = tokens.as_ref();
        for opens in 1..tokens.len().saturating_sub(2) {
            if tokens[opens].as_ref() == "("
                && tokens[opens + 2].as_ref() == ")"
                && is_short(tokens[opens + 1].as_ref())
                && let Some(form) = long_form(tokens, labels, opens, kinds)
            {
                introduced.entry(tokens[opens + 1].as_ref()).or_default().push((at, form));
            }
        }
    }
    watch.check()?;
    if introduced.is_empty() {
        return Ok(());
    }
    for (at, (tokens, labels)) in watch.through(sentences.iter().zip(labels).enumerate()) {
        let tokens = tokens.as_ref();
        for start in watch.through(0..tokens.len()) {
            let word = tokens[start].as_ref();
            if !word.starts_with(char::is_uppercase) {
                continue;
            }
            let Some(known) = introduced.get(word) else { continue };
            // A headline can precede what introduces the short form.
            let count = known.partition_point(|&(sentence, _)| sentence <= at + 2);
            let Some(&(sentence, form)) = count.checked_sub(1).map(|last| &known[last]) else { continue };
            let own = Labels::kind(labels[start]);
            if is_part(labels, start) || sentence + NEAR < at {
                continue;
            }
            match form {
                LongForm::Name(kind) if own.is_some() || kind == organisation => {
                    set(labels, start, start + 1, kind);
                }
                LongForm::Phrase if own == Some(organisation) => labels[start] = 0,
                _ => {}
            }
        }
    }
    watch.check()
}

/// Where a name with a comma begins that the bracket at `opens` abbreviates, if the tagger has its
/// last words only: `Department of Health, Education and Welfare (HEW)`, `Immigration, Refugees and
/// Citizenship Canada (IRCC)`. One word may have no letter. What precedes the first word that has
/// one, such as `Department of`, belongs to the name if it has the same label.
fn listing<T: AsRef<str>>(tokens: &[T], labels: &[u8], opens: usize, kinds: Kinds) -> Option<usize> {
    const LONGEST: usize = 14;
    let text = |at: usize| tokens[at].as_ref();
    let short = text(opens + 1);
    if short.len() < 3 || !short.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let mut letters = short.chars().rev().peekable();
    let mut start = opens;
    let (mut commas, mut skipped) = (false, false);
    while let Some(&letter) = letters.peek() {
        start = start.checked_sub(1).filter(|start| opens - start <= LONGEST)?;
        let word = text(start);
        if word.starts_with(char::is_uppercase) {
            if word.starts_with(letter) {
                letters.next();
            } else if std::mem::replace(&mut skipped, true) {
                return None;
            }
        } else if word == "," {
            commas = true;
        } else if !matches!(word, "and" | "of" | "the" | "for" | "&" | "on") {
            return None;
        }
    }
    let is_body = |&label: &u8| {
        label == 0 || !matches!(Labels::kind(label), kind if kind == kinds.place || kind == kinds.person)
    };
    let fits = commas && Labels::kind(labels[opens - 1]) == kinds.organisation;
    if !fits || !labels[start..opens].iter().all(is_body) {
        return None;
    }
    let begins = (0..=start).rev().find(|&at| !Labels::is_inside(labels[at]));
    begins.filter(|_| labels[start] != 0).or(Some(start))
}

/// Whether a word in brackets can be a short form.
fn is_short(word: &str) -> bool {
    (2..=10).contains(&word.len())
        && word.starts_with(char::is_uppercase)
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// What a long form is: a name of a type, or an ordinary phrase.
#[derive(Debug, Clone, Copy)]
enum LongForm {
    Name(usize),
    Phrase,
}

/// Whether the letters of a short form are in its long form, in this order.
fn is_within<T: AsRef<str>>(short: &str, words: &[T]) -> bool {
    let mut letters = words.iter().flat_map(|word| word.as_ref().chars());
    let mut digits_aside = short.chars().filter(|letter| letter.is_alphabetic());
    digits_aside.all(|letter| letters.any(|other| other.eq_ignore_ascii_case(&letter)))
}

/// What the words before the bracket at `opens` are. `None` if they are not the long form of what
/// is in the brackets.
fn long_form<T: AsRef<str>>(tokens: &[T], labels: &[u8], opens: usize, kinds: Kinds) -> Option<LongForm> {
    /// The maximum number of words of an ordinary phrase.
    const LONGEST: usize = 8;
    let text = |at: usize| tokens[at].as_ref();
    let short = text(opens + 1);
    let last = opens - 1 - usize::from(opens > 1 && !text(opens - 1).contains(char::is_alphanumeric));
    let first_letter = |at: usize| text(at).chars().next().filter(|first| first.is_alphabetic());
    let is_body = !is(Sign::NoBody, text(last));
    if let Some(kind) = Labels::kind(labels[last]) {
        let start = (0..=last).rev().find(|&at| !Labels::is_inside(labels[at])).unwrap_or(last);
        let same =
            first_letter(start).zip(short.chars().next()).is_some_and(|(a, b)| a.eq_ignore_ascii_case(&b));
        if last > start && same && is_within(short, &tokens[start..=last]) {
            let of_kind = Some(kind) == kinds.organisation;
            let kind = if of_kind && !is_body { kinds.other.unwrap_or(kind) } else { kind };
            let is_place = Some(kind) == kinds.place && !short.contains(char::is_lowercase);
            let known = is_place || Some(kind) == kinds.organisation || Some(kind) == kinds.other;
            return known.then_some(LongForm::Name(kind));
        }
    }
    if short.len() < 3 || short.contains(char::is_lowercase) {
        return None;
    }
    let mut letters = short.chars().rev().peekable();
    let mut start = opens;
    while let Some(&letter) = letters.peek() {
        start = start.checked_sub(1).filter(|start| opens - start <= LONGEST)?;
        if let Some(first) = first_letter(start) {
            if !first.eq_ignore_ascii_case(&letter) {
                return None;
            }
            letters.next();
        }
    }
    let is_organisation =
        |&label: &u8| Labels::kind(label).is_some() && Labels::kind(label) == kinds.organisation;
    let named = labels[start..opens].iter().any(is_organisation);
    let titled = tokens[start..opens].iter().all(|word| {
        is_capitalised(word.as_ref()) || matches!(word.as_ref(), "of" | "and" | "for" | "the" | "on" | "de")
    });
    let noun = is(Sign::Organ, text(last));
    (!((named || titled || noun) && is_body)).then_some(LongForm::Phrase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tagger::repair::KINDS;

    fn labelled(lines: &[(&str, &[u8])]) -> Vec<Vec<u8>> {
        let sentences: Vec<Vec<&str>> = lines.iter().map(|(line, _)| line.split(' ').collect()).collect();
        let mut labels: Vec<Vec<u8>> = lines.iter().map(|(_, labels)| labels.to_vec()).collect();
        label_short_forms(&sentences, &mut labels, KINDS, &Watch::default()).unwrap();
        label_firms(&sentences, &mut labels, KINDS, &Watch::default()).unwrap();
        labels
    }

    #[test]
    fn a_name_with_commas_is_one_if_a_bracket_abbreviates_it() {
        let found = labelled(&[(
            "Department of Rail , Roads and Water ( RRW ) said",
            &[3, 4, 4, 0, 3, 0, 3, 0, 3, 0, 0],
        )]);
        assert_eq!(found[0], [3, 4, 4, 4, 4, 4, 4, 0, 3, 0, 0]);
        let found = labelled(&[(
            "Bureau of Rail , Roads and Water ( BKX ) said",
            &[3, 4, 3, 0, 0, 0, 3, 0, 3, 0, 0],
        )]);
        assert_eq!(found[0], [3, 4, 3, 0, 0, 0, 3, 0, 3, 0, 0]);
        let found = labelled(&[("Ghana , Togo and Mali ( GTM ) said", &[7, 0, 7, 0, 7, 0, 3, 0, 0])]);
        assert_eq!(found[0], [7, 0, 7, 0, 7, 0, 3, 0, 0]);
    }

    #[test]
    fn a_company_is_one_in_the_whole_text() {
        let found = labelled(&[("shares of Tarvex rose", &[0, 0, 1, 0]), ("then Tarvex left", &[0, 1, 0])]);
        assert_eq!(found, [vec![0, 0, 3, 0], vec![0, 3, 0]]);
        let found = labelled(&[("Tarvex , a retailer , grew", &[1, 0, 0, 0, 0, 0])]);
        assert_eq!(found[0][0], 3);
    }

    #[test]
    fn somebody_with_a_title_or_a_full_name_is_no_company() {
        for other in ["Mr. Lund spoke", "Jack Lund spoke"] {
            let labels: &[u8] = if other.starts_with("Mr") { &[0, 1, 0] } else { &[1, 2, 0] };
            let found = labelled(&[(other, labels), ("shares of Lund rose", &[0, 0, 1, 0])]);
            assert_eq!(found[1], [0, 0, 1, 0], "{other}");
        }
        assert_eq!(labelled(&[("Lund officials left", &[1, 0, 0])]), [[1, 0, 0]]);
    }

    #[test]
    fn a_short_form_is_what_its_long_form_is() {
        let found = labelled(&[
            ("Tarn Hill College ( Tarnhilco ) grew", &[3, 4, 4, 0, 1, 0, 0]),
            ("then Tarnhilco closed", &[0, 0, 0]),
        ]);
        assert_eq!([found[0][4], found[1][1]], [3, 3]);
        let found = labelled(&[("by mobile cash transfer ( MCT ) now", &[0, 0, 0, 0, 0, 3, 0, 0])]);
        assert_eq!(found[0][5], 0);
        let found = labelled(&[("the Lee Moody ( Leeds ) show", &[0, 5, 6, 0, 3, 0, 0])]);
        assert_eq!(found[0][4], 3);
        let found = labelled(&[("the Lund Trade Agreement ( LTA ) ended", &[0, 3, 4, 4, 0, 3, 0, 0])]);
        assert_eq!(found[0][5], 5);
    }
}
