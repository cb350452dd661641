"""JSON Lines → dyads: a sentence a line, with the spans of an actor and a target marked in it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from kg.model import Rejection

Offsets = tuple[tuple[int, int], ...]

_FIELDS = frozenset({"id", "text", "actor", "target", "trigger", "category"})
"""`category` is what a marked set says is right; it is not read."""
_MAX_TEXT = 100_000


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text in which the words of an actor and of a target are known.

    Attributes:
        id: As given, else the number of the line.
        actor: Character offsets into `text`, end exclusive.
    """

    id: str
    text: str
    actor: Offsets
    target: Offsets
    trigger: Offsets = ()


def read_dyads(file: BinaryIO, place: str) -> Iterator[MarkedText | Rejection]:
    """The marked texts of a file; a broken line is rejected alone, with its number and reason.

    Args:
        file: Opened in binary.
        place: How messages name the file.
    """
    for number, line in enumerate(file, 1):
        where = f"{place}:{number}"
        if not line.strip():
            continue
        try:
            row: Any = json.loads(line.decode("utf-8-sig"))
        except (UnicodeDecodeError, RecursionError, ValueError) as error:
            yield Rejection(where, f"is not JSON: {error}.")
            continue
        try:
            yield _marked(row, str(number))
        except ValueError as error:
            yield Rejection(where, str(error))


def _marked(row: Any, id: str) -> MarkedText:
    if not isinstance(row, dict):
        raise ValueError("is not a JSON object.")
    unknown = sorted(set(row) - _FIELDS)
    if unknown:
        raise ValueError(f'unknown field "{unknown[0]}". Use id, text, actor, target and trigger.')
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ValueError('no "text". Every line needs one.')
    if len(text) > _MAX_TEXT:
        raise ValueError(f"the text is longer than {_MAX_TEXT:,} characters. Give a paragraph.")
    actor, target, trigger = (_spans(row, key, text) for key in ("actor", "target", "trigger"))
    if not actor or not target:
        raise ValueError('needs "actor" and "target", each a list of [start, end].')
    return MarkedText(str(row.get("id", id)), text, actor, target, trigger)


def _spans(row: dict[str, Any], key: str, text: str) -> Offsets:
    found = row.get(key) or []
    if not isinstance(found, list):
        raise ValueError(f'"{key}" is no list of [start, end].')
    spans = []
    for span in found:
        whole = isinstance(span, list) and len(span) == 2 and all(type(n) is int for n in span)
        if not whole:
            raise ValueError(f'"{key}" is no list of [start, end].')
        start, end = span
        if start >= end:
            raise ValueError(f'"{key}" {span}: ends before it begins.')
        if start < 0 or end > len(text):
            raise ValueError(f'"{key}" {span}: outside the text of {len(text)} characters.')
        spans.append((start, end))
    return tuple(spans)
