//! How is a name from the text printed on one line?

use std::borrow::Cow;

use crate::corpus::ArticleRef;
use crate::span::ByteSpan;

/// A name on one line.
pub(crate) fn spelt(article: ArticleRef<'_>, span: ByteSpan) -> Cow<'_, str> {
    let text = article.piece(span);
    let plain = |c: char| !c.is_whitespace() || c == ' ';
    if text.chars().all(plain) && !text.contains("  ") {
        return text.into();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ").into()
}
