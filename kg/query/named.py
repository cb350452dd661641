"""Queries that ship with the package: one question per `.rq` file.

The comment at the top of a file says what it answers, then which parameters it has:

    # Who expelled whom, with dates.
    # $state = "RUS": code of the state that expels

Inside the query `$state` is the parameter and `?state` would be a variable, so that a value
can never become anything but one term.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError, UsageError
from kg.query.words import replace_dollars
from kg.vocab import PREFIXES

_PARAMETER = re.compile(r"#\s*\$(\w+)\s*=\s*(\"[^\"]*\"|\S+?)\s*(?::\s+(.*))?$")
_INTEGER = ox.NamedNode(PREFIXES["xsd"] + "integer")
_DECIMAL = ox.NamedNode(PREFIXES["xsd"] + "decimal")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a named query takes.

    Attributes:
        default: As written in SPARQL, such as `"RUS"`, `2021` or `state:RUS`.
    """

    name: str
    default: str
    description: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of a file.

    Attributes:
        name: Name of the file without `.rq`.
        description: One line about what it answers.
    """

    name: str
    description: str
    text: str
    parameters: tuple[Parameter, ...]
    path: Path

    def bound(self, values: Mapping[str, str] | None = None) -> str:
        """The query with its parameters filled in, from `values` or their defaults.

        Raises:
            UsageError: It has no parameter of this name, or the value is no term.
        """
        return bind(self.text, values or {}, self.parameters)


def named_queries(folder: Path | None = None) -> dict[str, NamedQuery]:
    """All queries of a folder, by name.

    Args:
        folder: A folder with `.rq` files; those shipped with the package when None.

    Raises:
        QueryError: The folder is missing, or a file does not say what it answers.
    """
    paths = sorted((folder or _shipped()).glob("*.rq"))
    return {path.stem: _shipped_query(path) for path in paths}


def bind(sparql: str, values: Mapping[str, str], parameters: tuple[Parameter, ...] = ()) -> str:
    """Fill in the parameters of a query.

    Args:
        sparql: Text in which parameters are written `$name`.
        values: Parameter → value as typed: `<iri>`, `prefix:name`, `"text"`, a number, or
            bare text, which becomes text unless the default is an IRI or a number.
        parameters: Those with a default.

    Raises:
        UsageError: The query has no such parameter, or the value is no term.
    """
    defaults = {p.name: p.default for p in parameters}
    used: set[str] = set()

    def term(name: str) -> str | None:
        if name not in values and name not in defaults:
            return None
        used.add(name)
        default = defaults.get(name, '""')
        return str(_term(name, values.get(name, default), default))

    text = replace_dollars(sparql, term)
    unknown = sorted(set(values) - used)
    if unknown:
        known = ", ".join(sorted(defaults)) or "none"
        raise UsageError(f'the query has no parameter "{unknown[0]}". It has: {known}.')
    return text


def _term(name: str, value: str, default: str) -> ox.NamedNode | ox.Literal:
    quoted = re.fullmatch(r'"(.*)"', value, re.DOTALL)
    if quoted:
        return ox.Literal(quoted[1])
    bare = re.fullmatch(r"<(.*)>", value)
    prefix, colon, rest = value.partition(":")
    if bare or (colon and prefix in PREFIXES):
        iri = bare[1] if bare else PREFIXES[prefix] + rest
        try:
            return ox.NamedNode(iri)
        except ValueError as error:
            raise UsageError(f"parameter {name}: {value} is no IRI.") from error
    if re.fullmatch(r"[+-]?\d+", value) and not default.startswith('"'):
        return ox.Literal(value, datatype=_INTEGER)
    if re.fullmatch(r"[+-]?\d+\.\d+", value) and not default.startswith('"'):
        return ox.Literal(value, datatype=_DECIMAL)
    if default.startswith('"'):
        return ox.Literal(value)
    raise UsageError(f"parameter {name}: {value} is of another kind than its default {default}.")


def _shipped() -> Path:
    """`kg/queries` when installed, `examples/queries` beside `kg/` in a checkout."""
    package = Path(str(files("kg")))
    for folder in (package / "queries", package.parent / "examples" / "queries"):
        if folder.is_dir():
            return folder
    raise QueryError("the queries are missing from the installation. Install the package again.")


def read_query(path: Path) -> NamedQuery:
    """A query of a file of one's own; its header may declare parameters as the shipped ones do.

    Raises:
        QueryError: The file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: cannot be read as a query: {error}.") from error
    header = [line for line in text.splitlines() if line.startswith("#")]
    found = [m for m in map(_PARAMETER.match, header) if m]
    parameters = tuple(Parameter(m[1], m[2], m[3] or "") for m in found)
    described = bool(header) and not _PARAMETER.match(header[0])
    description = header[0].lstrip("# ").strip() if described else ""
    return NamedQuery(path.stem, description, text, parameters, path)


def _shipped_query(path: Path) -> NamedQuery:
    query = read_query(path)
    if not query.description:
        raise QueryError(f"{path}:1: the first line must be a comment on what the query answers.")
    return query
