"""What stands beside an item and not in it: the lines of the comment on its heading. Without them the report is whole.

In this order: why it is here, and the sentence that says so; which outlets report it and which only repeat the text;
what else in the draft may be the same event; whether it is new; what the officer said of it; what to check before
publishing.
"""

from collections.abc import Iterator

from monitor.model import Edition, Item, ItemLink, Kinship
from monitor.reporting.wording import one_line, say_day

LONGEST = 600  # letters of the sentence: a comment is read beside a page


def beside(item: Item, edition: Edition) -> tuple[str, ...]:
    """A paragraph each, plain text."""
    return tuple(map(one_line, _lines(item, edition)))


def _lines(item: Item, edition: Edition) -> Iterator[str]:
    yield f"Why it is here: {item.reason}"
    if item.speaks:
        yield f"The sentence that speaks: “{_shortened(item.speaks)}”"
    yield from _outlets(item)
    yield from _doubts(item, edition)
    yield from _since(item, edition)
    if item.decided is not None:
        yield f"As you left it in draft {item.decided}."
    if item.note:
        yield f"Your own words: “{_shortened(item.note[0])}”"
    yield from (f"Check before publishing: {caution}" for caution in item.cautions)


def _outlets(item: Item) -> Iterator[str]:
    reports = [link for link in item.links if link.kinship is not Kinship.COPY]
    copies = [link for link in item.links if link.kinship is Kinship.COPY]
    if reports:
        yield f"Own report{'s' * (len(reports) > 1)}: {'; '.join(map(_named, reports))}."
    if copies:
        yield f"Copies of the same text: {'; '.join(map(_named, copies))}."


def _doubts(item: Item, edition: Edition) -> Iterator[str]:
    for doubt in edition.doubts:
        if item.story in (doubt.story, doubt.other_story):
            other = doubt.other if item.story == doubt.story else doubt.heading
            where = "the near miss " * (doubt.other_story is None)
            yield f"Perhaps one event with {where}“{other}”: {doubt.reason}."


def _since(item: Item, edition: Edition) -> Iterator[str]:
    later = [link for link in item.links if link.later]
    is_own = item.first_edition is None and item.decided is not None
    if item.first_edition is None and edition.previous is not None and not is_own:
        yield f"New since draft {edition.previous}."
    elif item.first_edition is not None:
        yield f"First in draft {item.first_edition}."
    if later:
        yield f"Since then also: {'; '.join(map(_named, later))}."


def _named(link: ItemLink) -> str:
    return f"{link.outlet}, {say_day(link.published)}"


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rpartition(' ')[0]} …"
