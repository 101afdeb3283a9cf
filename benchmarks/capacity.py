"""How large an archive one panel's desk carries, in a file and on a PostgreSQL server: sizes, and times of pages.

The archive is a country's press (`press.py`), 26,000 articles a week of 2,640 feeds; the panel is the default one, and reads
the 60 feeds of its area and the 60 of the nation, so a week of its own is some 1,800 articles. Its draft of the last week
is there. Times are those at the desk's server, of pages that links lead to (`desk.py`), on an index that is whole: the median
of fifteen by the clock, and behind it of a core, which other work on the machine lengthens less. What PostgreSQL's own
processes take of a core is not in the latter.

Both archives are in memory (/dev/shm), so that no other work's disk is measured: on a disk that is slow to turn a commit
costs more, and PostgreSQL's more than SQLite's (`storing.py`).

    python -m benchmarks capacity                  10,000 and 100,000 articles
    ARTICLES=1000000 python -m benchmarks capacity
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from flask import Flask
from flask.testing import FlaskClient

from benchmarks.desk import TURNS, _kinds_of_page
from benchmarks.forces import forces
from benchmarks.panels import NATION, UNTIL, fill, seconds
from benchmarks.press import outlets
from monitor.app.archives import archive_of, index_at
from monitor.app.copying_over import copy_over
from monitor.app.desk.opened import OpenDesk
from monitor.app.secrets import ADDRESS
from monitor.app.workspace import ARCHIVE
from monitor.config.defaults import write_defaults
from monitor.config.folder import read_config
from monitor.desk.application import application
from monitor.pipeline.indexing import judge, take_in
from monitor.store import Store
from monitor.store.search import FILE, open_to_write
from tests.postgres import own_schema, shared

SIZES = (10_000, 100_000)
OF_ALL = 1_000_000  # the index of so many would take half an hour: search is not measured
PAGES = {
    "This edition": "edition.show",
    "a story": "story.show",
    "Feeds": "feeds.show",
    "Overview": "overview.show",
    "History": "history.show",
    "Rules": "rules.show",
}
SOUGHT = {"a rare word": "tasering", "a common word": "police", "two words": "commissioner budget"}


def run() -> Iterator[str]:
    memory = Path("/dev/shm")  # for as many as fit there
    sizes = tuple(map(int, os.environ.get("ARTICLES", "").split())) or SIZES
    for count in sizes:
        with TemporaryDirectory(dir=memory if count < OF_ALL and memory.is_dir() else None) as name:
            yield from _size(Path(name), count)


def _size(folder: Path, count: int) -> Iterator[str]:
    configure(folder)
    path = folder / "data" / ARCHIVE
    path.parent.mkdir()
    _, core = seconds(lambda: fill(path, count, UNTIL))
    wall, _ = seconds(lambda: _draft(folder))
    yield f"{count:,} articles: stored in {core:.0f} s of a core; a draft of the last week in {wall:.1f} s"
    if count < OF_ALL:
        yield f"{count:,} articles, SQLite: {_indexed(folder)}"
    index = sum(file.stat().st_size for file in path.parent.glob("search.db*"))
    yield f"{count:,} articles, SQLite: {_megabytes(path.stat().st_size)}, and the search index {_megabytes(index)}"
    yield from _pages(folder, f"{count:,} articles, SQLite", count < OF_ALL)
    with shared(folder / "server") as server, own_schema(server) as address, _at(address):
        wall, _ = seconds(lambda: copy_over(str(path.parent), f"env:{ADDRESS}"))
        yield f"{count:,} articles: copied to PostgreSQL, and compared, in {wall:.0f} s"
        if count < OF_ALL:
            yield f"{count:,} articles, PostgreSQL: {_indexed(folder)}"
        yield f"{count:,} articles, PostgreSQL: {_megabytes(_size_there(address))} with the search index"
        yield from _pages(folder, f"{count:,} articles, PostgreSQL", count < OF_ALL)


def configure(folder: Path) -> None:
    """The default panel, among the feeds of a country."""
    own = next(force for force in forces() if force.id == "thames-valley")
    lines = [
        "network: {user_agent: 'TopicalIssuesMonitor/1.0 (benchmark; +mailto:bench@topical-issues.example)'}"
    ]
    lines += ["feeds:"]
    for name, url, area in outlets():
        lines.append(f"  - {{name: {name}, url: '{url}', area: {area.id if area else NATION}}}")
    (folder / "feeds.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    write_defaults(folder)
    panel = folder / "panel.yaml"
    panel.write_text(f"{panel.read_text('utf-8')}\nfeeds: {{areas: [{own.id}, {NATION}]}}\n", "utf-8")


def _draft(folder: Path) -> None:
    since, until = "2026-11-23", "2026-11-29"
    command = [
        sys.executable,
        "-m",
        "monitor",
        "--config",
        str(folder),
        "draft",
        "--since",
        since,
        "--until",
        until,
    ]
    subprocess.run(command, check=True, capture_output=True)


def _indexed(folder: Path) -> str:
    """The desk's index made from nothing, as its process does it."""
    data, config = folder / "data", read_config(folder)

    def opened() -> Store:
        return Store.open(archive_of(data), make=False)

    began = time.perf_counter()
    with open_to_write(index_at(data / FILE)) as intake:
        for _ in take_in(opened, intake):
            pass
        taken = time.perf_counter()
        count = sum(judge(opened, config, intake))
    judged = time.perf_counter() - taken
    return f"index of {count:,} articles: taken in in {taken - began:.1f} s, judged in {judged:.1f} s"


def _pages(folder: Path, what: str, with_search: bool) -> Iterator[str]:
    app = application(OpenDesk(folder, folder / "data"), b"k" * 32)
    pages = dict(_kinds_of_page(app))
    said = {name: _took(app, pages[kind]) for name, kind in PAGES.items() if kind in pages}
    if with_search:
        said |= {f"search, {name}": _took(app, "/search", {"q": words}) for name, words in SOUGHT.items()}
    yield f"{what}: {', '.join(f'{name} {took}' for name, took in said.items())}"


def _took(app: Flask, address: str, query: dict[str, str] | None = None) -> str:
    client = app.test_client()
    wall, core = zip(*(_asked(client, address, query) for _ in range(TURNS)), strict=True)
    return f"{statistics.median(wall):.0f} ms ({statistics.median(core):.0f})"


def _asked(client: FlaskClient, address: str, query: dict[str, str] | None) -> tuple[float, float]:
    wall, core = time.perf_counter(), time.process_time()
    answer = client.get(address, query_string=query) if query else client.get(address)
    answer.get_data()
    took = (time.perf_counter() - wall) * 1e3, (time.process_time() - core) * 1e3
    assert answer.status_code == 200, (address, query, answer.status_code)
    answer.close()
    return took


@contextmanager
def _at(address: str) -> Iterator[None]:
    before = os.environ.get(ADDRESS)
    os.environ[ADDRESS] = address
    try:
        yield
    finally:
        os.environ.pop(ADDRESS)
        if before is not None:
            os.environ[ADDRESS] = before


def _size_there(address: str) -> int:
    with psycopg.connect(address) as connection:
        found = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    return int(found[0]) if found and found[0] else 0


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"
