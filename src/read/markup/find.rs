//! Which element of a tree is meant?
//!
//! Cost: a walk through what is inside an element, up to the one that is found.

use super::name::Name;
use super::tree::Tree;
use super::words::{plain, text_in};

/// The text of the first element of that name inside another, on one line. It is empty if
/// no element has that name.
pub(crate) fn text_of(tree: &Tree<'_>, node: usize, wanted: Name) -> String {
    first(tree, node, wanted).map(|at| text_in(tree, at)).unwrap_or_default()
}

/// The first element of that name inside another.
pub(crate) fn first(tree: &Tree<'_>, node: usize, wanted: Name) -> Option<usize> {
    tree.inside(node).find(|&at| tree.nodes[at].name == wanted)
}

/// The elements of that name inside another.
pub(crate) fn each<'a>(tree: &'a Tree<'_>, node: usize, wanted: Name) -> impl Iterator<Item = usize> + 'a {
    tree.inside(node).filter(move |&at| tree.nodes[at].name == wanted)
}

/// The value of an attribute as it is read. It is empty if the element lacks the attribute.
pub(crate) fn attribute(tree: &Tree<'_>, node: usize, wanted: &str) -> String {
    plain(tree.attribute(node, wanted).unwrap_or_default())
}
