"""What is known of a draft of the rules, as the pages show it: more and more, until nothing is worked out any longer."""

from dataclasses import dataclass
from datetime import datetime

from monitor.errors import Mistake
from monitor.judging.backtest import Backtest
from monitor.judging.preview.difference import Changed, Difference
from monitor.judging.preview.labels import Labels
from monitor.judging.preview.turning import Ground, Shown, shown
from monitor.judging.preview.twelve import Moves

OFTEN = 0.05  # of all articles: a phrase that hits more says little
FEW = 10  # articles: of so few no share is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """What is being done now, and how much of it."""

    doing: str
    done: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one changed phrase hits, whatever becomes of it."""

    changed: Changed
    articles: int
    stories: int | None  # None: not put together yet
    is_often: bool

    @property
    def needs_a_look(self) -> bool:
        """Whether it is new, and hits nothing, or nearly everything."""
        is_new = self.changed.after and not self.changed.before
        return is_new and (self.is_often or not self.articles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a draft would change, as far as it is known."""

    weeks: int | None
    made: datetime
    since: datetime
    until: datetime
    articles: int
    textless: int | None
    stories: int | None
    found: Difference
    touched: int
    lost: tuple[Shown, ...] = ()
    gained: tuple[Shown, ...] = ()
    kept: int | None = None
    costs: tuple[Cost, ...] = ()
    warnings: tuple[Mistake, ...] = ()
    labels: tuple[Labels, ...] | None = None
    moves: Moves | None = None
    no_moves: str = ""  # why there are none to tell of
    is_first: bool = True  # the stories are not put together yet
    is_whole: bool = True  # False: only what is in by one of the rules was put together
    running: Running | None = None  # what is still worked out
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Failed:
    says: str


def added(found: Difference) -> frozenset[str]:
    return frozenset(one.phrase for one in found.phrases if one.after and not one.before)


def told(result: Backtest, found: Difference) -> dict[str, object]:
    return {
        "gained": tuple(shown(one, found) for one in result.gained),
        "lost": tuple(shown(one, found) for one in result.lost),
    }


def costs_of(
    hits: dict[str, frozenset[str]], found: Difference, articles: int, ground: Ground | None
) -> tuple[Cost, ...]:
    return tuple(
        Cost(
            changed=one,
            articles=len(hits[one.phrase]),
            stories=sum(not hits[one.phrase].isdisjoint(story) for story in ground.stories)
            if ground
            else None,
            is_often=len(hits[one.phrase]) > max(FEW, OFTEN * articles),
        )
        for one in found.phrases
    )
