"""Matching of predicted with gold events, and the figures that come of it.

A predicted event can match a gold one that stands in the same sentence and has the same category.
For a *dyad* each side that the gold names must share a code with the predicted side (of a
two-sided event one side may be predicted as target); for a *strict* match both sets of codes must
be equal. Matching is one to one, best pairs first. Date, status, source, type and names are
counted on the pairs that match as dyads.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kg.evaluate.gold import GoldDocument
from kg.model import Event, Extractor, Participant

Level = Literal["trigger", "category", "dyad", "strict"]
LEVELS: tuple[Level, ...] = ("trigger", "category", "dyad", "strict")
ATTRIBUTES = ("date", "status", "said_by", "names", "type")
_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])|\n+")
_SHORT = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sen|Rep|Gov|St|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|No|vs"
    r"|[A-Z])\.$"
)
Gold = Mapping[str, Any]
SentenceOf = Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Scores:
    """What an evaluation counted.

    Attributes:
        gold: Events in the gold file; `predicted` by the software; `hits` matched, by level.
        right: Attribute → dyad matches in which it is right.
        typed: Dyad matches whose gold event has a type.
        missed: Gold events without a dyad match, with their document's id.
        spurious: Predicted events without one.
    """

    gold: int
    predicted: int
    hits: Mapping[Level, int]
    right: Mapping[str, int]
    typed: int
    missed: Sequence[tuple[str, Gold]]
    spurious: Sequence[tuple[str, Event]]

    def precision(self, level: Level) -> float:
        """Share of the predicted events that match."""
        return self.hits[level] / self.predicted if self.predicted else 0.0

    def recall(self, level: Level) -> float:
        """Share of the gold events that are matched."""
        return self.hits[level] / self.gold if self.gold else 0.0

    def f1(self, level: Level) -> float:
        """Harmonic mean of precision and recall."""
        total = self.gold + self.predicted
        return 2 * self.hits[level] / total if total else 0.0

    def share(self, attribute: str) -> float:
        """Share of the dyad matches in which an attribute is right."""
        total = self.typed if attribute == "type" else self.hits["dyad"]
        return self.right[attribute] / total if total else 0.0


def score(
    documents: Iterable[GoldDocument],
    extract: Extractor,
) -> Scores:
    """Extract from gold texts and compare.

    Args:
        documents: The gold.
        extract: What finds events in an article.
    """
    hits: Counter[Level] = Counter()
    right: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    missed: list[tuple[str, Gold]] = []
    spurious: list[tuple[str, Event]] = []
    for document in documents:
        predicted = list(extract(document.article))
        place = sentence_of(document.article.text)
        counts["gold"] += len(document.events)
        counts["predicted"] += len(predicted)
        for level in LEVELS:
            pairs = list(_match(document.events, predicted, level, place))
            hits[level] += len(pairs)
            if level == "dyad":
                for gold, event in pairs:
                    counts["typed"] += bool(gold.get("type"))
                    right.update(_right(gold, event))
                matched_gold = {id(gold) for gold, _ in pairs}
                matched = {id(event) for _, event in pairs}
                name = document.article.id
                missed += [(name, g) for g in document.events if id(g) not in matched_gold]
                spurious += [(name, e) for e in predicted if id(e) not in matched]
    return Scores(
        counts["gold"], counts["predicted"], hits, right, counts["typed"], missed, spurious
    )


def sentence_of(text: str) -> SentenceOf:
    """A function from an offset to the number of its sentence.

    Independent of the extractor's own splitting, so that a change there moves no score.
    """
    cuts = [
        end.end()
        for end in _END.finditer(text)
        if "\n" in end.group()
        or not _SHORT.search(text[max(0, end.start() - 12) : end.start()].rstrip("\"'”’)"))
    ]
    return lambda offset: bisect_right(cuts, offset)


def _match(
    gold: Sequence[Gold], predicted: Sequence[Event], level: Level, place: SentenceOf
) -> Iterator[tuple[Gold, Event]]:
    by_sentence: dict[int, list[int]] = defaultdict(list)
    for j, event in enumerate(predicted):
        by_sentence[place(event.trigger.start)].append(j)
    pairs = []
    for i, g in enumerate(gold):
        start = g["trigger"]["start"]
        for j in by_sentence[place(start)]:
            event = predicted[j]
            if _fits(g, event, level):
                quality = sum(_fits(g, event, other) for other in LEVELS)
                pairs.append((-quality, abs(start - event.trigger.start), i, j))
    used_gold: set[int] = set()
    used: set[int] = set()
    for _, _, i, j in sorted(pairs):
        if i not in used_gold and j not in used:
            used_gold.add(i)
            used.add(j)
            yield gold[i], predicted[j]


def _fits(gold: Gold, event: Event, level: Level) -> bool:
    if level == "trigger":
        return True
    if gold["category"] != event.category:
        return False
    if level == "category":
        return True
    sides = [
        (_codes(gold["actor"]), _own(event.actor)),
        (_codes(gold["target"]), _own(event.target)),
    ]
    if level == "strict":
        return all(wanted == found for wanted, found in sides)
    both = sides[0][1] | sides[1][1]
    actors, targets = (not wanted or bool(wanted & found) for wanted, found in sides)
    return targets and (actors or sides[0][0] <= both)


def _right(gold: Gold, event: Event) -> Iterator[str]:
    if (gold.get("date") or None) == event.date:
        yield "date"
    if gold["status"] == event.status:
        yield "status"
    if (gold.get("said_by") or "").casefold() == (
        event.said_by.name if event.said_by else ""
    ).casefold():
        yield "said_by"
    if all(
        _names(gold[r]) == {p.name.casefold() for p in getattr(event, r)}
        for r in ("actor", "target")
    ):
        yield "names"
    if gold.get("type") and gold["type"] in (event.type, *event.lineage):
        yield "type"


def _codes(side: Iterable[Gold]) -> set[str]:
    return {p.get("code") or "---" for p in side}


def _names(side: Iterable[Gold]) -> set[str]:
    return {(p.get("name") or "").casefold() for p in side}


def _own(side: Iterable[Participant]) -> set[str]:
    return {p.code for p in side}
