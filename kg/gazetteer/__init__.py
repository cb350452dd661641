"""Reference knowledge: names → states, organizations, offices and who held them when.

`load_gazetteer()` reads `ontology/reference/`. `Gazetteer.find` gives every known name in a
text; which of its candidates is meant is decided by `kg.extract`, which knows the article.
"""

from kg.gazetteer.entities import Entity, Gazetteer, GroupNoun, Kind, Match, Office, Tenure
from kg.gazetteer.load import load_gazetteer
from kg.gazetteer.search import Hit, named, search
from kg.gazetteer.table import COLUMNS, Table, read_table

__all__ = [
    "COLUMNS",
    "Entity",
    "Gazetteer",
    "GroupNoun",
    "Hit",
    "Kind",
    "Match",
    "Office",
    "Table",
    "Tenure",
    "load_gazetteer",
    "named",
    "read_table",
    "search",
]
