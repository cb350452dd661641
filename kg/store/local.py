"""A store inside this process: in memory, or a folder on disk (Oxigraph)."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.base import FINGERPRINT, Source, batches, retraction
from kg.store.folder import writers

_BATCH = 100_000
_BULK = 20_000
"""From this size on it is faster to write new files than to go through the log."""


class LocalStore:
    """A `Store` on pyoxigraph; `open_store` makes one."""

    def __init__(self, store: ox.Store, folder: Path | None = None, writable: bool = True):
        self.location = str(folder) if folder else "memory"
        self._store: ox.Store | None = store
        self._folder = folder
        self._writable = writable

    def load(self, quads: Iterable[ox.Quad]) -> int:
        """Replace every named graph that occurs in `quads`; see `Store.load`."""
        written = 0
        for batch in batches(quads, _BATCH):
            for graph in batch.clear:
                self._remove(graph)
            self._write(batch.quads)
            written += len(batch.quads)
        return written

    def _write(self, quads: list[ox.Quad]) -> None:
        store = self._writing()
        both = (q for quad in quads for q in (quad, _merged(quad)))
        try:
            # each of the two writes all or nothing
            if self._folder and len(quads) >= _BULK:
                store.bulk_extend(both)
            else:
                store.extend(both)
        except OSError as error:
            raise StoreError(f"{self.location}: cannot be written: {_line(error)}.") from error

    def loaded(self, graph: str, fingerprint: str) -> bool:
        """Whether this graph is complete and was made from the same things."""
        name = ox.NamedNode(graph)
        return ox.Quad(name, FINGERPRINT, ox.Literal(fingerprint), name) in self._open()

    def remove(self, graph: str) -> None:
        """Remove a named graph and what only it says."""
        self._remove(ox.NamedNode(graph))

    def _remove(self, graph: ox.NamedNode) -> None:
        store = self._writing()
        if not store.contains_named_graph(graph):
            return
        try:
            store.update(retraction(graph))
        except OSError as error:
            raise StoreError(f"{self.location}: cannot be written: {_line(error)}.") from error

    def graphs(self) -> list[str]:
        """Names of all named graphs, sorted."""
        return sorted(g.value for g in self._open().named_graphs())

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """Quads of one named graph, or of all of them, one graph after the other."""
        for name in [graph] if graph else self.graphs():
            yield from self._open().quads_for_pattern(None, None, None, ox.NamedNode(name))

    def merged(self) -> Iterator[ox.Triple]:
        """Every triple of all graphs once."""
        quads = self._open().quads_for_pattern(None, None, None, ox.DefaultGraph())
        return (quad.triple for quad in quads)

    def count(self) -> int:
        """Number of different triples."""
        # counted by the store itself: twenty times faster than passing every triple to Python
        found = self._open().query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
        assert isinstance(found, ox.QuerySolutions)
        return int(next(found)["n"].value)

    @contextmanager
    def source(self) -> Iterator[Source]:
        """What `kg.query.run` needs to read this store while it stays open."""
        store = self._open()
        if self._folder is None:
            yield store
        elif not self._writable:
            yield self._folder
        else:
            # reading beside a writer is undefined: readers get a snapshot, made of hard links
            with tempfile.TemporaryDirectory(prefix=".kg-", dir=self._folder.parent) as home:
                snapshot = Path(home) / "snapshot"
                store.flush()
                store.backup(str(snapshot))
                yield snapshot

    def close(self) -> None:
        """Release the store; a closed store can be opened by others."""
        if self._store is not None and self._writable and self._folder:
            self._store.flush()
            writers.discard(self._folder.resolve())
        self._store = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()

    def _open(self) -> ox.Store:
        if self._store is None:
            raise StoreError(f"{self.location}: this store is closed.")
        return self._store

    def _writing(self) -> ox.Store:
        store = self._open()
        if not self._writable:
            raise StoreError(f"{self.location}: opened only for reading.")
        return store


def _merged(quad: ox.Quad) -> ox.Quad:
    """The same triple in the default graph."""
    return ox.Quad(quad.subject, quad.predicate, quad.object)


def _line(error: OSError) -> str:
    return (str(error).splitlines() or [""])[0].removeprefix("IO error: ").rstrip(".")
