"""What was understood of an edited document, or of the ticks in notes, a line an item, in the order of the document;
then the counts.
"""

from collections.abc import Iterator, Sequence

from monitor.model import Decision, Edition, Item, Learned, Said, Source
from monitor.reporting.learning.lines import Line, Returned
from monitor.reporting.learning.offered import offered
from monitor.reporting.wording import item_name, name_of, say_count

LONGEST = 160  # letters of a quotation
SHORT = 60  # of one among several
NAMED = 3  # of many passages, how many are quoted


def understood(learned: Learned, edition: Edition) -> tuple[str, ...]:
    """One sentence a line, plain text."""
    items = {item.story: item for item in (*edition.items, *offered(edition))}
    if learned.source is not Source.REPORT:
        return _of_notes(learned)
    said = {one.story for one in learned.decisions}
    joined = [item for item in edition.items if item.story not in said]
    return (
        *(_line(place, one, items) for place, one in enumerate(learned.decisions, 1)),
        *(f"Made part of another: {_quoted(item_name(item))}" for item in joined),
        _counts(learned, items, len(joined)),
    )


def beside(returned: Returned, around: Sequence[Line]) -> Iterator[str]:
    """What a person would not guess from the lines: what counts as struck, and what was taken for no item."""
    if returned.crossed:
        yield f"Struck through, and so taken as struck: {_some(returned.crossed)}"
    if returned.hidden:
        yield f"Hidden text, and so taken as struck: {_some(returned.hidden)}"
    if around:
        yield f"Read as the report's own lines, not as items: {_some([line.text for line in around])}"


def _some(texts: Sequence[str]) -> str:
    named = ", ".join(_quoted(text, SHORT) for text in texts[:NAMED])
    return f"{named} and {len(texts) - NAMED} more." if len(texts) > NAMED else f"{named}."


def _of_notes(learned: Learned) -> tuple[str, ...]:
    words = {Said.TAKEN: "Taken in", Said.DROPPED: "Dismissed"}
    said = [one.said for one in learned.decisions]
    counts = f"{said.count(Said.TAKEN)} taken in, {said.count(Said.DROPPED)} dismissed."
    return (
        *(f"{words[one.said]}: {_quoted(one.drafted)}" for one in learned.decisions),
        f"Notes on draft {learned.edition}: {counts}",
    )


def _line(place: int, one: Decision, items: dict[str, Item]) -> str:
    if one.said is Said.ADDED:
        links = f" ({say_count(len(one.links), 'link')})" if one.links else " (no link)"
        return f"Your own: {_named(one, None)}{links}"
    item = items[one.story]
    if one.said is Said.DROPPED:
        return f"Dropped: {_named(one, item)}"
    changes = "; ".join(_changes(place, one, item))
    if one.said is Said.TAKEN:
        return f"Taken in: {_named(one, item)}, at place {place}"
    return f"Kept: {_named(one, item)}" + (f"; {changes}" if changes else "")


def _named(one: Decision, item: Item | None) -> str:
    return _quoted(name_of_decision(one, item))


def name_of_decision(one: Decision, item: Item | None) -> str:
    """By its heading as drafted; an item without one by its first words. `item` is None for one of the officer's own."""
    excerpt = one.excerpt or (item.excerpt if item else ())
    return name_of(one.drafted, excerpt, item.links if item else one.links)


def _changes(place: int, one: Decision, item: Item) -> Iterator[str]:
    if one.moved:
        yield f"moved to place {place}"
    if one.heading is not None:
        yield f"heading now {_quoted(one.heading)}" if one.heading else "heading taken out"
    yield from _excerpt(one, item)
    if new := [paragraph for paragraph in one.note if paragraph not in item.note]:
        yield f"{'note' if len(new) == 1 else f'{len(new)} notes'} added: {_quoted(new[0])}"
    if one.links:
        yield f"{say_count(len(one.links), 'link')} added"
    if one.without:
        yield f"{say_count(len(one.without), 'link')} taken out"


def _excerpt(one: Decision, item: Item) -> Iterator[str]:
    """What was done to the outlet's own words."""
    if one.excerpt is None:
        return
    left = [paragraph for paragraph in one.excerpt if paragraph not in one.note]
    before = [paragraph for paragraph in item.excerpt if paragraph not in item.note]
    if left == before:
        return
    if not left:
        yield "excerpt taken out"
    elif len(left) < len(before):
        yield f"excerpt shortened to {len(left)} of {len(before)} paragraphs"
    elif len(" ".join(left)) < len(" ".join(before)):
        yield "excerpt shortened"
    else:
        yield "excerpt lengthened" if len(left) > len(before) else "excerpt edited"


def _counts(learned: Learned, items: dict[str, Item], joined: int) -> str:
    said = [one.said for one in learned.decisions]
    changed = sum(
        one.said is Said.KEPT and any(_changes(0, one, items[one.story])) for one in learned.decisions
    )
    parts = [
        f"{said.count(Said.KEPT)} kept, {changed} of them changed",
        f"{said.count(Said.DROPPED)} dropped",
    ]
    parts += [f"{said.count(Said.TAKEN)} taken in"] * (Said.TAKEN in said)
    parts += [f"{joined} made part of another"] * bool(joined)
    return f"Draft {learned.edition}: {'; '.join(parts)}; {said.count(Said.ADDED)} of your own."


def _quoted(text: str, longest: int = LONGEST) -> str:
    return f"“{text if len(text) <= longest else text[:longest].rpartition(' ')[0] + ' …'}”"
