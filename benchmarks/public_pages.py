"""Texts, headlines and speed on pages that others have collected, with what their own answers say of them.

- 181 news pages of all the world, scored by the collection's own evaluate.py.
- The British pages among fundus's fixtures, each with the text, headline and day that its publisher's parser found.
  The clock stands at the day on which the page was taken.
- `monitor try` over the news pages, against a process that does nothing but give them to trafilatura.

trafilatura alone is asked for the same, with the options that we give it and its own headline and day.
"""

import gzip
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean
from types import ModuleType
from typing import Any

from lxml import html
from trafilatura import bare_extraction

from benchmarks.clones import NEWS_PAGES, UK_PAGES
from monitor.model import Page
from monitor.reading.pages.extract import extract

TAKEN = datetime(2026, 11, 30, tzinfo=UTC)  # after all of the news pages
BRITISH = "tests/resources/parser/test_data/uk"
RUN = 4  # words
TURNS = 3  # of both processes; the quickest of each counts
BARE = (
    "import sys; from pathlib import Path; from trafilatura import bare_extraction\n"
    "for file in sys.argv[1:]: bare_extraction(Path(file).read_bytes(), favor_precision=True,"
    " include_comments=False, with_metadata=True)"
)


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a page."""

    title: str = ""
    text: str = ""
    day: str = ""


Reader = Callable[[bytes, str, datetime], Read]


def ours(body: bytes, url: str, now: datetime) -> Read:
    found = extract(body, url, now)
    if not isinstance(found, Page):
        return Read()
    return Read(found.title, "\n\n".join(found.paragraphs), str(found.published or ""))


def bare(body: bytes, url: str, now: datetime) -> Read:
    found: Any = bare_extraction(
        body, url=url, favor_precision=True, include_comments=False, with_metadata=True
    )
    return Read(found.title or "", found.text or "", found.date or "") if found else Read()


READERS: dict[str, Reader] = {"trafilatura alone": bare, "our step": ours}


def run(folder: Path) -> Iterator[str]:
    news, british = NEWS_PAGES.within(folder), UK_PAGES.within(folder)
    if news:
        yield from _news(news)
        yield _speed(news)
    else:
        yield f"news pages: {NEWS_PAGES.is_missing(folder)}"
    if british:
        yield from _british(british / BRITISH)
    else:
        yield f"British pages: {UK_PAGES.is_missing(folder)}"


# ── 181 news pages ──────────────────────────────────────────────────────────────────────────────────────────────


def _news(clone: Path) -> Iterator[str]:
    truth = json.loads((clone / "ground-truth.json").read_text("utf-8"))
    bodies = {name: _unpacked(clone / "html" / f"{name}.html.gz") for name in truth}
    theirs = _script(clone / "evaluate.py")
    for name, reader in READERS.items():
        texts = {
            key: {"articleBody": reader(body, truth[key]["url"], TAKEN).text} for key, body in bodies.items()
        }
        found = theirs.evaluate(truth, texts, 2)
        wanted = " (wanted: 0.970 and 0.43)" if reader is ours else ""
        yield (
            f"{len(truth)} news pages: {name} F1 {found['f1']:.3f}, precision {found['precision']:.3f}, "
            f"recall {found['recall']:.3f}, accuracy {found['accuracy']:.3f}{wanted}"
        )


def _script(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _unpacked(file: Path) -> bytes:
    with gzip.open(file) as packed:
        return packed.read()


# ── the same, as a command ──────────────────────────────────────────────────────────────────────────────────────


def _speed(clone: Path) -> str:
    monitor = [sys.executable, "-m", "monitor"]
    with tempfile.TemporaryDirectory() as work:
        pages = Path(work, "pages")
        pages.mkdir()
        for file in (clone / "html").glob("*.gz"):
            (pages / file.stem).write_bytes(_unpacked(file))
        files = sorted(map(str, pages.iterdir()))
        subprocess.run([*monitor, "init", f"{work}/config"], check=True, capture_output=True)
        trying = [*monitor, "--config", f"{work}/config", "try", "--json", *files]
        spent = [(_cpu([sys.executable, "-c", BARE, *files]), _cpu(trying)) for _ in range(TURNS)]
    alone, tried = (min(turn[place] for turn in spent) for place in (0, 1))
    return (
        f"monitor try over {len(files)} pages: {tried:.1f} s CPU, trafilatura alone {alone:.1f}: "
        f"{tried / alone:.2f} times (wanted: at most 1.40)"
    )


def _cpu(command: Sequence[str]) -> float:
    before = os.times()
    subprocess.run(command, check=True, capture_output=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


# ── British pages ───────────────────────────────────────────────────────────────────────────────────────────────


def _british(folder: Path) -> Iterator[str]:
    pages = list(_answered(folder))
    for name, reader in READERS.items():
        reads = [(reader(page.body, page.url, page.taken), page) for page in pages]
        precision, recall = map(
            mean, zip(*(_shared(read.text, page.text) for read, page in reads), strict=True)
        )
        headlines = sum(_letters(read.title) in page.headlines for read, page in reads)
        days = sum(read.day == page.day for read, page in reads)
        wanted = " (wanted: 0.94, 0.975, 24 and 24)" if reader is ours else ""
        yield (
            f"{len(pages)} British pages: {name} precision {precision:.3f}, recall {recall:.3f}, "
            f"headline as seen {headlines}, day {days}{wanted}"
        )


@dataclass(frozen=True, slots=True)
class Answered:
    body: bytes
    url: str
    taken: datetime
    text: str
    day: str
    headlines: frozenset[str]  # the letters of what a reader sees as such


def _answered(folder: Path) -> Iterator[Answered]:
    """A publisher has one answer for each version of its parser, in the order of the days of its pages."""
    told = json.loads((folder / "meta.info").read_text("utf-8"))
    of_publisher: dict[str, list[Path]] = {}
    for file in sorted(folder.glob("*.html.gz")):
        of_publisher.setdefault(file.name.partition("_")[0], []).append(file)
    for publisher, files in of_publisher.items():
        answers = json.loads((folder / f"{publisher}.json").read_text("utf-8"))
        for file, answer in zip(files, answers.values(), strict=True):
            yield _one(_unpacked(file), told[file.name], answer)


def _one(body: bytes, told: Mapping[str, str], answer: Mapping[str, Any]) -> Answered:
    parts = [*answer["body"]["summary"]]
    for section in answer["body"]["sections"]:
        parts += [*section["headline"], *section["paragraphs"]]
    tree = html.document_fromstring(body.decode("utf-8", "replace"))
    return Answered(
        body=body,
        url=told["url"],
        taken=datetime.fromisoformat(told["crawl_date"]).replace(tzinfo=UTC),
        text="\n\n".join(parts),
        day=answer["publishing_date"][:10],
        headlines=frozenset(_letters(heading.text_content()) for heading in tree.iter("h1")),
    )


def _shared(read: str, wanted: str) -> tuple[float, float]:
    """Precision and recall of its runs of four words."""
    mine, its = _runs(read), _runs(wanted)
    both = (mine & its).total()
    return both / max(mine.total(), 1), both / max(its.total(), 1)


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = ["".join(filter(str.isalnum, word)) for word in text.split()]
    words = [word for word in words if word]
    return Counter(tuple(words[at : at + RUN]) for at in range(max(len(words) - RUN + 1, 1)))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
