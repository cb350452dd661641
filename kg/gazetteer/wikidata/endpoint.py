"""A SPARQL endpoint with Wikidata's graph → records, page by page.

The query in `office-holders.rq` is all that is asked; its comments say what it finds.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib.resources import files

import pyoxigraph as ox

from kg.errors import BusyError, StoreError
from kg.gazetteer.wikidata.claims import GENDERS
from kg.gazetteer.wikidata.records import ENDED, Person, Position, Term, english, wikidata_time
from kg.model import Rejection
from kg.vocab import WIKIDATA

PAGE = 2_000
_TRIES = 6
_LONGEST_WAIT = 600.0
_STATEMENT = WIKIDATA + "statement/"
_KEYS = ("statement", "person", "position")
Ask = Callable[[str], bytes]
Record = Person | Position | Rejection
_Facts = dict[str, list[tuple[str, str, int | None]]]
"""Fact → its values, each with its language (empty if it has none) and precision."""


def pages(
    ask: Ask,
    place: str,
    states: Sequence[str],
    mark: str,
    size: int = PAGE,
    wait: Callable[[float], None] = time.sleep,
) -> Iterator[tuple[list[Record], str]]:
    """The records of each page, and the mark from which to go on after it.

    Args:
        ask: Sends a query and gives the answer (SPARQL results as JSON).
        place: The address, for messages.
        states: Wikidata numbers of the states.
        mark: Where to begin: the mark of the last page, or nothing.
        size: Statements a page.
        wait: How to pass the seconds before another try.

    Raises:
        StoreError: The server refuses, gives no results, or was busy each time.
    """
    first, _, after = mark.partition(" ")
    for state in states[states.index(first) if first in states else 0 :]:
        after = after if state == first else ""
        while statements := _page(ask, place, _filled(state, after, size), wait):
            last = max(statements)
            if last <= after:
                raise StoreError(f"{place}: the server gives the same page twice.")
            after = last
            yield _records(statements, place), f"{state} {after}"
        following = states[states.index(state) + 1 :]
        yield [], f"{following[0]} " if following else f"{state} {after}"


def _page(ask: Ask, place: str, query: str, wait: Callable[[float], None]) -> "_Page":
    return _patiently(lambda: _answer(ask(query), place), wait)


def _filled(state: str, after: str, size: int) -> str:
    query = (files("kg.gazetteer.wikidata") / "office-holders.rq").read_text(encoding="utf-8")
    query = query.replace("$state", f"<{WIKIDATA}{state}>").replace("$limit", str(size))
    return query.replace("$after", str(ox.Literal(after)))


def _patiently(work: Callable[[], "_Page"], wait: Callable[[float], None]) -> "_Page":
    """Try again while the server is busy, each time after a longer pause or the one it asks for."""
    for number in range(_TRIES - 1):
        try:
            return work()
        except BusyError as error:
            if error.wait is not None and error.wait > _LONGEST_WAIT:
                raise BusyError(f"{error} It asks to come back in {error.wait:.0f} s.") from error
            wait(2.0**number if error.wait is None else error.wait)
    return work()


_Page = dict[str, tuple[str, str, _Facts]]
"""Statement → person, position and facts."""


def _answer(content: bytes, place: str) -> _Page:
    if content.lstrip()[:1] != b"{":
        start = " ".join(content[:60].decode("utf-8", "replace").split())
        raise StoreError(f'{place}: no SPARQL endpoint: it answers "{start}…".')
    found: _Page = {}
    try:
        rows = ox.parse_query_results(content, ox.QueryResultsFormat.JSON)
        if not isinstance(rows, ox.QuerySolutions):
            raise StoreError(f"{place}: no SPARQL endpoint: the answer to a SELECT is no table.")
        for row in rows:
            statement, person, position = (row[v].value for v in _KEYS)
            facts: _Facts = found.setdefault(statement, (person, position, defaultdict(list)))[2]
            facts[row["fact"].value].append(_value(row["value"], row["precision"]))
    except (SyntaxError, ValueError) as error:
        # servers that run out of time stop in the middle of an answer
        raise BusyError(f"{place}: the answer breaks off: {error}") from error
    return found


def _value(value: object, precision: object) -> tuple[str, str, int | None]:
    if isinstance(value, ox.Literal):
        known = int(precision.value) if isinstance(precision, ox.Literal) else None
        return value.value, value.language or "", known
    if isinstance(value, ox.NamedNode) and value.value.startswith(WIKIDATA):
        return value.value.removeprefix(WIKIDATA), "", None
    return ENDED, "", None  # a blank node, or a name for one: there is a value, nobody knows which


def _records(statements: _Page, place: str) -> list[Record]:
    people: dict[str, Person] = {}
    positions: dict[str, Position] = {}
    rejected: list[Rejection] = []
    for statement, (person_iri, position_iri, facts) in statements.items():
        person, position = (i.removeprefix(WIKIDATA) for i in (person_iri, position_iri))
        name = statement.removeprefix(_STATEMENT)
        try:
            term = _term(name, position, facts)
            known = people.get(person) or _person(person, facts)
        except ValueError as error:
            rejected.append(Rejection(f"{place}: {person}", f"statement {name}: {error}"))
            continue
        if position.startswith("Q"):  # otherwise something was held, nobody knows what
            people[person] = replace(known, terms=(*known.terms, term))
            positions[position] = _position(position, facts)
    return [*positions.values(), *people.values(), *rejected]


def _person(id: str, facts: _Facts) -> Person:
    return Person(
        id=id,
        name=_name(facts, "name"),
        aliases=_names(facts, "name", "alias"),
        gender=next((GENDERS[g] for g in _ids(facts, "gender") if g in GENDERS), None),
        citizenships=_ids(facts, "citizenship"),
        died=min((t for t in _times(facts, "died") if t != ENDED), default=None),
    )


def _position(id: str, facts: _Facts) -> Position:
    return Position(
        id=id,
        name=_name(facts, "position name"),
        aliases=_names(facts, "position name", "position alias"),
        jurisdictions=_ids(facts, "jurisdiction"),
        countries=_ids(facts, "country"),
    )


def _term(id: str, position: str, facts: _Facts) -> Term:
    begin = min((t for t in _times(facts, "begin") if t != ENDED), default=None)
    return Term(id, position, begin, min(_times(facts, "end"), default=None))


def _times(facts: _Facts, fact: str) -> list[str]:
    return [
        ENDED if text == ENDED else wikidata_time(text, precision) or ENDED
        for text, _, precision in facts.get(fact, ())
    ]


def _name(facts: _Facts, fact: str) -> str | None:
    return english({language: text for text, language, _ in facts.get(fact, ())})


def _names(facts: _Facts, *kinds: str) -> tuple[str, ...]:
    found = (" ".join(text.split()) for kind in kinds for text, _, _ in facts.get(kind, ()))
    return tuple(sorted(set(found)))


def _ids(facts: _Facts, fact: str) -> tuple[str, ...]:
    return tuple(sorted({text for text, _, _ in facts.get(fact, ()) if text != ENDED}))
