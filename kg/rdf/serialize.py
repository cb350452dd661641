"""Quads → N-Quads, TriG, Turtle or N-Triples."""

from collections.abc import Iterable
from typing import Literal

import pyoxigraph as ox

from kg.vocab import PREFIXES

GraphFormat = Literal["nquads", "trig", "turtle", "ntriples"]
_FORMATS: dict[GraphFormat, ox.RdfFormat] = {
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
}


def serialize(quads: Iterable[ox.Quad], format: GraphFormat) -> bytes:
    """Write quads as text.

    Args:
        quads: In the order in which they shall stand.
        format: Turtle and N-Triples have no graphs: each triple is then written once.
    """
    rdf = _FORMATS[format]
    data: Iterable[ox.Quad] | Iterable[ox.Triple] = quads
    if not rdf.supports_datasets:
        data = list(dict.fromkeys(q.triple for q in quads))
    written = ox.serialize(data, format=rdf, prefixes=PREFIXES)
    assert written is not None  # only None when given a file
    return written
