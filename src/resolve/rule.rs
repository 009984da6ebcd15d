//! Why does a mention belong to this entity? Every link has a rule, and every rule has a name and a
//! sentence.

/// What links a mention to its entity. The names are part of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Rule {
    /// No link: the mention is the fullest form that the article gives.
    FullForm = 0,
    /// The surname that follows another given name belongs to this one, too.
    SharedSurname,
    /// The same words.
    SameName,
    /// The same words in another spelling.
    Spelling,
    /// A longer or shorter form of the name, which differs by a middle name, an initial or a
    /// nickname.
    LongerName,
    /// Only the surname.
    Surname,
    /// Only the given name.
    GivenName,
    /// Only a middle name or a first surname.
    MiddleName,
    /// The gender that the title indicates decides between people with the same surname.
    Gender,
    /// Only one of the people with this surname has the title.
    Title,
    /// Only one of the people with this surname has been named so far.
    NamedSoFar,
    /// Of the people with this surname, the article is about one more than about the others.
    MainBearer,
    /// The name fits several, and nothing says which is meant.
    Ambiguous,
    /// The article gives the short form in brackets after the full one.
    IntroducedAcronym,
    /// The initials of one organisation of the article.
    Acronym,
    /// The name without its legal form.
    LegalForm,
    /// The first words of one organisation's name.
    ShortName,
    /// The same words in another order.
    WordOrder,
    /// Only the kind of institution.
    HeadNoun,
    /// Another name of an organisation, according to the word list.
    KnownName,
    /// An institution that many countries have: the name says which country.
    InstitutionNamed,
    /// An institution that many countries have: the article is about one country more than about
    /// any other.
    InstitutionArticle,
    /// A name of a country.
    Country,
    /// `the North`, where the country was named before.
    ShortCountry,
    /// A nationality.
    Demonym,
    /// A state, province or region.
    Region,
    /// A city in the word list.
    City,
    /// Several countries have a place of this name: the article names one of them.
    PlaceByArticle,
    /// Several countries have a place of this name: one is by far the largest.
    PlaceBySize,
    /// The country follows the place.
    PlaceNamed,
    /// The name without `River`.
    River,
    /// The entity was supplied for the name.
    OwnName,
    /// The same full name occurs elsewhere in the batch.
    BatchSameName,
    /// Elsewhere in the batch there is a longer form of the name, and of no other name.
    BatchLongerName,
    /// The only person of the batch with this surname.
    BatchOnlyBearer,
    /// Of the people of the batch with this surname, one is named far more often than the others.
    BatchMainBearer,
    /// The only person of the batch with this title and surname.
    BatchTitle,
    /// Elsewhere in the batch this short form is introduced for one organisation, and for no other.
    BatchAcronym,
    /// Elsewhere in the batch the place occurs with its country, and with no other country.
    BatchPlace,
    /// Several people of the batch have this name: their ages distinguish them.
    BatchAge,
    /// Several people of the batch have this name: their titles distinguish them.
    BatchGender,
    /// Only articles that were read before give the fuller name.
    KnownBefore,
    /// Elsewhere in the batch the word begins the name of one company, and hardly that of another.
    BatchShortName,
    /// Far more articles of the batch give the name another label.
    BatchLabel,
}

const _: () = assert!(Rule::ALL.len() == Rule::BatchLabel as usize + 1);

impl Rule {
    /// All rules, in order.
    pub(crate) const ALL: [Self; 44] = [
        Self::FullForm,
        Self::SharedSurname,
        Self::SameName,
        Self::Spelling,
        Self::LongerName,
        Self::Surname,
        Self::GivenName,
        Self::MiddleName,
        Self::Gender,
        Self::Title,
        Self::NamedSoFar,
        Self::MainBearer,
        Self::Ambiguous,
        Self::IntroducedAcronym,
        Self::Acronym,
        Self::LegalForm,
        Self::ShortName,
        Self::WordOrder,
        Self::HeadNoun,
        Self::KnownName,
        Self::InstitutionNamed,
        Self::InstitutionArticle,
        Self::Country,
        Self::ShortCountry,
        Self::Demonym,
        Self::Region,
        Self::City,
        Self::PlaceByArticle,
        Self::PlaceBySize,
        Self::PlaceNamed,
        Self::River,
        Self::OwnName,
        Self::BatchSameName,
        Self::BatchLongerName,
        Self::BatchOnlyBearer,
        Self::BatchMainBearer,
        Self::BatchTitle,
        Self::BatchAcronym,
        Self::BatchPlace,
        Self::BatchAge,
        Self::BatchGender,
        Self::KnownBefore,
        Self::BatchShortName,
        Self::BatchLabel,
    ];

    /// The stable name.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::FullForm => "full_form",
            Self::SharedSurname => "shared_surname",
            Self::SameName => "same_name",
            Self::Spelling => "spelling",
            Self::LongerName => "longer_name",
            Self::Surname => "surname",
            Self::GivenName => "given_name",
            Self::MiddleName => "middle_name",
            Self::Gender => "gender",
            Self::Title => "title",
            Self::NamedSoFar => "named_so_far",
            Self::MainBearer => "main_bearer",
            Self::Ambiguous => "ambiguous",
            Self::IntroducedAcronym => "introduced_acronym",
            Self::Acronym => "acronym",
            Self::LegalForm => "legal_form",
            Self::ShortName => "short_name",
            Self::WordOrder => "word_order",
            Self::HeadNoun => "head_noun",
            Self::KnownName => "known_name",
            Self::InstitutionNamed => "institution_named",
            Self::InstitutionArticle => "institution_article",
            Self::Country => "country",
            Self::ShortCountry => "short_country",
            Self::Demonym => "demonym",
            Self::Region => "region",
            Self::City => "city",
            Self::PlaceByArticle => "place_by_article",
            Self::PlaceBySize => "place_by_size",
            Self::PlaceNamed => "place_named",
            Self::River => "river",
            Self::OwnName => "own_name",
            Self::BatchSameName => "batch_same_name",
            Self::BatchLongerName => "batch_longer_name",
            Self::BatchOnlyBearer => "batch_only_bearer",
            Self::BatchMainBearer => "batch_main_bearer",
            Self::BatchTitle => "batch_title",
            Self::BatchAcronym => "batch_acronym",
            Self::BatchPlace => "batch_place",
            Self::BatchAge => "batch_age",
            Self::BatchGender => "batch_gender",
            Self::KnownBefore => "known_before",
            Self::BatchShortName => "batch_short_name",
            Self::BatchLabel => "batch_label",
        }
    }

    /// Whether the rule links to a country rather than to another mention.
    pub(crate) const fn names_country(self) -> bool {
        matches!(
            self,
            Self::InstitutionNamed
                | Self::InstitutionArticle
                | Self::Country
                | Self::ShortCountry
                | Self::Demonym
                | Self::Region
                | Self::City
                | Self::PlaceByArticle
                | Self::PlaceBySize
                | Self::PlaceNamed
        )
    }

    /// The rule as a sentence about a form and what it is linked to.
    pub fn sentence(self, form: &str, to: &str) -> String {
        match self {
            Self::FullForm => format!("“{form}” is the fullest form of the name that the article gives."),
            Self::SharedSurname => format!("“{form}” shares the surname of the person named after it."),
            Self::SameName => format!("“{form}” has the same words as “{to}”."),
            Self::Spelling => format!("“{form}” is another spelling of “{to}”."),
            Self::LongerName => format!("“{form}” and “{to}” are forms of one name."),
            Self::Surname => format!("“{form}” is the surname of “{to}”."),
            Self::GivenName => format!("“{form}” is the given name of “{to}”, and nobody's surname."),
            Self::MiddleName => format!("“{form}” occurs inside the name “{to}”, and in no other."),
            Self::Gender => {
                format!("Several people of the article fit “{form}”; the title fits only “{to}”.")
            }
            Self::Title => {
                format!("Several people of the article fit “{form}”; only “{to}” has the title before it.")
            }
            Self::NamedSoFar => {
                format!(
                    "Several people of the article fit “{form}”; at this point only “{to}” has been named."
                )
            }
            Self::MainBearer => {
                format!(
                    "Several people of the article fit “{form}”; it is about “{to}” more than about the others."
                )
            }
            Self::Ambiguous => {
                format!("“{form}” fits several names of the article, and nothing says which is meant.")
            }
            Self::IntroducedAcronym => format!("The article introduces “{form}” in brackets after “{to}”."),
            Self::Acronym => format!("“{form}” consists of the initials of “{to}”, and of no other name."),
            Self::LegalForm => format!("“{form}” and “{to}” differ only in the legal form."),
            Self::ShortName => format!("“{form}” begins the name “{to}”, and no other."),
            Self::WordOrder => format!("“{form}” and “{to}” are one name in two orders."),
            Self::HeadNoun => format!("“{to}” is the only name in the article that ends in “{form}”."),
            Self::KnownName => format!("“{form}” is a name of “{to}” in the list of organisations."),
            Self::InstitutionNamed => {
                format!("The words around “{form}” say which country it belongs to: {to}.")
            }
            Self::InstitutionArticle => {
                format!(
                    "Many countries have a “{form}”; the article is about {to} more than about any other."
                )
            }
            Self::Country => format!("“{form}” is a name of {to} in the list of countries."),
            Self::ShortCountry => format!("“{form}” means {to}, which the article has named before."),
            Self::Demonym => format!("“{form}” is the nationality of {to}."),
            Self::Region => format!("“{form}” is a region of {to} in the list of regions."),
            Self::City => format!("“{form}” is a city of {to} in the list of cities."),
            Self::PlaceByArticle => {
                format!("Several countries have a “{form}”; the article names {to} and none of the others.")
            }
            Self::PlaceBySize => {
                format!("Several countries have a “{form}”; the one in {to} is by far the largest.")
            }
            Self::PlaceNamed => format!("The country follows “{form}”: {to}."),
            Self::River => format!("“{form}” and “{to}” are the same river."),
            Self::OwnName => format!("“{form}” is a name of “{to}” in the supplied list."),
            Self::BatchSameName => format!("“{form}” is the name of one entity in all articles: “{to}”."),
            Self::BatchLongerName => {
                format!("Of the full names in all articles, “{form}” is a form of only “{to}”.")
            }
            Self::BatchOnlyBearer => {
                format!("Of all people in the articles, only “{to}” has the surname “{form}”.")
            }
            Self::BatchMainBearer => {
                format!(
                    "Of all people in the articles with the surname “{form}”, “{to}” is named far more often than the others."
                )
            }
            Self::BatchTitle => {
                format!(
                    "Of all people in the articles, only “{to}” has the title and the surname of “{form}”."
                )
            }
            Self::BatchShortName => {
                format!("Of all companies in the articles, “{form}” is short for “{to}”.")
            }
            Self::BatchLabel => format!("More articles give “{form}” the label of “{to}”."),
            Self::BatchAcronym => {
                format!("Other articles introduce “{form}” for “{to}”, and for nothing else.")
            }
            Self::BatchPlace => {
                format!("Other articles place “{form}” in one country, and in no other: “{to}”.")
            }
            Self::BatchAge => {
                format!(
                    "Several people of the articles are called “{form}”; their ages distinguish them: “{to}”."
                )
            }
            Self::BatchGender => {
                format!(
                    "Several people of the articles are called “{form}”; their titles distinguish them: “{to}”."
                )
            }
            Self::KnownBefore => {
                format!("Only articles that were read before name “{to}”, which “{form}” means.")
            }
        }
    }
}
