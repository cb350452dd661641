"""Sentences of the ontology → dyads with labels, enlarged by checked variation."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.classifier.inputs import Dyad
from kg.schema import Example, Schema, load_examples, load_training

NOTHING = "none"


@dataclass(frozen=True)
class Labelled:
    """A dyad and what is right for it; `status` is None where nothing is reported."""

    dyad: Dyad
    category: str
    mode: str
    status: str | None
    group: str


def labelled(schema: Schema) -> list[Labelled]:
    """All dyads that the sentences give, in a fixed order."""
    found: list[Labelled] = []
    for example in (*load_examples(), *load_training()):
        found += _of_example(example, schema)
    return found


def _of_example(example: Example, schema: Schema) -> Iterator[Labelled]:
    spans = {
        role: tuple((s.start, s.end) for s in marked) for role, marked in example.spans.items()
    }
    actor, target = spans.get("actor", ()), spans.get("target", ())
    trigger, source = spans.get("trigger", ()), spans.get("said_by", ())
    if not actor and not target:
        return
    group = example.text  # several dyads of one sentence are learned or held out together
    if example.type is None:
        if actor and target:
            yield Labelled(Dyad(example.text, actor, target), NOTHING, "", None, group)
        return
    type = schema.types[example.type]
    if type.category is None:
        return
    row = Labelled(
        Dyad(example.text, actor, target, trigger),
        type.category,
        type.mode or "",
        example.status,
        group,
    )
    if actor and target:
        yield row
        # nothing is done in the other direction, if only one side acts; some of these will do
        if not type.two_sided and len(example.text) % 4 == 0:
            yield _nothing(row, target, actor)
    elif len(actor) > 1:
        for one, other in ((actor[:1], actor[1:]), (actor[1:], actor[:1])):
            yield replace(row, dyad=replace(row.dyad, actor=one, target=other))
    elif actor:
        yield row
    if source and target and len(example.text) % 2:
        yield _nothing(row, source, target)
    elif source and actor and len(example.text) % 4 == 2:
        yield _nothing(row, source, actor)


def _nothing(row: Labelled, actor: tuple, target: tuple) -> Labelled:
    return Labelled(Dyad(row.dyad.text, actor, target), NOTHING, "", None, row.group)


# fmt: off
_SAYERS = [
    "officials said",
    "state media reported",
    "a spokesman said",
    "the ministry said in a statement",
    "local media reported on Tuesday",
    "according to diplomats",
    "the news agency reported",
    "witnesses said",
    "a source told reporters",
    "Reuters reported",
    "analysts said",
]
_OPENERS = [
    "Officials said that ",
    "State television reported that ",
    "In the capital, ",
    "Meanwhile, ",
    "According to local reports, ",
    "On Monday, ",
    "Earlier this week, ",
    "In a statement, it was said that ",
    "KABUL -- ",
    "GENEVA (AP) -- ",
    "Last year, ",
    "In March 2004, ",
    "The agency reported that ",
]
_TRAILERS = [
    ", days after talks broke down",
    ", as tensions in the region grew",
    ", despite calls for restraint",
    ", in what observers called a turning point",
    " amid a worsening crisis",
    ", the first such step in years",
    ", ahead of elections due next month",
    " following weeks of negotiations",
    ", local media said",
]


def varied(rows: Iterable[Labelled], seed: int, names: list[str]) -> Iterator[Labelled]:
    """One variation of each dyad that leaves its label as it is.

    Names in the marked spans are swapped for others of one word; the sentence is embedded under a
    source, opened or closed by a phrase that reports no event between the two.
    """
    pick = random.Random(seed)
    for row in rows:
        dyad = row.dyad
        kind = pick.random()
        if kind < 0.45:
            dyad = _renamed(dyad, names, pick)
        elif kind < 0.65 and dyad.text.rstrip().endswith("."):
            dyad = replace(dyad, text=dyad.text.rstrip()[:-1] + pick.choice(_TRAILERS) + ".")
        elif kind < 0.85:
            dyad = _opened(dyad, pick.choice(_OPENERS))
        elif dyad.text.rstrip().endswith("."):
            dyad = replace(dyad, text=dyad.text.rstrip()[:-1] + ", " + pick.choice(_SAYERS) + ".")
        if pick.random() < 0.5:
            dyad = replace(dyad, trigger=())
        yield replace(row, dyad=dyad)


def _opened(dyad: Dyad, words: str) -> Dyad:
    first = dyad.text[:1]
    inner = (
        first.lower()
        if re.match(r"(?:The|A|An|Its|His|Her|On|In|At|After|When)\b", dyad.text)
        else first
    )

    def move(spans: tuple) -> tuple:
        return tuple((s + len(words), e + len(words)) for s, e in spans)

    return Dyad(
        words + inner + dyad.text[1:], move(dyad.actor), move(dyad.target), move(dyad.trigger)
    )


def _renamed(dyad: Dyad, names: list[str], pick: random.Random) -> Dyad:
    """Single capitalised names in marked spans, each replaced by another name of a state."""
    known = set(names)
    edits = []
    for start, end in (*dyad.actor, *dyad.target):
        for word in re.finditer(r"[A-Z][a-z]+", dyad.text[start:end]):
            if word[0] in known:
                edits.append((start + word.start(), start + word.end(), pick.choice(names)))
    for start, end, name in sorted(edits, reverse=True):
        grown = len(name) - (end - start)

        def move(spans: tuple, start: int = start, end: int = end, grown: int = grown) -> tuple:
            return tuple(
                (s + grown if s >= end else s, e + grown if e >= end else e) for s, e in spans
            )

        dyad = Dyad(
            dyad.text[:start] + name + dyad.text[end:],
            move(dyad.actor),
            move(dyad.target),
            move(dyad.trigger),
        )
    return dyad
