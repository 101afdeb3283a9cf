"""What a person tries (`try`, `feeds try`, `feeds add`) taken apart in a worker process, one thing after another.

Nothing that the web sent, and no file of unknown origin, is parsed in the process that a person waits for: what never
ends its parsing costs its deadline, and is told with that reason. The worker is started at once and loads what it needs
while the configuration is read.
"""

from dataclasses import dataclass
from datetime import datetime
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Self

from monitor.model import Fetched, NoArticle, Page, ParsedFeed, ParseFailed
from monitor.reading.feeds import apart as feeds_apart
from monitor.reading.feeds.sitemap import SitemapIndex
from monitor.reading.turns import Task
from monitor.reading.worker import Broken, Why
from monitor.reading.workers import LIMITS, Crew, Idle, Limits, in_words
from monitor.settings import FeedKind

LOOK = "monitor.reading.look:look"  # by name: only workers need the parsers
LINKS = "monitor.reading.feeds.links:feed_links"
LOAD = "monitor.reading.look:load"


@dataclass(frozen=True, slots=True)
class Looked:
    """What a body is: a feed; else an article; else neither, and the feeds that it names."""

    feed: ParsedFeed | ParseFailed
    page: Page | NoArticle | None = None  # None where it is a feed
    links: tuple[str, ...] = ()  # looked for where it is neither


class Single:
    """A context manager: leaving it ends the worker."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._done: SimpleQueue[Any] = SimpleQueue()
        self._crew = Crew(1, limits, Idle(), self._done)
        self._tasks = 0
        self.is_beaten = False  # something took too long

    def __enter__(self) -> Self:
        self._begin(LOAD, ())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        is_done = self._tasks > 1 or not self._done.empty()  # all that it was given
        if error is None and is_done:
            self._crew.end()
            self._crew.join()
        self._crew.close()

    def look(self, answer: Fetched, seen: datetime) -> Looked:
        """What an answer is. `seen` is now."""
        found = self._answer(LOOK, (answer, seen))
        if isinstance(found, Broken):
            reason = self._said(found)
            return Looked(ParseFailed(reason=reason), NoArticle(reason=reason))
        assert isinstance(found, Looked)
        return found

    def entries(
        self, kind: FeedKind, answer: Fetched, seen: datetime
    ) -> ParsedFeed | SitemapIndex | ParseFailed:
        """What an answer says as that kind."""
        task = feeds_apart.task_of(answer, kind, seen)
        found = self._answer(task.call, task.arguments)
        if isinstance(found, Broken):
            return ParseFailed(reason=self._said(found))
        assert isinstance(found, ParsedFeed | SitemapIndex | ParseFailed)
        return found

    def links(self, answer: Fetched) -> tuple[str, ...]:
        """The feeds that a page names as its own."""
        found = self._answer(LINKS, (answer.body, answer.final_url, answer.content_type))
        return () if isinstance(found, Broken) else tuple(found)

    def _said(self, broken: Broken) -> str:
        return in_words(broken, "it", self._limits)

    def _answer(self, call: str, arguments: tuple[Any, ...]) -> Any:
        number = self._begin(call, arguments)
        while True:
            done = self._done.get()
            if isinstance(done, BaseException):
                raise done
            if done[0] == number:
                self.is_beaten |= done[1] == Broken(Why.TOO_SLOW)
                return done[1]

    def _begin(self, call: str, arguments: tuple[Any, ...]) -> int:
        self._tasks += 1
        # A site of its own: what a person tries is tried, whatever else of the site could not be taken apart.
        self._crew.add(Task(of=self._tasks, site=str(self._tasks), call=call, arguments=arguments))
        self._crew.hush()
        return self._tasks
