"""Which date of a sentence belongs to which event."""

from dataclasses import replace
from datetime import date

from spacy.tokens import Token

from kg.extract import syntax
from kg.extract.dates import DatePhrase, date_phrases
from kg.extract.scene import Scene

_FAR = 5.0
"""Largest distance in the parse over which a date still belongs to a trigger."""
_APART = 4.0
"""Cost of a step into or out of another statement."""


def date_of(
    trigger: Token, dates: list[DatePhrase], scene: Scene, ahead: bool, future: bool
) -> DatePhrase | None:
    """The date phrase nearest to a trigger in the parse, if near enough.

    Args:
        dates: All date phrases of the sentence.
        ahead: The event is by its class still to come, so a date beside a past verb ("agreed on
            Monday to meet") is that of the decision, not of the event.
        future: It is planned: read a bare weekday as the next one.
    """
    best: tuple[float, DatePhrase] | None = None
    for phrase in dates:
        root = _root(phrase, scene)
        if root is None or phrase.lead in ("before", "after", "by", "within"):
            continue
        if ahead and next(syntax.governing_verbs(root), trigger).tag_ == "VBD":
            continue
        distance = _distance(trigger, root)
        if distance <= _FAR and (best is None or distance < best[0]):
            best = (distance, phrase)
    if best is None:
        return None
    return _next(best[1], scene) if future and not best[1].fixed else best[1]


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
        # "on Sunday imposed sanctions and gave the officers a week": one day for both
        shared = word.i < clause.head.i and not any(c.dep_ == "nsubj" for c in clause.children)
        return 0.0 if shared else _APART
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
