"""Shapes accept what they should and refuse the rest; the core of the ontology is in order."""

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, URIRef

from kg.errors import SchemaError
from kg.rdf import read_shapes, validate
from kg.vocab import ONTOLOGY
from tests.builders import article_one, article_two, iri, quads

ROOT = Path(__file__).parent.parent
CORE = [
    ROOT / "ontology" / name for name in ("core.ttl", "agents.ttl", "codebook.ttl", "align.ttl")
]
CASES = sorted((ROOT / "tests" / "shapes").glob("*/*.ttl"))


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return read_shapes(CORE)


@pytest.mark.parametrize("path", CASES, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_the_name_of_the_file_is_what_is_found(path: Path, shapes: Graph) -> None:
    findings = validate(ox.parse(path=path), shapes)
    expected = path.stem.removeprefix("fail_").replace("_or_", " or ")
    assert {f.path for f in findings} == (set() if path.stem == "pass" else {expected})
    assert all(f.message.endswith(".") and f.severity == "Violation" for f in findings)


def test_every_shape_has_cases_for_each_of_its_properties(shapes: Graph) -> None:
    constrained = {
        str(shape).removeprefix(ONTOLOGY): len(set(shapes.objects(shape, SH.property)))
        for shape in shapes.subjects(RDF.type, SH.NodeShape)
    }
    refused = Counter(p.parent.name for p in CASES if p.stem != "pass")
    assert refused == constrained
    assert {p.parent.name for p in CASES if p.stem == "pass"} == set(constrained)


def test_what_is_encoded_conforms(shapes: Graph) -> None:
    assert validate(quads(article_one()) + quads(article_two()), shapes) == []


def test_a_finding_says_where_and_why(shapes: Graph) -> None:
    damaged = [q for q in quads(article_two()) if q.predicate != iri("kg:status")]
    findings = validate(damaged, shapes)
    assert [f.path for f in findings] == ["status", "status"]
    assert "actual, planned, possible or denied" in findings[0].message
    assert findings[0].focus.startswith("https://w3id.org/geopolitical-kg/id/event/")


def test_a_broken_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("kg:x a\n.")
    with pytest.raises(SchemaError, match=r"a\.ttl:1: not Turtle"):
        read_shapes([tmp_path / "a.ttl"])


def test_every_term_has_one_label_and_one_definition(shapes: Graph) -> None:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    terms = {s for kind in kinds for s in shapes.subjects(RDF.type, kind)}
    assert len(terms) > 100
    for term in terms:
        for property in (RDFS.label, SKOS.definition):
            values = list(shapes.objects(term, property))
            assert [getattr(v, "language", None) for v in values] == ["en"], (term, property)
        assert str(next(shapes.objects(term, SKOS.definition))).endswith("."), term
    labels = Counter(str(label) for term in terms for label in shapes.objects(term, RDFS.label))
    assert [label for label, number in labels.items() if number > 1] == []


def test_the_class_tree_is_whole(shapes: Graph) -> None:
    classes = set(shapes.subjects(RDF.type, OWL.Class))
    for term in classes:
        parents = set(shapes.objects(term, RDFS.subClassOf))
        assert parents, f"{term} has no parent"
        assert all(p in classes or not str(p).startswith(ONTOLOGY) for p in parents), term
        assert term not in shapes.transitive_objects(next(iter(parents)), RDFS.subClassOf), term
    state = set(shapes.transitive_objects(URIRef(ONTOLOGY + "State"), RDFS.subClassOf))
    assert {URIRef(ONTOLOGY + "Actor"), URIRef(ONTOLOGY + "Place")} <= state


def test_what_is_aligned_is_defined(shapes: Graph) -> None:
    defined = set(shapes.subjects(SKOS.definition))
    aligned = {s for s in read_shapes(CORE[3:]).subjects() if str(s).startswith(ONTOLOGY)}
    assert aligned <= defined
