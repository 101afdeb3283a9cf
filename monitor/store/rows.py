"""Values to rows and back, one pair a table. Nothing but `store` sees a row."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from monitor.model import (
    Answer,
    Article,
    Edition,
    FeedState,
    HostWait,
    KeptEdition,
    KnownArticle,
    Learned,
    Message,
    MessageState,
    PageCheck,
    PageRetry,
    PollOutcome,
    Receipt,
    Revision,
    Run,
    TextFrom,
    Window,
    Writing,
)

Row = dict[str, Any]


def moment_text(moment: datetime) -> str:
    """ISO 8601 in UTC, always with microseconds: two of them compare as text as they do as moments."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def read_moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def bounds(window: Window) -> tuple[str, str]:
    """The window as two texts to compare with; the empty text is before every moment."""
    return (moment_text(window.since) if window.since else "", moment_text(window.until))


ARTICLE_COLUMNS = tuple(field.name for field in fields(Article))


def article_row(article: Article) -> Row:
    return {
        "id": article.id,
        "url": article.url,
        "outlet": article.outlet,
        "feed": article.feed,
        "title": article.title,
        "paragraphs": json.dumps(article.paragraphs, ensure_ascii=False),
        "published": moment_text(article.published),
        "published_is_guess": int(article.published_is_guess),
        "first_seen": moment_text(article.first_seen),
        "text_from": article.text_from.value,
        "text_reason": article.text_reason,
        "shared_key": article.shared_key,
        "page_title": article.page_title,
    }


def read_text(value: object) -> str:
    """A text that is never missing."""
    if not isinstance(value, str):
        raise TypeError
    return value


def read_texts(value: str) -> tuple[str, ...]:
    found = json.loads(value)
    if not isinstance(found, list):
        raise TypeError
    return tuple(map(read_text, found))


def read_article(row: Mapping[str, Any]) -> Article:
    return Article(
        id=read_text(row["id"]),
        url=read_text(row["url"]),
        outlet=read_text(row["outlet"]),
        feed=read_text(row["feed"]),
        title=read_text(row["title"]),
        paragraphs=read_texts(row["paragraphs"]),
        published=read_moment(row["published"]),
        published_is_guess=bool(row["published_is_guess"]),
        first_seen=read_moment(row["first_seen"]),
        text_from=TextFrom(row["text_from"]),
        text_reason=row["text_reason"],
        shared_key=row["shared_key"],
        page_title=row["page_title"],
    )


def read_sighting(row: Mapping[str, Any]) -> tuple[str, datetime, datetime]:
    """The feed of an article, its date, and when it was first seen."""
    return read_text(row["feed"]), read_moment(row["published"]), read_moment(row["first_seen"])


def read_known_article(row: Mapping[str, Any]) -> KnownArticle:
    return KnownArticle(
        id=read_text(row["id"]),
        url=read_text(row["url"]),
        title=read_text(row["title"]),
        text=read_text(row["text"]),
        text_from=TextFrom(row["text_from"]),
        feed=read_text(row["feed"]),
    )


STATE_COLUMNS = tuple(field.name for field in fields(FeedState))


def feed_state_row(state: FeedState) -> Row:
    values = {column: getattr(state, column) for column in STATE_COLUMNS}
    return {
        name: moment_text(value) if isinstance(value, datetime) else value for name, value in values.items()
    }


_STATE_MOMENTS = (
    "next_poll",
    "last_poll",
    "last_success",
    "last_new",
    "last_full",
    "gone_since",
    "left_since",
)


def read_feed_state(row: Mapping[str, Any]) -> FeedState:
    moments = {name: read_moment(row[name]) if row[name] else None for name in _STATE_MOMENTS}
    return FeedState(
        url=row["url"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        body_digest=row["body_digest"],
        failures=row["failures"],
        last_failure=row["last_failure"],
        moved_to=row["moved_to"],
        left_out=row["left_out"],
        left=row["left"],
        **moments,
    )


def read_success(row: Mapping[str, Any]) -> datetime:
    """Of a feed."""
    return read_moment(row["last_success"])


def read_host_wait(row: Mapping[str, Any]) -> HostWait:
    return HostWait(host=read_text(row["host"]), until=read_moment(row["until"]))


def read_feed(row: Mapping[str, Any]) -> str:
    """Of a poll."""
    return read_text(row["feed"])


def poll_row(outcome: PollOutcome) -> Row:
    return {
        "feed": outcome.feed,
        "at": moment_text(outcome.at),
        "result": outcome.result.value,
        "entries": outcome.entries,
        "new": outcome.new,
        "reason": outcome.reason,
    }


def run_row(run: Run) -> Row:
    return {
        "job": run.job,
        "started": moment_text(run.started),
        "ended": moment_text(run.ended),
        "ok": int(run.ok),
        "summary": run.summary,
    }


def read_run(row: Mapping[str, Any]) -> Run:
    return Run(
        job=row["job"],
        started=read_moment(row["started"]),
        ended=read_moment(row["ended"]),
        ok=bool(row["ok"]),
        summary=row["summary"],
    )


def read_kept_edition(row: Mapping[str, Any]) -> KeptEdition:
    return KeptEdition(
        number=row["number"],
        made=read_moment(row["made"]),
        window=Window(
            since=read_moment(row["since"]) if row["since"] else None, until=read_moment(row["until"])
        ),
        meeting=date.fromisoformat(row["meeting"]) if row["meeting"] else None,
        items=row["items"],
        weekly=read_moment(row["weekly"]) if row["weekly"] else None,
        issued=read_moment(row["issued"]) if row["issued"] else None,
        issued_by=row["issued_by"],
    )


def read_record(row: Mapping[str, Any]) -> str:
    """Of an edition or a decision, exactly as it was kept."""
    return read_text(row["record"])


def read_json(text: object) -> Any:
    """To be sure that it is some."""
    return json.loads(read_text(text))


def edition_row(edition: Edition, record: str, weekly: datetime | None = None) -> Row:
    window = edition.basis.window
    return {
        "number": edition.number,
        "made": moment_text(edition.made),
        "since": moment_text(window.since) if window.since else None,
        "until": moment_text(window.until),
        "meeting": edition.header.meeting.isoformat() if edition.header.meeting else None,
        "items": len(edition.items),
        "rules_digest": edition.rules_digest,
        "record": record,
        "weekly": moment_text(weekly) if weekly else None,
    }


def writing_row(writing: Writing) -> Row:
    """What becomes known of it when its edition is kept; the folder stays as it is."""
    return {
        "edition": writing.edition,
        "stem": writing.stem,
        "formats": json.dumps(writing.formats),
    }


def read_writing(row: Mapping[str, Any], home: Path) -> Writing:
    return Writing(
        id=row["id"],
        folder=str(home / row["folder"]),
        edition=row["edition"],
        stem=row["stem"],
        formats=tuple(json.loads(row["formats"])),
    )


def decision_row(learned: Learned, record: str) -> Row:
    return {
        "edition": learned.edition,
        "learned": moment_text(learned.learned),
        "digest": learned.digest,
        "source": learned.source.value,
        "record": record,
        "by": learned.by,
    }


def message_row(message: Message) -> Row:
    return {
        "id": message.id,
        "edition": message.edition,
        "composed": moment_text(message.composed),
        "content": message.content,
        "state": message.state.value,
        "detail": message.detail,
        "tried": moment_text(message.tried) if message.tried else None,
        "doubts": message.doubts,
        "receipts": json.dumps([asdict(one) for one in message.receipts], ensure_ascii=False),
    }


def read_message(row: Mapping[str, Any]) -> Message:
    return Message(
        id=row["id"],
        edition=row["edition"],
        composed=read_moment(row["composed"]),
        content=row["content"],
        state=MessageState(row["state"]),
        detail=row["detail"],
        tried=read_moment(row["tried"]) if row["tried"] else None,
        doubts=row["doubts"],
        receipts=tuple(_read_receipt(one) for one in json.loads(row["receipts"])),
    )


def _read_receipt(one: Mapping[str, str]) -> Receipt:
    return Receipt(address=one["address"], answer=Answer(one["answer"]), said=one["said"])


def retry_row(retry: PageRetry) -> Row:
    return {
        "article": retry.article,
        "url": retry.url,
        "feed": retry.feed,
        "tries": retry.tries,
        "next_try": moment_text(retry.next_try),
        "until": moment_text(retry.until),
    }


def read_retry(row: Mapping[str, Any]) -> PageRetry:
    return PageRetry(
        article=row["article"],
        url=row["url"],
        feed=row["feed"],
        tries=row["tries"],
        next_try=read_moment(row["next_try"]),
        until=read_moment(row["until"]),
    )


def check_row(check: PageCheck) -> Row:
    return {"article": check.article, "at": moment_text(check.at), "unread": check.unread}


def read_check(row: Mapping[str, Any]) -> PageCheck:
    return PageCheck(article=row["article"], at=read_moment(row["at"]), unread=row["unread"])


def revision_row(revision: Revision) -> Row:
    return {
        "article": revision.article,
        "at": moment_text(revision.at),
        "what": revision.what,
        "title": revision.title,
        "paragraphs": json.dumps(revision.paragraphs, ensure_ascii=False),
    }


def read_revision(row: Mapping[str, Any]) -> Revision:
    return Revision(
        article=row["article"],
        at=read_moment(row["at"]),
        what=row["what"],
        title=row["title"],
        paragraphs=read_texts(row["paragraphs"]),
    )
