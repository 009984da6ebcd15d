//! What does a page say about itself?
//!
//! In the order of their worth: the JSON-LD of an article, `OpenGraph` and other `<meta>`,
//! microdata, and what the page shows. What the makers wrote for machines is not always what they
//! show, so the headline is taken from the page where it agrees with what they wrote.

use super::blocks::{Block, Blocks};
use super::{people, shown};
use crate::calendar::{Moment, day_of_time, has_date, parse_day, parse_iso};
use crate::read::flat::{Flat, Kind};
use crate::read::markup::name;
use crate::read::markup::tree::Tree;
use crate::read::markup::words::{plain, same, text_in, without_tags};

/// What a page says about itself. What it does not say is empty.
#[derive(Debug, Default)]
pub(super) struct Meta {
    pub(super) headline: String,
    /// Whether the page is changed while things happen.
    pub(super) is_live: bool,
    pub(super) authors: Vec<String>,
    pub(super) day: Option<i32>,
    pub(super) language: String,
    pub(super) url: String,
    pub(super) provider: String,
    pub(super) section: String,
    pub(super) summary: String,
    /// Where its main heading is; 0 if it has none.
    pub(super) heading: usize,
    /// Its title, if it has no heading.
    title: String,
}

/// How many main headings a page may have.
const MOST_HEADINGS: usize = 40;

/// Reads what a page says about itself.
pub(super) fn meta(tree: &Tree<'_>) -> Meta {
    let mut found = Meta::default();
    let mut tags = Tags::default();
    let mut headings = Vec::new();
    let mut lesser = Vec::new();
    let mut title = String::new();
    for at in 1..tree.nodes.len() {
        match tree.nodes[at].name {
            name::SCRIPT => {
                let kind = tree.attribute(at, "type").unwrap_or_default();
                if kind.to_ascii_lowercase().contains("ld+json") {
                    linked(tree.raw(at + 1), &mut found);
                }
            }
            name::META => tags.take(tree, at),
            name::TITLE if title.is_empty() => title = plain(tree.raw(at + 1)),
            name::HTML => found.language = plain(tree.attribute(at, "lang").unwrap_or_default()),
            name::LINK
                if tree.attribute(at, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) =>
            {
                tags.canonical = plain(tree.attribute(at, "href").unwrap_or_default());
            }
            heading @ (name::H1 | name::H2 | name::H3 | name::H4) => {
                let to = if heading == name::H1 { &mut headings } else { &mut lesser };
                if to.len() < MOST_HEADINGS {
                    let text = text_in(tree, at);
                    if !text.is_empty() && !leads_home(tree, at) {
                        to.push((at, text));
                    }
                }
            }
            _ => {}
        }
    }
    found.choose_headline(&headings, &lesser, &tags, &title);
    let fill = |to: &mut String, from: &[&String]| {
        if let Some(from) = from.iter().find(|from| to.is_empty() && !from.is_empty()) {
            to.clone_from(from);
        }
    };
    fill(&mut found.url, &[&tags.canonical, &tags.url]);
    fill(&mut found.provider, &[&tags.site]);
    fill(&mut found.section, &[&tags.section]);
    fill(&mut found.summary, &[&tags.summary]);
    fill(&mut found.language, &[&tags.locale]);
    found.day = found.day.or(tags.day).or_else(|| shown_day(tree, found.heading));
    found.take_authors(|_| tags.authors);
    found.take_authors(|found| {
        let bare = |name: String| shown::after_by(&name, &found.language).map(str::to_owned).unwrap_or(name);
        people::shown(tree, found.heading).into_iter().map(bare).collect()
    });
    if found.heading == 0 {
        found.title = title;
    }
    found
}

impl Meta {
    /// Adds what the page shows without saying what it is: the line that is its title, and the day
    /// and the authors near it.
    pub(super) fn add_shown(&mut self, blocks: &Blocks) {
        if self.heading == 0 && !self.title.is_empty() {
            let cuts = [" | ", " - ", " – ", " — ", " « ", " :: ", " • ", "_"];
            let ends = cuts.iter().flat_map(|cut| [self.title.find(cut), self.title.rfind(cut)]);
            let mut titles: Vec<&str> = ends.flatten().map(|end| &self.title[..end]).collect();
            titles.push(&self.title);
            let titles: Vec<String> =
                titles.into_iter().map(same).filter(|title| title.chars().count() > 6).collect();
            let is_it = |block: &&Block| titles.contains(&same(blocks.text(block)));
            if let Some(block) = blocks.all.iter().find(is_it) {
                self.heading = block.first as usize;
                if same(&self.headline).starts_with(&same(blocks.text(block))) {
                    blocks.text(block).clone_into(&mut self.headline);
                }
            }
        }
        if self.day.is_none() {
            self.day = shown::day(blocks, self.heading);
        }
        self.take_authors(|meta| shown::people(blocks, meta.heading, &meta.language));
    }

    /// Takes other authors if none were found, or if those found are agencies, offices or accounts
    /// and the others are people.
    fn take_authors(&mut self, others: impl FnOnce(&Self) -> Vec<String>) {
        if !people::any_person(&self.authors) {
            let others = others(self);
            // A name of the newspaper may be run together with what follows it.
            let again = |name: &String| self.authors.iter().any(|known| same(name).starts_with(&same(known)));
            if self.authors.is_empty() || people::any_person(&others) && !others.iter().any(again) {
                self.authors = others;
            }
        }
    }
}

/// What `<meta>` says.
#[derive(Default)]
struct Tags {
    title: String,
    url: String,
    canonical: String,
    site: String,
    section: String,
    summary: String,
    locale: String,
    authors: Vec<String>,
    day: Option<i32>,
    /// How sure the day is: the smaller the surer.
    rank: usize,
}

/// The names under which `<meta>` gives a day, the surest first.
const DAYS: [&str; 14] = [
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "cxenseparse:recs:publishtime",
    "publish_date",
    "pubdate",
    "publication_date",
    "dc.date",
    "date",
];

impl Tags {
    fn take(&mut self, tree: &Tree<'_>, node: usize) {
        let (mut name, mut content) = ("", "");
        for (key, value) in tree.attributes(node) {
            match key.to_ascii_lowercase().as_str() {
                "name" | "property" | "itemprop" => name = value,
                "content" => content = value,
                _ => {}
            }
        }
        let content = plain(content);
        if content.is_empty() {
            return;
        }
        let name = name.to_ascii_lowercase();
        if let Some(rank) = DAYS.iter().position(|day| *day == name)
            && (self.day.is_none() || rank < self.rank)
            && let Some(day) = day(&content)
        {
            (self.day, self.rank) = (Some(day), rank);
        }
        match name.as_str() {
            "og:title" => self.title = content,
            "twitter:title" | "headline" if self.title.is_empty() => self.title = content,
            "og:url" => self.url = content,
            "og:site_name" => self.site = content,
            "article:section" => self.section = content,
            "og:description" => self.summary = content,
            "description" if self.summary.is_empty() => self.summary = content,
            "og:locale" => self.locale = content,
            "author"
            | "article:author"
            | "parsely-author"
            | "sailthru.author"
            | "dc.creator"
            | "byl"
            | "article:author_name"
                if !content.contains("://") =>
            {
                for person in people::split(&content) {
                    people::add(&mut self.authors, person);
                }
            }
            _ => {}
        }
    }
}

/// The day of the first time that the page shows after its heading, or before it.
fn shown_day(tree: &Tree<'_>, heading: usize) -> Option<i32> {
    let after = (heading.max(1)..tree.nodes.len()).chain(1..heading);
    let published = |&at: &usize| tree.attribute(at, "itemprop") == Some("datePublished");
    let value = |at: usize| {
        let value = tree.attribute(at, "datetime").or_else(|| tree.attribute(at, "content"));
        day(&value.map_or_else(|| text_in(tree, at), plain))
    };
    let elements = after.filter(|&at| tree.nodes[at].name != name::TEXT);
    let found = elements.clone().filter(published).find_map(value);
    // `<abbr class="published" title="2012-05-06T18:20">`, a microformat of blogs.
    let is_marked = |&at: &usize| {
        tree.attribute(at, "class").is_some_and(|class| class.split(' ').any(|word| word == "published"))
    };
    let titled = |at: usize| day(&plain(tree.attribute(at, "title")?));
    let found = found.or_else(|| elements.clone().filter(is_marked).find_map(titled));
    found.or_else(|| elements.filter(|&at| tree.nodes[at].name == name::TIME).find_map(value))
}

/// The day of a date as machines write it.
pub(crate) fn day(text: &str) -> Option<i32> {
    let text = text.trim();
    let parsed = match parse_iso(text) {
        Some(Moment::Day(day)) => Some(day),
        Some(Moment::Time(time)) => Some(day_of_time(time)),
        None => parse_day(text).ok().or_else(|| parse_day(text.get(..10)?).ok()),
    };
    parsed.filter(|&day| has_date(day))
}

/// How sure it is that an object describes the article of the page.
fn kind_of(flat: &Flat<'_>, object: usize) -> usize {
    let Some(kind) = flat.get(object, "@type") else { return 0 };
    let of = |item: usize| match flat.text(item).as_deref() {
        Some("WebPage" | "ItemPage" | "WebPageElement") => 1,
        Some(kind)
            if kind.ends_with("Article")
                || kind.ends_with("Posting")
                || matches!(kind, "Report" | "Review" | "Recipe" | "CreativeWork") =>
        {
            2
        }
        _ => 0,
    };
    if flat.kind(kind) == Kind::List { flat.children(kind).map(of).max().unwrap_or(0) } else { of(kind) }
}

/// Reads JSON-LD.
fn linked(json: &str, found: &mut Meta) {
    let flat = Flat::parse(json);
    let mut best: Option<(usize, usize)> = None;
    for item in flat.all().filter(|&item| flat.kind(item) == Kind::Object) {
        let kind = kind_of(&flat, item);
        // Other articles are in lists of links; the first is that of the page.
        if kind > 0 && best.is_none_or(|(known, _)| kind > known) {
            best = Some((kind, item));
        }
    }
    let Some((kind, article)) = best else { return };
    let text = |key: &str| flat.text_of(article, key).map(|text| without_tags(&text)).unwrap_or_default();
    let set = |to: &mut String, value: String| {
        if to.is_empty() {
            *to = value;
        }
    };
    found.day = found.day.or_else(|| day(&text("datePublished"))).or_else(|| day(&text("dateCreated")));
    if kind < 2 {
        return;
    }
    let is_live = flat.text_of(article, "@type").is_some_and(|kind| kind.starts_with("LiveBlog"));
    found.is_live |= is_live;
    set(&mut found.headline, text("headline"));
    set(&mut found.headline, text("name"));
    set(&mut found.summary, text("description"));
    set(&mut found.section, text("articleSection"));
    set(&mut found.url, text("url"));
    set(&mut found.language, text("inLanguage"));
    if let Some(publisher) = flat.get(article, "publisher") {
        let name = flat.text_of(publisher, "name").map(|name| plain(&name));
        set(&mut found.provider, name.unwrap_or_default());
    }
    if found.authors.is_empty()
        && let Some(author) = flat.get(article, "author").or_else(|| flat.get(article, "creator"))
    {
        found.authors = people::linked(&flat, author);
    }
}

impl Meta {
    /// Chooses the headline: what the page shows, if it is what its makers say it is, without the
    /// words that they leave out elsewhere. They change headings of live pages all day, so what
    /// they give to others counts there.
    fn choose_headline(
        &mut self,
        headings: &[(usize, String)],
        lesser: &[(usize, String)],
        tags: &Tags,
        title: &str,
    ) {
        let site =
            [&self.provider, &tags.site, &host(&tags.canonical), &host(&tags.url)].map(|site| same(site));
        let given = without_site(&tags.title, &site);
        let title = without_site(title, &site);
        let known = [&self.headline[..], given, title];
        let agrees = |text: &str| {
            let text = same(text);
            text.len() > 8 && known.iter().map(|known| same(known)).any(|known| known.starts_with(&text))
        };
        let shown = headings.iter().find(|(_, text)| agrees(text));
        // Where the name of the site is the main heading, a lesser one is in the title of the page.
        let is_in = |text: &str| {
            let (text, title) = (same(text), same(title));
            text.len() > 8
                && text.len() * 2 >= title.len()
                && (title.starts_with(&text) || title.ends_with(&text))
        };
        let longest =
            || lesser.iter().rev().filter(|(_, text)| is_in(text)).max_by_key(|(_, text)| text.len());
        let shown = shown.or_else(longest);
        let shown = shown.or_else(|| headings.iter().find(|(_, text)| text.split(' ').nth(2).is_some()));
        let (heading, shown) = shown.map_or((0, ""), |(at, text)| (*at, text.as_str()));
        self.heading = heading;
        let is = |one: &str, other: &str| !one.is_empty() && same(one) == same(other);
        let opens = |text: &str| !shown.is_empty() && same(text).starts_with(&same(shown));
        let said = &self.headline;
        let best = if shown.is_empty() {
            [said, given, title].into_iter().find(|text| !text.is_empty()).unwrap_or_default()
        } else if said.is_empty() || self.is_live {
            if given.is_empty() || opens(given) { shown } else { given }
        } else if is(said, shown) || opens(given) {
            [given, title, said].into_iter().find(|text| leaves_out(text, shown)).unwrap_or(shown)
        } else {
            said
        };
        let best = best.to_owned();
        self.headline = best;
    }
}

/// Whether a heading is a link to the first page of the site, as the name of the site is.
fn leads_home(tree: &Tree<'_>, heading: usize) -> bool {
    let is_link = |&at: &usize| tree.nodes[at].name == name::A;
    let link =
        tree.inside(heading).take(8).find(is_link).or_else(|| tree.around(heading).take(2).find(is_link));
    link.and_then(|link| tree.attribute(link, "href")).is_some_and(|href| {
        let path =
            href.split_once("://").map_or(href, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
        matches!(path, "" | "/" | "/index.html" | "./")
    })
}

/// The name of a site in an address: `obangazette` of `https://www.obangazette.com/a`.
fn host(url: &str) -> String {
    let host = url.split("://").nth(1).unwrap_or_default().split('/').next().unwrap_or_default();
    host.trim_start_matches("www.").to_owned()
}

/// A title without the name of the site after it: `Storm hits Braga | News | The Oban Gazette`.
fn without_site<'a>(title: &'a str, site: &[String]) -> &'a str {
    let marks = [" | ", " - ", " – ", " — ", " :: ", " • "];
    let Some((cut, mark)) = marks.iter().filter_map(|mark| Some((title.rfind(mark)?, mark))).max() else {
        return title;
    };
    let last = same(&title[cut + mark.len()..]);
    let is_site = last.len() > 2
        && site.iter().any(|site| site.len() > 2 && (site.contains(&last) || last.contains(site.as_str())));
    if !is_site {
        return title;
    }
    let rest = &title[..cut];
    // A section is between the title and the name.
    match rest.rsplit_once(" | ") {
        Some((head, section)) if section.split(' ').count() < 4 => head,
        _ => rest,
    }
}

/// Whether a headline is another without some of its words, beginning with the same one.
fn leaves_out(short: &str, long: &str) -> bool {
    let plain = |text: &str| text.replace(['‘', '’', '“', '”', '"'], "'");
    let (short, long) = (plain(short), plain(long));
    let (mut words, count) = (long.split(' '), short.split(' ').count());
    count >= 5
        && short.len() < long.len()
        && long.split(' ').next() == short.split(' ').next()
        && short.split(' ').all(|word| words.any(|other| other == word))
}
