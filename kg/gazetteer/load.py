"""Turtle of `ontology/reference/` → `Gazetteer`."""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import ahocorasick_rs

from kg.errors import SchemaError
from kg.gazetteer.entities import RANK, Entity, Gazetteer, GroupNoun, Kind, Office, Tenure
from kg.gazetteer.gather import Facts, gather, place_of
from kg.schema.paths import data_folder
from kg.vocab import PREFIXES, WIKIDATA

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
_SAME = PREFIXES["owl"] + "sameAs"


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
        own: Folder of more such files, the user's own. A file may give more names and Wikidata
            numbers (`skos:altLabel`, `owl:sameAs`) to what another one defines.
        without: A file that is left out, since it is about to be written anew, and with it what
            other files say of those whom only this one defines.

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
    paths = [*sorted(folder.rglob("*.ttl")), *(sorted(own.rglob("*.ttl")) if own else ())]
    partly = without is not None and without.is_file()
    found = gather((p for p in paths if p != without), partly)
    for subject, (facts, path) in found.items():
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
    if not partly:
        _check_owners(entities, offices, found)
    held = [t for t, path in tenures if _complete(t, path, entities, offices, partly)]
    return _index(entities, offices, held, roles, vague, nouns, names)


def _complete(
    tenure: Tenure,
    path: Path,
    entities: Mapping[str, Entity],
    offices: Mapping[str, Office],
    partly: bool,
) -> bool:
    """Whether its person and its office are known; an error where they must be."""
    if tenure.person in entities and tenure.office in offices:
        return True
    if partly:
        return False
    missing = tenure.office if tenure.person in entities else tenure.person
    place = place_of(path, missing)
    raise SchemaError(f"{place}: a tenure names {missing}, which is not defined.")


def _check_owners(
    entities: Mapping[str, Entity],
    offices: Mapping[str, Office],
    found: Mapping[str, tuple[Facts, Path]],
) -> None:
    """Refuse an owner that nobody knows, and owners that own each other in a circle."""
    for subject, owner in (
        *((e.id, e.state) for e in entities.values()),
        *((o.id, o.of) for o in offices.values()),
    ):
        if owner and owner not in entities:
            place = place_of(found[subject][1], subject)
            raise SchemaError(f"{place}: {subject} belongs to {owner}, which is not defined.")
        seen = [subject]
        while owner:
            if owner in seen:
                place = place_of(found[subject][1], subject)
                raise SchemaError(f"{place}: {subject} belongs to itself, by way of {seen[-1]}.")
            seen.append(owner)
            owner = entities[owner].state if owner in entities else None


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


def _entity(subject: str, kind: str, facts: Facts, path: Path) -> Entity:
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
        wikidata=_wikidata(facts),
    )


def _group_noun(subject: str, facts: Facts, path: Path) -> GroupNoun:
    return GroupNoun(
        lemma=_lower(_name(subject, facts, path)),
        suffix=_one(facts, "suffix") or "",
        kind=_one(facts, "kind") or "SocialGroup",
        unaffiliated=_one(facts, "unaffiliated") == "true",
        craft=_one(facts, "craft") == "true",
    )


def _office(subject: str, facts: Facts, path: Path) -> Office:
    of = _one(facts, "state") or _one(facts, "organization") or ""
    name, role = _name(subject, facts, path), _one(facts, "role") or ""
    return Office(subject, name, role, of, _wikidata(facts))


def _tenure(subject: str, facts: Facts, path: Path) -> Tenure:
    begin, end = _day(subject, facts, "begin", path), _day(subject, facts, "end", path)
    person, office = _one(facts, _MEMBER) or "", _one(facts, "office") or ""
    # who comes and goes in one year, or month, leaves after having come
    if begin and end and end < begin and facts["begin"][0].startswith(facts["end"][0]):
        end = _next(facts["end"][0])
    if begin and end and end < begin:
        place = place_of(path, subject)
        raise SchemaError(f"{place}: the tenure of {person} in {office} ends before it begins.")
    return Tenure(person, office, begin, end)


def _next(period: str) -> date:
    """The first day after a year or month."""
    year, month = int(period[:4]), int(period[5:7] or 12)
    return date(year + month // 12, month % 12 + 1, 1)


def _wikidata(facts: Facts) -> str | None:
    same = (iri for iri in facts.get(_SAME, ()) if iri.startswith(WIKIDATA))
    return next((iri.removeprefix(WIKIDATA) for iri in same), None)


def _one(facts: Facts, key: str) -> str | None:
    values = facts.get(key)
    return values[0] if values else None


def _labels(facts: Facts) -> Iterable[str]:
    yield from facts.get(_PREF, ())
    yield from facts.get(_ALT, ())


def _lower(name: str) -> str:
    return name.casefold()


def _name(subject: str, facts: Facts, path: Path) -> str:
    name = _one(facts, _PREF)
    if name is None:
        raise SchemaError(f"{place_of(path, subject)}: {subject} has no skos:prefLabel.")
    return name


def _day(subject: str, facts: Facts, key: str, path: Path) -> date | None:
    """First day of an xsd:date, gYearMonth or gYear."""
    text = _one(facts, key)
    if not text:
        return None
    try:
        return date.fromisoformat((text + "-01-01")[:10])
    except ValueError as error:
        place = place_of(path, subject)
        raise SchemaError(f'{place}: kg:{key} "{text}" is no day, month or year.') from error
