"""Recognisers of entities: the default one, and taggers of the user's own."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from nutgraf import _core, _options
from nutgraf._terminal import visible
from nutgraf.errors import ModelError
from nutgraf.table import Table

__all__ = ["EntityTagger"]


class EntityTagger:
    """A recogniser of entities in sentences of tokens.

    Taggers come from :meth:`default`, :meth:`load` and :meth:`train`.

    Attributes
    ----------
    labels : list of str
        Types of the entities that it finds, without ``B-`` and ``I-``. Those of the default tagger are PER, ORG, LOC
        (countries, cities, regions, buildings), NORP (nationalities, religious and political groups) and MISC (events,
        laws, products, works).

    Notes
    -----
    A linear model: a structured perceptron with averaged weights (Collins 2002) over words, shapes, affixes and word
    clusters within two tokens, decoded with Viterbi's algorithm. To the scores of the default tagger a network of 32
    hidden units over the same words adds its own; one that is trained by :meth:`train` has none. Tagging a token costs
    ten short vector sums and nine look-ups, whatever the model's size.

    Examples
    --------
    >>> import nutgraf as ng
    >>> ng.EntityTagger.default().tag([["Angela", "Merkel", "flew", "to", "Paris", "."]])
    [['B-PER', 'I-PER', 'O', 'O', 'B-LOC', 'O']]
    """

    __slots__ = ("_tagger",)

    def __init__(self, tagger: _core.Tagger) -> None:
        if not isinstance(tagger, _core.Tagger):
            raise TypeError("taggers come from EntityTagger.default(), .load(path) and .train(sentences, labels)")
        self._tagger = tagger

    @classmethod
    def default(cls) -> EntityTagger:
        """Tagger that comes with the package; see its model card.

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

        Returns
        -------
        EntityTagger

        Raises
        ------
        ModelError
            The file is no model, is damaged, or is of another version.
        FileNotFoundError
            There is no such file.
        """
        try:
            return cls(_core.Tagger.from_bytes(Path(path).read_bytes()))
        except ModelError as error:
            raise ModelError(f"{os.fspath(path)}: {error}", kind=error.kind, source=os.fspath(path)) from None

    def save(self, path: str | os.PathLike[str]) -> None:
        """Save the tagger to a file of a few megabytes.

        Parameters
        ----------
        path : str or path
        """
        Path(path).write_bytes(self._tagger.to_bytes())

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
            A list of tokens a sentence.
        threads : int, optional
            How many threads; all cores by default. Labels do not depend on it.

        Returns
        -------
        list of list of str
            A label in IOB2 for each token: ``O``, or ``B-`` (at the first token of an entity) or ``I-`` and a type.

        Raises
        ------
        TypeError
            A bare string where sentences, or a sentence's tokens, are expected.

        Notes
        -----
        About a million tokens a second and thread. A sentence of more than 16,384 tokens is tagged as if it were several.
        """
        return self._tagger.tag(_sentences("sentences", sentences), threads)

    def evaluate(
        self,
        sentences: Sequence[Sequence[str]],
        labels: Sequence[Sequence[str]],
        *,
        threads: int | None = None,
    ) -> Table:
        """Measure precision, recall and F1 on labelled sentences.

        An entity is right when its first token, its last token and its type are, as in the shared task of CoNLL-2003.

        Parameters
        ----------
        sentences : sequence of sequences of str
            A list of tokens a sentence, in the order of the text.
        labels : sequence of sequences of str
            The right label, in IOB2, of each token.
        threads : int, optional
            How many threads; all cores by default.

        Returns
        -------
        Table
            label, precision, recall, f1 (shares from 0 to 1; null where there is nothing to take a share of), right, found
            and gold (numbers of entities). A row for each type by name, and ``all``: over the entities of all types
            (micro-averaged).

        Raises
        ------
        ParseError
            A label that is not IOB2, or a sentence with more or fewer labels than tokens; it says which.

        Examples
        --------
        >>> import nutgraf as ng
        >>> tagger = ng.EntityTagger.default()
        >>> scores = tagger.evaluate([["Angela", "Merkel", "flew", "to", "Paris"]], [["B-PER", "I-PER", "O", "O", "B-LOC"]])
        >>> scores.to_dicts()[-1]
        {'label': 'all', 'precision': 1.0, 'recall': 1.0, 'f1': 1.0, 'right': 2, 'found': 2, 'gold': 2}
        """
        given = _sentences("sentences", sentences), _sentences("labels", labels)
        return Table(self._tagger.evaluate(*given, threads))

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
        """Train a tagger on sentences and their labels.

        It uses the word clusters that come with the package, so that words which the sentences do not have are known too.

        Parameters
        ----------
        sentences : sequence of sequences of str
            A list of tokens a sentence.
        labels : sequence of sequences of str
            A label in IOB2 for each token; any types.
        dev : (sentences, labels), optional
            Sentences that are not trained on. The epoch that does best on them is kept, and training stops when
            ``patience`` epochs have brought nothing.
        epochs : int, default 12
            The most passes over the sentences, in each order.
        seed : int, default 1
            Decides their order. The same sentences, options and seed make the same tagger, byte for byte.
        orders : int, default 1
            How often to train from scratch, each time with the sentences in other orders; the weights are added up. Three
            take three times as long, and depend less on chance.
        min_count : int, default 2
            Features that are seen less often are left out.
        dropout : float, default 0.1
            The chance of a feature to be overlooked at each token, so that no one feature is relied on; from 0 to 0.9.
        patience : int, default 4
            See ``dev``.
        progress : bool or callable, default False
            Whether to print a line for each epoch; or what to call with its number, the share of training labels that
            were right, and the F1 of entities in ``dev``. It is called by the thread that called ``train``, while the
            training waits; what it raises ends the training.

        Returns
        -------
        EntityTagger

        Raises
        ------
        ParseError
            A label that is not IOB2, or a sentence with more or fewer labels than tokens; it says which.
        MemoryError
            The features of the sentences do not fit.

        Examples
        --------
        >>> import nutgraf as ng
        >>> sentences = [["Rex", "barked"], ["Tom", "and", "Rex", "ran"]] * 3
        >>> labels = [["B-DOG", "O"], ["O", "O", "B-DOG", "O"]] * 3
        >>> ng.EntityTagger.train(sentences, labels).tag([["Rex", "sat"]])
        [['B-DOG', 'O']]
        """
        training = {
            "seed": _options.at_least("seed", seed, 0),
            "orders": _options.at_least("orders", orders, 1),
            "epochs": _options.at_least("epochs", epochs, 1),
            "min_count": _options.at_least("min_count", min_count, 1),
            "dropout": _options.between("dropout", dropout, 0.0, 0.9),
            "patience": _options.at_least("patience", patience, 1),
            "progress": _print_epoch if progress is True else (progress or None),
        }
        pairs = None if dev is None else (_sentences("dev", dev[0]), _sentences("dev", dev[1]))
        given = _sentences("sentences", sentences), _sentences("labels", labels)
        return cls(_core.Tagger.train(*given, pairs, training))


def _sentences(name: str, value: Sequence[Sequence[str]]) -> list[list[str]]:
    if isinstance(value, (str, bytes)):
        raise TypeError(f"{name} takes lists of tokens, as in [['Rain', 'fell']]; it got a single string")
    rows = []
    for row in value:
        if isinstance(row, (str, bytes)):
            raise TypeError(f"{name} takes lists of tokens, as in [['Rain', 'fell']]; it got a list of strings")
        rows.append(list(row))
    return rows


def _print_epoch(number: int, accuracy: float, dev_f1: float | None) -> None:
    dev = "" if dev_f1 is None else f", F1 of dev {100 * dev_f1:.2f}"
    print(f"epoch {number}: {100 * accuracy:.2f} % of training labels right{dev}")


def _restore(content: bytes) -> EntityTagger:
    return EntityTagger(_core.Tagger.from_bytes(content))
