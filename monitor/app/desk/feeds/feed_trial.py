"""An address tried for somebody who waits in a browser: as `monitor feeds try`, and one of its articles as it would be
read, within half a minute.

Who presses the button twice, or has a slow site tried, must not stop the desk: two are tried at once at the most, each
beside the page's own thread, and what is not done in time is cut.
"""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from queue import Empty, SimpleQueue

from monitor.app.answers import Tried, TriedArticle, TriedNothing, try_address_of_page
from monitor.app.desk.opened import OpenDesk
from monitor.app.feed_trial import Found, TriedAddress, try_address
from monitor.app.network import fetcher
from monitor.config.feeds_text import WrittenFeed, feed_lines, written
from monitor.errors import InputError, MonitorError
from monitor.model import Fetch
from monitor.reading.single import Single
from monitor.reading.urls import host
from monitor.settings import Config

SECONDS = 30.0
SECONDS_EACH = 10.0  # for one answer; two that are not in time end the trial
AT_ONCE = 2
EXAMPLES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTrial:
    address: str
    tried: TriedAddress
    article: TriedArticle | None  # of the best, its first entry as it would be read
    no_article: str  # why there is none; "" where there is one, or nothing to read it from
    proposal: WrittenFeed | None  # what would be added
    lines: tuple[str, ...]  # the same as it would be written
    known: str  # what the list calls the feed that it has already; "" where it has none


@dataclass(frozen=True, slots=True)
class TrialRefused:
    """Nothing was asked, or no answer came in time."""

    why: str


_BARE = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:[/?#].*)?", re.IGNORECASE)


def in_full(address: str) -> str:
    """An address as people type it, "www.paper.example/news", is meant with https:// in front."""
    return f"https://{address}" if _BARE.fullmatch(address) else address


@dataclass(frozen=True, slots=True)
class Trials:
    """Those under way; one for a desk."""

    seconds: float = SECONDS
    _places: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(AT_ONCE))

    def of(self, desk: OpenDesk, address: str) -> ShownTrial | TrialRefused:
        address = in_full(address)
        if not host(address):
            return TrialRefused("This is not a web address: write it in full, with https:// in front.")
        config, now = desk.config(), desk.clock()
        if not self._places.acquire(blocking=False):
            return TrialRefused("Two other addresses are being tried. Send this one again in half a minute.")
        try:
            return self._within(config, address, now)
        except MonitorError as error:
            return TrialRefused(str(error))

    def _within(self, config: Config, address: str, now: datetime) -> ShownTrial | TrialRefused:
        """The place is given back when the work ends, which may be after somebody was told that it took too long."""
        answers: SimpleQueue[ShownTrial | BaseException] = SimpleQueue()
        try:
            fetch = fetcher(config.network, SECONDS_EACH)
        except MonitorError:
            self._places.release()
            raise

        def work() -> None:
            try:
                with fetch:
                    answers.put(_tried(config, fetch, address, now))
            except BaseException as error:  # the page's thread raises it
                answers.put(error)
            finally:
                self._places.release()

        threading.Thread(target=work, name="an address tried", daemon=True).start()
        return _answer(answers, self.seconds, fetch.close, address)


def _answer(
    answers: "SimpleQueue[ShownTrial | BaseException]", seconds: float, cut: Callable[[], None], address: str
) -> ShownTrial | TrialRefused:
    try:
        answer = answers.get(timeout=seconds)
    except Empty:
        cut()
        return TrialRefused(
            f"{host(address)} did not answer within {seconds:.0f} seconds, so nothing is known of it. Try again later, or "
            "run `monitor feeds try` on the desk’s machine, which waits longer."
        )
    if isinstance(answer, BaseException):
        raise answer
    return answer


def _tried(config: Config, fetch: Fetch, address: str, now: datetime) -> ShownTrial:
    tried = try_address(fetch, address, now)
    best = tried.best
    article = _article(config, fetch, best, now) if best else None
    proposal = written(best.proposal()) if best else None
    return ShownTrial(
        address=address,
        tried=tried,
        article=article if isinstance(article, TriedArticle) else None,
        no_article=article.reason if isinstance(article, TriedNothing) else "",
        proposal=proposal,
        lines=feed_lines(proposal) if proposal else (),
        known=next((feed.name for feed in config.feeds if best and feed.url == best.url), ""),
    )


def _article(config: Config, fetch: Fetch, best: Found, now: datetime) -> Tried | None:
    entry = next((entry for entry in best.entries if entry.url), None)
    if entry is None:
        return None
    with Single() as single:
        try:
            return try_address_of_page(config, fetch, single, entry.url, now)
        except InputError as error:
            return TriedNothing(target=entry.url, reason=str(error))
