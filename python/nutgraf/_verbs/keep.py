"""The verbs that keep a corpus, or what was counted of it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Literal

from nutgraf import _core, _options
from nutgraf._options import DEFAULT_ZONES, By, Fold, Stem, Stopwords, Zones
from nutgraf._verbs._base import Verbs

if TYPE_CHECKING:
    from nutgraf.state import State


class KeepVerbs(Verbs):
    """A corpus that outlives the process."""

    __slots__ = ()

    def save(self, path: str | os.PathLike[str], *, entities: bool = False) -> None:
        """Save the articles of this corpus, parsed, in a file that :func:`open` reads.

        Parameters
        ----------
        path : str or path
            The file, by convention with the suffix ``.ngc``. An existing file is
            replaced once the new one is complete.
        entities : bool, default False
            Save the mentions of entities as well, so that they need not be found again.
            They are found first, if no verb has needed them so far. Mentions from
            :meth:`with_mentions` are always saved.

        Raises
        ------
        OSError
            The file cannot be written.

        See Also
        --------
        nutgraf.open : The corpus of a file.

        Notes
        -----
        The file contains the texts, the fields, the ids, the report, and where zones,
        sentences and tokens are. A selection is saved without the other articles. The
        same articles give the same bytes. Mentions that another version of nutgraf
        saved are ignored, and found again when a verb needs them. So are those of a
        gazetteer or of a tagger of your own, which are not saved. A corpus can also be
        pickled, with the content that ``entities=False`` saves.

        Cost: about the size of the texts, and some seconds per gigabyte. Mentions add
        a seventh to the file, and reading them takes an eighth of the time of finding
        them.

        Examples
        --------
        >>> import nutgraf as ng, tempfile, pathlib
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "rain.ngc"
        >>> ng.Corpus(["Rain fell on Lisbon."]).save(path)
        >>> ng.open(path).terms()["term"]
        ['fell', 'lisbon', 'on', 'rain']
        """
        entities = _options.truth("entities", entities)
        written(path, self._core.to_bytes(entities, self._threads))

    def state(
        self,
        *kinds: Literal["terms", "pairs", "entities", "lengths", "dates"],
        by: By = None,
        zones: Zones = DEFAULT_ZONES,
        ngrams: int | tuple[int, int] = 1,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        stem: Stem = None,
        punctuation: Literal["break", "skip"] = "break",
        min_count: int = 1,
        window: int = 1,
    ) -> State:
        """Count once, and keep the counts without the articles.

        Parameters
        ----------
        *kinds : {"terms", "pairs", "entities", "lengths", "dates"}
            What to keep: the counts of terms by group; the counts of pairs of terms,
            and of longer phrases if ``ngrams`` says so; the names in each article; the
            lengths of words and sentences by group; the counts of terms by the days,
            weeks, months, quarters and years that their sentences mention.
        by : str or list of str, optional
            Groups to count by: fields, periods of the date (``"day"``, ``"week"``,
            ``"month"``, ``"quarter"``, ``"year"``), or ``"zone"``. By default, all
            articles form one group.
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
            ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.
        ngrams : int or (int, int), default 1
            Number of terms in an n-gram, from 1 to 10, or the smallest and the largest
            number, as in ``(1, 3)``.
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
        punctuation : {"break", "skip"}, default "break"
            Whether punctuation between two words separates them. The same applies to
            stop words.
        min_count : int, default 1
            Ignore terms with a smaller count in all articles together. Pairs need 1,
            since the score of a pair depends on the counts of all others.
        window : int, default 1
            Maximum distance, in terms, from the first word of a pair to the second,
            within a sentence. 1 means adjacent words.

        Returns
        -------
        State
            It answers ``terms``, ``keyness`` and ``trend``; with pairs
            ``collocations``; with names ``entities``, ``aliases`` and ``cooccurrence``;
            with lengths ``readability``; with dates ``trend(on="mentioned")``. The
            tables are those of this corpus.

        Raises
        ------
        ConfigError
            No kind is given, or the articles cannot be grouped by a name.

        See Also
        --------
        save : The articles themselves in a file.

        Notes
        -----
        Cost: that of the verbs.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus(["date 2019-01-08 Rain fell.", "date 2019-01-09 The rain stopped."])
        >>> state = corpus.state("terms", by="day")
        >>> state.terms() == corpus.terms()
        True
        """
        from nutgraf.state import State

        for kind in kinds:
            _options.choice("kinds", kind, ["terms", "pairs", "entities", "lengths", "dates"])
        _options.choice("punctuation", punctuation, ["break", "skip"])
        counting = _options.counting(fold=fold, stopwords=stopwords, stem=stem, ngrams=ngrams, min_count=min_count)
        keeping = {
            "kinds": kinds,
            "zones": _options.zone_names(zones),
            "window": _options.at_least("window", window, 1),
            "parted": punctuation == "break",
        }
        counts = _core.State(self._core, _options.some_names("by", by), counting, keeping, self._threads)
        return State._of(counts, self._threads)

    def __reduce__(self) -> tuple[Any, ...]:
        from nutgraf.keep import restored

        return restored, (self._core.to_bytes(False, self._threads), self._threads)

    def __copy__(self) -> KeepVerbs:
        return self

    def __deepcopy__(self, memo: object) -> KeepVerbs:
        return self


def written(path: str | os.PathLike[str], content: bytes) -> None:
    """Write a file, which replaces an existing one once it is complete."""
    partial = os.fspath(path) + ".part"
    try:
        with open(partial, "wb") as file:
            file.write(content)
        os.replace(partial, path)
    finally:
        if os.path.exists(partial):
            os.unlink(partial)
