"""The values that travel between the stages: articles in, events out.

All are frozen. Offsets are characters into `Article.text`, end exclusive.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal, Protocol, runtime_checkable

from kg.errors import ArticleError
from kg.vocab import BASE

Status = Literal["actual", "planned", "possible", "denied"]


@dataclass(frozen=True, slots=True)
class Article:
    """One document as it came in.

    Attributes:
        id: The id given in the input, or one made from the file's name or the text.
        text: The text that all offsets refer to; never changed after reading.
        date: Day of publication; None when the input has none.
        language: ISO 639-1 code.
    """

    id: str
    text: str
    title: str | None = None
    date: date | None = None
    source: str | None = None
    url: str | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Rejection:
    """A piece of input that was not used, where it stands, and why."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Span:
    """Words of the article and where they stand."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One clean sentence of an article.

    Attributes:
        text: Clean text.
        offset: Place of its first character in the clean text of the article.
        origin: Clean offset → where the original of that character begins in `Article.text`.
        ends: Clean offset → where it ends; an entity is several characters.
        place: Words of a dateline cut off before it ("SEOUL, June 17").
        day: The day that the dateline names.
        headline: It is the first line and ends without a full stop.
    """

    text: str
    offset: int
    origin: Sequence[int]
    ends: Sequence[int]
    article: Article
    place: str | None = None
    day: date | None = None
    headline: bool = False

    def span(self, start: int, end: int) -> Span:
        """Words of this sentence as a span of the original article text."""
        first = self.origin[self.offset + start]
        last = self.ends[self.offset + max(end - 1, start)]
        return Span(self.article.text[first:last], first, last)

    def inside(self, start: int, end: int) -> tuple[int, int] | None:
        """The reverse of `span`: where original offsets lie in the clean text of this sentence."""
        first = bisect_left(self.origin, start, self.offset)
        last = bisect_left(self.ends, end, self.offset)
        begin, stop = first - self.offset, last + 1 - self.offset
        return (begin, stop) if 0 <= begin < stop <= len(self.text) else None


@dataclass(frozen=True, slots=True)
class Participant:
    """An entity in a role, with the words by which this sentence mentions it.

    Attributes:
        id: IRI of the entity.
        name: Canonical name ("Vladimir Putin" where the text has "he").
        code: Whom it acts for: ISO 3166-1 alpha-3, an organization's acronym, or
            `RUS-CVL` and the like; `---` when unknown.
        type: Local name of its ontology class, such as `State`.
        resolved: False when the entity is known only from the article.
    """

    id: str
    name: str
    code: str
    type: str
    text: str
    start: int
    end: int
    resolved: bool = True


@dataclass(frozen=True, slots=True)
class Magnitude:
    """How many of what: 27 diplomats."""

    count: float
    unit: str


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom, when, according to whom, in one sentence of one article.

    The attributes are the columns of the event table and the keys of `kg extract`.

    Attributes:
        date: EDTF string (`2021-12-01`, `2021-06`, `2021-12-01/2022-01-31`) or None.
        category: PLOVER category; None for events outside PLOVER, such as votes.
        lineage: Superclasses of `type` below `Event`, nearest first.
        quad: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict,
            4 material conflict; 0 outside PLOVER.
        score: PLOVER conflict-cooperation score, -10 to +10.
        confidence: 0 to 1.
        why: The rules and models that produced it, in order.
    """

    id: str
    document: str
    category: str | None
    mode: str | None
    context: tuple[str, ...]
    type: str
    lineage: tuple[str, ...]
    cameo: str | None
    quad: int
    score: float
    actor: tuple[Participant, ...]
    target: tuple[Participant, ...]
    trigger: Span
    date: str | None
    date_text: Span | None
    status: Status
    said_by: Participant | None
    place: Participant | None
    magnitude: Magnitude | None
    sentence: Span
    confidence: float
    why: tuple[str, ...] = field(default=())


class Extractor(Protocol):
    """Anything that reads an article and yields its events."""

    def __call__(self, article: Article, /) -> Iterable[Event]:
        """The events of one article, in the order of the text."""
        ...


@runtime_checkable
class BatchExtractor(Extractor, Protocol):
    """An extractor that is faster on several short articles at once."""

    def many(self, articles: Sequence[Article], /) -> Iterable[Sequence[Event] | ArticleError]:
        """The events of each article, or why it could not be read, in order."""
        ...


def article_iri(document: str, base: str = BASE) -> str:
    """IRI of the article with this id (also the name of its named graph)."""
    return f"{base}article/{digest(document)}"


def event_iri(
    type: str,
    actors: Iterable[str],
    targets: Iterable[str],
    date: str | None,
    status: str,
    document: str,
    base: str = BASE,
) -> str:
    """IRI of a world event: the same for every article that reports it.

    A hash of class, sorted IRIs of actors and of targets, date and status. An undated event is
    not known to be the same elsewhere, so the article's id is part of its key.
    """
    sides = [*sorted(set(actors)), "to", *sorted(set(targets))]
    key = [type, *sides, date or f"undated in {document}", status]
    return f"{base}event/{digest(chr(31).join(key))}"


def to_json(event: Event) -> dict[str, Any]:
    """The event as plain JSON values, keys in the order of the table's columns."""
    return asdict(event)


def from_json(row: dict[str, Any]) -> Event:
    """The inverse of `to_json`.

    Raises:
        KeyError: A key of `Event` is missing.
        TypeError: An unknown key, or a participant that is not an object.
    """

    def participant(value: dict[str, Any] | None) -> Participant | None:
        return None if value is None else Participant(**value)

    def span(value: dict[str, Any] | None) -> Span | None:
        return None if value is None else Span(**value)

    return Event(
        **{
            **row,
            "context": tuple(row["context"]),
            "lineage": tuple(row["lineage"]),
            "why": tuple(row["why"]),
            "actor": tuple(Participant(**p) for p in row["actor"]),
            "target": tuple(Participant(**p) for p in row["target"]),
            "trigger": Span(**row["trigger"]),
            "sentence": Span(**row["sentence"]),
            "date_text": span(row["date_text"]),
            "said_by": participant(row["said_by"]),
            "place": participant(row["place"]),
            "magnitude": None if row["magnitude"] is None else Magnitude(**row["magnitude"]),
        }
    )


def participants(event: Event) -> Iterator[Participant]:
    """Everyone the event names in any role."""
    yield from event.actor
    yield from event.target
    if event.said_by:
        yield event.said_by
    if event.place:
        yield event.place


def digest(key: str) -> str:
    """A short name for a key, the same on every machine."""
    return hashlib.sha256(key.encode()).hexdigest()[:20]
