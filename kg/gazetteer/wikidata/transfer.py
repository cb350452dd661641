"""Dump or endpoint → spool → file of Turtle: the order of the steps, each of which can resume."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from kg.errors import KGError
from kg.gazetteer.turtle import head
from kg.gazetteer.wikidata.dump import people, positions
from kg.gazetteer.wikidata.endpoint import PAGE, Ask, Record, pages
from kg.gazetteer.wikidata.merge import Merge
from kg.gazetteer.wikidata.spool import Spool
from kg.model import Rejection

_PEOPLE, _POSITIONS, _DONE = "people", "positions", "done"
LINES = 1_000
"""Lines of a dump after which what was found is kept, and the caller hears of it."""


def dump_source(path: Path) -> str:
    """A name for this very content of a file.

    Raises:
        KGError: There is no such file.
    """
    try:
        facts = path.stat()
    except OSError as error:
        raise KGError(f"{path}: cannot be read: {error.strerror or error}.") from error
    return f"1 {path.resolve()} {facts.st_size} {facts.st_mtime_ns}"


def read_dump(path: Path, spool: Spool) -> Iterator[int]:
    """Read a dump into a spool, from where the spool says that an earlier reading stopped.

    Yields:
        Now and then, the number of lines since the last time.

    Raises:
        SchemaError: The file cannot be read, or is no dump.
    """
    step, _, line = spool.mark.partition(" ")
    after = int(line or 0)
    if step in ("", _PEOPLE):
        yield from _kept(people(path, after), spool, _PEOPLE)
        step, after = _POSITIONS, 0
        spool.add([], _POSITIONS)
    if step == _POSITIONS:
        yield from _kept(positions(path, spool.missing(), after), spool, _POSITIONS)
        spool.add([], _DONE)


def _kept(found: Iterable[tuple[int, Record | None]], spool: Spool, step: str) -> Iterator[int]:
    waiting: list[Record] = []
    count, line = 0, 0
    for line, record in found:
        count += 1
        waiting += [record] if record is not None else []
        if count >= LINES:
            spool.add(waiting, f"{step} {line}")
            yield count
            waiting, count = [], 0
    if count:
        spool.add(waiting, f"{step} {line}")
        yield count


def read_endpoint(
    ask: Ask,
    place: str,
    states: Sequence[str],
    spool: Spool,
    size: int = PAGE,
    wait: Callable[[float], None] | None = None,
) -> Iterator[int]:
    """Read from an endpoint into a spool, from the page at which an earlier reading stopped.

    Args:
        ask: Sends a query and gives the answer.
        place: The address, for messages.
        states: Wikidata numbers of the states whose office-holders are wanted.
        spool: Keeps what has come.
        size: Statements a page.
        wait: How to pass the time until the next try; sleeps when None.

    Yields:
        After each page, how many people were on it.

    Raises:
        StoreError: The server refuses, gives no results, or was busy each time.
    """
    if spool.mark == _DONE:
        return
    options = {} if wait is None else {"wait": wait}
    for records, mark in pages(ask, place, states, spool.mark, size, **options):
        spool.add(records, mark)
        yield len(records)
    spool.add([], _DONE)


def write(merge: Merge, spool: Spool, file: Path, comment: str) -> Iterator[Rejection]:
    """Write the file of entities, all of it or nothing.

    Args:
        merge: What to write.
        spool: The records; what could not be read is in it, too.
        file: The file of Turtle.
        comment: Its first line.

    Yields:
        What is not used, and why. The file is there when all are given.

    Raises:
        KGError: The file cannot be written.
    """
    yield from spool.rejections()
    part = file.with_suffix(".part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as out:
            out.write(head(comment).rstrip() + "\n")
            for item in merge.turtle():
                if isinstance(item, Rejection):
                    yield item
                else:
                    out.write("\n" + item)
        part.replace(file)
    except OSError as error:
        raise KGError(f"{file}: cannot be written: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)
