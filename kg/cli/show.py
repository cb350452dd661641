"""`kg show`: one entity or event with its evidence."""

import json
from typing import Annotated, Any

import typer

from kg.cli.options import DEFAULT_STORE, Entities, Json, Store, own_entities
from kg.errors import KGError
from kg.model import Event, to_json


def show(
    what: Annotated[
        str, typer.Argument(help="Name, code or IRI of an entity, or IRI of an event.")
    ],
    limit: Annotated[int, typer.Option(min=1, help="Most events to show.")] = 20,
    store: Store = DEFAULT_STORE,
    entities: Entities = None,
    as_json: Json = False,
) -> None:
    """Show who somebody is and what they did, or what an event is, with the evidence sentences.

    Example: kg show "Sergey Lavrov"
    """
    from kg.gazetteer import load_gazetteer, named, search
    from kg.pipeline import stored_events
    from kg.schema import load_schema
    from kg.store import open_store
    from kg.views.graph import Filter

    gazetteer = load_gazetteer(own=own_entities(entities))
    entity = gazetteer.entities.get(what) or named(gazetteer, what)
    with open_store(store, read_only=True) as opened:
        stored = list(stored_events(opened, load_schema()))
    keep = Filter(entity=entity.id if entity else what)
    found = [e for e in stored if e.id == what or keep.keeps(e)]
    if entity is None and not found:
        # nobody is called exactly so: the best guess among the known
        entity = next((hit.entity for hit in search(gazetteer, what, limit=1)), None)
        found = [e for e in stored if entity and Filter(entity=entity.id).keeps(e)]
    if not found and entity is None:
        raise KGError(f'nothing in {store} is called "{what}". Try kg stats, or another spelling.')
    offices = [o.name for o in gazetteer.offices_of(entity.id)] if entity else []
    found.sort(key=lambda e: (e.date or "9999", e.document))
    if as_json:
        facts: dict[str, Any] = {
            "entity": None
            if entity is None
            else {
                "id": entity.id,
                "name": entity.name,
                "code": entity.code,
                "type": entity.type,
                "offices": offices,
            },
            "events": [to_json(e) for e in found[:limit]],
        }
        typer.echo(json.dumps(facts, ensure_ascii=False))
        return
    if entity is not None:
        typer.echo(f"{entity.name}  {entity.type}  {entity.code}  {entity.id}")
        for office in offices:
            typer.echo(f"  {office}")
    for event in found[:limit]:
        _print(event)
    if len(found) > limit:
        typer.echo(f"… and {len(found) - limit} more; see --limit")


def _print(event: Event) -> None:
    sides = [", ".join(p.name for p in side) for side in (event.actor, event.target)]
    arrow = " → ".join(s for s in sides if s)
    status = "" if event.status == "actual" else f" ({event.status})"
    said = f", says {event.said_by.name}" if event.said_by else ""
    typer.echo(f"\n{event.date or 'undated'}  {event.type}{status}: {arrow}{said}")
    typer.echo(f"  “{event.sentence.text}”")
    typer.echo(f"  {event.document}, confidence {event.confidence:.2f}; {event.why[0]}")
    typer.echo(f"  {event.id}")
