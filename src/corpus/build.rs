//! How does a stream of articles become a corpus?
//!
//! The caller pushes articles; the builder gathers them into drafts of about a megabyte and hands each to the pool,
//! where it is cut, and its tokens are numbered by the vocabulary of the thread that cuts it. Drafts are taken up in the order of
//! the articles, and parts as well; where there are several vocabularies they are united meanwhile, and the tokens renumbered in the
//! end. So nothing depends on which thread was first.

use std::collections::{HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::part::{Draft, NO_DAY, Part};
use super::report::Report;
use super::text::Text;
use super::vocabulary::{NewTokens, Union, Vocabulary};
use super::{Corpus, Store};
use crate::article::{Layout, find_header};
use crate::batch::{self, Guarded, Pool, Watch, each_mut, receive};
use crate::error::{Error, Kind, Result};
use crate::table::{Column, Values};

/// A draft is handed on when it holds this many bytes.
const DRAFT_BYTES: usize = 1 << 20;

/// And when it holds this many articles, however short: a draft is cut in one go.
const DRAFT_ARTICLES: usize = 1 << 14;

/// The longest article, in bytes: offsets within a part are 32 bits.
const LONGEST_ARTICLE: usize = u32::MAX as usize - 2 * DRAFT_BYTES;

/// What to do with a bad article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnError {
    /// Stop at the first.
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
    /// What to do with a bad article.
    pub on_error: OnError,
    /// How many threads; all cores where none is given.
    pub threads: Option<usize>,
}

/// One article as it comes in.
#[derive(Debug, Clone, Default)]
pub struct Incoming<'a> {
    /// The text, with or without a header.
    pub text: Text,
    /// The headline, where it came in a field of its own.
    pub headline: Option<&'a str>,
    /// The byline, where it came in a field of its own.
    pub byline: Option<&'a str>,
    /// The day, where it came in a field of its own; it wins over the header's.
    pub day: Option<i32>,
}

/// A part, the thread that cut it, and the tokens that were new to it, where there are others.
type Finished = (Part, usize, Option<NewTokens>);

/// What the threads that cut drafts share.
struct Cutting {
    layout: Layout,
    watch: Watch,
    /// What no thread has taken up yet, and where each part is awaited.
    drafts: Guarded<VecDeque<(Draft, SyncSender<Finished>)>>,
    /// One a thread.
    vocabularies: Vec<Guarded<Vocabulary>>,
}

impl Cutting {
    /// Cuts the first draft that is there: so none of the threads reads articles out of order.
    fn cut(&self, thread: usize) {
        self.vocabularies[thread].with(|vocabulary| {
            let Some((draft, sender)) = self.drafts.with(VecDeque::pop_front) else { return };
            if self.watch.is_stopped() {
                return;
            }
            let (articles, before) = (draft.len() as u64, vocabulary.len());
            // A draft whose cutting was stopped has no part: whoever waits for it checks the watch.
            let Ok(part) = Part::build(draft, self.layout, vocabulary, &self.watch) else { return };
            let news = (self.vocabularies.len() > 1).then(|| vocabulary.since(before));
            self.watch.add(articles);
            // The builder may have been dropped on an error: then nobody waits for the part.
            let _ = sender.send((part, thread, news));
        });
    }
}

/// Builds a corpus article by article.
pub struct Builder {
    options: Options,
    pool: Pool,
    draft: Draft,
    cutting: Arc<Cutting>,
    waiting: VecDeque<Receiver<Finished>>,
    /// Each part, and the thread that cut it.
    parts: Vec<(Part, usize)>,
    /// All threads' vocabularies, as far as the parts go.
    union: Union,
    report: Report,
    /// The positions of the good articles among all that came in.
    kept: Vec<u32>,
}

impl Builder {
    /// A builder without articles.
    ///
    /// # Errors
    /// [`Kind::BadOption`] where no such pool can be had.
    pub fn new(options: Options, watch: Watch) -> Result<Self> {
        let pool = batch::pool(options.threads)?;
        let cutting = Cutting {
            layout: options.layout,
            watch,
            drafts: Guarded::default(),
            vocabularies: (0..pool.threads()).map(|_| Guarded::default()).collect(),
        };
        Ok(Self {
            options,
            pool,
            draft: Draft::default(),
            cutting: Arc::new(cutting),
            waiting: VecDeque::new(),
            parts: Vec::new(),
            union: Union::default(),
            report: Report::default(),
            kept: Vec::new(),
        })
    }

    /// The position that the next article will have.
    pub fn position(&self) -> usize {
        self.report.n_in()
    }

    /// Adds an article, or the reason why there is none. When the draft [is full](Self::is_full), [`Builder::send`] it.
    ///
    /// # Errors
    /// The reason, told its position, where the builder is to stop at bad articles.
    pub fn push(&mut self, article: Result<Incoming<'_>>) -> Result<()> {
        self.push_placed(article, |error| error)
    }

    /// [`Builder::push`], where `placed` tells an error more of its place than its position.
    ///
    /// # Errors
    /// As [`Builder::push`].
    pub fn push_placed(
        &mut self,
        article: Result<Incoming<'_>>,
        placed: impl FnOnce(Error) -> Error,
    ) -> Result<()> {
        let position = self.position();
        match article.and_then(|article| self.add(article)) {
            Ok(()) => {
                self.kept.push(position as u32);
                self.report.accept();
                Ok(())
            }
            Err(error) => self.refuse(placed(error.at_article(position))),
        }
    }

    /// Counts a record that could not be read.
    fn refuse(&mut self, error: Error) -> Result<()> {
        match self.options.on_error {
            OnError::Raise => Err(error),
            OnError::Skip => {
                self.report.refuse(error);
                Ok(())
            }
        }
    }

    /// Tells the report something that was put right on the way in.
    pub fn note(&mut self, note: Error) {
        self.report.note(note);
    }

    fn add(&mut self, article: Incoming<'_>) -> Result<()> {
        let Incoming { text, headline, byline, day } = article;
        let size = text.as_str().len() + headline.map_or(0, str::len) + byline.map_or(0, str::len);
        if size > LONGEST_ARTICLE {
            return Err(Error::new(
                Kind::BadText,
                format!("the article has {size} bytes; expected at most {LONGEST_ARTICLE}"),
            ));
        }
        let header = match self.options.layout {
            Layout::Auto => find_header(text.as_str())?,
            Layout::Plain => None,
        };
        self.draft.push(
            text,
            headline.unwrap_or_default(),
            byline.unwrap_or_default(),
            header.map_or(0, |header| header.end),
            day.or(header.map(|header| header.day)).unwrap_or(NO_DAY),
        );
        Ok(())
    }

    /// Whether there is enough in the draft to be worth a piece of work.
    pub fn is_full(&self) -> bool {
        self.draft.bytes() >= DRAFT_BYTES || self.draft.len() >= DRAFT_ARTICLES
    }

    /// Hands the draft to the pool, and takes what the pool has finished. One thread means one thread, the caller's: it has the
    /// texts at hand, and gathers no draft while another is cut.
    ///
    /// # Errors
    /// [`Kind::Cancelled`].
    pub fn send(&mut self) -> Result<()> {
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
            // A task that panics is told by the part that it does not send.
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

    /// Takes the oldest part that the pool was given.
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

    /// The corpus of all articles pushed; to be called within the pool. `ids` and `fields` have a row for each record that came in, bad ones included;
    /// without ids an article's id is its position.
    ///
    /// # Errors
    /// [`Kind::Cancelled`].
    pub fn finish(mut self, ids: Option<Column>, fields: Vec<(String, Column)>) -> Result<Corpus> {
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
        let positions = || Ok(Column::int(self.kept.iter().map(|&position| i64::from(position))));
        let ids = ids.map_or_else(positions, keep)?;
        let keep = |(name, column)| Ok((name, keep(column)?));
        let fields = fields.into_iter().map(keep).collect::<Result<_>>()?;
        let parts = self.parts.into_iter().map(|(part, _)| part).collect();
        Ok(Corpus::new(Store::new(parts, vocabulary, ids, fields), self.report))
    }
}

/// The positions at which an id occurs again.
///
/// # Errors
/// [`Kind::BadType`] where ids are neither whole numbers nor strings; whatever `check` says, which is asked now and then.
pub fn repeated_ids(ids: &Column, watch: &Watch) -> Result<HashSet<usize>> {
    fn repeats<K: std::hash::Hash + Eq>(
        keys: impl Iterator<Item = (usize, K)>,
        watch: &Watch,
    ) -> Result<HashSet<usize>> {
        let (mut seen, mut repeated) = (HashSet::new(), HashSet::new());
        for (count, (position, key)) in keys.enumerate() {
            if count % (1 << 14) == 0 {
                watch.check()?;
            }
            if !seen.insert(key) {
                repeated.insert(position);
            }
        }
        Ok(repeated)
    }
    let there = (0..ids.len()).filter(|&row| ids.is_valid(row));
    match &ids.values {
        Values::Int(values) => repeats(there.map(|row| (row, values[row])), watch),
        Values::Text(values) => repeats(there.map(|row| (row, values.get(row))), watch),
        _ => Err(Error::new(Kind::BadType, "ids must be whole numbers or strings")),
    }
}
