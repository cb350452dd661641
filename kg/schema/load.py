"""Turtle of `ontology/` → `Schema`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

import pyoxigraph as ox

from kg.errors import SchemaError
from kg.model import Status
from kg.schema.codes import (
    Category,
    Mode,
    find_mistake,
    read_cameo,
    read_categories,
    read_contexts,
    read_modes,
)
from kg.schema.frames import Frame, parse_frame
from kg.schema.paths import data_folder, line_of, read_turtle
from kg.schema.types import EventType, Schema, ancestors
from kg.vocab import ONTOLOGY, PREFIXES

_SUBCLASS = PREFIXES["rdfs"] + "subClassOf"
_SUBPROPERTY = PREFIXES["rdfs"] + "subPropertyOf"
_LABEL = PREFIXES["rdfs"] + "label"
_DEFINITION = PREFIXES["skos"] + "definition"
_USE, _NOT = "useWhen", "notWhen"
_INHERITED = (
    "plannedAs", "announcedAs", "refusedAs", "placeIsTarget", "mentionedIsTarget", "placeIsActor",
    "ordered", "ownContent", "score",
)  # fmt: skip
_Values = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class _Codebook:
    """What the reading of one event type needs of all the rest."""

    facts: Mapping[str, _Values]
    parents: Mapping[str, tuple[str, ...]]
    words: Mapping[str, frozenset[str]]
    categories: Mapping[str, Category]
    modes: Mapping[tuple[str, str], Mode]
    contexts: Mapping[str, str]


def load_schema(folder: Path | None = None) -> Schema:
    """Read the ontology.

    Args:
        folder: An `ontology/` of one's own; the shipped one when None.

    Raises:
        SchemaError: With file, line and reason.
    """
    folder = folder or data_folder("ontology")
    if not folder.is_dir():
        raise SchemaError(f"{folder}: no such folder.")
    facts, stated = _read(folder)
    mistake = find_mistake(facts)
    if mistake is not None:
        subject, key, reason = mistake
        path = stated[subject, key]
        raise SchemaError(f"{path}:{line_of(path, f'kg:{subject} ')}: {subject} {reason}.")
    parents = {s: tuple(f[_SUBCLASS]) for s, f in facts.items() if _SUBCLASS in f}
    properties = {s: tuple(f[_SUBPROPERTY]) for s, f in facts.items() if _SUBPROPERTY in f}
    words = {
        f[_LABEL][0]: frozenset(w.lower() for w in f["word"])
        for f in facts.values()
        if f.get("word") and f.get(_LABEL)
    }
    book = _Codebook(
        facts, parents, words, read_categories(facts), read_modes(facts), read_contexts(facts)
    )
    if not book.categories:
        raise SchemaError(f"{folder / 'plover.ttl'}: no categories. Copy the file that kg ships.")
    types = {
        name: _event_type(name, book, stated[name, "action"])
        for name, f in sorted(facts.items())
        if "action" in f
    }
    return Schema(
        types=types,
        categories=book.categories,
        modes=book.modes,
        contexts=book.contexts,
        cameo=read_cameo(facts),
        words=words,
        labels={name: f[_LABEL][0] for name, f in facts.items() if f.get(_LABEL)},
        inverse_labels={n: f["inverseLabel"][0] for n, f in facts.items() if f.get("inverseLabel")},
        parents=parents,
        broader={name: ancestors(name, properties) for name in properties},
        looks={n: _look(n, f, stated[n, "colour"]) for n, f in facts.items() if f.get("colour")},
    )


def _read(folder: Path) -> tuple[dict[str, dict[str, list[str]]], dict[tuple[str, str], Path]]:
    """Subject → property → values, and the file in which each subject first has a property."""
    facts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    stated: dict[tuple[str, str], Path] = {}
    for path in [*sorted(folder.glob("*.ttl")), *sorted(folder.glob("events/**/*.ttl"))]:
        for quad in read_turtle(path):
            if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.BlankNode):
                subject = quad.subject.value.removeprefix(ONTOLOGY)
                value = getattr(quad.object, "value", "").removeprefix(ONTOLOGY)
                property = quad.predicate.value.removeprefix(ONTOLOGY)
                facts[subject][property].append(value)
                stated.setdefault((subject, property), path)
    return facts, stated


def _event_type(name: str, book: _Codebook, path: Path) -> EventType:
    facts = book.facts[name]
    ahead = _inherited(name, book.facts, book.parents)

    def one(key: str) -> str | None:
        values = facts.get(key)
        return values[0] if values else None

    category, mode = one("category"), one("mode")
    _check_codes(name, facts, book, path)
    coded = book.modes.get((category or "", mode or "")) or book.categories.get(category or "")
    return EventType(
        name=name,
        label=one(_LABEL) or name,
        definition=one(_DEFINITION) or "",
        use_when=one(_USE) or "",
        not_when=one(_NOT) or "",
        category=category,
        mode=mode,
        context=tuple(sorted(facts.get("context", ()))),
        quad=book.categories[category].quad if category else 0,
        score=float(ahead["score"] or (coded.score if coded else 0)),
        cameo=_cameo(name, book),
        two_sided=one("twoSided") == "true",
        content=one("content") == "true",
        own_content=ahead["ownContent"] == "true",
        ordered=ahead["ordered"] == "true",
        place_is_target=ahead["placeIsTarget"] == "true",
        mentioned_is_target=ahead["mentionedIsTarget"] == "true",
        place_is_actor=ahead["placeIsActor"] == "true",
        default_status=cast(Status, one("defaultStatus") or "actual"),
        planned_as=ahead["plannedAs"],
        announced_as=ahead["announcedAs"],
        refused_as=ahead["refusedAs"],
        typical_actor=tuple(facts.get("typicalActor", ())),
        typical_target=tuple(facts.get("typicalTarget", ())),
        action=ONTOLOGY + facts["action"][0],
        lineage=tuple(a for a in ancestors(name, book.parents) if a != "Event"),
        frames=(
            *_frames(facts.get("frame", ()), name, book.words, path),
            *_frames(facts.get("notFrame", ()), name, book.words, path, negative=True),
        ),
    )


def _check_codes(name: str, facts: _Values, book: _Codebook, path: Path) -> None:
    """Refuse what PLOVER does not have: such events would be found and counted nowhere.

    Raises:
        SchemaError: With file and line.
    """
    category = next(iter(facts.get("category", ())), None)
    status = next(iter(facts.get("defaultStatus", ())), "actual")
    known: list[tuple[str, str, Iterable[str]]] = [
        ("category", c, book.categories) for c in facts.get("category", ())
    ]
    known += [
        ("mode", m, [mode for of, mode in book.modes if of == category])
        for m in facts.get("mode", ())
    ]
    known += [("context", c, book.contexts) for c in facts.get("context", ())]
    known.append(("defaultStatus", status, get_args(Status)))
    for key, value, allowed in known:
        if value not in allowed:
            line = line_of(path, f'kg:{key} "{value}"')
            use = ", ".join(sorted(allowed)) or "none"
            raise SchemaError(f'{path}:{line}: {name} has the {key} "{value}". Use one of: {use}.')


def _cameo(name: str, book: _Codebook) -> str | None:
    """The code of a class, or of the nearest superclass that has one."""
    for each in (name, *ancestors(name, book.parents)):
        facts = book.facts.get(each, {})
        for key in ("cameo", "withinCameo"):
            if facts.get(key):
                return facts[key][0]
    return None


def _look(name: str, facts: _Values, path: Path) -> tuple[str, str]:
    if not facts.get("shape"):
        raise SchemaError(
            f"{path}:{line_of(path, 'kg:' + name)}: {name} has a colour and no kg:shape."
        )
    return facts["colour"][0], facts["shape"][0]


def _inherited(
    name: str, facts: Mapping[str, _Values], parents: Mapping[str, tuple[str, ...]]
) -> dict[str, str | None]:
    """Values that a class has from its nearest ancestor when it has none of its own."""
    line = [facts.get(o, {}) for o in (name, *ancestors(name, parents))]
    return {key: next((f[key][0] for f in line if f.get(key)), None) for key in _INHERITED}


def _frames(
    lines: Iterable[str],
    type: str,
    words: Mapping[str, frozenset[str]],
    path: Path,
    negative: bool = False,
) -> Iterable[Frame]:
    for line in sorted(lines):
        try:
            yield parse_frame(line, type, words, negative)
        except ValueError as error:
            number = line_of(path, line)
            raise SchemaError(f'{path}:{number}: frame "{line}": {error}.') from error
