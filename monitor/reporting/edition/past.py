"""What came before a draft: the drafts towards the same report, the reports that were issued, and the officer's word.

1. *One decision a story.* Documents are taken in the order of their editions; of one edition only the last save counts.
   A later edition's decision replaces an earlier one's, but what it leaves as drafted stays as it was decided before:
   the later draft was made from it. A tick in the notes, a word (`take`, `drop`) and an act at the desk count from the
   newest draft when they were said, for they say something of one story now; of one draft the one that came later
   holds. A document says nothing of a story that was not in it.
2. *Belonging.* A decision belongs to a story by its articles: one in common is enough. So a story whose lead changes,
   or that grows, inherits it. An item without a link is known by its story's id. Where a document or an act parts an
   article from its item, it is the other's from then on, also where earlier decisions held it; and an item whose links
   were all given to another is part of that, and its words hold no longer.
3. *Order.* The officer's: that of the last document or act that gives one, then what only earlier ones decided.
4. *Reported* is what an issued edition holds, less what the officer struck from its document, and what was added.
   What was struck from it stays struck.
5. *Taken back.* What was dropped keeps what was said of it before, and `take` brings that back with it. Where it is
   said that a story is to be as the rules have it (BACK), what was said before it was dropped holds again.
6. *Put off.* What is said to be for later is in no draft towards its report. In those towards the next it is taken in,
   unless something was said of it there, or a report has told of it since.
7. *Before the first draft* of a report a word belongs to the report that comes next.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from monitor.model import Decision, Edition, Item, Learned, Said, Source
from monitor.model.officer import OUT, OWN
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
    _stood: tuple["_Stood", ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_stood", tuple(map(_Stood, self.stood)))

    @property
    def kept(self) -> tuple[Decision, ...]:
        return tuple(one for one in self.decisions if one.said not in (*OUT, Said.BACK))

    @property
    def dropped(self) -> tuple[Decision, ...]:
        return tuple(one for one in self.decisions if one.said is Said.DROPPED)

    @property
    def later(self) -> tuple[Decision, ...]:
        return tuple(one for one in self.decisions if one.said is Said.LATER)

    @property
    def previous(self) -> int | None:
        return self.stood[-1].number if self.stood else None

    def first(self, story: str, articles: Iterable[str]) -> tuple[int, Item] | None:
        """The first draft in which an item with one of these articles stood, and that item."""
        return _standing(self._stood, story, articles)

    def last(self, story: str, articles: Iterable[str]) -> tuple[int, Item] | None:
        return _standing(self._stood[::-1], story, articles)


def look_back(stood: Sequence[Edition], issued: Sequence[Edition], learned: Sequence[Learned]) -> Past:
    """`learned`: what holds of each edition's documents, and every word; those of editions in neither list do not
    count."""
    filed = _of(issued, learned)
    open_ones = _of(stood, learned) + _before_the_first(stood, issued, learned)
    struck = [one for one in standing(filed) if one.said is Said.DROPPED]
    struck += [_struck_before(edition, place) for edition in issued for place in range(len(edition.dropped))]
    reported = tuple(one for edition in issued for one in _reports(edition, standing(_of([edition], filed))))
    decisions = standing(open_ones, _put_off(issued, filed, reported))
    known = [one for one in struck if not any(belong(one, other) for other in decisions)]
    return Past(stood=tuple(stood), reported=reported, decisions=(*decisions, *known))


def _put_off(
    issued: Sequence[Edition], filed: Sequence[Learned], reported: Sequence[Reported]
) -> list[Decision]:
    """What was put off when a report was closed, as taken in, but what was dropped or told since."""
    waiting: list[Decision] = []
    for edition in issued:
        said = standing(_of([edition], filed))
        gone = [*said, *(_struck_before(edition, place) for place in range(len(edition.dropped)))]
        now = [_put_off_before(edition, item) for item in edition.later]
        now = [one for one in now if not any(belong(one, other) for other in gone)]
        now += [one for one in said if one.said is Said.LATER]
        over = (*gone, *now)
        waiting = [one for one in waiting if not any(belong(one, other) for other in over)] + now
    told = frozenset(id for one in reported for id in one.articles)
    return [_as_taken(one) for one in waiting if told.isdisjoint(one.articles)]


def _as_taken(one: Decision) -> Decision:
    is_own = one.story.startswith(OWN)
    said = Said.ADDED if is_own else Said.TAKEN
    return replace(one, said=said, moved=False, placed=False, was=Said.LATER)


def _put_off_before(edition: Edition, item: Item) -> Decision:
    """The decision that an item put off came from."""
    by_itself = next((one for one in edition.aside if one.story == item.story), None)
    is_edited = by_itself is None or item.excerpt != by_itself.excerpt or bool(item.note)
    return Decision(
        said=Said.LATER,
        edition=item.decided or edition.number,
        story=item.story,
        drafted=item.heading if item.drafted is None else item.drafted,
        articles=item.articles,
        heading=None if item.drafted is None else item.heading,
        excerpt=item.excerpt if is_edited else None,
        note=item.note,
        links=item.links if item.story.startswith(OWN) else (),
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


def standing(learned: Sequence[Learned], put_off: Sequence[Decision] = ()) -> tuple[Decision, ...]:
    """The decisions that hold after all these documents: kept and added in the officer's order, then what is out.
    `put_off` is what held before the first of them."""
    held: list[Decision] = list(put_off)
    for document in sorted(learned, key=_counts_from):
        now = [_over(_inherited(held, each, document.decisions), each) for each in document.decisions]
        rest = [one for one in held if not any(belong(one, other) for other in (*now, *document.decisions))]
        held = now + rest if gives_order(document) else _in_their_places(held, now)
    return tuple(sorted(held, key=lambda one: one.said in OUT))


def gives_order(one: Learned) -> bool:
    return one.source is Source.REPORT or one.in_order


def _inherited(held: Sequence[Decision], one: Decision, document: Sequence[Decision]) -> list[Decision]:
    """What was decided before of the same story. What another of the document's decisions goes on with is that one's:
    of an article that is parted from its item only the article was said; and what was made part of this one is none of
    its own."""
    others = {other.story for other in document if other is not one}
    given = {link.article for link in one.links}
    return [
        before
        for before in held
        if belong(before, one)
        and before.story not in others
        and (before.story == one.story or not before.articles or not given.issuperset(before.articles))
    ]


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


def _over(before: Sequence[Decision], later: Decision) -> Decision:
    """The later decision, with what it leaves as drafted taken from the earlier one."""
    if not before:
        return later
    # Of items that were made one, what was said of this one holds.
    earlier = next((one for one in before if one.story == later.story), before[0])
    parted = set(later.without).difference(later.articles)  # another item's from now on
    articles = tuple(id for id in dict.fromkeys((*later.articles, *earlier.articles)) if id not in parted)
    if earlier.said in OUT and later.said not in (Said.TAKEN, Said.BACK, *OUT):
        return replace(later, articles=articles)
    added = (*later.links, *(link for link in earlier.links if link.article not in later.without))
    edited = later.excerpt is not None
    said = _said(earlier, later)
    stands = said is not later.said and said not in OUT  # it is in the report already, or again
    is_own = Said.ADDED in (earlier.said, earlier.was, later.said) or earlier.story.startswith(OWN)
    return replace(
        later,
        said=Said.ADDED if is_own and said not in (*OUT, Said.BACK) else said,
        edition=earlier.edition if stands else later.edition,
        moved=later.moved
        or (later.said in (Said.TAKEN, Said.BACK) and earlier.moved)
        or _goes_on(earlier, later),
        placed=earlier.placed or (later.placed and later.said not in (Said.BACK, *OUT)),
        story=earlier.story if is_own else later.story,
        articles=articles,
        heading=earlier.heading if later.heading is None else later.heading,
        excerpt=later.excerpt if edited else earlier.excerpt,
        note=later.note if edited else earlier.note,
        links=tuple({link.article: link for link in reversed(added)}.values())[::-1],
        without=tuple(dict.fromkeys((*later.without, *earlier.without))),
        was=_was(earlier) if said in OUT else None,
    )


def _goes_on(earlier: Decision, later: Decision) -> bool:
    """Whether the later one is of a story alone, and leaves it in the place that it was given before."""
    return not later.placed and later.said not in OUT and earlier.moved


def _said(earlier: Decision, later: Decision) -> Said:
    if later.said is Said.TAKEN and earlier.said in (Said.KEPT, Said.ADDED):
        return earlier.said  # it is in the report already
    if later.said is Said.BACK and earlier.said in OUT:
        return earlier.was or Said.BACK
    if later.said is Said.KEPT and not later.placed and earlier.said is Said.TAKEN:
        return Said.TAKEN
    return later.said


def _was(earlier: Decision) -> Said | None:
    return earlier.was if earlier.said in OUT else None if earlier.said is Said.BACK else earlier.said


def _reports(edition: Edition, decisions: Sequence[Decision]) -> list[Reported]:
    day = edition.header.meeting or day_in_london(edition.made)
    struck = {one.story for one in decisions if one.said in OUT}
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


class _Stood:
    """The items of an edition, found by story or article. Looking through six hundred items for each story of a window
    took seconds of a draft."""

    def __init__(self, edition: Edition) -> None:
        self.number, self.items = edition.number, (*edition.items, *edition.further)
        self.by_story: dict[str, int] = {}
        self.by_article: dict[str, int] = {}
        for place, item in enumerate(self.items):
            self.by_story.setdefault(item.story, place)
            for article in item.articles:
                self.by_article.setdefault(article, place)

    def item(self, story: str, articles: Iterable[str]) -> Item | None:
        """The story's own, else the first that has one of the articles."""
        places = [self.by_article[one] for one in articles if one in self.by_article]
        place = self.by_story.get(story, min(places, default=None))
        return None if place is None else self.items[place]


def _standing(editions: Iterable[_Stood], story: str, articles: Iterable[str]) -> tuple[int, Item] | None:
    """In the first of the editions that has it."""
    ids = frozenset(articles)
    for edition in editions:
        if item := edition.item(story, ids):
            return edition.number, item
    return None
