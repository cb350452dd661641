"""A store → N-Quads, TriG, Turtle or N-Triples."""

from collections.abc import Iterable, Iterator
from typing import IO, Literal

import pyoxigraph as ox

from kg.store.base import Store
from kg.vocab import PREFIXES

DumpFormat = Literal["nquads", "trig", "turtle", "ntriples"]
_FORMATS: dict[DumpFormat, ox.RdfFormat] = {
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
}


def dump(
    store: Store, output: IO[bytes], format: DumpFormat = "nquads", graph: str | None = None
) -> None:
    """Write what is in a store.

    Args:
        store: Any store.
        output: Open for bytes.
        format: N-Quads and TriG keep the graphs, and give the same bytes for the same
            content; Turtle and N-Triples merge them, in the order of the store.
        graph: Only this named graph.
    """
    rdf = _FORMATS[format]
    data: Iterable[ox.Quad] | Iterable[ox.Triple]
    if rdf.supports_datasets:
        data = _sorted(store, [graph] if graph else store.graphs())
    elif graph:
        data = (quad.triple for quad in store.quads(graph))
    else:
        data = store.merged()
    ox.serialize(data, output, format=rdf, prefixes=PREFIXES)


def _sorted(store: Store, graphs: list[str]) -> Iterator[ox.Quad]:
    # graph by graph: a whole store need not fit into memory
    for graph in graphs:
        yield from sorted(store.quads(graph), key=str)
