"""Pages to articles: our step against bare trafilatura, two workers against one, and memory over 5,000 pages.

The pages are the sample week's stories in the week's own layouts, with the scripts, menus and lists that make a real
paper's page large: some 90 kB in the middle. Two workers are measured beside two bare processes that each take half of
the pages, begun together: what other work leaves of the cores binds both, and no stream can do better. Memory is that of all our processes, shared pages counted once (Linux only).
"""

import gc
import multiprocessing
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from urllib.request import ProxyHandler, build_opener

from trafilatura import bare_extraction

from monitor.demo.server import serve
from monitor.demo.stories import PageAnswer
from monitor.model import Fetched, Page
from monitor.reading.pages.apart import task_of
from monitor.reading.pages.extract import extract
from monitor.reading.turns import Task
from monitor.reading.workers import answers, cores

ROUNDS = 5  # of bare and ours in turn, each over all pages; the quickest of each counts
STREAM = 400  # pages for one worker and for two
LONG = 5_000  # pages over which memory is watched
TURNS = 3  # of one and two processes; the quickest of each counts
WARM, EVERY = 500, 100


def run() -> Iterator[str]:
    now = datetime.now(UTC)
    pages = corpus(now)
    sizes = sorted(len(page.body) for page in pages)
    yield f"{len(pages)} pages of {sizes[0] // 1000} to {sizes[-1] // 1000} kB, {median(sizes) / 1000:.0f} kB in the middle"
    bare, ours = _step(pages, now)
    yield (
        f"one process: bare trafilatura {len(pages) / bare:.0f} pages/s, our step {len(pages) / ours:.0f}: "
        f"it takes {ours / bare:.2f} of bare (wanted: at most 1.10)"
    )
    yield from _side_by_side(pages, now)
    if sys.platform == "linux":
        yield _memory(pages, now)


def corpus(now: datetime) -> list[Fetched]:
    """Each whole page of the sample week, made as large as real ones are; the same each time."""
    chance = random.Random(20261116)
    with serve(now) as week:
        read = build_opener(ProxyHandler({"http": week.proxy}))
        stories = [story for story in week.stories if story.page is PageAnswer.WHOLE]
        bodies = []
        for story in stories:
            with read.open(story.url) as answer:
                bodies.append((story.url, answer.read()))
    headlines = [story.headline for story in stories]
    return [Fetched(url=url, final_url=url, body=_enlarged(body, headlines, chance)) for url, body in bodies]


def _enlarged(body: bytes, headlines: Sequence[str], chance: random.Random) -> bytes:
    """The page with menus and lists of links (a fifth of what is added) and scripts."""
    added = int(chance.lognormvariate(10.87, 0.4))
    links = [
        f"<li class='teaser'><a href='/news/{number}'><span>{chance.choice(headlines)}</span></a></li>"
        for number in range(added // 600)
    ]
    settings = ",".join(f'"slot{number}":{chance.random()}' for number in range(added // 40))
    scripts = f"<script>window.settings={{{settings}}};</script>" * 2
    lists = f"<nav><ul>{''.join(links[::2])}</ul></nav><footer><ul>{''.join(links[1::2])}</ul></footer>"
    return body.replace(b"</head>", scripts.encode() + b"</head>").replace(
        b"</body>", lists.encode() + b"</body>"
    )


def _step(pages: Sequence[Fetched], now: datetime) -> tuple[float, float]:
    """Seconds of this process for all pages: bare, and ours."""
    latest = (now + timedelta(days=1)).date().isoformat()
    dates = {"original_date": True, "extensive_search": False, "max_date": latest}

    def bare() -> None:
        for page in pages:
            found = bare_extraction(
                page.body,
                url=page.final_url,
                favor_precision=True,
                include_comments=False,
                with_metadata=True,
                date_extraction_params=dates,
            )
            assert found

    def ours() -> None:
        for page in pages:
            assert isinstance(extract(page.body, page.final_url, now), Page)

    spent = [(_spent(bare), _spent(ours)) for _ in range(ROUNDS)]
    return min(one for one, _ in spent), min(two for _, two in spent)


def _spent(work: Callable[[], None]) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def _side_by_side(pages: Sequence[Fetched], now: datetime) -> Iterator[str]:
    """One and two processes in turn, so that a minute in which the machine is busy spoils none of the four."""
    kinds = {"worker processes": _stream, "bare processes": _bare_processes}
    turns = [
        {(kind, count): timed(pages, now, count) for kind, timed in kinds.items() for count in (1, 2)}
        for _ in range(TURNS)
    ]
    for kind, wanted in zip(kinds, (" (wanted: at least 1.70)", ""), strict=True):
        one, two = (min(turn[kind, count] for turn in turns) for count in (1, 2))
        yield (
            f"{kind} on {cores()} cores: one {STREAM / one:.0f} pages/s, two {STREAM / two:.0f}: "
            f"{one / two:.2f} times{wanted}"
        )


def _bare_processes(pages: Sequence[Fetched], now: datetime, count: int) -> float:
    """Seconds for as many pages as a stream has, shared out beforehand to processes that need nothing more."""
    processes = multiprocessing.get_context("fork")
    begin = processes.Barrier(count + 1)

    def work() -> None:
        extract(pages[0].body, pages[0].final_url, now)
        begin.wait()
        for page in islice(cycle(pages), STREAM // count):
            extract(page.body, page.final_url, now)

    started = [processes.Process(target=work) for _ in range(count)]
    for process in started:
        process.start()
    begin.wait()
    start = time.perf_counter()
    for process in started:
        process.join()
    return time.perf_counter() - start


def _stream(pages: Sequence[Fetched], now: datetime, workers: int) -> float:
    """Seconds for a stream of pages, from the first article on: a worker's start is no part of its rate."""
    with closing(answers(_tasks(pages, STREAM + 1, now), workers=workers)) as found:
        next(found)
        start = time.perf_counter()
        assert all(isinstance(page, Page) for _, page in found)
        return time.perf_counter() - start


def _tasks(pages: Sequence[Fetched], count: int, now: datetime) -> Iterator[Task]:
    return (task_of(page, now) for page in islice(cycle(pages), count))


def _memory(pages: Sequence[Fetched], now: datetime) -> str:
    used = []
    with closing(answers(_tasks(pages, LONG, now))) as found:
        for done, _ in enumerate(found, 1):
            if done % EVERY == 0:
                used.append(_megabytes())
    early = max(used[: WARM // EVERY])
    late = max(used[WARM // EVERY :])
    return (
        f"{LONG:,} pages: at most {early:.0f} MB over the first {WARM}, {late:.0f} MB after ({late / early - 1:+.0%}; "
        "wanted: within 10 % and under 600 MB in all)"
    )


def _megabytes() -> float:
    """Memory of this process and of all that descend from it; a page that several share counts in parts."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has ended meanwhile
            continue
    ours = {int(Path("/proc/self").resolve().name)}
    while more := {child for child, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sum(map(_share, ours)) / 1000


def _share(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next(float(line.split()[1]) for line in lines if line.startswith("Pss:"))
