//! Why is a mention of its entity?

use super::identity::Entities;
use super::mention::{Cache, Mention, spelt};
use super::resolve::{Country, Rule};
use crate::batch::Watch;
use crate::corpus::{ArticleRef, Corpus, first_sentence};
use crate::error::Result;
use crate::span::CharCursor;
use crate::table::{Column, Table};

/// A step on the way from a mention to its entity.
struct Step {
    rule: Rule,
    form: String,
    to: String,
}

/// The mention at a character of an article's text, and the rules that tied it to its entity, in their order: rule, form, to,
/// sentence. The facts of the table are the mention's columns, as [`mentions_table`](super::mentions_table) has them. `None`
/// where no mention stands there.
///
/// # Errors
/// None that a corpus can cause.
pub fn explain(
    corpus: &Corpus,
    cache: &Cache,
    position: usize,
    start: usize,
    watch: &Watch,
) -> Result<Option<Table>> {
    let Some(article) = corpus.article(position) else { return Ok(None) };
    let text = article.text();
    let Some((byte, _)) = text.char_indices().nth(start) else { return Ok(None) };
    let offset = article.part.articles[article.local].text.start;
    let byte = byte as u32 + offset;
    let mentions = cache.of(article.row);
    let Some(at) = mentions.iter().position(|mention| (mention.span.start..mention.span.end).contains(&byte))
    else {
        return Ok(None);
    };
    let entities = Entities::new(corpus, cache, watch)?;
    let mention = &mentions[at];
    let who = mention.link.who as usize;
    let entity = &entities.list[entities.of_local[position][who] as usize];
    let mut steps = chain(article, mentions, at, cache);
    let local = cache.locals(article.row)[who];
    let full = cache.texts().text(local.name).to_owned();
    steps.push(Step { rule: entities.rules[position][who], form: full, to: entity.name.clone() });
    let mut cursor = CharCursor::new(text);
    let from = cursor.at((mention.span.start - offset) as usize);
    let to = cursor.at((mention.span.end - offset) as usize);
    let label = cache.types().get(mention.kind as usize).map_or("", String::as_str);
    let table = Table::new()
        .with("rule", Column::text(steps.iter().map(|step| step.rule.slug())))?
        .with("form", Column::text(steps.iter().map(|step| &step.form)))?
        .with("to", Column::text(steps.iter().map(|step| &step.to)))?
        .with("sentence", Column::text(steps.iter().map(|step| step.rule.sentence(&step.form, &step.to))))?
        .with_fact("zone", &article.part.zones[mention.zone as usize].kind.name())
        .with_fact("sentence", &(mention.sentence as usize - first_sentence(article)))
        .with_fact("start", &from)
        .with_fact("end", &to)
        .with_fact("text", &spelt(article, mention.span))
        .with_fact("label", &label)
        .with_fact("entity", &entity.name)
        .with_fact("country", &entity.country.code().unwrap_or_default())
        .with_fact("ambiguous", &mention.link.ambiguous);
    Ok(Some(table))
}

/// The rules within the article, from the mention to the fullest form.
fn chain(article: ArticleRef<'_>, mentions: &[Mention], at: usize, cache: &Cache) -> Vec<Step> {
    const LONGEST: usize = 8;
    let mut steps: Vec<Step> = Vec::new();
    let mut at = at;
    while steps.len() < LONGEST {
        let Mention { span, link, .. } = mentions[at];
        let local = cache.locals(article.row)[link.who as usize];
        let (country, listed) = (local.country, cache.texts().text(local.name).to_owned());
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
