"""Where a story is: names become councils and an area.

1. A name counts with its capitals, and the longest wins: in "Bath Road" there is no Bath, in "Bath Chronicle"
   neither.
2. A shared name (Bath, Sandwich, Ware) counts only beside an anchor: a name of the area that nobody shares, our
   force or commissioner, a second shared name of the same council, or an outlet that is named for the area. Without
   one it is a verb, a duke or a town in Ontario.
3. Each mention weighs 1, the name of a force or of the whole area 2, in the title twice that, and ours in an outlet
   of the area twice again. The story is ours where our side weighs at least as much as elsewhere, unless the title names
   another force without us, or another place where neither title nor first paragraph names us; and where our force
   stands in the title alone.
4. Any other story is national where it speaks of the nation at least as much as of another place, names other places
   only below its first paragraph, or lists many of them (a scheme of seven forces is no single one's). But what opens
   with another place is that place's, unless its title speaks of the nation; and what has another force in its title,
   or opens with a commissioner and another place, is that force's, whatever the ministry does.
5. One that names nothing at all is its outlet's; a commissioner, where no other place is named, is ours, and the
   commissioners are the nation's.
6. Councils come by their weight, most first.
7. Two and more words that only another country's news says (its police, courts, money), and no force or unshared place
   of ours: then our shared names and the area's are that country's, and so is an outlet called after them.
8. What would be another's is ours too where our force stands in one breath with the other (they do it together), but
   not under a headline that names the other alone. And it is the nation's where the nation opens it and we are named
   further on: a list of what each force gets.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum, auto
from itertools import pairwise
from typing import NamedTuple

from monitor.judging.chunks import Hit
from monitor.judging.forms import Phrase
from monitor.model import Area, Field
from monitor.settings import Gazetteer
from monitor.text import normalise


class Side(IntEnum):
    """What a name speaks for."""

    PLACE = auto()
    SHARED = auto()
    AREA = auto()
    SHARED_AREA = auto()
    OUR_BODY = auto()
    A_COMMISSIONER = auto()  # whose, the rest of the story says
    NATION = auto()
    NATIONAL_BODY = auto()
    ELSEWHERE = auto()
    ABROAD = auto()  # how another country calls its police, courts and money
    OTHER_FORCE = auto()
    NEVER = auto()


class Home(Enum):
    """Where an outlet is."""

    OURS = auto()
    ELSEWHERE = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Name:
    phrase: Phrase
    side: Side
    council: str = ""  # its id; "" for the area and beyond


class Named(NamedTuple):
    """A name where it stands."""

    name: Name
    hit: Hit
    field: Field


@dataclass(frozen=True, slots=True)
class Locality:
    area: Area
    councils: tuple[str, ...]
    counted: tuple[Named, ...]  # those that spoke for the area
    kept: tuple[Named, ...]  # all that were weighed
    why: str  # for a person: which rule decided, and by what weights


def names(gazetteer: Gazetteer) -> tuple[Name, ...]:
    listed: list[tuple[Iterable[str], Side, str]] = []
    for council in gazetteer.councils:
        listed += [(council.places, Side.PLACE, council.id), (council.shared, Side.SHARED, council.id)]
    listed += [
        (gazetteer.area, Side.AREA, ""),
        (gazetteer.shared_area, Side.SHARED_AREA, ""),
        (gazetteer.never, Side.NEVER, ""),
        (gazetteer.nation, Side.NATION, ""),
        (gazetteer.elsewhere, Side.ELSEWHERE, ""),
        (gazetteer.abroad, Side.ABROAD, ""),
    ]
    return tuple(
        Name(Phrase(text, is_name=True), side, council) for texts, side, council in listed for text in texts
    )


def longest(found: Sequence[Named]) -> list[Named]:
    """Without those that stand inside a longer one, and without what is never a place (rule 1)."""
    kept: list[Named] = []
    for one in sorted(
        found, key=lambda one: (one.hit.start, -one.hit.end, one.name.side is Side.A_COMMISSIONER)
    ):
        if not kept or one.hit.end > kept[-1].hit.end:
            kept.append(one)
    return [one for one in kept if one.name.side is not Side.NEVER]


OURS = frozenset({Side.PLACE, Side.SHARED, Side.AREA, Side.SHARED_AREA, Side.OUR_BODY})
_SHARED = frozenset({Side.SHARED, Side.SHARED_AREA})
_ANCHORS = OURS - _SHARED
THEIRS = {
    Area.NATIONAL: frozenset({Side.NATION, Side.NATIONAL_BODY}),
    Area.ELSEWHERE: frozenset({Side.ELSEWHERE, Side.ABROAD, Side.OTHER_FORCE}),
}
_OUR_OWN = frozenset({Side.PLACE, Side.OUR_BODY})  # whatever country else a story speaks of, these are here
_FEW_ABROAD = 2  # a story of ours may name a price in dollars
_BESIDE = 5  # letters between two partners: ", " or " and "
_MANY = 4  # other places, of which none is the story's own
_FAINT = 3  # a local outlet's story that says "government" once is still about its own place
_HEAVY = frozenset({Side.AREA, Side.OUR_BODY, Side.OTHER_FORCE, Side.NATIONAL_BODY})


def home(outlet: str, named: Iterable[Name], listed: frozenset[str]) -> Home:
    """`named`: what the outlet's name says, with names that are never places among them; `listed`: in normal form."""
    sides = {name.side for name in named}
    if normalise(outlet) in listed or sides & _ANCHORS:
        return Home.OURS
    if Side.ELSEWHERE in sides:  # a namesake in another state
        return Home.ELSEWHERE
    return Home.OURS if sides & OURS else Home.UNKNOWN


def area_of(outlet: Home) -> Area:
    """Where a story of the outlet's is, as long as nothing is known of it."""
    return {Home.OURS: Area.OWN, Home.ELSEWHERE: Area.ELSEWHERE}.get(outlet, Area.NATIONAL)


def locate(found: Sequence[Named], outlet: Home) -> Locality:
    kept = longest(found)
    sides = {one.name.side for one in kept}
    if Side.ABROAD in sides and _is_abroad(kept):
        kept = [one for one in kept if one.name.side not in OURS]
        outlet = Home.ELSEWHERE
    if outlet is not Home.OURS and sides.isdisjoint(_ANCHORS):
        kept = _with_company(kept)
    weights = [0] * (len(Side) + 1)
    councils: dict[str, int] = {}
    title: set[Side] = set()
    lead: set[Side] = set()
    for name, _, field in kept:
        weight = 2 if name.side in _HEAVY else 1
        if field is Field.TITLE:
            weight *= 2
            title.add(name.side)
        elif field is Field.LEAD:
            lead.add(name.side)
        weights[name.side] += weight
        if name.council:
            councils[name.council] = councils.get(name.council, 0) + weight
    theirs = THEIRS[Area.ELSEWHERE]
    others = {one.name.phrase.text for one in kept if one.name.side in theirs} if sides & theirs else ()
    area, why = _area(weights, outlet, title, lead, len(others))
    is_headed_theirs = title & theirs and not title & OURS
    if area is Area.ELSEWHERE and not is_headed_theirs and _is_partner(kept):
        area, why = Area.OWN, "our force stands in one breath with the others"
    elif area is Area.ELSEWHERE and any(weights[side] for side in OURS) and _opens_with_nation(title, lead):
        area, why = Area.NATIONAL, "the nation opens it, and we are named further on"
    is_ours = area is Area.OWN
    counting = OURS if is_ours else THEIRS[area]
    return Locality(
        area=area,
        councils=tuple(sorted(councils, key=lambda council: -councils[council])) if is_ours else (),
        counted=tuple([one for one in kept if one.name.side in counting]),
        kept=tuple(kept),
        why=why,
    )


def _is_abroad(kept: Sequence[Named]) -> bool:
    """Whether it is the news of a namesake in another country (rule 7)."""
    abroad = {one.name.phrase.text for one in kept if one.name.side is Side.ABROAD}
    return len(abroad) >= _FEW_ABROAD and not any(one.name.side in _OUR_OWN for one in kept)


def _is_partner(kept: Sequence[Named]) -> bool:
    """Whether our force stands in one breath with another or its county: "…shire, …shire and our police"."""
    return any(
        Side.OUR_BODY in (one.name.side, two.name.side)
        and {one.name.side, two.name.side} & {Side.OTHER_FORCE, Side.ELSEWHERE}
        and two.hit.start - one.hit.end <= _BESIDE
        and one.hit.sentence == two.hit.sentence
        for one, two in pairwise(kept)
    )


def _with_company(kept: list[Named]) -> list[Named]:
    """Shared names stay only where another of the same council stands beside them (rule 2)."""
    company: dict[str, set[str]] = {}
    for one in kept:
        if one.name.side in _SHARED:
            company.setdefault(one.name.council, set()).add(one.name.phrase.text)
    return [
        one
        for one in kept
        if one.name.side not in _SHARED or (one.name.council and len(company[one.name.council]) > 1)
    ]


def _area(
    weights: Sequence[int], outlet: Home, title: set[Side], lead: set[Side], other_places: int
) -> tuple[Area, str]:
    """And why, for a person."""
    ours = sum(weights[side] for side in OURS) * (2 if outlet is Home.OURS else 1)
    others = sum(weights[side] for side in THEIRS[Area.ELSEWHERE])
    nation = weights[Side.NATION] + weights[Side.NATIONAL_BODY]
    weighed = f"ours weigh {ours}, elsewhere {others}, the nation {nation}"
    if Side.OUR_BODY in title and not title & THEIRS[Area.ELSEWHERE]:
        return Area.OWN, "our force or commissioner stands in the headline, and no other place does"
    is_theirs = title & THEIRS[Area.ELSEWHERE] and not (title | lead) & OURS
    if ours and ours >= others and not is_theirs and (title & OURS or Side.OTHER_FORCE not in title):
        return Area.OWN, weighed
    if not ours and not others:
        if outlet is Home.ELSEWHERE and not nation:
            return Area.ELSEWHERE, "it names no place, and its outlet is elsewhere"
        if outlet is Home.OURS and nation < _FAINT:
            return Area.OWN, "it names no other place, and its outlet is of the area"
        if weights[Side.A_COMMISSIONER] > nation:
            return Area.OWN, "it names a commissioner and no other place"
    if _opens_elsewhere(title, lead):
        return Area.ELSEWHERE, f"it opens with another place or force; {weighed}"
    only_further_down = not (title | lead) & THEIRS[Area.ELSEWHERE]
    if nation >= others or nation and (only_further_down or other_places >= _MANY):
        return Area.NATIONAL, weighed
    return Area.ELSEWHERE, weighed


def _opens_with_nation(title: set[Side], lead: set[Side]) -> bool:
    return bool((title | lead) & THEIRS[Area.NATIONAL]) and Side.OTHER_FORCE not in title


def _opens_elsewhere(title: set[Side], lead: set[Side]) -> bool:
    if Side.OTHER_FORCE in title or {Side.A_COMMISSIONER, Side.ELSEWHERE} <= title | lead:
        return True
    return bool((title | lead) & THEIRS[Area.ELSEWHERE]) and not title & THEIRS[Area.NATIONAL]
