"""Events → a file or standard output, in the formats of `kg extract`."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.errors import KGError, UsageError
from kg.model import Event, to_json
from kg.pipeline import Extracted, Settings, make_meaning, make_run
from kg.rdf import encode_article, serialize
from kg.schema import load_schema
from kg.views.tables import write_csv, write_parquet


def write_events(
    items: Iterable[Extracted], format: str, output: Path | None, settings: Settings
) -> None:
    """Write the events of articles as they come; RDF and Parquet when all are there.

    Raises:
        UsageError: Parquet without a file.
        KGError: The file cannot be written.
    """
    if format == "parquet":
        if output is None:
            raise UsageError("Parquet is binary: name a file with --output.")
        _guarded(output, lambda: write_parquet(_events(items), output))
    elif output is None:
        _write(items, format, settings, sys.stdout.write)
    else:
        _guarded(output, lambda: _to_file(items, format, settings, output))


def _to_file(items: Iterable[Extracted], format: str, settings: Settings, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        _write(items, format, settings, file.write)


def _write(
    items: Iterable[Extracted], format: str, settings: Settings, write: Callable[[str], object]
) -> None:
    if format == "jsonl":
        for event in _events(items):
            write(json.dumps(to_json(event), ensure_ascii=False) + "\n")
    elif format == "csv":
        write_csv(_events(items), write)
    else:
        meaning, run = make_meaning(load_schema()), make_run(settings)
        quads = (q for i in items for q in encode_article(i.article, i.events, run, meaning))
        rdf = serialize(quads, "turtle" if format == "turtle" else "nquads")
        write(rdf.decode())


def _events(items: Iterable[Extracted]) -> Iterator[Event]:
    for item in items:
        yield from item.events


def _guarded(path: Path, work: Callable[[], None]) -> None:
    try:
        work()
    except OSError as error:
        raise KGError(f"{path}: cannot be written: {error.strerror or error}.") from error
