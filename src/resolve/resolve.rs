//! In which order are the mentions of an article linked to its entities?

use super::article::Article;
use super::candidate::Found;
use super::link::{Link, Reading, Resolved, Sort};
use super::place::Evidence;
use super::rule::Rule;
use crate::error::Result;

/// Links the mentions of an article. Those in `in_story` belong to its story, and the others to its
/// frame: bylines, datelines, boilerplate. A word in brackets that spells the organisation before
/// it becomes an organisation.
///
/// # Errors
/// [`crate::error::Kind::Cancelled`].
pub(crate) fn resolve(found: &mut [Found], in_story: &[bool], reading: &mut Reading<'_>) -> Result<Resolved> {
    let mut resolved = Resolved::default();
    let unlinked = Link { who: 0, via: 0, rule: Rule::FullForm, decider: None, ambiguous: false };
    resolved.links.resize(found.len(), unlinked);
    let mut evidence = Evidence::new();
    // The frame comes first, because its dateline says where the story takes place.
    for story in [false, true] {
        let chosen: Vec<usize> = (0..found.len()).filter(|&at| in_story[at] == story).collect();
        if !chosen.is_empty() {
            Article::new(found, chosen, reading)?.resolve(&mut evidence, &mut resolved, reading)?;
        }
    }
    Ok(resolved)
}

impl Article<'_> {
    fn resolve(
        mut self,
        evidence: &mut Evidence,
        resolved: &mut Resolved,
        reading: &mut Reading<'_>,
    ) -> Result<()> {
        let watch = reading.watch;
        self.relabel(reading)?;
        let mut by_sort: [Vec<usize>; 5] = Default::default();
        for place in watch.through(0..self.chosen.len()) {
            by_sort[reading.sort(self.of(place).kind) as usize].push(place);
        }
        for &place in
            watch.through(by_sort[Sort::Place as usize].iter().chain(&by_sort[Sort::Group as usize]))
        {
            let country = reading.lexicon.phrase(self.names[place].phrase).sure;
            if country.is_some() {
                *evidence.entry(country).or_insert(0) += 1;
            }
        }
        watch.check()?;
        self.places(&by_sort, evidence, resolved, reading)?;
        self.organisations(&by_sort[Sort::Organisation as usize], evidence, resolved, reading)?;
        self.people(&by_sort[Sort::Person as usize], resolved, reading)?;
        self.others(&by_sort[Sort::Other as usize], resolved, reading)
    }
}
