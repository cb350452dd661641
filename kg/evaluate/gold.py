"""Gold files, one JSON object a line: `{id, date, text, events: [...]}`."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kg.errors import ArticleError
from kg.model import Article

_NEEDED = ("trigger", "category", "actor", "target", "status")


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A text and the events that annotators found in it."""

    article: Article
    events: tuple[Mapping[str, Any], ...]


def read_gold(path: Path) -> Iterator[GoldDocument]:
    """Read a gold file.

    Raises:
        ArticleError: With file and line: it is missing, not JSON, or lacks a field.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise ArticleError(f"{path}: cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ArticleError(f"{path}: is not UTF-8.") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield _document(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise ArticleError(f"{path}:{number}: not a gold document: {error!r}.") from error


def _document(row: Any) -> GoldDocument:
    day = date.fromisoformat(row["date"]) if row.get("date") else None
    events = tuple(row["events"])
    for event in events:
        for key in _NEEDED:
            event[key]
        int(event["trigger"]["start"])
        for side in (event["actor"], event["target"]):
            [participant.get("code") for participant in side]
    if not isinstance(row["text"], str):
        raise TypeError("text is no string")
    return GoldDocument(Article(str(row["id"]), row["text"], date=day), events)
