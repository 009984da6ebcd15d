//! Which tokens does a query match?
//!
//! A query is one pattern per token: a word, a word with wildcards, or a regular expression for the
//! whole token. It is compared with the distinct tokens, not with the text; so its cost does not
//! grow with the text, and is linear in any case.
//!
//! Cost: one look-up for a word; for a wildcard, one search for its longest literal piece among the
//! distinct tokens; for a regular expression, some tens of nanoseconds per distinct token.

use memchr::memmem;
use regex::{Regex, RegexBuilder};

use super::places::Forms;
use crate::batch::{Watch, fill};
use crate::corpus::Vocabulary;
use crate::error::{Error, Kind, Result};
use crate::stats::count::Fold;
use crate::text::{Token, TokenKind, tokenize, typography};

/// The pattern of one token of a match.
#[derive(Debug, Clone)]
enum Pattern {
    /// Any word.
    Any,
    /// A folded form that fits the expression, and a literal that it must contain.
    Wild(Expression, String),
    /// A token that fits as it is printed, in one typography.
    Regex(Expression),
}

/// A regular expression that can be compiled. It is compiled when it is used, and is not kept: some
/// take megabytes, and a call may have thousands.
#[derive(Debug, Clone)]
struct Expression {
    pattern: String,
    insensitive: bool,
    /// As the caller wrote it.
    shown: String,
}

/// A piece of a query between two spaces.
#[derive(Debug, Clone)]
enum Piece {
    One(Pattern),
    /// A word that is tokenised as articles are, with its folded form and those of its tokens. If
    /// the corpus has it as one token, such as *Mr.* before a name, that one matches too.
    Word(String, Vec<String>),
}

/// A sequence of patterns.
#[derive(Debug, Clone)]
pub(crate) struct Query(Vec<Piece>);

impl Query {
    pub(crate) fn new(text: &str, regex: bool, fold: Fold) -> Result<Self> {
        let mut pieces = Vec::new();
        for piece in text.split_whitespace() {
            pieces.push(if regex {
                let plain = piece.replace(['’', '‘'], "'");
                Piece::One(Pattern::Regex(Expression::new(&plain, piece, fold != Fold::None)?))
            } else if is_wild(piece) {
                Piece::One(wild(piece, fold)?)
            } else {
                let piece = unescaped(piece);
                let mut tokens = Vec::new();
                tokenize(&piece, &mut tokens);
                let form = |token: &Token| {
                    let text = &piece[token.start as usize..token.end as usize];
                    fold.of_token(text, token.kind).into_owned()
                };
                let forms = tokens.iter().map(form).collect();
                Piece::Word(fold.apply(&piece).into_owned(), forms)
            });
        }
        if pieces.is_empty() {
            return Err(bad(format!("\"{text}\" holds no word; expected at least one")));
        }
        Ok(Self(pieces))
    }

    /// The one or two readings of the query; for each token of a reading, the distinct tokens that
    /// fit.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn readings(
        &self,
        vocabulary: &Vocabulary,
        forms: &Forms,
        watch: &Watch,
    ) -> Result<Vec<Vec<Vec<u32>>>> {
        let uncut = |piece: &Piece| match piece {
            Piece::Word(whole, tokens) => tokens.len() > 1 && !forms.equal(whole).is_empty(),
            Piece::One(_) => false,
        };
        let reading = |whole: bool| -> Result<Vec<Vec<u32>>> {
            let mut tokens = Vec::new();
            for piece in &self.0 {
                match piece {
                    Piece::One(pattern) => tokens.push(pattern.tokens(vocabulary, forms, watch)?),
                    Piece::Word(form, _) if whole && uncut(piece) => tokens.push(forms.equal(form).to_vec()),
                    Piece::Word(_, cut) => tokens.extend(cut.iter().map(|form| forms.equal(form).to_vec())),
                }
            }
            Ok(tokens)
        };
        let mut readings = vec![reading(false)?];
        if self.0.iter().any(uncut) {
            readings.push(reading(true)?);
        }
        Ok(readings)
    }
}

impl Pattern {
    fn tokens(&self, vocabulary: &Vocabulary, forms: &Forms, watch: &Watch) -> Result<Vec<u32>> {
        let fits = match self {
            Self::Any => fill(vocabulary.len(), watch, |token| is_word(vocabulary.kind(token as u32))),
            Self::Regex(expression) => {
                let regex = expression.compiled()?;
                fill(vocabulary.len(), watch, |token| {
                    regex.is_match(&typography(vocabulary.text(token as u32)))
                })
            }
            Self::Wild(expression, literal) if literal.is_empty() => {
                let regex = expression.compiled()?;
                fill(vocabulary.len(), watch, |token| regex.is_match(forms.texts.get(token)))
            }
            Self::Wild(expression, literal) => {
                return holding(forms, literal, &expression.compiled()?, watch);
            }
        };
        Ok((0..).zip(fits?).filter(|&(_, fits)| fits).map(|(token, _)| token).collect())
    }
}

/// Whether a lone wildcard matches tokens of this kind.
const fn is_word(kind: TokenKind) -> bool {
    !matches!(kind, TokenKind::Punctuation | TokenKind::Symbol | TokenKind::Possessive)
}

/// The tokens whose forms contain a literal and fit: the forms are concatenated and searched as one
/// string.
fn holding(forms: &Forms, literal: &str, regex: &Regex, watch: &Watch) -> Result<Vec<u32>> {
    let (joined, offsets) = (forms.texts.joined().as_bytes(), forms.texts.offsets());
    let finder = memmem::Finder::new(literal);
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(hit) = joined.get(at..).and_then(|rest| finder.find(rest)) {
        watch.check()?;
        let start = at + hit;
        let token = offsets.partition_point(|&offset| offset as usize <= start) - 1;
        let end = offsets[token + 1] as usize;
        if start + literal.len() > end {
            at = start + 1; // it begins in one form and ends in another
            continue;
        }
        if regex.is_match(forms.texts.get(token)) {
            found.push(token as u32);
        }
        at = end;
    }
    Ok(found)
}

fn bad(what: String) -> Error {
    Error::new(Kind::BadOption, what).in_field("query")
}

impl Expression {
    fn new(pattern: &str, shown: &str, insensitive: bool) -> Result<Self> {
        let expression = Self { pattern: pattern.to_owned(), insensitive, shown: shown.to_owned() };
        expression.compiled()?;
        Ok(expression)
    }

    fn compiled(&self) -> Result<Regex> {
        let Self { pattern, insensitive, shown } = self;
        RegexBuilder::new(&format!(r"\A(?:{pattern})\z")).case_insensitive(*insensitive).build().map_err(|error| {
            let error = error.to_string();
            let reason = error.lines().last().unwrap_or_default().trim_start_matches("error: ");
            bad(format!(
                "\"{shown}\" is not a regular expression: {reason}; expected one for each token, with spaces between"
            ))
        })
    }
}

/// Whether a piece contains a wildcard that is not escaped by a backslash.
fn is_wild(piece: &str) -> bool {
    let mut escaped = false;
    piece.chars().any(|letter| {
        let wild = !escaped && matches!(letter, '*' | '?');
        escaped = !escaped && letter == '\\';
        wild
    })
}

/// The piece without the backslashes before wildcards.
fn unescaped(piece: &str) -> String {
    piece.replace(r"\*", "*").replace(r"\?", "?")
}

fn wild(piece: &str, fold: Fold) -> Result<Pattern> {
    if piece.chars().all(|letter| letter == '*') {
        return Ok(Pattern::Any);
    }
    let (mut pattern, mut literals, mut escaped) = (String::new(), vec![String::new()], false);
    for letter in typography(piece).chars() {
        match letter {
            '\\' if !escaped => {
                escaped = true;
                continue;
            }
            '*' | '?' if !escaped => {
                pattern.push_str(if letter == '*' { "(?s:.*)" } else { "(?s:.)" });
                literals.push(String::new());
            }
            _ => {
                let folded = fold.apply(letter.encode_utf8(&mut [0; 4])).into_owned();
                pattern.push_str(&regex::escape(&folded));
                if let Some(last) = literals.last_mut() {
                    last.push_str(&folded);
                }
            }
        }
        escaped = false;
    }
    let literal = literals.into_iter().max_by_key(String::len).unwrap_or_default();
    Ok(Pattern::Wild(Expression::new(&pattern, piece, false)?, literal))
}
