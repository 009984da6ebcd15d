"""Lists of stop words, to read and to extend."""

from __future__ import annotations

from nutgraf import _core, _options

__all__ = ["stopwords"]


def stopwords(language: str = "english") -> list[str]:
    """Return the stop words of a language: the list that its name means.

    Parameters
    ----------
    language : str, default "english"
        The English name or the ISO code of a language; ``"news"`` for the English words
        and those that news prints whatever the story is about.

    Returns
    -------
    list of str
        The words, in lower case and in the order of their bytes.

    Raises
    ------
    ConfigError
        A language without stop words; the message lists those with them.

    Examples
    --------
    >>> import nutgraf as ng
    >>> ng.stopwords("german")[:3]
    ['aber', 'alle', 'allem']
    >>> corpus = ng.Corpus(["The minister said that rain fell."])
    >>> corpus.terms(stopwords=[*ng.stopwords("english"), "said"])["term"]
    ['fell', 'minister', 'rain']
    >>> corpus.terms(stopwords="news")["term"]
    ['fell', 'minister', 'rain']
    """
    return _core.stopwords(_options.one_name("language", language))
