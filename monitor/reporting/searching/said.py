"""How a search was read, in words: ‘the phrase “stop and search”, without “festival”, published from 1 to 28 November
2026’."""

from collections.abc import Sequence
from datetime import date

from monitor.model import EVERYTHING, All, AnyOf, Dated, Near, Term, Words
from monitor.reporting.wording import say_day


def say_term(term: Term) -> str:
    """Empty where nothing is sought."""
    if term == EVERYTHING:
        return ""
    if isinstance(term, All):
        found = [_inside(part) for part in term.parts] or ["every story"]
        without = [f"without {_inside(part)}" for part in term.without]
        return ", ".join(filter(None, (_and(found), *without)))
    return _one(term)


def _one(term: Term) -> str:
    if isinstance(term, Words):
        return _words(term) + (" in the headline" if term.in_title else "")
    if isinstance(term, Near):
        where = " in the headline" if term.one.in_title else ""
        return f"{_words(term.one)} at most {term.within} words from {_words(term.other)}{where}"
    if isinstance(term, AnyOf):
        return " or ".join(map(_inside, term.parts))
    return say_term(term)


def _inside(term: Term) -> str:
    """As a part of something longer."""
    is_whole = isinstance(term, Words | Near)
    return _one(term) if is_whole else f"({_one(term)})"


def _words(words: Words) -> str:
    said = " ".join(words.words)
    if words.is_stem:
        return f"words that begin “{said}”" if len(words.words) == 1 else f"the phrase that begins “{said}”"
    return f"“{said}”" if len(words.words) == 1 else f"the phrase “{said}”"


def _and(found: Sequence[str]) -> str:
    return f"{', '.join(found[:-1])} and {found[-1]}" if len(found) > 1 else "".join(found)


def say_days(since: date | None, until: date | None, dated: Dated) -> str:
    """Both days belong to it."""
    if since is None and until is None:
        return ""
    if since == until and since:
        return f"{dated} on {say_day(since)}"
    if since and until:
        return f"{dated} from {say_day(since)} to {say_day(until)}"
    return f"{dated} on {say_day(since)} or later" if since else f"{dated} until {say_day(until)}"  # type: ignore[arg-type]
