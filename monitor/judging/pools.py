"""Pools: events of which readers chose those for a report, to measure the choice by. One JSON object a line.

`story` joins an event to its labelled reports. `chosen`: it belongs into the report; `report`, `next` and `never` say of
how many readers it stands in the report, in the next dozen, and nowhere near one. Other keys are for people.
A mistake is named with its file and line.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from monitor.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolEvent:
    story: str
    title: str
    chosen: bool
    votes: int  # readers who put it into the report


def read_pool(name: str, lines: Iterable[str]) -> tuple[PoolEvent, ...]:
    """Raises InputError for the first mistake, as `name:line: key: what`."""
    events: dict[str, PoolEvent] = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            event = _event(f"{name}:{number}", line)
            if event.story in events:
                raise InputError(f"{name}:{number}: story: {event.story} stands twice")
            events[event.story] = event
    return tuple(events.values())


def _event(where: str, line: str) -> PoolEvent:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: not JSON: {error}") from error
    if not isinstance(record, dict):
        raise InputError(f"{where}: a JSON object is wanted")
    story, chosen = record.get("story"), record.get("chosen")
    if not isinstance(story, str) or not story:
        raise InputError(f"{where}: story: the slug of an event is wanted, as in the labelled stories")
    if not isinstance(chosen, bool):
        raise InputError(f"{where}: chosen: true or false is wanted, not {chosen!r:.60}")
    title, votes = record.get("title", ""), record.get("report", int(chosen))
    if not isinstance(votes, int):
        raise InputError(f"{where}: report: a number of readers is wanted, not {votes!r:.60}")
    return PoolEvent(story=story, title=str(title), chosen=chosen, votes=votes)
