"""What the ontology says, as values: event types, their frames, word lists, the class tree.

`load_schema()` reads `ontology/`; nothing else in the package reads event types.
"""

from kg.schema.frames import Frame, Part, parse_frame
from kg.schema.load import EventType, Schema, load_schema
from kg.schema.paths import data_folder, ontology_files

__all__ = [
    "EventType",
    "Frame",
    "Part",
    "Schema",
    "data_folder",
    "load_schema",
    "ontology_files",
    "parse_frame",
]
