"""The learned voice beside the lexicon: doubtful readings weighed, and pairs that no frame covers.

The lexicon decides what it is sure of. Where its frame asked for little, the classifier is heard,
a deed between two participants for which no frame stands may be added on its word, and a role that
a frame leaves open be filled.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.classifier import Classifier, Dyad, Prediction
from kg.extract import syntax
from kg.extract.choose import Reading, Types, mentioned
from kg.extract.frames import Candidate
from kg.extract.participants import participants
from kg.extract.scene import Scene
from kg.model import Participant
from kg.schema import EventType, Schema
from kg.schema.frames import Frame

SURE = 7.0
"""Rank from which a reading of the lexicon stands without asking."""
_TRUST = 2.5
"""How many nats a frame is worth against the classifier: it overrules at twelve times the odds."""
_ADD = 0.8
"""Probability from which it adds an event of its own."""
_FILL = 0.8
"""Probability from which it fills a role that the lexicon leaves open."""
_NEAREST = 2
"""Participants of a sentence who are tried in an open role."""
_NOTHING = 0.35
"""Probability that nothing is reported, above which it adds none."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The readings of a sentence before the classifier is heard.

    Attributes:
        found: What the lexicon reads.
        doubtful: Those of them about which the classifier is asked.
        added: Deeds that no frame covers, of which it may make events.
        filled: Those with an open role, each beside itself with somebody in it.
    """

    scene: Scene
    found: list[Reading]
    doubtful: list[Reading]
    added: list[Reading]
    filled: list[tuple[Reading, Reading]]


def draft(scene: Scene, found: list[Reading], types: Types) -> Draft:
    """What the classifier is to be asked about a sentence."""
    doubtful = [r for r in found if r.rank < SURE and r.actor and (r.target or len(r.actor) > 1)]
    added = list(_uncovered(scene, found, types))
    return Draft(scene, found, doubtful, added, list(_filled(scene, found, types)))


def heard(drafts: list[Draft], classifier: Classifier, schema: Schema) -> list[list[Reading]]:
    """The readings of each sentence after the classifier was asked about all of them at once."""
    asked = [(d, r) for d in drafts for r in (*d.doubtful, *d.added, *(f for _, f in d.filled))]
    answers = classifier([_dyad(r, d.scene) for d, r in asked])
    told = {id(r): answer for (_, r), answer in zip(asked, answers, strict=True)}
    heard_ones = []
    for one in drafts:
        kept = [_weigh(r, answer, schema) for r, answer in _completed(one, told, schema)]
        new = [n for r in one.added if (n := _accept(r, told[id(r)], schema))]
        heard_ones.append(sorted([*kept, *new], key=lambda r: r.candidate.trigger.i))
    return heard_ones


def _completed(
    one: Draft, told: Mapping[int, Prediction], schema: Schema
) -> Iterator[tuple[Reading, Prediction | None]]:
    """The readings of a sentence, their open roles filled if the classifier is sure of it."""
    for reading in one.found:
        category = schema.types[reading.type].category or ""
        options = [
            (told[id(f)].categories.get(category, 0.0) * (1 - told[id(f)].nothing), f)
            for r, f in one.filled
            if r is reading
        ]
        best, filled = max(options, key=lambda o: o[0], default=(0.0, reading))
        if best >= _FILL:
            role = "actor" if reading.target else "target"
            why = (*filled.why, f"classifier: {role} {best:.2f}")
            yield replace(filled, why=why), told[id(filled)]
        else:
            yield reading, told.get(id(reading))


def _filled(scene: Scene, found: list[Reading], types: Types) -> Iterator[tuple[Reading, Reading]]:
    """Readings with an open role, each with the others named in the sentence who may fill it."""
    for reading in found:
        type = types[reading.type]
        if not type.category or bool(reading.actor) == bool(reading.target):
            continue
        if type.two_sided or reading.candidate.frame.two_sided:  # no role is open
            continue
        for who in _others_named(reading, scene):
            if reading.actor:
                yield reading, replace(reading, target=(who,))
            else:
                yield reading, replace(reading, actor=(who,))


def _others_named(reading: Reading, scene: Scene) -> list[Participant]:
    """Those of other sides whom a sentence names, the nearest to the trigger first."""
    known = (*reading.actor, *reading.target)
    taken, sides = {p.id for p in known}, {p.code for p in known} - {"---"}
    found: list[tuple[int, Participant]] = []
    for mention in scene.mentions:
        head = scene.doc[mention.start : mention.end].root
        for who in participants(head, scene, loose=False)[:1]:
            if who.id not in taken and who.code not in sides:
                found.append((abs(head.i - reading.candidate.trigger.i), who))
    return [who for _, who in sorted(found, key=lambda pair: pair[0])[:_NEAREST]]


def weighed(told: Mapping[str, float], category: str | None, trust: float) -> Mapping[str, float]:
    """Probabilities of categories once the lexicon has spoken for one of them.

    Args:
        trust: What its word is worth, in nats.
    """
    raw = {name: p * (math.exp(trust) if name == category else 1.0) for name, p in told.items()}
    whole = sum(raw.values())
    return {name: p / whole for name, p in raw.items()}


def type_for(category: str, mode: str | None, schema: Schema) -> EventType:
    """The most general event type of a category and mode."""
    fitting = [t for t in schema.types.values() if t.category == category]
    own = [t for t in fitting if mode and t.mode == mode] or fitting
    return min(own, key=lambda t: (len(t.lineage), t.name))


def _weigh(found: Reading, told: Prediction | None, schema: Schema) -> Reading:
    if told is None:
        return found
    category = schema.types[found.type].category
    voice = f"classifier: {told.category} {told.confidence:.2f}"
    agree = told.categories.get(category or "", 0.0)
    probabilities = weighed(told.categories, category, _TRUST)
    if category is None or max(probabilities, key=lambda c: probabilities[c]) == category:
        return replace(found, why=(*found.why, voice), agreement=agree)
    type = type_for(told.category, told.mode, schema)
    why = (f"not the lexicon's {found.type}", *found.why[1:], voice)
    return replace(found, type=type.name, why=why, agreement=told.confidence)


def _accept(found: Reading, told: Prediction, schema: Schema) -> Reading | None:
    if told.nothing > _NOTHING or told.confidence * (1 - told.nothing) < _ADD:
        return None
    type = type_for(told.category, told.mode, schema)
    actor, target = found.actor, found.target
    if type.two_sided:
        actor, target = actor + target, ()
    voice = f"classifier: {told.category} {told.confidence:.2f}, no frame"
    return replace(
        found, type=type.name, actor=actor, target=target, why=(voice,), agreement=told.confidence
    )


def _uncovered(scene: Scene, found: list[Reading], types: Types) -> Iterator[Reading]:
    """Deeds between two participants for which the lexicon has no frame."""
    taken = {w.i for r in found for w in (r.candidate.trigger, *r.candidate.words)}
    heads = [r.candidate.trigger for r in found]
    for verb in scene.doc:
        if verb.pos_ != "VERB" or verb.i in taken or not _tells(verb, scene):
            continue
        inside = any(h.is_ancestor(verb) for h in heads)
        around = any(verb.is_ancestor(h) and h.dep_ not in ("relcl", "advcl") for h in heads)
        if inside or around:
            continue
        actor = [p for s in syntax.subjects(verb) for p in participants(s, scene, loose=False)]
        if not actor:
            continue
        candidate = Candidate(_NO_FRAME, verb, (), (), (), 0.0)
        target = _aimed_at(candidate, verb, scene, actor)
        if target:
            yield Reading(candidate, "", tuple(actor), tuple(target), 0.0, ())


def _aimed_at(
    candidate: Candidate, verb: Token, scene: Scene, actor: list[Participant]
) -> list[Participant]:
    own, codes = {a.id for a in actor}, {a.code for a in actor}
    for thing in syntax.objects(verb):
        direct = [p for p in participants(thing, scene) if p.id not in own]
        if direct:
            return direct
    return [p for p in mentioned(candidate, scene, codes) if p.id not in own]


def _tells(verb: Token, scene: Scene) -> bool:
    """Whether a verb may report a deed: no mere saying, no part of another verb's form."""
    if verb.dep_ in ("aux", "auxpass", "amod", "compound", "csubj"):
        return False
    lemma = verb.lemma_.lower()
    return lemma not in scene.words["speech"] and lemma not in scene.words["idle"]


def _dyad(found: Reading, scene: Scene) -> Dyad:
    """The reading as the classifier takes it: the clean sentence with its spans."""
    text = scene.sentence.text
    actor, target = found.actor, found.target
    if not target:
        actor, target = actor[:1], actor[1:]
    trigger = found.candidate.trigger
    return Dyad(
        text,
        scene.places(actor),
        scene.places(target),
        ((trigger.idx, trigger.idx + len(trigger.text)),),
    )


_NO_FRAME = Frame(
    text="", type="", trigger=frozenset(), noun=False, subject=None, subject_words=frozenset(),
    parts=(), two_sided=False, needed=(),
)  # fmt: skip
