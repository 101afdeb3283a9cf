"""Who is in. A session is a cookie that the desk signs: when it began, by which password, and a number of its own.

- It is begun anew when somebody logs in or out: nothing that was put into a browser before is in it, and the token of
  its forms is another. In between the token stays, so that older windows can still send theirs.
- It ends after `desk.hours`, with a change of the password, and when its person logs out: a copy of the cookie that
  somebody kept is good for nothing then, also after a restart (`Ended`).
- Who comes by way of a proxy that says who they are is who it says, request by request; when it says another, the
  session begins anew.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app, request, session

from monitor.app.desk.entry.ended import Ended
from monitor.desk.safety.front import USER
from monitor.desk.safety.password import Password, mark_of
from monitor.desk.safety.standing import Standing
from monitor.desk.say import the_desk

BEGAN, MARK, NUMBER, NAME = "began", "mark", "number", "name"
CLOCKS_DIFFER = timedelta(minutes=5)  # by which a session's beginning may be ahead


@dataclass(frozen=True, slots=True)
class Guarded:
    """What decides who is in; one for the running application."""

    stands: Standing
    password: Password
    ended: Ended


def guarded() -> Guarded:
    found: Guarded = current_app.extensions["desk.guarded"]
    return found


def is_in() -> bool:
    """Whether who asks may see the desk."""
    by_proxy = request.environ[USER]
    if by_proxy:
        _is_theirs(by_proxy)
        return True
    held = guarded().password.hash()
    if held is None:
        return not guarded().stands.user_header
    return _is_good(held)


def begin(held: str) -> None:
    session.clear()
    session[BEGAN] = the_desk().clock().isoformat()
    session[MARK] = mark_of(held, _key())
    session[NUMBER] = secrets.token_urlsafe(16)


def end() -> None:
    until = the_desk().clock() + timedelta(hours=guarded().stands.hours)
    if number := session.get(NUMBER):
        guarded().ended.add(number, until, the_desk().clock())
    session.clear()


def _is_good(held: str) -> bool:
    try:
        began, mark, number = (session[name] for name in (BEGAN, MARK, NUMBER))
        age = the_desk().clock() - datetime.fromisoformat(began)
    except (KeyError, TypeError, ValueError):
        return False
    is_young = -CLOCKS_DIFFER < age < timedelta(hours=guarded().stands.hours)
    return is_young and secrets.compare_digest(mark, mark_of(held, _key())) and number not in guarded().ended


def _is_theirs(name: str) -> None:
    if session.get(NAME) != name:
        session.clear()
        session[NAME] = name


def _key() -> bytes:
    key = current_app.secret_key or b""
    return key.encode() if isinstance(key, str) else key
