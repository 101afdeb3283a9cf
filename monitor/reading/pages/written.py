"""A date as somebody wrote it -> a day, as a reader in London understands it.

1. A machine's way first: ISO 8601, eight figures, seconds or milliseconds since 1970. Of a time in UTC the day is
   London's; any other time's day is the one written, which is the outlet's own.
2. A person's way: "1 March 2024", "March 1st, 2024", "Fri, 01 Mar 24", "01/03/2024", "01.03.24". The day stands before
   the month, as here; before a month of more than twelve it cannot, and where it would make the day an old one or one
   still to come, and the other way round a recent one, the other way round is meant.
3. A year alone is no day, nor is a year and a month; and midnight on the first of January is how systems write a year
   alone. A day before 1995 is none of a page of the web: 1 January 1970 and the year 1 are how they write nothing.
4. Where the writer names the day of the week and it is another's, the date is not believed.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.model import OLD

LONDON = ZoneInfo("Europe/London")
EARLIEST = date(1995, 1, 1)
LONGEST = 120  # characters in which a date is looked for

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?P<year>\d{4}|\d{2})(?![\d:])"
ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:T|\s+)(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s?"
    r"(Z|UTC|GMT|[+-]00:?00)?)?(?!\d)",
    re.IGNORECASE,
)
FIGURES = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{4}(?:\d\d)?Z?)?")
SINCE_1970 = re.compile(r"\d{10}(?:\d{3})?")
WORDS = (
    re.compile(
        rf"(?<![\d:])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s,.-]{{1,3}}{_MONTH}[\s,.'’-]{{1,3}}{_YEAR}",
        re.I,
    ),
    re.compile(
        rf"\b{_MONTH}\.?\s{{1,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s,]{{1,3}}(?P<year>\d{{4}})(?!\d)", re.I
    ),
)
NUMBERS = re.compile(r"(?<![\d./-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])")
ADDRESS = re.compile(
    r"/(?P<year>(?:19|20)\d\d)([/-])(?P<month>0?[1-9]|1[0-2]|" + "|".join(MONTHS) + r")\2"
    r"(?P<day>0?[1-9]|[12]\d|3[01])(?=[/-]|$)",
    re.IGNORECASE,
)
ADDRESS_MONTH = re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])(?=/)")
YEAR_FIRST = re.compile(r"(?<![\d./-])(\d{4})([/.])(\d{1,2})\2(\d{1,2})(?![\d/-])")
WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?\b", re.IGNORECASE)


def address_day(url: str, today: date) -> date | None:
    """The day in the path of an address, year, month and day in this order: "/2026/11/28/", "/2026/nov/28/",
    "/2026-11-28-police-desk". Eight figures in a row are a number, and a year with a month is no day."""
    found = ADDRESS.search(url.partition("?")[0])
    if found is None:
        return None
    month = found["month"]
    number = int(month) if month.isdecimal() else MONTHS.index(month[:3].lower()) + 1
    return next(
        (day for day in _days((int(found["year"]), number, int(found["day"]))) if is_possible(day, today)),
        None,
    )


def address_month(url: str, today: date) -> date | None:
    """The last day of the month in the path of an address, "/2026/11/police-desk": its article is no later."""
    if (found := ADDRESS_MONTH.search(url.partition("?")[0])) is None:
        return None
    year, month = int(found[1]), int(found[2])
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    day = first_of_next - timedelta(days=1)
    return day if is_possible(day, today) else None


def written_day(text: str, today: date) -> date | None:
    """The day that a text names, where it is one to believe: none that is still to come."""
    text = " ".join(text[:LONGEST].split())
    for day in _readings(text, today):
        if is_possible(day, today) and not is_another_weekday(text, day):
            return day
    return None


def is_possible(day: date, today: date) -> bool:
    """Whether a page of the web may be of that day."""
    return EARLIEST <= day <= today


def is_another_weekday(text: str, day: date) -> bool:
    """Whether a text names a day of the week, and it is not the day's."""
    named = {WEEKDAYS.index(one.lower()) for one in WEEKDAY.findall(text)}
    return len(named) == 1 and day.weekday() not in named


def _readings(text: str, today: date) -> Iterator[date]:
    """The ways to read it, the likeliest first."""
    if found := ISO.search(text):
        yield from _iso(found)
        return
    if found := FIGURES.fullmatch(text):
        yield from _days((int(found[1]), int(found[2]), int(found[3])))
        return
    if SINCE_1970.fullmatch(text):
        yield datetime.fromtimestamp(int(text[:10]), UTC).astimezone(LONDON).date()
        return
    for pattern in WORDS:
        if found := pattern.search(text):
            month = MONTHS.index(found["month"][:3].lower()) + 1
            yield from _days((_year(found["year"]), month, int(found["day"])))
    if found := YEAR_FIRST.search(text):
        yield from _days((int(found[1]), int(found[3]), int(found[4])))
    if found := NUMBERS.search(text):
        one, two, year = int(found[1]), int(found[3]), _year(found[4])
        yield from _in_order(list(_days((year, two, one), (year, one, two))), today)


def _iso(found: re.Match[str]) -> Iterator[date]:
    for day in _days((int(found[1]), int(found[2]), int(found[3]))):
        hour, minute, second = (int(found[place] or 0) for place in (4, 5, 6))
        is_midnight = hour == minute == second == 0
        if is_midnight and (day.month, day.day) == (1, 1):
            continue
        if found[7] and not is_midnight and hour < 24 and minute < 60:
            yield datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC).astimezone(LONDON).date()
        else:
            yield day


def _in_order(days: list[date], today: date) -> list[date]:
    """A recent day before an old one, and that before one still to come; else as they stand."""

    def rank(day: date) -> int:
        return 2 if day > today else int(day < today - OLD)

    return sorted(days, key=rank)


def _days(*parts: tuple[int, int, int]) -> Iterator[date]:
    """Those that the calendar has."""
    for year, month, day in parts:
        try:
            yield date(year, month, day)
        except ValueError:
            continue


def _year(figures: str) -> int:
    return int(figures) if len(figures) == 4 else 2000 + int(figures)
