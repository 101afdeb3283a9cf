"""What a browser may do with a page: show text and our own style sheet, send forms to us, and nothing else."""

from typing import TypeVar

from flask import Flask, Response, request
from werkzeug import Response as AnyResponse

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
Answered = TypeVar("Answered", bound=AnyResponse)


def protect(response: Answered) -> Answered:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "DENY"  # for what is older than frame-ancestors
    response.headers["Referrer-Policy"] = "same-origin"  # "no-referrer" would make a form's Origin "null"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def put_on(app: Flask) -> None:
    @app.after_request
    def answered(response: Response) -> Response:
        if (
            request.endpoint != "static"
        ):  # whatever else there is may be behind a password: on a shared machine too
            response.headers["Cache-Control"] = "no-store"
        return protect(response)
