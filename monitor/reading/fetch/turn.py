"""Whose turn it is at a host, where several processes or machines ask: taken before every request, given back after it.

1. A call (a feed, a page with its robots.txt, an address with those to which it leads) is at one host at a time. It takes
   that host's turn before each of its requests, also where it has it since the last: so it hears that its work was given
   to another. Where it is led elsewhere, the first host's turn is given back before the other's is taken: who holds none
   while waiting keeps nobody waiting.
2. The first host is waited for as long as it takes, before the call's own time begins; one to which it leads, within
   that time. What did not come to its turn is *left* (`hosts.py`), which is no failure.
3. A host that answers 429 rests for as long as it asks for, at all of them, from that answer on: a feed of another host
   whose pages stand there may be under way elsewhere. Nobody waits for its turn that long; what is refused so is told as
   by the host itself.
4. A process may be frozen between its turn and the first byte that it sends, and wake when the turn is another's. So the
   turn is looked at once more right before, and is taken anew where it is older than `STALE`.

Where one process does all the asking there is nothing to take (`Freely`): it spaces by itself (`gather.py`).
"""

import itertools
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

STALE = 5.0  # seconds; a turn lasts for longer than that and a call together (`Turns`)
LOOK_AGAIN = 0.25  # seconds at the most, after which to ask again for a turn that is another's
SOONEST = 0.02
LONGEST = 60.0  # seconds; who holds a turn for longer died, so a host that rests for longer has asked for that (429)


class Turns(Protocol):
    """Turns at hosts, shared with others. Safe to ask from many threads."""

    def claim(self, host: str, by: str) -> float:
        """0 where the turn is this call's, for a minute at the most; else the seconds in which it may be. Raises
        `MonitorError` where nothing may be asked any more."""

    def release(self, host: str, by: str, rest: float) -> None:
        """It is over: the host rests for so many seconds before it is another call's turn."""


class Freely:
    """Nobody else asks."""

    def claim(self, host: str, by: str) -> float:
        return 0.0

    def release(self, host: str, by: str, rest: float) -> None:
        """Nothing was taken."""


FREELY = Freely()


class NoTurn(Exception):
    """It did not come to its turn in time."""


class WantsRest(Exception):
    """The host asked another to leave it alone."""

    def __init__(self, url: str, wait: timedelta) -> None:
        super().__init__(url)
        self.url, self.wait = url, wait


_numbers = itertools.count(1)


class Turn:
    """One call's turn, at one host at a time."""

    def __init__(self, turns: Turns, rest: Callable[[str], timedelta], is_over: Callable[[], bool]) -> None:
        self._turns, self._rest, self._is_over = turns, rest, is_over
        self._by = str(next(_numbers))
        self._host = ""  # whose turn it has
        self._url = ""
        self._since = 0.0  # monotonic seconds
        self._is_used = True  # for a request
        self._asked_for = timedelta(0)  # by the host: a rest

    def take(self, host: str, url: str, until: float | None = None) -> None:
        """Waits for the host's turn; until that moment (monotonic), or the fetcher is closed. Raises NoTurn, and
        WantsRest."""
        if self._host and host != self._host:
            self.close()
        self._url = url
        if self._host and not self._is_used and time.monotonic() - self._since <= STALE:
            return
        while (wait := self._turns.claim(host, self._by)) > 0:
            self._host = ""
            if self._is_over() or (until is not None and time.monotonic() >= until):
                raise NoTurn
            if wait > max(LONGEST, self._rest(url).total_seconds()):
                raise WantsRest(url, timedelta(seconds=wait))
            time.sleep(min(max(wait, SOONEST), LOOK_AGAIN))
        self._host, self._since, self._is_used = host, time.monotonic(), False

    def sends(self) -> None:
        """Right before the first byte: the turn is as it was. Raises NoTurn."""
        if time.monotonic() - self._since > STALE:
            self.take(self._host, self._url, time.monotonic())
        self._is_used = True

    def wants_rest(self, wait: timedelta) -> None:
        """The host that has just answered is to be left alone for so long."""
        self._asked_for = wait

    def close(self) -> None:
        if self._host:
            rest = max(self._rest(self._url), self._asked_for)
            self._turns.release(self._host, self._by, rest.total_seconds())
            self._host, self._asked_for = "", timedelta(0)
