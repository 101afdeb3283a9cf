"""How much is kept of what comes from outside: no text of a page, a feed or a server is without an end.

A report has some 4,000 characters, the longest of a newspaper 60,000. What is longer is no report, and every draft would
judge, group and print it anew: ten pages of one paragraph of 2.8 MB made each later draft take 27 s and 446 MB.
What was cut ends in " […]", so that a reader sees it.
"""

from collections.abc import Sequence

CUT = " […]"
MOST_TEXT = 100_000  # characters of an article, in all its paragraphs
MOST_PARAGRAPHS = 2_000
LONGEST_QUOTED = 3_000  # of a paragraph in a draft
LONGEST_SENTENCE = 1_000  # that is quoted by itself
LONGEST_TITLE = 500
LONGEST_NAME = 200  # of an outlet
LONGEST_ADDRESS = 8_000
LONGEST_VALIDATOR = 1_000  # an ETag is sent back with every poll


def shortened(text: str, most: int) -> str:
    """The text, or as many of its words as there is room for, marked as cut."""
    if len(text) <= most:
        return text
    room = most - len(CUT)
    beginning = text[:room]
    words = beginning.rpartition(" ")[0] if not text[room].isspace() else beginning
    return (words if len(words) > room // 2 else beginning).rstrip() + CUT


def shortened_text(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """The paragraphs that there is room for, the last of them marked where there is more."""
    kept: list[str] = []
    room = MOST_TEXT
    for place, paragraph in enumerate(paragraphs):
        is_last = len(paragraph) >= room or place == MOST_PARAGRAPHS - 1
        if is_last and place < len(paragraphs) - 1:
            return (*kept, shortened(paragraph, room).removesuffix(CUT) + CUT)
        kept.append(shortened(paragraph, room))
        room -= len(paragraph)
    return tuple(kept)
