"""What has been read so far, in a file: so memory does not grow, and a rerun goes on from there."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

from kg.errors import SchemaError
from kg.gazetteer.wikidata.records import ENDED, Person, Position, Term
from kg.model import Rejection

_TABLES = """
CREATE TABLE IF NOT EXISTS note (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS person (id TEXT PRIMARY KEY, name TEXT, facts TEXT, line INTEGER);
CREATE TABLE IF NOT EXISTS position (id TEXT PRIMARY KEY, name TEXT, facts TEXT);
CREATE TABLE IF NOT EXISTS term (id TEXT PRIMARY KEY, person TEXT, position TEXT, begin TEXT, "end" TEXT);
CREATE TABLE IF NOT EXISTS rejection (place TEXT PRIMARY KEY, reason TEXT);
CREATE INDEX IF NOT EXISTS of_person ON term (person);
CREATE INDEX IF NOT EXISTS of_position ON term (position);
"""  # noqa: E501


class Spool:
    """Records on disk. What `add` was given in one call is kept as a whole or not at all."""

    def __init__(self, path: Path, source: str):
        """Open or make a spool.

        Args:
            path: The file.
            source: What is read, with all that matters; what came from another is thrown away.

        Raises:
            SchemaError: The file cannot be used, or another process uses it.
        """
        self._path = path
        self.done = False
        try:
            self._base = sqlite3.connect(path, timeout=1)
            self._base.executescript(_TABLES)
            # nobody else may read the same at the same time
            self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._prepare(source)
        except sqlite3.Error as error:
            locked = "locked" in str(error)
            way_out = "Another import is at work." if locked else "Delete it to begin anew."
            reason = f"cannot be used: {error}. {way_out}"
            raise SchemaError(f"{path}: {reason}") from error

    def _prepare(self, source: str) -> None:
        with self._base:
            if self._note("source") != source:
                for table in ("note", "person", "position", "term", "rejection"):
                    self._base.execute(f"DELETE FROM {table}")
            self._base.execute("INSERT OR REPLACE INTO note VALUES ('source', ?)", (source,))

    def add(
        self,
        records: Iterable[Person | Position | Rejection],
        mark: str,
    ) -> None:
        """Keep records, and how far the reading has come.

        Raises:
            SchemaError: The disk is full, or the like.
        """
        try:
            with self._base:
                for record in records:
                    self._keep(record)
                self._base.execute("INSERT OR REPLACE INTO note VALUES ('mark', ?)", (mark,))
        except sqlite3.Error as error:
            raise SchemaError(f"{self._path}: cannot be written: {error}.") from error

    def _keep(self, record: Person | Position | Rejection) -> None:
        if isinstance(record, Rejection):
            row: tuple[Any, ...] = (record.place, record.reason)
            self._base.execute("INSERT OR IGNORE INTO rejection VALUES (?, ?)", row)
        elif isinstance(record, Position):
            facts = json.dumps([record.aliases, record.jurisdictions, record.countries])
            row = (record.id, record.name, facts)
            self._base.execute("INSERT OR REPLACE INTO position VALUES (?, ?, ?)", row)
        else:
            facts = json.dumps([record.aliases, record.gender, record.citizenships, record.died])
            row = (record.id, record.name, facts, record.line)
            self._base.execute("INSERT OR REPLACE INTO person VALUES (?, ?, ?, ?)", row)
            rows = [(t.id, record.id, t.position, t.begin, t.end) for t in record.terms]
            self._base.executemany("INSERT OR REPLACE INTO term VALUES (?, ?, ?, ?, ?)", rows)

    @property
    def mark(self) -> str:
        """How far the reading has come; empty at the beginning."""
        return self._note("mark") or ""

    def _note(self, key: str) -> str | None:
        row = self._base.execute("SELECT value FROM note WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else None

    def people(self) -> Iterator[Person]:
        """Everybody, in a fixed order, with all terms."""
        for id, name, facts, line in self._base.execute("SELECT * FROM person ORDER BY id"):
            aliases, gender, citizenships, died = json.loads(facts)
            terms = self._base.execute(
                'SELECT id, position, begin, "end" FROM term WHERE person = ? ORDER BY begin, id',
                (id,),
            )
            held = tuple(Term(*row) for row in terms)
            yield Person(id, name, tuple(aliases), gender, tuple(citizenships), died, held, line)

    def position(self, id: str) -> Position | None:
        """A position by its number."""
        found = self._base.execute("SELECT * FROM position WHERE id = ?", (id,)).fetchone()
        if found is None:
            return None
        return Position(id, found[1], *map(tuple, json.loads(found[2])))

    def missing(self) -> set[str]:
        """Numbers of the positions that somebody held and that are not here yet."""
        rows = self._base.execute("SELECT position FROM term EXCEPT SELECT id FROM position")
        return {row[0] for row in rows}

    def holders(self, position: str) -> Iterator[tuple[str, Term]]:
        """Name and term of whoever held a position."""
        rows = self._base.execute(
            'SELECT person.name, term.id, term.position, term.begin, term."end" FROM term '
            "JOIN person ON person.id = term.person WHERE term.position = ? AND person.name > ''",
            (position,),
        )
        return ((row[0], Term(*row[1:])) for row in rows)

    def successions(self, position: str) -> tuple[int, int]:
        """How often one term in a position followed another, and how often it began too early.

        The second is small where one holds it at a time, and large for a seat in a parliament.
        """
        rows = self._base.execute(
            'SELECT begin, "end" FROM term WHERE position = ? AND begin IS NOT NULL AND "end" < ? '
            "ORDER BY begin",
            (position, ENDED),
        )
        pairs = list(pairwise((str(begin), str(end)) for begin, end in rows))
        return len(pairs), sum(_before(later[0], earlier[1]) for earlier, later in pairs)

    def rejections(self) -> Iterator[Rejection]:
        """What could not be read, in the order in which it was met."""
        rows = self._base.execute("SELECT place, reason FROM rejection ORDER BY rowid")
        return (Rejection(*row) for row in rows)

    def discard(self) -> None:
        """Delete the file: it is needed no more."""
        self.done = True
        self._base.close()
        self._path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()


def _before(one: str, other: str) -> bool:
    """Whether a time is before another by as much as is known of both: 2017 is not in 2017-05."""
    length = min(len(one), len(other))
    return one[:length] < other[:length]
