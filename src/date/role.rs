//! What can a small word do around a time expression?
//!
//! The engine asks for roles, never for words: the words that have a role are in the file of the
//! language. A role is a bit of a word, so that asking costs one operation.

/// What a word does for the rules, in addition to its classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Role {
    /// `a`, `the`.
    Article,
    The,
    And,
    /// Links of the ends of a range: `June 5–7`, `5 or 6 June`.
    Links,
    Of,
    /// `the night of Oct. 23`.
    PartOf,
    /// `10 p.m. on Wednesday`, `Wednesday at 10 p.m.`
    ClockOn,
    ClockAt,
    /// No year is after it: `at 1600 Pennsylvania Avenue`.
    At,
    /// `the third quarter of last year`.
    YearIn,
    /// `last year's third quarter`.
    Possessive,
    /// More than, before a count only.
    Over,
    /// Prepositions of measures: `about 2000`.
    Vague,
    /// Prepositions after which a bare unit is not a duration.
    NotLong,
    Per,
    /// An era that is also a noun.
    Era,
    BeforeChrist,
    /// What follows `9/11` when the day is meant.
    Attack,
    End,
    /// `the quarter ended July 31`.
    Ended,
    /// Prepositions that look ahead: of months, of weekdays, of weekdays unless the verb is past.
    UntilMonth,
    UntilDay,
    ByDay,
    /// Prepositions that look back.
    Since,
    /// Verbs that put what comes after them before the past: `had been due`.
    Had,
    /// `to` before a verb, and `be` after it.
    To,
    Be,
    /// After a verb that may speak of the future it is of the past: `may have left`.
    Have,
    /// A verb that is past and present alike, of which the past is meant.
    Settled,
    Fiscal,
    Ago,
    /// Counted from the article: `a year ago`, but not `a year earlier`.
    FromNow,
    /// Counted from what the text named last.
    FromText,
    Past,
    /// Words of a distance in hours: `two hours later`.
    Timed,
    Same,
    Before,
    /// After a unit it counts from what the text named last, or from what follows.
    BeforeAfter,
    Half,
    /// `a year or so ago`.
    OrSo,
    Or,
    Another,
    Weekends,
    Weekdays,
    /// `every other day`.
    Other,
    Every,
    /// `once`, `twice`, `three times`.
    Times,
    Hours,
    /// Subjects of a verb in the present.
    Pronoun,
    /// `is`, before a verb of what is planned.
    Is,
    /// `were`, before `to`.
    Were,
    /// Events that have a day long before: `Sunday's election`.
    Planned,
    /// `ahead of` looks ahead.
    Ahead,
    /// Before what something is compared with: `up from last year`.
    Compared,
    /// What follows `set` before a day.
    For,
    /// What is done to an event that will be later: `postponed to Tuesday`.
    PutOff,
}

impl Role {
    const ALL: [(&'static str, Self); 56] = [
        ("article", Self::Article),
        ("the", Self::The),
        ("and", Self::And),
        ("links", Self::Links),
        ("of", Self::Of),
        ("part_of", Self::PartOf),
        ("clock_on", Self::ClockOn),
        ("clock_at", Self::ClockAt),
        ("at", Self::At),
        ("year_in", Self::YearIn),
        ("possessive", Self::Possessive),
        ("over", Self::Over),
        ("vague", Self::Vague),
        ("not_long", Self::NotLong),
        ("per", Self::Per),
        ("era", Self::Era),
        ("before_christ", Self::BeforeChrist),
        ("attack", Self::Attack),
        ("end", Self::End),
        ("ended", Self::Ended),
        ("until_month", Self::UntilMonth),
        ("until_day", Self::UntilDay),
        ("by_day", Self::ByDay),
        ("since", Self::Since),
        ("had", Self::Had),
        ("to", Self::To),
        ("be", Self::Be),
        ("have", Self::Have),
        ("settled", Self::Settled),
        ("fiscal", Self::Fiscal),
        ("ago", Self::Ago),
        ("from_now", Self::FromNow),
        ("from_text", Self::FromText),
        ("past", Self::Past),
        ("timed", Self::Timed),
        ("same", Self::Same),
        ("before", Self::Before),
        ("before_after", Self::BeforeAfter),
        ("half", Self::Half),
        ("or_so", Self::OrSo),
        ("or", Self::Or),
        ("another", Self::Another),
        ("weekends", Self::Weekends),
        ("weekdays", Self::Weekdays),
        ("other", Self::Other),
        ("every", Self::Every),
        ("times", Self::Times),
        ("hours", Self::Hours),
        ("pronoun", Self::Pronoun),
        ("is", Self::Is),
        ("were", Self::Were),
        ("planned", Self::Planned),
        ("ahead", Self::Ahead),
        ("compared", Self::Compared),
        ("set_for", Self::For),
        ("put_off", Self::PutOff),
    ];

    pub(super) const fn bit(self) -> u64 {
        1 << self as u8
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|&(_, role)| role)
    }
}
