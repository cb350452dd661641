"""`kg view`: the graph as one HTML page."""

import re
from pathlib import Path
from typing import Annotated, get_args

import typer

from kg.cli.options import DEFAULT_STORE, Entities, Quiet, Store, own_entities
from kg.errors import KGError, UsageError
from kg.model import Status


def view(
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write.")] = Path(
        "graph.html"
    ),
    entity: Annotated[
        str | None, typer.Option(help="Only events of this entity: name, code or IRI.")
    ] = None,
    type: Annotated[
        str | None,
        typer.Option(help="Only this event type, its narrower ones included, or PLOVER category."),
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="Only events from this day, month or year on.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(help="Only events up to this day, month or year.")
    ] = None,
    status: Annotated[str | None, typer.Option(help="actual, planned, possible or denied.")] = None,
    hops: Annotated[
        int | None, typer.Option(min=1, help="Steps from --entity that are kept.")
    ] = None,
    title: Annotated[str, typer.Option(help="Title of the page.")] = "Geopolitical event graph",
    store: Store = DEFAULT_STORE,
    entities: Entities = None,
    quiet: Quiet = False,
) -> None:
    """Write the graph as one self-contained HTML page that works without a network.

    Example: kg view --entity Russia --since 2021 --output russia.html
    """
    from kg.gazetteer import load_gazetteer, named
    from kg.pipeline import stored_events
    from kg.schema import load_schema
    from kg.store import open_store
    from kg.views.graph import Filter, event_graph, neighbourhood
    from kg.views.html import page
    from kg.views.looks import looks

    if hops and not entity:
        raise UsageError("--hops counts from an entity: give --entity too.")
    schema = load_schema()
    if entity:
        known_as = named(load_gazetteer(own=own_entities(entities)), entity)
        entity = known_as.id if known_as else entity
    known = {t.casefold() for t in schema.types}
    known |= {(t.category or "").casefold() for t in schema.types.values()}
    _check(type, since, until, status, known)
    # with hops, events among the neighbours count as well, so the entity is not a filter
    wanted = Filter(None if hops else entity, type, since, until, status)
    with open_store(store, read_only=True) as opened:
        events = [e for e in stored_events(opened, schema) if wanted.keeps(e)]
    words = {
        name: schema.labels.get(t.action.split("#")[-1], name) for name, t in schema.types.items()
    }
    graph = event_graph(events, words)
    if hops and entity:
        graph = neighbourhood(graph, entity, hops)
    if entity and not graph:
        raise KGError(f'no event in {store} names "{entity}". Try kg show, or another spelling.')
    chosen = {"entity": entity, "type": type, "since": since, "until": until, "status": status}
    notes = ", ".join(f"{name}: {value}" for name, value in chosen.items() if value)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(page(graph, looks(schema), title, notes), encoding="utf-8")
    except OSError as error:
        raise KGError(f"{output}: cannot be written: {error.strerror or error}.") from error
    if not quiet:
        people = sum(1 for _, data in graph.nodes(data=True) if data["type"] != "Event")
        shown = len({key for _, _, key in graph.edges(keys=True)})
        typer.echo(f"{output}: {people} entities, {shown} events")


def _check(
    type: str | None,
    since: str | None,
    until: str | None,
    status: str | None,
    known: set[str],
) -> None:
    """Refuse filters that nothing can pass."""
    if type and type.casefold() not in known:
        raise UsageError(f'--type "{type}" is no event type and no PLOVER category. See README.')
    for name, value in (("--since", since), ("--until", until)):
        if value and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value):
            raise UsageError(f'{name} "{value}": write it as 2021, 2021-12 or 2021-12-02.')
    if status and status not in get_args(Status):
        raise UsageError(f'--status "{status}": use one of {", ".join(get_args(Status))}.')
