"""An entity in the JSON of Wikidata's dump → a record."""

from collections.abc import Iterator
from typing import Any

from kg.gazetteer.wikidata.records import (
    ENDED,
    LANGUAGES,
    Person,
    Position,
    Term,
    english,
    wikidata_time,
)

HUMAN = "Q5"
GENDERS = {
    "Q6581097": "male", "Q2449503": "male", "Q6581072": "female", "Q1052281": "female",
}  # fmt: skip
"""Values of P21 → by which pronouns news speak of a person."""


def person(entity: dict[str, Any], line: int) -> Person | None:
    """A human being who held a position; None for anything else.

    Raises:
        ValueError: A time is none.
        KeyError, TypeError, AttributeError: It has not the shape of Wikidata's entities.
    """
    if HUMAN not in _items(entity, "P31"):
        return None
    terms = tuple(_terms(entity))
    if not terms:
        return None
    died = [t for t in (_time(s["mainsnak"]) for s in _statements(entity, "P570")) if t]
    return Person(
        id=entity["id"],
        name=english(_labels(entity)),
        aliases=_aliases(entity),
        gender=next((GENDERS[g] for g in _items(entity, "P21") if g in GENDERS), None),
        citizenships=_items(entity, "P27"),
        died=next((d for d in died if d != ENDED), None),
        terms=terms,
        line=line,
    )


def position(entity: dict[str, Any]) -> Position:
    """An office.

    Raises:
        KeyError, TypeError, AttributeError: It has not the shape of Wikidata's entities.
    """
    return Position(
        id=entity["id"],
        name=english(_labels(entity)),
        aliases=_aliases(entity),
        jurisdictions=_items(entity, "P1001"),
        countries=_items(entity, "P17"),
    )


def _labels(entity: dict[str, Any]) -> dict[str, str]:
    # what is empty is an empty list there, not an empty object
    return {k: v["value"] for k, v in (entity.get("labels") or {}).items()}


def _aliases(entity: dict[str, Any]) -> tuple[str, ...]:
    aliases = entity.get("aliases") or {}
    found = (a["value"] for language in LANGUAGES for a in aliases.get(language, ()))
    named = (name for language, name in _labels(entity).items() if language in LANGUAGES)
    return tuple(dict.fromkeys(" ".join(name.split()) for name in (*named, *found)))


def _statements(entity: dict[str, Any], property: str) -> list[dict[str, Any]]:
    """Statements that are not deprecated, preferred ones first."""
    found = (entity.get("claims") or {}).get(property, [])
    valid = [s for s in found if s.get("rank") != "deprecated"]
    return sorted(valid, key=lambda s: s.get("rank") != "preferred")


def _items(entity: dict[str, Any], property: str) -> tuple[str, ...]:
    found = (_item(s["mainsnak"]) for s in _statements(entity, property))
    return tuple(dict.fromkeys(item for item in found if item))


def _item(snak: dict[str, Any]) -> str | None:
    if snak.get("snaktype") != "value":
        return None
    value = snak["datavalue"]["value"]
    # old dumps give the number alone
    return str(value["id"]) if "id" in value else f"Q{value['numeric-id']}"


def _terms(entity: dict[str, Any]) -> Iterator[Term]:
    for number, statement in enumerate(_statements(entity, "P39")):
        held = _item(statement["mainsnak"])
        if held is None:
            continue
        qualifiers = statement.get("qualifiers") or {}
        begin = [_time(snak) for snak in qualifiers.get("P580", ())]
        end = [_time(snak) for snak in qualifiers.get("P582", ())]
        yield Term(
            id=statement.get("id") or f"{entity['id']}${number}",
            position=held,
            begin=min((t for t in begin if t and t != ENDED), default=None),
            end=min((t for t in end if t), default=None),
        )


def _time(snak: dict[str, Any]) -> str | None:
    """When; `ENDED` where that is unknown; None where there is no such time."""
    match snak.get("snaktype"):
        case "value":
            value = snak["datavalue"]["value"]
            return wikidata_time(value["time"], value.get("precision")) or ENDED
        case "somevalue":
            return ENDED
        case _:
            return None
