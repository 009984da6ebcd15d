//! Could a paragraph be a headline, and does it repeat one?
//!
//! Pages print the headline again above the text, with a final stop, in other quotation marks or on
//! two lines. Only letters and digits are compared,
//! without case.

use super::credit::ends_sentence;

/// The maximum length of a headline, in bytes.
pub(super) const LONGEST_HEADLINE: usize = 220;

/// Whether a paragraph could be a headline: it has the form of one, and does not end like a
/// sentence.
pub(super) fn is_headline(paragraph: &str) -> bool {
    has_form_of_headline(paragraph)
        && (!ends_sentence(paragraph) || paragraph.ends_with('?') || ends_in_abbreviation(paragraph))
}

/// Whether a paragraph is short, and is one line or one line broken in two.
pub(super) fn has_form_of_headline(paragraph: &str) -> bool {
    paragraph.len() <= LONGEST_HEADLINE
        && paragraph.matches('\n').count() <= usize::from(paragraph.len() <= LONGEST_HEADLINE * 2 / 3)
        && paragraph.chars().any(char::is_alphanumeric)
        && !paragraph.starts_with(['•', '-', '*', '–', '—', '·'])
}

/// Whether the last full stop belongs to an abbreviation such as `U.S.`, which a headline may end
/// in.
fn ends_in_abbreviation(paragraph: &str) -> bool {
    let last = paragraph.rsplit(' ').next().unwrap_or_default();
    last.len() >= 4 && last.split_terminator('.').all(|piece| piece.chars().count() == 1)
}

/// How many of the first `pieces` together repeat the headline; `None` if they do not.
pub(super) fn pieces_of_copy<'a>(
    headline: &str,
    pieces: impl Iterator<Item = &'a str> + Clone,
) -> Option<usize> {
    copy_of(headline, pieces.clone()).or_else(|| {
        // `Storm hits Braga | The Oban Gazette`
        let cut =
            [" | ", " - ", " – ", " — "].iter().filter_map(|separator| headline.rfind(separator)).max()?;
        copy_of(&headline[..cut], pieces)
    })
}

fn copy_of<'a>(headline: &str, pieces: impl Iterator<Item = &'a str>) -> Option<usize> {
    /// Over how many lines a headline may go.
    const MOST: usize = 3;
    /// The minimum number of letters and digits.
    const LEAST: usize = 6;
    let mut rest = letters(headline);
    rest.clone().nth(LEAST - 1)?;
    for (at, piece) in pieces.take(MOST).enumerate() {
        for letter in letters(piece) {
            if rest.next() != Some(letter) {
                return None;
            }
        }
        if rest.clone().next().is_none() {
            return Some(at + 1);
        }
    }
    None
}

fn letters(text: &str) -> impl Iterator<Item = char> + Clone {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Whether a line has most of its words from the headline: it is another version of it.
pub(super) fn is_version(headline: &str, line: &str) -> bool {
    let lower = |text: &str| text.to_lowercase();
    let words = |text: &str| -> Vec<String> {
        let pieces = text.split(|c: char| !c.is_alphanumeric());
        pieces.filter(|word| word.len() > 3).map(lower).collect()
    };
    let (known, own) = (words(headline), words(line));
    let shared = own.iter().filter(|word| known.contains(word)).count();
    own.len() >= 2 && shared * 2 >= own.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_stops_and_quotation_marks_do_not_matter() {
        for (pieces, expected) in [
            (&["Storm ‘of the century’ hits Braga.", "Rain fell."][..], Some(1)),
            (&["STORM 'OF THE CENTURY'", "hits Braga"], Some(2)),
            (&["Storm ‘of the century’"], None),
            (&["Storm ‘of the century’ hits Braga hard"], None),
            (&[], None),
        ] {
            let found = pieces_of_copy("Storm “of the century” hits Braga", pieces.iter().copied());
            assert_eq!(found, expected, "{pieces:?}");
        }
        let found = pieces_of_copy("Storm hits Braga - The Oban Gazette", ["Storm hits Braga"].into_iter());
        assert_eq!(found, Some(1));
    }

    #[test]
    fn a_version_shares_most_words() {
        assert!(is_version("Storm hits Braga on Monday", "Braga hit by storm"));
        assert!(!is_version("Storm hits Braga on Monday", "Ministers meet in Lisbon"));
    }
}
