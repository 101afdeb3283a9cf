"""What is asked of the index. Whoever writes meanwhile is not waited for; what cannot be read is a StoreError that says
that the index is made anew, for its writer does so.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

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
from monitor.store.search.days import WEEK, microseconds, midnight, monday
from monitor.store.search.index import Index

RANKED = 2_000  # of the newest hits: ranking costs each of them a look at its words
ANYTHING = Narrowed()

_FIRST, _LAST = -(2**63), 2**63 - 1
_ROW = "d.choice, v.score, d.area, v.topics, v.councils, v.reason"
_VERDICT = " LEFT JOIN verdicts v ON v.number = d.number AND d.rules = :rules"

Values = dict[str, Any]


def asked_of(index: Index, digest: str) -> "SearchIndex":
    """The index with the verdicts by the rules of this digest (`Rules.digest`)."""
    found = index.execute("SELECT id FROM rules WHERE digest = ?", (digest,)).fetchone()
    return SearchIndex(index, found[0] if found else 0)


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """Open; close it, or use it as a context manager."""

    index: Index
    rules: int  # as the index numbers them; 0: nothing was judged by them

    def close(self) -> None:
        self.index.close()

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
        asked = _asked(self.index, term, narrowed, self.rules)
        with self.index.asked(), self.index.at_one_moment():
            total = self._count(asked)
            if order is Order.BEST and asked.is_text:
                rows = self._best(asked, after, most + 1)
            else:
                rows = self._newest(asked, narrowed.dated, after, most + 1)
        found = tuple(map(_found, rows[:most]))
        is_cut = order is Order.BEST and asked.is_text and total > RANKED
        return Results(found=found, total=total, has_more=len(rows) > most, ranked=RANKED if is_cut else 0)

    def count(self, term: Term) -> int:
        """How many hold it. Raises StoreError."""
        with self.index.asked():
            return self._count(_asked(self.index, term, ANYTHING, self.rules))

    def _count(self, asked: "_Asked") -> int:
        """Where nothing but words is asked for, no row of a story is looked at."""
        if asked.is_plain:
            sql = (
                f"SELECT (SELECT count(*) FROM words WHERE {self.index.holds}) - (SELECT count(*) FROM words "
                f"WHERE {self.index.holds} AND rowid IN (SELECT number FROM left_behind))"
            )
        else:
            sql = f"SELECT count(*) FROM {asked.source} WHERE {asked.where}"
        return int(self.index.execute(sql, asked.values).fetchone()[0])

    def _newest(self, asked: "_Asked", dated: Dated, after: Place | None, most: int) -> list[Any]:
        number = "words.rowid" if asked.is_text else "d.number"
        values, where = {**asked.values, "most": most}, asked.where
        if after:
            values |= {"at": int(after.at), "number": after.number}
        if dated is Dated.RECEIVED:
            at, order = "d.first_seen", "at DESC, d.number DESC"
            where += " AND (d.first_seen, d.number) < (:at, :number)" if after else ""
        else:
            at, order = "0", f"{number} DESC"
            where += f" AND {number} < :number" if after else ""
        page = f"SELECT d.*, {at} AS at FROM {asked.source} WHERE {where} ORDER BY {order} LIMIT :most"
        order = order.replace("words.rowid", "d.number")
        sql = f"SELECT d.article, d.at, d.number, {_ROW} FROM ({page}) d{_VERDICT} ORDER BY {order}"
        return self.index.execute(sql, values).fetchall()

    def _best(self, asked: "_Asked", after: Place | None, most: int) -> list[Any]:
        """Ranked are the newest; of two alike the newer comes first."""
        values, where = {**asked.values, "most": most, "ranked": RANKED}, "true"
        if after:
            values |= {"at": after.at, "number": after.number}
            where = "(d.at, -d.number) > (:at, -CAST(:number AS BIGINT))"
        ranked = (
            f"SELECT d.*, {self.index.rank} AS at FROM {asked.source} WHERE {asked.where} "
            "ORDER BY words.rowid DESC LIMIT :ranked"
        )
        sql = (
            f"SELECT d.article, d.at, d.number, {_ROW} FROM ({ranked}) d{_VERDICT} "
            f"WHERE {where} ORDER BY d.at, d.number DESC LIMIT :most"
        )
        return self.index.execute(sql, values).fetchall()

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
        with self.index.asked(), self.index.at_one_moment():
            for term in dict.fromkeys(terms):
                rows = self.index.execute(
                    f"SELECT d.article FROM {self.index.source} WHERE {self.index.holds} AND d.first_seen >= :since AND d.first_seen < :until",
                    {**values, "match": self.index.match_of(term)},
                )
                found.update(row[0] for row in rows)
        return frozenset(found)

    def verdicts_of(self, articles: Iterable[str]) -> Mapping[str, Verdict]:
        """Those that are known, without evidence, by article. Raises StoreError."""
        sql = (
            f"SELECT d.article, 0, d.number, {_ROW} FROM docs d{_VERDICT} "
            "WHERE d.article IN (SELECT value FROM json_each(:articles))"
        )
        values = {"rules": self.rules, "articles": json.dumps(sorted(set(articles)))}
        with self.index.asked():
            rows = self.index.execute(sql, values).fetchall()
        return {row[0]: verdict for row in rows if (verdict := _verdict(row))}

    def prepared(self, name: str) -> str | None:
        """What was worked out beforehand by these rules. Raises StoreError."""
        sql = "SELECT body FROM prepared WHERE name = ? AND digest = (SELECT digest FROM rules WHERE id = ?)"
        with self.index.asked():
            row = self.index.execute(sql, (name, self.rules)).fetchone()
        return str(row[0]) if row else None

    # ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────────

    def state(self, stored: int) -> IndexState:
        """`stored`: how many articles the archive holds, with and without a text. Raises StoreError."""
        with self.index.asked():
            indexed, aside, judged = self.index.execute(
                "SELECT (SELECT count(*) FROM docs), (SELECT count(*) FROM aside), "
                "(SELECT count(*) FROM docs WHERE rules = ?)",
                (self.rules,),
            ).fetchone()
        return IndexState(indexed=indexed, judged=judged, stored=stored - aside)

    def outlets(self) -> tuple[str, ...]:
        """Those of which it ever had stories. Raises StoreError."""
        with self.index.asked():
            return tuple(row[0] for row in self.index.execute("SELECT name FROM outlets ORDER BY name"))

    def counts(self, facet: Facet, term: Term = EVERYTHING, narrowed: Narrowed = ANYTHING) -> dict[str, int]:
        """How many stories there are of each value of the facet, the most first. Raises StoreError."""
        asked = _asked(self.index, term, narrowed, self.rules)
        value, join = _grouped(facet, first_only=False)
        sql = (
            f"SELECT {value}, count(*) FROM {asked.source}{join} WHERE {asked.where} "
            "GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        with self.index.asked():
            return dict(self.index.execute(sql, asked.values).fetchall())

    def every_count(self, term: Term, narrowed: Narrowed = ANYTHING) -> dict[Facet, dict[str, int]]:
        """`counts` of every facet, of stories that are looked for once: two words in 1,500 of 50,000 stories took 40 ms,
        most of it to find the same stories five times. Raises StoreError."""
        asked = _asked(self.index, term, narrowed, self.rules)
        columns = "d.number, d.outlet, d.area, d.choice, d.rules"
        each = []
        for facet in Facet:
            value, join = _grouped(facet, first_only=False)
            each.append(f"SELECT '{facet.value}', {value}, count(*) FROM hits d{join} GROUP BY 2")
        sql = (
            f"WITH hits AS MATERIALIZED (SELECT {columns} FROM {asked.source} WHERE {asked.where}) "
            f"{' UNION ALL '.join(each)} ORDER BY 1, 3 DESC, 2"
        )
        found: dict[Facet, dict[str, int]] = {facet: {} for facet in Facet}
        with self.index.asked():
            for facet, value, count in self.index.execute(sql, asked.values):
                found[Facet(facet)][value] = count
        return found

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
        asked = _asked(self.index, term, narrowed, self.rules)
        value, join = _grouped(facet, first_only=first_only) if facet else ("''", "")
        day = "d.received" if narrowed.dated is Dated.RECEIVED else "d.published"
        sql = (
            f"SELECT {WEEK.format(day=day)} AS week, {value} AS value, count(*) FROM {asked.source}{join} "
            f"WHERE {asked.where} GROUP BY week, value ORDER BY week, value"
        )
        with self.index.asked():
            rows = self.index.execute(sql, asked.values).fetchall()
        return tuple(Counted(week=monday(week), value=value, count=count) for week, value, count in rows)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question's parts."""

    source: str
    where: str
    values: Values
    is_text: bool  # some word is sought
    is_plain: bool  # and nothing else


def _asked(index: Index, term: Term, narrowed: Narrowed, rules: int) -> _Asked:
    values: Values = {"rules": rules}
    is_text = term != EVERYTHING
    number = "words.rowid" if is_text else "d.number"
    moment = "d.first_seen" if narrowed.dated is Dated.RECEIVED else number
    conditions = []
    if is_text:
        conditions.append(index.holds)
        values["match"] = index.match_of(term)
    if narrowed.since:
        conditions.append(f"{moment} >= :since")
        values["since"] = midnight(narrowed.since)
    if narrowed.until:
        conditions.append(f"{moment} < :until")
        values["until"] = midnight(narrowed.until + timedelta(days=1))
    for place, only in enumerate(narrowed.only):
        conditions.append(_condition(only, f":only{place}"))
        values[f"only{place}"] = json.dumps(only.values)
    return _Asked(
        source=index.source if is_text else "docs d",
        where=" AND ".join(conditions) or "true",
        values=values,
        is_text=is_text,
        is_plain=is_text and len(conditions) == 1,
    )


_JUDGED = "d.rules = :rules"


def _condition(only: Only, values: str) -> str:
    """What the rules have not judged is neither of a topic nor of none."""
    among = f"IN (SELECT value FROM json_each({values}))"
    held = {
        Facet.OUTLET: f"d.outlet IN (SELECT id FROM outlets WHERE name {among})",
        Facet.TOPIC: f"d.number IN (SELECT number FROM topic_of WHERE value {among})",
        Facet.COUNCIL: f"d.number IN (SELECT number FROM council_of WHERE value {among})",
        Facet.AREA: f"d.area {among}",
        Facet.VERDICT: f"d.choice {among}",
    }[only.facet]
    held = f"NOT {held}" if only.is_not else held
    return held if only.facet is Facet.OUTLET else f"({_JUDGED} AND {held})"


def _grouped(facet: Facet, *, first_only: bool) -> tuple[str, str]:
    """The column, and what is joined for it."""
    if facet is Facet.OUTLET:
        return "o.name", " JOIN outlets o ON o.id = d.outlet"
    if facet in (Facet.AREA, Facet.VERDICT):
        column = "d.area" if facet is Facet.AREA else "d.choice"
        return column, f" JOIN rules r ON r.id = d.rules AND {_JUDGED}"
    table = "topic_of" if facet is Facet.TOPIC else "council_of"
    first = " AND g.place = 0" if first_only else ""
    return "g.value", f" JOIN {table} g ON g.number = d.number AND {_JUDGED}{first}"


def _found(row: Sequence[Any]) -> Found:
    return Found(article=row[0], place=Place(row[1], row[2]), verdict=_verdict(row))


def _verdict(row: Sequence[Any]) -> Verdict | None:
    choice, score, area, topics, councils, reason = row[3:]
    if score is None:
        return None
    return Verdict(
        choice=Choice(choice),
        score=score,
        area=Area[area],
        topics=tuple(json.loads(topics)),
        councils=tuple(json.loads(councils)),
        reason=reason,
    )
