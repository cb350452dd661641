"""The command line: what it prints, what it exits with, and how it fails."""

import csv
import fcntl
import json
import os
import re
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyoxigraph as ox
import pytest

from kg.cli import main
from kg.store import ONTOLOGY_GRAPH, REFERENCE_GRAPH, open_store
from kg.views.tables import COLUMNS
from kg.vocab import ONTOLOGY
from tests.builders import (
    ONTOLOGY_TURTLE,
    REFERENCE_TURTLE,
    article_one,
    article_two,
    quads,
    turtle,
)

ROOT = Path(__file__).parent.parent
COMMANDS = (
    "build",
    "extract",
    "classify",
    "query",
    "view",
    "show",
    "stats",
    "validate",
    "eval",
    "codebook",
)
SENTENCE = "Russia expelled 27 American diplomats on Wednesday."
ROWS = [
    {"id": "a", "date": "2021-12-02", "text": SENTENCE + " Blinken met Lavrov in Stockholm."},
    {"id": "b", "date": "2022-03-02", "text": "Ukraine accused Russia of war crimes."},
    {"id": "c", "date": "2022-03-02", "text": "Nothing happened."},
]
root = os.name == "posix" and os.geteuid() == 0


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line of an error; fails when there is another number of lines."""
        (line,) = self.err.splitlines()
        return line


Kg = Callable[..., Done]


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Kg:
    """Run a command in this process, in an empty working folder."""
    monkeypatch.chdir(tmp_path)
    for name in [n for n in os.environ if n.startswith("KG_")]:
        monkeypatch.delenv(name)

    def run(*arguments: object) -> Done:
        capsys.readouterr()
        with pytest.raises(SystemExit) as exit:
            main([str(a) for a in arguments])
        out, err = capsys.readouterr()
        return checked(Done(int(exit.value.code or 0), out, err))

    return run


def process(*arguments: object, stdin: bytes = b"", cwd: Path = ROOT) -> Done:
    """Run a command as a user does."""
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KG_")}
    done = subprocess.run(
        command,
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=environment | {"PYTHONPATH": str(ROOT)},
        timeout=120,
        check=False,
    )
    return checked(Done(done.returncode, done.stdout.decode(), done.stderr.decode()))


def checked(done: Done) -> Done:
    """No traceback, whatever happened; and nobody fails silently."""
    assert "Traceback" not in done.err + done.out
    assert all(line.startswith("kg: ") for line in done.err.splitlines())
    assert done.code == 0 or done.err or done.out
    return done


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two articles that were encoded by hand, so no language model is needed."""
    folder = tmp_path_factory.mktemp("cli") / "store"
    with open_store(folder) as store:
        store.load(quads(article_one()) + quads(article_two()))
        store.load(turtle(ONTOLOGY_TURTLE, ONTOLOGY_GRAPH))
        store.load(turtle(REFERENCE_TURTLE, REFERENCE_GRAPH))
    return folder


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in ROWS), encoding="utf-8")
    return path


# Help and usage ----------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example_of_this_command(command: str, kg: Kg) -> None:
    done = kg(command, "--help")
    assert done.code == 0
    assert re.search(rf"^\s*Example: kg {command} \S", done.out, re.MULTILINE)
    assert kg(command, "-h") == done


def test_help_lists_every_command(kg: Kg) -> None:
    done = kg("--help")
    assert (done.code, done.err) == (0, "")
    listed = re.findall(r"^  (\w+)  +\S", done.out.partition("Commands:")[2], re.MULTILINE)
    assert listed == [*COMMANDS, "entities"]
    assert kg() == Done(2, done.out, "")


def test_known_entities_are_found_by_name(kg: Kg) -> None:
    done = kg("entities", "search", "lawrow")
    assert (done.code, done.err) == (0, "")
    assert re.match(r"Sergey Lavrov.*  Official  RUS  ", done.out)
    assert "  2004-03-09 – now  foreign minister of Russia" in done.out
    (row,) = json.loads(kg("entities", "search", "RUS", "--json").out)
    assert (row["name"], row["type"], row["score"]) == ("Russia", "State", 1.0)
    nobody = kg("entities", "search", "qwertyuiop")
    assert (nobody.code, nobody.out) == (1, "")
    assert 'nobody known is called "qwertyuiop"' in nobody.complaint
    assert kg("entities").code == 2


TABLE = """name,type,code,aliases,of,gender,role,begin,end,wikidata
Ada Okonjo,Official,GHA,Ada Mensah;A. Okonjo,Ghana,female,foreign minister,2019-03,2021-06-30,
Ada Okonjo,Official,GHA,,GHA,female,president,2022,,
Volta River Front,ArmedGroup,GHA-REB,VRF,Ghana,,,,,Q4242
Sergey Lavrov,Official,RUS,,Russia,male,vice-president,2030,,
"""


def test_a_table_of_ones_own_is_used_everywhere(kg: Kg, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(TABLE, encoding="utf-8")
    done = kg("entities", "import", "csv", table)
    assert done == Done(0, "2 entities, 3 terms of office in kg-entities/mine.ttl\n", "")
    assert kg("entities", "import", "csv", table) == done
    found = kg("entities", "search", "okonjo").out
    assert found.startswith("Ada Okonjo")
    assert "  2019-03-01 – 2021-06-30  foreign minister of Ghana" in found
    assert "  2022-01-01 – now  president of Ghana" in found
    assert "GHA-REB" in kg("entities", "search", "VRF").out
    assert "vice-president of Russia" in kg("entities", "search", "lavrov").out
    # in another folder nobody knows her, unless told where
    (tmp_path / "kg-entities").rename(tmp_path / "elsewhere")
    assert kg("entities", "search", "Ada Okonjo", "--json").code in (0, 1)
    named = json.loads(
        kg("entities", "search", "Ada Okonjo", "--entities", "elsewhere", "--json").out
    )
    assert named[0]["name"] == "Ada Okonjo"
    assert kg("entities", "search", "x", "--entities", "nowhere").code == 2


@pytest.mark.slow
def test_people_of_ones_own_are_found_in_articles(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "a.txt").write_text("The Ghanaian foreign minister accused Togo of lying.", "utf-8")
    assert kg("entities", "import", "csv", "mine.csv", "--quiet").code == 0
    done = kg("extract", "a.txt", "--date", "2020-05-01")
    (event,) = map(json.loads, done.out.splitlines())
    assert [p["name"] for p in event["actor"]] == ["Ada Okonjo"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",Official,GHA,,,,,,,", "no name."),
        ("Ada Okonjo,Wizard,GHA,,,,,,,", '"Wizard" is no class of entities'),
        ("Ada Okonjo,Official,XQX,,,,,,,", 'no state has the ISO code "XQX"'),
        ("Ada Okonjo,Official,ghana,,,,,,,", '"ghana" is no code'),
        ("VRF,ArmedGroup,XQX-REB,,,,,,,", "no state or organization has the code XQX"),
        ("Ada Okonjo,Official,GHA,,Nowhere,,,,,", '"Nowhere" is no known state or organization'),
        ("Ada Okonjo,Official,GHA,,Ghana,,wizard,,,", '"wizard" is no known role'),
        ("Ada Okonjo,Official,GHA,,,,president,,,", "a role needs the state"),
        ("Ada Okonjo,Official,GHA,,,she,,,,", 'gender "she"'),
        ("Ada Okonjo,Official,GHA,,Ghana,,president,2022,2021,", "ends (2021) before it begins"),
        ("Ada Okonjo,Official,GHA,,Ghana,,president,2022-13,,", 'begin "2022-13" is no day'),
        ("Ada Okonjo,Official,GHA,,,,,,,142", '"142" is no Wikidata number'),
        ("Sergey Lavrov,Official,RUS,,,,,,,", '"Sergey Lavrov" is known already'),
        ("Kojo Badu,Official,GHA,,,,,,,", '"Kojo Badu" is in line 2, too.'),
    ],
)  # fmt: skip
def test_a_table_with_a_mistake_is_not_imported(
    row: str, reason: str, kg: Kg, tmp_path: Path
) -> None:
    head = (
        "name,type,code,aliases,of,gender,role,begin,end,wikidata\nKojo Badu,Official,GHA,,,,,,,\n"
    )
    (tmp_path / "mine.csv").write_text(head + row + "\n", encoding="utf-8")
    done = kg("entities", "import", "csv", "mine.csv")
    assert (done.code, done.out) == (1, "")
    first, last = done.err.splitlines()
    assert first.startswith("kg: mine.csv:3: ")
    assert reason in first
    assert last == "kg: mine.csv: nothing was imported."
    assert not (tmp_path / "kg-entities").exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"name,type\n", 'mine.csv:1: no column "code"'),
        (b"name,type,code,colour\n", 'mine.csv:1: unknown column "colour"'),
        (b"name,type,code\n\xff\xfe\n", "mine.csv: not UTF-8"),
        (b"", 'mine.csv:1: no column "name"'),
    ],
)
def test_a_table_that_is_none(content: bytes, reason: str, kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_bytes(content)
    done = kg("entities", "import", "csv", "mine.csv")
    assert done.code == 1
    assert reason in done.complaint


def test_words_of_a_table_are_no_turtle(kg: Kg, tmp_path: Path) -> None:
    evil = 'Ada "" . <http://x/> a <http://y/> . \\ """ Okonjo'
    quoted = evil.replace('"', '""')
    (tmp_path / "mine.csv").write_text(
        f'name,type,code,aliases\n"{quoted}",Official,GHA,"{quoted};<b>"\n', encoding="utf-8"
    )
    assert kg("entities", "import", "csv", "mine.csv").code == 0
    text = (tmp_path / "kg-entities" / "mine.ttl").read_text(encoding="utf-8")
    triples = list(ox.parse(text, format=ox.RdfFormat.TURTLE))
    assert len({t.subject for t in triples}) == 1
    assert evil in {t.object.value for t in triples}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--nope"], "--nope"),
        (["nope"], "nope"),
        (["build"], "inputs"),
        (["build", "--nope", "x"], "--nope"),
        (["build", "x", "--store"], "--store"),
        (["query", "-e", "q", "--format", "docx"], "docx"),
        (["query", "-e", "q", "--timeout", "soon"], "--timeout"),
        (["query", "-e", "q", "--timeout", "0"], "--timeout"),
        (["query"], "--list"),
        (["query", "a.rq", "-e", "q"], "-e QUERY"),
        (["query", "no-such-query"], "no-such-query"),
        (["query", "-e", "ASK {}", "-p", "state"], "name=value"),
        (["show"], "what"),
        (["show", "a", "b"], "b"),
        (["view", "--hops", "2"], "--entity"),
        (["extract", "x", "--date", "soon"], '--date "soon" is no day'),
        (["eval"], "gold"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_one_line_and_code_2(arguments: list[str], words: str, kg: Kg) -> None:
    done = kg(*arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.complaint


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom kg.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(*sorted({m.split('.')[0] for m in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    heavy = {"spacy", "networkx", "pyoxigraph", "igraph", "pyvis", "duckdb", "pyshacl", "numpy"}
    assert heavy & set(done.stderr.split()) == set()
    assert "typer" in done.stderr.split()


# Asking a store ----------------------------------------------------------------------------------


def test_stats_count_what_is_there(small: Path, kg: Kg) -> None:
    done = kg("stats", "--store", small, "--json")
    facts = json.loads(done.out)
    assert (done.code, done.err) == (0, "")
    assert (facts["articles"], facts["articles with events"], facts["events"]) == (2, 2, 5)
    assert facts["categories"] == {"ASSAULT": 2, "SANCTION": 1, "CONSULT": 1, "THREATEN": 1}
    assert facts["status"] == {"actual": 4, "denied": 1}
    assert facts["most active"]["Russia"] == 4
    assert re.search(r"^events +5$", kg("stats", "--store", small).out, re.MULTILINE)


def test_show_a_state_with_its_events(small: Path, kg: Kg) -> None:
    facts = json.loads(kg("show", "RUS", "--store", small, "--json").out)
    assert facts["entity"]["name"] == "Russia"
    assert sorted({e["type"] for e in facts["events"]}) == ["Expulsion", "Invasion", "Threat"]


def test_show_in_words_no_more_than_the_limit(small: Path, kg: Kg) -> None:
    text = kg("show", "russia", "--store", small, "--limit", "4").out
    assert text.startswith("Russia  State  RUS  https://")
    assert "“Russia expelled 27 American diplomats on Wednesday, Lavrov said.”" in text
    assert "2021-12-01  Expulsion: Russia → American diplomats, says Sergey Lavrov" in text
    assert text.count("“") == 4
    assert text.endswith("… and 1 more; see --limit\n")


def test_show_one_event_with_all_its_reports(small: Path, kg: Kg) -> None:
    question = "SELECT DISTINCT ?event { ?event a kg:Expulsion }"
    _, expulsion = kg("query", "-e", question, "--store", small, "-f", "csv").out.split()
    facts = json.loads(kg("show", expulsion, "--store", small, "--json").out)
    assert facts["entity"] is None
    assert [(e["document"], e["id"]) for e in facts["events"]] == [
        ("wire-1", expulsion),
        ("wire-2", expulsion),
    ]


def test_show_nobody(small: Path, kg: Kg) -> None:
    done = kg("show", "Nobody At All", "--store", small)
    assert (done.code, done.out) == (1, "")
    assert '"Nobody At All"' in done.complaint


def test_validate_a_damaged_store(tmp_path: Path, kg: Kg) -> None:
    damaged = tmp_path / "damaged"
    with open_store(damaged) as store:
        status = ox.NamedNode(ONTOLOGY + "status")
        store.load([q for q in quads(article_two()) if q.predicate != status])
    done = kg("validate", "--store", damaged, "--json")
    assert (done.code, done.err) == (1, "")
    report = json.loads(done.out)
    assert {(f["path"], f["message"]) for f in report["findings"]} == {
        ("status", "The status of an event is actual, planned, possible or denied.")
    }


def test_shipped_queries_are_listed_and_run(small: Path, kg: Kg) -> None:
    listed = json.loads(kg("query", "--list", "--json").out)
    lines = kg("query", "--list").out.splitlines()
    assert [line.split()[0] for line in lines] == list(listed)
    assert listed
    done = kg("query", "expulsions", "--store", small, "--format", "csv")
    (row,) = csv.DictReader(done.out.splitlines())
    assert (row["actor"], row["target"]) == ("Russia", "American diplomats")


@pytest.mark.parametrize(
    ("format", "check"),
    [
        ("table", lambda out: "Russia" in out),
        ("csv", lambda out: list(csv.reader(out.splitlines())) == [["name"], ["Russia"]]),
        ("tsv", lambda out: "Russia" in out.splitlines()[1]),
        (
            "json",
            lambda out: json.loads(out)["results"]["bindings"][0]["name"]["value"] == "Russia",
        ),
        ("xml", lambda out: "<sparql" in out),
    ],
)
def test_answers_in_every_format(
    format: str, check: Callable[[str], bool], small: Path, kg: Kg
) -> None:
    question = "SELECT ?name { state:RUS rdfs:label ?name }"
    done = kg("query", "-e", question, "--store", small, "--format", format)
    assert (done.code, done.err) == (0, "")
    assert check(done.out)


def test_a_query_from_a_file_and_its_syntax_error(small: Path, tmp_path: Path, kg: Kg) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("ASK {\n  state:RUS a kg:State }\n", encoding="utf-8")
    assert kg("query", path, "--store", small).out.strip() in ("true", "yes")
    path.write_text("SELECT * {\n  ?s ?p ?o .\n  FILTR(?s)\n}\n", encoding="utf-8")
    done = kg("query", path, "--store", small)
    assert (done.code, done.out) == (1, "")
    assert done.complaint.startswith(f"kg: {path}:3:")
    assert "syntax error" in done.complaint


def test_an_endless_query_is_stopped(small: Path, kg: Kg) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }"
    begun = time.monotonic()
    done = kg("query", "-e", endless, "--store", small, "--timeout", "0.5")
    assert time.monotonic() - begun < 5
    assert (done.code, done.out) == (1, "")
    assert "stopped after 0.5 s" in done.complaint


def test_updates_are_refused(small: Path, kg: Kg) -> None:
    done = kg("query", "-e", "DELETE WHERE { ?s ?p ?o }", "--store", small)
    assert (done.code, done.out) == (1, "")
    assert "changes the store" in done.complaint


def test_more_rows_than_the_limit_are_said_to_be_there(small: Path, kg: Kg) -> None:
    done = kg("query", "-e", "SELECT * { ?s ?p ?o }", "--store", small, "--limit", 3, "-f", "csv")
    assert (done.code, len(done.out.splitlines())) == (0, 4)
    assert "only the first 3 rows" in done.complaint


def test_view_writes_one_page(small: Path, tmp_path: Path, kg: Kg) -> None:
    path = tmp_path / "new" / "graph.html"
    done = kg("view", "--store", small, "--output", path, "--title", "A <b>bold</b> title")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"{path}: ")
    page = path.read_text(encoding="utf-8")
    assert "Sergey Lavrov" in page
    assert "<b>bold</b> title" not in page
    quiet = kg("view", "--store", small, "--output", path, "--quiet")
    assert (quiet.code, quiet.out) == (0, "")
    done = kg("view", "--store", small, "--output", small / "CURRENT" / "x.html")
    assert done.code == 1
    assert "cannot be written" in done.complaint


@pytest.mark.parametrize(
    "command",
    [["stats"], ["query", "-e", "ASK {}"], ["show", "Russia"], ["validate"], ["view"]],
    ids=lambda c: c[0],
)
def test_a_store_that_is_not_there(command: list[str], tmp_path: Path, kg: Kg) -> None:
    done = kg(*command, "--store", tmp_path / "none")
    assert (done.code, done.out) == (1, "")
    assert str(tmp_path / "none") in done.complaint
    assert not (tmp_path / "none").exists()


# Configuration -----------------------------------------------------------------------------------


def test_the_store_comes_from_the_option_the_variable_or_the_file(
    small: Path, tmp_path: Path, kg: Kg, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*options: object) -> str:
        return kg("stats", *options).err

    assert "kg-store" in asked()
    (tmp_path / "pyproject.toml").write_text('[tool.kg]\nstore = "project-store"\n')
    assert "project-store" in asked()
    (tmp_path / "kg.toml").write_text('store = "file-store"\n')
    assert "file-store" in asked()
    (tmp_path / "kg.toml").write_text('[stats]\nstore = "own-store"\n')
    assert "own-store" in asked()
    (tmp_path / "kg.toml").write_text('store = "file-store"\n[stats]\nstore = "own-store"\n')
    assert "own-store" in asked()
    assert "file-store" in kg("validate").err
    monkeypatch.setenv("KG_STORE", "variable-store")
    assert "variable-store" in asked()
    assert "option-store" in asked("--store", "option-store")
    monkeypatch.setenv("KG_STORE", str(small))
    assert asked() == ""


def test_options_of_the_file_are_written_as_on_the_command_line(
    small: Path, tmp_path: Path, kg: Kg
) -> None:
    (tmp_path / "kg.toml").write_text(f'store = "{small}"\njson = true\n')
    assert json.loads(kg("stats").out)["articles"] == 2


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("kg.toml", "store = \n", "kg.toml: not TOML"),
        ("kg.toml", 'stroe = "x"\n', 'kg.toml: "stroe" is no option'),
        ("kg.toml", "[stats]\ntimeout = 3\n", 'kg.toml: "stats.timeout" is no option'),
        ("kg.toml", "[stat]\njson = true\n", 'kg.toml: "stat" is no option'),
        ("pyproject.toml", "[tool.kg]\nstroe = 1\n", 'pyproject.toml: "stroe" is no option'),
        ("pyproject.toml", "[tool\n", "pyproject.toml: not TOML"),
    ],
)
def test_a_wrong_configuration_is_one_line(
    name: str, content: str, words: str, tmp_path: Path, kg: Kg
) -> None:
    (tmp_path / name).write_text(content)
    done = kg("stats")
    assert done.code == 2
    assert words in done.complaint


def test_other_tables_of_a_project_file_are_not_ours(tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "x"\n[tool.ruff]\nline-length = 9\n'
    )
    assert kg("query", "--list").code == 0


# Inputs that cannot be used, before anything is read ----------------------------------------------


@pytest.mark.parametrize("command", ["build", "extract", "eval"])
def test_a_missing_input(command: str, tmp_path: Path, kg: Kg) -> None:
    done = kg(command, tmp_path / "none.jsonl")
    assert (done.code, done.out) == (1, "")
    assert str(tmp_path / "none.jsonl") in done.complaint
    assert list(tmp_path.iterdir()) == []


def test_a_gold_file_that_is_none(tmp_path: Path, kg: Kg) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a", "text": "A\u2028B", "events": []}\n{"id": "b"}\n', "utf-8")
    done = kg("eval", path)
    assert (done.code, done.out) == (1, "")
    assert done.complaint.startswith(f"kg: {path}:2: ")


@pytest.mark.parametrize("place", ["file", "below a file", "other folder"])
def test_a_store_path_in_the_way(place: str, articles: Path, kg: Kg) -> None:
    store = {
        "file": articles,
        "below a file": articles / "store",
        "other folder": articles.parent,
    }[place]
    before = articles.read_bytes()
    done = kg("build", articles, "--store", store)
    assert (done.code, done.out) == (1, "")
    assert done.complaint.startswith(f"kg: {store}: ")
    assert articles.read_bytes() == before


@pytest.mark.skipif(root, reason="root may write everywhere")
def test_a_store_in_a_folder_that_may_not_be_written(articles: Path, kg: Kg) -> None:
    closed = articles.parent / "closed"
    closed.mkdir(mode=0o500)
    done = kg("build", articles, "--store", closed / "store")
    assert (done.code, done.out) == (1, "")
    assert done.complaint == f"kg: {closed / 'store'}: cannot be written: permission denied."


def test_a_language_model_that_is_not_installed(articles: Path, kg: Kg) -> None:
    done = kg("extract", articles, "--model", "xx_no_such_model")
    assert (done.code, done.out) == (1, "")
    assert '"xx_no_such_model" is not installed' in done.complaint


# Reading and building, with the language model ---------------------------------------------------


@pytest.mark.slow
def test_extract_reads_standard_input() -> None:
    done = process("extract", "-", "--date", "2021-12-02", stdin=SENTENCE.encode())
    assert (done.code, done.err) == (0, "")
    (event,) = map(json.loads, done.out.splitlines())
    assert (event["document"], event["type"], event["date"]) == ("stdin", "Expulsion", "2021-12-01")
    assert [p["name"] for p in event["actor"]] == ["Russia"]
    assert event["sentence"] == {"text": SENTENCE, "start": 0, "end": len(SENTENCE)}


@pytest.mark.slow
def test_events_outside_plover_are_written_on_request() -> None:
    text = b"Brazil voted against the resolution on Monday. Chile expelled two Peruvian envoys."
    plain = process("extract", "-", "--date", "2021-12-02", stdin=text)
    assert [json.loads(line)["type"] for line in plain.out.splitlines()] == ["Expulsion"]
    everything = process("extract", "-", "--date", "2021-12-02", "--all", stdin=text)
    vote, expulsion = map(json.loads, everything.out.splitlines())
    assert (vote["type"], vote["quad"], vote["score"]) == ("Vote", 0, 0.0)
    assert expulsion["type"] == "Expulsion"


@pytest.mark.slow
def test_every_format_can_be_read_back(articles: Path, tmp_path: Path, kg: Kg) -> None:
    done = kg("extract", articles)
    events = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 0
    assert {"a", "b"} == {e["document"] for e in events}
    ids = sorted(e["id"] for e in events)

    table = tmp_path / "events.csv"
    assert kg("extract", articles, "--format", "csv", "--output", table) == Done(0, "", "")
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == list(COLUMNS)
    assert sorted(r["id"] for r in rows) == ids

    parquet = tmp_path / "events.parquet"
    assert kg("extract", articles, "--format", "parquet", "--output", parquet).code == 0
    read = duckdb.sql(f"SELECT id, score FROM '{parquet}'").fetchall()
    assert sorted(i for i, _ in read) == ids
    assert all(isinstance(score, float) for _, score in read)

    reports = ox.NamedNode(ONTOLOGY + "reports")
    turtle_text = kg("extract", articles, "--format", "turtle").out
    triples = list(ox.parse(turtle_text, format=ox.RdfFormat.TURTLE))
    assert sorted(t.object.value for t in triples if t.predicate == reports) == ids
    nquads = kg("extract", articles, "--format", "nquads").out
    quads_read = list(ox.parse(nquads, format=ox.RdfFormat.N_QUADS))
    assert {q.triple for q in quads_read} >= {q.triple for q in triples if q.predicate == reports}
    assert len({q.graph_name for q in quads_read}) == len(ROWS)

    done = kg("extract", articles, "--format", "parquet")
    assert (done.code, done.out) == (2, "")
    assert "--output" in done.complaint
    done = kg("extract", articles, "--output", tmp_path / "none" / "x.jsonl")
    assert done.code == 1
    assert "cannot be written" in done.complaint


@pytest.mark.slow
def test_what_is_broken_is_named_and_the_rest_is_loaded(tmp_path: Path, kg: Kg) -> None:
    path, store, rejects = tmp_path / "a.jsonl", tmp_path / "store", tmp_path / "rejects.txt"
    lines = [*map(json.dumps, ROWS[:2]), "{oops", '{"id": "fr", "text": "Non.", "language": "fr"}']
    path.write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "empty.txt").write_text("")
    done = kg(
        "build", path, tmp_path / "empty.txt", "--store", store, "--json", "--rejects", rejects
    )
    assert done.code == 1
    complaints = [line.removeprefix("kg: ") for line in done.err.splitlines()]
    places = [f"{path}:3: is not JSON", f'{path}:4: language "fr"', f"{tmp_path / 'empty.txt'}: is"]
    assert [c.startswith(p) for c, p in zip(complaints, places, strict=True)] == [True] * 3
    assert rejects.read_text(encoding="utf-8").splitlines() == complaints
    counts = json.loads(done.out)
    assert (counts["articles"], counts["unchanged"], counts["rejected"]) == (2, 0, 3)

    facts = json.loads(kg("stats", "--store", store, "--json").out)
    assert (facts["articles"], facts["events"]) == (2, counts["events"])
    assert facts["triples"] == counts["triples"]
    assert "Expulsion: Russia → American diplomats" in kg("show", "Russia", "-s", store).out

    counts_again = json.loads(kg("build", path, "--store", store, "--json").out)
    assert (counts_again["articles"], counts_again["unchanged"]) == (0, 2)
    assert counts_again["triples"] == counts["triples"]
    assert kg("validate", "--store", store).out == "3 graphs checked, 0 findings\n"


@pytest.mark.slow
def test_a_list_of_rejects_that_cannot_be_written(tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "empty.txt").write_text("")
    rejects = tmp_path / "none" / "rejects.txt"
    done = kg("build", tmp_path / "empty.txt", "--store", tmp_path / "made", "--rejects", rejects)
    assert done.code == 1
    assert [
        line.endswith(reason)
        for line, reason in zip(
            done.err.splitlines(),
            ["is empty.", "rejects.txt: cannot be written: No such file or directory."],
            strict=True,
        )
    ] == [True, True]


@pytest.mark.slow
def test_a_second_process_says_what_it_did(articles: Path, tmp_path: Path) -> None:
    done = process("build", articles, "--store", "made", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert re.fullmatch(
        r"3 articles read, 0 unchanged, 0 rejected; \d+ events found; [\d,]+ triples in made\n",
        done.out,
    )
    assert process("build", articles, "--store", "made", "--quiet", cwd=tmp_path).out == ""
    done = process(
        "query", "-", "--store", "made", stdin=b"ASK { ?e a kg:Expulsion }", cwd=tmp_path
    )
    assert done.out.strip() in ("true", "yes")


@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_error(articles: Path) -> None:
    rows = "".join(json.dumps({"id": str(n), "text": SENTENCE}) + "\n" for n in range(200))
    articles.write_text(rows, encoding="utf-8")
    command = [sys.executable, "-m", "kg", "extract", str(articles)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.readline()
        running.stdout.close()
        assert "Traceback" not in running.stderr.read()
        assert running.wait(timeout=60) == 1


@pytest.fixture
def interrupted(tmp_path: Path) -> tuple[Path, Path, Done]:
    """A build that gets Ctrl-C after it has taken in most of 300 articles."""
    path, store = tmp_path / "many.jsonl", tmp_path / "store"
    lines = [
        json.dumps({"id": f"n{n}", "source": "wire", "date": "2021-12-02", "text": SENTENCE}) + "\n"
        for n in range(300)
    ]
    path.write_text("".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "kg", "build", "-", "--store", str(store)]
    running = subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # the tests may run where Ctrl-C is ignored, which a child would inherit
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        assert running.stdin
        running.stdin.write("".join(lines[:280]).encode())
        running.stdin.flush()
        deadline = time.monotonic() + 60
        while _waiting(running.stdin.fileno()):
            assert time.monotonic() < deadline
            assert running.poll() is None
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    finally:
        running.kill()
    return path, store, checked(Done(running.returncode, out.decode(), err.decode().lstrip("\n")))


def _waiting(pipe: int) -> int:
    """Bytes in a pipe that nobody has read yet."""
    size: int = struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, b"\0" * 4))[0]
    return size


@pytest.mark.slow
def test_after_ctrl_c_the_store_opens_and_the_run_resumes(
    interrupted: tuple[Path, Path, Done], kg: Kg
) -> None:
    path, store, done = interrupted
    assert done.code == 130
    assert "interrupted" in done.complaint
    kept = json.loads(kg("stats", "--store", store, "--json").out)["articles"]
    assert 100 <= kept < 300
    counts = json.loads(kg("build", path, "--store", store, "--json").out)
    assert (counts["unchanged"], counts["articles"], counts["rejected"]) == (kept, 300 - kept, 0)
    facts = json.loads(kg("stats", "--store", store, "--json").out)
    assert (facts["articles"], facts["articles with events"], facts["events"]) == (300, 300, 1)
    again = json.loads(kg("build", path, "--store", store, "--json").out)
    assert (again["unchanged"], again["triples"]) == (300, counts["triples"])
