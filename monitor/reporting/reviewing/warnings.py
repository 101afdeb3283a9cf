"""What is to be looked at before the report goes out: the cautions on its items, and what may be one event. What was looked
at is out of sight while it says the same: a warning is known by its story and its words."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from monitor.model import Checked, Edition, KeptWord
from monitor.model.review import Change, Warning
from monitor.reporting.reviewing.overlay import Overlaid


def warnings_of(edition: Edition, now: Overlaid, words: Sequence[KeptWord]) -> tuple[Warning, ...]:
    """By item, those that nobody looked at first."""
    looked_at = _looked_at(words)
    found = [*_cautions(edition, now, looked_at), *_doubts(edition, now, looked_at)]
    return tuple(sorted(found, key=lambda one: one.checked is not None))


def checked_now(words: Sequence[KeptWord]) -> Mapping[str, Checked]:
    """What was looked at, by the warning's id."""
    last = {
        each.warning: each
        for one in sorted(words, key=lambda one: one.id)
        if one.holds
        for each in one.learned.checked
    }
    return {id: one for id, one in last.items() if one.is_checked}


def warning_id(story: str, says: str) -> str:
    return sha256(f"{story}\n{says}".encode()).hexdigest()[:12]


def _looked_at(words: Sequence[KeptWord]) -> dict[str, Change]:
    checked = checked_now(words)
    found: dict[str, Change] = {}
    for one in sorted(words, key=lambda one: one.id):
        for each in one.learned.checked if one.holds else ():
            if each.warning in checked and each.is_checked:
                learned = one.learned
                found[each.warning] = Change(
                    id=one.id,
                    words="looked at",
                    by=learned.by,
                    at=learned.learned,
                    source=learned.source,
                    is_new=True,
                )
    return found


def _cautions(edition: Edition, now: Overlaid, looked_at: Mapping[str, Change]) -> Iterator[Warning]:
    drafted = {item.story: item for item in edition.items}
    for one in now.items:
        for says in drafted[one.item.story].cautions if one.item.story in drafted else ():
            id = warning_id(one.item.story, says)
            yield Warning(id=id, says=says, story=one.item.story, checked=looked_at.get(id))


def _doubts(edition: Edition, now: Overlaid, looked_at: Mapping[str, Change]) -> Iterator[Warning]:
    items = {one.item.story for one in now.items}
    near = {one.item.heading: one.item.story for one in now.near}
    for doubt in edition.doubts:
        other = doubt.other_story if doubt.other_story in items else None
        if doubt.story in items and (other or (doubt.other_story is None and doubt.other in near)):
            says = f"It may be one event with “{doubt.other}”: {doubt.reason}."
            id = warning_id(doubt.story, says)
            story = other or near.get(doubt.other, "")
            yield Warning(id=id, says=says, story=doubt.story, other=story, checked=looked_at.get(id))
