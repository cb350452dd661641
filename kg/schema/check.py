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
from kg.schema.paths import data_folder, line_of, places, read_text
from kg.schema.types import EventType, Schema
from kg.vocab import ONTOLOGY, PREFIXES

FEWEST_SENTENCES = 12
FEWEST_LOOKALIKES = 2
FILES = ("core.ttl", "agents.ttl", "codebook.ttl", "plover.ttl", "cameo.ttl")
"""Without these a folder is no ontology, whatever event types it has."""

ORDER = (
    "rdfs:subClassOf", "rdfs:label", "skos:definition", "kg:useWhen", "kg:notWhen", "kg:category",
    "kg:mode", "kg:context", "kg:cameo", "kg:withinCameo", "kg:score", "kg:twoSided", "kg:content",
    "kg:ownContent", "kg:ordered", "kg:placeIsTarget", "kg:mentionedIsTarget", "kg:placeIsActor",
    "kg:defaultStatus", "kg:plannedAs", "kg:announcedAs", "kg:refusedAs",
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
            *_prefixes(folder),
            *_codes(folder, homes, schema),
            *_tree(homes, schema),
            *_classes(folder, homes, schema),
            *_frames(homes, schema),
            *_labels(folder, schema),
            *(f for name in homes for f in _sentences(name, homes[name], sentences[name], schema)),
            *_repeated(e for name in homes for e in sentences[name]),
        }
    )


def _files(folder: Path, homes: dict[str, Path], schema: Schema) -> Iterator[Flaw]:
    """The files that must be there, one type in each below `events/`, its properties in order."""
    for needed in FILES:
        if not (folder / needed).is_file():
            yield Flaw(f"{folder / needed}", "missing. Copy the file that kg ships.")
    for name, path in homes.items():
        text = read_text(path)
        block = re.search(rf"^kg:{name}\s+a .*?\.$", text, re.S | re.M)
        if block and name not in schema.types:
            yield Flaw(_at(path, block[0]), f"{name} has no kg:action, so it is no event type.")
            continue
        if name not in schema.types:
            yield Flaw(f"{path}:1", f"no event type {name} in it: a file is named like its class.")
            continue
        names = _PROPERTY.findall(block[0]) if block else []
        strange = [n for n in names if n not in ORDER]
        if strange:
            yield Flaw(_at(path, strange[0]), f"{strange[0]} is no property of an event type.")
        elif names != [n for n in ORDER if n in names]:
            wanted = ", ".join(n for n in ORDER if n in names)
            place = _at(path, block[0] if block else "")
            yield Flaw(place, f"properties stand once each, in this order: {wanted}.")
        if not path.with_suffix(".toml").is_file():
            yield Flaw(f"{path}:1", f"no {name}.toml with sentences beside it.")
    for path in sorted(folder.glob("events/*/*.toml")):
        if path.stem not in homes:
            yield Flaw(f"{path}:1", f"no {path.stem}.ttl beside it.")
    where = places(folder)
    for name in sorted(set(schema.types) - set(homes)):
        place = where.get(ONTOLOGY + name, f"{folder}")
        yield Flaw(place, f"event type {name} has no file events/<category>/{name}.ttl.")


def _prefixes(folder: Path) -> Iterator[Flaw]:
    """Prefixes are declared once and alike."""
    for path in sorted(folder.rglob("*.ttl")):
        declared = _PREFIX.findall(read_text(path))
        for prefix, number in Counter(p for p, _ in declared).items():
            if number > 1:
                place = _at(path, f"@prefix {prefix}:")
                yield Flaw(place, f"prefix {prefix}: is declared {number} times.")
        for prefix, namespace in declared:
            if PREFIXES.get(prefix, namespace) != namespace:
                place = _at(path, f"@prefix {prefix}: <{namespace}>")
                yield Flaw(place, f"prefix {prefix}: is <{PREFIXES[prefix]}> elsewhere.")


def _at(path: Path, text: str) -> str:
    """File, and line of a text in it."""
    return f"{path}:{line_of(path, text.partition(chr(10))[0])}"


def _codes(folder: Path, homes: dict[str, Path], schema: Schema) -> Iterator[Flaw]:
    """Every CAMEO code stands for one type, and none twice."""
    table = folder / "cameo.ttl"
    if not table.is_file():
        return
    text = read_text(table)
    known = set(re.findall(r'skos:notation "(\d+)"', text))
    coded = set(re.findall(r'skos:notation "(\d+)"(?:(?!\.\n).)*?kg:codedAs', text, re.S))
    carriers = defaultdict(list)

    def row(code: str) -> str:
        return _at(table, f'skos:notation "{code}"')

    for name, path in homes.items():
        file = read_text(path)
        for property, code in re.findall(r'kg:(cameo|withinCameo) "?([^"\s]*)"?', file):
            if code not in known:
                place = _at(path, f'kg:{property} "{code}"')
                yield Flaw(place, f'CAMEO has no code "{code}".')
            if property == "cameo":
                carriers[code].append(name)
    for code, names in sorted(carriers.items()):
        if len(names) > 1:
            place = _at(homes[names[1]], f'kg:cameo "{code}"')
            yield Flaw(place, f'code "{code}" is carried by {names[0]}, too.')
        if code in coded:
            yield Flaw(row(code), f'code "{code}" is carried by {names[0]}: drop kg:codedAs.')
    for code in sorted(known - coded - set(carriers)):
        yield Flaw(row(code), f'code "{code}" stands for no type: give it kg:codedAs.')
    for code, above in re.findall(r'skos:notation "(\d+)"[^.]*?skos:broader kg:cameo-(\w+)', text):
        if above not in known:
            yield Flaw(row(code), f'code "{code}" stands below "{above}", which is no code.')
    for entry in schema.cameo.values():
        type = schema.types.get(entry.type)
        if type is None:
            yield Flaw(row(entry.code), f'code "{entry.code}": no event type {entry.type}.')
        elif entry.mode and (type.category or "", entry.mode) not in schema.modes:
            place, category = row(entry.code), type.category
            yield Flaw(place, f'code "{entry.code}": {category} has no mode {entry.mode}.')
        for context in entry.context:
            if context not in schema.contexts:
                yield Flaw(row(entry.code), f'code "{entry.code}": no context "{context}".')
    used = {(t.category, t.mode) for t in schema.types.values()}
    for category, mode in schema.modes:
        if (category, mode) not in used:
            place = _at(folder / "plover.ttl", f"kg:mode-{category}-{mode} ")
            yield Flaw(place, f"no event type has the mode {category} {mode}.")


def _tree(homes: dict[str, Path], schema: Schema) -> Iterator[Flaw]:
    """Superclasses exist and have the same category; other types that are named exist."""
    for name, path in homes.items():
        type = schema.types.get(name)
        if type is None:
            continue
        ancestors = schema.ancestors(name)
        place = _at(path, "rdfs:subClassOf")
        if name in ancestors:
            yield Flaw(place, f"{name} is its own superclass, by way of {ancestors[0]}.")
        elif not ancestors or ancestors[-1] != "Event":
            yield Flaw(place, "the superclasses do not lead up to kg:Event.")
        for parent in type.lineage[:1]:
            above = schema.types.get(parent)
            if above is None:
                yield Flaw(place, f"the superclass {parent} is no event type.")
                continue
            if above.category != type.category:
                yield Flaw(place, f"its superclass has the category {above.category}.")
            action, wider = (_local(t.action) for t in (type, above))
            if wider not in schema.broader.get(action, ()) and action != wider:
                here = _at(path, f"kg:{action} a ")
                yield Flaw(here, f"kg:{action} must be a sub-property of kg:{wider}.")
        for other in _named(type):
            if other not in schema.types:
                yield Flaw(_at(path, other), f"names {other}, which is no event type.")


def _classes(folder: Path, homes: dict[str, Path], schema: Schema) -> Iterator[Flaw]:
    """Other classes and properties are not above themselves, nor below what nobody declares."""
    where = places(folder)
    if not all((folder / needed).is_file() for needed in FILES):
        return
    for name, above in {**schema.parents, **schema.broader}.items():
        place = where.get(ONTOLOGY + name, f"{folder}")
        if name in homes:
            continue
        if name in above or name in schema.ancestors(name):
            yield Flaw(place, f"{name} is above itself.")
        for parent in above:
            if not parent.startswith("http") and ONTOLOGY + parent not in where:
                yield Flaw(place, f"{name} stands below {parent}, which is declared nowhere.")


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
                place = _at(homes[type.name], frame.text)
                yield Flaw(place, f'frame "{frame.text}" is in {other}, too.')


def _labels(folder: Path, schema: Schema) -> Iterator[Flaw]:
    names = defaultdict(list)
    where = places(folder)
    for name, label in schema.labels.items():
        names[label].append(name)
    for label, terms in sorted(names.items()):
        if len(terms) > 1:
            place = where.get(ONTOLOGY + terms[-1], f"{folder}")
            yield Flaw(place, f'{" and ".join(terms)} have the same label "{label}".')


def _sentences(name: str, home: Path, examples: list[Example], schema: Schema) -> Iterator[Flaw]:
    path = home.with_suffix(".toml")
    alike = [e for e in examples if e.type != name]
    if not path.is_file():
        return
    if len(examples) < FEWEST_SENTENCES:
        yield Flaw(f"{path}:1", f"{len(examples)} sentences; write at least {FEWEST_SENTENCES}.")
    if len(alike) < FEWEST_LOOKALIKES:
        yield Flaw(
            f"{path}:1",
            f"{len(alike)} sentences that look like {name} and are not; write at least "
            f"{FEWEST_LOOKALIKES}.",
        )
    own = [e for e in examples if e.type == name]
    if not any(e.status == "denied" for e in own):
        yield Flaw(f"{path}:1", "no sentence denies it; write at least one.")
    if not any("said_by" in e.spans for e in own):
        yield Flaw(f"{path}:1", "no sentence has said_by; write at least one.")
    for example in examples:
        place = f"{path}:{example.line}"
        if example.type is None:
            continue
        if example.type not in schema.types:
            yield Flaw(place, f"{example.type} is no event type.")
        triggers = example.spans.get("trigger", ())
        if len(triggers) != 1:
            yield Flaw(place, "mark one trigger.")
        elif len(triggers[0].text.split()) != 1:
            yield Flaw(place, "a trigger is one word: mark the first.")
        if not example.spans.keys() & {"actor", "target"}:
            yield Flaw(place, "mark an actor or a target.")
    for example in alike:
        if example.note is None:
            yield Flaw(f"{path}:{example.line}", f"say in a note why it is no {name}.")


def _repeated(examples: Iterable[Example]) -> Iterator[Flaw]:
    first: dict[str, Example] = {}
    for example in examples:
        other = first.setdefault(example.text, example)
        if other is not example:
            place = f"{example.path}:{example.line}"
            yield Flaw(place, f"the same sentence stands at {other.path}:{other.line}.")
