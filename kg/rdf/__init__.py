"""Events ↔ RDF: `encode_article` writes, `decode_events` reads back, `validate` checks."""

from kg.rdf.articles import Run, fingerprint
from kg.rdf.decode import decode_article, decode_events
from kg.rdf.encode import Meaning, encode_article
from kg.rdf.serialize import serialize
from kg.rdf.validate import Finding, read_shapes, validate

__all__ = [
    "Finding",
    "Meaning",
    "Run",
    "decode_article",
    "decode_events",
    "encode_article",
    "fingerprint",
    "read_shapes",
    "serialize",
    "validate",
]
