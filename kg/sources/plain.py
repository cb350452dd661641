"""Plain text with optional front matter → one article.

Front matter is a block of `key: value` lines between two lines of three hyphens at the very top;
known keys are id, title, date, source, url, language. The text after it is `Article.text`.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from kg.model import Article, Rejection

_FRONT = re.compile(r"\A---[ \t]*\n(?P<fields>.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_KEYS = frozenset({"id", "title", "date", "source", "url", "language"})


def read_plain(file: BinaryIO, place: str, id: str) -> Iterator[tuple[str, Article | Rejection]]:
    """The one article of a text file, with its place.

    Args:
        file: Opened in binary, so that wrong encodings are seen.
        place: How messages name the file.
        id: Id of the article if its front matter gives none.
    """
    yield place, _article(decode(file.read(), place), place, id)


def _article(text: str | Rejection, place: str, id: str) -> Article | Rejection:
    if isinstance(text, Rejection):
        return text
    front = _FRONT.match(text)
    body = text[front.end() :] if front else text
    fields: dict[str, str] = {}
    date_line = 1
    for number, line in enumerate(front["fields"].split("\n") if front else (), 2):
        key, colon, value = line.partition(":")
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not colon or key.strip() not in _KEYS:
            known = ", ".join(sorted(_KEYS))
            reason = f'"{line.strip()[:40]}" is no field. Known: {known}.'
            return Rejection(f"{place}:{number}", reason)
        fields[key.strip()] = value.strip().strip("\"'")
        if key.strip() == "date":
            date_line = number
    if not body.strip():
        return Rejection(place, "is empty." if not text.strip() else "has no text.")
    try:
        day = parse_day(fields.get("date"))
    except ValueError:
        return Rejection(f"{place}:{date_line}", bad_date(fields.get("date")))
    return Article(
        id=fields.get("id") or id,
        text=body,
        title=fields.get("title"),
        date=day,
        source=fields.get("source") or place,
        url=fields.get("url"),
        language=fields.get("language") or "en",
    )


def decode(data: bytes, place: str) -> str | Rejection:
    """Bytes as UTF-8 text with `\\n` line ends, or why they are none."""
    if not data.strip():
        return Rejection(place, "is empty.")
    if b"\0" in data[:65536]:
        return Rejection(place, "is not text but a binary file.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Rejection(
            f"{place}:{line}", "is not UTF-8. Convert it first, for example with iconv."
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parse_day(text: str | None) -> date | None:
    """ISO 8601 day, also with a time after it; None for nothing.

    Raises:
        ValueError: It is something else.
    """
    if not text:
        return None
    if len(text) > 10 and text[10] not in "T ":
        raise ValueError(text)
    return date.fromisoformat(text[:10])


def bad_date(text: object) -> str:
    """The reason given for a date that is none."""
    return f'date "{text}" is no day. Write it as 2021-12-02.'
