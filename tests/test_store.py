"""One behaviour in memory, on disk and on a server; crashes; bad places."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import SchemaError, StoreError
from kg.model import article_iri
from kg.rdf import fingerprint
from kg.store import IMPORTED_GRAPH, ONTOLOGY_GRAPH, Store, dump, load_files, open_store
from kg.store.base import batches
from tests.builders import RUN, article_many, article_one, article_two, iri, quads
from tests.sparql_server import serve

ROOT = Path(__file__).parent.parent
ONE, TWO = article_iri("wire-1"), article_iri("wire-2")


@pytest.fixture(params=["memory", "disk", "remote"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "remote":
        with serve(ox.Store()) as url, open_store(url) as opened:
            yield opened
    else:
        with open_store(tmp_path / "graph" if request.param == "disk" else None) as opened:
            yield opened


def dumped(store: Store) -> bytes:
    output = io.BytesIO()
    dump(store, output)
    return output.getvalue()


def test_what_is_loaded_is_there_once(store: Store) -> None:
    one, two = quads(article_one()), quads(article_two())
    assert store.load(one + two) == len(one) + len(two)
    assert store.graphs() == sorted([ONE, TWO])
    assert set(store.quads(ONE)) == set(one)
    assert set(store.quads()) == set(one + two)
    # the two articles share an event: it is merged, not doubled
    merged = {q.triple for q in one + two}
    assert store.count() == len(merged) < len(one) + len(two)
    assert set(store.merged()) == merged


def test_loading_again_changes_nothing(store: Store) -> None:
    store.load(quads(article_one()))
    before = dumped(store), store.count()
    store.load(quads(article_one()))
    assert (dumped(store), store.count()) == before


def test_an_article_is_replaced_as_a_whole(store: Store) -> None:
    source, events = article_one()
    store.load(quads((source, events)) + quads(article_two()))
    store.load(quads((source, events[1:2])))
    assert set(store.quads(ONE)) == set(quads((source, events[1:2])))
    merged = {q.triple for q in quads((source, events[1:2])) + quads(article_two())}
    assert set(store.merged()) == merged, "what the other article says stays, the rest goes"


def test_removing_one_of_two_articles(store: Store) -> None:
    store.load(quads(article_one()) + quads(article_two()))
    store.remove(ONE)
    store.remove(article_iri("never loaded"))
    assert store.graphs() == [TWO]
    assert set(store.merged()) == {q.triple for q in quads(article_two())}


def test_loaded_means_complete_and_from_the_same_text(store: Store) -> None:
    source, _ = article_one()
    mark = fingerprint(source, RUN)
    assert not store.loaded(ONE, mark)
    store.load(quads(article_one())[:-1])
    assert not store.loaded(ONE, mark), "without its last quad it is not complete"
    store.load(quads(article_one()))
    assert store.loaded(ONE, mark)
    assert not store.loaded(ONE, fingerprint(replace(source, text="new"), RUN))


def test_quads_without_graph_add_up(store: Store) -> None:
    for number in (1, 2):
        store.load([ox.Quad(iri("state:RUS"), iri("kg:code"), ox.Literal(str(number)))])
    assert len(list(store.quads(IMPORTED_GRAPH))) == 2


def test_a_dump_loads_into_the_same_store(store: Store) -> None:
    store.load(quads(article_one()) + quads(article_two()))
    text = dumped(store)
    with open_store() as other:
        other.load(ox.parse(text, format=ox.RdfFormat.N_QUADS))
        assert dumped(other) == text
        assert other.count() == store.count()
    turtle = io.BytesIO()
    dump(store, turtle, "turtle")
    read = {q.triple for q in ox.parse(turtle.getvalue(), format=ox.RdfFormat.TURTLE)}
    assert read == set(store.merged())


def test_files_are_loaded_when_they_changed(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("<http://a> <http://b> [ <http://c> 1 ] .")
    assert load_files(store, ONTOLOGY_GRAPH, [path])
    assert store.count() == 3
    assert not load_files(store, ONTOLOGY_GRAPH, [path])
    path.write_text("<http://a> <http://b> 2 .")
    assert load_files(store, ONTOLOGY_GRAPH, [path])
    assert store.count() == 2
    path.write_text("<http://a> <http://b>\n oops .")
    with pytest.raises(SchemaError, match=r"a\.ttl:2: not Turtle"):
        load_files(store, ONTOLOGY_GRAPH, [path])


def test_a_fingerprint_comes_after_everything_it_vouches_for() -> None:
    stream = quads(article_one()) + quads(article_two())
    cut = list(batches(reversed(stream), 10))
    marks = [q for q in stream if q.predicate == iri("kg:fingerprint")]
    assert len(cut) > 5
    assert set(marks) <= set(cut[-1].quads)
    assert [q for batch in cut for q in batch.quads if q in marks] == cut[-1].quads[-2:]
    assert sorted(g.value for batch in cut for g in batch.clear) == sorted([ONE, TWO])


def test_many_articles_take_the_bulk_path(tmp_path: Path) -> None:
    stream = [q for n in range(800) for q in quads(article_many(n))]
    assert len(stream) > 20_000
    with open_store(tmp_path / "graph") as store:
        store.load(stream)
        assert len(store.graphs()) == 800
        assert store.count() == len({q.triple for q in stream})


def test_a_closed_store_can_be_opened_again(tmp_path: Path) -> None:
    with open_store(tmp_path / "new" / "graph") as store:
        store.load(quads(article_one()))
    with pytest.raises(StoreError, match="closed"):
        store.count()
    with open_store(tmp_path / "new" / "graph", read_only=True) as store:
        assert store.graphs() == [ONE]
        with pytest.raises(StoreError, match="only for reading"):
            store.load(quads(article_two()))


def test_a_store_that_is_written_can_be_read_as_a_snapshot(tmp_path: Path) -> None:
    with open_store(tmp_path / "graph") as store:
        store.load(quads(article_one()))
        with store.source() as source:
            assert isinstance(source, Path)
            assert len(list(ox.Store.read_only(str(source)).named_graphs())) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["graph"]


def bad_places(tmp_path: Path) -> dict[str, tuple[Path, bool, str]]:
    (tmp_path / "file").write_text("x")
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_text("x")
    return {
        "file": (tmp_path / "file", False, "is a file, not the folder of a store"),
        "below a file": (tmp_path / "file" / "graph", False, "a part of the path is a file"),
        "other folder": (tmp_path / "photos", False, "is a folder, but not of a store"),
        "nowhere": (Path("/proc/kg/graph"), False, "cannot be opened"),
        "missing": (tmp_path / "none", True, "there is no store here"),
    }


@pytest.mark.parametrize("case", ["file", "below a file", "other folder", "nowhere", "missing"])
def test_a_place_that_is_none_is_one_line(tmp_path: Path, case: str) -> None:
    path, read_only, message = bad_places(tmp_path)[case]
    with pytest.raises(StoreError, match=message) as caught:
        open_store(path, read_only=read_only)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_a_store_in_use_says_so(tmp_path: Path) -> None:
    with open_store(tmp_path / "graph"):
        for read_only in (False, True):
            with pytest.raises(StoreError, match="already open for writing in this process"):
                open_store(tmp_path / "graph", read_only=read_only)
            code = f"open_store({str(tmp_path / 'graph')!r}, read_only={read_only})"
            other = subprocess.run(
                [sys.executable, "-c", f"from kg.store import open_store; {code}"],
                cwd=ROOT,
                capture_output=True,
                text=True,
            )
            assert "StoreError" in other.stderr
            assert "in use by another process" in other.stderr


def test_a_server_that_is_away_is_one_line() -> None:
    store = open_store("http://me:secret@127.0.0.1:1/query")
    with pytest.raises(StoreError, match="cannot be reached") as caught:
        store.graphs()
    assert "secret" not in str(caught.value)
    with serve(ox.Store()) as url, pytest.raises(StoreError, match="the server refused"):
        open_store(url, update_url=url.replace("query", "nowhere")).load(quads(article_one()))


_WRITER = """
import sys
from kg.store import open_store
from tests.builders import article_many, quads
store = open_store(sys.argv[1])
for number in range(100_000):
    store.load(quads(article_many(number)))
    print(number, flush=True)
"""


def test_kill_9_loses_no_loaded_article_and_the_next_run_resumes(tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout
    done = 0
    for line in writer.stdout:
        done = int(line)
        if done == 60:
            break
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    with open_store(folder) as store:
        for number in range(len(store.graphs()) + 5):
            source, events = article_many(number)
            graph, mark = article_iri(source.id), fingerprint(source, RUN)
            complete = set(store.quads(graph)) == set(quads((source, events)))
            assert store.loaded(graph, mark) == complete
            assert complete or number > done
            if not complete:
                store.load(quads((source, events)))
        merged = {q.triple for q in store.quads()}
        assert set(store.merged()) == merged
