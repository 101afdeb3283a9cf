"""The working notes as they came back -> which stories were ticked: taken into the report, or dismissed.

1. *Which story.* By the line's link, else by the bookmark or the tag of its box, else by its heading.
2. *Ticked* is what stands before the heading: ☒ and ☑ as Word and LibreOffice write a ticked box; ✓, x, "yes" typed over
   the box or beside it. An empty box, a dash or nothing is no tick.
3. A near miss has two boxes, "take" and "dismiss"; "drop" or "dismiss" written before any story puts it out of sight.
   Where both are ticked the story is taken: what is in the report is seen, and can be struck.
4. A story without a tick is not spoken of. So notes alone never drop an item.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.model import Decision, Edition, Item, Learned, Said, Source
from monitor.reporting.learning.lines import Line
from monitor.reporting.learning.match import Known, Shelf

TAKE, DISMISS = "take", "dismiss"  # what the boxes of a near miss are called
_TICKED = re.compile(r"[☒☑✓✔✗✘🗸🗹🗷⊠×]|(?<!\w)(?:x+|y|v|yes|ok|in)(?!\w)", re.IGNORECASE)
_TWO_BOXES = re.compile(rf"(?P<take>.*?){TAKE}(?P<dismiss>.*?){DISMISS}(?P<rest>.*)", re.IGNORECASE)
_OUT = re.compile(rf"(?<!\w)(?:drop|{DISMISS})(?!\w)", re.IGNORECASE)
LONGEST_BOXES = 60  # letters before the heading; more is another sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked:
    learned: Learned
    unknown: tuple[str, ...]  # lines with a tick that are no story of the edition


def ticked(
    edition: Edition, lines: Sequence[Line], shelf: Shelf, *, learned: datetime, digest: str, newest: int
) -> Ticked:
    """What the notes on the edition say. `newest` is the newest draft of the report that is being made."""
    known = Known(edition, shelf, offers=True)
    decisions: dict[str, Decision] = {}
    unknown: list[str] = []
    for line in lines:
        item = _story(line, known)
        said = _said(_before(line, item))
        if item and said:
            decisions.setdefault(item.story, _decision(item, said, edition))
        elif said and not item and line.text.startswith(("☒", "☑", "✓", "✔")):
            unknown.append(line.text)
    return Ticked(
        learned=Learned(
            edition=edition.number,
            learned=learned,
            digest=digest,
            decisions=tuple(decisions.values()),
            source=Source.NOTES,
            newest=newest,
        ),
        unknown=tuple(unknown),
    )


def _decision(item: Item, said: Said, edition: Edition) -> Decision:
    return Decision(
        said=said,
        edition=edition.number,
        story=item.story,
        drafted=item.heading,
        articles=tuple(filter(None, item.articles)),
    )


def _story(line: Line, known: Known) -> Item | None:
    places = [*known.by_links(line.links), *known.by_marks(line.marks)]
    if not places:
        text = line.text.casefold()
        places = [
            place
            for place, item in enumerate(known.items)
            if item.heading and 0 <= text.find(item.heading.casefold()) <= LONGEST_BOXES
        ]
    return known.items[places[0]] if places else None


def _before(line: Line, item: Item | None) -> str:
    """What stands before the story's heading; before the first link where that was rewritten."""
    names = [item.heading] if item and item.heading else []
    names += [link.text for link in line.links[:1]]
    for name in names:
        if (at := line.text.casefold().find(name.casefold())) >= 0:
            return line.text[:at] if at <= LONGEST_BOXES else ""
    return line.text[:1]


def _said(before: str) -> Said | None:
    if two := _TWO_BOXES.match(before):
        if _TICKED.search(two["take"]):
            return Said.TAKEN
        return Said.DROPPED if _TICKED.search(two["dismiss"] + two["rest"]) else None
    if _OUT.search(before):
        return Said.DROPPED
    return Said.TAKEN if _TICKED.search(before) else None
