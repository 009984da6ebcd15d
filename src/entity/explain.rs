//! Why does a mention refer to its entity?

use super::cache::{Cache, Mention};
use super::select::Resolution;
use crate::corpus::{ArticleRef, first_sentence};
use crate::error::Result;
use crate::resolve::{Country, Rule, spelt};
use crate::span::CharCursor;
use crate::table::{Column, Table};

/// One step of the path from a mention to its entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The rule that was applied.
    pub rule: Rule,
    /// The form that the rule linked.
    pub form: String,
    /// What the form was linked to: a fuller form, a country, or the entity.
    pub to: String,
}

/// A mention, and the rules that linked it to its entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The name of the zone.
    pub zone: &'static str,
    /// The sentence, counted within the article.
    pub sentence: usize,
    /// The first character of the mention in the text of the article.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// The text of the mention, on one line.
    pub text: String,
    /// Its label.
    pub label: String,
    /// Its entity.
    pub entity: String,
    /// The entity's country, as ISO 3166-1 alpha-2.
    pub country: Option<&'static str>,
    /// Whether the mention fits several names.
    pub ambiguous: bool,
    /// The steps in order. The last one links the article entity to the entity of the selection.
    pub steps: Vec<Step>,
}

impl Explanation {
    /// One row per step: rule, form, to, sentence.
    ///
    /// # Errors
    /// None that a corpus can cause.
    pub fn table(&self) -> Result<Table> {
        let Self { steps, .. } = self;
        Table::new()
            .with("rule", Column::text(steps.iter().map(|step| step.rule.slug())))?
            .with("form", Column::text(steps.iter().map(|step| &step.form)))?
            .with("to", Column::text(steps.iter().map(|step| &step.to)))?
            .with("sentence", Column::text(steps.iter().map(|step| step.rule.sentence(&step.form, &step.to))))
    }
}

/// The mention that contains a character of an article's text, and why it refers to its entity;
/// `None` if no mention contains the character.
pub fn explain(resolution: &Resolution<'_>, position: usize, start: usize) -> Option<Explanation> {
    let Resolution { corpus, cache, entities } = resolution;
    let article = corpus.article(position)?;
    let text = article.text();
    let (byte, _) = text.char_indices().nth(start)?;
    let offset = article.part.articles[article.local].text.start;
    let byte = byte as u32 + offset;
    let mentions = cache.of(article.row);
    let at = mentions.iter().position(|mention| (mention.span.start..mention.span.end).contains(&byte))?;
    let mention = &mentions[at];
    let who = mention.link.who as usize;
    let entity = &entities.list[entities.of_article[position][who] as usize];
    let mut steps = chain(article, mentions, at, cache);
    let article_entity = cache.article_entities(article.row)[who];
    let full = cache.texts().text(article_entity.name).to_owned();
    steps.push(Step { rule: entities.rules[position][who], form: full, to: entity.name.clone() });
    let mut cursor = CharCursor::new(text);
    Some(Explanation {
        zone: article.part.zones[mention.zone as usize].kind.name(),
        sentence: mention.sentence as usize - first_sentence(article),
        start: cursor.at((mention.span.start - offset) as usize) as usize,
        end: cursor.at((mention.span.end - offset) as usize) as usize,
        text: spelt(article, mention.span).into_owned(),
        label: cache.types().get(mention.kind as usize).cloned().unwrap_or_default(),
        entity: entity.name.clone(),
        country: entity.country.code(),
        ambiguous: mention.link.ambiguous,
        steps,
    })
}

/// The number of steps after which a chain is cut off.
const MOST_STEPS: usize = 8;

/// The rules that apply within the article, from the mention to its fullest form.
fn chain(article: ArticleRef<'_>, mentions: &[Mention], at: usize, cache: &Cache) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut at = at;
    while steps.len() < MOST_STEPS {
        let Mention { span, link, .. } = mentions[at];
        let article_entity = cache.article_entities(article.row)[link.who as usize];
        let (country, listed) = (article_entity.country, cache.texts().text(article_entity.name).to_owned());
        let via = spelt(article, mentions[link.via as usize].span).into_owned();
        let mut step = |rule: Rule| {
            let to = match rule {
                _ if rule.names_country() => named(country),
                Rule::KnownName | Rule::OwnName if link.via as usize == at => listed.clone(),
                _ => via.clone(),
            };
            steps.push(Step { rule, form: spelt(article, span).into_owned(), to });
        };
        step(link.rule);
        if let Some(decider) = link.decider {
            step(decider);
        }
        if link.via as usize == at || link.rule.names_country() || link.ambiguous {
            break;
        }
        let next = mentions[link.via as usize].link;
        at = link.via as usize;
        if next.rule == Rule::FullForm && next.decider.is_none() {
            break;
        }
    }
    steps
}

fn named(country: Country) -> String {
    country.name().unwrap_or_default().to_owned()
}
