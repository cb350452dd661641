"""Inputs as the user names them → articles, whatever kind of file each is."""

import codecs
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import BinaryIO

from kg.errors import ArticleError
from kg.model import Article, Rejection
from kg.sources.jsonl import read_jsonl
from kg.sources.language import foreign_language
from kg.sources.plain import read_plain

MAX_CHARS = 2_000_000
"""Longest article in characters; a longer file is a dump of many, to be split first."""

Found = Article | Rejection
_Placed = tuple[str, Found]
_Reader = Callable[[BinaryIO, str, str], Iterator[_Placed]]
_READERS: dict[str, _Reader] = {
    ".txt": read_plain,
    ".md": read_plain,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
}


def read(inputs: Iterable[str], published: date | None = None) -> Iterator[Found]:
    """Read every article of the inputs, in order; never stops at a bad one.

    What is missing is said at once, before anything is read.

    Args:
        inputs: Files, folders (read recursively), or `-` for standard input, which may hold JSON
            Lines or one plain text.
        published: Publication day of articles that carry none.

    Returns:
        Articles, and a `Rejection` for each piece that is not one: an empty or binary file, text
        that is not UTF-8, a broken line, a missing field, an id that was there before.

    Raises:
        ArticleError: An input does not exist.
    """
    inputs = list(inputs)
    for name in inputs:
        if name != "-" and not Path(name).exists():
            raise ArticleError(f"{name}: no such file or folder.")
    return _usable(inputs, published)


def _usable(inputs: list[str], published: date | None) -> Iterator[Found]:
    seen: set[str] = set()
    for name in inputs:
        for place, found in _read_one(name):
            if isinstance(found, Rejection):
                yield found
                continue
            reason = _unusable(found, seen)
            if reason:
                yield Rejection(place, reason)
                continue
            seen.add(found.id)
            yield found if found.date or not published else replace(found, date=published)


def _read_one(name: str) -> Iterator[_Placed]:
    if name == "-":
        yield from _read_stdin()
        return
    path = Path(name)
    if not path.is_dir():
        yield from _read_file(path, _printable(path.stem))
        return
    closed: list[OSError] = []
    for file in _files(path, closed):
        yield from _read_file(file, _printable(file.relative_to(path).with_suffix("").as_posix()))
    for error in closed:
        yield _rejected(str(error.filename), f"cannot be read: {error.strerror}.")


def _files(folder: Path, closed: list[OSError]) -> list[Path]:
    """Files at any depth without hidden ones; folders that may not be read go into `closed`."""
    files: list[Path] = []
    for home, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = [f for f in folders if not f.startswith(".")]
        paths = (Path(home) / name for name in names if not name.startswith("."))
        # a link to nowhere is kept, to be rejected; pipes and sockets are not, since they never end
        files += (p for p in paths if p.is_file() or p.is_symlink())
    return sorted(files)


def _read_file(path: Path, id: str) -> Iterator[_Placed]:
    place = _printable(str(path))
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        kinds = ", ".join(sorted(_READERS))
        yield _rejected(place, f'cannot read "{path.suffix}" files. Known kinds: {kinds}.')
        return
    try:
        size = path.stat().st_size
        if reader is read_plain and size > 4 * MAX_CHARS:
            yield _rejected(
                place,
                f"{size / 1e6:.0f} MB is too long for one article. Split it, or write JSON Lines "
                "with one article a line.",
            )
            return
        with path.open("rb") as file:
            yield from reader(file, place, id)
    except OSError as error:
        yield _rejected(place, f"cannot be read: {error.strerror}.")


def _read_stdin() -> Iterator[_Placed]:
    stream = sys.stdin.buffer
    first = stream.peek(1) if hasattr(stream, "peek") else b""
    is_jsonl = first.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{")
    yield from (read_jsonl if is_jsonl else read_plain)(stream, "<stdin>", "stdin")


def _printable(name: str) -> str:
    """A file name as text, also where it is not UTF-8 and so cannot be stored as it is."""
    return os.fsencode(name).decode("utf-8", "replace")


def _rejected(place: str, reason: str) -> _Placed:
    return place, Rejection(place, reason)


def _unusable(article: Article, seen: set[str]) -> str | None:
    if not article.text.strip():
        return "has no text."
    if len(article.text) > MAX_CHARS:
        return f"{len(article.text):,} characters is too long for one article. Split it."
    if not article.language.lower().startswith("en"):
        return f'language "{article.language}": only English articles can be read.'
    if not any(c.isalpha() for c in article.text):
        return "has no letters, so nothing to read."
    if language := foreign_language(article.text):
        return f'seems to be in "{language}": only English articles can be read.'
    if article.id in seen:
        return f'the id "{article.id}" was there before. Give each article an id of its own.'
    return None
