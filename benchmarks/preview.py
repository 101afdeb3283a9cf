"""A changed phrase tried before it is saved, over an archive of a year (`benchmarks/years.py`) beside which the desk's
index stands, with what a preview begins with made ready.

What a person waits for: the first look (the stories that flip), the stories as they are put together, and the whole
answer with the labelled sets (this checkout's) and the twelve. What was made ready of the twelve is taken up when a form
is opened, while somebody types. Seconds, and of them those of a core.

    YEARS=FOLDER python -m benchmarks preview      over a copy of one that was made before
"""

import time
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from benchmarks.desk import archive
from monitor.app.desk.opened import OpenDesk
from monitor.app.desk.rules import saving
from monitor.app.desk.rules.drafts import Draft, keep
from monitor.app.desk.rules.labels import QUALITY
from monitor.app.desk.rules.lists import all_lists
from monitor.app.desk.rules.looks import Look
from monitor.app.desk.rules.previews import Previews
from monitor.app.desk.search.indexing import bring_up
from monitor.config.topics_edit import Change, changed
from monitor.config.yamlfile import Document, document_of
from monitor.store.search import FILE

LIST = "cues/raise/figures"
PHRASES = ("officers on the beat", "council budget", "figures show")
WANTED = {12: 2.0, None: 8.0}  # seconds, by weeks


def run() -> Iterator[str]:
    with TemporaryDirectory() as name:
        folder = Path(name) / "desk"
        archive(folder)
        copytree(QUALITY, folder / QUALITY)
        began = time.process_time()
        bring_up(folder, folder / "data", folder / "data" / FILE)
        yield f"all made ready beforehand, by a process of its own: {time.process_time() - began:.0f} s of a core"
        desk = OpenDesk(folder, folder / "data")
        for weeks in WANTED:
            yield from _tried(desk, weeks)


def _tried(desk: OpenDesk, weeks: int | None) -> Iterator[str]:
    previews = _Timed(desk, begin=lambda work: work())
    yield f"a form is opened: {previews.opened()} until all is taken up, beside whoever types"
    for turn, phrase in enumerate(PHRASES):
        look = previews.timed(_draft(desk, phrase), weeks)
        first = previews.first
        what = f"{look.articles:,} articles, “{phrase}”, which {look.touched:,} hold"
        day = "; the first change of a day" if turn == 0 else ""
        yield (
            f"{what}: first look {first}, the stories {previews.stories}, with labels and the twelve {previews.whole} "
            f"(wanted: at most {WANTED[weeks]:.0f} s{day})"
        )


def _draft(desk: OpenDesk, phrase: str) -> Draft:
    body = saving.body_of(desk)
    document = document_of("topics.yaml", body)
    assert isinstance(document, Document)
    text = changed(document, Change(where=all_lists(document)[LIST].where, new=phrase))
    return keep(desk.data, body, saving.body_with(body, text), desk.clock())


class _Timed(Previews):
    """Notes when what was known."""

    first = stories = whole = ""

    def opened(self) -> str:
        self._begin()
        self.warm()
        return self._spent()

    def _begin(self) -> None:
        self._wall, self._core = time.perf_counter(), time.process_time()

    def timed(self, draft: Draft, weeks: int | None) -> Look:
        self._begin()
        self.first = self.stories = ""
        found = self.of(draft, weeks)
        self.whole = self._spent()
        assert isinstance(found, Look)
        return found

    def _say(self, key, look) -> None:  # type: ignore[no-untyped-def]
        if isinstance(look, Look):
            self.first = self.first or self._spent()
            self.stories = self.stories or (self._spent() if not look.is_first else "")
        super()._say(key, look)

    def _spent(self) -> str:
        wall, core = time.perf_counter() - self._wall, time.process_time() - self._core
        return f"{wall:.2f} s ({core:.2f} of a core)"
