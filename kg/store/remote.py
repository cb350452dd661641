"""A store elsewhere: any server that speaks SPARQL 1.1 query and update over HTTP."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Self
from urllib.parse import urlencode, urlsplit, urlunsplit

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.base import FINGERPRINT, Batch, Source, batches, retraction
from kg.store.http import request, without_password
from kg.vocab import BASE

_BATCH = 5_000
"""Quads in one update: servers have limits on the size of a request."""


class RemoteStore:
    """A `Store` on a SPARQL endpoint; `open_store` makes one."""

    def __init__(self, query_url: str, update_url: str | None = None, writable: bool = True):
        self.location = without_password(query_url)
        self._query_url = query_url
        self._update_url = update_url or _beside(query_url)
        self._writable = writable

    def load(self, quads: Iterable[ox.Quad]) -> int:
        """Replace every named graph that occurs in `quads`; see `Store.load`."""
        written = 0
        for batch in batches(quads, _BATCH):
            self._update(_script(batch))
            written += len(batch.quads)
        return written

    def loaded(self, graph: str, fingerprint: str) -> bool:
        """Whether this graph is complete and was made from the same things."""
        name = ox.NamedNode(graph)
        ask = f"ASK {{ GRAPH {name} {{ {name} {FINGERPRINT} {ox.Literal(fingerprint)} }} }}"
        return bool(json.loads(self._query(ask, "application/sparql-results+json"))["boolean"])

    def remove(self, graph: str) -> None:
        """Remove a named graph and what only it says."""
        self._update(retraction(ox.NamedNode(graph)))

    def graphs(self) -> list[str]:
        """Names of all named graphs, sorted."""
        found = self._select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        return sorted(g.value for (g,) in found if isinstance(g, ox.NamedNode))

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """Quads of one named graph, or of all of them, one graph after the other."""
        for name in [graph] if graph else self.graphs():
            node = ox.NamedNode(name)
            for triple in self._construct(f"GRAPH {node} {{ ?s ?p ?o }}"):
                yield ox.Quad(triple.subject, triple.predicate, triple.object, node)

    def merged(self) -> Iterator[ox.Triple]:
        """Every triple of all graphs once."""
        return self._construct("?s ?p ?o")

    def count(self) -> int:
        """Number of different triples."""
        [(number,)] = self._select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
        return int(number.value) if isinstance(number, ox.Literal) else 0

    @contextmanager
    def source(self) -> Iterator[Source]:
        """What `kg.query.run` needs to read this store."""
        yield self._query_url

    def close(self) -> None:
        """Nothing to release: each request stands alone."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _construct(self, pattern: str) -> Iterator[ox.Triple]:
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}"
        text = self._query(query, "application/n-triples")
        for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES):
            yield quad.triple

    def _select(self, query: str) -> list[tuple[object, ...]]:
        text = self._query(query, "application/sparql-results+json")
        results = ox.parse_query_results(text, ox.QueryResultsFormat.JSON)
        if not isinstance(results, ox.QuerySolutions):
            raise StoreError(f"{self.location}: the answer to a SELECT is no table.")
        return [tuple(row) for row in results]

    def _query(self, query: str, accept: str) -> bytes:
        body = urlencode({"query": query}).encode()
        return request(self._query_url, body, "application/x-www-form-urlencoded", accept)

    def _update(self, update: str) -> None:
        if not self._writable:
            raise StoreError(f"{self.location}: opened only for reading.")
        request(self._update_url, update.encode(), "application/sparql-update", "*/*")


def _beside(query_url: str) -> str:
    """`…/query` and `…/sparql` have their update endpoint at `…/update`."""
    parts = urlsplit(query_url)
    path = parts.path.rstrip("/")
    for ending in ("/query", "/sparql"):
        path = path.removesuffix(ending)
    return urlunsplit(parts._replace(path=path + "/update", query=""))


def _script(batch: Batch) -> str:
    """One update that empties graphs, writes the batch and, last, its fingerprints."""
    steps = [retraction(graph) for graph in batch.clear]
    for group in (
        [q for q in batch.quads if q.predicate != FINGERPRINT],
        [q for q in batch.quads if q.predicate == FINGERPRINT],
    ):
        triples = [(_ground(q.subject), str(q.predicate), _ground(q.object)) for q in group]
        merged = " ".join(f"{s} {p} {o} ." for s, p, o in triples)
        named = " ".join(
            f"GRAPH {quad.graph_name} {{ {s} {p} {o} }}"
            for quad, (s, p, o) in zip(group, triples, strict=True)
        )
        if group:
            steps.append(f"INSERT DATA {{ {merged} {named} }}")
    return " ;\n".join(steps)


def _ground(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    # a blank node would be another one in each update, so it gets a name (RDF 1.1, 3.5)
    if isinstance(term, ox.BlankNode):
        return str(ox.NamedNode(f"{BASE}.well-known/genid/{term.value}"))
    return str(term)
