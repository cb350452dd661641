"""`kg codebook`: the event types to read, in four forms, and the check of the files."""

import json
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from markupsafe import escape

from kg.cli.app import main
from kg.model import Article
from kg.pipeline import Settings, load_extractor
from kg.schema import check_ontology, load_examples, load_schema
from kg.views import codebook as views
from tests.test_html_browser import CHROMIUM, FLAGS
from tests.test_language import matches

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "ontology"
GUIDE = (FOLDER / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def book(schema) -> views.Codebook:
    return views.make_codebook(schema, load_examples())


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as done:
        main(["codebook", *arguments])
    out, err = capsys.readouterr()
    return int(done.value.code or 0), out, err


# What is found ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Expulsion", ["Expulsion"]),
        ("expulsion", ["Expulsion"]),
        ("expelled", ["Expulsion"]),
        ("166", ["Expulsion"]),
        ("08", ["Concede"]),
        ("1413", ["Demonstration"]),
        ("declaration of a ceasefire", ["CeasefireDeclaration"]),
        ("Sanctions", ["Sanctions"]),
        ("nothing of the kind", []),
    ],
)
def test_type_is_found_by_name_label_property_or_code(book, words: str, names: list[str]) -> None:
    if words == "declaration of a ceasefire":
        words = book.schema.types["CeasefireDeclaration"].label
    assert [e.type.name for e in views.find(book, words)] == names


def test_category_and_mode_find_all_their_types(book) -> None:
    found = {e.type.name for e in views.find(book, "ASSAULT")}
    assert {"Assault", "Airstrike", "Killing"} <= found or found == {"Assault"}
    drones = [e.type for e in views.find(book, "ASSAULT drone")]
    assert drones
    assert {(t.category, t.mode) for t in drones} == {("ASSAULT", "drone")}
    assert views.find(book, "assault/drone") == views.find(book, "ASSAULT drone")


def test_the_tree_has_every_type_once(book) -> None:
    shown = [e.type.name for top in book.tops for _, e in book.tree(top.type.name)]
    assert sorted(shown) == sorted(book.entries)
    assert [t.type.category for t in book.tops][:16] == list(book.schema.categories)


# Forms --------------------------------------------------------------------------------------------


def test_text_of_a_type_has_all_of_it(capsys, book) -> None:
    code, out, _ = run(capsys, "Expulsion")
    entry = book.entries["Expulsion"]
    assert code == 0
    assert entry.type.definition in out
    assert entry.type.use_when in out
    assert entry.type.not_when in out
    assert "SANCTION expel" in out
    assert "CAMEO 166" in out
    assert "kg:expelled (expelled; was expelled by)" in out
    assert all(f.text in out for f in entry.type.frames)
    assert "{trigger:expelled}" in out
    assert all(e.note in out for e in entry.lookalikes)


def test_without_a_name_text_is_the_tree(capsys, book) -> None:
    code, out, _ = run(capsys)
    assert code == 0
    assert len([line for line in out.splitlines() if line.strip()]) == len(book.entries)
    assert re.search(r"^  Expulsion +166 +A sanction by which", out, re.M)


def test_markdown_is_of_one_type_or_all(capsys, book) -> None:
    _, out, _ = run(capsys, "Expulsion", "--format", "markdown")
    assert out.count("\n## ") == 1
    assert "**expelled**" in out
    everything = views.as_markdown(book)
    assert everything.count("\n## ") == len(book.entries)


def test_html_is_one_page_with_everything(book) -> None:
    page = views.as_html(book)
    for name in book.entries:
        assert f'<section id="{name}">' in page
    assert '<mark class="trigger" title="trigger">expelled</mark>' in page
    assert page.count("<script>") == 1
    assert not re.search(r"(src|href)=\"https?:", page)
    assert str(escape(book.entries["Expulsion"].type.not_when.split("<")[0][:40])) in page


@pytest.mark.slow
def test_a_browser_searches_the_page_without_a_network(book, tmp_path: Path) -> None:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is missing: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    file = tmp_path / "codebook.html"
    file.write_text(views.as_html(book), encoding="utf-8")
    asked, said = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        tab = browser.new_page()
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.goto(file.as_uri())
        sections = tab.locator("main section:visible")
        assert sections.count() == len(book.entries) + 2  # contexts and codes
        tab.keyboard.press("/")
        tab.keyboard.type("persona non grata")
        shown = sections.evaluate_all("all => all.map(s => s.id)")
        assert "PersonaNonGrata" in shown
        assert len(shown) < 30
        assert tab.locator("#count").inner_text().startswith(f"{len(shown)} of ")
        tab.locator("nav li[data-name=PersonaNonGrata] a").click()
        assert tab.url.endswith("#PersonaNonGrata")
        tab.locator("#search").press("Escape")
        assert sections.count() == len(book.entries) + 2
        browser.close()
    assert {url.partition("#")[0] for url in asked} == {file.as_uri()}
    assert said == []


def test_html_shows_hostile_words_as_words(tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(FOLDER, folder, ignore=lambda *_: {"reference"})
    path = folder / "events" / "sanction" / "Expulsion.ttl"
    evil = "<img src=x onerror=alert(1)>"
    path.write_text(path.read_text("utf-8").replace('"expulsion"@en', f'"{evil}"@en'), "utf-8")
    toml = path.with_suffix(".toml")
    toml.write_text(toml.read_text("utf-8").replace("two Serbian", f"{evil} two Serbian"), "utf-8")
    book = views.make_codebook(load_schema(folder), load_examples(folder))
    page = views.as_html(book)
    assert evil not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_json_is_for_other_software(capsys, schema) -> None:
    _, out, _ = run(capsys, "--format", "json")
    facts = json.loads(out)
    assert len(facts["types"]) == len(schema.types)
    assert len(facts["categories"]) == 16
    assert len(facts["contexts"]) == 37
    expulsion = next(t for t in facts["types"] if t["name"] == "Expulsion")
    assert expulsion["cameo"] == "166"
    assert expulsion["codes"] == ["166"]
    assert "ACTOR expel TARGET" in expulsion["frames"]
    sentence = expulsion["sentences"][0]
    start, end = sentence["spans"]["trigger"][0]
    assert sentence["text"][start:end] == "expelled"


def test_offsets_of_marks_are_those_of_the_text() -> None:
    for example in load_examples():
        for spans in example.spans.values():
            for span in spans:
                assert example.text[span.start : span.end] == span.text
        assert "".join(words for _, words in example.segments) == example.text


def test_file_is_written(capsys, tmp_path: Path) -> None:
    code, out, err = run(capsys, "-f", "html", "-o", str(tmp_path / "book.html"))
    assert (code, err) == (0, "")
    assert re.search(r"\d+ event types written to .*book.html", out)
    assert (tmp_path / "book.html").read_text("utf-8").startswith("<!doctype html>")


# Mistakes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("Expulsoin",), 1, "Do you mean Expulsion"),
        (("zzzz",), 1, "See: kg codebook"),
        (("--format", "pdf"), 2, "pdf"),
        (("--outline", "--format", "html"), 2, "--outline"),
        (("--outline", "Expulsion"), 2, "--outline"),
        (("--ontology", "/nowhere"), 2, "/nowhere"),
        (("-f", "html", "-o", "/nowhere/x.html"), 1, "/nowhere/x.html"),
    ],
)
def test_mistake_is_one_line(capsys, arguments: tuple[str, ...], code: int, message: str) -> None:
    found, out, err = run(capsys, *arguments)
    assert (found, out) == (code, "")
    assert message in err
    assert len(err.splitlines()) == 1


def test_check_of_the_shipped_files_finds_nothing(capsys) -> None:
    code, out, err = run(capsys, "--check")
    assert (code, err) == (0, "")
    assert re.fullmatch(r"\d+ event types checked, 0 flaws\n", out)


def test_check_says_what_to_do(capsys, tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(FOLDER, folder, ignore=lambda *_: {"reference"})
    path = folder / "events" / "sanction" / "Expulsion.ttl"
    text = path.read_text("utf-8").replace('kg:cameo "166"', 'kg:cameo "16666"')
    path.write_text(re.sub(r"    kg:useWhen .*\n", "", text), "utf-8")
    code, out, _ = run(capsys, "--check", "--ontology", str(folder))
    assert code == 1
    assert re.search(r'Expulsion\.ttl:14: CAMEO has no code "16666"\.$', out, re.M)
    assert re.search(
        r"Expulsion\.ttl:6: An event type says when to use it \(kg:useWhen\)\.$", out, re.M
    )
    assert out.endswith(" event types checked, 4 flaws\n")


# The guide ----------------------------------------------------------------------------------------


def test_the_tree_in_the_guide_is_that_of_the_files(book) -> None:
    shown = GUIDE.split("<!-- types -->\n")[1]
    assert shown.strip() == views.as_outline(book).strip(), "stale: run make codebook"


def test_links_and_files_of_the_guide_exist() -> None:
    for name in re.findall(r"\]\(([^)#]+)\)", GUIDE):
        assert (FOLDER / name).exists()
    table = GUIDE.split("To read it")[0]
    for name in re.findall(r"`([\w-]+\.ttl)`", table):
        assert (FOLDER / name).is_file(), name


@pytest.fixture
def with_example(tmp_path: Path) -> Path:
    """The ontology with the two files that the guide tells the reader to write."""
    folder = tmp_path / "ontology"
    shutil.copytree(FOLDER, folder, ignore=lambda *_: {"reference"})
    for language, name in (("turtle", "JointResearch.ttl"), ("toml", "JointResearch.toml")):
        block = re.findall(rf"^```{language}\n(.*?)^```$", GUIDE, re.S | re.M)[0]
        (folder / "events" / "cooperate" / name).write_text(block, encoding="utf-8")
    return folder


def test_the_example_of_the_guide_lacks_only_sentences(with_example: Path) -> None:
    found = check_ontology(load_schema(with_example), load_examples(with_example), with_example)
    assert found
    assert all("write at least" in f.message for f in found), found


def test_the_check_finds_a_word_list_without_words(capsys, tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(FOLDER, folder, ignore=lambda *_: {"reference"})
    words = folder / "events" / "words.ttl"
    added = '\nkg:words-none a kg:WordList ;\n    rdfs:label "none" .\n'
    words.write_text(words.read_text("utf-8") + added, "utf-8")
    code, out, _ = run(capsys, "--check", "--ontology", str(folder))
    assert code == 1
    assert re.search(r"words\.ttl:\d+: A word list .*\n\d+ event types checked, 1 flaw\n", out)


@pytest.mark.slow
def test_the_example_of_the_guide_is_read(with_example: Path, gazetteer) -> None:
    schema = load_schema(with_example)
    extractor = load_extractor(Settings(), schema, gazetteer)
    (tried,) = re.findall(r"^echo '(.*?)' \| kg extract", GUIDE, re.M)
    found = list(extractor(Article("x", tried, date=date(2024, 5, 2))))
    assert [e.type for e in found] == ["JointResearch"]
    examples = [e for e in load_examples(with_example) if e.home == "JointResearch"]
    assert len(examples) == 3
    for example in examples:
        found = list(extractor(Article("x", example.text, date=date(2024, 5, 2))))
        assert any(matches(event, example) for event in found), (example.text, found)


@pytest.mark.slow
def test_commands_of_the_guide_run(with_example: Path) -> None:
    block = re.findall(r"^```sh\n(.*?)^```$", GUIDE, re.S | re.M)[0]
    commands = [line for line in block.splitlines() if line.startswith("kg codebook ")]
    assert len(commands) == 2
    for command in commands:
        words = [*command.split()[1:], "--ontology", str(with_example)]
        done = subprocess.run(
            [sys.executable, "-m", "kg", *words], cwd=ROOT, capture_output=True, text=True
        )
        assert "Traceback" not in done.stderr
        assert done.returncode == (1 if "--check" in command else 0), done.stdout + done.stderr
