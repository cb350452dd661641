"""Files of Turtle → what all of them together say of each subject."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import SchemaError
from kg.schema.paths import read_turtle
from kg.vocab import ONTOLOGY, PREFIXES

Facts = dict[str, list[str]]
"""Property, by its local name if it is ours → values."""
_TYPE = PREFIXES["rdf"] + "type"
_ADDED = frozenset({PREFIXES["skos"] + "altLabel", PREFIXES["owl"] + "sameAs"})
"""What a file may say of somebody whom another file defines."""


def gather(paths: Iterable[Path], partly: bool) -> dict[str, tuple[Facts, Path]]:
    """What the files say of each subject, and where it is defined.

    Args:
        partly: One file is missing, and with it some to whom the others add.
    """
    found: dict[str, tuple[Facts, Path]] = {}
    added: list[tuple[str, Facts, Path]] = []
    for path in paths:
        for subject, facts in _subjects(path):
            if facts.keys() <= _ADDED:
                added.append((subject, facts, path))
            elif _TYPE not in facts:
                raise _no_class(subject, path)
            elif subject in found:
                place = place_of(path, subject)
                raise SchemaError(f"{place}: {subject} is in {found[subject][1]}, too.")
            else:
                found[subject] = facts, path
    for subject, facts, path in added:
        if subject in found:
            for key, values in facts.items():
                known = found[subject][0].setdefault(key, [])
                known += [v for v in values if v not in known]
        elif not partly:
            raise _no_class(subject, path)
    return found


def _no_class(subject: str, path: Path) -> SchemaError:
    place = place_of(path, subject)
    return SchemaError(f"{place}: {subject} has no class. Write what it is: a kg:State …")


def _subjects(path: Path) -> Iterator[tuple[str, Facts]]:
    facts: dict[str, Facts] = {}
    subject: object = None
    about: Facts = {}
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
    yield from facts.items()


def place_of(path: Path, subject: str) -> str:
    """File and line in which something is named first."""
    name = re.escape(re.split(r"[/#]", subject)[-1]) or "$^"
    named = re.compile(rf"(?:[:/#]){name}(?![\w-])")
    lines = path.read_text(encoding="utf-8").splitlines()
    return f"{path}:{next((i for i, line in enumerate(lines, 1) if named.search(line)), 1)}"
