"""The values and the index of pandas objects."""

from __future__ import annotations

from typing import Any, TypeAlias

from nutgraf import _core
from nutgraf._options import Settings
from nutgraf.errors import ConfigError

__all__: list[str] = []

# A corpus, and the index of the pandas object that it was made from.
Source: TypeAlias = tuple[_core.Corpus, Any]


def _is_string(kind: Any) -> bool:
    return str(kind) in ("string", "large_string", "string_view")


def values_of(series: Any) -> list[Any]:
    """Return the values of a pandas column.

    Strings in Arrow that are not UTF-8 get Python's surrogate escapes for the bad
    bytes.
    """
    try:
        return list(series.tolist())
    except Exception:  # pandas raises several kinds
        if not hasattr(series.array, "__arrow_array__"):
            raise
        import pyarrow as pa

        strings = series.array.__arrow_array__()
        if not _is_string(strings.type):
            raise
        found: list[Any] = []
        for chunk in getattr(strings, "chunks", [strings]):
            # A view as binary gives the bytes of each string.
            found += chunk.cast(pa.large_string()).view(pa.large_binary()).to_pylist()
        return [value if value is None else value.decode("utf-8", "surrogateescape") for value in found]


def with_index(index: Any, columns: dict[str, Any], settings: Settings) -> Settings:
    """Add a pandas index to the columns, as ids and dates if there are no others."""

    def added() -> str:
        name = "index"
        while name in columns:
            name += "_"
        columns[name] = values_of(index)
        return name

    if _counts(index):
        return settings
    if settings["date"] is None and index.inferred_type in ("datetime64", "datetime", "date"):
        settings = {**settings, "date": added()}
    if settings["id"] is None and settings["id_source"] == "found":
        if index.nlevels == 1:
            return {**settings, "id": added(), "id_source": "index"}
        what = (
            f"the index has {index.nlevels} levels and is not used as ids; articles are numbered by position; "
            "id= names a column of ids"
        )
        settings = {**settings, "notes": [*settings["notes"], ("id", what)]}
    return settings


def _counts(index: Any) -> bool:
    """Whether a pandas index only counts from 0."""
    return type(index).__name__ == "RangeIndex" and index.start == 0 and index.step == 1


def index_ids(frame: Any) -> list[Any] | None:
    """Return the ids in a pandas index, or None if it only counts from 0."""
    return None if _counts(frame.index) else values_of(frame.index)


def source(core: _core.Corpus, articles: Any) -> Source | None:
    """Return a corpus with the index of the pandas object that it was made from."""
    is_pandas = type(articles).__module__.partition(".")[0] == "pandas"
    return (core, articles.index) if is_pandas and type(articles).__name__ in ("DataFrame", "Series") else None


def mask(which: Any, core: _core.Corpus, frame: Source | None) -> Any:
    """Return a pandas mask in the order of the articles; anything else as it is."""
    if type(which).__module__.partition(".")[0] != "pandas" or type(which).__name__ != "Series":
        return which
    ids = core.ids().values(0)
    if len(ids) != len(which) or not all(isinstance(value, bool) for value in which.tolist()):
        return which
    return _aligned(which, ids, None if frame is None else _labels(ids, *frame))


# The types of an index whose values a table gives back as they were.
_KEPT_TYPES = ("integer", "floating", "string", "boolean", "date", "datetime", "empty", "categorical")


def is_renamed(index: Any) -> bool:
    """Whether the ids of articles are other values than those of a pandas index."""
    zoned = getattr(index, "tz", None) is not None
    return index.nlevels == 1 and (zoned or index.inferred_type not in (*_KEPT_TYPES, "datetime64"))


def label_of(frame: Source) -> dict[Any, Any]:
    """Return the label in the index for each id, if the ids are made from the index."""
    ids = frame[0].ids().values(0)
    labels = dict(zip(ids, _labels(ids, *frame), strict=True))
    made = all(str(article) == str(_without_zone(label)) for article, label in labels.items())
    return labels if made else {}


def _without_zone(label: Any) -> Any:
    return label.replace(tzinfo=None) if getattr(label, "tzinfo", None) is not None else label


def _labels(ids: list[Any], core: _core.Corpus, index: Any) -> list[Any]:
    """Return the label of each article in the index of the frame it came from."""
    failures = core.failures()
    at = [name for name, _ in failures.schema()].index("article")
    failed = set(failures.values(at))
    kept = [label for position, label in enumerate(index.tolist()) if position not in failed]
    labels = dict(zip(core.ids().values(0), kept, strict=True))
    return [labels[article] for article in ids]


def _aligned(mask: Any, ids: list[Any], labels: list[Any] | None) -> list[Any]:
    """Return the values of a pandas mask in the order of the articles.

    Each article has an id, and perhaps a label in the index of the frame that it came
    from.
    """
    import pandas as pd

    index = mask.index
    if labels is not None and index.equals(pd.Index(labels)):
        return list(mask.tolist())
    for names in (labels, ids, list(range(len(ids)))):
        if names is None or not index.is_unique:
            continue
        wanted = pd.Index(names)
        places = index.get_indexer(wanted) if wanted.is_unique else None
        if places is not None and (places >= 0).all():
            return list(mask.iloc[places].tolist())
    known = set(ids).union(labels or ())
    strange = next((label for label in index if label not in known), None)
    what = "a label occurs twice" if strange is None else f"{strange!r} is the id of no article"
    raise ConfigError(
        f"the index of the mask does not match the articles: {what}; expected their ids, each once; "
        "mask.to_numpy() selects by position",
        kind="bad_option",
        field="mask",
    )
