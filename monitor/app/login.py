"""What the environment says of the mail relay's log-in: MONITOR_SMTP_USER, with MONITOR_SMTP_PASSWORD or a file that
MONITOR_SMTP_PASSWORD_FILE names. Judged when it is read, and never repeated: what is wrong is said without it.
"""

from collections.abc import Mapping

from monitor.app.secrets import Unread, read_secret
from monitor.reporting.delivery.mail import Login

USER, PASSWORD, FILE = "MONITOR_SMTP_USER", "MONITOR_SMTP_PASSWORD", "MONITOR_SMTP_PASSWORD_FILE"
LONGEST = 1_000  # signs; what is longer is no password, but a file of another kind


def login_in(environment: Mapping[str, str]) -> Login | None | str:
    """The log-in; None where no user is named; what is wrong, as a sentence without its full stop."""
    user, password, file = (environment.get(name, "") for name in (USER, PASSWORD, FILE))
    if not user.strip():
        alone = PASSWORD if password else FILE if file else ""
        return (
            f"{alone} is set, and {USER} is not: set both, or neither for a relay without log-in"
            if alone
            else None
        )
    found = _in_file(file) if file else _in_variable(password)
    if what := _unfit(user):
        return f"{USER} {what}"
    return found if isinstance(found, str) else Login(user, found.password)


def _in_variable(password: str) -> Login | str:
    if not password:
        return f"{USER} has no password with it in {PASSWORD}"
    what = _unfit(password)
    return f"{PASSWORD} {what}" if what else Login("", password)


def _in_file(file: str) -> Login | str:
    held = read_secret(file)
    if isinstance(held, Unread):
        return f"{USER} has its password in {file}, which cannot be read: {held.why}"
    password = held.rstrip("\r\n")
    what = "is empty" if not password else _unfit(password)
    return f"{USER} has its password in {file}, which {what}" if what else Login("", password)


def _unfit(said: str) -> str | None:
    """What a log-in cannot carry: SMTP's are written in ASCII, one line each."""
    if len(said) > LONGEST or "\n" in said or "\r" in said:
        return "holds more than one line: write the user or the password alone"
    if not said.isascii() or not said.isprintable():
        return "holds a letter that the log-in cannot carry: use letters, figures and signs of plain English"
    return None
