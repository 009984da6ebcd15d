//! What do articles, zones, sentences and tokens look like as tables?

use super::keys::free_name;
use super::part::{Origin, Part};
use super::{ArticleRef, Corpus, ZoneSet};
use crate::article::{Details, ZoneKind, authors};
use crate::batch::Watch;
use crate::error::Result;
use crate::span::{ByteSpan, CharCursor};
use crate::table::{Column, Strings, Table, Values};
use crate::text::TokenKind;

impl Corpus {
    /// The built-in fields, which every article has.
    pub const BUILT_IN_FIELDS: [&'static str; 5] = ["article", "date", "headline", "place", "byline"];

    /// One of the [built-in fields](Corpus::BUILT_IN_FIELDS).
    ///
    /// # Errors
    /// [`crate::error::Kind::Cancelled`].
    pub(super) fn built_in_field(&self, name: &str, watch: &Watch) -> Result<Option<Column>> {
        let articles = watch.through(self.articles());
        let column = match name {
            "article" => self.selected(self.store().ids(), watch)?,
            "date" => Column::dates(articles.map(ArticleRef::day)),
            "headline" => Column::optional_text(articles.map(headline)),
            "place" => {
                Column::optional_text(articles.map(|article| detail(article, |details| details.place)))
            }
            "byline" => Column::optional_text(articles.map(byline)),
            _ => return Ok(None),
        };
        watch.check()?;
        Ok(Some(column))
    }

    /// The people whom the byline of each article names.
    fn authors(&self, watch: &Watch) -> Result<Column> {
        let (mut ends, mut names) = (Vec::new(), Strings::default());
        for article in watch.through(self.articles()) {
            let byline = byline(article).unwrap_or_default();
            for name in authors(byline) {
                names.push(name.of(byline));
            }
            ends.push(names.len() as u32);
        }
        watch.check()?;
        Ok(Values::TextList(ends, names).into())
    }

    /// One row per article: article, date, headline, place, byline, authors, paragraphs, sentences,
    /// tokens, captions, then the supplied fields. Sentences and tokens are counted in the zones
    /// of the set; paragraphs are body zones. A supplied field with the name of an earlier column
    /// gets the suffix `_field`.
    ///
    /// # Errors
    /// [`crate::error::Kind::Cancelled`].
    pub fn articles_table(&self, zones: ZoneSet, watch: &Watch) -> Result<Table> {
        let mut table = Table::new();
        for name in Self::BUILT_IN_FIELDS {
            watch.check()?;
            table = table.with(name, self.built_in_field(name, watch)?.unwrap_or_default())?;
        }
        table = table.with("authors", self.authors(watch)?)?;
        let count = |article: ArticleRef<'_>, kind: ZoneKind| {
            article.zones(ZoneSet::ALL).filter(|&zone| article.part.zones[zone].kind == kind).count() as i64
        };
        let sum = |article: ArticleRef<'_>, size: &dyn Fn(&Part, usize) -> usize| {
            article.zones(zones).map(|zone| size(article.part, zone) as i64).sum::<i64>()
        };
        table = table
            .with(
                "paragraphs",
                Column::int(watch.through(self.articles()).map(|article| count(article, ZoneKind::Body))),
            )?
            .with(
                "sentences",
                Column::int(
                    watch
                        .through(self.articles())
                        .map(|a| sum(a, &|part, zone| part.sentences_of(zone).len())),
                ),
            )?
            .with(
                "tokens",
                Column::int(
                    watch
                        .through(self.articles())
                        .map(|a| sum(a, &|part, zone| part.tokens_of_zone(zone).len())),
                ),
            )?
            .with(
                "captions",
                Column::int(watch.through(self.articles()).map(|article| count(article, ZoneKind::Caption))),
            )?;
        for (name, column) in self.store().fields() {
            let others: Vec<&str> = table.columns().iter().map(|(other, _)| other.as_str()).collect();
            let name = free_name(name, &others);
            table = table.with(name, self.selected(column, watch)?)?;
        }
        Ok(table)
    }

    /// One row per zone of the set: article, zone, start, end, text, credit, agency, photographer,
    /// place, date.
    ///
    /// # Errors
    /// [`crate::error::Kind::Cancelled`].
    pub fn zones_table(&self, zones: ZoneSet, watch: &Watch) -> Result<Table> {
        let mut spans = Spans::default();
        let mut parts: [Vec<Option<String>>; 5] = Default::default();
        for (position, article) in watch.through(self.articles().enumerate()) {
            let mut cursors = Cursors::new(article);
            for zone in article.zones(zones) {
                spans.push(position, article, zone, article.part.zones[zone].span, &mut cursors);
                let details = article.part.details_of(zone);
                let piece = |span: Option<ByteSpan>| span.map(|span| article.piece(span).to_owned());
                let name = |name: &String| Some(name.clone()).filter(|name| !name.is_empty());
                let told = [
                    details.and_then(|details| piece(details.credit)),
                    details.and_then(|details| name(&details.agency)),
                    details.and_then(|details| name(&details.photographer)),
                    details.and_then(|details| piece(details.place)),
                    details.and_then(|details| piece(details.date)),
                ];
                for (column, told) in parts.iter_mut().zip(told) {
                    column.push(told);
                }
            }
        }
        watch.check()?;
        let [credit, agency, photographer, place, date] = parts.map(Column::optional_text);
        watch.check()?;
        spans
            .start_table(self, watch)?
            .with("start", Column::int(spans.starts))?
            .with("end", Column::int(spans.ends))?
            .with("text", Values::Text(spans.texts))?
            .with("credit", credit)?
            .with("agency", agency)?
            .with("photographer", photographer)?
            .with("place", place)?
            .with("date", date)
    }

    /// One row per sentence in the zones of the set: article, zone, sentence, start, end, text.
    /// Sentences are counted within their article, over all its zones.
    ///
    /// # Errors
    /// [`crate::error::Kind::Cancelled`].
    pub fn sentences_table(&self, zones: ZoneSet, watch: &Watch) -> Result<Table> {
        let mut spans = Spans::default();
        let mut numbers = Vec::new();
        for (position, article) in watch.through(self.articles().enumerate()) {
            let mut cursors = Cursors::new(article);
            let first = first_sentence(article);
            for zone in article.zones(zones) {
                for sentence in article.part.sentences_of(zone) {
                    let span = article.part.sentence_span(sentence, self.store().vocabulary());
                    spans.push(position, article, zone, span, &mut cursors);
                    numbers.push((sentence - first) as i64);
                }
            }
        }
        watch.check()?;
        spans
            .start_table(self, watch)?
            .with("sentence", Column::int(numbers))?
            .with("start", Column::int(spans.starts))?
            .with("end", Column::int(spans.ends))?
            .with("text", Values::Text(spans.texts))
    }

    /// One row per token in the zones of the set: article, zone, sentence, token, start, end, text,
    /// kind. Sentences and tokens are counted within their article, over all its zones.
    ///
    /// # Errors
    /// [`crate::error::Kind::Cancelled`].
    pub fn tokens_table(&self, zones: ZoneSet, watch: &Watch) -> Result<Table> {
        let mut spans = Spans::default();
        let (mut sentences, mut tokens, mut kinds) = (Vec::new(), Vec::new(), Vec::new());
        let vocabulary = self.store().vocabulary();
        for (position, article) in watch.through(self.articles().enumerate()) {
            let mut cursors = Cursors::new(article);
            let first = first_sentence(article);
            let first_token = article.part.sentences[first].first_token as usize;
            for zone in article.zones(zones) {
                for sentence in article.part.sentences_of(zone) {
                    let start = article.part.tokens_of(sentence).start - first_token;
                    for (i, token) in article.part.walk(sentence, vocabulary).enumerate() {
                        spans.push(position, article, zone, token.span, &mut cursors);
                        sentences.push((sentence - first) as i64);
                        tokens.push((start + i) as i64);
                        kinds.push(vocabulary.kind(token.number) as u32);
                    }
                }
            }
        }
        let names = TokenKind::ALL.map(TokenKind::name).into_iter().collect();
        watch.check()?;
        spans
            .start_table(self, watch)?
            .with("sentence", Column::int(sentences))?
            .with("token", Column::int(tokens))?
            .with("start", Column::int(spans.starts))?
            .with("end", Column::int(spans.ends))?
            .with("text", Values::Text(spans.texts))?
            .with("kind", Values::Category(kinds, names))
    }
}

/// The first sentence of an article, as a position in its part.
pub(crate) fn first_sentence(article: ArticleRef<'_>) -> usize {
    let zone = article.part.articles[article.local].first_zone as usize;
    article.part.zones[zone].first_sentence as usize
}

/// The headline: the supplied field, or the headline zone.
fn headline(article: ArticleRef<'_>) -> Option<&str> {
    let set = ZoneSet::ALL;
    let mut zones = article.zones(set).filter(|&zone| article.part.zones[zone].kind == ZoneKind::Headline);
    zones.next().map(|zone| article.piece(article.part.zones[zone].span))
}

/// Who wrote the article: the supplied byline, or what the byline zone says after its `By`.
fn byline(article: ArticleRef<'_>) -> Option<&str> {
    let own = article.part.articles[article.local].byline;
    if own.is_empty() { detail(article, |details| details.names) } else { Some(article.piece(own).trim()) }
}

/// The first detail that `pick` finds in the zones of the article.
fn detail(article: ArticleRef<'_>, pick: impl Fn(&Details) -> Option<ByteSpan>) -> Option<&str> {
    let zones = article.part.zones_of(article.local);
    let first = article.part.details.partition_point(|details| (details.zone as usize) < zones.start);
    article.part.details[first..]
        .iter()
        .take_while(|details| (details.zone as usize) < zones.end)
        .find_map(pick)
        .map(|span| article.piece(span))
}

impl<'a> ArticleRef<'a> {
    /// The agency that its dateline, its byline or its credits name, and the place of its dateline.
    pub(crate) fn source(self) -> (Option<&'a str>, Option<&'a str>) {
        let zones = self.part.zones_of(self.local);
        let named = zones.filter_map(|zone| self.part.details_of(zone));
        let agency = named.map(|details| details.agency.as_str()).find(|agency| !agency.is_empty());
        (agency, detail(self, |details| details.place))
    }
}

/// Character offsets in the strings of one article.
pub(crate) struct Cursors<'a> {
    article: ArticleRef<'a>,
    cursors: [Option<CharCursor<'a>>; 3],
}

impl<'a> Cursors<'a> {
    pub(crate) fn new(article: ArticleRef<'a>) -> Self {
        Self { article, cursors: [const { None }; 3] }
    }

    /// The start and end of a span of the part's strings, in characters of the string that contains
    /// the zone.
    pub(crate) fn chars(&mut self, zone: usize, span: ByteSpan) -> (i64, i64) {
        let ArticleRef { part, local, .. } = self.article;
        let offset = part.origin_start(local, zone);
        if part.zones[zone].origin == Origin::Text && part.articles[local].is_ascii {
            return (i64::from(span.start - offset), i64::from(span.end - offset));
        }
        let cursor = self.cursors[part.zones[zone].origin as usize]
            .get_or_insert_with(|| CharCursor::new(part.origin_text(local, zone)));
        (cursor.at((span.start - offset) as usize), cursor.at((span.end - offset) as usize))
    }
}

/// Builds the columns that all tables of spans have.
#[derive(Default)]
pub(crate) struct Spans {
    pub(crate) articles: Vec<u32>,
    pub(crate) zones: Vec<u32>,
    pub(crate) starts: Vec<i64>,
    pub(crate) ends: Vec<i64>,
    pub(crate) texts: Strings,
}

impl Spans {
    pub(crate) fn push(
        &mut self,
        position: usize,
        article: ArticleRef<'_>,
        zone: usize,
        span: ByteSpan,
        cursors: &mut Cursors<'_>,
    ) {
        let (start, end) = cursors.chars(zone, span);
        self.articles.push(position as u32);
        self.zones.push(article.part.zones[zone].kind as u32);
        self.starts.push(start);
        self.ends.push(end);
        self.texts.push(article.piece(span));
    }

    /// A table with the columns `article` and `zone`.
    ///
    /// # Errors
    /// [`crate::error::Kind::Cancelled`].
    pub(crate) fn start_table(&mut self, corpus: &Corpus, watch: &Watch) -> Result<Table> {
        let names = ZoneKind::ALL.map(ZoneKind::name).into_iter().collect();
        let articles = std::mem::take(&mut self.articles);
        Table::new()
            .with("article", corpus.ids_of(&articles, watch)?)?
            .with("zone", Values::Category(std::mem::take(&mut self.zones), names))
    }
}
