"""What came before a draft: the drafts towards the same report, the reports that were issued, and the officer's word.

1. *One decision a story.* Documents are taken in the order of their editions; of one edition only the last save counts.
   A later edition's decision replaces an earlier one's, but what it leaves as drafted stays as it was decided before:
   the later draft was made from it.
2. *Belonging.* A decision belongs to a story by its articles: one in common is enough. So a story whose lead changes,
   or that grows, inherits it. An item without a link is known by its story's id.
3. *Order.* The officer's: that of the last document, then what only earlier ones decided.
4. *Reported* is what an issued edition holds, less what the officer struck from its document, and what was added.
   What was struck from it stays struck.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from monitor.model import Decision, Edition, Item, Learned, Said
from monitor.reporting.wording import day_in_london, item_name, name_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A story of a report that was issued."""

    heading: str
    day: date  # of the meeting; of the draft where the meeting is not known
    articles: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    stood: tuple[Edition, ...] = ()  # drafts towards the same report, first to last
    reported: tuple[Reported, ...] = ()
    decisions: tuple[Decision, ...] = ()  # what holds now, in the officer's order

    @property
    def kept(self) -> tuple[Decision, ...]:
        return tuple(one for one in self.decisions if one.said is not Said.DROPPED)

    @property
    def dropped(self) -> tuple[Decision, ...]:
        return tuple(one for one in self.decisions if one.said is Said.DROPPED)

    @property
    def previous(self) -> int | None:
        return self.stood[-1].number if self.stood else None

    def first(self, story: str, articles: Iterable[str]) -> tuple[int, Item] | None:
        """The first draft in which an item with one of these articles stood, and that item."""
        return _standing(self.stood, story, frozenset(articles))

    def last(self, story: str, articles: Iterable[str]) -> tuple[int, Item] | None:
        return _standing(self.stood[::-1], story, frozenset(articles))


def look_back(stood: Sequence[Edition], issued: Sequence[Edition], learned: Sequence[Learned]) -> Past:
    """`learned` holds at most one document an edition; those of editions in neither list do not count."""
    by_edition = {one.edition: one for one in learned}
    filed = [by_edition[edition.number] for edition in issued if edition.number in by_edition]
    open_ones = [by_edition[edition.number] for edition in stood if edition.number in by_edition]
    struck = [one for one in standing(filed) if one.said is Said.DROPPED]
    struck += [_struck_before(edition, place) for edition in issued for place in range(len(edition.dropped))]
    decisions = standing(open_ones)
    known = [one for one in struck if not any(belong(one, other) for other in decisions)]
    return Past(
        stood=tuple(stood),
        reported=tuple(one for edition in issued for one in _reports(edition, by_edition)),
        decisions=(*decisions, *known),
    )


def standing(learned: Sequence[Learned]) -> tuple[Decision, ...]:
    """The decisions that hold after all these documents: kept and added in the officer's order, then dropped."""
    held: list[Decision] = []
    for document in sorted(learned, key=lambda one: one.edition):
        now = [_over(held, decision) for decision in document.decisions]
        held = now + [one for one in held if not any(belong(one, other) for other in now)]
    return tuple(sorted(held, key=lambda one: one.said is Said.DROPPED))


def belong(one: Decision, other: Decision) -> bool:
    return one.story == other.story or not set(one.articles).isdisjoint(other.articles)


def _over(held: Sequence[Decision], later: Decision) -> Decision:
    """The later decision, with what it leaves as drafted taken from the earlier one."""
    before = [one for one in held if belong(one, later)]
    if not before:
        return later
    # Of items that were made one, what was said of this one holds.
    earlier = next((one for one in before if one.story == later.story), before[0])
    articles = tuple(dict.fromkeys((*later.articles, *earlier.articles)))
    if Said.DROPPED in (later.said, earlier.said):
        return replace(later, articles=articles)
    added = (*later.links, *(link for link in earlier.links if link.article not in later.without))
    edited = later.excerpt is not None
    return replace(
        later,
        said=Said.ADDED if Said.ADDED in (earlier.said, later.said) else Said.KEPT,
        articles=articles,
        heading=earlier.heading if later.heading is None else later.heading,
        excerpt=later.excerpt if edited else earlier.excerpt,
        note=later.note if edited else earlier.note,
        links=tuple({link.article: link for link in reversed(added)}.values())[::-1],
        without=tuple(dict.fromkeys((*later.without, *earlier.without))),
    )


def _reports(edition: Edition, learned: dict[int, Learned]) -> list[Reported]:
    day = edition.header.meeting or day_in_london(edition.made)
    decisions = learned[edition.number].decisions if edition.number in learned else ()
    struck = {one.story for one in decisions if one.said is Said.DROPPED}
    headings = {one.story: one.heading for one in decisions if one.heading}
    stories = [
        (headings.get(item.story) or item_name(item), item.articles)
        for item in edition.items
        if item.story not in struck
    ]
    stories += [
        (name_of(one.heading or one.drafted, one.excerpt or (), one.links), one.articles)
        for one in decisions
        if one.said is Said.ADDED
    ]
    return [Reported(heading=heading, day=day, articles=frozenset(articles)) for heading, articles in stories]


def _struck_before(edition: Edition, place: int) -> Decision:
    """What an issued edition already left out, as the decision that it came from."""
    gone = edition.dropped[place]
    articles = tuple(link.article for link in gone.links)
    story = articles[0] if articles else f"dropped-{edition.number}-{place}"
    return Decision(
        said=Said.DROPPED, edition=gone.edition, story=story, drafted=gone.heading, articles=articles
    )


def _standing(editions: Sequence[Edition], story: str, articles: frozenset[str]) -> tuple[int, Item] | None:
    """In each edition the story's own item, else the first that has one of the articles."""
    for edition in editions:
        found = [
            item for item in edition.items if item.story == story or not articles.isdisjoint(item.articles)
        ]
        if found:
            return edition.number, next((item for item in found if item.story == story), found[0])
    return None
