"""How values are written on a page. Jinja escapes whatever is text; an address of the web becomes a link only where it
is http or https."""

from datetime import date, datetime
from typing import Any

from flask import Flask, current_app, flash
from werkzeug import Response

from monitor import __version__
from monitor.app.desk.opened import OpenDesk
from monitor.desk.cards import is_named, say_others, say_points, say_source
from monitor.reporting.edition.basis import say_window
from monitor.reporting.wording import LONDON, day_in_london, say_count, say_day, say_moment, web_address

Answer = str | Response | tuple[str | Response, int] | tuple[str | Response, int, dict[str, str]]


def the_desk() -> OpenDesk:
    """That of the running application."""
    desk: OpenDesk = current_app.extensions["desk"]
    return desk


def tell(text: str, undo: str = "") -> None:
    """What was done, on the next page; `undo` is the address by which it is taken back."""
    message: Any = {"text": text, "undo": undo}
    flash(message)


def say_time(moment: datetime) -> str:
    """`Tue 24 Nov 2026, 14:05`, as a person in London reads it."""
    local = moment.astimezone(LONDON)
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M}"


def say_date(day: date | datetime) -> str:
    """`24 Nov 2026`."""
    if isinstance(day, datetime):
        day = day_in_london(day)
    return f"{day.day} {day:%b %Y}"


def teach(app: Flask) -> None:
    """The filters that templates use, and what stands on every page."""
    for filter in (
        say_moment,
        say_day,
        say_count,
        say_time,
        say_date,
        say_window,
        say_source,
        is_named,
        say_others,
        say_points,
        web_address,
    ):
        app.add_template_filter(filter, filter.__name__)
    app.add_template_filter(lambda moment: moment.isoformat(), "iso")

    @app.context_processor
    def around() -> dict[str, object]:
        desk = the_desk()
        return {
            "version": __version__,
            "wrong_files": desk.mistakes(),
            "panels": app.config["PANELS"],
            "panel": desk.panel,
        }
