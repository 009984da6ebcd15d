//! Who is in the news?
mod resolve;
