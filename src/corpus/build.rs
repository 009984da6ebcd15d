//! How does a stream of articles become a corpus?
//!
//! The caller pushes articles and then calls finish. The builder gathers articles into drafts of
//! about a megabyte and hands each draft to the pool. There it is cut into zones, sentences and
//! tokens, which are numbered by the vocabulary of the thread that cuts it. Drafts are taken up in
//! the order of the articles, and so are the parts they become. If there are several vocabularies,
//! they are united meanwhile, and the tokens are renumbered at the end. So nothing depends on which
//! thread was first.
//!
//! Cost: in addition to the corpus, a few drafts per thread.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::incoming::Incoming;
use super::infer::{Dated, Inference};
use super::keys::free_name;
use super::part::{Draft, NO_DAY, Part};
use super::report::{Report, Shared};
use super::roles::Roles;
use super::text::Text;
use super::vocabulary::{NewTokens, Union, Vocabulary};
use super::{Corpus, Store};
use crate::article::{Cut, Layout, Paragraphs, find_header};
use crate::batch::{self, Guarded, Pool, Watch, each_mut, map, receive};
use crate::error::{Error, Kind, Result};
use crate::read::{holds_tags, misread, read_page};
use crate::table::Column;

/// A draft is handed on when it holds this many bytes.
pub(super) const DRAFT_BYTES: usize = 1 << 20;

/// It is also handed on when it holds this many articles, however short: a draft is cut in one go.
const DRAFT_ARTICLES: usize = 1 << 14;

/// The field that marks the days that were inferred.
const DATE_FROM: &str = "date_from";

/// The longest article, in bytes: offsets within a part are 32 bits.
const LONGEST_ARTICLE: usize = u32::MAX as usize - 2 * DRAFT_BYTES;

/// What to do with a bad article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnError {
    /// No corpus: the first of them is the error, and says how many there are.
    #[default]
    Raise,
    /// Leave it out, and list it in the report.
    Skip,
}

/// How a corpus is built.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// How zones are found.
    pub layout: Layout,
    /// What separates paragraphs.
    pub paragraphs: Paragraphs,
    /// What to do with a bad article.
    pub on_error: OnError,
    /// How many threads. `None` uses all cores.
    pub threads: Option<usize>,
    /// The id of the first article, if ids are positions.
    pub first: u64,
}

/// A part, the thread that cut it, and the tokens that were new to that thread, if there are other
/// threads.
type Finished = (Part, usize, Option<NewTokens>);

/// What the threads that cut drafts share.
struct Cutting {
    cut: Cut,
    watch: Watch,
    /// The drafts that no thread has taken up yet, and where to send the part of each.
    drafts: Guarded<VecDeque<(Draft, SyncSender<Finished>)>>,
    /// One per thread.
    vocabularies: Vec<Guarded<Vocabulary>>,
}

impl Cutting {
    /// Cuts the first draft in the queue, so that no thread reads articles out of order.
    fn cut(&self, thread: usize) {
        self.vocabularies[thread].with(|vocabulary| {
            let Some((draft, sender)) = self.drafts.with(VecDeque::pop_front) else { return };
            if self.watch.is_stopped() {
                return;
            }
            let (articles, before) = (draft.len() as u64, vocabulary.len());
            // If cutting was stopped there is no part: whoever waits for it checks the watch.
            let Ok(part) = Part::build(draft, self.cut, vocabulary, &self.watch) else { return };
            let news = (self.vocabularies.len() > 1).then(|| vocabulary.since(before));
            self.watch.add(articles);
            // If the builder was dropped on an error, nobody waits for the part.
            let _ = sender.send((part, thread, news));
        });
    }
}

/// Builds a corpus article by article: [`push`](Builder::push) each, then
/// [`finish`](Builder::finish).
pub struct Builder {
    options: Options,
    /// The columns in addition to the texts, if there are any.
    roles: Option<Roles>,
    pool: Pool,
    draft: Draft,
    cutting: Arc<Cutting>,
    waiting: VecDeque<Receiver<Finished>>,
    /// Each part, and the thread that cut it.
    parts: Vec<(Part, usize)>,
    /// The union of the vocabularies of all threads, for the parts received so far.
    union: Union,
    report: Report,
    /// The positions of the good articles among all records.
    kept: Vec<u32>,
    /// Where the day of each of them is from, if days are inferred.
    dated: Vec<Dated>,
    /// How many texts hold tags of HTML.
    tagged: usize,
    /// How many texts were read in the wrong encoding, and where the first shows it.
    misread: (usize, Option<Error>),
    /// The notes that many files share.
    shared: Shared,
    /// The first bad article, if there is to be no corpus. The articles after it are only checked,
    /// so that the error can say how many are bad.
    failed: Option<Error>,
}

impl Builder {
    /// A builder without articles.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: the pool does not allow this number of threads.
    pub fn new(options: Options, watch: Watch) -> Result<Self> {
        let pool = batch::pool(options.threads)?;
        let cutting = Cutting {
            cut: Cut { layout: options.layout, paragraphs: options.paragraphs },
            watch,
            drafts: Guarded::default(),
            vocabularies: (0..pool.threads()).map(|_| Guarded::default()).collect(),
        };
        Ok(Self {
            options,
            roles: None,
            pool,
            draft: Draft::default(),
            cutting: Arc::new(cutting),
            waiting: VecDeque::new(),
            parts: Vec::new(),
            union: Union::default(),
            report: Report::default(),
            kept: Vec::new(),
            dated: Vec::new(),
            tagged: 0,
            misread: (0, None),
            shared: Shared::default(),
            failed: None,
        })
    }

    /// A builder of articles that have columns in addition to their texts. The columns have one row
    /// for each article that will be pushed or refused.
    ///
    /// # Errors
    /// As [`Builder::new`].
    pub fn with_roles(options: Options, mut roles: Roles, watch: Watch) -> Result<Self> {
        let mut builder = Self::new(options, watch)?;
        roles.notes.drain(..).for_each(|note| builder.note(note));
        Ok(Self { roles: Some(roles), ..builder })
    }

    /// Adds an article. It may wait until the pool has cut articles that were pushed before.
    ///
    /// # Errors
    /// [`Kind::Cancelled`].
    pub fn push<'a>(&mut self, article: impl Into<Incoming<'a>>) -> Result<()> {
        let mut article = article.into();
        let page;
        if self.options.layout == Layout::Html && article.parts.is_none() {
            page = read_page(article.text.as_str(), &self.cutting.watch)?;
            article = Incoming {
                text: page.text().into(),
                perhaps: page.day().or(article.perhaps),
                page: (page.field("headline"), page.field("byline")),
                parts: Some(page.parts().into()),
                ..article
            };
        }
        if self.options.layout == Layout::Auto && article.parts.is_none() {
            self.tagged += usize::from(holds_tags(article.text.as_str()));
        }
        if let Some((byte, word)) = misread(article.text.as_str()) {
            self.misread.0 += 1;
            let position = self.report.n_in();
            self.misread.1.get_or_insert_with(|| {
                Error::new(Kind::BadText, word).in_field("text").at_article(position).at_byte(byte)
            });
        }
        let (position, source, line) = (self.report.n_in(), article.source, article.line);
        let Self { roles, draft, options, .. } = self;
        let roles = roles.as_ref();
        let completed = match roles {
            Some(roles) => roles.complete(position, article),
            None => Ok(article),
        };
        if self.failed.is_some() && position % (1 << 14) == 0 {
            self.cutting.watch.check()?;
        }
        let draft = self.failed.is_none().then_some(draft);
        let inference = roles.and_then(|roles| roles.inference.as_ref());
        let added = completed.and_then(|article| add(article, options.layout, draft, inference));
        let infers = inference.is_some();
        let dated = match added {
            Ok(dated) => dated,
            Err(mut error) => {
                if let Some(source) = source {
                    error = error.in_source(source);
                }
                if let Some(line) = line {
                    error = error.at_line(line);
                }
                return self.refuse(error);
            }
        };
        self.report.accept();
        if self.failed.is_some() {
            return Ok(());
        }
        self.kept.push(position as u32);
        if infers {
            self.dated.push(dated);
        }
        if self.draft.bytes() >= DRAFT_BYTES || self.draft.len() >= DRAFT_ARTICLES {
            self.send()?;
        }
        Ok(())
    }

    /// Adds the articles of HTML pages. Each page is its source, or the reason why it has none.
    ///
    /// # Errors
    /// [`Kind::Cancelled`].
    pub fn push_pages(&mut self, pages: &[Result<Text>]) -> Result<()> {
        let watch = self.cutting.watch.clone();
        let read = |page: &Result<Text>| match page {
            Ok(source) => read_page(source.as_str(), &watch).map(Ok),
            Err(reason) => Ok(Err(reason.clone())),
        };
        let pool = self.pool.clone();
        for page in pool.install(|| map(pages, &watch, read))? {
            match page {
                Err(reason) => self.refuse(reason)?,
                Ok(page) => self.push(Incoming {
                    perhaps: page.day(),
                    page: (page.field("headline"), page.field("byline")),
                    parts: Some(page.parts().into()),
                    ..Incoming::from(page.text())
                })?,
            }
        }
        Ok(())
    }

    /// Counts a record that is not an article, with the reason.
    ///
    /// # Errors
    /// [`Kind::Cancelled`].
    pub fn refuse(&mut self, reason: Error) -> Result<()> {
        let reason = reason.at_article(self.report.n_in());
        if self.options.on_error == OnError::Raise {
            self.cutting.watch.check()?;
            self.failed.get_or_insert_with(|| reason.clone());
        }
        self.report.refuse(reason);
        Ok(())
    }

    /// Reports something that was put right on the way in.
    pub fn note(&mut self, note: Error) {
        if let Some(note) = self.shared.take(note) {
            self.report.note(note);
        }
    }

    /// Hands the draft to the pool, and takes the parts that the pool has finished. With one
    /// thread, the caller cuts the draft itself: its texts are still in the cache, and no other
    /// draft is gathered meanwhile.
    fn send(&mut self) -> Result<()> {
        self.cutting.watch.check()?;
        if self.draft.len() == 0 {
            return Ok(());
        }
        let (sender, receiver) = sync_channel(1);
        self.draft.reserve_tokens();
        let draft = std::mem::take(&mut self.draft);
        self.cutting.drafts.with(|drafts| drafts.push_back((draft, sender)));
        self.waiting.push_back(receiver);
        if self.pool.threads() == 1 {
            // If the task panics, it sends no part.
            let _ = catch_unwind(AssertUnwindSafe(|| self.cutting.cut(0)));
            return self.receive();
        }
        let cutting = Arc::clone(&self.cutting);
        self.pool.spawn(move || cutting.cut(batch::thread().unwrap_or(0)));
        while self.waiting.len() > self.pool.threads() + 1 {
            self.receive()?;
        }
        Ok(())
    }

    /// Waits for the part of the oldest draft.
    fn receive(&mut self) -> Result<()> {
        let Some(receiver) = self.waiting.pop_front() else { return Ok(()) };
        let Some((part, thread, news)) = receive(&receiver) else {
            self.cutting.watch.check()?;
            return Err(Error::new(
                Kind::Internal,
                "an article could not be cut into zones; please report this",
            ));
        };
        if let Some(news) = news {
            self.union.add(thread, &news);
        }
        self.parts.push((part, thread));
        Ok(())
    }

    /// The corpus of all articles pushed.
    ///
    /// # Errors
    /// The first bad article, if bad articles are errors; it says how many there are.
    /// [`Kind::BadRecord`]: there are columns, and they have more rows than there were articles.
    /// [`Kind::Cancelled`].
    pub fn finish(self) -> Result<Corpus> {
        let pool = self.pool.clone();
        pool.install(|| self.finish_here())
    }

    /// [`Builder::finish`], on a thread of the pool.
    fn finish_here(mut self) -> Result<Corpus> {
        let came = self.report.n_in();
        if let Some(first) = self.failed {
            return Err(counted(first, self.report.n_failed(), came));
        }
        if let Some(rows) = self.roles.as_ref().and_then(|roles| roles.rows).filter(|&rows| rows > came) {
            let what =
                format!("the columns have {rows} rows, and {came} articles came; expected one for each row");
            return Err(Error::new(Kind::BadRecord, what));
        }
        for note in std::mem::take(&mut self.shared).finish() {
            self.report.note(note);
        }
        if self.tagged > 0 {
            let what = format!(
                "{} of {came} texts hold HTML tags, which count as symbols; layout=\"html\" reads texts as pages",
                self.tagged
            );
            self.report.note(Error::new(Kind::BadText, what).in_field("text"));
        }
        if let (count, Some(first)) = std::mem::take(&mut self.misread) {
            let what = format!(
                "{count} of {came} texts have letters as in {:?}: UTF-8 that was read as Windows-1252; read \
                 them as UTF-8 (encoding=\"utf-8\" for files), or mend them first, with ftfy.fix_text",
                first.what()
            );
            self.report.note(Error::new(Kind::BadText, what).at(first.place().clone()));
        }
        self.send()?;
        while !self.waiting.is_empty() {
            self.cutting.watch.check()?;
            self.receive()?;
        }
        let vocabulary = if let [only] = &self.cutting.vocabularies[..] {
            only.with(std::mem::take).closed()
        } else {
            let (vocabulary, numbers) = self.union.finish();
            let renumber = |(part, thread): &mut (Part, usize)| part.renumber(&numbers[*thread]);
            each_mut(&mut self.parts, &self.cutting.watch, renumber)?;
            vocabulary
        };
        let all = self.kept.len() == self.report.n_in();
        let watch = &self.cutting.watch;
        let keep = |column: Column| if all { Ok(column) } else { column.take(&self.kept, watch) };
        let first = self.options.first as i64;
        let positions = || Ok(Column::int(self.kept.iter().map(|&position| first + i64::from(position))));
        let Roles { ids, fields, inference, .. } = self.roles.unwrap_or_default();
        let ids = ids.map_or_else(positions, keep)?;
        let keep = |(name, column)| Ok((name, keep(column)?));
        let mut fields: Vec<(String, Column)> = fields.into_iter().map(keep).collect::<Result<_>>()?;
        if let Some(inference) = inference {
            let others: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
            let name = free_name(DATE_FROM, &others);
            for note in inference.notes(&self.dated, &name) {
                self.report.note(Error::new(Kind::BadDate, note).in_field("date"));
            }
            let places = self.dated.iter().map(|dated| match dated {
                Dated::Inferred(place) => Some(place.name()),
                Dated::Given | Dated::Not => None,
            });
            fields.push((name, Column::optional_text(places)));
        }
        let parts = self.parts.into_iter().map(|(part, _)| part).collect();
        Ok(Corpus::new(Store::new(parts, vocabulary, ids, fields), self.report))
    }
}

/// The error of the first bad article, which says how many there are and what can be done.
fn counted(first: Error, bad: usize, all: usize) -> Error {
    match (bad, all) {
        (_, 1) => first,
        (1, _) => first.and(format!(
            " (1 of {all} articles is bad; errors=\"skip\" leaves it out, and report.failures lists it)"
        )),
        _ => first.and(format!(
            " ({bad} of {all} articles are bad; errors=\"skip\" leaves them out, and report.failures lists them)"
        )),
    }
}

/// Adds an article to a draft, and says where its day is from. Without a draft, the article is only
/// checked.
fn add(
    article: Incoming<'_>,
    layout: Layout,
    draft: Option<&mut Draft>,
    inference: Option<&Inference>,
) -> Result<Dated> {
    let Incoming { text, headline, byline, day, perhaps, parts, page, source, .. } = article;
    let (headline, byline) = (headline.or(page.0), byline.or(page.1));
    let size = text.as_str().len() + headline.map_or(0, str::len) + byline.map_or(0, str::len);
    if size > LONGEST_ARTICLE {
        return Err(Error::new(
            Kind::BadText,
            format!("the article has {size} bytes; expected at most {LONGEST_ARTICLE}"),
        ));
    }
    let header = match layout {
        Layout::Auto if parts.is_none() => find_header(text.as_str())?,
        _ => None,
    };
    let Some(draft) = draft else { return Ok(Dated::Not) };
    let given = day.or(header.map(|header| header.day)).or(perhaps);
    let (day, dated) = match (given, inference) {
        (Some(day), _) => (day, Dated::Given),
        (None, Some(inference)) => inference
            .day(text.as_str(), source)
            .map_or((NO_DAY, Dated::Not), |(day, place)| (day, Dated::Inferred(place))),
        (None, None) => (NO_DAY, Dated::Not),
    };
    draft.push(
        text,
        headline.unwrap_or_default(),
        byline.unwrap_or_default(),
        header.map_or(0, |header| header.end),
        day,
        parts,
    );
    Ok(dated)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{IdSource, RoleNames};

    fn builder(on_error: OnError) -> Builder {
        let columns =
            vec![("id".to_owned(), Column::text(["a", "b", "b"])), ("n".to_owned(), Column::int([1, 2, 3]))];
        let (names, watch) = (
            RoleNames { id: Some("id".to_owned()), id_source: IdSource::Asked, ..RoleNames::default() },
            Watch::default(),
        );
        let roles = Roles::new(columns, std::collections::HashMap::new(), &names, &watch).unwrap();
        let options = Options { on_error, threads: Some(1), ..Options::default() };
        Builder::with_roles(options, roles, watch).unwrap()
    }

    #[test]
    fn a_corpus_is_pushed_and_finished() {
        let mut builder = builder(OnError::Skip);
        builder.push("Rain fell.").unwrap();
        builder.refuse(Error::new(Kind::MissingText, "there is no text")).unwrap();
        builder.push(Incoming { line: Some(7), ..Incoming::from("Sun.") }).unwrap();
        let corpus = builder.finish().unwrap();
        assert_eq!((corpus.len(), corpus.report().n_in()), (1, 3));
        assert_eq!(corpus.store().ids().show(0).as_deref(), Some("a"));
        assert_eq!(corpus.store().fields()[0].1.show(0).as_deref(), Some("1"));
        let failures = corpus.report().failures().unwrap();
        let of = |name: &str, row: usize| failures.column(name).unwrap().show(row).unwrap_or_default();
        assert_eq!((of("kind", 0), of("kind", 1)), ("missing_text".to_owned(), "duplicate_id".to_owned()));
        assert_eq!((of("article", 1), of("line", 1)), ("2".to_owned(), "7".to_owned()));
    }

    #[test]
    fn columns_have_one_row_for_each_article() {
        let mut short = builder(OnError::Skip);
        short.push("Rain fell.").unwrap();
        assert_eq!(short.finish().unwrap_err().kind(), Kind::BadRecord);
        let mut long = builder(OnError::Skip);
        (0..4).for_each(|_| long.push("Rain fell.").unwrap());
        assert_eq!(long.finish().unwrap().report().n_failed(), 2);
        let columns = vec![("m".to_owned(), Column::int([1])), ("n".to_owned(), Column::int([1, 2]))];
        let watch = Watch::default();
        let roles = Roles::new(columns, std::collections::HashMap::new(), &RoleNames::default(), &watch);
        assert_eq!(roles.unwrap_err().what(), "columns differ in length: m 1, n 2");
    }
}
