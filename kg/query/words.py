"""The words of a SPARQL text, told apart from its strings, IRIs and comments."""

import re
from collections.abc import Callable, Iterator

_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n]*)
  | (?P<iri><[^<>"{}|^`\\\s]*>)
  | (?P<string>\"{3}(?:[^\\]|\\.)*?\"{3} | '{3}(?:[^\\]|\\.)*?'{3}
             | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<name>[\w.-]*:[\w.:%\\-]*)
  | (?P<word>@?\w+)
    """,
    re.VERBOSE | re.DOTALL,
)
_UPDATES = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
)
_QUERIES = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


def keywords(sparql: str) -> Iterator[str]:
    """Bare words in upper case, in order."""
    for token in _TOKEN.finditer(sparql):
        if token.lastgroup == "word":
            yield token.group().upper()


def is_update(sparql: str) -> bool:
    """Whether the text would change the store."""
    first = next((w for w in keywords(sparql) if w in _UPDATES | _QUERIES), None)
    return first in _UPDATES


def has_dataset(sparql: str) -> bool:
    """Whether the query says itself which graphs it reads (FROM)."""
    return "FROM" in keywords(sparql)


def replace_dollars(sparql: str, replacement: Callable[[str], str | None]) -> str:
    """Put something in the place of every `$name`, but of no `?name`.

    Args:
        sparql: The text.
        replacement: Name → new text, None to leave it.
    """

    def new(token: re.Match[str]) -> str:
        old = token.group()
        if token.lastgroup != "variable" or not old.startswith("$"):
            return old
        return replacement(old[1:]) or old

    return _TOKEN.sub(new, sparql)
