"""Signs in a YAML file that are not what they look like: what they are called, what to write, what was meant. Pure.

Word processors, chats and web pages put them in, and nobody sees them. What is done about each:

1. *Never seen* (zero-width spaces and joiners, byte order marks inside, marks of direction, soft hyphens, line
   separators): named wherever they stand but in a comment. Whoever meant a space there, and whoever meant none, is not
   to be told apart: `police<U+200B>officer` would silently be one word that hits nothing.
2. *Where YAML wants its own sign*: a no-break space as indentation, or after a dash or colon; a typographic dash or
   bullet for `- `; a full-width colon or comma; curly quotation marks around a text: named, with the sign to write.
3. *Look-alikes*: a word in which Cyrillic or Greek letters stand for Latin ones, in a key or a value: named, for no
   Latin word is ever found by it.
4. *Inside a text* an unusual space (no-break, thin, ideographic) is what it looks like, a space: it is read as one, at
   the ends of a text as none. Accents are read in their one usual form (NFC). Neither is a mistake.

What is meant all the same is put in straight quotes: there the visible ones of 2 are text.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import NamedTuple

_SPACE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e007f"
)
_BREAKS = "\x85\u2028\u2029"  # some editors show them as a line break, others not at all
_DASHES = "‐‑‒–—―−﹣－•‣⁃◦▪▫●○■□∙·➢➤►▶✓✔→"
_COLONS = "：﹕∶꞉ː˸︓"
_DOUBLE = "“”„‟«»〝〞＂"
_SINGLE = "‘’‚‛‹›＇`´"
_QUOTES = _DOUBLE + _SINGLE

# Where the names of Unicode say little to a person.
_NAMES = {
    "\u00a0": "a no-break space",
    "\u202f": "a narrow no-break space",
    "\ufeff": "a byte order mark",
    "\u200b": "a zero-width space",
    "\u200e": "a mark of direction",
    "\u200f": "a mark of direction",
    "\u2212": "a minus sign",
    "\x85": "an invisible line break",
    "\u2028": "an invisible line break",
    "\u2029": "an invisible line break",
    **dict.fromkeys(map(chr, range(0x202A, 0x202F)), "a mark of direction"),
    **dict.fromkeys(map(chr, range(0x2066, 0x206A)), "a mark of direction"),
    **dict.fromkeys(_DOUBLE + _SINGLE, "a typographic quotation mark"),
}
_VOWELS = "AEIOU"

# Cyrillic and Greek letters (and the Latin dotless i) that print like Latin ones.
_ALIKE = dict(
    zip(
        "аеорсухіјѕԁһԛԝԍӏАВЕКМНОРСТУХІЈЅԌԚԜαοορνιΑΒΕΖΗΙΚΜΝΟΡΤΥΧıոհսօ",
        "aeopcyxijsdhqwglABEKMHOPCTYXIJSGQWaoopviABEZHIKMNOPTYXinhuo",
        strict=True,
    )
)
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f\u0531-\u0587ı]")
_LATIN = re.compile("[A-Za-z]")
_WORDS = re.compile(r"[^\W\d_]+")


class Find(NamedTuple):
    line: int  # from 1
    message: str


def called(sign: str) -> str:
    """ "a no-break space (U+00A0)", "an en dash (–, U+2013)"."""
    name = unicodedata.name(sign, "control character").lower()
    article = "an" if name[0].upper() in _VOWELS else "a"
    seen = f"{sign}, " if sign.isprintable() and not sign.isspace() and sign not in _NBSP_LIKE else ""
    return f"{_NAMES.get(sign, f'{article} {name}')} ({seen}U+{ord(sign):04X})"


_NBSP_LIKE = "\u3164\uffa0\u115f\u1160"  # printable for Python, blank for people

# ── what nobody sees, in the text of the whole file ─────────────────────────────────────────────────────────────

_ANY_UNSEEN = re.compile(f"[{_UNSEEN}{_BREAKS}]")
# What was looked ahead to is not given up again: a quotation mark stays the beginning of what it quotes.
_COMMENT = re.compile(
    r"""(?=(?P<before>(?:"(?:[^"\\]++|\\.)*"|(?<![^\s\[{,:])'[^']*+'|(?<!\s)\#|[^\s#]|\s(?!\#))*))(?P=before)\s\#|\s*\#""",
    re.VERBOSE,
)


def without_unseen(text: str) -> tuple[str, list[Find]]:
    """The text without what nobody sees; as many lines as before. An emoji keeps its joiners."""
    if text.isascii() or not _ANY_UNSEEN.search(text):
        return text, []
    finds: list[Find] = []
    lines = [_without_unseen(number, line, finds) for number, line in enumerate(text.split("\n"), 1)]
    return "\n".join(lines), finds


def _without_unseen(number: int, line: str, finds: list[Find]) -> str:
    comment = _comment_start(line)
    first = next((sign for sign in _unseen_in(line[:comment])), None)
    if first:
        finds.append(Find(number, _say_unseen(line[:comment], first)))
    return "".join(
        _instead(sign[0]) if _is_named(line, sign) else sign[0] for sign in re.finditer("(?s).", line)
    )


def _unseen_in(line: str) -> Iterator[re.Match[str]]:
    return (sign for sign in _ANY_UNSEEN.finditer(line) if _is_named(line, sign))


def _is_named(line: str, sign: re.Match[str]) -> bool:
    if not _ANY_UNSEEN.fullmatch(sign[0]):
        return False
    beside = line[sign.start() - 1 : sign.start()] + line[sign.end() : sign.end() + 1]
    return sign[0] != "\u200d" or not any(unicodedata.category(other) in ("So", "Sk") for other in beside)


def _instead(sign: str) -> str:
    return " " if sign in _BREAKS else ""


def _say_unseen(line: str, sign: re.Match[str]) -> str:
    before = re.findall(r"\S+$", line[: sign.start()])
    after = re.findall(r"^\S+", line[sign.end() :])
    where = f"after “{_plain(before[0])}”" if before else f"before “{_plain(after[0])}”" if after else "alone"
    again = "delete it, or write the line again"
    return f"{called(sign[0])}, which nobody sees, stands {where}: {again}"


def _plain(text: str) -> str:
    return _ANY_UNSEEN.sub("", text)[:40]


def _comment_start(line: str) -> int:
    found = _COMMENT.match(line)
    return found.end() - 1 if found else len(line)


# ── where YAML wants its own sign ───────────────────────────────────────────────────────────────────────────────

_INDENT = re.compile(rf"[ \t]*(?P<odd>[{_SPACE}])[ \t{_SPACE}]*")
_BULLET = re.compile(rf"(?P<before>\s*(?:- +)*)(?:(?P<dash>[{_DASHES}])\s*|-(?P<odd>[{_SPACE}])\s*)(?=\S)")
_KEY = r"""(?P<before>\s*(?:-\s+)*(?:[\[{]\s*)?(?:"[^"]*"|'[^']*'|[\w][\w .'’&()/+-]{0,60}?))"""
_COLON = re.compile(rf"{_KEY}(?:[ {_SPACE}]*(?P<wide>[{_COLONS}])\s*|[ {_SPACE}]*:(?P<odd>[{_SPACE}])\s*)")
_QUOTED = re.compile(
    rf"""(?P<before>^\s*|[:\-\[,{{]\s+|[\[{{])
    (?:(?P<one>[{_QUOTES}])(?P<text>[^"{_DOUBLE}]*?)(?P<other>["'{_QUOTES}])
      |(?P<two>["'])(?P<words>[^"'{_QUOTES}]*)(?P<end>[{_QUOTES}]))
    (?=\s*(?:[,\]}}:\#]|$))""",
    re.VERBOSE,
)


def as_meant(text: str, among: Collection[int] | None = None) -> tuple[str, list[Find]]:
    """The text with YAML's own signs where typographic ones stand for them, and what they were; as many lines as
    before. `among`: the lines to look at, from 1; None for all."""
    if text.isascii():
        return text, []
    lines, finds = text.split("\n"), []
    for number, line in enumerate(lines, 1):
        if not line.isascii() and (among is None or number in among):
            lines[number - 1], found = _line_as_meant(line)
            finds += [Find(number, message) for message in found]
    return "\n".join(lines), finds


def _line_as_meant(line: str) -> tuple[str, list[str]]:
    comment = _comment_start(line)
    line, rest = line[:comment], line[comment:]
    finds = []
    if (odd := _INDENT.match(line)) and line.strip():
        finds.append(f"{called(odd['odd'])} stands as indentation: write usual spaces")
        line = re.sub(f"[{_SPACE}]", " ", odd[0]) + line[odd.end() :]
    if bullet := _BULLET.match(line):
        sign = bullet["dash"] or bullet["odd"]
        what = "after the dash" if bullet["odd"] else "where an entry begins"
        hint = "" if bullet["odd"] else "; a text that begins with it goes in quotes"
        finds.append(f"{called(sign)} stands {what}: write `- `, a hyphen and a usual space{hint}")
        line = bullet["before"] + "- " + line[bullet.end() :]
    if colon := _COLON.match(line):
        sign = colon["wide"] or colon["odd"]
        what = "for a colon" if colon["wide"] else "after the colon"
        finds.append(f"{called(sign)} stands {what}: write `: `, a colon and a usual space")
        line = colon["before"] + ": " + line[colon.end() :]
    if quoted := _QUOTED.search(line):
        sign = quoted["one"] or quoted["end"]
        finds.append(f'{called(sign)} stands for a straight one: write "…" around the text')
        line = _QUOTED.sub(_straight, line)
    return line + rest, finds


def _straight(quoted: re.Match[str]) -> str:
    return f'{quoted["before"]}"{(quoted["text"] or quoted["words"] or "").replace(chr(92), chr(92) * 2)}"'


# ── in one text ─────────────────────────────────────────────────────────────────────────────────────────────────

_ODD_SPACES = re.compile(f" *[{_SPACE}][ {_SPACE}]*")
_FULL_WIDTH = re.compile("[！-～]")


def tidy(text: str) -> str:
    """A text of a file with usual spaces, and accents in their usual form. Addresses keep their letters."""
    if text.isascii():
        return text
    spaced = _ODD_SPACES.sub(" ", text)
    return spaced if "://" in spaced else unicodedata.normalize("NFC", spaced)


def tidy_name(text: str) -> str:
    """A name from elsewhere, as it may be written into a file: also without what nobody sees."""
    return tidy(without_unseen(" ".join(re.split(f"[{_BREAKS}\\s]+", text)))[0]).strip()


def wrong_sign(text: str, *, is_plain: bool) -> str | None:
    """What in a key or a value is not what it looks like. `is_plain`: not in straight quotes."""
    if text.isascii():
        return None
    if word := next((word for word in _WORDS.findall(text) if _is_disguised(word)), None):
        letter = next(letter for letter in word if letter in _ALIKE)
        return (
            f"“{word}” is written with {called(letter)}, which looks like the Latin {_ALIKE[letter]}: "
            f"write {as_latin(word)} anew"
        )
    if is_plain and (wide := _FULL_WIDTH.search(text)):
        usual = unicodedata.normalize("NFKC", wide[0])
        return f"{called(wide[0])} is another sign than {usual}: write {usual}, or put the text in quotes"
    return None


def as_latin(text: str) -> str:
    """The text with Latin letters for their look-alikes, and usual signs for wide and ligated ones."""
    return "".join(_ALIKE.get(letter, letter) for letter in unicodedata.normalize("NFKC", text))


def _is_disguised(word: str) -> bool:
    """Latin letters with others among them; or others alone, each of which passes for a Latin one, and which are no
    word of their own: a text that has more of its script is written in it."""
    foreign = _FOREIGN.findall(word)
    if not foreign:
        return False
    if _LATIN.search(word):
        return any(letter in _ALIKE for letter in foreign)
    return len(word) > 1 and all(letter in _ALIKE for letter in word)
