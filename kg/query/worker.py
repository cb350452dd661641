"""The process that evaluates one query, so that it can be killed: nothing else stops one.

Run as a file with a pickled request on stdin; the pickled answer goes to stdout. It imports
no module of the package, because it starts anew for each query.
"""

import pickle
import sys
from base64 import b64encode
from itertools import islice
from typing import Any

import pyoxigraph as ox

Answer = tuple[Any, ...]
"""`("rows", columns, rows, more)`, `("truth", bool)`, `("graph", triples, more)`, or
`("syntax", message)`, `("failed", message)`."""


def answer(store: ox.Store, request: dict[str, Any]) -> Answer:
    """Evaluate a query on an open store."""
    try:
        found = store.query(request["query"], prefixes=request["prefixes"])
    except SyntaxError as error:
        return "syntax", str(error)
    except (ValueError, OSError, RuntimeError) as error:
        return "failed", str(error)
    try:
        return _collect(found, request["limit"])
    except (ValueError, OSError, RuntimeError) as error:
        return "failed", str(error)


def _collect(found: Any, limit: int | None) -> Answer:
    if isinstance(found, ox.QueryBoolean):
        return "truth", bool(found)
    more = False
    if isinstance(found, ox.QuerySolutions):
        rows = [tuple(row) for row in islice(found, None if limit is None else limit + 1)]
        if limit is not None and len(rows) > limit:
            rows, more = rows[:limit], True
        return "rows", tuple(v.value for v in found.variables), rows, more
    triples: dict[ox.Triple, None] = {}
    for triple in found:
        if limit is not None and len(triples) == limit and triple not in triples:
            more = True
            break
        triples[triple] = None
    return "graph", list(triples), more


def remote(request: dict[str, Any]) -> Answer:
    """Send a query to a SPARQL server."""
    # imported here: it takes as long as all else together, and is seldom needed
    import urllib.request
    from urllib.parse import unquote, urlencode, urlsplit, urlunsplit

    found = _parsed(request)
    if found:
        return found
    parts = urlsplit(request["url"])
    url = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    known = [p for p in request["prefixes"] if p + ":" in request["query"]]
    prologue = " ".join(f"PREFIX {p}: <{request['prefixes'][p]}>" for p in known)
    # on the query's own first line, so that line numbers in errors stay right
    body = urlencode({"query": f"{prologue} {request['query']}"}).encode()
    types = "application/sparql-results+json, application/n-triples;q=0.9"
    headers = {"Accept": types, "Content-Type": "application/x-www-form-urlencoded"}
    if parts.username:
        user = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Authorization"] = "Basic " + b64encode(user.encode()).decode()
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as reply:
            content, kind = reply.read(), reply.headers.get_content_type()
    except urllib.request.HTTPError as error:
        return "failed", f"{url}: the server refused ({error.code}): {error.read(300).decode()}"
    except OSError as error:
        return "failed", f"{url}: cannot be reached: {getattr(error, 'reason', error)}"
    try:
        if kind == "application/n-triples":
            triples = (quad.triple for quad in ox.parse(content, format=ox.RdfFormat.N_TRIPLES))
            return _collect(triples, request["limit"])
        results = ox.parse_query_results(content, ox.QueryResultsFormat.JSON)
        return _collect(results, request["limit"])
    except (SyntaxError, ValueError) as error:
        return "failed", f"{url}: the answer cannot be read: {error}"


def _parsed(request: dict[str, Any]) -> Answer | None:
    """Its syntax error, if the query has one: servers word them each in their own way."""
    try:
        ox.Store().query(request["query"], prefixes=request["prefixes"])
    except SyntaxError as error:
        return "syntax", str(error)
    return None


def main() -> None:
    """Answer the request on stdin."""
    request = pickle.load(sys.stdin.buffer)
    if "url" in request:
        found = remote(request)
    else:
        try:
            store = ox.Store.read_only(request["path"])
        except OSError as error:
            found = "failed", f"{request['path']}: cannot be read: {error}"
        else:
            found = answer(store, request)
    pickle.dump(found, sys.stdout.buffer)


if __name__ == "__main__":
    main()
