"""What is asked of the index. Whoever writes meanwhile is not waited for; what cannot be read is a StoreError that says
that the index is made anew, for its writer does so.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from monitor.errors import StoreError
from monitor.model import (
    EVERYTHING,
    Area,
    Choice,
    Counted,
    Dated,
    Facet,
    Found,
    IndexState,
    Narrowed,
    Only,
    Order,
    Place,
    Results,
    Term,
    Verdict,
)
from monitor.store.search.file import connected, is_ours
from monitor.store.search.matching import match_of

LONDON = ZoneInfo("Europe/London")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
RANKED = 2_000  # of the newest hits: ranking costs each of them a look at its words
TITLE, TEXT = 4.0, 1.0  # what a hit weighs, by where it stands

ANYTHING = Narrowed()

_MICROSECOND = timedelta(microseconds=1)
_FIRST, _LAST = -(2**63), 2**63 - 1
_VERDICT = "v.choice, v.score, v.area, v.topics, v.councils, v.reason"
_JUDGED = " JOIN verdicts v ON v.number = d.number AND v.digest = :digest"

Values = dict[str, Any]


def microseconds(moment: datetime) -> int:
    return (moment - EPOCH) // _MICROSECOND


def london_day(moment: datetime) -> str:
    return moment.astimezone(LONDON).date().isoformat()


def open_to_ask(path: Path, digest: str) -> "SearchIndex | None":
    """The index with the verdicts by the rules of this digest (`Rules.digest`); None where there is none yet that can
    be asked."""
    try:
        connection = connected(path, "rw")
    except sqlite3.Error:
        return None
    if not is_ours(connection):
        connection.close()
        return None
    return SearchIndex(connection, digest)


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """Open; close it, or use it as a context manager."""

    connection: sqlite3.Connection
    digest: str

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ── stories ─────────────────────────────────────────────────────────────────────────────────────────────────

    def find(
        self,
        term: Term,
        narrowed: Narrowed = ANYTHING,
        order: Order = Order.NEWEST,
        after: Place | None = None,
        most: int = 20,
    ) -> Results:
        """A page of what holds it, and how many do in all. Raises StoreError."""
        asked = self._asked(term, narrowed)
        with self._plainly(), self._at_one_moment():
            total = self._count(asked)
            if order is Order.BEST and asked.is_text:
                rows = self._best(asked, after, most + 1)
            else:
                rows = self._newest(asked, narrowed.dated, after, most + 1)
        found = tuple(map(_found, rows[:most]))
        is_cut = order is Order.BEST and asked.is_text and total > RANKED
        return Results(found=found, total=total, has_more=len(rows) > most, ranked=RANKED if is_cut else 0)

    def _count(self, asked: "_Asked") -> int:
        sql = f"SELECT count(*) FROM {asked.source}{_JUDGED if asked.by_verdict else ''} WHERE {asked.where}"
        return int(self.connection.execute(sql, asked.values).fetchone()[0])

    def _newest(self, asked: "_Asked", dated: Dated, after: Place | None, most: int) -> list[Any]:
        at = "d.first_seen" if dated is Dated.RECEIVED else "0"
        number = "words.rowid" if asked.is_text and at == "0" else "d.number"
        values, where = {**asked.values, "most": most}, asked.where
        if after:
            values |= {"at": int(after.at), "number": after.number}
            where += f" AND {number} < :number" if at == "0" else f" AND ({at}, {number}) < (:at, :number)"
        order = f"{number} DESC" if at == "0" else f"{at} DESC, {number} DESC"
        sql = (
            f"SELECT d.article, {at} AS at, d.number, {_VERDICT} FROM {asked.source} LEFT{_JUDGED} "
            f"WHERE {where} ORDER BY {order} LIMIT :most"
        )
        return self.connection.execute(sql, values).fetchall()

    def _best(self, asked: "_Asked", after: Place | None, most: int) -> list[Any]:
        """Ranked are the newest; of two alike the newer comes first."""
        values, where = {**asked.values, "most": most, "ranked": RANKED}, "true"
        if after:
            values |= {"at": after.at, "number": after.number}
            where = "(at, -number) > (:at, -:number)"
        ranked = (
            f"SELECT d.article, bm25(words, {TITLE}, {TEXT}) AS at, words.rowid AS number FROM {asked.source}"
            f"{_JUDGED if asked.by_verdict else ''} WHERE {asked.where} ORDER BY words.rowid DESC LIMIT :ranked"
        )
        sql = (
            f"SELECT d.article, d.at, d.number, {_VERDICT} FROM ({ranked}) d LEFT{_JUDGED} "
            f"WHERE {where} ORDER BY at, d.number DESC LIMIT :most"
        )
        return self.connection.execute(sql, values).fetchall()

    def candidates(
        self, terms: Sequence[Term], since: datetime | None = None, until: datetime | None = None
    ) -> frozenset[str]:
        """The articles first seen in the window, `until` not in it, that may hold one of the terms: all that do, and
        some more. Raises StoreError."""
        values: Values = {
            "since": microseconds(since) if since else _FIRST,
            "until": microseconds(until) if until else _LAST,
        }
        found: set[str] = set()
        with self._plainly(), self._at_one_moment():
            for term in dict.fromkeys(terms):
                rows = self.connection.execute(
                    "SELECT d.article FROM words CROSS JOIN docs d ON d.number = words.rowid "
                    "WHERE words MATCH :match AND d.first_seen >= :since AND d.first_seen < :until",
                    {**values, "match": match_of(term)},
                )
                found.update(row[0] for row in rows)
        return frozenset(found)

    def verdicts_of(self, articles: Iterable[str]) -> Mapping[str, Verdict]:
        """Those that are known, without evidence, by article. Raises StoreError."""
        sql = (
            f"SELECT d.article, 0, d.number, {_VERDICT} FROM docs d{_JUDGED} "
            "WHERE d.article IN (SELECT value FROM json_each(:articles))"
        )
        values = {"digest": self.digest, "articles": json.dumps(sorted(set(articles)))}
        with self._plainly():
            rows = self.connection.execute(sql, values).fetchall()
        return {row[0]: verdict for row in rows if (verdict := _verdict(row))}

    # ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────────

    def state(self, stored: int) -> IndexState:
        """`stored`: how many articles the archive holds, with and without a text. Raises StoreError."""
        with self._plainly():
            indexed, aside, judged = self.connection.execute(
                "SELECT (SELECT count(*) FROM docs), (SELECT count(*) FROM aside), "
                "(SELECT count(*) FROM verdicts WHERE digest = ?)",
                (self.digest,),
            ).fetchone()
        return IndexState(indexed=indexed, judged=judged, stored=stored - aside)

    def counts(self, facet: Facet, term: Term = EVERYTHING, narrowed: Narrowed = ANYTHING) -> dict[str, int]:
        """How many stories there are of each value of the facet, the most first. Raises StoreError."""
        asked = self._asked(term, narrowed)
        value, join = _grouped(facet, first_only=False)
        sql = (
            f"SELECT {value}, count(*) FROM {asked.source}{join or (_JUDGED if asked.by_verdict else '')} "
            f"WHERE {asked.where} GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        with self._plainly():
            return dict(self.connection.execute(sql, asked.values).fetchall())

    def weekly(
        self,
        facet: Facet | None,
        term: Term = EVERYTHING,
        narrowed: Narrowed = ANYTHING,
        *,
        first_only: bool = False,
    ) -> tuple[Counted, ...]:
        """How many stories there are by week and value of the facet, in order; None: of each week in all, under "".
        A story of two topics counts in both; `first_only`: in the first. Raises StoreError."""
        asked = self._asked(term, narrowed)
        value, join = _grouped(facet, first_only=first_only) if facet else ("''", "")
        day = "d.received" if narrowed.dated is Dated.RECEIVED else "d.published"
        sql = (
            f"SELECT date({day}, '-6 days', 'weekday 1') AS week, {value} AS value, count(*) FROM {asked.source}"
            f"{join or (_JUDGED if asked.by_verdict else '')} WHERE {asked.where} GROUP BY week, value ORDER BY week, value"
        )
        with self._plainly():
            rows = self.connection.execute(sql, asked.values).fetchall()
        return tuple(Counted(week=date.fromisoformat(week), value=value, count=n) for week, value, n in rows)

    def _asked(self, term: Term, narrowed: Narrowed) -> "_Asked":
        return _asked(term, narrowed, self.digest)

    @contextmanager
    def _at_one_moment(self) -> Iterator[None]:
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.execute("COMMIT")

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"The search index cannot be read ({error}). It is made anew from the archive; look again in a minute."
            ) from error


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question's parts."""

    is_text: bool  # some word is sought
    source: str
    where: str
    values: Values
    by_verdict: bool


def _asked(term: Term, narrowed: Narrowed, digest: str) -> _Asked:
    values: Values = {"digest": digest}
    conditions: list[str] = []
    is_text = term != EVERYTHING
    number = "d.number"
    if is_text:
        number = "words.rowid"
        conditions.append("words MATCH :match")
        values["match"] = match_of(term)
    moment = "d.first_seen" if narrowed.dated is Dated.RECEIVED else number
    if narrowed.since:
        conditions.append(f"{moment} >= :since")
        values["since"] = _midnight(narrowed.since)
    if narrowed.until:
        conditions.append(f"{moment} < :until")
        values["until"] = _midnight(narrowed.until + timedelta(days=1))
    for place, only in enumerate(narrowed.only):
        conditions.append(_condition(only, f"only{place}"))
        values[f"only{place}"] = json.dumps(only.values)
    source = "words CROSS JOIN docs d ON d.number = words.rowid" if is_text else "docs d"
    by_verdict = any(only.facet is not Facet.OUTLET for only in narrowed.only)
    return _Asked(is_text, source, " AND ".join(conditions) or "true", values, by_verdict)


def _midnight(day: date) -> int:
    return microseconds(datetime.combine(day, time(), LONDON).astimezone(UTC))


def _condition(only: Only, name: str) -> str:
    within = f"IN (SELECT value FROM json_each(:{name}))"
    if only.facet in _TABLES:
        held = (
            f"EXISTS (SELECT 1 FROM {_TABLES[only.facet]} o WHERE o.number = d.number AND o.value {within})"
        )
    else:
        held = f"{_COLUMNS[only.facet]} {within}"
    return f"NOT {held}" if only.is_not else held


_TABLES = {Facet.TOPIC: "topic_of", Facet.COUNCIL: "council_of"}
_COLUMNS = {Facet.OUTLET: "d.outlet", Facet.AREA: "v.area", Facet.VERDICT: "v.choice"}


def _grouped(facet: Facet, *, first_only: bool) -> tuple[str, str]:
    """The column, and what is joined for it."""
    if facet in _TABLES:
        first = " AND g.place = 0" if first_only else ""
        return "g.value", f"{_JUDGED} JOIN {_TABLES[facet]} g ON g.number = d.number{first}"
    return _COLUMNS[facet], "" if facet is Facet.OUTLET else _JUDGED


def _found(row: Sequence[Any]) -> Found:
    return Found(article=row[0], place=Place(row[1], row[2]), verdict=_verdict(row))


def _verdict(row: Sequence[Any]) -> Verdict | None:
    choice, score, area, topics, councils, reason = row[3:]
    if choice is None:
        return None
    return Verdict(
        choice=Choice(choice),
        score=score,
        area=Area[area],
        topics=tuple(json.loads(topics)),
        councils=tuple(json.loads(councils)),
        reason=reason,
    )
