"""This edition: the report in order, then what stands outside it, each with why and with what can be done to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from monitor.app.desk.report.review import review
from monitor.desk.back import back_here
from monitor.desk.cards import Filters, Shown, Sieve
from monitor.desk.say import Answer, the_desk
from monitor.model.review import Card, Review, Stage
from monitor.reporting.wording import say_count

page = Blueprint("edition", __name__)

UNFOLDED = 12  # further stories that are shown without opening a fold
SHOWN = 80  # of a list on the page of the edition; the others stand on pages of their own
A_PAGE = 100  # of them
MOST_TO_CHOOSE = 40  # items, above which the choice of one to merge with stands on a story's own page
LONGEST_WORDS = 200  # signs of a filter
EMPTY = (Stage.NOTHING_READ, Stage.NOTHING_DRAFTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One list of the page."""

    id: str
    title: str
    counted: str  # "5 further stories"
    says: str  # what stands in it, and what to do
    cards: tuple[Card, ...]  # that stand on this page
    fit: int  # how many the filters show
    of: int  # how many there are without filters
    all_acts: tuple[tuple[str, str, str], ...]  # of all that are ticked: act, label, kind of button
    unfolded: int = 0  # how many are shown without opening a fold
    first: int = 1  # the number of the first that stands here, among those that fit
    next: int = 0  # that of the first which stands on the next page; 0: there is none


# A list of the review; its title; what one and several of it are called; what is said of it; what can be done to all
# that are ticked; how many are shown without opening a fold.
TAKE, DISMISS = ("take", "Take all ticked", ""), ("dismiss", "Dismiss all ticked", "away")
RESTORE = ("restore", "Take back all ticked", "")
SECTIONS = (
    (
        "further",
        "Further stories",
        ("further story", "further stories"),
        "In by the rules, in order; the report had no room for them. The next document takes in what you take.",
        (TAKE, DISMISS),
        UNFOLDED,
    ),
    (
        "near",
        "Near misses",
        ("near miss", "near misses"),
        "The rules came close. They are in no report unless you take them.",
        (TAKE, DISMISS),
        UNFOLDED,
    ),
    (
        "later",
        "Put off",
        ("put off", "put off"),
        "For the next report: they are items of its first draft.",
        (RESTORE,),
        0,
    ),
    (
        "dropped",
        "Dropped and dismissed",
        ("dropped or dismissed", "dropped or dismissed"),
        "They do not come back by themselves.",
        (RESTORE, TAKE),
        0,
    ),
    (
        "old",
        "Left out as old",
        ("left out as old", "left out as old"),
        "Their page, feed or address says that they are of long before they were first seen.",
        (TAKE,),
        0,
    ),
)


@page.get("/")
def show() -> Answer:
    desk = the_desk()
    seen = review(desk)
    if seen.stage in EMPTY:
        return render_template(
            "nothing.html", review=seen, feeds=sum(feed.paused is None for feed in desk.config().feeds)
        )
    named = Shown(desk.config(), seen)
    filters = Filters(**{name: _given(name) for name in ("topic", "area", "q")})
    sieve = Sieve(filters, _cards(seen))
    listed = request.args.get("list", "")
    if listed in [name for name, *_ in SECTIONS]:
        sections = [one for one in _sections(seen, sieve, listed, _first()) if one.id == listed]
        place = {"list": listed, "from": str(_first())}
    else:
        listed, sections, place = "", list(_sections(seen, sieve)), {}
    return render_template(
        "edition.html",
        review=seen,
        named=named,
        filters=filters,
        lifts=_lifts(filters, named),
        items=[card for card in seen.items if sieve.shows(card)],
        sections=sections,
        listed=listed,
        choices=_choices(sieve, filters, named),
        back=back_here("edition", {**filters.given(), **place}),
        can_change=seen.stage is Stage.DRAFTED,
        can_choose=len(seen.items) <= MOST_TO_CHOOSE,
    )


def _first() -> int:
    given = request.args.get("from", "")
    return max(1, int(given)) if given.isascii() and given.isdigit() and len(given) < 7 else 1


def _given(name: str) -> str:
    return " ".join(request.args.get(name, "")[:LONGEST_WORDS].split())


def _sections(seen: Review, sieve: Sieve, listed: str = "", first: int = 1) -> Iterable[Section]:
    """Those that hold anything; of `listed` a page of its own, from the `first` on."""
    for name, title, called, says, all_acts, unfolded in SECTIONS:
        cards: Sequence[Card] = getattr(seen, name)
        if not cards:
            continue
        fit = [card for card in cards if sieve.shows(card)]
        end = first - 1 + A_PAGE if name == listed else SHOWN
        yield Section(
            id=name,
            title=title,
            counted=say_count(len(cards), *called),
            says=says,
            cards=tuple(fit[first - 1 : end]),
            fit=len(fit),
            of=len(cards),
            all_acts=all_acts,
            unfolded=A_PAGE if name == listed else unfolded,
            first=first,
            next=end + 1 if len(fit) > end else 0,
        )


def _cards(seen: Review) -> tuple[Card, ...]:
    return (*seen.items, *seen.further, *seen.near, *seen.later, *seen.dropped, *seen.old)


def _choices(sieve: Sieve, filters: Filters, named: Shown) -> dict[str, list[tuple[str, str]]]:
    """Of each filter the choices that show something, each with how much; the one that is set always."""
    topics = sieve.counted("topic", lambda card: card.item.topics if card.item else ())
    areas = sieve.counted("area", lambda card: (card.item.area, *card.item.councils) if card.item else ())
    return {
        "topic": _options("Every topic", topics, named.topics, filters.topic),
        "area": _options("Every area", areas, {**named.areas, **named.councils}, filters.area),
    }


def _options(every: str, counts: dict[str, int], names: dict[str, str], chosen: str) -> list[tuple[str, str]]:
    counts = {**({chosen: 0} if chosen else {}), **counts}
    rows = sorted((names.get(one, one) or "elsewhere", one) for one in counts if one)
    return [("", every), *((one, f"{name} ({counts[one]})") for name, one in rows)]


def _lifts(filters: Filters, named: Shown) -> list[tuple[str, dict[str, str]]]:
    """Each filter that is set in words, and the address's fields without it."""
    words = {
        "topic": named.topics.get(filters.topic, filters.topic),
        "area": {**named.areas, **named.councils}.get(filters.area, filters.area),
        "q": f"“{filters.q}”",
    }
    return [(words[name], filters.without(name)) for name in filters.given()]
