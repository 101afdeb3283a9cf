"""The operator's e-mail: what needs a person, what still does, what is over. Pure.

Its Message-ID is made of what it tells and since when: tried again, it is the same, and mail systems know it again.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from monitor.model import Need
from monitor.reporting.telling.decide import Telling
from monitor.reporting.wording import one_line, say_count, say_moment

MOST = 20  # things named; `monitor status` names them all


def compose_letter(
    telling: Telling, *, title: str, sender: Address, operator: Address, where: str, now: datetime
) -> bytes:
    """`title` is the report's, `where` says which machine and folder this is of."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = operator
    message["Subject"] = f"{one_line(title)[:60]} monitor: {_subject(telling)}"
    message["Date"] = now.astimezone(UTC)
    message["Message-ID"] = letter_id(telling, sender.domain)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content("\n".join(_body(telling, where)), cte="quoted-printable")
    message["Content-Language"] = "en-GB"  # last: `set_content` takes away whatever begins with Content-
    return message.as_bytes()


def letter_id(telling: Telling, domain: str) -> str:
    known = {(one.kind, one.subject): one for one in telling.memory}
    told = [known[need.kind.value, need.subject] for need in (*telling.new, *telling.still)]
    parts = [f"{one.kind} {one.subject} {one.since} {one.told}" for one in (*told, *telling.over)]
    return f"<topical-issues.needs.{sha256('|'.join(parts).encode()).hexdigest()[:24]}@{domain}>"


def _subject(telling: Telling) -> str:
    open = len(telling.new) + len(telling.still)
    if not open:
        return "all clear"
    needs = f"{say_count(open, 'thing needs', 'things need')} a person"
    return needs if telling.new or not telling.over else f"{len(telling.over)} over, {needs}"


def _body(telling: Telling, where: str) -> Iterator[str]:
    if not (telling.new or telling.still):
        yield "All clear: nothing needs a person any more."
        yield ""
    yield from _part("This needs a person now", [_say(need) for need in telling.new])
    yield from _part("This still needs a person", [_say(need) for need in telling.still])
    yield from _part("This is over", [_begun(one.says) for one in telling.over])
    yield "`monitor status` says how everything stands."
    if telling.new or telling.still:
        yield "While anything here stands you are told again each week, and once when it is over."
    yield ""
    yield one_line(where)


def _part(heading: str, lines: Sequence[str]) -> Iterator[str]:
    if not lines:
        return
    yield f"{heading}:"
    yield ""
    yield from (f"- {one_line(line)}" for line in lines[:MOST])
    if len(lines) > MOST:
        yield f"- and {len(lines) - MOST:,} more"
    yield ""


def _say(need: Need) -> str:
    since = f" (Since {say_moment(need.since)}.)" if need.since else ""
    return f"{_begun(need.sentence)}{since}"


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
