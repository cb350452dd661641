"""The HTML page as text; `test_html_browser.py` opens it in a browser."""

import json
import re
from datetime import date
from typing import Any

import networkx as nx

from kg.views import event_graph
from kg.views.html import page
from tests.builders import article_one, article_two
from tests.graphs import HOSTILE, LOOKS, crowd, event, hostile, node, sample


def data_of(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="kg-data">(.*?)</script>', html, re.S)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_page_refers_to_nothing_outside() -> None:
    html = page(sample(), LOOKS, "Events")
    for pattern in (
        r'\b(?:src|href)\s*=\s*["\']?\s*http',
        r"url\(",
        r"@import",
        r"<link",
        r"<iframe",
    ):
        assert not re.search(pattern, html.split("<script>")[0], re.I), pattern
    code = "".join(re.findall(r"<script>(.*?)</script>", html, re.S)[1:])
    assert "http://www.w3.org/2000/svg" in code
    assert len(re.findall(r"https?://", code)) == 1
    assert "innerHTML" not in code
    assert "default-src 'none'" in html


def test_same_graph_same_bytes_whatever_the_order() -> None:
    events = [*article_one()[1], *article_two()[1]]
    one = page(event_graph(events), LOOKS, "Events", "notes")
    assert one == page(event_graph(events), LOOKS, "Events", "notes")
    graph, turned = crowd(400), nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    assert page(graph, LOOKS, "t") == page(turned, LOOKS, "t")


def test_hostile_words_stay_inside_the_data() -> None:
    html = page(hostile(), {}, HOSTILE[0], HOSTILE[1])
    assert html.count("</script>") == 3  # the data, vis-network, ours
    assert "<!--" not in html  # with it, a browser no longer sees where a script ends
    assert "<img" not in html
    assert "onload=window" not in html.split("<script")[0]
    assert "\u2028" not in html
    assert set(HOSTILE) <= set(data_of(html)["texts"]) | {row[1] for row in data_of(html)["nodes"]}


def test_broken_characters_can_be_written() -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("iri:a", **node("half \ud800 pair \x00"))
    assert "half" in page(graph, LOOKS, "title \udfff").encode("utf-8").decode("utf-8")


def test_dates_none_and_nan() -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("iri:a", **node(None, code=None, type=None))
    graph.add_node(7)
    graph.add_edge("iri:a", 7, key=1, **event(date=date(2021, 12, 1), score=float("nan")))
    graph.add_edge("iri:a", 7, key=2, **event(date=None, action=None, quad=None, evidence=[]))
    data = data_of(page(graph, {}, "Events"))
    edges = [dict(zip(data["edge_fields"], row, strict=True)) for row in data["edges"]]
    assert sorted(data["texts"][e["date"]] for e in edges) == ["", "2021-12-01"]
    assert {e["score"] for e in edges} == {None, 2.8}
    assert sorted(row[1] for row in data["nodes"]) == ["7", "iri:a"]


def test_looks_of_known_and_unknown_classes() -> None:
    graph = nx.MultiDiGraph()
    for i, type in enumerate(("State", "State", "ArmedGroup")):
        graph.add_node(i, **node(str(i), type=type))
    known, unknown = data_of(page(graph, LOOKS, "Events"))["classes"]
    assert known == {"label": "state", "colour": "#3b6fb6", "shape": "dot", "count": 2}
    assert (unknown["label"], unknown["shape"], unknown["count"]) == ("armed group", "dot", 1)


def test_no_two_nodes_stand_on_one_spot() -> None:
    for graph in (sample(), crowd(120), crowd(1700)):
        rows = data_of(page(graph, LOOKS, "Events"))["nodes"]
        assert len({(row[4], row[5]) for row in rows}) == graph.number_of_nodes()
