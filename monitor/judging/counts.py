"""Whether a figure in a text counts something, by the words beside it.

`forms.py` sees a word alone: "34" may be arrests, an age or a road. No count, so none of `<number>`, `<many>` and
`<large>`, is

- an age: "aged 34", "34-year-old", "Smith, 34, was", "two men, 34 and 29,", "a woman of 34"; but "of 120 stopped, 34,
  or a third," counts;
- a time of day or a date: "at 10.30", "between 7 and 9pm", "2100 hours", "12 March", "2018/19", "24/7";
- a telephone number: 0800 555111, 01865 841148, 101, 111 and 999; the last three count where what is counted follows
  at once ("101 arrests");
- a road, a junction, a house, a postcode: "the A 34", "Route 66", "junctions 10 and 11", "34 High Street", "No 10";
- a reference: "reference 1234", "quoting 512", "log 87", "PC 1234 Hale";
- a section of an act, a chapter, a phase, a grade: "section 60", "rule 43", "phase 2", "Covid 19";
- a wavelength or a channel: "Heart 97", "97.1 FM", "Radio 4", "Channel 4"; a speed ("90 mph").

Only what stands within 40 characters is looked at, so the time is bounded for each figure.
"""

import re
from typing import NamedTuple

AROUND = 40  # characters


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NUMBERED = _words(
    "aged age ages section sections schedule article articles rule part paragraph paragraphs clause chapter page phase "
    "stage tier category grade class level version table question covid junction junctions platform room flat plot "
    "number no reference ref quoting log call ring dial phone telephone"
)
_NUMBERED_NAMES = _words("Euro Vision Route Radio Heart Channel BBC PC PS DC DS PCSO Constable URN")
_PERSONS = _words(
    "man woman boy girl teen teenager driver motorist suspect victim father mother son daughter husband wife brother sister "
    "men women boys girls teenagers pensioner pensioners"
)
_MONTHS = _words(
    "January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug "
    "Sep Sept Oct Nov Dec"
)
_DAYS = _words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
_JOINS = _words("and to or &")
_BEGINS = _words("between from of about around just only under over")  # "aged between 18 and 24"
_BEFORE_A_ROAD = _words("the on off along of")
_BEFORE_A_TIME = _words("at around about from until before after by between since")
_RUNG = _words("101 111 999")

_COUNTED = re.compile(
    r" (?:people|men|women|adults|arrests?|offences|crimes|incidents|cases|drivers|motorists|knives|warrants|reports|"
    r"complaints|victims|suspects|thefts|burglaries)\b"
)
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b"
_STREET = (
    r"(?:Street|Road|Lane|Avenue|Close|Drive|Way|Gardens|Crescent|Place|Terrace|Court|Square|Grove|Hill|Row|Walk|"
    r"Park|Green|Rise|View|Parade|Mews)\b"
)
_AFTER = re.compile(
    "|".join(
        (
            r"(?:-? ?(?:to|and|or) (?:an? )?\d{1,2})?[- ][yY]ears?[- ][oO]lds?\b",
            r" ?(?:[ap]m|[ap]\.m\.?|o[’']clock|mph|FM|MHz)(?!\w)",
            r"(?:(?: (?:and|to|until) |[-–])\d{1,2}(?:[.:]\d\d)? ?[ap]\.?m|:\d\d|/\d+)\b",
            rf" (?:[A-Z][\w’']+ ){{1,3}}{_STREET}",
        )
    )
)
_AGE = re.compile(r"[1-9]\d|[5-9]")
_AGE_ENDS = re.compile(r"(?:,? (?:and )?\d{1,2})*(?:,(?! or\b)|\)| of | from |\.|$)")
_DATE = re.compile(r"[1-9]|[12]\d|3[01]")
_DATE_ENDS = re.compile(r"\W*$|[,.;)]| (?:and|to|at|when|after|in|on|for|last|this|(?:19|20)\d\d)\b")
_OF_A_MONTH = re.compile(rf"(?:(?: and | to |[-–])\d{{1,2}})? (?:of )?{_MONTH}")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d")
_MEASURED = re.compile(r" ?(?:%|per cent|percent|million|billion|times|hours|miles|days|m\b|bn\b)")
_HOURS = re.compile(r" (?:hours|hrs)\b")
_SPLIT_FIGURE = re.compile(r"(?:\b\d{1,2}:|\b\d{1,4}/|\b(?:19|20)\d\d[-–]|\b0\d{2,5}-)$")


class _Before(NamedTuple):
    """What stands before a figure in its line: the words, as written; those before a list of figures that it ends."""

    text: str
    words: list[str]
    head: list[str]


def counts(text: str, start: int, end: int) -> bool:
    """Whether the figure at these characters counts something."""
    figure, after = text[start:end], text[end : end + AROUND].partition("\n")[0]
    before = _before(text[max(0, start - AROUND) : start].rpartition("\n")[2])
    if _is_numbered(before) and (before.head == before.words or not _COUNTED.match(after)):
        return False
    if _COUNTED.match(after):
        return True
    return not (
        _AFTER.match(after)
        or _is_age(figure, before, after)
        or _is_date(figure, before, after)
        or _is_clock(figure, before, after)
        or _is_rung(figure, before)
        or (before.text.endswith(tuple(":/-–")) and _SPLIT_FIGURE.search(before.text))
    )


def _before(text: str) -> _Before:
    words = text.split(" ")
    last = words.pop()  # "" after a space; else a bracket or what the figure is joined to
    head = words[:]
    while len(head) > 1 and (_is_figure(head[-1]) or (head[-1] in _JOINS and _is_figure(head[-2]))):
        head.pop()
    if head and head[-1] in _BEGINS:
        head.pop()
    return _Before(text, words if not last or last == "(" else [*words, last], head)


def _is_figure(word: str) -> bool:
    return word.removesuffix(",").isdecimal()


def _is_numbered(before: _Before) -> bool:
    """“section 60”, “aged between 15 and 34”, “Radio 4”, “the A 34”."""
    if not before.head or before.text[-1:] != " ":
        return False
    name = before.head[-1].rstrip(":.")
    if name in _NUMBERED_NAMES or name.lower() in _NUMBERED or name == "M":
        return True
    return name in ("A", "B") and len(before.head) > 1 and before.head[-2].lower() in _BEFORE_A_ROAD


def _is_age(figure: str, before: _Before, after: str) -> bool:
    """“Smith, 34, was”, “Ann Smith (34)”, “two men, 34 and 29,”, “a man of 34”, “who is 34”."""
    if not before.head or not _AGE.fullmatch(figure):
        return False
    if _is_told_old(before.words):
        return True
    is_apart = before.text.endswith(" (") or before.head[-1].endswith(",")
    return is_apart and _is_person(before) and _AGE_ENDS.match(after) is not None


def _is_told_old(words: list[str]) -> bool:
    last, other = words[-1].rstrip(",").lower(), words[-2].lower() if len(words) > 1 else ""
    if last in ("youngest", "oldest", "eldest"):
        return True
    return (last == "of" and other in _PERSONS) or (last in ("is", "was", "are", "were") and other == "who")


def _is_person(before: _Before) -> bool:
    name = before.head[-1].removesuffix(",")
    if name.lower() in _PERSONS:
        return True
    names = before.head[-2:] if before.text.endswith("(") else [name]
    return all(each[:1].isupper() for each in names)


def _is_date(figure: str, before: _Before, after: str) -> bool:
    """“12 March”, “March 12”, “Friday 12”."""
    if not _DATE.fullmatch(figure):
        return False
    last = before.words[-1] if before.words else ""
    is_told = last.strip("(.") in _MONTHS or last.strip("(,") in _DAYS
    return bool(_OF_A_MONTH.match(after) or (is_told and _DATE_ENDS.match(after)))


def _is_clock(figure: str, before: _Before, after: str) -> bool:
    """“at 10.30”, “2130 hours”."""
    if _CLOCK.fullmatch(figure):
        last = before.words[-1].lower() if before.words else ""
        return last in _BEFORE_A_TIME and not _MEASURED.match(after)
    return len(figure) == 4 and figure.isdecimal() and _HOURS.match(after) is not None


def _is_rung(figure: str, before: _Before) -> bool:
    """“101”, “0800 555 111”."""
    if figure in _RUNG or (len(figure) > 2 and figure[0] == "0" and figure.isdecimal()):
        return True
    groups = before.words[len(before.head) :]
    return any(
        len(group) > 2 and group[0] == "0" for group in [*groups, *before.head[-1:]] if _is_figure(group)
    )
