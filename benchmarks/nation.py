"""A day's work for a whole country: 43 forces' areas with 60 feeds each, of which each brings ten new entries a day.

Such a list is asked every half hour, so each of the polls that start every five minutes asks a sixth of it, and finds
about 90 new entries. Such polls are measured as they are, on loopback: feeds and pages are served by another process,
the pages are as large as real ones (`pages.corpus`), and each new entry's page is fetched, taken apart and stored.
CPU is that of the process that polls and of its workers. The day is then arithmetic.

Polls are measured in both forms in which they run: of the resident scheduler, which has read the configuration
before and keeps its workers, and as cron starts them, a process each that does all of it anew.

Run as a program it prints its port and serves; a line on its stdin is the next round, in which other feeds have news.
"""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import ClassVar

from benchmarks.pages import corpus
from benchmarks.server import Server
from benchmarks.workplace import write_config
from monitor.app.runs import poll
from monitor.reading.workers import resident

FORCES, FEEDS, ENTRIES = 43, 60, 10  # entries a day
POLLS, ASKED = 288, 48  # polls a day, and how often each asks for a feed
DUE = FORCES * FEEDS * ASKED // POLLS
NEWS = DUE * ENTRIES // ASKED  # feeds with a new entry in each poll
KNOWN = 30  # entries of each feed, as many as most have
ROUNDS = 3
WANTED = 15.0  # minutes of one core


def run() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as place, country() as (urls, go_on), resident():
        folder = Path(place)
        write_config(folder, urls, workers=10)
        _poll(folder)  # what was there before: 12,900 entries, without their pages
        settings = folder / "feeds.yaml"
        settings.write_text(settings.read_text("utf-8").replace("article: feed", "article: page"), "utf-8")
        _poll_as_cron(folder)  # which compiles what it imports, as an installation is
        for form, polled in (("resident", _poll), ("cron's", _poll_as_cron)):
            spent = []
            for _ in range(ROUNDS):
                go_on()
                began = _cpu()
                new = polled(folder)
                spent.append(_cpu() - began)
                assert new == NEWS, (new, NEWS)
            yield from _said(form, spent)


def _said(form: str, spent: list[float]) -> Iterator[str]:
    one = min(spent)
    day = one * POLLS / 60
    every = ", ".join(f"{seconds:.2f}" for seconds in spent)
    yield f"{form}: a poll of {DUE} feeds of which {NEWS} have a new entry: {one:.2f} s of a core ({every})"
    yield (
        f"{form}: {FORCES} × {FEEDS} feeds, {ENTRIES} new entries a day each: {POLLS} such polls, {day:.1f} minutes of "
        f"one core a day (wanted: at most {WANTED:g})"
    )


def _poll(folder: Path) -> int:
    polled = poll(folder, folder / "data", everything=True, names=(), progress=lambda *_: None)
    return sum(outcome.new for outcome in polled.outcomes)


def _poll_as_cron(folder: Path) -> int:
    command = [sys.executable, "-m", "monitor", "--config", str(folder), "--data", str(folder / "data")]
    run = [*command, "poll", "--all", "--json"]
    said = subprocess.run(
        run, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True
    ).stdout
    return sum(json.loads(line)["new"] for line in said.splitlines())


def _cpu() -> float:
    """Seconds of this process, of those that it started and that have ended, and of its workers."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used) + sum(map(_cpu_of, _workers()))


def _workers() -> Iterator[Path]:
    """What the system tells of them (Linux only)."""
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = file.read_text().rpartition(")")[2].split()[1]
            if (
                parent == str(os.getpid())
                and b"monitor.reading.worker" in (file.parent / "cmdline").read_bytes()
            ):
                yield file


def _cpu_of(stat: Path) -> float:
    used = stat.read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, used)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def country() -> Iterator[tuple[tuple[str, ...], Callable[[], None]]]:
    """The addresses of the feeds, and what brings the next round; served while the block lasts."""
    command = [sys.executable, "-m", "benchmarks.nation"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        port, said, heard = int(process.stdout.readline()), process.stdin, process.stdout

        def go_on() -> None:
            said.write("on\n")
            said.flush()
            heard.readline()

        yield tuple(f"http://127.0.0.1:{port}/feed/{number}" for number in range(DUE)), go_on
        said.close()


# ── the country ─────────────────────────────────────────────────────────────────────────────────────────────────


class Handler(BaseHTTPRequestHandler):
    """/feed/NUMBER and /page/NUMBER/ENTRY. Half of the feeds say by an ETag that nothing has changed."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    bodies: ClassVar[list[tuple[str, bytes]]] = []  # headline and page
    round: ClassVar[int] = 0

    def do_GET(self) -> None:
        kind, number, entry = [*self.path.strip("/").split("/"), "0", "0"][:3]
        if kind == "page":
            return self._send(200, self._page(int(number), int(entry))[1], "text/html; charset=utf-8")
        if kind != "feed":
            return self._send(404, b"not here", "text/plain")
        count = sum(_has_news(int(number), turn) for turn in range(1, self.round + 1))
        etag = f'"{count}"' if int(number) % 2 else ""
        if etag and self.headers.get("If-None-Match") == etag:
            return self._send(304, b"", "", etag)
        return self._send(200, self._feed(int(number), count), "application/rss+xml; charset=utf-8", etag)

    def _feed(self, number: int, count: int) -> bytes:
        items = "".join(self._item(number, entry) for entry in range(KNOWN + count, count, -1))
        return (
            f"<rss version='2.0'><channel><title>Outlet {number}</title><link>http://127.0.0.1/</link>{items}</channel></rss>"
        ).encode()

    def _item(self, number: int, entry: int) -> str:
        headline, _ = self._page(number, entry)
        link = f"http://127.0.0.1:{self.server.server_address[1]}/page/{number}/{entry}"
        return f"<item><title>{headline}</title><link>{link}</link><description>In short. {headline}</description></item>"

    def _page(self, number: int, entry: int) -> tuple[str, bytes]:
        return self.bodies[(number * 7 + entry) % len(self.bodies)]

    def _send(self, status: int, body: bytes, kind: str, etag: str = "") -> None:
        self.send_response(status)
        for name, value in (("Content-Type", kind), ("ETag", etag), ("Content-Length", str(len(body)))):
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def _has_news(number: int, turn: int) -> bool:
    return (number + turn * NEWS) % DUE < NEWS


def main() -> None:
    for page in corpus(datetime.now(UTC)):
        found = re.search(rb"<h1[^>]*>(.*?)</h1>", page.body, re.DOTALL)
        headline = re.sub(r"<[^>]+>", "", found[1].decode() if found else "A story").strip()
        Handler.bodies.append((headline, page.body))
    with Server(("127.0.0.1", 0), Handler) as server:
        print(server.server_address[1], flush=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for _ in sys.stdin:
            Handler.round += 1
            print("", flush=True)
        server.shutdown()


if __name__ == "__main__":
    main()
