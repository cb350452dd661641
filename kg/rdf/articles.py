"""An article and the run that reads it → the facts about both, and the article's fingerprint."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pyoxigraph as ox

from kg.model import Article
from kg.rdf.terms import (
    ANY_URI,
    DATE,
    DATETIME,
    ISSUED,
    LANGUAGE,
    STARTED,
    TITLE,
    TYPE,
    Fact,
    digest,
    node,
)
from kg.vocab import KG


@dataclass(frozen=True, slots=True)
class Run:
    """What read the articles.

    Attributes:
        software: Name and version, such as `kg 0.1.0`.
        model: Name and version of the language model.
        ontology: Version or hash of the ontology.
        started: When; None where the output must not depend on it.
    """

    software: str
    model: str
    ontology: str
    started: datetime | None = None


def fingerprint(article: Article, run: Run) -> str:
    """A hash of everything that decides what an article's graph says, but not of the time.

    Compare it with what the store holds to know whether the article must be read again.
    """
    key = (
        article.id,
        article.text,
        article.title,
        article.date,
        article.source,
        article.url,
        article.language,
        run.software,
        run.model,
        run.ontology,
    )
    return hashlib.sha256(repr(key).encode()).hexdigest()


def run_node(run: Run, base: str) -> ox.NamedNode:
    """The node of a run."""
    key = digest(run.software, run.model, run.ontology, run.started)
    return node(f"{base}run/{key}")


def run_facts(run: Run, base: str) -> Iterator[Fact]:
    """What the graph says about a run."""
    subject = run_node(run, base)
    yield subject, TYPE, node(KG.Run)
    yield subject, node(KG.software), ox.Literal(run.software)
    yield subject, node(KG.model), ox.Literal(run.model)
    yield subject, node(KG.ontologyVersion), ox.Literal(run.ontology)
    if run.started:
        yield subject, STARTED, ox.Literal(run.started.isoformat(), datatype=DATETIME)


def article_facts(article: Article, subject: ox.NamedNode) -> Iterator[Fact]:
    """What the graph says about an article, apart from its events."""
    yield subject, TYPE, node(KG.Article)
    yield subject, node(KG.documentId), ox.Literal(article.id)
    yield subject, node(KG.text), ox.Literal(article.text)
    yield subject, LANGUAGE, ox.Literal(article.language)
    if article.title is not None:
        yield subject, TITLE, ox.Literal(article.title)
    if article.date is not None:
        yield subject, ISSUED, ox.Literal(article.date.isoformat(), datatype=DATE)
    if article.source is not None:
        yield subject, node(KG.source), ox.Literal(article.source)
    if article.url is not None:
        # a literal, because addresses in the wild are often no valid IRI
        yield subject, node(KG.url), ox.Literal(article.url, datatype=ANY_URI)
