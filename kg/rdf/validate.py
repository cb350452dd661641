"""A graph and the ontology's shapes → what is wrong with the graph, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pyshacl
from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.errors import SchemaError
from kg.vocab import PREFIXES


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that a shape does not accept.

    Attributes:
        focus: IRI of what is wrong.
        path: Local name of the property; several joined by " or ".
        message: The shape's words.
        value: The offending value, if there is one.
        severity: `Violation`, `Warning` or `Info`.
    """

    focus: str
    path: str
    message: str
    value: str | None
    severity: str


def read_shapes(paths: Iterable[Path]) -> Graph:
    """The shapes and the class tree of these Turtle files of the ontology.

    Raises:
        SchemaError: With file and line, if one is not Turtle.
    """
    graph = Graph()
    for number, path in enumerate(paths):
        try:
            for triple in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
                graph.add(_triple(triple, f"f{number}"))
        except SyntaxError as error:
            raise SchemaError(f"{path}:{error.lineno or 1}: not Turtle: {error.msg}") from error
    return graph


def validate(data: Iterable[ox.Quad | ox.Triple], shapes: Graph) -> list[Finding]:
    """Check a graph, for instance one article's: its named graph holds all it needs.

    Args:
        data: Quads or triples; which graph they are in does not matter.
        shapes: From `read_shapes`.

    Returns:
        All findings, sorted; none when the data conforms.
    """
    graph = Graph()
    for statement in data:
        graph.add(_triple(statement, "d"))
    # the class tree and nothing else: without it results are wrong, with more they are slow
    tree = Graph()
    for triple in shapes.triples((None, RDFS.subClassOf, None)):
        tree.add(triple)
    _, report, _ = pyshacl.validate(graph, shacl_graph=_only_shapes(shapes), ont_graph=tree)
    if not isinstance(report, Graph):
        raise SchemaError(f"the shapes cannot be used: {report}")
    results = report.subjects(RDF.type, SH.ValidationResult)
    return sorted(
        {_finding(report, r) for r in results},
        key=lambda f: (f.focus, f.path, f.message, f.value or ""),
    )


def _only_shapes(ontology: Graph) -> Graph:
    """Everything reachable from a shape; the lexicon would only slow the checks down."""
    graph = Graph()
    queue: list[Node] = list(ontology.subjects(RDF.type, SH.NodeShape))
    while queue:
        subject = queue.pop()
        for triple in ontology.triples((subject, None, None)):
            graph.add(triple)
            if isinstance(triple[2], BNode):
                queue.append(triple[2])
    return graph


def _finding(report: Graph, result: Node) -> Finding:
    path = report.value(result, SH.resultPath)
    value = report.value(result, SH.value)
    severity = report.value(result, SH.resultSeverity)
    message = report.value(result, SH.resultMessage)
    return Finding(
        focus=str(report.value(result, SH.focusNode)),
        path=_path(report, path),
        message=str(message or ""),
        value=None if value is None else str(value),
        severity=_local(str(severity)),
    )


def _path(report: Graph, path: Node | None) -> str:
    if isinstance(path, BNode):
        either = report.value(path, SH.alternativePath)
        if either is not None:
            return " or ".join(_local(str(p)) for p in Collection(report, either))
    return _local(str(path)) if path is not None else ""


def _local(iri: str) -> str:
    for namespace in PREFIXES.values():
        if iri.startswith(namespace):
            return iri.removeprefix(namespace)
    return iri


def _triple(statement: ox.Quad | ox.Triple, scope: str) -> tuple[Node, Node, Node]:
    return (
        _term(statement.subject, scope),
        _term(statement.predicate, scope),
        _term(statement.object, scope),
    )


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, scope: str) -> Node:
    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.BlankNode():
            # labels are only unique within one file
            return BNode(scope + term.value)
        case ox.Literal():
            if term.language:
                return Literal(term.value, lang=term.language)
            return Literal(term.value, datatype=URIRef(term.datatype.value))
        case _:
            raise SchemaError("a triple about a triple cannot be checked.")
