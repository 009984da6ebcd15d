//! Which tables does a state give?

use super::{GroupTable, State};
use crate::article::ZoneKind;
use crate::batch::Watch;
use crate::calendar::{Period, parse_period};
use crate::corpus::{Corpus, Groups, ZoneSet};
use crate::entity::{Finder, WhoIsWho};
use crate::error::{Error, Kind, Result, named};
use crate::stats::{
    CollocationOptions, KeynessOptions, TermCounts, TermOptions, TfidfOptions, keyness_of_counts,
    keyness_of_groups, tfidf_of_counts,
};
use crate::table::Table;
use crate::trend::{Counts, Divided};

/// What is followed over time.
pub enum Followed<'a> {
    /// Terms.
    Terms {
        /// Which of them count.
        options: &'a TermOptions,
        /// These terms; all if `None`.
        only: Option<&'a [String]>,
    },
    /// Entities.
    Entities {
        /// The labels; all labels if empty.
        labels: &'a [String],
        /// The names of entities; all entities if `None`.
        only: Option<&'a [String]>,
    },
}

fn lacks(kind: &str, verb: &str) -> Error {
    let what = format!(
        "the state has no {kind}, which {verb} needs; expected one that was made with corpus.state(\"{kind}\")"
    );
    Error::new(Kind::BadOption, what).in_field("kinds")
}

impl State {
    fn setting(&self, name: &str) -> &str {
        self.settings.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value)
    }

    /// One article per group, without text, whose fields are the keys of the group and the longer
    /// periods that they imply.
    ///
    /// # Errors
    /// [`Kind::OutOfMemory`].
    pub fn group_corpus(&self) -> Result<Corpus> {
        self.groups.corpus(&self.setting("fields").split(", ").collect::<Vec<_>>())
    }

    /// The groups of this state, united by these names.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: a name is neither a key nor a period that a key implies. Cancellation.
    fn united<S: AsRef<str>>(&self, by: &[S], watch: &Watch) -> Result<Groups> {
        self.united_in(&self.group_corpus()?, by, watch)
    }

    /// [`State::united`], given the corpus of the groups.
    fn united_in<S: AsRef<str>>(&self, corpus: &Corpus, by: &[S], watch: &Watch) -> Result<Groups> {
        for name in by.iter().map(AsRef::as_ref) {
            let of_key = self.groups.keys.of_articles().iter().any(|(key, _)| key == name);
            let is_field = corpus.store().fields().iter().any(|(field, _)| field == name);
            if !of_key && !is_field {
                let own = match self.setting("by") {
                    "" => "no name".to_owned(),
                    names => names.to_owned(),
                };
                let what = format!(
                    "the state is grouped by {own}, which does not tell \"{name}\"; expected its own names, or a longer period"
                );
                return Err(Error::new(Kind::BadOption, what).in_field("by"));
            }
        }
        corpus.groups(by, watch)
    }

    /// The counts of terms in groups that are united by these names.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: there are no terms, as [`State::united`], or the question needs counts
    /// that were omitted. Cancellation.
    fn counts(&self, groups: &Groups, least: u64, verb: &str, watch: &Watch) -> Result<TermCounts> {
        let Some(terms) = &self.terms else { return Err(lacks("terms", verb)) };
        if self.least > 1 && (least < self.least || groups.len() != self.groups.len()) {
            let what = format!(
                "terms with a smaller count than {} in a group were omitted from the state; expected \
                 min_count={} or more, and by=[{}], whose counts are complete",
                self.least,
                self.least,
                self.setting("by")
            );
            return Err(Error::new(Kind::BadOption, what).in_field("min_count"));
        }
        terms.regrouped(groups, watch)
    }

    /// The table of [`terms`](crate::stats::terms).
    ///
    /// # Errors
    /// As [`State::counts`].
    pub fn terms<S: AsRef<str>>(&self, by: &[S], options: &TermOptions, watch: &Watch) -> Result<Table> {
        let groups = self.united(by, watch)?;
        let counts = self.counts(&groups, options.min_count, "terms", watch)?;
        counts.table_of(&GroupTable::sums(&groups, &self.groups.terms), options, watch)
    }

    /// The table of [`tfidf`](crate::stats::tfidf) of groups.
    ///
    /// # Errors
    /// As [`State::counts`].
    pub fn tfidf<S: AsRef<str>>(&self, by: &[S], options: &TfidfOptions, watch: &Watch) -> Result<Table> {
        let groups = self.united(by, watch)?;
        tfidf_of_counts(&self.counts(&groups, 1, "tfidf", watch)?, &groups, options, watch)
    }

    /// The table of [`keyness`](crate::stats::keyness) of this state and another one.
    ///
    /// # Errors
    /// As [`State::counts`] and [`keyness_of_counts`].
    pub fn keyness(&self, reference: &Self, options: &KeynessOptions, watch: &Watch) -> Result<Table> {
        super::settings::expect_same(&self.settings, &reference.settings)?;
        let side = |state: &Self| -> Result<TermCounts> {
            let groups = state.united::<&str>(&[], watch)?;
            let mut counts = state.counts(&groups, 1, "keyness", watch)?;
            counts.cells.resize(1, Vec::new());
            Ok(counts)
        };
        Ok(keyness_of_counts([side(self)?, side(reference)?], "term", options, watch)?
            .with_fact("overlap", &0))
    }

    /// The table of [`keyness_by`](crate::stats::keyness_by).
    ///
    /// # Errors
    /// As [`State::counts`] and [`keyness_of_groups`].
    pub fn keyness_by(&self, by: &[String], options: &KeynessOptions, watch: &Watch) -> Result<Table> {
        let groups = self.united(by, watch)?;
        let articles = GroupTable::sums(&groups, &self.groups.articles);
        keyness_of_groups(&self.counts(&groups, 1, "keyness", watch)?, &articles, "term", options, watch)
    }

    /// The table of [`collocations`](crate::stats::collocations) of the pairs that were counted.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: there are no pairs, they are not as long as the options say, or as
    /// [`State::united`]. Those of [`PairCounts::collocations`](crate::stats::PairCounts).
    pub fn collocations<S: AsRef<str>>(
        &self,
        by: &[S],
        options: &CollocationOptions,
        watch: &Watch,
    ) -> Result<Table> {
        let Some(pairs) = &self.pairs else { return Err(lacks("pairs", "collocations")) };
        let longest =
            self.setting("ngrams").rsplit(' ').next().and_then(|most| most.parse().ok()).unwrap_or(1);
        if options.terms.ngrams.1 > longest.max(2) {
            let what = format!(
                "the state has phrases of up to {} words, and {} were named; expected ngrams of the state",
                longest.max(2),
                options.terms.ngrams.1
            );
            return Err(Error::new(Kind::BadOption, what).in_field("ngrams"));
        }
        let window = self.setting("window").parse().unwrap_or(1);
        pairs.collocations(&self.united(by, watch)?, &CollocationOptions { window, ..options.clone() }, watch)
    }

    /// The table of [`readability`](crate::stats::readability) of groups.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: there are no lengths, an unknown measure, or as [`State::united`].
    /// Cancellation.
    pub fn readability<S: AsRef<str>>(&self, by: &[S], measures: &[String], watch: &Watch) -> Result<Table> {
        let Some(lengths) = &self.lengths else { return Err(lacks("lengths", "readability")) };
        lengths.readability(&self.united(by, watch)?, measures, watch)
    }

    /// The counts of terms by the periods that their sentences mention, for
    /// [`trend`](crate::trend::trend), of these terms or of all; and the groups.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: there are no dates, or as [`State::united`]. Those of [`Counts::new`].
    /// Cancellation.
    pub fn mentioned(
        &self,
        period: &str,
        fields: &[String],
        only: Option<&[String]>,
        watch: &Watch,
    ) -> Result<(Counts, Groups)> {
        let Some(dates) = &self.dates else { return Err(lacks("dates", "trend of what is mentioned")) };
        let series = self.united(fields, watch)?;
        let mut counts = dates.counts(named("by", period, &Period::ALL)?, &series, watch)?;
        if let Some(items) = only {
            counts.only(items);
        }
        Ok((counts, series))
    }

    /// A corpus without texts that gives the tables of entities; its fields are the keys of the
    /// groups.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: there are no entities. Cancellation.
    pub fn name_corpus(&self, verb: &str, watch: &Watch) -> Result<(Corpus, WhoIsWho)> {
        let Some(names) = &self.names else { return Err(lacks("entities", verb)) };
        let (corpus, cache) = names.to_corpus(&self.groups.keys, watch)?;
        Ok((corpus, WhoIsWho::external(cache)))
    }

    /// Who is who in a corpus, given the names of this state as evidence.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: there are no entities.
    pub fn known_to(&self, who_is_who: &WhoIsWho) -> Result<WhoIsWho> {
        let Some(names) = &self.names else { return Err(lacks("entities", "known=")) };
        Ok(who_is_who.knowing(names.clone()))
    }

    /// The counts of what is followed, by period and group, for [`trend`](crate::trend::trend); and
    /// the groups.
    ///
    /// # Errors
    /// As [`State::counts`]; those of [`Counts::new`]. Cancellation.
    pub fn followed(
        &self,
        period: &str,
        fields: &[String],
        followed: &Followed<'_>,
        watch: &Watch,
    ) -> Result<(Counts, Groups)> {
        let corpus = self.group_corpus()?;
        let series = self.united_in(&corpus, fields, watch)?;
        let periods = self.united_in(&corpus, &[period], watch)?;
        let divided = Divided::new(&series, &periods, watch)?;
        let day = |row: usize| {
            let label = &divided.labels[periods.of(row, ZoneKind::Body) as usize];
            let (first, _) = parse_period(label)?;
            let (words, articles) = (self.groups.words[row], self.groups.articles[row]);
            Some((first, series.of(row, ZoneKind::Body), words, articles))
        };
        let days: Vec<_> = (0..self.groups.len()).filter_map(day).collect();
        let length = named("by", period, &Period::ALL)?;
        let mut counts = Counts::new(length, &series, &days, watch)?;
        match *followed {
            Followed::Terms { options, only } => {
                let terms = self.counts(&divided.groups, 1, "trend", watch)?;
                counts.add_terms(&divided, &terms, options, watch)?;
                if let Some(items) = only {
                    counts.only(items);
                }
            }
            Followed::Entities { labels, only } => {
                let (corpus, who_is_who) = self.name_corpus("trend", watch)?;
                let resolution = who_is_who.resolve(&corpus, Finder::default(), watch)?;
                let periods = corpus.period_groups(length, watch)?;
                let divided = Divided::new(&corpus.groups(fields, watch)?, &periods, watch)?;
                counts.add_entities(&divided, (&resolution, ZoneSet::ALL), labels, only, watch)?;
            }
        }
        Ok((counts, series))
    }
}
