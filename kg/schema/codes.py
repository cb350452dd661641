"""Categories, modes and contexts of PLOVER and the codes of CAMEO, as `ontology/` has them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.vocab import PREFIXES

Facts = Mapping[str, Mapping[str, list[str]]]
"""Subject → property → values; local names where a term is ours."""

_TYPE = PREFIXES["rdf"] + "type"
_LABEL = PREFIXES["skos"] + "prefLabel"
_DEFINITION = PREFIXES["skos"] + "definition"
_NOTATION = PREFIXES["skos"] + "notation"
_BROADER = PREFIXES["skos"] + "broader"


@dataclass(frozen=True, slots=True)
class Category:
    """What is done, such as SANCTION.

    Attributes:
        quad: 1 to 4, as `Event.quad`.
        score: From -10 (conflict) to 10 (cooperation).
    """

    name: str
    label: str
    definition: str
    quad: int
    score: float


@dataclass(frozen=True, slots=True)
class Mode:
    """How it is done, such as `expel` within SANCTION; the score is as `Category.score`."""

    category: str
    name: str
    label: str
    definition: str
    score: float


@dataclass(frozen=True, slots=True)
class CameoCode:
    """A code of CAMEO and what it is here.

    Attributes:
        code: Two, three or four digits.
        goldstein: Value on the Goldstein scale; None where it gives none.
        type: Event type that the code stands for.
        carried: The type carries the code, so it also leads back from type to code; otherwise
            the code is the type with this mode and these contexts.
    """

    code: str
    label: str
    goldstein: float | None
    type: str
    carried: bool
    mode: str | None
    context: tuple[str, ...]


_NEEDED = {
    "Category": (_NOTATION, _LABEL, _DEFINITION, "quad", "score"),
    "Mode": (_NOTATION, _LABEL, _DEFINITION, _BROADER, "score"),
    "Context": (_NOTATION, _DEFINITION),
    "CameoCode": (_NOTATION, _LABEL),
}
_ALLOWED = {
    "quad": (r"[1-4]", "a number from 1 to 4"),
    "score": (r"[+-]?\d+(\.\d+)?", "a number"),
    "goldstein": (r"[+-]?\d+(\.\d+)?", "a number"),
    **dict.fromkeys(
        ("twoSided", "content", "ordered", "placeIsTarget"), ("true|false", "true or false")
    ),
}


def find_mistake(facts: Facts) -> tuple[str, str, str] | None:
    """The first thing that keeps codes and values from being read.

    Returns:
        Subject, the property to look at, and what is wrong; None when all is well.
    """
    for subject, values in facts.items():
        for kind in values.get(_TYPE, ()):
            for key in _NEEDED.get(kind, ()):
                if not values.get(key):
                    return subject, _TYPE, f"has no {_short(key)}"
            if kind == "Mode" and "Category" not in facts.get(values[_BROADER][0], {}).get(
                _TYPE, ()
            ):
                return subject, _BROADER, "stands below no category"
        for key, (pattern, words) in _ALLOWED.items():
            wrong = [v for v in values.get(key, ()) if not re.fullmatch(pattern, v)]
            if wrong:
                return subject, key, f'has the {key} "{wrong[0]}", which is not {words}'
    return None


def _short(key: str) -> str:
    """A property as files write it."""
    for prefix, namespace in PREFIXES.items():
        if key.startswith(namespace):
            return f"{prefix}:{key.removeprefix(namespace)}"
    return f"kg:{key}"


def read_categories(facts: Facts) -> dict[str, Category]:
    """Categories by name."""
    return {
        f[_NOTATION][0]: Category(
            f[_NOTATION][0],
            f[_LABEL][0],
            f[_DEFINITION][0],
            int(f["quad"][0]),
            float(f["score"][0]),
        )
        for f in _concepts(facts, "Category")
    }


def read_modes(facts: Facts) -> dict[tuple[str, str], Mode]:
    """Modes by category and name."""
    found = [
        Mode(
            facts[f[_BROADER][0]][_NOTATION][0],
            f[_NOTATION][0],
            f[_LABEL][0],
            f[_DEFINITION][0],
            float(f["score"][0]),
        )
        for f in _concepts(facts, "Mode")
    ]
    return {(mode.category, mode.name): mode for mode in found}


def read_contexts(facts: Facts) -> dict[str, str]:
    """Context → its definition."""
    return {f[_NOTATION][0]: f[_DEFINITION][0] for f in _concepts(facts, "Context")}


def read_cameo(facts: Facts) -> dict[str, CameoCode]:
    """All codes that stand for a type, by number."""
    carriers = {f["cameo"][0]: name for name, f in facts.items() if f.get("cameo")}
    found = {}
    for f in _concepts(facts, "CameoCode"):
        code = f[_NOTATION][0]
        type = carriers.get(code) or next(iter(f.get("codedAs", ())), None)
        if type is not None:
            found[code] = CameoCode(
                code=code,
                label=f[_LABEL][0],
                goldstein=float(f["goldstein"][0]) if f.get("goldstein") else None,
                type=type,
                carried=code in carriers,
                mode=next(iter(f.get("mode", ())), None),
                context=tuple(f.get("context", ())),
            )
    return found


def _concepts(facts: Facts, kind: str) -> list[Mapping[str, list[str]]]:
    return [f for f in facts.values() if kind in f.get(_TYPE, ())]
