"""Names of the graphs that are no article's."""

from kg.vocab import BASE

ONTOLOGY_GRAPH = BASE + "graph/ontology"
REFERENCE_GRAPH = BASE + "graph/reference"
IMPORTED_GRAPH = BASE + "graph/imported"
"""Takes what is loaded without naming a graph."""

KNOWLEDGE_GRAPHS = frozenset({ONTOLOGY_GRAPH, REFERENCE_GRAPH})
"""Graphs of what is known without reading any article."""
