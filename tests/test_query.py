"""Questions, their limits, their mistakes, and every query that ships."""

import csv
import io
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, UsageError
from kg.model import article_iri
from kg.query import Result, bind, named_queries, render, run, table
from kg.query.words import has_dataset, is_update, replace_dollars
from kg.store import ONTOLOGY_GRAPH, REFERENCE_GRAPH, Store, open_store
from tests.builders import (
    ONTOLOGY_TURTLE,
    REFERENCE_TURTLE,
    article_one,
    article_two,
    iri,
    quads,
    turtle,
)
from tests.sparql_server import serve

ENDLESS = """
SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }
"""
Ask = Callable[..., Result]


def filled(store: Store) -> Store:
    store.load(quads(article_one()) + quads(article_two()))
    store.load(turtle(ONTOLOGY_TURTLE, ONTOLOGY_GRAPH))
    store.load(turtle(REFERENCE_TURTLE, REFERENCE_GRAPH))
    return store


@pytest.fixture(scope="module", params=["memory", "disk", "writing", "remote"])
def ask(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """A function that asks a small graph, kept in each of the ways there are."""
    if request.param == "remote":
        with serve(ox.Store()) as url:
            filled(open_store(url))
            yield lambda sparql, **options: run(sparql, url, **options)
        return
    folder = tmp_path_factory.mktemp("query") / "graph"
    store = filled(open_store(None if request.param == "memory" else folder))
    if request.param == "disk":
        store.close()
        store = open_store(folder, read_only=True)
    with store, store.source() as source:
        yield lambda sparql, **options: run(sparql, source, **options)


@pytest.fixture(scope="module")
def memory() -> Iterator[ox.Store]:
    with filled(open_store()) as store, store.source() as source:
        assert isinstance(source, ox.Store)
        yield source


def test_every_kind_of_query(ask: Ask) -> None:
    rows = ask("SELECT ?name { state:RUS rdfs:label ?name }")
    assert (rows.columns, rows.rows) == (("name",), [(ox.Literal("Russia", language="en"),)])
    assert ask("ASK { state:RUS a kg:Actor }").truth
    assert not ask("ASK { state:RUS a kg:Person }").truth
    made = ask("CONSTRUCT { ?s kg:actor ?o } WHERE { ?s kg:actor ?o ; a kg:Invasion }")
    assert len(made.triples) == 2
    assert any(t.predicate == iri("skos:prefLabel") for t in ask("DESCRIBE state:RUS").triples)


def test_what_two_articles_say_counts_once(ask: Ask) -> None:
    rows = ask("SELECT (COUNT(*) AS ?n) { ?e a kg:Expulsion ; kg:actor/rdfs:label ?name }").rows
    assert rows[0][0] == ox.Literal(1)


def test_a_broader_class_finds_the_narrower(ask: Ask) -> None:
    assert len(ask("SELECT ?e { ?e a kg:Sanction }").rows) == 1


def test_from_is_respected(ask: Ask) -> None:
    count = "SELECT (COUNT(DISTINCT ?e) AS ?n) {} {{ ?e a kg:Event }}"
    graph = article_iri("wire-1")
    assert ask(count.format("")).rows[0][0] == ox.Literal(5)
    assert ask(count.format(f"FROM <{graph}>")).rows[0][0] == ox.Literal(4)
    named = f"SELECT DISTINCT ?g FROM NAMED <{graph}> {{ GRAPH ?g {{ ?e a kg:Event }} }}"
    assert ask(named).rows == [(ox.NamedNode(graph),)]
    assert len(ask("SELECT DISTINCT ?g { GRAPH ?g { ?e kg:actor ?a } }").rows) == 2


def test_a_syntax_error_has_file_line_and_column(ask: Ask) -> None:
    with pytest.raises(QueryError, match=r'^my\.rq:2:\d+: syntax error near "FILTR') as caught:
        ask("SELECT * WHERE { ?s ?p ?o .\n FILTR(?s) }", name="my.rq")
    assert "\n" not in str(caught.value)
    with pytest.raises(QueryError, match=r"^query:1:\d+: unknown prefix"):
        ask("SELECT * { ?s foaf:name ?o }")


def test_rows_are_limited(ask: Ask) -> None:
    some = ask("SELECT * { ?s ?p ?o }", limit=7)
    assert (len(some.rows), some.truncated) == (7, True)
    few = ask("CONSTRUCT WHERE { ?s ?p ?o }", limit=5)
    assert (len(few.triples), few.truncated) == (5, True)
    assert not ask("SELECT * { ?s a kg:Article }", limit=2).truncated


@pytest.mark.parametrize("kind", ["memory", "disk"])
def test_an_endless_query_is_stopped(kind: str, tmp_path: Path) -> None:
    with filled(open_store(None if kind == "memory" else tmp_path / "graph")) as store:
        begun = time.monotonic()
        with store.source() as source, pytest.raises(QueryError, match=r"stopped after 0\.5 s"):
            run(ENDLESS, source, timeout=0.5)
        assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { state:RUS kg:code 'X' }",
        "PREFIX a: <http://select/>\n# SELECT\nDELETE WHERE { ?s ?p ?o }",
        "drop all",
        "LOAD <http://127.0.0.1/>",
        "WITH <http://g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused(update: str, memory: ox.Store) -> None:
    before = len(memory)
    with pytest.raises(QueryError, match="this changes the store"):
        run(update, memory)
    assert len(memory) == before


@pytest.mark.parametrize("text", ["", "  # nothing\n"])
def test_an_empty_query_says_so(text: str, memory: ox.Store) -> None:
    with pytest.raises(QueryError, match="empty"):
        run(text, memory)


def test_a_server_or_folder_that_is_away_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="cannot be reached") as caught:
        run("ASK { ?s ?p ?o }", "http://me:secret@127.0.0.1:1/query")
    assert "secret" not in str(caught.value)
    with pytest.raises(QueryError, match="cannot be read"):
        run("ASK { ?s ?p ?o }", tmp_path / "none")


def test_words_in_strings_and_comments_are_no_keywords() -> None:
    assert is_update("# select\nINSERT DATA {}")
    assert not is_update('SELECT * { ?insert ex:delete "DROP" } # CLEAR')
    assert has_dataset("SELECT * FROM <http://g> { }")
    assert not has_dataset('SELECT ?from { ?from ex:from \'FROM\' ; <http://from> """FROM""" }')


# Formats -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def odd() -> Result:
    """Values that formats must quote."""
    values = (
        iri("state:RUS"),
        ox.Literal('a, "b"\n<c>', language="en"),
        ox.Literal(-1.5),
        None,
        ox.BlankNode("x"),
        ox.Literal("俄罗斯"),
    )
    return Result("rows", columns=("a", "b", "c", "d", "e", "f"), rows=[values])


def test_standard_formats_can_be_read_back(odd: Result) -> None:
    rows = list(csv.reader(io.StringIO(render(odd, "csv"))))
    assert rows[0] == list(odd.columns)
    assert rows[1][1:4] == ['a, "b"\n<c>', "-1.5", ""]
    bindings = json.loads(render(odd, "json"))["results"]["bindings"]
    assert bindings[0]["b"] == {"type": "literal", "value": 'a, "b"\n<c>', "xml:lang": "en"}
    assert "d" not in bindings[0]
    assert len(list(ElementTree.fromstring(render(odd, "xml")).iter())) > 10
    assert render(odd, "tsv").count("\t") == 10
    assert odd.values()[0]["a"] == iri("state:RUS").value


def test_a_table_is_aligned(odd: Result) -> None:
    head, rule, row = table(odd).splitlines()
    assert head.startswith("a          b")
    assert set(rule) == {"─", " "}
    assert row.startswith('state:RUS  a, "b" <c>  -1.5')
    long = Result("rows", columns=("n",), rows=[(ox.Literal("x" * 99),)])
    assert table(long, width=10).splitlines()[-1] == "x" * 9 + "…"
    assert table(Result("rows", columns=("n",))) == "n\n─\n"
    assert table(Result("truth", truth=True)) == "yes\n"


def test_a_format_must_fit_the_query(odd: Result) -> None:
    graph = Result("graph", triples=[ox.Triple(iri("kg:a"), iri("kg:b"), iri("kg:c"))])
    assert "kg:a kg:b kg:c" in render(graph, "turtle")
    assert render(graph, "ntriples").count("\n") == 1
    for result, format in ((odd, "turtle"), (graph, "csv"), (Result("truth"), "tsv")):
        with pytest.raises(UsageError, match="written as"):
            render(result, format)  # type: ignore[arg-type]
    assert json.loads(render(Result("truth", truth=True), "json"))["boolean"] is True


# Named queries -----------------------------------------------------------------------------------

SHIPPED = named_queries()


def test_a_dozen_queries_ship_and_each_says_what_it_answers() -> None:
    assert len(SHIPPED) >= 12
    assert all(q.description.endswith(".") and len(q.description) > 20 for q in SHIPPED.values())


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_every_shipped_query_answers(name: str, memory: ox.Store) -> None:
    query = SHIPPED[name]
    result = run(query.bound(), memory, name=str(query.path))
    assert result.rows or result.triples
    assert all(any(v is not None for v in row) for row in result.rows)
    for parameter in query.parameters:
        assert parameter.description, parameter.name
        if parameter.default.startswith('"'):
            other = run(query.bound({parameter.name: "0"}), memory)
            assert other != result, f"{parameter.name} does nothing"


def rows(memory: ox.Store, name: str, **values: str) -> list[dict[str, str | None]]:
    return run(SHIPPED[name].bound(values), memory).values()


def test_what_the_queries_answer(memory: ox.Store) -> None:
    assert rows(memory, "expulsions", actor="RUS") == [
        {
            "date": "2021-12-01",
            "actor": "Russia",
            "target": "American diplomats",
            "status": "actual",
            "reports": "2",
        }
    ]
    [month] = rows(memory, "between-by-month")
    assert (month["month"], month["events"]) == ("2021-12", "3")
    assert float(month["mean_score"] or 0) == pytest.approx((-5 + 2.5 - 4.4) / 3)
    assert rows(memory, "between-by-month", two="UKR")[0]["month"] == "2022-02"
    assert {r["type"] for r in rows(memory, "said-by")} == {"Expulsion", "Invasion"}
    assert {r["why"] for r in rows(memory, "denied-or-threatened")} == {"denied", "threat"}
    central = rows(memory, "central-actors")[0]
    assert (central["name"], central["partners"], central["events"]) == ("Russia", "3", "3")
    assert rows(memory, "contested")[0]["denied_by"] == "Sergey Lavrov"
    assert [r["name"] for r in rows(memory, "unresolved")] == ["American diplomats"]
    told = rows(memory, "sources", least="2")[0]["sources"] or ""
    assert sorted(told.split(", ")) == ["Wire 1", "Wire 2"]
    assert rows(memory, "office-holders")[0]["holder"] == "Sergey Lavrov"
    assert rows(memory, "office-holders", day="2003-01-01") == []
    assert len(rows(memory, "evidence", type="kg:Assault")) == 2
    assert {r["category"]: r["denied"] for r in rows(memory, "categories")}["ASSAULT"] == "1"
    assert len(rows(memory, "timeline", state="UKR")) == 1


def test_a_value_cannot_become_more_than_a_term(memory: ox.Store) -> None:
    query = "SELECT ?x { BIND($v AS ?x) }"
    nasty = 'x" } DROP ALL #'
    assert run(bind(query, {"v": nasty}), memory).rows == [(ox.Literal(nasty),)]
    assert run(bind(query, {"v": "state:RUS"}), memory).rows == [(iri("state:RUS"),)]
    assert run(bind(query, {"v": "<http://a>"}), memory).rows == [(ox.NamedNode("http://a"),)]
    with pytest.raises(UsageError, match="is no IRI"):
        bind(query, {"v": "<http://a> } DROP ALL>"})
    with pytest.raises(UsageError, match='no parameter "w"'):
        bind(query, {"w": "1"})
    with pytest.raises(UsageError, match="another kind than its default"):
        SHIPPED["sources"].bound({"least": "many"})


def test_only_dollars_outside_strings_are_parameters() -> None:
    text = "SELECT ?v { ?v <http://x/$v> '$v' } # $v\n$v"
    assert replace_dollars(text, lambda name: "1") == text[:-2] + "1"
    assert replace_dollars("$other", lambda name: None) == "$other"


def test_a_query_without_description_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "bad.rq").write_text("SELECT * { ?s ?p ?o }")
    with pytest.raises(QueryError, match=r"bad\.rq:1: the first line must be a comment"):
        named_queries(tmp_path)
