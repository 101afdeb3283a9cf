"""What stands around the items of an edited document: its head, contents lists, headings of groups, its end. Pure.

1. *The head* ends at the first item, whatever an item says. In it title, date and author are looked for, below what is
   known to be the report's first line or title, each once and close together: so a cover page or an agenda may stand
   above, and an item of the officer's own right below.
2. *A contents list* typed by hand repeats headings with a page's number.
3. *A heading of a group* stands above the items' own headings in rank, with nothing but items below it.
4. *The end* begins below the last item: at contact lines (a mailbox or a telephone number, in no sentence) with the
   short lines above them, or at a heading of higher rank than the items'. It ends where an item of the officer's own
   begins: a heading with a link below it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.reporting.learning.lines import Line, is_links, plain
from monitor.reporting.learning.match import Known

_LABEL = re.compile(r"(title|date|author):", re.IGNORECASE)
_APART = 6  # lines at most between the report's details
_ENTRY = re.compile(r"(.+?)[\s.…·_]+\d{1,3}")
_CONTACT = re.compile(r"[^\s@]+@[^\s@]+\.\w{2,}|(?<![\d£.,])(?:\+\d{2}|\(?0\d)[\d\s()-]{7,}\d")
_SENTENCE_ENDS = (".", "!", "?", "…", "”", '"')
_SHORT = 60  # letters of a line that names what comes below it
_LONGEST_CONTACT = 160


@dataclass(frozen=True, slots=True)
class Frame:
    items: tuple[Line, ...]  # the lines in which items stand
    around: tuple[Line, ...]  # what below the head was taken for no item


def framed(lines: Sequence[Line], known: Known) -> Frame:
    body = lines[_head_end(lines, known) :]
    out = {*_entries(body, known), *_groups(body, known), *_end(body, known)}
    return Frame(
        items=tuple(line for place, line in enumerate(body) if place not in out),
        around=tuple(line for place, line in enumerate(body) if place in out),
    )


# ── the head ────────────────────────────────────────────────────────────────────────────────────────────────────


def _head_end(lines: Sequence[Line], known: Known) -> int:
    """The place of the first line after title, date and author, and the rest of the author's."""
    first = _first_item(lines, known)
    anchors = [place for place, line in enumerate(lines[:first]) if _is_ours(line, known)]
    start = anchors[-1] + 1 if anchors else 0
    seen = {label for place in anchors if (label := _label(lines[place]))}
    end = start
    for place in range(start, first):
        line, label = lines[place], _label(lines[place])
        if label and label not in seen:
            seen.add(label)
            end = place + 1
        elif label or (seen and (line.level or line.bold or place - end >= _APART)):
            break
    if not anchors and len(seen) < 2:  # one such word is no head
        return 0
    author = plain(known.edition.header.author)
    while seen and end < first and not lines[end].level and plain(lines[end].text) in author:
        end += 1
    return end


def _first_item(lines: Sequence[Line], known: Known) -> int:
    """The place of the first line that is an item's for certain; by its heading only where none is."""
    linked = (
        place
        for place, line in enumerate(lines)
        if known.by_marks(line.marks) or (is_links(line) and known.by_links(line.links))
    )
    named = (place for place, line in enumerate(lines) if known.by_heading(line.text) is not None)
    return next(linked, next(named, len(lines)))


def _is_ours(line: Line, known: Known) -> bool:
    """Whether it is a line of the head as it was written."""
    header, text = known.edition.header, plain(line.text)
    title = f"Title: {header.title}"
    return text in (plain(header.to), plain(header.title), plain(title), plain(f"Author: {header.author}"))


def _label(line: Line) -> str:
    found = _LABEL.match(line.text)
    return found[1].casefold() if found else ""


# ── among the items ─────────────────────────────────────────────────────────────────────────────────────────────


def _entries(body: Sequence[Line], known: Known) -> Iterator[int]:
    """Lines of a contents list, and the line that names it."""
    for place, line in enumerate(body):
        found = _ENTRY.fullmatch(line.text)
        if found and known.by_heading(found[1]) is not None and not (line.marks or is_links(line)):
            yield place
            above = body[place - 1] if place else None
            if above and _names_what_follows(above) and not _is_known(above, known):
                yield place - 1


def _groups(body: Sequence[Line], known: Known) -> Iterator[int]:
    rank = _rank(body, known)
    for place, line in enumerate(body[:-1]):
        below = body[place + 1]
        if 0 < line.level < rank and not line.links and not _is_known(line, known) and below.level >= rank:
            yield place


def _rank(body: Sequence[Line], known: Known) -> int:
    """Of the items' headings; 0 where they have none."""
    return min((line.level for line in body if line.level and _is_heading_of_item(line, known)), default=0)


def _is_heading_of_item(line: Line, known: Known) -> bool:
    return bool(known.by_marks(line.marks)) or known.by_heading(line.text) is not None


def _is_known(line: Line, known: Known) -> bool:
    return bool(
        known.by_marks(line.marks)
        or known.by_links(line.links)
        or known.by_heading(line.text) is not None
        or known.is_paragraph(line.paragraph)
    )


def _names_what_follows(line: Line) -> bool:
    return not line.links and len(line.text) <= _SHORT and not line.text.endswith(_SENTENCE_ENDS)


# ── the end ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _end(body: Sequence[Line], known: Known) -> range:
    last = max((place for place, line in enumerate(body) if _is_known(line, known)), default=-1)
    if last < 0:
        return range(0)
    rank = _rank(body, known)
    start = next((place for place in range(last + 1, len(body)) if _ends(body, place, rank)), None)
    if start is None:
        return range(0)
    while start - 1 > last and _is_contact(body[start]) and _names_what_follows(body[start - 1]):
        start -= 1
    while start - 1 > last and not body[start].level and _names_what_follows(body[start - 1]):
        start -= 1
    stop = next((place for place in range(start + 1, len(body)) if _is_own(body, place)), len(body))
    return range(start, stop)


def _ends(body: Sequence[Line], place: int, rank: int) -> bool:
    return (0 < body[place].level < rank and not _is_own(body, place)) or _is_contact(body[place])


def _is_contact(line: Line) -> bool:
    return (
        len(line.text) <= _LONGEST_CONTACT
        and not line.text.endswith(_SENTENCE_ENDS)
        and _CONTACT.search(line.text) is not None
    )


def _is_own(body: Sequence[Line], place: int) -> bool:
    """Whether a heading with a link below it, or in it, stands here."""
    following = body[place + 1] if place + 1 < len(body) else None
    looks_so = body[place].level or body[place].bold
    return bool(looks_so and (body[place].links or (following is not None and is_links(following))))
