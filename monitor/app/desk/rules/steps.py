"""How far one preview is, told to whoever looks."""

import time
from collections.abc import Callable
from dataclasses import replace

from monitor.app.desk.rules.looks import Look, Running

OFTEN_ENOUGH = 0.2  # seconds between two words on how much is done


class Step:
    def __init__(self, tell: Callable[[Look | Running], None]) -> None:
        self._tell, self._began = tell, time.monotonic()
        self.look: Look | None = None
        self._said = 0.0

    @property
    def shown(self) -> Look:
        assert self.look is not None
        return self.look

    def progress(self, doing: str, done: int, of: int) -> None:
        now = time.monotonic()
        if now - self._said < OFTEN_ENOUGH and done:
            return
        self._said = now
        running = Running(doing=doing, done=done, of=of)
        self._tell(replace(self.look, running=running) if self.look else running)

    def say(self, then: str, **known: object) -> None:
        """Some more is known, and this is done next."""
        running = Running(doing=then) if then else self.shown.running
        self.look = replace(self.shown, running=running, seconds=self._spent(), **known)  # type: ignore[arg-type]
        self._tell(self.look)

    def finish(self) -> None:
        self.look = replace(self.shown, running=None, seconds=self._spent())
        self._tell(self.look)

    def _spent(self) -> float:
        return time.monotonic() - self._began
