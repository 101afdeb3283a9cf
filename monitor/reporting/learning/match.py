"""Which item of an edition something in an edited document is: by bookmark, link, heading, or a paragraph of it."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cache

from monitor.model import Article, Edition, Item
from monitor.reporting.learning.lines import Line, Target, plain
from monitor.reporting.learning.offered import offered
from monitor.reporting.wording import bookmark, link_remark, link_text, web_address

_BOXES = re.compile(r"(?:take|dismiss|\bx\b|[\W_])*", re.IGNORECASE)
ALIKE = 0.75  # of the letters of two headings, when one is the other rewritten


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What the archive and the feed list know of addresses."""

    identify: Callable[[str], str]  # an address -> the id of its article, whatever tails it carries
    outlet: Callable[[str], str]  # an address -> the name of its outlet, else its host
    stored: Mapping[str, Article] = field(
        default_factory=dict
    )  # by id, those that the document or edition names


class Known:
    """An edition's items, to be found again. A place is an item's position in the edition, from 0; with `offers` the
    stories that it offers besides come after them. These are found by bookmark, link and heading, never by their words.
    """

    def __init__(self, edition: Edition, shelf: Shelf, *, offers: bool = False) -> None:
        self.edition = edition
        # An item's links are asked for at every line below them.
        self._identify = cache(shelf.identify)
        items = (*edition.items, *(offered(edition) if offers else ()))
        self.items: tuple[Item, ...] = tuple(map(self._with_articles, items))
        self._marks = {bookmark(item.story): place for place, item in enumerate(self.items)}
        self._links: dict[str, tuple[int, str]] = {}
        self._texts: dict[str, tuple[int, str]] = {}
        self._headings: dict[str, int] = {}
        paragraphs: dict[str, set[int]] = {}
        for place, item in enumerate(self.items):
            if item.heading:
                self._headings.setdefault(_folded(item.heading), place)
            for link in item.links:
                for url in (
                    link.url,
                    web_address(link.url) or link.url,
                ):  # as it was fetched, and as it was written
                    self._links.setdefault(self._identify(url), (place, link.article))
                self._links.setdefault(link.article, (place, link.article))
                shown = _folded(f"{link_text(link)} {link_remark(link)}")
                self._texts.setdefault(f"{place} {shown}", (place, link.article))
            for paragraph in () if self.is_offer(place) else item.excerpt:
                paragraphs.setdefault(_folded(paragraph), set()).add(place)
        self._paragraphs = {text: min(places) for text, places in paragraphs.items() if len(places) == 1}

    def _with_articles(self, item: Item) -> Item:
        """Near misses of older editions name only their address."""
        if all(item.articles):
            return item
        links = (replace(link, article=link.article or self._identify(link.url)) for link in item.links)
        return replace(item, links=tuple(links))

    def is_offer(self, place: int) -> bool:
        return place >= len(self.edition.items)

    def copied(self, line: Line) -> Target | None:
        """The link of a line of the notes that was copied as it stands: boxes, an offered story's heading, the rest."""
        for link in line.links:
            place = self.by_heading(link.text)
            is_offered = place is not None and self.is_offer(place) and place in self.by_links([link])
            if is_offered and _BOXES.fullmatch(line.text.partition(link.text)[0]):
                return link
        return None

    def by_marks(self, marks: Iterable[str]) -> tuple[int, ...]:
        return tuple(self._marks[mark] for mark in marks if mark in self._marks)

    def by_links(self, links: Iterable[Target]) -> tuple[int, ...]:
        """The items that the links belong to, the most linked first."""
        found = (self._links.get(self._identify(link.url)) for link in links)
        counted = Counter(place for one in found if one for place in [one[0]])
        return tuple(place for place, _ in counted.most_common())

    def by_heading(self, heading: str | None) -> int | None:
        return self._headings.get(_folded(heading)) if heading else None

    def by_like_heading(self, heading: str | None, open_places: Iterable[int]) -> int | None:
        """The open item whose heading is nearest, if it is near."""
        if not heading:
            return None
        scored = [
            (_likeness(heading, self.edition.items[place].heading), -place)
            for place in open_places
            if self.edition.items[place].heading
        ]
        score, place = max(scored, default=(0.0, 0))
        return -place if score >= ALIKE else None

    def by_paragraphs(self, texts: Sequence[str]) -> int | None:
        counted = Counter(
            self._paragraphs[folded] for text in texts if (folded := _folded(text)) in self._paragraphs
        )
        return counted.most_common(1)[0][0] if counted else None

    def is_paragraph(self, text: str) -> bool:
        return _folded(text) in self._paragraphs

    def article(self, place: int, target: Target) -> str:
        """The id by which a link of an item is known; the address's own where the item has no such link."""
        id = self._identify(target.url)
        found = self._links.get(id)
        return found[1] if found and found[0] == place else id

    def flattened(self, place: int, line: Line) -> str | None:
        """The article of the item's link that this line shows, where the link itself is gone and its text stayed."""
        found = self._texts.get(f"{place} {_folded(line.text)}")
        return found[1] if found else None

    def relinked(self, line: Line) -> Line:
        """The line as one of links alone, where one of its item's links became text above the address that was printed
        with it."""
        shown = _folded(line.rest) if line.links else ""
        if shown and any(f"{place} {shown}" in self._texts for place in self.by_links(line.links)):
            return replace(line, rest="")
        return line


def _folded(text: str) -> str:
    return plain(text).casefold()


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, _folded(one), _folded(other), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE <= matcher.quick_ratio() else 0.0
