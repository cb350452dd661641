"""Reference knowledge: names → states, organizations, offices and who held them when.

`load_gazetteer()` reads `ontology/reference/`. `Gazetteer.find` gives every known name in a
text; which of its candidates is meant is decided by `kg.extract`, which knows the article.
"""

from kg.gazetteer.entities import Entity, Gazetteer, GroupNoun, Kind, Match, Office, Tenure
from kg.gazetteer.load import load_gazetteer
from kg.gazetteer.search import Hit, named, search

__all__ = [
    "Entity",
    "Gazetteer",
    "GroupNoun",
    "Hit",
    "Kind",
    "Match",
    "Office",
    "Tenure",
    "load_gazetteer",
    "named",
    "search",
]
