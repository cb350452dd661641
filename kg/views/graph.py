"""Events → a networkx multigraph of who did what to whom.

Nodes are entities, keyed by IRI; an edge is one world event, keyed by its IRI, from actor to
target, with every report of it as evidence. An event is not an edge by nature: one without a target
gets a node of its own that its actors point to.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import networkx as nx

from kg.model import Event, Participant


@dataclass(frozen=True, slots=True)
class Filter:
    """Which events to keep; a field that is None asks nothing.

    Attributes:
        entity: IRI, name or code of somebody who takes part.
        type: Event type or one of its superclasses, or a PLOVER category.
        since: First day as ISO text, compared with the beginning of the event's date.
        until: Last day.
        status: `actual`, `planned`, `possible` or `denied`.
    """

    entity: str | None = None
    type: str | None = None
    since: str | None = None
    until: str | None = None
    status: str | None = None

    def keeps(self, event: Event) -> bool:
        """Whether an event passes."""
        wanted = (self.type or "").casefold()
        if wanted and wanted not in {
            t.casefold() for t in (event.type, event.category or "", *event.lineage)
        }:
            return False
        if self.status and event.status != self.status:
            return False
        begin = (event.date or "").split("/")[0]
        if (self.since or self.until) and not begin[:4].isdigit():
            return False
        # compared at the coarser precision of the two: a day in 2021 is "until 2021"
        if self.since and begin[: len(self.since)] < self.since[: len(begin)]:
            return False
        if self.until and begin[: len(self.until)] > self.until[: len(begin)]:
            return False
        return self.entity is None or any(
            names_entity(p, self.entity) for p in (*event.actor, *event.target)
        )


def names_entity(who: Participant, text: str) -> bool:
    """Whether a user who writes this means that participant: by IRI, name or code."""
    return text == who.id or text.casefold() in (who.name.casefold(), who.code.casefold())


def event_graph(
    events: Iterable[Event], actions: Mapping[str, str] | None = None
) -> nx.MultiDiGraph:
    """Build the graph.

    Args:
        events: Reports of events; reports of one world event become one edge.
        actions: Event type → words for its edge ("expelled"); the type's name when missing.

    Returns:
        Nodes with `name`, `code`, `type`, `resolved`; edges with `action`, `type`, `category`,
        `quad`, `score`, `date`, `status` and `evidence`, a list of reports, each a dict of
        `document`, `sentence`, `said_by`, `confidence`.
    """
    graph = nx.MultiDiGraph()
    for event in events:
        for who in (*event.actor, *event.target):
            graph.add_node(
                who.id, name=who.name, code=who.code, type=who.type, resolved=who.resolved
            )
        action = (actions or {}).get(event.type, event.type)
        for source, target in _ends(event, graph, action):
            if graph.has_edge(source, target, event.id):
                known = graph.edges[source, target, event.id]["evidence"]
                if (fact := _evidence(event)) not in known:
                    known.append(fact)
                continue
            graph.add_edge(
                source,
                target,
                key=event.id,
                action=action,
                type=event.type,
                category=event.category,
                quad=event.quad,
                score=event.score,
                date=event.date,
                status=event.status,
                evidence=[_evidence(event)],
            )
    return graph


def neighbourhood(graph: nx.MultiDiGraph, entity: str, hops: int) -> nx.MultiDiGraph:
    """The part of a graph within some steps of an entity, whatever the edges' direction."""
    named = [
        n
        for n, data in graph.nodes(data=True)
        if n == entity or entity.casefold() in (data["name"].casefold(), data["code"].casefold())
    ]
    near: set[str] = set()
    for node in named:
        near |= set(
            nx.single_source_shortest_path_length(graph.to_undirected(as_view=True), node, hops)
        )
    return graph.subgraph(near).copy()


def _ends(event: Event, graph: nx.MultiDiGraph, label: str) -> Iterator[tuple[str, str]]:
    actors, targets = [p.id for p in event.actor], [p.id for p in event.target]
    if actors and targets:
        yield from product(actors, targets)
    elif len(actors) > 1:
        yield from combinations(actors, 2)
    else:
        graph.add_node(event.id, name=label, code="", type="Event", resolved=True)
        yield from ((a, event.id) for a in actors)
        yield from ((event.id, t) for t in targets)


def _evidence(event: Event) -> dict[str, Any]:
    return {
        "document": event.document,
        "sentence": event.sentence.text,
        "said_by": event.said_by.name if event.said_by else None,
        "confidence": event.confidence,
    }
