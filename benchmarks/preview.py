"""A changed phrase tried before it is saved, over an archive of a year (`benchmarks/years.py`) whose words are indexed.

What a person waits for: the first look (the stories that flip, before anything is put together), and the whole answer
where the stories were put together for an earlier change, as they are for every change of the day but the first. How
long that first one takes is said too. Seconds, and of them those of a core.

    YEARS=FOLDER python -m benchmarks preview      over a copy of one that was made before
"""

import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.desk import archive
from monitor.app.desk.opened import OpenDesk
from monitor.app.desk.rules import saving
from monitor.app.desk.rules.drafts import Draft, keep
from monitor.app.desk.rules.lists import all_lists
from monitor.app.desk.rules.previews import Look, Previews
from monitor.config.topics_edit import Change, changed
from monitor.config.yamlfile import Document, document_of
from monitor.pipeline.indexing import take_in
from monitor.store import Store
from monitor.store.search import FILE, open_to_write

LIST = "cues/raise/figures"
PHRASES = ("officers on the beat", "council budget", "figures show")
WANTED = {12: 2.0, None: 8.0}  # seconds, by weeks


def run() -> Iterator[str]:
    with TemporaryDirectory() as name:
        folder = Path(name) / "desk"
        archive(folder)
        with open_to_write(folder / "data" / FILE) as intake:
            for _ in take_in(lambda: Store.open(folder / "data" / "archive.db", make=False), intake):
                pass
        desk = OpenDesk(folder, folder / "data")
        for weeks in WANTED:
            yield from _tried(desk, weeks)


def _tried(desk: OpenDesk, weeks: int | None) -> Iterator[str]:
    previews = _Timed(desk, begin=lambda work: work())
    for turn, phrase in enumerate(PHRASES):
        look = previews.timed(_draft(desk, phrase), weeks)
        first = previews.first
        what = f"{look.articles:,} articles, “{phrase}”, which {look.touched:,} hold"
        if turn == 0:
            yield f"{what}: first look {first}, all of it {previews.whole} (the first change of a day)"
        else:
            yield (
                f"{what}: {previews.stories}, with labels and the twelve {previews.whole} "
                f"(wanted of the stories: at most {WANTED[weeks]:.0f} s)"
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

    def timed(self, draft: Draft, weeks: int | None) -> Look:
        self._wall, self._core = time.perf_counter(), time.process_time()
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
