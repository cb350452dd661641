"""What every store can do, and how quads are cut into batches that survive a crash."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Protocol, Self

import pyoxigraph as ox

from kg.store.graphs import IMPORTED_GRAPH
from kg.vocab import KG

Source = ox.Store | Path | str
"""What a query can be run on: a store in memory, a folder that nobody writes to, or a URL."""

FINGERPRINT = ox.NamedNode(str(KG.fingerprint))


class Store(Protocol):
    """A place for quads. Close it, or use it in a `with` statement.

    Attributes:
        location: Path or URL as given; `memory` for a store in memory.
    """

    location: str

    def load(self, quads: Iterable[ox.Quad]) -> int:
        """Replace every named graph that occurs in `quads` by what `quads` say of it.

        Fingerprints are written last: after a crash a graph without one is not `loaded`.
        Quads without a graph are added to `IMPORTED_GRAPH`.

        Returns:
            How many quads were written.

        Raises:
            StoreError: The store cannot be written.
        """
        ...

    def loaded(self, graph: str, fingerprint: str) -> bool:
        """Whether this graph is in the store completely and was made from the same things."""
        ...

    def remove(self, graph: str) -> None:
        """Remove a named graph and what only it says; nothing happens if there is none."""
        ...

    def graphs(self) -> list[str]:
        """Names of all named graphs, sorted."""
        ...

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """Quads of one named graph, or of all of them, one graph after the other."""
        ...

    def merged(self) -> Iterator[ox.Triple]:
        """Every triple of all graphs once: what queries see."""
        ...

    def count(self) -> int:
        """Number of different triples."""
        ...

    def source(self) -> AbstractContextManager[Source]:
        """What `kg.query.run` needs to read this store while it stays open."""
        ...

    def close(self) -> None:
        """Release the store; a closed store can be opened by others."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


@dataclass(slots=True)
class Batch:
    """Quads that are written in one step, after these graphs are emptied."""

    clear: list[ox.NamedNode] = field(default_factory=list)
    quads: list[ox.Quad] = field(default_factory=list)


def batches(quads: Iterable[ox.Quad], size: int) -> Iterator[Batch]:
    """Cut quads into batches such that a fingerprint comes after all that it vouches for."""
    stream = map(_named, quads)
    begun: set[object] = {ox.NamedNode(IMPORTED_GRAPH)}  # adds up instead of being replaced
    marks: list[ox.Quad] = []
    pending: Batch | None = None
    while chunk := list(islice(stream, size)):
        if pending:
            yield pending
        pending = Batch()
        for quad in chunk:
            graph = quad.graph_name
            if isinstance(graph, ox.NamedNode) and graph not in begun:
                begun.add(graph)
                pending.clear.append(graph)
            (marks if quad.predicate == FINGERPRINT else pending.quads).append(quad)
    if pending:
        pending.quads += marks
        yield pending


def _named(quad: ox.Quad) -> ox.Quad:
    if isinstance(quad.graph_name, ox.NamedNode):
        return quad
    return ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(IMPORTED_GRAPH))


def retraction(graph: ox.NamedNode) -> str:
    """SPARQL update that removes a graph, and from the default graph what only it says."""
    return f"""
        DELETE {{ ?s ?p ?o }} WHERE {{
            GRAPH {graph} {{ ?s ?p ?o }}
            FILTER NOT EXISTS {{ GRAPH ?other {{ ?s ?p ?o }} FILTER (?other != {graph}) }}
        }} ;
        DROP SILENT GRAPH {graph}"""
