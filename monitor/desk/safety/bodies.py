"""What may be sent: a form, of a size that a person can fill.

A page elsewhere can have a browser send plain text or JSON to us without asking first, and a form with files likewise;
so a body that is no plain form is refused, but where a page takes a file.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request

LARGEST_FORM = 4_000_000  # bytes: a topics.yaml is 0.2 MB
MOST_FIELDS = 5_000  # an edition of 85 stories has some 900
LARGEST_FILE = 2_000_000  # bytes: a list of 5,000 feeds
LARGEST_DOCUMENTS = 20_000_000  # bytes: an edited draft with pictures; several at once

PLAIN, WITH_FILE = "application/x-www-form-urlencoded", "multipart/form-data"

View = TypeVar("View", bound=Callable[..., Any])


def takes_a_file(most: int) -> Callable[[View], View]:
    """Put under the route of a page whose form brings files of up to so many bytes, all of it together."""

    def marked(view: View) -> View:
        view.most_of_files = most  # type: ignore[attr-defined]
        return view

    return marked


def guard(app: Flask) -> None:
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_FORM, MAX_FORM_MEMORY_SIZE=LARGEST_FORM, MAX_FORM_PARTS=MOST_FIELDS
    )

    @app.before_request
    def fits() -> None:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return
        most = getattr(current_app.view_functions.get(request.endpoint or ""), "most_of_files", 0)
        if request.mimetype == WITH_FILE and most:
            if (request.content_length or 0) > most:
                abort(413)
            request.max_content_length = most  # also of one that does not say how long it is
        elif request.mimetype != PLAIN and (request.mimetype or request.get_data()):
            abort(415)
        elif request.get_data().count(b"&") >= MOST_FIELDS:  # which raises 413 where there is more than fits
            abort(413)
