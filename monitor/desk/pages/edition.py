"""This edition: the report in order, then what stands outside it, each with why and with what can be done to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from monitor.app.desk.review import review
from monitor.desk.back import back_here
from monitor.desk.cards import Filters, Shown, counted
from monitor.desk.say import Answer, the_desk
from monitor.model.review import Card, Review, Stage
from monitor.reporting.wording import say_count

page = Blueprint("edition", __name__)

UNFOLDED = 12  # further stories that are shown without opening a fold
LONGEST_WORDS = 200  # signs of a filter
EMPTY = (Stage.NOTHING_READ, Stage.NOTHING_DRAFTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One list of the page."""

    id: str
    title: str
    counted: str  # "5 further stories"
    says: str  # what stands in it, and what to do
    cards: tuple[Card, ...]  # that the filters show
    of: int  # how many there are without filters
    all_acts: tuple[tuple[str, str, str], ...]  # of all that are ticked: act, label, kind of button
    unfolded: int = 0  # how many are shown without opening a fold


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
        return render_template("nothing.html", review=seen, feeds=len(desk.config().feeds))
    named = Shown(desk.config(), seen)
    filters = Filters(**{name: _given(name) for name in ("topic", "area", "q")})
    items = [card for card in seen.items if filters.shows(card)]
    return render_template(
        "edition.html",
        review=seen,
        named=named,
        filters=filters,
        lifts=_lifts(filters, named),
        items=items,
        sections=tuple(_sections(seen, filters)),
        choices=_choices(seen, filters, named),
        back=back_here("edition", filters.given()),
        can_change=seen.stage is Stage.DRAFTED,
    )


def _given(name: str) -> str:
    return " ".join(request.args.get(name, "")[:LONGEST_WORDS].split())


def _sections(seen: Review, filters: Filters) -> Iterable[Section]:
    for name, title, called, says, all_acts, unfolded in SECTIONS:
        cards: Sequence[Card] = getattr(seen, name)
        if cards:
            yield Section(
                id=name,
                title=title,
                counted=say_count(len(cards), *called),
                says=says,
                cards=tuple(card for card in cards if filters.shows(card)),
                of=len(cards),
                all_acts=all_acts,
                unfolded=unfolded,
            )


def _choices(seen: Review, filters: Filters, named: Shown) -> dict[str, list[tuple[str, str]]]:
    """Of each filter the choices that show something, each with how much; the one that is set always."""
    cards = (*seen.items, *seen.further, *seen.near, *seen.later, *seen.dropped, *seen.old)
    topics = counted(cards, filters, "topic", lambda card: card.item.topics if card.item else ())
    areas = counted(
        cards, filters, "area", lambda card: (card.item.area, *card.item.councils) if card.item else ()
    )
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
