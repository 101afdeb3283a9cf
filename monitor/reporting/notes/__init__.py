"""The working notes that go with a draft: what the officer wants to know and the panel need not.

They are made here once, as parts of lines, and given three forms: a Word document (`word/notes.py`), a page and an
e-mail's HTML (`page.py`), plain text (`plain.py`). So all three say the same in the same order:

1. *What this draft rests on*: window, feeds, counts that add up, every feed that needs a look (`basis.py`).
2. *Near misses*, each with its link and its reason.
3. *Why each item is here*.
4. *Councils with nothing this week*: those that no item with a link of the last seven days names. The seven days end
   on the last day of the draft's window; what counts is what is in the draft, not what was read and left out.
5. *Topics over the weeks* (`weeks.py`).
6. *What changed since the last draft* (`changes.py`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from monitor.model import Edition, KeptEdition, NearMiss
from monitor.reporting.basis import basis_lines
from monitor.reporting.notes.changes import Changes, changes
from monitor.reporting.notes.weeks import MOST_WEEKS, Chart, last_day, topics_over_weeks
from monitor.reporting.wording import day_in_london, one_line, say_count, say_day, say_meeting, web_address
from monitor.settings import Config, Gazetteer

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of text, of which the beginning may stand out."""

    text: str
    lead: str = ""  # stands before `text`, parted by a space: a link where there is an address, else strong
    address: str | None = None  # http or https


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    heading: str
    lines: tuple[Line, ...]
    bullets: bool = False  # the lines are items of a list
    chart: Chart | None = None  # stands after the lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    title: str  # "Working notes on draft 3"
    summary: str  # one line: what there is to do
    author: str
    made: datetime
    parts: tuple[Part, ...]


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
    edition: Edition, earlier: Sequence[Edition], config: Config, beginning: datetime | None
) -> Notes:
    """The notes on a numbered edition. `earlier` are those that `earlier_wanted` names; `beginning` is when the
    first stored article was seen."""
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
            Part(heading="What this draft rests on", lines=_plain(basis_lines(edition))),
            _near_misses(edition.near_misses),
            _reasons(edition),
            _quiet_councils(edition, config.gazetteer),
            _topics(edition, earlier, config, beginning),
            _changes(since_then, edition),
        ),
    )


def _plain(lines: Sequence[str]) -> tuple[Line, ...]:
    return tuple(Line(text=one_line(line)) for line in lines)


def _summary(edition: Edition, since_then: Changes | None) -> str:
    new = f", {len(since_then.new):,} of them new" if since_then else ""
    near = say_count(len(edition.near_misses), "near miss needs", "near misses need")
    return f"{say_count(len(edition.items), 'story', 'stories')} in the draft{new}; {near} a look."


def _near_misses(misses: Sequence[NearMiss]) -> Part:
    lines = tuple(
        Line(
            lead=one_line(miss.title),
            address=web_address(miss.url),
            text=one_line(f"({miss.outlet}, {say_day(miss.published)}): {miss.reason}"),
        )
        for miss in misses
    )
    return Part(heading="Near misses", lines=lines or _plain(["None."]), bullets=bool(lines))


def _reasons(edition: Edition) -> Part:
    lines = tuple(
        Line(lead=f"{one_line(item.heading)}:", text=one_line(item.reason)) for item in edition.items
    )
    return Part(
        heading="Why each item is here", lines=lines or _plain(["There is none."]), bullets=bool(lines)
    )


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
    return Part(heading="Councils with nothing this week", lines=_plain([said]))


def _topics(edition: Edition, earlier: Sequence[Edition], config: Config, beginning: datetime | None) -> Part:
    others = [one for one in earlier if one.header.meeting != edition.header.meeting]
    names = {topic.id: topic.name for topic in config.rules.topics}
    chart = topics_over_weeks(edition, others, names)
    if chart is None:
        return Part(heading="Topics over the weeks", lines=_plain(["There is no story to count."]))
    lines = [
        "Stories of this draft and of the last one for each earlier meeting, once each, by first topic and by the "
        f"day of the earliest link. Weeks end on {say_day(last_day(edition))} and are named by their first day."
    ]
    if beginning and chart.first_day < (began := day_in_london(beginning)):
        lines.append(
            f"Reading began on {say_day(began)}: of the time before, there is only what the feeds still carried."
        )
    return Part(heading="Topics over the weeks", lines=_plain(lines), chart=chart)


def _changes(since_then: Changes | None, edition: Edition) -> Part:
    heading = "What changed since the last draft"
    if since_then is None:
        first = "This is the first draft for this meeting, so every item is new."
        return Part(heading=heading, lines=_plain([first if edition.items else "This is the first draft."]))
    lines = tuple(_changed(since_then))
    before = f"draft {since_then.number} of {say_day(day_in_london(since_then.made))}"
    if not lines:
        return Part(heading=heading, lines=_plain([f"Nothing, against {before}."]))
    return Part(heading=f"{heading}, {before}", lines=lines, bullets=True)


def _changed(found: Changes) -> Iterator[Line]:
    yield from (Line(lead="New:", text=heading) for heading in found.new)
    for grown in found.grown:
        yield Line(lead="Grown:", text=f"{grown.heading}: also {', '.join(grown.links)}")
    yield from (Line(lead="Gone:", text=f"{gone.heading}: {gone.why}") for gone in found.gone)
