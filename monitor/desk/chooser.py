"""Several panels at one address: the first page names them, and each panel's desk is under its name.

    /              the panels, to choose from; nothing of what is in them
    /wessex/    the desk of one, as it is by itself: with its own password, its own sessions, its own cookie path

A desk sees no request but those under its name, and its cookie is signed by its own key: who is in at one panel is
nobody at another.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import Flask, Response, render_template
from jinja2 import StrictUndefined

from monitor.desk.safety import headers
from monitor.desk.safety.front import Front
from monitor.desk.safety.standing import Standing

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

NOWHERE = "There is no such page here. The first page names the panels.\n"


@dataclass(frozen=True, slots=True)
class Choice:
    """A panel as the first page names it."""

    name: str  # its folder's
    title: str  # what it is called


def under(stands: Standing, name: str) -> Standing:
    """Where the desk of a panel stands."""
    return replace(stands, prefix=f"{stands.prefix}/{name}")


class Chooser:
    """The application of all. `desks` are those of the panels, by name, each standing `under` it."""

    def __init__(
        self, desks: Mapping[str, "WSGIApplication"], choices: Iterable[Choice], stands: Standing
    ) -> None:
        self._desks, self._prefix = desks, stands.prefix
        self._first = _first_page(tuple(choices), stands)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        asked = environ.get("PATH_INFO", "")
        path = asked.removeprefix(self._prefix) if asked.startswith(f"{self._prefix}/") else asked
        name = path.lstrip("/").partition("/")[0] if path.startswith("/") and path[1:2] != "/" else ""
        if name in self._desks:
            environ["PATH_INFO"] = f"{self._prefix}{path}"  # which the desk's own front takes apart
            return self._desks[name](environ, start_response)
        return self._first(environ, start_response)


def _first_page(choices: tuple[Choice, ...], stands: Standing) -> Flask:
    app = Flask("monitor.desk")
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    headers.put_on(app)

    @app.get("/")
    def choose() -> str:
        return render_template("panels.html", panels=choices)

    def nowhere(_error: Exception) -> Response:
        return Response(NOWHERE, 404, mimetype="text/plain")

    app.register_error_handler(404, nowhere)
    app.register_error_handler(405, nowhere)
    app.wsgi_app = Front(app.wsgi_app, stands)  # type: ignore[method-assign]
    return app
