"""Events → quads → events."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Dataset

from kg.errors import StoreError
from kg.model import Article, Event, Magnitude, article_iri
from kg.rdf import (
    decode_article,
    decode_events,
    encode_article,
    fingerprint,
    serialize,
)
from kg.rdf.dates import date_literals
from kg.rdf.serialize import GraphFormat
from kg.vocab import KG, ONTOLOGY, PREFIXES
from tests import builders
from tests.builders import MEANING, RUN, article_one, article_two, iri, quads

TYPE = iri("rdf:type")


@pytest.mark.parametrize("made", [article_one(), article_two()], ids=["one", "two"])
def test_events_come_back_as_they_were(made: tuple[Article, list[Event]]) -> None:
    source, events = made
    found = quads(made)
    assert list(decode_events(found, builders.EVENT_LINEAGE)) == events
    assert decode_article(found) == source


def test_several_graphs_are_decoded_together() -> None:
    both = quads(article_one()) + quads(article_two())
    assert len(list(decode_events(both, builders.EVENT_LINEAGE))) == 6


def test_everything_is_in_the_article_graph_and_nothing_twice() -> None:
    found = quads(article_one())
    assert {q.graph_name.value for q in found} == {article_iri("wire-1")}
    assert len(set(found)) == len(found)


def test_an_actual_event_gives_a_plain_triple_and_a_denied_one_none() -> None:
    triples = {q.triple for q in quads(article_one())}
    target = ox.NamedNode(PREFIXES["id"] + "local/wire-1/american-diplomats")
    for action in ("kg:expelled", "kg:actedOn"):
        assert ox.Triple(iri("state:RUS"), iri(action), target) in triples
    assert not any(t.predicate == iri("kg:invaded") for t in triples)


def test_both_sides_of_a_two_sided_event_act_on_each_other() -> None:
    met = {q.triple for q in quads(article_one()) if q.predicate == iri("kg:metWith")}
    one, other = iri("person:antony-blinken"), iri("person:sergey-lavrov")
    assert met == {
        ox.Triple(one, iri("kg:metWith"), other),
        ox.Triple(other, iri("kg:metWith"), one),
    }


def test_several_actors_without_target_do_not_act_on_each_other() -> None:
    source, (expulsion, meeting, *_) = article_one()
    alone = replace(expulsion, actor=meeting.actor, target=())
    found = encode_article(source, [alone], RUN, MEANING)
    assert not any(q.predicate == iri("kg:expelled") for q in found)


def test_broader_classes_are_written_out() -> None:
    source, events = article_two()
    types = {
        q.object.value.removeprefix(ONTOLOGY)
        for q in quads((source, events))
        if q.subject.value == events[1].id and q.predicate == TYPE
    }
    assert types == {"Invasion", "Attack", "Assault", "Event"}
    state = {q.object for q in quads(article_two()) if q.subject == iri("state:RUS")}
    assert {iri("kg:Actor"), iri("kg:Place")} <= state


def test_two_articles_write_the_same_event() -> None:
    [one, *_], [two, *_] = article_one()[1], article_two()[1]
    assert one.id == two.id
    about = [
        {q.triple for q in quads(made) if q.subject.value == one.id}
        for made in (article_one(), article_two())
    ]
    assert about[0] == about[1]


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2021-12-01", {"date": ("2021-12-01", "date")}),
        ("2021-06", {"date": ("2021-06", "gYearMonth")}),
        ("2014", {"date": ("2014", "gYear")}),
        ("2014~", {"date": ("2014", "gYear")}),
        ("199X", {"begin": ("1990", "gYear"), "end": ("1999", "gYear")}),
        ("2014-21", {"begin": ("2014-03", "gYearMonth"), "end": ("2014-05", "gYearMonth")}),
        ("2014-24", {"begin": ("2014-12", "gYearMonth"), "end": ("2015-02", "gYearMonth")}),
        ("2014/..", {"begin": ("2014", "gYear")}),
        ("../2022-01-31", {"end": ("2022-01-31", "date")}),
        ("2021-12/2022-01-31", {"begin": ("2021-12", "gYearMonth"), "end": ("2022-01-31", "date")}),
        ("2021-02-30", {}),
        ("2021-13", {}),
        ("yesterday", {}),
        ("2021/maybe", {}),
        ("", {}),
        ("/", {}),
    ],
)
def test_dates_are_typed_as_far_as_they_can(
    edtf: str, expected: dict[str, tuple[str, str]]
) -> None:
    literals = {
        name: (literal.value, literal.datatype.value.removeprefix(PREFIXES["xsd"]))
        for name, literal in date_literals(edtf).items()
    }
    assert literals == expected


def test_the_edtf_text_is_kept_even_if_it_cannot_be_typed() -> None:
    source, (expulsion, *_) = article_one()
    found = list(encode_article(source, [replace(expulsion, date="2014-26")], RUN, MEANING))
    assert [q.object.value for q in found if q.predicate == iri("kg:edtf")] == ["2014-26"]
    assert not any(q.predicate == iri("kg:date") for q in found)


def test_awkward_values_come_back() -> None:
    source, (expulsion, *_) = article_one()
    odd = replace(
        expulsion, score=-0.000012, confidence=1.0, why=(), magnitude=Magnitude(1.5e9, 'a "unit"\n')
    )
    article = replace(source, text=source.text + '\t"<b>&\\ é 漢 \x01', title="", url="not a url>")
    found = list(encode_article(article, [odd], RUN, MEANING))
    again = list(ox.parse(serialize(found, "nquads"), format=ox.RdfFormat.N_QUADS))
    assert list(decode_events(again, {})) == [odd]
    assert decode_article(again) == article


def test_a_damaged_report_is_an_error_that_names_the_graph() -> None:
    damaged = [q for q in quads(article_one()) if q.predicate != iri("kg:sentence")]
    with pytest.raises(StoreError, match=r"article/.*a report is broken"):
        list(decode_events(damaged, {}))
    with pytest.raises(StoreError, match="no article"):
        decode_article([])


def test_the_fingerprint_tells_what_must_be_read_again() -> None:
    source, _ = article_one()
    same = fingerprint(source, RUN)
    later = replace(RUN, started=datetime(2024, 1, 1, tzinfo=UTC))
    assert fingerprint(source, later) == same
    assert fingerprint(replace(source, text="x"), RUN) != same
    assert fingerprint(replace(source, date=None), RUN) != same
    assert fingerprint(source, replace(RUN, ontology="newer")) != same
    assert quads(article_one())[-1].object == ox.Literal(same)


def test_the_same_bytes_in_every_process() -> None:
    code = (
        "import sys; from tests.builders import *; from kg.rdf import serialize;"
        "sys.stdout.buffer.write(serialize(quads(article_one()), 'trig'))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parent.parent,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert len(next(iter(outputs))) > 1000


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize(
    ("format", "name"),
    [("nquads", "nquads"), ("trig", "trig"), ("turtle", "turtle"), ("ntriples", "nt")],
)
def test_others_can_read_what_is_written(format: GraphFormat, name: str) -> None:
    read = Dataset(default_union=True)
    read.parse(data=serialize(quads(article_two()), format).decode(), format=name)
    assert len(set(read.triples((None, None, None)))) == len(quads(article_two()))


def test_the_vocabulary_and_the_ontology_agree() -> None:
    folder = Path(__file__).parent.parent / "ontology"
    defined = {
        q.subject.value
        for name in ("core.ttl", "agents.ttl")
        for q in ox.parse(path=folder / name)
        if q.predicate == iri("skos:definition")
    }
    used = {str(KG._NS) + name for name in KG.__annotations__ if not name.startswith("_")}
    assert used <= defined
