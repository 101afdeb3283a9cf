"""Small archives of every schema that the program ever had, and how the next one is stored beside them.

`tests/data/archives/*.sql` are dumps of archives that the code of then made: its tables, and in each of them rows as
that code wrote them. They are never changed. After a new migration `python tests/archives.py` stores an archive of the
schema as it is now; a new table wants its rows in `ROWS`, a new column its values.
"""

import json
import sqlite3
import sys
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from where import DATA

ARCHIVES = DATA / "archives"
OURS = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'"

Row = dict[str, Any]

COURIER, LANTERN = "https://courier.example/rss", "https://lantern.example/feed"
ALL_ALIKE = ["The force answered nine in ten calls.", "Members asked about the tenth – and “why”. 警察"]

# One row at least of every table; a column that a schema lacks is left out.
ROWS: Mapping[str, tuple[Row, ...]] = {
    "articles": (
        {
            "id": "aaaaaaaaaaa1", "url": "https://courier.example/news/1", "outlet": "Thames Courier", "feed": COURIER,
            "title": "Panel asks why calls wait", "paragraphs": json.dumps(ALL_ALIKE, ensure_ascii=False),
            "published": "2026-11-10T09:00:00.000000+00:00", "published_is_guess": 0,
            "first_seen": "2026-11-10T10:30:00.000001+00:00", "text_from": "page", "text_reason": None,
            "shared_key": "newsquest:1234567", "page_title": "Panel asks why calls wait | Thames Courier",
            "forgotten": None,
        },
        {
            "id": "bbbbbbbbbbb2", "url": "https://lantern.example/b", "outlet": "Wycombe Lantern", "feed": LANTERN,
            "title": "Front counter to close", "paragraphs": "[]",
            "published": "2026-11-11T00:00:00.000000+00:00", "published_is_guess": 1,
            "first_seen": "2026-11-11T08:00:00.000000+00:00", "text_from": "summary", "text_reason": "the server said 503",
            "shared_key": None, "page_title": None, "forgotten": None,
        },
    ),
    "feed_states": (
        {
            "url": COURIER, "etag": 'W/"a1"', "last_modified": "Tue, 10 Nov 2026 10:00:00 GMT", "body_digest": "ab12",
            "next_poll": "2026-11-16T07:30:00.000000+00:00", "last_poll": "2026-11-16T07:00:00.000000+00:00",
            "last_success": "2026-11-16T07:00:00.000000+00:00", "last_new": "2026-11-10T10:30:00.000000+00:00",
            "last_full": "2026-11-16T00:00:00.000000+00:00", "failures": 0.0, "last_failure": None,
            "moved_to": "https://courier.example/feed", "gone_since": None, "left_out": "10 of 60 entries",
            "left": None, "left_since": None,
        },
        {
            "url": LANTERN, "etag": None, "last_modified": None, "body_digest": None,
            "next_poll": "2026-11-17T07:00:00.000000+00:00", "last_poll": "2026-11-16T07:00:01.000000+00:00",
            "last_success": None, "last_new": None, "last_full": None, "failures": 2.25, "last_failure": "410 Gone",
            "moved_to": None, "gone_since": "2026-11-12T07:00:00.000000+00:00", "left_out": None,
            "left": "the poll was over", "left_since": "2026-11-16T07:10:00.000000+00:00",
        },
    ),
    "polls": (
        {"feed": COURIER, "at": "2026-11-10T10:30:00.000000+00:00", "result": "new", "entries": 3, "new": 1, "reason": None},
        {"feed": LANTERN, "at": "2026-11-16T07:00:01.000000+00:00", "result": "failed", "entries": 0, "new": 0, "reason": "410 Gone"},
    ),
    "runs": (
        {
            "panel": "", "job": "poll", "started": "2026-11-16T07:00:00.000000+00:00", "ended": "2026-11-16T07:00:09.000000+00:00",
            "ok": 1, "summary": "2 feeds polled, 1 failed; 0 new articles.",
        },
        {
            "panel": "thames-valley", "job": "weekly report", "started": "2026-11-16T07:01:00.000000+00:00", "ended": "2026-11-16T07:02:00.000000+00:00",
            "ok": 0, "summary": "The mail server did not answer.",
        },
    ),
    "editions": (
        {
            "panel": "thames-valley", "number": 1, "made": "2026-11-16T07:00:00.000000+00:00", "since": None,
            "until": "2026-11-16T07:00:00.000000+00:00", "meeting": "2026-12-18", "items": 1, "rules_digest": "571116e7fa8e",
            "weekly": "2026-11-16T07:00:00.000000+00:00",
            "record": "", "issued": "2026-11-18T09:00:00.000000+00:00", "issued_by": "Ann",
        },
    ),
    "messages": (
        {
            "panel": "thames-valley", "id": "<1@monitor.example>", "edition": 1, "composed": "2026-11-16T07:01:30.000000+00:00",
            "content": b"Subject: Topical Issues, draft 1\r\n\r\n\x00\xff", "state": "unsure", "detail": "no answer within 30 s",
            "tried": "2026-11-16T07:02:00.000000+00:00", "doubts": 1,
            "receipts": '[{"address": "officer@example.org", "answer": "later", "said": "450 busy"}]',
        },
    ),
    "host_waits": ({"host": "lantern.example", "until": "2026-11-17T07:00:00.000000+00:00"},),
    "page_retries": (
        {
            "article": "bbbbbbbbbbb2", "url": "https://lantern.example/b", "feed": LANTERN, "tries": 2,
            "next_try": "2026-11-16T08:00:00.000000+00:00", "until": "2026-11-18T08:00:00.000000+00:00",
        },
    ),
    "decisions": (
        {
            "panel": "thames-valley", "id": 7, "edition": 1, "learned": "2026-11-17T12:00:00.000000+00:00", "digest": "d1" * 32, "source": "notes",
            "record": "", "by": "Ann", "withdrawn": "2026-11-17T12:30:00.000000+00:00", "withdrawn_by": "Ben",
        },
    ),
    "revisions": (
        {
            "article": "aaaaaaaaaaa1", "at": "2026-11-16T07:01:00.000000+00:00", "what": "headline",
            "title": "Panel told why calls wait", "paragraphs": json.dumps(ALL_ALIKE, ensure_ascii=False),
        },
    ),
    "page_checks": ({"article": "aaaaaaaaaaa1", "at": "2026-11-16T07:01:00.000000+00:00", "unread": "the server said 429"},),
    "writings": (
        {
            "panel": "thames-valley", "id": 1, "edition": 1, "folder": "drafts", "stem": "topical-issues-2026-12-18-draft-1",
            "formats": '["docx"]',
        },
    ),
    "told": (
        {
            "panel": "thames-valley", "kind": "mail", "subject": "draft 1", "says": "The mail server does not answer.",
            "since": "2026-11-16T07:02:00.000000+00:00", "told": "2026-11-16T09:00:00.000000+00:00",
            "tried": "2026-11-16T09:00:00.000000+00:00", "doubts": 0,
        },
    ),
    "forgotten": ({"digest": "f0" * 32, "at": "2026-11-15T03:00:00.000000+00:00"},),
    "erasures": (
        {"id": 1, "at": "2026-11-15T03:00:00.000000+00:00", "by": "name", "counts": '{"articles": 1}', "rewritten": 1},
    ),
    "entries": ({"feed": COURIER, "entry": "guid-1", "article": "aaaaaaaaaaa1"},),
}  # fmt: skip


def stored() -> tuple[Path, ...]:
    """The dumps, oldest first."""
    return tuple(sorted(ARCHIVES.glob("*.sql")))


def restore(dump: Path, archive: Path) -> Path:
    """An archive as the dump says."""
    with closing(sqlite3.connect(archive)) as connection:
        connection.executescript(dump.read_text("utf-8"))
        connection.execute("PRAGMA journal_mode=WAL")
    return archive


def tables(archive: Path) -> dict[str, list[Row]]:
    """Every row of every table of ours, by table, in the order in which they were written."""
    with closing(sqlite3.connect(archive)) as connection:
        connection.row_factory = sqlite3.Row
        names = [row[0] for row in connection.execute(OURS)]
        return {
            name: [dict(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY rowid")]
            for name in names
        }


def steps(archive: Path) -> list[str]:
    """The migrations that were applied, first to last."""
    with closing(sqlite3.connect(archive)) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]


def fill(connection: sqlite3.Connection, records: Mapping[str, str]) -> None:
    """The rows, as far as its tables have columns for them. `records`: what an edition and a decision say as JSON."""
    for table, rows in ROWS.items():
        columns = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        for row in rows if columns else ():
            whole = {**row, **({"record": records[table]} if "record" in row else {})}
            kept = {name: value for name, value in whole.items() if name in columns}
            names, marks = ", ".join(f'"{name}"' for name in kept), ", ".join("?" * len(kept))
            connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(kept.values()))


def dump(archive: Path, file: Path) -> None:
    with closing(sqlite3.connect(archive)) as connection:
        _write(file, connection.iterdump())


def _write(file: Path, lines: Iterable[str]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines) + "\n", "utf-8")


def store_this_schema() -> Path:
    """A dump of an archive as this version makes one."""
    from editions import edition, item, near_miss

    from monitor.model import Decision, Learned, Said, Source
    from monitor.reporting.edition.record import edition_record, learned_record
    from monitor.store import Store
    from monitor.store.rows import read_moment

    said, panel = ROWS["decisions"][0], ROWS["articles"][0]
    decision = Decision(
        said=Said.KEPT, edition=1, story="5", drafted=panel["title"], articles=(panel["id"],),
        heading="Calls that wait", note=("For the chair.",),
    )  # fmt: skip
    learned = Learned(
        edition=1, learned=read_moment(said["learned"]), digest=said["digest"], decisions=(decision,), source=Source.NOTES
    )  # fmt: skip
    ids = tuple(row["id"] for row in ROWS["articles"])
    draft = edition(item(), near=(near_miss(),), articles=ids, number=1)
    records = {"editions": edition_record(draft), "decisions": learned_record(learned)}
    with TemporaryDirectory() as folder:
        archive = Path(folder) / "archive.db"
        with Store.open(archive) as store, store.archive.transaction() as db:
            fill(db, records)
        made = steps(archive)
        file = ARCHIVES / f"{len(made):02}-{made[-1].removeprefix('m_').replace('_', '-')}.sql"
        dump(archive, file)
    return file


if __name__ == "__main__":
    sys.exit(print(f"Written: {store_this_schema()}"))
