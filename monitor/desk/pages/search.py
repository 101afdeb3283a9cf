"""Search: words and filters, all in the address; what was found, as a page, a table and a feed; ticks that take in."""

import re
from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug import Response
from werkzeug.datastructures import MultiDict

from monitor.app.desk.searching import (
    MOST_ROWS,
    Asked,
    SearchPage,
    found_rows,
    search,
    take,
    take_back,
)
from monitor.desk.safety.who import who
from monitor.desk.say import Answer, tell, the_desk
from monitor.model import Dated, Order
from monitor.reporting.documents.atom import contact_domain
from monitor.reporting.searching.rows import as_atom, as_csv

page = Blueprint("search", __name__)

MOST_ENTRIES = 50
LONGEST_UNDO = 500  # characters
_TYPED = ("q", "outlet", "topic", "area", "council", "verdict", "since", "until", "after")
_LONGEST = 2_000  # characters of a field


@page.get("/search")
def show() -> Answer:
    found = search(the_desk(), asked_in(request.args))
    errors = {**dict.fromkeys(_TYPED, ""), **dict(found.mistakes)}
    return render_template("search.html", page=found, errors=errors, Dated=Dated, Order=Order), _status(found)


@page.get("/search.csv")
def table() -> Answer:
    found = search(the_desk(), asked_in(request.args), MOST_ROWS)
    if not found.is_asked:
        return redirect(_to("search.show", found.asked), 303)
    text = as_csv(found_rows(found), found.total - len(found.hits) if found.next else 0)
    answer = Response(text, mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="search.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@page.get("/search.atom")
def feed() -> Answer:
    found = search(the_desk(), asked_in(request.args), MOST_ENTRIES)
    if not found.is_asked:
        return redirect(_to("search.show", found.asked), 303)
    text = as_atom(
        found_rows(found),
        how=found.how,
        address=_to("search.feed", found.asked, _external=True),
        page=_to("search.show", found.asked, _external=True),
        domain=contact_domain(the_desk().config().network.user_agent),
        now=the_desk().clock(),
    )
    return Response(text, content_type="application/atom+xml; charset=utf-8")


@page.post("/search/take")
def take_in() -> Answer:
    """One by its button, whatever is ticked, or all that are ticked; back to where they stand."""
    one = request.form.get("one")
    ids = (one,) if one else tuple(request.form.getlist("story"))
    asked = asked_in(MultiDict(parse_qsl(request.form.get("back", "")[:_LONGEST])))
    came = take(the_desk(), ids, by=who())
    numbers = ",".join(map(str, came.undo))
    is_short = 0 < len(numbers) < LONGEST_UNDO  # what is said is kept in a cookie of four kilobytes
    tell(came.says, undo=_to("search.take_out", asked, numbers=numbers) if is_short else "")
    return redirect(_to("search.show", asked, _anchor=f"story-{ids[0]}" if ids else None), 303)


@page.post("/search/undo/<numbers>")
def take_out(numbers: str) -> Answer:
    """Back to the very search in which they were taken."""
    if not re.fullmatch(r"\d{1,9}(?:,\d{1,9})*", numbers, re.ASCII):
        abort(404)
    tell(take_back(the_desk(), [int(one) for one in numbers.split(",")], by=who()).says)
    return redirect(_to("search.show", asked_in(request.args)), 303)


def _to(endpoint: str, asked: Asked, **more: Any) -> str:
    arguments: dict[str, Any] = {**asked.arguments, **more}
    return url_for(endpoint, **arguments)


def asked_in(arguments: "MultiDict[str, str]") -> Asked:
    """What is no value of a choice is as if it were not there."""
    typed = {name: arguments.get(name, "")[:_LONGEST].strip() for name in _TYPED}
    dated, order = arguments.get("dated"), arguments.get("order")
    return Asked(
        **typed,
        dated=Dated(dated) if dated in set(Dated) else Dated.PUBLISHED,
        order=Order(order) if order in set(Order) else Order.NEWEST,
    )


def _status(found: SearchPage) -> int:
    return 422 if found.mistakes else 200
