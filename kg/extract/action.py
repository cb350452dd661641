"""What a marked actor does to a marked target, by the lexicon, by the classifier, or by both."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.classifier import Classifier, Dyad, Prediction
from kg.extract.voices import type_for, weighed
from kg.model import Article, Event, Extractor, Participant, Status
from kg.schema import Schema

Offsets = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Action:
    """The answer for one dyad.

    Attributes:
        category: PLOVER category; None where the lexicon alone was asked and found nothing.
        confidence: Probability that the category is right, 0 to 1.
        why: Which voices decided.
    """

    category: str | None
    type: str | None
    mode: str | None
    status: Status | None
    confidence: float
    why: tuple[str, ...]


def actions(
    dyads: Sequence[Dyad], lexicon: Extractor, classifier: Classifier | None, schema: Schema
) -> list[Action]:
    """The action of each dyad, in order.

    Args:
        lexicon: An extractor without a classifier.
        classifier: The learned voice; None for the lexicon alone.
    """
    told: Iterable[Prediction | None] = classifier(dyads) if classifier else [None] * len(dyads)
    return [
        _action(_event(dyad, lexicon), prediction, schema)
        for dyad, prediction in zip(dyads, told, strict=True)
    ]


def _event(dyad: Dyad, lexicon: Extractor) -> Event | None:
    """The surest event of the lexicon between the two."""
    fitting = [e for e in lexicon(Article("dyad", dyad.text)) if _fits(e, dyad)]
    return max(fitting, key=lambda e: e.confidence) if fitting else None


def _fits(event: Event, dyad: Dyad) -> bool:
    if not _overlap(event.actor, dyad.actor):
        return False
    return _overlap(event.target, dyad.target) or (
        not event.target and _overlap(event.actor, dyad.target)
    )


def _overlap(found: tuple[Participant, ...], spans: Offsets) -> bool:
    return any(p.start < end and start < p.end for p in found for start, end in spans)


def _action(event: Event | None, told: Prediction | None, schema: Schema) -> Action:
    if told is None:
        if event is None:
            return Action(None, None, None, None, 0.0, ("lexicon: nothing found",))
        return Action(
            event.category, event.type, event.mode, event.status, event.confidence, event.why
        )
    probabilities = (
        weighed(told.categories, event.category, event.confidence) if event else (told.categories)
    )
    category = max(probabilities, key=lambda name: probabilities[name])
    confidence = round(probabilities[category], 3)
    voice = f"classifier: {told.category} {told.confidence:.2f}"
    if event is not None and event.category == category:
        why = (*event.why, voice)
        return Action(category, event.type, event.mode, event.status, confidence, why)
    mode = told.mode if told.category == category else None
    type = type_for(category, mode, schema)
    why = (voice,) if event is None else (voice, f"not the lexicon's {event.category}")
    return Action(category, type.name, mode, told.status, confidence, why)
