"""What is remembered: facts that cannot be had again. Verdicts and groups are not kept; they are worked out anew.

One SQLite file, one writer. Every method that writes is one transaction, so a run that is killed loses at most the
feed it was busy with, and never half of one. Values go in and come out; no row leaves this folder.

- A transaction begins IMMEDIATE: a deferred one that reads first and then writes fails with "database is locked" as
  soon as another process writes in between, however long it is willing to wait.
- WAL, so that `status` can read while a poll writes; a full file system or a damaged file becomes a StoreError.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from sqlite_utils import Database

from monitor.errors import StoreError
from monitor.model import (
    Article,
    Edition,
    FeedState,
    HostWait,
    KeptEdition,
    Learned,
    Message,
    PageCheck,
    PageRetry,
    PollOutcome,
    PollResult,
    Revision,
    Run,
    Window,
)
from monitor.store import rows
from monitor.store.schema import migrations

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def _plainly(
    method: Callable[Concatenate["Store", Given], Answer],
) -> Callable[Concatenate["Store", Given], Answer]:
    """What SQLite cannot do (disk full, file damaged, locked too long) is said as a StoreError naming the file."""

    @wraps(method)
    def plain(self: "Store", /, *given: Given.args, **named: Given.kwargs) -> Answer:
        try:
            return method(self, *given, **named)
        except sqlite3.DatabaseError as error:
            raise StoreError(f"The archive {self.path} cannot be used: {error}.") from error

    return plain


class Store:
    """The archive. Open it with `Store.open`; close it, or use it as a context manager."""

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        self.path = path
        self._connection = connection
        self._db = Database(connection)

    @classmethod
    def open(cls, path: Path, *, make: bool = True) -> Self:
        """Opens the archive at `path`. Where there is none it is made; with `make` false an empty one stands in for
        it and nothing is written, so that a question asked in the wrong folder leaves no trace. Raises StoreError.
        """
        if not make and not path.exists():
            path = Path(":memory:")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=30, isolation_level=None)
        except (OSError, sqlite3.DatabaseError) as error:
            raise StoreError(f"The archive {path} cannot be opened: {error}.") from error
        try:
            store = cls(connection, str(path))
            store._prepare()
        except BaseException:  # Ctrl-C too: the caller was given no store to close
            connection.close()
            raise
        return store

    @_plainly
    def _prepare(self) -> None:
        self._connection.row_factory = sqlite3.Row
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            self._connection.execute(f"PRAGMA {pragma}")
        with Database(memory=True) as empty:
            known = {migration.name for migration in migrations.pending(empty)}
        newer = sorted({migration.name for migration in migrations.applied(self._db)} - known)
        if newer:
            raise StoreError(
                f"The archive {self.path} was made by a newer version of the monitor ({newer[-1]}). "
                "Install that version, or name another folder with --data."
            )
        if migrations.pending(self._db):
            migrations.apply(self._db)

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _read(self, sql: str, *parameters: object) -> list[Any]:
        return self._connection.execute(sql, parameters).fetchall()

    @property
    def sqlite_version(self) -> str:
        return sqlite3.sqlite_version

    # ── polling ─────────────────────────────────────────────────────────────────────────────────────────────────

    @_plainly
    def feed_states(self) -> tuple[FeedState, ...]:
        return tuple(
            rows.read_feed_state(row) for row in self._read("SELECT * FROM feed_states ORDER BY url")
        )

    @_plainly
    def unseen(self, ids: Iterable[str]) -> frozenset[str]:
        """Those of the article ids that are not stored."""
        wanted = frozenset(ids)
        stored = self._read(
            "SELECT id FROM articles WHERE id IN (SELECT value FROM json_each(?))", json.dumps(sorted(wanted))
        )
        return wanted - {row["id"] for row in stored}

    @_plainly
    def save_poll(
        self,
        outcome: PollOutcome,
        state: FeedState,
        articles: Sequence[Article],
        retries: Sequence[PageRetry] = (),
    ) -> None:
        """One feed's poll, whole: what came of it, the feed's new state, its new articles, and which of their pages
        to ask for again.

        An article that is stored already stays as it was: the first sight of it is the fact.
        """
        with self._transaction():
            self._connection.executemany(_INSERT_ARTICLE, map(rows.article_row, articles))
            self._connection.execute(_SAVE_STATE, rows.feed_state_row(state))
            self._connection.execute(_INSERT_POLL, rows.poll_row(outcome))
            self._connection.executemany(_SAVE_RETRY, map(rows.retry_row, retries))

    @_plainly
    def host_waits(self) -> tuple[HostWait, ...]:
        """Every host that ever asked to be left alone, with the moment until which it did."""
        found = self._read("SELECT host, until FROM host_waits ORDER BY host")
        return tuple(HostWait(host=row["host"], until=rows.read_moment(row["until"])) for row in found)

    @_plainly
    def save_host_wait(self, wait: HostWait) -> None:
        """Keeps the later of this wait and the one that is known of its host."""
        with self._transaction():
            self._connection.execute(
                "INSERT INTO host_waits (host, until) VALUES (?, ?) "
                "ON CONFLICT (host) DO UPDATE SET until = max(until, excluded.until)",
                (wait.host, rows.moment_text(wait.until)),
            )

    @_plainly
    def feeds_read(self, window: Window) -> frozenset[str]:
        """Addresses of the feeds that answered at least once in the window."""
        found = self._read(
            "SELECT DISTINCT feed FROM polls WHERE result != ? AND at >= ? AND at < ?",
            PollResult.FAILED.value,
            *_bounds(window),
        )
        return frozenset(row["feed"] for row in found)

    @_plainly
    def feeds_polled_before(self, moment: datetime) -> frozenset[str]:
        """Addresses of the feeds that were asked at least once before the moment, whatever came of it."""
        found = self._read("SELECT DISTINCT feed FROM polls WHERE at < ?", rows.moment_text(moment))
        return frozenset(row["feed"] for row in found)

    # ── pages read again ────────────────────────────────────────────────────────────────────────────────────────

    @_plainly
    def retries_due(self, now: datetime) -> tuple[PageRetry, ...]:
        """The pages to ask for again now; those whose time is over are forgotten."""
        with self._transaction():
            self._connection.execute("DELETE FROM page_retries WHERE until <= ?", (rows.moment_text(now),))
        due = self._read(
            "SELECT * FROM page_retries WHERE next_try <= ? ORDER BY next_try, article", rows.moment_text(now)
        )
        return tuple(map(rows.read_retry, due))

    @_plainly
    def save_retry(self, retry: PageRetry) -> None:
        """Keeps when a page is to be asked for next."""
        with self._transaction():
            self._connection.execute(_SAVE_RETRY, rows.retry_row(retry))

    @_plainly
    def end_retry(self, article: str, read: Article | None = None) -> None:
        """The page need not be asked for any more; `read` is the article with the page's text, where it came.

        The one change there is to an article: its text, from the feed's summary to the page's.
        """
        with self._transaction():
            self._connection.execute("DELETE FROM page_retries WHERE article = ?", (article,))
            if read:
                self._connection.execute(_RETELL_ARTICLE, rows.article_row(read))

    @_plainly
    def save_check(self, check: PageCheck, revision: Revision | None) -> None:
        """A quoted article's page was asked for again; `revision` is what it had become, where that is news."""
        with self._transaction():
            self._db.table("page_checks").upsert(rows.check_row(check), pk="article")
            if revision:
                self._db.table("revisions").insert(rows.revision_row(revision))

    @_plainly
    def last_checks(self) -> dict[str, PageCheck]:
        """The last time that each article's page was asked for again, by id."""
        found = self._read("SELECT * FROM page_checks")
        return {row["article"]: rows.read_check(row) for row in found}

    @_plainly
    def last_revisions(self, articles: Iterable[str]) -> dict[str, Revision]:
        """The last revision of each of the articles that has any, by id."""
        found = self._read(
            "SELECT * FROM revisions WHERE article IN (SELECT value FROM json_each(?)) ORDER BY at, rowid",
            json.dumps(sorted(articles)),
        )
        return {row["article"]: rows.read_revision(row) for row in found}

    # ── articles ────────────────────────────────────────────────────────────────────────────────────────────────

    @_plainly
    def articles(self, window: Window) -> tuple[Article, ...]:
        """Every article first seen in the window, by first-seen time and id."""
        found = self._read(
            "SELECT * FROM articles WHERE first_seen >= ? AND first_seen < ? ORDER BY first_seen, id",
            *_bounds(window),
        )
        return tuple(map(rows.read_article, found))

    @_plainly
    def last_of_each_outlet(self, until: datetime, most: int) -> tuple[Article, ...]:
        """The last articles of each outlet first seen before `until`, at most `most` of each."""
        found = self._read(
            "SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY outlet ORDER BY first_seen DESC, id) AS place "
            "FROM articles WHERE first_seen < ?) WHERE place <= ? ORDER BY first_seen, id",
            rows.moment_text(until),
            most,
        )
        return tuple(map(rows.read_article, found))

    @_plainly
    def sightings(self, window: Window) -> tuple[tuple[str, datetime], ...]:
        """The feed and the date of every article first seen in the window."""
        found = self._read(
            "SELECT feed, published FROM articles WHERE first_seen >= ? AND first_seen < ?", *_bounds(window)
        )
        return tuple((row["feed"], rows.read_moment(row["published"])) for row in found)

    @_plainly
    def article(self, id_or_url: str) -> Article | None:
        found = self._read(
            "SELECT * FROM articles WHERE id = ? OR url = ? ORDER BY id = ? DESC LIMIT 1", *[id_or_url] * 3
        )
        return rows.read_article(found[0]) if found else None

    @_plainly
    def articles_of(self, ids: Iterable[str]) -> tuple[Article, ...]:
        """Those of the named articles that are stored, by first-seen time and id."""
        found = self._read(
            "SELECT * FROM articles WHERE id IN (SELECT value FROM json_each(?)) ORDER BY first_seen, id",
            json.dumps(sorted(set(ids))),
        )
        return tuple(map(rows.read_article, found))

    @_plainly
    def article_count(self) -> int:
        return int(self._read("SELECT count(*) AS n FROM articles")[0]["n"])

    # ── editions ────────────────────────────────────────────────────────────────────────────────────────────────

    @_plainly
    def next_edition_number(self) -> int:
        return int(self._read("SELECT coalesce(max(number), 0) + 1 AS n FROM editions")[0]["n"])

    @_plainly
    def keep_edition(self, edition: Edition, record: str, message: Message | None = None) -> None:
        """Freezes an edition with its record. Its number must be `next_edition_number`'s; none is ever replaced.

        Its message, where it is to be mailed, is kept with it or not at all.
        """
        window = edition.basis.window
        row = {
            "number": edition.number,
            "made": rows.moment_text(edition.made),
            "since": rows.moment_text(window.since) if window.since else None,
            "until": rows.moment_text(window.until),
            "meeting": edition.header.meeting.isoformat() if edition.header.meeting else None,
            "items": len(edition.items),
            "rules_digest": edition.rules_digest,
            "record": record,
        }
        with self._transaction():
            self._db.table("editions").insert(row, pk="number")
            if message:
                self._db.table("messages").insert(rows.message_row(message), pk="id")

    @_plainly
    def editions(self) -> tuple[KeptEdition, ...]:
        """Every edition kept, first to last."""
        found = self._read("SELECT number, made, since, until, meeting, items FROM editions ORDER BY number")
        return tuple(map(rows.read_kept_edition, found))

    @_plainly
    def edition_record(self, number: int) -> str | None:
        """The record of an edition, exactly as it was kept."""
        found = self._read("SELECT record FROM editions WHERE number = ?", number)
        return str(found[0]["record"]) if found else None

    # ── messages ────────────────────────────────────────────────────────────────────────────────────────────────

    @_plainly
    def save_message(self, message: Message) -> None:
        """How a kept message stands now."""
        with self._transaction():
            self._db.table("messages").update(message.id, rows.message_row(message))

    @_plainly
    def messages(self) -> tuple[Message, ...]:
        """Every message, first composed first."""
        found = self._read("SELECT * FROM messages ORDER BY composed, edition")
        return tuple(map(rows.read_message, found))

    @_plainly
    def beginning(self) -> datetime | None:
        """When the first of the stored articles was seen."""
        found = self._read("SELECT min(first_seen) AS first FROM articles")
        return rows.read_moment(found[0]["first"]) if found[0]["first"] else None

    # ── the officer's decisions ─────────────────────────────────────────────────────────────────────────────────

    @_plainly
    def keep_decisions(self, learned: Learned, record: str) -> bool:
        """Keeps an edited document as it was understood; false, and nothing changes, where the last document of that
        edition was this very one."""
        with self._transaction():
            last = self._read(
                "SELECT digest FROM decisions WHERE edition = ? ORDER BY id DESC LIMIT 1", learned.edition
            )
            if last and last[0]["digest"] == learned.digest:
                return False
            row = {
                "edition": learned.edition,
                "learned": rows.moment_text(learned.learned),
                "digest": learned.digest,
                "record": record,
            }
            self._db.table("decisions").insert(row)
        return True

    @_plainly
    def decision_records(self) -> tuple[str, ...]:
        """The records of the documents that hold: of each edition the one learned last, by edition."""
        found = self._read(
            "SELECT record FROM decisions WHERE id IN (SELECT max(id) FROM decisions GROUP BY edition) "
            "ORDER BY edition"
        )
        return tuple(str(row["record"]) for row in found)

    # ── runs ────────────────────────────────────────────────────────────────────────────────────────────────────

    @_plainly
    def record_run(self, run: Run) -> None:
        with self._transaction():
            self._db.table("runs").insert(rows.run_row(run))

    @_plainly
    def last_success(self, job: str) -> datetime | None:
        """When the last run of a job that went well began."""
        found = self._read("SELECT max(started) AS started FROM runs WHERE job = ? AND ok", job)
        return rows.read_moment(found[0]["started"]) if found[0]["started"] else None

    @_plainly
    def last_runs(self) -> tuple[Run, ...]:
        """The last run of each job, by job."""
        found = self._read(
            "SELECT * FROM runs WHERE rowid IN (SELECT max(rowid) FROM runs GROUP BY job) ORDER BY job"
        )
        return tuple(map(rows.read_run, found))


# Not INSERT OR IGNORE, which would also swallow a row that the table refuses for another reason.
_INSERT_ARTICLE = (
    f"INSERT INTO articles ({', '.join(rows.ARTICLE_COLUMNS)}) "
    f"VALUES ({', '.join(f':{column}' for column in rows.ARTICLE_COLUMNS)}) ON CONFLICT (id) DO NOTHING"
)

# Only where the summary still stands: a page's text is never replaced.
_RETELL_ARTICLE = (
    "UPDATE articles SET paragraphs = :paragraphs, published = :published, published_is_guess = :published_is_guess, "
    "text_from = :text_from, text_reason = :text_reason, page_title = :page_title "
    "WHERE id = :id AND text_from = 'summary'"
)


# Written out: sqlite_utils asks the schema anew for each row, which over 2,000 feeds is most of a poll's time.
_SAVE_STATE = (
    f"INSERT OR REPLACE INTO feed_states ({', '.join(rows.STATE_COLUMNS)}) "
    f"VALUES ({', '.join(f':{column}' for column in rows.STATE_COLUMNS)})"
)
_INSERT_POLL = (
    "INSERT INTO polls (feed, at, result, entries, new, reason) "
    "VALUES (:feed, :at, :result, :entries, :new, :reason)"
)
_SAVE_RETRY = (
    "INSERT OR REPLACE INTO page_retries (article, url, feed, tries, next_try, until) "
    "VALUES (:article, :url, :feed, :tries, :next_try, :until)"
)


def _bounds(window: Window) -> tuple[str, str]:
    """The window as two texts to compare with; the empty text is before every moment."""
    since: datetime | None = window.since
    return (rows.moment_text(since) if since else "", rows.moment_text(window.until))
