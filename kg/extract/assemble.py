"""A reading of a sentence → the `Event` that leaves the extractor."""

from dataclasses import replace

from spacy.tokens import Token

from kg.extract.attribution import said_by
from kg.extract.choose import Reading, place_of
from kg.extract.confidence import confidence
from kg.extract.dates import DatePhrase
from kg.extract.participants import participants
from kg.extract.scene import Scene
from kg.extract.status import status
from kg.extract.timing import date_of, deadline_of, interval
from kg.model import Event, Magnitude, Participant, Span, Status, event_iri
from kg.schema import EventType, Schema

_AHEAD = frozenset({"will", "would", "wo", "shall", "'ll"})


def assemble(reading: Reading, dates: list[DatePhrase], scene: Scene, schema: Schema) -> Event:
    """Add to a reading what is said about it: status, source, date, place, size, confidence."""
    reading = replace(reading, actor=_acting(reading.actor, scene))
    trigger, sentence = reading.candidate.trigger, scene.sentence
    type = schema.types[reading.type]
    factuality, why_status = status(trigger, type.default_status, schema.words, type.content)
    source, why_source = said_by(trigger, schema.words["speech"], lambda t: participants(t, scene))
    when = date_of(
        trigger,
        dates,
        scene,
        ahead=type.default_status == "planned",
        future=factuality == "planned" and trigger.tag_ != "VBD",
        told=type.content or type.announced_as is not None,
    )
    planned = factuality == "planned"
    deadline = deadline_of(trigger, dates, scene) if planned or type.ordered else None
    value = interval(when, deadline, sentence.article.date, planned)
    type, factuality, source = _as_told(type, factuality, source, reading, schema)
    told = f"as told: {reading.type} is {type.name}" if type.name != reading.type else None
    text = when or deadline
    return Event(
        id=identity(type.name, reading, value, factuality, sentence.article.id),
        document=sentence.article.id,
        category=type.category,
        mode=type.mode,
        context=type.context,
        type=type.name,
        lineage=type.lineage,
        cameo=type.cameo,
        quad=type.quad,
        score=type.score,
        actor=reading.actor,
        target=reading.target,
        trigger=_trigger_span(trigger, scene),
        date=value,
        date_text=sentence.span(text.start, text.end) if text else None,
        status=factuality,
        said_by=source,
        place=place_of(trigger, scene),
        magnitude=_magnitude(reading.candidate.target or reading.candidate.actor),
        sentence=sentence.span(0, len(sentence.text)),
        confidence=confidence(reading),
        why=tuple(w for w in (*reading.why, why_status, told, why_source) if w),
    )


def _acting(actors: tuple[Participant, ...], scene: Scene) -> tuple[Participant, ...]:
    """Equipment that acts stands for its state: Colombian aircraft, an Iranian gunboat."""
    found: dict[str, Participant] = {}
    for who in actors:
        owner = scene.gazetteer.codes.get(who.code) if who.type == "Equipment" else None
        if owner is not None:
            who = replace(who, id=owner.id, name=owner.name, type=owner.type, resolved=True)
        found.setdefault(who.id, who)
    return tuple(found.values())


def identity(
    type: str, sides: Reading | Event, date: str | None, status: str, document: str
) -> str:
    """IRI of the world event that these values name."""
    return event_iri(
        type, (p.id for p in sides.actor), (p.id for p in sides.target), date, status, document
    )


def _as_told(
    type: EventType, status: Status, source: Participant | None, reading: Reading, schema: Schema
) -> tuple[EventType, Status, Participant | None]:
    """Type, status and source once it is clear whether the event is still to come.

    A meeting to come is a planned meeting; what its own actor says it will give is a promise, and
    what it will not give a refusal.
    """
    trigger = reading.candidate.trigger
    ahead = {c.lower_ for c in trigger.children if c.dep_ == "aux"} & _AHEAD
    if type.refused_as and status == "denied" and ahead and trigger.pos_ == "VERB":
        own = source is not None and source.code in {a.code for a in reading.actor}
        return schema.types[type.refused_as], "actual", None if own else source
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in trigger.children)
    if type.planned_as and status in ("planned", "possible") and not perfect:
        type = schema.types[type.planned_as]
    own = source is not None and source.code in {a.code for a in reading.actor}
    if type.announced_as not in (None, type.name) and status == "planned" and own:
        return schema.types[type.announced_as or type.name], "actual", None
    return type, status, source


def _trigger_span(trigger: Token, scene: Scene) -> Span:
    end = trigger.i + 1
    if (
        end < len(trigger.doc)
        and trigger.doc[end].dep_ == "prt"
        and trigger.doc[end].head == trigger
    ):
        end += 1
    last = trigger.doc[end - 1]
    return scene.sentence.span(trigger.idx, last.idx + len(last.text))


def _magnitude(tokens: tuple[Token, ...]) -> Magnitude | None:
    for token in tokens:
        for child in token.children:
            if child.dep_ == "nummod" and child.text.replace(",", "").isdigit():
                return Magnitude(float(child.text.replace(",", "")), token.lemma_.lower())
    return None
