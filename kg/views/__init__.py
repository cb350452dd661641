"""Events → a networkx graph, one HTML page, tables and plots."""

from kg.views.graph import Filter, event_graph, neighbourhood

__all__ = ["Filter", "event_graph", "neighbourhood"]
