"""JSON Lines → articles: one object a line with `text`, and `id`, `date`, `title` … if known."""

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.model import Article, Rejection
from kg.sources.plain import bad_date, parse_day

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_MAX_LINE = 20_000_000


def read_jsonl(file: BinaryIO, place: str, id: str) -> Iterator[tuple[str, Article | Rejection]]:
    """The articles of a JSON Lines file, each with its line; a broken line rejects that line alone.

    Args:
        file: Opened in binary; read line by line, so its size does not matter.
        place: How messages name the file.
        id: Prefix of the id of articles that give none (`id:line`).
    """
    number = 0
    empty = True
    while line := file.readline(_MAX_LINE):
        number += 1
        where = f"{place}:{number}"
        if not line.endswith(b"\n") and len(line) == _MAX_LINE:
            yield where, Rejection(where, "the line is too long. Split the article.")
            while line and not line.endswith(b"\n"):
                line = file.readline(_MAX_LINE)
            continue
        if line.strip():
            empty = False
            yield where, _article(line, where, f"{id}:{number}")
    if empty:
        yield place, Rejection(place, "is empty.")


def _article(line: bytes, where: str, id: str) -> Article | Rejection:
    try:
        row: Any = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Rejection(where, "is not UTF-8. Convert it first, for example with iconv.")
    except json.JSONDecodeError as error:
        return Rejection(where, f"is not JSON: {error.msg}.")
    except RecursionError:
        return Rejection(where, "is not JSON: nested too deep.")
    except ValueError:  # what Python says of integers with thousands of digits
        return Rejection(where, "is not JSON: a number is too long.")
    if not isinstance(row, dict):
        return Rejection(where, "is not a JSON object.")
    text = _string(row.get("text"))
    if not isinstance(row.get("text"), str) or text is None:
        return Rejection(where, 'no "text". Every article needs one.')
    try:
        day = parse_day(_string(row.get("date")))
    except ValueError:
        return Rejection(where, bad_date(row.get("date")))
    return Article(
        id=_string(row.get("id")) or id,
        text=text,
        title=_string(row.get("title")),
        date=day,
        source=_string(row.get("source")) or where,
        url=_string(row.get("url")),
        language=_string(row.get("language")) or "en",
    )


def _string(value: object) -> str | None:
    # JSON can spell half of a surrogate pair, which is no character and cannot be stored
    return None if value is None else _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", str(value))
