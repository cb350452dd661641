"""The documents say what is so: commands and snippets run, links lead somewhere, none is missing.

Blocks marked `console` and `python` in README.md are run, in order, in a folder that has the
examples and one store. Blocks marked `sh` are not: `make` and `pip` make environments of their own,
which is what `.ci/run` does, and `make test` would run these tests again.
"""

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
import typer

from kg.cli import app
from kg.schema import parse_frame

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def commands() -> dict[str, Any]:
    """All commands; those of a group, or of a group in a group, by all their names."""
    return dict(within("", typer.main.get_command(app)))


def within(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield name, command
    for last, one in (inner or {}).items():
        yield from within(f"{name} {last}".strip(), one)


COMMANDS = commands()
PLAIN_KEYS = {"store", "model", "quiet", "as_json"}
GOLD = {
    "id": "own-1",
    "date": "2021-12-02",
    "text": "Russia expelled two American diplomats on Wednesday.",
    "events": [
        {
            "trigger": {"text": "expelled", "start": 7},
            "category": "SANCTION",
            "type": "Expulsion",
            "actor": [{"name": "Russia", "code": "RUS", "text": "Russia", "start": 0}],
            "target": [
                {
                    "name": "American diplomats",
                    "code": "USA",
                    "text": "two American diplomats",
                    "start": 16,
                }
            ],
            "date": "2021-12-01",
            "status": "actual",
            "said_by": None,
            "place": None,
        }
    ],
}


def blocks(language: str, text: str = README) -> list[str]:
    """Fenced blocks of a language, without the fences."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def steps() -> list[tuple[str, list[str]]]:
    """Commands of the README in order, each with the lines that it is said to print."""
    found: list[tuple[str, list[str]]] = []
    for block in blocks("console"):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def prints(output: str, expected: list[str]) -> bool:
    """Whether the lines stand in the output in this order; `…` is any text, alone any lines.

    Runs of spaces count as one: how wide a column is depends on rows that the README leaves out.
    """
    lines = (" ".join(line.split()) for line in output.splitlines())
    wanted = (" ".join(line.split()) for line in expected if line != "…")
    patterns = [line.replace("[", "[[]").replace("…", "*") for line in wanted]
    return all(any(fnmatchcase(line, pattern) for line in lines) for pattern in patterns)


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a reader has it, with the command `kg`, the examples, a store and a gold file."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "examples").symlink_to(ROOT / "examples")
    (folder / "gold.jsonl").write_text(json.dumps(GOLD) + "\n", encoding="utf-8")
    command = folder / "bin" / "kg"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    done = in_folder(folder, ["kg", "build", "examples/articles", "--quiet"])
    assert done.returncode == 0, done.stderr
    return folder


def in_folder(folder: Path, command: list[str]) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("KG_")}
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    environment = clean | {"PATH": path, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=300
    )


@pytest.mark.slow
@pytest.mark.parametrize(("command", "expected"), steps(), ids=[c for c, _ in steps()])
def test_command_of_readme(workplace: Path, command: str, expected: list[str]) -> None:
    done = in_folder(workplace, ["bash", "-e", "-o", "pipefail", "-c", command])
    assert done.returncode == 0, done.stdout[-1000:] + done.stderr[-1000:]
    assert prints(done.stdout, expected), done.stdout[:2000]
    # a heading without a row is no answer
    assert "kg query" not in command or len(done.stdout.splitlines()) > 1, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("snippet", blocks("python"), ids=range(len(blocks("python"))))
def test_snippet_of_readme(workplace: Path, snippet: str) -> None:
    done = in_folder(workplace, [sys.executable, "-c", snippet])
    assert done.returncode == 0, done.stderr[-1000:]
    assert done.stdout.strip()


def test_outputs_are_compared_line_by_line() -> None:
    assert prints("a 1\nb\nc [x]\n", ["a …", "…", "c [x]"])
    assert not prints("a 1\nb\n", ["b", "a …"])
    assert not prints("a 1\nb\n", ["a …", "c"])


def test_every_command_is_documented_and_run() -> None:
    run = {
        command_of(shlex.split(part)) for c, _ in steps() for part in c.split("|") if "kg " in part
    }
    assert run == set(COMMANDS)


def command_of(words: list[str]) -> str:
    """The name of the command in a line: one word, or more for a group's."""
    names = (" ".join(words[1 : 1 + n]) for n in (1, 2, 3))
    return next(name for name in names if name in COMMANDS)


def test_options_in_readme_exist() -> None:
    for command, _ in steps():
        for part in command.split("|"):
            if part.strip().startswith("kg "):
                accepts(part)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_example_of_help_is_accepted(name: str) -> None:
    examples = re.findall(r"Example: (kg .*)", COMMANDS[name].help or "")
    assert examples, f"kg {name} --help has no example"
    for example in examples:
        assert command_of(shlex.split(example)) == name
        accepts(example)


def accepts(line: str) -> None:
    """Parse a command line without running it; the parser raises where an option is unknown."""
    words = shlex.split(line.split(" > ")[0])
    name = command_of(words)
    context = COMMANDS[name].make_context(name, words[1 + len(name.split()) :])
    if name == "query":
        accepts_parameters(context.params)


def accepts_parameters(values: dict[str, Any]) -> None:
    """A shipped query has the parameters that an example gives it."""
    from kg.query import named_queries

    given = dict(p.split("=", 1) for p in values["params"] or ())
    if values["question"]:
        named_queries()[values["question"]].bound(given)


def test_configuration_in_readme_names_options() -> None:
    tables = [tomllib.loads(block) for block in blocks("toml")]
    assert tables
    for key, value in ((k, v) for table in tables for k, v in table.items()):
        if isinstance(value, dict):
            options = {o.removeprefix("--") for p in COMMANDS[key].params for o in p.opts}
            assert value.keys() <= options
        else:
            assert key in PLAIN_KEYS


def test_variables_in_readme_exist() -> None:
    known = {
        name
        for command in COMMANDS.values()
        for p in command.params
        for name in (p.envvar, f"KG_{command.name}_{p.name}".upper())
    }
    named = set(re.findall(r"\bKG_[A-Z_]*[A-Z]\b", README))
    assert named
    assert named <= known


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_lead_to_files(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", text) + re.findall(r"^\[[^\]]+\]: (\S+)", text, re.M)
    local = [link for link in links if not link.startswith("http")]
    missing = [link for link in local if not (ROOT / link).exists()]
    assert not missing


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_paths_in_text_exist(document: str) -> None:
    text = re.sub(r"^```.*?^```$", "", (ROOT / document).read_text("utf-8"), flags=re.S | re.M)
    paths = re.findall(
        r"`((?:kg|ontology|examples|notebooks|tests|benchmarks|\.ci)/[\w./-]*)`", text
    )
    missing = [path for path in paths if not (ROOT / path).exists()]
    assert paths
    assert not missing


def test_targets_of_make_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for document in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / document).read_text(encoding="utf-8")
        for target in re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_changelog_has_a_section_for_what_comes() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    section = re.search(r"^## Unreleased\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    assert section
    assert "\n- " in section[1]


def test_readme_fits_its_limits() -> None:
    assert len(README.splitlines()) < 250
    assert (ROOT / "examples" / "graph.png").stat().st_size < 200_000


def frames_in_guide() -> list[str]:
    """Whole frames in ontology/FRAMES.md: those in quotes, and those in code."""
    text = (ROOT / "ontology" / "FRAMES.md").read_text(encoding="utf-8")
    start = r"((?:the |(?:ACTOR|TARGET)(?::[^\s`]+)? )"
    quoted = re.findall(rf"\"{start}[^\"`\n]*)\"", text)
    code = re.findall(rf"`{start}[^`\n]*)`", text)
    frames = [f for f in quoted + code if re.search(r"ACTOR|TARGET", f)]
    return [f.replace("\\|", "|") for f in dict.fromkeys(frames)]


@pytest.mark.parametrize("frame", frames_in_guide())
def test_frame_of_the_guide_can_be_read(frame: str) -> None:
    words = dict.fromkeys(re.findall(r"\{([\w-]+)\}", frame), frozenset({"word"}))
    assert parse_frame(frame, "Example", words).trigger


def test_the_guide_has_frames() -> None:
    assert len(frames_in_guide()) > 8


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[p.name for p in NOTEBOOKS])
def test_notebook_is_committed_without_outputs(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    for cell in notebook["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=[p.name for p in NOTEBOOKS])
def test_notebook_runs(path: Path) -> None:
    outputs = executed(path, path.parent)
    kinds = {kind for output in outputs for kind in output.get("data", ())}
    assert {"text/html", "image/png"} <= kinds
    assert not [o for o in outputs if o.get("name") == "stderr"]


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=[p.name for p in NOTEBOOKS])
def test_notebook_starts_at_the_top_of_the_project_too(path: Path) -> None:
    executed(path, ROOT, cells=1)


def executed(path: Path, folder: Path, cells: int | None = None) -> list[Any]:
    """Run the code cells of a notebook, the first few or all; their outputs."""
    nbclient = pytest.importorskip("nbclient", reason="the extra `notebook` is not installed")
    nbformat = pytest.importorskip("nbformat")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [c for c in notebook.cells if c.cell_type == "code"][:cells]
    client = nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3")
    client.execute(cwd=str(folder), env=os.environ | {"PYTHONPATH": str(ROOT)})
    return [output for cell in notebook.cells for output in cell.outputs]
