"""The compiled half of nutgraf. Users import `nutgraf`; this is what its modules call."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, final

__all__ = [
    "Corpus",
    "Gazetteer",
    "State",
    "Stream",
    "Table",
    "Tagger",
    "__version__",
    "partitions",
    "split_sentences",
    "stopwords",
    "tokenize",
]

__version__: str

def tokenize(text: str, /) -> list[tuple[int, int]]: ...
def split_sentences(text: str, /) -> list[tuple[int, int]]: ...
def stopwords(language: str, /) -> list[str]: ...
def partitions(path: str, /) -> list[tuple[str, str]]: ...

@final
class Stream:
    def __new__(
        cls,
        files: Sequence[tuple[str, str | None, bytes | None]],
        format: str | None,
        text: str,
        settings: Mapping[str, Any],
    ) -> Stream: ...
    def next(self, count: int) -> tuple[Corpus, int] | None: ...

@final
class State:
    def __new__(
        cls,
        corpus: Corpus,
        by: Sequence[str],
        counting: Mapping[str, Any],
        keeping: Mapping[str, Any],
        threads: int | None,
    ) -> State: ...
    @staticmethod
    def merge(states: Sequence[State], threads: int | None) -> State: ...
    def take(self, rows: Sequence[int]) -> State: ...
    def to_bytes(self, threads: int | None) -> bytes: ...
    @staticmethod
    def from_bytes(content: bytes, threads: int | None) -> State: ...
    def settings(self) -> list[tuple[str, str]]: ...
    def articles(self) -> int: ...
    def groups(self) -> Table: ...
    def group_corpus(self) -> Corpus: ...
    def name_corpus(self, verb: str, threads: int | None) -> Corpus: ...
    def known_to(self, corpus: Corpus) -> Corpus: ...
    def terms(self, by: Sequence[str], counting: Mapping[str, Any], threads: int | None) -> Table: ...
    def collocations(
        self, by: Sequence[str], counting: Mapping[str, Any], pairing: Mapping[str, Any], threads: int | None
    ) -> Table: ...
    def tfidf(
        self, by: Sequence[str], counting: Mapping[str, Any], weighting: Mapping[str, Any], threads: int | None
    ) -> Table: ...
    def readability(self, by: Sequence[str], measures: Sequence[str], threads: int | None) -> Table: ...
    def keyness(
        self, reference: State, counting: Mapping[str, Any], comparing: Mapping[str, Any], threads: int | None
    ) -> Table: ...
    def keyness_by(
        self, by: Sequence[str], counting: Mapping[str, Any], comparing: Mapping[str, Any], threads: int | None
    ) -> Table: ...
    def trend(
        self,
        followed: Mapping[str, Any],
        counting: Mapping[str, Any],
        following: Mapping[str, Any],
        threads: int | None,
    ) -> Table: ...

@final
class Table:
    def __len__(self) -> int: ...
    def schema(self) -> list[tuple[str, str]]: ...
    def metadata(self) -> list[tuple[str, str]]: ...
    def slice(self, start: int, stop: int) -> Table: ...
    def select(self, columns: Sequence[int]) -> Table: ...
    @staticmethod
    def from_stream(stream: object) -> Table: ...
    @staticmethod
    def from_array(stream: object) -> Table: ...
    def equals(self, other: Table) -> bool: ...
    def values(self, at: int, start: int = 0, stop: int | None = None) -> list[Any]: ...
    def buffer(self, at: int) -> tuple[bytearray, bytearray | None]: ...
    def extents(self, rows: int, limits: Sequence[int]) -> list[list[int]]: ...
    def lines(self, start: int, stop: int, header: bool, shapes: Sequence[Sequence[object]]) -> str: ...
    def cells(self, start: int, stop: int, shapes: Sequence[Sequence[object]]) -> tuple[list[str], list[list[str]]]: ...
    def take(self, rows: Sequence[int]) -> Table: ...
    def sorted(self, by: Sequence[tuple[int, bool]]) -> Table: ...
    def beside(self, other: Table) -> Table: ...
    @staticmethod
    def concat(tables: Sequence[Table]) -> Table: ...
    def layout(self) -> list[tuple[str, str, int, list[int]]]: ...
    def packed(self, at: int, stream: int, start: int, stop: int) -> bytes: ...
    @staticmethod
    def unpack(columns: Sequence[Any], metadata: Sequence[tuple[str, str]]) -> Table: ...
    @staticmethod
    def restore(columns: Sequence[Any], metadata: Sequence[tuple[str, str]]) -> Table: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@final
class Corpus:
    @staticmethod
    def from_lists(texts: list[Any], columns: dict[str, Any], settings: Mapping[str, Any]) -> Corpus: ...
    @staticmethod
    def from_mappings(rows: list[Any], text: str, settings: Mapping[str, Any]) -> Corpus: ...
    @staticmethod
    def from_stream(stream: object, text: str, settings: Mapping[str, Any]) -> Corpus: ...
    @staticmethod
    def from_array(texts: object, settings: Mapping[str, Any]) -> Corpus: ...
    @staticmethod
    def from_files(
        files: Sequence[tuple[str, str | None, bytes | None]],
        format: str | None,
        text: str,
        settings: Mapping[str, Any],
    ) -> Corpus: ...
    def __len__(self) -> int: ...
    def fields(self) -> list[str]: ...
    def report(self) -> tuple[int, int, int]: ...
    def failures(self) -> Table: ...
    def notes(self) -> Table: ...
    def sizes(self) -> tuple[int, int]: ...
    def text(self, position: int) -> tuple[str, str, str] | None: ...
    def ids(self) -> Table: ...
    def position(self, id: object) -> int | None: ...
    def take(self, positions: Sequence[int]) -> Corpus: ...
    def filter(self, filters: Sequence[tuple[str, str, Sequence[Any]]]) -> Corpus: ...
    def to_bytes(self, threads: int | None) -> bytes: ...
    @staticmethod
    def from_bytes(content: bytes, threads: int | None) -> Corpus: ...
    @staticmethod
    def concat(corpora: Sequence[Corpus], renumber: bool, threads: int | None) -> Corpus: ...
    def without(self, other: Corpus) -> Corpus: ...
    def common(self, other: Corpus) -> Corpus: ...
    def matching(self, queries: Sequence[str], zones: Sequence[str], threads: int | None) -> Corpus: ...
    def naming(self, names: Sequence[str], zones: Sequence[str], threads: int | None) -> Corpus: ...
    def articles(self, zones: Sequence[str]) -> Table: ...
    def overview(self) -> tuple[tuple[str, str] | None, int, int, list[tuple[str, int]]]: ...
    def describe(self, by: Sequence[str], zones: Sequence[str], threads: int | None) -> Table: ...
    def zones(self, zones: Sequence[str]) -> Table: ...
    def sentences(self, zones: Sequence[str]) -> Table: ...
    def tokens(self, zones: Sequence[str]) -> Table: ...
    def dates(self, zones: Sequence[str], threads: int | None) -> Table: ...
    def terms(
        self,
        by: Sequence[str],
        zones: Sequence[str],
        counting: Mapping[str, Any],
        weighted: bool,
        threads: int | None,
    ) -> Table: ...
    def mentions(
        self,
        zones: Sequence[str],
        labels: Sequence[str],
        agencies: bool,
        tagger: Tagger | None,
        gazetteer: Gazetteer | None,
        threads: int | None,
        progress: Callable[[int], object] | None,
    ) -> Table: ...
    def entities(
        self,
        by: Sequence[str],
        zones: Sequence[str],
        counting: Mapping[str, Any],
        tagger: Tagger | None,
        gazetteer: Gazetteer | None,
        threads: int | None,
        progress: Callable[[int], object] | None,
    ) -> Table: ...
    def quotes(
        self,
        by_entity: bool,
        zones: Sequence[str],
        kinds: Sequence[str],
        only: int | None,
        weighted: bool,
        threads: int | None,
        progress: Callable[[int], object] | None,
    ) -> Table: ...
    def copies(
        self,
        by_pair: bool,
        spans: bool,
        threshold: float,
        measure: str,
        days: int | None,
        threads: int | None,
        progress: Callable[[int], object] | None,
    ) -> Table: ...
    def story(self, position: int, threads: int | None) -> tuple[int, str, int] | None: ...
    def originals(self, threads: int | None) -> Corpus: ...
    def aliases(
        self,
        zones: Sequence[str],
        counting: Mapping[str, Any],
        tagger: Tagger | None,
        gazetteer: Gazetteer | None,
        threads: int | None,
    ) -> Table: ...
    def shares_store(self, other: Corpus) -> bool: ...
    def keyness(
        self,
        target: Corpus,
        reference: Corpus | None,
        zones: Sequence[str],
        counting: Mapping[str, Any],
        comparing: Mapping[str, Any],
        threads: int | None,
    ) -> Table: ...
    def keyness_by(
        self,
        by: Sequence[str],
        zones: Sequence[str],
        counting: Mapping[str, Any],
        comparing: Mapping[str, Any],
        threads: int | None,
    ) -> Table: ...
    def dispersion(
        self,
        by: Sequence[str],
        zones: Sequence[str],
        counting: Mapping[str, Any],
        measures: Sequence[str],
        sort: str | None,
        threads: int | None,
    ) -> Table: ...
    def collocations(
        self,
        by: Sequence[str],
        zones: Sequence[str],
        counting: Mapping[str, Any],
        pairing: Mapping[str, Any],
        threads: int | None,
    ) -> Table: ...
    def cooccurring_terms(
        self,
        zones: Sequence[str],
        counting: Mapping[str, Any],
        cooccurrence: Mapping[str, Any],
        threads: int | None,
    ) -> Table: ...
    def tfidf(
        self,
        by: Sequence[str],
        zones: Sequence[str],
        counting: Mapping[str, Any],
        weighting: Mapping[str, Any],
        threads: int | None,
    ) -> Table: ...
    def search(
        self,
        query: str,
        zones: Sequence[str],
        counting: Mapping[str, Any],
        searching: Mapping[str, Any],
        threads: int | None,
    ) -> Table: ...
    def diversity(
        self,
        by: Sequence[str],
        zones: Sequence[str],
        counting: Mapping[str, Any],
        measuring: Mapping[str, Any],
        threads: int | None,
    ) -> Table: ...
    def readability(
        self, by: Sequence[str], zones: Sequence[str], measures: Sequence[str], threads: int | None
    ) -> Table: ...
    def trend(
        self,
        followed: Mapping[str, Any],
        zones: Sequence[str],
        counting: Mapping[str, Any],
        following: Mapping[str, Any],
        threads: int | None,
    ) -> Table: ...
    def timeline(
        self,
        followed: Mapping[str, Any],
        zones: Sequence[str],
        counting: Mapping[str, Any],
        limits: tuple[int | None, int],
        threads: int | None,
    ) -> Table: ...
    def bursts(
        self,
        followed: Mapping[str, Any],
        zones: Sequence[str],
        counting: Mapping[str, Any],
        bursting: Mapping[str, Any],
        threads: int | None,
    ) -> Table: ...
    def kwic(
        self,
        queries: Sequence[str],
        zones: Sequence[str],
        concordance: Mapping[str, Any],
        threads: int | None,
    ) -> Table: ...
    def collocates(
        self,
        queries: Sequence[str],
        by: Sequence[str],
        zones: Sequence[str],
        counting: Mapping[str, Any],
        collocating: Mapping[str, Any],
        threads: int | None,
    ) -> Table: ...
    def count(
        self,
        categories: Mapping[str, Any],
        by: Sequence[str] | None,
        zones: Sequence[str],
        weighted: bool,
        threads: int | None,
    ) -> Table: ...
    def cooccurring_entities(
        self,
        by: Sequence[str],
        zones: Sequence[str],
        cooccurrence: Mapping[str, Any],
        tagger: Tagger | None,
        gazetteer: Gazetteer | None,
        threads: int | None,
        progress: Callable[[int], object] | None,
    ) -> Table: ...
    def explain(
        self,
        position: int,
        start: int,
        tagger: Tagger | None,
        gazetteer: Gazetteer | None,
        threads: int | None,
    ) -> list[tuple[dict[str, Any], Table]]: ...
    def with_mentions(
        self,
        positions: list[int],
        starts: list[int],
        ends: list[int],
        labels: list[str],
        entities: list[str | None],
    ) -> Corpus: ...
    def keywords(
        self, by: Sequence[str], zones: Sequence[str], ranking: Mapping[str, Any], threads: int | None
    ) -> Table: ...
    def matrix(
        self, zones: Sequence[str], counting: Mapping[str, Any], vocabulary: list[str] | None, threads: int | None
    ) -> tuple[Table, Table, list[str]]: ...

@final
class Tagger:
    @staticmethod
    def default() -> Tagger: ...
    @staticmethod
    def from_bytes(content: bytes) -> Tagger: ...
    def to_bytes(self) -> bytes: ...
    def types(self) -> list[str]: ...
    def tag(self, sentences: list[list[str]], threads: int | None) -> list[list[str]]: ...
    def evaluate(self, sentences: list[list[str]], labels: list[list[str]], threads: int | None) -> Table: ...
    @staticmethod
    def train(
        sentences: list[list[str]],
        labels: list[list[str]],
        dev: tuple[list[list[str]], list[list[str]]] | None,
        training: Mapping[str, Any],
    ) -> Tagger: ...

@final
class Gazetteer:
    @staticmethod
    def from_rows(rows: list[Any], patterns: list[Any], fold: bool, inside: bool) -> Gazetteer: ...
    @staticmethod
    def from_columns(
        names: list[Any],
        labels: list[Any],
        entities: list[Any] | None,
        patterns: list[Any],
        fold: bool,
        inside: bool,
    ) -> Gazetteer: ...
    def __len__(self) -> int: ...
    def patterns(self) -> int: ...
    def labels(self) -> list[str]: ...
    def entries(self) -> Table: ...
    def hidden(self) -> Table: ...
    def find(self, texts: list[Any], ids: object | None, threads: int | None) -> Table: ...
