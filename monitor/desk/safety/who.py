"""Who is acting, for the history."""

from flask import request

from monitor.desk.safety.front import USER

SOMEBODY = "desk"  # where nothing says who: this machine's user, or who knows the password


def who() -> str:
    """The name that the proxy says, or "desk"."""
    return request.environ.get(USER) or SOMEBODY
