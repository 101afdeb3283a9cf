"""What stands beside an item and not in it: two or three lines in the comment on its heading. Without them the report is
whole.

1. *Why it matters*: the weightiest grounds of its priority that raise it; without one the reason for which it is in.
2. *Who reports it*, where several do: who wrote a report of their own, who only repeats the text. Days stand in the links.
3. *What to check* before publishing, and what else in the draft may be the same event.

Of an item that the officer edited nothing of this is said again, only that it is as she left it. What she took in she has
not seen as an item yet, so all of it is said. That an item is new, or has grown, stands in the working notes.
"""

from collections.abc import Iterator

from monitor.model import Edition, Item, Kinship
from monitor.reporting.wording import one_line

MOST_GROUNDS = 3


def beside(item: Item, edition: Edition) -> tuple[str, ...]:
    """A paragraph each, plain text."""
    if item.decided is not None and not item.taken:
        return (f"As you left it in draft {item.decided}.",)
    return tuple(map(one_line, _lines(item, edition)))


def _lines(item: Item, edition: Edition) -> Iterator[str]:
    yield f"{'You took it in. ' * item.taken}Why it matters: {_why(item)}"
    yield from _outlets(item)
    if checks := " ".join((*item.cautions, *_doubts(item, edition))):
        yield f"Check before publishing: {checks}"


def _why(item: Item) -> str:
    raising = [ground.says for ground in item.why if ground.points > 0]
    return f"{'; '.join(raising[:MOST_GROUNDS])}." if raising else item.reason


def _outlets(item: Item) -> Iterator[str]:
    copies = [link.outlet for link in item.links if link.kinship is Kinship.COPY]
    reports = [link.outlet for link in item.links if link.kinship is not Kinship.COPY]
    if len(item.links) > 1:
        own = f"Own report{'s' * (len(reports) > 1)}: {_names(reports)}." if reports else ""
        same = f" Same text: {_names(copies)}." if copies else ""
        yield f"{own}{same}"


def _names(outlets: list[str]) -> str:
    return ", ".join(dict.fromkeys(outlets))


def _doubts(item: Item, edition: Edition) -> Iterator[str]:
    for doubt in edition.doubts:
        if item.story in (doubt.story, doubt.other_story):
            other = doubt.other if item.story == doubt.story else doubt.heading
            where = "the near miss " * (doubt.other_story is None)
            yield f"Perhaps one event with {where}“{other}”: {doubt.reason}."
