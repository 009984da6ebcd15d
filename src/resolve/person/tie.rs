//! How are the people of an article linked? Full names to each other, then short forms to full
//! names.

use super::parts::{Form, Joined, People, Short, Tie, cluster};
use crate::error::Result;
use crate::hash::{Map, Set};
use crate::resolve::article::{Article, COMMA};
use crate::resolve::key::Key;
use crate::resolve::link::{ArticleEntity, EntityKind, Link, ResolveContext, Resolved};
use crate::resolve::lists::{Gender, is_first_name};
use crate::resolve::name::Name;
use crate::resolve::numbering::Units;
use crate::resolve::rule::Rule;

/// The distance in bytes between two names with ` & `, ` and ` or `, and ` between them.
const AND: std::ops::Range<u32> = 3..7;

/// The maximum number of passes over the short forms of an article.
const PASSES: usize = 3;

impl Article<'_> {
    pub(crate) fn people(
        &mut self,
        places: &[usize],
        resolved: &mut Resolved,
        context: &mut ResolveContext<'_>,
    ) -> Result<()> {
        let watch = context.watch;
        for &place in watch.through(places) {
            let found = &self.found[self.chosen[place]];
            self.names[place].read_person(found, context.vocabulary, context.lexicon);
        }
        self.share_surnames(places, context);
        let (forms, of_place) = self.forms(places, context)?;
        let joined = cluster(&forms, &[], context.lexicon, watch)?;
        let (people, whos) = self.founders(places, &forms, &of_place, &joined, resolved, context)?;
        let mut known = Known {
            people,
            person_of: vec![None; forms.len()],
            who_of: Vec::new(),
            ties: vec![None; places.len()],
        };
        for (form, who) in whos.iter().enumerate() {
            if let (Joined::Founder, &Some((person, who))) = (joined[form], who) {
                known.person_of[form] = Some(person);
                known.who_of.push(who);
            }
        }
        self.tie(places, &of_place, &joined, &mut known, context)?;
        let mut lone = Units::default();
        let genders = self.lone_genders(places, &of_place, &known, context);
        for (nth, &place) in watch.through(places.iter().enumerate()) {
            let at = self.chosen[place];
            let link = match of_place[nth] {
                Some(form) => self.link_full(at, form, &joined, &whos, resolved, context),
                None => match known.ties[nth] {
                    Some(Tie::To(person, rule, decider)) => {
                        let who = known.who_of.get(person).copied().unwrap_or_default();
                        let via = resolved.who[who as usize].full;
                        Link { who, via, rule, decider, ambiguous: false }
                    }
                    tie => self.link_lone(place, tie, &genders, &mut lone, resolved, context),
                },
            };
            resolved.links[at] = link;
            let who = &mut resolved.who[link.who as usize];
            who.age = who.age.or(self.found[at].age);
            if who.rank.is_none() && (of_place[nth].is_some() || !who.is_full) {
                who.rank = self.names[place].rank.map(|rank| context.lexicon.text(&[rank]));
            }
        }
        for (person, &who) in known.who_of.iter().enumerate() {
            resolved.who[who as usize].gender = known.people.gender(person);
            resolved.who[who as usize].kin = known.people.is_kin(person);
        }
        watch.check()
    }

    /// Completes given names that share the surname of the next person: `Bill and Hillary Clinton`,
    /// `Jack, Robert and Ted Kennedy`. A surname of the article is not a given name: `Warren and
    /// Joe Biden`.
    fn share_surnames(&mut self, places: &[usize], context: &ResolveContext<'_>) {
        let mut surnames: Set<u32> = Set::default();
        for &place in context.watch.through(places) {
            if let Name { full: true, person, .. } = &self.names[place]
                && let Some(&last) = person.last()
            {
                surnames.insert(context.lexicon.part(last).sound);
            }
        }
        // The last of a list comes first, because it has the surname.
        for &place in context.watch.through(places.iter().rev()) {
            let found = self.of(place);
            let ([given], [word]) = (&self.names[place].person[..], &found.words[..]) else { continue };
            let gap = if found.and { AND } else { COMMA };
            let addressed = found.gender != Gender::Unknown || found.rank.is_some();
            if addressed
                || !(found.and || found.comma)
                || !is_first_name(context.vocabulary.text(*word))
                || surnames.contains(&context.lexicon.part(*given).sound)
            {
                continue;
            }
            let Some(next) = self.neighbour(place, gap).filter(|next| places.binary_search(next).is_ok())
            else {
                continue;
            };
            let (of, length) = match self.names[next].shares {
                Some(shared) => shared,
                None if found.and && self.names[next].full => (next, self.surname(next, context)),
                None => continue,
            };
            let person = &self.names[of].person;
            let surname = person[person.len() - length..].to_vec();
            let name = &mut self.names[place];
            name.person.extend(surname);
            (name.full, name.shares) = (true, Some((of, length)));
        }
    }

    /// The number of parts of the surname of a full name, with its particles.
    fn surname(&self, place: usize, context: &ResolveContext<'_>) -> usize {
        let person = &self.names[place].person;
        let given = person.len() - 1;
        1 + person[1..given.max(1)]
            .iter()
            .rev()
            .take_while(|&&part| context.lexicon.part(part).particle)
            .count()
    }

    /// The full name of a person who shares the surname of another: `Bill Clinton`.
    fn completed(&self, at: usize, context: &ResolveContext<'_>) -> Option<String> {
        let place = self.chosen.binary_search(&at).ok()?;
        let (of, length) = self.names[place].shares?;
        let texts = |place: usize| self.of(place).words.iter().map(|&word| context.vocabulary.text(word));
        // What follows a surname is `Jr.` and the like.
        let suffix = usize::from(self.names[of].suffix.is_some());
        let words: Vec<&str> = texts(of).collect();
        let end = words.len() - suffix.min(words.len());
        let surname = &words[end.saturating_sub(length)..end];
        Some(texts(place).chain(surname.iter().copied()).collect::<Vec<_>>().join(" "))
    }

    /// The distinct full names, and the form of each mention that is a full name.
    fn forms(
        &self,
        places: &[usize],
        context: &ResolveContext<'_>,
    ) -> Result<(Vec<Form>, Vec<Option<usize>>)> {
        let mut forms: Vec<Form> = Vec::new();
        let mut numbers: Map<(Vec<u32>, Option<u32>), usize> = Map::default();
        let of_place = context
            .watch
            .through(places)
            .map(|&place| {
                let name = &self.names[place];
                if !name.full {
                    return None;
                }
                let key = (context.lexicon.sounds(&name.person), name.suffix);
                Some(*numbers.entry(key).or_insert_with(|| {
                    forms.push(Form { parts: name.person.clone(), suffix: name.suffix });
                    forms.len() - 1
                }))
            })
            .collect();
        context.watch.check()?;
        Ok((forms, of_place))
    }

    /// Creates the people of the founding forms; returns the person and entity of each form, if it
    /// has one.
    fn founders(
        &self,
        places: &[usize],
        forms: &[Form],
        of_place: &[Option<usize>],
        joined: &[Joined],
        resolved: &mut Resolved,
        context: &ResolveContext<'_>,
    ) -> Result<(People, Vec<Founder>)> {
        let watch = context.watch;
        // The mention that shows a form best: the first one that is not all capitals.
        let mut shown: Vec<Option<usize>> = vec![None; forms.len()];
        let mut first: Vec<usize> = vec![usize::MAX; forms.len()];
        for (nth, form) in watch.through(of_place.iter().enumerate()) {
            let Some(form) = *form else { continue };
            let at = self.chosen[places[nth]];
            first[form] = first[form].min(at);
            let better = shown[form].is_none_or(|other| {
                let rank = |at: usize| (self.is_short(at), self.is_shouted(at, context));
                rank(at) < rank(other)
            });
            if better {
                shown[form] = Some(at);
            }
        }
        let mut people = People::default();
        let mut whos: Vec<Founder> = vec![None; forms.len()];
        for (form, joined) in watch.through(joined.iter().enumerate()) {
            let Some(at) = shown[form].filter(|_| !matches!(joined, Joined::Of(_))) else { continue };
            let mut who =
                ArticleEntity::new(self.found[at].kind, EntityKind::Person, at, key(&forms[form], context));
            who.is_full = true;
            who.name = self.completed(at, context);
            who.ambiguous = *joined == Joined::Ambiguous;
            resolved.who.push(who);
            let who = resolved.who.len() as u32 - 1;
            let person = if *joined == Joined::Founder { people.add(first[form]) } else { usize::MAX };
            whos[form] = Some((person, who));
        }
        for (form, joined) in watch.through(joined.iter().enumerate()) {
            let founder = match *joined {
                Joined::Founder => form,
                Joined::Of(founder) => founder,
                Joined::Ambiguous => continue,
            };
            if let Some((person, _)) = whos[founder] {
                people.add_form(person, &forms[form], first[form], context.lexicon);
            }
        }
        watch.check()?;
        Ok((people, whos))
    }

    /// Links short forms, in up to three passes, because the gender that titles indicate at one
    /// mention can help at another. After the first pass only ambiguous mentions are tried again,
    /// and a pass that learns nothing is the last.
    fn tie(
        &self,
        places: &[usize],
        of_place: &[Option<usize>],
        joined: &[Joined],
        known: &mut Known,
        context: &ResolveContext<'_>,
    ) -> Result<()> {
        let watch = context.watch;
        for (nth, &place) in watch.through(places.iter().enumerate()) {
            let Some(form) = of_place[nth] else { continue };
            let founder = if let Joined::Of(founder) = joined[form] { founder } else { form };
            if let Some(person) = known.person_of[founder] {
                known.people.note_gender(person, self.of(place).gender);
                known.people.note_rank(person, self.names[place].rank);
                known.people.note_name(person, self.of(place).in_headline, self.of(place).sentence);
                if self.of(place).kin {
                    known.people.note_kin(person);
                }
            }
        }
        for (nth, &place) in watch.through(places.iter().enumerate()) {
            if of_place[nth].is_none() {
                known.people.note_holder(self.short(place), context.lexicon);
            }
        }
        for pass in 0..PASSES {
            let mut noted = false;
            for (nth, &place) in watch.through(places.iter().enumerate()) {
                let open = pass == 0 || known.ties[nth] == Some(Tie::Several);
                if of_place[nth].is_some() || !open {
                    continue;
                }
                let short = self.short(place);
                let tie = known.people.tie(short, context.lexicon);
                if let Tie::To(person, ..) = tie
                    && short.gender != Gender::Unknown
                {
                    known.people.note_gender(person, short.gender);
                    noted = true;
                }
                known.ties[nth] = Some(tie);
            }
            if !noted {
                break;
            }
        }
        watch.check()
    }

    /// A mention as a short form.
    fn short(&self, place: usize) -> Short<'_> {
        let name = &self.names[place];
        let found = self.of(place);
        Short {
            at: self.chosen[place],
            parts: &name.person,
            suffix: name.suffix,
            gender: found.gender,
            rank: name.rank,
            compared: found.compared,
        }
    }

    fn link_full(
        &self,
        at: usize,
        form: usize,
        joined: &[Joined],
        whos: &[Founder],
        resolved: &Resolved,
        context: &ResolveContext<'_>,
    ) -> Link {
        let founder = if let Joined::Of(founder) = joined[form] { founder } else { form };
        let who = whos[founder].map_or(0, |(_, who)| who);
        let via = resolved.who[who as usize].full;
        let ambiguous = joined[form] == Joined::Ambiguous;
        let rule = match joined[form] {
            Joined::Ambiguous => Rule::Ambiguous,
            _ if self.is_short(at) => Rule::SharedSurname,
            Joined::Of(_) => Rule::LongerName,
            Joined::Founder if via as usize == at => Rule::FullForm,
            Joined::Founder => self.same_or_spelt(at, via as usize, context),
        };
        Link { who, via, rule, decider: None, ambiguous }
    }

    /// Which genders the titles of each short name indicate that belongs to nobody.
    fn lone_genders(
        &self,
        places: &[usize],
        of_place: &[Option<usize>],
        known: &Known,
        context: &ResolveContext<'_>,
    ) -> Genders {
        let mut genders = Genders::default();
        for (nth, &place) in context.watch.through(places.iter().enumerate()) {
            if of_place[nth].is_none() && known.ties[nth] == Some(Tie::Nobody) {
                let seen = genders.entry(context.lexicon.sounds(&self.names[place].person)).or_default();
                match self.of(place).gender {
                    Gender::Man => seen.0 = true,
                    Gender::Woman => seen.1 = true,
                    Gender::Unknown => {}
                }
            }
        }
        genders
    }

    /// A short name that fits nobody is a separate person; a man and a woman are two people.
    fn link_lone(
        &self,
        place: usize,
        tie: Option<Tie>,
        genders: &Genders,
        lone: &mut Units<(u8, Key)>,
        resolved: &mut Resolved,
        context: &ResolveContext<'_>,
    ) -> Link {
        let (at, kind) = (self.chosen[place], self.of(place).kind);
        let name = &self.names[place];
        let two = genders.get(&context.lexicon.sounds(&name.person)) == Some(&(true, true));
        let several = tie == Some(Tie::Several) || (two && self.of(place).gender == Gender::Unknown);
        let title = match self.of(place).gender {
            Gender::Man if two => " (Mr)",
            Gender::Woman if two => " (Ms)",
            _ => "",
        };
        let key = Key::Other(format!("{}{title}", context.lexicon.text(&name.person)));
        let who = lone.number((kind, key.clone()), at, resolved, |full| {
            let mut who = ArticleEntity::new(kind, EntityKind::Person, full, key);
            if !title.is_empty() {
                let words = self.found[full].words.iter().map(|&word| context.vocabulary.text(word));
                who.name = Some(format!("{}{title}", words.collect::<Vec<_>>().join(" ")));
            }
            who
        });
        let entity = &mut resolved.who[who as usize];
        entity.ambiguous |= several;
        if self.is_shouted(entity.full as usize, context) && !self.is_shouted(at, context) {
            entity.full = at as u32;
        }
        let full = entity.full as usize;
        let rule = match full == at {
            _ if several => Rule::Ambiguous,
            true => Rule::FullForm,
            false => self.same_or_spelt(at, full, context),
        };
        Link { who, via: full as u32, rule, decider: None, ambiguous: several }
    }

    /// Whether a mention is a given name that shares the surname of another person.
    fn is_short(&self, at: usize) -> bool {
        self.chosen.binary_search(&at).is_ok_and(|place| self.names[place].shares.is_some())
    }

    /// Whether a mention is all capitals.
    fn is_shouted(&self, at: usize, context: &ResolveContext<'_>) -> bool {
        self.found[at].words.iter().all(|&word| !context.vocabulary.text(word).contains(char::is_lowercase))
    }
}

/// Whether a man's and a woman's title precede a name, by its parts.
type Genders = Map<Vec<u32>, (bool, bool)>;

/// The people of an article, and the person that each short form was linked to.
struct Known {
    people: People,
    /// The person of each founding form.
    person_of: Vec<Option<usize>>,
    /// The entity of each person.
    who_of: Vec<u32>,
    ties: Vec<Option<Tie>>,
}

/// The person and the entity of a form that founded a person; for a form that fits several, only
/// the entity.
type Founder = Option<(usize, u32)>;

/// The key of a full name across articles.
fn key(form: &Form, context: &ResolveContext<'_>) -> Key {
    let suffix = form.suffix.map_or("", |suffix| &*context.lexicon.part(suffix).text);
    Key::Person { name: context.lexicon.text(&form.parts), suffix: suffix.to_owned() }
}
