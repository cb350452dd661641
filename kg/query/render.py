"""A `Result` → text: an aligned table, or a standard format."""

import json
import unicodedata
from typing import Literal

import pyoxigraph as ox

from kg.errors import UsageError
from kg.query.result import Result, Term, text
from kg.vocab import PREFIXES

ResultFormat = Literal["table", "csv", "tsv", "json", "xml", "turtle", "ntriples"]
_RESULTS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
_GRAPHS = {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES}
_WIDEST = 60


def render(result: Result, format: ResultFormat) -> str:
    """Write a result.

    Args:
        result: Of any kind of query.
        format: `table` for people; `csv`, `tsv`, `json` and `xml` as the SPARQL standards
            say, for SELECT and ASK (the first two for SELECT only); `turtle` and
            `ntriples` for CONSTRUCT and DESCRIBE.

    Raises:
        UsageError: The format does not fit the kind of query.
    """
    if format == "table":
        return table(result)
    if format in _GRAPHS:
        return _graph(result, format)
    if result.kind == "graph" or (result.kind == "truth" and format in ("csv", "tsv")):
        fitting = "turtle or ntriples" if result.kind == "graph" else "json or xml"
        raise UsageError(f"the answer to this query cannot be written as {format}. Use {fitting}.")
    results = ox.parse_query_results(_json(result), ox.QueryResultsFormat.JSON)
    written = results.serialize(format=_RESULTS[format])
    assert written is not None  # only None when given a file
    return written.decode()


def table(result: Result, width: int = _WIDEST) -> str:
    """A result as text that people read: IRIs with prefixes, literals bare.

    Args:
        result: Of any kind of query.
        width: Characters of a column at most; longer values end in `…`.
    """
    if result.kind == "truth":
        return "yes\n" if result.truth else "no\n"
    if result.kind == "graph":
        return _graph(result, "turtle")
    rows = [[_cell(value, width) for value in row] for row in result.rows]
    cells = [list(result.columns), *rows]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    numeric = [
        bool(rows) and all(isinstance(v, ox.Literal) and _is_number(v) for v in column if v)
        for column in zip(*result.rows, strict=True)
    ] or [False] * len(widths)
    lines = [
        "  ".join(map(_pad, row, widths, numeric)).rstrip()
        for row in [cells[0], ["─" * w for w in widths], *rows]
    ]
    return "\n".join(lines) + "\n"


def _graph(result: Result, format: str) -> str:
    if result.kind != "graph":
        raise UsageError(f"only CONSTRUCT and DESCRIBE can be written as {format}. Use json.")
    triples = sorted(result.triples, key=str)
    written = ox.serialize(triples, format=_GRAPHS[format], prefixes=PREFIXES)
    assert written is not None  # only None when given a file
    return written.decode()


def _json(result: Result) -> str:
    """SPARQL 1.1 Query Results JSON, from which pyoxigraph makes all the other formats."""
    if result.kind == "truth":
        return json.dumps({"head": {}, "boolean": result.truth})
    bindings = [
        {c: _value(v) for c, v in zip(result.columns, row, strict=True) if v is not None}
        for row in result.rows
    ]
    return json.dumps({"head": {"vars": result.columns}, "results": {"bindings": bindings}})


def _value(term: Term) -> dict[str, object]:
    match term:
        case ox.NamedNode():
            return {"type": "uri", "value": term.value}
        case ox.BlankNode():
            return {"type": "bnode", "value": term.value}
        case ox.Literal():
            kind: dict[str, object] = {"type": "literal", "value": term.value}
            if term.language:
                return {**kind, "xml:lang": term.language}
            return {**kind, "datatype": term.datatype.value}
        case _:
            raise UsageError("a triple inside a row cannot be written. Select its parts.")


def _cell(term: Term | None, width: int) -> str:
    if term is None:
        return ""
    value = " ".join(_short(term).split())
    value = "".join(c for c in value if unicodedata.category(c)[0] != "C")
    return value if len(value) <= width else value[: width - 1] + "…"


def _short(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        # the longest namespace that fits: `state:RUS`, not `id:state/RUS`
        fits = [p for p, n in PREFIXES.items() if term.value.startswith(n)]
        if fits:
            best = max(fits, key=lambda p: len(PREFIXES[p]))
            return f"{best}:{term.value.removeprefix(PREFIXES[best])}"
    return text(term)


def _is_number(literal: ox.Literal) -> bool:
    return literal.datatype.value.removeprefix(PREFIXES["xsd"]) in ("integer", "decimal", "double")


def _width(value: str) -> int:
    """Columns on a terminal: Chinese characters take two, combining marks none."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in value)
    return len(value) + wide - sum(unicodedata.combining(c) > 0 for c in value)


def _pad(value: str, width: int, right: bool) -> str:
    space = " " * (width - _width(value))
    return space + value if right else value + space
