"""Which date of a sentence belongs to which event."""

import re
from dataclasses import replace
from datetime import date

from spacy.tokens import Token

from kg.extract import syntax
from kg.extract.dates import DatePhrase, date_phrases
from kg.extract.scene import Scene

_FAR = 5.0
"""Largest distance in the parse over which a date still belongs to a trigger."""
_BEFORE_OR_AFTER = frozenset({"had", "has", "have", "would", "will", "could", "may", "might"})
"""Auxiliaries that part the time of a deed from the time of its telling."""
_COUNT = re.compile(
    r"(?P<count>(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r" (?:day|week|month|year)s?) *$",
    re.IGNORECASE,
)
_APART = 4.0
"""Cost of a step into or out of another statement."""


def date_of(
    trigger: Token,
    dates: list[DatePhrase],
    scene: Scene,
    ahead: bool,
    future: bool,
    told: bool = False,
) -> DatePhrase | None:
    """The date phrase nearest to a trigger in the parse, if near enough.

    Args:
        dates: All date phrases of the sentence.
        ahead: The event is by its class still to come, so a date beside a past verb ("agreed on
            Monday to meet") is that of the decision, not of the event.
        future: It is planned: read a bare weekday as the next one.
        told: The event is what somebody says, and has the date of the saying.
    """
    best: tuple[float, DatePhrase] | None = None
    for phrase in dates:
        root = _root(phrase, scene)
        if root is None or phrase.lead in ("before", "after", "by", "within"):
            continue
        governor = next(syntax.governing_verbs(root), trigger)
        if ahead and governor.tag_ == "VBD":
            continue
        if governor.i != trigger.i and not told and _is_of_saying(governor, trigger, scene):
            continue
        distance = _distance(trigger, root)
        if distance <= _FAR and (best is None or distance < best[0]):
            best = (distance, phrase)
    if best is None or best[0] >= _APART:
        counted = _counted(trigger, dates, scene)
        if counted is not None:
            return counted
    if best is None:
        return None
    return _next(best[1], scene) if future and not best[1].fixed else best[1]


def _is_of_saying(verb: Token, trigger: Token, scene: Scene) -> bool:
    """Whether a date is that of saying alone: "said on Sunday that Mali had massed troops"."""
    clause = next((a for a in (trigger, *trigger.ancestors) if a.head.i == verb.i), None)
    if clause is None or clause.dep_ not in ("ccomp", "parataxis"):
        return False
    if verb.lemma_.lower() not in scene.words["speech"]:
        return False
    helpers = {c.lower_ for c in trigger.children if c.dep_ in ("aux", "auxpass")}
    return bool(helpers & _BEFORE_OR_AFTER)


def _counted(trigger: Token, dates: list[DatePhrase], scene: Scene) -> DatePhrase | None:
    """The date of a clause that is counted from another: "on Friday, a day after Mali shelled"."""
    for mark in trigger.children:
        if mark.dep_ not in ("mark", "prep") or mark.lower_ not in ("after", "before"):
            continue
        count = _COUNT.search(scene.sentence.text, 0, mark.idx)
        anchor = next((d for d in dates if d.end <= (count.start() if count else 0)), None)
        anchor = anchor or next((d for d in dates if d.lead is None), None)
        if count is None or anchor is None or anchor.begin != anchor.last:
            continue
        way = "earlier" if mark.lower_ == "after" else "later"
        phrase = f"{count['count']} {way}"
        found = next(date_phrases(phrase, anchor.begin, anchor.begin), None)
        if found is not None:
            return replace(found, start=count.start(), end=count.end())
    return None


def deadline_of(trigger: Token, dates: list[DatePhrase], scene: Scene) -> DatePhrase | None:
    """The date by which an ordered or planned thing is to be done: "by Jan. 31"."""
    for phrase in dates:
        root = _root(phrase, scene)
        if phrase.lead in ("by", "within", "until") and root is not None:
            if trigger.is_ancestor(root) or _distance(trigger, root) <= _FAR:
                return phrase
    return None


def interval(
    when: DatePhrase | None, deadline: DatePhrase | None, published: date | None, planned: bool
) -> str | None:
    """EDTF of an event from its date and its deadline.

    "By X" of something planned runs from the day of publication to X.
    """
    if deadline is not None:
        begin = when.begin if when else published if planned else None
        begin = begin if begin and begin <= deadline.last else None
        return f"{begin.isoformat() if begin else '..'}/{deadline.last.isoformat()}"
    if when is None:
        return None
    return f"{when.edtf}/.." if when.lead == "since" else when.edtf


def _root(phrase: DatePhrase, scene: Scene) -> Token | None:
    span = scene.doc.char_span(phrase.start, phrase.end, alignment_mode="expand")
    if span is None:
        return None
    root: Token = span.root
    counts = root.dep_ == "nummod" and root.head.tag_ in ("NNS", "NNPS")
    return None if counts and phrase.edtf.isdigit() else root  # "2000 troops" is no year


def _distance(trigger: Token, word: Token) -> float:
    """Steps between two words in the parse; leaving or entering another statement costs more."""
    up = [trigger, *trigger.ancestors]
    down = [word, *word.ancestors]
    common = next((t for t in up if t in down), None)
    if common is None:
        return _FAR + 1
    cost = 0.0
    for token in up[: up.index(common)]:
        cost += 1 + _leaving(token, word)
    for token in down[: down.index(common)]:
        entering = token.dep_ in ("ccomp", "relcl", "advcl", "acl", "parataxis")
        cost += 1 + _APART * (entering or _is_second_verb(token))
    return cost


def _leaving(clause: Token, word: Token) -> float:
    """Cost of a date outside a clause: none where the clause shares it."""
    if _is_second_verb(clause):
        # "on Sunday imposed sanctions and gave the officers a week": one day for both; so in
        # "on May 3 Kenya broke off relations and Mali expelled the envoy"
        subjects = [c for c in clause.head.children if c.dep_ in ("nsubj", "nsubjpass")]
        ahead = bool(subjects) and word.i < subjects[0].left_edge.i
        own = any(c.dep_ in ("nsubj", "nsubjpass") for c in clause.children)
        if word.i > clause.i or (own and not ahead):
            return _APART
        return 1.0 if own else 0.0
    if clause.dep_ == "advcl" and any(c.dep_ == "mark" for c in clause.children):
        return _APART
    return 2.0 if clause.dep_ in ("ccomp", "relcl", "advcl", "acl", "parataxis") else 0.0


def _is_second_verb(token: Token) -> bool:
    return token.dep_ == "conj" and token.pos_ == "VERB"


def _next(phrase: DatePhrase, scene: Scene) -> DatePhrase:
    """A bare weekday or month read as the one to come."""
    published = scene.sentence.article.date
    text = scene.sentence.text[: phrase.end]
    again = date_phrases(text, published, published, future=True)
    found = next((p for p in again if p.start == phrase.start), phrase)
    return replace(found, lead=phrase.lead)
