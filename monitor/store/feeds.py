"""Feeds as they were last seen: their states and polls, hosts that asked to wait, pages to be asked for again."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import monitor.store.rows as rows
from monitor.model import (
    Article,
    EntryName,
    FeedState,
    HostWait,
    PageRetry,
    PollOutcome,
    PollResult,
    PollSum,
    Window,
)
from monitor.store.archive import Archive
from monitor.store.articles import INSERT_ARTICLE


@dataclass(frozen=True, slots=True)
class Feeds:
    archive: Archive

    def states(self, of: Sequence[str] | None = None) -> tuple[FeedState, ...]:
        """Of the feeds with these addresses, or of all."""
        where = () if of is None else (_AMONG_URLS, json.dumps(list(of)))
        return self.archive.values(
            rows.read_feed_state, "feed_states", *where, order="url", by=lambda state: state.url
        )

    def successes(self) -> tuple[datetime, ...]:
        """When each of all feeds was last read."""
        return self.archive.values(
            rows.read_success, "feed_states", "last_success IS NOT NULL", columns="last_success"
        )

    def save_poll(
        self,
        outcome: PollOutcome,
        state: FeedState,
        articles: Sequence[Article],
        retries: Sequence[PageRetry] = (),
        names: Sequence[EntryName] = (),
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        """One feed's poll, whole: what came of it, the feed's new state, its new articles, which of their pages to ask
        for again, and by which names its entries are known.

        An article that is stored already stays as it was: the first sight of it is the fact. With a `clock`, which is
        read while nobody else writes, they are first seen now: an article that is stored beside a draft is not of the
        draft's window, which ended before (`Archive.moment`), and so is of the next. Not even where the clock was set
        back since: then it is first seen where the last window ended.
        """
        with self.archive.transaction() as db:
            if clock and articles:
                moment = max((clock(), *self._ends_of_windows()))
                articles = [article.seen(moment) for article in articles]
            with self.archive.in_one_go():
                db.executemany(INSERT_ARTICLE, map(rows.article_row, articles))
                db.execute(_SAVE_STATE, rows.feed_state_row(state))
                db.execute(_INSERT_POLL, rows.poll_row(outcome))
                db.executemany(_SAVE_RETRY, map(rows.retry_row, retries))
                db.executemany(_SAVE_NAME, map(asdict, names))

    def _ends_of_windows(self) -> tuple[datetime, ...]:
        """Of the drafts, the last."""
        found = self.archive.read("SELECT max(until) AS until FROM editions")[0]["until"]
        return (rows.read_moment(found),) if found else ()

    def read_in(self, window: Window) -> frozenset[str]:
        """Addresses of the feeds that answered at least once in the window."""
        return frozenset(
            self.archive.values(
                rows.read_feed,
                "polls",
                "result NOT IN (?, ?) AND at >= ? AND at < ?",
                PollResult.FAILED.value,
                PollResult.LEFT.value,
                *rows.bounds(window),
                columns="DISTINCT feed",
                order="feed",
            )
        )

    def polled_before(self, moment: datetime) -> frozenset[str]:
        """Addresses of the feeds that were asked at least once before the moment, whatever came of it."""
        return frozenset(
            self.archive.values(
                rows.read_feed,
                "polls",
                "result != ? AND at < ?",
                PollResult.LEFT.value,
                rows.moment_text(moment),
                columns="DISTINCT feed",
                order="feed",
            )
        )

    def polls_in(self, window: Window) -> tuple[PollSum, ...]:
        """What came of the polls of a window, by how they ended."""
        found = self.archive.read(
            "SELECT result, count(*) AS polls, sum(new) AS new FROM polls WHERE at >= ? AND at < ? "
            "GROUP BY result ORDER BY result",
            *rows.bounds(window),
        )
        return tuple(
            PollSum(result=PollResult(row["result"]), polls=int(row["polls"]), new=int(row["new"]))
            for row in found
        )

    # ── hosts that asked to be left alone ───────────────────────────────────────────────────────────────────────

    def host_waits(self) -> tuple[HostWait, ...]:
        """Every host that ever asked to be left alone, with the moment until which it did."""
        return self.archive.values(rows.read_host_wait, "host_waits", order="host", by=lambda wait: wait.host)

    def save_host_wait(self, wait: HostWait) -> None:
        """Keeps the later of this wait and the one that is known of its host."""
        with self.archive.transaction() as db:
            db.execute(
                "INSERT INTO host_waits (host, until) VALUES (?, ?) "
                "ON CONFLICT (host) DO UPDATE SET until = excluded.until WHERE excluded.until > host_waits.until",
                (wait.host, rows.moment_text(wait.until)),
            )

    # ── pages to be asked for again ─────────────────────────────────────────────────────────────────────────────

    def retries_due(self, now: datetime) -> tuple[PageRetry, ...]:
        """The pages to ask for again now; those whose time is over are forgotten."""
        with self.archive.transaction() as db:
            db.execute("DELETE FROM page_retries WHERE until <= ?", (rows.moment_text(now),))
        return self.archive.values(
            rows.read_retry,
            "page_retries",
            "next_try <= ?",
            rows.moment_text(now),
            order="next_try, article",
            by=lambda retry: (retry.next_try, retry.article),
        )

    def waiting_pages(self, articles: Iterable[str]) -> dict[str, datetime]:
        """Of those whose page is to be asked for again, when."""
        found = self.archive.read(
            "SELECT article, next_try FROM page_retries WHERE article IN (SELECT value FROM json_each(?))",
            json.dumps(sorted(set(articles))),
        )
        return {row["article"]: rows.read_moment(row["next_try"]) for row in found}

    def save_retry(self, retry: PageRetry) -> None:
        """Keeps when a page is to be asked for next."""
        with self.archive.transaction() as db:
            db.execute(_SAVE_RETRY, rows.retry_row(retry))

    def end_retry(self, article: str, read: Article | None = None) -> None:
        """The page need not be asked for any more; `read` is the article with the page's text, where it came.

        The one change there is to an article: its text, from the feed's summary to the page's.
        """
        with self.archive.transaction() as db:
            db.execute("DELETE FROM page_retries WHERE article = ?", (article,))
            if read:
                db.execute(_RETELL_ARTICLE, rows.article_row(read))


def _saving(table: str, columns: Sequence[str], key: Sequence[str]) -> str:
    """A row, in the place of the one of its key."""
    values, rest = (f":{column}" for column in columns), [column for column in columns if column not in key]
    changes = ", ".join(f'"{column}" = excluded."{column}"' for column in rest)
    names = ", ".join(f'"{column}"' for column in columns)
    return (
        f"INSERT INTO {table} ({names}) VALUES ({', '.join(values)}) "
        f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}"
    )


_AMONG_URLS = "url IN (SELECT value FROM json_each(?))"
_SAVE_STATE = _saving("feed_states", rows.STATE_COLUMNS, ["url"])
_INSERT_POLL = (
    "INSERT INTO polls (feed, at, result, entries, new, reason) "
    "VALUES (:feed, :at, :result, :entries, :new, :reason)"
)
_SAVE_RETRY = _saving("page_retries", ("article", "url", "feed", "tries", "next_try", "until"), ["article"])
_SAVE_NAME = _saving("entries", ("feed", "entry", "article"), ["feed", "entry"])

# Only where the summary still stands: a page's text is never replaced.
_RETELL_ARTICLE = (
    "UPDATE articles SET paragraphs = :paragraphs, published = :published, published_is_guess = :published_is_guess, "
    "text_from = :text_from, text_reason = :text_reason, page_title = :page_title "
    "WHERE id = :id AND text_from = 'summary'"
)
