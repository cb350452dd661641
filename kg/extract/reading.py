"""One article → its events: the order of the steps of extraction."""

import math
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from spacy.tokens import Doc, Span

from kg.classifier import Classifier
from kg.errors import ArticleError
from kg.extract.assemble import assemble, identity
from kg.extract.choose import readings
from kg.extract.dates import DatePhrase, date_phrases
from kg.extract.discourse import Discourse, Referent
from kg.extract.frames import Lexicon, build_lexicon
from kg.extract.known import make_labels
from kg.extract.mentions import mentions
from kg.extract.participants import note_all
from kg.extract.scene import Scene
from kg.extract.sieve import Lemmas, make_sieve, skim
from kg.extract.voices import Draft, draft, heard
from kg.gazetteer import Entity, Gazetteer
from kg.model import Article, Event, Extractor, Participant, Sentence
from kg.schema import Schema

Labels = Callable[[Doc], Sequence[Span] | None]
_TOGETHER = 64
"""Sentences whose dyads are classified together."""


class Reader(Protocol):
    """An article in, its sentences with their parses out, in order; None where none was wanted.

    Attributes:
        lemmas: Word → the dictionary forms it may be of; None if the pipeline cannot tell.
    """

    lemmas: Lemmas | None

    def __call__(
        self,
        article: Article,
        names: Callable[[str], Iterable[tuple[int, int]]],
        worth: Callable[[Sentence], bool] | None = None,
        labels: Labels | None = None,
        /,
    ) -> Iterable[tuple[Sentence, Doc | None]]:
        """Read one article.

        Args:
            names: Where known names stand in a text.
            worth: Asked before a sentence is parsed.
            labels: A parse in, its names out; None where a recogniser must find them.
        """
        ...


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that extraction needs to know; immutable, shared by all articles."""

    schema: Schema
    gazetteer: Gazetteer
    lexicon: Lexicon
    read: Reader
    classifier: Classifier | None = None
    sieve: Callable[[str], bool] | None = None
    labels: Labels | None = None
    seconds: float = math.inf

    def sentences(self, article: Article) -> Iterable[tuple[Sentence, Doc | None]]:
        """Sentences of an article, with parses of those that may hold an event."""
        sieve = self.sieve
        worth = (lambda s: sieve(s.text)) if sieve else None
        return self.read(article, self.places, worth, self.labels)

    def places(self, text: str) -> Iterable[tuple[int, int]]:
        """Where known names stand in a text."""
        return ((match.start, match.end) for match in self.gazetteer.find(text))


def make_extractor(
    schema: Schema,
    gazetteer: Gazetteer,
    read: Reader,
    everything: bool = False,
    classifier: Classifier | None = None,
    seconds: float = math.inf,
) -> Extractor:
    """An extractor for `kg.pipeline`.

    Args:
        everything: Also events outside PLOVER: statements, votes, elections.
        classifier: The learned voice beside the lexicon; None for the lexicon alone.
        seconds: Time after which an article is given up.
    """
    lexicon = build_lexicon(schema, everything)
    sieve = None
    if read.lemmas is not None:
        sieve = make_sieve(lexicon, gazetteer, read.lemmas, pairs=classifier is not None)
    labels = make_labels(gazetteer)
    knowledge = Knowledge(schema, gazetteer, lexicon, read, classifier, sieve, labels, seconds)
    return lambda article: extract(article, knowledge)


def extract(article: Article, knowledge: Knowledge) -> list[Event]:
    """All events that an article reports, in the order of the text.

    Raises:
        ArticleError: Reading it takes longer than is allowed.
    """
    discourse = Discourse(article.date)
    anchor = article.date
    headlines: list[Event] = []
    events: list[Event] = []
    waiting: list[_Passage] = []

    def settle() -> None:
        for passage, found in _settled(waiting, discourse, knowledge):
            (headlines if passage.draft.scene.sentence.headline else events).extend(found)
        waiting.clear()

    begun = time.monotonic()
    for sentence, doc in knowledge.sentences(article):
        if time.monotonic() - begun > knowledge.seconds:
            raise ArticleError(
                f"reading it takes longer than {knowledge.seconds:g} s. Split it, or allow more "
                "with --seconds."
            )
        if sentence.place:
            discourse.home = _home(sentence.place, knowledge.gazetteer) or discourse.home
            anchor = sentence.day or anchor
        dates = list(date_phrases(sentence.text, article.date, anchor))
        if doc is None:
            skim(sentence, discourse, knowledge.gazetteer)
        else:
            waiting.append(_passage(sentence, doc, dates, discourse, knowledge))
        if len(waiting) >= _TOGETHER:
            settle()
        if dates:
            anchor = dates[-1].begin
        discourse.sentence += 1
    settle()
    dated = [_dated_by_body(h, events) for h in headlines]
    told = [_dated_by_another(e, events) for e in events]
    return [_spelled(event, discourse.spelled) for event in (*dated, *told)]


@dataclass(frozen=True, slots=True)
class _Passage:
    """A sentence that was read and whose events wait for the classifier."""

    draft: Draft
    dates: list[DatePhrase]
    number: int


def _passage(
    sentence: Sentence,
    doc: Doc,
    dates: list[DatePhrase],
    discourse: Discourse,
    knowledge: Knowledge,
) -> _Passage:
    """Read one sentence; whom it names goes into the article's memory."""
    schema, gazetteer = knowledge.schema, knowledge.gazetteer
    scene = Scene(gazetteer, discourse, sentence, doc, mentions(doc, gazetteer), schema.words)
    note_all(scene)
    found = readings(scene, knowledge.lexicon, schema.types)
    if knowledge.classifier is None:
        return _Passage(Draft(scene, found, [], []), dates, discourse.sentence)
    return _Passage(draft(scene, found, schema.types), dates, discourse.sentence)


def _settled(
    waiting: list[_Passage], discourse: Discourse, knowledge: Knowledge
) -> Iterator[tuple[_Passage, list[Event]]]:
    """The events of sentences that were read, whose dyads are classified all at once."""
    drafts = [p.draft for p in waiting]
    found = [d.found for d in drafts]
    if knowledge.classifier is not None:
        found = heard(drafts, knowledge.classifier, knowledge.schema)
    here = discourse.sentence
    for passage, chosen in zip(waiting, found, strict=True):
        discourse.sentence = passage.number
        scene = passage.draft.scene
        yield passage, [assemble(r, passage.dates, scene, knowledge.schema) for r in chosen]
    discourse.sentence = here


def _spelled(event: Event, names: Mapping[str, str]) -> Event:
    """Persons called as the article spells them, from the first mention on; their IRIs stay."""

    def rename(who: Participant) -> Participant:
        return replace(who, name=names[who.id]) if who.id in names else who

    if not names:
        return event
    return replace(
        event,
        actor=tuple(rename(p) for p in event.actor),
        target=tuple(rename(p) for p in event.target),
        said_by=rename(event.said_by) if event.said_by else None,
    )


def _dated_by_body(headline: Event, body: list[Event]) -> Event:
    """A headline's event takes the date that the article gives for the same event."""
    if headline.date is not None:
        return headline
    codes = {p.code for p in headline.actor}
    same = (
        e
        for e in body
        if e.date and e.category == headline.category and codes & {p.code for p in e.actor}
    )
    found = next(same, None)
    if found is None:
        return headline
    new = identity(headline.type, headline, found.date, headline.status, headline.document)
    return replace(
        headline, id=new, date=found.date, why=(*headline.why, "date: from the article's body")
    )


def _dated_by_another(event: Event, others: list[Event]) -> Event:
    """A report without a date has the one that the article gives elsewhere for the same event."""
    if event.date is not None or event.status != "actual":
        return event
    sides = _codes(event)
    same = {
        e.date
        for e in others
        if e.date and e.type == event.type and e.status == "actual"
        if _codes(e) == sides and not _others_did_it(e, event)
    }
    if len(same) != 1 or "---" in sides[0] | sides[1] or not all(sides):
        return event
    found = same.pop()
    return replace(
        event,
        id=identity(event.type, event, found, event.status, event.document),
        date=found,
        why=(*event.why, "date: of the same event elsewhere in the article"),
    )


def _others_did_it(one: Event, other: Event) -> bool:
    """Whether two persons did it, and so each something else: a president and the next one."""
    who = [{p.id for p in e.actor if p.type in ("Official", "Person")} for e in (one, other)]
    return bool(who[0]) and bool(who[1]) and not who[0] & who[1]


def _codes(event: Event) -> tuple[set[str], set[str]]:
    return {p.code for p in event.actor}, {p.code for p in event.target}


def _home(place: str, gazetteer: Gazetteer) -> Referent | None:
    for match in gazetteer.find(place.title() if place.isupper() else place.split(",")[0].title()):
        for entity, _ in match.candidates:
            if isinstance(entity, Entity) and entity.code in gazetteer.codes:
                state = gazetteer.codes[entity.code]
                return Referent(state.id, state.name, state.code, state.type)
    return None
