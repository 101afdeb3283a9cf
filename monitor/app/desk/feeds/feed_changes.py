"""The changes that the desk made in feeds.yaml, kept beside the archive so that each can be taken back, after a restart
too. A file that somebody spoilt is as none: then nothing can be taken back."""

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from monitor.app.locks import writable
from monitor.config.replacing import as_its_folder
from monitor.config.taking_back import Hunk

FILE = "feed-changes.json"
MOST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedChange:
    number: int
    at: datetime
    says: str  # what was done
    urls: tuple[str, ...]  # of the feeds that changed
    hunks: tuple[Hunk, ...]


@dataclass(frozen=True, slots=True)
class FeedChanges:
    data: Path

    def kept(self) -> tuple[FeedChange, ...]:
        """The last first."""
        try:
            found = [_read(one) for one in json.loads((self.data / FILE).read_text("utf-8"))]
        except (OSError, ValueError, TypeError, KeyError):
            return ()
        return tuple(sorted(found, key=lambda one: one.number, reverse=True))

    def keep(self, at: datetime, says: str, urls: tuple[str, ...], hunks: tuple[Hunk, ...]) -> int:
        """The number by which the change is taken back. Raises OutputError."""
        known = self.kept()
        number = max((one.number for one in known), default=0) + 1
        new = FeedChange(number=number, at=at, says=says, urls=urls, hunks=hunks)
        self._write([new, *known][:MOST])
        return number

    def forget(self, number: int) -> None:
        self._write([one for one in self.kept() if one.number != number])

    def _write(self, changes: Sequence[FeedChange]) -> None:
        file = self.data / FILE
        with writable(self.data):
            self.data.mkdir(parents=True, exist_ok=True)
            new = file.with_name(f".{FILE}.new")
            with suppress(FileNotFoundError):
                new.unlink()
            new.write_text(json.dumps([_raw(one) for one in changes], ensure_ascii=False), "utf-8")
            os.replace(new, file)
            as_its_folder(file)


def _raw(change: FeedChange) -> dict[str, Any]:
    return {**asdict(change), "at": change.at.isoformat()}


def _read(raw: dict[str, Any]) -> FeedChange:
    hunks = tuple(Hunk(**{key: tuple(lines) for key, lines in hunk.items()}) for hunk in raw["hunks"])
    at = datetime.fromisoformat(raw["at"])
    if at.tzinfo is None:
        raise ValueError("a moment without a zone")
    return FeedChange(
        number=int(raw["number"]), at=at, says=str(raw["says"]), urls=tuple(raw["urls"]), hunks=hunks
    )
