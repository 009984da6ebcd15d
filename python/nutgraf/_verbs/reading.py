"""Verbs that measure texts as a whole: how varied their words are, and how hard they are to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from nutgraf import _options
from nutgraf._options import DEFAULT_ZONES, By, Fold, Stem, Stopwords, Zones
from nutgraf._verbs._base import Verbs, zone_names
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


class ReadingVerbs(Verbs):
    """How varied texts are, and how hard to read."""

    __slots__ = ()

    def diversity(
        self,
        measures: DiversityMeasure | Sequence[DiversityMeasure] = DIVERSITY,
        by: By = None,
        *,
        mattr_window: int = 50,
        mtld_threshold: float = 0.72,
        mtld_min: int = 1,
        hdd_sample: int = 42,
        zones: Zones = DEFAULT_ZONES,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        stem: Stem = None,
    ) -> Table:
        """How varied the words of each article are, or of each group of articles.

        Parameters
        ----------
        measures : str or list of str
            The measures, each a column; see Notes. By default all but the two moving averages of MTLD.
        by : str or list of str, optional
            Groups as in :meth:`terms`, each read as one text, its articles in order; by default each article is one.
        mattr_window : int, default 50
            How many words a window of ``mattr`` has.
        mtld_threshold : float, default 0.72
            A stretch of ``mtld`` ends where its type–token ratio is smaller.
        mtld_min : int, default 1
            How many words such a stretch has at least; some tools take 10.
        hdd_sample : int, default 42
            How many words a sample of ``hdd`` has.
        zones, fold, stopwords, stem
            As in :meth:`terms`; they say what a word is, and which words are the same.

        Returns
        -------
        Table
            article or the groups' keys, tokens, types, then a column for each measure in the order named. Articles in order, groups in the
            order of their keys; groups without a word are left out. What is undefined for a text is missing.

        Raises
        ------
        ConfigError
            A measure that is not there, or an option out of range.

        Notes
        -----
        A text has N tokens and V types; n is the count of a type, V₁ the number of types that stand once.

        - ``ttr``: V/N. ``root_ttr``: V/√N (Guiraud 1954). ``corrected_ttr``: V/√(2N) (Carroll 1964).
        - ``herdan_c``: ln V / ln N (Herdan 1960). ``maas``: (ln N − ln V) / (ln N)² (Maas 1972); less is more varied. Both need two tokens.
        - ``mattr``: the mean type–token ratio of all windows (Covington & McFall 2010); of a shorter text, its own ratio.
        - ``mtld``: N over the number of stretches, a stretch ending where its ratio falls below the threshold; the last one counts
          (1−ratio)/(1−threshold). The mean of both directions (McCarthy & Jarvis 2010). ``mtld_ma_wrap``: the mean length of the stretches that
          begin at each word, around the end of the text; ``mtld_ma_bid``: those that end before it, in both directions (Jarvis & Vidal 2013).
          Undefined where no word stands twice.
        - ``hdd``: the sum over types of the probability to be in a sample, over the size of the sample (McCarthy & Jarvis 2007).
          Undefined for texts smaller than a sample.
        - ``yule_k``: 10⁴ (Σ n² − N)/N² (Yule 1944). ``simpson_d``: Σ n(n−1)/(N(N−1)) (Simpson 1949). Less is more varied.
        - ``honore_h``: 100 ln N / (1 − V₁/V) (Honoré 1979); undefined where all types stand once.
        - ``hapax``: V₁; ``hapax_share``: V₁/N. ``entropy``: −Σ n/N log2 n/N, in bits.

        All but ``mattr``, ``mtld``, ``hdd`` and the moving averages depend on the length of the text: compare texts of one length. Of groups,
        ``mattr`` and ``mtld`` depend on the order of the articles. Cost: a pass over the words for each of these two; the moving averages read
        about as many words from each word on as their value says.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus(["the cat saw the dog and the dog saw the cat", "one two three"])
        >>> corpus.diversity(["ttr", "hapax", "entropy"])
        article  tokens  types       ttr  hapax   entropy
              0      11      5  0.454545      1  2.186704
              1       3      3  1.000000      3  1.584963
        """
        counting = _options.counting(fold=fold, stopwords=stopwords, stem=stem, ngrams=1, min_count=1, min_articles=1)
        measuring = {
            "measures": _options.names("measures", measures),
            "mattr_window": _options.at_least("mattr_window", mattr_window, 1),
            "mtld_threshold": _options.number("mtld_threshold", mtld_threshold),
            "mtld_min": _options.at_least("mtld_min", mtld_min, 1),
            "hdd_sample": _options.up_to("hdd_sample", hdd_sample, 1, 10_000),
        }
        groups = _options.names("by", by)
        return Table(self._core.diversity(groups, zone_names(zones), counting, measuring, self._threads))

    def readability(
        self,
        measures: ReadabilityMeasure | Sequence[ReadabilityMeasure] = READABILITY,
        by: By = None,
        *,
        zones: Zones = "body",
    ) -> Table:
        """How hard each article is to read, or each group of articles.

        Parameters
        ----------
        measures : str or list of str, default all
            The formulas, each a column; see Notes.
        by : str or list of str, optional
            Groups as in :meth:`terms`, each taken as one text; by default each article is one.
        zones : {"all"} or zone name or list of zone names, default "body"
            Which zones; a headline is no sentence, and its capitals are no names.

        Returns
        -------
        Table
            article or the groups' keys, the counts words, sentences, syllables, letters, characters, long_words, polysyllables,
            complex_words, difficult_words, then a column for each measure in the order named. Articles in order, groups in the order of their
            keys; groups without a word are left out. The measures of an article without words are missing.

        Raises
        ------
        ConfigError
            A measure that is not there.

        Notes
        -----
        Words (W) are tokens that count as terms: words, numbers, abbreviations; a sentence (S) has one at least. Letters and characters
        (letters and digits) are those of words. Long words have more than six letters. Syllables follow rules for English and a list of
        exceptions; a number has one, an initialism one a letter. Polysyllables have three and more. Complex words are polysyllables, but for names
        (a capital within the sentence), compounds with a hyphen, and what only *-ed* or *-es* makes three. Difficult words are neither on
        the list of Chall & Dale (1995) nor a regular form of a word there, nor names or numbers.

        - ``flesch``: 206.835 − 1.015 W/S − 84.6 syllables/W (Flesch 1948); 100 is easy, 0 hard.
        - ``flesch_kincaid``: 0.39 W/S + 11.8 syllables/W − 15.59, a school grade (Kincaid et al. 1975).
        - ``gunning_fog``: 0.4 (W/S + 100 complex/W), a grade (Gunning 1952).
        - ``smog``: 1.043 √(30 polysyllables/S) + 3.1291, a grade; made for 30 sentences and more (McLaughlin 1969).
        - ``ari``: 4.71 characters/W + 0.5 W/S − 21.43, a grade (Smith & Senter 1967).
        - ``coleman_liau``: 5.88 letters/W − 29.6 S/W − 15.8, a grade (Coleman & Liau 1975).
        - ``lix``: W/S + 100 long/W; ``rix``: long/S; for any language of long and short words (Björnsson 1968; Anderson 1983).
        - ``dale_chall``: 15.79 difficult/W + 0.0496 W/S, and 3.6365 more where over 5 % are difficult (Dale & Chall 1948, with the list of 1995).

        Cost: the rules of syllables for each distinct token, and a look-up a token.

        Examples
        --------
        >>> import nutgraf as ng
        >>> table = ng.Corpus(["The cat sat on the mat. The government denied the allegations."]).readability(["flesch", "lix"])
        >>> table.to_dicts()[0] | {"flesch": round(table["flesch"][0], 3)}
        {'article': 0, 'words': 11, 'sentences': 2, 'syllables': 17, 'letters': 50, 'characters': 50, 'long_words': 2, 'polysyllables': 2,
         'complex_words': 2, 'difficult_words': 2, 'flesch': 70.507, 'lix': 23.681818181818183}
        """
        names = _options.names("measures", measures)
        groups = _options.names("by", by)
        return Table(self._core.readability(groups, zone_names(zones), names, self._threads))
