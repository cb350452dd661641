"""Articles → their events: the order of the steps of extraction."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from spacy.tokens import Doc, Span

from kg.classifier import Classifier
from kg.errors import ArticleError
from kg.extract.assemble import assemble
from kg.extract.choose import readings
from kg.extract.dates import DatePhrase, date_phrases
from kg.extract.discourse import Discourse, Referent
from kg.extract.frames import Lexicon, build_lexicon
from kg.extract.known import make_labels
from kg.extract.mentions import mentions
from kg.extract.participants import note_all
from kg.extract.reconcile import reconciled
from kg.extract.scene import Scene
from kg.extract.sieve import Lemmas, make_sieve, skim
from kg.extract.voices import Draft, draft, heard
from kg.gazetteer import Entity, Gazetteer
from kg.model import Article, Event, Sentence
from kg.schema import Schema

Labels = Callable[[Doc], Sequence[Span] | None]
_TOGETHER = 256
"""Sentences whose dyads are classified together."""


class Reader(Protocol):
    """Articles in, their sentences with parses out, in order; None where none was wanted.

    Attributes:
        lemmas: Word → the dictionary forms it may be of; None if the pipeline cannot tell.
    """

    lemmas: Lemmas | None

    def keep_whole(self, words: Iterable[str], /) -> None:
        """Take words with a hyphen for one word each."""
        ...

    def __call__(
        self,
        articles: Sequence[Article],
        names: Callable[[str], Iterable[tuple[int, int]]],
        worth: Callable[[int, Sentence], bool] | None = None,
        labels: Labels | None = None,
        surnames: Container[str] = (),
        /,
    ) -> Iterable[tuple[int, Sentence, Doc | None]]:
        """Read articles; each sentence comes with the index of its own.

        Args:
            names: Where known names stand in a text.
            worth: Asked before a sentence is parsed.
            labels: A parse in, its names out; None where a recogniser must find them.
            surnames: Of people who are known.
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

    def sentences(
        self, articles: Sequence[Article], opened: Sequence[_Open]
    ) -> Iterable[tuple[int, Sentence, Doc | None]]:
        """Sentences of articles, with parses of those that may hold an event."""

        def worth(index: int, sentence: Sentence) -> bool:
            return not opened[index].error and (not self.sieve or self.sieve(sentence.text))

        return self.read(articles, self.places, worth, self.labels, self.gazetteer.surnames)

    def places(self, text: str) -> Iterable[tuple[int, int]]:
        """Where known names stand in a text."""
        return ((match.start, match.end) for match in self.gazetteer.find(text))


@dataclass(frozen=True, slots=True)
class _Passage:
    """A sentence that was read and whose events wait for the classifier."""

    draft: Draft
    dates: list[DatePhrase]
    number: int


class FrameExtractor:
    """The extractor of `kg`; see `make_extractor`."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def __call__(self, article: Article) -> list[Event]:
        """All events that an article reports, in the order of the text.

        Raises:
            ArticleError: Reading it takes longer than is allowed.
        """
        (found,) = self.many([article])
        if isinstance(found, ArticleError):
            raise found
        return found

    def many(self, articles: Sequence[Article]) -> list[list[Event] | ArticleError]:
        """The events of several articles, or why one could not be read.

        Their sentences are parsed and classified together, which is faster where articles are
        short.
        """
        knowledge = self._knowledge
        opened = [_Open(a, Discourse(a.date), a.date, a.date) for a in articles]
        waiting: list[tuple[_Open, _Passage]] = []
        for index, sentence, doc in knowledge.sentences(articles, opened):
            one = opened[index]
            if one.error or one.is_late(knowledge.seconds):
                continue
            passage = _read(one, sentence, doc, knowledge)
            if passage is not None:
                waiting.append((one, passage))
            if len(waiting) >= _TOGETHER:
                _settle(waiting, knowledge)
        _settle(waiting, knowledge)
        return [one.error or one.finished() for one in opened]


def make_extractor(
    schema: Schema,
    gazetteer: Gazetteer,
    read: Reader,
    everything: bool = False,
    classifier: Classifier | None = None,
    seconds: float = math.inf,
) -> FrameExtractor:
    """An extractor for `kg.pipeline`.

    Args:
        everything: Also events outside PLOVER: statements, votes, elections.
        classifier: The learned voice beside the lexicon; None for the lexicon alone.
        seconds: Time after which an article is given up.
    """
    lexicon = build_lexicon(schema, everything)
    read.keep_whole(lexicon.hyphenated())
    sieve = None
    if read.lemmas is not None:
        sieve = make_sieve(lexicon, gazetteer, read.lemmas, pairs=classifier is not None)
    labels = make_labels(gazetteer)
    knowledge = Knowledge(schema, gazetteer, lexicon, read, classifier, sieve, labels, seconds)
    return FrameExtractor(knowledge)


@dataclass(slots=True)
class _Open:
    """An article that is being read.

    Attributes:
        anchor: Begin of the date that it named last.
        day: The single day that it named last: "the next day" follows it.
        begun: When its first sentence came; 0 before.
    """

    article: Article
    discourse: Discourse
    anchor: date | None
    day: date | None
    headlines: list[Event] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    begun: float = 0.0
    error: ArticleError | None = None

    def is_late(self, seconds: float) -> bool:
        """Whether reading it has taken too long; it is then given up."""
        now = time.monotonic()
        self.begun = self.begun or now
        if now - self.begun > seconds:
            self.error = ArticleError(
                f"reading it takes longer than {seconds:g} s. Split it, or allow more "
                "with --seconds."
            )
        return self.error is not None

    def finished(self) -> list[Event]:
        """Its events, once all its sentences are settled."""
        return reconciled(self.headlines, self.events, self.discourse.spelled)


def _read(one: _Open, sentence: Sentence, doc: Doc | None, knowledge: Knowledge) -> _Passage | None:
    """Read the next sentence of an article; whom it names goes into the article's memory."""
    discourse = one.discourse
    if sentence.place:
        discourse.home = _home(sentence.place, knowledge.gazetteer) or discourse.home
        one.day = one.anchor = sentence.day or one.anchor
    dates = list(date_phrases(sentence.text, one.article.date, one.anchor, day=one.day))
    passage = None
    if doc is None:
        skim(sentence, discourse, knowledge.gazetteer)
    else:
        passage = _passage(sentence, doc, dates, discourse, knowledge)
    if dates:
        one.anchor = dates[-1].begin
        one.day = next((d.begin for d in reversed(dates) if d.begin == d.last), one.day)
    discourse.sentence += 1
    return passage


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
        return _Passage(Draft(scene, found, [], [], []), dates, discourse.sentence)
    return _Passage(draft(scene, found, schema.types), dates, discourse.sentence)


def _settle(waiting: list[tuple[_Open, _Passage]], knowledge: Knowledge) -> None:
    """Make events of sentences that were read; their dyads are classified all at once."""
    drafts = [p.draft for _, p in waiting]
    found = [d.found for d in drafts]
    if knowledge.classifier is not None:
        found = heard(drafts, knowledge.classifier, knowledge.schema)
    for (one, passage), chosen in zip(waiting, found, strict=True):
        here, one.discourse.sentence = one.discourse.sentence, passage.number
        scene = passage.draft.scene
        events = [assemble(r, passage.dates, scene, knowledge.schema) for r in chosen]
        (one.headlines if scene.sentence.headline else one.events).extend(events)
        one.discourse.sentence = here
    waiting.clear()


def _home(place: str, gazetteer: Gazetteer) -> Referent | None:
    for match in gazetteer.find(place.title() if place.isupper() else place.split(",")[0].title()):
        for entity, _ in match.candidates:
            if isinstance(entity, Entity) and entity.code in gazetteer.codes:
                state = gazetteer.codes[entity.code]
                return Referent(state.id, state.name, state.code, state.type)
    return None
