"""The documents that were learned last, taken back.

unlearn   store.decisions.last_documents | is it filed | withdraw

- One call of `learn` is one step, however many documents it named: what they said came together and goes together. Said
  again, it takes back the call before.
- Gone is all that came with them: what was kept, dropped, moved and rewritten, own items, notes, ticks. What was
  learned before of the same draft holds again; what was said by `take` and `drop` stays.
- The record of it stays, as withdrawn: the desk's history shows it, and can put it again.
- Drafts that were made since stay as they are: the next one is made without it. But where one of them was filed, it is
  what the panel has, and the decisions in it are part of the record: then nothing is taken back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from monitor.errors import InputError
from monitor.model import Edition, KeptEdition, Learned
from monitor.pipeline.records import all_learned
from monitor.reporting.edition.cycle import papers_out, reports
from monitor.reporting.edition.record import read_edition, read_learned
from monitor.reporting.wording import day_in_london, say_day
from monitor.settings import Config
from monitor.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What had come of one document."""

    edition: Edition
    learned: Learned
    before: datetime | None  # when what holds of that draft now was learned; None: it is as it was drafted
    since: int | None  # the newest draft that was made with it


def unlearn(store: Store, config: Config, now: datetime) -> tuple[TakenBack, ...]:
    """Raises InputError, with nothing changed, where there is nothing to take back, or what was made of it was
    filed."""
    rows = store.decisions.last_documents()
    last = tuple(read_learned(record) for _, record in rows)
    if not last:
        raise InputError("No document was learned, so there is nothing to take back.")
    editions = store.editions.all()
    moment = last[0].learned
    if filed := filed_since(editions, moment, config.panel.papers_days, day_in_london(now)):
        raise InputError(
            f"Draft {filed.number}, which was made with what was learned last, "
            f"{say_filed(filed, config.panel.papers_days)}: "
            "it is what the panel has, so nothing was taken back. Edit the newest draft, and learn that."
        )
    store.decisions.withdraw([id for id, _ in rows], now)
    since = max((one.number for one in editions if one.made > moment), default=None)
    held = all_learned(store)
    return tuple(
        TakenBack(
            edition=read_edition(store.editions.record(one.edition) or ""),
            learned=one,
            before=next((other.learned for other in held if _is_of_the_same(one, other)), None),
            since=since,
        )
        for one in last
    )


def _is_of_the_same(one: Learned, other: Learned) -> bool:
    return (one.edition, one.source) == (other.edition, other.source)


def filed_since(
    editions: Sequence[KeptEdition], moment: datetime, papers_days: int, today: date
) -> KeptEdition | None:
    """The edition that was made after the moment and is what the panel has."""
    found = reports(editions, papers_days, today).values()
    return next((one for one in found if one.made > moment), None)


def say_filed(edition: KeptEdition, papers_days: int) -> str:
    """How it came to the panel."""
    if edition.issued:
        return f"was issued on {say_day(day_in_london(edition.issued))}"
    assert edition.meeting is not None  # or it would be nobody's report
    return f"went out with the papers on {say_day(papers_out(edition.meeting, papers_days))}"
