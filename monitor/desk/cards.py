"""How a story's card is said on a page, and which cards a filter shows: pure, made for one request."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from monitor.desk.safety.who import SOMEBODY
from monitor.model import ItemLink, Kinship
from monitor.model.review import Card, Review
from monitor.reporting.wording import say_count
from monitor.settings import Config

MOST_NAMED = 2  # topics of a card, and councils: its own page names them all
SOURCES = {
    "desk": "at the desk",
    "report": "in an edited Word file",
    "notes": "in the ticked notes",
    "word": "on the command line",
}


class Shown:
    """What ids of topics, councils and areas are called, and how a card is described."""

    def __init__(self, config: Config, seen: Review) -> None:
        self.topics = {topic.id: topic.name for topic in config.rules.topics}
        self.councils = {council.id: council.name for council in config.gazetteer.councils}
        area = config.panel.area
        self.areas = {area.id: area.name, "national": "national", "elsewhere": "elsewhere"}
        self.others = [(card.story, f"{card.number}. {card.heading}") for card in seen.items]

    def tags(self, card: Card) -> str:
        """ "Roads policing · West Vale Borough Council": its topics, then where."""
        if card.item is None:
            return ""
        topics = [self.topics.get(one, one) for one in card.item.topics[:MOST_NAMED]]
        where = [self.councils.get(one, one) for one in card.item.councils[:MOST_NAMED]]
        far = [self.areas.get(card.item.area, card.item.area)] if self.is_far(card) else []
        return " · ".join((*topics, *where, *far))

    def is_far(self, card: Card) -> bool:
        return card.item is not None and card.item.area in ("national", "elsewhere")


def is_named(person: str) -> bool:
    """Where nothing says who it was there is nobody to name."""
    return bool(person) and person != SOMEBODY


def say_source(source: str) -> str:
    return SOURCES.get(source, source)


def say_points(points: int) -> str:
    """ "2 points", "−1 point"."""
    return f"{'−' * (points < 0)}{say_count(abs(points), 'point')}"


def say_others(links: Sequence[ItemLink]) -> str:
    """ "2 more reports and a copy", of the links after the first; "" where there is none."""
    kinds = Counter(link.kinship for link in links[1:])
    reports = len(links[1:]) - kinds[Kinship.COPY]
    parts = [say_count(reports, "more report")] if reports else []
    if kinds[Kinship.COPY]:
        parts.append(say_count(kinds[Kinship.COPY], "copy", "copies"))
    return " and ".join(parts)


# ── filters ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """As the address has them; "" shows all."""

    topic: str = ""
    area: str = ""
    q: str = ""

    def given(self) -> dict[str, str]:
        named = {"topic": self.topic, "area": self.area, "q": self.q}
        return {name: value for name, value in named.items() if value}

    def without(self, name: str) -> dict[str, str]:
        return {each: value for each, value in self.given().items() if each != name}


class Sieve:
    """Which cards the filters show; each filter looks at each card once."""

    def __init__(self, filters: Filters, cards: Iterable[Card]) -> None:
        self._cards = tuple(cards)
        self._fit = {
            name: {card.story for card in self._cards if _FITS[name](card, value)}
            for name, value in filters.given().items()
        }

    def shows(self, card: Card, but: str = "") -> bool:
        """`but`: the filter that is left out of it, to count what its choices would show."""
        return all(name == but or card.story in fit for name, fit in self._fit.items())

    def counted(self, name: str, values: Callable[[Card], Iterable[str]]) -> Counter[str]:
        """How many cards each choice of one filter would show, under the other filters."""
        return Counter(value for card in self._cards if self.shows(card, name) for value in set(values(card)))


def _of_topic(card: Card, topic: str) -> bool:
    return card.item is not None and topic in card.item.topics


def _of_area(card: Card, area: str) -> bool:
    return card.item is not None and area in (card.item.area, *card.item.councils)


def _has_words(card: Card, words: str) -> bool:
    item = card.item
    told = (card.heading, *(link.outlet for link in card.links), *(item.excerpt if item else ()))
    text = " ".join(told).casefold()
    return all(word in text for word in words.casefold().split())


_FITS: dict[str, Callable[[Card, str], bool]] = {"topic": _of_topic, "area": _of_area, "q": _has_words}
