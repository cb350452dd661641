"""What a query answers."""

from dataclasses import dataclass, field
from typing import Literal

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to one query.

    Attributes:
        kind: `rows` for SELECT, `truth` for ASK, `graph` for CONSTRUCT and DESCRIBE.
        columns: Names of the variables, of SELECT.
        rows: One value a column, None where it is unbound.
        truth: The answer of ASK.
        triples: Each once, of CONSTRUCT and DESCRIBE.
        truncated: There was more than the row limit let through.
    """

    kind: Literal["rows", "truth", "graph"]
    columns: tuple[str, ...] = ()
    rows: list[tuple[Term | None, ...]] = field(default_factory=list)
    truth: bool = False
    triples: list[ox.Triple] = field(default_factory=list)
    truncated: bool = False

    def values(self) -> list[dict[str, str | None]]:
        """Rows as dictionaries of plain text: what a data frame takes."""
        return [
            {c: None if v is None else text(v) for c, v in zip(self.columns, row, strict=True)}
            for row in self.rows
        ]


def text(term: Term) -> str:
    """The bare value of a term: an IRI without brackets, a literal without its type."""
    return str(term) if isinstance(term, ox.Triple) else term.value
