"""`kg query`: SPARQL on the store."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import DEFAULT_STORE, Json, Quiet, Store
from kg.errors import UsageError


class Format(StrEnum):
    """How answers are written."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    xml = "xml"
    turtle = "turtle"
    ntriples = "ntriples"


def query(
    question: Annotated[
        str | None,
        typer.Argument(help="File with a query, name of a shipped one, or - for standard input."),
    ] = None,
    expression: Annotated[
        str | None, typer.Option("--expression", "-e", help="The query itself.")
    ] = None,
    params: Annotated[
        list[str] | None, typer.Option("--param", "-p", help="Value of a parameter: state=RUS.")
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="List the shipped queries.")] = False,
    format: Annotated[Format, typer.Option("--format", "-f", help="Output format.")] = Format.table,
    timeout: Annotated[float, typer.Option(help="Seconds a query may take.", min=0.1)] = 30.0,
    limit: Annotated[int, typer.Option(help="Most rows to print; 0 for all.", min=0)] = 0,
    store: Store = DEFAULT_STORE,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Ask the store in SPARQL; read-only, and stopped after a time limit.

    Example: kg query expulsions --param actor=RUS
    """
    from kg.query import bind, named_queries, read_query, render, run
    from kg.store import open_store

    if listing:
        known = {n: q.description for n, q in named_queries().items()}
        width = max(map(len, known))
        lines = (f"{n:{width}}  {text}" for n, text in known.items())
        typer.echo(json.dumps(known) if as_json else "\n".join(lines))
        return
    if (question is None) == (expression is None):
        raise UsageError(
            "give a query file, the name of a shipped query (see --list), or -e QUERY."
        )
    values = _values(params or [])
    name = question or "query"
    if expression is not None:
        text = bind(expression, values) if values else expression
    elif question == "-":
        name, text = "<stdin>", bind(sys.stdin.read(), values)
    elif Path(name).is_file():
        text = read_query(Path(name)).bound(values)
    elif (shipped := named_queries().get(name)) is not None:
        name, text = shipped.path.name, shipped.bound(values)
    else:
        raise UsageError(f'"{name}" is no file and no shipped query. See: kg query --list')
    with open_store(store, read_only=True) as opened, opened.source() as source:
        result = run(text, source, timeout=timeout, limit=limit or None, name=name)
    if as_json:
        format = Format.json
    elif format is Format.table and result.kind == "graph":
        format = Format.turtle
    output = render(result, format.value)
    typer.echo(output, nl=not output.endswith("\n"))
    if result.truncated and not quiet:
        typer.echo(f"kg: only the first {limit} rows are shown.", err=True)


def _values(params: list[str]) -> dict[str, str]:
    values = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals or not name:
            raise UsageError(f'--param "{param}": write it as name=value.')
        values[name] = value
    return values
