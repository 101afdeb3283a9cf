"""Where a story stands in the report under review: by what version a form knows it, in which list, what comes after it."""

from collections.abc import Mapping

from monitor.model import Decision, Item
from monitor.model.acts import Act, Check, Merge, Move, Split, Uncheck, Write
from monitor.reporting.edition.arrange import Decided
from monitor.reporting.edition.past import Past
from monitor.reporting.reviewing.deeds import Deed, Named
from monitor.reporting.reviewing.overlay import Overlaid, claims, everyone
from monitor.reporting.reviewing.versions import order_of, version_of


def version_for(act: Act, past: Past, bases: Mapping[str, Item]) -> str:
    """Of what the act is about: a story, or the order."""
    if isinstance(act, Move):
        return order_of(past.kept)
    if isinstance(act, Write | Check | Uncheck):
        return ""
    return version_of(decision_on(act.story, past, bases))


def decision_on(story: str, past: Past, bases: Mapping[str, Item]) -> Decision | None:
    """What was decided of the story; of a part of another what was decided of that."""
    found = (*past.kept, *past.later, *past.dropped)
    own = next((one for one in found if one.story == story), None)
    base = bases.get(story)
    return own or next((one for one in found if base and claims(one, base)), None)


def listed(now: Overlaid, written: str) -> Named | None:
    for one in everyone(now):
        if written == one.item.story:
            item, decision = one.item, one.decision
            articles = (*(decision.articles if decision else ()), *item.articles)
            name = item.heading or (decision.drafted if decision else "")
            return Named(story=item.story, heading=name, articles=tuple(dict.fromkeys(articles)))
    return None


def stands(now: Overlaid | None, story: str) -> tuple[Decided | None, str]:
    lists = (
        (
            ("In the report", now.items),
            ("A further story", now.further),
            ("A near miss", now.near),
            ("Put off to the next report", now.later),
            ("Dropped", now.dropped),
        )
        if now
        else ()
    )
    for place, stories in lists:
        for number, one in enumerate(stories, 1):
            if one.item.story == story:
                return one, f"{place}, place {number}" if place == "In the report" else place
    return None, ""


def is_same_order(one: Overlaid, other: Overlaid, moved: str) -> bool:
    """Of the items that stand in both, but the one that is moved."""
    orders = [[each.item.story for each in now.items if each.item.story != moved] for now in (one, other)]
    common = set(orders[0]).intersection(orders[1])
    return [each for each in orders[0] if each in common] == [each for each in orders[1] if each in common]


def next_of(act: Act, deed: Deed, now: Overlaid | None) -> str:
    """The story to look at next: the same where it stays in its list, else that which stood behind it."""
    if now is None or isinstance(act, Write | Split | Merge | Check | Uncheck):
        return deed.story
    for stories in (now.items, now.further, now.near, now.later, now.dropped):
        ids = [one.item.story for one in stories]
        if act.story in ids:
            if deed.deed in ("edit", "unlink", "move") or deed.holds:
                return act.story
            place = ids.index(act.story)
            return next(iter((*ids[place + 1 :], *ids[:place][::-1])), "")
    return ""
