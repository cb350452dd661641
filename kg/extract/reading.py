"""One article → its events: the order of the steps of extraction."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Doc, Token

from kg.extract import syntax
from kg.extract.attribution import said_by
from kg.extract.dates import DatePhrase, date_phrases, with_lead
from kg.extract.discourse import Discourse, Referent
from kg.extract.frames import Candidate, Lexicon, build_lexicon, candidates
from kg.extract.mentions import mentions
from kg.extract.participants import note_all, owners, participants, place
from kg.extract.scene import Scene
from kg.extract.status import status
from kg.gazetteer import Entity, Gazetteer
from kg.model import Article, Event, Extractor, Magnitude, Participant, Span, event_iri
from kg.schema import EventType, Schema
from kg.text import Parser, Sentence, sentences
from kg.text.sentences import dateline_date

_PLACES = frozenset({"City", "Region", "Place"})
_FAR = 5.0
"""Largest distance in the parse over which a date still belongs to a trigger."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that extraction needs to know; immutable, shared by all articles."""

    schema: Schema
    gazetteer: Gazetteer
    lexicon: Lexicon
    parse: Parser


@dataclass(frozen=True, slots=True)
class _Found:
    candidate: Candidate
    actor: tuple[Participant, ...]
    target: tuple[Participant, ...]
    rank: float


def make_extractor(
    schema: Schema, gazetteer: Gazetteer, parse: Parser, everything: bool = False
) -> Extractor:
    """An extractor for `kg.pipeline`.

    Args:
        everything: Also events outside PLOVER: statements, votes, elections.
    """
    knowledge = Knowledge(schema, gazetteer, build_lexicon(schema, everything), parse)
    return lambda article: extract(article, knowledge)


def extract(article: Article, knowledge: Knowledge) -> Iterator[Event]:
    """All events that an article reports, in the order of the text."""
    pieces = list(sentences(article))
    discourse = Discourse(article.date)
    anchor = article.date
    for sentence, doc in zip(pieces, knowledge.parse(s.text for s in pieces), strict=True):
        if sentence.place:
            discourse.home = _home(sentence.place, knowledge.gazetteer) or discourse.home
            anchor = dateline_date(sentence.place, article.date) or anchor
        scene = Scene(
            knowledge.gazetteer,
            discourse,
            sentence,
            doc,
            mentions(doc, knowledge.gazetteer),
            knowledge.schema.words["speech"],
        )
        note_all(scene)
        dates = list(date_phrases(sentence.text, article.date, anchor))
        for found in _events(doc, scene, knowledge):
            event = _event(found, dates, scene, knowledge, anchor)
            yield event
        if dates:
            anchor = dates[-1].begin
        discourse.sentence += 1


def _home(place: str, gazetteer: Gazetteer) -> Referent | None:
    for match in gazetteer.find(place.title() if place.isupper() else place.split(",")[0].title()):
        for entity, _ in match.candidates:
            if isinstance(entity, Entity) and entity.code in gazetteer.codes:
                state = gazetteer.codes[entity.code]
                return Referent(state.id, state.name, state.code, state.type)
    return None


def _events(doc: Doc, scene: Scene, knowledge: Knowledge) -> list[_Found]:
    """The readings of a sentence's triggers that survive each other."""
    chosen = [
        best
        for fitting in candidates(doc, knowledge.lexicon)
        if (best := _best(fitting, scene, knowledge.schema))
    ]
    consumed = {w.i for f in chosen for w in f.candidate.words}
    chosen = [f for f in chosen if f.candidate.trigger.i not in consumed]
    chosen = [f for f in chosen if not _is_content(f, chosen, knowledge.schema)]
    return _without_consequences(chosen, knowledge.schema)


def _without_consequences(chosen: list[_Found], schema: Schema) -> list[_Found]:
    """An attack and its toll are one event: "blew up the depot, killing two workers"."""
    merged = {f.candidate.trigger.i: f for f in chosen}
    for found in chosen:
        trigger = found.candidate.trigger
        cause = merged.get(trigger.head.i)
        if trigger.dep_ != "advcl" or trigger.tag_ != "VBG" or cause is None:
            continue
        kinds = [schema.types[f.candidate.frame.type].category for f in (found, cause)]
        if kinds[0] == kinds[1] and {a.id for a in found.actor} <= {a.id for a in cause.actor}:
            del merged[trigger.i]
            others = tuple(t for t in found.target if t.id not in {c.id for c in cause.target})
            merged[cause.candidate.trigger.i] = replace(cause, target=cause.target + others)
    return list(merged.values())


def _best(fitting: list[Candidate], scene: Scene, schema: Schema) -> _Found | None:
    """The reading of one trigger that asks most of the sentence and gets it.

    A role that its frame leaves open is taken from the next best frame of the same category.
    """
    readings = [found for c in fitting if (found := _resolve(c, scene, schema.types[c.frame.type]))]
    if not readings:
        return None
    readings.sort(key=lambda f: -f.rank)
    best = readings[0]
    category = schema.types[best.candidate.frame.type].category
    for other in readings[1:]:
        if schema.types[other.candidate.frame.type].category == category:
            best = _completed(best, other, schema.types[best.candidate.frame.type].two_sided)
    return best


def _completed(best: _Found, other: _Found, two_sided: bool) -> _Found:
    if two_sided and len(best.actor) < 2 and len(other.actor) > 1:
        return replace(best, actor=other.actor)
    if not best.actor and other.actor:
        best = replace(best, actor=other.actor)
    taken = {a.id for a in best.actor}
    if not two_sided and not best.target and not taken & {t.id for t in other.target}:
        best = replace(best, target=other.target)
    return best


def _resolve(candidate: Candidate, scene: Scene, type: EventType) -> _Found | None:
    """Participants of a reading; None where the words in its slots name nobody."""
    actor = _everyone(candidate.actor, scene)
    target = _others(_everyone(candidate.target, scene, not candidate.strict), actor)
    frame = candidate.frame
    if candidate.actor and not actor and not frame.noun:
        return None  # what does it is nobody: "a drug that kills", "the figures suggest"
    wanted = any(p.role == "target" and not p.optional for p in frame.parts)
    if wanted and not target:
        return None
    if all(t.type in _PLACES for t in target):
        # "closed the Russian consulate in Seattle" is about Russia
        aside = [p for w in candidate.words for p in owners(w, scene, before=True)]
        target = _others(aside, actor) or target
    if not target:
        target = _others(_owners(candidate, scene), actor)
    if not target and type.place_is_target and not type.two_sided:
        where = _place(candidate.trigger, scene)
        target = _others([where] if where else [], actor)
    if type.two_sided or frame.two_sided:
        actor, target = actor + target, []
    if (type.content or type.place_is_target) and not target and len(actor) < 2:
        target = _others(_content_target(candidate, scene), actor)
    if type.two_sided or frame.two_sided:
        if len(actor) < 2 and frame.noun:
            return None
    if frame.noun:
        # "the Katyn massacre": a place before a noun is where, not who
        actor = [a for a in actor if a.type not in _PLACES]
    if not actor and (not target or (frame.noun and not any(t.resolved for t in target))):
        return None
    rank = candidate.weight + 0.6 * bool(actor) + 0.6 * bool(target)
    rank += 0.05 * len(type.lineage)
    return _Found(candidate, tuple(actor), tuple(target), rank)


def _owners(candidate: Candidate, scene: Scene) -> list[Participant]:
    """Whose thing it is that a frame's fixed object names: "welcomed Baku's decision"."""
    for word in candidate.words:
        if word.dep_ in ("dobj", "nsubjpass", "pobj", "attr") and word.pos_ in ("NOUN", "PROPN"):
            found = participants(word, scene, loose=False) or owners(word, scene)
            if found:
                return found
    return []


def _content_target(candidate: Candidate, scene: Scene) -> list[Participant]:
    """Whom the content of a speech act concerns: "agreed to lift the ban on Kenya's tea"."""
    trigger = candidate.trigger
    clauses = [c for w in (trigger, *candidate.words) for c in syntax.complements(w)]
    for clause in clauses:
        places = syntax.objects(clause) + syntax.all_prepositional(clause)
        if syntax.is_passive(clause):
            places = [s for s in syntax.objects(clause)]
        for word in places:
            found = participants(word, scene)
            if found:
                return found
    return []


def _others(found: list[Participant], taken: list[Participant]) -> list[Participant]:
    return [p for p in found if p.id not in {t.id for t in taken}]


def _everyone(tokens: tuple[Token, ...], scene: Scene, loose: bool = True) -> list[Participant]:
    found: list[Participant] = []
    for token in tokens:
        found += [p for p in participants(token, scene, loose) if p.id not in {f.id for f in found}]
    return found


def _is_content(found: _Found, others: list[_Found], schema: Schema) -> bool:
    """Whether it is what somebody threatens, demands, promises: no event of its own."""
    trigger = found.candidate.trigger
    for other in others:
        head = other.candidate.trigger
        if other is found or not schema.types[other.candidate.frame.type].content:
            continue
        if head.i == trigger.i or not head.is_ancestor(trigger):
            continue
        path = [trigger, *[a for a in trigger.ancestors if head.is_ancestor(a)]]
        if any(t.dep_ in ("relcl", "nsubj", "nsubjpass", "conj") for t in path[-1:]):
            continue
        if any(t.dep_ in ("relcl", "advcl", "parataxis") for t in path):
            if not any(t.dep_ == "advcl" and syntax.has_to(t) for t in path):
                continue
        own = {a.id for a in found.actor} - {p.id for p in (*other.actor, *other.target)}
        stated = trigger.pos_ in ("NOUN", "PROPN") and own and found.candidate.actor
        if not stated:
            return True
    return False


def _event(
    found: _Found,
    dates: list[DatePhrase],
    scene: Scene,
    knowledge: Knowledge,
    anchor: date | None,
) -> Event:
    candidate, sentence = found.candidate, scene.sentence
    type = knowledge.schema.types[candidate.frame.type]
    trigger = candidate.trigger
    words = knowledge.schema.words
    factuality, why_status = status(trigger, type.default_status, words, type.content)
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in trigger.children)
    if type.planned_as and factuality in ("planned", "possible") and not perfect:
        type = knowledge.schema.types[type.planned_as]
    source, why_source = said_by(trigger, words["speech"], lambda t: participants(t, scene))
    if source and not type.content and type.category is None:
        source = None
    phrase = _date_of(trigger, dates, scene.doc, type.default_status == "planned")
    value = None
    if phrase is not None:
        if factuality == "planned" and not phrase.fixed and trigger.tag_ != "VBD":
            phrase = _future(phrase, sentence, scene)
        value = with_lead(
            phrase, sentence.article.date, factuality == "planned", type.name == "Expulsion"
        )
    announced = source and source.code in {a.code for a in found.actor}
    if type.announced_as and factuality == "planned" and announced:
        type, factuality, source = knowledge.schema.types[type.announced_as], "actual", None
    rule = f"frame: {candidate.frame.text} ({type.name})"
    return Event(
        id=event_iri(
            type.name,
            (p.id for p in found.actor),
            (p.id for p in found.target),
            value,
            factuality,
            sentence.article.id,
        ),
        document=sentence.article.id,
        category=type.category or "",
        mode=type.mode,
        context=type.context,
        type=type.name,
        lineage=type.lineage,
        cameo=type.cameo,
        quad=type.quad,
        score=type.score,
        actor=found.actor,
        target=found.target,
        trigger=_trigger_span(trigger, sentence),
        date=value,
        date_text=sentence.span(phrase.start, phrase.end) if phrase else None,
        status=factuality,
        said_by=source,
        place=_place(trigger, scene),
        magnitude=_magnitude(candidate.target or candidate.actor),
        sentence=sentence.span(0, len(sentence.text)),
        confidence=_confidence(found),
        why=tuple(w for w in (rule, why_status, why_source) if w),
    )


def _trigger_span(trigger: Token, sentence: Sentence) -> Span:
    end = trigger.i + 1
    if (
        end < len(trigger.doc)
        and trigger.doc[end].dep_ == "prt"
        and trigger.doc[end].head == trigger
    ):
        end += 1
    last = trigger.doc[end - 1]
    return sentence.span(trigger.idx, last.idx + len(last.text))


def _date_of(trigger: Token, dates: list[DatePhrase], doc: Doc, ahead: bool) -> DatePhrase | None:
    """The date phrase nearest to a trigger in the parse, if near enough.

    Args:
        ahead: The event is still to come, so a date beside a past verb ("agreed on Monday to
            meet") is that of the decision, not of the event.
    """
    best: tuple[float, DatePhrase] | None = None
    for phrase in dates:
        span = doc.char_span(phrase.start, phrase.end, alignment_mode="expand")
        if span is None or phrase.lead in ("before", "after"):
            continue
        if ahead and next(syntax.governing_verbs(span.root), trigger).tag_ == "VBD":
            continue
        distance = _distance(trigger, span.root)
        if distance <= _FAR and (best is None or distance < best[0]):
            best = (distance, phrase)
    return best[1] if best else None


def _distance(trigger: Token, word: Token) -> float:
    """Steps between two words in the parse; leaving or entering another clause costs more."""
    up = [trigger, *trigger.ancestors]
    down = [word, *word.ancestors]
    common = next((t for t in up if t in down), None)
    if common is None:
        return _FAR + 1
    cost = 0.0
    for path, into in ((up, False), (down, True)):
        for token in path[: path.index(common)]:
            cost += 1
            if token.dep_ in ("ccomp", "relcl", "advcl", "acl", "parataxis"):
                cost += 3 if into else 2
            elif token.dep_ == "conj" and token.pos_ == "VERB":
                cost += 2
    return cost


def _future(phrase: DatePhrase, sentence: Sentence, scene: Scene) -> DatePhrase:
    text = sentence.text[: phrase.end]
    published = sentence.article.date
    again = [
        p for p in date_phrases(text, published, published, future=True) if p.start == phrase.start
    ]
    return replace(again[0], lead=phrase.lead) if again else phrase


def _place(trigger: Token, scene: Scene) -> Participant | None:
    for base in (trigger, trigger.head):
        for child in base.children:
            if child.dep_ == "prep" and child.lower_ in ("in", "at", "near", "outside", "off"):
                for name in child.children:
                    if name.dep_ == "pobj":
                        return place(name, scene)
        if base.pos_ in ("VERB", "AUX"):
            break
    return None


def _magnitude(tokens: tuple[Token, ...]) -> Magnitude | None:
    for token in tokens:
        for child in token.children:
            if child.dep_ == "nummod" and child.text.replace(",", "").isdigit():
                return Magnitude(float(child.text.replace(",", "")), token.lemma_.lower())
    return None


def _confidence(found: _Found) -> float:
    """A first estimate: the more the frame asked for and got, the surer."""
    value = 0.45 + 0.06 * min(found.candidate.weight, 4.0)
    everyone = (*found.actor, *found.target)
    value += 0.1 * bool(found.actor) + 0.1 * bool(found.target)
    value -= 0.1 * any(not p.resolved for p in everyone)
    return round(min(max(value, 0.05), 0.95), 3)
