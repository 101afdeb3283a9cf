"""What goes for good: texts and rows whose time is over, and what somebody asked to be erased.

- Much goes in small transactions, so that nobody who writes meanwhile waits; what is erased goes in one, or not at all.
- What goes is overwritten where it stood (`archive.py`: secure_delete), and the WAL is emptied afterwards.
- Of an article that goes whole digests stay, so that it does not come back while a feed still lists it: HMAC-SHA256 of
  what it is known by, under 32 random bytes that are made with the archive. Without them a digest tells nothing;
  with them one can only ask whether an address that one knows already was forgotten, never list what was.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import monitor.store.rows as rows
from monitor.model import Article, Erased, Goes, Message, Sighting, TextPlace
from monitor.store.archive import Archive, Transaction
from monitor.store.editions import SAVE_MESSAGE
from monitor.store.owner import Owner

BATCH = 200  # rows of one transaction
FORGOTTEN = "its text was forgotten, as `retention` in panel.yaml says"

_ENDED = ("forgotten", "forgotten_key", "erasures")  # hold nothing of what went
_OF_ARTICLES = ("revisions", "page_checks", "page_retries", "entries")
# Addresses of feeds stand in feeds.yaml, and say which rows belong together.
_LEFT_ALONE = {("feed_states", "url"), ("polls", "feed"), ("articles", "feed"), ("entries", "feed")}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Forgetting:
    archive: Archive
    owner: Owner = Owner()

    # ── what the decision needs to know ─────────────────────────────────────────────────────────────────────────

    def sightings(self, before: datetime | None) -> tuple[Sighting, ...]:
        """The articles first seen before a moment; of all where there is none."""
        found = self.archive.read(
            "SELECT id, first_seen, forgotten FROM articles WHERE first_seen < ? ORDER BY first_seen, id",
            rows.moment_text(before) if before else "~",
        )
        return tuple(
            Sighting(
                id=row["id"],
                first_seen=rows.read_moment(row["first_seen"]),
                has_text=row["forgotten"] is None,
            )
            for row in found
        )

    def countable(self, goes: Goes) -> Mapping[str, int]:
        """How many runs and polls would go."""
        return {
            table: int(self.archive.read(f"SELECT count(*) AS n FROM {table} {where}", *values)[0]["n"])
            for table, (where, values) in self._records(goes).items()
        }

    def names_of(self, articles: Iterable[str]) -> dict[str, tuple[tuple[str, str], ...]]:
        """By which own ids which feeds know each of the articles."""
        found = self.archive.read(
            "SELECT feed, entry, article FROM entries WHERE article IN (SELECT value FROM json_each(?))",
            json.dumps(sorted(articles)),
        )
        names: dict[str, tuple[tuple[str, str], ...]] = {}
        for row in found:
            names[row["article"]] = (*names.get(row["article"], ()), (row["feed"], row["entry"]))
        return names

    def beside(self, url: str) -> int:
        """How many articles are stored under one address."""
        return int(self.archive.read("SELECT count(*) AS n FROM articles WHERE url = ?", url)[0]["n"])

    # ── what is forgotten by time, in small steps ───────────────────────────────────────────────────────────────

    def texts(self, articles: Sequence[str], now: datetime) -> None:
        """Their texts go; title, address and day stay, by which they are known again."""
        for ids in _portions(articles):
            with self.archive.transaction() as db:
                db.execute(
                    "UPDATE articles SET paragraphs = '[]', page_title = NULL, text_reason = ?, forgotten = ? "
                    "WHERE id IN (SELECT value FROM json_each(?))",
                    [FORGOTTEN, rows.moment_text(now), json.dumps(ids)],
                )
                for table in _OF_ARTICLES[:-1]:
                    _delete(db, table, "article", ids)

    def articles(self, traces: Mapping[str, Sequence[str]], now: datetime) -> None:
        """They go whole; digests of what they are known by stay."""
        for ids in _portions(tuple(traces)):
            with self.archive.transaction() as db:
                self._end(db, {id: traces[id] for id in ids}, now)

    def records(self, goes: Goes) -> None:
        """Editions, decisions and messages, a panel's own; runs and polls, whose they are is all one."""
        listed: tuple[tuple[str, str, Sequence[object]], ...] = (
            ("editions", "number", goes.editions),
            ("decisions", "id", goes.decisions),
            ("messages", "id", goes.messages),
        )
        for table, key, gone in listed:
            for some in _portions(gone):
                with self.archive.transaction() as db:
                    _delete(db, table, key, some, self.owner)
        for table, (where, values) in self._records(goes).items():
            found = self.archive.read(f"SELECT rowid AS row FROM {table} {where}", *values)
            for some in _portions([int(row["row"]) for row in found]):
                with self.archive.transaction() as db:
                    _delete(db, table, "rowid", some)

    def _records(self, goes: Goes) -> dict[str, tuple[str, tuple[str, ...]]]:
        """What of the runs and polls is over, without those by which things are known; none where nothing is."""
        found: dict[str, tuple[str, tuple[str, ...]]] = {}
        if goes.runs:
            found["runs"] = (
                "WHERE started < ? AND rowid NOT IN (SELECT max(rowid) FROM runs GROUP BY panel, job, ok)",
                (rows.moment_text(goes.runs),),
            )
        if goes.polls:
            found["polls"] = (
                "WHERE at < ? AND rowid NOT IN (SELECT max(rowid) FROM polls "
                "WHERE result NOT IN ('failed', 'left') GROUP BY feed)",
                (rows.moment_text(goes.polls),),
            )
        return found

    # ── what must not come back ─────────────────────────────────────────────────────────────────────────────────

    def held(self, traces: Iterable[str]) -> frozenset[str]:
        """Those of the traces that are of articles that went whole."""
        if not self.archive.read("SELECT 1 FROM forgotten LIMIT 1"):
            return frozenset()
        digests = dict(self._digests(traces))
        found = self.archive.read(
            "SELECT digest FROM forgotten WHERE digest IN (SELECT value FROM json_each(?))",
            json.dumps(sorted(digests)),
        )
        return frozenset(digests[row["digest"]] for row in found)

    def _digests(self, traces: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Each with its trace."""
        key = self.archive.read("SELECT key FROM forgotten_key")[0]["key"]
        for trace in traces:
            yield (
                hmac.new(key, trace.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest(),
                trace,
            )

    def _end(self, db: Transaction, traces: Mapping[str, Sequence[str]], now: datetime) -> None:
        digests = self._digests(trace for of in traces.values() for trace in of)
        held = [(digest, rows.moment_text(now)) for digest, _ in digests]
        db.executemany(
            "INSERT INTO forgotten (digest, at) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING", held
        )
        ids = tuple(traces)
        for table in _OF_ARTICLES:
            _delete(db, table, "article", ids)
        _delete(db, "articles", "id", ids)

    # ── what is erased because somebody asked ───────────────────────────────────────────────────────────────────

    def all_articles(self) -> Iterator[Article]:
        """Every article, without holding all of them."""
        last = ""
        while found := self.archive.read(
            "SELECT * FROM articles WHERE id > ? ORDER BY id LIMIT ?", last, BATCH
        ):
            yield from map(rows.read_article, found)
            last = found[-1]["id"]

    def all_names(self) -> Iterator[tuple[str, str]]:
        """Every article that a feed knows by an own id, and that id: often an address, with the headline in it."""
        for row in self.archive.read("SELECT article, entry FROM entries"):
            yield row["article"], row["entry"]

    def all_texts(
        self, tables_left: Sequence[str], columns_left: Sequence[tuple[str, str]]
    ) -> Iterator[TextPlace]:
        """Every text of every table and column but these, whoever put it there: what a later version keeps is looked at
        too."""
        for table, columns in sorted(self.archive.columns().items()):
            if table in tables_left or table in _ENDED:
                continue
            for name in columns:
                if name != "panel" and (table, name) not in (*_LEFT_ALONE, *columns_left):
                    yield from self._texts_in(table, name)

    def _texts_in(self, table: str, column: str) -> Iterator[TextPlace]:
        last = -1
        while found := self.archive.read(
            f'SELECT rowid AS row, "{column}" AS text FROM main."{table}" '
            f"WHERE rowid > ? AND typeof(\"{column}\") = 'text' ORDER BY rowid LIMIT ?",
            last,
            BATCH,
        ):
            for row in found:
                yield TextPlace(table=table, row=row["row"], column=column, text=row["text"])
            last = found[-1]["row"]

    def erase(
        self,
        traces: Mapping[str, Sequence[str]],
        editions: Mapping[tuple[str, int], str],
        decisions: Mapping[int, str],
        texts: Sequence[TextPlace],
        messages: Callable[[], Sequence[Message]],
        note: Erased,
    ) -> None:
        """All of it, and the record that it was done, in one step. `traces`: articles that go, and what they are known
        by; editions go by the key of their panel and their number, and are written anew as they are given, like the
        others. `messages` are asked for last, since they are composed from
        what is there then."""
        with self.archive.transaction() as db:
            self._end(db, traces, note.at)
            for (panel, number), record in editions.items():
                db.execute(
                    "UPDATE editions SET record = ? WHERE panel = ? AND number = ?", [record, panel, number]
                )
            for row, record in decisions.items():
                db.execute("UPDATE decisions SET record = ? WHERE id = ?", [record, row])
            for place in texts:
                db.execute(
                    f'UPDATE "{place.table}" SET "{place.column}" = ? WHERE rowid = ?',
                    [place.text, place.row],
                )
            for message in messages():
                db.execute(SAVE_MESSAGE, rows.message_row(message))
            db.execute(
                "INSERT INTO erasures (at, by, counts, rewritten) VALUES (?, ?, ?, 0)",
                [rows.moment_text(note.at), note.by, json.dumps(dict(note.counts))],
            )

    def erasures(self) -> tuple[Erased, ...]:
        """Every time that something was erased, first to last. These records are kept for ever."""
        found = self.archive.read("SELECT * FROM erasures ORDER BY id")
        return tuple(
            Erased(
                at=rows.read_moment(row["at"]),
                by=row["by"],
                counts=json.loads(row["counts"]),
                rewritten=bool(row["rewritten"]),
            )
            for row in found
        )

    def is_unfinished(self) -> bool:
        """Whether something was erased since the file was last written anew."""
        return bool(self.archive.read("SELECT 1 FROM erasures WHERE rewritten = 0 LIMIT 1"))

    def finish(self) -> bool:
        """Writes the archive's file anew, and keeps that it was. False where the WAL could not be emptied."""
        if not self.archive.written_anew():
            return False
        with self.archive.transaction() as db:
            db.execute("UPDATE erasures SET rewritten = 1")
        return True


def _delete(
    db: Transaction, table: str, key: str, gone: Sequence[object], owner: Owner | None = None
) -> None:
    whose, keys = (f" AND {owner.rows}", owner.keys) if owner else ("", ())
    value = "CAST(value AS BIGINT)" if gone and isinstance(gone[0], int) else "value"
    db.execute(
        f"DELETE FROM {table} WHERE {key} IN (SELECT {value} FROM json_each(?)){whose}",
        [json.dumps(gone), *keys],
    )


def _portions(all_of_it: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(all_of_it), BATCH):
        yield all_of_it[start : start + BATCH]
