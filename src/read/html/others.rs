//! Which blocks are of other stories, or of readers?
//!
//! Names that the makers of a page give to its parts are of no help where a program made them up.
//! So lists are recognised by what they show: three parts or more, one after the other, that each
//! open with a link and say little more announce other stories; parts with a button to reply are
//! comments. A heading such as `Related articles` or `9 responses` says what follows it, the name
//! of an author after the story who that is, and a form for an address of e-mail what is around it.
//!
//! Cost: one pass over the elements, and a few over the blocks.

use std::ops::Range;

use super::blocks::{Block, Blocks, Role};
use super::meta::Meta;
use super::sums::Sums;
use crate::read::markup::name::{self, Name, TEXT};
use crate::read::markup::tree::Tree;

/// How many parts make a list.
const LEAST_PARTS: usize = 3;

/// The ranges of blocks that are not of the story of a page.
pub(super) fn others(tree: &Tree<'_>, blocks: &Blocks, sums: &Sums, meta: &Meta) -> Vec<Range<usize>> {
    let heading = meta.heading;
    let lengths = Sums::new(&blocks.all, |_, block| block.end - block.start);
    let links = Sums::new(&blocks.all, |_, block| block.link);
    let page = Page { tree, blocks, sums, heading, authors: &meta.authors, lengths, links };
    let mut found = Vec::new();
    for node in 0..tree.nodes.len() {
        if tree.nodes[node].name != TEXT && sums.range(tree, node).len() >= LEAST_PARTS {
            page.lists(node, &mut found);
        }
        if tree.nodes[node].name == name::INPUT {
            found.extend(page.form(node));
        }
    }
    // What most of a story consists of is that story: the best ten kettles.
    let cards: Vec<Range<usize>> = (0..blocks.all.len()).filter_map(|at| page.card(at)).collect();
    let weight: u32 = cards.iter().map(|card| sums.between(card.clone())).sum();
    if weight * 4 <= sums.under(tree, 0) {
        found.extend(cards);
    }
    for at in 0..blocks.all.len() {
        found.extend(page.announced(at));
    }
    found
}

struct Page<'a> {
    tree: &'a Tree<'a>,
    blocks: &'a Blocks,
    sums: &'a Sums,
    /// The main heading, 0 if it is unknown.
    heading: usize,
    authors: &'a [String],
    /// How long the blocks are, and how much of them is in links.
    lengths: Sums,
    links: Sums,
}

/// What a part of a list is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Story,
    Teaser,
    Comment,
}

impl Page<'_> {
    /// Adds the lists among the children of an element.
    fn lists(&self, node: usize, found: &mut Vec<Range<usize>>) {
        let mut run: Vec<Range<usize>> = Vec::new();
        let mut of: (Name, Part) = (TEXT, Part::Story);
        // What fills the element of the heading is the story: the best ten kettles.
        let all = self.sums.between(self.sums.range(self.tree, node));
        let is_around = self.tree.inside(node).contains(&self.heading);
        let mut end = |run: &mut Vec<Range<usize>>| {
            let weight: u32 = run.iter().map(|part| self.sums.between(part.clone())).sum();
            if run.len() >= LEAST_PARTS && !(is_around && weight > 2 * (all - weight) && weight < all) {
                found.append(run);
            }
            run.clear();
        };
        for child in self.tree.children(node) {
            let element = self.tree.nodes[child].name;
            let inside = self.sums.range(self.tree, child);
            // The rows of a table may open with links.
            if matches!(element, TEXT | name::TR) || inside.is_empty() {
                continue;
            }
            let part = if self.tree.inside(child).contains(&self.heading) {
                Part::Story
            } else {
                self.part(inside.clone())
            };
            if (element, part) != of || part == Part::Story {
                end(&mut run);
                of = (element, part);
            }
            if part != Part::Story {
                run.push(inside);
            }
        }
        end(&mut run);
    }

    /// What the blocks of one part of a list show.
    fn part(&self, inside: Range<usize>) -> Part {
        /// The most text, in bytes, and the most blocks with which a story is announced.
        const MOST: u32 = 500;
        const MOST_BLOCKS: usize = 8;
        const OPENS: usize = 3;
        /// The most blocks of a comment and of those that reply to it.
        const LONGEST: usize = 60;
        let some = &self.blocks.all[inside];
        if some.len() > LONGEST {
            return Part::Story;
        }
        if some.len() > 1 && some.iter().any(|block| replies(self.blocks.text(block))) {
            return Part::Comment;
        }
        let shown: u32 = some.iter().map(|block| block.end - block.start - block.link).sum();
        let is_link = |block: &Block| is_link(block) && block.end - block.start >= 12;
        let is_teaser = some.len() <= MOST_BLOCKS && shown <= MOST && some.iter().take(OPENS).any(is_link);
        if is_teaser { Part::Teaser } else { Part::Story }
    }

    /// The box of another story within this one: it opens with a heading that is a link.
    fn card(&self, at: usize) -> Option<Range<usize>> {
        const LEAST: u32 = 12;
        const MOST: u32 = 400;
        const MOST_BLOCKS: usize = 4;
        let block = &self.blocks.all[at];
        let is_title = name::is_heading(block.name) && is_link(block) && block.end - block.start >= LEAST;
        if !is_title || (block.first as usize) < self.heading {
            return None;
        }
        let node = block.node as usize;
        let is_card = |inside: &Range<usize>| {
            inside.start == at && inside.len() <= MOST_BLOCKS && self.lengths.between(inside.clone()) <= MOST
        };
        let outer = self.tree.around(node).map(|outer| self.sums.range(self.tree, outer));
        outer.take_while(is_card).last().filter(|inside| inside.len() > 1)
    }

    /// What is around a field for an address of e-mail: a call to subscribe, in any words.
    fn form(&self, input: usize) -> Option<Range<usize>> {
        const MOST: u32 = 600;
        const UP: usize = 5;
        if !self.tree.attribute(input, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("email")) {
            return None;
        }
        let all = self.sums.under(self.tree, 0);
        let is_page = |outer: usize| {
            matches!(self.tree.nodes[outer].name, name::BODY | name::HTML | name::MAIN | name::ARTICLE)
        };
        let is_box = |&outer: &usize| {
            let inside = self.sums.range(self.tree, outer);
            !is_page(outer)
                && !self.tree.inside(outer).contains(&self.heading)
                && self.sums.between(inside.clone()) * 3 <= all
                && self.lengths.between(inside) <= MOST
        };
        let outer = self.tree.around(input).take(UP).take_while(is_box).last()?;
        Some(self.sums.range(self.tree, outer))
    }

    /// Whether a block is the name of an author.
    fn is_author(&self, text: &str) -> bool {
        self.authors.iter().any(|author| author.contains(' ') && text.eq_ignore_ascii_case(author))
    }

    /// What a block announces, if it says that other stories or comments follow.
    fn announced(&self, at: usize) -> Option<Range<usize>> {
        /// How many elements can follow.
        const MOST: usize = 64;
        /// How much is said of those who made the page, in bytes.
        const LONGEST_BOX: u32 = 1500;
        let block = &self.blocks.all[at];
        let is_heading = name::is_heading(block.name);
        let text = self.blocks.text(block);
        let said = said(text)
            .or_else(|| self.is_author(text).then_some(Said::Makers))
            .filter(|_| block.role == Role::None)?;
        let (tree, sums) = (self.tree, self.sums);
        if block.node == 0 || (block.first as usize) < self.heading {
            return None;
        }
        // The largest element that opens with it.
        let opens = |&outer: &usize| {
            sums.range(tree, outer).start == at && !tree.inside(outer).contains(&self.heading)
        };
        let outer = std::iter::once(block.node as usize)
            .chain(tree.around(block.node as usize))
            .take_while(opens)
            .last()
            .filter(|&outer| !matches!(tree.nodes[outer].name, name::BODY | name::HTML))?;
        let inside = sums.range(tree, outer);
        let end = sums.range(tree, tree.nodes[outer].parent as usize).end;
        let before = sums.between(sums.range(tree, self.heading.max(1)).start..at);
        if said == Said::Makers {
            // A short story may be shorter than what follows it.
            let is_box = inside.len() > 1;
            let inside = if is_box { inside } else { inside.start..end };
            let is_last = sums.between(inside.end..end) == 0;
            let is_sure = is_heading || is_box;
            return (is_sure && is_last && before > 0 && sums.between(inside.clone()) <= LONGEST_BOX)
                .then_some(inside);
        }
        if said == Said::Comments {
            // A count of comments may be above the story.
            let inside = if inside.len() > 1 { inside } else { inside.start..end };
            let is_sure = is_heading && before > 0 || sums.between(inside.clone()) <= before;
            return is_sure.then_some(inside);
        }
        if inside.len() > 1 {
            let links = self.links.between(inside.clone());
            let is_sure =
                sums.between(inside.clone()) <= before && links * 4 >= self.lengths.between(inside.clone());
            return is_sure.then_some(inside);
        }
        // The links that follow, up to a part of the story.
        let mut to = inside.end;
        let mut next = tree.nodes[outer].end as usize;
        let around = tree.nodes[tree.nodes[outer].parent as usize].end as usize;
        for _ in 0..MOST {
            if next >= around {
                break;
            }
            let part = sums.range(tree, next);
            let is_text = tree.nodes[next].name == TEXT;
            if !is_text && !part.is_empty() {
                let links = self.links.between(part.clone());
                if links * 2 < self.lengths.between(part.clone())
                    && self.part(part.clone()) == Part::Story
                    && !self.holds_teasers(next)
                {
                    break;
                }
                to = part.end;
            }
            next = tree.nodes[next].end as usize;
        }
        Some(at..to)
    }

    fn holds_teasers(&self, node: usize) -> bool {
        let parts = self.tree.children(node).map(|child| self.sums.range(self.tree, child));
        let mut parts = parts.filter(|part| !part.is_empty()).peekable();
        parts.peek().is_some() && parts.all(|part| self.part(part) == Part::Teaser)
    }
}

/// Whether a block is a link, more or less.
fn is_link(block: &Block) -> bool {
    block.link * 10 >= (block.end - block.start) * 8
}

/// Whether a block is a button below a comment.
fn replies(text: &str) -> bool {
    const BUTTONS: [&str; 10] = [
        "reply",
        "report",
        "permalink",
        "flag",
        "reply to this comment",
        "reply ↓",
        "log in to reply",
        "antworten",
        "répondre",
        "responder",
    ];
    text.len() <= 24 && BUTTONS.iter().any(|button| text.eq_ignore_ascii_case(button))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Stories,
    Comments,
    /// Who wrote the story, or who publishes it.
    Makers,
}

/// What a short block says that follows it.
fn said(text: &str) -> Option<Said> {
    const COMMENTS: [&str; 13] = [
        "comments",
        "have your say",
        "leave a comment",
        "leave a reply",
        "leave a response",
        "post a comment",
        "add a comment",
        "join the conversation",
        "join the discussion",
        "kommentare",
        "commentaires",
        "comentarios",
        "reader comments",
    ];
    /// After a number.
    const COUNTED: [&str; 5] = ["comment", "comments", "responses", "replies", "thoughts"];
    const STORIES: [&str; 44] = [
        "related",
        "related articles",
        "related stories",
        "related posts",
        "related news",
        "related content",
        "related links",
        "related topics",
        "related coverage",
        "related reading",
        "more stories",
        "more news",
        "more articles",
        "more coverage",
        "more on this story",
        "more on this topic",
        "read next",
        "read more",
        "up next",
        "you may also like",
        "you might also like",
        "you may like",
        "you might like",
        "also read",
        "see also",
        "recommended",
        "recommended for you",
        "recommended stories",
        "recommended reading",
        "most read",
        "most popular",
        "most viewed",
        "popular posts",
        "trending",
        "trending now",
        "latest",
        "latest news",
        "latest stories",
        "latest posts",
        "recent posts",
        "mehr zum thema",
        "lire aussi",
        "à lire aussi",
        "te puede interesar",
    ];
    const MAKERS: [&str; 10] = [
        "about us",
        "about me",
        "about the author",
        "about the authors",
        "about the writer",
        "about our reporter",
        "about this newsletter",
        "über den autor",
        "à propos de l'auteur",
        "sobre el autor",
    ];
    const LONGEST: usize = 60;
    if text.len() > LONGEST {
        return None;
    }
    let lower = text.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphabetic());
    if STORIES.contains(&bare) {
        return Some(Said::Stories);
    }
    if MAKERS.contains(&bare) {
        return Some(Said::Makers);
    }
    let follows =
        |rest: &str| rest.is_empty() || [" to ", " on ", " ("].iter().any(|next| rest.starts_with(next));
    let opens = |of: &&str| bare.strip_prefix(*of).is_some_and(follows);
    // `9 Responses to “Storm hits Oban”`.
    let is_count = lower.starts_with(|c: char| c.is_ascii_digit()) && COUNTED.iter().any(opens);
    (is_count || COMMENTS.contains(&bare)).then_some(Said::Comments)
}
