"""A crowd of feeds on loopback, served by a process of its own so that it takes no time from the one measured.

Run as a program it prints its port and serves until its stdin ends. Every answer waits `latency` seconds first. Below
`/validated/` a feed has an ETag and answers "not modified" to who sends it back; below `/feeds/` it has none.
"""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer

SENTENCE = (
    "The council’s cabinet heard that the works on the bridge would be finished by the spring of next year. "
)
STARTED = datetime.now(UTC)


@cache
def feed(number: int, entries: int) -> bytes:
    """An RSS 2.0 feed like a local paper's: about 35 words of summary an entry. The same each time it is asked for."""
    items = "".join(
        f"<item><title>Story {number}-{i}: bridge works &amp; what they cost</title>"
        f"<link>http://127.0.0.1/news/{number}/{i}</link><guid isPermaLink='false'>{number}-{i}</guid>"
        f"<pubDate>{format_datetime(STARTED - timedelta(minutes=i))}</pubDate>"
        f"<description>&lt;p&gt;{SENTENCE * 2}Number {number}-{i}.&lt;/p&gt;</description></item>"
        for i in range(entries)
    )
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel>"
        f"<title>Outlet {number}</title><link>http://127.0.0.1/</link>{items}</channel></rss>"
    ).encode()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    latency = 0.0
    entries = 0

    def do_GET(self) -> None:
        time.sleep(self.latency)
        etag = f'"{self.path}"'
        if self.path.startswith("/validated/") and self.headers.get("If-None-Match") == etag:
            self._send(304, b"", etag)
        else:
            self._send(200, feed(int(self.path.rpartition("/")[2]), self.entries), etag)

    def _send(self, status: int, body: bytes, etag: str) -> None:
        self.send_response(status)
        if self.path.startswith("/validated/"):
            self.send_header("ETag", etag)
        self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 256


@contextmanager
def feeds(count: int, entries: int, latency: float, *, part: str = "feeds") -> Iterator[tuple[str, ...]]:
    """Addresses of `count` feeds, served while the block lasts; `part` as in the head comment."""
    arguments = [sys.executable, "-m", "benchmarks.server", str(entries), str(latency)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        port = int(process.stdout.readline())
        yield tuple(f"http://127.0.0.1:{port}/{part}/{number}" for number in range(count))
        process.stdin.close()


def main() -> None:
    Handler.entries, Handler.latency = int(sys.argv[1]), float(sys.argv[2])
    with Server(("127.0.0.1", 0), Handler) as server:
        print(server.server_address[1], flush=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        sys.stdin.read()
        server.shutdown()


if __name__ == "__main__":
    main()
