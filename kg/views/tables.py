"""Events → flat rows for CSV, Parquet and data frames: one row a report."""

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.model import Event, Participant

Row = Mapping[str, Any]
COLUMNS = (
    "id", "document", "category", "mode", "context", "type", "lineage", "cameo", "quad", "score",
    "actor", "actor_code", "actor_id", "target", "target_code", "target_id", "trigger", "date",
    "date_text", "status", "said_by", "place", "count", "unit", "sentence", "start", "end",
    "confidence", "why",
)  # fmt: skip


def row(event: Event) -> Row:
    """One report as plain values; lists are joined with "; "."""
    return {
        "id": event.id,
        "document": event.document,
        "category": event.category,
        "mode": event.mode,
        "context": _join(event.context),
        "type": event.type,
        "lineage": _join(event.lineage),
        "cameo": event.cameo,
        "quad": event.quad,
        "score": event.score,
        **_side("actor", event.actor),
        **_side("target", event.target),
        "trigger": event.trigger.text,
        "date": event.date,
        "date_text": event.date_text.text if event.date_text else None,
        "status": event.status,
        "said_by": event.said_by.name if event.said_by else None,
        "place": event.place.name if event.place else None,
        "count": event.magnitude.count if event.magnitude else None,
        "unit": event.magnitude.unit if event.magnitude else None,
        "sentence": event.sentence.text,
        "start": event.sentence.start,
        "end": event.sentence.end,
        "confidence": event.confidence,
        "why": _join(event.why),
    }


def write_csv(events: Iterable[Event], write: Callable[[str], object]) -> None:
    """Write a table with a header line.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it, since the
    words come from articles that anybody may have written.
    """
    line = io.StringIO()
    writer = csv.DictWriter(line, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for event in events:
        writer.writerow({k: _harmless(v) for k, v in row(event).items()})
        write(line.getvalue())
        line.seek(0)
        line.truncate()
    write(line.getvalue())


def write_parquet(events: Iterable[Event], path: Path) -> None:
    """Write a Parquet file with the columns of `COLUMNS`."""
    import duckdb

    numbers = {
        "quad": "INTEGER",
        "score": "DOUBLE",
        "count": "DOUBLE",
        "start": "BIGINT",
        "end": "BIGINT",
        "confidence": "DOUBLE",
    }
    schema = {c: numbers.get(c, "VARCHAR") for c in COLUMNS}
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "events.jsonl"
        with lines.open("w", encoding="utf-8") as file:
            for event in events:
                file.write(json.dumps(row(event)) + "\n")
        with duckdb.connect() as connection:
            table = connection.read_json(str(lines), format="newline_delimited", columns=schema)
            table.write_parquet(str(path))


def frame(events: Iterable[Event]) -> Any:
    """A pandas data frame, one row a report; `begin` is the first day of the date.

    Raises:
        UsageError: pandas is not installed; it comes with the extra `notebook`.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise UsageError(
            "data frames need pandas: pip install geopolitical-kg[notebook]"
        ) from error
    table = pd.DataFrame([row(e) for e in events], columns=list(COLUMNS))
    first = table["date"].str.split("/").str[0].str.extract(r"^(\d{4}(?:-\d\d(?:-\d\d)?)?)")[0]
    table["begin"] = pd.to_datetime(first, format="ISO8601", errors="coerce")
    return table


def _side(role: str, side: tuple[Participant, ...]) -> Row:
    return {
        role: _join(p.name for p in side),
        f"{role}_code": _join(p.code for p in side),
        f"{role}_id": _join(p.id for p in side),
    }


def _join(values: Iterable[str]) -> str:
    return "; ".join(values)


def _harmless(value: object) -> object:
    dangerous = isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t")
    return f"'{value}" if dangerous and value != "---" else value
