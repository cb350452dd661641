"""SPARQL text + what to ask → `Result`, within a time limit.

Each query runs in a process of its own, which is killed when its time is over: a new Python
for a store on disk or on a server, a fork for one in memory.
"""

import multiprocessing
import pickle
import subprocess
import sys
import warnings
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError
from kg.query import worker
from kg.query.result import Result
from kg.query.syntax import check, syntax_error
from kg.vocab import PREFIXES

TIMEOUT = 30.0
"""Seconds that a query may take."""


def run(
    sparql: str,
    source: ox.Store | Path | str,
    *,
    timeout: float = TIMEOUT,
    limit: int | None = None,
    name: str = "query",
) -> Result:
    """Answer a question.

    The prefixes of `kg.vocab` are declared. Without FROM a query sees every triple of the
    store once; with FROM it sees the graphs it names.

    Args:
        sparql: SELECT, ASK, CONSTRUCT or DESCRIBE.
        source: What `Store.source()` gives: a store in memory, a folder, a URL.
        timeout: Seconds after which it is stopped.
        limit: Rows or triples to give back at most.
        name: What errors call the query: its file, or `query`.

    Raises:
        QueryError: It cannot be parsed (with line and column), would change the store, took
            too long, or failed.
    """
    check(sparql, name)
    request: dict[str, Any] = {"query": sparql, "prefixes": PREFIXES, "limit": limit}
    if isinstance(source, ox.Store):
        found = _forked(source, request, timeout, name)
    else:
        where = "url" if isinstance(source, str) else "path"
        found = _spawned({**request, where: str(source)}, timeout, name)
    return _result(found, sparql, name)


def _spawned(request: dict[str, Any], timeout: float, name: str) -> worker.Answer:
    # -P: the folder of worker.py has modules that must not shadow others
    command = [sys.executable, "-P", str(worker.__file__)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        try:
            output, errors = process.communicate(pickle.dumps(request), timeout)
        except subprocess.TimeoutExpired as error:
            raise _too_long(timeout, name) from error
        finally:
            process.kill()
    if process.returncode:
        last = errors.decode("utf-8", "replace").strip().splitlines()[-1:] or ["no message"]
        raise _died(process.returncode, name, last[0])
    answer: worker.Answer = pickle.loads(output)
    return answer


def _forked(store: ox.Store, request: dict[str, Any], timeout: float, name: str) -> worker.Answer:
    """Evaluate in a copy of this process: only that shares a store in memory."""
    if "fork" not in multiprocessing.get_all_start_methods():
        raise QueryError("a store in memory cannot be queried on this system. Use one on disk.")
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_reply, args=(store, request, sender), daemon=True)
    with warnings.catch_warnings():
        # the copy evaluates the query and touches none of the locks that other threads hold
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    sender.close()
    try:
        if not receiver.poll(timeout):
            raise _too_long(timeout, name)
        answer: worker.Answer = pickle.loads(receiver.recv_bytes())
    except EOFError as error:
        process.join()
        raise _died(process.exitcode or 0, name, "no message") from error
    finally:
        process.kill()
        process.join()
        receiver.close()
    return answer


def _reply(store: ox.Store, request: dict[str, Any], sender: Connection) -> None:
    sender.send_bytes(pickle.dumps(worker.answer(store, request)))


def _result(found: worker.Answer, sparql: str, name: str) -> Result:
    match found:
        case "rows", columns, rows, more:
            return Result("rows", columns=columns, rows=rows, truncated=more)
        case "truth", value:
            return Result("truth", truth=value)
        case "graph", triples, more:
            return Result("graph", triples=triples, truncated=more)
        case "syntax", message:
            raise syntax_error(message, sparql, name)
    reason = " ".join(str(found[1]).split())
    raise QueryError(f"{name}: {reason}")


def _too_long(timeout: float, name: str) -> QueryError:
    return QueryError(
        f"{name}: stopped after {timeout:g} s. Ask for less, or allow more with --timeout."
    )


def _died(code: int, name: str, message: str) -> QueryError:
    reason = "probably out of memory" if code == -9 else message
    return QueryError(f"{name}: the process that evaluates it ended with {code}: {reason}")
