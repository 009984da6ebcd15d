"""Texts for property tests: any text, bits of news without order, and articles."""

from __future__ import annotations

from hypothesis import strategies as st

FRAGMENTS = [
    "date 2019-01-08 ",
    "date 2020-02-29\n",
    "\ufeff",
    "Rain ends drought",
    "The vote is over.",
    "It rained, he said.",
    "BEIJING (AP) — ",
    "LONDON, Jan 8 (Reuters) - ",
    "WASHINGTON — ",
    "By Ana Reis",
    "By Ana Reis and Kim Lee, Reuters",
    " Credit: AP/Ng Han Guan",
    "Credit: AP",
    " (AP Photo/Ng Han Guan)",
    "REUTERS/Ana Reis",
    "Photo: Ana Reis/Getty Images",
    "© PA",
    "A flooded street in Lisbon",
    "READ MORE: Rain",
    "Sign up for our newsletter",
    "(Reporting by A. Reis; Editing by K.)",
    "“",
    "”",
    "‘",
    "’",
    '"',
    "'",
    "'s ",
    "s' ",
    "(",
    ")",
    "[",
    "]",
    "—",
    "–",
    " - ",
    "...",
    "…",
    ".",
    "?",
    "!",
    "?!",
    ":",
    ";",
    "Mr. Kim ",
    "U.S. ",
    "p.m. ",
    "No. 10",
    "J. K. Rowling ",
    "e.g. ",
    "$1,000.50 ",
    "3.5m",
    "20th ",
    "1-0",
    "50% ",
    "£2bn",
    "don't ",
    "well-known ",
    "O'Brien",
    "https://example.org/a?b=1. ",
    "a.b@c.org ",
    "#vote",
    "@reuters",
    "and",
    "the ",
    "\n",
    "\n\n",
    " \n\t\n",
    "\r\n",
    "\r\n\r\n",
    "\r",
    " ",
    "  ",
    "\t",
    "\xa0",
    "\u2028",
    "\u200b",
    "\u00ad",
    "é",
    "e\u0301",
    "İ",
    "ß",
    "ΌΣΟΣ",
    "中文。",
    "القاهرة ",
    "👨‍👩‍👧 ",
    "🇵🇹",
    "\x00",
    "\x1c",
    "1.",
    "• ",
    "- ",
]

PARAGRAPHS = [
    "Rain ends drought",
    "RAIN ENDS DROUGHT",
    "By Ana Reis",
    "By Ana Reis and Kim Lee",
    "BEIJING (AP) — Rain fell.",
    "LONDON, Jan 8 (Reuters) - The vote is over. Mr. Kim left.",
    "LISBON — “It rained,” said J. Reis. “A lot.”",
    "It said Mr Kim is visiting China\nat the invitation of Xi Jinping.",
    "The rain, it stopped at 6 p.m. on Monday!",
    "A train arrives at Beijing Railway Station Credit: AP/Ng Han Guan",
    "A flooded street (AP Photo/Ana Reis)",
    "A man walks in Lisbon. REUTERS/Ana Reis",
    "A dog. Photograph: Ana Reis/The Guardian",
    "A cat Picture: PA",
    "Credit: AP/Ana Reis",
    "Ana Reis for The New York Times",
    "READ MORE: Rain ends drought",
    "Sign up for our newsletter",
    "(Reporting by Ana Reis; Editing by Kim Lee)",
    "• First, rain.\n• Then, sun.",
    "1. One\n2. Two",
    "Ünïcödé — “ça va?”",
]

EVERY = st.characters(exclude_categories=["Cs"])
# Characters that all versions of Unicode in use fold alike.
KNOWN = st.characters(exclude_categories=["Cs", "Cn"], max_codepoint=0x2FFF)


def written(alphabet: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Any text, bits of news without order, and articles."""
    bits = st.lists(st.sampled_from(FRAGMENTS) | st.text(alphabet, max_size=3), max_size=24).map("".join)
    heads = st.sampled_from(["", "", "date 2019-01-08 ", "\ufeffdate 2019-01-08\n", " \n date 2020-02-29\t"])
    breaks = st.sampled_from(["\n\n", "\n\n", "\n \n", "\r\n\r\n", "\n\n\n", "\n"])
    noise = st.sampled_from(["", "", "", " ", "é", "👨‍👩‍👧", "\u2028"]) | st.text(alphabet, max_size=2)
    paragraphs = st.lists(
        st.tuples(noise, st.sampled_from(PARAGRAPHS), noise, breaks).map("".join), max_size=8
    )
    articles = st.tuples(heads, paragraphs.map("".join)).map("".join)
    return st.text(alphabet, max_size=120) | bits | articles
