"""Where the data that ships with the package lies, and how its Turtle is read."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox

from kg.errors import SchemaError


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
        yield from ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)
    except SyntaxError as error:
        raise SchemaError(f"{path}:{error.lineno or 1}: not Turtle: {error.msg}") from error
