"""The values of the reference knowledge, and the index in which names are looked up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import ahocorasick_rs

Kind = Literal["name", "adjective", "demonym", "metonym", "title"]
RANK: Mapping[Kind, int] = {"name": 0, "metonym": 1, "title": 2, "demonym": 3, "adjective": 4}
"""Kinds of names, the plainest first."""


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that can take part in an event.

    Attributes:
        id: IRI.
        name: The name that `kg` writes.
        code: Whom it acts for, as `Participant.code`.
        type: Local name of its class.
        state: IRI of the state or organization it belongs to.
        adjective: "Russian" for Russia.
        gender: `male`, `female` or None.
        short: By what news call a person after the first mention, where it is not the last
            word of the name ("Xi").
        led_by: Role of whoever is meant by "the leader" of a state, where it is not the usual.
        borders: IRIs of the states that it has a land border with.
        wikidata: Its number there, such as `Q142`.
    """

    id: str
    name: str
    code: str
    type: str
    state: str | None = None
    adjective: str | None = None
    gender: str | None = None
    short: str | None = None
    led_by: str | None = None
    begin: date | None = None
    end: date | None = None
    borders: tuple[str, ...] = ()
    wikidata: str | None = None

    def existed(self, day: date | None) -> bool:
        """Whether it existed on a day; anything goes when the day is unknown."""
        return _covers(self.begin, self.end, day)


@dataclass(frozen=True, slots=True)
class Office:
    """A post of a state or organization, such as foreign minister of Russia."""

    id: str
    name: str
    role: str
    of: str
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Tenure:
    """One person's time in an office; `end` is exclusive, None while it lasts."""

    person: str
    office: str
    begin: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class GroupNoun:
    """A common noun for people or bodies that act in the news.

    Attributes:
        suffix: Code suffix (`CVL`, `REB` …); empty when it shares the code of its state.
        kind: Ontology class of the group that it makes.
        unaffiliated: It belongs to no state by itself (gunmen).
        craft: It also names an aircraft: a fighter that is shot down.
    """

    lemma: str
    suffix: str
    kind: str
    unaffiliated: bool = False
    craft: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A known name in a text, with everything it may mean."""

    start: int
    end: int
    candidates: tuple[tuple[Entity | Office, Kind], ...]


@dataclass(frozen=True)
class Gazetteer:
    """All reference knowledge, indexed for look-up.

    Attributes:
        entities: By IRI.
        roles: Lower-case name of a role → the role's main name ("premier" → "prime minister").
        nouns: Singular lemma → what kind of group it makes.
        vague: Main name of a role that several offices may fill, such as leader → their roles.
        codes: Code → state or organization that owns it.
    """

    entities: Mapping[str, Entity]
    offices: Mapping[str, Office]
    tenures: tuple[Tenure, ...]
    roles: Mapping[str, str]
    nouns: Mapping[str, GroupNoun]
    names: Mapping[str, tuple[tuple[Entity | Office, Kind], ...]]
    surnames: Mapping[str, tuple[Entity, ...]]
    codes: Mapping[str, Entity]
    vague: Mapping[str, tuple[str, ...]]
    _aliases: tuple[str, ...] = field(repr=False)
    _automaton: ahocorasick_rs.AhoCorasick = field(repr=False)
    _by_office: Mapping[str, tuple[Tenure, ...]] = field(repr=False)
    _by_person: Mapping[str, tuple[Tenure, ...]] = field(repr=False)
    _posts: Mapping[tuple[str, str], str] = field(repr=False)

    def find(self, text: str) -> Iterator[Match]:
        """Known names in a text, longest first where they overlap, in order of place."""
        hits = [
            (start, end, self._aliases[index])
            for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if _whole_word(text, start, end)
        ]
        hits.sort(key=lambda h: (h[0], -h[1]))
        position = 0
        for start, end, alias in hits:
            if start >= position:
                yield Match(start, end, self.names[alias])
                position = end

    def holder(self, of: str, role: str, day: date | None) -> Entity | None:
        """Who held an office.

        Args:
            of: IRI of the state or organization.
            role: Main name of the role, such as `foreign minister`.
            day: The day; None gives None, since nobody holds an office for ever.
        """
        if day is None:
            return None
        state = self.entities.get(of)
        first = (state.led_by,) if state is not None and state.led_by else ()
        roles = (role, *first, *self.vague[role]) if role in self.vague else (role,)
        held = (t for r in roles for t in self._by_office.get(self._posts.get((of, r), ""), ()))
        serving = (t for t in held if _covers(t.begin, t.end, day))
        return next((self.entities.get(t.person) for t in serving), None)

    def office(self, of: str, role: str) -> str | None:
        """IRI of an office by its state or organization (IRI) and the main name of its role."""
        return self._posts.get((of, role))

    def tenures_of(self, person: str) -> tuple[Tenure, ...]:
        """What a person held and when, the last first."""
        return self._by_person.get(person, ())

    def offices_of(self, person: str, day: date | None = None) -> list[Office]:
        """Offices a person held, on a day or ever."""
        return [
            self.offices[t.office]
            for t in self._by_person.get(person, ())
            if t.office in self.offices and _covers(t.begin, t.end, day)
        ]


def _covers(begin: date | None, end: date | None, day: date | None) -> bool:
    if day is None:
        return True
    return (begin is None or begin <= day) and (end is None or day < end)


def _whole_word(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() or (after.isalnum() and text[end - 1].isalnum()))
