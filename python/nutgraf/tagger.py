"""Entity taggers: the default one, and those that users train."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import TypedDict

from nutgraf import _core, _options
from nutgraf._terminal import visible
from nutgraf.errors import ModelError
from nutgraf.table import Table

__all__ = ["EntityTagger"]


class EntityTagger:
    """A tagger that recognises entities in tokenised sentences.

    Create one with :meth:`default`, :meth:`load` or :meth:`train`.

    Attributes
    ----------
    labels : list of str
        Types of the entities that it finds, without ``B-`` and ``I-``. The default
        tagger has PER, ORG, LOC (countries, cities, regions, buildings), NORP
        (nationalities, religious and political groups) and MISC (events, laws,
        products, works).

    Notes
    -----
    A linear model: a structured perceptron with averaged weights (Collins 2002) over
    words, shapes, affixes and word clusters within two tokens, decoded with the Viterbi
    algorithm. In the default tagger, a network of 32 hidden units over the same words
    adds its scores to those of the perceptron; taggers trained with :meth:`train` have
    no network. Tagging a token costs ten short vector sums and nine look-ups, whatever
    the size of the model.

    Examples
    --------
    >>> import nutgraf as ng
    >>> ng.EntityTagger.default().tag([["Angela", "Merkel", "flew", "to", "Paris", "."]])
    [['B-PER', 'I-PER', 'O', 'O', 'B-LOC', 'O']]
    """

    __slots__ = ("_tagger",)

    def __init__(self, tagger: _core.Tagger) -> None:
        if not isinstance(tagger, _core.Tagger):
            raise TypeError(
                "an EntityTagger cannot be created directly; use EntityTagger.default(), .load(path) or .train(sentences, labels)"
            )
        self._tagger = tagger

    @classmethod
    def default(cls) -> EntityTagger:
        """Return the tagger that comes with the package; see its model card.

        Returns
        -------
        EntityTagger
        """
        return cls(_core.Tagger.default())

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> EntityTagger:
        """Load a tagger from a file that :meth:`save` wrote.

        Parameters
        ----------
        path : str or path
            The file.

        Returns
        -------
        EntityTagger

        Raises
        ------
        ModelError
            The file is not a model, is damaged, or has another version.
        FileNotFoundError
            There is no such file.
        """
        try:
            with open(path, "rb") as file:
                return cls(_core.Tagger.from_bytes(file.read()))
        except ModelError as error:
            raise ModelError(f"{os.fspath(path)}: {error}", kind=error.kind, source=os.fspath(path)) from None

    def save(self, path: str | os.PathLike[str]) -> None:
        """Save the tagger to a file of a few megabytes.

        Parameters
        ----------
        path : str or path
            The file.
        """
        content = self._tagger.to_bytes()
        with open(path, "wb") as file:
            file.write(content)

    @property
    def labels(self) -> list[str]:
        """Types of the entities that it finds, without ``B-`` and ``I-``."""
        return self._tagger.types()

    def __repr__(self) -> str:
        return f"EntityTagger({visible(', '.join(self.labels))})"

    def __reduce__(self) -> tuple[object, ...]:
        return (_restore, (self._tagger.to_bytes(),))

    def tag(self, sentences: Sequence[Sequence[str]], *, threads: int | None = None) -> list[list[str]]:
        """Label the tokens of sentences.

        Parameters
        ----------
        sentences : sequence of sequences of str
            One list of tokens per sentence.
        threads : int, optional
            Number of threads; all cores by default. Results do not depend on it.

        Returns
        -------
        list of list of str
            An IOB2 label for each token: ``O``, or a type after ``B-`` (at the first
            token of an entity) or ``I-``.

        Raises
        ------
        TypeError
            A bare string where sentences, or the tokens of a sentence, are expected.

        Notes
        -----
        About a million tokens per second and thread. A sentence of more than 16,384
        tokens is tagged as if it were several sentences.
        """
        return self._tagger.tag(_sentences("sentences", sentences), _options.maybe_at_least("threads", threads, 1))

    def evaluate(
        self,
        sentences: Sequence[Sequence[str]],
        labels: Sequence[Sequence[str]],
        *,
        threads: int | None = None,
    ) -> Table:
        """Measure precision, recall and F1 on labelled sentences.

        An entity is correct if its first token, its last token and its type are
        correct, as in the shared task of CoNLL-2003.

        Parameters
        ----------
        sentences : sequence of sequences of str
            One list of tokens per sentence, in the order of the text.
        labels : sequence of sequences of str
            The correct IOB2 label of each token.
        threads : int, optional
            Number of threads; all cores by default. Results do not depend on it.

        Returns
        -------
        Table
            label, precision, recall, f1 (shares from 0 to 1; null if the denominator is
            0), right, found and gold (numbers of entities). One row per type, sorted by
            name, and a row ``all`` for the entities of all types (micro-average).

        Raises
        ------
        ParseError
            A label is not IOB2, or a sentence has more or fewer labels than tokens; the
            message says which.
        TypeError
            A bare string where sentences, or the tokens of a sentence, are expected.

        Examples
        --------
        >>> import nutgraf as ng
        >>> tagger = ng.EntityTagger.default()
        >>> scores = tagger.evaluate([["Angela", "Merkel", "flew", "to", "Paris"]], [["B-PER", "I-PER", "O", "O", "B-LOC"]])
        >>> scores.to_dicts()[-1]
        {'label': 'all', 'precision': 1.0, 'recall': 1.0, 'f1': 1.0, 'right': 2, 'found': 2, 'gold': 2}
        """
        given = _sentences("sentences", sentences), _sentences("labels", labels)
        return Table(self._tagger.evaluate(*given, _options.maybe_at_least("threads", threads, 1)))

    @classmethod
    def train(
        cls,
        sentences: Sequence[Sequence[str]],
        labels: Sequence[Sequence[str]],
        *,
        dev: tuple[Sequence[Sequence[str]], Sequence[Sequence[str]]] | None = None,
        epochs: int = 12,
        seed: int = 1,
        orders: int = 1,
        min_count: int = 2,
        dropout: float = 0.1,
        patience: int = 4,
        progress: bool | Callable[[int, float, float | None], object] = False,
    ) -> EntityTagger:
        """Train a tagger on labelled sentences.

        Training uses the word clusters that come with the package, so the tagger also
        knows words that the sentences do not contain.

        Parameters
        ----------
        sentences : sequence of sequences of str
            One list of tokens per sentence.
        labels : sequence of sequences of str
            An IOB2 label for each token, with any types.
        dev : (sentences, labels), optional
            Sentences to validate on. The epoch with the best result on them is kept,
            and training stops after ``patience`` epochs without an improvement.
        epochs : int, default 12
            Maximum number of passes over the sentences, in each order.
        seed : int, default 1
            Seed of the random order of the sentences. The same sentences, options and
            seed give the same tagger, byte for byte.
        orders : int, default 1
            How many taggers to train from scratch, each with the sentences in other
            orders; their weights are added up. Three take three times as long, and the
            result depends less on the seed.
        min_count : int, default 2
            Ignore features that occur less often.
        dropout : float, default 0.1
            Probability that a feature is ignored at a token, so that the tagger relies
            on no single feature; from 0 to 0.9.
        patience : int, default 4
            Number of epochs without an improvement on ``dev`` after which training
            stops.
        progress : bool or callable, default False
            Print a line per epoch; or a function to call with the number of the epoch,
            the share of training labels that were correct, and the F1 of entities in
            ``dev``. It is called from the thread that called ``train``, while training
            waits; an exception that it raises ends the training.

        Returns
        -------
        EntityTagger

        Raises
        ------
        ParseError
            A label is not IOB2, or a sentence has more or fewer labels than tokens; the
            message says which.
        TypeError
            An argument has the wrong type.
        ConfigError
            An option is out of range.
        MemoryError
            The features of the sentences do not fit into memory.

        Examples
        --------
        >>> import nutgraf as ng
        >>> sentences = [["Rex", "barked"], ["Tom", "and", "Rex", "ran"]] * 3
        >>> labels = [["B-DOG", "O"], ["O", "O", "B-DOG", "O"]] * 3
        >>> ng.EntityTagger.train(sentences, labels).tag([["Rex", "sat"]])
        [['B-DOG', 'O']]
        """
        training: _Training = {
            "seed": _options.at_least("seed", seed, 0),
            "orders": _options.at_least("orders", orders, 1),
            "epochs": _options.at_least("epochs", epochs, 1),
            "min_count": _options.at_least("min_count", min_count, 1),
            "dropout": _options.between("dropout", dropout, 0.0, 0.9),
            "patience": _options.at_least("patience", patience, 1),
            "progress": _epoch_hook(progress),
        }
        pairs = None if dev is None else _dev(dev)
        given = _sentences("sentences", sentences), _sentences("labels", labels)
        return cls(_core.Tagger.train(*given, pairs, training))


class _Training(TypedDict):
    seed: int
    orders: int
    epochs: int
    min_count: int
    dropout: float
    patience: int
    progress: Callable[[int, float, float | None], object] | None


def _epoch_hook(progress: object) -> Callable[[int, float, float | None], object] | None:
    if isinstance(progress, bool):
        return _print_epoch if progress else None
    if not callable(progress):
        raise _options.wrong_type("progress", "True, False or a function", progress)
    return progress


def _dev(dev: object) -> tuple[list[list[str]], list[list[str]]]:
    if not isinstance(dev, (tuple, list)) or len(dev) != 2:
        raise TypeError("dev takes a pair of sentences and labels, as in (sentences, labels)")
    return _sentences("dev", dev[0]), _sentences("dev", dev[1])


def _sentences(name: str, value: object) -> list[list[str]]:
    """Take lists of tokens; the core checks that tokens are strings."""
    expected = f"{name} takes lists of tokens, as in [['Rain', 'fell']]"
    if isinstance(value, (str, bytes)):
        raise TypeError(f"{expected}; it got a single string")
    if not isinstance(value, Iterable):
        raise TypeError(f"{expected}; it got a {type(value).__name__}")
    rows = []
    for row in value:
        if isinstance(row, (str, bytes)):
            raise TypeError(f"{expected}; it got a list of strings")
        if not isinstance(row, Iterable):
            raise TypeError(f"{expected}; it got a list that contains a {type(row).__name__}")
        rows.append(list(row))
    return rows


def _print_epoch(number: int, accuracy: float, dev_f1: float | None) -> None:
    dev = "" if dev_f1 is None else f", F1 of dev {100 * dev_f1:.2f}"
    print(f"epoch {number}: {100 * accuracy:.2f} % of training labels correct{dev}")


def _restore(content: bytes) -> EntityTagger:
    return EntityTagger(_core.Tagger.from_bytes(content))
