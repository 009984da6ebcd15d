"""Verbs that measure whole texts: their lexical diversity and their readability."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias, TypedDict

from nutgraf import _options
from nutgraf._options import DEFAULT_ZONES, By, Fold, Stem, Stopwords, Zones
from nutgraf._verbs._base import Verbs
from nutgraf.table import Table

DiversityMeasure: TypeAlias = Literal[
    "ttr",
    "root_ttr",
    "corrected_ttr",
    "herdan_c",
    "maas",
    "mattr",
    "mtld",
    "mtld_ma_wrap",
    "mtld_ma_bid",
    "hdd",
    "yule_k",
    "simpson_d",
    "honore_h",
    "hapax",
    "hapax_share",
    "entropy",
]
ReadabilityMeasure: TypeAlias = Literal[
    "flesch", "flesch_kincaid", "gunning_fog", "smog", "ari", "coleman_liau", "lix", "rix", "dale_chall"
]

DIVERSITY: tuple[DiversityMeasure, ...] = (
    "ttr",
    "root_ttr",
    "corrected_ttr",
    "herdan_c",
    "maas",
    "mattr",
    "mtld",
    "hdd",
    "yule_k",
    "simpson_d",
    "honore_h",
    "hapax",
    "hapax_share",
    "entropy",
)
READABILITY: tuple[ReadabilityMeasure, ...] = (
    "flesch",
    "flesch_kincaid",
    "gunning_fog",
    "smog",
    "ari",
    "coleman_liau",
    "lix",
    "rix",
    "dale_chall",
)


class _Measuring(TypedDict):
    measures: list[str]
    mattr_window: int
    mtld_threshold: float
    mtld_min: int
    hdd_sample: int


class ReadingVerbs(Verbs):
    """How varied the vocabulary of texts is, and how hard they are to read."""

    __slots__ = ()

    def diversity(
        self,
        measures: DiversityMeasure | Sequence[DiversityMeasure] = DIVERSITY,
        *,
        by: By = None,
        zones: Zones = DEFAULT_ZONES,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        stem: Stem = None,
        mattr_window: int = 50,
        mtld_threshold: float = 0.72,
        mtld_min: int = 1,
        hdd_sample: int = 42,
    ) -> Table:
        """Measure the lexical diversity of each article, or of each group of articles.

        Parameters
        ----------
        by : str or list of str, optional
            Groups of articles: fields, periods of the date (``"day"``, ``"week"``,
            ``"month"``, ``"quarter"``, ``"year"``), or ``"zone"``. The articles of a
            group are read as one text, in order. By default, each article is one text.
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
            ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.
        fold : {"lower", "casefold", None}, default "lower"
            How to fold case: to lower case, by Unicode case folding, or not at all
            (None). Typography and house style are always folded (``docs/words.md``).
        stopwords : str or collection of str, optional
            Words to ignore: the name of a language, words of your own, or both in a
            list, as in ``["english", "storm"]``. ``"news"`` means the English ones and
            what news prints whatever the story is about: *said*, *percent*, *Monday*.
            Where case is kept, *the* means *The* as well. Languages: english (en),
            czech (cs), danish (da), dutch (nl), finnish (fi), french (fr), german (de),
            hungarian (hu), italian (it), norwegian (no), polish (pl), portuguese (pt),
            russian (ru), spanish (es), swedish (sv), turkish (tr), ukrainian (uk).
        stem : str, optional
            The language whose rules reduce words to their stems, after stop words are
            removed: ``"english"`` (``"en"``) reduces both "elections" and "election" to
            "elect". The stemmers are Snowball's, for arabic, danish, dutch, english,
            finnish, french, german, greek, hungarian, italian, norwegian, portuguese,
            romanian, russian, spanish, swedish, tamil and turkish. They expect folded
            case.
        measures : str or list of str
            The measures to compute, one column each; see Notes. By default, all but the
            two moving averages of MTLD.
        mattr_window : int, default 50
            Number of words in a window of ``mattr``.
        mtld_threshold : float, default 0.72
            The type–token ratio below which a segment of ``mtld`` ends.
        mtld_min : int, default 1
            Minimum number of words in such a segment. Some tools use 10.
        hdd_sample : int, default 42
            Number of words in a sample of ``hdd``.

        Returns
        -------
        Table
            article or the group columns, tokens, types, then one column per measure, in
            the order given. Articles are in order, groups are sorted by key; groups
            without words are ignored. A measure that is undefined for a text is
            missing.

        Raises
        ------
        ConfigError
            A measure does not exist, or an option is out of range.

        Notes
        -----
        A text has N tokens and V types; n is the count of a type, and V₁ is the number
        of types that occur once.

        - ``ttr``: V/N. ``root_ttr``: V/√N (Guiraud 1954). ``corrected_ttr``: V/√(2N)
          (Carroll 1964).
        - ``herdan_c``: ln V / ln N (Herdan 1960). ``maas``: (ln N − ln V) / (ln N)²
          (Maas 1972); smaller is more varied. Both need at least two tokens.
        - ``mattr``: the mean type–token ratio of all windows (Covington & McFall 2010);
          for a text shorter than a window, the ratio of the text.
        - ``mtld``: N divided by the number of segments. A segment ends where its ratio
          falls below the threshold; the last segment counts (1−ratio)/(1−threshold).
          The value is the mean of both directions (McCarthy & Jarvis 2010).
          ``mtld_ma_wrap``: the mean length of the segments that begin at each word,
          wrapping around the end of the text; ``mtld_ma_bid``: of those that end before
          the end of the text, in both directions (Jarvis & Vidal 2013). Undefined if no
          word occurs twice.
        - ``hdd``: the sum, over types, of the probability of occurring in a sample,
          divided by the sample size (McCarthy & Jarvis 2007). Undefined for texts
          smaller than a sample.
        - ``yule_k``: 10⁴ (Σ n² − N)/N² (Yule 1944). ``simpson_d``: Σ n(n−1)/(N(N−1))
          (Simpson 1949). Smaller is more varied.
        - ``honore_h``: 100 ln N / (1 − V₁/V) (Honoré 1979); undefined if all types
          occur once.
        - ``hapax``: V₁; ``hapax_share``: V₁/N. ``entropy``: −Σ n/N log2 n/N, in bits.

        All measures except ``mattr``, ``mtld``, ``hdd`` and the moving averages depend
        on the length of the text: only compare texts of the same length. For groups,
        ``mattr`` and ``mtld`` depend on the order of the articles. Cost: one pass over
        the words for each of these two; the moving averages read, from each word on,
        about as many words as their value.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus(["the cat saw the dog and the dog saw the cat", "one two three"])
        >>> corpus.diversity(measures=["ttr", "hapax", "entropy"])
        article  tokens  types    ttr  hapax  entropy
              0      11      5  0.455      1    2.187
              1       3      3  1.000      3    1.585
        """
        counting = _options.counting(fold=fold, stopwords=stopwords, stem=stem)
        measuring: _Measuring = {
            "measures": _options.names("measures", measures),
            "mattr_window": _options.at_least("mattr_window", mattr_window, 1),
            "mtld_threshold": _options.number("mtld_threshold", mtld_threshold),
            "mtld_min": _options.at_least("mtld_min", mtld_min, 1),
            "hdd_sample": _options.up_to("hdd_sample", hdd_sample, 1, 10_000),
        }
        groups = _options.some_names("by", by)
        return Table(self._core.diversity(groups, _options.zone_names(zones), counting, measuring, self._threads))

    def readability(
        self,
        measures: ReadabilityMeasure | Sequence[ReadabilityMeasure] = READABILITY,
        *,
        by: By = None,
        zones: Zones = "body",
    ) -> Table:
        """Measure how hard each article, or each group of articles, is to read.

        Parameters
        ----------
        by : str or list of str, optional
            Groups of articles: fields, periods of the date (``"day"``, ``"week"``,
            ``"month"``, ``"quarter"``, ``"year"``), or ``"zone"``. The articles of a
            group are read as one text, in order. By default, each article is one text.
        zones : {"all"} or zone name or list of zone names, default "body"
            The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
            ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone. A headline
            is not a sentence, and its capitals are not names, so it is not read by
            default.
        measures : str or list of str, default all
            The formulas to compute, one column each; see Notes.

        Returns
        -------
        Table
            article or the group columns, the counts words, sentences, syllables,
            letters, characters, long_words, polysyllables, complex_words and
            difficult_words, then one column per measure, in the order given. Articles
            are in order, groups are sorted by key; groups without words are ignored.
            The measures of an article without words are missing.

        Raises
        ------
        ConfigError
            A measure does not exist.

        Notes
        -----
        Words (W) are the tokens that count as terms: words, numbers and abbreviations.
        A sentence (S) contains at least one word. Letters and characters (letters and
        digits) are those of words. Long words have more than six letters. Syllables
        follow rules for English and a list of exceptions; a number has one syllable, an
        initialism one per letter. Polysyllables have three or more syllables. Complex
        words are polysyllables, except names (capitalised within the sentence),
        hyphenated compounds, and words that reach three syllables only by *-ed* or
        *-es*. Difficult words are neither on the list of Chall & Dale (1995) nor a
        regular form of a word on it, and are not names or numbers.

        - ``flesch``: 206.835 − 1.015 W/S − 84.6 syllables/W (Flesch 1948); 100 is easy,
          0 is hard.
        - ``flesch_kincaid``: 0.39 W/S + 11.8 syllables/W − 15.59, a school grade
          (Kincaid et al. 1975).
        - ``gunning_fog``: 0.4 (W/S + 100 complex/W), a grade (Gunning 1952).
        - ``smog``: 1.043 √(30 polysyllables/S) + 3.1291, a grade; designed for 30 or
          more sentences (McLaughlin 1969).
        - ``ari``: 4.71 characters/W + 0.5 W/S − 21.43, a grade (Smith & Senter 1967).
        - ``coleman_liau``: 5.88 letters/W − 29.6 S/W − 15.8, a grade (Coleman & Liau
          1975).
        - ``lix``: W/S + 100 long/W; ``rix``: long/S; for any language with long and
          short words (Björnsson 1968; Anderson 1983).
        - ``dale_chall``: 15.79 difficult/W + 0.0496 W/S, plus 3.6365 if more than 5 %
          of the words are difficult (Dale & Chall 1948, with the list of 1995).

        Cost: the syllable rules for each distinct token, and one look-up per token.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus(["The cat sat on the mat. The government denied the allegations."])
        >>> table = corpus.readability(measures=["flesch", "lix"])
        >>> table.to_dicts()[0] | {"flesch": round(table["flesch"][0], 3)}
        {'article': 0, 'words': 11, 'sentences': 2, 'syllables': 17, 'letters': 50, 'characters': 50, 'long_words': 2, 'polysyllables': 2,
         'complex_words': 2, 'difficult_words': 2, 'flesch': 70.507, 'lix': 23.681818181818183}
        """
        names = _options.names("measures", measures)
        groups = _options.some_names("by", by)
        return Table(self._core.readability(groups, _options.zone_names(zones), names, self._threads))
