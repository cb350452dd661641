"""`kg stats`: what is in the store."""

import json
from collections import Counter

import typer

from kg.cli.options import DEFAULT_STORE, Json, Store


def stats(store: Store = DEFAULT_STORE, as_json: Json = False) -> None:
    """Count articles, events, entities and triples, and show what they are about.

    Example: kg stats --store kg-store
    """
    from kg.pipeline import stored_events
    from kg.schema import load_schema
    from kg.store import open_store

    categories: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    actors: Counter[str] = Counter()
    world: set[str] = set()
    entities: dict[str, bool] = {}
    articles: set[str] = set()
    with open_store(store, read_only=True) as opened:
        for event in stored_events(opened, load_schema()):
            articles.add(event.document)
            if event.id not in world:
                world.add(event.id)
                categories[event.category or "outside PLOVER"] += 1
                statuses[event.status] += 1
                actors.update({p.name for p in (*event.actor, *event.target)})
            entities |= {p.id: p.resolved for p in (*event.actor, *event.target)}
        triples = opened.count()
        total = sum(1 for g in opened.graphs() if "/article/" in g)
    facts = {
        "articles": total,
        "articles with events": len(articles),
        "events": len(world),
        "entities": len(entities),
        "entities not linked": sum(not known for known in entities.values()),
        "triples": triples,
        "categories": dict(categories.most_common()),
        "status": dict(statuses.most_common()),
        "most active": dict(actors.most_common(10)),
    }
    if as_json:
        typer.echo(json.dumps(facts))
        return
    for name, value in facts.items():
        if isinstance(value, dict):
            value = ", ".join(f"{k} {v}" for k, v in value.items())
        typer.echo(f"{name:20} {value if isinstance(value, str) else format(value, ',')}")
