"""`kg entities import`: entities and terms of office of one's own, from a table or Wikidata."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import OWN_ENTITIES, Json, Quiet

app = typer.Typer(
    help="Add entities of your own, from a table (csv) or from Wikidata (wikidata).",
    rich_markup_mode=None,
)
Into = Annotated[
    Path, typer.Option("--into", help="Folder to write to, which other commands then use.")
]


@app.command("csv")
def import_table(
    table: Annotated[
        Path, typer.Argument(help="CSV with a head: name, type, code and, if known, the others.")
    ],
    into: Into = OWN_ENTITIES,
    quiet: Quiet = False,
) -> None:
    """Add entities and terms of office of your own from a table.

    Columns: name, type, code, aliases (separated by semicolons), of (state or organization),
    gender, role, begin, end, wikidata. Nothing is written while any line has a mistake.

    Example: kg entities import csv people.csv
    """
    from kg.errors import KGError
    from kg.gazetteer import load_gazetteer, read_table
    from kg.schema import load_schema

    file = into / f"{table.stem}.ttl"
    others = load_gazetteer(own=into if into.is_dir() else None, without=file)
    read = read_table(table, others, load_schema())
    for mistake in read.mistakes:
        typer.echo(f"kg: {mistake}", err=True)
    if read.mistakes:
        typer.echo(f"kg: {table}: nothing was imported.", err=True)
        raise typer.Exit(1)
    try:
        into.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        part.write_text(read.turtle, encoding="utf-8")
        part.replace(file)
    except OSError as error:
        raise KGError(f"{file}: cannot be written: {error.strerror or error}.") from error
    if not quiet:
        typer.echo(f"{read.entities} entities, {read.tenures} terms of office in {file}")


@app.command("wikidata")
def import_wikidata(
    source: Annotated[
        str,
        typer.Argument(
            metavar="FILE|ENDPOINT",
            help="Wikidata's JSON dump (plain, .gz or .bz2), or the URL of a SPARQL endpoint.",
        ),
    ],
    state: Annotated[
        list[str] | None,
        typer.Option("--state", help="Only offices of this state, by code or name. Repeatable."),
    ] = None,
    since: Annotated[
        int | None,
        typer.Option(
            "--since", min=1, max=9999, help="Leave out terms that ended before this year."
        ),
    ] = None,
    page: Annotated[
        int, typer.Option("--page", min=1, help="Statements to ask an endpoint for at a time.")
    ] = 2_000,
    into: Into = OWN_ENTITIES,
    rejects: Annotated[
        Path | None,
        typer.Option("--rejects", help="File for the list of what was not used, and why."),
    ] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Add the people of Wikidata who held offices (P39), with their terms.

    Taken are humans (P31 Q5) with what they held (P39) from when (P580) to when (P582). An office
    belongs to the state that it applies to (P1001), else to its country (P17), else to that of its
    holder (P27). Whom kg knows already gets new names and terms only. Narrow it with --state and
    --since: all of Wikidata is more than an article needs.

    An endpoint is asked state by state and page by page with one query, which stands with its
    explanation in kg/gazetteer/wikidata/office-holders.rq, and again when it is busy. Whatever
    interrupts the command, the same command goes on from there. Exit code 1 when some of it could
    not be used.

    Example: kg entities import wikidata https://query.wikidata.org/sparql --state FRA --since 1990
    """
    from kg.cli.wikidata import Job, summary

    counts, file = Job(source, state or [], since, page, into).run(rejects, quiet)
    if as_json:
        typer.echo(json.dumps(asdict(counts) | {"file": str(file)}))
    elif not quiet:
        typer.echo(summary(counts, file))
    if counts.rejected:
        raise typer.Exit(1)
