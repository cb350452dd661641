"""Turtle files → one named graph of a store, only when they changed."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import SchemaError
from kg.store.base import FINGERPRINT, Store


def load_files(store: Store, graph: str, paths: Iterable[Path]) -> bool:
    """Make a named graph hold what these Turtle files say, such as the ontology.

    Args:
        store: Where to.
        graph: Name of the graph, which is replaced as a whole.
        paths: Files; their order does not matter.

    Returns:
        False when the graph was already made from the same content.

    Raises:
        SchemaError: With file and line, if one is not Turtle.
        StoreError: The store cannot be written.
    """
    texts = [(path, path.read_bytes()) for path in sorted(paths)]
    content = hashlib.sha256(b"\0".join(text for _, text in texts)).hexdigest()
    if store.loaded(graph, content):
        return False
    name = ox.NamedNode(graph)
    quads = list(_read(texts, name))
    store.load([*quads, ox.Quad(name, FINGERPRINT, ox.Literal(content), name)])
    return True


def _read(texts: list[tuple[Path, bytes]], graph: ox.NamedNode) -> Iterator[ox.Quad]:
    for path, text in texts:
        try:
            # renamed, because two files may use the same label for different blank nodes
            for quad in ox.parse(text, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True):
                yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)
        except SyntaxError as error:
            raise SchemaError(f"{path}:{error.lineno or 1}: not Turtle: {error.msg}") from error
