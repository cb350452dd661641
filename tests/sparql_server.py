"""A SPARQL 1.1 server on pyoxigraph, the smallest that tests need."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pyoxigraph as ox


@dataclass(frozen=True)
class Trouble:
    """An answer that is none; status 0 hangs up without a word, `cut` in the middle."""

    status: int = 503
    body: bytes = b"busy"
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False


@contextmanager
def serve(store: ox.Store, troubles: Iterable[Trouble | None] = ()) -> Iterator[str]:
    """Serve a store; gives the address of its query endpoint.

    Args:
        store: What is asked.
        troubles: What the first queries meet, in order; None is an answer.
    """
    ahead = iter(troubles)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            trouble = next(ahead, None)
            if trouble is not None:
                self._fail(trouble)
                return
            if self.path not in ("/query", "/update"):
                self.send_error(404)
                return
            try:
                answer = self._answer(body)
            except SyntaxError as error:
                self.send_error(400, str(error).splitlines()[0])
                return
            kind, content = answer
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _fail(self, trouble: Trouble) -> None:
            self.close_connection = True
            if not trouble.status:
                return
            self.send_response(trouble.status)
            for name, value in trouble.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(trouble.body) + 100 * trouble.cut))
            self.end_headers()
            self.wfile.write(trouble.body)

        def _answer(self, body: str) -> tuple[str, bytes]:
            if self.path == "/update":
                store.update(body)
                return "text/plain", b""
            found = store.query(parse_qs(body)["query"][0])
            if isinstance(found, ox.QueryTriples):
                return "application/n-triples", found.serialize(
                    format=ox.RdfFormat.N_TRIPLES
                ) or b""
            kind = ox.QueryResultsFormat.JSON
            return kind.media_type, found.serialize(format=kind) or b""

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/query"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
