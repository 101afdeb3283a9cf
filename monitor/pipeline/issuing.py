"""Issue: somebody says that a draft is the report of its meeting.

- Only the newest draft towards the report can be issued, and only where its meeting is known.
- From then on it is what the panel has: the next draft is for the meeting after it, and its window begins where this one
  ended (`reporting/edition/cycle.py`). It cannot be changed.
- It is taken back until a later draft was made on it, or the day of its papers is over.
"""

from collections.abc import Sequence
from datetime import date, datetime

from monitor.model import KeptEdition
from monitor.model.review import Done, Refused
from monitor.reporting.edition.cycle import before, is_late, next_meeting, papers_out, reports
from monitor.reporting.wording import day_in_london, say_day
from monitor.settings import Panel
from monitor.store import Store


def report_now(
    editions: Sequence[KeptEdition], meeting: date | None, panel: Panel, now: datetime
) -> KeptEdition | None:
    """The report that was issued last before the one that is drafted now."""
    today = day_in_london(now)
    issued = before(editions, meeting, panel.papers_days, today).issued
    found = {one.number: one for one in reports(editions, panel.papers_days, today).values()}
    return found.get(issued[-1]) if issued else None


def issue_it(store: Store, panel: Panel, number: int, now: datetime, by: str) -> Done | Refused:
    editions, today = store.editions.all(), day_in_london(now)
    one = next((each for each in editions if each.number == number), None)
    if one is None:
        return Refused(words=f"There is no draft {number}.", is_unknown=True)
    if one.issued:
        return Done(
            words=f"Draft {number} was issued on {say_day(day_in_london(one.issued))} already.", undo=None
        )
    if one.meeting is None:
        return Refused(
            words=f"Draft {number} is for no known meeting: add its date to `meetings` in panel.yaml, and make the "
            "document again."
        )
    if is_late(one.meeting, panel.papers_days, today, editions):
        return Refused(words=f"The report for {say_day(one.meeting)} is with the panel already.")
    meeting = next_meeting(panel.meetings, panel.papers_days, today, editions)
    stood = before(editions, meeting, panel.papers_days, today).stood
    if not stood or stood[-1] != number:
        newest = f"draft {stood[-1]} is" if stood else "there is none"
        return Refused(words=f"Draft {number} is not the newest towards the report: {newest}.")
    store.editions.issue(number, now, by)
    return Done(words=f"Issued: draft {number}, for the meeting of {say_day(one.meeting)}.", undo=None)


def unissue_it(store: Store, panel: Panel, number: int, now: datetime) -> Done | Refused:
    editions = store.editions.all()
    one = next((each for each in editions if each.number == number), None)
    if one is None:
        return Refused(words=f"There is no draft {number}.", is_unknown=True)
    if one.issued is None:
        return Done(words=f"Draft {number} is a draft already.", undo=None)
    if why := can_be_taken_back(editions, one, panel, now):
        return Refused(words=why)
    store.editions.unissue(number)
    return Done(words=f"Taken back: draft {number} is a draft again.", undo=None)


def can_be_taken_back(editions: Sequence[KeptEdition], one: KeptEdition, panel: Panel, now: datetime) -> str:
    """Why it cannot; "" where it can."""
    if one.issued is None or one.meeting is None:
        return "Nobody issued it: its papers went out."
    out = papers_out(one.meeting, panel.papers_days)
    if out < day_in_london(now):
        return f"The papers for {say_day(one.meeting)} went out on {say_day(out)}: draft {one.number} is what the panel has."
    later = next((each for each in editions if each.number > one.number and each.made >= one.issued), None)
    if later:
        return f"Draft {later.number} was made after it, and builds on it: it stays issued."
    return ""
