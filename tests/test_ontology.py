"""The files of the ontology hold together, and each gate that says so can fail."""

import re
import shutil
from pathlib import Path

import owlrl
import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef

from kg.errors import SchemaError
from kg.rdf import read_shapes, validate
from kg.schema import (
    check_ontology,
    load_examples,
    load_schema,
    ontology_files,
    read_turtle,
)
from kg.vocab import ONTOLOGY
from tests.builders import article_one, article_two, quads

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "ontology"
FILES = ontology_files(FOLDER)
EVENTS = [f for f in FILES if "reference" not in f.parts]
CASES = sorted((ROOT / "tests" / "quality").glob("*/*.ttl"))
KG = Namespace(ONTOLOGY)
QUADS = {
    1: "AGREE CONSULT SUPPORT CONCEDE",
    2: "COOPERATE AID RETREAT",
    3: "REQUEST ACCUSE REJECT THREATEN",
    4: "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
}
QUAD_OF = {category: quad for quad, names in QUADS.items() for category in names.split()}
REQUIRED = {
    "Expulsion", "Annexation", "Recall", "MissionClosure", "Sanctions", "EconomicSanctions",
    "IndividualSanctions", "ArmsEmbargo", "TreatySigning", "Ratification", "TreatyWithdrawal",
    "TreatyViolation", "Recognition", "Veto", "CeasefireDeclaration", "Ceasefire",
    "CeasefireViolation", "Coup", "Blockade", "TroopBuildup", "AirspaceViolation", "MissileTest",
    "NuclearTest", "Cyberattack", "HostageTaking", "PrisonerExchange", "Extradition", "Asylum",
    "Summit", "Mediation", "Ultimatum", "StateVisit", "PhoneCall", "PersonaNonGrata",
    "AidSuspension", "MembershipSuspension", "BorderClosure", "PeacekeepingDeployment",
    "PublicStatement", "Vote", "Election", "DeclarationOfIndependence",
}  # fmt: skip


# What is there ------------------------------------------------------------------------------------


def test_plover_is_whole(schema) -> None:
    assert len(schema.categories) == 16
    assert len(schema.contexts) == 37
    assert len(schema.modes) == 73
    assert {type.category for type in schema.types.values()} == {*schema.categories, None}
    without_modes = {c for c in schema.categories if c not in {m for m, _ in schema.modes}}
    assert without_modes == {"AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID"}
    assert {name: c.quad for name, c in schema.categories.items()} == QUAD_OF
    assert schema.categories["ASSAULT"].score == -9.3
    assert schema.categories["RETREAT"].score == 7.6


def test_every_cameo_code_stands_for_one_type_and_back(schema) -> None:
    codes = set(schema.cameo)
    assert len(codes) > 290
    assert {c for c in codes if len(c) == 2} == {f"{n:02}" for n in range(1, 21)}
    assert all(c[:2] in codes and (len(c) < 4 or c[:3] in codes) for c in codes)
    for name, type in schema.types.items():
        if type.cameo is not None:
            there = schema.types[schema.cameo[type.cameo].type]
            # the way back ends at the type, or where the code is shared, near it
            assert there.cameo == type.cameo or not schema.cameo[type.cameo].carried, name
    carried = [c.type for c in schema.cameo.values() if c.carried]
    assert len(carried) == len(set(carried)) > 150
    assert (schema.cameo["1413"].type, schema.cameo["1413"].context) == (
        "Demonstration",
        ("rights_freedoms",),
    )


def test_the_types_that_users_look_for_are_there(schema) -> None:
    assert REQUIRED - set(schema.types) == set()
    assert len([t for t in schema.types.values() if t.category]) >= 136


def test_types_outside_plover_have_no_category(schema) -> None:
    outside = {n for n, t in schema.types.items() if t.category is None}
    assert {"PublicStatement", "Vote", "Election", "DeclarationOfIndependence"} <= outside
    assert all(schema.types[n].quad == 0 and schema.types[n].score == 0 for n in outside)


def test_codes_and_scores_come_down_the_tree(schema) -> None:
    declared = schema.types["PersonaNonGrata"]
    assert (declared.cameo, declared.quad) == ("166", 4)
    assert declared.score == schema.modes["SANCTION", "expel"].score
    assert schema.types["Appeal"].score == schema.cameo["020"].goldstein
    assert schema.types["Demand"].score == schema.categories["REQUEST"].score


# Gates --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(FOLDER).as_posix())
def test_file_is_read_alike_by_both_libraries(path: Path) -> None:
    assert len(Graph().parse(path)) == len({q.triple for q in read_turtle(path)})


def test_the_ontology_has_no_flaw(schema) -> None:
    flaws = check_ontology(schema, load_examples(), FOLDER)
    assert [f"{f.place}: {f.message}" for f in flaws] == []


def test_the_files_conform_to_what_is_asked_of_them() -> None:
    shapes = read_shapes([FOLDER / "quality.ttl"])
    data = (quad for path in EVENTS for quad in read_turtle(path))
    assert [(f.focus, f.message) for f in validate(data, shapes)] == []


def test_the_reference_knowledge_conforms() -> None:
    shapes = read_shapes(EVENTS)
    data = (q for path in FILES if "reference" in path.parts for q in read_turtle(path))
    assert [(f.focus, f.message) for f in validate(data, shapes)] == []


@pytest.mark.parametrize("path", CASES, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_each_shape_of_quality_accepts_and_refuses(path: Path) -> None:
    found = validate(ox.parse(path=path), read_shapes([FOLDER / "quality.ttl"]))
    expected = path.stem.removeprefix("fail_").replace("_or_", " or ")
    assert {f.path for f in found} == (set() if path.stem == "pass" else {expected})


def test_every_shape_of_quality_has_cases() -> None:
    from rdflib import SH

    shapes = read_shapes([FOLDER / "quality.ttl"])
    for shape in shapes.subjects(RDF.type, SH.NodeShape):
        name = str(shape).removeprefix(ONTOLOGY)
        paths = len(set(shapes.objects(shape, SH.property)))
        assert len([p for p in CASES if p.parent.name == name and p.stem != "pass"]) == paths, name
        assert any(p.parent.name == name and p.stem == "pass" for p in CASES), name


AXIOMS = {
    RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range,
    OWL.members, RDF.first, RDF.rest,
}  # fmt: skip
PROBLEM = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")


@pytest.fixture(scope="module")
def axioms() -> Graph:
    """What OWL reasons with: frames, labels and shapes say nothing to it."""
    graph = Graph()
    for path in EVENTS:
        for triple in Graph().parse(path):
            if triple[1] in AXIOMS:
                graph.add(triple)
    return graph


def contradictions(axioms: Graph, data: Graph) -> list[str]:
    graph = Graph()
    for triple in (*axioms, *data):
        graph.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return [str(o) for o in graph.objects(None, PROBLEM)]


@pytest.mark.slow
def test_the_ontology_is_consistent_in_owl_2_rl(axioms: Graph) -> None:
    data = Graph()
    for quad in quads(article_one()) + quads(article_two()):
        data.parse(data=f"{quad.triple} .", format="nt")
    assert contradictions(axioms, data) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("one", "other"), [("Person", "City"), ("Expulsion", "Meeting"), ("Report", "Article")]
)
def test_a_contradiction_is_found(axioms: Graph, one: str, other: str) -> None:
    data = Graph()
    thing = URIRef("http://example.org/x")
    data.add((thing, RDF.type, KG[one]))
    data.add((thing, RDF.type, KG[other]))
    assert contradictions(axioms, data)


# Flaws that are found -----------------------------------------------------------------------------

EXPULSION = "events/sanction/Expulsion.ttl"
FLAWS = [
    (EXPULSION, 'kg:cameo "166"', 'kg:cameo "163"', "is carried by"),
    (EXPULSION, 'kg:cameo "166"', 'kg:cameo "999"', 'CAMEO has no code "999"'),
    (EXPULSION, '    kg:cameo "166" ;\n', "", 'code "166" stands for no type'),
    ("cameo.ttl", "kg:codedAs kg:Support", "kg:codedAs kg:Suport", "no event type Suport"),
    (EXPULSION, "rdfs:subClassOf kg:Sanction", "rdfs:subClassOf kg:Coerce", "has the category"),
    (EXPULSION, "rdfs:subClassOf kg:Sanction", "rdfs:subClassOf kg:Sancton", "no event type"),
    (EXPULSION, "rdfs:subClassOf kg:Sanction", "rdfs:subClassOf kg:PersonaNonGrata", "its own"),
    (EXPULSION, '"expulsion"@en', '"annexation"@en', "the same label"),
    (EXPULSION, '    kg:mode "expel" ;\n    kg:context "diplomatic" ;\n',
     '    kg:context "diplomatic" ;\n    kg:mode "expel" ;\n', "in this order"),
    (EXPULSION, 'kg:cameo "166"', 'kg:cameo "166" ;\n    kg:comeo "1"', "no property of an event"),
    (EXPULSION, "@prefix owl:", "@prefix skos: <http://x/> .\n@prefix owl:",
     "declared 2 times"),
    (EXPULSION, "@prefix skos: <http://www.w3.org/2004/02/skos/core#>", "@prefix skos: <http://x/>",
     "elsewhere"),
    ("events/sanction/Expulsion.toml", "[[example]]\ntext", "[[example]]\ntype = 'Expulsn'\ntext",
     "Expulsn is no event type"),
    ("events/sanction/Expulsion.toml", "{trigger:expelled}", "expelled", "mark one trigger"),
    ("events/sanction/Expulsion.toml", "{trigger:expelled} {target:two Serbian diplomats}",
     "{trigger:expelled two} {target:Serbian diplomats}", "a trigger is one word"),
    ("events/sanction/Expulsion.toml", "{target:The Dutch consul} was {trigger:thrown} out by "
     "{actor:Burkina Faso} {date:last month}.", "{actor:Hungary} {trigger:expelled} {target:two "
     "Serbian diplomats} {date:on Friday} after a row over gas.", "the same sentence stands at"),
    (EXPULSION, "    kg:action kg:expelled ;\n", "", "Expulsion has no kg:action"),
    (EXPULSION, "kg:Expulsion a ", "kg:Expulson a ", "no event type Expulsion in it"),
    ("agents.ttl", "rdfs:subClassOf kg:NamedEntity", "rdfs:subClassOf kg:State", "is above itself"),
    ("agents.ttl", "rdfs:subClassOf kg:NamedEntity", "rdfs:subClassOf kg:Name", "declared nowhere"),
    ("cameo.ttl", "skos:broader kg:cameo-01 ;", "skos:broader kg:cameo-99 ;", "which is no code"),
]  # fmt: skip


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "ontology", ignore=lambda *_: {"reference"}))


@pytest.mark.parametrize(("file", "old", "new", "message"), FLAWS, ids=[f[3] for f in FLAWS])
def test_flaw_is_found(copy: Path, file: str, old: str, new: str, message: str) -> None:
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = check_ontology(load_schema(copy), load_examples(copy), copy)
    (flaw, *_) = [f for f in found if message in f.message]
    assert re.fullmatch(r".*\.(ttl|toml):\d+", flaw.place), flaw


def test_a_file_that_is_missing_is_found(copy: Path) -> None:
    (copy / "core.ttl").unlink()
    found = check_ontology(load_schema(copy), load_examples(copy), copy)
    assert f"{copy / 'core.ttl'}" in [f.place for f in found if f.message.startswith("missing.")]
    (copy / "plover.ttl").unlink()
    with pytest.raises(SchemaError, match=r"plover\.ttl: no categories"):
        load_schema(copy)


def test_a_sentence_file_asks_for_what_is_denied_and_quoted(copy: Path) -> None:
    path = copy / "events/sanction/Expulsion.toml"
    rows = path.read_text("utf-8").split("\n\n")
    kept = [r for r in rows if "denied" not in r and "said_by" not in r]
    path.write_text("\n\n".join(kept), encoding="utf-8")
    found = {f.message for f in check_ontology(load_schema(copy), load_examples(copy), copy)}
    assert "no sentence denies it; write at least one." in found
    assert "no sentence has said_by; write at least one." in found


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'kg:mode "expel"',
            'kg:mode "hunger"',
            r'Expulsion has the mode "hunger". Use one of: con',
        ),
        ('"SANCTION"', '"SANCTIONS"', r'has the category "SANCTIONS". Use one of: ACCUSE'),
        ('"diplomatic"', '"diplomacy"', r'Expulsion.ttl:\d+: .*context "diplomacy"'),
        (
            '"ACTOR expel TARGET"',
            '"ACTOR {expellers} TARGET"',
            r'Expulsion.ttl:\d+: frame "ACTOR {expellers} TARGET": ',
        ),
        ("rdfs:label", "rdfs label", r"Expulsion.ttl:\d+: not Turtle"),
        ("kg:ordered true", 'kg:ordered "yes"', r"Expulsion.ttl:6: .* not true or false"),
        ("kg:ordered true", 'kg:score "high"', r"Expulsion.ttl:6: .* \"high\", which is not a num"),
    ],
)
def test_file_that_cannot_be_read_is_one_line(copy: Path, old: str, new: str, message: str) -> None:
    path = copy / EXPULSION
    path.write_text(path.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SchemaError, match=message) as caught:
        load_schema(copy)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("plover.ttl", "kg:score 4.2", 'kg:score "x"', r"plover.ttl:16: category-AGREE has the sc"),
        ("plover.ttl", "kg:quad 1", "kg:quad 5", r"plover.ttl:16: .* not a number from 1 to 4"),
        ("plover.ttl", "kg:score 4.2", "kg:weight 4.2", r"category-AGREE has no kg:score"),
        ("plover.ttl", "broader kg:category-", "broader kg:kind-", r"mode-.* below no category"),
        ("cameo.ttl", "skos:prefLabel", "skos:altLabel", r"cameo.ttl:\d+: .* no skos:prefLabel"),
        ("cameo.ttl", "goldstein 0.0", 'goldstein "zero"', r"cameo.ttl:\d+: .* not a number"),
        ("display.ttl", "kg:shape", "kg:form", r"display.ttl:\d+: .* has a colour and no kg:shape"),
        # other files say things of this type, too: the mistake is in its own
        ("events/coerce/Annexation.ttl", '"seize"', '"sieze"', r"coerce/Annexation.ttl:13: "),
    ],
)
def test_code_that_cannot_be_read_is_one_line(
    copy: Path, file: str, old: str, new: str, message: str
) -> None:
    path = copy / file
    path.write_text(path.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SchemaError, match=message) as caught:
        load_schema(copy)
    assert "\n" not in str(caught.value)


def test_a_byte_order_mark_does_no_harm(copy: Path) -> None:
    path = copy / EXPULSION
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert "Expulsion" in load_schema(copy).types


def test_files_without_their_other_half_are_found(copy: Path) -> None:
    (copy / "events/sanction/Expulsion.toml").unlink()
    (copy / "events/sanction/Fine.ttl").unlink()
    found = check_ontology(load_schema(copy), load_examples(copy), copy)
    messages = [f.message for f in found]
    assert "no Expulsion.toml with sentences beside it." in messages
    assert "no Fine.ttl beside it." in messages


# Alignments ---------------------------------------------------------------------------------------


def test_alignments_are_to_real_names() -> None:
    graph = Graph()
    for name in ("align.ttl", "align-events.ttl"):
        graph.parse(FOLDER / name)
    for subject, property, value in graph:
        if property == SKOS.closeMatch and "wikidata.org" in str(value):
            assert re.fullmatch(r"http://www\.wikidata\.org/entity/Q[1-9]\d*", str(value)), subject
        assert not isinstance(value, Literal), subject
    names = {str(s).removeprefix(ONTOLOGY) for s in graph.subjects()}
    assert len(names & set(load_schema().types)) > 40
