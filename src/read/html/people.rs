//! Who wrote the article of a page?

use crate::article::authors;
use crate::read::flat::{Flat, Kind};
use crate::read::markup::name;
use crate::read::markup::tree::Tree;
use crate::read::markup::words::{each_word, plain, same, text_in};

/// The names in an author of JSON-LD: a string, an object, a reference to one, or a list of these.
pub(super) fn linked(flat: &Flat<'_>, author: usize) -> Vec<String> {
    let mut names = Vec::new();
    let mut take = |item: usize| {
        let name = match flat.kind(item) {
            Kind::Text => flat.text(item),
            Kind::Object => flat.text_of(item, "name").or_else(|| {
                let id = flat.text_of(item, "@id")?;
                let is_it = |&other: &usize| {
                    other != item
                        && flat.kind(other) == Kind::Object
                        && flat.text_of(other, "@id").as_ref() == Some(&id)
                };
                flat.all().filter(is_it).find_map(|other| flat.text_of(other, "name"))
            }),
            _ => None,
        };
        for name in split(&plain(&name.unwrap_or_default())) {
            add(&mut names, name);
        }
    };
    if flat.kind(author) == Kind::List {
        flat.children(author).take(MOST).for_each(&mut take);
        // A list of names under one object: `{"name": ["Ida Moe", "Kai Berg"]}`.
    } else if let Some(list) = flat.get(author, "name").filter(|&name| flat.kind(name) == Kind::List) {
        flat.children(list).take(MOST).for_each(&mut take);
    } else {
        take(author);
    }
    names
}

/// Adds a name that is not known yet.
pub(super) fn add(names: &mut Vec<String>, name: String) {
    if !name.is_empty() && names.len() < MOST && names.iter().all(|known| same(known) != same(&name)) {
        names.push(name);
    }
}

/// The names in a byline.
pub(super) fn split(byline: &str) -> Vec<String> {
    let byline = byline.trim();
    let bare = ["By ", "BY ", "by ", "By: ", "Words by ", "Written by "];
    let bare = bare.iter().find_map(|lead| byline.strip_prefix(lead)).unwrap_or(byline);
    let mut names: Vec<String> = Vec::new();
    for piece in bare
        .split([',', ';', '|', '\n', '•'])
        .flat_map(|piece| piece.split(" and "))
        .flat_map(|piece| piece.split(" & "))
    {
        let name = piece.trim();
        // `Martin Doyle, Jr.`
        if matches!(name, "Jr" | "Jr." | "Sr" | "Sr." | "II" | "III" | "IV")
            && let Some(last) = names.last_mut()
        {
            last.push(' ');
            last.push_str(name);
            continue;
        }
        let name = if ends_in_stop(name) { name } else { name.trim_end_matches('.') };
        if !name.is_empty()
            && !name.starts_with(['(', '['])
            && !name.contains("://")
            && !name.contains('@')
            && !name.starts_with("www.")
            && !name.contains(".com/")
            && name.len() < 80
        {
            names.push(name.to_owned());
        }
    }
    names
}

/// Whether a name ends in a word that has a full stop: a suffix, or an initial.
fn ends_in_stop(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or_default();
    last != name && matches!(last, "Jr." | "Sr.") || last.chars().count() == 2 && last.ends_with('.')
}

/// Whether any of some names is one of a person, and not of an agency, an office or an account.
pub(super) fn any_person(names: &[String]) -> bool {
    names.iter().any(|name| !authors(name).is_empty())
}

/// The names that a page shows as those of authors, after its heading if there are any.
pub(super) fn shown(tree: &Tree<'_>, heading: usize) -> Vec<String> {
    let mut names = Vec::new();
    // What makers of pages call authors, the surest first.
    for sure in [true, false] {
        let mut last = 0;
        for at in (heading.max(1)..tree.nodes.len()).chain(1..heading) {
            if tree.nodes[at].name == name::TEXT || !is_author(tree, at, sure) || is_comment(tree, at) {
                continue;
            }
            // Those of other stories on the page are further away.
            if !names.is_empty() && at > last + NEAR {
                break;
            }
            let text = match tree.attribute(at, "content") {
                Some(content) => plain(content),
                None => text_in(tree, at),
            };
            let text = linked_alone(tree, at, &text).unwrap_or(text);
            for name in split(&text).into_iter().filter(|name| is_name(name)) {
                add(&mut names, name);
                last = at;
            }
            if !names.is_empty() && !sure {
                break;
            }
        }
        if !names.is_empty() {
            break;
        }
    }
    names
}

/// The name in a byline that is a link and has an office after it, without a mark between them:
/// `Ida Moe Crime reporter`.
fn linked_alone(tree: &Tree<'_>, byline: usize, text: &str) -> Option<String> {
    let links = tree.inside(byline).take(NEAR).filter(|&at| tree.nodes[at].name == name::A);
    let mut texts = links.map(|at| text_in(tree, at)).filter(|text| !text.is_empty());
    let (first, more) = (texts.next()?, texts.next());
    let (_, after) = text.split_once(&first)?;
    let is_office = after.starts_with(' ') && !after.contains([',', ';', '|', '&', '•']);
    let is_joined = after.split(' ').any(|word| matches!(word, "and" | "by" | "By"));
    let is_person = is_name(&first) && any_person(std::slice::from_ref(&first));
    (more.is_none() && is_office && !is_joined && is_person).then_some(first)
}

/// How many elements there are between one author and the next.
const NEAR: usize = 60;
/// How many authors a page may have.
const MOST: usize = 40;

/// Whether an element names an author.
fn is_author(tree: &Tree<'_>, node: usize, sure: bool) -> bool {
    tree.attributes(node).any(|(key, value)| match (sure, key) {
        (true, "itemprop" | "rel") => value == "author",
        (false, "class") => {
            let mut found = false;
            each_word(value, |word| {
                found |= matches!(
                    word,
                    "author" | "authors" | "byline" | "reporter" | "autor" | "auteur" | "writer" | "writers"
                );
            });
            found
        }
        _ => false,
    })
}

/// Whether an element is among comments.
fn is_comment(tree: &Tree<'_>, node: usize) -> bool {
    const UP: usize = 16;
    let is_page = |&outer: &usize| matches!(tree.nodes[outer].name, name::BODY | name::HTML | name::MAIN);
    let around = tree.around(node).take(UP).take_while(|outer| !is_page(outer));
    std::iter::once(node).chain(around).any(|outer| {
        tree.attributes(outer).any(|(key, value)| {
            let mut found = false;
            if matches!(key, "class" | "id") {
                each_word(value, |word| {
                    found |= matches!(word, "comment" | "comments" | "commentlist" | "disqus");
                });
            }
            found
        })
    })
}

/// Whether a piece of a byline may be a name.
fn is_name(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (2..=5).contains(&words)
        && text.chars().next().is_some_and(char::is_uppercase)
        && !text.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | '?' | '!' | '/'))
}
