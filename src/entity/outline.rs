//! What is known of the names in some articles when their texts are gone?
//!
//! For each article: its day, its zones and their numbers of sentences, its entities with the
//! evidence by which they are joined to those of other articles, and its mentions with their
//! spellings. The entities of other articles decide nothing here, so the outlines of two sets of
//! articles are united by putting them together: whoever joins entities afterwards sees the same
//! evidence as if the articles had been read together.
//!
//! Invariants: articles are sorted by what is known of them, and strings by their bytes, so two
//! sets of articles that are united in any order have the same outline.
//!
//! Cost: about four numbers per mention and eight per entity of an article; each string once.

use super::cache::{Cache, CachedEntity, Mention, ReadArticle};
use super::evidence::{self, Evidence, rows};
use crate::article::ZoneKind;
use crate::batch::{Watch, require_memory, sort_by};
use crate::corpus::{ArticleRef, Corpus, Groups, Keys, NO_DAY, Outlines, SentenceRow, ZoneSet};
use crate::error::Result;
use crate::file::{Reader, Writer, require};
use crate::hash::Map;
use crate::resolve::{Link, Rule, spelt};
use crate::table::{Column, Distinct, Strings};

/// The names in some articles.
#[derive(Debug, Clone, Default)]
pub(crate) struct NameOutlines {
    /// The types that a mention can have.
    types: Vec<String>,
    /// Keys, names and spellings: sorted, each once.
    strings: Strings,
    articles: Vec<Article>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Article {
    group: u32,
    /// The day, or [`NO_DAY`].
    day: i32,
    zones: Vec<(u32, u32)>,
    entities: Vec<Evidence>,
    mentions: Vec<Named>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    /// The zone among those of the article.
    zone: u32,
    /// The sentence among those of the zone.
    sentence: u32,
    /// The type, and whether the mention is ambiguous.
    nature: u32,
    /// The entity among those of the article.
    entity: u32,
    spelling: u32,
}

impl NameOutlines {
    /// The outlines of the articles of a selection, in these groups, with the mentions in these
    /// zones.
    ///
    /// # Errors
    /// Cancellation.
    pub(super) fn new(
        (corpus, cache): (&Corpus, &Cache),
        groups: &Groups,
        zones: ZoneSet,
        watch: &Watch,
    ) -> Result<Self> {
        let (mut strings, texts) = (Distinct::with_capacity(0, 0), cache.texts());
        let mut articles = Vec::with_capacity(corpus.len());
        for (position, article) in watch.through(corpus.articles().enumerate()) {
            let mut outline = Article {
                group: groups.of(position, ZoneKind::Body),
                day: article.day().unwrap_or(NO_DAY),
                ..Article::default()
            };
            let entities = cache.article_entities(article.row).iter();
            outline.entities = entities.map(|entity| Evidence::new(entity, &texts, &mut strings)).collect();
            outline.add_zones(article, cache.of(article.row), zones, &mut strings);
            articles.push(outline);
        }
        watch.check()?;
        Self { types: cache.types().to_vec(), strings: strings.into_strings(), articles }.canonical(watch)
    }

    /// The same outlines with sorted strings and articles.
    fn canonical(mut self, watch: &Watch) -> Result<Self> {
        let mut order: Vec<u32> = (0..self.strings.len() as u32).collect();
        let text = |at: u32| self.strings.get(at as usize);
        sort_by(&mut order, watch, |&a, &b| text(a).cmp(text(b)))?;
        let (mut strings, mut numbers) = (Strings::default(), vec![0; order.len()]);
        for &at in watch.through(&order) {
            if strings.is_empty() || strings.get(strings.len() - 1) != text(at) {
                strings.push(text(at));
            }
            numbers[at as usize] = strings.len() as u32 - 1;
        }
        self.strings = strings;
        let articles = watch.through(&mut self.articles);
        articles.for_each(|article| article.renumber(|at| numbers[at as usize]));
        watch.check()?;
        let mut order: Vec<u32> = (0..self.articles.len() as u32).collect();
        let article = |at: u32| &self.articles[at as usize];
        sort_by(&mut order, watch, |&a, &b| article(a).cmp(article(b)))?;
        self.articles = order.iter().map(|&at| std::mem::take(&mut self.articles[at as usize])).collect();
        Ok(self)
    }

    /// The outlines of all; `groups` are the numbers that the groups of each have from now on.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn union(all: &[&Self], groups: &[Vec<u32>], watch: &Watch) -> Result<Self> {
        let mut strings = Distinct::with_capacity(0, 0);
        let mut articles = Vec::with_capacity(all.iter().map(|outlines| outlines.articles.len()).sum());
        for (outlines, groups) in all.iter().zip(groups) {
            let numbers: Vec<u32> =
                watch.through(outlines.strings.iter()).map(|string| strings.number(string)).collect();
            for article in watch.through(&outlines.articles) {
                let mut article = article.clone();
                article.group = groups[article.group as usize];
                article.renumber(|at| numbers[at as usize]);
                articles.push(article);
            }
        }
        watch.check()?;
        let types = all.first().map(|outlines| outlines.types.clone()).unwrap_or_default();
        Self { types, strings: strings.into_strings(), articles }.canonical(watch)
    }

    /// The outlines of the articles of some groups; `groups` has the new number of each.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn take(&self, groups: &[Option<u32>], watch: &Watch) -> Result<Self> {
        let taken = watch.through(&self.articles).filter_map(|article| {
            Some(Article { group: groups[article.group as usize]?, ..article.clone() })
        });
        let articles = taken.collect();
        watch.check()?;
        let mut strings = Distinct::with_capacity(0, 0);
        let mut taken = Self { types: self.types.clone(), strings: Strings::default(), articles };
        for article in watch.through(&mut taken.articles) {
            article.renumber(|at| strings.number(self.strings.get(at as usize)));
        }
        watch.check()?;
        taken.strings = strings.into_strings();
        taken.canonical(watch)
    }

    /// A corpus without texts, and the mentions of these outlines in it: verbs that count
    /// entities give the same tables for it as for the articles. Its fields are the keys of the
    /// groups.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn to_corpus(&self, keys: &Keys, watch: &Watch) -> Result<(Corpus, Cache)> {
        let cache = Cache::new(self.articles.len(), self.types.clone());
        let (mut parts, mut open) = (Vec::new(), Outlines::default());
        for (row, article) in watch.through((0..).zip(&self.articles)) {
            if open.is_full() {
                parts.push(std::mem::take(&mut open));
            }
            let zones =
                article.zones.iter().map(|&(kind, sentences)| (ZoneKind::ALL[kind as usize], sentences));
            let spellings =
                article.mentions.iter().map(|mention| self.strings.get(mention.spelling as usize));
            let (first_zone, first_sentence, spans) = open.push(article.day, zones, spellings)?;
            let mut starts = vec![first_sentence];
            starts.extend(article.zones.iter().scan(first_sentence, |at, &(_, sentences)| {
                *at += sentences;
                Some(*at)
            }));
            let mentions = article.mentions.iter().zip(spans).map(|(named, span)| Mention {
                zone: first_zone + named.zone,
                sentence: starts[named.zone as usize] + named.sentence,
                span,
                kind: named.nature as u8,
                link: Link {
                    who: named.entity,
                    via: 0,
                    rule: Rule::FullForm,
                    decider: None,
                    ambiguous: named.nature >> 8 != 0,
                },
            });
            let mentions = mentions.collect();
            let entities =
                article.entities.iter().map(|entity| entity.cached(&self.strings, &cache)).collect();
            cache.keep(row, ReadArticle { mentions, article_entities: entities });
        }
        watch.check()?;
        parts.push(open);
        let groups: Vec<u32> = self.articles.iter().map(|article| article.group).collect();
        let field = |(name, column): &(String, Column)| Ok((name.clone(), column.take(&groups, watch)?));
        let fields: Vec<(String, Column)> = keys.of_articles().iter().map(field).collect::<Result<_>>()?;
        let ids = Column::int((0..groups.len()).map(|at| at as i64));
        Ok((Corpus::of_outlines(parts, ids, fields), cache))
    }

    /// The entities of each article, with the numbers and types of another cache. An entity of a
    /// type that the cache does not have is ignored.
    pub(super) fn article_entities(&self, cache: &Cache) -> Vec<Vec<CachedEntity>> {
        let position = |name: &String| cache.types().iter().position(|other| other == name);
        let kinds: Vec<Option<usize>> = self.types.iter().map(position).collect();
        let entity = |entity: &Evidence| {
            let kind = kinds[entity.kind() as usize]?;
            Some(CachedEntity { kind: kind as u8, ..entity.cached(&self.strings, cache) })
        };
        self.articles.iter().map(|article| article.entities.iter().filter_map(entity).collect()).collect()
    }

    /// The number of articles.
    pub(crate) fn len(&self) -> usize {
        self.articles.len()
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        writer.strings(self.types.iter().map(String::as_str).collect::<Vec<_>>().into_iter());
        writer.strings(self.strings.iter());
        let articles = self.articles.iter();
        writer.rising(articles.clone().map(|article| article.group));
        writer.rising(articles.clone().map(|article| article.day.cast_unsigned()));
        writer.numbers(articles.clone().map(|article| article.zones.len() as u32));
        writer.numbers(articles.clone().map(|article| article.entities.len() as u32));
        writer.numbers(articles.clone().map(|article| article.mentions.len() as u32));
        let zones: Vec<(u32, u32)> = articles.clone().flat_map(|article| article.zones.clone()).collect();
        writer.numbers(zones.iter().map(|&(kind, _)| kind));
        writer.numbers(zones.iter().map(|&(_, sentences)| sentences));
        evidence::write(articles.clone().flat_map(|article| &article.entities), writer);
        let mentions: Vec<&Named> = articles.flat_map(|article| &article.mentions).collect();
        let of_mention: [fn(&Named) -> u32; 5] = [
            |mention| mention.zone,
            |mention| mention.sentence,
            |mention| mention.nature,
            |mention| mention.entity,
            |mention| mention.spelling,
        ];
        for of in of_mention {
            writer.numbers(mentions.iter().map(|mention| of(mention)));
        }
    }

    /// Outlines that were written, of articles in this number of groups.
    ///
    /// # Errors
    /// [`Kind::BadState`](crate::error::Kind::BadState): the bytes are not outlines.
    pub(crate) fn read(groups: usize, reader: &mut Reader<'_>) -> Result<Self> {
        let types: Vec<String> = reader.strings()?.iter().map(str::to_owned).collect();
        let strings = reader.strings()?;
        let (of_group, days) = (reader.rising()?, reader.rising()?);
        let lengths = [reader.numbers()?, reader.numbers()?, reader.numbers()?];
        let count = of_group.len();
        require(days.len() == count && lengths.iter().all(|lengths| lengths.len() == count))?;
        let mut zones = rows::<2>(&lengths[0], reader)?.into_iter();
        let mut entities = evidence::read(&lengths[1], reader)?.into_iter();
        let mut mentions = rows::<5>(&lengths[2], reader)?.into_iter();
        let is_string = |number: u32| (number as usize) < strings.len();
        let is_type = |number: u32| (number as usize) < types.len();
        let (mut articles, mut sentences) = (Vec::with_capacity(count), 0_u64);
        for (at, (&group, day)) in of_group.iter().zip(days).enumerate() {
            require((group as usize) < groups)?;
            let [of_zones, of_entities, of_mentions] =
                [&lengths[0], &lengths[1], &lengths[2]].map(|lengths| lengths[at] as usize);
            let mut article = Article { group, day: day.cast_signed(), ..Article::default() };
            for [kind, count] in zones.by_ref().take(of_zones) {
                require((kind as usize) < ZoneKind::ALL.len())?;
                article.zones.push((kind, count));
                sentences += u64::from(count);
            }
            for entity in entities.by_ref().take(of_entities) {
                entity.check(types.len(), strings.len())?;
                article.entities.push(entity);
            }
            for [zone, sentence, nature, entity, spelling] in mentions.by_ref().take(of_mentions) {
                require(article.zones.get(zone as usize).is_some_and(|&(_, count)| sentence < count))?;
                require((entity as usize) < of_entities && is_type(nature & 0xff) && is_string(spelling))?;
                article.mentions.push(Named { zone, sentence, nature, entity, spelling });
            }
            articles.push(article);
        }
        // A corpus of these articles numbers their sentences in 32 bits, and takes memory for each.
        require(u32::try_from(sentences).is_ok())?;
        require_memory(sentences as usize * size_of::<SentenceRow>(), "the sentences of the articles")?;
        Ok(Self { types, strings, articles })
    }
}

impl Article {
    /// Gives its strings other numbers.
    fn renumber(&mut self, mut number: impl FnMut(u32) -> u32) {
        self.entities.iter_mut().for_each(|entity| entity.renumber(&mut number));
        for mention in &mut self.mentions {
            mention.spelling = number(mention.spelling);
        }
    }

    /// Adds the chosen zones of an article, and the mentions in them.
    fn add_zones(
        &mut self,
        article: ArticleRef<'_>,
        mentions: &[Mention],
        zones: ZoneSet,
        strings: &mut Distinct,
    ) {
        let mut numbers: Map<u32, u32> = Map::default();
        for zone in article.zones(zones) {
            numbers.insert(zone as u32, self.zones.len() as u32);
            let sentences = article.part.sentences_of(zone).len() as u32;
            self.zones.push((article.part.zones[zone].kind as u32, sentences));
        }
        for mention in mentions {
            let Some(&zone) = numbers.get(&mention.zone) else { continue };
            self.mentions.push(Named {
                zone,
                sentence: mention.sentence - article.part.sentences_of(mention.zone as usize).start as u32,
                nature: u32::from(mention.kind) | u32::from(mention.link.ambiguous) << 8,
                entity: mention.link.who,
                spelling: strings.number(&spelt(article, mention.span)),
            });
        }
    }
}
