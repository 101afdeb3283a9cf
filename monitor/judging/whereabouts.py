"""Why a story is ours or not, for a person, and what would change that: the names on each side, by the rules of `places.py`.

The smallest change by area is one name less, wherever it stands ("without “…”"), or else our force once more: in
the text, in the first paragraph or in the headline, the least that does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.judging.chunks import Hit
from monitor.judging.forms import Phrase
from monitor.judging.places import OURS, THEIRS, Home, Locality, Name, Named, Side, locate
from monitor.model import Area, Field

_FIELDS = {Field.TITLE: "headline", Field.LEAD: "first paragraph", Field.BODY: "text"}
_LEAST_FIRST = (Field.BODY, Field.LEAD, Field.TITLE)
_NOWHERE = Hit(phrase=-1, start=-1, end=-1, sentence=-1)
_OUR_FORCE = Name(Phrase("our force"), Side.OUR_BODY)
_MOST = 6  # names of a side that are shown


@dataclass(frozen=True, slots=True)
class Whereabouts:
    locality: Locality
    without: tuple[tuple[str, Area], ...]  # each name without which the area would be another, and which
    with_force: Field | None  # where our force, named once, would make it ours

    def sides(self) -> list[str]:
        """ "ours: NAME (headline), NAME", a line a side that has any."""
        return [
            f"{what}: {', '.join(names)}"
            for what, sides in (
                ("ours", OURS),
                ("elsewhere", THEIRS[Area.ELSEWHERE]),
                ("the nation", THEIRS[Area.NATIONAL]),
            )
            if (names := self._named(sides))
        ]

    def _named(self, sides: frozenset[Side]) -> list[str]:
        first: dict[str, str] = {}
        for name, _, field in self.locality.kept:
            if name.side in sides:
                where = "" if field is Field.BODY else f" ({_FIELDS[field]})"
                first.setdefault(name.phrase.text, f"{name.phrase.text}{where}")
        left = len(first) - _MOST
        return [*list(first.values())[:_MOST], *([f"{left} more"] if left > 0 else [])]

    def change(self, area: str) -> str | None:
        """The smallest that would make it ours, or no longer ours; None where no single name does."""
        words = {Area.OWN: f"of {area}", Area.NATIONAL: "national", Area.ELSEWHERE: "elsewhere"}
        to_us = self.locality.area is not Area.OWN
        for name, becomes in self.without:
            if (becomes is Area.OWN) is to_us:
                return f"without “{name}” it would be {words[becomes]}"
        if self.with_force is not None:
            return f"with the force in the {_FIELDS[self.with_force]} it would be {words[Area.OWN]}"
        return None


def whereabouts(named: Sequence[Named], outlet: Home) -> Whereabouts:
    here = locate(named, outlet)
    names = dict.fromkeys(one.name.phrase.text for one in here.kept)
    others = [
        (name, locate([one for one in named if one.name.phrase.text != name], outlet).area) for name in names
    ]
    with_force = None
    if here.area is not Area.OWN:
        with_force = next((field for field in _LEAST_FIRST if _with_force(named, outlet, field)), None)
    return Whereabouts(
        locality=here,
        without=tuple((name, area) for name, area in others if area is not here.area),
        with_force=with_force,
    )


def _with_force(named: Sequence[Named], outlet: Home, field: Field) -> bool:
    return locate([Named(_OUR_FORCE, _NOWHERE, field), *named], outlet).area is Area.OWN
