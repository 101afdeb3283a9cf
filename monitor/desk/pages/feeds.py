"""Feeds: how each stands; one of them; an address tried; a feed read at once. What changes the list is in
`feed_forms.py`."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, url_for

from monitor.app.desk.feeds.feed_edits import feed_changes
from monitor.app.desk.feeds.feed_trial import ShownTrial, Trials
from monitor.app.desk.feeds.listed import ANY, NONE, FeedFilter, FeedsShown, OneFeed, one_feed, shown_feeds
from monitor.app.desk.feeds.reading_now import ReadingsNow
from monitor.app.feed_list import export_opml
from monitor.desk.charts import Chart, columns, days_found, weeks
from monitor.desk.say import Answer, tell, the_desk
from monitor.reading.schedule.standing import Standing
from monitor.reporting.wording import one_line

page = Blueprint("feeds", __name__)

LONGEST_ADDRESS = 2_000
FILTERS = ("state", "area", "publisher", "text")
TONES = {Standing.FAILING: "wrong", Standing.SILENT: "note", Standing.LEFT: "note", Standing.MOVED: "note"}


@page.get("/feeds")
def show() -> Answer:
    wanted = FeedFilter(**{name: one_line(request.args.get(name, ANY))[:200] for name in FILTERS})
    desk = the_desk()
    found = shown_feeds(desk, wanted)
    return render_template(
        "feeds.html",
        found=found,
        wanted=wanted,
        lifts=list(_lifts(wanted)),
        options=_options(found),
        charts_of={one.id: _small(one.feed.name, one.days, found) for one in found.feeds},
        weekly={one.id: weeks(one.days) for one in found.feeds},
        week_starts=[found.first + timedelta(weeks=number) for number in range(len(found.feeds[0].days) // 7)]
        if found.feeds
        else [],
        tones=TONES,
        twice={name for name, number in Counter(one.feed.name for one in found.feeds).items() if number > 1},
        changes=feed_changes(desk),
    )


def _small(name: str, days: tuple[int | None, ...], found: FeedsShown) -> Chart:
    return columns(days, days_found(name, days, found.first), small=True)


def _lifts(wanted: FeedFilter) -> Iterator[tuple[str, str]]:
    """Each filter that is set, in words, and the address of the page without it."""
    said = asdict(wanted)
    words = {"state": "state", "area": "area", "publisher": "publisher", "text": "words"}
    for name in FILTERS:
        if said[name]:
            rest = {key: value for key, value in said.items() if value and key != name}
            value = "none" if said[name] == NONE else said[name]
            yield f"{words[name]}: {value}", url_for("feeds.show", **rest)


def _options(found: FeedsShown) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen, each with how many feeds it would give."""
    named = {"state": found.states, "area": found.areas, "publisher": found.publishers}
    return {
        name: [
            (ANY, "any"),
            *((value, f"{'none' if value == NONE else value} ({number})") for value, number in numbers),
        ]
        for name, numbers in named.items()
    }


# ── one feed ────────────────────────────────────────────────────────────────────────────────────────────────────


@page.get("/feeds/<id>")
def one(id: str) -> Answer:
    found = known(id)
    shown = found.shown
    days = [found.first + timedelta(days=number) for number in range(len(shown.days))]
    labels = [f"{day.day} {day:%b}" for day in days]
    return render_template(
        "feed.html",
        one=found,
        chart=columns(shown.days, days_found(shown.feed.name, shown.days, found.first), labels=labels),
        days=list(zip(days, shown.days, strict=True)),
        tone=TONES.get(shown.standing, "good"),
        reading=readings().of(shown.feed.url),
    )


def known(id: str) -> OneFeed:
    """The feed of an address of the desk; a page that is not there where the list has none."""
    return one_feed(the_desk(), id) or abort(404)


@page.post("/feeds/<id>/read")
def read_now(id: str) -> Answer:
    found = known(id)
    if found.shown.feed.paused is not None:
        tell("It is paused, so it was not read. Resume it first.")
    elif why := readings().begin(the_desk(), found.shown.feed.url):
        tell(why)
    else:
        tell(f"{found.shown.feed.name} is being read. Look again in a moment.")
    return redirect(url_for("feeds.one", id=id, _anchor="reading"), 303)


def readings() -> ReadingsNow:
    """Those of the running desk."""
    kept: ReadingsNow = current_app.extensions.setdefault("feeds read now", ReadingsNow())
    return kept


# ── an address tried ────────────────────────────────────────────────────────────────────────────────────────────


@page.get("/feeds/try")
def ask_what_to_try() -> Answer:
    address = request.args.get("address", "").strip()[:LONGEST_ADDRESS]
    return render_template("feed_try.html", address=address, trial=None, error="")


@page.post("/feeds/try")
def try_address() -> Answer:
    """It asks the web, so it is sent with a token; but it changes nothing, so what it found is the answer itself."""
    address = one_line(request.form.get("address", ""))[:LONGEST_ADDRESS]
    trials: Trials = current_app.extensions.setdefault("feeds tried", Trials())
    trial = trials.of(the_desk(), address)
    if isinstance(trial, ShownTrial):
        return render_template("feed_try.html", address=address, trial=trial, error="")
    return render_template("feed_try.html", address=address, trial=None, error=trial.why), 422


# ── for other readers ───────────────────────────────────────────────────────────────────────────────────────────


@page.get("/feeds.opml")
def export() -> Answer:
    """The list as the file holds it; what it leaves out stands on the page that links here."""
    opml, _ = export_opml(the_desk().config())
    answer = Response(opml.encode("utf-8"), mimetype="text/x-opml")
    answer.headers["Content-Disposition"] = 'attachment; filename="feeds.opml"'
    return answer
