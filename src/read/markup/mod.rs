//! What is inside what in mark-up, and what do its characters say?
//!
//! Pages ([`tree`]) and XML ([`strict`]) become the same tree: one forgives everything, the other
//! nothing.

pub(crate) mod find;
pub(crate) mod name;
pub(crate) mod strict;
pub(crate) mod tree;
pub(crate) mod words;
