"""How long the others wait for servers that take a request and never answer: a poll over them, on loopback.

Every outlet has a host of its own, behind a proxy on this machine. First 100 feeds that hang beside 20 good ones of three
articles each, in the order that is worst: the good ones last. Then one outlet whose feed answers and whose twelve pages
hang, beside one good feed, with a draft made meanwhile. What is stored is looked at from outside, as `status` does.
"""

import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from benchmarks.workplace import write_config
from monitor.app.runs import DraftWanted, draft, poll
from monitor.app.workspace import ARCHIVE
from monitor.errors import Busy
from monitor.store import Store

HANGING, GOOD, ARTICLES, PAGES = 100, 20, 3, 12
SENTENCE = (
    "The council’s cabinet heard that the works on the bridge would be finished by the spring of next year. "
)


class Proxy(BaseHTTPRequestHandler):
    """Answers for every host: `good…` at once, `hang…` never; of `half…` the feed at once, and its pages never."""

    def do_GET(self) -> None:
        host, _, path = self.path.removeprefix("http://").partition("/")
        if path == "robots.txt":
            self._send(404, b"")
        elif host.startswith("hang") or (host.startswith("half") and path != "rss"):
            self.rfile.read(1)  # until they hang up
        elif path == "rss":
            self._send(200, _feed(host, PAGES if host.startswith("half") else ARTICLES))
        else:
            self._send(
                200, f"<html><body><h1>Story</h1>{f'<p>{SENTENCE * 3}</p>' * 4}</body></html>".encode()
            )

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def _feed(host: str, count: int) -> bytes:
    now = datetime.now(UTC)
    items = "".join(
        f"<item><title>Story {number} of {host}</title><link>http://{host}/{number}</link>"
        f"<pubDate>{format_datetime(now - timedelta(minutes=number))}</pubDate></item>"
        for number in range(count)
    )
    return f"<rss version='2.0'><channel><title>{host}</title>{items}</channel></rss>".encode()


@contextmanager
def _proxy() -> Iterator[str]:
    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False
        request_queue_size = 256

    with Server(("127.0.0.1", 0), Proxy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class Watched:
    """A poll in a thread of its own, and when how many articles were stored."""

    def __init__(self, folder: Path, hosts: list[str], proxy: str) -> None:
        self.folder, self.began = folder, time.perf_counter()
        write_config(folder, tuple(f"http://{host}.example/rss" for host in hosts), workers=10)
        feeds = (folder / "feeds.yaml").read_text().replace("network:", f"network:\n  proxy: {proxy}")
        feeds = feeds.replace("article: feed", "article: page")
        (folder / "feeds.yaml").write_text(feeds)
        self.thread = threading.Thread(target=self._poll)
        self.thread.start()

    def _poll(self) -> None:
        poll(self.folder, self.folder / "data", everything=True, names=(), progress=lambda *_: None)

    def stored(self, count: int) -> float:
        """Seconds until so many articles were stored; or until the poll ended."""
        archive = self.folder / "data" / ARCHIVE
        while self.thread.is_alive():
            if archive.exists():
                with Store.open(archive, make=False) as store:
                    if store.articles.count() >= count:
                        break
            time.sleep(0.2)
        return time.perf_counter() - self.began

    def ended(self) -> float:
        self.thread.join()
        return time.perf_counter() - self.began


def run() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, _proxy() as proxy:
        hosts = [f"hang{number}" for number in range(HANGING)] + [f"good{number}" for number in range(GOOD)]
        watched = Watched(Path(folder), hosts, proxy)
        stored = watched.stored(GOOD * ARTICLES)
        yield (
            f"{HANGING} hanging feeds before {GOOD} good ones: the {GOOD * ARTICLES} articles of the good ones stored "
            f"after {stored:.0f} s, the poll over after {watched.ended():.0f} s"
        )
    with tempfile.TemporaryDirectory() as folder, _proxy() as proxy:
        watched = Watched(Path(folder), ["half", "good"], proxy)
        stored = watched.stored(ARTICLES)
        said = _draft(Path(folder))
        yield (
            f"{PAGES} hanging pages of an outlet beside a good feed: its {ARTICLES} articles stored after {stored:.0f} s, "
            f"a draft meanwhile {said}, the poll over after {watched.ended():.0f} s"
        )


def _draft(folder: Path) -> str:
    try:
        drafted = draft(folder, folder / "data", DraftWanted(formats=("md",)), progress=lambda *_: None)
    except Busy:
        return "turned away"
    return f"made from {drafted.edition.basis.articles} articles"
