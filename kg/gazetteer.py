"""Reference knowledge: names → states, organizations, offices and who held them when.

`load_gazetteer()` reads `ontology/reference/`. `Gazetteer.find` gives every known name in a
text; which of its candidates is meant is decided by `kg.extract`, which knows the article.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

import ahocorasick_rs
import pyoxigraph as ox

from kg.errors import SchemaError
from kg.schema.paths import data_folder, read_turtle
from kg.vocab import ONTOLOGY, PREFIXES

Kind = Literal["name", "adjective", "demonym", "metonym", "title"]
_KINDS: dict[str, Kind] = {
    PREFIXES["skos"] + "prefLabel": "name",
    PREFIXES["skos"] + "altLabel": "name",
    "adjective": "adjective",
    "demonym": "demonym",
    "metonym": "metonym",
}
_RANK = {"name": 0, "metonym": 1, "title": 2, "demonym": 3, "adjective": 4}
_TYPE = PREFIXES["rdf"] + "type"
_PREF = PREFIXES["skos"] + "prefLabel"
_ALT = PREFIXES["skos"] + "altLabel"
_MEMBER = PREFIXES["org"] + "member"


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
    """

    id: str
    name: str
    code: str
    type: str
    state: str | None = None
    adjective: str | None = None
    gender: str | None = None
    short: str | None = None
    begin: date | None = None
    end: date | None = None

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
    """

    lemma: str
    suffix: str
    kind: str
    unaffiliated: bool = False


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
        office = self._posts.get((of, role))
        if office is None or day is None:
            return None
        for tenure in self._by_office.get(office, ()):
            if _covers(tenure.begin, tenure.end, day):
                return self.entities.get(tenure.person)
        return None

    def offices_of(self, person: str, day: date | None = None) -> list[Office]:
        """Offices a person held, on a day or ever."""
        return [
            self.offices[t.office]
            for t in self._by_person.get(person, ())
            if t.office in self.offices and _covers(t.begin, t.end, day)
        ]

    def search(self, text: str) -> list[Entity]:
        """Entities whose name has these words, best first; for people who type a name."""
        wanted = text.casefold()
        ranked = {
            entity.id: (alias.casefold() != wanted, _RANK[kind], len(alias), entity.name)
            for alias, found in self.names.items()
            if wanted in alias.casefold()
            for entity, kind in found
            if isinstance(entity, Entity)
        }
        return [self.entities[i] for i in sorted(ranked, key=lambda i: ranked[i])]


def load_gazetteer(folder: Path | None = None) -> Gazetteer:
    """Read the reference knowledge.

    Args:
        folder: A folder of Turtle files of one's own; the shipped one when None.

    Raises:
        SchemaError: With file and reason: a file that is not Turtle, a tenure without its
            person or office, or one that ends before it begins.
    """
    folder = folder or data_folder("ontology") / "reference"
    entities: dict[str, Entity] = {}
    offices: dict[str, Office] = {}
    tenures: list[Tenure] = []
    roles: dict[str, str] = {}
    nouns: dict[str, GroupNoun] = {}
    names: dict[str, list[tuple[Entity | Office, Kind]]] = defaultdict(list)
    for path in sorted(folder.rglob("*.ttl")):
        for subject, facts in _subjects(path):
            match facts[_TYPE][0]:
                case "Role":
                    roles |= {_lower(a): facts[_PREF][0] for a in _labels(facts)}
                case "GroupNoun":
                    noun = _group_noun(facts)
                    nouns |= {_lower(a): noun for a in _labels(facts)}
                case "Tenure":
                    tenures.append(_tenure(facts, path))
                case "Office":
                    office = _office(subject, facts)
                    offices[subject] = office
                    for alias in facts.get(_ALT, ()):
                        names[alias].append((office, "title"))
                case kind:
                    entity = _entity(subject, kind, facts)
                    entities[subject] = entity
                    for key, alias_kind in _KINDS.items():
                        for alias in facts.get(key, ()):
                            names[alias.removeprefix("the ")].append((entity, alias_kind))
    for tenure in tenures:
        if tenure.person not in entities or tenure.office not in offices:
            missing = tenure.office if tenure.person in entities else tenure.person
            raise SchemaError(f"{folder}: a tenure names {missing}, which is not defined.")
    return _index(entities, offices, tenures, roles, nouns, names)


def _index(
    entities: dict[str, Entity],
    offices: dict[str, Office],
    tenures: list[Tenure],
    roles: dict[str, str],
    nouns: dict[str, GroupNoun],
    names: dict[str, list[tuple[Entity | Office, Kind]]],
) -> Gazetteer:
    for found in names.values():
        found.sort(key=lambda f: (_RANK[f[1]], f[0].id))
    aliases = tuple(sorted(names))
    by_office: dict[str, list[Tenure]] = defaultdict(list)
    by_person: dict[str, list[Tenure]] = defaultdict(list)
    for tenure in sorted(tenures, key=lambda t: t.begin or date.min, reverse=True):
        by_office[tenure.office].append(tenure)
        by_person[tenure.person].append(tenure)
    surnames: dict[str, list[Entity]] = defaultdict(list)
    for alias, found in names.items():
        for entity, kind in found:
            if isinstance(entity, Entity) and entity.type in ("Official", "Person"):
                surname = entity.short or alias.split()[-1]
                if kind == "name" and entity not in surnames[surname]:
                    surnames[surname].append(entity)
    return Gazetteer(
        entities=entities,
        offices=offices,
        tenures=tuple(tenures),
        roles=roles,
        nouns=nouns,
        names={alias: tuple(found) for alias, found in names.items()},
        surnames={name: tuple(found) for name, found in surnames.items()},
        codes=_owners(entities),
        _aliases=aliases,
        _automaton=ahocorasick_rs.AhoCorasick(aliases),
        _by_office={k: tuple(v) for k, v in by_office.items()},
        _by_person={k: tuple(v) for k, v in by_person.items()},
        _posts={(o.of, o.role): o.id for o in offices.values()},
    )


def _owners(entities: Mapping[str, Entity]) -> dict[str, Entity]:
    """Code → the state or organization itself, not a part of it that shares its code."""
    owners: dict[str, Entity] = {}
    for entity in entities.values():
        if entity.type in _OWNERS and (
            entity.code not in owners or entity.id.endswith(f"/{entity.code}")
        ):
            owners[entity.code] = entity
    return owners


_OWNERS = frozenset({"State", "Territory", "InternationalOrganization"})
_Facts = Mapping[str, list[str]]


def _subjects(path: Path) -> Iterator[tuple[str, _Facts]]:
    facts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in read_turtle(path):
        if isinstance(quad.subject, ox.NamedNode):
            value = getattr(quad.object, "value", "").removeprefix(ONTOLOGY)
            facts[quad.subject.value][quad.predicate.value.removeprefix(ONTOLOGY)].append(value)
    for subject, found in facts.items():
        if _TYPE not in found:
            raise SchemaError(f"{path}: {subject} has no class. Write what it is: a kg:State …")
        yield subject, found


def _entity(subject: str, kind: str, facts: _Facts) -> Entity:
    code = _one(facts, "code") or "---"
    return Entity(
        id=subject,
        name=facts[_PREF][0] if _PREF in facts else subject.rsplit("/", 1)[-1],
        code=code,
        type=kind,
        state=_one(facts, "state") or _one(facts, "organization"),
        adjective=_one(facts, "adjective"),
        gender=_one(facts, "gender"),
        short=_one(facts, "shortName"),
        begin=_day(_one(facts, "begin")),
        end=_day(_one(facts, "end")),
    )


def _group_noun(facts: _Facts) -> GroupNoun:
    return GroupNoun(
        lemma=_lower(facts[_PREF][0]),
        suffix=_one(facts, "suffix") or "",
        kind=_one(facts, "kind") or "SocialGroup",
        unaffiliated=_one(facts, "unaffiliated") == "true",
    )


def _office(subject: str, facts: _Facts) -> Office:
    of = _one(facts, "state") or _one(facts, "organization") or ""
    return Office(subject, facts[_PREF][0], _one(facts, "role") or "", of)


def _tenure(facts: _Facts, path: Path) -> Tenure:
    begin, end = _day(_one(facts, "begin")), _day(_one(facts, "end"))
    person, office = _one(facts, _MEMBER) or "", _one(facts, "office") or ""
    if begin and end and end < begin:
        raise SchemaError(f"{path}: the tenure of {person} in {office} ends before it begins.")
    return Tenure(person, office, begin, end)


def _one(facts: _Facts, key: str) -> str | None:
    values = facts.get(key)
    return values[0] if values else None


def _labels(facts: _Facts) -> Iterable[str]:
    yield from facts.get(_PREF, ())
    yield from facts.get(_ALT, ())


def _lower(name: str) -> str:
    return name.casefold()


def _day(text: str | None) -> date | None:
    """First day of an xsd:date, gYearMonth or gYear."""
    if not text:
        return None
    return date.fromisoformat((text + "-01-01")[:10])


def _covers(begin: date | None, end: date | None, day: date | None) -> bool:
    if day is None:
        return True
    return (begin is None or begin <= day) and (end is None or day < end)


def _whole_word(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() or (after.isalnum() and text[end - 1].isalnum()))
