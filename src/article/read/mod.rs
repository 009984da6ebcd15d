//! How is an article read from a file?
