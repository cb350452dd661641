"""Wikidata's office-holders: from its dump and its endpoint, joined to what is known."""

import bz2
import gzip
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from kg.cli import main
from kg.errors import BusyError, SchemaError, StoreError
from kg.gazetteer import Gazetteer, load_gazetteer, named, search
from kg.gazetteer.wikidata import Choice, Counts, Merge, Spool, read_dump, read_endpoint, write
from kg.gazetteer.wikidata.records import wikidata_time
from kg.rdf import read_shapes, validate
from kg.store.http import request
from kg.vocab import BASE, WIKIDATA
from tests.sparql_server import Trouble, serve
from tests.wikidata import (
    FRANCE,
    GERMANY,
    GHANA,
    ITEMS,
    USA,
    Held,
    Item,
    dump,
    entity,
    graph,
    human,
    position,
)

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "ontology" / "reference"
STATES = [FRANCE, GERMANY, GHANA, "Q1033"]
PEOPLE = """@prefix kg: <https://w3id.org/geopolitical-kg/ontology#> .
@prefix id: <https://w3id.org/geopolitical-kg/id/> .
@prefix office: <https://w3id.org/geopolitical-kg/id/office/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix person: <https://w3id.org/geopolitical-kg/id/person/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
person:sergey-lavrov a kg:Official ; kg:code "RUS" ; kg:gender "male" ;
    skos:prefLabel "Sergey Lavrov"@en ; skos:altLabel "Sergei Lavrov"@en .
person:emmanuel-macron a kg:Official ; kg:code "FRA" ; skos:prefLabel "Emmanuel Macron"@en .
person:angela-merkel a kg:Official ; kg:code "DEU" ; skos:prefLabel "Angela Merkel"@en .
person:ban-ki-moon a kg:Official ; kg:code "UN" ; skos:prefLabel "Ban Ki-moon"@en .
id:t1 a kg:Tenure ; org:member person:sergey-lavrov ; kg:office office:RUS-foreign-minister ;
    kg:begin "2004-03-09"^^xsd:date .
id:t2 a kg:Tenure ; org:member person:emmanuel-macron ; kg:office office:FRA-president ;
    kg:begin "2017-05-14"^^xsd:date .
id:t3 a kg:Tenure ; org:member person:angela-merkel ; kg:office office:DEU-prime-minister ;
    kg:begin "2005-11-22"^^xsd:date ; kg:end "2021-12-08"^^xsd:date .
id:t4 a kg:Tenure ; org:member person:ban-ki-moon ; kg:office office:UN-secretary-general ;
    kg:begin "2007-01-01"^^xsd:date ; kg:end "2017-01-01"^^xsd:date .
"""


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped states and offices with few people: all of them take a second each time."""
    folder = tmp_path_factory.mktemp("reference")
    for name in ("states", "organizations", "offices", "roles"):
        shutil.copy(REFERENCE / f"{name}.ttl", folder)
    (folder / "people.ttl").write_text(PEOPLE, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def small(reference: Path) -> Gazetteer:
    return load_gazetteer(reference)


@dataclass(frozen=True)
class Imported:
    """What an import gave."""

    known: Gazetteer
    counts: Counts
    rejected: list[str]
    file: Path

    @property
    def text(self) -> str:
        return self.file.read_text(encoding="utf-8")


Import = Callable[..., Imported]


@pytest.fixture
def bring(reference: Path, small: Gazetteer, tmp_path: Path) -> Import:
    """Import items, the path of a dump, or the address of an endpoint."""

    def run(source: object, choice: Choice | None = None, page: int = 500) -> Imported:
        if isinstance(source, tuple):
            (tmp_path / "items.json").write_text(dump(source), encoding="utf-8")
            source = tmp_path / "items.json"
        own = tmp_path / "own"
        own.mkdir(exist_ok=True)
        with Spool(tmp_path / "spool", "test") as spool:
            if isinstance(source, Path):
                place, reading = source.name, read_dump(source, spool)
            else:
                place = str(source)
                reading = read_endpoint(asker(place), place, STATES, spool, page)
            for _ in reading:
                pass
            merge = Merge(spool, small, place, choice or Choice())
            found = write(merge, spool, own / "wikidata.ttl", "test")
            rejected = [f"{r.place}: {r.reason}".removeprefix(f"{tmp_path}/") for r in found]
            spool.discard()
        return Imported(
            load_gazetteer(reference, own), merge.counts, rejected, own / "wikidata.ttl"
        )

    return run


def asker(url: str, queries: list[str] | None = None) -> Callable[[str], bytes]:
    """What sends a query to a server."""

    def ask(query: str) -> bytes:
        if queries is not None:
            queries.append(query)
        body, accept = urlencode({"query": query}).encode(), "application/sparql-results+json"
        return request(url, body, "application/x-www-form-urlencoded", accept)

    return ask


Kg = Callable[..., tuple[int, str, list[str]]]


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Kg:
    """Run a command in this process, in an empty working folder: its code, output, complaints."""
    monkeypatch.chdir(tmp_path)
    for name in [n for n in os.environ if n.startswith("KG_")]:
        monkeypatch.delenv(name)

    def run(*arguments: object) -> tuple[int, str, list[str]]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as exit:
            main(["entities", *map(str, arguments)])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        assert all(line.startswith("kg: ") for line in err.splitlines())
        return int(exit.value.code or 0), out, err.splitlines()

    return run


def terms(gazetteer: Gazetteer, name: str) -> list[tuple[str, date | None, date | None]]:
    """Offices and dates of somebody, the last first."""
    person = named(gazetteer, name)
    assert person is not None, name
    offices = gazetteer.offices
    return [(offices[t.office].name, t.begin, t.end) for t in gazetteer.tenures_of(person.id)]


# One result, every way --------------------------------------------------------------------------

FORMATS: dict[str, Callable[[Path], object]] = {
    "small.json": lambda p: p.write_text(dump(), encoding="utf-8"),
    "small.json.gz": lambda p: p.write_bytes(gzip.compress(dump().encode())),
    "small.json.bz2": lambda p: p.write_bytes(bz2.compress(dump().encode())),
    "small.ndjson": lambda p: p.write_text(
        "\n" + "".join(json.dumps(entity(i)) + "\n" for i in ITEMS), encoding="utf-8"
    ),
    "marked.json": lambda p: p.write_text(dump(), encoding="utf-8-sig"),
    # names lie: this one is packed
    "packed": lambda p: p.write_bytes(gzip.compress(dump().encode())),
}


def test_what_comes_in(bring: Import) -> None:
    done = bring(ITEMS)
    ada = named(done.known, "Ada Mensah")
    assert ada is not None
    assert (ada.name, ada.code, ada.gender, ada.wikidata) == (
        "Ada Okonjo", "GHA", "female", "Q800001",
    )  # fmt: skip
    assert terms(done.known, "Ada Okonjo") == [
        ("foreign minister of Ghana", date(2019, 3, 1), date(2021, 6, 30)),
        ("Minister of Health", date(2015, 1, 1), date(2019, 3, 1)),
    ]
    assert terms(done.known, "Franz Huber") == [
        ("Minister-President of Bavaria", date(2001, 1, 1), date(2005, 1, 1))
    ]
    assert terms(done.known, "Tunde Bello") == [("grand vizier of trade", date(2007, 7, 26), None)]
    # it ended when nobody knows, but not after his death
    assert terms(done.known, "Yaw Late") == [
        ("Minister of Health", date(1999, 1, 1), date(2003, 4, 5))
    ]
    for undated in ("Esi Gone", "Kofi Undated", "Reversed Man"):
        assert terms(done.known, undated) == []
    for nobody in ("A Cat", "Nobody Special", "Ada"):
        assert named(done.known, nobody) is None
    assert done.known.holder(f"{BASE}state/GHA", "health minister", date(2016, 5, 1)) == ada
    counts = Counts(people=8, known=1, offices=3, tenures=5, same=1, undated=2)
    assert done.counts == counts
    assert done.rejected == [
        "items.json:12: Q800003: Reversed Man: the term in Q900001 ends (2001-01-31) before it "
        "begins (2001-02-01).",
        'items.json:14: Q800005: Jean Inconnu: the country of "keeper of the seals" (Q900004) is '
        "Q999999, which is no known state.",
        "items.json:15: Q800006: has no English name.",
    ]


def test_whom_everybody_knows_is_not_there_twice(bring: Import, small: Gazetteer) -> None:
    known = bring(ITEMS).known
    macron = named(known, "Emmanuel Jean-Michel Frédéric Macron")
    assert macron is not None
    assert (macron.id, macron.wikidata) == (f"{BASE}person/emmanuel-macron", "Q3052772")
    assert terms(known, "Emmanuel Macron") == terms(small, "Emmanuel Macron")
    assert known.offices[f"{BASE}office/FRA-president"].wikidata == "Q191954"
    of_france = [o for o in known.offices.values() if o.of.endswith("state/FRA")]
    assert len(of_france) == len([o for o in small.offices.values() if o.of.endswith("state/FRA")])
    # news say it of others, too
    assert "Macron" not in known.names


@pytest.mark.parametrize("name", FORMATS)
def test_every_form_of_a_dump_gives_the_same(name: str, bring: Import, tmp_path: Path) -> None:
    whole = bring(ITEMS)
    text = whole.text
    FORMATS[name](tmp_path / name)
    done = bring(tmp_path / name)
    assert done.text == text
    assert [r.replace(name, "items.json") for r in done.rejected] == whole.rejected


@pytest.mark.parametrize("page", [1, 2, 500])
def test_an_endpoint_gives_the_same(page: int, bring: Import) -> None:
    # what belongs to no known state is not asked for
    items = tuple(i for i in ITEMS if i.id != "Q800005")
    whole = bring(items)
    text = whole.text
    with serve(graph(items)) as url:
        done = bring(url, page=page)
    assert done.text == text
    assert [r.partition(": ")[2] for r in done.rejected] == [
        r.partition(": ")[2] for r in whole.rejected
    ]


def test_what_is_written_conforms_to_the_shapes(bring: Import) -> None:
    shapes = read_shapes([ROOT / "ontology" / "core.ttl", ROOT / "ontology" / "agents.ttl"])
    known = ox.parse(path=REFERENCE / "offices.ttl")
    people = ox.parse(PEOPLE, format=ox.RdfFormat.TURTLE)
    assert validate([*ox.parse(path=bring(ITEMS).file), *known, *people], shapes) == []


def test_only_the_states_and_times_that_are_wanted(bring: Import) -> None:
    done = bring(ITEMS, Choice(frozenset({"GHA"}), 2004))
    assert (done.counts.people, done.counts.tenures) == (1, 2)
    assert (done.counts.undated, done.counts.elsewhere) == (2, 4)
    assert len(done.rejected) == 2


# The command -------------------------------------------------------------------------------------


def test_the_command_reads_a_dump(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "small.json").write_text(dump(), encoding="utf-8")
    options = ("--state", "Ghana", "--json", "--rejects", "rejects.txt")
    code, out, complaints = kg("import", "wikidata", "small.json", *options)
    counts = json.loads(out)
    assert counts["file"] == "kg-entities/wikidata-small-GHA.ttl"
    assert (code, counts["people"], counts["rejected"]) == (1, 5, len(complaints))
    listed = (tmp_path / "rejects.txt").read_text(encoding="utf-8").splitlines()
    assert [f"kg: {line}" for line in listed] == complaints
    assert [p.name for p in (tmp_path / "kg-entities").iterdir()] == ["wikidata-small-GHA.ttl"]
    _, found, _ = kg("search", "Ada Okonjo")
    assert "  2019-03-01 – 2021-06-30  foreign minister of Ghana" in found
    assert kg("import", "wikidata", "small.json", "--state", "Narnia") == (
        2, "", ['kg: --state "Narnia" is no known state. Use a code such as FRA.'],
    )  # fmt: skip


def test_the_command_goes_on_where_it_stopped(kg: Kg, tmp_path: Path) -> None:
    folder = tmp_path / "kg-entities"
    with serve(graph(), [None, None, Trouble(400, b"gone")]) as url:
        wanted = ("import", "wikidata", url, "--page", 1, "--state", "Ghana", "--state", "France")
        code, out, (complaint,) = kg(*wanted)
        assert (code, out) == (1, "")
        assert complaint.startswith(f"kg: {url}: the server refused (400): gone What has come")
        assert [p.suffix for p in folder.iterdir()] == [".resume"]
        code, out, _ = kg(*wanted)
    assert code == 1  # some were rejected
    assert "5 people, 1 offices, 3 terms of office" in out
    assert [p.name for p in folder.iterdir()] == ["wikidata-FRA-GHA.ttl"]


@pytest.mark.slow
def test_a_second_import_changes_nothing(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "small.json").write_text(dump(), encoding="utf-8")
    (tmp_path / "mine.csv").write_text(
        "name,type,code,of,role,begin\nAda Okonjo,Official,GHA,Ghana,foreign minister,2019-03\n",
        encoding="utf-8",
    )
    file = tmp_path / "kg-entities" / "wikidata-small.ttl"
    first = kg("import", "wikidata", "small.json")
    text = file.read_text(encoding="utf-8")
    assert kg("import", "wikidata", "small.json") == first
    assert file.read_text(encoding="utf-8") == text
    # a table that knows one of them: each file can be made anew while the other is there
    file.unlink()
    assert kg("import", "csv", "mine.csv")[0] == 0
    for command in (("wikidata", "small.json"), ("csv", "mine.csv"), ("wikidata", "small.json")):
        assert kg("import", *command)[0] in (0, 1)
        _, out, _ = kg("search", "Ada Okonjo", "--json")
        assert [row["id"] for row in json.loads(out)] == [f"{BASE}person/ada-okonjo"]


# Who and what is known already -------------------------------------------------------------------

OFFICES = [
    # name, aliases, number of the state → the known office, or nothing
    ("Prime Minister of France", (), FRANCE, "FRA-prime-minister"),
    ("French foreign minister", (), FRANCE, "FRA-foreign-minister"),
    ("Prime Minister", (), FRANCE, "FRA-prime-minister"),
    ("Foreign Secretary", (), "Q145", "GBR-foreign-minister"),
    (
        "head of the Quai",
        ("Minister of Foreign Affairs of France",),
        FRANCE,
        "FRA-foreign-minister",
    ),
    ("United States Secretary of Defense", (), USA, "USA-defence-minister"),
    ("Secretary of State", (), FRANCE, None),
    ("Secretary of State of France", (), FRANCE, None),
    ("Something else", ("Prime Minister",), FRANCE, None),
    ("Prime Minister of Bavaria", (), FRANCE, None),
    ("member of parliament", (), FRANCE, None),
    ("Ambassador of France", (), FRANCE, "FRA-ambassador"),
]


@pytest.mark.parametrize(("name", "aliases", "of", "known"), OFFICES)
def test_a_position_is_a_known_office_only_if_that_is_certain(
    name: str, aliases: tuple[str, ...], of: str, known: str | None, bring: Import
) -> None:
    items = (
        position("Q900100", name, *aliases, of=of),
        human("Q800100", "Jo Newcomer", Held("Q900100", "1950", "1951"), citizen=of),
    )
    done = bring(items)
    (office,) = (o for o in done.known.offices.values() if o.wikidata == "Q900100")
    assert done.counts.offices == (known is None)
    if known:
        assert office.id == f"{BASE}office/{known}"
    else:
        assert office.name == name
        assert office.role not in done.known.roles.values()


def test_words_that_mean_something_else_elsewhere_need_a_holder_in_common(bring: Import) -> None:
    """A Chancellor of Germany is the prime minister, as the terms of Angela Merkel show."""
    merkel = human("Q567", "Angela Merkel", Held("Q900100", "2005-11-22", "2021-12-08"))
    chancellor = position("Q900100", "Chancellor of Germany", of=GERMANY)
    done = bring((merkel, chancellor))
    assert (done.counts.offices, done.counts.same) == (0, 1)
    assert done.known.offices[f"{BASE}office/DEU-prime-minister"].wikidata == "Q900100"
    other = replace(merkel, labels={"en": "Karl Nemo"})
    done = bring((other, chancellor))
    assert done.counts.offices == 1


def test_a_name_in_full_tells_what_applies_to_a_wider_realm(bring: Import) -> None:
    """The Netherlands are a country (Q55) of a kingdom (Q29999) that nobody here knows."""
    items = (
        position("Q1", "Prime Minister of the Netherlands", of="Q29999", country="Q55"),
        position("Q2", "Prime Minister", of="Q29999", country="Q55"),
        human("Q3", "Jan Nieuw", Held("Q1", "1950", "1951"), Held("Q2", "1952", "1953")),
    )
    known = bring(items).known
    assert known.offices[f"{BASE}office/NLD-prime-minister"].wikidata == "Q1"
    assert [o.role for o in known.offices.values() if o.wikidata == "Q2"] == ["Prime Minister"]


def test_an_office_of_an_organization_is_found_by_its_name(bring: Import) -> None:
    items = (
        position("Q81066", "Secretary-General of the United Nations", country=USA),
        human("Q1253", "Ban Ki-moon", Held("Q81066", "2007-01-01", "2016-12-31")),
    )
    done = bring(items)
    assert (done.counts.offices, done.counts.people, done.counts.same) == (0, 0, 1)
    assert named(done.known, "Ban Ki-moon").wikidata == "Q1253"  # type: ignore[union-attr]


def test_an_office_of_many_is_nobodys_title(bring: Import) -> None:
    """ "The minister of transport of Ghana" must mean one, so a crowded one is a role by itself."""
    seat = position("Q900100", "Justice Minister of Ghana", "Ghana's Justice Minister", of=GHANA)
    many = [
        human(f"Q8001{n}", f"Member {n}", Held("Q900100", "2001-01-07", "2005-01-06"))
        for n in range(10, 16)
    ]
    done = bring((seat, *many))
    assert done.known.holder(f"{BASE}state/GHA", "justice minister", date(2002, 1, 1)) is None
    assert "Ghana's Justice Minister" not in done.known.names
    few = [
        human(f"Q8001{n}", f"Member {n}", Held("Q900100", f"200{n}", f"200{n + 1}"))
        for n in range(4)
    ]
    done = bring((seat, *few))
    holder = done.known.holder(f"{BASE}state/GHA", "justice minister", date(2002, 6, 1))
    assert holder is not None
    assert holder.name == "Member 2"
    assert "Ghana's Justice Minister" in done.known.names


PERSONS = [
    # who, and whether it is the known Sergey Lavrov, foreign minister of Russia since 2004
    (human("Q1", "Sergey Lavrov", Held("Q900100", "2004-03-09"), gender="Q6581097"), True),
    (human("Q1", "Sergei Lavrov", Held("Q900100", "2004-03-09")), True),
    (human("Q1", "S. V. L.", Held("Q900100", "2004"), aliases=("Sergei Lavrov",)), True),
    (human("Q1", "Sergey Lavrov", Held("Q900101", "2010"), citizen="Q159"), True),
    (human("Q1", "Sergey Lavrov", Held("Q900101", "1950", "1951"), citizen="Q159"), False),
    (human("Q1", "Sergey Lavrov", Held("Q900102", "2010"), citizen=FRANCE), False),
    (human("Q1", "Sergey Lavrov", Held("Q900100", "2004-03-09"), gender="Q6581072"), False),
    (human("Q1", "Igor Petrov", Held("Q900100", "2004-03-09")), False),
]
POSITIONS = (
    position("Q900100", "Minister of Foreign Affairs of Russia", of="Q159"),
    position("Q900101", "keeper of bees of Russia", of="Q159"),
    position("Q900102", "keeper of bees of France", of=FRANCE),
)


@pytest.mark.parametrize(("person", "same"), PERSONS)
def test_a_person_is_known_only_if_that_is_certain(person: Item, same: bool, bring: Import) -> None:
    done = bring((person, *POSITIONS))
    assert (done.counts.known, done.counts.people) == (int(same), int(not same))
    (found,) = (e for e in done.known.entities.values() if e.wikidata == "Q1")
    assert (found.id == f"{BASE}person/sergey-lavrov") is same


def test_two_who_may_be_one_known_person_are_both_new(bring: Import) -> None:
    twins = [
        human(f"Q{n}", "Sergey Lavrov", Held("Q900101", "2010"), citizen="Q159") for n in (1, 2)
    ]
    done = bring((*twins, *POSITIONS))
    assert (done.counts.known, done.counts.people) == (0, 2)


def test_terms_that_are_known_are_not_there_twice(bring: Import) -> None:
    held = [Held("Q900100", "2004-03-09", "2012-05-21"), Held("Q900100", "2012-05-21")]
    lavrov = human("Q1", "Sergey Lavrov", *held, Held("Q900101", "2003"), citizen="Q159")
    done = bring((lavrov, *POSITIONS))
    assert (done.counts.same, done.counts.tenures) == (2, 1)
    assert len(terms(done.known, "Sergey Lavrov")) == 2


# Times -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "precision", "expected"),
    [
        ("+2017-05-14T00:00:00Z", 11, "2017-05-14"),
        ("+2017-05-14T00:00:00Z", 10, "2017-05"),
        ("+2017-05-14T00:00:00Z", 9, "2017"),
        ("+2017-05-00T00:00:00Z", 10, "2017-05"),
        ("+2017-00-00T00:00:00Z", 9, "2017"),
        ("+2017-05-00T00:00:00Z", 11, "2017-05"),
        ("+2017-00-00T00:00:00Z", 11, "2017"),
        ("2017-05-14T00:00:00Z", None, "2017-05-14"),
        ("+2017-05-14T12:00:00Z", 14, "2017-05-14"),
        ("+0800-12-25T00:00:00Z", 11, "0800-12-25"),
        ("+2010-00-00T00:00:00Z", 8, None),
        ("-0044-03-15T00:00:00Z", 11, None),
        ("+13798000000-00-00T00:00:00Z", 3, None),
    ],
)
def test_as_much_of_a_time_as_is_known(
    text: str, precision: int | None, expected: str | None
) -> None:
    assert wikidata_time(text, precision) == expected


@pytest.mark.parametrize("text", ["", "spring", "+2017-13-01T00:00:00Z", "+2017-02-30T00:00:00Z"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(ValueError, match="is no time"):
        wikidata_time(text, 11)


def test_who_comes_and_goes_in_one_year(bring: Import) -> None:
    """A year is not before a day in it; the office is theirs for the rest of the year."""
    short = human("Q1", "Liz Short", Held("Q900101", "2022-09-06", "2022"), citizen="Q159")
    done = bring((short, *POSITIONS))
    assert (done.counts.tenures, done.rejected) == (1, [])
    assert terms(done.known, "Liz Short") == [
        ("keeper of bees of Russia", date(2022, 9, 6), date(2023, 1, 1))
    ]


# Dumps with mistakes -----------------------------------------------------------------------------

GOOD = dump().splitlines()
FILLER = [
    json.dumps(entity(Item(f"Q{n}", {"en": sha256(bytes([n % 256, n // 256])).hexdigest()})))
    for n in range(1, 2000)
]
BROKEN_TIME = entity(ITEMS[8])
BROKEN_TIME["claims"]["P39"][0]["qualifiers"]["P580"] = [
    {"snaktype": "value", "datavalue": {"value": {"time": "spring", "precision": 11}}}
]
BROKEN_SHAPE = entity(ITEMS[8]) | {"labels": ["Ada"]}
LONG = "\n".join([*GOOD[:-1], ",", ",\n".join(FILLER), "]"]).encode()
DAMAGED = bz2.compress(("\n".join(GOOD[:-1]) + ",\n").encode()) + bytes(
    b ^ 255 if n == 20_000 else b for n, b in enumerate(bz2.compress("\n".join(FILLER).encode()))
)


def instead(line: str, number: int = 4) -> bytes:
    """The dump with a line put in."""
    return "\n".join([*GOOD[: number - 1], line, *GOOD[number - 1 :]]).encode()


BROKEN: dict[str, tuple[bytes, str]] = {
    "json": (instead('{"id": "Q1", oops'), ":4: broken JSON: Expecting property name"),
    "half a line": (instead(GOOD[3][:100]), ":4: broken JSON: Unterminated string"),
    "no object": (instead("[1, 2],"), ":4: broken JSON: "),
    "words": (instead("hello"), ":4: broken JSON: Expecting value"),
    "a time": (
        instead(json.dumps(BROKEN_TIME) + ",", 2),
        ':2: Q800001: not in the shape of Wikidata\'s entities: "spring" is no time.',
    ),
    "shape": (
        instead(json.dumps(BROKEN_SHAPE) + ",", 2),
        ":2: Q800001: not in the shape of Wikidata's entities: ",
    ),
    "no end": ("\n".join(GOOD[:-1]).encode(), 'the file is cut off: no "]" at its end.'),
    "cut": (gzip.compress(LONG)[:-1000], "the file is cut off here: Compressed file ended"),
    "cut bz2": (bz2.compress(LONG)[:-100], "the file is cut off here: Compressed file ended"),
    "damaged bz2": (DAMAGED, "the file is damaged here: Invalid data stream"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_broken_is_named_and_the_rest_goes_in(
    case: str, bring: Import, tmp_path: Path
) -> None:
    content, reason = BROKEN[case]
    (tmp_path / "bad.json").write_bytes(content)
    done = bring(tmp_path / "bad.json")
    named = [r for r in done.rejected if r.startswith("bad.json:") and reason in r]
    assert len(named) == 1, done.rejected
    assert "\n" not in named[0]
    if case != "cut bz2":  # all of it is in one block
        assert search(done.known, "Franz Huber")


NO_DUMPS: dict[str, tuple[bytes | None, str]] = {
    "empty": (b"", "bad.json: the file is empty."),
    "blank": (b"\n\n", "bad.json: the file is empty."),
    "page": (b"<!DOCTYPE html>\n<p>404</p>\n", "bad.json:1: this is no JSON."),
    "table": (b"name,type,code\nA,Official,GHA\n", "bad.json:1: this is no JSON."),
    "damaged": (b"BZh91AY&SY" + b"x" * 99, "bad.json: cannot be read: Invalid data stream"),
}


@pytest.mark.parametrize("case", NO_DUMPS)
def test_what_is_no_dump(case: str, bring: Import, tmp_path: Path) -> None:
    content, reason = NO_DUMPS[case]
    (tmp_path / "bad.json").write_bytes(content or b"")
    with pytest.raises(SchemaError, match=re.escape(reason)):
        bring(tmp_path / "bad.json")


def test_what_is_no_dump_leaves_nothing_behind(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "page.json").write_text("<html>", encoding="utf-8")
    for name, reason in (
        ("nowhere.json", "nowhere.json: cannot be read: No such file or directory."),
        ("page.json", "page.json:1: this is no JSON."),
    ):
        code, out, (complaint,) = kg("import", "wikidata", name)
        assert (code, out) == (1, "")
        assert complaint.startswith(f"kg: {reason}")
        assert not (tmp_path / "kg-entities").exists()


def test_many_rejections_are_counted_and_listed_in_a_file(kg: Kg, tmp_path: Path) -> None:
    lines = ["[", *['{"P39" oops},'] * 50, *GOOD[1:]]
    (tmp_path / "bad.json").write_text("\n".join(lines), encoding="utf-8")
    _, _, complaints = kg("import", "wikidata", "bad.json")
    assert len(complaints) == 21
    assert complaints[-1] == "kg: and 33 more, listed with --rejects FILE."


def test_words_of_wikidata_are_no_turtle(bring: Import) -> None:
    evil = 'Ada "" . <http://x/> a <http://y/> . \\ """ Okonjo'
    items = (
        position("Q900100", evil, f"{evil} of Ghana", of=GHANA),
        human("Q1", evil, Held("Q900100", "2010"), aliases=(evil + " B",), citizen=GHANA),
    )
    done = bring(items)
    assert [e.name for e in done.known.entities.values() if e.wikidata == "Q1"] == [evil]


def test_an_interrupted_reading_of_a_dump_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.gazetteer.wikidata.transfer.LINES", 2)
    source = tmp_path / "dump.json"
    source.write_text(dump(), encoding="utf-8")
    whole = Spool(tmp_path / "whole", "test")
    parts = 1 + len(list(read_dump(source, whole)))
    rounds = 0
    for _ in range(3 * parts):
        rounds += 1
        with Spool(tmp_path / "parts", "test") as spool:
            for _ in read_dump(source, spool):
                break  # each time after one part
            if spool.mark == "done":
                break
    assert rounds >= parts
    with Spool(tmp_path / "parts", "test") as spool, whole:
        assert list(spool.people()) == list(whole.people())
        assert spool.missing() == whole.missing() == set()
    with Spool(tmp_path / "parts", "another file") as spool:
        assert (spool.mark, list(spool.people())) == ("", [])


# Endpoints ---------------------------------------------------------------------------------------


PATIENCE: dict[str, tuple[list[Trouble | None], list[float]]] = {
    "busy twice": ([Trouble(503), Trouble(503)], [1, 2]),
    "too many": ([Trouble(429, headers={"Retry-After": "7"})], [7]),
    "a date": ([Trouble(429, headers={"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"})], [0]),
    "nonsense": ([Trouble(429, headers={"Retry-After": "soon"})], [1]),
    "hangs up": ([Trouble(0)], [1]),
    "cut": ([Trouble(200, b'{"head": {"vars": ["stat', cut=True)], [1]),
    "ran out of time": ([Trouble(200, b'{"head": {"vars": ["statement"]}, "results": {"bi')], [1]),
    "later": ([None, None, Trouble(500), Trouble(504), None, Trouble(502)], [1, 2, 1]),
}


@pytest.mark.parametrize("case", PATIENCE)
def test_a_busy_server_is_asked_again(case: str, tmp_path: Path) -> None:
    troubles, waits = PATIENCE[case]
    waited: list[float] = []
    with serve(graph(), troubles) as url, Spool(tmp_path / "spool", "test") as spool:
        for _ in read_endpoint(asker(url), url, STATES, spool, 3, waited.append):
            pass
        assert len(list(spool.people())) == 9
    assert waited == waits


def test_patience_ends(tmp_path: Path) -> None:
    waited: list[float] = []
    with serve(graph(), [Trouble(503)] * 9) as url, Spool(tmp_path / "spool", "test") as spool:
        with pytest.raises(BusyError, match=r"refused \(503\): busy"):
            list(read_endpoint(asker(url), url, STATES, spool, 3, waited.append))
        assert waited == [1, 2, 4, 8, 16]
    with (
        serve(graph(), [Trouble(429, headers={"Retry-After": "3600"})]) as url,
        Spool(tmp_path / "spool", "test") as spool,
        pytest.raises(BusyError, match="asks to come back in 3600 s"),
    ):
        list(read_endpoint(asker(url), url, STATES, spool, 3, waited.append))


def test_a_page_is_not_asked_for_twice(tmp_path: Path) -> None:
    asked: list[str] = []
    with serve(graph(), [None, None, Trouble(400)]) as url:
        with Spool(tmp_path / "spool", "test") as spool, pytest.raises(StoreError):
            list(read_endpoint(asker(url, asked), url, STATES, spool, 2))
        with Spool(tmp_path / "spool", "test") as spool:
            list(read_endpoint(asker(url, asked), url, STATES, spool, 2))
            assert len(list(spool.people())) == 9
            assert list(read_endpoint(asker(url, asked), url, STATES, spool, 2)) == []
    assert asked[3] == asked[2]  # the third was refused
    assert len(asked) - 1 == len(set(asked))


STRANGE: dict[str, tuple[list[Trouble | None], str]] = {
    "page": (
        [Trouble(200, b"<!DOCTYPE html>\n<html><body>Welcome</body></html>")],
        'no SPARQL endpoint: it answers "<!DOCTYPE html> <html><body>Welcome',
    ),
    "error page": (
        [Trouble(404, b"<html><body>Not here</body></html>")],
        "the server refused (404): Not Found",
    ),
    "error": ([Trouble(400, b"no such thing\nat line 1")], "refused (400): no such thing"),
    "nothing": ([Trouble(200, b"")], 'no SPARQL endpoint: it answers "…".'),
    "truth": (
        [Trouble(200, b'{"head": {}, "boolean": true}')],
        "no SPARQL endpoint: the answer to a SELECT is no table.",
    ),
}


@pytest.mark.parametrize("case", STRANGE)
def test_what_is_no_endpoint(case: str, bring: Import) -> None:
    troubles, reason = STRANGE[case]
    with serve(graph(), troubles) as url, pytest.raises(StoreError) as caught:
        bring(url)
    assert str(caught.value).startswith(f"{url}: ")
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_without_a_network_nothing_is_left_behind(kg: Kg, tmp_path: Path) -> None:
    code, _, (complaint,) = kg("import", "wikidata", "http://me:secret@127.0.0.1:9/sparql")
    assert code == 1
    assert complaint.startswith("kg: http://127.0.0.1:9/sparql: cannot be reached: ")
    assert not (tmp_path / "kg-entities").exists()


def test_two_imports_of_one_kind_do_not_meet(tmp_path: Path) -> None:
    with Spool(tmp_path / "spool", "test") as spool:
        spool.add([], "a mark")
        with pytest.raises(SchemaError, match="Another import is at work"):
            Spool(tmp_path / "spool", "test")
    (tmp_path / "spool").write_text("no database, but long enough to be taken for one")
    with pytest.raises(SchemaError, match="Delete it to begin anew"):
        Spool(tmp_path / "spool", "test")


def test_a_server_that_gives_the_same_page_for_ever(tmp_path: Path) -> None:
    with serve(graph()) as url, Spool(tmp_path / "spool", "test") as spool:
        ask = asker(url)

        def deaf(query: str) -> bytes:
            return ask(query.replace("FILTER (STR(?statement) >", "FILTER ('x' != '' || 'a' >"))

        with pytest.raises(StoreError, match="the same page twice"):
            list(read_endpoint(deaf, url, STATES, spool, 2))


def test_values_of_the_graph_that_are_none(tmp_path: Path) -> None:
    """A time that is none is a rejection of that statement; no value nodes mean days."""
    store = graph()
    qualifier = ox.NamedNode("http://www.wikidata.org/prop/qualifier/P580")
    wrong = ox.NamedNode(f"{WIKIDATA}statement/Q800002-ABC-0")
    for quad in list(store.quads_for_pattern(wrong, qualifier, None)):
        store.remove(quad)
        store.add(ox.Quad(wrong, qualifier, ox.Literal("spring")))
    for quad in list(store.quads_for_pattern(None, None, None)):
        if "/prop/qualifier/value/" in quad.predicate.value:
            store.remove(quad)
    with serve(store) as url, Spool(tmp_path / "spool", "test") as spool:
        list(read_endpoint(asker(url), url, STATES, spool))
        (rejection,) = spool.rejections()
        assert rejection.reason == 'statement Q800002-ABC-0: "spring" is no time.'
        begins = {t.begin for p in spool.people() if p.id == "Q3052772" for t in p.terms}
    assert begins == {"2017-05-14"}


# A process of its own ----------------------------------------------------------------------------


@pytest.mark.slow
def test_a_killed_import_goes_on(tmp_path: Path) -> None:
    """Killed while the server keeps it waiting; the next run asks for the rest alone."""
    command = [sys.executable, "-m", "kg", "entities", "import", "wikidata"]
    clean = {k: v for k, v in os.environ.items() if not k.startswith("KG_")}
    options: dict[str, Any] = {"cwd": tmp_path, "env": clean | {"PYTHONPATH": str(ROOT)}}
    asked = threading.Event()

    def troubles() -> Iterator[Trouble | None]:
        yield from (None, None, None)
        asked.set()
        yield Trouble(429, headers={"Retry-After": "500"})

    with serve(graph(), troubles()) as url:
        arguments = [*command, url, "--page", "1", "--state", "GHA"]
        process = subprocess.Popen(arguments, stderr=subprocess.PIPE, **options)
        assert asked.wait(60)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=30)
        resume = tmp_path / "kg-entities" / "wikidata-GHA.resume"
        assert resume.exists()
        assert not resume.with_suffix(".ttl").exists()
        done = subprocess.run(arguments, capture_output=True, text=True, timeout=60, **options)
    assert done.returncode == 1
    assert "terms of office in kg-entities/wikidata-GHA.ttl" in done.stdout
    assert not resume.exists()
    assert terms(load_gazetteer(own=tmp_path / "kg-entities"), "Yaw Late")


def test_a_file_may_add_names_to_what_another_defines(reference: Path, tmp_path: Path) -> None:
    head = (
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix person: <https://w3id.org/geopolitical-kg/id/person/> .\n"
    )
    mine = tmp_path / "mine.ttl"
    mine.write_text(head + 'person:sergey-lavrov skos:altLabel "Serge de Lavroff"@en .\n', "utf-8")
    found = named(load_gazetteer(reference, tmp_path), "Serge de Lavroff")
    assert found is not None
    assert found.name == "Sergey Lavrov"
    mine.write_text(head + 'person:nobody skos:altLabel "Nobody"@en .\n', "utf-8")
    with pytest.raises(SchemaError, match=r"mine\.ttl:3: .*person/nobody has no class"):
        load_gazetteer(reference, tmp_path)
