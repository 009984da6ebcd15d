//! In which order are the mentions of an article linked to its entities?

use super::article::Article;
use super::candidate::Candidate;
use super::link::{EntityKind, Link, ResolveContext, Resolved};
use super::place::Evidence;
use super::rule::Rule;
use crate::error::Result;

/// Links the mentions of an article. Those in `in_story` belong to its story, and the others to its
/// frame: bylines, datelines, boilerplate. A word in brackets that spells the organisation before
/// it becomes an organisation.
///
/// # Errors
/// [`crate::error::Kind::Cancelled`].
pub(crate) fn resolve(
    found: &mut [Candidate],
    in_story: &[bool],
    context: &mut ResolveContext<'_>,
) -> Result<Resolved> {
    let mut resolved = Resolved::default();
    let unlinked = Link { who: 0, via: 0, rule: Rule::FullForm, decider: None, ambiguous: false };
    resolved.links.resize(found.len(), unlinked);
    let mut evidence = Evidence::new();
    // The frame comes first, because its dateline says where the story takes place.
    for story in [false, true] {
        let chosen: Vec<usize> = (0..found.len()).filter(|&at| in_story[at] == story).collect();
        if !chosen.is_empty() {
            Article::new(found, chosen, context)?.resolve(&mut evidence, &mut resolved, context)?;
        }
    }
    Ok(resolved)
}

impl Article<'_> {
    fn resolve(
        mut self,
        evidence: &mut Evidence,
        resolved: &mut Resolved,
        context: &mut ResolveContext<'_>,
    ) -> Result<()> {
        let watch = context.watch;
        self.relabel(context)?;
        let mut by_sort: [Vec<usize>; 5] = Default::default();
        for place in watch.through(0..self.chosen.len()) {
            by_sort[context.sort(self.of(place).kind) as usize].push(place);
        }
        for &place in watch
            .through(by_sort[EntityKind::Place as usize].iter().chain(&by_sort[EntityKind::Group as usize]))
        {
            let country = context.lexicon.phrase(self.names[place].phrase).sure;
            if country.is_some() {
                *evidence.entry(country).or_insert(0) += 1;
            }
        }
        watch.check()?;
        self.places(&by_sort, evidence, resolved, context)?;
        self.organisations(&by_sort[EntityKind::Organisation as usize], evidence, resolved, context)?;
        self.people(&by_sort[EntityKind::Person as usize], resolved, context)?;
        self.others(&by_sort[EntityKind::Other as usize], resolved, context)
    }
}
