"""The further stories as lines of the notes, in order: heading as link, outlet and day, its weightiest reasons, a box.

1. The first notes towards a report name them all. Later ones name those that were not in the last draft, and the first
   dozen, which are the likeliest to be wanted; of the others they say how many there are, and where they stand with
   their boxes: a tick in older notes counts too.
2. *Reasons* are the two or three weightiest grounds of the priority that raise it, without the words that were found, as
   far as the line has room; the first in any case.
"""

from collections.abc import Iterator

from monitor.model import Edition, Item
from monitor.reporting.notes.parts import Line, Part
from monitor.reporting.wording import item_name, one_line, say_count, say_short_day, web_address

DOZEN = 12
MOST_REASONS = 3
LONGEST = 118  # letters that a line of the Word document has room for; what goes beyond costs a line of its two pages
OPENING = "Tick a box to take the story into the report, or copy its heading there; then `monitor learn` what you saved."


def further_stories(edition: Edition, before: Edition | None) -> Iterator[Part]:
    """One part, or none where everything is in the report."""
    known = (
        {article for item in (*before.items, *before.further) for article in _known(item)}
        if before
        else set()
    )
    new = [not known.intersection(_known(item)) for item in edition.further]
    shown = [
        _line(item, is_new=is_new and before is not None)
        for place, (item, is_new) in enumerate(zip(edition.further, new, strict=True))
        if is_new or place < DOZEN
    ]
    if not shown:
        return
    left = len(edition.further) - len(shown)
    others = say_count(left, "other further story stands", "other further stories stand")
    yield Part(
        heading="Further stories",
        opening=OPENING,
        lines=tuple(shown),
        bullets=True,
        closing=f"{others}, with their boxes, in the notes on the earlier drafts." if left else "",
    )


def reasons(item: Item, room: int) -> str:
    """ "an outside body's verdict on the force; figures"; "" where nothing raises it."""
    raising = [one_line(ground.says.partition(" (“")[0]) for ground in item.why if ground.points > 0]
    said = "".join(raising[:1])
    for words in raising[1:MOST_REASONS]:
        if len(f"{said}; {words}") <= room:
            said += f"; {words}"
    return said


def _line(item: Item, *, is_new: bool) -> Line:
    first = item.links[0] if item.links else None
    where = f"{first.outlet}, {say_short_day(first.published)}" if first else "no link"
    name, stands = one_line(item_name(item)), one_line(f"({where}{', new' * is_new})")
    said = reasons(item, LONGEST - len(name) - len(stands))
    return Line(
        boxes=("",),
        story=item.story,
        lead=name,
        address=web_address(first.url) if first else None,
        text=f"{stands}: {said}" if said else stands,
    )


def _known(item: Item) -> frozenset[str]:
    return frozenset(item.articles) or frozenset({f"story {item.story}"})
