"""`ontology/` → what is wrong between its files, which no single file shows.

Shapes on single terms are in `ontology/quality.ttl`; a file that cannot be read at all is an error
of `load_schema` or `load_examples`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.schema.codebook import Example
from kg.schema.paths import data_folder
from kg.schema.types import EventType, Schema
from kg.vocab import ONTOLOGY, PREFIXES

FEWEST_SENTENCES = 12
FEWEST_LOOKALIKES = 2
ORDER = (
    "rdfs:subClassOf", "rdfs:label", "skos:definition", "kg:useWhen", "kg:notWhen", "kg:category",
    "kg:mode", "kg:context", "kg:cameo", "kg:withinCameo", "kg:score", "kg:twoSided", "kg:content",
    "kg:ownContent", "kg:ordered", "kg:placeIsTarget", "kg:mentionedIsTarget", "kg:placeIsActor",
    "kg:defaultStatus", "kg:plannedAs", "kg:announcedAs",
    "kg:typicalActor", "kg:typicalTarget", "kg:action", "kg:frame", "kg:notFrame",
)  # fmt: skip
"""Properties of an event type, in the order of its file, so that files and their diffs compare."""

_PREFIX = re.compile(r"^@prefix (\w*): <([^>]*)> \.", re.MULTILINE)
_PROPERTY = re.compile(r"^    (\w+:\w+) ", re.MULTILINE)
_NAME = re.compile(r"\b(?:[A-Z][a-z]+){2,}\b")


@dataclass(frozen=True, slots=True, order=True)
class Flaw:
    """Something to put right.

    Attributes:
        place: File, with the line where one is to blame.
        message: What is wrong and what to do.
    """

    place: str
    message: str


def check_ontology(
    schema: Schema, examples: Iterable[Example], folder: Path | None = None
) -> list[Flaw]:
    """All flaws, in the order of the files.

    Args:
        schema: Read from the folder.
        examples: Read from the folder.
        folder: The `ontology/` that is checked; the shipped one when None.
    """
    folder = folder or data_folder("ontology")
    homes = {p.stem: p for p in sorted(folder.glob("events/*/*.ttl")) if p.stem != "words"}
    sentences: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        sentences[example.home].append(example)
    return sorted(
        {
            *_files(folder, homes, schema),
            *_codes(folder, homes, schema),
            *_tree(homes, schema),
            *_frames(homes, schema),
            *_labels(folder, schema),
            *(f for name in homes for f in _sentences(name, homes[name], sentences[name], schema)),
        }
    )


def _files(folder: Path, homes: dict[str, Path], schema: Schema) -> Iterator[Flaw]:
    """One type a file, its properties in order, prefixes declared once and alike."""
    for path in sorted(folder.rglob("*.ttl")):
        declared = _PREFIX.findall(path.read_text(encoding="utf-8"))
        for prefix, number in Counter(p for p, _ in declared).items():
            if number > 1:
                yield Flaw(f"{path}", f"prefix {prefix}: is declared {number} times.")
        for prefix, namespace in declared:
            if PREFIXES.get(prefix, namespace) != namespace:
                yield Flaw(f"{path}", f"prefix {prefix}: is <{PREFIXES[prefix]}> elsewhere.")
    for name, path in homes.items():
        if name not in schema.types:
            yield Flaw(f"{path}", f"no event type {name} in it: a file is named like its class.")
            continue
        block = re.search(rf"^kg:{name} a .*?\.$", path.read_text("utf-8"), re.S | re.M)
        names = _PROPERTY.findall(block[0]) if block else []
        strange = [n for n in names if n not in ORDER]
        if strange:
            yield Flaw(f"{path}", f"{strange[0]} is no property of an event type.")
        elif names != [n for n in ORDER if n in names]:
            wanted = ", ".join(n for n in ORDER if n in names)
            yield Flaw(f"{path}", f"properties stand once each, in this order: {wanted}.")
        if not path.with_suffix(".toml").is_file():
            yield Flaw(f"{path}", f"no {name}.toml with sentences beside it.")
    for path in sorted(folder.glob("events/*/*.toml")):
        if path.stem not in homes:
            yield Flaw(f"{path}", f"no {path.stem}.ttl beside it.")
    for name in sorted(set(schema.types) - set(homes)):
        yield Flaw(f"{folder}", f"event type {name} has no file of its own in events/.")


def _codes(folder: Path, homes: dict[str, Path], schema: Schema) -> Iterator[Flaw]:
    """Every CAMEO code stands for one type, and none twice."""
    table = folder / "cameo.ttl"
    text = table.read_text(encoding="utf-8") if table.is_file() else ""
    known = set(re.findall(r'skos:notation "(\d+)"', text))
    coded = set(re.findall(r'skos:notation "(\d+)"(?:(?!\.\n).)*?kg:codedAs', text, re.S))
    carriers = defaultdict(list)
    for name, path in homes.items():
        file = path.read_text(encoding="utf-8")
        for property, code in re.findall(r'kg:(cameo|withinCameo) "([^"]*)"', file):
            if code not in known:
                yield Flaw(f"{path}", f'CAMEO has no code "{code}".')
            if property == "cameo":
                carriers[code].append(name)
    for code, names in sorted(carriers.items()):
        if len(names) > 1:
            yield Flaw(f"{homes[names[1]]}", f'code "{code}" is carried by {names[0]}, too.')
        if code in coded:
            yield Flaw(f"{table}", f'code "{code}" is carried by {names[0]}: drop kg:codedAs.')
    for code in sorted(known - coded - set(carriers)):
        yield Flaw(f"{table}", f'code "{code}" stands for no type: give it kg:codedAs.')
    for entry in schema.cameo.values():
        type = schema.types.get(entry.type)
        if type is None:
            yield Flaw(f"{table}", f'code "{entry.code}": there is no event type {entry.type}.')
        elif entry.mode and (type.category or "", entry.mode) not in schema.modes:
            yield Flaw(f"{table}", f'code "{entry.code}": {type.category} has no {entry.mode}.')
        for context in entry.context:
            if context not in schema.contexts:
                yield Flaw(f"{table}", f'code "{entry.code}": no context "{context}".')
    used = {(t.category, t.mode) for t in schema.types.values()}
    for category, mode in schema.modes:
        if (category, mode) not in used:
            yield Flaw(f"{folder}", f"no event type has the mode {category} {mode}.")


def _tree(homes: dict[str, Path], schema: Schema) -> Iterator[Flaw]:
    """Superclasses exist and have the same category; other types that are named exist."""
    for name, path in homes.items():
        type = schema.types.get(name)
        if type is None:
            continue
        ancestors = schema.ancestors(name)
        if name in ancestors:
            yield Flaw(f"{path}", f"{name} is its own superclass, by way of {ancestors[0]}.")
        elif not ancestors or ancestors[-1] != "Event":
            yield Flaw(f"{path}", "the superclasses do not lead up to kg:Event.")
        for parent in type.lineage[:1]:
            above = schema.types.get(parent)
            if above is None:
                yield Flaw(f"{path}", f"the superclass {parent} is no event type.")
                continue
            if above.category != type.category:
                yield Flaw(f"{path}", f"its superclass has the category {above.category}.")
            action, wider = (_local(t.action) for t in (type, above))
            if wider not in schema.broader.get(action, ()):
                yield Flaw(f"{path}", f"kg:{action} must be a sub-property of kg:{wider}.")
        for other in _named(type):
            if other not in schema.types:
                yield Flaw(f"{path}", f"names {other}, which is no event type.")


def _local(iri: str) -> str:
    return iri.removeprefix(ONTOLOGY)


def _named(type: EventType) -> list[str]:
    names = [n for n in (type.planned_as, type.announced_as) if n]
    return names + _NAME.findall(f"{type.use_when} {type.not_when}")


def _frames(homes: dict[str, Path], schema: Schema) -> Iterator[Flaw]:
    """No frame stands in two types: it would be chance which of them is read."""
    first: dict[str, str] = {}
    for type in schema.types.values():
        for frame in type.frames:
            if frame.negative:
                continue
            other = first.setdefault(frame.text, type.name)
            if other != type.name and type.name in homes:
                yield Flaw(f"{homes[type.name]}", f'frame "{frame.text}" is in {other}, too.')


def _labels(folder: Path, schema: Schema) -> Iterator[Flaw]:
    names = defaultdict(list)
    for name, label in schema.labels.items():
        names[label].append(name)
    for label, terms in sorted(names.items()):
        if len(terms) > 1:
            yield Flaw(f"{folder}", f'{" and ".join(terms)} have the same label "{label}".')


def _sentences(name: str, home: Path, examples: list[Example], schema: Schema) -> Iterator[Flaw]:
    path = home.with_suffix(".toml")
    alike = [e for e in examples if e.type != name]
    if len(examples) < FEWEST_SENTENCES:
        yield Flaw(f"{path}", f"{len(examples)} sentences; write at least {FEWEST_SENTENCES}.")
    if len(alike) < FEWEST_LOOKALIKES:
        yield Flaw(
            f"{path}",
            f"{len(alike)} sentences that look like {name} and are not; write at least "
            f"{FEWEST_LOOKALIKES}.",
        )
    for example in examples:
        place = f"{path}:{example.line}"
        if example.type is None:
            continue
        if example.type not in schema.types:
            yield Flaw(place, f"{example.type} is no event type.")
        if len(example.spans.get("trigger", ())) != 1:
            yield Flaw(place, "mark one trigger.")
        if not example.spans.keys() & {"actor", "target"}:
            yield Flaw(place, "mark an actor or a target.")
    for example in alike:
        if example.note is None:
            yield Flaw(f"{path}:{example.line}", f"say in a note why it is no {name}.")
