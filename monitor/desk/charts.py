"""Values become the lines of a chart: what a template puts into an inline SVG. Pure.

- Columns stand on zero. A zero is drawn, as a line of one unit, to the end; what was not counted is hatched, and is no
  zero.
- Nothing is told by colour alone, so that a chart can be read in black and white and in forced colours: what is hatched
  has lines, and every number stands in a table beneath.
- Every chart has a title that says what it shows: period, sum, mean, most.
- Attributes only: the desk's policy forbids styles in a page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from monitor.reporting.wording import say_count

SMALL = (224, 32)
WIDE = (330, 120)
LEFT, BELOW, ABOVE = 34, 20, 10  # room for the labels of a wide one
CHARACTER = 6.2  # the width of a letter of 12 pixels, in the mean
HATCH = 4  # between two lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    width: int
    height: int
    title: str
    bars: str  # a path of all columns
    hatched: str  # a path of the lines over what was not counted; "" where all was
    base: float  # the height at which zero lies
    left: float  # where the columns begin
    labels: tuple[Label, ...] = ()


def columns(
    values: Sequence[int | None], title: str, *, labels: Sequence[str] = (), small: bool = False
) -> Chart:
    """A column a value, in order; None: it was not counted. `labels`: what stands beneath each, where there is room."""
    width, height = SMALL if small else WIDE
    left, base, top = (0, height - 1, 0) if small else (LEFT, height - BELOW, ABOVE)
    step = (width - left) / max(len(values), 1)
    most = max((value for value in values if value is not None), default=0)
    bars = "".join(
        _column(left + place * step, base, step, _tall(value, most, base - top))
        for place, value in enumerate(values)
        if value is not None
    )
    hatched = "".join(
        _hatched(left + start * step, top, left + end * step, base) for start, end in _gaps(values)
    )
    return Chart(
        width=width,
        height=height,
        title=title,
        bars=bars,
        hatched=hatched,
        base=base,
        left=left,
        labels=() if small else tuple(_labels(labels, most, left, step, base, top)),
    )


def _tall(value: int, most: int, room: float) -> float:
    """A zero is a line, and what is more than zero is seen to be more."""
    return 1.0 if value <= 0 else max(room * value / most, 2.5)


def _column(x: float, base: float, step: float, tall: float) -> str:
    gap = min(step * 0.25, 4.0)
    return f"M{_n(x + gap / 2)} {_n(base)}v-{_n(tall)}h{_n(step - gap)}v{_n(tall)}z"


def _gaps(values: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """From where to where nothing was counted."""
    place = 0
    for is_none, run in groupby(values, lambda value: value is None):
        length = len(list(run))
        if is_none:
            yield place, place + length
        place += length


def _hatched(x: float, top: float, end: float, base: float) -> str:
    """Lines that rise to the right, cut where the box ends."""
    lines, start, tall = [], x - (base - top), base - top
    while start < end:
        from_x, to_x = max(start, x), min(start + tall, end)
        if to_x > from_x:
            lines.append(
                f"M{_n(from_x)} {_n(base - (from_x - start))}L{_n(to_x)} {_n(base - (to_x - start))}"
            )
        start += HATCH
    return "".join(lines)


def _labels(
    labels: Sequence[str], most: int, left: float, step: float, base: float, top: float
) -> Iterator[Label]:
    yield Label(x=left - 4, y=base + 4, text="0", anchor="end")
    if most:
        yield Label(x=left - 4, y=top + 4, text=f"{most:,}", anchor="end")
    if not labels:
        return
    room = max(len(text) for text in labels) * CHARACTER + 8
    every = max(round(room / step + 0.5), 1)
    for place in range(0, len(labels), every):
        if (len(labels) - place) * step >= room / 2:
            yield Label(x=left + (place + 0.5) * step, y=base + 15, text=labels[place])


def _n(number: float) -> str:
    return f"{number:.5g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One lying bar of a list: how long, of a hundred; and a second one inside it."""

    length: float
    inside: float | None
    title: str


def bar(value: int, most: int, title: str, inside: int | None = None) -> Bar:
    """`most`: what is as long as there is room."""
    return Bar(
        length=_share(value, most),
        inside=None if inside is None else _share(inside, most),
        title=title,
    )


def _share(value: int, most: int) -> float:
    return 0.0 if value <= 0 or most <= 0 else max(round(100 * value / most, 1), 1.0)


# ── what a chart says ───────────────────────────────────────────────────────────────────────────────────────────


def days_found(name: str, values: Sequence[int | None], first: date, one: str = "new article") -> str:
    """The finding of a chart of days."""
    last = first + timedelta(days=len(values) - 1)
    counted = [value for value in values if value is not None]
    span = f"from {_day(first)} to {_day(last)} {last.year}"
    if not counted:
        return f"{name}: not read on any day {span}."
    mean = sum(counted) / len(counted)
    parts = [f"{name}: {say_count(sum(counted), one)} {span}, {mean:.1f} a day"]
    if sum(counted):
        at = max(range(len(values)), key=lambda place: values[place] or 0)
        parts.append(f"the most, {values[at]}, on {_day(first + timedelta(days=at))}")
    if since := _since_last(values, first):
        parts.append(f"none since {since}")
    if missing := len(values) - len(counted):
        parts.append(
            f"not read on {say_count(missing, 'day')}, which {'is' if missing == 1 else 'are'} hatched"
        )
    return f"{'; '.join(parts)}."


def _since_last(values: Sequence[int | None], first: date) -> str:
    """The day of the last entry, where a week or more has passed since with none."""
    last = max((place for place, value in enumerate(values) if value), default=None)
    if last is None or len(values) - 1 - last < 7:
        return ""
    return _day(first + timedelta(days=last))


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"


def percent(part: int, of: int) -> str:
    """ "12 %"; "under 1 %" of what is no nothing."""
    if of <= 0:
        return "–"
    share = 100 * part / of
    return "under 1 %" if 0 < share < 1 else f"{share:.0f} %"


def weeks(values: Sequence[int | None], start: int = 7) -> tuple[int | None, ...]:
    """Days as weeks, of so many days each; None where no day of it was counted."""
    spans = [values[place : place + start] for place in range(0, len(values), start)]
    return tuple(
        None if all(value is None for value in span) else sum(value or 0 for value in span) for span in spans
    )


def weeks_found(
    name: str,
    values: Sequence[int | None],
    starts: Sequence[date],
    of: int,
    before: int,
    one: str = "article",
) -> str:
    """The finding of a chart of weeks: the sum, its share of `of` (0: it is no part of anything), the change, the
    most."""
    total = sum(value or 0 for value in values)
    share = f", {percent(total, of)} of {of:,}" if of else ""
    parts = [
        f"{name}: {say_count(total, one)} in {say_count(len(values), 'week')} from {_day(starts[0])}{share}"
    ]
    parts.append(f"{before:,} in as many days before")
    if total:
        at = max(range(len(values)), key=lambda place: values[place] or 0)
        parts.append(f"the most, {values[at]}, in the week of {_day(starts[at])}")
    if missing := sum(value is None for value in values):
        parts.append(f"nothing was read in {say_count(missing, 'week')}, hatched")
    return f"{'; '.join(parts)}."
