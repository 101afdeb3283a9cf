"""What came before a draft: the drafts towards the same report, the reports that were issued, and the officer's word.

1. *One decision a story.* Documents are taken in the order of their editions; of one edition only the last save counts.
   A later edition's decision replaces an earlier one's, but what it leaves as drafted stays as it was decided before:
   the later draft was made from it. A tick in the notes and a word (`take`, `drop`) count from the newest draft when
   they were said, for they say something of one story now; of one draft the one that came later holds. A document says
   nothing of a story that was not in it.
2. *Belonging.* A decision belongs to a story by its articles: one in common is enough. So a story whose lead changes,
   or that grows, inherits it. An item without a link is known by its story's id.
3. *Order.* The officer's: that of the last document, then what only earlier ones decided.
4. *Reported* is what an issued edition holds, less what the officer struck from its document, and what was added.
   What was struck from it stays struck.
5. *Taken back.* What was dropped keeps what was said of it before, and `take` brings that back with it.
6. *Before the first draft* of a report a word belongs to the report that comes next.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from monitor.model import Decision, Edition, Item, Learned, Said, Source
from monitor.model.officer import OWN
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
    """`learned`: what holds of each edition's documents, and every word; those of editions in neither list do not
    count."""
    filed = _of(issued, learned)
    open_ones = _of(stood, learned) + _before_the_first(stood, issued, learned)
    struck = [one for one in standing(filed) if one.said is Said.DROPPED]
    struck += [_struck_before(edition, place) for edition in issued for place in range(len(edition.dropped))]
    decisions = standing(open_ones)
    known = [one for one in struck if not any(belong(one, other) for other in decisions)]
    return Past(
        stood=tuple(stood),
        reported=tuple(
            one for edition in issued for one in _reports(edition, standing(_of([edition], filed)))
        ),
        decisions=(*decisions, *known),
    )


def _of(editions: Sequence[Edition], learned: Sequence[Learned]) -> list[Learned]:
    numbers = {edition.number for edition in editions}
    return [one for one in learned if _draft_of(one) in numbers]


def _draft_of(one: Learned) -> int:
    """The draft of which it holds; 0: it was said before the report's first one."""
    return one.edition if one.source is Source.REPORT else one.newest


def _before_the_first(
    stood: Sequence[Edition], issued: Sequence[Edition], learned: Sequence[Learned]
) -> list[Learned]:
    """Words said after the last report was made and before this one's first draft."""
    return [
        one
        for one in learned
        if _draft_of(one) == 0
        and (not issued or issued[-1].made <= one.learned)
        and (not stood or one.learned <= stood[0].made)
    ]


def standing(learned: Sequence[Learned]) -> tuple[Decision, ...]:
    """The decisions that hold after all these documents: kept and added in the officer's order, then dropped."""
    held: list[Decision] = []
    for document in sorted(learned, key=_counts_from):
        now = [_over(held, decision) for decision in document.decisions]
        if document.source is not Source.REPORT:  # it gives no order
            now = _in_their_places(held, now)
        held = now + [one for one in held if not any(belong(one, other) for other in now)]
    return tuple(sorted(held, key=lambda one: one.said is Said.DROPPED))


def _counts_from(one: Learned) -> tuple[object, ...]:
    return (_draft_of(one), one.learned)


def _in_their_places(held: Sequence[Decision], now: Sequence[Decision]) -> list[Decision]:
    """What was decided before, in its order, with what is said now in the place of the first that it is about."""
    placed: list[Decision] = []
    for one in held:
        about = [other for other in now if belong(one, other)]
        placed += [other for other in about or [one] if other not in placed]
    return placed + [one for one in now if one not in placed]


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
    if earlier.said is Said.DROPPED and later.said is not Said.TAKEN:
        return replace(later, articles=articles)
    added = (*later.links, *(link for link in earlier.links if link.article not in later.without))
    edited = later.excerpt is not None
    stands = later.said is Said.TAKEN and earlier.said in (
        Said.KEPT,
        Said.ADDED,
    )  # it is in the report already
    is_own = Said.ADDED in (earlier.said, later.said) or earlier.story.startswith(OWN)
    return replace(
        later,
        said=_said(earlier if stands else later, is_own=is_own),
        edition=earlier.edition if stands else later.edition,
        moved=later.moved or (later.said is Said.TAKEN and earlier.moved),
        story=earlier.story if is_own else later.story,
        articles=articles,
        heading=earlier.heading if later.heading is None else later.heading,
        excerpt=later.excerpt if edited else earlier.excerpt,
        note=later.note if edited else earlier.note,
        links=tuple({link.article: link for link in reversed(added)}.values())[::-1],
        without=tuple(dict.fromkeys((*later.without, *earlier.without))),
    )


def _said(one: Decision, *, is_own: bool) -> Said:
    return Said.ADDED if is_own and one.said is not Said.DROPPED else one.said


def _reports(edition: Edition, decisions: Sequence[Decision]) -> list[Reported]:
    day = edition.header.meeting or day_in_london(edition.made)
    struck = {one.story for one in decisions if one.said is Said.DROPPED}
    headings = {one.story: one.heading for one in decisions if one.heading}
    stories = [
        (headings.get(item.story) or item_name(item), item.articles)
        for item in edition.items
        if item.story not in struck
    ]
    printed = {item.story for item in edition.items}
    stories += [
        (name_of(one.heading or one.drafted, one.excerpt or (), one.links), one.articles)
        for one in decisions
        if one.said in (Said.ADDED, Said.TAKEN) and one.story not in printed
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
            item
            for item in (*edition.items, *edition.further)
            if item.story == story or not articles.isdisjoint(item.articles)
        ]
        if found:
            return edition.number, next((item for item in found if item.story == story), found[0])
    return None
