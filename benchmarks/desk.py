"""The desk's pages over an archive of a year (`benchmarks/years.py`): each at the server, search, and readers at once.

A page is one that a link leads to: from the first page on, links are followed, and one address of each kind is asked for
fifteen times in turn. That is the time of a test client, within the server; a browser adds its own. A story's page is of
a story of the edition. Then twenty readers ask `monitor desk` for these pages, without a pause, while `monitor poll`
reads feeds on this machine into the same archive.

    YEARS=FOLDER python -m benchmarks desk      over a copy of one that was made before
"""

import http.client
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin, urlsplit

from flask import Flask
from lxml import html
from werkzeug.exceptions import HTTPException

from benchmarks.server import feeds
from benchmarks.workplace import write_config
from monitor.app.desk.opened import OpenDesk
from monitor.app.workspace import ARCHIVE
from monitor.config.folder import read_config
from monitor.desk.application import application
from monitor.pipeline.indexing import judge, take_in
from monitor.store import Store
from monitor.store.search import FILE, open_to_write

ARTICLES = 50_000
TURNS = 15
PAGE, SEARCH = 150, 80  # milliseconds
# What is typed, and how it is called in what is printed.
SOUGHT = {
    "a rare word": "tasering",
    "a common word": "police",
    "a phrase": '"stop and search"',
    "two words": "commissioner budget",
    "a word that is nowhere": "xylophonist",
    "a common word left out": "police -festival",
    "the beginning of a word": "burgl*",
}
# What is pasted under Where is this story?
MISSED = {
    "words of a headline": "police commissioner budget",
    "an address that was never read": "https://www.oxfordmail.co.uk/news/25012345.a-story/",
}
READERS = 20
FEEDS, ENTRIES, LATENCY = 120, 25, 0.05


def run() -> Iterator[str]:
    with TemporaryDirectory() as name:
        folder = Path(name) / "desk"
        archive(folder)
        yield from _indexed(folder)
        app = application(OpenDesk(folder, folder / "data"), b"k" * 32)
        pages = dict(_kinds_of_page(app))
        for endpoint, address in sorted(pages.items()):
            yield f"{endpoint}: {_said(_times(app, address), PAGE)}"
        for what, words in SOUGHT.items():
            yield f"search, {what}: {_said(_times(app, '/search', {'q': words}), SEARCH)}"
        for what, words in MISSED.items():
            yield f"where is this story, {what}: {_said(_times(app, '/where', {'q': words}), PAGE)}"
        yield from _readers_while_a_poll_runs(folder)


def archive(folder: Path) -> None:
    made = os.environ.get("YEARS")
    if made:
        shutil.copytree(made, folder, ignore=shutil.ignore_patterns("*.lock"))
        return
    subprocess.run([sys.executable, "-m", "benchmarks.years", str(folder), str(ARTICLES)], check=True)


def _indexed(folder: Path) -> Iterator[str]:
    """The search index made from nothing, as the desk's process does it."""
    data, config, began = folder / "data", read_config(folder), time.perf_counter()

    def opened() -> Store:
        return Store.open(data / ARCHIVE, make=False)

    with open_to_write(data / FILE) as intake:
        for _ in take_in(opened, intake):
            pass
        taken = time.perf_counter()
        judged = sum(judge(opened, config, intake))
    spent = taken - began
    yield f"index: {judged:,} articles taken in in {spent:.1f} s, judged in {time.perf_counter() - taken:.1f} s"


# ── a page at the server ────────────────────────────────────────────────────────────────────────────────────────


def _kinds_of_page(app: Flask) -> Iterator[tuple[str, str]]:
    """One address for each kind of page, as links lead to it: the kind is its endpoint."""
    client, seen, waiting = app.test_client(), set[str](), ["/"]
    while waiting:
        address = waiting.pop(0)
        kind = _kind(app, address)
        if kind is None or kind in seen:
            continue
        seen.add(kind)
        answer = client.get(address)
        if answer.mimetype == "text/html":
            links = html.fromstring(answer.get_data(as_text=True)).xpath("//a/@href")
            waiting += [urljoin(address, link) for link in links if not urlsplit(link).netloc]
        answer.close()
        yield kind, address


def _kind(app: Flask, address: str) -> str | None:
    parts = urlsplit(address)
    if parts.scheme:
        return None
    try:
        with app.test_request_context():
            found, _ = app.url_map.bind("127.0.0.1").match(parts.path, "GET")
    except HTTPException:
        return None
    return None if found == "static" else str(found)


def _times(app: Flask, address: str, query: dict[str, str] | None = None) -> list[float]:
    client = app.test_client()

    def asked() -> float:
        start = time.perf_counter()
        answer = client.get(address, query_string=query) if query else client.get(address)
        answer.get_data()
        spent = time.perf_counter() - start
        assert answer.status_code == 200, (address, query, answer.status_code)
        answer.close()
        return spent * 1000

    return [asked() for _ in range(TURNS)]


def _said(spent: Sequence[float], wanted: int) -> str:
    middle = statistics.median(spent)
    return f"{middle:.0f} ms (wanted: at most {wanted}; first {spent[0]:.0f}, slowest {max(spent):.0f} of {TURNS})"


# ── readers at once ─────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Readers:
    spent: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def _readers_while_a_poll_runs(folder: Path) -> Iterator[str]:
    """They follow the links of the pages as those are with the feeds of this machine."""
    with feeds(FEEDS, ENTRIES, LATENCY) as urls:
        (folder / "feeds.yaml").unlink()
        write_config(folder, urls, workers=10)
        app = application(OpenDesk(folder, folder / "data"), b"k" * 32)
        addresses = [
            *(address for _, address in _kinds_of_page(app)),
            "/search?q=police",
        ]
        with _desk(folder) as port:
            poll = subprocess.Popen(
                _command(folder, "poll"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            )
            readers = _read_until(lambda: poll.poll() is not None, port, addresses)
            said = poll.communicate()[0].strip().splitlines()[-1]
    middle = statistics.median(readers.spent)
    tail = statistics.quantiles(readers.spent, n=20)[-1]
    yield f"{READERS} readers at once while a poll runs ({said}): {len(readers.spent):,} pages"
    yield f"{READERS} readers: {middle:.0f} ms in the median, {tail:.0f} ms for one in twenty; {len(readers.errors)} errors (wanted: 0)"
    yield from (f"{READERS} readers: {error}" for error in sorted(set(readers.errors)))


def _command(folder: Path, *rest: str) -> list[str]:
    return [sys.executable, "-m", "monitor", "--config", str(folder), *rest]


@contextmanager
def _desk(folder: Path) -> Iterator[int]:
    """`monitor desk`, and the port it says."""
    command = _command(folder, "desk", "--port", "0")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout
        found = re.search(r"127\.0\.0\.1:(\d+)", process.stdout.readline())
        assert found
        threading.Thread(target=process.stdout.read, daemon=True).start()
        yield int(found[1])
        process.send_signal(signal.SIGINT)


def _read_until(ended: Callable[[], bool], port: int, addresses: Sequence[str]) -> Readers:
    readers = Readers()

    def read(first: int) -> None:
        at = first
        while not ended():
            address = addresses[at % len(addresses)]
            at += 1
            start = time.perf_counter()
            status = _status(port, address)
            readers.spent.append((time.perf_counter() - start) * 1000)
            if status != "200":
                readers.errors.append(f"{address}: {status}")

    threads = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return readers


def _status(port: int, address: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        return str(answer.status)
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    finally:
        connection.close()
