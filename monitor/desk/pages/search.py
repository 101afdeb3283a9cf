"""Search: words and filters, all in the address; what was found, as a page, a table and a feed. What is taken in from
here goes by the acts of every other page (`acts.py`), and back to this very search."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response
from werkzeug.datastructures import MultiDict

from monitor.app.desk.search.asked import Asked
from monitor.app.desk.search.searching import MOST_ROWS, found_rows, search
from monitor.desk.back import back_here
from monitor.desk.say import Answer, the_desk
from monitor.model import Dated, Order
from monitor.reporting.documents.atom import contact_domain
from monitor.reporting.searching.rows import as_atom, as_csv

page = Blueprint("search", __name__)

MOST_ENTRIES = 50
_TYPED = ("q", "outlet", "topic", "area", "council", "verdict", "since", "until", "after")
_LONGEST = 2_000  # characters of a field


@page.get("/search")
def show() -> Answer:
    found = search(the_desk(), asked_in(request.args))
    errors = {**dict.fromkeys(_TYPED, ""), **dict(found.mistakes)}
    back = back_here("search", found.asked.arguments)
    shown = {"page": found, "errors": errors, "back": back, "Dated": Dated, "Order": Order}
    return render_template("search.html", **shown), 422 if found.mistakes else 200


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
