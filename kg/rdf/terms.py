"""The terms of the graph as pyoxigraph nodes, and Python values ↔ literals.

pyoxigraph instead of rdflib, because encoding is done for every event and is 10 times faster.
"""

import hashlib
from decimal import Decimal

import pyoxigraph as ox
from rdflib.term import URIRef

from kg.vocab import ONTOLOGY, PREFIXES

Fact = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]
"""A triple without blank nodes: all that encoding writes."""


def node(iri: str | URIRef) -> ox.NamedNode:
    """A term of a closed namespace, or any IRI, as a node."""
    return ox.NamedNode(str(iri))


def concept(local: str) -> ox.NamedNode:
    """The class with this local name."""
    return ox.NamedNode(ONTOLOGY + local)


def local(iri: str) -> str:
    """The inverse of `concept`."""
    return iri.removeprefix(ONTOLOGY)


TYPE = node(PREFIXES["rdf"] + "type")
LABEL = node(PREFIXES["rdfs"] + "label")
TITLE = node(PREFIXES["dct"] + "title")
ISSUED = node(PREFIXES["dct"] + "issued")
LANGUAGE = node(PREFIXES["dct"] + "language")
DERIVED = node(PREFIXES["prov"] + "wasDerivedFrom")
GENERATED = node(PREFIXES["prov"] + "wasGeneratedBy")
STARTED = node(PREFIXES["prov"] + "startedAtTime")


def xsd(name: str) -> ox.NamedNode:
    """The datatype with this name."""
    return ox.NamedNode(PREFIXES["xsd"] + name)


INTEGER, DECIMAL, BOOLEAN = xsd("integer"), xsd("decimal"), xsd("boolean")
DATE, DATETIME, ANY_URI = xsd("date"), xsd("dateTime"), xsd("anyURI")


def integer(value: int) -> ox.Literal:
    """A whole number."""
    return ox.Literal(str(value), datatype=INTEGER)


def decimal(value: float) -> ox.Literal:
    """A number, in the fewest digits that read back as the same float."""
    number = Decimal(repr(value))
    text = (
        f"{number.to_integral_value():f}" if number == number.to_integral_value() else f"{number:f}"
    )
    return ox.Literal(text, datatype=DECIMAL)


def truth(value: bool) -> ox.Literal:
    """True or false."""
    return ox.Literal("true" if value else "false", datatype=BOOLEAN)


def digest(*key: object) -> str:
    """A short name for a key, the same on every machine."""
    return hashlib.sha256(chr(31).join(map(str, key)).encode()).hexdigest()[:20]
