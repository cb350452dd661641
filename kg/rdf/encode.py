"""An article and its events → the quads of the article's named graph.

The same input gives the same quads in the same order, on every machine.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations, product

import pyoxigraph as ox

from kg.model import Article, Event, Participant, article_iri, participants
from kg.rdf.articles import Run, article_facts, fingerprint, run_facts, run_node
from kg.rdf.dates import date_literals
from kg.rdf.terms import (
    DERIVED,
    GENERATED,
    LABEL,
    TYPE,
    Fact,
    concept,
    decimal,
    digest,
    integer,
    node,
    truth,
)
from kg.vocab import BASE, KG


@dataclass(frozen=True, slots=True)
class Meaning:
    """What encoding needs to know of the ontology.

    Attributes:
        actions: Event type → IRI of its action property.
        lineage: Entity class → all its superclasses, local names, nearest first.
        two_sided: Event types in which all sides are actors.
        broader: IRI of a property → IRIs of all its super-properties.
    """

    actions: Mapping[str, str]
    lineage: Mapping[str, tuple[str, ...]]
    two_sided: frozenset[str]
    broader: Mapping[str, tuple[str, ...]]


def encode_article(
    article: Article,
    events: Iterable[Event],
    run: Run,
    meaning: Meaning,
    base: str = BASE,
) -> Iterator[ox.Quad]:
    """All quads of one article's named graph: the article, its events, reports and entities.

    Args:
        article: As it was read.
        events: What was found in it.
        run: What found it.
        meaning: The ontology's part.
        base: Namespace of the instances.

    Yields:
        Each quad once, the fingerprint of the article last.

    Raises:
        KeyError: An event's type has no action property.
        ValueError: A participant's id is no IRI.
    """
    graph = node(article_iri(article.id, base))
    facts: dict[Fact, None] = dict.fromkeys(run_facts(run, base))
    facts.update(dict.fromkeys(article_facts(article, graph)))
    source = _Source(article.id, graph, run_node(run, base), base)
    for event in events:
        facts.update(dict.fromkeys(_event(event, meaning)))
        facts.update(dict.fromkeys(_report(event, source)))
        for who in participants(event):
            facts.update(dict.fromkeys(_entity(who, meaning)))
    # broader classes and properties are written out: `?e a kg:Sanction` must find expulsions, and
    # `?a kg:actedOn ?b` whatever was done, in any store and without a path that is slow
    for subject, property, value in list(facts):
        for above in meaning.broader.get(property.value, ()):
            facts[subject, node(above), value] = None
    for fact in facts:
        yield ox.Quad(*fact, graph)
    yield ox.Quad(graph, _FINGERPRINT, ox.Literal(fingerprint(article, run)), graph)


@dataclass(frozen=True, slots=True)
class _Source:
    document: str
    article: ox.NamedNode
    run: ox.NamedNode
    base: str


_FINGERPRINT = node(KG.fingerprint)
_ENTITY_NAME, _CODE, _RESOLVED, _KIND = LABEL, node(KG.code), node(KG.resolved), node(KG.type)
_EDTF = node(KG.edtf)
_DATES = {"date": node(KG.date), "begin": node(KG.begin), "end": node(KG.end)}
_ROLES = {
    "actor": (node(KG.actor), node(KG.actorMention), node(KG.actorText)),
    "target": (node(KG.target), node(KG.targetMention), node(KG.targetText)),
    "saidBy": (node(KG.saidBy), node(KG.saidByMention), None),
    "place": (node(KG.place), node(KG.placeMention), None),
}
_SPANS = {
    "sentence": (node(KG.sentence), node(KG.sentenceStart), node(KG.sentenceEnd)),
    "trigger": (node(KG.trigger), node(KG.triggerStart), node(KG.triggerEnd)),
    "date_text": (node(KG.dateText), node(KG.dateTextStart), node(KG.dateTextEnd)),
}
_MENTION = (node(KG.mentionText), node(KG.mentionStart), node(KG.mentionEnd))
_REPORTS, _CONFIDENCE, _WHY = node(KG.reports), node(KG.confidence), node(KG.why)
_COUNT, _UNIT, _REFERS_TO = node(KG.count), node(KG.unit), node(KG.refersTo)
_STATUS, _CATEGORY, _MODE = node(KG.status), node(KG.category), node(KG.mode)
_CONTEXT, _CAMEO, _QUAD, _SCORE = node(KG.context), node(KG.cameo), node(KG.quad), node(KG.score)


def _event(event: Event, meaning: Meaning) -> Iterator[Fact]:
    subject = node(event.id)
    yield subject, _KIND, concept(event.type)
    for name in (event.type, *event.lineage, "Event"):
        yield subject, TYPE, concept(name)
    yield subject, LABEL, ox.Literal(_label(event), language="en")
    for role, entities in (("actor", event.actor), ("target", event.target)):
        for who in entities:
            yield subject, _ROLES[role][0], node(who.id)
    if event.place:
        yield subject, _ROLES["place"][0], node(event.place.id)
    if event.date is not None:
        yield subject, _EDTF, ox.Literal(event.date)
        for name, literal in date_literals(event.date).items():
            yield subject, _DATES[name], literal
    yield subject, _STATUS, ox.Literal(event.status)
    yield subject, _SCORE, decimal(event.score)
    if event.category is not None:
        yield subject, _CATEGORY, ox.Literal(event.category)
    yield subject, _QUAD, integer(event.quad)
    if event.mode is not None:
        yield subject, _MODE, ox.Literal(event.mode)
    if event.cameo is not None:
        yield subject, _CAMEO, ox.Literal(event.cameo)
    for context in event.context:
        yield subject, _CONTEXT, ox.Literal(context)
    yield from _actions(event, meaning)


def _actions(event: Event, meaning: Meaning) -> Iterator[Fact]:
    """The plain triples: only what has happened may be read as a fact."""
    if event.status != "actual":
        return
    action = node(meaning.actions[event.type])
    pairs: Iterable[tuple[Participant, Participant]] = product(event.actor, event.target)
    if not event.target and event.type in meaning.two_sided:
        pairs = permutations(event.actor, 2)
    for one, other in pairs:
        if one.id != other.id:
            yield node(one.id), action, node(other.id)


def _label(event: Event) -> str:
    """`Expulsion: Russia → United States, 2021-12-01 (denied)`."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", event.type).capitalize()
    sides = [_names(side) for side in (event.actor, event.target)]
    who = " → ".join(sides) if sides[1] else sides[0]
    label = f"{words}: {who}" if who else words
    if event.date is not None:
        label += f", {event.date}"
    return label if event.status == "actual" else f"{label} ({event.status})"


def _names(entities: tuple[Participant, ...]) -> str:
    # sorted: another article that tells the same event in another order has the same label
    return ", ".join(sorted({who.name for who in entities}))


def _report(event: Event, source: _Source) -> Iterator[Fact]:
    trigger, sentence = event.trigger, event.sentence
    key = (source.document, event.id, sentence.start, trigger.start, trigger.end)
    subject = node(f"{source.base}report/{digest(*key)}")
    yield subject, TYPE, node(KG.Report)
    yield subject, _REPORTS, node(event.id)
    yield subject, DERIVED, source.article
    yield subject, GENERATED, source.run
    for name, span in (
        ("sentence", sentence),
        ("trigger", trigger),
        ("date_text", event.date_text),
    ):
        if span is not None:
            text, start, end = _SPANS[name]
            yield subject, text, ox.Literal(span.text)
            yield subject, start, integer(span.start)
            yield subject, end, integer(span.end)
    yield subject, _CONFIDENCE, decimal(event.confidence)
    yield subject, _WHY, ox.Literal("\n".join(event.why))
    if event.magnitude is not None:
        yield subject, _COUNT, decimal(event.magnitude.count)
        yield subject, _UNIT, ox.Literal(event.magnitude.unit)
    if event.said_by is not None:
        yield subject, _ROLES["saidBy"][0], node(event.said_by.id)
    yield from _mentions(event, subject, source)


def _mentions(event: Event, report: ox.NamedNode, source: _Source) -> Iterator[Fact]:
    roles = (
        *(("actor", who) for who in event.actor),
        *(("target", who) for who in event.target),
        ("saidBy", event.said_by),
        ("place", event.place),
    )
    for role, who in roles:
        if who is None:
            continue
        _, mentions, words = _ROLES[role]
        # one span may stand for several entities ("the two leaders"), so both make the key
        key = digest(source.document, who.start, who.end, who.id)
        mention = node(f"{source.base}mention/{key}")
        yield report, mentions, mention
        if words:
            yield report, words, ox.Literal(who.text)
        yield mention, TYPE, node(KG.Mention)
        yield mention, _REFERS_TO, node(who.id)
        text, start, end = _MENTION
        yield mention, text, ox.Literal(who.text)
        yield mention, start, integer(who.start)
        yield mention, end, integer(who.end)


def _entity(who: Participant, meaning: Meaning) -> Iterator[Fact]:
    subject = node(who.id)
    yield subject, _KIND, concept(who.type)
    for name in (who.type, *meaning.lineage.get(who.type, ())):
        yield subject, TYPE, concept(name)
    yield subject, _ENTITY_NAME, ox.Literal(who.name, language="en")
    yield subject, _CODE, ox.Literal(who.code)
    yield subject, _RESOLVED, truth(who.resolved)
