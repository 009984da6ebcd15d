//! Why does a mention refer to its entity?

use super::cache::{Cache, Mention};
use super::select::Resolution;
use crate::corpus::{ArticleRef, Cursors, first_sentence};
use crate::error::Result;
use crate::resolve::{Country, Rule, spelt};
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
    /// The text of the sentence.
    pub context: String,
    /// The first character of the sentence in the string that contains the zone.
    pub context_start: usize,
    /// The first character of the mention in that string.
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
    /// The other entities of the article whose names have all words of the mention, if it is
    /// ambiguous.
    pub candidates: Vec<String>,
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

/// The mentions that contain a character of a string of an article, and why each refers to its
/// entity. There are several if the character is meant of the text and of a separate headline.
pub fn explain(resolution: &Resolution<'_>, position: usize, start: usize) -> Vec<Explanation> {
    let Resolution { corpus, cache, .. } = resolution;
    let Some(article) = corpus.article(position) else { return Vec::new() };
    let mut cursors = Cursors::new(article);
    let mut found = Vec::new();
    for (at, mention) in cache.of(article.row).iter().enumerate() {
        let (first, end) = cursors.chars(mention.zone as usize, mention.span);
        if (first..end).contains(&(start as i64)) {
            found.extend(explained(resolution, position, article, at));
        }
    }
    found
}

fn explained(
    resolution: &Resolution<'_>,
    position: usize,
    article: ArticleRef<'_>,
    at: usize,
) -> Option<Explanation> {
    let Resolution { corpus, cache, entities } = resolution;
    let mentions = cache.of(article.row);
    let mention = mentions.get(at)?;
    let (zone, who) = (mention.zone as usize, mention.link.who as usize);
    let entity = &entities.list[entities.of_article[position][who] as usize];
    let mut steps = chain(article, mentions, at, cache);
    let article_entity = cache.article_entities(article.row)[who];
    let full = cache.texts().text(article_entity.name).to_owned();
    steps.push(Step { rule: entities.rules[position][who], form: full, to: entity.name.clone() });
    let sentence = article.part.sentence_span(mention.sentence as usize, corpus.store().vocabulary());
    let (context_start, _) = Cursors::new(article).chars(zone, sentence);
    let (start, end) = Cursors::new(article).chars(zone, mention.span);
    let ambiguous = mention.link.ambiguous;
    Some(Explanation {
        zone: article.part.zones[zone].kind.name(),
        sentence: mention.sentence as usize - first_sentence(article),
        context: article.piece(sentence).to_owned(),
        context_start: context_start as usize,
        start: start as usize,
        end: end as usize,
        text: spelt(article, mention.span).into_owned(),
        label: cache.types().get(entity.kind as usize).cloned().unwrap_or_default(),
        entity: entity.name.clone(),
        country: entity.country.code(),
        ambiguous,
        candidates: if ambiguous { candidates(resolution, position, article, at) } else { Vec::new() },
        steps,
    })
}

/// The entities of the article, other than that of a mention, whose names have all its words, in
/// the order of their first mention.
fn candidates(
    resolution: &Resolution<'_>,
    position: usize,
    article: ArticleRef<'_>,
    at: usize,
) -> Vec<String> {
    let Resolution { cache, entities, .. } = resolution;
    let (mentions, known) = (cache.of(article.row), cache.article_entities(article.row));
    let words = |name: &str| {
        name.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect::<Vec<_>>()
    };
    let (own, form) = (mentions[at].link.who as usize, words(&spelt(article, mentions[at].span)));
    let mut named: Vec<String> = Vec::new();
    for other in mentions.iter().map(|mention| mention.link.who as usize) {
        let name = cache.texts().text(known[other].name).to_owned();
        let all = words(&name);
        if other == own || known[other].sort != known[own].sort || all.len() <= form.len() {
            continue;
        }
        let entity = &entities.list[entities.of_article[position][other] as usize].name;
        if form.iter().all(|word| all.contains(word)) && !named.contains(entity) {
            named.push(entity.clone());
        }
    }
    named
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
