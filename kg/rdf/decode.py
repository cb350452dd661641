"""Quads of articles' named graphs → the articles and events they were made from.

Participants come back in the order of the text, contexts in alphabetical order: a graph
has no order of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import cast

import pyoxigraph as ox
from rdflib.term import URIRef

from kg.errors import StoreError
from kg.model import Article, Event, Magnitude, Participant, Span, Status
from kg.rdf.terms import DERIVED, ISSUED, LABEL, LANGUAGE, TITLE, TYPE, local
from kg.vocab import KG

_Facts = Mapping[str, Mapping[str, list[str]]]


def decode_events(
    quads: Iterable[ox.Quad], lineage: Mapping[str, tuple[str, ...]]
) -> Iterator[Event]:
    """The events that articles report, one per report, in the order of the text.

    Args:
        quads: One or many whole named graphs.
        lineage: Event type → its superclasses, to put those of an event in order.

    Raises:
        StoreError: A report lacks what every report has.
    """
    graphs: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        graphs[str(quad.graph_name)].append(quad)
    for name, graph in graphs.items():
        facts = _facts(graph)
        reports = [s for s, f in facts.items() if str(KG.reports) in f]
        try:
            events = [_event(facts, report, lineage) for report in reports]
        except (LookupError, ValueError) as error:
            raise StoreError(f"{name}: a report is broken ({error}). Build it again.") from error
        yield from sorted(events, key=lambda e: (e.sentence.start, e.trigger.start, e.id))


def decode_article(quads: Iterable[ox.Quad]) -> Article:
    """The article of one named graph.

    Raises:
        StoreError: The graph holds no article.
    """
    facts = _facts(quads)
    found = [s for s, f in facts.items() if str(KG.Article) in f.get(TYPE.value, ())]
    if not found:
        raise StoreError("the graph holds no article.")
    of = facts[found[0]]
    issued = _one(of, ISSUED.value)
    return Article(
        id=_the(of, KG.documentId),
        text=_the(of, KG.text),
        title=_one(of, TITLE.value),
        date=date.fromisoformat(issued) if issued else None,
        source=_one(of, KG.source),
        url=_one(of, KG.url),
        language=_one(of, LANGUAGE.value) or "en",
    )


def _event(facts: _Facts, report: str, lineage: Mapping[str, tuple[str, ...]]) -> Event:
    of = facts[report]
    iri = _the(of, KG.reports)
    event = facts[iri]
    kind = local(_the(event, KG.type))
    article = facts[_the(of, DERIVED.value)]
    broader = {local(t) for t in event[TYPE.value]} - {kind, "Event"}
    count = _one(of, KG.count)
    return Event(
        id=iri,
        document=_the(article, KG.documentId),
        category=_one(event, KG.category),
        mode=_one(event, KG.mode),
        context=tuple(sorted(event.get(str(KG.context), ()))),
        type=kind,
        # the narrower of two classes has more superclasses
        lineage=tuple(sorted(broader, key=lambda c: (-len(lineage.get(c, ())), c))),
        cameo=_one(event, KG.cameo),
        quad=int(_the(event, KG.quad)),
        score=float(_the(event, KG.score)),
        actor=_participants(facts, of, KG.actorMention),
        target=_participants(facts, of, KG.targetMention),
        trigger=_span(of, KG.trigger, KG.triggerStart, KG.triggerEnd),
        date=_one(event, KG.edtf),
        date_text=_span(of, KG.dateText, KG.dateTextStart, KG.dateTextEnd)
        if str(KG.dateText) in of
        else None,
        status=cast(Status, _the(event, KG.status)),
        said_by=next(iter(_participants(facts, of, KG.saidByMention)), None),
        place=next(iter(_participants(facts, of, KG.placeMention)), None),
        magnitude=Magnitude(float(count), _the(of, KG.unit)) if count else None,
        sentence=_span(of, KG.sentence, KG.sentenceStart, KG.sentenceEnd),
        confidence=float(_the(of, KG.confidence)),
        why=tuple(w for w in _the(of, KG.why).split("\n") if w),
    )


def _participants(
    facts: _Facts, report: Mapping[str, list[str]], role: URIRef
) -> tuple[Participant, ...]:
    found = [_participant(facts, facts[m]) for m in report.get(str(role), ())]
    return tuple(sorted(found, key=lambda p: (p.start, p.end, p.id)))


def _participant(facts: _Facts, mention: Mapping[str, list[str]]) -> Participant:
    iri = _the(mention, KG.refersTo)
    entity = facts[iri]
    span = _span(mention, KG.mentionText, KG.mentionStart, KG.mentionEnd)
    return Participant(
        id=iri,
        name=_the(entity, LABEL.value),
        code=_the(entity, KG.code),
        type=local(_the(entity, KG.type)),
        text=span.text,
        start=span.start,
        end=span.end,
        resolved=_the(entity, KG.resolved) == "true",
    )


def _span(of: Mapping[str, list[str]], text: URIRef, start: URIRef, end: URIRef) -> Span:
    return Span(_the(of, text), int(_the(of, start)), int(_the(of, end)))


def _facts(quads: Iterable[ox.Quad]) -> _Facts:
    facts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.Triple):
            facts[quad.subject.value][quad.predicate.value].append(quad.object.value)
    # plain dicts: a missing key must raise, not make an empty entry
    return {subject: dict(found) for subject, found in facts.items()}


def _one(of: Mapping[str, list[str]], key: str) -> str | None:
    values = of.get(str(key))
    return min(values) if values else None


def _the(of: Mapping[str, list[str]], key: str) -> str:
    return min(of[str(key)])
