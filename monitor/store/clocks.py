"""Moments that a clock ahead of time has written: where they may stand, how they are found, and set right.

`MOMENTS` names every column that holds a moment: a new one has its line here, and a test compares the list with the
schema. What is believed, and what a moment becomes, is decided in `store/believed.py`.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

import monitor.store.rows as rows
from monitor.errors import ArchiveLost
from monitor.model import Run
from monitor.store.archive import Archive
from monitor.store.believed import Witness, limit
from monitor.store.owner import NOBODY, insert_into

CLOCK = "clock"  # the name under which the record of runs tells that moments were set right

DONE, SEEN, UNKNOWN = ":last", ":now", "NULL"
_LEARNED = "CASE WHEN json_valid(record) THEN json_set(record, '$.learned', :now) ELSE record END"  # also where it is damaged
AGAIN = ":later"  # as long as a page is asked for anew


@dataclass(frozen=True, slots=True)
class Moment:
    table: str
    column: str
    becomes: str  # where it is beyond what is believed
    by: str = ""  # the column that tells, where it is another: what waits is of the future rightly

    @property
    def told_by(self) -> str:
        return self.by or self.column


MOMENTS = (
    Moment("articles", "first_seen", SEEN),
    Moment("articles", "published", SEEN),
    Moment("articles", "published_is_guess", "1", by="published"),
    Moment("articles", "forgotten", DONE),
    Moment("decisions", "learned", SEEN),
    Moment("decisions", "record", _LEARNED, by="learned"),  # which tells it too
    Moment("decisions", "withdrawn", DONE),
    Moment("editions", "made", DONE),
    Moment("editions", "issued", DONE),
    Moment("editions", "since", DONE),
    Moment("editions", "until", DONE),
    Moment("editions", "weekly", UNKNOWN, by="made"),  # so it stands for no week, and this week's is made
    Moment("erasures", "at", DONE),
    Moment("feed_states", "next_poll", UNKNOWN, by="last_poll"),
    Moment("feed_states", "last_poll", DONE),
    Moment("feed_states", "last_success", DONE),
    Moment("feed_states", "last_new", SEEN),
    Moment("feed_states", "last_full", UNKNOWN),
    Moment("feed_states", "gone_since", SEEN),
    Moment("feed_states", "left_since", SEEN),
    Moment("forgotten", "at", DONE),
    Moment("host_waits", "until", DONE),
    Moment("messages", "composed", DONE),
    Moment("messages", "tried", DONE),
    Moment("page_checks", "at", DONE),
    Moment("page_retries", "next_try", SEEN),
    Moment("page_retries", "until", AGAIN, by="next_try"),
    Moment("polls", "at", DONE),
    Moment("revisions", "at", SEEN),
    Moment("runs", "started", DONE),
    Moment("runs", "ended", DONE),
    Moment("told", "since", SEEN),
    Moment("told", "told", DONE),
    Moment("told", "tried", DONE),
)

# What was done or seen, and so was never to be of the future: by these the archive is a witness of the time.
_DONE = (
    *(("articles", "first_seen"), ("polls", "at"), ("runs", "started"), ("feed_states", "last_poll")),
    *(("editions", "made"), ("messages", "composed"), ("decisions", "learned")),
    *(("revisions", "at"), ("page_checks", "at")),
)
_WAITED_FOR = (
    ("page_retries", "next_try"),
    ("host_waits", "until"),
)  # never as far off as what is not believed
_FORM = "[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].*+00:00"
ASKED_AGAIN = timedelta(days=2)  # as `reading/schedule/retrying.py` says of pages


@dataclass(frozen=True, slots=True)
class Clocks:
    archive: Archive

    def witness(self, now: datetime) -> Witness:
        """What the archive says of the time."""
        newest = self._of("max", "IS NOT NULL", (*_DONE, *_WAITED_FOR))
        if newest is None or newest <= limit(now):
            return Witness(clock=now, newest=newest, last=None, following=None, dated=0, dated_ahead=0)
        at, dated = f"'{rows.moment_text(now)}'", self._dated(now)
        return Witness(
            clock=now,
            newest=newest,
            last=self._of("max", f"<= {at}", _DONE),
            following=self._of("min", f"> {at}", _DONE),
            dated=dated["dated"],
            dated_ahead=dated["ahead"],
        )

    def _of(self, which: str, holds: str, columns: Sequence[tuple[str, str]]) -> datetime | None:
        """The latest or earliest of the columns; one that is damaged is no witness."""
        found = [self._of_one(which, holds, table, column) for table, column in columns]
        moments = [moment for moment in found if moment]
        return (max if which == "max" else min)(moments, default=None)

    def _of_one(self, which: str, holds: str, table: str, column: str) -> datetime | None:
        for form in ("", f" AND glob('{_FORM}', {column})"):
            sql = f"SELECT {which}({column}) AS moment FROM {table} WHERE {column} {holds}{form}"
            with suppress(ArchiveLost, ValueError):
                moment = self.archive.read(sql)[0]["moment"]
                return rows.read_moment(moment) if moment else None
        return None

    def _dated(self, now: datetime) -> Any:
        """Of the articles first seen beyond what is believed and dated by their outlets, how many are dated beyond
        it."""
        beyond = rows.moment_text(limit(now))
        return self.archive.read(
            "SELECT count(*) AS dated, count(*) FILTER (WHERE published > ?) AS ahead FROM articles "
            "WHERE first_seen > ? AND published_is_guess = 0",
            beyond,
            beyond,
        )[0]

    def set_right(self, witness: Witness) -> Run | None:
        """Sets right what is beyond now, whole or not at all, and keeps a record that says so; None where another
        command has done it."""
        values = _values(witness)
        with self.archive.transaction() as db:
            changed = 0
            for table, moments in _by_table():
                changes = ", ".join(f"{moment.column} = {_right(moment)}" for moment in moments)
                ahead = " OR ".join(sorted({f"{moment.told_by} > :limit" for moment in moments}))
                changed += db.execute(f"UPDATE {table} SET {changes} WHERE {ahead}", values).rowcount
            if not changed:
                return None
            now, told = witness.clock, _told(witness, changed)
            run = Run(job=CLOCK, started=now, ended=now, ok=True, summary=told)
            row = {"panel": NOBODY, **rows.run_row(run)}
            db.execute(insert_into("runs", row), row)
        return run

    def show_right(self, witness: Witness) -> None:
        """For who only reads: on this connection the tables look as `set_right` would leave them."""
        values = {name: f"'{value}'" for name, value in _values(witness).items()}
        columns = self.archive.columns()
        for table, moments in _by_table():
            right = {moment.column: _right(moment) for moment in moments}
            shown = ", ".join(
                f"{right.get(column, _quoted(column))} AS {_quoted(column)}" for column in columns[table]
            )
            sql = f"CREATE TEMP VIEW {table} AS SELECT rowid AS rowid, {shown} FROM main.{table}"
            for name, value in values.items():
                sql = sql.replace(f":{name}", value)
            self.archive.read(sql)


def _quoted(column: str) -> str:
    return f'"{column}"'


def _by_table() -> list[tuple[str, list[Moment]]]:
    return [(table, list(moments)) for table, moments in groupby(MOMENTS, lambda moment: moment.table)]


def _right(moment: Moment) -> str:
    return f"CASE WHEN {moment.told_by} > :limit THEN {moment.becomes} ELSE {moment.column} END"


def _values(witness: Witness) -> dict[str, str]:
    return {
        "limit": rows.moment_text(limit(witness.clock)),
        "later": rows.moment_text(witness.clock + ASKED_AGAIN),
        "last": rows.moment_text(witness.last or witness.clock),
        "now": rows.moment_text(witness.clock),
    }


def _told(witness: Witness, changed: int) -> str:
    days = round((witness.newest - witness.clock) / timedelta(days=1)) if witness.newest else 0
    return (
        f"The clock had been ahead, by {days} days: {changed:,} entries of the archive bore moments of the future, and "
        "were set right. What was read meanwhile is in the next draft, and the feeds are read at once."
    )
