"""Inputs → articles → events → store: the only module that knows the order of the stages."""

import hashlib
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, entry_points, version

from kg.errors import UsageError
from kg.extract import make_extractor
from kg.gazetteer import Gazetteer, load_gazetteer
from kg.model import Article, Event, Extractor, Rejection
from kg.schema import Schema, load_schema
from kg.text import load_parser
from kg.text.parse import DEFAULT_MODEL


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user may choose about extraction.

    Attributes:
        model: spaCy pipeline, by name or path.
        extractor: Name of an extractor registered under `kg.extractors`.
        everything: Also events outside PLOVER.
    """

    model: str = DEFAULT_MODEL
    extractor: str = "frames"
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Extracted:
    """What one article gave."""

    article: Article
    events: tuple[Event, ...]
    seconds: float


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
    schema = schema or load_schema()
    gazetteer = gazetteer or load_gazetteer()
    if settings.extractor == "frames":
        return make_extractor(schema, gazetteer, load_parser(settings.model), settings.everything)
    found = entry_points(group="kg.extractors", name=settings.extractor)
    if not found:
        known = ", ".join(sorted(e.name for e in entry_points(group="kg.extractors")))
        raise UsageError(f'no extractor "{settings.extractor}". Installed: {known}.')
    factory = next(iter(found)).load()
    extractor: Extractor = factory(
        schema, gazetteer, load_parser(settings.model), settings.everything
    )
    return extractor


def extract_all(
    found: Iterable[Article | Rejection], extractor: Extractor
) -> Iterator[Extracted | Rejection]:
    """Events of each article as it comes; rejections pass through.

    An article in another language than English is rejected here, since the lexicon is English.
    """
    for article in found:
        if isinstance(article, Rejection):
            yield article
        elif not article.language.lower().startswith("en"):
            yield Rejection(
                article.source or article.id,
                f'language "{article.language}": only English articles can be read.',
            )
        else:
            begin = time.perf_counter()
            events = tuple(extractor(article))
            yield Extracted(article, events, time.perf_counter() - begin)


def fingerprint(article: Article, settings: Settings) -> str:
    """Hash of all that decides what an article gives: its text and date, software, model."""
    key = [article.text, str(article.date), software_version(), repr(settings)]
    return hashlib.sha256(chr(31).join(key).encode()).hexdigest()[:20]
