"""What is wrong with the text of a query, said in one line."""

import re

from kg.errors import QueryError
from kg.query.words import is_update, keywords


def check(sparql: str, name: str) -> None:
    """Refuse what is no query.

    Args:
        sparql: The text.
        name: What errors call it.

    Raises:
        QueryError: It is an update, asks another server (SERVICE), or is empty.
    """
    if is_update(sparql):
        raise QueryError(f"{name}: this changes the store. Queries here can only read.")
    if "SERVICE" in keywords(sparql):
        raise QueryError(f"{name}: SERVICE asks another server. Queries here stay on this machine.")
    if not any(True for _ in keywords(sparql)):
        raise QueryError(f"{name}: empty. Write a SELECT, ASK, CONSTRUCT or DESCRIBE query.")


def syntax_error(message: str, sparql: str, name: str) -> QueryError:
    """What the parser says, as `query.rq:3:9: syntax error near "FILTR": …`."""
    place = re.search(r"error at (\d+):(\d+)", message)
    line, column = (int(place[1]), int(place[2])) if place else (1, 1)
    if "Prefix not found" in message:
        return QueryError(f"{name}:{line}:{column}: unknown prefix. Declare it with PREFIX.")
    lines = sparql.splitlines()
    rest = lines[line - 1][:column] if line <= len(lines) else ""
    words = re.findall(r"\S+", rest)
    near = f' near "{words[-1]}"' if words else ""
    detail = message.split(":", 2)[-1].split("\n")[0].strip()
    detail = detail if len(detail) < 120 else detail[:117] + "..."
    return QueryError(f"{name}:{line}:{column}: syntax error{near}: {detail}")
