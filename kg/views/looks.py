"""Colours and shapes of classes, as the ontology has them."""

from kg.schema import Schema
from kg.views.html import Look


def looks(schema: Schema) -> dict[str, Look]:
    """Class → how its nodes look: what its nearest superclass with a colour and shape says."""
    found = {}
    for name in {*schema.parents, *schema.looks}:
        line = (name, *schema.ancestors(name))
        near = next((schema.looks[c] for c in line if c in schema.looks), None)
        if near is not None:
            found[name] = Look(near[0], near[1], schema.labels.get(name, name))
    return found
