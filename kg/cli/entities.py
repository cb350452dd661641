"""`kg entities`: who and what is known: states, organizations, people and their offices."""

import json
from typing import Annotated, Any

import typer

from kg.cli import imports
from kg.cli.options import Entities, Json, own_entities

app = typer.Typer(
    help="Look up the states, organizations, people and places that kg knows, and add your own.",
    rich_markup_mode=None,
)
app.add_typer(imports.app, name="import")


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


def _print(row: dict[str, Any]) -> None:
    also = "" if row["as"] == row["name"] else f' ("{row["as"]}")'
    typer.echo(f"{row['name']}{also}  {row['type']}  {row['code']}  {row['id']}")
    for held in row["offices"]:
        typer.echo(f"  {held['begin'] or '…'} – {held['end'] or 'now'}  {held['office']}")
