"""Codebook sentences of `ontology/events/**/<Type>.toml` → examples with spans.

They are documentation, tests and training data in one. Marks stand in the text itself
(`{actor:Hungary} {trigger:expelled} …`), so that offsets cannot drift.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from kg.errors import SchemaError
from kg.model import Span, Status
from kg.schema.paths import data_folder, read_text

_MARK = re.compile(r"\{(actor|target|trigger|date|said_by|place):([^{}]*)\}")
_KEYS = frozenset({"text", "type", "status", "note", "miss"})
_LINE = re.compile(r"\[\[\s*example\s*\]\]\s*(#.*)?")
_WHERE = re.compile(r" \(at line (\d+), column \d+\)$")
_STATUS = ("actual", "planned", "possible", "denied")


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of the codebook and the event that it reports.

    Attributes:
        home: Type in whose file it stands.
        type: Type of its event; None when it reports none.
        segments: The text cut at its marks: role or None, and the words.
        spans: Role → the words in that role.
        note: Why, where it is not plain.
        miss: Why the software is known to get it wrong; None when it should be right.
        line: Where it stands in its file.
    """

    text: str
    segments: tuple[tuple[str | None, str], ...]
    home: str
    type: str | None
    status: Status
    spans: dict[str, tuple[Span, ...]]
    note: str | None
    miss: str | None
    path: Path
    line: int


def load_examples(folder: Path | None = None) -> Iterator[Example]:
    """All sentences of the codebook, by file.

    Raises:
        SchemaError: With file and line: not TOML, an unknown key, value, status or mark.
    """
    yield from _examples(folder, "events/**/*.toml")


def load_training(folder: Path | None = None) -> Iterator[Example]:
    """The sentences that only the classifier learns from, by file.

    They are in the form of the codebook's; a file may hold those of several categories, so every
    sentence names its type. `type = ""` says that nothing is reported between the two marked.

    Raises:
        SchemaError: With file and line: not TOML, an unknown key, status or mark.
    """
    yield from _examples(folder, "training/*.toml")


def _examples(folder: Path | None, pattern: str) -> Iterator[Example]:
    folder = folder or data_folder("ontology")
    for path in sorted(folder.glob(pattern)):
        text = read_text(path)
        try:
            table = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            where = _WHERE.search(str(error))
            line = int(where[1]) if where else len(text.splitlines())
            reason = _WHERE.sub("", str(error)).removesuffix(" (at end of document)")
            raise SchemaError(f"{path}:{line}: not TOML: {reason}.") from error
        rows = table.pop("example", [])
        lines = [i for i, at in enumerate(text.split("\n"), 1) if _LINE.fullmatch(at.strip())]
        if table or not isinstance(rows, list) or len(rows) != len(lines):
            raise SchemaError(f"{path}:1: begin each sentence with a line [[example]].")
        for row, line in zip(rows, lines, strict=True):
            yield _example(row, path, line)


def _example(row: dict[str, Any], path: Path, line: int) -> Example:
    unknown = sorted(set(row) - _KEYS)
    if unknown or "text" not in row:
        raise SchemaError(
            f"{path}:{line}: unknown key {unknown[0]!r}." if unknown else f"{path}:{line}: no text."
        )
    strange = next((key for key, value in row.items() if not isinstance(value, str)), None)
    if strange:
        raise SchemaError(f"{path}:{line}: {strange} must be a text in quotation marks.")
    status = row.get("status", "actual")
    if status not in _STATUS:
        raise SchemaError(f"{path}:{line}: status {status!r}. Use one of {', '.join(_STATUS)}.")
    segments = tuple(_segments(row["text"]))
    text = "".join(words for _, words in segments)
    brace = re.search(r"\{[^{}]{0,30}\}?|\}", text)
    if brace:
        raise SchemaError(
            f"{path}:{line}: {brace[0]!r} is a mark that is not closed or has an unknown name."
        )
    empty = next((r for r, words in segments if r and (words.strip() or None) != words), None)
    if empty:
        raise SchemaError(f"{path}:{line}: the mark {empty} is empty or has a space at its edge.")
    return Example(
        text, segments, path.stem, row.get("type", path.stem) or None, cast(Status, status),
        _spans(segments), row.get("note"), row.get("miss"), path, line,
    )  # fmt: skip


def _segments(marked: str) -> Iterator[tuple[str | None, str]]:
    position = 0
    for mark in _MARK.finditer(marked):
        if mark.start() > position:
            yield None, marked[position : mark.start()]
        yield mark[1], mark[2]
        position = mark.end()
    if position < len(marked):
        yield None, marked[position:]


def _spans(segments: tuple[tuple[str | None, str], ...]) -> dict[str, tuple[Span, ...]]:
    spans: dict[str, tuple[Span, ...]] = {}
    position = 0
    for role, words in segments:
        end = position + len(words)
        if role is not None:
            spans[role] = (*spans.get(role, ()), Span(words, position, end))
        position = end
    return spans
