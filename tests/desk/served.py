"""A desk served on this machine by waitress, and proxies before it as a council's web server is one: real sockets."""

import http.client
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from waitress import wasyncore

from monitor.desk.serving import address_of, bound, server_of


@contextmanager
def served(app, host: str = "127.0.0.1") -> Iterator[int]:
    """The port on which it answers."""
    channels: dict[int, object] = {}
    running = threading.Event()
    running.set()
    with bound(host, 0) as opened:
        server = server_of(app, opened, channels)

        def loop() -> None:
            while running.is_set():
                wasyncore.loop(timeout=0.05, map=channels, use_poll=True, count=1)

        thread = threading.Thread(target=loop)
        thread.start()
        try:
            yield address_of(opened)[1]
        finally:
            running.clear()
            thread.join()
            wasyncore.close_all(channels)
            server.task_dispatcher.shutdown(timeout=1)


@dataclass(frozen=True)
class Answered:
    status: int
    headers: Mapping[str, str]
    body: bytes


def ask(
    port: int, path: str, method: str = "GET", body: bytes = b"", host: str = "127.0.0.1", **headers: str
) -> Answered:
    """One request over a connection of its own, with headers exactly as given (`_` is written `-`)."""
    connection = http.client.HTTPConnection(host, port, timeout=10)
    try:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body=body or None, headers=sent)
        answer = connection.getresponse()
        return Answered(answer.status, dict(answer.getheaders()), answer.read())
    finally:
        connection.close()


@contextmanager
def proxy(to: int, change: Callable[[str, dict[str, str], str], tuple[str, dict[str, str]]]) -> Iterator[int]:
    """Hands every request on to port `to`. `change` says with which path and headers, given those that came and the
    address of who asks."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            path, headers = change(self.path, dict(self.headers), self.client_address[0])
            connection = http.client.HTTPConnection("127.0.0.1", to, timeout=10)
            connection.request(self.command, path, body=body or None, headers=headers)
            answer = connection.getresponse()
            content = answer.read()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("content-length", "connection", "date"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            connection.close()

        do_POST = do_HEAD = do_GET

        def log_message(self, *_: object) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield httpd.server_port
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()
