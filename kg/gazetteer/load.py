"""Turtle of `ontology/reference/` → `Gazetteer`."""

import gc
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import ahocorasick_rs
import pyoxigraph as ox

from kg.errors import SchemaError
from kg.gazetteer.entities import RANK, Entity, Gazetteer, GroupNoun, Kind, Office, Tenure
from kg.schema.paths import data_folder, read_turtle
from kg.vocab import ONTOLOGY, PREFIXES

_KINDS: dict[str, Kind] = {
    PREFIXES["skos"] + "prefLabel": "name",
    PREFIXES["skos"] + "altLabel": "name",
    "adjective": "adjective",
    "demonym": "demonym",
    "metonym": "metonym",
}
_TYPE = PREFIXES["rdf"] + "type"
_PREF = PREFIXES["skos"] + "prefLabel"
_ALT = PREFIXES["skos"] + "altLabel"
_MEMBER = PREFIXES["org"] + "member"


@contextmanager
def _without_collector() -> Iterator[None]:
    """Pause the garbage collector, which would look through all the new objects for nothing."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


@_without_collector()
def load_gazetteer(
    folder: Path | None = None, own: Path | None = None, without: Path | None = None
) -> Gazetteer:
    """Read the reference knowledge.

    Args:
        folder: Folder of Turtle files; the shipped one when None.
        own: Folder of more such files, the user's own.
        without: A file that is left out, since it is about to be written anew.

    Raises:
        SchemaError: With file, line and reason: a file that is not Turtle, something defined
            twice, a state or organization that is not defined or belongs to itself by way of
            others, a tenure without its person or office, or one that ends before it begins.
    """
    folder = folder or data_folder("ontology") / "reference"
    entities: dict[str, Entity] = {}
    offices: dict[str, Office] = {}
    tenures: list[tuple[Tenure, Path]] = []
    roles: dict[str, str] = {}
    vague: dict[str, tuple[str, ...]] = {}
    nouns: dict[str, GroupNoun] = {}
    names: dict[str, list[tuple[Entity | Office, Kind]]] = defaultdict(list)
    homes: dict[str, Path] = {}
    paths = [*sorted(folder.rglob("*.ttl")), *(sorted(own.rglob("*.ttl")) if own else ())]
    for path in (p for p in paths if p != without):
        for subject, facts in _subjects(path):
            if subject in homes:
                raise SchemaError(
                    f"{_place(path, subject)}: {subject} is in {homes[subject]}, too."
                )
            homes[subject] = path
            match facts[_TYPE][0]:
                case "Role":
                    role = _name(subject, facts, path)
                    roles |= {_lower(a): role for a in _labels(facts)}
                    if fillers := _one(facts, "filledBy"):
                        vague[role] = tuple(f.strip() for f in fillers.split(","))
                case "GroupNoun":
                    noun = _group_noun(subject, facts, path)
                    nouns |= {_lower(a): noun for a in _labels(facts)}
                case "Tenure":
                    tenures.append((_tenure(subject, facts, path), path))
                case "Office":
                    office = _office(subject, facts, path)
                    offices[subject] = office
                    for alias in facts.get(_ALT, ()):
                        names[alias].append((office, "title"))
                case "StateMembership":
                    pass  # for queries; no name in a text means one
                case kind:
                    entity = _entity(subject, kind, facts, path)
                    entities[subject] = entity
                    for key, alias_kind in _KINDS.items():
                        for alias in facts.get(key, ()):
                            names[alias.removeprefix("the ")].append((entity, alias_kind))
    _check_owners(entities, offices, homes)
    for tenure, path in tenures:
        if tenure.person not in entities or tenure.office not in offices:
            missing = tenure.office if tenure.person in entities else tenure.person
            place = _place(path, missing)
            raise SchemaError(f"{place}: a tenure names {missing}, which is not defined.")
    return _index(entities, offices, [t for t, _ in tenures], roles, vague, nouns, names)


def _check_owners(
    entities: Mapping[str, Entity], offices: Mapping[str, Office], homes: Mapping[str, Path]
) -> None:
    """Refuse an owner that nobody knows, and owners that own each other in a circle."""
    for subject, owner in (
        *((e.id, e.state) for e in entities.values()),
        *((o.id, o.of) for o in offices.values()),
    ):
        if owner and owner not in entities:
            place = _place(homes[subject], subject)
            raise SchemaError(f"{place}: {subject} belongs to {owner}, which is not defined.")
        seen = [subject]
        while owner:
            if owner in seen:
                place = _place(homes[subject], subject)
                raise SchemaError(f"{place}: {subject} belongs to itself, by way of {seen[-1]}.")
            seen.append(owner)
            owner = entities[owner].state if owner in entities else None


def _place(path: Path, subject: str) -> str:
    """File and line in which something is named first."""
    name = re.escape(re.split(r"[/#]", subject)[-1]) or "$^"
    named = re.compile(rf"(?:[:/#]){name}(?![\w-])")
    lines = path.read_text(encoding="utf-8").splitlines()
    return f"{path}:{next((i for i, line in enumerate(lines, 1) if named.search(line)), 1)}"


def _index(
    entities: dict[str, Entity],
    offices: dict[str, Office],
    tenures: list[Tenure],
    roles: dict[str, str],
    vague: dict[str, tuple[str, ...]],
    nouns: dict[str, GroupNoun],
    names: dict[str, list[tuple[Entity | Office, Kind]]],
) -> Gazetteer:
    for found in names.values():
        if len(found) > 1:
            found.sort(key=lambda f: (RANK[f[1]], f[0].id))
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
        vague=vague,
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
    facts: dict[str, dict[str, list[str]]] = {}
    subject: object = None
    about: dict[str, list[str]] = {}
    for quad in read_turtle(path):
        node = quad.subject
        if node != subject:  # what is said of one subject mostly stands together
            subject = node
            # what stands in brackets has no name and is nobody's
            about = facts.setdefault(node.value, {}) if isinstance(node, ox.NamedNode) else {}
        value = getattr(quad.object, "value", "")
        key = quad.predicate.value
        if key == _TYPE:
            value = value.removeprefix(ONTOLOGY)
        else:
            key = key.removeprefix(ONTOLOGY)
        if key in about:
            about[key].append(value)
        else:
            about[key] = [value]
    for subject, found in facts.items():
        if _TYPE not in found:
            raise SchemaError(
                f"{_place(path, subject)}: {subject} has no class. Write what it is: a kg:State …"
            )
        yield subject, found


def _entity(subject: str, kind: str, facts: _Facts, path: Path) -> Entity:
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
        led_by=_one(facts, "ledBy"),
        begin=_day(subject, facts, "begin", path),
        end=_day(subject, facts, "end", path),
        borders=tuple(facts.get("borders", ())),
    )


def _group_noun(subject: str, facts: _Facts, path: Path) -> GroupNoun:
    return GroupNoun(
        lemma=_lower(_name(subject, facts, path)),
        suffix=_one(facts, "suffix") or "",
        kind=_one(facts, "kind") or "SocialGroup",
        unaffiliated=_one(facts, "unaffiliated") == "true",
        craft=_one(facts, "craft") == "true",
    )


def _office(subject: str, facts: _Facts, path: Path) -> Office:
    of = _one(facts, "state") or _one(facts, "organization") or ""
    return Office(subject, _name(subject, facts, path), _one(facts, "role") or "", of)


def _tenure(subject: str, facts: _Facts, path: Path) -> Tenure:
    begin, end = _day(subject, facts, "begin", path), _day(subject, facts, "end", path)
    person, office = _one(facts, _MEMBER) or "", _one(facts, "office") or ""
    if begin and end and end < begin:
        place = _place(path, subject)
        raise SchemaError(f"{place}: the tenure of {person} in {office} ends before it begins.")
    return Tenure(person, office, begin, end)


def _one(facts: _Facts, key: str) -> str | None:
    values = facts.get(key)
    return values[0] if values else None


def _labels(facts: _Facts) -> Iterable[str]:
    yield from facts.get(_PREF, ())
    yield from facts.get(_ALT, ())


def _lower(name: str) -> str:
    return name.casefold()


def _name(subject: str, facts: _Facts, path: Path) -> str:
    name = _one(facts, _PREF)
    if name is None:
        raise SchemaError(f"{_place(path, subject)}: {subject} has no skos:prefLabel.")
    return name


def _day(subject: str, facts: _Facts, key: str, path: Path) -> date | None:
    """First day of an xsd:date, gYearMonth or gYear."""
    text = _one(facts, key)
    if not text:
        return None
    try:
        return date.fromisoformat((text + "-01-01")[:10])
    except ValueError as error:
        place = _place(path, subject)
        raise SchemaError(f'{place}: kg:{key} "{text}" is no day, month or year.') from error
