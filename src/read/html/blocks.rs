//! Which paragraphs, headings, captions and labels does a page show?
//!
//! A walk over the tree cuts its text into blocks: what is between two line breaks on the screen.
//! What a reader does not see or that nobody reads as text (scripts, buttons, menus) is skipped
//! here. A block knows how much of it is in links, and in which element that belongs to the page
//! rather than to a story it is, if its makers say so.
//!
//! Cost: one pass over the tree.

use crate::batch::Watch;
use crate::error::Result;
use crate::read::markup::name::{self, Name, TEXT, is_block};
use crate::read::markup::tree::Tree;
use crate::read::markup::words::{Words, each_word};

/// What is between two line breaks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block {
    /// The element whose line it is.
    pub(super) node: u32,
    /// The first piece of text in it.
    pub(super) first: u32,
    pub(super) start: u32,
    pub(super) end: u32,
    /// How many bytes of it are in links.
    pub(super) link: u32,
    /// The name of the element.
    pub(super) name: Name,
    /// The figure it is in; 0 if it is in none.
    pub(super) figure: u32,
    pub(super) role: Role,
    /// The element that has this role.
    pub(super) role_of: u32,
}

/// What the makers of a page call an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Role {
    #[default]
    None,
    Caption,
    Credit,
}

/// The blocks of a page.
pub(super) struct Blocks {
    pub(super) words: Words,
    pub(super) all: Vec<Block>,
    /// Elements that belong to the page, not to a story, by what they are or are called.
    pub(super) aside: Vec<u32>,
}

impl Blocks {
    pub(super) fn text(&self, block: &Block) -> &str {
        self.words.text[block.start as usize..block.end as usize].trim()
    }
}

/// What an element is, on the way to its blocks.
#[derive(Clone, Copy)]
struct Open {
    end: u32,
    name: Name,
    /// The number and the name of the element whose line it is on.
    line: (u32, Name),
    in_link: bool,
    /// Whether it is in a button. Nobody reads those, but for the pictures in them.
    in_button: bool,
    figure: u32,
    role: Role,
    role_of: u32,
}

/// The blocks of a page.
///
/// # Errors
/// Cancellation.
pub(super) fn blocks(tree: &Tree<'_>, watch: &Watch) -> Result<Blocks> {
    let mut found = Blocks { words: Words::default(), all: Vec::new(), aside: Vec::new() };
    let page = Open {
        end: u32::MAX,
        name: name::BODY,
        line: (0, name::BODY),
        in_link: false,
        in_button: false,
        figure: 0,
        role: Role::None,
        role_of: 0,
    };
    let mut open = vec![page];
    let mut now: Option<Block> = None;
    let mut breaks = 0;
    let (mut at, nodes) = (1, &tree.nodes);
    while at < nodes.len() {
        if at % (1 << 14) == 0 {
            watch.check()?;
        }
        while open.last().is_some_and(|last| last.end as usize <= at) {
            if let Some(last) = open.pop()
                && (is_block(last.name) || last.role != Role::None)
            {
                found.close(&mut now);
            }
        }
        let node = nodes[at];
        let around = *open.last().unwrap_or(&page);
        if node.name == TEXT {
            if found.take_text(tree, at, &open, &page, &mut now) {
                breaks = 0;
            }
            at += 1;
            continue;
        }
        if node.name == name::BR {
            breaks += 1;
            found.words.space();
            if breaks > 1 {
                found.close(&mut now);
            }
            at += 1;
            continue;
        }
        let block = is_block(node.name);
        if block {
            found.close(&mut now);
        }
        let mut called = called(tree, at, node.name);
        if node.name == name::CITE && around.figure != 0 && around.role == Role::None {
            called.role = Role::Credit;
        }
        if is_unread(node.name) && !(node.name == name::NOSCRIPT && holds_caption(tree, at)) {
            at = node.end as usize;
            continue;
        }
        if called.aside || called.hidden {
            found.aside.push(at as u32);
        }
        let (role, role_of) =
            if called.role == Role::None { (around.role, around.role_of) } else { (called.role, at as u32) };
        if role != around.role {
            found.close(&mut now);
        }
        if node.end as usize > at + 1 {
            open.push(Open {
                end: node.end,
                name: node.name,
                line: if block { (at as u32, node.name) } else { around.line },
                in_link: around.in_link || node.name == name::A && leads_away(tree, at),
                in_button: around.in_button || node.name == name::BUTTON,
                figure: if node.name == name::FIGURE { at as u32 } else { around.figure },
                role,
                role_of,
            });
        }
        at += 1;
    }
    found.close(&mut now);
    found.check_roles();
    Ok(found)
}

impl Blocks {
    /// An element that is called a caption and holds a whole story has captions somewhere in it.
    fn check_roles(&mut self) {
        const LONGEST: u32 = 1200;
        let mut at = 0;
        while at < self.all.len() {
            let first = self.all[at];
            let many = self.all[at..].iter().take_while(|block| block.role_of == first.role_of).count();
            let run = &mut self.all[at..at + many];
            let length = run.last().map_or(0, |last| last.end - first.start);
            if first.role != Role::None && length > LONGEST {
                for block in run {
                    block.role = Role::None;
                }
            }
            at += many;
        }
    }

    /// Adds a piece of text to the block that is open, or begins one. Returns whether it is more
    /// than white space.
    fn take_text(
        &mut self,
        tree: &Tree<'_>,
        at: usize,
        open: &[Open],
        page: &Open,
        now: &mut Option<Block>,
    ) -> bool {
        let (raw, around) = (tree.raw(at), open.last().unwrap_or(page));
        let is_blank = raw.bytes().all(|byte| byte.is_ascii_whitespace());
        if is_blank || around.in_button && around.role == Role::None {
            self.words.space();
            return false;
        }
        let block = now.get_or_insert_with(|| {
            let start = self.words.begin() as u32;
            Block {
                node: around.line.0,
                first: at as u32,
                start,
                end: start,
                link: 0,
                name: around.line.1,
                figure: around.figure,
                role: around.role,
                role_of: around.role_of,
            }
        });
        let before = self.words.text.len();
        self.words.push(raw);
        if around.in_link {
            block.link += (self.words.text.len() - before) as u32;
        }
        true
    }

    fn close(&mut self, now: &mut Option<Block>) {
        if let Some(mut block) = now.take() {
            block.end = self.words.text.len() as u32;
            if block.end > block.start {
                self.all.push(block);
            }
            self.words.end();
        }
    }
}

/// Whether what browsers without scripts see is a picture with its caption.
fn holds_caption(tree: &Tree<'_>, node: usize) -> bool {
    const NEAR: usize = 24;
    tree.inside(node).take(NEAR).any(|at| tree.nodes[at].name == name::FIGCAPTION)
}

/// Whether a link leads to another page, not to a place on this one.
fn leads_away(tree: &Tree<'_>, link: usize) -> bool {
    tree.attribute(link, "href").is_none_or(|href| href.len() < 2 || !href.starts_with('#'))
}

/// Whether nobody reads what is in an element as text.
fn is_unread(name: Name) -> bool {
    matches!(
        name,
        name::SCRIPT
            | name::STYLE
            | name::TEMPLATE
            | name::NOSCRIPT
            | name::SVG
            | name::MATH
            | name::IFRAME
            | name::OBJECT
            | name::SELECT
            | name::TEXTAREA
            | name::HEAD
            | name::TITLE
            | name::DIALOG
            | name::VIDEO
            | name::AUDIO
            | name::XMP
            | name::NOEMBED
            | name::NOFRAMES
    )
}

/// What the attributes of an element say about it.
#[derive(Default)]
struct Called {
    hidden: bool,
    aside: bool,
    role: Role,
}

fn called(tree: &Tree<'_>, node: usize, element: Name) -> Called {
    let mut called = Called {
        aside: matches!(element, name::NAV | name::FOOTER | name::ASIDE | name::FORM | name::MENU),
        ..Called::default()
    };
    if element == name::FIGCAPTION {
        called.role = Role::Caption;
    }
    for (name, value) in tree.attributes(node) {
        match name.len() {
            2 if name.eq_ignore_ascii_case("id") => called.by(value),
            4 if name.eq_ignore_ascii_case("role") => {
                called.aside |= matches!(
                    value,
                    "navigation" | "complementary" | "contentinfo" | "search" | "banner" | "menu" | "dialog"
                );
            }
            5 if name.eq_ignore_ascii_case("class") => called.by(value),
            5 if name.eq_ignore_ascii_case("style") => {
                called.hidden |= value.contains("display:none") || value.contains("display: none");
            }
            6 if name.eq_ignore_ascii_case("hidden") => called.hidden = true,
            8 if name.eq_ignore_ascii_case("itemprop") => match value {
                "caption" => called.role = Role::Caption,
                "creditText" | "copyrightHolder" => called.role = Role::Credit,
                _ => {}
            },
            9 if name.eq_ignore_ascii_case("data-test") => called.by(value),
            11 if name.eq_ignore_ascii_case("aria-hidden") => called.aside |= value == "true",
            11 if name.eq_ignore_ascii_case("data-testid") => called.by(value),
            14 if name.eq_ignore_ascii_case("data-component") => called.by(value),
            _ => {}
        }
    }
    called
}

impl Called {
    /// Takes what a name says.
    fn by(&mut self, name: &str) {
        let mut before = [0_u8; 8];
        each_word(name, |word| {
            match word {
                "caption" | "captions" | "figcaption" | "imgcaption" | "imagecaption"
                    if self.role == Role::None =>
                {
                    self.role = Role::Caption;
                }
                "credit" | "credits" | "copyright" | "distributor" | "photographer" | "attribution" => {
                    self.role = Role::Credit;
                }
                _ => {}
            }
            let read = |at: usize| before.get(..at).unwrap_or_default();
            self.aside |= is_aside(word)
                || matches!(
                    (read(4), word),
                    (b"twit", "tweet")
                        | (b"most", "read" | "popular" | "viewed" | "shared")
                        | (b"read", "more" | "next" | "also")
                        | (b"more", "on" | "from" | "stories" | "news")
                        | (b"also", "read" | "like")
                );
            before = [0; 8];
            let length = word.len().min(8);
            before[..length].copy_from_slice(&word.as_bytes()[..length]);
        });
    }
}

/// Whether a word in the name of an element says that it belongs to the page.
fn is_aside(word: &str) -> bool {
    matches!(
        word,
        "related"
            | "relatedposts"
            | "relatedcontent"
            | "relatedarticles"
            | "recommended"
            | "recommend"
            | "recommendation"
            | "recommendations"
            | "recirc"
            | "recirculation"
            | "promo"
            | "promos"
            | "promobox"
            | "promoted"
            | "sponsored"
            | "sponsor"
            | "newsletter"
            | "newsletters"
            | "signup"
            | "subscribe"
            | "subscription"
            | "subscriptions"
            | "share"
            | "sharing"
            | "sharebar"
            | "social"
            | "comment"
            | "comments"
            | "commenting"
            | "disqus"
            | "sidebar"
            | "foot"
            | "footer"
            | "footnote"
            | "nav"
            | "navbar"
            | "navigation"
            | "menu"
            | "breadcrumb"
            | "breadcrumbs"
            | "cookie"
            | "cookies"
            | "consent"
            | "banner"
            | "advert"
            | "adverts"
            | "advertisement"
            | "advertising"
            | "ad"
            | "ads"
            | "popup"
            | "modal"
            | "overlay"
            | "trending"
            | "popular"
            | "mostread"
            | "readmore"
            | "outbrain"
            | "taboola"
            | "teaser"
            | "teasers"
            | "toolbar"
            | "tooltip"
            | "tags"
            | "taglist"
            | "topics"
            | "pagination"
            | "pager"
            | "masthead"
            | "skip"
            | "bio"
            | "donate"
            | "donation"
            | "upsell"
            | "login"
            | "register"
            | "widgets"
            | "tweet"
            | "instagram"
            | "tiktok"
            | "disclaimer"
            | "correction"
            | "poll"
            | "quiz"
            | "carousel"
            | "ticker"
    )
}
