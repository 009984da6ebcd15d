"""nutgraf turns batches of news articles into numbers.

The nut graf is the paragraph that explains to a reader what the story is about. nutgraf
does that for a batch of stories:

>>> import nutgraf as ng
>>> corpus = ng.Corpus(["date 2019-01-08 Rain fell on Lisbon.", "date 2019-01-09 The rain stopped."])
>>> corpus.terms(stopwords="english").head(1)["term"]
['rain']

Start at :func:`read` (files) or :class:`Corpus` (anything in memory).
"""

from nutgraf import _terminal

try:
    from typing import TYPE_CHECKING as _TYPE_CHECKING
    from typing import Literal as _Literal

    from nutgraf import _options
    from nutgraf._core import __version__
    from nutgraf._verbs.terms import DocumentTermMatrix
    from nutgraf.corpus import Corpus, read
    from nutgraf.dates import find_dates
    from nutgraf.errors import ConfigError, ModelError, NutgrafError, ParseError, StateError
    from nutgraf.gazetteer import Gazetteer
    from nutgraf.keep import concat, open
    from nutgraf.report import Report
    from nutgraf.segment import split_sentences, tokenize
    from nutgraf.state import State
    from nutgraf.stopwords import stopwords
    from nutgraf.streams import stream
    from nutgraf.table import Table
    from nutgraf.tagger import EntityTagger

    if _TYPE_CHECKING:
        import pathlib

    _terminal.watch_if_command()
except KeyboardInterrupt:
    _terminal.end_if_command()
    raise

__all__ = [
    "ConfigError",
    "Corpus",
    "DocumentTermMatrix",
    "EntityTagger",
    "Gazetteer",
    "ModelError",
    "NutgrafError",
    "ParseError",
    "Report",
    "State",
    "StateError",
    "Table",
    "__version__",
    "concat",
    "find_dates",
    "open",
    "read",
    "samples",
    "split_sentences",
    "stopwords",
    "stream",
    "tokenize",
]


def __dir__() -> list[str]:
    """List the public names, so that completion shows no modules."""
    return sorted(__all__)


def samples(name: _Literal["stories", "outlets"] = "stories") -> "pathlib.Path":
    """Return the folder of sample articles that come with the package.

    Everything in them is invented. They are for a first try, for tutorials and tests.

    Parameters
    ----------
    name : {"stories", "outlets"}, default "stories"
        ``"stories"``: some fifty articles in plain text, as varied as those of
        newspapers. ``"outlets"``: 34 articles in JSON Lines, from January to June 2024.
        Two newspapers with different views report 17 events of one town; the fields
        are ``outlet``, ``section`` and ``story``.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    ConfigError
        There are no samples of that name. The message lists the names.

    Examples
    --------
    >>> import nutgraf as ng
    >>> len(ng.read(ng.samples())) > 40
    True
    >>> ng.read(ng.samples("outlets")).describe(by="outlet")["articles"]
    [17, 17]
    """
    import pathlib  # slow to import

    _options.choice("name", name, ("stories", "outlets"))
    return pathlib.Path(__file__).parent / ("samples" if name == "stories" else "samples_outlets")
