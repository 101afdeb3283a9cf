"""The tables of the archive, as a list of migrations that are each applied once, in order.

A migration that has been released is never edited: the next one changes what it made. Moments are ISO 8601 text in
UTC, always with microseconds, so that they sort and compare as text. Lists are JSON.
"""

import json
import secrets

from sqlite_utils import Database, Migrations

from monitor.lengths import LONGEST_TITLE, MOST_TEXT, shortened, shortened_text
from monitor.store.sqlite import seals

migrations = Migrations("monitor")


@migrations()
def m001_archive(db: Database) -> None:
    """Everything that cannot be had again: articles, feed states, outcomes of polls and runs, editions."""
    _articles(db)
    _feed_states(db)
    _polls_and_runs(db)
    _editions(db)


@migrations()
def m_moves_and_host_waits(db: Database) -> None:
    """Where a feed moved to, since when its server calls it gone, and which hosts asked to be left alone."""
    states = db.table("feed_states")
    states.add_column("moved_to", str)
    states.add_column("gone_since", str)
    db.table("host_waits").create({"host": str, "until": str}, pk="host", not_null={"until"}, strict=True)


def _articles(db: Database) -> None:
    articles = db.table("articles").create(
        {
            "id": str,
            "url": str,
            "outlet": str,
            "feed": str,
            "title": str,
            "paragraphs": str,
            "published": str,
            "published_is_guess": int,
            "first_seen": str,
            "text_from": str,
            "text_reason": str,
            "shared_key": str,
        },
        pk="id",
        not_null={"url", "outlet", "feed", "title", "paragraphs", "published", "first_seen", "text_from"},
        strict=True,
    )
    articles.create_index(["first_seen"])
    articles.create_index(["url"])


def _feed_states(db: Database) -> None:
    db.table("feed_states").create(
        {
            "url": str,
            "etag": str,
            "last_modified": str,
            "body_digest": str,
            "next_poll": str,
            "last_poll": str,
            "last_success": str,
            "last_new": str,
            "last_full": str,
            "failures": float,
            "last_failure": str,
        },
        pk="url",
        not_null={"failures"},
        strict=True,
    )


def _polls_and_runs(db: Database) -> None:
    polls = db.table("polls").create(
        {"feed": str, "at": str, "result": str, "entries": int, "new": int, "reason": str},
        not_null={"feed", "at", "result", "entries", "new"},
        strict=True,
    )
    polls.create_index(["at"])
    db.table("runs").create(
        {"job": str, "started": str, "ended": str, "ok": int, "summary": str},
        not_null={"job", "started", "ended", "ok", "summary"},
        strict=True,
    )


def _editions(db: Database) -> None:
    db.table("editions").create(
        {
            "number": int,
            "made": str,
            "since": str,
            "until": str,
            "meeting": str,
            "items": int,
            "rules_digest": str,
            "record": str,
        },
        pk="number",
        not_null={"made", "until", "items", "rules_digest", "record"},
        strict=True,
    )


@migrations()
def m_messages(db: Database) -> None:
    """The e-mails of editions, kept before they are sent."""
    db.table("messages").create(
        {
            "id": str,
            "edition": int,
            "composed": str,
            "content": bytes,
            "state": str,
            "detail": str,
            "tried": str,
            "doubts": int,
        },
        pk="id",
        not_null={"edition", "composed", "content", "state", "detail", "doubts"},
        strict=True,
    )


@migrations()
def m_page_retries(db: Database) -> None:
    """Pages that were not to be had for a while, to be asked for again."""
    db.table("page_retries").create(
        {"article": str, "url": str, "feed": str, "tries": int, "next_try": str, "until": str},
        pk="article",
        not_null={"url", "feed", "tries", "next_try", "until"},
        strict=True,
    )


@migrations()
def m_decisions(db: Database) -> None:
    """What the officer said by editing a document: a row for each document that was learned, none ever replaced."""
    db.table("decisions").create(
        {"id": int, "edition": int, "learned": str, "digest": str, "record": str},
        pk="id",
        not_null={"edition", "learned", "digest", "record"},
        strict=True,
    )


@migrations()
def m_revisions(db: Database) -> None:
    """What quoted pages had become when they were read again, and when each was last read again."""
    db.table("articles").add_column("page_title", str)
    revisions = db.table("revisions").create(
        {"article": str, "at": str, "what": str, "title": str, "paragraphs": str},
        not_null={"article", "at", "what", "paragraphs"},
        strict=True,
    )
    revisions.create_index(["article", "at"])
    db.table("page_checks").create({"article": str, "at": str}, pk="article", not_null={"at"}, strict=True)


@migrations()
def m_receipts(db: Database) -> None:
    """What became of each recipient of a message that somebody has: a list of objects."""
    db.table("messages").add_column("receipts", str, not_null_default="[]")


@migrations()
def m_sources(db: Database) -> None:
    """What was learned from: a draft's report, its notes, or a word without a document."""
    db.table("decisions").add_column("source", str, not_null_default="report")


@migrations()
def m_unread_checks(db: Database) -> None:
    """Why nothing could be told of a quoted page when it was asked for again."""
    db.table("page_checks").add_column("unread", str)


@migrations()
def m_entries(db: Database) -> None:
    """By which of its own ids (guid, place on its page) each feed's entry is known for an article."""
    entries = db.table("entries").create(
        {"feed": str, "entry": str, "article": str},
        pk=("feed", "entry"),
        not_null={"feed", "entry", "article"},
        strict=True,
    )
    entries.create_index(["article"])


@migrations()
def m_left_out(db: Database) -> None:
    """What a limit of ours leaves unread of a feed."""
    db.table("feed_states").add_column("left_out", str)


@migrations()
def m_long_texts(db: Database) -> None:
    """Texts of before there was a limit are cut to it: each would cost every draft whose window it is in."""
    for table, key in (("articles", "id"), ("revisions", "rowid")):
        found = db.query(
            f"SELECT {key} AS key FROM {table} WHERE length(paragraphs) > ? OR length(title) > ?",
            [MOST_TEXT, LONGEST_TITLE],
        )
        for long in list(found):  # a key at a time: all of them together may not fit in memory
            row = next(
                iter(db.query(f"SELECT title, paragraphs FROM {table} WHERE {key} = ?", [long["key"]]))
            )
            text = json.dumps(shortened_text(json.loads(row["paragraphs"])), ensure_ascii=False)
            title = shortened(row["title"] or "", LONGEST_TITLE) if row["title"] is not None else None
            db.execute(
                f"UPDATE {table} SET title = ?, paragraphs = ? WHERE {key} = ?", [title, text, long["key"]]
            )


@migrations()
def m_left_feeds(db: Database) -> None:
    """Why the last poll left a feed for the next, and since when it is left."""
    states = db.table("feed_states")
    states.add_column("left", str)
    states.add_column("left_since", str)


@migrations()
def m_weekly_editions(db: Database) -> None:
    """For which moment of the weekly timetable an edition was made, and which documents are being written.

    Of editions of before it is known by the messages that were kept with them, and by the runs that were recorded after
    them: of these the moment at which they were made stands for the timetable's, which it follows.
    """
    db.table("editions").add_column("weekly", str)
    db.execute(
        "UPDATE editions SET weekly = made WHERE number IN (SELECT edition FROM messages) OR number IN "
        "(SELECT (SELECT max(number) FROM editions WHERE made <= runs.ended) FROM runs "
        "WHERE job = 'weekly report' AND ok)"
    )
    db.table("writings").create(
        {"id": int, "edition": int, "folder": str, "stem": str, "formats": str},
        pk="id",
        not_null={"folder", "stem", "formats"},
        strict=True,
    )


@migrations()
def m_told(db: Database) -> None:
    """What the operator was told needs a person."""
    db.table("told").create(
        {
            "kind": str,
            "subject": str,
            "says": str,
            "since": str,
            "told": str,
            "tried": str,
            "doubts": int,
        },
        pk=("kind", "subject"),
        not_null={"says", "since", "doubts"},
        strict=True,
    )


@migrations()
def m_forgetting(db: Database) -> None:
    """Which articles' texts were forgotten; what must not come back, as digests; and what was erased, as counts."""
    db.table("articles").add_column("forgotten", str)
    db.table("forgotten").create({"digest": str, "at": str}, pk="digest", not_null={"at"}, strict=True)
    db.table("forgotten_key").create({"key": bytes}, not_null={"key"}, strict=True)
    db.table("forgotten_key").insert({"key": secrets.token_bytes(32)})
    db.table("erasures").create(
        {"id": int, "at": str, "by": str, "counts": str, "rewritten": int},
        pk="id",
        not_null={"at", "by", "counts", "rewritten"},
        strict=True,
    )


@migrations()
def m_seals(db: Database) -> None:
    """A digest of each row that cannot be had again (`seals.py`)."""
    for statement in seals.statements():
        db.execute(statement)


@migrations()
def m_desk(db: Database) -> None:
    """Who said what the officer said, when it was taken back and by whom; which edition was issued, and by whom."""
    decisions = db.table("decisions")
    decisions.add_column("by", str, not_null_default="")
    decisions.add_column("withdrawn", str)
    decisions.add_column("withdrawn_by", str, not_null_default="")
    editions = db.table("editions")
    editions.add_column("issued", str)
    editions.add_column("issued_by", str, not_null_default="")


@migrations()
def m_panels(db: Database) -> None:
    """Whose an edition is, a message, a decision, a run and what the operator was told: a panel's, by its key. Rows of
    before have the empty one, until the first opening under a configuration of one panel gives them its own.

    Editions are numbered by each panel for itself, and what was told is told to each: their tables are made anew.
    """
    for table in ("messages", "decisions", "writings", "runs"):
        db.execute(f"ALTER TABLE {table} ADD COLUMN panel TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE editions RENAME TO editions_before")
    db.execute(
        "CREATE TABLE editions (panel TEXT NOT NULL DEFAULT '', number INTEGER NOT NULL, made TEXT NOT NULL, since TEXT, "
        "until TEXT NOT NULL, meeting TEXT, items INTEGER NOT NULL, rules_digest TEXT NOT NULL, record TEXT NOT NULL, "
        "weekly TEXT, issued TEXT, issued_by TEXT NOT NULL DEFAULT '', PRIMARY KEY (panel, number)) STRICT"
    )
    columns = "number, made, since, until, meeting, items, rules_digest, record, weekly, issued, issued_by"
    db.execute(f"INSERT INTO editions ({columns}) SELECT {columns} FROM editions_before ORDER BY number")
    db.execute("DROP TABLE editions_before")
    db.execute("ALTER TABLE told RENAME TO told_before")
    db.execute(
        "CREATE TABLE told (panel TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL, subject TEXT NOT NULL, "
        "says TEXT NOT NULL, since TEXT NOT NULL, told TEXT, tried TEXT, doubts INTEGER NOT NULL, "
        "PRIMARY KEY (panel, kind, subject)) STRICT"
    )
    columns = "kind, subject, says, since, told, tried, doubts"
    db.execute(f"INSERT INTO told ({columns}) SELECT {columns} FROM told_before ORDER BY rowid")
    db.execute("DROP TABLE told_before")
    for table in ("messages", "decisions"):  # the records and contents before it are not gone through for it
        db.execute(f"CREATE INDEX {table}_of_panels ON {table} (panel)")
    for statement in seals.of_panels():
        db.execute(statement)


@migrations()
def m_outlets(db: Database) -> None:
    """A draft asks for the last articles of each of its outlets: by days it would walk over the whole archive."""
    db.execute("CREATE INDEX articles_of_outlets ON articles (outlet, first_seen)")
