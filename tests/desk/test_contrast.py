"""The colours of the desk's one sheet, as pairs that stand on one another, in both schemes: text at least 4.5 to 1, what
is seen as a shape (borders, bars, focus) at least 3 to 1. That is WCAG 1.4.3 and 1.4.11; axe sees only what a page of
the day happens to show."""

import re

import pytest
from where import ROOT

SHEET = (ROOT / "monitor" / "desk" / "static" / "desk.css").read_text("utf-8")
TEXT, SHAPE = 4.5, 3.0

GROUNDS = ("ground", "panel")
# What is written or drawn, on what, and how well it must be told apart.
PAIRS = [
    *((ink, ground, TEXT) for ink in ("text", "soft", "link", "visited", "wrong", "good", "note") for ground in GROUNDS),
    ("action-text", "action", TEXT),
    ("mark-text", "mark", TEXT),
    ("focus-text", "focus", TEXT),
    *((shape, ground, SHAPE) for shape in ("line", "action", "bar", "bar-two", "wrong") for ground in GROUNDS),
]  # fmt: skip
# A ground so faint that nothing rests on it alone: it parts lines of a table.
FAINT = {"faint"}


SCHEMES = ("light", "dark", "paper", "paper where the screen is dark")


def schemes() -> dict[str, dict[str, str]]:
    def colours(block: str) -> dict[str, str]:
        return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", block))

    light, dark, paper = map(colours, re.findall(r":root \{(.*?)\}", SHEET, re.DOTALL))
    dark = light | dark
    return dict(zip(SCHEMES, (light, dark, light | paper, dark | paper), strict=True))


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    pairs = [digits[at] * 2 for at in range(3)] if len(digits) == 3 else re.findall("..", digits)
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (int(pair, 16) / 255 for pair in pairs)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    "one, other, expected",
    [("#fff", "#000", 21.0), ("#000000", "#fff", 21.0), ("#777", "#fff", 4.48), ("#767676", "#ffffff", 4.54)],
)
def test_a_ratio_is_as_wcag_counts_it(one, other, expected):
    assert ratio(one, other) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_stands_on_a_ground_can_be_told_from_it(scheme):
    colours = schemes()[scheme]
    faint = {
        f"{ink} on {ground}": round(found, 2)
        for ink, ground, least in PAIRS
        if (found := ratio(colours[ink], colours[ground])) < least
    }
    assert faint == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_focus_is_seen_by_its_ground_or_by_the_line_below_it(scheme):
    colours = schemes()[scheme]
    for ground in GROUNDS:
        assert max(ratio(colours[line], colours[ground]) for line in ("focus", "focus-text")) >= SHAPE


def test_every_colour_has_a_name_and_every_name_a_pair():
    named = set(schemes()["light"])
    assert named == {name for ink, ground, _ in PAIRS for name in (ink, ground)} | FAINT
    rules = re.sub(r":root \{.*?\}|@media print \{.*?\n\}", "", SHEET, flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsl", rules) == []
    assert set(re.findall(r"var\(--([a-z-]+)\)", rules)) <= named
