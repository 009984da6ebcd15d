//! What is an element called?
//!
//! A name is a number: the hash of its letters in lower case. So unknown names
//! (`<bsp-figure>`) cost no memory and differ from others like known ones.

/// The name of an element.
pub(crate) type Name = u32;

/// The number of a name in either case.
pub(crate) const fn name(letters: &[u8]) -> Name {
    let (mut hash, mut at) = (0x811c_9dc5_u32, 0);
    while at < letters.len() {
        hash = (hash ^ letters[at].to_ascii_lowercase() as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    hash
}

macro_rules! names {
    ($($constant:ident $letters:literal)*) => {
        $(pub(crate) const $constant: Name = name($letters);)*
    };
}

names! {
    A b"a" ADDRESS b"address" AMP_IMG b"amp-img" AREA b"area" ARTICLE b"article" ASIDE b"aside" AUDIO b"audio" BASE b"base"
    BLOCKQUOTE b"blockquote" BODY b"body" BR b"br" BUTTON b"button" CAPTION b"caption" CENTER b"center"
    COL b"col" DD b"dd" DETAILS b"details" DIALOG b"dialog" DIV b"div" DL b"dl" DT b"dt" EMBED b"embed"
    CITE b"cite" FIELDSET b"fieldset" FIGCAPTION b"figcaption" FIGURE b"figure" FOOTER b"footer" FORM b"form"
    H1 b"h1" H2 b"h2" H3 b"h3" H4 b"h4" H5 b"h5" H6 b"h6" HEAD b"head" HEADER b"header" HR b"hr"
    HTML b"html" IFRAME b"iframe" IMG b"img" INPUT b"input" LEGEND b"legend" LI b"li" LINK b"link"
    MAIN b"main" MATH b"math" MENU b"menu" META b"meta" NAV b"nav" NOEMBED b"noembed" NOFRAMES b"noframes"
    NOSCRIPT b"noscript" OBJECT b"object" OL b"ol" OPTION b"option" P b"p" PARAM b"param" PICTURE b"picture"
    PRE b"pre" SCRIPT b"script" SECTION b"section" SELECT b"select" SOURCE b"source" STYLE b"style"
    SUMMARY b"summary" SVG b"svg" TABLE b"table" TBODY b"tbody" TD b"td" TEMPLATE b"template"
    TEXTAREA b"textarea" TFOOT b"tfoot" TH b"th" THEAD b"thead" TIME b"time" TITLE b"title" TR b"tr"
    TRACK b"track" UL b"ul" VIDEO b"video" WBR b"wbr" XMP b"xmp"
}

/// The number of a name in XML, without the prefix of its namespace; the prefixes of feeds are part
/// of the names.
pub(crate) fn xml_name(letters: &[u8]) -> Name {
    const KEPT: [&[u8]; 5] = [b"media", b"dc", b"content", b"itunes", b"atom"];
    match memchr::memchr(b':', letters) {
        Some(colon) if !KEPT.contains(&&letters[..colon]) => name(&letters[colon + 1..]),
        _ => name(letters),
    }
}

/// The number of a piece of text, which has no name.
pub(crate) const TEXT: Name = 0;

/// Whether an element has no content, and so no closing tag.
pub(super) fn is_void(name: Name) -> bool {
    matches!(
        name,
        AREA | BASE | BR | COL | EMBED | HR | IMG | INPUT | LINK | META | PARAM | SOURCE | TRACK | WBR
    )
}

/// Whether the content of an element is not mark-up.
pub(super) fn is_raw(name: Name) -> bool {
    matches!(name, SCRIPT | STYLE | TITLE | TEXTAREA | IFRAME | XMP | NOEMBED | NOFRAMES)
}

/// Whether an element begins and ends a line.
pub(crate) fn is_block(name: Name) -> bool {
    matches!(
        name,
        ADDRESS
            | ARTICLE
            | ASIDE
            | BLOCKQUOTE
            | BODY
            | CAPTION
            | CENTER
            | DD
            | DETAILS
            | DIALOG
            | DIV
            | DL
            | DT
            | FIELDSET
            | FIGCAPTION
            | FIGURE
            | FOOTER
            | FORM
            | H1
            | H2
            | H3
            | H4
            | H5
            | H6
            | HEADER
            | HR
            | HTML
            | LEGEND
            | LI
            | MAIN
            | MENU
            | NAV
            | OL
            | P
            | PRE
            | SECTION
            | SUMMARY
            | TABLE
            | TBODY
            | TD
            | TFOOT
            | TH
            | THEAD
            | TR
            | UL
    )
}

/// Whether an element is a heading.
pub(crate) fn is_heading(name: Name) -> bool {
    matches!(name, H1 | H2 | H3 | H4 | H5 | H6)
}

/// Whether an opening tag closes the paragraph that is open.
pub(super) fn ends_paragraph(name: Name) -> bool {
    is_block(name)
        && !matches!(name, CAPTION | LEGEND | SUMMARY | HTML | BODY | TBODY | TD | TFOOT | TH | THEAD | TR)
}
