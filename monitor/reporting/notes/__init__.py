"""The working notes that go with a draft: what the officer wants to know and the panel need not.

They are made here once, as parts of lines, and given three forms: a Word document (`word/notes.py`), a page and an
e-mail's HTML (`page.py`), plain text (`plain.py`). So all three say the same in the same order:

1. *What changed since the last draft* (`changes.py`).
2. What to check before publishing (`parts.py`).
3. *Further stories*, each with a box to take it into the report (`further.py`).
4. What else the edition says beside its report (`parts.py`): near misses, what may be one event, developments, what it
   rests on.
5. *Suggestions*: phrases of which every story was dropped, and changes of the priority card, with what they would do.
6. *Councils with nothing this week*: those that no item with a link of the last seven days names. The seven days end
   on the last day of the draft's window; what counts is what is in the draft, not what was read and left out.
7. *Topics over the weeks* (`weeks.py`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from monitor.model import Edition, KeptEdition
from monitor.reporting.learning.card import CardChange
from monitor.reporting.learning.suggest import Suggestion
from monitor.reporting.notes.changes import Changes, changes
from monitor.reporting.notes.further import further_stories
from monitor.reporting.notes.parts import Line, Part, beside_report, plain_lines, to_check
from monitor.reporting.notes.weeks import MOST_WEEKS, last_day, topics_over_weeks
from monitor.reporting.wording import day_in_london, one_line, say_count, say_day, say_meeting
from monitor.settings import Config, Gazetteer

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    title: str  # "Working notes on draft 3"
    summary: str  # one line: what there is to do
    author: str
    made: datetime
    parts: tuple[Part, ...]
    edition: int  # its number


def earlier_wanted(kept: Sequence[KeptEdition], meeting: date | None, until: datetime) -> tuple[int, ...]:
    """The numbers of the kept editions that the notes on the next one look back at, first to last.

    Of each meeting the last edition, since it holds what those before it held: this meeting's to compare with, and
    the others', as far back as the chart goes, for the topics.
    """
    last = {edition.meeting: edition for edition in kept}
    return tuple(
        sorted(
            edition.number
            for edition in last.values()
            if edition.meeting == meeting or edition.window.until > until - MOST_WEEKS * WEEK
        )
    )


def working_notes(
    edition: Edition,
    earlier: Sequence[Edition],
    config: Config,
    beginning: datetime | None,
    suggestions: Sequence[Suggestion | CardChange] = (),
) -> Notes:
    """The notes on a numbered edition. `earlier` are those that `earlier_wanted` names; `beginning` is when the
    first stored article was seen; `suggestions` are what the officer's word so far suggests."""
    meeting = edition.header.meeting
    before = next((one for one in reversed(earlier) if one.header.meeting == meeting), None)
    since_then = changes(edition, before) if before else None
    return Notes(
        title=f"Working notes on draft {edition.number}, meeting of {say_meeting(meeting)}"
        if meeting
        else f"Working notes on draft {edition.number}",
        summary=_summary(edition, since_then),
        author=one_line(edition.header.author),
        made=edition.made,
        parts=(
            _changes(since_then, edition),
            *to_check(edition),
            *further_stories(edition, before),
            *beside_report(edition),
            *_suggestions(suggestions),
            _quiet_councils(edition, config.gazetteer),
            _topics(edition, earlier, config, beginning),
        ),
        edition=edition.number,
    )


def _summary(edition: Edition, since_then: Changes | None) -> str:
    new = f", {len(since_then.new) + len(since_then.risen):,} of them new" if since_then else ""
    count = len(edition.near_misses)
    near = f"{say_count(count, 'near miss needs', 'near misses need')} a look" if count else "no near miss"
    checks = sum(bool(item.cautions) for item in edition.items)
    check = (
        f"; {say_count(checks, 'item has', 'items have')} something to check before publishing"
        if checks
        else ""
    )
    further = f"; {say_count(len(edition.further), 'further story', 'further stories')}" * bool(
        edition.further
    )
    items = say_count(len(edition.items), "story", "stories")
    return f"{items} in the draft{new}{further}; {near}{check}."


def _suggestions(suggestions: Sequence[Suggestion | CardChange]) -> tuple[Part, ...]:
    if not suggestions:
        return ()
    lines = (
        *map(str, suggestions),
        "Nothing changes by itself: whoever tunes topics.yaml may do it, or leave it.",
    )
    return (Part(heading="Suggestions", lines=plain_lines(lines)),)


def _quiet_councils(edition: Edition, gazetteer: Gazetteer) -> Part:
    end = last_day(edition)
    first = end - timedelta(days=6)
    named = {
        council
        for item in edition.items
        if any(link.published >= first for link in item.links)
        for council in item.councils
    }
    quiet = [council.name for council in gazetteer.councils if council.id not in named]
    span = f"from {say_day(first)} to {say_day(end)}"
    if quiet:
        said = f"No story in the draft {span} names {', '.join(quiet[:-1])}{' or ' * bool(quiet[1:])}{quiet[-1]}."
    else:
        said = f"None: each is named by a story {span}."
    return Part(heading="Councils with nothing this week", lines=plain_lines([said]))


def _topics(edition: Edition, earlier: Sequence[Edition], config: Config, beginning: datetime | None) -> Part:
    others = [one for one in earlier if one.header.meeting != edition.header.meeting]
    names = {topic.id: topic.name for topic in config.rules.topics}
    chart = topics_over_weeks(edition, others, names)
    if chart is None:
        return Part(heading="Topics over the weeks", lines=plain_lines(["There is no story to count."]))
    lines = [
        "Stories of this draft and of the last one for each earlier meeting, once each, by first topic and by the "
        f"day of the earliest link. Weeks end on {say_day(last_day(edition))} and are named by their first day."
    ]
    if beginning and chart.first_day < (began := day_in_london(beginning)):
        lines.append(
            f"Reading began on {say_day(began)}: of the time before, there is only what the feeds still carried."
        )
    return Part(heading="Topics over the weeks", lines=plain_lines(lines), chart=chart)


def _changes(since_then: Changes | None, edition: Edition) -> Part:
    heading = "What changed since the last draft"
    if since_then is None:
        first = "This is the first draft for this meeting, so every item is new."
        return Part(
            heading=heading, lines=plain_lines([first if edition.items else "This is the first draft."])
        )
    lines = tuple(_changed(since_then))
    before = f"draft {since_then.number} of {say_day(day_in_london(since_then.made))}"
    if not lines:
        return Part(heading=heading, lines=plain_lines([f"Nothing, against {before}."]))
    return Part(heading=f"{heading}, {before}", lines=lines, bullets=True)


def _changed(found: Changes) -> Iterator[Line]:
    yield from (Line(lead="New:", text=heading) for heading in found.new)
    yield from (Line(lead="Taken in by you:", text=heading) for heading in found.taken)
    yield from (
        Line(lead="Now in the report, before among the further stories:", text=one) for one in found.risen
    )
    yield from (
        Line(lead="New, and weightier than some that you left; tick it below to take it in:", text=one)
        for one in found.waiting
    )
    for grown in found.grown:
        yield Line(lead="Grown:", text=f"{grown.heading}: also {', '.join(grown.links)}")
    for one in found.developed:
        yield Line(lead="Developed since it was reported:", text=f"{one.heading}: {', '.join(one.links)}")
    for fallen in found.fallen:
        yield Line(lead="No longer in the report:", text=f"{fallen.heading}; {fallen.why}")
    yield from (Line(lead="Gone:", text=f"{gone.heading}: {gone.why}") for gone in found.gone)
    yield from (Line(lead="Dropped by you:", text=heading) for heading in found.dropped)
