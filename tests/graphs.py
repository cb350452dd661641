"""Graphs to draw: a small one, one of hostile words, a crowd."""

from typing import Any

import networkx as nx

from kg.views import event_graph
from kg.views.html import Look
from tests.builders import article_one, article_two

LOOKS = {"State": Look("#3b6fb6", "dot", "state"), "Official": Look("#d9822b", "star", "official")}
HOSTILE = (
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "<a href='javascript:window.hacked=1'>href</a>",
    "\"'><svg onload=window.hacked=1>",
    "<!--<script>window.hacked=1",
    "{{ 7*7 }} &lt;b&gt; \u2028 \u2029",
)


def sample() -> nx.MultiDiGraph:
    events = [*article_one()[1], *article_two()[1]]
    return event_graph(events, {"Expulsion": "expelled", "Meeting": "met", "Invasion": "invaded"})


def event(**changes: Any) -> dict[str, Any]:
    report = {"document": "wire-1", "sentence": "It did.", "said_by": None, "confidence": 0.5}
    made = {
        "action": "met", "type": "Meeting", "category": "CONSULT", "quad": 1, "score": 2.8,
        "date": "2021-12-01", "status": "actual", "evidence": [report],
    }  # fmt: skip
    return made | changes


def node(name: Any, **changes: Any) -> dict[str, Any]:
    return {"name": name, "code": "XXX", "type": "State", "resolved": True} | changes


def hostile() -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    for i, text in enumerate(HOSTILE):
        graph.add_node(f"iri:{i}/{text}", name=text, code=text, type=text, resolved=False)
    names = list(graph)
    for i, text in enumerate(HOSTILE):
        report = {"document": text, "sentence": text, "said_by": text, "confidence": 0.5}
        words = event(action=text, type=text, category=text, date=text, status=text)
        graph.add_edge(names[i], names[i - 1], key=text, **(words | {"evidence": [report]}))
    return graph


def crowd(count: int) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    for i in range(count):
        graph.add_node(f"iri:{i}", **node(f"Entity {i}"))
        if i:
            graph.add_edge(f"iri:{i}", f"iri:{i // 3}", key=f"e{i}", **event())
    return graph
