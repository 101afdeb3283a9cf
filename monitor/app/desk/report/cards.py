"""The report under review as the page shows it: a card a story, with what was done to it and what can be done."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from monitor.model import Decision, KeptWord, NearMiss, Said, Source
from monitor.model.officer import OUT, OWN
from monitor.model.review import Card, Change, Place, Warning
from monitor.pipeline.reviewing import Stand
from monitor.reporting.edition.arrange import Decided
from monitor.reporting.reviewing.standing import decision_on
from monitor.reporting.reviewing.telling import change_of
from monitor.reporting.reviewing.versions import version_of
from monitor.reporting.wording import item_name

Changes = Mapping[str, tuple[Change, ...]]


def cards(at: Stand, stories: Sequence[Decided], place: Place) -> tuple[Card, ...]:
    return tuple(_card(at, one, place, number) for number, one in enumerate(stories, 1))


def _card(at: Stand, one: Decided, place: Place, number: int) -> Card:
    item = one.item
    base = at.now.bases.get(item.story) if at.now else None
    return Card(
        story=item.story,
        place=_dismissed(at, one) if place is Place.DROPPED else place,
        number=number,
        heading=item_name(item),
        drafted=item_name(base) if base else item.drafted or item_name(item),
        reason=item.reason,
        links=item.links,
        version=version_of(decision_on(item.story, at.past, at.now.bases if at.now else {})),
        can=frozenset(_can(one, place, at)),
        item=item,
        changes=tuple(changes_on(at, item.story, item.articles, one.decision)),
        warnings=_of_story(at.warnings, item.story),
    )


def _of_story(warnings: Iterable[Warning], story: str) -> tuple[Warning, ...]:
    return tuple(one for one in warnings if one.story == story)


def _dismissed(at: Stand, one: Decided) -> Place:
    """A story that was never an item was not struck."""
    was_item = at.edition is not None and any(
        item.story == one.item.story or not set(item.articles).isdisjoint(one.item.articles)
        for item in at.edition.items
    )
    listed = at.edition is not None and any(
        one.item.story == story
        for story in (
            *(item.story for item in at.edition.further),
            *(miss.story for miss in at.edition.near_misses),
        )
    )
    return Place.DISMISSED if listed and not was_item else Place.DROPPED


def _can(one: Decided, place: Place, at: Stand) -> Iterator[str]:
    item, decision = one.item, one.decision
    match place:
        case Place.ITEM:
            yield from ("drop", "later", "edit", "move")
            if at.now and len(at.now.items) > 1 and item.links:
                yield "merge"
            if len(item.links) > 1:
                yield from ("split", "unlink")
            if decision and decision.said is Said.TAKEN and not item.story.startswith(OWN):
                yield "restore"
        case Place.FURTHER | Place.NEAR:
            yield from ("take", "dismiss", "later")
        case Place.LATER:
            yield from ("take", "drop", "restore")
        case _:
            yield from ("take", "later")
            if decision and decision.said in OUT:
                yield "restore"


def missed(at: Stand, stories: Sequence[NearMiss]) -> tuple[Card, ...]:
    """What was left out as old."""
    return tuple(
        Card(
            story=one.story,
            place=Place.OLD,
            number=number,
            heading=one.title,
            drafted=one.title,
            reason=one.reason,
            links=(),
            version=version_of(decision_on(one.story, at.past, {})),
            can=frozenset({"take", "dismiss"}),
        )
        for number, one in enumerate(stories, 1)
        if one.story
    )


# ── what was done ───────────────────────────────────────────────────────────────────────────────────────────────


def changes_on(at: Stand, story: str, articles: Iterable[str], decision: Decision | None) -> Iterator[Change]:
    """All that holds of what was said of the story, first to last."""
    base = at.now.bases.get(story) if at.now else None
    drafted = base.excerpt if base else None
    about = {*articles, *(decision.articles if decision else ())}
    for word in at.words:
        if not word.holds:
            continue
        for one in word.learned.decisions:
            if one.story == story or not about.isdisjoint(one.articles):
                change = change_of(word, one, drafted, is_new=is_new(word, at))
                if change:
                    yield change


def is_new(word: KeptWord, at: Stand) -> bool:
    """Whether it was said since the newest draft was made."""
    learned = word.learned
    if learned.source in (Source.DESK, Source.WORD, Source.NOTES):
        return learned.newest == at.number
    return at.edition is not None and learned.learned >= at.edition.made


def undone(at: Stand, since: datetime | None) -> tuple[KeptWord, ...]:
    """What the next document will have and the newest draft has not: what was said since, or taken back since."""
    return tuple(
        word
        for word in at.words
        if (word.holds and is_new(word, at))
        or (since and word.withdrawn and word.withdrawn >= since and not is_new(word, at))
    )
