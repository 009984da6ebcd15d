"""Expansion of paths, globs and folders to files.

Files and folders that cannot be read are part of the result, with the reason.
"""

from __future__ import annotations

import fnmatch
import io
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO, Any, NamedTuple

from nutgraf.errors import ParseError

__all__: list[str] = []

SUFFIXES = frozenset(
    [
        ".txt",
        ".text",
        ".md",
        ".jsonl",
        ".ndjson",
        ".json",
        ".ninjs",
        ".csv",
        ".tsv",
        ".tab",
        ".parquet",
        ".html",
        ".htm",
        ".xhtml",
        ".xml",
        ".nitf",
        ".newsml",
        ".rss",
        ".atom",
        ".eml",
        ".mht",
        ".mhtml",
        ".docx",
        ".zip",
        ".tar",
        ".tgz",
        ".tbz2",
        ".txz",
        ".rtf",
        ".warc",
    ]
)
# Suffixes of files that may hold articles and are not read.
OTHERS = frozenset([".br", ".pdf", ".doc", ".odt", ".epub", ".xlsx", ".xls", ".pages"])
PACKINGS = frozenset((".gz", ".bz2", ".xz", ".zst", ".zstd"))

# The path of standard input.
STDIN = "-"

_MAGIC = re.compile(r"[*?[]")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")

# Number of bytes to read from standard input at a time, and in all.
_PIECE = 1 << 20
_MOST = 16 << 30


class Found(NamedTuple):
    """A file: its path, and its content or why it is unreadable, if known."""

    path: str
    reason: str | None = None
    content: bytes | None = None

    @property
    def called(self) -> str:
        """Its name as in the column ``source``."""
        return "<stdin>" if self.path == STDIN else _called(self.path)

    @property
    def is_parquet(self) -> bool:
        """Whether its name says that it is a Parquet file."""
        return self.path.lower().endswith(".parquet")

    def given(self) -> tuple[str, str | None, bytes | None]:
        """Return it as the core takes it."""
        return ("<stdin>" if self.path == STDIN else self.path, self.reason, self.content)

    def error(self, reason: str | None = None) -> ParseError:
        """Make the error for an unreadable file."""
        path = _called(self.path)
        return ParseError(f"{path}: {reason or self.reason}", kind="bad_file", source=path)

    def open(self) -> IO[bytes]:
        """Open it for a reader that seeks."""
        if self.content is not None:
            return io.BytesIO(self.content)
        if not os.path.isfile(self.path):
            raise OSError("it is not a regular file")
        return open(self.path, "rb")


def _called(path: str) -> str:
    r"""Return a file name as in the column ``source``, with ``\xNN`` for bad bytes."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return os.fsencode(path).replace(b"\\", b"\\\\").decode("utf-8", "backslashreplace")
    return path


class _Folder(list[Found]):
    """The files of a folder, and the suffixes of those that are not read."""

    left_out: Counter[str]


def meant(path: str) -> list[Found]:
    """Return the files that a path means, sorted by name."""
    if path == STDIN:
        return [_standard_input()]
    if _URL.match(path) and not os.path.exists(path):
        return _remote(path)
    if os.path.isdir(path):
        others: Counter[str] = Counter()
        files = _Folder(file for file in _walk(path, others) if file.reason is not None or _is_known(file.path))
        if not files:
            but = f" (but {_counted(others)})" if others else ""
            raise FileNotFoundError(
                f"the folder {path!r} contains no file with a known suffix{but}: {', '.join(sorted(SUFFIXES))}"
            )
        files.left_out = others
        return files
    if _MAGIC.search(path) and not os.path.exists(path):
        found = sorted(_matches(path), key=lambda file: file.path)
        if not found:
            raise FileNotFoundError(f"no file matches {path!r}")
        return found
    if not os.path.exists(path):
        raise FileNotFoundError(f"there is no file {path!r}")
    return [Found(path)]


def _remote(url: str) -> list[Found]:
    """Return the files that a URL means, with their content; ``fsspec`` knows how."""
    try:
        import fsspec
    except ImportError:
        raise ImportError(f"{url!r} needs fsspec: pip install fsspec") from None
    try:
        system, path = fsspec.core.url_to_fs(url)
    except ImportError as error:  # of the package for this kind of URL
        raise ImportError(f"{url!r}: {error}") from error
    except ValueError as error:
        raise FileNotFoundError(f"{url!r}: {error}") from error
    if _MAGIC.search(path):
        names = [name for name in system.glob(path) if not system.isdir(name)]
    elif system.isdir(path):
        names = [name for name in system.find(path) if _is_known(name)]
    else:
        names = [path] if system.exists(path) else []
    if not names:
        raise FileNotFoundError(f"there is no file {url!r}")
    return [_fetched(system, name) for name in sorted(names)]


def _fetched(system: Any, name: str) -> Found:
    called = name if _URL.match(name) else system.unstrip_protocol(name)
    try:
        with system.open(name, "rb") as file:
            return Found(called, content=_content(file))
    except Exception as error:  # each system has its own exceptions
        return Found(called, f"cannot be read: {error}")


def opened(file: Any) -> Found:
    """Return what an open file holds, from where it is."""
    name = getattr(file, "name", None)
    called = os.fsdecode(name) if isinstance(name, (str, bytes)) else "<file>"
    try:
        return Found(called, content=_content(file))
    except OSError as error:
        return Found(called, f"cannot be read: {_said(error)}")


def _content(stream: Any) -> bytes:
    """Read a stream to its end, in pieces, so that Ctrl-C takes effect in between."""
    # A reader that fills its buffer would wait for a second Ctrl-D in a terminal.
    read = getattr(stream, "read1", stream.read)
    pieces: list[bytes] = []
    size = 0
    while piece := read(_PIECE):
        pieces.append(piece if isinstance(piece, bytes) else piece.encode("utf-8", "surrogateescape"))
        size += len(pieces[-1])
        if size > _MOST:
            raise OSError(0, f"it has more than {_MOST} bytes; expected fewer, or a file")
    return b"".join(pieces)


def left_out(found: Iterable[list[Found]]) -> list[tuple[str, str]]:
    """Return the note about files in folders that are not read."""
    left_out: Counter[str] = Counter()
    for files in found:
        if isinstance(files, _Folder):
            left_out.update(files.left_out)
    if not left_out:
        return []
    what = f"files in folders that are not read: {_counted(left_out)}; save them as text, or as columns of a CSV file"
    return [("paths", what)]


def _counted(suffixes: Counter[str]) -> str:
    return ", ".join(f"{number:,} {suffix}" for suffix, number in sorted(suffixes.items()))


def _standard_input() -> Found:
    """Read standard input to its end."""
    try:
        if sys.stdin is None:
            raise ValueError("it is closed")
        return Found(STDIN, content=_content(getattr(sys.stdin, "buffer", sys.stdin)))
    except (OSError, ValueError) as error:
        said = _said(error) if isinstance(error, OSError) else str(error)
        return Found(STDIN, f"standard input cannot be read: {said}")


def _is_known(path: str) -> bool:
    """Whether a file in a folder is read, by its name."""
    name = os.path.basename(path)
    suffixes = [suffix.lower() for suffix in _suffixes(name)]
    if suffixes and suffixes[-1] in PACKINGS:
        suffixes.pop()
    return bool(suffixes) and suffixes[-1] in SUFFIXES and not name.startswith(("README", "."))


def _suffixes(name: str) -> list[str]:
    return ["." + part for part in name.lstrip(".").split(".")[1:]]


def _identity(path: str) -> tuple[int, int]:
    found = os.stat(path)
    return (found.st_dev, found.st_ino)


def _said(error: OSError) -> str:
    return error.strerror or type(error).__name__


class _Walk:
    """A walk through a folder, sorted by name.

    Links are followed. Each folder is entered once; a link to a folder that the walk
    reaches anyway is skipped.
    """

    def __init__(self, top: str) -> None:
        self.top = os.path.join(os.path.realpath(top), "")
        self.entered: set[tuple[int, int]] = set()

    def files(self, top: str, *, hidden: bool) -> Iterator[Found | str]:
        """Yield files, folders (as their path) and what cannot be read.

        Parameters
        ----------
        top : str
            The folder.
        hidden : bool
            Whether to enter folders whose names start with a full stop.
        """
        above: list[tuple[int, int]] = []
        stack: list[Iterator[os.DirEntry[str]]] = []
        folder: str | None = top
        while True:
            if folder is not None:
                try:
                    identity = _identity(folder)
                    if identity not in self.entered:
                        self.entered.add(identity)
                        with os.scandir(folder) as entries:
                            stack.append(iter(sorted(entries, key=lambda entry: entry.name)))
                        above.append(identity)
                        yield folder
                except OSError as error:
                    yield Found(folder, f"cannot be opened: {_said(error)}")
                folder = None
            if not stack:
                return
            entry = next(stack[-1], None)
            if entry is None:
                stack.pop()
                above.pop()
                continue
            try:
                if not entry.is_dir():
                    yield _seen(entry)
                elif hidden or not entry.name.startswith("."):
                    folder = self._further(entry, above)
            except OSError as error:
                yield Found(entry.path, f"cannot be read: {_said(error)}")

    def _further(self, entry: os.DirEntry[str], above: list[tuple[int, int]]) -> str | None:
        """Return the folder to enter next, or None for a link that can be skipped."""
        if entry.is_symlink():
            if _identity(entry.path) in above:
                raise OSError(0, "it is a link to a folder that contains it, so the walk would never end")
            if os.path.join(os.path.realpath(entry.path), "").startswith(self.top):
                return None
        return entry.path


def _seen(entry: os.DirEntry[str]) -> Found:
    """Classify an entry that is not a folder."""
    if entry.is_file():
        return Found(entry.path)
    if entry.is_symlink() and not os.path.exists(entry.path):
        return Found(entry.path, "is a broken link")
    return Found(entry.path, "is neither a file nor a folder")


def _walk(top: str, others: Counter[str]) -> Iterator[Found]:
    """Yield the files to read in a folder, at any depth, and count others."""
    for found in _Walk(top).files(top, hidden=True):
        if isinstance(found, str):
            continue
        suffix = os.path.splitext(found.path)[1].lower()
        if suffix in OTHERS and not os.path.basename(found.path).startswith("."):
            others[suffix] += 1
        name = os.path.basename(found.path)
        # A broken link without a suffix may have pointed to a folder.
        perhaps = found.reason is not None and "." not in name
        if perhaps or _is_known(found.path) or os.path.isdir(found.path):
            yield found


def _matches(pattern: str) -> list[Found]:
    """Return the files that a glob matches, like :mod:`glob`, and unreadable ones."""
    drive, rest = os.path.splitdrive(pattern)
    seps = os.sep + (os.altsep or "")
    parts = [part for part in re.split(f"[{re.escape(seps)}]+", rest) if part]
    if rest[-1:] in seps:
        return []
    found: dict[str, Found] = {}
    fronts = [drive + (os.sep if rest[:1] in seps else "")]
    for at, part in enumerate(parts):
        reached: dict[str, None] = {}
        for front in fronts:
            for match in _step(front, part, last=at == len(parts) - 1):
                if isinstance(match, str):
                    reached[match] = None
                else:
                    found[match.path] = match
        fronts = list(reached)
    return list(found.values())


def _step(front: str, part: str, *, last: bool) -> Iterator[Found | str]:
    """Yield what one part of a glob matches: files for the last part, else folders."""
    if part == "**":
        yield from _at_any_depth(front, last=last)
    elif _MAGIC.search(part):
        yield from _by_pattern(front, part, last=last)
    else:
        yield from _by_name(os.path.join(front, part), last=last)


def _at_any_depth(front: str, *, last: bool) -> Iterator[Found | str]:
    for found in _Walk(front or os.curdir).files(front or os.curdir, hidden=False):
        path = found if isinstance(found, str) else found.path
        if not front:  # a glob without "./" matches paths without it
            path = "" if path == os.curdir else path[len(os.path.join(os.curdir, "")) :]
        if isinstance(found, str):
            if not last:
                yield path
        elif os.path.isdir(found.path) or (last and not os.path.basename(path).startswith(".")):
            yield found._replace(path=path)


def _by_pattern(front: str, pattern: str, *, last: bool) -> Iterator[Found | str]:
    match = re.compile(fnmatch.translate(os.path.normcase(pattern))).match
    try:
        with os.scandir(front or os.curdir) as entries:
            matching = [entry for entry in entries if match(os.path.normcase(entry.name))]
    except OSError as error:
        yield Found(front or os.curdir, f"cannot be opened: {_said(error)}")
        return
    for entry in matching:
        if entry.name.startswith(".") and not pattern.startswith("."):
            continue
        path = os.path.join(front, entry.name)
        try:
            if entry.is_dir():
                if not last:
                    yield path
            elif last:
                yield _seen(entry)._replace(path=path)
        except OSError as error:
            yield Found(path, f"cannot be read: {_said(error)}")


def _by_name(path: str, *, last: bool) -> Iterator[Found | str]:
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        yield Found(path, f"cannot be read: {_said(error)}")
        return
    is_folder = os.path.isdir(path)
    if is_folder and not last:
        yield path
    elif last and not is_folder:
        yield Found(path, None if os.path.exists(path) else "is a broken link")
