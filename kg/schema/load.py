"""Turtle of `ontology/` → `Schema`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pyoxigraph as ox

from kg.errors import SchemaError
from kg.model import Status
from kg.schema.frames import Frame, parse_frame
from kg.schema.paths import data_folder, read_turtle
from kg.vocab import ONTOLOGY, PREFIXES

_SUBCLASS = PREFIXES["rdfs"] + "subClassOf"
_LABEL = PREFIXES["rdfs"] + "label"
_DEFINITION = PREFIXES["skos"] + "definition"
_INHERITED = ("plannedAs", "announcedAs", "placeIsTarget", "ordered")
_Values = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class EventType:
    """One class of events.

    Attributes:
        name: Local name of the class, such as `Expulsion`.
        category: PLOVER category; None for classes outside PLOVER (votes, elections).
        quad: 1 to 4, as `Event.quad`; 0 outside PLOVER.
        content: It reports words: what its complement says is no event of its own.
        planned_as: Type of the same event while it is still to come (a meeting that is planned).
        announced_as: Type of the same event when its own actor says that it will come (a
            promise to withdraw).
        ordered: It runs from the order to a deadline, where one is set.
        place_is_target: Where nobody is named, the place stands for whom it hits.
        action: IRI of the property that a plain triple uses.
        lineage: Superclasses below `Event`, nearest first.
    """

    name: str
    label: str
    definition: str
    note: str
    category: str | None
    mode: str | None
    context: tuple[str, ...]
    quad: int
    score: float
    cameo: str | None
    two_sided: bool
    content: bool
    place_is_target: bool
    ordered: bool
    default_status: Status
    planned_as: str | None
    announced_as: str | None
    action: str
    lineage: tuple[str, ...]
    frames: tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class Schema:
    """The event part of the ontology.

    Attributes:
        types: Event types by name.
        words: Word lists by name.
        labels: Label by local name, for every class and property.
        parents: Class → direct superclasses, local names, the whole class tree.
        looks: Class → colour and shape in the picture of the graph.
    """

    types: Mapping[str, EventType]
    words: Mapping[str, frozenset[str]]
    labels: Mapping[str, str]
    parents: Mapping[str, tuple[str, ...]]
    looks: Mapping[str, tuple[str, str]]

    @property
    def actions(self) -> dict[str, str]:
        """Event type → IRI of its action property."""
        return {name: type.action for name, type in self.types.items()}

    def ancestors(self, name: str) -> tuple[str, ...]:
        """All superclasses of a class, nearest first, without `owl:Thing`."""
        return _ancestors(name, self.parents)


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
    facts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    home: dict[str, Path] = {}
    for path in [*sorted(folder.glob("*.ttl")), *sorted(folder.glob("events/**/*.ttl"))]:
        for quad in read_turtle(path):
            if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.BlankNode):
                subject = quad.subject.value.removeprefix(ONTOLOGY)
                value = getattr(quad.object, "value", "").removeprefix(ONTOLOGY)
                facts[subject][quad.predicate.value.removeprefix(ONTOLOGY)].append(value)
                home.setdefault(subject, path)
    parents = {s: tuple(f[_SUBCLASS]) for s, f in facts.items() if _SUBCLASS in f}
    words = {
        f[_LABEL][0]: frozenset(w.lower() for w in f["word"])
        for f in facts.values()
        if f.get("word") and f.get(_LABEL)
    }
    types = {
        name: _event_type(name, f, parents, words, home[name], _inherited(name, facts, parents))
        for name, f in sorted(facts.items())
        if "action" in f
    }
    labels = {name: f[_LABEL][0] for name, f in facts.items() if f.get(_LABEL)}
    looks = {n: (f["colour"][0], f["shape"][0]) for n, f in facts.items() if f.get("colour")}
    return Schema(types, words, labels, parents, looks)


def _event_type(
    name: str,
    facts: _Values,
    parents: Mapping[str, tuple[str, ...]],
    words: Mapping[str, frozenset[str]],
    path: Path,
    ahead: Mapping[str, str | None],
) -> EventType:
    def one(key: str) -> str | None:
        values = facts.get(key)
        return values[0] if values else None

    lineage = tuple(a for a in _ancestors(name, parents) if a != "Event")
    return EventType(
        name=name,
        label=one(_LABEL) or name,
        definition=one(_DEFINITION) or "",
        note=one(PREFIXES["skos"] + "scopeNote") or "",
        category=one("category"),
        mode=one("mode"),
        context=tuple(sorted(facts.get("context", ()))),
        quad=int(one("quad") or 0),
        score=float(one("score") or 0),
        cameo=one("cameo"),
        two_sided=one("twoSided") == "true",
        content=one("content") == "true",
        ordered=ahead["ordered"] == "true",
        place_is_target=ahead["placeIsTarget"] == "true",
        default_status=cast(Status, one("defaultStatus") or "actual"),
        planned_as=ahead["plannedAs"],
        announced_as=ahead["announcedAs"],
        action=ONTOLOGY + facts["action"][0],
        lineage=lineage,
        frames=(
            *_frames(facts.get("frame", ()), name, words, path),
            *_frames(facts.get("notFrame", ()), name, words, path, negative=True),
        ),
    )


def _inherited(
    name: str, facts: Mapping[str, _Values], parents: Mapping[str, tuple[str, ...]]
) -> dict[str, str | None]:
    """Values that a class has from its nearest ancestor when it has none of its own."""
    line = [facts.get(o, {}) for o in (name, *_ancestors(name, parents))]
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
            number = _line_of(path, line)
            raise SchemaError(f'{path}:{number}: frame "{line}": {error}.') from error


def _line_of(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((i for i, line in enumerate(lines, 1) if text in line), 1)


def _ancestors(name: str, parents: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    seen: list[str] = []
    queue = list(parents.get(name, ()))
    while queue:
        parent = queue.pop(0)
        if parent not in seen and not parent.startswith("http"):
            seen.append(parent)
            queue.extend(parents.get(parent, ()))
    return tuple(seen)
