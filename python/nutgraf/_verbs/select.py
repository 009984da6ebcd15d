"""The verb that selects articles."""

from __future__ import annotations

from collections.abc import KeysView, Mapping, Sequence, ValuesView
from typing import TYPE_CHECKING, Any, Literal

from nutgraf import _core, _options
from nutgraf._options import DEFAULT_ZONES, Zones
from nutgraf._verbs._base import Verbs
from nutgraf.errors import ConfigError

if TYPE_CHECKING:
    from nutgraf.corpus import Corpus


class SelectVerbs(Verbs):
    """Which articles."""

    __slots__ = ()

    def _selection(self, core: _core.Corpus) -> Corpus:
        raise NotImplementedError

    def where(
        self,
        *,
        entity: str | Sequence[str] | None = None,
        mentions: str | Sequence[str] | None = None,
        copies: Literal["first"] | None = None,
        zones: Zones = DEFAULT_ZONES,
        not_: Corpus | Mapping[str, Any] | None = None,
        **fields: Any,
    ) -> Corpus:
        """Select articles by the entities, the words and the fields that they have.

        Parameters
        ----------
        entity : str or list of str, optional
            The name of an entity, as in the column ``entity`` of :meth:`entities`, or
            a list of names, any of which may be mentioned.
        mentions : str or list of str, optional
            A word or a phrase, or a list of these, any of which may occur, with
            wildcards as in the query of :meth:`kwic`: ``"climat*"``.
        copies : {"first"}, optional
            Only the first article of each cluster of :meth:`copies` with its defaults,
            and the articles that are in no cluster.
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            The zones in which the entity or the word must occur.
        not_ : Corpus or mapping, optional
            Leave out these articles: a selection of this corpus, or those that satisfy
            all of some conditions, as in ``not_={"mentions": "climat*"}``.
        **fields
            For each field a value, a list of values (any of which may match), or a
            ``slice(first, last)``, which includes both ends, either of which may be
            None (open). ``None`` matches a missing value. Dates are compared as dates,
            and a period contains its days: ``date="2019-01"``, ``date=slice("2019-W02",
            None)``.

        Returns
        -------
        Corpus
            The articles that satisfy all conditions. It shares the articles of this
            corpus.

        Raises
        ------
        ConfigError
            A field does not exist; the message lists the fields. A value cannot be a
            value of its field. A name is only an alias of an entity; the message has
            the name of the entity. A field is called ``entity``, ``mentions`` or
            ``copies``, so that the condition could mean both.
        TypeError
            A slice has a step, or a condition has the wrong type.

        See Also
        --------
        mentions : The mentions themselves.
        kwic : The occurrences of the words.

        Notes
        -----
        An entity that no article names gives an empty selection, as does a word that
        does not occur. Who is who is decided for the articles of this corpus, as in
        :meth:`entities`; :meth:`entities` of the selection can have other names.

        Cost: a comparison per article and field, that of :meth:`kwic` for words, and
        that of :meth:`mentions` for entities and of :meth:`copies` for copies.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus({
        ...     "text": ["Angela Merkel spoke. Merkel left.", "Rain fell.", "The climate talks failed."],
        ...     "source": ["X", "Y", "X"],
        ... })
        >>> len(corpus.where(source="X"))
        2
        >>> len(corpus.where(source=["X", "Y"], article=slice(1, None)))
        2
        >>> corpus.where(entity="Angela Merkel").articles()["article"]
        [0]
        >>> corpus.where(not_={"mentions": "climat*"}).articles()["article"]
        [0, 1]
        """
        for name, value in (("entity", entity), ("mentions", mentions), ("copies", copies)):
            if value is not None and name in self._core.fields():
                raise ConfigError(
                    f'the corpus has a field "{name}", and where({name}=…) means what the articles {_MEANS[name]}; '
                    "rename the column, or select by the field with a mask",
                    kind="bad_option",
                    field=name,
                )
        names = _options.zone_names(zones)
        filters = [(name, *_condition(name, wanted)) for name, wanted in fields.items()]
        core = self._core.filter(filters)
        if mentions is not None:
            core = core.matching(_options.names("mentions", mentions), names, self._threads)
        if entity is not None:
            # Who is who is known for the whole corpus.
            naming = self._core.naming(_options.names("entity", entity), names, self._threads)
            core = core.common(naming)
        _options.choice("copies", copies, ["first"], optional=True)
        if copies is not None:
            # Which article is the first is known for the whole corpus.
            core = core.common(self._core.originals(self._threads))
        if isinstance(not_, Mapping):
            not_ = self.where(**{"zones": zones, **not_})
        if not_ is not None:
            if not isinstance(not_, SelectVerbs):
                raise _options.wrong_type("not_", "a corpus or a mapping of conditions", not_)
            core = core.without(not_._core)
        return self._selection(core)


_MEANS = {"entity": "name", "mentions": "contain", "copies": "are"}


def _condition(name: str, wanted: Any) -> tuple[str, list[Any]]:
    """Convert the condition for a field to a kind and values, as the core takes it."""
    if isinstance(wanted, slice):
        if wanted.step is not None:
            raise TypeError(f"{name} takes a slice with two ends and no step")
        return "between", [wanted.start, wanted.stop]
    if hasattr(wanted, "tolist") and getattr(wanted, "ndim", 0) > 0:
        return "one_of", wanted.tolist()
    if isinstance(wanted, (list, tuple, set, frozenset, range, KeysView, ValuesView)):
        return "one_of", list(wanted)
    return "one_of", [wanted]
