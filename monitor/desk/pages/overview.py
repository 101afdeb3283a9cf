"""Overview: each part a chart, a table of its numbers, and the same as a sheet. Every number leads to the search that
counted it."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, render_template, request, url_for

from monitor.app.desk.overview import Overview, overview, queue_now
from monitor.app.queued import job_in_words
from monitor.desk.charts import bar, columns, percent, weeks_found
from monitor.desk.say import Answer, say_date, the_desk
from monitor.desk.sheets import sheet
from monitor.model import Choice
from monitor.reporting.overview.period import MEETING, USUAL, WEEKS, Period
from monitor.reporting.overview.rows import Row

page = Blueprint("overview", __name__)

PERIODS = (*((weeks, f"{weeks} weeks") for weeks in WEEKS), (MEETING, "since the last meeting"))
IN = Choice.INCLUDE.value


@page.get("/overview")
def show() -> Answer:
    found = overview(the_desk(), _period())
    stories = found.stories
    labels = [f"{week.day} {week:%b}" for week in found.period.weeks]
    return render_template(
        "overview.html",
        found=found,
        stories=stories,
        period=found.period,
        span=_span(found.period.first, found.period.last),
        before=_span(*found.period.before),
        periods=PERIODS,
        labels=labels,
        columns=columns,
        bar=bar,
        percent=percent,
        weeks_found=weeks_found,
        search=_search_of(found.period),
        counted_of=_counted_of(found),
        took=_took,
        queue=queue_now(the_desk()),
        job_in_words=job_in_words,
    )


def _period() -> str:
    return request.args.get("weeks", USUAL)


def _span(first: date, last: date) -> str:
    return f"{say_date(first)} to {say_date(last)}"


def _search_of(period: Period) -> Callable[..., str]:
    """Makes the address of the search that counted a number: of one week, else of the whole period; `by` topic,
    council, outlet, verdict."""

    page_of_search = url_for("search.show")  # once: a year's tables have two thousand links

    def search(week: date | None = None, **by: str) -> str:
        first = week or period.first
        last = period.end_of(week) if week else period.last
        asked = {**by, "since": first.isoformat(), "until": last.isoformat(), "dated": "received"}
        return f"{page_of_search}?{urlencode(asked)}"

    return search


def _took(span: timedelta) -> str:
    """ "4 s", "2 min 5 s", "1 h 10 min"."""
    seconds = round(span.total_seconds())
    if seconds < 1:
        return "under 1 s"
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    parts = [(hours, "h"), (minutes, "min"), (0 if hours else rest, "s")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number)


def _counted_of(found: Overview) -> str:
    """What the numbers rest on, where that is not all; "" where it is."""
    if found.stories is None:
        return (
            "The stories are not counted yet. The desk does so beside the pages; look again in a few minutes."
        )
    if found.stories.is_of_before:
        return "The stories are counted anew beside the pages. Until that is done, these are the numbers of before."
    state = found.stories.state
    if state.judged >= state.stored:
        return ""
    return (
        f"Counted over {state.judged:,} of {state.stored:,} stories so far: the rest is judged beside the pages. "
        "Look again in a few minutes."
    )


# ── the same as sheets ──────────────────────────────────────────────────────────────────────────────────────────


@page.get("/overview/<name>.csv")
def as_sheet(name: str) -> Answer:
    make = SHEETS.get(name) or abort(404)
    found = overview(the_desk(), _period())
    if found.stories is None and name in OF_STORIES:
        says = _counted_of(found)
        return render_template("trouble.html", title="Not counted yet", says=says), 503, {"Retry-After": "60"}
    answer: Response = make(found)
    return answer


def _by_week(name: str, found: Overview, rows: Sequence[Row], base: Row) -> Response:
    weeks = [f"week of {week.isoformat()}" for week in found.period.weeks]
    header = [name, "in all", f"share of {base.total} (%)", "before", *weeks]
    return sheet(
        f"{name}s-{found.period.first}-to-{found.period.last}",
        header,
        [
            [row.name, row.total, _share(row.total, base.total), row.before, *row.weeks]
            for row in (base, *rows)
        ],
    )


def _share(part: int, of: int) -> float | None:
    return round(100 * part / of, 1) if of else None


def _topics(found: Overview) -> Response:
    assert found.stories is not None
    return _by_week("topic", found, found.stories.topics, found.stories.inside)


def _councils(found: Overview) -> Response:
    assert found.stories is not None
    return _by_week("council", found, found.stories.councils, found.stories.inside)


def _outlets(found: Overview) -> Response:
    assert found.stories is not None
    lines = [[one.outlet, one.read, one.inside, one.reported] for one in found.stories.outlets]
    return sheet("outlets", ["outlet", "articles read", "in", "in reports"], lines)


def _editions(found: Overview) -> Response:
    header = [
        "draft",
        "made",
        "meeting",
        "offered",
        "kept",
        "dropped",
        "no word",
        "taken in",
        "own",
        "further",
    ]
    lines = [
        [one.number, one.made.isoformat(timespec="minutes"), one.meeting and one.meeting.isoformat()]
        + [one.offered, one.kept, one.dropped, one.later, one.unsaid, one.taken, one.own, one.further]
        for one in found.editions
    ]
    return sheet("drafts", header, lines)


def _runs(found: Overview) -> Response:
    header = ["job", "runs", "failed", "last", "seconds in the mean", "longest, in seconds"]
    lines = [
        [one.job, one.runs, one.failed, one.last.isoformat(timespec="seconds")]
        + [round(one.usual.total_seconds(), 1), round(one.longest.total_seconds(), 1)]
        for one in found.jobs
    ]
    return sheet("runs", header, lines)


SHEETS = {"topics": _topics, "councils": _councils, "outlets": _outlets, "drafts": _editions, "runs": _runs}
OF_STORIES = ("topics", "councils", "outlets")
