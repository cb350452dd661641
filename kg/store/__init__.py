"""Where the graph is kept: in memory, in a folder on disk, or on a SPARQL server elsewhere.

Each article has a named graph, replaced as a whole; so have the ontology and the reference
knowledge. The default graph holds every triple of all of them once, and is what queries see.
"""

from kg.store.base import Source, Store
from kg.store.dump import DumpFormat, dump
from kg.store.files import load_files
from kg.store.graphs import IMPORTED_GRAPH, KNOWLEDGE_GRAPHS, ONTOLOGY_GRAPH, REFERENCE_GRAPH
from kg.store.open import open_store

__all__ = [
    "IMPORTED_GRAPH",
    "KNOWLEDGE_GRAPHS",
    "ONTOLOGY_GRAPH",
    "REFERENCE_GRAPH",
    "DumpFormat",
    "Source",
    "Store",
    "dump",
    "load_files",
    "open_store",
]
