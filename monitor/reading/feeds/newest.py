"""Which entries of a feed are read, where it has more than are ever read: the newest, wherever in it they stand.

1. Most feeds name the newest first, some last, some in no order: so each entry's own date decides. An entry without a
   date that can be believed counts as its neighbour before it.
2. Where few have dates, nobody can tell which end is the new one: then half is read from each.
3. What is left out is said, here and wherever the feed is shown.

Here and not beside feedparser stands what is believed of entries' dates: a poll asks for it and loads no parser.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import mktime_tz, parsedate_tz
from itertools import pairwise

from monitor.model import OLD

MOST_ENTRIES = 500
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
OLDEST = OLD
FURTHEST = timedelta(days=1)

# Each format has one of these, with or without a prefix.
ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)
LAST_END = re.compile(rb"^.*</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE | re.DOTALL)
DATE = re.compile(
    rb"<(?:\w+:)?(?:pubDate|published|updated|date|issued|modified)\b[^<>]{0,200}>\s*(?:<!\[CDATA\[\s*)?([^<\]]{6,60})",
    re.IGNORECASE,
)


def newest_entries(body: bytes, most: int, latest: datetime) -> tuple[bytes, str | None]:
    """A feed of XML with the entries that are read, and what is said of the others; no date after `latest` is
    believed."""
    starts = [found.start() for found in ENTRY.finditer(body)]
    if len(starts) <= most:
        return body, None
    last = LAST_END.match(body)
    end = max(last.end() if last else 0, starts[-1])
    pieces = [body[start:after] for start, after in pairwise([*starts, end])]
    kept, said = chosen([_date(piece) for piece in pieces], most, latest)
    return body[: starts[0]] + b"".join(pieces[at] for at in kept) + body[end:], said


def chosen(dates: Sequence[datetime | None], most: int, latest: datetime) -> tuple[list[int], str | None]:
    """The places of the entries that are read, in order, and what is said of the others."""
    if len(dates) <= most:
        return list(range(len(dates))), None
    dates = [date if date is not None and date <= latest else None for date in dates]
    if sum(date is not None for date in dates) * 2 < len(dates):
        kept = [*range(most - most // 2), *range(len(dates) - most // 2, len(dates))]
        return (
            kept,
            f"of its {len(dates):,} entries, which have no dates, {most} are read: half from each end",
        )
    known = next(date for date in dates if date is not None)
    filled = [known := date or known for date in dates]
    newest = sorted(range(len(filled)), key=lambda at: filled[at], reverse=True)[:most]
    return sorted(newest), f"the newest {most} of its {len(dates):,} entries are read"


def _date(entry: bytes) -> datetime | None:
    found = DATE.search(entry)
    return moment(found[1].decode("ascii", "replace").strip()) if found else None


def moment(text: str) -> datetime | None:
    """A date as feeds write it, if only to tell new from old."""
    try:
        iso = datetime.fromisoformat(text)
        return iso.astimezone(UTC) if iso.tzinfo else iso.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        pass
    try:
        parsed = parsedate_tz(text)
        return datetime.fromtimestamp(mktime_tz(parsed), UTC) if parsed else None
    except (ValueError, OverflowError):
        return None
