"""The figures of a text, each with what it counts: pounds, per cent, or things.

"£1.9 million", "£1.9m" and "1.9 million pounds" are one figure, and so are "57" and "fifty-seven". A figure is a string:
"£1900000", "%52", "57". What is no figure of an event is left out: years, days, hours, and things fewer than ten, of which
any two stories share some.
"""

import re
from collections.abc import Iterator, Sequence

_DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_UNIT = re.compile(r" ?(?:(%|per ?cent\b)|(millions?|billion|thousand|m|bn|k)\b)?(?: (pounds\b))?")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTH_AFTER = re.compile(rf"(?:st|nd|rd|th)? (?:{'|'.join(_MONTHS)})\b")
_HOUR = re.compile(r" ?[ap]\.?m\b")
_LAST_OF_YEARS = re.compile(r"(?:19|20)\d\d[/–-]$")  # "2024/25"
_MONTH_BEFORE = [[month] for month in _MONTHS]
_TIMES = {"million": 1e6, "millions": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "thousand": 1e3, "k": 1e3}
_UNITS = {
    word: value
    for value, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        start=1,
    )
}
_TENS = {
    word: value
    for value, word in zip(
        range(20, 100, 10),
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        strict=True,
    )
}
_WORDS = {**_UNITS, **_TENS}
_MANY = {"hundred": 100, "thousand": 1000, "million": 1e6}
LEAST = 10
SMALL = 100
_YEAR = "y"


def figures_of(text: str, words: Sequence[str]) -> tuple[set[str], int]:
    """And the latest year that it names, or 0. `words`: those of the text, in small letters."""
    figures = {*_in_digits(text), *_in_words(words)}
    years = [figure for figure in figures if figure[0] == _YEAR]
    return figures.difference(years), max((int(year[1:]) for year in years), default=0)


def is_sum(figure: str) -> bool:
    return figure[0] == "£"


def is_share(figure: str) -> bool:
    return figure[0] == "%"


def is_small(figure: str) -> bool:
    """A bare number below a hundred: 12, 14 and 19 stand in any two long texts."""
    return not is_sum(figure) and not is_share(figure) and float(figure) < SMALL


def digits_that_count(figure: str) -> int:
    """Without the noughts of a round one: 100,000 is of one digit, and 183 of three."""
    return len(figure.lstrip("£%").replace(".", "").strip("0"))


def is_year(digits: str) -> bool:
    return len(digits) == 4 and digits[:2] in ("19", "20") and digits.isdigit()


def _in_digits(text: str) -> Iterator[str]:
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        digits = match[0]
        sign = text[start - 1] if start else ""
        if sign not in "£$€" or not sign:
            sign = ""
            if is_year(digits):
                yield f"{_YEAR}{digits}"
                continue
            if _is_date(text, start, end):
                continue
        unit = _UNIT.match(text, end)
        share, times, pounds = unit.groups() if unit else ("", "", "")
        value = float(digits.replace(",", "")) * _TIMES.get(times or "", 1)
        if sign or pounds:
            yield f"£{value:.10g}"
        elif share:
            yield f"%{value:.10g}"
        elif value >= LEAST:
            yield f"{value:.10g}"


def _is_date(text: str, start: int, end: int) -> bool:
    """The day of a month, an hour, or the last of some years."""
    if _HOUR.match(text, end) or _LAST_OF_YEARS.search(text, max(0, start - 5), start):
        return True
    if end - start > 2:
        return False
    return text[max(0, start - 10) : start].split()[-1:] in _MONTH_BEFORE or bool(
        _MONTH_AFTER.match(text, end)
    )


def _in_words(words: Sequence[str]) -> Iterator[str]:
    if _WORDS.keys().isdisjoint(words):
        return
    at = 0
    for place in [place for place, word in enumerate(words) if word in _WORDS]:
        if place < at:
            continue
        value, at = float(_WORDS[words[place]]), place + 1
        following = words[at] if at < len(words) else ""
        if words[place] in _TENS and _UNITS.get(following, LEAST) < LEAST:
            value, at = value + _UNITS[following], at + 1
            following = words[at] if at < len(words) else ""
        if following in _MANY:
            value, at = value * _MANY[following], at + 1
            following = words[at] if at < len(words) else ""
        if following == "per" or following == "percent":
            yield f"%{value:.10g}"
        elif following == "pounds":
            yield f"£{value:.10g}"
        elif value >= LEAST:
            yield f"{value:.10g}"
