"""Questions to the graph: SPARQL text or a query by name → rows, in many formats."""

from kg.query.named import NamedQuery, Parameter, bind, named_queries, read_query
from kg.query.render import ResultFormat, render, table
from kg.query.result import Result
from kg.query.run import run

__all__ = [
    "NamedQuery",
    "Parameter",
    "Result",
    "ResultFormat",
    "bind",
    "named_queries",
    "read_query",
    "render",
    "run",
    "table",
]
