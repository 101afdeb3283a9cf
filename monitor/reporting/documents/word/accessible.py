"""What would keep a person who listens to the document, or who cannot use a mouse, from reading it.

What public bodies must meet (WCAG 2.2 AA), as far as the file itself decides it: headings that come in order and are
not empty (1.3.1, 2.4.6), links that say where they lead, in their text or in a tip (2.4.4), a language (3.1.1), a title (2.4.2), and no tables for
layout (1.3.2). It is asked of each document that is written: a flaw that a template did not bring is a bug.
"""

import re
from collections.abc import Iterator

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_ADDRESS = re.compile(r"\S*(?:://|www\.)\S*|\s*", re.IGNORECASE)


def flaws(document: WordDocument) -> tuple[str, ...]:
    """A sentence each; none is what is wanted."""
    return (
        *_heading_flaws(document),
        *_link_flaws(document),
        *_property_flaws(document),
        *(["There is a table."] if document.tables else []),
    )


def _heading_flaws(document: WordDocument) -> Iterator[str]:
    names = {
        style.get(qn("w:styleId")): name.get(qn("w:val"), "")
        for style in document.styles.element.iter(qn("w:style"))
        if (name := style.find(qn("w:name"))) is not None
    }
    before = 0
    for paragraph in document.element.body.iter(qn("w:p")):
        found = _HEADING.fullmatch(names.get(paragraph.style or "", ""))
        if found is None:
            continue
        text, level = _text(paragraph), int(found[1])
        if not text.strip():
            yield "A heading is empty."
        if level > before + 1:
            yield f"The heading “{text}” is of level {level} and follows one of level {before}."
        before = level


def _link_flaws(document: WordDocument) -> Iterator[str]:
    for link in document.element.body.iter(qn("w:hyperlink")):
        if _ADDRESS.fullmatch(_text(link)) and not link.get(qn("w:tooltip")):
            yield f"The link “{_text(link)}” does not say where it leads."


def _property_flaws(document: WordDocument) -> Iterator[str]:
    named = {mark.get(qn("w:val")) for mark in document.styles.element.iter(qn("w:lang"))}
    if "en-GB" not in named:
        yield "No style names the language."
    if not document.core_properties.title.strip():
        yield "The document has no title."


def _text(element: object) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))  # type: ignore[attr-defined]
