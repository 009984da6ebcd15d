//! Which of the blocks of a page are the story?
//!
//! Text that people read comes in paragraphs: long lines with few links. The element that holds
//! most of it is found from the outside in: as long as one part of an element holds nearly all of
//! its paragraphs, the story is in there. Elements that are aside by their names do not count,
//! unless they hold most of the page.
//!
//! Cost: a few passes over the blocks, and one over the elements on the way to the story.

use std::collections::HashMap;
use std::ops::Range;

use super::blocks::{Block, Blocks, Role};
use super::line::{calls, is_rights, labels};
use super::meta::Meta;
use super::others::others;
use super::sums::Sums;
use crate::article::find_credit;
use crate::read::markup::name;
use crate::read::markup::tree::Tree;
use crate::read::markup::words::same;

/// A paragraph that counts has at least this many bytes.
const LEAST: u32 = 60;
/// The same on a page without such paragraphs.
const FEW: u32 = 20;

/// How many elements around a block are searched.
const NEAR: usize = 40;

/// What the page shows of the story: the positions of its blocks, in the order of the page.
pub(super) enum Part {
    Paragraph(usize),
    /// The blocks of a caption and of its credit.
    Caption(Vec<usize>, Vec<usize>),
}

/// Whether a block is a paragraph of some story.
fn is_paragraph(block: &Block, least: u32) -> bool {
    let length = block.end - block.start;
    length >= least && block.link * 3 < length && block.role == Role::None && block.figure == 0
}

/// The blocks that may belong to the story, and the sums of its paragraphs. Where a page has no
/// long paragraph, short sentences count.
fn kept(tree: &Tree<'_>, blocks: &Blocks, meta: &Meta) -> (Vec<bool>, Sums) {
    let all = &blocks.all;
    let mut found = None;
    for least in [LEAST, FEW] {
        let counts = |block: &Block| {
            let text = blocks.text(block);
            is_paragraph(block, least)
                && (least == LEAST || text.ends_with(['.', '?', '!']))
                && !is_rights(text)
        };
        let mut weights: Vec<u32> =
            all.iter().map(|block| if counts(block) { block.end - block.start } else { 0 }).collect();
        let total: u32 = weights.iter().sum();
        // What is above the heading is not the story, unless most is.
        let heading = all.partition_point(|block| (block.first as usize) <= meta.heading);
        if weights[heading..].iter().sum::<u32>() * 3 >= total {
            weights[..heading].fill(0);
        }
        let sums = Sums::new(all, |at, _| weights[at]);
        let total = sums.under(tree, 0);
        // How many elements that are aside begin and end before each block.
        let mut depth = vec![0_i64; all.len() + 1];
        let mut skip = |Range { start, end }: Range<usize>| {
            depth[start] += 1;
            depth[end] -= 1;
        };
        for &node in &blocks.aside {
            let node = node as usize;
            let holds_heading = tree.inside(node).contains(&meta.heading);
            // What holds the story is not aside, by any name.
            let share = if holds_heading { 4 } else { 2 };
            if sums.under(tree, node) * share <= total {
                skip(sums.range(tree, node));
            }
        }
        others(tree, blocks, &sums, meta).into_iter().for_each(skip);
        let mut around = 0;
        let kept: Vec<bool> = depth[..all.len()]
            .iter()
            .map(|change| {
                around += change;
                around == 0
            })
            .collect();
        let sums = Sums::new(all, |at, _| if kept[at] { weights[at] } else { 0 });
        let is_empty = sums.under(tree, 0) == 0;
        found = Some((kept, sums));
        if !is_empty {
            break;
        }
    }
    found.unwrap_or_else(|| (vec![true; all.len()], Sums::new(all, |_, _| 0)))
}

/// Finds the story.
pub(super) fn story(tree: &Tree<'_>, blocks: &Blocks, meta: &Meta) -> Vec<Part> {
    let all = &blocks.all;
    let (kept, sums) = kept(tree, blocks, meta);
    let root = root(tree, &sums, meta.heading);
    let range = sums.range(tree, root);
    let mut furniture = Furniture { tree, blocks, sums: &sums, root, kept };
    furniture.leave_out_repeated();
    furniture.leave_out_calls(range.clone());
    furniture.leave_out_posts(range.clone());
    let kept = furniture.kept;
    let first = range.clone().find(|&at| kept[at] && sums.between(at..at + 1) > 0).unwrap_or(range.start);
    // Between the heading and the story are pictures and a summary; above the heading, pictures.
    let heading = sums.nodes.partition_point(|&first| (first as usize) <= meta.heading);
    let heading = if meta.heading > 0 && heading < range.start { heading } else { range.start };
    let scope = common(tree, meta.heading, root);
    let from = sums.range(tree, scope).start.min(heading);
    // The first paragraphs may be next to the heading, and the others elsewhere.
    let is_lead =
        |at: usize| (heading..range.start).contains(&at) && kept[at] && sums.between(at..at + 1) > 0;
    let has_leads = (heading..range.start).filter(|&at| is_lead(at)).nth(1).is_some();
    let headline = same(&meta.headline);
    let summary = same(&meta.summary);
    // A heading above the first paragraph, if others like it follow.
    let is_section = |at: usize| {
        let name = all[at].name;
        at + 1 == first
            && name::is_heading(name)
            && (first..range.end).any(|later| kept[later] && all[later].name == name && all[later].link == 0)
    };
    let is_picture = |&at: &usize| matches!(tree.nodes[at].name, name::IMG | name::PICTURE | name::AMP_IMG);
    let pictures: Vec<usize> = (1..tree.nodes.len()).filter(is_picture).collect();
    let mut parts: Vec<Part> = Vec::new();
    let mut figure = 0;
    for at in from..range.end {
        let block = &all[at];
        let is_caption = block.role != Role::None || block.figure != 0;
        if !kept[at] || at < heading && (!is_caption || block.link > 0) {
            continue;
        }
        let text = blocks.text(block);
        let length = block.end - block.start;
        if is_caption {
            add_to_captions(tree, block, at, &mut parts, &mut figure);
            continue;
        }
        if at >= range.start.min(heading)
            && !labels(text, &meta.authors)
            && !calls(text)
            && !is_summary(&same(text), &summary)
            && let Some(of) = picture_of(tree, blocks, &sums, &pictures, at, scope)
        {
            match parts.last_mut() {
                Some(Part::Caption(_, credit)) if figure == of as u32 => credit.push(at),
                _ => parts.push(Part::Caption(vec![at], Vec::new())),
            }
            figure = of as u32;
            continue;
        }
        let letters = same(text);
        let is_headline = letters == headline || block.node as usize == meta.heading;
        let is_sentence = length >= LEAST && text.ends_with(['.', '?', '!', '”', '"', ':']);
        let most = if is_sentence { length * 9 / 10 } else { length / 2 };
        if block.link > most || is_headline || letters.is_empty() || labels(text, &meta.authors) {
            continue;
        }
        if at < first
            && !(has_leads && is_lead(at))
            && !(is_summary(&letters, &summary) || is_section(at) || at >= range.start && opens(block, text))
        {
            continue;
        }
        if length < 100
            && tree.inside(block.node as usize).take(NEAR).any(|node| tree.nodes[node].name == name::TIME)
        {
            continue;
        }
        parts.push(Part::Paragraph(at));
    }
    // A heading announces what follows it.
    while let Some(Part::Paragraph(last)) = parts.last()
        && name::is_heading(all[*last].name)
    {
        parts.pop();
    }
    parts
}

/// What a short line below a picture belongs to, which makes it a caption or a credit by any name:
/// the element around the picture and no more than two lines, or the picture itself if the line
/// ends in a credit.
fn picture_of(
    tree: &Tree<'_>,
    blocks: &Blocks,
    sums: &Sums,
    pictures: &[usize],
    at: usize,
    root: usize,
) -> Option<usize> {
    const LONGEST: u32 = 300;
    const LONGEST_CREDITED: u32 = 600;
    const UP: usize = 4;
    const MOST_BLOCKS: usize = 3;
    let block = &blocks.all[at];
    let length = block.end - block.start;
    let next = pictures.partition_point(|&picture| picture < block.first as usize);
    let picture = *pictures.get(next.checked_sub(1)?)?;
    if length > LONGEST_CREDITED || name::is_heading(block.name) {
        return None;
    }
    let outer = tree.around(block.node as usize).take(UP).take_while(|&outer| outer > root);
    // A short story is not the caption of the picture above it.
    let total = sums.under(tree, root);
    let is_small =
        |&outer: &usize| sums.range(tree, outer).len() <= MOST_BLOCKS && sums.under(tree, outer) * 3 <= total;
    let around = outer.take_while(is_small).find(|&outer| tree.inside(outer).contains(&picture));
    let text = blocks.text(block);
    let is_sentence = text.ends_with(['.', '?', '!', '”', '"', ':']);
    let is_line = block.name != name::P && text.split(' ').nth(3).is_some() || !is_sentence;
    if around.is_some() && length <= LONGEST && block.link == 0 && is_line {
        return around;
    }
    let follows = at == 0 || (blocks.all[at - 1].first as usize) < picture;
    (follows && block.link * 3 < length && find_credit(text).is_some()).then_some(picture)
}

/// Adds a block to the caption before it, or begins one.
fn add_to_captions(tree: &Tree<'_>, block: &Block, at: usize, parts: &mut Vec<Part>, figure: &mut u32) {
    // A caption that is in no figure, and its credit, are next to each other.
    let of = if block.figure != 0 { block.figure } else { tree.nodes[block.role_of as usize].parent };
    let follows = |last: &Part| match last {
        // A credit after a caption is its own, wherever it is nested.
        Part::Caption(caption, credit) => {
            *figure == of
                || block.role == Role::Credit && credit.is_empty() && caption.last() == Some(&(at - 1))
        }
        Part::Paragraph(_) => false,
    };
    if !parts.last().is_some_and(follows) {
        parts.push(Part::Caption(Vec::new(), Vec::new()));
        *figure = of;
    }
    if let Some(Part::Caption(caption, credit)) = parts.last_mut() {
        match block.role {
            Role::Credit => credit.push(at),
            Role::Caption => caption.push(at),
            Role::None => {}
        }
    }
}

/// All of a piece of a page.
pub(super) fn all(tree: &Tree<'_>, blocks: &Blocks) -> Vec<Part> {
    let (mut parts, mut figure) = (Vec::new(), 0);
    for (at, block) in blocks.all.iter().enumerate() {
        if block.role != Role::None || block.figure != 0 {
            add_to_captions(tree, block, at, &mut parts, &mut figure);
        } else {
            parts.push(Part::Paragraph(at));
        }
    }
    parts
}

/// The smallest element that holds both a heading and a story, if that is not all of the page.
fn common(tree: &Tree<'_>, heading: usize, root: usize) -> usize {
    let holds = |&outer: &usize| tree.inside(outer).contains(&root);
    let found = tree.around(heading).find(holds).filter(|_| heading > 0);
    found
        .filter(|&outer| tree.nodes[outer].name != name::BODY && tree.nodes[outer].name != name::HTML)
        .unwrap_or(root)
}

/// Whether a block is the summary of the story, as the page gives it for machines.
fn is_summary(letters: &str, summary: &str) -> bool {
    letters.len() > 30
        && summary.len() > 30
        && (summary.starts_with(letters) || letters.starts_with(&summary[..floor(summary)]))
}

/// Summaries are cut short: how much of one must agree.
fn floor(summary: &str) -> usize {
    let mut end = summary.len() * 4 / 5;
    while !summary.is_char_boundary(end) {
        end -= 1;
    }
    end
}

/// Whether a short block before the first paragraph is part of the story: a summary, or a sentence.
fn opens(block: &Block, text: &str) -> bool {
    let words = text.split(' ').count();
    words >= 6 && block.link == 0 || words >= 3 && text.ends_with(['.', '?', '!', '”', '’', '"'])
}

/// What belongs to the page among the blocks of the story.
struct Furniture<'a> {
    tree: &'a Tree<'a>,
    blocks: &'a Blocks,
    sums: &'a Sums,
    root: usize,
    kept: Vec<bool>,
}

impl Furniture<'_> {
    /// Skips what is on the page again and again: labels of advertisements and buttons.
    fn leave_out_repeated(&mut self) {
        const LONGEST: u32 = 60;
        let mut seen: HashMap<&str, (usize, usize)> = HashMap::new();
        let short = |at: &usize| {
            let block = &self.blocks.all[*at];
            let is_said =
                block.name == name::P && self.blocks.text(block).ends_with(['.', '?', '!', '”', '"']);
            block.role == Role::None && block.end - block.start <= LONGEST && !is_said
        };
        let positions: Vec<usize> = (0..self.kept.len()).filter(short).collect();
        for &at in &positions {
            seen.entry(self.blocks.text(&self.blocks.all[at])).or_default().0 += 1;
        }
        for at in positions {
            if seen.get(self.blocks.text(&self.blocks.all[at])).is_some_and(|&(count, _)| count >= 3) {
                self.kept[at] = false;
            }
        }
    }

    /// Skips calls to subscribe and to sign in, with what is around them.
    fn leave_out_calls(&mut self, range: Range<usize>) {
        const MOST: u32 = 1200;
        let whole = self.length(range.clone());
        for at in range {
            let block = &self.blocks.all[at];
            if !self.kept[at] || !calls(self.blocks.text(block)) {
                continue;
            }
            self.kept[at] = false;
            let line = block.node as usize;
            for outer in std::iter::once(line).chain(self.tree.around(line)).take(NEAR) {
                if outer <= self.root {
                    break;
                }
                let inside = self.sums.range(self.tree, outer);
                let length = self.length(inside.clone());
                // A box that opens with the call is its own, however short the story is.
                let is_box = inside.start == at && inside.len() > 1 && length * 2 <= whole;
                if length > MOST || length * 4 > whole && !is_box {
                    break;
                }
                self.kept[inside].fill(false);
            }
        }
    }

    /// Skips posts of other networks: a quotation that ends in `— Oban Council (@oban) 5 March`.
    fn leave_out_posts(&mut self, range: Range<usize>) {
        for at in range {
            let text = self.blocks.text(&self.blocks.all[at]);
            if !text.starts_with(['—', '–']) || !text.contains("(@") {
                continue;
            }
            let node = self.blocks.all[at].node as usize;
            let is_quotation = |&outer: &usize| self.tree.nodes[outer].name == name::BLOCKQUOTE;
            let mut around = std::iter::once(node).chain(self.tree.around(node)).take(NEAR);
            let post = around.find(is_quotation).filter(|&post| post > self.root);
            let inside = post.map_or(at..at + 1, |post| self.sums.range(self.tree, post));
            self.kept[inside].fill(false);
        }
    }

    fn length(&self, range: Range<usize>) -> u32 {
        let (Some(first), Some(last)) =
            (self.blocks.all.get(range.start), self.blocks.all.get(range.end.wrapping_sub(1)))
        else {
            return 0;
        };
        last.end.saturating_sub(first.start)
    }
}

/// The element that holds the story. Of several stories on a page, that with the main heading.
fn root(tree: &Tree<'_>, sums: &Sums, heading: usize) -> usize {
    let is_heading = |&node: &usize| tree.nodes[node].name == tree.nodes[heading].name;
    let opens_story = |&child: &usize| tree.inside(child).any(|node| is_heading(&node));
    let one_of_many = |root: usize| {
        let weighty = || tree.children(root).filter(|&child| sums.under(tree, child) > 0);
        let own = weighty().find(|&child| tree.inside(child).contains(&heading))?;
        let is_one = name::is_heading(tree.nodes[heading].name) && weighty().all(|child| opens_story(&child));
        (is_one && weighty().nth(1).is_some()).then_some(own)
    };
    let mut root = 0;
    loop {
        let all = sums.under(tree, root);
        let mut best = None;
        let mut child = root + 1;
        let end = tree.nodes[root].end as usize;
        while child < end {
            if tree.nodes[child].name != name::TEXT {
                let share = sums.under(tree, child);
                if share * 4 >= all * 3 && all > 0 {
                    best = Some(child);
                    break;
                }
            }
            child = tree.nodes[child].end as usize;
        }
        match best {
            // A paragraph alone is not a story; what is around it is one.
            Some(child) if tree.nodes[child].name != name::P => root = child,
            Some(_) => return root,
            None => match one_of_many(root) {
                Some(child) => root = child,
                None => return root,
            },
        }
    }
}
