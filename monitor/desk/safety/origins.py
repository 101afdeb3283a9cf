"""Where a form was sent from. Beside its token: a browser says by itself which site sent it, and a page elsewhere cannot
make it say otherwise.

- `Sec-Fetch-Site` decides where it is there: browsers send it over https and to this machine. "none" is the person.
- Else `Origin`, which must be one of our own: the public address, or that by which the desk was asked.
- Else the token decides alone: an old browser, or a script of the person's own.
"""

from collections.abc import Collection

from flask import Flask, abort, request

from monitor.desk.safety.front import ORIGINS

SAFE = ("GET", "HEAD", "OPTIONS")


def is_own(site: str | None, origin: str | None, ours: Collection[str]) -> bool:
    if site is not None:
        return site in ("same-origin", "none")
    return origin is None or origin.lower() in ours


def guard(app: Flask) -> None:
    @app.before_request
    def own() -> None:
        if request.method not in SAFE and not is_own(
            request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin"), request.environ[ORIGINS]
        ):
            abort(403)
