"""`kg entities`: who and what is known: states, organizations, people and their offices."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.options import OWN_ENTITIES, Entities, Json, Quiet, own_entities

app = typer.Typer(
    help="Look up the states, organizations, people and places that kg knows.",
    rich_markup_mode=None,
)


@app.command("search")
def search(
    words: Annotated[
        str, typer.Argument(help="A name, a part of one, or a code; misspelt and accents aside.")
    ],
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="Most entities to show.")] = 10,
    entities: Entities = None,
    as_json: Json = False,
) -> None:
    """Find states, organizations, people and places by name, also misspelt, with their offices.

    Example: kg entities search lawrow
    """
    from kg.errors import KGError
    from kg.gazetteer import load_gazetteer
    from kg.gazetteer import search as find

    gazetteer = load_gazetteer(own=own_entities(entities))
    hits = find(gazetteer, words, limit)
    if not hits:
        raise KGError(f'nobody known is called "{words}". Try another spelling, or a part of it.')
    rows = [
        {
            "name": hit.entity.name,
            "as": hit.name,
            "type": hit.entity.type,
            "code": hit.entity.code,
            "id": hit.entity.id,
            "score": round(hit.score, 2),
            "offices": [
                {
                    "office": gazetteer.offices[t.office].name,
                    "begin": t.begin.isoformat() if t.begin else None,
                    "end": t.end.isoformat() if t.end else None,
                }
                for t in gazetteer.tenures_of(hit.entity.id)
            ],
        }
        for hit in hits
    ]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        _print(row)


@app.command("import")
def import_table(
    table: Annotated[
        Path, typer.Argument(help="CSV with a head: name, type, code and, if known, the others.")
    ],
    into: Annotated[
        Path, typer.Option("--into", help="Folder to write to, which other commands then use.")
    ] = OWN_ENTITIES,
    quiet: Quiet = False,
) -> None:
    """Add entities and terms of office of your own from a table.

    Columns: name, type, code, aliases (separated by semicolons), of (state or organization),
    gender, role, begin, end, wikidata. Nothing is written while any line has a mistake.

    Example: kg entities import people.csv
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


def _print(row: dict[str, Any]) -> None:
    also = "" if row["as"] == row["name"] else f' ("{row["as"]}")'
    typer.echo(f"{row['name']}{also}  {row['type']}  {row['code']}  {row['id']}")
    for held in row["offices"]:
        typer.echo(f"  {held['begin'] or '…'} – {held['end'] or 'now'}  {held['office']}")
