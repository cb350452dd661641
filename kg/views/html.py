"""A networkx graph of events → one HTML page that needs nothing else, not even a network.

pyvis holds the nodes, edges and options and brings the JavaScript that draws them (vis-network);
the page around it is `page/template.html`. pyvis' own template is not used: it loads files from
other hosts and runs script found in names. Here every word of the data travels as escaped JSON and
is shown as text, and the page's Content-Security-Policy lets nothing run or load but its own
two scripts, named by their hashes.
"""

import base64
import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import networkx as nx
from jinja2 import Environment
from markupsafe import Markup
from pyvis.network import Network

from kg.errors import KGError
from kg.views.positions import CORE, ROOMY, Box, positions

SHAPES = ("dot", "square", "triangle", "triangleDown", "diamond", "star", "hexagon")
SCRIPTS = ("model.js", "labels.js", "picture.js", "panel.js", "app.js")

NODE_FIELDS = ("id", "label", "code", "group", "x", "y", "size", "value", "resolved")
EDGE_FIELDS = (
    "from", "to", "id", "label", "type", "category", "quad", "score", "date", "status", "evidence",
)  # fmt: skip
REPORT_FIELDS = ("document", "sentence", "said_by", "confidence")


@dataclass(frozen=True, slots=True)
class Look:
    """How the nodes of a class are drawn.

    Attributes:
        colour: CSS colour, such as `#3b6fb6`.
        shape: One of `SHAPES`; any other is drawn as a dot.
        label: The class's name in the legend.
    """

    colour: str
    shape: str
    label: str


def page(graph: nx.MultiDiGraph, looks: Mapping[str, Look], title: str, notes: str = "") -> str:
    """Draw a graph as one self-contained HTML page.

    Args:
        graph: As `kg.views.event_graph` makes it.
        looks: Class of node (local name) → its look; a class without one is grey.
        title: Headline of the page.
        notes: A line below the headline, such as the filters in force.

    Returns:
        The text of the page, the same for the same graph; write it as UTF-8.

    Raises:
        KGError: The installed pyvis does not bring vis-network.
    """
    vis = _newest_vis()
    here = files("kg.views") / "page"
    library = Markup((vis / "vis-network.min.js").read_text("utf-8"))
    code = "\n".join((here / name).read_text("utf-8") for name in SCRIPTS)
    script = Markup(f'(() => {{\n"use strict";\n{code}}})();\n')
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
        (here / "template.html").read_text("utf-8")
    )
    text = template.render(
        title=_text(title),
        notes=_text(notes),
        hashes=[_hash(library), _hash(script)],
        style=Markup(_style(vis / "vis-network.css") + (here / "page.css").read_text("utf-8")),
        data=_json(_packed(_network(graph), looks)),
        library=library,
        script=script,
    )
    # half a surrogate pair, which broken input may hold, cannot be written as UTF-8
    return text.encode("utf-8", "replace").decode("utf-8")


def _network(graph: nx.MultiDiGraph) -> Network:
    """The graph as pyvis holds it: numbered nodes, the best connected first, with their places."""
    network = Network(directed=True, cdn_resources="in_line")
    degree = {node: int(n) for node, n in graph.degree()}
    order = sorted(graph.nodes, key=lambda node: (-degree[node], str(node)))
    number = {node: i for i, node in enumerate(order)}
    links = Counter(
        (min(pair), max(pair))
        for pair in ((number[a], number[b]) for a, b in graph.edges())
        if pair[0] != pair[1]
    )
    roomy = len(order) <= ROOMY
    nodes = [_node(node, graph.nodes[node], degree[node], roomy) for node in order]
    boxes = [_box(node, roomy) for node in nodes]
    places = positions(boxes, dict(sorted(links.items())))
    # assigned, since add_node and add_edge look through all that is there already
    network.nodes = [node | {"x": x, "y": y} for node, (x, y) in zip(nodes, places, strict=True)]
    edges = [
        _edge(number[a], number[b], key, data)
        for a, b, key, data in graph.edges(keys=True, data=True)
    ]
    network.edges = sorted(edges, key=lambda e: (e["from"], e["to"], e["date"], e["id"]))
    network.options = {
        "physics": False,
        "layout": {"improvedLayout": False},
        "edges": {"smooth": False, "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}}},
        "interaction": {
            "hideEdgesOnDrag": not roomy,
            "hideEdgesOnZoom": not roomy,
            "hover": True,
            "keyboard": {"enabled": True, "bindToWindow": False},
        },
    }
    return network


def _node(node: object, data: Mapping[str, Any], degree: int, roomy: bool) -> dict[str, Any]:
    least = 10 if roomy else 8
    return {
        "id": _text(node),
        "label": _text(data.get("name")) or _text(node),
        "code": _text(data.get("code")),
        "group": _text(data.get("type")) or "Unknown",
        "size": round(min(40.0, least + 2.2 * math.sqrt(degree)), 1),
        "value": degree,
        "resolved": int(bool(data.get("resolved", True))),
    }


def _box(node: Mapping[str, Any], with_name: bool) -> Box:
    """Room that a node needs: its mark, and below it its name where that has a place too."""
    mark = 2 * float(node["size"])
    if not with_name:
        return (mark + 10, mark + 10)
    return (max(mark, 7.0 * min(len(node["label"]), 28)) + 14, mark + 44)


def _edge(source: int, target: int, key: object, data: Mapping[str, Any]) -> dict[str, Any]:
    reports = [
        (
            _text(report.get("document")),
            _text(report.get("sentence")),
            _text(report.get("said_by")),
            _number(report.get("confidence")),
        )
        for report in data.get("evidence") or ()
    ]
    return {
        "from": source,
        "to": target,
        "id": _text(key),
        "label": _text(data.get("action")) or _text(data.get("type")),
        "type": _text(data.get("type")),
        "category": _text(data.get("category")),
        "quad": _number(data.get("quad")),
        "score": _number(data.get("score")),
        "date": _text(data.get("date")),
        "status": _text(data.get("status")) or "actual",
        "evidence": reports,
    }


class _Words:
    """Tables that hold each distinct text and each distinct report once."""

    def __init__(self) -> None:
        self.texts: dict[str, int] = {"": 0}
        self.reports: dict[tuple[Any, ...], int] = {}

    def text(self, text: str) -> int:
        return self.texts.setdefault(text, len(self.texts))

    def address(self, iri: str) -> tuple[int, str]:
        """An IRI in two: thousands share all but the last part."""
        cut = iri.rfind("/") + 1
        return self.text(iri[:cut]), iri[cut:]

    def report(self, row: tuple[Any, ...]) -> int:
        *words, confidence = row
        return self.reports.setdefault((*map(self.text, words), confidence), len(self.reports))

    def edge(self, edge: Mapping[str, Any]) -> dict[str, Any]:
        words = ("label", "type", "category", "date", "status")
        return {
            **edge,
            **{field: self.text(edge[field]) for field in words},
            "id": self.address(edge["id"]),
            "evidence": [self.report(row) for row in edge["evidence"]],
        }


def _packed(network: Network, looks: Mapping[str, Look]) -> dict[str, Any]:
    """The network as rows, each distinct text once: half the size, and quick to read."""
    counts = Counter(node["group"] for node in network.nodes)
    names = sorted(counts, key=lambda name: (-counts[name], name))
    group = {name: i for i, name in enumerate(names)}
    words = _Words()
    nodes = [
        node | {"id": words.address(node["id"]), "group": group[node["group"]]}
        for node in network.nodes
    ]
    return {
        "core": CORE,
        "options": network.options,
        "classes": [_class(name, counts[name], looks.get(name)) for name in names],
        "node_fields": NODE_FIELDS,
        "nodes": _rows(nodes, NODE_FIELDS),
        "edge_fields": EDGE_FIELDS,
        "edges": _rows(map(words.edge, network.edges), EDGE_FIELDS),
        "report_fields": REPORT_FIELDS,
        "reports": list(words.reports),
        "texts": list(words.texts),
    }


def _class(name: str, count: int, look: Look | None) -> dict[str, Any]:
    known = look or Look("#8a8f98", "dot", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower())
    return {
        "label": _text(known.label),
        "colour": _text(known.colour),
        "shape": known.shape if known.shape in SHAPES else "dot",
        "count": count,
    }


def _rows(records: Iterable[Mapping[str, Any]], fields: Sequence[str]) -> list[list[Any]]:
    return [[record[field] for field in fields] for record in records]


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _number(value: Any) -> float | int | None:
    """A number that JSON can hold; nan and the infinities are not."""
    if value is None or not math.isfinite(value):
        return None
    return int(value) if float(value).is_integer() else round(float(value), 3)


def _json(data: object) -> Markup:
    """JSON that cannot end the script element it stands in, nor start a comment or entity."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def _hash(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode()


def _newest_vis() -> Traversable:
    """The folder of the newest vis-network that pyvis brings."""
    library = files("pyvis") / "templates" / "lib"
    found = [
        folder
        for folder in (library.iterdir() if library.is_dir() else ())
        if (folder / "vis-network.min.js").is_file()
    ]
    if not found:
        raise KGError("pyvis brings no vis-network; install pyvis 0.3.2 again")
    return max(found, key=lambda folder: [int(n) for n in re.findall(r"\d+", folder.name)])


def _style(sheet: Traversable) -> str:
    """vis-network's style without its pictures: 200 kB for buttons that the page does not show."""
    return re.sub(r'background-image:url\("data:[^"]*"\);?', "", sheet.read_text("utf-8"))
