//! How are the full names of a batch compared? By the same rules as those of an article.

use super::parts::{Form, Joined, People, Short, Tie, cluster};
use crate::batch::Watch;
use crate::error::Result;
use crate::resolve::key::Key;
use crate::resolve::lexicon::NameInterner;
use crate::resolve::lists::Gender;
use crate::resolve::rule::Rule;

/// The form of a key.
fn form(key: &Key, lexicon: &mut NameInterner) -> Form {
    let suffix = if let Key::Person { suffix, .. } = key { suffix.as_str() } else { "" };
    let parts = key.name().split(' ').map(|part| lexicon.number(part)).collect();
    Form { parts, suffix: (!suffix.is_empty()).then(|| lexicon.number(suffix)) }
}

/// The full names of a batch.
pub(crate) struct BatchPeople {
    lexicon: NameInterner,
    joined: Vec<Joined>,
    people: People,
    /// The person of each founding form.
    person_of: Vec<Option<usize>>,
    /// The founding form of each person.
    founders: Vec<usize>,
}

impl BatchPeople {
    /// From the keys of full names, in an order that does not depend on that of the articles, and
    /// the keys of names that several people share.
    ///
    /// # Errors
    /// [`crate::error::Kind::Cancelled`].
    pub(crate) fn new<'a>(
        keys: impl Iterator<Item = &'a Key>,
        times: &[u64],
        shared: impl Iterator<Item = &'a Key>,
        watch: &Watch,
    ) -> Result<Self> {
        let mut lexicon = NameInterner::default();
        let forms: Vec<Form> = watch.through(keys).map(|key| form(key, &mut lexicon)).collect();
        let shared: Vec<Form> = watch.through(shared).map(|key| form(key, &mut lexicon)).collect();
        let joined = cluster(&forms, times, &lexicon, watch)?;
        let (mut people, mut founders) = (People::default(), Vec::new());
        let mut person_of = vec![None; forms.len()];
        for (at, joined) in joined.iter().enumerate() {
            if *joined == Joined::Founder {
                person_of[at] = Some(people.add(usize::MAX));
                founders.push(at);
            }
        }
        for (at, form) in watch.through(forms.iter().enumerate()) {
            let founder = if let Joined::Of(founder) = joined[at] { founder } else { at };
            if let Some(person) = person_of[founder] {
                people.add_form(person, form, usize::MAX, &lexicon);
            }
        }
        // A name that several people share also has several bearers of its surname.
        let open = forms.iter().zip(&joined).filter(|(_, joined)| **joined == Joined::Ambiguous);
        for form in watch.through(open.map(|(form, _)| form).chain(&shared)) {
            for _ in 0..2 {
                let person = people.add(usize::MAX);
                founders.push(usize::MAX);
                people.add_form(person, form, usize::MAX, &lexicon);
            }
        }
        watch.check()?;
        Ok(Self { lexicon, joined, people, person_of, founders })
    }

    /// The longest form of a name, as a position; `None` if the name fits several.
    pub(crate) fn founder(&self, at: usize) -> Option<usize> {
        match self.joined[at] {
            Joined::Founder => Some(at),
            Joined::Of(founder) => Some(founder),
            Joined::Ambiguous => None,
        }
    }

    /// The person of a full name, if it is unique.
    fn person(&self, at: usize) -> Option<usize> {
        self.founder(at).and_then(|founder| self.person_of[founder])
    }

    /// Records that articles introduce the person with a full name as somebody's relative.
    pub(crate) fn note_kin(&mut self, at: usize) {
        if let Some(person) = self.person(at) {
            self.people.note_kin(person);
        }
    }

    /// Records the titles of rank before a full name.
    pub(crate) fn note_ranks<'a>(&mut self, at: usize, ranks: impl Iterator<Item = &'a str>) {
        let Some(person) = self.person(at) else { return };
        for rank in ranks {
            self.people.note_rank(person, Some(self.lexicon.number(rank)));
        }
    }

    /// The longest forms of all people with a surname; `None` if there are too many, or if a name
    /// is shared by several of them.
    pub(crate) fn bearers(&mut self, surname: &str) -> Option<Vec<usize>> {
        let parts: Vec<u32> = surname.split(' ').map(|part| self.lexicon.number(part)).collect();
        let people = self.people.with_surname(&parts, &self.lexicon)?;
        people
            .iter()
            .map(|&person| self.founders.get(person).copied().filter(|&at| at != usize::MAX))
            .collect()
    }

    /// The longest form of the only person with this surname, or with this title and surname.
    pub(crate) fn only_bearer(&mut self, surname: &str, rank: Option<&str>) -> Option<(usize, Rule)> {
        let parts: Vec<u32> = surname.split(' ').map(|part| self.lexicon.number(part)).collect();
        let rank = rank.map(|rank| self.lexicon.number(rank));
        let short =
            Short { at: 0, parts: &parts, suffix: None, gender: Gender::Unknown, rank, compared: false };
        let (person, rule) = match self.people.tie(short, &self.lexicon) {
            Tie::To(person, Rule::Surname, None) => (person, Rule::BatchOnlyBearer),
            Tie::To(person, Rule::Surname, Some(Rule::Title)) => (person, Rule::BatchTitle),
            _ => return None,
        };
        self.founders.get(person).copied().filter(|&at| at != usize::MAX).map(|at| (at, rule))
    }
}
