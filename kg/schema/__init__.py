"""What the ontology says, as values: event types, their frames, word lists, the class tree.

`load_schema()` reads `ontology/`; nothing else in the package reads event types.
"""

from kg.schema.check import Flaw, check_ontology
from kg.schema.codebook import Example, load_examples, load_training
from kg.schema.codes import CameoCode, Category, Mode
from kg.schema.frames import Frame, Part, parse_frame
from kg.schema.load import load_schema
from kg.schema.paths import data_folder, ontology_files, places, read_turtle
from kg.schema.types import EventType, Schema

__all__ = [
    "CameoCode",
    "Category",
    "EventType",
    "Example",
    "Flaw",
    "Frame",
    "Mode",
    "Part",
    "Schema",
    "check_ontology",
    "data_folder",
    "load_examples",
    "load_schema",
    "load_training",
    "ontology_files",
    "parse_frame",
    "places",
    "read_turtle",
]
