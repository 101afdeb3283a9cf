"""Text as words with their places in it, and as sentences. Pure.

- Text is cut at white space into *chunks*, and a chunk into *words*: runs of letters and digits. Hyphens, slashes
  and quotation marks, straight or curly, only part words, so "anti-social", "anti social" and "Police's" read as
  two words each.
- A figure keeps its separators and its currency sign: "2,135", "£7.72m". A per cent sign is a word.
- A comma, colon, semicolon, bracket or spaced dash is the word `PAUSE`. The end of a sentence is the word `BORDER`.
- Words compare in normal form: NFKC, case-folded, without marks of direction and invisible joiners. Spans always
  count characters of the text as it was given.
- An address (with "://", "@" or "www.") and a chunk of more than 200 characters are one word that nothing matches.

Each function takes time in proportion to the text, whatever is in it.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# Kinds of figure that a phrase may hold, as <kind>; `judging/phrases.py` finds them.
KINDS = ("number", "many", "large", "money", "year", "age", "time", "reference", "dollars")
NUMBER_WORDS = frozenset(
    re.findall(
        r"\w+",
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety dozen dozens hundreds thousands",
    )
)
NEAR = re.compile(r"\s~(\d{1,2})\s")

PAUSE = ","
BORDER = "."
OPAQUE = "@"

# Invisible characters that stand inside words: soft hyphen, zero-width joiners, marks of direction, byte order mark.
INVISIBLE = dict.fromkeys(
    [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF]
)
_WORD = r"\w\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_PIECES = re.compile(
    rf"(?P<word>[£€$]?\d+(?:[.,]\d+)*[{_WORD}]*|[{_WORD}]+|%)|(?P<pause>[,;:()\[\]|])|(?P<border>[.!?…])"
)
_DASHES = frozenset("-–—―|/")
# A full stop after these ends no sentence.
_ABBREVIATIONS = frozenset(
    re.findall(r"\w+", "mr mrs ms dr st det supt insp sgt cllr ch rev prof hon etc vs eg ie am pm")
)
LONGEST_CHUNK = 200
# Possessive, and tried only where a run of marks begins: a megabyte of full stops would take quadratic time otherwise.
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+(?=\s)|\n++")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a chunk. `start` and `end` count characters in the chunk."""

    raw: str  # as written, but without invisible characters
    normal: str
    start: int
    end: int


def normal_word(raw: str) -> str:
    return raw.lower() if raw.isascii() else unicodedata.normalize("NFKC", raw).casefold()


def normalise(text: str) -> str:
    """The words of a text in normal form, parted by single spaces, without pauses and borders."""
    if len(text) <= LONGEST_CHUNK and text.isascii() and text.replace(" ", "").isalpha():
        return " ".join(text.lower().split())  # plain words, as most names and phrases are
    found = (word.normal for chunk in text.split() for word in chunk_words(chunk))
    return " ".join(normal for normal in found if normal not in (PAUSE, BORDER))


def chunk_words(chunk: str) -> tuple[Word, ...]:
    """The words of one chunk, `PAUSE` and `BORDER` among them."""
    if chunk in _DASHES:
        return (Word(PAUSE, PAUSE, 0, len(chunk)),)
    if len(chunk) > LONGEST_CHUNK or "://" in chunk or "@" in chunk or chunk.startswith("www."):
        return (Word(OPAQUE, OPAQUE, 0, len(chunk)),)
    return _known_words(chunk)


@lru_cache(maxsize=1 << 15)  # news uses few words often, and more than one reader of a text asks for them
def _known_words(chunk: str) -> tuple[Word, ...]:
    return tuple(_pieces(chunk))


def _pieces(chunk: str) -> Iterator[Word]:
    before, stopped = (
        "",
        -1,
    )  # the last word, and where it ended: only a stop right there may be its abbreviation's
    for match in _PIECES.finditer(chunk):
        start, end = match.span()
        if match["word"]:
            raw = match["word"].translate(INVISIBLE)
            before, stopped = normal_word(raw), end
            if raw:
                yield Word(raw, before, start, end)
        elif match["pause"]:
            yield Word(PAUSE, PAUSE, start, end)
        elif start != stopped or not _is_abbreviated(chunk, start, before):
            yield Word(BORDER, BORDER, start, end)


def _is_abbreviated(chunk: str, stop: int, before: str) -> bool:
    """Whether the mark at `stop`, after the word `before`, ends no sentence: "Mr.", "J.", "p.m."."""
    return chunk[stop] == "." and (len(before) < 2 or before in _ABBREVIATIONS)


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of the sentences of a text, without the white space around them."""
    spans = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        words = text[max(start, match.start() - 6) : match.start()].split()
        if (
            "\n" not in match[0]
            and match[0].count(".") == 1
            and _is_abbreviated(".", 0, normal_word(words[-1] if words else ""))
        ):
            continue
        spans.append((start, match.end()))
        start = match.end()
    spans.append((start, len(text)))
    return tuple(stripped for span in spans if (stripped := _stripped(text, *span)))


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return (start, start + len(piece.strip())) if piece.strip() else None


def plain_words(text: str) -> str:
    """The text as it is put into the search index, and as what is sought there is put: its words in normal form.

    What stands in one chunk of ASCII stays, for a tokeniser parts it where `chunk_words` does. The rest is parted here,
    so that a soft hyphen parts no word and a trade mark joins none. Addresses are words too, unlike in `chunk_words`.
    """
    return " ".join(chunk if chunk.isascii() else _plain(chunk) for chunk in text.split())


@lru_cache(maxsize=1 << 14)
def _plain(chunk: str) -> str:
    words = (match["word"] for match in _PIECES.finditer(chunk))
    return " ".join(normal_word(raw.translate(INVISIBLE)) for raw in words if raw)
