"""What the officer takes and strikes again and again -> a change of the priority card, with what it would have done.

1. *Kinds.* A ground of the card by its words, or a first topic. A kind counts where the officer took stories of it that
   the report had no room for, or struck stories of it that it had: in THREE drafts or FOUR times, a story once, and more
   often than she did the opposite.
2. *Change.* The ground adds up to STEPS points more or fewer; a topic, for which the card has none, gets a ground of its
   own. The drafts that she edited are shortlisted again with the changed points: what she had decided before keeps its
   place, and the rest is chosen anew. Of the changes of a kind the smallest that does most is told.
3. *Told* is only what would have had more of the stories that she kept among the report's, less those that she struck,
   than the card as it is. Of kinds that would have done the same, the one met most often. Nothing changes by itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from monitor.model import Edition, Ground, Item, Learned, Said, Weight
from monitor.reporting.edition.past import standing
from monitor.reporting.edition.shortlist import Candidate, shortlist
from monitor.reporting.wording import say_count
from monitor.settings import Priority, ReportSize

THREE, FOUR = 3, 4  # drafts, times
STEPS = 3
LIMIT = 9  # points of a ground, either way
MOST = 2  # suggestions at a time
LOOKED_AT = 6  # of the drafts that she edited the last


@dataclass(frozen=True, slots=True, kw_only=True)
class CardChange:
    """A change of the priority card, and what it would have done. A person decides."""

    kind: str  # the ground's words, or the topic's name
    is_topic: bool
    points: int  # what it adds; below 0: what it takes
    changed: int  # what it would add
    drafts: int  # edited ones that were looked at
    kept: int  # stories that she kept or took in them
    kept_now: int  # of those, how many the card as it is has in the report
    kept_then: int  # and how many the changed one
    struck: int
    struck_now: int
    struck_then: int

    def __str__(self) -> str:
        change = (
            f"No ground speaks for the topic “{self.kind}”; with one that {_adds(self.changed)}"
            if self.is_topic
            else f"“{self.kind}” {_adds(self.points)}; with {self.changed}"
        )
        told = (
            f"{change}, of the {say_count(self.kept, 'story', 'stories')} that you kept in "
            f"{_drafts(self.drafts)} {self.kept_then} would have been in the report instead of {self.kept_now}"
        )
        if self.struck_now == self.struck_then:
            return f"{told}."
        return f"{told}, and of the {self.struck} that you struck {self.struck_then} instead of {self.struck_now}."


def _adds(points: int) -> str:
    return f"adds {points}" if points >= 0 else f"takes {-points}"


def _drafts(count: int) -> str:
    return "the last draft that you edited" if count == 1 else f"the last {count} drafts that you edited"


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    is_topic: bool


@dataclass(frozen=True, slots=True)
class _Draft:
    """A draft with what she said of it."""

    stories: tuple[Item, ...]
    wanted: frozenset[str]  # ids of stories that she kept or took, first in this draft
    struck: frozenset[str]
    taken: frozenset[str]  # of the wanted those that were not in the report

    def of(self, ids: frozenset[str]) -> list[Item]:
        return [item for item in self.stories if item.story in ids]


def may_change(learned: Sequence[Learned]) -> bool:
    """Whether enough was taken or struck: asked before editions are read."""
    said = [one.said for document in learned for one in document.decisions]
    return sum(one in (Said.TAKEN, Said.DROPPED) for one in said) >= THREE


def card_changes(
    editions: Sequence[Edition],
    learned: Sequence[Learned],
    card: Priority,
    topics: Mapping[str, str],
    size: ReportSize,
) -> tuple[CardChange, ...]:
    """The likeliest first. `editions` are those that were edited, first to last; `topics` are names by id."""
    drafts = list(_drafts_of(editions[-LOOKED_AT:], learned))
    if size.items is None or not drafts:
        return ()
    found = []
    for kind, direction, times in _repeated(drafts, card):
        if change := _best(kind, direction, drafts, card, topics, size):
            found.append((-_gain(change), -times, kind.is_topic, kind.name, change))
    found.sort(key=lambda one: one[:-1])
    return tuple(_apart([one[-1] for one in found]))[:MOST]


def _apart(found: Sequence[CardChange]) -> Iterator[CardChange]:
    """Without a topic whose ground does the same: one reason is told once."""
    told: set[tuple[int, int]] = set()
    for one in found:
        does = (one.kept_then, one.struck_then)
        if does not in told:
            yield one
        told.add(does)


def _drafts_of(editions: Sequence[Edition], learned: Sequence[Learned]) -> Iterator[_Draft]:
    known: set[str] = set()
    for edition in editions:
        stories = (*edition.items, *edition.further)
        by_article = {article: item.story for item in stories for article in item.articles}
        said: dict[str, Said] = {}
        for one in standing([document for document in learned if document.edition == edition.number]):
            for article in one.articles:
                if story := by_article.get(article):
                    said.setdefault(story, one.said)
        said = {
            story: one for story, one in said.items() if not known.intersection(_articles(story, stories))
        }
        wanted = frozenset(story for story, one in said.items() if one in (Said.KEPT, Said.TAKEN))
        struck = frozenset(story for story, one in said.items() if one is Said.DROPPED)
        outside = frozenset(item.story for item in edition.further)
        yield _Draft(stories, wanted, struck - outside, wanted & outside)
        known |= {article for story in wanted | struck for article in _articles(story, stories)}


def _articles(story: str, stories: Sequence[Item]) -> tuple[str, ...]:
    return next(item.articles for item in stories if item.story == story)


# ── kinds ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _repeated(drafts: Sequence[_Draft], card: Priority) -> Iterator[tuple[_Kind, int, int]]:
    """Each kind with its direction, up or down, and how often it was met."""
    met: dict[_Kind, dict[int, list[int]]] = {}
    for number, draft in enumerate(drafts):
        for ids, direction in ((draft.taken, 1), (draft.struck, -1)):
            for item in draft.of(ids):
                for kind in _kinds(item, card):
                    met.setdefault(kind, {1: [], -1: []})[direction].append(number)
    kept = [
        kind
        for draft in drafts
        for item in draft.of(draft.wanted - draft.taken)
        for kind in _kinds(item, card)
    ]
    for kind, by_direction in met.items():
        for direction, numbers in by_direction.items():
            against = len(by_direction[-direction]) + (kept.count(kind) if direction < 0 else 0)
            is_repeated = len(set(numbers)) >= THREE or len(numbers) >= FOUR
            if is_repeated and len(numbers) > against:
                yield kind, direction, len(numbers)


def _kinds(item: Item, card: Priority) -> Iterator[_Kind]:
    on_card = {ground.says for ground in card.grounds}
    for ground in item.why:
        if _says(ground) in on_card:
            yield _Kind(_says(ground), False)
    if item.topics:
        yield _Kind(item.topics[0], True)


def _says(ground: Ground) -> str:
    return ground.says.partition(" (“")[0]


# ── what a change would have done ───────────────────────────────────────────────────────────────────────────────


def _best(
    kind: _Kind,
    direction: int,
    drafts: Sequence[_Draft],
    card: Priority,
    topics: Mapping[str, str],
    size: ReportSize,
) -> CardChange | None:
    """The smallest change that does most; None where none does better than the card as it is."""
    points = next(
        (ground.points for ground in card.grounds if not kind.is_topic and ground.says == kind.name), 0
    )
    as_it_is = _in_report(drafts, kind, 0, card, size)
    best: CardChange | None = None
    for step in range(1, STEPS + 1):
        more = direction * step
        if points + more == 0 or abs(points + more) > LIMIT:  # a ground has points
            continue
        changed = _in_report(drafts, kind, more, card, size)
        change = CardChange(
            kind=topics.get(kind.name, kind.name) if kind.is_topic else kind.name,
            is_topic=kind.is_topic,
            points=points,
            changed=points + more,
            drafts=len(drafts),
            kept=sum(len(draft.wanted) for draft in drafts),
            kept_now=as_it_is[0],
            kept_then=changed[0],
            struck=sum(len(draft.struck) for draft in drafts),
            struck_now=as_it_is[1],
            struck_then=changed[1],
        )
        if _gain(change) > (_gain(best) if best else 0):
            best = change
    return best


def _gain(change: CardChange) -> int:
    return (change.kept_then - change.struck_then) - (change.kept_now - change.struck_now)


def _in_report(
    drafts: Sequence[_Draft], kind: _Kind, more: int, card: Priority, size: ReportSize
) -> tuple[int, int]:
    """Of the stories that she kept and of those that she struck, how many the reports would have held."""
    kept = struck = 0
    for draft in drafts:
        chosen = set(shortlist([_candidate(item, kind, more, card) for item in draft.stories], size).report)
        kept += len(chosen & draft.wanted)
        struck += len(chosen & draft.struck)
    return kept, struck


def _candidate(item: Item, kind: _Kind, more: int, card: Priority) -> Candidate:
    """As the draft had it: the text that spoke for it is not kept, so of equals the one with the longer excerpt leads."""
    good_news = {ground.says: ground.name for ground in card.grounds if ground.good_news}
    weight = Weight(
        points=item.points + more * (kind in set(_kinds(item, card))),
        grounds=item.why,
        part=item.part,
        subject=item.subject,
        good_news=next((good_news[_says(one)] for one in item.why if _says(one) in good_news), ""),
    )
    days = [link.published for link in item.links]
    return Candidate(
        story=item.story,
        heading=item.heading,
        weight=weight,
        topic=item.topics[0] if item.topics else "",
        length=sum(map(len, item.excerpt)),
        published=datetime.combine(min(days), time(), UTC) if days else datetime.min.replace(tzinfo=UTC),
        is_decided=item.decided is not None,
    )
