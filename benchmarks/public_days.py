"""The days of public pages, against what those who collected them say: htmldate's 995 dated pages, fundus's of the UK.

A page of htmldate's is read today, one of fundus's at the moment when it was fetched. What is right is the day as they
have it, for fundus in London. Nothing of these pages is kept here.
"""

import gzip
import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from trafilatura import load_html

from monitor.reading.letters import decoded
from monitor.reading.pages.days import page_days

LONDON = ZoneInfo("Europe/London")
DATED = ("eval_mediacloud_2020.json", "eval_default.json")  # in the order in which htmldate reads them
PAGES = ("test_set", "cache", "eval")
UK = "tests/resources/parser/test_data/uk"


@dataclass(frozen=True, slots=True)
class DatedPage:
    url: str
    file: Path
    seen: datetime
    day: date


def run(folder: Path) -> Iterator[str]:
    """`folder` holds clones of adbar/htmldate and flairNLP/fundus, whatever they are called there."""
    places = (folder, *(place for place in sorted(folder.iterdir()) if place.is_dir()))
    found = next((place for place in places if (place / "tests" / DATED[1]).is_file()), None)
    uk = next((place for place in places if (place / UK / "meta.info").is_file()), None)
    yield from _counted("htmldate's dated pages", list(_dated_pages(found / "tests")) if found else [])
    yield from _counted("UK pages of fundus", list(_uk_pages(uk / UK)) if uk else [])


def _counted(name: str, pages: list[DatedPage]) -> Iterator[str]:
    if not pages:
        yield f"days of {name}: not there"
        return
    counts: Counter[str] = Counter()
    took = 0.0
    for page in pages:
        tree = load_html(decoded(_body(page.file)))
        begun = time.perf_counter()
        best = page_days(tree, page.url, page.seen).best if tree is not None else None
        took += time.perf_counter() - begun
        counts["right" if best == page.day else "wrong" if best else "none"] += 1
    yield (
        f"days of {name} ({len(pages)}): {counts['right']} right, {counts['wrong']} wrong, {counts['none']} none; "
        f"{took / len(pages) * 1000:.1f} ms each"
    )


def _body(file: Path) -> bytes:
    body = file.read_bytes()
    return gzip.decompress(body) if file.suffix == ".gz" else body


def _dated_pages(tests: Path) -> Iterator[DatedPage]:
    pages: dict[str, dict[str, object]] = {}
    for name in DATED:
        pages |= json.loads((tests / name).read_text("utf-8"))
    for url, page in pages.items():
        day, name = page["date"], str(page["file"])
        file = next((tests / part / name for part in PAGES if (tests / part / name).is_file()), None)
        if isinstance(day, str) and file:  # five have none
            yield DatedPage(url, file, datetime.now(UTC), date.fromisoformat(day))


def _uk_pages(folder: Path) -> Iterator[DatedPage]:
    """An outlet's pages are in the order of its parsers' versions, of which each has what it found on one."""
    fetched = json.loads((folder / "meta.info").read_text("utf-8"))
    of_outlet: dict[str, list[str]] = {}
    for name in sorted(fetched):
        of_outlet.setdefault(name.partition("_")[0], []).append(name)
    for outlet, names in of_outlet.items():
        versions = json.loads((folder / f"{outlet}.json").read_text("utf-8")).values()
        for name, version in zip(names, versions, strict=False):
            seen = datetime.fromisoformat(fetched[name]["crawl_date"]).replace(tzinfo=UTC)
            told = datetime.fromisoformat(version["publishing_date"]).astimezone(LONDON).date()
            yield DatedPage(fetched[name]["url"], folder / name, seen, told)
