"""Who may import whom, how long things may be, and that code and ontology use the same terms."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.vocab import KG, ONTOLOGY

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "kg").rglob("*.py"))
STAGES = ("sources", "text", "extract", "rdf", "store", "query", "views", "evaluate")
LAYERS = {
    **dict.fromkeys(("errors", "vocab", "model"), 0),
    **dict.fromkeys(("schema", "gazetteer", "classifier"), 1),
    **dict.fromkeys(STAGES, 2),
    "pipeline": 3,
    **dict.fromkeys(("cli", "server", "__main__"), 4),
}
# library → the parts of the package that may import it
HOMES = {
    "spacy": {"text", "extract"},
    "onnxruntime": {"classifier"},
    "tokenizers": {"classifier"},
    "networkx": {"views"},
    "pyvis": {"views"},
    "igraph": {"views"},
    "matplotlib": {"views"},
    "pandas": {"views"},
    "typer": {"cli"},
    "click": {"cli"},
    "rich": {"cli"},
}
LONGEST_MODULE = 300
LONGEST_FUNCTION = 60


def part(path: Path) -> str:
    """`kg/text/clean.py` → text, `kg/model.py` → model, `kg/__init__.py` → empty."""
    names = path.relative_to(ROOT / "kg").with_suffix("").parts
    return "" if names == ("__init__",) else names[0]


def imports(tree: ast.AST) -> Iterator[tuple[str, ...]]:
    """Every imported module as its dotted parts, also inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (tuple(alias.name.split(".")) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: a relative import"
            base = tuple((node.module or "").split("."))
            # `from kg import text` imports a module, too
            yield from ((*base, alias.name) for alias in node.names)


@pytest.fixture(
    scope="module", params=MODULES, ids=[p.relative_to(ROOT).as_posix() for p in MODULES]
)
def module(request: pytest.FixtureRequest) -> tuple[Path, ast.Module]:
    path: Path = request.param
    return path, ast.parse(path.read_text(encoding="utf-8"))


def test_every_part_has_a_layer() -> None:
    assert {part(p) for p in MODULES} - {""} <= set(LAYERS)


def test_imports_point_down(module: tuple[Path, ast.Module]) -> None:
    path, tree = module
    here = part(path)
    for name in imports(tree):
        if name[0] != "kg" or not here:
            continue
        there = name[1]
        assert there in LAYERS, f"{path}: imports {'.'.join(name)}"
        if there != here:
            lower = LAYERS[there] < LAYERS[here] or 0 == LAYERS[there] == LAYERS[here]
            same = LAYERS[here] in (1, 4) and LAYERS[there] == LAYERS[here]
            assert lower or same, f"{path}: {here} must not import {there}"


def test_libraries_stay_where_they_belong(module: tuple[Path, ast.Module]) -> None:
    path, tree = module
    for name in imports(tree):
        if name[0] in HOMES:
            assert part(path) in HOMES[name[0]], f"{path}: imports {name[0]}"
        if LAYERS.get(part(path)) == 0 and name[0] not in ("kg", *sys.stdlib_module_names):
            assert (part(path), name[0]) == ("vocab", "rdflib")


def test_only_the_command_line_prints(module: tuple[Path, ast.Module]) -> None:
    path, tree = module
    if part(path) != "cli":
        called = {n.func.id for n in ast.walk(tree) if _is_named_call(n)}  # type: ignore[attr-defined]
        assert "print" not in called
    names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    assert "TYPE_CHECKING" not in names, f"{path}: a cycle is hiding"


def _is_named_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name)


def test_sizes_and_docstrings(module: tuple[Path, ast.Module]) -> None:
    path, tree = module
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE, path
    if path.stem != "__main__" or tree.body:
        assert ast.get_docstring(tree), f"{path}: no docstring"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            # the signature and help of a command are data
            body = length - (node.body[0].lineno - node.lineno)
            assert body <= LONGEST_FUNCTION, f"{path}:{node.lineno}: {node.name} has {length} lines"
        if isinstance(node, ast.ExceptHandler):
            names = (
                {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)} if node.type else ""
            )
            assert names, f"{path}:{node.lineno}: a bare except"
            assert not {"Exception", "BaseException"} & set(names), f"{path}:{node.lineno}"


def test_no_module_knows_an_event_class(module: tuple[Path, ast.Module]) -> None:
    """Adding or renaming an event type touches the ontology alone."""
    path, tree = module
    types = {p.stem for p in (ROOT / "ontology" / "events").rglob("*.toml")}
    assert len(types) > 60
    # ordinary words that code may need for something else
    types -= {"Event", "Agree", "Aid", "Support", "Request"}
    documentation = {ast.get_docstring(n, clean=False) for n in ast.walk(tree) if _documented(n)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert node.value in documentation or node.value not in types, f"{path}:{node.lineno}"


def _documented(node: ast.AST) -> bool:
    return isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)


def test_terms_of_the_code_are_defined_in_the_ontology() -> None:
    defined = {
        quad.subject.value
        for name in ("core.ttl", "agents.ttl")
        for quad in ox.parse(path=ROOT / "ontology" / name)
        if isinstance(quad.subject, ox.NamedNode)
    }
    terms = {str(KG[name]) for name in KG.__annotations__ if not name.startswith("_")}
    assert terms
    assert all(term.startswith(ONTOLOGY) for term in terms)
    assert terms - defined == set()


def test_a_misspelt_term_is_an_error() -> None:
    with pytest.raises(AttributeError, match="actr"):
        _ = KG.actr


def test_the_top_of_the_package_is_light() -> None:
    code = "import sys, kg; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not {"spacy", "rdflib", "pyoxigraph", "typer"} & set(done.stdout.split())
