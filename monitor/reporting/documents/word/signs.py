"""The signs that Word keeps as elements of their own, as text. Pure."""

from typing import Any

from docx.oxml.ns import qn

SIGNS = {
    qn("w:tab"): " ",
    qn("w:ptab"): " ",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    qn("w:softHyphen"): "",
}
_EMOJI = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}"
SYMBOLS = (qn("w:sym"), f"{_EMOJI}symEx")

# Symbol fonts have their signs where other fonts have letters: those that a person may type or Word puts by itself.
_OF_FONT = {
    "symbol": {0xB7: "•", 0xB0: "°", 0xB1: "±", 0xA3: "≤", 0xB3: "≥", 0xB4: "×", 0xB8: "÷", 0xAE: "→", 0xB9: "≠"},
    "wingdings": {0x6F: "☐", 0xA8: "☐", 0xFC: "✓", 0xFB: "✗", 0xFD: "☒", 0xFE: "☑", 0xA7: "▪", 0xE0: "→", 0xD8: "➢"},
    "wingdings 2": {0x50: "✓", 0x4F: "✗", 0x51: "☒", 0x52: "☑", 0xA3: "☐"},
}  # fmt: skip


def symbol(element: Any) -> str:
    """What a sign of a named font is; "" where nobody can say."""
    named = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
    try:
        code = int(named.get("char", ""), 16)
    except ValueError:
        return ""
    signs = _OF_FONT.get(named.get("font", "").casefold())
    if 0xF000 <= code <= 0xF0FF:  # a symbol font's own signs, in the area that Unicode leaves to fonts
        return (signs or {}).get(code - 0xF000, "")
    if signs and code in signs:
        return signs[code]
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF else ""
