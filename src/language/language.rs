//! What does each language bring?
//!
//! One row per language: its names, and its stop words and stemmer if it has them. To add a
//! language, add a row here and a folder with its word lists under `src/data`. A list is read when
//! it is first used.

use std::collections::HashSet;

use rust_stemmers::{Algorithm, Stemmer};

use super::lists::entries;
use crate::batch::Static;
use crate::error::{Error, Kind, Result};

/// A language, and what it brings.
struct Language {
    /// Its English name.
    name: &'static str,
    /// Its code in ISO 639-1.
    code: &'static str,
    /// Function words, which say little by themselves.
    stopwords: Option<Static<HashSet<String>>>,
    /// The Snowball stemmer.
    stemmer: Option<Algorithm>,
}

/// The stop words in the folder of a language.
macro_rules! stopwords {
    ($code:literal) => {
        Some(Static::new(|| {
            let list = include_str!(concat!("../data/", $code, "/stopwords.txt"));
            entries(list).map(str::to_owned).collect()
        }))
    };
}

const fn language(
    name: &'static str,
    code: &'static str,
    stopwords: Option<Static<HashSet<String>>>,
    stemmer: Option<Algorithm>,
) -> Language {
    Language { name, code, stopwords, stemmer }
}

/// English first, then by name: messages list languages in this order.
static LANGUAGES: [Language; 21] = [
    language("english", "en", stopwords!("en"), Some(Algorithm::English)),
    language("arabic", "ar", None, Some(Algorithm::Arabic)),
    language("czech", "cs", stopwords!("cs"), None),
    language("danish", "da", stopwords!("da"), Some(Algorithm::Danish)),
    language("dutch", "nl", stopwords!("nl"), Some(Algorithm::Dutch)),
    language("finnish", "fi", stopwords!("fi"), Some(Algorithm::Finnish)),
    language("french", "fr", stopwords!("fr"), Some(Algorithm::French)),
    language("german", "de", stopwords!("de"), Some(Algorithm::German)),
    language("greek", "el", None, Some(Algorithm::Greek)),
    language("hungarian", "hu", stopwords!("hu"), Some(Algorithm::Hungarian)),
    language("italian", "it", stopwords!("it"), Some(Algorithm::Italian)),
    language("norwegian", "no", stopwords!("no"), Some(Algorithm::Norwegian)),
    language("polish", "pl", stopwords!("pl"), None),
    language("portuguese", "pt", stopwords!("pt"), Some(Algorithm::Portuguese)),
    language("romanian", "ro", None, Some(Algorithm::Romanian)),
    language("russian", "ru", stopwords!("ru"), Some(Algorithm::Russian)),
    language("spanish", "es", stopwords!("es"), Some(Algorithm::Spanish)),
    language("swedish", "sv", stopwords!("sv"), Some(Algorithm::Swedish)),
    language("tamil", "ta", None, Some(Algorithm::Tamil)),
    language("turkish", "tr", stopwords!("tr"), Some(Algorithm::Turkish)),
    language("ukrainian", "uk", stopwords!("uk"), None),
];

/// What a language of a name or code brings, of those that bring it; or the names of all that do.
fn find<T>(
    language: &str,
    brings: impl Fn(&'static Language) -> Option<T>,
) -> std::result::Result<T, String> {
    let named = |known: &&'static Language| known.name == language || known.code == language;
    LANGUAGES.iter().find(named).and_then(&brings).ok_or_else(|| {
        let known = LANGUAGES.iter().filter(|&known| brings(known).is_some());
        known.map(|known| format!("{} ({})", known.name, known.code)).collect::<Vec<_>>().join(", ")
    })
}

/// The name of the list of what English news prints whatever the story is about.
const NEWS: &str = "news";

/// The English stop words, and the words of [`NEWS`].
static NEWS_WORDS: Static<HashSet<String>> = Static::new(|| {
    let lists = [include_str!("../data/en/stopwords.txt"), include_str!("../data/en/news_stopwords.txt")];
    lists.into_iter().flat_map(entries).map(str::to_owned).collect()
});

/// The stop words of a language, given by its name or ISO code; or those of news.
///
/// # Errors
/// [`Kind::BadOption`]: a language without stop words here; the message lists those with them.
pub fn stopwords(language: &str) -> Result<&'static HashSet<String>> {
    if language == NEWS {
        return Ok(&NEWS_WORDS);
    }
    find(language, |known| known.stopwords.as_deref()).map_err(|known| {
        let what = format!(
            "there are no stop words for \"{language}\"; expected {known}, \"{NEWS}\", or words of your own"
        );
        Error::new(Kind::BadOption, what).in_field("stopwords")
    })
}

/// The words that are not counted: the stop words of a language, and words of the caller's own. A
/// name of a language among these, in lower case, means its stop words.
///
/// # Errors
/// [`Kind::BadOption`]: as [`stopwords`]; an entry of several words, because each token is compared
/// by itself.
pub fn stop_words(
    language: Option<&str>,
    words: &[String],
    fold: impl Fn(&str) -> String,
) -> Result<HashSet<String>> {
    let mut all = HashSet::new();
    let named = |word: &str| word == NEWS || LANGUAGES.iter().any(|known| known.name == word);
    for word in language.into_iter().chain(words.iter().map(String::as_str)) {
        let word = word.trim();
        if language == Some(word) || named(word) {
            let list = stopwords(word).map_err(|error| match language {
                Some(_) => error,
                None => Error::new(
                    Kind::BadOption,
                    format!("{}; for the word itself, write it with a capital", error.what()),
                )
                .in_field("stopwords"),
            })?;
            all.extend(list.iter().map(|word| fold(word)));
        } else if word.contains(char::is_whitespace) {
            let what = format!(
                "\"{word}\" is more than one word; expected single words, because stop words are compared with one token at a time"
            );
            return Err(Error::new(Kind::BadOption, what).in_field("stopwords"));
        } else {
            all.insert(fold(word));
        }
    }
    Ok(all)
}

/// The language whose rules reduce words to stems.
///
/// A Snowball stem is what the forms of a word have in common: not always a word itself, and
/// sometimes also the stem of an unrelated word. Stop words are removed before words are stemmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stem(Algorithm);

impl Stem {
    /// The stemmer of a language, given by its name or ISO code.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: a language without a stemmer; the message lists those with one.
    pub fn from_name(language: &str) -> Result<Self> {
        find(language, |known| known.stemmer).map(Self).map_err(|known| {
            let what = format!("there is no stemmer for \"{language}\"; expected {known}");
            Error::new(Kind::BadOption, what).in_field("stem")
        })
    }

    pub(crate) fn stemmer(self) -> Stemmer {
        Stemmer::create(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_is_found_under_both_its_names() {
        for Language { name, code, stopwords: words, stemmer } in &LANGUAGES {
            if words.is_some() {
                assert!(stopwords(name).unwrap().len() > 50, "{name}");
                assert!(std::ptr::eq(stopwords(name).unwrap(), stopwords(code).unwrap()));
            }
            if stemmer.is_some() {
                assert_eq!(Stem::from_name(name).unwrap(), Stem::from_name(code).unwrap());
            }
            assert!(words.is_some() || stemmer.is_some(), "{name} brings nothing");
        }
        assert!(stopwords("de").unwrap().contains("nicht"));
    }

    #[test]
    fn a_language_in_a_list_stands_for_its_words() {
        let words = |list: &[&str]| {
            let list: Vec<String> = list.iter().map(|&word| word.to_owned()).collect();
            stop_words(None, &list, str::to_lowercase)
        };
        let all = words(&["english", "Said"]).unwrap();
        assert!(all.contains("the") && all.contains("said") && !all.contains("english"));
        assert!(words(&["English"]).unwrap().contains("english"));
        assert_eq!(words(&["no", "it"]).unwrap().len(), 2, "codes are words");
        let error = words(&["last week"]).unwrap_err().to_string();
        assert!(error.contains("\"last week\" is more than one word"), "{error}");
        let error = words(&["greek"]).unwrap_err().to_string();
        assert!(error.contains("write it with a capital"), "{error}");
        assert!(stop_words(Some("klingon"), &[], str::to_owned).is_err());
    }

    #[test]
    fn the_list_for_news_adds_to_the_english_one() {
        let (news, english) = (stopwords("news").unwrap(), stopwords("english").unwrap());
        assert!(english.is_subset(news) && news.contains("said") && news.contains("news"));
        let files = [include_str!("../data/en/stopwords.txt"), include_str!("../data/en/news_stopwords.txt")];
        assert_eq!(news.len(), files.into_iter().flat_map(entries).count(), "no word is in both files");
    }

    #[test]
    fn forms_of_a_word_share_a_stem() {
        let stemmer = Stem::from_name("en").unwrap().stemmer();
        assert_eq!(stemmer.stem("elections"), stemmer.stem("election"));
        assert_eq!(Stem::from_name("german").unwrap().stemmer().stem("wahlen"), "wahl");
    }

    #[test]
    fn a_language_that_lacks_something_is_an_error_that_lists_those_that_have_it() {
        let error = stopwords("klingon").unwrap_err().to_string();
        assert!(error.contains("expected english (en), czech (cs)"), "{error}");
        let error = Stem::from_name("polish").unwrap_err().to_string();
        assert!(error.contains("expected english (en), arabic (ar)") && !error.contains("czech"), "{error}");
    }
}
