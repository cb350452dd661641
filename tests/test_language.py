"""The codebook sentences of the ontology, each read by the extractor as its marks say.

A sentence known to be read wrongly has `miss = "…"` in its TOML file, which says why; it fails
here as soon as it is read right, so that the mark goes.
"""

from datetime import date

import pytest

from kg.model import Article, Event, Span
from kg.pipeline import Settings, load_extractor
from kg.schema import Example, load_examples

EXAMPLES = list(load_examples())
DAY = date(2021, 12, 2)
PRONOUNS = frozenset({"it", "he", "she", "they"})

pytestmark = pytest.mark.slow


def name(example: Example) -> str:
    return f"{example.home}:{example.line}"


@pytest.fixture(scope="session")
def read(extractor, schema, gazetteer):
    """Reads one sentence; only those that are asked for, so that one type is tried in seconds."""
    # types outside PLOVER are read on request only, and would stand beside all others
    everything = load_extractor(Settings(everything=True, classifier=False), schema, gazetteer)

    def events(example: Example) -> list[Event]:
        outside = schema.types[example.home].category is None
        extract = everything if outside else extractor
        return list(extract(Article(name(example), example.text, date=DAY)))

    return events


@pytest.mark.parametrize("example", EXAMPLES, ids=name)
def test_sentence(example, read, schema, request):
    if example.miss:
        request.applymarker(pytest.mark.xfail(reason=example.miss, strict=True))
    found = read(example)
    if example.type is None:
        assert [e.type for e in found] == []
        return
    assert any(matches(event, example) for event in found), [
        (e.type, e.trigger.text, [p.text for p in e.actor], [p.text for p in e.target], e.status)
        for e in found
    ]


def matches(event: Event, example: Example) -> bool:
    """Type, trigger, status and participants as marked; a narrower type is right too."""
    spans = example.spans
    return (
        example.type in (event.type, *event.lineage)
        and event.status == example.status
        and covers(spans.get("trigger", ()), [event.trigger])
        and covers(spans.get("actor", ()), [*event.actor, *event.target], spans.get("said_by", ()))
        and covers(spans.get("target", ()), [*event.actor, *event.target], spans.get("said_by", ()))
    )


def covers(marked, found, named=()) -> bool:
    """Every marked phrase overlaps something found.

    A marked pronoun is found in the words that name whom it stands for: "{said_by:Oslo} said
    {actor:it} had expelled nobody".
    """
    return all(
        any(overlap(m, f) or (m.text in PRONOUNS and meets(f, named)) for f in found)
        for m in marked
    )


def meets(found, named) -> bool:
    return any(overlap(n, found) for n in named)


def overlap(one: Span, other) -> bool:
    return one.start < other.end and other.start < one.end
