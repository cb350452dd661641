"""Wikidata's JSON dump, one entity a line → records, without holding more than a line.

A dump is read twice: first for the people, then for the positions that they held, which may
stand anywhere. A whole dump has a hundred gigabytes and more, so most lines are never parsed.
"""

import bz2
import codecs
import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any, TypeVar, cast

from kg.errors import SchemaError
from kg.gazetteer.wikidata.claims import person, position
from kg.gazetteer.wikidata.records import Person, Position
from kg.model import Rejection

LONGEST = 64 * 2**20
"""Bytes of the longest line: the largest entities have about five megabytes."""
_ID = re.compile(rb'"id"\s*:\s*"([A-Z][1-9]\d*)"')
Made = TypeVar("Made", Person, Position)
_SHAPE = "Wikidata's dump is a JSON array with one entity a line."


def people(path: Path, after: int = 0) -> Iterator[tuple[int, Person | Rejection | None]]:
    """Every human being who held a position, with the number of the line.

    Args:
        path: A dump, plain or compressed with gzip or bzip2.
        after: Lines that were read before.

    Yields:
        For every line what it is: None for something else.

    Raises:
        SchemaError: The file cannot be read, or is no dump.
    """
    for number, line in _lines(path, after):
        if isinstance(line, Rejection):
            yield number, line
        elif b'"P39"' in line or not _sound(line):
            yield number, _parsed(f"{path}:{number}", line, partial(person, line=number))
        else:
            yield number, None


def positions(
    path: Path, wanted: set[str], after: int = 0
) -> Iterator[tuple[int, Position | Rejection | None]]:
    """The positions with these numbers; stops when all are found.

    Raises:
        SchemaError: The file cannot be read, or is no dump.
    """
    missing = set(wanted)
    for number, line in _lines(path, after):
        if not missing:
            return
        found = None if isinstance(line, Rejection) else _ID.search(line[:200])
        name = found[1].decode() if found else ""
        if name in missing and not isinstance(line, Rejection):
            missing.remove(name)
            yield number, _parsed(f"{path}:{number}", line, position)
        else:
            yield number, None  # what is broken was named in the first reading


def _lines(path: Path, after: int) -> Iterator[tuple[int, bytes | Rejection]]:
    """Lines with an entity, without brackets and commas; at last a rejection if it breaks off."""
    number, first, last = 0, b"", b""
    try:
        with _opened(path) as file:
            while line := file.readline(LONGEST):
                number += 1
                line = line.removeprefix(codecs.BOM_UTF8)
                if len(line) == LONGEST:
                    raise SchemaError(f"{path}:{number}: too long a line. {_SHAPE}")
                last = line.strip() or last
                first = first or last
                if first and not first.startswith((b"[", b"{")):
                    raise SchemaError(f"{path}:{number}: this is no JSON. {_SHAPE}")
                if number > after and (bare := _bare(line)):
                    yield number, bare
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield number + 1, Rejection(f"{path}:{number + 1}", f"the file is cut off here: {error}.")
        return
    except OSError as error:
        if error.errno is not None or not number:
            raise SchemaError(f"{path}: cannot be read: {error.strerror or error}.") from error
        # bz2 has no error of its own
        yield number + 1, Rejection(f"{path}:{number + 1}", f"the file is damaged here: {error}.")
        return
    if not first:
        raise SchemaError(f"{path}: the file is empty. {_SHAPE}")
    if first.startswith(b"[") and not last.endswith(b"]"):
        yield number + 1, Rejection(f"{path}:{number}", 'the file is cut off: no "]" at its end.')


def _opened(path: Path) -> IO[bytes]:
    """The file, unpacked by what it begins with: names lie."""
    with path.open("rb") as file:
        start = file.read(3)
    if start.startswith(b"\x1f\x8b"):
        return cast(IO[bytes], gzip.open(path))
    return cast(IO[bytes], bz2.open(path)) if start == b"BZh" else path.open("rb")


def _bare(line: bytes) -> bytes:
    """What is between the brackets and commas of the array."""
    return line.strip().removeprefix(b"[").removesuffix(b"]").strip().removesuffix(b",").rstrip()


def _sound(line: bytes) -> bool:
    """Whether a line looks like an entity: cheap, and true for all but broken ones."""
    whole = line.startswith(b"{") and line.endswith(b"}") and _ID.search(line[:200]) is not None
    return whole and line.count(b"{") == line.count(b"}")


def _parsed(
    place: str, line: bytes, make: Callable[[dict[str, Any]], Made | None]
) -> Made | Rejection | None:
    try:
        entity = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Rejection(place, f"broken JSON: {error}.")
    try:
        return make(entity) if entity.get("type", "item") == "item" else None
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        name = entity.get("id", "?") if isinstance(entity, dict) else "?"
        return Rejection(place, f"{name}: not in the shape of Wikidata's entities: {error}")
