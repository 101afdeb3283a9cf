"""What the environment says of the mail relay's log-in: MONITOR_SMTP_USER, with MONITOR_SMTP_PASSWORD or a file that
MONITOR_SMTP_PASSWORD_FILE names; of one of several panels with its name behind, as in MONITOR_SMTP_USER_WESSEX and
MONITOR_SMTP_PASSWORD_WESSEX_FILE. Judged when it is read, and never repeated: what is wrong is said without it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.app.secrets import Unread, read_secret
from monitor.reporting.delivery.mail import Login

USER, PASSWORD = "MONITOR_SMTP_USER", "MONITOR_SMTP_PASSWORD"
LONGEST = 1_000  # signs; what is longer is no password, but a file of another kind


def login_in(environment: Mapping[str, str], panel: str = "") -> Login | None | str:
    """The log-in; None where no user is named; what is wrong, as a sentence without its full stop. `panel`: the name of
    one of several: its relay is its own, and no other's password is sent there."""
    names = Names.of(panel)
    user, password, file = (environment.get(name, "") for name in (names.user, names.password, names.file))
    if not user.strip():
        alone = names.password if password else names.file if file else ""
        return (
            f"{alone} is set, and {names.user} is not: set both, or neither for a relay without log-in"
            if alone
            else None
        )
    found = _in_file(file, names) if file else _in_variable(password, names)
    if what := _unfit(user):
        return f"{names.user} {what}"
    return found if isinstance(found, str) else Login(user, found.password)


def unused(environment: Mapping[str, str], panel: str) -> str | None:
    """What to look at where the environment has a log-in, as for one panel, and this one of several has none; mostly it
    was alone before."""
    names = Names.of(panel)
    if not panel or not environment.get(USER, "").strip() or environment.get(names.user, "").strip():
        return None
    return (
        f"{USER} is set, and with several panels nobody logs in with it: this one's log-in is {names.user}, with "
        f"{names.password} or {names.file}"
    )


@dataclass(frozen=True, slots=True)
class Names:
    """Of the variables."""

    user: str
    password: str
    file: str

    @classmethod
    def of(cls, panel: str) -> "Names":
        """`south-wessex`: MONITOR_SMTP_USER_SOUTH_WESSEX, and so on."""
        end = f"_{panel.upper().replace('-', '_')}" if panel else ""
        return cls(f"{USER}{end}", f"{PASSWORD}{end}", f"{PASSWORD}{end}_FILE")


def _in_variable(password: str, names: Names) -> Login | str:
    if not password:
        return f"{names.user} has no password with it in {names.password}"
    what = _unfit(password)
    return f"{names.password} {what}" if what else Login("", password)


def _in_file(file: str, names: Names) -> Login | str:
    held = read_secret(file)
    if isinstance(held, Unread):
        return f"{names.user} has its password in {file}, which cannot be read: {held.why}"
    password = held.rstrip("\r\n")
    what = "is empty" if not password else _unfit(password)
    return f"{names.user} has its password in {file}, which {what}" if what else Login("", password)


def _unfit(said: str) -> str | None:
    """What a log-in cannot carry: SMTP's are written in ASCII, one line each."""
    if len(said) > LONGEST or "\n" in said or "\r" in said:
        return "holds more than one line: write the user or the password alone"
    if not said.isascii() or not said.isprintable():
        return "holds a letter that the log-in cannot carry: use letters, figures and signs of plain English"
    return None
