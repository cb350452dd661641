"""Where the data that ships with the package lies, and how its files are read."""

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox

from kg.errors import SchemaError
from kg.vocab import ONTOLOGY

_DECLARED = re.compile(r"^kg:([\w-]+)\s+a\s", re.MULTILINE)
_MARK = b"\xef\xbb\xbf"  # editors on Windows put it before the first line


def data_folder(name: str) -> Path:
    """Folder of shipped data: inside the installed package, or beside it in a checkout.

    Raises:
        SchemaError: Neither place has it.
    """
    inside = Path(str(files("kg"))) / name
    for folder in (inside, inside.parent.parent / name):
        if folder.is_dir():
            return folder
    raise SchemaError(f"{name}/ is missing from the installation. Install the package again.")


def ontology_files(folder: Path | None = None) -> list[Path]:
    """Every Turtle file of the ontology, in a stable order."""
    return sorted((folder or data_folder("ontology")).rglob("*.ttl"))


def read_turtle(path: Path) -> Iterator[ox.Quad]:
    """Triples of one file.

    Raises:
        SchemaError: With file and line, if it is not Turtle.
    """
    try:
        yield from ox.parse(path.read_bytes().removeprefix(_MARK), format=ox.RdfFormat.TURTLE)
    except SyntaxError as error:
        raise SchemaError(f"{path}:{error.lineno or 1}: not Turtle: {error.msg}") from error


def read_text(path: Path) -> str:
    """Text of one file, without a byte order mark.

    Raises:
        SchemaError: With file and line, if it is not UTF-8.
    """
    data = path.read_bytes().removeprefix(_MARK)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SchemaError(f"{path}:{line}: not UTF-8. Save the file in that encoding.") from error


def line_of(path: Path, text: str) -> int:
    """Line in which a text stands first; the first line when it is nowhere."""
    lines = read_text(path).splitlines()
    return next((i for i, line in enumerate(lines, 1) if text in line), 1)


def places(folder: Path) -> dict[str, str]:
    """IRI of each term → file and line in which it is declared."""
    found: dict[str, str] = {}
    for path in ontology_files(folder):
        text = read_text(path)
        for match in _DECLARED.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.setdefault(ONTOLOGY + match[1], f"{path}:{line}")
    return found
