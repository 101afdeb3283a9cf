"""Counts of what is stored, grouped by SQLite: what the overviews show. No text is read for them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import monitor.store.rows as rows
from monitor.model import (
    EditionCount,
    FeedDay,
    Headline,
    JobCount,
    MessageCount,
    PollOutcome,
    PollResult,
    Window,
)
from monitor.store.archive import Archive
from monitor.store.owner import Owner
from monitor.store.runs import Runs

# A day of a shift of no minutes is what the moment's text begins with; SQLite's own reckoning takes ten times as long.
_FEED_DAYS = """
SELECT feed, {day} AS day, sum(new) AS new, count(*) FILTER (WHERE result = 'failed') AS failed,
       count(*) FILTER (WHERE result NOT IN ('failed', 'left')) AS read
FROM polls WHERE at >= ? AND at < ? AND result != ? GROUP BY feed, day
"""

# What was erased from a record, or spoilt, is no link.
_REPORTED = """
SELECT json_extract(link.value, '$.outlet') AS outlet, count(DISTINCT json_extract(link.value, '$.article')) AS n
FROM editions, json_each(CASE WHEN json_valid(record) THEN record ELSE '{{}}' END, '$.items') AS item,
     json_each(item.value, '$.links') AS link
WHERE made >= ? AND made < ? AND {whose} AND json_extract(link.value, '$.outlet') IS NOT NULL GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Counts:
    archive: Archive
    owner: Owner = Owner()

    def feed_days(self, window: Window, ahead: timedelta) -> tuple[FeedDay, ...]:
        """What the polls of each feed brought on each day of a window. `ahead`: of UTC, of whose days it is told; the
        same for all of the window."""
        minutes = ahead // timedelta(minutes=1)
        day = f"date(at, '{minutes:+d} minutes')" if minutes else "substr(at, 1, 10)"
        found = self.archive.read(_FEED_DAYS.format(day=day), *rows.bounds(window), PollResult.LEFT.value)
        return tuple(
            FeedDay(
                feed=row["feed"],
                day=date.fromisoformat(row["day"]),
                new=int(row["new"]),
                failed=int(row["failed"]),
                read=int(row["read"]),
            )
            for row in found
        )

    def articles_of_feeds(self, window: Window) -> dict[str, int]:
        """How many articles of each feed were first seen in the window."""
        return self._articles("feed", window)

    def articles_of_outlets(self, window: Window) -> dict[str, int]:
        return self._articles("outlet", window)

    def _articles(self, of: str, window: Window) -> dict[str, int]:
        found = self.archive.read(
            f"SELECT {of} AS name, count(*) AS n FROM articles WHERE first_seen >= ? AND first_seen < ? GROUP BY {of}",
            *rows.bounds(window),
        )
        return {row["name"]: int(row["n"]) for row in found}

    def headlines(self, feed: str, most: int) -> tuple[Headline, ...]:
        """The articles of a feed that came last, the newest first."""
        return self.archive.values(
            _read_headline,
            "articles",
            "feed = ?",
            feed,
            columns="id, title, published, first_seen",
            order="first_seen DESC, id",
            most=most,
        )

    def last_polls(self, feed: str, most: int) -> tuple[PollOutcome, ...]:
        """The polls of a feed, the last first."""
        return self.archive.values(_read_poll, "polls", "feed = ?", feed, order="rowid DESC", most=most)

    def days_with_polls(self, moments: Sequence[datetime]) -> tuple[bool, ...]:
        """Of each span between one moment and the next, whether any feed answered in it."""
        spans = zip(moments, moments[1:], strict=False)
        return tuple(bool(self._has_read(Window(since=since, until=until))) for since, until in spans)

    def _has_read(self, window: Window) -> bool:
        found = self.archive.read(
            "SELECT 1 FROM polls WHERE at >= ? AND at < ? AND result NOT IN ('failed', 'left') LIMIT 1",
            *rows.bounds(window),
        )
        return bool(found)

    def editions(self, window: Window) -> tuple[EditionCount, ...]:
        """The drafts that were made in the window, first to last."""
        found = self.archive.read(
            "SELECT number, made, meeting, items, CASE WHEN json_valid(record) THEN "
            "json_array_length(record, '$.further') END AS further, CASE WHEN json_valid(record) THEN "
            "(SELECT json_group_array(json_extract(value, '$.story')) FROM json_each(record, '$.items')) END AS stories "
            "FROM editions "
            f"WHERE made >= ? AND made < ? AND {self.owner.rows} ORDER BY number",
            *rows.bounds(window),
            *self.owner.keys,
        )
        return tuple(
            EditionCount(
                number=int(row["number"]),
                made=rows.read_moment(row["made"]),
                meeting=date.fromisoformat(row["meeting"]) if row["meeting"] else None,
                items=int(row["items"]),
                further=int(row["further"] or 0),
                stories=frozenset(json.loads(row["stories"] or "[]")),
            )
            for row in found
        )

    def reported_of_outlets(self, window: Window) -> dict[str, int]:
        """How many articles of each outlet stand in the reports that were drafted in the window; one that stood in
        several counts once."""
        found = self.archive.read(
            _REPORTED.format(whose=self.owner.rows), *rows.bounds(window), *self.owner.keys
        )
        return {row["outlet"]: int(row["n"]) for row in found}

    def jobs(self, window: Window) -> tuple[JobCount, ...]:
        """The runs of each job that began in the window, by job."""
        seen = Runs(self.archive, self.owner).rows
        found = self.archive.read(
            "SELECT job, count(*) AS runs, sum(1 - ok) AS failed, max(started) AS last, "
            "avg(julianday(ended) - julianday(started)) * 86400 AS seconds, "
            "max(julianday(ended) - julianday(started)) * 86400 AS longest FROM runs "
            f"WHERE started >= ? AND started < ? AND {seen} GROUP BY job ORDER BY job",
            *rows.bounds(window),
            *self.owner.keys,
        )
        return tuple(
            JobCount(
                job=row["job"],
                runs=int(row["runs"]),
                failed=int(row["failed"]),
                last=rows.read_moment(row["last"]),
                usual=timedelta(seconds=max(row["seconds"], 0.0)),
                longest=timedelta(seconds=max(row["longest"], 0.0)),
            )
            for row in found
        )

    def messages(self, window: Window) -> tuple[MessageCount, ...]:
        """How the messages that were composed in the window stand, by how they stand."""
        found = self.archive.read(
            "SELECT state, count(*) AS n, max(composed) AS last FROM messages "
            f"WHERE composed >= ? AND composed < ? AND {self.owner.rows} GROUP BY state ORDER BY state",
            *rows.bounds(window),
            *self.owner.keys,
        )
        return tuple(
            MessageCount(state=row["state"], messages=int(row["n"]), last=rows.read_moment(row["last"]))
            for row in found
        )


def _read_headline(row: Any) -> Headline:
    return Headline(
        id=row["id"],
        title=row["title"],
        published=rows.read_moment(row["published"]),
        first_seen=rows.read_moment(row["first_seen"]),
    )


def _read_poll(row: Any) -> PollOutcome:
    return PollOutcome(
        feed=row["feed"],
        at=rows.read_moment(row["at"]),
        result=PollResult(row["result"]),
        entries=int(row["entries"]),
        new=int(row["new"]),
        reason=row["reason"],
    )
