"""The looks of paragraphs and runs, by their own properties, their styles, and those that these are based on. Pure."""

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
# Headings of tables of contents and the lines of these, as Word and LibreOffice call their styles.
_LISTING = re.compile(
    r"(?:toc|contents|index|user index|table of authorities) ?(?:heading|\d)?", re.IGNORECASE
)
_DEEPEST = 60  # styles based on styles
_RUN_PROPERTIES = qn("w:rPr")
BOLD, HIDDEN = qn("w:b"), qn("w:vanish")
STRUCK = frozenset((qn("w:strike"), qn("w:dstrike")))
SWITCHES = STRUCK | {BOLD, HIDDEN}
_OFF = ("0", "false", "off", "none")


class Styles:
    """`root` is that of the styles' part; without it every paragraph is plain."""

    def __init__(self, root: Any | None) -> None:
        found = root.iter(qn("w:style")) if root is not None else ()
        self._styles = {style.get(qn("w:styleId")): style for style in found}
        self._known: dict[str, tuple[int, bool]] = {}
        self._on: dict[tuple[str, str], dict[str, bool]] = {}

    def looks(self, paragraph: Any) -> tuple[int, bool]:
        """The level as a heading, 0 for none, and whether it is an item of a list."""
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return 0, False
        level, bullet = self._style_looks(_style_of(properties, "w:pStyle"))
        own = _own_level(properties)
        return level if own is None else own, bullet or _is_listed(properties)

    def is_listing(self, paragraph: Any) -> bool:
        """Whether it is the heading or a line of a table of contents, by its style's name."""
        style = self._styles.get(_style_of(paragraph.find(qn("w:pPr")), "w:pStyle"))
        return style is not None and _LISTING.fullmatch(_name(style)) is not None

    def style_of(self, paragraph: Any) -> str:
        return _style_of(paragraph.find(qn("w:pPr")), "w:pStyle")

    def switched_on(self, run: Any, paragraph_style: str) -> frozenset[str]:
        """Which of bold, struck through and hidden a run is: as it says, else its style, else the paragraph's."""
        own: dict[str, bool] = {}
        style = ""
        for child in run.iterchildren(_RUN_PROPERTIES) if run is not None else ():
            own = {each.tag: _is_on(each) for each in child if each.tag in SWITCHES}
            style = _style_of(child, "w:rStyle")
        inherited = self._switches(style, paragraph_style)
        return frozenset(tag for tag, is_on in {**inherited, **own}.items() if is_on)

    def _switches(self, run_style: str, paragraph_style: str) -> dict[str, bool]:
        """Those that are on by the two styles."""
        if (run_style, paragraph_style) not in self._on:
            said: dict[str, bool] = {}
            for style in (*self._chain(run_style), *self._chain(paragraph_style)):
                properties = style.find(_RUN_PROPERTIES)
                for each in properties if properties is not None else ():
                    if each.tag in SWITCHES:
                        said.setdefault(each.tag, _is_on(each))
            self._on[run_style, paragraph_style] = {tag: True for tag, is_on in said.items() if is_on}
        return self._on[run_style, paragraph_style]

    def _style_looks(self, style_id: str) -> tuple[int, bool]:
        if style_id not in self._known:
            chain = list(self._chain(style_id))
            names = [_name(style) for style in chain]
            level = next((int(found[1]) for name in names if (found := _HEADING.fullmatch(name))), 0)
            level = level or next((own for style in chain if (own := _own_level(style.find(qn("w:pPr"))))), 0)
            level = level or int(any(name.casefold() == "title" for name in names))
            listed = any(
                name.casefold().startswith("list") or _is_listed(style.find(qn("w:pPr")))
                for name, style in zip(names, chain, strict=True)
            )
            self._known[style_id] = (level, listed)
        return self._known[style_id]

    def _chain(self, style_id: str) -> Iterator[Any]:
        for _ in range(_DEEPEST):
            style = self._styles.get(style_id)
            if style is None or style.find(qn("w:name")) is None:
                return
            yield style
            style_id = _style_of(style, "w:basedOn")


def _name(style: Any) -> str:
    name = style.find(qn("w:name"))
    return name.get(qn("w:val"), "") if name is not None else ""


def _style_of(properties: Any, tag: str) -> str:
    style = properties.find(qn(tag)) if properties is not None else None
    return style.get(qn("w:val"), "") if style is not None else ""


def _is_on(switch: Any) -> bool:
    return switch.get(qn("w:val"), "1") not in _OFF


def _own_level(properties: Any) -> int | None:
    """From 1; 0 where it says that it is no heading; None where it says nothing."""
    outline = properties.find(qn("w:outlineLvl")) if properties is not None else None
    if outline is None:
        return None
    value = outline.get(qn("w:val"), "9")
    return int(value) + 1 if value.isdigit() and int(value) < 9 else 0


def _is_listed(properties: Any) -> bool:
    numbering = properties.find(qn("w:numPr")) if properties is not None else None
    if numbering is None:
        return False
    number = numbering.find(qn("w:numId"))
    return number is None or number.get(qn("w:val")) != "0"
