"""A page that is nothing but a redirect: it says in its markup, and not in its status, where its reader is to go. Pure.

1. It has next to no words of its own (`MOST_LETTERS`): "You are being taken to the article. Click here if not."
2. It names the address in a `<meta http-equiv=refresh>`, also in a `<noscript>`, that is due at once (`refresh.py`), or in a
   short script that sets `location` to one address, and holds no article's data (JSON-LD).

A front page or a live report that reads itself again, and an application that draws its article by scripts, stay.
"""

import html
import re

from monitor.reading.fetch.refresh import refreshed_to

MOST_BYTES = 100_000
MOST_LETTERS = 300
MOST_SCRIPT = 2_000

MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|title|template|svg)\b.*?(?:</\1\s*>|\Z)|<[^<>]*+>",
    re.IGNORECASE | re.DOTALL,
)
META = re.compile(r"<meta\b([^<>]*+)>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"([\w-]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))")
SCRIPT = re.compile(r"<script\b([^<>]*+)>(.*?)(?:</script\s*>|\Z)", re.IGNORECASE | re.DOTALL)
LOCATION = re.compile(
    r"\blocation(?:\s*+\.\s*+href)?\s*+(?:=(?!=)|\.\s*+(?:replace|assign)\s*+\()\s*+([\"'])((?:https?:|\\?/)[^\"'\s]*+)\1",
    re.IGNORECASE,
)
ESCAPED = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))")
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def handed_on(body: bytes) -> str | None:
    """The address to which a page hands its reader on, as written; None where it is a page of its own."""
    if len(body) > MOST_BYTES or not re.search(rb"refresh|location", body, re.IGNORECASE):
        return None
    text = COMMENT.sub("", body.decode("utf-8", "replace"))
    if len(" ".join(html.unescape(MARKUP.sub(" ", text)).split())) > MOST_LETTERS:
        return None
    return _by_meta(text) or _by_script(text)


def _by_meta(text: str) -> str | None:
    for meta in META.finditer(SCRIPT.sub("", text)):
        given = {name.lower(): "".join(value) for name, *value in ATTRIBUTE.findall(meta[1])}
        if given.get("http-equiv", "").strip().lower() == "refresh":
            return refreshed_to(html.unescape(given.get("content", "")))
    return None


def _by_script(text: str) -> str | None:
    scripts = SCRIPT.findall(text)
    if any("json" in attributes.lower() for attributes, _ in scripts):
        return None
    written = "\n".join(script for _, script in scripts)
    if len(written) > MOST_SCRIPT:
        return None
    found = {ESCAPED.sub(_letter, address) for _, address in LOCATION.findall(written)}
    return found.pop() if len(found) == 1 else None


def _letter(found: re.Match[str]) -> str:
    return chr(int(found[1] or found[2], 16)) if found[1] or found[2] else found[3]
