"""Small real servers on 127.0.0.1, for tests whose subject is the network.

`serve` is a web server whose answers are a table from path to `Answer`; it counts what it was asked. `serve_raw` gives
each connection to a function, for servers that misbehave below HTTP. Both are context managers, quiet, and closed when
the block ends.
"""

import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Answer:
    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0  # seconds before anything is sent


@dataclass(frozen=True)
class Asked:
    path: str
    headers: Mapping[str, str]
    at: float  # monotonic seconds
    by: int  # the client's port: the same for two requests over one connection
    method: str = "GET"
    body: bytes = b""


Answers = Mapping[str, Answer | Callable[[Asked], Answer]]


class Server:
    """A running server. `answers` may be changed while it runs; a callable is given the `Asked`."""

    def __init__(self, answers: Answers, port: int, scheme: str) -> None:
        self.answers = dict(answers)
        self.port = port
        self.scheme = scheme
        self.asked: list[Asked] = []
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()

    def url(self, path: str = "/") -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}{path}"

    @property
    def counts(self) -> Counter[str]:
        return Counter(asked.path for asked in self.asked)

    def answer(self, asked: Asked) -> Answer:
        with self._lock:
            self.asked.append(asked)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        found = self.answers.get(asked.path, Answer(b"not here", 404))
        found = found(asked) if callable(found) else found
        time.sleep(found.delay)
        with self._lock:
            self._at_once -= 1
        return found


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is what many tests are about."""


@contextmanager
def serve(answers: Answers, *, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A web server on a free port of 127.0.0.1, https with `tls`; a path that is not in the table gets 404."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else each answer over a kept connection waits 40 ms

        def do_GET(self) -> None:
            at, by = time.monotonic(), self.client_address[1]
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            answer = server.answer(Asked(self.path, dict(self.headers), at, by, self.command, body))
            self.send_response(answer.status)
            headers = {"Content-Length": str(len(answer.body))} | dict(answer.headers)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    httpd = _Quiet(("127.0.0.1", 0), Handler)
    if tls:
        httpd.socket = tls.wrap_socket(httpd.socket, server_side=True)
    server = Server(answers, httpd.server_port, "https" if tls else "http")
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()


@contextmanager
def serve_raw(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that hands every connection to `talk` in a thread of its own; gives the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    connections: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def one(connection: socket.socket) -> None:
        with connection, suppress(OSError):  # the client hung up
            talk(connection)

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            connections.append(connection)
            threads.append(threading.Thread(target=one, args=(connection,), daemon=True))
            threads[-1].start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        accepting.join()
        for connection in connections:
            with suppress(OSError):  # closed already
                connection.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join(timeout=5)
